"""Best places as a linear program with whole numbers: a sparse matrix, straight into HiGHS.

``most_covered`` is the maximal covering location problem, ``fewest`` the location set covering
problem (both as Church and ReVelle, 1974, and Toregas and others, 1971, write them). Each finds one
best set and counts no ties. The solver is asked for no gap at all, and says which it kept.

Before the solver hears of a maximal covering problem, the places that no best set can hold are left
out: those that, together with the widest others and without any overlap, gain less than a set that
taking the best place again and again finds (its sum is a floor for the best). Only what is strictly
less is left out, so the optimum stays the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from provision.location.problem import Instance

if TYPE_CHECKING:
    from highspy import HighsLp


@dataclass(frozen=True, eq=False)
class Pairs:
    """Which places cover which of the areas that weigh something: one pair for each.

    Attributes
    ----------
    site, area : integer arrays (pairs)
        Rows of the candidate sites, and numbers of the areas from 0.
    weights : float array (areas)
        What covering an area gains."""

    site: np.ndarray
    area: np.ndarray
    weights: np.ndarray

    def of(self, sites: np.ndarray) -> Pairs:
        """Those of some sites."""
        kept = np.isin(self.site, sites)
        return Pairs(self.site[kept], self.area[kept], self.weights)


def pairs(found: Instance, wanted: np.ndarray) -> Pairs:
    """The pairs of a problem with the areas that are wanted.

    Parameters
    ----------
    found
        The problem.
    wanted
        Boolean array (areas).

    Returns
    -------
    Pairs
        Areas that no site covers keep their number and have no pair."""
    number = np.cumsum(wanted) - 1
    site, area = found.covered
    kept = wanted[area]
    return Pairs(site[kept], number[area[kept]], found.weights[wanted].astype(float))


def most_covered(covers: Pairs, hubs: int) -> tuple[list[int], float]:
    """The sites of one set that gains most.

    Parameters
    ----------
    covers
        Which sites cover what; at least one pair.
    hubs
        How many sites may be taken.

    Returns
    -------
    list of int
        Rows of the sites, in order: ``hubs`` of them, or fewer where that few cover everything.
    float
        The solver's gap, as a share.

    Raises
    ------
    ArithmeticError
        Where the solver ends without an optimum."""
    kept = covers.of(can_win(covers, hubs))
    sites, at = np.unique(kept.site, return_inverse=True)
    areas, row = np.unique(kept.area, return_inverse=True)
    count = min(hubs, len(sites))
    taken = np.arange(len(areas))
    # One row for each area: it is covered by no more than the sites that are taken around it.
    # A last one: so many sites are taken.
    entries = (
        np.concatenate([row, taken, np.full(len(sites), len(areas))]),
        np.concatenate([at, len(sites) + taken, np.arange(len(sites))]),
        np.concatenate([-np.ones(len(at)), np.ones(len(areas)), np.ones(len(sites))]),
    )
    gains = np.concatenate([np.zeros(len(sites)), kept.weights[areas]])
    least = np.concatenate([np.full(len(areas), -np.inf), [count]])
    most = np.concatenate([np.zeros(len(areas)), [count]])
    values, gap = _solved(-gains, entries, (least, most), len(sites))
    return [int(site) for site in sites[values[: len(sites)] > 0.5]], gap


def fewest(covers: Pairs) -> tuple[list[int], float]:
    """The sites of one of the smallest sets that cover every area.

    Parameters
    ----------
    covers
        Which sites cover what; every area has a pair.

    Returns
    -------
    list of int
        Rows of the sites, in order.
    float
        The solver's gap, as a share.

    Raises
    ------
    ArithmeticError
        Where the solver ends without an optimum."""
    sites, at = np.unique(covers.site, return_inverse=True)
    areas, row = np.unique(covers.area, return_inverse=True)
    limits = np.ones(len(areas)), np.full(len(areas), np.inf)
    values, gap = _solved(np.ones(len(sites)), (row, at, np.ones(len(at))), limits, len(sites))
    return [int(site) for site in sites[values > 0.5]], gap


def can_win(covers: Pairs, hubs: int) -> np.ndarray:
    """The sites that a best set may hold.

    Parameters
    ----------
    covers
        Which sites cover what; at least one pair.
    hubs
        How many sites may be taken.

    Returns
    -------
    integer array
        Rows of the sites, in order; those of every best set are among them."""
    alone = np.bincount(covers.site, covers.weights[covers.area])
    widest = np.sort(alone)[::-1][: hubs - 1].sum()
    return np.flatnonzero((alone > 0) & (alone + widest >= _floor(covers, hubs)))


def _floor(covers: Pairs, hubs: int) -> float:
    """What is gained by taking the best site again and again."""
    left, gained = covers.weights.copy(), 0.0
    for _ in range(hubs):
        each = np.bincount(covers.site, left[covers.area])
        best = int(each.argmax())
        if not each[best]:
            break
        gained += float(each[best])
        left[covers.area[covers.site == best]] = 0
    return gained


def _solved(
    costs: np.ndarray,
    entries: tuple[np.ndarray, np.ndarray, np.ndarray],
    limits: tuple[np.ndarray, np.ndarray],
    whole: int,
) -> tuple[np.ndarray, float]:
    """The values of all columns, each from 0 to 1, where the costs are least, and the gap.
    ``entries`` are rows, columns and values; the first ``whole`` columns are whole numbers."""
    import highspy

    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(costs), len(limits[0])
    program.col_cost_ = costs
    program.col_lower_, program.col_upper_ = np.zeros(len(costs)), np.ones(len(costs))
    program.row_lower_, program.row_upper_ = limits
    kinds = highspy.HighsVarType
    program.integrality_ = [kinds.kInteger] * whole + [kinds.kContinuous] * (len(costs) - whole)
    rows, columns, values = entries
    order = np.lexsort((columns, rows))
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.searchsorted(rows[order], np.arange(program.num_row_ + 1)).astype(np.int32)
    matrix.index_, matrix.value_ = columns[order].astype(np.int32), values[order]
    return _run(program)


def _run(program: HighsLp) -> tuple[np.ndarray, float]:
    import highspy

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.0)
    solver.passModel(program)
    solver.run()
    status = solver.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        raise ArithmeticError(f"the solver ended with: {solver.modelStatusToString(status)}")
    gap = max(float(solver.getInfo().mip_gap), 0.0)
    return np.array(solver.getSolution().col_value), gap
