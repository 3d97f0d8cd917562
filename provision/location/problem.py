"""The question for the best hubs, as the one location problem that it is: a maximal covering
problem with facilities that exist already.

In the field's words, ``facilities`` further hubs are to be placed. Each covers what a catchment
rule gives it; the candidate sites are all counted areas without a hub that are not ``excluded``;
the demand is what is listed as having none, weighed by the ``objective``; the contracts and hubs of
``existing`` stay. The arrays that follow from it for a record are an :class:`Instance`.

A link holds the first four; :meth:`LocationProblem.beside` puts them to a scenario."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import numpy as np

from provision.coverage.arrays import record_arrays
from provision.coverage.kernel import StatusCode
from provision.location.catchment import OWN, CatchmentRule, reach_pairs
from provision.record import Record
from provision.scenarios.evaluate import evaluate
from provision.scenarios.hub_reach import rule_in_force
from provision.scenarios.scenario import Scenario

MOST_IN_A_LINK = 5
_CODE = re.compile(r"[\w-]{1,40}")


class Objective(StrEnum):
    """What a set of hubs is measured by."""

    AREAS = "areas"
    WOMEN = "women"


# By what a link or a command calls them; London's own word is that of links before November 2026.
OBJECTIVES = {
    "areas": Objective.AREAS,
    "women": Objective.WOMEN,
    "boroughs": Objective.AREAS,
}


@dataclass(frozen=True)
class LocationProblem:
    """How many further hubs, under which catchment rule, by which objective, which areas may have
    none, and what exists already (None: the record as it is).

    >>> str(LocationProblem(3, CatchmentRule.parse("land"), Objective.WOMEN, ("E1",)))
    '3~land~women~not:E1'
    >>> LocationProblem.parse("2~land").facilities
    2
    """

    facilities: int = 1
    catchment: CatchmentRule = OWN
    objective: Objective = Objective.AREAS
    excluded: tuple[str, ...] = ()
    existing: Scenario | None = None

    @classmethod
    def parse(cls, text: str) -> LocationProblem:
        """Read ``K~RULE~OBJECTIVE~not:CODE.CODE``, all but the first in any order and optional.
        Raises ValueError."""
        first, *rest = text.split("~")
        if not re.fullmatch(f"[1-{MOST_IN_A_LINK}]", first):
            raise ValueError(f"it does not begin with a number of hubs from 1 to {MOST_IN_A_LINK}")
        catchment, objective, excluded = OWN, Objective.AREAS, tuple[str, ...]()
        for part in rest:
            if part.startswith("not:"):
                excluded = tuple(sorted(set(filter(None, part.removeprefix("not:").split(".")))))
                if not all(map(_CODE.fullmatch, excluded)):
                    raise ValueError("it excludes what is no code")
            elif part in OBJECTIVES:
                objective = OBJECTIVES[part]
            else:
                catchment = CatchmentRule.parse(part)
        return cls(int(first), catchment, objective, excluded)

    def __str__(self) -> str:
        parts = (
            [str(self.facilities)]
            + [str(self.catchment)] * (self.catchment != OWN)
            + [self.objective.value] * (self.objective is not Objective.AREAS)
        )
        return "~".join([*parts, *([f"not:{'.'.join(self.excluded)}"] if self.excluded else [])])

    def beside(self, record: Record, existing: Scenario) -> LocationProblem:
        """The problem put to a scenario: its contracts and hubs stay, and further hubs come under
        the rule of those that have one."""
        rule = rule_in_force(record, existing.hubs, self.catchment)
        return replace(self, existing=existing, catchment=rule)

    def start(self, record: Record) -> Scenario:
        """What exists already, as a scenario."""
        return self.existing or Scenario.default(record)


@dataclass(frozen=True, eq=False)
class Instance:
    """A problem as arrays.

    Attributes
    ----------
    candidate_sites : integer array (sites)
        Rows of the areas where a hub may stand, sorted by code.
    codes : tuple of str
        Their codes.
    covered : two integer arrays (pairs)
        Each site, as its place among ``candidate_sites``, with each area that a hub there covers
        and that has demand, or of which nobody knows what it has. By site, then by area.
    demand : boolean array (areas)
        Whether the area is to be covered: counted, listed as having none, and not covered yet.
    weights : integer array (areas)
        What covering it gains, by the objective; 0 where there is no demand.
    not_stated, lapsed : boolean arrays (areas)
        Counted areas of which nobody knows what they have; told apart, never a gain.
    unknown : int
        How many areas with demand have no figure for women."""

    candidate_sites: np.ndarray
    codes: tuple[str, ...]
    covered: tuple[np.ndarray, np.ndarray]
    demand: np.ndarray
    weights: np.ndarray
    not_stated: np.ndarray
    lapsed: np.ndarray
    unknown: int

    @cached_property
    def coverage_matrix(self) -> np.ndarray:
        """Whether a hub at the site covers the area, of those in ``covered``: boolean array (sites
        x areas). For a search that goes through every set; a large region is never laid out so."""
        found = np.zeros((len(self.candidate_sites), len(self.demand)), dtype=bool)
        found[self.covered] = True
        return found


def candidate_sites(record: Record, problem: LocationProblem) -> tuple[str, ...]:
    """The codes of the areas where a further hub may stand, sorted."""
    base = record_arrays(record)
    taken = {hub.area for hub in problem.start(record).hubs} | set(problem.excluded)
    return tuple(sorted(str(code) for code in base.codes[base.counted] if code not in taken))


def instance(record: Record, problem: LocationProblem) -> Instance:
    """The arrays of a problem. What is only reached remotely is still to be covered."""
    base, outcome = record_arrays(record), evaluate(record, problem.start(record), length=0)
    now = outcome.places[0]
    codes = candidate_sites(record, problem)
    rows = [base.row_of[code] for code in codes]
    demand, not_stated, lapsed = (
        base.counted & (now == code)
        for code in (StatusCode.NONE, StatusCode.NOT_STATED, StatusCode.LAPSED)
    )
    unknown = 0
    weights = demand.astype(np.int64)
    if problem.objective is Objective.WOMEN:
        unknown = int(np.isnan(base.women[demand]).sum())
        weights = np.where(demand, np.nan_to_num(base.women), 0).astype(np.int64)
    return Instance(
        np.array(rows),
        codes,
        reach_pairs(record, problem.catchment, rows, demand | not_stated | lapsed),
        demand,
        weights,
        not_stated,
        lapsed,
        unknown,
    )
