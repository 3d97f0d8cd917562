"""Whole scenarios on Farwater, made up by hypothesis."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from provision.coverage.levels import LEVEL_ORDER
from provision.dates import SourceDate
from provision.io.characters import text_fault
from provision.location.catchment import CatchmentRule, Rule
from provision.scenarios.scenario import (
    Assumptions,
    Contested,
    Ends,
    Hub,
    Off,
    Scenario,
    Verdict,
    Withdrawn,
)

CODES = ("Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8")


NAMED = {
    "Q1": ("lantern", "orchard"),
    "Q2": ("lantern", "harvest"),
    "Q3": ("harvest",),
    "Q4": ("ferry",),
    "Q5": ("orchard",),
    "Q8": ("quay", "orchard"),
}


SERVICES = ("lantern", "harvest", "ferry", "quay", "orchard")


months = st.dates(date(2022, 7, 1), date(2099, 12, 31)).map(
    lambda d: SourceDate.parse(f"{d:%Y-%m}")
)


days = st.dates(date(2022, 7, 1), date(2099, 12, 31)).map(lambda d: SourceDate(d, d))


dates = months | days


reaches = st.sampled_from(
    [
        CatchmentRule(),
        CatchmentRule(Rule.LAND),
        CatchmentRule(Rule.CROSSING),
        CatchmentRule(Rule.TOUCHING),
    ]
) | st.integers(10, 1000).map(lambda tenths: CatchmentRule(Rule.KM, tenths / 10))


# A name or a note as a scenario may hold it; what it may not hold has tests of its own.
words = (
    st.text(st.characters(exclude_categories=["C"]), max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: not text_fault(text))
)


amounts = st.none() | st.integers(0, 10**11).map(lambda pence: pence / 100)


@st.composite
def hubs(draw: Any) -> Hub:
    opens, closes = draw(st.none() | dates), draw(st.none() | dates)
    if opens and closes and closes.last < opens.first:
        opens, closes = closes, opens
    themes = tuple(
        draw(
            st.lists(st.sampled_from(["work", "safety", "crossing", "gaol", "silence"]), max_size=3)
        )
    )
    kind = draw(st.sampled_from(["fixed-centre", "outreach-hub", "mobile-unit", "virtual-hub"]))
    visits = draw(st.lists(st.sampled_from(CODES), max_size=3))
    return Hub(
        draw(st.sampled_from(CODES[:-1])),
        draw(reaches) if kind in ("fixed-centre", "outreach-hub") else CatchmentRule(),
        draw(st.sampled_from(LEVEL_ORDER)),
        themes,
        opens,
        closes,
        draw(st.none() | st.integers(0, 999)),
        kind,
        tuple(visits) if kind in ("outreach-hub", "mobile-unit") else (),
    )


@st.composite
def changes(draw: Any) -> tuple[Any, ...]:
    found: list[Any] = []
    for service in draw(st.lists(st.sampled_from(SERVICES), unique=True)):
        found.append(draw(st.just(Off(service)) | dates.map(lambda end, s=service: Ends(s, end))))
    found += [
        Withdrawn(p)
        for p in draw(
            st.lists(
                st.sampled_from(["Lantern", "Harvest Trust", "Quay Women", "Orchard"]), unique=True
            )
        )
    ]
    for area, service in draw(
        st.lists(
            st.tuples(st.sampled_from(CODES), st.sampled_from(SERVICES)), unique=True, max_size=6
        )
    ):
        verdicts = (
            [Verdict.WRONG, Verdict.CLOSED] if service in NAMED.get(area, ()) else [Verdict.NEW]
        )
        found.append(Contested(area, service, draw(st.sampled_from(verdicts))))
    return tuple(found)


scenarios = st.builds(
    Scenario,
    on=st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    hubs=st.lists(hubs(), unique_by=lambda hub: hub.area, max_size=8).map(tuple),
    changes=changes(),
    need=st.none() | st.sampled_from(["women_18", "score", "place"]),
    assumptions=st.builds(Assumptions, amounts, amounts, amounts),
    name=words,
    note=words,
)
