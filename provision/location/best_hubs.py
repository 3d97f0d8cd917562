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
    (``mclp``), through HiGHS, which states its gap; that finds one best set and counts no ties.
    What the hubs and contracts that stay cover is taken out of the model beforehand: the same
    answer from a smaller one. The fewest hubs that leave nobody without are found likewise
    (``lscp``, the location set covering problem).

Areas without a figure for women add nothing to a count of women; the answer says how many such
areas there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import comb

import numpy as np

from provision.location.catchment import CatchmentRule
from provision.location.covering_model import fewest, most_covered, pairs
from provision.location.every_set import at_least, search
from provision.location.problem import Instance, LocationProblem, instance
from provision.record import Record
from provision.scenarios.scenario import Hub, Scenario

MOST_AREAS = 100
MOST_SETS = 80_000_000  # all sets of five out of a hundred
LISTED = 50


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
    gain, ties, sets = search(found, asked.facilities, limit)
    return Best(
        gain, ties, tuple(_choice(found, s) for s in sets), Method.EXHAUSTIVE, 0.0, found.unknown
    )


def fewest_hubs(record: Record, asked: LocationProblem, limit: int = LISTED) -> Best | None:
    """The best sets of as few hubs as leave no area with *none*; ``asked.facilities`` is not looked
    at. None where no hubs can do that.

    The gain is what all of them together gain. No hubs at all, where there is nothing to gain, are
    one empty set."""
    found = instance(record, asked)
    if not found.demand.any():
        return Best(0, 1, (Choice((), 0, 0, 0),), Method.EXHAUSTIVE, 0.0)
    if len(np.unique(pairs(found, found.demand).area)) < found.demand.sum():
        return None
    counted = replace(found, weights=found.demand.astype(np.int64))
    everything = int(found.demand.sum())
    if len(record.areas) <= MOST_AREAS:
        for hubs in range(at_least(counted), len(found.candidate_sites) + 1):
            if comb(len(found.candidate_sites), hubs) > MOST_SETS:
                break
            gain, ties, sets = search(counted, hubs, limit)
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
    site, area = found.covered
    reached = np.zeros(len(found.demand), dtype=bool)
    reached[area[np.isin(site, list(candidate_sites))]] = True
    gain, not_stated, lapsed = (
        int(part[reached].sum()) for part in (found.weights, found.not_stated, found.lapsed)
    )
    return Choice(tuple(found.codes[i] for i in candidate_sites), gain, not_stated, lapsed)


# Through the solver


def _by_solver(found: Instance, hubs: int) -> Best:
    """One best set and the solver's gap."""
    covers = pairs(found, found.weights > 0)
    if not len(covers.site):
        return Best(0, None, (_choice(found, tuple(range(hubs))),), Method.MCLP, 0.0, found.unknown)
    chosen, gap = most_covered(covers, hubs)
    return Best(*_filled(found, chosen, hubs), Method.MCLP, gap, found.unknown)


def _fewest_by_solver(found: Instance) -> Best:
    chosen, gap = fewest(pairs(found, found.demand))
    return Best(*_filled(found, chosen, len(chosen)), Method.LSCP, gap, found.unknown)


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
