"""Scenarios beside each other, on Farwater."""

from __future__ import annotations

import pytest

from provision.record import Record
from provision.scenarios.compare import Comparison, Difference, compare
from provision.scenarios.scenario import Scenario
from provision.scenarios.text import read_link


def of(record: Record, *links: str) -> Comparison:
    return compare(record, [read_link(link, record)[0] for link in links])


def test_where_two_scenarios_cover(city: Record) -> None:
    found = of(city, "hubs=Fir&name=One", "hubs=Gorse&off=lantern")
    a, b, both, neither = Difference.ONLY_A, Difference.ONLY_B, Difference.BOTH, Difference.NEITHER
    # Alder Birch Cedar Damson Elm Fir Gorse Harbour
    assert list(found.difference()) == [a, both, both, both, neither, a, b, both]
    assert list(found.difference(1, 0)) == [b, both, both, both, neither, b, a, both]
    assert found.only(0, 1) == ("Q1", "Q6") and found.only(1, 0) == ("Q7",)
    assert list(found.difference().index) == list(city.codes)


def test_all_figures_in_one_table(city: Record) -> None:
    table = of(city, "hubs=Fir&name=One", "hubs=Gorse&off=lantern", "").table
    assert list(table.columns) == ["A (One)", "B", "C"]
    assert table.loc["quarters: covered"].tolist() == [5, 4, 4]
    assert table.loc["quarters: no contracted service"].tolist() == [0, 1, 1]
    assert table.loc["women gained"].tolist() == ["600", "0 or more", "0"]
    assert table.loc["women lost"].tolist() == ["0", "1,000", "0"]
    assert table.loc["cost a year beyond the baseline"].tolist() == ["not stated", "not stated", "0"]


def test_the_verdict(city: Record) -> None:
    said = of(city, "hubs=Fir&name=One", "hubs=Gorse&off=lantern", "").verdict
    assert said == [
        "A (One) covers most quarters: A (One) covers 5, gaining 600 women and losing 0; B covers 4, gaining 0 or more women and losing 1,000; "
        "C covers 4, gaining 0 women and losing 0.",
        "Of A and B, A alone covers Alder and Fir and B alone covers Gorse.",
        "Of A and C, A alone covers Fir; everything that C covers, A covers too.",
        "Cost a year beyond the baseline: A is not stated; B is not stated; C £0.",
    ]


def test_the_verdict_on_equals_and_on_other_days(city: Record) -> None:
    same = of(city, "", "hubs=Alder").verdict
    assert same[0].startswith("All cover the same number of quarters") and same[1] == "A and B cover the very same quarters."
    assert of(city, "", "on=2021-01-01").verdict[-1] == "They look at different days, so part of the difference is time."


@pytest.mark.parametrize("count", [0, 1, 5])
def test_two_to_four(count: int, city: Record) -> None:
    with pytest.raises(ValueError, match="two to 4"):
        compare(city, [Scenario.default(city)] * count)
