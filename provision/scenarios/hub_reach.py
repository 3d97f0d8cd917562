"""Whom the hubs of a scenario reach, each by its kind (:mod:`provision.location.hub_kinds`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from provision.coverage.arrays import record_arrays
from provision.location.catchment import OWN, CatchmentRule, reach_rows
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


def rule_in_force(record: Record, hubs: Sequence[Hub], otherwise: CatchmentRule) -> CatchmentRule:
    """The reach rule that further hubs come under.

    Parameters
    ----------
    record
        The record whose kinds of hub are meant.
    hubs
        The hubs that stand.
    otherwise
        The rule where none of them has one.

    Returns
    -------
    CatchmentRule
        That of the first hub that has one."""
    kinds = hub_kinds(record)
    return next((hub.reach for hub in hubs if kinds[hub.kind].has_rule), otherwise)


def of_kind(record: Record, hub: Hub, kind: str, rule: CatchmentRule = OWN) -> Hub:
    """A hub turned into another kind.

    Parameters
    ----------
    record
        The record whose kinds of hub are meant.
    hub
        The hub.
    kind
        The id of the kind.
    rule
        The reach rule that it gets where its kind has one and its old kind had none.

    Returns
    -------
    Hub
        The same without what the kind cannot have: a reach rule, areas visited.

    Raises
    ------
    KeyError
        Where the record has no such kind."""
    kinds = hub_kinds(record)
    kept = hub.reach if kinds[hub.kind].has_rule else rule
    return replace(
        hub,
        kind=kind,
        reach=kept if kinds[kind].has_rule else OWN,
        visits=hub.visits if kinds[kind].visits else (),
    )
