"""A record as arrays, so that a scenario is worked out for many days at once. What it means is
defined in :mod:`provision`.

Days are ordinals (``date.toordinal``). A contract here is one term in some areas: each service has
one, and a contested cell that closed or began at a time of its own adds one more of the same
service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property, lru_cache

import numpy as np

from provision.coverage.status import level_rank
from provision.record import Record
from provision.scenarios.scenario import Change, Contested, Ends, Off, Verdict, Withdrawn
from provision.schema.services import NOT_STATED, ONGOING, Contract

# ordinals before and after every date; an end that is not stated, and one that is ongoing
ALWAYS, NEVER, OPEN_ENDED = -1, 10_000_000, 10_000_001


class StatusCode(IntEnum):
    """The statuses as small numbers; ``WHAT_IF`` is an area that is covered only because of a
    hub."""

    COVERED = 0
    LAPSED = 1
    NONE = 2
    NOT_STATED = 3
    WHAT_IF = 4


@dataclass(frozen=True, eq=False)
class Contracts:
    """Terms and areas. ``named`` is a boolean array (contracts x areas), the others have one value
    a contract.

    ``start`` and ``end`` are the first and last day, :data:`ALWAYS` and :data:`NEVER` where not
    stated, :data:`OPEN_ENDED` where an end is ongoing; ``loose`` and ``excluded``: it is not stated
    whether the service is of the kind that is counted, or known that it is not; ``off``: switched off; ``service`` and ``provider``: places in :attr:`RecordArrays.services`
    and :attr:`RecordArrays.providers`; ``level``: 1 upwards, fullest last."""

    named: np.ndarray
    start: np.ndarray
    end: np.ndarray
    loose: np.ndarray
    excluded: np.ndarray
    off: np.ndarray
    service: np.ndarray
    provider: np.ndarray
    level: np.ndarray

    @cached_property
    def weights(self) -> np.ndarray:
        """``named`` as numbers, for products."""
        return self.named.astype(np.float32)


@dataclass(frozen=True, eq=False)
class Activity:
    """Boolean arrays (days x contracts): what can be said of every contract on every day. None set:
    it had not begun."""

    active: np.ndarray
    ended: np.ndarray
    unsure: np.ndarray


@dataclass(frozen=True, eq=False)
class RecordArrays:
    """What does not change with a scenario. ``women`` (float, NaN where not stated) are of the
    record's scope; all else by area or id."""

    contracts: Contracts
    codes: np.ndarray
    listed_none: np.ndarray
    counted: np.ndarray
    women: np.ndarray
    services: tuple[str, ...]
    providers: tuple[str, ...]
    speaks_from: int
    speaks_to: int

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Rows by area code."""
        return {str(code): row for row, code in enumerate(self.codes)}

    def those(self, chosen: np.ndarray) -> tuple[str, ...]:
        """The codes of the areas that are set in a boolean array, in the order of the boundaries
        file."""
        return tuple(self.codes[chosen].tolist())


@lru_cache(maxsize=8)
def record_arrays(record: Record) -> RecordArrays:
    """The arrays of a record, made once."""
    services = record.services
    providers = tuple(sorted({s.provider for s in services}))
    terms = [s.contract for s in services]
    contracts = Contracts(
        named=np.ascontiguousarray(record.service_area_matrix.T),
        start=np.array(
            [ALWAYS if t.start == NOT_STATED else t.start.first.toordinal() for t in terms],
            dtype=np.int64,
        ),
        end=np.array([_last_ordinal(t) for t in terms], dtype=np.int64),
        loose=np.array([s.qualifies == NOT_STATED for s in services], dtype=bool),
        excluded=np.array([s.qualifies == "no" for s in services], dtype=bool),
        off=np.zeros(len(services), dtype=bool),
        service=np.arange(len(services)),
        provider=np.array([providers.index(s.provider) for s in services], dtype=np.int64),
        level=np.array([level_rank(s.level) for s in services], dtype=np.int64),
    )
    region = record.file.region
    return RecordArrays(
        contracts=contracts,
        codes=np.array([a.code for a in record.areas], dtype=object),
        listed_none=record.listed_none,
        counted=record.counted,
        women=record.women(region.scope_minimum_age).to_numpy(dtype=float),
        services=tuple(s.id for s in services),
        providers=providers,
        speaks_from=region.as_at.first.toordinal(),
        speaks_to=region.as_at.last.toordinal(),
    )


def _last_ordinal(contract: Contract) -> int:
    if contract.end == ONGOING:
        return OPEN_ENDED
    return contract.last_day.toordinal() if contract.last_day else NEVER


@lru_cache(maxsize=64)
def changed(record: Record, changes: tuple[Change, ...]) -> Contracts:
    """The contracts of a record with a scenario's changes. Raises KeyError for a service or area
    that the record does not have."""
    base = record_arrays(record)
    found = base.contracts
    place = {name: i for i, name in enumerate(base.services)}
    for change in changes:
        match change:
            case Contested():
                found = _contested(base, found, change, place[change.service])
            case Ends(service, end):
                found = replace(
                    found,
                    end=np.where(found.service == place[service], end.last.toordinal(), found.end),
                )
    return replace(found, off=_off(base, found, changes))


def _off(base: RecordArrays, contracts: Contracts, changes: Sequence[Change]) -> np.ndarray:
    off = contracts.off.copy()
    for change in changes:
        if isinstance(change, Off):
            off |= contracts.service == base.services.index(change.service)
        elif isinstance(change, Withdrawn):
            off |= contracts.provider == base.providers.index(change.provider)
    return off


def _contested(
    base: RecordArrays, contracts: Contracts, change: Contested, service: int
) -> Contracts:
    """One cell changed: taken out of its service's contract, put into it, or given a term of its
    own."""
    row = base.row_of[change.area]
    named = contracts.named.copy()
    simple = change.verdict is Verdict.NEW and not change.since
    named[service, row] = simple
    contracts = replace(contracts, named=named)
    if (
        simple
        or change.verdict is Verdict.WRONG
        or (change.verdict is Verdict.CLOSED and not base.contracts.named[service, row])
    ):
        return contracts
    return _with_cell(contracts, change, service, row)


def _with_cell(contracts: Contracts, change: Contested, service: int, row: int) -> Contracts:
    """One more term of a service, in one area alone: until or from the day somebody says, or
    switched off."""
    start, end = int(contracts.start[service]), int(contracts.end[service])
    if change.since and change.verdict is Verdict.NEW:
        start = max(start, change.since.first.toordinal())
    elif change.since:
        end = min(end, change.since.last.toordinal())
    alone = np.zeros((1, contracts.named.shape[1]), dtype=bool)
    alone[0, row] = True
    return Contracts(
        named=np.vstack([contracts.named, alone]),
        start=np.append(contracts.start, start),
        end=np.append(contracts.end, end),
        loose=np.append(contracts.loose, contracts.loose[service]),
        excluded=np.append(contracts.excluded, contracts.excluded[service]),
        off=np.append(contracts.off, change.since is None),
        service=np.append(contracts.service, service),
        provider=np.append(contracts.provider, contracts.provider[service]),
        level=np.append(contracts.level, contracts.level[service]),
    )


def activity(base: RecordArrays, contracts: Contracts, days: np.ndarray) -> Activity:
    """What can be said of every contract on every day, by the rules of
    :func:`provision.coverage.status.activity`. What is switched off has ended wherever it had
    begun."""
    day = days[:, None]
    counts = ~contracts.excluded
    ended = (day > contracts.end) & counts & ~contracts.loose
    begun = (day >= contracts.start) & ~ended & counts
    unsure = begun & (
        contracts.loose
        | ((contracts.start == ALWAYS) & (day < base.speaks_from))
        | ((contracts.end == NEVER) & (day > base.speaks_to))
    )
    active = begun & ~unsure
    if contracts.off.any():
        stopped = contracts.off & begun & ((contracts.start != ALWAYS) | (day >= base.speaks_from))
        active, unsure, ended = active & ~stopped, unsure & ~stopped, ended | stopped
    return Activity(active, ended, unsure)


def statuses(
    base: RecordArrays, contracts: Contracts, acts: Activity, days: np.ndarray
) -> np.ndarray:
    """The status of every area on every day by its contracts: array of :class:`StatusCode` (days x
    areas), by the rules of :func:`provision.coverage.status.coverage`."""
    covered, ended, unsure = (
        touched(contracts, part) for part in (acts.active, acts.ended, acts.unsure)
    )
    lapsed = ended & ~unsure
    none = base.listed_none & (days >= base.speaks_from)[:, None]
    found = np.where(none, np.int8(StatusCode.NONE), np.int8(StatusCode.NOT_STATED))
    found[lapsed] = StatusCode.LAPSED
    found[covered] = StatusCode.COVERED
    return found


def touched(contracts: Contracts, part: np.ndarray) -> np.ndarray:
    """Whether any of the contracts that are set for a day (boolean, days x contracts) names the
    area: boolean (days x areas)."""
    if len(part) == 1:
        return np.asarray(contracts.named[part[0]].any(axis=0, keepdims=True))
    used = part.any(axis=0)
    if not used.any():
        return np.zeros((len(part), contracts.named.shape[1]), dtype=bool)
    return np.asarray(part[:, used].astype(np.float32) @ contracts.weights[used] > 0)


def leads(contracts: Contracts, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The providers of the chosen contracts, as places in :attr:`RecordArrays.providers`, and where each
    leads: boolean (providers x areas)."""
    order = np.flatnonzero(chosen)[np.argsort(contracts.provider[chosen], kind="stable")]
    found, first = np.unique(contracts.provider[order], return_index=True)
    if not len(found):
        return found, np.zeros((0, contracts.named.shape[1]), dtype=bool)
    return found, np.logical_or.reduceat(contracts.named[order], first, axis=0)
