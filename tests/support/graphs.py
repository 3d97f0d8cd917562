"""Small maps for the search for the best hubs, and a slow search to hold it against."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from provision.io.figures import Indicator
from provision.location.catchment import CatchmentRule
from provision.location.problem import LocationProblem
from provision.record import Record
from provision.scenarios.scenario import Scenario
from support import sketch
from support.regions import AREAS

Edges = list[tuple[str, str]]


Graph = tuple[list[str], Edges, list[int | None]]


PAIRS = list(combinations(AREAS, 2))


def ask(record: Record, hubs: int, reach: str, **more: Any) -> LocationProblem:
    existing = more.pop("existing", Scenario.default(record))
    return LocationProblem(hubs, CatchmentRule.parse(reach), existing=existing, **more)


def graph(none: list[str], edges: Edges, women: list[int | None]) -> Record:
    """A record of six areas where some are listed as having none, some border on each other, and
    women may not be stated."""
    record = sketch(AREAS, {}, none)
    source = {"title": "t", "publisher": "p", "date": "d", "licence": "l", "attribution": "a"}
    words = {
        "label": "Women",
        "short_label": "Women",
        "unit": "women",
        "kind": "number",
        "date": "2020",
        "higher_means": "neither",
        "caution": "c",
        "grade": "A",
    }
    indicator = Indicator.model_validate(
        {"id": "women", **words, "women_from_age": 18, "source": source}
    )
    figures = pd.DataFrame(
        {"women": [float("nan") if w is None else float(w) for w in women]},
        index=pd.Index(AREAS, name="code"),
    )
    table = pd.DataFrame([(a, b, "land") for a, b in edges], columns=["code_a", "code_b", "type"])
    return replace(record, neighbours=table, figures=figures, indicators=(indicator,))


def slowly(
    found: Graph, k: int, worth: dict[str, int], fixed: list[str], excluded: list[str]
) -> tuple[int, list[tuple[str, ...]]]:
    """The best gain and every set that has it, with sets and a loop."""
    none, edges, _ = found
    near = {
        a: {a} | {y for x, y in edges if x == a} | {x for x, y in edges if y == a} for a in AREAS
    }
    already = set().union(*(near[a] for a in fixed)) if fixed else set()
    places = [a for a in AREAS if a not in fixed and a not in excluded]
    gains = {
        chosen: sum(
            worth[a] for a in set().union(*(near[c] for c in chosen)) - already if a in none
        )
        for chosen in combinations(places, k)
    }
    best = max(gains.values())
    return best, [chosen for chosen, gain in gains.items() if gain == best]


graphs = st.tuples(
    st.lists(st.sampled_from(AREAS), unique=True),
    st.lists(st.sampled_from(PAIRS), unique=True),
    st.lists(st.none() | st.integers(0, 9), min_size=6, max_size=6),
)
