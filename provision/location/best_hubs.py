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

from provision.coverage.arrays import record_arrays
from provision.coverage.kernel import StatusCode
from provision.location.catchment import CatchmentRule, reach_rows
from provision.record import Record
from provision.scenarios.evaluate import evaluate
from provision.scenarios.scenario import Hub, Scenario

MOST_AREAS = 100
MOST_HUBS = 33
MOST_SETS = 80_000_000  # all sets of five out of a hundred
LISTED = 50
_TABLE = 250_000  # sets held at once
_WORD = 16  # groups of areas looked up together


class Objective(StrEnum):
    """What a set of hubs is measured by."""

    BOROUGHS = "boroughs"
    WOMEN = "women"


class Method(StrEnum):
    """How the best sets were found."""

    EXHAUSTIVE = "exhaustive"
    MCLP = "mclp"
    LSCP = "lscp"


@dataclass(frozen=True)
class Asked:
    """A question: so many further hubs under a rule. ``start`` has the contracts and hubs that
    stay, and the day."""

    start: Scenario
    hubs: int
    reach: CatchmentRule
    weigh: Objective = Objective.BOROUGHS
    excluded: tuple[str, ...] = ()


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


@dataclass(frozen=True, eq=False)
class _Problem:
    """What a search goes by: ``sites`` (rows where hubs may stand, sorted by code), ``reach``
    boolean (sites x areas), and for every area whether it counts for the gain (``wanted``), its
    weight, and whether it is not stated or lapsed."""

    sites: np.ndarray
    codes: tuple[str, ...]
    reach: np.ndarray
    wanted: np.ndarray
    weights: np.ndarray
    not_stated: np.ndarray
    lapsed: np.ndarray
    unknown: int


def best_hubs(record: Record, asked: Asked, limit: int = LISTED) -> Best:
    """The best places for further hubs. Raises ValueError where there are fewer places than hubs,
    or no sense in the number."""
    found = _problem(record, asked)
    if not 1 <= asked.hubs <= MOST_HUBS:
        raise ValueError(f"ask for 1 to {MOST_HUBS} hubs")
    if asked.hubs > len(found.sites):
        raise ValueError(f"there are only {len(found.sites)} places left for a hub")
    if len(record.areas) > MOST_AREAS or comb(len(found.sites), asked.hubs) > MOST_SETS:
        return _by_solver(found, asked.hubs)
    gain, ties, sets = _search(found, asked.hubs, limit)
    return Best(
        gain, ties, tuple(_choice(found, s) for s in sets), Method.EXHAUSTIVE, 0.0, found.unknown
    )


def fewest_hubs(record: Record, asked: Asked, limit: int = LISTED) -> Best | None:
    """The best sets of as few hubs as leave no area with *none*; ``asked.hubs`` is not looked at.
    None where no hubs can do that.

    The gain is what all of them together gain. No hubs at all, where there is nothing to gain, are
    one empty set."""
    found = _problem(record, asked)
    if not found.wanted.any():
        return Best(0, 1, (Choice((), 0, 0, 0),), Method.EXHAUSTIVE, 0.0)
    if not found.reach[:, found.wanted].any(axis=0).all():
        return None
    counted = replace(found, weights=found.wanted.astype(np.int64))
    everything = int(found.wanted.sum())
    if len(record.areas) <= MOST_AREAS:
        for hubs in range(_at_least(counted), len(found.sites) + 1):
            if comb(len(found.sites), hubs) > MOST_SETS:
                break
            gain, ties, sets = _search(counted, hubs, limit)
            if gain == everything:
                return Best(
                    int(found.weights[found.wanted].sum()),
                    ties,
                    tuple(_choice(found, s) for s in sets),
                    Method.EXHAUSTIVE,
                    0.0,
                    found.unknown,
                )
    return _fewest_by_solver(found)


def shortfall(
    record: Record, asked: Asked, chosen: Sequence[str], limit: int = LISTED
) -> Shortfall:
    """Somebody's choice of areas, by code, beside the best of as many. Raises ValueError where a
    hub may not stand in one of them."""
    (own,) = own_choices(record, asked, [chosen])
    return Shortfall(own, best_hubs(record, replace(asked, hubs=len(chosen)), limit))


def own_choices(record: Record, asked: Asked, chosen: Iterable[Sequence[str]]) -> list[Choice]:
    """What each of somebody's own choices of areas, by code, gains. Raises ValueError where a hub
    may not stand in one of them."""
    found = _problem(record, asked)
    return [_own_choice(found, codes) for codes in chosen]


def _own_choice(found: _Problem, chosen: Sequence[str]) -> Choice:
    outside = [code for code in chosen if code not in found.codes]
    if outside or len(set(chosen)) < len(chosen):
        raise ValueError(
            f"{', '.join(outside) or 'an area chosen twice'}: no place for a further hub"
        )
    return _choice(found, tuple(sorted(found.codes.index(code) for code in chosen)))


def candidate_sites(record: Record, asked: Asked) -> tuple[str, ...]:
    """The codes of the areas where a further hub may stand, sorted."""
    base, taken = (
        record_arrays(record),
        {hub.area for hub in asked.start.hubs} | set(asked.excluded),
    )
    return tuple(sorted(str(code) for code in base.codes[base.counted] if code not in taken))


def with_hubs(asked: Asked, choice: Choice) -> Scenario:
    """The starting scenario with the hubs of a choice."""
    return replace(
        asked.start, hubs=(*asked.start.hubs, *(Hub(area, asked.reach) for area in choice.areas))
    )


def fixed_hubs(
    record: Record, codes: Sequence[str], reach: CatchmentRule, on: date | None = None
) -> Scenario:
    """A scenario that holds nothing but hubs that stay, under one rule; on the record's own date
    unless another is given."""
    start = Scenario.default(record)
    return replace(start, on=on or start.on, hubs=tuple(Hub(code, reach) for code in codes))


def _problem(record: Record, asked: Asked) -> _Problem:
    base, outcome = record_arrays(record), evaluate(record, asked.start, length=0)
    now = outcome.places[0]  # what is only reached remotely is still to be covered
    codes = candidate_sites(record, asked)
    rows = [base.row_of[code] for code in codes]
    wanted, not_stated, lapsed = (
        base.counted & (now == code)
        for code in (StatusCode.NONE, StatusCode.NOT_STATED, StatusCode.LAPSED)
    )
    unknown = 0
    weights = wanted.astype(np.int64)
    if asked.weigh is Objective.WOMEN:
        unknown = int(np.isnan(base.women[wanted]).sum())
        weights = np.where(wanted, np.nan_to_num(base.women), 0).astype(np.int64)
    return _Problem(
        np.array(rows),
        codes,
        reach_rows(record, asked.reach, rows),
        wanted,
        weights,
        not_stated,
        lapsed,
        unknown,
    )


def _choice(found: _Problem, candidate_sites: Sequence[int]) -> Choice:
    reached = found.reach[list(candidate_sites)].any(axis=0)
    gain, not_stated, lapsed = (
        int(part[reached].sum()) for part in (found.weights, found.not_stated, found.lapsed)
    )
    return Choice(tuple(found.codes[i] for i in candidate_sites), gain, not_stated, lapsed)


# Going through every set


def _search(found: _Problem, hubs: int, limit: int) -> tuple[int, int, list[tuple[int, ...]]]:
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


def _masks(found: _Problem) -> tuple[np.ndarray, list[np.ndarray]]:
    """What each place reaches of what is wanted, as bits (places x words of 16), and for each word
    what every combination of its bits gains. Areas that the same places reach are one bit
    together."""
    columns = found.reach[:, found.wanted]
    groups, member = (
        np.unique(columns, axis=1, return_inverse=True)
        if columns.shape[1]
        else (columns, np.zeros(0, dtype=np.int64))
    )
    weights = np.bincount(
        member.ravel(), weights=found.weights[found.wanted], minlength=groups.shape[1]
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


def _at_least(found: _Problem) -> int:
    """Fewer hubs than this cannot reach everything: even the widest places, without overlap, would
    not."""
    each = np.sort(found.reach[:, found.wanted].sum(axis=1))[::-1]
    return int(np.searchsorted(each.cumsum(), found.wanted.sum())) + 1


# Through the solver


def _by_solver(found: _Problem, hubs: int) -> Best:
    """One best set and the solver's gap."""
    useful = _useful(found)
    weighty = found.weights[found.wanted] > 0
    if not len(useful) or not weighty.any():
        candidate_sites = tuple(range(hubs))
        return Best(0, None, (_choice(found, candidate_sites),), Method.MCLP, 0.0, found.unknown)
    from spopt.locate import MCLP

    costs = (~found.reach[np.ix_(useful, found.wanted)]).T.astype(float)[weighty]
    weights = found.weights[found.wanted][weighty].astype(float)
    model = MCLP.from_cost_matrix(costs, weights, 0.5, min(hubs, len(useful)))
    chosen, gap = _solve(model)
    return Best(
        *_filled(found, [int(useful[i]) for i in chosen], hubs), Method.MCLP, gap, found.unknown
    )


def _fewest_by_solver(found: _Problem) -> Best:
    from spopt.locate import LSCP

    useful = _useful(found)
    model = LSCP.from_cost_matrix((~found.reach[np.ix_(useful, found.wanted)]).T.astype(float), 0.5)
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


def _useful(found: _Problem) -> np.ndarray:
    """Places that reach something wanted; the solver need not hear of the others."""
    return np.flatnonzero(found.reach[:, found.wanted].any(axis=1))


def _filled(
    found: _Problem, chosen: Sequence[int], hubs: int
) -> tuple[int, None, tuple[Choice, ...]]:
    """A set filled up with the first places that are left, where fewer than asked for already reach
    everything."""
    rest: Iterator[int] = (i for i in range(len(found.sites)) if i not in set(chosen))
    choice = _choice(
        found, tuple(sorted([*chosen, *(next(rest) for _ in range(hubs - len(chosen)))]))
    )
    return choice.gain, None, (choice,)
