"""Whom a hub reaches: the reach rules, each as a matrix of areas.

``own``
    The hub's own area.
``land``
    And the areas that border on it by land.
``crossing``
    And those over the river that a bridge, tunnel or ferry joins to it.
``touching``
    And those that it only faces over the river.
``km:N``
    The areas whose centre lies within N kilometres of the hub's
    (:func:`provision.geo.projection.centroids`), its own always.

Each of the first four holds the one before. All are assumptions: no rule says how women travel. Who
borders on whom comes from the record's table of neighbours; a region without a reviewed table has
every pair that touches as ``land``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
import pandas as pd

from provision.geo.projection import centroids
from provision.io.neighbours import Link
from provision.record import Record

LEAST_KM, MOST_KM = 1.0, 100.0
# stands in for km:N where a rule is compared with the others and no distance is given; in London it
# reaches about as many as `land`
USUAL_KM = 8.0
_WHOLE_UP_TO = 1_000  # areas; up to so many, the whole matrix is kept
_ROWS_AT_ONCE = 256  # so that distances in a large region take little memory
_KM = re.compile(r"km:([0-9]{1,3}(?:\.[0-9])?)")


class Rule(StrEnum):
    """The kinds of reach rule."""

    OWN = "own"
    LAND = "land"
    CROSSING = "crossing"
    TOUCHING = "touching"
    KM = "km"


@dataclass(frozen=True, order=True)
class CatchmentRule:
    """One reach rule. ``km`` is set for :attr:`Rule.KM` alone: from :data:`LEAST_KM` to
    :data:`MOST_KM`, in steps of a tenth.

    >>> far = CatchmentRule.parse
    >>> far("km:7.5"), str(far("km:8.0")), str(far("land"))
    (Reach(rule=<Rule.KM: 'km'>, km=7.5), 'km:8', 'land')
    """

    rule: Rule = Rule.OWN
    km: float = 0.0

    def __post_init__(self) -> None:
        """Raises ValueError for a distance that is missing, out of range or not wanted."""
        if self.rule is Rule.KM and not LEAST_KM <= self.km <= MOST_KM:
            raise ValueError(f"a distance is from {LEAST_KM:g} to {MOST_KM:g} km")
        if self.rule is not Rule.KM and self.km:
            raise ValueError("only 'km' takes a distance")

    @classmethod
    def parse(cls, text: str) -> CatchmentRule:
        """Read ``own``, ``land``, ``crossing``, ``touching`` or ``km:N``. Raises ValueError, with a
        message that says what is allowed."""
        if match := _KM.fullmatch(text):
            return cls(Rule.KM, float(match[1]))
        if text in set(Rule) - {Rule.KM}:
            return cls(Rule(text))
        raise ValueError(
            f"write own, land, crossing, touching or km:N, with N from {LEAST_KM:g} to {MOST_KM:g}"
        )

    def __str__(self) -> str:
        return f"km:{self.km:g}" if self.rule is Rule.KM else self.rule.value


OWN = CatchmentRule()
_LINKS = {
    Rule.OWN: (),
    Rule.LAND: (Link.LAND,),
    Rule.CROSSING: (Link.LAND, Link.CROSSING),
    Rule.TOUCHING: (Link.LAND, Link.CROSSING, Link.RIVER),
}


def others(rules: Sequence[CatchmentRule]) -> tuple[CatchmentRule, ...]:
    """The rules of every kind that a scenario does not already use throughout: four where all its
    hubs have one rule, else all five.

    The distance is the largest that the scenario uses, or :data:`USUAL_KM`.
    """
    km = max((r.km for r in rules), default=0.0) or USUAL_KM
    every = tuple(CatchmentRule(rule, km if rule is Rule.KM else 0.0) for rule in Rule)
    used = set(rules)
    return tuple(r for r in every if used != {r})


def reach_matrix(record: Record, reach: CatchmentRule) -> np.ndarray:
    """Whom a hub in each area reaches: boolean array (areas x areas), row = the hub's area, column
    = an area reached; both in the order of the boundaries file. Symmetric, and true on the
    diagonal. Read-only, and kept for each record and rule."""
    return _matrix(record, reach)


@lru_cache(maxsize=64)
def _matrix(record: Record, reach: CatchmentRule) -> np.ndarray:
    found = _rows(record, reach, np.arange(len(record.areas)))
    found.setflags(write=False)
    return found


def reach_rows(record: Record, reach: CatchmentRule, rows: Sequence[int]) -> np.ndarray:
    """Some rows of :func:`reach_matrix`: boolean array (len(rows) x areas). In a large region the
    rest is never worked out."""
    if len(record.areas) <= _WHOLE_UP_TO:
        return _matrix(record, reach)[list(rows)]
    return _rows(record, reach, np.asarray(rows, dtype=np.int64))


def _rows(record: Record, reach: CatchmentRule, rows: np.ndarray) -> np.ndarray:
    found = np.zeros((len(rows), len(record.areas)), dtype=bool)
    found[np.arange(len(rows)), rows] = True
    if reach.rule is Rule.KM:
        found |= _within(centroids(record), rows, reach.km * 1_000)
        return found
    one, other = _pairs(record, _LINKS[reach.rule])
    at = np.full(len(record.areas), -1)
    at[rows] = np.arange(len(rows))
    for here, there in ((one, other), (other, one)):
        kept = at[here] >= 0
        found[at[here[kept]], there[kept]] = True
    return found


def _within(places: np.ndarray, rows: np.ndarray, metres: float) -> np.ndarray:
    """Whether each place lies within a distance of each of the rows' places. What has no place is
    within nothing."""
    found = np.zeros((len(rows), len(places)), dtype=bool)
    for first in range(0, len(rows), _ROWS_AT_ONCE):
        some = slice(first, first + _ROWS_AT_ONCE)
        apart = places[rows[some], None, :] - places[None, :, :]
        found[some] = np.hypot(apart[..., 0], apart[..., 1]) <= metres
    return found


@lru_cache(maxsize=32)
def _pairs(record: Record, links: tuple[Link, ...]) -> tuple[np.ndarray, np.ndarray]:
    """The neighbours with one of the links, as two arrays of rows."""
    if not links or record.neighbours.empty:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    kept = record.neighbours[record.neighbours["type"].isin([link.value for link in links])]
    return record.codes.get_indexer(pd.Index(kept["code_a"])), record.codes.get_indexer(
        pd.Index(kept["code_b"])
    )
