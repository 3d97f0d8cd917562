"""What a catalogue listed for referral in 2021 and in 2022, against lists keyed by hand."""

from __future__ import annotations

from datetime import date

import pytest
from support import ROOT

from provision.coverage.status import Activity, Basis, Status, activities, basis, coverage
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
