"""Whom the hubs of a scenario reach, each by its kind (:mod:`provision.location.hub_kinds`)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from provision.coverage.arrays import record_arrays
from provision.location.catchment import CatchmentRule, reach_rows
from provision.location.hub_kinds import hub_kinds
from provision.record import Record
from provision.scenarios.scenario import Hub


def hub_reach(record: Record, hubs: Sequence[Hub], rule: CatchmentRule | None = None) -> np.ndarray:
    """Whom each hub reaches.

    Parameters
    ----------
    record
        The record whose areas and kinds of hub are meant.
    hubs
        The hubs.
    rule
        In place of the reach rule of every hub that has one; its own where it is left out.

    Returns
    -------
    boolean array (hubs x areas)
        Areas in the order of the boundaries file. A remote hub reaches all of them.

    Raises
    ------
    KeyError
        Where a hub is of no kind that the record has, or of no area of it."""
    row_of, kinds = record_arrays(record).row_of, hub_kinds(record)
    found = np.zeros((len(hubs), len(record.areas)), dtype=bool)
    ruled = [i for i, hub in enumerate(hubs) if kinds[hub.kind].has_rule]
    for one in {hubs[i].reach for i in ruled} if rule is None else {rule}:
        some = [i for i in ruled if rule is not None or hubs[i].reach == one]
        found[some] = reach_rows(record, one, [row_of[hubs[i].area] for i in some])
    for i, hub in enumerate(hubs):
        kind = kinds[hub.kind]
        if kind.remote:
            found[i] = True
        if kind.visits:
            found[i, [row_of[area] for area in (hub.area, *hub.visits)]] = True
    return found
