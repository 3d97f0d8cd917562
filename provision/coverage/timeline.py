"""The contract calendar: which areas change status in which month, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import inf, nan
from typing import TYPE_CHECKING

import numpy as np

from provision.coverage.status import (
    Activity,
    Status,
    activities_on,
    coverage,
    object_frame,
    statuses_on,
)
from provision.dates import SourceDate, add_months, month_end, month_key, months, next_day
from provision.record import Record
from provision.schema.services import NOT_STATED, ONGOING, Service

if TYPE_CHECKING:
    import pandas as pd

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
    """The days that a calendar of the record shows.

    Parameters
    ----------
    record
        The record.

    Returns
    -------
    (date, date)
        The first day that the record speaks for, and the last day of the third month after its
        last stated end (of a contract, or of a listing for referral); at most
        :data:`LONGEST_MONTHS` months."""
    first = record.file.region.as_at.first
    ends = [end for s in record.services for end in _stated_ends(s)]
    last = add_months(max([first, *ends]), 3)
    return first, month_end(min(last, add_months(first, LONGEST_MONTHS)))


def turning_days(record: Record) -> list[date]:
    """Every day on which a status can change.

    Parameters
    ----------
    record
        The record.

    Returns
    -------
    list of date
        Sorted: days on which a contract or a listing begins or has newly ended, the record
        begins to speak, or an end that is not stated may have come (the day after the record's own
        date)."""
    as_at = record.file.region.as_at
    days = {as_at.first}
    for service in record.services:
        days |= _stated_starts(service) | {next_day(end) for end in _stated_ends(service)}
        if NOT_STATED in (service.contract.end, service.listing and service.listing.end):
            days.add(next_day(as_at.last))
    return sorted(days)


def _stated_starts(service: Service) -> set[date]:
    starts = [part.start for part in (service.contract, service.listing) if part]
    return {start.first for start in starts if not isinstance(start, str)}


def _stated_ends(service: Service) -> set[date]:
    ends = [part.end for part in (service.contract, service.listing) if part]
    return {end.last for end in ends if not isinstance(end, str)}


def by_month(record: Record, first: date, last: date) -> pd.DataFrame:
    """The status of every area at the end of each month.

    Parameters
    ----------
    record
        The record.
    first
        The first day.
    last
        The last day.

    Returns
    -------
    pandas.DataFrame
        Index: area code. Columns: months as ``YYYY-MM``. Cells are
        :class:`provision.coverage.status.Status`."""
    ends = [month_end(month) for month in months(first, last)]
    found = statuses_on(record, ends)
    return object_frame(
        {month_key(end): row for end, row in zip(ends, found, strict=True)}, record.codes
    )


def changes(record: Record, first: date, last: date) -> list[Change]:
    """Every change of status after the first day, up to the last.

    Parameters
    ----------
    record
        The record.
    first
        The first day.
    last
        The last day.

    Returns
    -------
    list of Change
        By day, and then in the order of the boundaries file."""
    days = [day for day in turning_days(record) if first < day <= last]
    eves = [eve_of(day) for day in days]
    stood = zip(statuses_on(record, eves), statuses_on(record, days), strict=True)
    acted = zip(activities_on(record, eves), activities_on(record, days), strict=True)
    return [
        change
        for day, status, activity in zip(days, stood, acted, strict=True)
        for change in _changes_on(record, day, status, activity)
    ]


def eve_of(day: date) -> date:
    """The day before.

    Parameters
    ----------
    day
        The day.

    Returns
    -------
    date
        One day earlier.

    Examples
    --------
    >>> eve_of(date(2020, 3, 1))
    datetime.date(2020, 2, 29)
    """
    return day.fromordinal(day.toordinal() - 1)


def _changes_on(
    record: Record,
    day: date,
    status: tuple[list[Status], list[Status]],
    activity: tuple[list[Activity], list[Activity]],
) -> list[Change]:
    """The changes of one day; ``status`` (by area) and ``activity`` (by service) on its eve and on
    the day itself."""
    before, after = status
    was, now = (np.array([a.value for a in each], dtype=object) for each in activity)
    ended = (was == Activity.ACTIVE) & (now == Activity.ENDED)
    begun = (was != Activity.ACTIVE) & (now == Activity.ACTIVE)
    return [
        Change(
            day,
            area.code,
            area.name,
            before[row],
            after[row],
            _naming(record, row, ended),
            _naming(record, row, begun),
        )
        for row, area in enumerate(record.areas)
        if before[row] is not after[row]
    ]


def thinned(record: Record, day: date) -> tuple[str, ...]:
    """The counted areas that lose a service on a day and stay covered by another.

    Parameters
    ----------
    record
        The record.
    day
        The day.

    Returns
    -------
    tuple of str
        Area codes, in the order of the boundaries file."""
    import pandas as pd

    before, after = coverage(record, eve_of(day)), coverage(record, day)
    lost = pd.Series(
        [
            bool(set(was) - set(now))
            for was, now in zip(before["services"], after["services"], strict=True)
        ],
        index=after.index,
    )
    return tuple(after.index[lost & after["counted"] & (after["status"] == Status.COVERED)])


def _naming(record: Record, row: int, chosen: np.ndarray) -> tuple[str, ...]:
    """Ids of the chosen services (boolean, services) that name the area in a row."""
    return tuple(
        record.services[j].id for j in np.flatnonzero(record.service_area_matrix[row] & chosen)
    )


def months_left(record: Record, on: date) -> pd.Series:
    """Whole months until the last active contract of each area ends.

    Parameters
    ----------
    record
        The record.
    on
        The day.

    Returns
    -------
    pandas.Series
        Index: area code. Float, in months: infinite where one is ongoing, NaN where none is
        active or an end is not stated. A contract that ends on the last day of a month has that
        month whole: from 31 October 2018 to 31 March 2020 are 17."""
    import pandas as pd

    ends = {s.id: s.contract.end for s in record.services}
    left = []
    for active in coverage(record, on)["services"]:
        left.append(_months_left(on, [ends[i] for i in active]))
    return pd.Series(left, index=record.codes, name="months_left")


def end_dates(record: Record, on: date) -> pd.DataFrame:
    """When the active contracts of each area end: the first and the last of the stated ends.

    Parameters
    ----------
    record
        The data.
    on
        The day on which contracts are active.

    Returns
    -------
    pandas.DataFrame
        Indexed by code: ``first_end`` and ``last_end`` (:class:`SourceDate`, or None where no
        active contract states an end), and ``losing``, how many services an area has fewer after
        the first end, while it keeps another; 0 where it keeps none.
    """
    ends = {s.id: s.contract.end for s in record.services}
    rows = []
    for active in coverage(record, on)["services"]:
        stated = sorted(
            (e for i in active if not isinstance(e := ends[i], str)), key=lambda end: end.last
        )
        going = sum(end.last == stated[0].last for end in stated) if stated else 0
        rows.append(
            {
                "first_end": stated[0] if stated else None,
                "last_end": stated[-1] if stated else None,
                "losing": going if going < len(active) else 0,
            }
        )
    return object_frame({name: [row[name] for row in rows] for name in rows[0]}, record.codes)


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
