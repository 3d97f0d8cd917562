"""Up to four scenarios beside each other: where they differ.

Between two scenarios an area is covered in both, in the first alone, in the second alone, in
neither, in one while the source does not say for the other, in no place but remotely, or in none of
them for certain, because the source does not say; *covered* counts hubs with a place in, each on
its scenario's own day. The verdict never
weighs areas against money: it says who covers more, who covers what others do not, and what each
costs, as far as that is stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from provision.coverage.kernel import StatusCode
from provision.coverage.status import object_frame
from provision.record import Record
from provision.scenarios.codes import Difference
from provision.scenarios.evaluate import Outcome, evaluate
from provision.scenarios.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

MOST = 4
LETTERS = "ABCD"


@dataclass(frozen=True, eq=False)
class Comparison:
    """Scenarios side by side. ``covered`` and ``unknown`` (not stated), both by places, and
    ``remote`` (reached by nothing but a remote hub) are boolean (scenarios x areas), on each
    scenario's own day."""

    record: Record
    outcomes: tuple[Outcome, ...]
    names: tuple[str, ...]
    covered: np.ndarray
    unknown: np.ndarray
    remote: np.ndarray

    def difference(self, a: int = 0, b: int = 1) -> pd.Series:
        """Where each area is covered, of two scenarios: :class:`Difference` by area code."""
        sides = zip(
            self.covered[a].tolist(),
            self.covered[b].tolist(),
            self.unknown[a].tolist(),
            self.unknown[b].tolist(),
            (self.remote[a] | self.remote[b]).tolist(),
            strict=True,
        )
        return object_frame({"difference": [_kind(*side) for side in sides]}, self.record.codes)[
            "difference"
        ]

    def only(self, a: int, b: int) -> tuple[str, ...]:
        """The counted areas that one scenario covers and another is known not to, by code."""
        chosen = self.record.counted & self.covered[a] & ~self.covered[b] & ~self.unknown[b]
        return self.record.those(chosen)

    def unsure(self, a: int, b: int) -> tuple[str, ...]:
        """The counted areas that one scenario covers, and of which is not stated whether another
        does, by code."""
        return self.record.those(self.record.counted & self.covered[a] & self.unknown[b])


def compare(record: Record, scenarios: Sequence[Scenario]) -> Comparison:
    """Two to four scenarios side by side. Raises ValueError for fewer or more."""
    if not 2 <= len(scenarios) <= MOST:
        raise ValueError(f"compare two to {MOST} scenarios")
    outcomes = tuple(evaluate(record, scenario) for scenario in scenarios)
    covered = np.stack(
        [
            (o.places[0] == StatusCode.COVERED) | (o.places[0] == StatusCode.WHAT_IF)
            for o in outcomes
        ]
    )
    unknown = np.stack([o.places[0] == StatusCode.NOT_STATED for o in outcomes])
    remote = np.stack([o.statuses[0] == StatusCode.REMOTE for o in outcomes])
    return Comparison(record, outcomes, _names(scenarios), covered, unknown, remote)


def _kind(in_a: bool, in_b: bool, unknown_a: bool, unknown_b: bool, remote: bool) -> Difference:
    if in_a and in_b:
        return Difference.BOTH
    if in_a:
        return Difference.UNSURE_B if unknown_b else Difference.ONLY_A
    if in_b:
        return Difference.UNSURE_A if unknown_a else Difference.ONLY_B
    if remote:
        return Difference.REMOTE
    return Difference.UNKNOWN if unknown_a or unknown_b else Difference.NEITHER


def _names(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """A letter for each, and its own name where it has one."""
    return tuple(
        f"{letter} ({s.name})" if s.name else letter
        for letter, s in zip(LETTERS, scenarios, strict=False)
    )
