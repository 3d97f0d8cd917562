"""Small regions made up by hypothesis: up to six areas and five services."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

AREAS = ("A", "B", "C", "D", "E", "F")


Facts = tuple[str, str, str, list[str]]


days = st.dates(date(2018, 1, 1), date(2023, 12, 31))


stated = days.map(lambda day: day.isoformat()) | days.map(lambda day: day.isoformat()[:7])


some_areas = st.lists(st.sampled_from(AREAS), min_size=1, max_size=4, unique=True)


@st.composite
def terms(draw: Any) -> tuple[str, str]:
    """A contract's start and end, in order; each may be not stated."""
    start, end = sorted((draw(stated), draw(stated)), key=lambda text: text[:7])
    if end[:7] == start[:7]:
        start = end = end[:7]
    return draw(st.sampled_from([start, "not stated"])), draw(st.sampled_from([end, "not stated"]))


@st.composite
def facts(draw: Any) -> Facts:
    start, end = draw(terms())
    return draw(st.sampled_from(["one-to-one", "wrap-around"])), start, end, draw(some_areas)


@st.composite
def regions(draw: Any, most: int = 5) -> tuple[dict[str, Facts], list[str]]:
    """Services by name, and the areas listed as having none (never one that a service names)."""
    services = {name: draw(facts()) for name in "vwxyz"[: draw(st.integers(0, most))]}
    named = {area for fact in services.values() for area in fact[3]}
    none = draw(st.lists(st.sampled_from(AREAS), max_size=3, unique=True))
    return services, [area for area in none if area not in named]
