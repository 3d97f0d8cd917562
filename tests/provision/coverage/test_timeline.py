"""The contract calendar of Farwater, worked out by hand (see the head of tests/city/services.yaml),
and London's two turning days."""

from __future__ import annotations

from datetime import date
from math import isnan

import pytest
from support import sketch

from provision.coverage.status import Status
from provision.coverage.timeline import by_month, changes, months_left, span, thinned, turning_days
from provision.record import Record

C, N, L, U = Status.COVERED, Status.NONE, Status.LAPSED, Status.NOT_STATED
WHOLE = (date(2020, 6, 1), date(2022, 9, 30))

# day, quarter, before, after, what ended, what began
CHANGES = [
    ("2020-07-01", "Damson", C, U, (), ()),
    ("2020-07-01", "Harbour", C, U, (), ()),
    ("2021-01-01", "Alder", C, L, ("lantern",), ()),
    ("2021-02-01", "Alder", L, C, (), ("orchard",)),
    ("2021-02-01", "Elm", U, C, (), ("orchard",)),
    ("2021-02-01", "Harbour", U, C, (), ("orchard",)),
    ("2021-03-16", "Birch", C, L, ("harvest",), ()),
    ("2021-03-16", "Cedar", C, L, ("harvest",), ()),
    ("2022-07-01", "Alder", C, L, ("orchard",), ()),
    ("2022-07-01", "Elm", C, L, ("orchard",), ()),
    ("2022-07-01", "Harbour", C, U, ("orchard",), ()),
]


def test_every_change_of_status(city: Record) -> None:
    found = [(c.on.isoformat(), c.name, c.before, c.after) for c in changes(city, *WHOLE)]
    assert found == [row[:4] for row in CHANGES]


def test_every_change_names_the_contracts_behind_it(city: Record) -> None:
    found = [
        (c.on.isoformat(), c.name, c.ended, c.begun)
        for c in changes(city, *WHOLE)
        if c.on > date(2020, 7, 1)
    ]
    assert found == [
        (day, name, ended, begun) for day, name, _, _, ended, begun in CHANGES if day > "2020-07-01"
    ]


def test_a_change_carries_code_and_name(city: Record) -> None:
    (change,) = changes(city, date(2020, 12, 31), date(2021, 1, 1))
    assert (change.code, change.name) == ("Q1", "Alder")


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2021-01-01", "2021-02-01", {"2021-02-01"}),
        ("2020-12-31", "2021-01-31", {"2021-01-01"}),
        ("2021-02-01", "2021-03-15", set()),
        ("2021-03-16", "2021-01-01", set()),
    ],
)
def test_changes_are_after_the_first_day_and_up_to_the_last(
    first: str, last: str, days: set[str], city: Record
) -> None:
    found = changes(city, date.fromisoformat(first), date.fromisoformat(last))
    assert {c.on.isoformat() for c in found} == days


def test_the_span_ends_three_months_after_the_last_contract(city: Record, london: Record) -> None:
    assert span(city) == WHOLE
    assert span(london) == (date(2018, 10, 1), date(2021, 6, 30))


def test_the_span_without_any_stated_end_is_the_first_quarter() -> None:
    record = sketch(["A"], {"x": ("one-to-one", "2020-01", "not stated", ["A"])})
    assert span(record) == (date(2020, 6, 1), date(2020, 9, 30))


def test_turning_days(city: Record) -> None:
    expected = [
        "2019-04-15",
        "2020-01-01",
        "2020-06-01",
        "2020-07-01",
        "2021-01-01",
        "2021-02-01",
        "2021-03-16",
        "2022-07-01",
    ]
    assert [day.isoformat() for day in turning_days(city)] == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("ongoing", ["2020-01-01", "2020-06-01"]),
        ("not stated", ["2020-01-01", "2020-06-01", "2020-07-01"]),
        ("2020-09", ["2020-01-01", "2020-06-01", "2020-10-01"]),
    ],
)
def test_an_end_that_is_not_stated_may_come_after_the_record_s_month(
    end: str, expected: list[str]
) -> None:
    record = sketch(["A"], {"x": ("one-to-one", "2020-01", end, ["A"])})
    assert [day.isoformat() for day in turning_days(record)] == expected


def test_a_contract_to_the_end_of_time_does_not_break_the_calendar() -> None:
    record = sketch(["A"], {"x": ("one-to-one", "2020-01", "9999-12-31", ["A"])})
    assert changes(record, *span(record)) == []


# From June 2020 to March 2021
MONTHS = {
    "Q1": [C, C, C, C, C, C, C, L, C, C],
    "Q2": [C, C, C, C, C, C, C, C, C, L],
    "Q4": [C, U, U, U, U, U, U, U, U, U],
    "Q5": [U, U, U, U, U, U, U, U, C, C],
    "Q6": [N, N, N, N, N, N, N, N, N, N],
    "Q7": [U, U, U, U, U, U, U, U, U, U],
}


@pytest.mark.parametrize("code", MONTHS)
def test_status_at_the_end_of_each_month(code: str, city: Record) -> None:
    table = by_month(city, date(2020, 6, 1), date(2021, 3, 31))
    assert list(table.loc[code]) == MONTHS[code]


def test_months_are_named_and_rows_are_areas(city: Record) -> None:
    table = by_month(city, date(2020, 11, 15), date(2021, 1, 1))
    assert list(table.columns) == ["2020-11", "2020-12", "2021-01"]
    assert list(table.index) == ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8"]


@pytest.mark.parametrize(
    ("day", "codes"),
    [("2020-07-01", ()), ("2021-01-01", ("Q2",)), ("2021-02-01", ()), ("2021-03-16", ())],
)
def test_who_loses_a_service_and_keeps_another(
    day: str, codes: tuple[str, ...], city: Record
) -> None:
    assert thinned(city, date.fromisoformat(day)) == codes


# on, quarter, whole months until its last active contract ends
LEFT = [
    ("2020-06-30", "Q1", 6),
    ("2020-06-30", "Q2", 8),
    ("2020-12-01", "Q1", 0),
    ("2021-01-15", "Q3", 2),
    ("2021-01-20", "Q3", 1),
    ("2021-02-01", "Q5", 16),
    ("2021-06-30", "Q5", 12),
]


@pytest.mark.parametrize(("day", "code", "months"), LEFT)
def test_whole_months_left(day: str, code: str, months: int, city: Record) -> None:
    assert months_left(city, date.fromisoformat(day)).loc[code] == months


def test_months_left_are_a_column_by_code(city: Record) -> None:
    found = months_left(city, date(2020, 6, 30))
    assert found.name == "months_left" and list(found.index) == list(city.codes)


def test_from_the_end_of_one_month_to_the_end_of_the_next_is_one_month() -> None:
    record = sketch(["A"], {"x": ("one-to-one", "2020-01", "2020-09-30", ["A"])})
    assert months_left(record, date(2020, 8, 31)).loc["A"] == 1


@pytest.mark.parametrize("code", ["Q4", "Q5", "Q6", "Q7"])
def test_months_left_are_not_stated_without_an_active_contract_or_its_end(
    code: str, city: Record
) -> None:
    assert isnan(months_left(city, date(2020, 6, 30)).loc[code])


def test_london_changes_on_two_days(london: Record) -> None:
    found = changes(london, *span(london))
    april = [c for c in found if c.on == date(2020, 4, 1)]
    assert [(c.name, c.before, c.after, c.ended) for c in april] == [
        (name, C, L, ("minerva-crc",)) for name in ("Enfield", "Hackney", "Redbridge")
    ]
    assert {c.on for c in found} == {date(2020, 4, 1), date(2021, 4, 1)}
    assert len(found) == 24


def test_seventeen_boroughs_lose_the_crc_service_and_keep_another(london: Record) -> None:
    assert len(thinned(london, date(2020, 4, 1))) == 17
