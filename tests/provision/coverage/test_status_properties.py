"""What holds for every record: small records of up to six areas and five services, made up by
hypothesis."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from support import sketch
from support.regions import AREAS, Facts, days, facts, regions

from provision.coverage.status import Status, counts, coverage, ranges, statuses
from provision.coverage.timeline import by_month, changes, span
from provision.dates import month_end
from provision.export.coverage import calendar_json
from provision.record import Record


def status_of(record: Record, on: date) -> dict[str, Status]:
    return dict(zip(record.codes, statuses(record, on), strict=True))


def covered(record: Record, on: date) -> set[str]:
    return {area for area, status in status_of(record, on).items() if status is Status.COVERED}


@given(regions(), days, st.randoms(use_true_random=False))
def test_the_order_of_services_never_matters(
    region: tuple[dict[str, Facts], list[str]], on: date, random: Any
) -> None:
    services, none = region
    shuffled = random.sample(list(services.items()), len(services))
    one, other = (
        coverage(sketch(AREAS, services, none), on),
        coverage(sketch(AREAS, dict(shuffled), none), on),
    )
    assert list(one["status"]) == list(other["status"]) and list(one["level"]) == list(
        other["level"]
    )
    assert [set(ids) for ids in one["services"]] == [set(ids) for ids in other["services"]]


@given(regions(), days, st.permutations(AREAS))
def test_the_order_of_areas_never_matters(
    region: tuple[dict[str, Facts], list[str]], on: date, order: list[str]
) -> None:
    services, none = region
    assert status_of(sketch(AREAS, services, none), on) == status_of(
        sketch(order, services, none), on
    )


@given(regions(), days, st.permutations(AREAS))
def test_the_order_within_a_list_never_matters(
    region: tuple[dict[str, Facts], list[str]], on: date, order: list[str]
) -> None:
    services, none = region
    turned = {
        name: (*fact[:3], [a for a in order if a in fact[3]]) for name, fact in services.items()
    }
    assert status_of(sketch(AREAS, services, none), on) == status_of(
        sketch(AREAS, turned, list(reversed(none))), on
    )


@given(regions(), days)
def test_an_area_in_no_list_is_not_stated_on_every_day(
    region: tuple[dict[str, Facts], list[str]], on: date
) -> None:
    services, none = region
    listed = {area for fact in services.values() for area in fact[3]} | set(none)
    found = status_of(sketch(AREAS, services, none), on)
    assert all(found[area] is Status.NOT_STATED for area in AREAS if area not in listed)


@given(regions(), days)
def test_only_an_area_listed_as_having_none_is_none(
    region: tuple[dict[str, Facts], list[str]], on: date
) -> None:
    services, none = region
    found = status_of(sketch(AREAS, services, none), on)
    assert {area for area, status in found.items() if status is Status.NONE} <= set(none)


@given(regions(), days)
def test_only_a_named_area_is_covered_or_lapsed(
    region: tuple[dict[str, Facts], list[str]], on: date
) -> None:
    services, none = region
    named = {area for fact in services.values() for area in fact[3]}
    found = status_of(sketch(AREAS, services, none), on)
    assert {
        area for area, status in found.items() if status in (Status.COVERED, Status.LAPSED)
    } <= named


@given(regions(most=4), facts(), days)
def test_adding_a_contract_never_loses_a_covered_area(
    region: tuple[dict[str, Facts], list[str]], more: Facts, on: date
) -> None:
    services, none = region
    without = [area for area in none if area not in more[3]]
    assert covered(sketch(AREAS, services, without), on) <= covered(
        sketch(AREAS, {**services, "u": more}, without), on
    )


@given(regions(), days)
def test_removing_a_service_never_gains_a_covered_area(
    region: tuple[dict[str, Facts], list[str]], on: date
) -> None:
    services, none = region
    whole = covered(sketch(AREAS, services, none), on)
    for name in services:
        rest = {other: fact for other, fact in services.items() if other != name}
        assert covered(sketch(AREAS, rest, none), on) <= whole


@given(regions(), days)
def test_every_area_is_counted_once(region: tuple[dict[str, Facts], list[str]], on: date) -> None:
    services, none = region
    table = coverage(sketch(AREAS, services, none), on)
    assert sum(counts(table).values()) == len(AREAS)
    assert all(
        0 <= count.high - count.low <= counts(table)[Status.NOT_STATED]
        for count in ranges(table).values()
    )


@given(regions(), days)
def test_covered_goes_with_a_level_and_services_and_nothing_else_does(
    region: tuple[dict[str, Facts], list[str]], on: date
) -> None:
    services, none = region
    for _, row in coverage(sketch(AREAS, services, none), on).iterrows():
        assert (
            (row["status"] is Status.COVERED)
            == bool(row["services"])
            == (row["level"] is not None)
            == bool(row["providers"])
        )


@given(regions(), days, st.integers(0, 1500))
def test_the_changes_lead_from_the_first_day_to_the_last(
    region: tuple[dict[str, Facts], list[str]], first: date, length: int
) -> None:
    services, none = region
    record = sketch(AREAS, services, none)
    last = first + timedelta(days=length)
    state = status_of(record, first)
    for change in changes(record, first, last):
        assert first < change.on <= last
        assert state[change.code] is change.before is not change.after
        state[change.code] = change.after
    assert state == status_of(record, last)


@given(regions())
@settings(max_examples=30)
def test_the_months_of_the_calendar_agree_with_its_changes(
    region: tuple[dict[str, Facts], list[str]],
) -> None:
    services, none = region
    record = sketch(AREAS, services, none)
    first, last = span(record)
    table = by_month(record, first, last)
    for before, after in zip(table.columns, table.columns[1:], strict=False):
        turned = {
            c.code
            for c in changes(
                record,
                month_end(date.fromisoformat(f"{before}-01")),
                month_end(date.fromisoformat(f"{after}-01")),
            )
        }
        assert set(table.index[table[before] != table[after]]) <= turned


@given(regions())
@settings(max_examples=30)
def test_every_month_of_the_calendar_counts_every_area(
    region: tuple[dict[str, Facts], list[str]],
) -> None:
    services, none = region
    found = calendar_json(sketch(AREAS, services, none))
    assert {sum(month["counts"].values()) for month in found["months"]} == {len(AREAS)}
