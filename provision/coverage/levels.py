"""Levels of support as numbers, and which is the fullest in an area."""

from __future__ import annotations

import numpy as np

from provision.schema.services import Level

LEVEL_ORDER = (Level.ONE_TO_ONE, Level.WRAP_AROUND)
LEVEL_NOT_STATED = -1


def level_rank(level: Level) -> int:
    """A level as a number.

    Parameters
    ----------
    level
        The level.

    Returns
    -------
    int
        1 upwards, fullest last; :data:`LEVEL_NOT_STATED` where it is not stated.

    Examples
    --------
    >>> [level_rank(level) for level in Level]
    [1, 2, -1]
    """
    return LEVEL_NOT_STATED if level is Level.NOT_STATED else LEVEL_ORDER.index(level) + 1


def level_of(rank: int) -> Level | None:
    """The level behind a number.

    Parameters
    ----------
    rank
        A number of :func:`fullest_level`.

    Returns
    -------
    Level or None
        None where there is no service.

    Examples
    --------
    >>> level_of(2), level_of(0)
    (<Level.WRAP_AROUND: 'wrap-around'>, None)
    """
    if rank == LEVEL_NOT_STATED:
        return Level.NOT_STATED
    return LEVEL_ORDER[rank - 1] if rank else None


def fullest_level(serving: np.ndarray, rank: np.ndarray, hubs: np.ndarray | int = 0) -> np.ndarray:
    """The fullest level in every area.

    Parameters
    ----------
    serving : boolean array (terms x areas)
        Whether the term serves the area.
    rank : integer array (terms)
        Levels as :func:`level_rank` gives them.
    hubs : integer array (areas), optional
        Fullest level of the hubs that reach the area; 0 where none does.

    Returns
    -------
    integer array (areas)
        0 where nothing serves the area; :data:`LEVEL_NOT_STATED` where a term whose level is not
        stated could be fuller than the fullest that is stated.

    Examples
    --------
    >>> fullest_level(np.array([[True, True, False], [False, True, False]]), np.array([1, -1]))
    array([ 1, -1,  0])
    """
    by_term = (serving * np.maximum(rank, 0)[:, None]).max(axis=0, initial=0)
    stated = np.maximum(by_term, hubs)
    loose = (serving & (rank == LEVEL_NOT_STATED)[:, None]).any(axis=0)
    return np.where(loose & (stated < len(LEVEL_ORDER)), LEVEL_NOT_STATED, stated)
