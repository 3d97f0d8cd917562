"""What a catalogue listed for referral in 2021 and in 2022, against lists keyed by hand."""

from __future__ import annotations

from datetime import date

import pytest
from support import ROOT

from provision.coverage.basis import Basis, basis
from provision.coverage.status import Activity, Status, activities, coverage
from provision.coverage.then_and_now import Passage, silences, then_and_now
from provision.io.files import DataFiles
from provision.record import Record, load
from provision.schema.services import NOT_STATED

SOUTH_2021 = {"Bromley", "Croydon", "Lambeth", "Lewisham", "Merton", "Southwark", "Sutton"} | {
    "Wandsworth"
}
IN_NO_LIST_2022 = {"Barnet", "Ealing", "Harrow", "Hillingdon"}


@pytest.fixture(scope="module", params=["london-2021", "london-2022"])
def later(request: pytest.FixtureRequest) -> Record:
    return load(DataFiles.in_folder(ROOT / "data" / request.param))


def by_status(record: Record, on: date) -> dict[Status, set[str]]:
    table = coverage(record, on)
    table = table[table["counted"]]
    return {s: set(table.loc[table["status"] == s, "name"]) for s in Status}


def test_2021_names_every_borough() -> None:
    record = load(DataFiles.in_folder(ROOT / "data" / "london-2021"))
    assert len(by_status(record, record.default_date)[Status.COVERED]) == 32
    south = coverage(record, record.default_date)
    assert set(south.loc[south["services"] == ("ccs-0002",), "name"]) == SOUTH_2021


def test_2022_leaves_four_boroughs_not_stated_and_names_the_city() -> None:
    record = load(DataFiles.in_folder(ROOT / "data" / "london-2022"))
    found = by_status(record, record.default_date)
    assert len(found[Status.COVERED]) == 28
    assert found[Status.NOT_STATED] == IN_NO_LIST_2022
    table = coverage(record, record.default_date)
    assert list(table.loc[~table["counted"], "status"]) == [Status.COVERED]


def test_nothing_is_said_of_contracts_or_of_none(later: Record) -> None:
    assert all(s.contract.start == s.contract.end == NOT_STATED for s in later.services)
    assert not later.listed_none.any()
    assert set(basis(later).to_numpy().ravel()) == {Basis.LISTED, Basis.NONE}


def test_outside_the_listing_nothing_is_stated(later: Record) -> None:
    before = date(2020, 12, 31)
    assert set(activities(later, before)) == {Activity.NOT_STATED}
    assert not by_status(later, before)[Status.COVERED] | by_status(later, before)[Status.LAPSED]


def test_they_share_the_outlines_and_figures_of_the_first_record(
    later: Record, london: Record
) -> None:
    assert list(later.codes) == list(london.codes)
    assert later.figures.equals(london.figures)


NONE_2018 = {"Barnet", "Bexley", "Bromley", "Kingston upon Thames", "Merton"} | {
    "Richmond upon Thames",
    "Tower Hamlets",
}


def test_what_came_next(london: Record) -> None:
    folders = [ROOT / "data" / name for name in ("london-2021", "london-2022")]
    found = then_and_now([london, *(load(DataFiles.in_folder(f)) for f in folders)])
    name = {area.code: area.name for area in found.areas}

    def names(what: Passage, older: int, newer: int, *, counted: bool = True) -> set[str]:
        return {name[code] for code in found.codes(what, older, newer, counted=counted)}

    assert names(Passage.GAINED, 0, 1) == NONE_2018
    assert names(Passage.GAINED_NOT_STATED, 0, 1) == {"Greenwich"}
    assert names(Passage.GAINED, 0, 2) == NONE_2018 - {"Barnet"}
    assert names(Passage.NO_LONGER_STATED, 1, 2) == IN_NO_LIST_2022
    assert names(Passage.GAINED_NOT_STATED, 1, 2, counted=False) == {"City of London"}
    for pair in found.pairs:
        assert not names(Passage.LOST, *pair)
    assert [(s.first, s.last, {name[c] for c in s.codes}) for s in silences(found)] == [
        (date(2020, 4, 1), date(2020, 12, 31), {"Enfield", "Hackney", "Redbridge"})
    ]


def test_the_first_record_as_a_folder_is_the_first_record(london: Record) -> None:
    as_folder = load(DataFiles.in_folder(ROOT / "data"))
    assert as_folder.version == london.version
    assert set(as_folder.contents) == set(london.contents)
