"""What is chosen on a page otherwise than by a shared control: on a map, in a diagram, or by
stepping from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from components.page.markup import plain
from components.page.view import change, current
from provision.record import Record


def choose_area(key: str) -> None:
    """Take over the area that was chosen on a map; choosing it again takes the choice back."""
    change(area=st.session_state[key].get("chosen") or None)


def choose_partner(key: str) -> None:
    """Take over what was chosen in the diagram of partners; choosing it again takes the choice
    back."""
    change(partner=st.session_state[key].get("chosen") or None)


def step_theme(record: Record, order: Sequence[str]) -> None:
    """Buttons to the theme before and after, in the order given, and back to all."""
    titles = {t: record.themes_by_id[t].title for t in order}
    _steps("theme", current().theme, titles, "All themes")


def step_area(record: Record) -> None:
    """Buttons to the area before and after, by name, and back to all."""
    areas = sorted(record.areas, key=lambda area: area.name)
    names = {area.code: area.name for area in areas}
    _steps("area", current().area, names, f"All {plain(record.file.region.areas)}")


def _steps(part: str, here: str | None, names: dict[str, str], every: str) -> None:
    order = list(names)
    at = order.index(here or "")
    before, after = order[at - 1], order[(at + 1) % len(order)]
    with st.container(horizontal=True, key="steps"):
        for key, label, value in (
            ("before", f"← {plain(names[before])}", before),
            ("all", every, None),
            ("after", f"{plain(names[after])} →", after),
        ):
            st.button(label, key=key, on_click=partial(change, **{part: value}))
