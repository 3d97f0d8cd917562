"""Going through every set of places: the largest gain, and every set that has it.

Memory is bounded: at most :data:`_TABLE` sets are held at once. Sets that cannot win are passed
over by a bound that never loses one."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from math import comb

import numpy as np

from provision.location.problem import Instance

_TABLE = 250_000  # sets held at once
_WORD = 16  # groups of areas looked up together


def search(found: Instance, hubs: int, limit: int) -> tuple[int, int, list[tuple[int, ...]]]:
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


def at_least(found: Instance) -> int:
    """Fewer hubs than this cannot reach everything: even the widest places, without overlap, would
    not."""
    each = np.sort(found.coverage_matrix[:, found.demand].sum(axis=1))[::-1]
    return int(np.searchsorted(each.cumsum(), found.demand.sum())) + 1
