"""The view that everybody shares: its controls, the session that keeps it and the link that restores it, in one place.

The link wins whenever it has changed from outside (a first visit, Back, an edited address); otherwise the controls do. Going to
another page drops the link's fields for a moment, so an empty link on a new page means nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from provision.dates import day_words, month_end, months
from provision.query import Query, parse
from provision.record import Record
from provision.schema import NOT_STATED
from provision.timeline import span


@dataclass(frozen=True)
class Seen:
    """What a page is given: the record, the view that the controls ask for, and the place of the sentence on top."""

    record: Record
    query: Query
    headline: DeltaGenerator


def receive(record: Record, page: str) -> list[str]:
    """Take over a link that has changed from outside. Returns notes on what in it could not be applied."""
    state = st.session_state
    asked = {name: st.query_params[name] for name in st.query_params}
    unchanged = asked == state.get("link") and state.get("data") == record.version
    moved = not asked and page != state.get("page") and "on" in state
    state["page"] = page
    if moved or unchanged:
        return list(state.get("notes", []))
    query, notes = parse(asked or (_remembered(record) if moved else {}), record)
    _set_controls(query, record)
    state.update(link=asked, data=record.version, notes=notes)
    return notes


def _remembered(record: Record) -> Mapping[str, str]:
    return dict(st.session_state.get("link", {}))


def _set_controls(query: Query, record: Record) -> None:
    st.session_state.update(
        on=query.on,
        services=list(query.services or record.service),
        need=query.need,
        area=query.area,
        view=query.view,
    )


def controls(record: Record) -> Query:
    """Draw the shared controls and return the view that they ask for."""
    region = record.file.region
    row = st.container(key="controls")
    when, which, how, weight, where = row.columns([1.7, 4.3, 1.3, 1.5, 1.7], vertical_alignment="top", gap="small")
    when.select_slider("As at the end of", _days(record), key="on", format_func=_day_label)
    which.pills("Services shown", list(record.service), key="services", selection_mode="multi", format_func=lambda i: record.service[i].short_name)
    how.segmented_control("Drawn as", ["map", "tiles"], key="view", format_func=str.capitalize, required=True)
    weights = {i.id: i.short_label for i in record.indicators if i.use_as_weight}
    if weights:
        weight.selectbox("Measure of need", list(weights), key="need", format_func=weights.__getitem__)
    codes = sorted(record.by_code, key=lambda c: record.by_code[c].name)
    where.selectbox(region.area.capitalize(), codes, key="area", index=None, format_func=lambda c: record.by_code[c].name, placeholder="Choose one")
    return _query(record)


def _query(record: Record) -> Query:
    state = st.session_state
    chosen = tuple(i for i in record.service if i in (state["services"] or []))
    return Query(
        on=state["on"],
        services=() if len(chosen) in (0, len(record.services)) else chosen,
        need=state.get("need"),
        area=state.get("area"),
        view=state.get("view") or "map",
    )


def choose_area(key: str) -> None:
    """Take over the area that was chosen on a map; choosing it again takes the choice back."""
    st.session_state["area"] = st.session_state[key].get("chosen") or None


def step_area(record: Record) -> None:
    """Buttons to the area before and after, by name, and back to all."""
    order = sorted(record.by_code, key=lambda c: record.by_code[c].name)
    here = order.index(st.session_state["area"])
    before, after = order[here - 1], order[(here + 1) % len(order)]
    with st.container(horizontal=True, key="steps"):
        st.button(f"← {record.by_code[before].name}", key="before", on_click=_set_area, args=(before,))
        st.button(f"All {record.file.region.areas}", key="all", on_click=_set_area, args=(None,))
        st.button(f"{record.by_code[after].name} →", key="after", on_click=_set_area, args=(after,))


def _set_area(code: str | None) -> None:
    st.session_state["area"] = code


def _days(record: Record) -> list[date]:
    """The ends of all months that the contracts span, and the day asked for, if it is another."""
    starts = [s.contract.start.first for s in record.services if s.contract.start != NOT_STATED]
    first, last = span(record)
    return sorted({month_end(m) for m in months(min([first, *starts]), last)} | {st.session_state["on"]})


def _day_label(day: date) -> str:
    return f"{day:%b %Y}" if day == month_end(day) else day_words(day)
