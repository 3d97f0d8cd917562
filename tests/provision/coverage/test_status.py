"""Who is covered on a day: Farwater, worked out by hand (see the head of
tests/city/services.yaml)."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from support import Sketch, sketch

from provision.coverage.basis import Basis, basis, basis_references
from provision.coverage.status import (
    Activity,
    Count,
    Status,
    activities,
    counts,
    coverage,
    ranges,
    statuses,
)
from provision.record import Record
from provision.schema.services import Level

# Status on the last day of 2019 (before the record speaks); on its own first, a middle and its last
# day; and on the days of a change.
# C covered, N none, L lapsed, - not stated.
DAYS = {
    #             Alder Birch Cedar Damson Elm Fir Gorse Harbour
    "2019-04-14": "-     -     -     -     -   -   -     -",
    "2019-04-15": "-     C     C     -     -   -   -     -",
    "2019-12-31": "-     C     C     -     -   -   -     -",
    "2020-01-01": "-     C     C     C     -   -   -     -",
    "2020-05-31": "-     C     C     C     -   -   -     -",
    "2020-06-01": "C     C     C     C     -   N   -     C",
    "2020-06-15": "C     C     C     C     -   N   -     C",
    "2020-06-30": "C     C     C     C     -   N   -     C",
    "2020-07-01": "C     C     C     -     -   N   -     -",
    "2020-12-31": "C     C     C     -     -   N   -     -",
    "2021-01-01": "L     C     C     -     -   N   -     -",
    "2021-01-31": "L     C     C     -     -   N   -     -",
    "2021-02-01": "C     C     C     -     C   N   -     C",
    "2021-03-15": "C     C     C     -     C   N   -     C",
    "2021-03-16": "C     L     L     -     C   N   -     C",
    "2022-06-30": "C     L     L     -     C   N   -     C",
    "2022-07-01": "L     L     L     -     L   N   -     -",
    "2030-01-01": "L     L     L     -     L   N   -     -",
}
LETTER = {"C": Status.COVERED, "N": Status.NONE, "L": Status.LAPSED, "-": Status.NOT_STATED}


@pytest.mark.parametrize("day", DAYS)
def test_status_of_every_quarter(day: str, city: Record) -> None:
    assert statuses(city, date.fromisoformat(day)) == [
        LETTER[letter] for letter in DAYS[day].split()
    ]


@pytest.mark.parametrize("day", DAYS)
def test_the_table_has_the_same_statuses(day: str, city: Record) -> None:
    table = coverage(city, date.fromisoformat(day))
    assert list(table["status"]) == [LETTER[letter] for letter in DAYS[day].split()]


# Of the seven counted quarters (Harbour is a port): covered, none, lapsed, not stated.
COUNTS = {
    "2019-12-31": (2, 0, 0, 5),
    "2020-06-30": (4, 1, 0, 2),
    "2020-07-01": (3, 1, 0, 3),
    "2021-01-01": (2, 1, 1, 3),
    "2021-02-01": (4, 1, 0, 2),
    "2021-03-16": (2, 1, 2, 2),
    "2022-07-01": (0, 1, 4, 2),
}


@pytest.mark.parametrize("day", COUNTS)
def test_counts_leave_the_port_out(day: str, city: Record) -> None:
    found = counts(coverage(city, date.fromisoformat(day)))
    assert (
        tuple(found[s] for s in (Status.COVERED, Status.NONE, Status.LAPSED, Status.NOT_STATED))
        == COUNTS[day]
    )


def test_what_is_not_stated_widens_the_counts_of_what_it_could_be(city: Record) -> None:
    found = ranges(coverage(city, date(2020, 6, 30)))
    assert found == {
        Status.COVERED: Count(4, 6),
        Status.NONE: Count(1, 3),
        Status.LAPSED: Count(0, 0),
        Status.NOT_STATED: Count(2, 2),
    }


@pytest.mark.parametrize(
    "others",
    [{}, {"old": ("one-to-one", "2019-01", "2020-06", ["A"])}],
    ids=["alone", "beside one that has ended"],
)
def test_where_a_contract_may_have_ended_its_area_may_have_lapsed(others: Sketch) -> None:
    record = sketch(["A"], {**others, "open": ("one-to-one", "2019-01", "not stated", ["A"])})
    found = ranges(coverage(record, date(2020, 7, 1)))
    assert found[Status.LAPSED] == Count(0, 1) and found[Status.COVERED] == Count(0, 1)


@pytest.mark.parametrize(
    ("count", "words"), [(Count(7, 8), "7–8"), (Count(7, 7), "7"), (Count(0, 0), "0")]
)
def test_a_certain_count_is_one_number(count: Count, words: str) -> None:
    assert str(count) == words


ONE, WRAP = Level.ONE_TO_ONE, Level.WRAP_AROUND


def test_everything_about_every_quarter_on_the_record_s_own_date(city: Record) -> None:
    table = coverage(city, date(2020, 6, 30))
    assert list(table.index) == ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8"]
    assert list(table["name"]) == [
        "Alder",
        "Birch",
        "Cedar",
        "Damson",
        "Elm",
        "Fir",
        "Gorse",
        "Harbour",
    ]
    assert list(table["counted"]) == [True] * 7 + [False]
    assert list(table["level"]) == [ONE, WRAP, WRAP, ONE, None, None, None, ONE]
    assert list(table["services"]) == [
        ("lantern",),
        ("lantern", "harvest"),
        ("harvest",),
        ("ferry",),
        (),
        (),
        (),
        ("quay",),
    ]
    assert list(table["providers"]) == [
        ("Lantern",),
        ("Harvest Trust", "Lantern"),
        ("Harvest Trust",),
        ("Lantern",),
        (),
        (),
        (),
        ("Quay Women",),
    ]
    assert list(table["ended"]) == [()] * 8


def test_what_has_ended_is_told_apart_from_what_is_active(city: Record) -> None:
    table = coverage(city, date(2021, 2, 1))
    assert (table.at["Q1", "services"], table.at["Q1", "ended"]) == (("orchard",), ("lantern",))
    assert (table.at["Q2", "services"], table.at["Q2", "ended"]) == (("harvest",), ("lantern",))


def test_a_lapsed_quarter_has_no_level(city: Record) -> None:
    table = coverage(city, date(2021, 1, 1))
    assert table.at["Q1", "status"] is Status.LAPSED and table.at["Q1", "level"] is None


def test_enums_stay_what_they_are(city: Record) -> None:
    table = coverage(city, date(2020, 6, 30))
    assert {type(s) for s in table["status"]} == {Status}
    assert {type(level) for level in table["level"]} == {Level, type(None)}


ACTIVE, ENDED, AHEAD, UNKNOWN = (
    Activity.ACTIVE,
    Activity.ENDED,
    Activity.NOT_BEGUN,
    Activity.NOT_STATED,
)


@pytest.mark.parametrize(
    ("day", "expected"),  # of lantern, harvest, ferry, quay, orchard
    [
        ("2019-04-14", [UNKNOWN, AHEAD, AHEAD, UNKNOWN, AHEAD]),
        ("2020-05-31", [UNKNOWN, ACTIVE, ACTIVE, UNKNOWN, AHEAD]),
        ("2020-06-01", [ACTIVE, ACTIVE, ACTIVE, ACTIVE, AHEAD]),
        ("2020-06-30", [ACTIVE, ACTIVE, ACTIVE, ACTIVE, AHEAD]),
        ("2020-07-01", [ACTIVE, ACTIVE, UNKNOWN, UNKNOWN, AHEAD]),
        ("2021-01-01", [ENDED, ACTIVE, UNKNOWN, UNKNOWN, AHEAD]),
        ("2021-02-01", [ENDED, ACTIVE, UNKNOWN, UNKNOWN, ACTIVE]),
        ("2022-07-01", [ENDED, ENDED, UNKNOWN, UNKNOWN, ENDED]),
    ],
)
def test_activity_of_every_contract(day: str, expected: list[Activity], city: Record) -> None:
    assert activities(city, date.fromisoformat(day)) == expected


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2020-01-31", "not_stated"),
        ("2020-02-01", "covered"),
        ("2020-03-31", "covered"),
        ("2020-04-01", "lapsed"),
        ("2020-06-30", "lapsed"),
    ],
)
def test_a_contract_that_ends_before_the_record_speaks_lapses(day: str, status: str) -> None:
    record = sketch(["A"], {"x": ("one-to-one", "2020-02", "2020-03", ["A"])})
    assert statuses(record, date.fromisoformat(day)) == [Status(status)]


def test_an_ended_contract_beside_one_that_lies_ahead_is_lapsed() -> None:
    record = sketch(
        ["A"],
        {
            "old": ("one-to-one", "2019-01", "2020-06", ["A"]),
            "new": ("one-to-one", "2020-09", "2021-06", ["A"]),
        },
    )
    assert [statuses(record, date(2020, month, 1)) for month in (6, 7, 9)] == [
        [Status.COVERED],
        [Status.LAPSED],
        [Status.COVERED],
    ]


def test_an_ended_contract_beside_one_whose_end_is_not_stated_is_not_stated() -> None:
    record = sketch(
        ["A"],
        {
            "old": ("one-to-one", "2019-01", "2020-06", ["A"]),
            "other": ("one-to-one", "2019-01", "not stated", ["A"]),
        },
    )
    assert statuses(record, date(2020, 7, 1)) == [Status.NOT_STATED]


def test_a_region_without_services_has_areas_with_none_and_not_stated() -> None:
    record = sketch(["A", "B"], {}, none=["A"])
    assert statuses(record, date(2020, 6, 30)) == [Status.NONE, Status.NOT_STATED]


def test_the_basis_of_every_cell(city: Record) -> None:
    found = basis(city)
    named = {
        "Q1": "lantern orchard",
        "Q2": "lantern harvest",
        "Q3": "harvest",
        "Q4": "ferry",
        "Q5": "orchard",
        "Q6": "",
        "Q7": "",
        "Q8": "quay orchard",
    }
    for code, services in named.items():
        cells = {s: found.at[code, s] for s in ("lantern", "harvest", "ferry", "quay", "orchard")}
        assert {s for s, b in cells.items() if b is Basis.NAMED} == set(services.split())
        assert {b for s, b in cells.items() if s not in services.split()} <= {Basis.NONE}


@pytest.mark.parametrize(
    ("cell", "kind", "reference"),
    [
        ("night-line", Basis.REGION_WIDE, "guide §6"),
        ("gaol", Basis.NAMED_SITE, "guide §6"),
        ("outreach", Basis.AREA_NOT_STATED, "guide §6; minutes §1"),
    ],
)
def test_provision_beyond_the_contracts_has_one_basis_everywhere(
    cell: str, kind: Basis, reference: str, city: Record
) -> None:
    assert set(basis(city)[cell]) == {kind}
    assert "; ".join(map(str, basis_references(city, cell))) == reference


def test_a_named_cell_rests_on_the_list_of_its_service(city: Record) -> None:
    assert list(map(str, basis_references(city, "orchard"))) == ["minutes §1"]


def test_the_index_is_that_of_the_boundaries(city: Record, london: Record) -> None:
    for record in (city, london):
        table = coverage(record, record.default_date)
        assert isinstance(table.index, pd.Index) and list(table.index) == [
            area.code for area in record.areas
        ]
