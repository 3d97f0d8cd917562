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
    (CatchmentRule(rule=<Rule.KM: 'km'>, km=7.5), 'km:8', 'land')
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
        found[some] = _apart(places[rows[some], None, :], places[None, :, :]) <= metres
    return found


def _apart(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    difference = one - other
    return np.asarray(np.hypot(difference[..., 0], difference[..., 1]))


def reach_pairs(
    record: Record, reach: CatchmentRule, rows: Sequence[int], wanted: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """What is true in some rows of :func:`reach_matrix`, as pairs. In a large region nothing is
    laid out as a matrix.

    Parameters
    ----------
    record
        The record.
    reach
        The rule.
    rows
        The areas of the hubs, each once.
    wanted
        Boolean array (areas): the areas whose pairs are asked for.

    Returns
    -------
    two integer arrays (pairs)
        The place in ``rows``, and the row of the area reached. By the first, then by the second."""
    if len(record.areas) <= _WHOLE_UP_TO:
        columns = np.flatnonzero(wanted)
        place, column = np.nonzero(_matrix(record, reach)[list(rows)][:, columns])
        return place, columns[column]
    at = np.full(len(record.areas), -1)
    at[rows] = np.arange(len(rows))
    place, area = at[rows], np.asarray(rows)
    if reach.rule is Rule.KM:
        other = _near(centroids(record), area, np.flatnonzero(wanted), reach.km * 1_000)
    else:
        one, two = _pairs(record, _LINKS[reach.rule])
        here, there = np.concatenate([one, two]), np.concatenate([two, one])
        other = at[here], there
    place, area = np.concatenate([place, other[0]]), np.concatenate([area, other[1]])
    kept = (place >= 0) & wanted[area]
    found = np.sort(place[kept] * len(record.areas) + area[kept])
    found = found[np.diff(found, prepend=-1) > 0]
    return found // len(record.areas), found % len(record.areas)


def _near(
    places: np.ndarray, rows: np.ndarray, columns: np.ndarray, metres: float
) -> tuple[np.ndarray, np.ndarray]:
    """The pairs that :func:`_within` finds true in some columns, through a tree of the places: the
    tree finds what is near enough, the same sum as there decides."""
    from scipy.spatial import KDTree

    columns = columns[~np.isnan(places[columns, 0])]
    standing = np.flatnonzero(~np.isnan(places[rows, 0]))
    tree, found = KDTree(places[columns]), list[tuple[np.ndarray, np.ndarray]]()
    for first in range(0, len(standing), _ROWS_AT_ONCE):
        some = standing[first : first + _ROWS_AT_ONCE]
        near = KDTree(places[rows[some]]).sparse_distance_matrix(
            tree, metres * (1 + 1e-9), output_type="ndarray"
        )
        place, area = some[near["i"]], columns[near["j"]]
        kept = _apart(places[rows[place]], places[area]) <= metres
        found += [(place[kept], area[kept])]
    empty = np.zeros(0, dtype=np.int64)
    return (
        np.concatenate([empty, *(place for place, _ in found)]),
        np.concatenate([empty, *(area for _, area in found)]),
    )


@lru_cache(maxsize=32)
def _pairs(record: Record, links: tuple[Link, ...]) -> tuple[np.ndarray, np.ndarray]:
    """The neighbours with one of the links, as two arrays of rows."""
    row_of = record.row_of
    kept = [
        (row_of[one], row_of[other]) for one, other, link in record.neighbour_pairs if link in links
    ]
    rows = np.array(kept, dtype=np.int64).reshape(-1, 2)
    return rows[:, 0], rows[:, 1]
