"""Scenarios beside each other, on Farwater."""

from __future__ import annotations

import pytest
from support import sketch

from provision.links.query import read_link
from provision.record import Record
from provision.scenarios.codes import Difference
from provision.scenarios.compare import Comparison, compare
from provision.scenarios.scenario import Scenario
from provision.text.cost_caution import cost_caution


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


def test_all_figures_in_one_table(city: Record) -> None:
    table = of(city, "hubs=Fir&name=One", "hubs=Gorse&off=lantern", "").table
    assert list(table.columns) == ["A (One)", "B", "C"]
    assert table.loc["quarters: covered"].tolist() == [5, 4, 4]
    assert table.loc["quarters: no contracted service"].tolist() == [0, 1, 1]
    assert table.loc["quarters: not stated"].tolist() == [2, 1, 2]
    assert table.loc["quarters gained"].tolist() == ["1", "0 to 1", "0"]
    assert table.loc["quarters lost"].tolist() == ["0", "1", "0"]
    assert table.loc["covered only because of a hub"].tolist() == ["1", "0 to 1", "0"]
    assert table.loc["rests on one hub"].tolist() == [1, 0, 0]
    assert table.loc["women gained"].tolist() == ["600", "0 or more", "0"]
    assert table.loc["women lost"].tolist() == ["0", "1,000", "0"]
    assert table.loc["cost a year beyond the baseline (ours, no source states it)"].tolist() == [
        "not stated",
        "not stated",
        "0",
    ]


def test_the_verdict(city: Record) -> None:
    said = of(city, "hubs=Fir&name=One", "hubs=Gorse&off=lantern", "").verdict
    assert said == [
        (
            "Counting only what is certain, A (One) covers most quarters: A (One) covers 5 to 7,"
            " gaining 600 women and losing 0; B covers 4 to 5, gaining 0 or more women and losing"
            " 1,000; C covers 4 to 6, gaining 0 women and losing 0."
        ),
        "Of A and B, A alone covers Alder and Fir; B covers Gorse, where it is not stated for A.",
        "Of A and C, A alone covers Fir; everything that C covers, A covers too.",
        "Cost a year beyond the baseline: A is not stated; B is not stated; C £0.",
        cost_caution(city).text,
    ]


def test_the_verdict_on_equals_and_on_other_days(city: Record) -> None:
    same = of(city, "", "hubs=Alder").verdict
    assert same[0].startswith(
        "Counting only what is certain, all cover the same number of quarters: A covers 4 to 6, "
    )
    assert same[1] == "A and B cover the very same quarters."
    assert (
        of(city, "", "on=2021-01-01").verdict[-1]
        == "They look at different days, so part of the difference is time."
    )


def test_the_verdict_where_the_only_difference_is_not_stated(city: Record) -> None:
    assert (
        of(city, "", "hubs=Gorse").verdict[1]
        == "As far as is stated, A and B cover the very same quarters; B covers Gorse, where it is"
        " not stated for A."
    )
    lost = of(city, "off=ferry", "cells=Alder~lantern~wrong").verdict[1]
    assert (
        lost == "Of A and B, B alone covers Damson; A covers Alder, where it is not stated for B."
    )


def test_the_verdict_where_everything_is_stated() -> None:
    record = sketch(
        ["A", "B", "C"], {"one": ("one-to-one", "2019-01", "2021-01", ["A"])}, none=["B", "C"]
    )
    assert of(record, "", "hubs=B").verdict[0].startswith("B covers most areas: A covers 1, ")
    assert (
        of(record, "hubs=C", "hubs=B")
        .verdict[0]
        .startswith("All cover the same number of areas: A covers 2, ")
    )
    assert (
        of(record, "", "hubs=B", "hubs=C")
        .verdict[0]
        .startswith("B and C cover most areas: A covers 1, ")
    )


@pytest.mark.parametrize("count", [0, 1, 5])
def test_two_to_four(count: int, city: Record) -> None:
    with pytest.raises(ValueError, match="two to 4"):
        compare(city, [Scenario.default(city)] * count)
