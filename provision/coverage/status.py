"""Which areas have a contracted service on a date, at which level, and on what basis.

The words are defined in :mod:`provision`. In short: an active contract that names the area makes it
*covered*; an area that the source lists as having none is *none*; where every contract that had
begun has ended it is *lapsed*; otherwise it is *not stated*. An area in no list is never *none*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provision.coverage.arrays import record_arrays, terms_of
from provision.coverage.kernel import (
    StatusCode,
    Terms,
    TermStates,
    area_statuses,
    areas_named,
    may_have_ended,
    term_states,
)
from provision.coverage.levels import fullest_level, level_of
from provision.dates import SourceDate
from provision.io.late_frames import Columns, PlainTable
from provision.record import Record
from provision.schema.services import Service

if TYPE_CHECKING:
    import pandas as pd


class Status(StrEnum):
    """What can be said of an area on a date."""

    COVERED = "covered"
    NONE = "none"
    LAPSED = "lapsed"
    NOT_STATED = "not_stated"


class Activity(StrEnum):
    """What can be said of a contract on a date. ``NOT_COUNTED`` is a service that is known not to
    be of the kind that the record counts (:attr:`provision.schema.services.Service.qualifies`)."""

    ACTIVE = "active"
    ENDED = "ended"
    NOT_BEGUN = "not_begun"
    NOT_STATED = "not_stated"
    NOT_COUNTED = "not_counted"


STATUSES = tuple(Status[code.name] for code in StatusCode if code < StatusCode.WHAT_IF)
_ACTIVITIES = (
    Activity.ACTIVE,
    Activity.ENDED,
    Activity.NOT_STATED,
    Activity.NOT_BEGUN,
    Activity.NOT_COUNTED,
)
_PLACE = {activity: n for n, activity in enumerate(_ACTIVITIES)}


@dataclass(frozen=True)
class Count:
    """A count that is certain up to what is not stated: ``low`` without the not-stated areas,
    ``high`` with all of them."""

    low: int
    high: int

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


class ContractState(NamedTuple):
    """What tells one stretch of time, in which no status changes, from another: what can be said of
    every service, whether it has or may have ended, and whether the record speaks."""

    activities: tuple[Activity, ...]
    may_have_ended: tuple[bool, ...]
    speaks: bool


def activity(service: Service, as_at: SourceDate, on: date) -> Activity:
    """What can be said of a service on a day, by the rules of :mod:`provision.coverage.kernel`.

    Parameters
    ----------
    service
        The service.
    as_at
        The month or day that its record speaks for.
    on
        The day.

    Returns
    -------
    Activity
        ``NOT_STATED`` where nothing says whether it was active."""
    terms = terms_of([service], np.ones((1, 1), dtype=bool))
    states = term_states(terms, (as_at.first.toordinal(), as_at.last.toordinal()), ordinals([on]))
    return activities_of(terms, states)[0][0]


def activities(record: Record, on: date) -> list[Activity]:
    """The activity of every service on a day.

    Parameters
    ----------
    record
        The record.
    on
        The day.

    Returns
    -------
    list of Activity
        In the order of the file."""
    return activities_on(record, [on])[0]


def activities_on(record: Record, days: Sequence[date]) -> list[list[Activity]]:
    """The activity of every service on several days.

    Parameters
    ----------
    record
        The record.
    days
        The days, in any order.

    Returns
    -------
    list of list of Activity
        One list a day, each in the order of the file."""
    base = record_arrays(record)
    return activities_of(base.contracts, term_states(base.contracts, base.speaks, ordinals(days)))


def activities_of(terms: Terms, states: TermStates) -> list[list[Activity]]:
    """Arrays of states as activities.

    Parameters
    ----------
    terms
        The terms.
    states
        Arrays (days x terms) from :func:`provision.coverage.kernel.term_states`.

    Returns
    -------
    list of list of Activity
        One list a day, one activity a term."""
    other = np.where(terms.excluded, _PLACE[Activity.NOT_COUNTED], _PLACE[Activity.NOT_BEGUN])
    found = np.select([states.active, states.ended, states.unsure], [0, 1, 2], default=other)
    return [[_ACTIVITIES[n] for n in row] for row in found.tolist()]


def ordinals(days: Iterable[date]) -> np.ndarray:
    """Days as numbers.

    Parameters
    ----------
    days
        The days, in any order.

    Returns
    -------
    integer array (days)
        ``date.toordinal`` of each.

    Examples
    --------
    >>> from datetime import date
    >>> ordinals([date(2018, 10, 31)]).tolist()
    [736998]
    """
    return np.array([day.toordinal() for day in days], dtype=np.int64)


def coverage(record: Record, on: date) -> pd.DataFrame:
    """The status of every area on a day.

    Parameters
    ----------
    record
        The record.
    on
        The day.

    Returns
    -------
    pandas.DataFrame
        Indexed by area code, in the order of the boundaries file. ``name``; ``counted`` (bool:
        whether counts are over it); ``status`` (:class:`Status`); ``level`` (:class:`Level`, or
        None where not covered). Tuples of ids, in the order of the file, of the services that name
        the area: ``services`` (active), ``ended``, ``ahead`` (not begun), ``unsure`` (not stated
        whether active, or whether it counts). ``providers`` (leads of the active services, sorted);
        ``may_have_lapsed`` (bool: a service that names the area has ended, or may have)."""
    return coverage_in(record, contract_state(record, on))


def coverage_table(record: Record, on: date) -> PlainTable:
    """:func:`coverage` before it is laid out as a data frame: the same columns and rows.

    Parameters
    ----------
    record
        The record.
    on
        The day.

    Returns
    -------
    PlainTable
        A row for each area, by code, in the order of the boundaries file."""
    return _coverage_table(record, contract_state(record, on))


@lru_cache(maxsize=512)
def contract_state(record: Record, on: date) -> ContractState:
    """The stretch of time, in which no status changes, that a day lies in.

    Parameters
    ----------
    record
        The record.
    on
        The day.

    Returns
    -------
    ContractState
        Whatever follows from statuses alone can be kept by it."""
    base, days = record_arrays(record), ordinals([on])
    states = term_states(base.contracts, base.speaks, days)
    return ContractState(
        tuple(activities_of(base.contracts, states)[0]),
        tuple(may_have_ended(base.contracts, base.speaks, states, days)[0].tolist()),
        bool(days[0] >= base.speaks[0]),
    )


def coverage_in(record: Record, when: ContractState) -> pd.DataFrame:
    """:func:`coverage` for a stretch of time.

    Parameters
    ----------
    record
        The record.
    when
        The stretch of time, from :func:`provision.coverage.status.contract_state`.

    Returns
    -------
    pandas.DataFrame
        As :func:`coverage` gives it; the table is the caller's to change."""
    return _coverage(record, when).copy(deep=False)


@lru_cache(maxsize=64)
def _coverage(record: Record, when: ContractState) -> pd.DataFrame:
    columns = dict(_coverage_table(record, when).columns)
    flags = {name: np.array(columns.pop(name)) for name in ("counted", "may_have_lapsed")}
    return object_frame(columns, record.codes).assign(**flags)


@lru_cache(maxsize=64)
def _coverage_table(record: Record, when: ContractState) -> PlainTable:
    base, states = record_arrays(record), _states_of(when)
    named, day = record.service_area_matrix, base.speaks[0] - (not when.speaks)
    found = area_statuses(
        base.contracts, base.listed_none, base.speaks[0], states, np.array([day])
    )[0]
    ids = [s.id for s in record.services]
    leads = [s.provider for s in record.services]
    by_activity = {
        what: named & np.array([a is what for a in when.activities], dtype=bool)
        for what in Activity
    }
    active = by_activity[Activity.ACTIVE]
    levels = fullest_level(active.T, base.contracts.level)
    columns: dict[str, Sequence[object]] = {
        "name": [a.name for a in record.areas],
        "status": [STATUSES[code] for code in found],
        "level": [level_of(int(rank)) for rank in levels],
        "services": _pick(ids, active),
        "ended": _pick(ids, by_activity[Activity.ENDED]),
        "ahead": _pick(ids, by_activity[Activity.NOT_BEGUN]),
        "unsure": _pick(ids, by_activity[Activity.NOT_STATED]),
        "providers": [tuple(sorted(set(row))) for row in _pick(leads, active)],
    }
    lapsing = areas_named(base.contracts, np.array([when.may_have_ended], dtype=bool))[0]
    columns |= {"counted": record.counted.tolist(), "may_have_lapsed": lapsing.tolist()}
    return PlainTable(columns, list(record.row_of))


def _states_of(when: ContractState) -> TermStates:
    """A stretch of time as the kernel has it: one day."""
    active, ended, unsure = (
        np.array([[a is what for a in when.activities]], dtype=bool)
        for what in (Activity.ACTIVE, Activity.ENDED, Activity.NOT_STATED)
    )
    return TermStates(active, ended, unsure)


def object_frame(columns: Mapping[str, Sequence[object]], index: pd.Index) -> pd.DataFrame:
    """A table whose cells stay the objects they are: enums keep their type, and None does not turn
    into NaN.

    Parameters
    ----------
    columns
        Cells by name of their column, in the order of the index.
    index
        Area codes, or what else the rows are.

    Returns
    -------
    pandas.DataFrame
        Every column of dtype object."""
    import pandas as pd

    return pd.DataFrame(
        {
            name: pd.Series(list(values), index=index, dtype=object)
            for name, values in columns.items()
        },
        index=index,
    )


def statuses(record: Record, on: date) -> list[Status]:
    """The status of every area on a day; :func:`coverage` without the rest.

    Parameters
    ----------
    record
        The record.
    on
        The day.

    Returns
    -------
    list of Status
        In the order of the boundaries file."""
    return statuses_on(record, [on])[0]


def statuses_on(record: Record, days: Sequence[date]) -> list[list[Status]]:
    """The status of every area on several days.

    Parameters
    ----------
    record
        The record.
    days
        The days, in any order.

    Returns
    -------
    list of list of Status
        One list a day, each in the order of the boundaries file."""
    base, when = record_arrays(record), ordinals(days)
    states = term_states(base.contracts, base.speaks, when)
    found = area_statuses(base.contracts, base.listed_none, base.speaks[0], states, when)
    return [[STATUSES[code] for code in row] for row in found.tolist()]


def _pick(labels: list[str], chosen: np.ndarray) -> list[tuple[str, ...]]:
    return [tuple(labels[j] for j in np.flatnonzero(row)) for row in chosen]


def counts(table: Columns) -> dict[Status, int]:
    """How many of the counted areas have each status.

    Parameters
    ----------
    table
        From :func:`coverage`.

    Returns
    -------
    dict of Status to int
        Every status is there, at nought too."""
    found = Counter(compress(table["status"], table["counted"]))
    return {status: found[status] for status in Status}


def ranges(table: pd.DataFrame) -> dict[Status, Count]:
    """How many of the counted areas have each status, up to what is not stated.

    Parameters
    ----------
    table
        From :func:`coverage`.

    Returns
    -------
    dict of Status to Count
        Each not-stated area could be covered or have none; it could have lapsed only where a
        contract that names it has ended or may have. It widens those counts, and not its own."""
    possible = could_be(table)
    return {s: Count(n, n + len(possible[s])) for s, n in counts(table).items()}


def could_be(table: pd.DataFrame) -> dict[Status, pd.Index]:
    """For each status, the counted areas that are not stated and could have it.

    Parameters
    ----------
    table
        From :func:`coverage`.

    Returns
    -------
    dict of Status to pandas.Index
        Area codes, in the order of the table."""
    unknown = table[table["counted"] & (table["status"] == Status.NOT_STATED)]
    lapsed = unknown.index[unknown["may_have_lapsed"]]
    return {
        Status.COVERED: unknown.index,
        Status.NONE: unknown.index,
        Status.LAPSED: lapsed,
        Status.NOT_STATED: unknown.index[:0],
    }
