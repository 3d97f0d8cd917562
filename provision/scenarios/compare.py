"""Up to four scenarios beside each other: where they differ, all their figures in one table, and a
verdict in plain sentences.

Between two scenarios an area is covered in both, in the first alone, in the second alone, in
neither, in one while the source does not say for the other, in no place but remotely, or in none of
them for certain, because the source does not say; *covered* counts hubs with a place in, each on
its scenario's own day. The verdict never
weighs areas against money: it says who covers more, who covers what others do not, and what each
costs, as far as that is stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from provision.coverage.kernel import StatusCode
from provision.coverage.need import Women
from provision.coverage.status import Status, object_frame
from provision.export.scenarios import figures
from provision.record import Record
from provision.scenarios.codes import Difference
from provision.scenarios.costs import cost
from provision.scenarios.evaluate import Outcome, evaluate
from provision.scenarios.scenario import Scenario
from provision.text.cost_caution import cost_caution
from provision.text.scenario_words import count_span
from provision.text.wording import FEW, listing, number, women_span

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
        return tuple(map(str, self.record.codes[chosen]))

    def unsure(self, a: int, b: int) -> tuple[str, ...]:
        """The counted areas that one scenario covers, and of which is not stated whether another
        does, by code."""
        return tuple(
            map(str, self.record.codes[self.record.counted & self.covered[a] & self.unknown[b]])
        )

    @cached_property
    def table(self) -> pd.DataFrame:
        """All figures: one row a figure, one column a scenario, as text or numbers."""
        columns = [figures(outcome) for outcome in self.outcomes]
        index = pd.Index([row["figure"] for row in columns[0]], name="figure")
        return object_frame(
            {
                name: [row["scenario"] for row in rows]
                for name, rows in zip(self.names, columns, strict=True)
            },
            index,
        )

    @cached_property
    def verdict(self) -> list[str]:
        """What the comparison says, in sentences."""
        said = [
            _most(self),
            *(s for b in range(1, len(self.outcomes)) for s in [_between(self, 0, b)]),
        ]
        return [
            s
            for s in [
                *said,
                _remote(self),
                _money(self),
                cost_caution(self.record).text,
                _days(self),
            ]
            if s
        ]


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


def _most(found: Comparison) -> str:
    """Who covers most for certain, with the women gained."""
    region, counts = found.record.file.region, [o.counts[Status.COVERED] for o in found.outcomes]
    spans, doubt = (
        [count_span(o.counts) for o in found.outcomes],
        bool((found.unknown & found.record.counted).any()),
    )
    best = [name for name, n in zip(found.names, counts, strict=True) if n == max(counts)]
    each = "; ".join(
        f"{name} covers {span}, gaining {_women(o.women_gained)} and losing"
        f" {women_span(o.women_lost)}"
        for name, span, o in zip(found.names, spans, found.outcomes, strict=True)
    )
    who, same = (
        ("all", "the same number of") if len(best) == len(counts) else (listing(best), "most")
    )
    lead = f"{who} cover{'s' * (len(best) == 1)} {same} {region.areas}"
    return (
        f"{f'Counting only what is certain, {lead}' if doubt else lead[0].upper() + lead[1:]}:"
        f" {each}."
    )


def _women(women: Women) -> str:
    return (
        f"{women_span(women)} women"
        if women.total is not None
        else "a number of women that is not stated"
    )


def _between(found: Comparison, a: int, b: int) -> str:
    """What one covers that the other does not, and the other way round; and where that cannot be
    told."""
    first, second, areas = LETTERS[a], LETTERS[b], found.record.file.region.areas
    more, less, doubts = found.only(a, b), found.only(b, a), _doubts(found, a, b)
    if not more and not less:
        same = f"{first} and {second} cover the very same {areas}"
        return f"{f'As far as is stated, {same}; {doubts}' if doubts else same}."
    parts = [
        f"{who} alone covers {_places(found, codes)}"
        for who, codes in ((first, more), (second, less))
        if codes
    ]
    within = [(second, first)] if not less else [(first, second)] if not more else []
    rest = (
        [doubts]
        if doubts
        else [f"everything that {one} covers, {other} covers too" for one, other in within]
    )
    return f"Of {first} and {second}, {'; '.join([' and '.join(parts), *rest])}."


def _doubts(found: Comparison, a: int, b: int) -> str:
    """What one covers while the source does not say for the other; empty where there is nothing of
    the kind."""
    sides = (
        (LETTERS[a], LETTERS[b], found.unsure(a, b)),
        (LETTERS[b], LETTERS[a], found.unsure(b, a)),
    )
    return "; ".join(
        f"{one} covers {_places(found, codes)}, where it is not stated for {other}"
        for one, other, codes in sides
        if codes
    )


def _places(found: Comparison, codes: Sequence[str]) -> str:
    region = found.record.file.region
    if len(codes) <= FEW:
        return listing(found.record.by_code[code].name for code in codes)
    return f"{number(len(codes))} {region.areas}"


def _remote(found: Comparison) -> str:
    """What each reaches only remotely; empty where none does."""
    if not found.remote.any():
        return ""
    each = [
        f"{name} {_places(found, outcome.remote_only) if outcome.remote_only else 'none'}"
        for name, outcome in zip(LETTERS, found.outcomes, strict=False)
    ]
    return f"Reached only remotely, which is not counted as covered: {'; '.join(each)}."


def _money(found: Comparison) -> str:
    """What each costs a year beyond the baseline, and what its sum lacks."""
    parts = []
    for name, outcome in zip(LETTERS, found.outcomes, strict=False):
        spent = cost(outcome)
        lacking = (
            f" without {listing(spent.lacking)}"
            if spent.lacking and spent.annual is not None
            else ""
        )
        parts.append(
            f"{name}"
            f" {'is not stated' if spent.annual is None else f'£{spent.annual:,.0f}{lacking}'}".replace(
                "£-", "−£"
            )
        )
    return f"Cost a year beyond the baseline: {'; '.join(parts)}."


def _days(found: Comparison) -> str:
    days = [outcome.scenario.on for outcome in found.outcomes]
    return (
        ""
        if len(set(days)) == 1
        else "They look at different days, so part of the difference is time."
    )
