"""The two sides of a scenario, baseline and what the contracts as changed leave, and what can be
counted in their arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from provision.coverage.arrays import RecordArrays
from provision.coverage.kernel import StatusCode, Terms, TermStates, areas_named
from provision.coverage.levels import fullest_level, level_rank
from provision.scenarios.changed_contracts import leads
from provision.scenarios.scenario import Scenario
from provision.schema.services import NOT_STATED


@dataclass(frozen=True, eq=False)
class Side:
    """The contracts of one side, and what follows from them alone. ``found`` is an array of
    :class:`provision.coverage.kernel.StatusCode` (days x areas)."""

    contracts: Terms
    acts: TermStates
    found: np.ndarray


class GainLoss(NamedTuple):
    """The counted areas that are gained and lost for certain, and those that perhaps are because
    one side is not stated; as booleans."""

    gained: np.ndarray
    perhaps_gained: np.ndarray
    lost: np.ndarray
    perhaps_lost: np.ndarray


def gain_loss(base: RecordArrays, before: np.ndarray, after: np.ndarray) -> GainLoss:
    """What turns from not covered to covered by a place, and back. What was not stated may have
    been covered all along; what will be, may stay. Statuses are by places
    (:func:`provision.coverage.kernel.place_statuses`): remote is neither gained nor kept."""
    was, now = (
        before == StatusCode.COVERED,
        (after == StatusCode.COVERED) | (after == StatusCode.WHAT_IF),
    )
    gained, lost = base.counted & now & ~was, base.counted & was & ~now
    unknown, unsure = before == StatusCode.NOT_STATED, after == StatusCode.NOT_STATED
    return GainLoss(gained & ~unknown, gained & unknown, lost & ~unsure, lost & unsure)


def levels(side: Side, hubs: np.ndarray | int = 0) -> np.ndarray:
    """The fullest level on the day by area, of the contracts that are active and of ``hubs``
    (levels by area, 0 where none): 0 where there is none, ``LEVEL_NOT_STATED`` where a contract
    whose level is not stated could be fuller."""
    serving = side.contracts.named & side.acts.active[0][:, None]
    return fullest_level(serving, side.contracts.level, hubs)


def hub_levels(scenario: Scenario, open_: np.ndarray, reach: np.ndarray) -> np.ndarray:
    levels = np.array([level_rank(hub.level) for hub in scenario.hubs], dtype=np.int64)
    return np.asarray(((levels * open_)[:, None] * reach).max(axis=0, initial=0))


def tally(found: np.ndarray, kinds: int) -> np.ndarray:
    """How many areas have each code in each month: (months x kinds)."""
    return np.stack([(found == kind).sum(axis=1) for kind in range(kinds)], axis=1)


def women_in_areas(base: RecordArrays, chosen: np.ndarray) -> tuple[int | None, int, int]:
    """Their number, None where there are areas and none has a figure; how many areas; how many of
    them without a figure."""
    values = base.women[chosen]
    lacking = np.isnan(values)
    total = None if len(values) and lacking.all() else int(values[~lacking].sum())
    return total, len(values), int(lacking.sum())


def alone(base: RecordArrays, side: Side, reached: np.ndarray) -> dict[str, tuple[str, ...]]:
    """The counted areas without a hub where every contract that is active, or may be, is led by one
    provider: by provider.

    As in :func:`provision.coverage.need.reliance`, a contract that may be active counts as somebody
    else to rest on, but not as coverage."""
    active = side.acts.active[0]
    providers, led = leads(side.contracts, active | side.acts.unsure[0])
    alone = (
        (led.sum(axis=0) == 1)
        & areas_named(side.contracts, active[None, :])[0]
        & ~reached
        & base.counted
    )
    return {
        base.providers[p]: base.those(alone & row)
        for p, row in zip(providers.tolist(), led, strict=True)
        if base.providers[p] != NOT_STATED and (alone & row).any()
    }
