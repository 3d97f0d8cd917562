"""What the next hub would do, for every area at once: so that a map can be redrawn at the click
from the server's own answer.

A hub that is put on or taken off changes nothing but whom open hubs reach. An area that a contract
as changed covers stays covered; any other is *what if* where it is reached, and otherwise what its
contracts leave it. So every area has one other standing than its own at most, and a toggle is told
by the areas that turn to theirs. With remote hubs an area may turn to either of two others, so
nothing is foretold then, and the map waits for the answer."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from provision.coverage.arrays import record_arrays
from provision.coverage.kernel import ALWAYS, NEVER, StatusCode
from provision.location.hub_kinds import hub_kinds
from provision.scenarios.evaluate import Outcome
from provision.scenarios.hub_reach import hub_reach
from provision.scenarios.scenario import Hub

MOST_AREAS = 100  # beyond, the matrix is not worth its bytes


class Ahead(NamedTuple):
    """``other`` is an array of Code (areas): what each area would turn to. ``turns`` is boolean
    (areas x areas): row = the area whose hub is toggled, column = an area that turns. Both in the
    order of the boundaries file; rows of areas that are not counted are empty."""

    other: np.ndarray
    turns: np.ndarray


def next_hub(hubs: tuple[Hub, ...], area: str, first: Hub) -> Hub:
    """The hub that is put into an area beside others: like the first of them, but visiting none; or
    like ``first``, whatever its area, where there is none."""
    return replace(hubs[0] if hubs else first, area=area, visits=())


def foretells(outcome: Outcome, first: Hub) -> bool:
    """Whether what each toggle does can be told in advance: not in a large region, and not where
    a hub, or the next one, is remote."""
    hubs = outcome.scenario.hubs
    remote = outcome.remote.any() if hubs else hub_kinds(outcome.record)[first.kind].remote
    return len(outcome.record.areas) <= MOST_AREAS and not remote


def ahead(outcome: Outcome, first: Hub) -> Ahead:
    """What each toggle of one hub does on the scenario's day. A first hub is like ``first``;
    further ones are like those there."""
    record, hubs = outcome.record, outcome.scenario.hubs
    base = record_arrays(record)
    like = next_hub(hubs, str(base.codes[0]), first)
    day = outcome.scenario.on.toordinal()
    opens = like.opens.first.toordinal() if like.opens else ALWAYS
    closes = like.closes.last.toordinal() if like.closes else NEVER
    alike = [replace(like, area=str(code)) for code in base.codes]
    own = hub_reach(record, alike) & (opens <= day <= closes)
    sign = np.ones(len(base.codes), dtype=np.int64)
    for place, hub in enumerate(hubs):
        row = base.row_of[hub.area]
        own[row], sign[row] = outcome.reach[place] & outcome.open[0, place], -1
    now = outcome.open[0].astype(np.int64) @ outcome.reach
    free = outcome.contracts_only.found[0] != StatusCode.COVERED
    turns = ((now + sign[:, None] * own > 0) != (now > 0)) & free & base.counted[:, None]
    other = np.where(
        free & (now == 0), np.int8(StatusCode.WHAT_IF), outcome.contracts_only.found[0]
    )
    return Ahead(other, turns)
