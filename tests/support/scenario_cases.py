"""Scenarios on small regions, made up by hypothesis."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from provision.dates import SourceDate
from provision.location.catchment import CatchmentRule, Rule
from provision.record import Record
from provision.scenarios.scenario import (
    Contested,
    Ends,
    Hub,
    Off,
    Scenario,
    Verdict,
    Withdrawn,
)
from provision.schema.services import NOT_STATED
from support import sketch
from support.regions import AREAS, days, regions, stated

RULES = (
    CatchmentRule(),
    CatchmentRule(Rule.LAND),
    CatchmentRule(Rule.CROSSING),
    CatchmentRule(Rule.TOUCHING),
)


LINKS = {
    Rule.OWN: (),
    Rule.LAND: ("land",),
    Rule.CROSSING: ("land", "crossing"),
    Rule.TOUCHING: ("land", "crossing", "river"),
}


@st.composite
def records(draw: Any) -> Record:
    services, none = draw(regions())
    every = [(a, b) for i, a in enumerate(AREAS) for b in AREAS[i + 1 :]]
    kinds = draw(
        st.lists(
            st.sampled_from(["", "land", "crossing", "river"]),
            min_size=len(every),
            max_size=len(every),
        )
    )
    table = pd.DataFrame(
        [(a, b, kind) for (a, b), kind in zip(every, kinds, strict=True) if kind],
        columns=["code_a", "code_b", "type"],
    )
    return replace(sketch(AREAS, services, none), neighbours=table)


@st.composite
def hubs(draw: Any) -> Hub:
    opens, closes = (draw(st.none() | stated.map(SourceDate.parse)) for _ in range(2))
    if opens and closes and closes.last < opens.first:
        opens, closes = closes, opens
    return Hub(
        draw(st.sampled_from(AREAS)), draw(st.sampled_from(RULES)), opens=opens, closes=closes
    )


@st.composite
def changes(draw: Any, record: Record, ends: bool = True) -> tuple[Any, ...]:
    ids = list(record.services_by_id)
    found: list[Any] = []
    for service in draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []:
        start = record.services_by_id[service].contract.start
        end = draw(stated.map(SourceDate.parse))
        fits = start == NOT_STATED or end.last >= start.first
        found.append(Ends(service, end) if ends and fits and draw(st.booleans()) else Off(service))
    if ids and draw(st.booleans()):
        found.append(Withdrawn(draw(st.sampled_from(ids))))
    cells = st.tuples(st.sampled_from(AREAS), st.sampled_from(ids)) if ids else st.nothing()
    for area, service in draw(st.lists(cells, unique=True, max_size=3)) if ids and ends else []:
        named = area in record.services_by_id[service].service_area.listed
        found.append(
            Contested(
                area,
                service,
                draw(st.sampled_from([Verdict.WRONG, Verdict.CLOSED])) if named else Verdict.NEW,
            )
        )
    return tuple(found)


@st.composite
def cases(draw: Any, ends: bool = True) -> tuple[Record, Scenario]:
    record = draw(records())
    chosen = draw(st.lists(hubs(), max_size=4, unique_by=lambda hub: hub.area))
    return record, Scenario(draw(days), tuple(chosen), draw(changes(record, ends)))
