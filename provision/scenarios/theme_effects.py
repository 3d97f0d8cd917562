"""What a scenario does theme by theme: which areas a contract as changed, or a hub that offers the
theme, reaches.

A hub with a place reaches an area for a theme only if it says that it offers it; what a remote hub
offers is told apart, and reaches no area. What a contract carries is as
in :mod:`provision.themes.reach`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from provision.coverage.arrays import record_arrays
from provision.coverage.kernel import areas_named
from provision.coverage.status import object_frame
from provision.scenarios.evaluate import Outcome
from provision.scenarios.gain_loss import Side
from provision.themes.reach import carriers

if TYPE_CHECKING:
    import pandas as pd


def by_theme(outcome: Outcome) -> pd.DataFrame:
    """The counted areas that each theme reaches on the scenario's day, indexed by theme id:
    ``title``; ``baseline`` and ``scenario`` (how many); ``gained`` and ``lost`` (codes); ``by_hub``
    (codes reached only because of a hub with a place); ``remotely`` (codes reached by nothing but a
    remote hub)."""
    import pandas as pd

    record, base = outcome.record, record_arrays(outcome.record)
    rows = []
    for theme in record.themes:
        ids = carriers(record, theme).ids
        carry = np.array([service in ids for service in base.services], dtype=bool)
        before, left = (
            _reached(side, carry) for side in (outcome.baseline, outcome.contracts_only)
        )
        hubs, remote = (
            _hubs(outcome, theme.id, some) for some in (~outcome.remote, outcome.remote)
        )
        after = left | hubs
        sets = (
            base.counted & after & ~before,
            base.counted & before & ~after,
            base.counted & hubs & ~left,
            base.counted & remote & ~after,
        )
        rows.append(
            [
                theme.title,
                int((base.counted & before).sum()),
                int((base.counted & after).sum()),
                *map(base.those, sets),
            ]
        )
    columns = ("title", "baseline", "scenario", "gained", "lost", "by_hub", "remotely")
    index = pd.Index([theme.id for theme in record.themes], name="theme")
    return object_frame({name: [row[i] for row in rows] for i, name in enumerate(columns)}, index)


def _reached(side: Side, carry: np.ndarray) -> np.ndarray:
    """The areas that a contract which is active on the day and carries the theme names."""
    return np.asarray(
        areas_named(side.contracts, side.acts.active[:1] & carry[side.contracts.service])[0]
    )


def _hubs(outcome: Outcome, theme: str, some: np.ndarray) -> np.ndarray:
    """The areas that an open one of some hubs (boolean, hubs) which offers the theme reaches."""
    offering = np.array([theme in hub.themes for hub in outcome.scenario.hubs], dtype=bool)
    return np.asarray(outcome.reach[outcome.open[0] & offering & some].any(axis=0))
