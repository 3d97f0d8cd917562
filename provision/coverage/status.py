"""Which areas have a contracted service on a date, at which level, and on what basis.

The words are defined in :mod:`provision`. In short: an active contract that names the area makes it
*covered*; an area that the source lists as having none is *none*; where every contract that had
begun has ended it is *lapsed*; otherwise it is *not stated*. An area in no list is never *none*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

import numpy as np
import pandas as pd

from provision.dates import SourceDate
from provision.record import Record
from provision.schema.services import NOT_STATED, Geography, Level, Reference, Service


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
    NOT_BEGUN = "not begun"
    NOT_STATED = "not stated"
    NOT_COUNTED = "not counted"


class Basis(StrEnum):
    """What a service-area cell rests on."""

    NAMED = "named in contract"
    REGION_WIDE = "region-wide"
    NAMED_SITE = "named site"
    AREA_NOT_STATED = "area not stated"
    NONE = "not named"


ContractState = tuple[tuple[Activity, ...], bool, bool]
LEVEL_ORDER = (Level.ONE_TO_ONE, Level.WRAP_AROUND)
LEVEL_NOT_STATED = -1
_BASIS_OF = {
    Geography.REGION_WIDE: Basis.REGION_WIDE,
    Geography.NAMED_SITE: Basis.NAMED_SITE,
    Geography.AREA_NOT_STATED: Basis.AREA_NOT_STATED,
}


@dataclass(frozen=True)
class Count:
    """A count that is certain up to what is not stated: ``low`` without the not-stated areas,
    ``high`` with all of them."""

    low: int
    high: int

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


def activity(service: Service, as_at: SourceDate, on: date) -> Activity:
    """What can be said of a service's contract on a day.

    The contract was active while the record speaks (``as_at``). A start that is not stated leaves
    every day before that not stated, and an end that is not stated every day after it; one that is
    ongoing does not end. Where it is not stated whether the service is of the kind that the record
    counts, nothing certain can be said from its start on."""
    start, end, last = service.contract.start, service.contract.end, service.contract.last_day
    if service.qualifies == "no":
        return Activity.NOT_COUNTED
    if start != NOT_STATED and on < start.first:
        return Activity.NOT_BEGUN
    if service.qualifies == NOT_STATED:
        return Activity.NOT_STATED
    if last and on > last:
        return Activity.ENDED
    unknown = (start == NOT_STATED and on < as_at.first) or (end == NOT_STATED and on > as_at.last)
    return Activity.NOT_STATED if unknown else Activity.ACTIVE


def activities(record: Record, on: date) -> list[Activity]:
    """The activity of every service on a day, in the order of the file."""
    return [activity(s, record.file.region.as_at, on) for s in record.services]


def coverage(record: Record, on: date) -> pd.DataFrame:
    """The status of every area on a day.

    Returns a table indexed by area code, in the order of the boundaries file. ``name``; ``counted``
    (bool: whether counts are over it); ``status`` (:class:`Status`); ``level`` (:class:`Level` or
    None). Tuples of ids, in the order of the file, of the services that name the area: ``services``
    (active), ``ended``, ``ahead`` (not begun), ``unsure`` (not stated whether active).
    ``providers`` (leads of the active services, sorted); ``may_have_lapsed`` (bool: a service that
    names the area has ended, or may have)."""
    return coverage_in(record, contract_state(record, on))


def contract_state(record: Record, on: date) -> ContractState:
    """What tells one stretch of time, in which no status changes, from another. Whatever follows
    from statuses alone can be kept by it."""
    as_at = record.file.region.as_at
    return tuple(activities(record, on)), on >= as_at.first, on > as_at.last


def coverage_in(record: Record, when: ContractState) -> pd.DataFrame:
    """:func:`coverage` for a stretch of time; the table is the caller's to change."""
    return _coverage(record, when).copy(deep=False)


@lru_cache(maxsize=64)
def _coverage(record: Record, when: ContractState) -> pd.DataFrame:
    acts, speaks, later = list(when[0]), when[1], when[2]
    named = record.service_area_matrix
    active = named & _mask(acts, Activity.ACTIVE)
    status = _status(record, acts, active, speaks)
    ids = [s.id for s in record.services]
    leads = [s.provider for s in record.services]
    columns: dict[str, Sequence[object]] = {
        "name": [a.name for a in record.areas],
        "status": status,
        "level": _levels(record, active),
        "services": _pick(ids, active),
        "ended": _pick(ids, named & _mask(acts, Activity.ENDED)),
        "ahead": _pick(ids, named & _mask(acts, Activity.NOT_BEGUN)),
        "unsure": _pick(ids, named & _mask(acts, Activity.NOT_STATED)),
        "providers": [tuple(sorted(set(row))) for row in _pick(leads, active)],
    }
    no_end = np.array([s.contract.end == NOT_STATED for s in record.services], dtype=bool)
    loose = np.array([s.qualifies == NOT_STATED for s in record.services], dtype=bool)
    perhaps = _mask(acts, Activity.NOT_STATED) & (loose | (no_end & later))
    ends = named & (_mask(acts, Activity.ENDED) | perhaps)
    return object_frame(columns, record.codes).assign(
        counted=record.counted, may_have_lapsed=np.asarray(ends.any(axis=1))
    )


def object_frame(columns: Mapping[str, Sequence[object]], index: pd.Index) -> pd.DataFrame:
    """A table whose cells stay the objects they are: enums keep their type, and None does not turn
    into NaN."""
    return pd.DataFrame(
        {
            name: pd.Series(list(values), index=index, dtype=object)
            for name, values in columns.items()
        },
        index=index,
    )


def statuses(record: Record, on: date) -> list[Status]:
    """The status of every area on a day, in the order of the boundaries file; :func:`coverage`
    without the rest."""
    acts = activities(record, on)
    return _status(
        record,
        acts,
        record.service_area_matrix & _mask(acts, Activity.ACTIVE),
        on >= record.file.region.as_at.first,
    )


def _mask(acts: list[Activity], *wanted: Activity) -> np.ndarray:
    return np.array([a in wanted for a in acts], dtype=bool)


def _status(record: Record, acts: list[Activity], active: np.ndarray, speaks: bool) -> list[Status]:
    named = record.service_area_matrix
    open_ = (named & _mask(acts, Activity.NOT_STATED)).any(axis=1)
    ended = (named & _mask(acts, Activity.ENDED)).any(axis=1)
    listed_none = record.listed_none & speaks
    conditions = [active.any(axis=1), ended & ~open_, listed_none]
    found = np.select(conditions, [0, 1, 2], default=3)
    return [(Status.COVERED, Status.LAPSED, Status.NONE, Status.NOT_STATED)[i] for i in found]


def _levels(record: Record, active: np.ndarray) -> list[Level | None]:
    rank = np.array([level_rank(s.level) for s in record.services], dtype=int)
    return [level_of(int(r)) for r in fullest_level(active.T, rank)]


def level_rank(level: Level) -> int:
    """A level as a number: 1 upwards, fullest last; :data:`LEVEL_NOT_STATED`."""
    return LEVEL_NOT_STATED if level is Level.NOT_STATED else LEVEL_ORDER.index(level) + 1


def level_of(rank: int) -> Level | None:
    """The level behind a number of :func:`fullest_level`; None where there is no service."""
    if rank == LEVEL_NOT_STATED:
        return Level.NOT_STATED
    return LEVEL_ORDER[rank - 1] if rank else None


def fullest_level(serving: np.ndarray, rank: np.ndarray) -> np.ndarray:
    """The fullest level in every area.

    Parameters
    ----------
    serving : boolean array (services x areas)
        Whether the service serves the area.
    rank : integer array (services)
        Levels as :func:`level_rank` gives them.

    Returns
    -------
    integer array (areas)
        0 where nothing serves the area; :data:`LEVEL_NOT_STATED` where a service whose level is not
        stated could be fuller than the fullest that is stated."""
    stated = (serving * np.maximum(rank, 0)[:, None]).max(axis=0, initial=0)
    loose = (serving & (rank == LEVEL_NOT_STATED)[:, None]).any(axis=0)
    return np.where(loose & (stated < len(LEVEL_ORDER)), LEVEL_NOT_STATED, stated)


def _pick(labels: list[str], chosen: np.ndarray) -> list[tuple[str, ...]]:
    return [tuple(labels[j] for j in np.flatnonzero(row)) for row in chosen]


def counts(table: pd.DataFrame) -> dict[Status, int]:
    """How many of the counted areas have each status. Every status is there, at nought too."""
    found = table.loc[table["counted"], "status"].value_counts()
    return {status: int(found.get(status, 0)) for status in Status}


def ranges(table: pd.DataFrame) -> dict[Status, Count]:
    """The same as ranges. Each not-stated area could be covered or have none; it could have lapsed
    only where a contract that names it has ended or may have. It widens those counts, and not its
    own."""
    possible = could_be(table)
    return {s: Count(n, n + len(possible[s])) for s, n in counts(table).items()}


def could_be(table: pd.DataFrame) -> dict[Status, pd.Index]:
    """For each status, the codes of the counted areas that are not stated and could have it."""
    unknown = table[table["counted"] & (table["status"] == Status.NOT_STATED)]
    lapsed = unknown.index[unknown["may_have_lapsed"]]
    return {
        Status.COVERED: unknown.index,
        Status.NONE: unknown.index,
        Status.LAPSED: lapsed,
        Status.NOT_STATED: unknown.index[:0],
    }


def basis(record: Record) -> pd.DataFrame:
    """What every service-area cell rests on: areas (index: code) by services and other provision
    (columns: id), of :class:`Basis`."""
    columns: dict[str, list[Basis]] = {}
    for j, service in enumerate(record.services):
        columns[service.id] = [
            Basis.NAMED if yes else Basis.NONE for yes in record.service_area_matrix[:, j]
        ]
    for other in record.file.other_provision:
        columns[other.id] = [_BASIS_OF[other.geography]] * len(record.areas)
    return object_frame(columns, record.codes)


def basis_references(record: Record, cell: str) -> tuple[Reference, ...]:
    """Where a column of :func:`basis` comes from."""
    if cell in record.services_by_id:
        return record.services_by_id[cell].service_area.ref
    return next(o.ref for o in record.file.other_provision if o.id == cell)
