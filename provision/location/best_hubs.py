"""Where the next hubs would do most: the exact best sets, with every tie.

What is gained
    Areas listed as having *none* that become covered, or the women of the record's scope who live
    in them. Contracts and hubs that are already there stay; only further hubs are chosen, in
    addition to them. Areas *not stated* or *lapsed* that would be covered too are told apart:
    nobody knows what they have, so they never tip the choice.
Where hubs may stand
    In any counted area that is not excluded and has no hub yet.
How it is found
    Up to :data:`MOST_AREAS` areas by going through every set (``exhaustive``; memory is bounded,
    sets that cannot win are passed over by a bound that never loses one). Beyond, or where there
    are too many sets, by the maximal covering location problem with predefined facilities
    (``mclp``), through spopt, whose solver states its gap; that finds one best set and counts no
    ties. What the hubs and contracts that stay cover is taken out of the model beforehand: the same
    answer from a smaller one. The fewest hubs that leave nobody without are found likewise
    (``lscp``, the location set covering problem).

Areas without a figure for women add nothing to a count of women; the answer says how many such
areas there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import combinations
from math import comb
from typing import Any

import numpy as np

from provision.location.catchment import CatchmentRule
from provision.location.problem import Instance, LocationProblem, instance
from provision.record import Record
from provision.scenarios.scenario import Hub, Scenario

MOST_AREAS = 100
MOST_SETS = 80_000_000  # all sets of five out of a hundred
LISTED = 50
_TABLE = 250_000  # sets held at once
_WORD = 16  # groups of areas looked up together


class Method(StrEnum):
    """How the best sets were found."""

    EXHAUSTIVE = "exhaustive"
    MCLP = "mclp"
    LSCP = "lscp"


@dataclass(frozen=True)
class Choice:
    """One set of areas for hubs, by code, and what it gains: by the weight asked for, and areas not
    stated and lapsed, apart."""

    areas: tuple[str, ...]
    gain: int
    gain_not_stated: int
    gain_lapsed: int


@dataclass(frozen=True)
class Best:
    """The best sets, in the order of their codes, at most as many as asked for.

    ``ties`` counts all of them; None where they were not counted. ``gap`` is the solver's: how far
    the answer may at most lie below the best, as a share; 0 for an exhaustive search. ``unknown``
    counts areas with *none* that have no figure for women."""

    gain: int
    ties: int | None
    choices: tuple[Choice, ...]
    method: Method
    gap: float
    unknown: int = 0


@dataclass(frozen=True)
class Shortfall:
    """Somebody's own choice beside the best of as many hubs."""

    own: Choice
    best: Best

    @property
    def missed(self) -> int:
        """How much more the best gains."""
        return self.best.gain - self.own.gain


def best_hubs(record: Record, asked: LocationProblem, limit: int = LISTED) -> Best:
    """The best places for further hubs. Raises ValueError where there are fewer places than hubs,
    or no sense in the number."""
    found = instance(record, asked)
    most = len(found.candidate_sites)
    if not 1 <= asked.facilities <= most:
        raise ValueError(f"ask for 1 to {most} hubs, as many as there are places left for one")
    if (
        len(record.areas) > MOST_AREAS
        or comb(len(found.candidate_sites), asked.facilities) > MOST_SETS
    ):
        return _by_solver(found, asked.facilities)
    gain, ties, sets = _search(found, asked.facilities, limit)
    return Best(
        gain, ties, tuple(_choice(found, s) for s in sets), Method.EXHAUSTIVE, 0.0, found.unknown
    )


def fewest_hubs(record: Record, asked: LocationProblem, limit: int = LISTED) -> Best | None:
    """The best sets of as few hubs as leave no area with *none*; ``asked.facilities`` is not looked at.
    None where no hubs can do that.

    The gain is what all of them together gain. No hubs at all, where there is nothing to gain, are
    one empty set."""
    found = instance(record, asked)
    if not found.demand.any():
        return Best(0, 1, (Choice((), 0, 0, 0),), Method.EXHAUSTIVE, 0.0)
    if not found.coverage_matrix[:, found.demand].any(axis=0).all():
        return None
    counted = replace(found, weights=found.demand.astype(np.int64))
    everything = int(found.demand.sum())
    if len(record.areas) <= MOST_AREAS:
        for hubs in range(_at_least(counted), len(found.candidate_sites) + 1):
            if comb(len(found.candidate_sites), hubs) > MOST_SETS:
                break
            gain, ties, sets = _search(counted, hubs, limit)
            if gain == everything:
                return Best(
                    int(found.weights[found.demand].sum()),
                    ties,
                    tuple(_choice(found, s) for s in sets),
                    Method.EXHAUSTIVE,
                    0.0,
                    found.unknown,
                )
    return _fewest_by_solver(found)


def shortfall(
    record: Record, asked: LocationProblem, chosen: Sequence[str], limit: int = LISTED
) -> Shortfall:
    """Somebody's choice of areas, by code, beside the best of as many. Raises ValueError where a
    hub may not stand in one of them."""
    (own,) = own_choices(record, asked, [chosen])
    return Shortfall(own, best_hubs(record, replace(asked, facilities=len(chosen)), limit))


def own_choices(
    record: Record, asked: LocationProblem, chosen: Iterable[Sequence[str]]
) -> list[Choice]:
    """What each of somebody's own choices of areas, by code, gains. Raises ValueError where a hub
    may not stand in one of them."""
    found = instance(record, asked)
    return [_own_choice(found, codes) for codes in chosen]


def _own_choice(found: Instance, chosen: Sequence[str]) -> Choice:
    outside = [code for code in chosen if code not in found.codes]
    if outside or len(set(chosen)) < len(chosen):
        raise ValueError(
            f"{', '.join(outside) or 'an area chosen twice'}: no place for a further hub"
        )
    return _choice(found, tuple(sorted(found.codes.index(code) for code in chosen)))


def with_hubs(record: Record, asked: LocationProblem, choice: Choice) -> Scenario:
    """The starting scenario with the hubs of a choice."""
    start = asked.start(record)
    hubs = (*start.hubs, *(Hub(area, asked.catchment) for area in choice.areas))
    return replace(start, hubs=hubs)


def fixed_hubs(
    record: Record, codes: Sequence[str], reach: CatchmentRule, on: date | None = None
) -> Scenario:
    """A scenario that holds nothing but hubs that stay, under one rule; on the record's own date
    unless another is given."""
    start = Scenario.default(record)
    return replace(start, on=on or start.on, hubs=tuple(Hub(code, reach) for code in codes))


def _choice(found: Instance, candidate_sites: Sequence[int]) -> Choice:
    reached = found.coverage_matrix[list(candidate_sites)].any(axis=0)
    gain, not_stated, lapsed = (
        int(part[reached].sum()) for part in (found.weights, found.not_stated, found.lapsed)
    )
    return Choice(tuple(found.codes[i] for i in candidate_sites), gain, not_stated, lapsed)


# Going through every set


def _search(found: Instance, hubs: int, limit: int) -> tuple[int, int, list[tuple[int, ...]]]:
    """The largest gain, how many sets have it, and the first of them (as places, in order)."""
    masks, tables = _masks(found)
    held = max(size for size in range(1, hubs + 1) if comb(len(masks), size) <= _TABLE or size == 1)
    tails, starts = _sets(len(masks), held)
    tail_masks = np.bitwise_or.reduce(masks[tails], axis=1)
    tail_gains = _gains(tail_masks, tables)
    ahead = np.maximum.accumulate(tail_gains[::-1])[::-1]
    best, ties, kept = _greedy(masks, tables, hubs), 0, list[tuple[int, ...]]()
    for head in combinations(range(len(masks) - held), hubs - held):
        first = starts[head[-1] + 1] if head else 0
        mask = np.bitwise_or.reduce(masks[list(head)], axis=0) if head else np.zeros_like(masks[0])
        # No tail can add more to these hubs than it gains by itself.
        if int(_gains(mask[None, :], tables)[0] + ahead[first]) < best:
            continue
        gains = _gains(tail_masks[first:] | mask, tables) if head else tail_gains
        top = int(gains.max())
        if top < best:
            continue
        where = np.flatnonzero(gains == top)
        if top > best:
            best, ties, kept = top, 0, []
        ties += len(where)
        kept += [(*head, *map(int, tails[first + i])) for i in where[: max(limit - len(kept), 0)]]
    return best, ties, kept


def _masks(found: Instance) -> tuple[np.ndarray, list[np.ndarray]]:
    """What each place reaches of what is wanted, as bits (places x words of 16), and for each word
    what every combination of its bits gains. Areas that the same places reach are one bit
    together."""
    columns = found.coverage_matrix[:, found.demand]
    groups, member = (
        np.unique(columns, axis=1, return_inverse=True)
        if columns.shape[1]
        else (columns, np.zeros(0, dtype=np.int64))
    )
    weights = np.bincount(
        member.ravel(), weights=found.weights[found.demand], minlength=groups.shape[1]
    ).astype(np.int64)
    words = range(0, max(groups.shape[1], 1), _WORD)
    masks = np.stack(
        [
            (groups[:, w : w + _WORD] @ (1 << np.arange(groups[:, w : w + _WORD].shape[1]))).astype(
                np.uint16
            )
            for w in words
        ],
        axis=1,
    )
    return masks, [_sums(weights[w : w + _WORD]) for w in words]


def _sums(weights: np.ndarray) -> np.ndarray:
    """The sum of the weights in every combination of them, by its bits."""
    found = np.zeros(1, dtype=np.int64)
    for weight in weights:
        found = np.concatenate([found, found + weight])
    return found


def _gains(masks: np.ndarray, tables: list[np.ndarray]) -> np.ndarray:
    """What each row of bits gains."""
    found = np.asarray(tables[0][masks[:, 0]])
    for word, table in enumerate(tables[1:], 1):
        found = found + table[masks[:, word]]
    return found


@lru_cache(maxsize=16)
def _sets(candidate_sites: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    """All sets of some places in order (sets x size), and for each place the first set that begins
    with it or a later one."""
    tables = np.fromiter(
        combinations(range(candidate_sites), size),
        dtype=np.dtype((np.uint8, size)),
        count=comb(candidate_sites, size),
    )
    starts = np.searchsorted(tables[:, 0], np.arange(candidate_sites + 1))
    tables.setflags(write=False)
    return tables, starts


def _greedy(masks: np.ndarray, tables: list[np.ndarray], hubs: int) -> int:
    """What is gained by taking the best place again and again: a floor for the best, so that little
    has to be looked at."""
    mask = np.zeros_like(masks[0])
    for _ in range(hubs):
        mask = mask | masks[int(_gains(masks | mask, tables).argmax())]
    return int(_gains(mask[None, :], tables)[0])


def _at_least(found: Instance) -> int:
    """Fewer hubs than this cannot reach everything: even the widest places, without overlap, would
    not."""
    each = np.sort(found.coverage_matrix[:, found.demand].sum(axis=1))[::-1]
    return int(np.searchsorted(each.cumsum(), found.demand.sum())) + 1


# Through the solver


def _by_solver(found: Instance, hubs: int) -> Best:
    """One best set and the solver's gap."""
    useful = _useful(found)
    weighty = found.weights[found.demand] > 0
    if not len(useful) or not weighty.any():
        candidate_sites = tuple(range(hubs))
        return Best(0, None, (_choice(found, candidate_sites),), Method.MCLP, 0.0, found.unknown)
    from spopt.locate import MCLP

    costs = (~found.coverage_matrix[np.ix_(useful, found.demand)]).T.astype(float)[weighty]
    weights = found.weights[found.demand][weighty].astype(float)
    model = MCLP.from_cost_matrix(costs, weights, 0.5, min(hubs, len(useful)))
    chosen, gap = _solve(model)
    return Best(
        *_filled(found, [int(useful[i]) for i in chosen], hubs), Method.MCLP, gap, found.unknown
    )


def _fewest_by_solver(found: Instance) -> Best:
    from spopt.locate import LSCP

    useful = _useful(found)
    model = LSCP.from_cost_matrix(
        (~found.coverage_matrix[np.ix_(useful, found.demand)]).T.astype(float), 0.5
    )
    chosen, gap = _solve(model)
    return Best(
        *_filled(found, [int(useful[i]) for i in chosen], len(chosen)),
        Method.LSCP,
        gap,
        found.unknown,
    )


def _solve(model: Any) -> tuple[list[int], float]:
    """The facilities that a model opens, and how far from the best the solver says it may be."""
    from pulp import HiGHS

    solved = model.solve(HiGHS(msg=False))
    chosen = [i for i, variable in enumerate(solved.fac_vars) if variable.value() > 0.5]
    return chosen, max(float(solved.problem.solverModel.getInfo().mip_gap), 0.0)


def _useful(found: Instance) -> np.ndarray:
    """Places that reach something wanted; the solver need not hear of the others."""
    return np.flatnonzero(found.coverage_matrix[:, found.demand].any(axis=1))


def _filled(
    found: Instance, chosen: Sequence[int], hubs: int
) -> tuple[int, None, tuple[Choice, ...]]:
    """A set filled up with the first places that are left, where fewer than asked for already reach
    everything."""
    rest: Iterator[int] = (i for i in range(len(found.candidate_sites)) if i not in set(chosen))
    choice = _choice(
        found, tuple(sorted([*chosen, *(next(rest) for _ in range(hubs - len(chosen)))]))
    )
    return choice.gain, None, (choice,)
