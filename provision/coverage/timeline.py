"""The contract calendar: which areas change status in which month, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import inf, nan

import pandas as pd

from provision.coverage.status import Activity, Status, activities, coverage, object_frame, statuses
from provision.dates import SourceDate, add_months, month_end, month_key, months, next_day
from provision.record import Record
from provision.schema.services import NOT_STATED, ONGOING

LONGEST_MONTHS = 360


@dataclass(frozen=True)
class Change:
    """One area's status on the first day that it is different, and what changed.

    ``ended`` and ``begun`` are ids of the services that name the area and did so on that day.
    """

    on: date
    code: str
    name: str
    before: Status
    after: Status
    ended: tuple[str, ...]
    begun: tuple[str, ...]


def span(record: Record) -> tuple[date, date]:
    """The first day that the record speaks for, and the last day of the third month after its last
    stated contract end; at most :data:`LONGEST_MONTHS` months."""
    first = record.file.region.as_at.first
    ends = [s.contract.last_day for s in record.services if s.contract.last_day]
    last = add_months(max([first, *ends]), 3)
    return first, month_end(min(last, add_months(first, LONGEST_MONTHS)))


def turning_days(record: Record) -> list[date]:
    """Every day on which a contract begins or has newly ended, the record begins to speak, or an
    end that is not stated may have come (the day after the record's own date); sorted."""
    days = {record.file.region.as_at.first}
    for service in record.services:
        if service.contract.start != NOT_STATED:
            days.add(service.contract.start.first)
        if service.contract.last_day:
            days.add(next_day(service.contract.last_day))
    if any(s.contract.end == NOT_STATED for s in record.services):
        days.add(next_day(record.file.region.as_at.last))
    return sorted(days)


def by_month(record: Record, first: date, last: date) -> pd.DataFrame:
    """The status of every area at the end of each month: areas (index: code) by months (columns:
    ``YYYY-MM``)."""
    return object_frame(
        {month_key(m): statuses(record, month_end(m)) for m in months(first, last)}, record.codes
    )


def changes(record: Record, first: date, last: date) -> list[Change]:
    """Every change of status after ``first`` up to ``last``, by day and then in the order of the
    boundaries file."""
    found: list[Change] = []
    for day in turning_days(record):
        if first < day <= last:
            found += _changes_on(record, day)
    return found


def _changes_on(record: Record, day: date) -> list[Change]:
    eve = day.fromordinal(day.toordinal() - 1)
    before, after = statuses(record, eve), statuses(record, day)
    ended, begun = _turned(record, eve, day)
    return [
        Change(
            day,
            area.code,
            area.name,
            was,
            now,
            _naming(record, row, ended),
            _naming(record, row, begun),
        )
        for row, (area, was, now) in enumerate(zip(record.areas, before, after, strict=True))
        if was != now
    ]


def thinned(record: Record, day: date) -> tuple[str, ...]:
    """Codes of the counted areas that lose a service on a day and stay covered by another, in the
    order of the boundaries file."""
    before, after = coverage(record, day.fromordinal(day.toordinal() - 1)), coverage(record, day)
    lost = pd.Series(
        [
            bool(set(was) - set(now))
            for was, now in zip(before["services"], after["services"], strict=True)
        ],
        index=after.index,
    )
    return tuple(after.index[lost & after["counted"] & (after["status"] == Status.COVERED)])


def _turned(record: Record, eve: date, day: date) -> tuple[set[str], set[str]]:
    """Ids of the services that ended, and of those that began, between two days."""
    pairs = list(
        zip(record.services, activities(record, eve), activities(record, day), strict=True)
    )
    ended = {s.id for s, was, now in pairs if was is Activity.ACTIVE and now is Activity.ENDED}
    begun = {s.id for s, was, now in pairs if was is not Activity.ACTIVE and now is Activity.ACTIVE}
    return ended, begun


def _naming(record: Record, row: int, ids: set[str]) -> tuple[str, ...]:
    return tuple(
        s.id
        for j, s in enumerate(record.services)
        if s.id in ids and record.service_area_matrix[row, j]
    )


def months_left(record: Record, on: date) -> pd.Series:
    """Whole months until the last active contract of each area ends, indexed by code; infinite
    where one is ongoing, NaN where none is active or an end is not stated.

    A contract that ends on the last day of a month has that month whole: from 31 October 2018 to 31
    March 2020 are 17."""
    ends = {s.id: s.contract.end for s in record.services}
    left = []
    for active in coverage(record, on)["services"]:
        left.append(_months_left(on, [ends[i] for i in active]))
    return pd.Series(left, index=record.codes, name="months_left")


def _months_left(on: date, ends: Sequence[SourceDate | str]) -> float:
    if ONGOING in ends:
        return inf
    stated = [end.last for end in ends if not isinstance(end, str)]
    return float(_whole_months(on, max(stated))) if stated and len(stated) == len(ends) else nan


def _whole_months(first: date, last: date) -> int:
    """How often a month fits between two days; the ends of months count as the same day of the
    month."""
    count = (last.year - first.year) * 12 + last.month - first.month
    return count if last.day >= first.day or last == month_end(last) else count - 1
