"""A record's contracts as a scenario changes them: the terms of :mod:`provision.coverage.kernel`
with some switched off, some ending on another day, and single cells taken out or put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from provision.coverage.arrays import RecordArrays, record_arrays
from provision.coverage.kernel import Terms
from provision.record import Record
from provision.scenarios.scenario import Change, Contested, Ends, Off, Verdict, Withdrawn


@lru_cache(maxsize=64)
def changed(record: Record, changes: tuple[Change, ...]) -> Terms:
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


def _off(base: RecordArrays, contracts: Terms, changes: Sequence[Change]) -> np.ndarray:
    off = contracts.off.copy()
    for change in changes:
        if isinstance(change, Off):
            off |= contracts.service == base.services.index(change.service)
        elif isinstance(change, Withdrawn):
            off |= contracts.provider == base.providers.index(change.provider)
    return off


def _contested(base: RecordArrays, contracts: Terms, change: Contested, service: int) -> Terms:
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


def _with_cell(contracts: Terms, change: Contested, service: int, row: int) -> Terms:
    """One more term of a service, in one area alone: until or from the day somebody says, or
    switched off."""
    start, end = int(contracts.start[service]), int(contracts.end[service])
    if change.since and change.verdict is Verdict.NEW:
        start = max(start, change.since.first.toordinal())
    elif change.since:
        end = min(end, change.since.last.toordinal())
    alone = np.arange(contracts.named.shape[1]) == row
    return contracts.with_term(service, alone, start, end, off=change.since is None)


def leads(contracts: Terms, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The providers of the chosen contracts, as places in :attr:`RecordArrays.providers`, and where
    each leads: boolean (providers x areas)."""
    order = np.flatnonzero(chosen)[np.argsort(contracts.provider[chosen], kind="stable")]
    found, first = np.unique(contracts.provider[order], return_index=True)
    if not len(found):
        return found, np.zeros((0, contracts.named.shape[1]), dtype=bool)
    return found, np.logical_or.reduceat(contracts.named[order], first, axis=0)
