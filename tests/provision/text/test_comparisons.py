"""What is said of scenarios beside each other, on Farwater."""

from __future__ import annotations

from support import sketch

from provision.export.scenarios import comparison_table
from provision.links.query import read_link
from provision.record import Record
from provision.scenarios.compare import Comparison, compare
from provision.text.comparisons import verdict
from provision.text.cost_caution import cost_caution


def of(record: Record, *links: str) -> Comparison:
    return compare(record, [read_link(link, record)[0] for link in links])


def test_all_figures_in_one_table(city: Record) -> None:
    table = comparison_table(of(city, "hubs=Fir&name=One", "hubs=Gorse&off=lantern", ""))
    assert list(table.columns) == ["A (One)", "B", "C"]
    assert table.loc["quarters: covered"].tolist() == [5, 4, 4]
    assert table.loc["quarters: no contracted service"].tolist() == [0, 1, 1]
    assert table.loc["quarters: not stated"].tolist() == [2, 1, 2]
    assert table.loc["quarters gained"].tolist() == ["1", "0 to 1", "0"]
    assert table.loc["quarters lost"].tolist() == ["0", "1", "0"]
    assert table.loc["covered only because of a hub"].tolist() == ["1", "0 to 1", "0"]
    assert table.loc["depends on one hub"].tolist() == [1, 0, 0]
    assert table.loc["women gained"].tolist() == ["600", "0 or more", "0"]
    assert table.loc["women lost"].tolist() == ["0", "1,000", "0"]
    assert table.loc["cost a year beyond the baseline (ours, no source states it)"].tolist() == [
        "not stated",
        "not stated",
        "0",
    ]


def test_the_verdict(city: Record) -> None:
    said = verdict(of(city, "hubs=Fir&name=One", "hubs=Gorse&off=lantern", ""))
    assert list(said) == [
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
    same = verdict(of(city, "", "hubs=Alder"))
    assert same[0].startswith(
        "Counting only what is certain, all cover the same number of quarters: A covers 4 to 6, "
    )
    assert same[1] == "A and B cover the very same quarters."
    assert (
        verdict(of(city, "", "on=2021-01-01"))[-1]
        == "They look at different days, so part of the difference is time."
    )


def test_the_verdict_where_the_only_difference_is_not_stated(city: Record) -> None:
    assert (
        verdict(of(city, "", "hubs=Gorse"))[1]
        == "As far as is stated, A and B cover the very same quarters; B covers Gorse, where it is"
        " not stated for A."
    )
    lost = verdict(of(city, "off=ferry", "cells=Alder~lantern~wrong"))[1]
    assert (
        lost == "Of A and B, B alone covers Damson; A covers Alder, where it is not stated for B."
    )


def test_the_verdict_where_everything_is_stated() -> None:
    record = sketch(
        ["A", "B", "C"], {"one": ("one-to-one", "2019-01", "2021-01", ["A"])}, none=["B", "C"]
    )
    assert verdict(of(record, "", "hubs=B"))[0].startswith("B covers most areas: A covers 1, ")
    assert verdict(of(record, "hubs=C", "hubs=B"))[0].startswith(
        "All cover the same number of areas: A covers 2, "
    )
    assert verdict(of(record, "", "hubs=B", "hubs=C"))[0].startswith(
        "B and C cover most areas: A covers 1, "
    )
