"""Scenarios beside each other, on Farwater."""

from __future__ import annotations

import pytest

from provision.links.query import read_link
from provision.record import Record
from provision.scenarios.codes import Difference
from provision.scenarios.compare import Comparison, compare
from provision.scenarios.scenario import Scenario


def of(record: Record, *links: str) -> Comparison:
    return compare(record, [read_link(link, record)[0] for link in links])


def test_where_two_scenarios_cover(city: Record) -> None:
    found = of(city, "hubs=Fir&name=One", "hubs=Gorse&off=lantern")
    a, b, both, none = Difference.ONLY_A, Difference.ONLY_B, Difference.BOTH, Difference.UNKNOWN
    # Alder Birch Cedar Damson Elm Fir Gorse Harbour; B covers Gorse, of which A, like the record,
    # does not say. Neither says of Elm.
    assert list(found.difference()) == [a, both, both, both, none, a, Difference.UNSURE_A, both]
    assert list(found.difference(1, 0)) == [b, both, both, both, none, b, Difference.UNSURE_B, both]
    assert found.only(0, 1) == ("Q1", "Q6") and found.only(1, 0) == ()
    assert found.unsure(0, 1) == () and found.unsure(1, 0) == ("Q7",)
    assert list(found.difference().index) == list(city.codes)


def test_what_is_left_not_stated_differs_from_what_is_lost(city: Record) -> None:
    # Alder without Lantern's entry is not stated, for Orchard is to come; with Lantern switched off
    # it has lapsed.
    assert of(city, "", "cells=Alder~lantern~wrong").difference()["Q1"] is Difference.UNSURE_B
    assert of(city, "", "off=lantern").difference()["Q1"] is Difference.ONLY_A
    assert (
        of(city, "off=lantern", "cells=Alder~lantern~wrong").difference()["Q1"]
        is Difference.UNKNOWN
    )
    assert of(city, "off=lantern", "off=lantern").difference()["Q1"] is Difference.NEITHER


def test_the_port_is_never_among_what_one_covers_and_another_does_not(city: Record) -> None:
    found = of(city, "hubs=Gorse~land&on=2020-07-01", "on=2020-07-01")
    assert found.difference()["Q8"] is Difference.UNSURE_B
    assert found.unsure(0, 1) == ("Q7",) and found.only(0, 1) == ("Q6",)


@pytest.mark.parametrize("count", [0, 1, 5])
def test_two_to_four(count: int, city: Record) -> None:
    with pytest.raises(ValueError, match="two to 4"):
        compare(city, [Scenario.default(city)] * count)
