"""The status rule a second, slower way: plain loops over days, areas and services, without an
array, for records made up by hypothesis."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from support import sketch

from provision.coverage.levels import LEVEL_ORDER, fullest_level, level_of, level_rank
from provision.coverage.status import (
    Activity,
    Status,
    activities_on,
    activity,
    coverage,
    statuses_on,
)
from provision.record import Record
from provision.scenarios.evaluate import evaluate
from provision.scenarios.scenario import Scenario
from provision.schema.services import Level, Service, ServicesFile

AREAS = ["A", "B", "C", "D"]
DAYS = [date(2020, 6, 1) + timedelta(days=d) for d in (-400, -152, -1, 0, 15, 29, 30, 184, 800)]
STARTS = ["not stated", "2019-04-28", "2020-01", "2020-06-16", "2020-12-02"]
ENDS = ["not stated", "2020-05-31", "2020-06", "2020-12-01", "2022-08-09"]
SAID = ["yes", "yes", "no", "not stated"]


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Up to four services of every kind, in up to four areas; the record speaks for June 2020."""
    services = {
        name: (
            draw(st.sampled_from([level.value for level in Level])),
            draw(st.sampled_from(STARTS)),
            draw(st.sampled_from([*ENDS, "ongoing"])),
            draw(st.lists(st.sampled_from(AREAS), min_size=1, unique=True)),
        )
        for name in "wxyz"[: draw(st.integers(0, 4))]
    }
    none = draw(st.lists(st.sampled_from(AREAS), unique=True))
    record = sketch(AREAS, services, none)
    data = record.file.model_dump(mode="json", exclude_none=True)
    for service in data["services"]:
        service.update(draw(kinds()))
    return replace(record, file=ServicesFile.model_validate(data))


@st.composite
def kinds(draw: st.DrawFn) -> dict[str, Any]:
    found: dict[str, Any] = {
        "contracted": draw(st.sampled_from(SAID)),
        "people_specific": draw(st.sampled_from(SAID)),
    }
    if draw(st.booleans()):
        found["listing"] = {
            "start": draw(st.sampled_from(STARTS)),
            "end": draw(st.sampled_from(ENDS)),
            "ref": "guide §1",
        }
    return found


def slow_activity(record: Record, service: Service, on: date) -> Activity:
    """One service on one day, by cases."""
    if "no" in (service.contracted, service.people_specific):
        return Activity.NOT_COUNTED
    start, end = service.contract.start, service.contract.end
    begun = isinstance(start, str) or start.first <= on
    over = not isinstance(end, str) and end.last < on
    known_kind = service.contracted == "yes" and service.people_specific == "yes"
    if over and known_kind:
        return Activity.ENDED
    if not begun:
        return Activity.NOT_BEGUN
    if not known_kind:
        return Activity.NOT_STATED
    if not isinstance(start, str) and end != "not stated":
        return Activity.ACTIVE
    return Activity.ACTIVE if _vouched_for(record, service, on) else Activity.NOT_STATED


def _vouched_for(record: Record, service: Service, on: date) -> bool:
    """Whether the record's own month, or a listing, says that it was active."""
    as_at, contract, listing = record.file.region.as_at, service.contract, service.listing
    if listing is None:
        early = contract.start == "not stated" and on < as_at.first
        late = contract.end == "not stated" and on > as_at.last
        return not early and not late
    first = as_at.first if isinstance(listing.start, str) else listing.start.first
    last = as_at.last if isinstance(listing.end, str) else listing.end.last
    return first <= on <= last


def slow_status(record: Record, area: str, on: date) -> Status:
    found = {
        slow_activity(record, service, on)
        for service in record.services
        if area in service.service_area.listed
    }
    if Activity.ACTIVE in found:
        return Status.COVERED
    if Activity.ENDED in found and Activity.NOT_STATED not in found:
        return Status.LAPSED
    if area in record.file.areas_without_service.listed and on >= record.file.region.as_at.first:
        return Status.NONE
    return Status.NOT_STATED


@given(records())
def test_every_status_is_what_plain_loops_find(record: Record) -> None:
    expected = [[slow_status(record, area, on) for area in AREAS] for on in DAYS]
    assert statuses_on(record, DAYS) == expected
    assert [list(coverage(record, on)["status"]) for on in DAYS] == expected


@given(records())
def test_every_activity_is_what_plain_loops_find(record: Record) -> None:
    expected = [[slow_activity(record, s, on) for s in record.services] for on in DAYS]
    assert activities_on(record, DAYS) == expected
    as_at = record.file.region.as_at
    assert [[activity(s, as_at, on) for s in record.services] for on in DAYS] == expected


@given(records(), st.sampled_from(DAYS))
@settings(max_examples=50)
def test_a_scenario_that_changes_nothing_has_the_same_statuses(record: Record, on: date) -> None:
    table = evaluate(record, Scenario(on=on), 2).table
    expected = [slow_status(record, area, on) for area in AREAS]
    assert list(table["baseline"]) == expected
    assert [s.value for s in table["scenario"]] == [s.value for s in expected]


@given(records(), st.sampled_from(DAYS))
def test_an_area_could_have_lapsed_only_where_something_is_past_what_is_known(
    record: Record, on: date
) -> None:
    for area, may in coverage(record, on)["may_have_lapsed"].items():
        assert may == any(
            _may_have_ended(record, service, on)
            for service in record.services
            if area in service.service_area.listed
        )


def _may_have_ended(record: Record, service: Service, on: date) -> bool:
    what, end, listing = slow_activity(record, service, on), service.contract.end, service.listing
    if what is not Activity.NOT_STATED:
        return what is Activity.ENDED
    if not isinstance(end, str):
        return end.last < on
    last = record.file.region.as_at.last
    if listing and not isinstance(listing.end, str):
        last = listing.end.last
    return end == "not stated" and on > last


@given(st.lists(st.sampled_from(list(Level)), max_size=4), st.sampled_from([0, 1, 2]))
def test_a_level_is_the_fullest_that_is_certain(levels: list[Level], hub: int) -> None:
    import numpy as np

    serving = np.ones((len(levels), 1), dtype=bool)
    ranks = np.array([level_rank(level) for level in levels], dtype=np.int64)
    found = level_of(int(fullest_level(serving, ranks, np.array([hub]))[0]))
    stated = {level for level in levels if level is not Level.NOT_STATED}
    stated |= {LEVEL_ORDER[hub - 1]} if hub else set()
    if Level.WRAP_AROUND in stated:
        assert found is Level.WRAP_AROUND
    elif Level.NOT_STATED in levels:
        assert found is Level.NOT_STATED
    else:
        assert found is (Level.ONE_TO_ONE if stated else None)
