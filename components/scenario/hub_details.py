"""The details of hubs: kind, level, months, key workers, themes."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components.page.markup import plain
from components.scenario import changes, state
from components.scenario.planning import month_words, plan_months
from provision.links.query import Query
from provision.location.hub_kinds import FIXED, hub_kinds
from provision.record import Record
from provision.scenarios.scenario import Scenario
from provision.schema.labels import LEVEL_WORDS
from provision.schema.services import Level


def hub_controls(record: Record, query: Query) -> None:
    """The details of one hub, or of all."""
    own = query.scenario or Scenario.default(record)
    if not own.hubs:
        st.html("<p>No hub is on. Put one on above, or choose a place on the map.</p>")
        return
    change = {"on_change": changes.set_details, "args": (record,)}
    first, second = st.columns([3, 3, 4]), st.columns(3)
    with first[0]:
        _which(record, own)
    with first[1]:
        kinds = {kind.id: kind.name for kind in hub_kinds(record).values()}
        st.selectbox(
            "Kind", list(kinds), key="sc_own_kind", format_func=kinds.__getitem__, **change
        )
    with first[2]:
        _level(change)
    with second[0]:
        _month(
            "Opens in",
            "sc_opens",
            "open throughout",
            plan_months(record, query, "sc_opens"),
            change,
        )
    with second[1]:
        _month(
            "Closes after", "sc_closes", "never", plan_months(record, query, "sc_closes"), change
        )
    with second[2]:
        _key_workers(change)
    _visits(record, change)
    st.pills(
        "Themes that it offers",
        list(record.themes_by_id),
        key="sc_offer",
        selection_mode="multi",
        format_func=lambda t: plain(record.themes_by_id[t].title),
        **change,
    )


def _which(record: Record, own: Scenario) -> None:
    options = [state.ALL_HUBS, *(hub.area for hub in own.hubs)]
    names = {
        state.ALL_HUBS: "All hubs",
        **{code: record.by_code[code].name for code in options[1:]},
    }
    st.selectbox(
        "Which hub",
        options,
        key="sc_which",
        format_func=names.__getitem__,
        persist_state="session",
    )


def _level(change: dict[str, Any]) -> None:
    words = {
        Level.ONE_TO_ONE.value: "one-to-one",
        Level.WRAP_AROUND.value: LEVEL_WORDS[Level.WRAP_AROUND],
    }
    st.segmented_control(
        "It offers",
        list(words),
        key="sc_level",
        format_func=words.__getitem__,
        required=True,
        **change,
    )


def _month(label: str, key: str, empty: str, months: list[str], change: dict[str, Any]) -> None:
    """A month, or none of them, which is called ``empty``."""
    st.selectbox(
        label, months, key=key, index=None, placeholder=empty, format_func=month_words, **change
    )


def _key_workers(change: dict[str, Any]) -> None:
    st.number_input(
        "Key workers",
        0,
        999,
        value=None,
        step=1,
        key="sc_workers",
        placeholder="not said",
        **change,
    )


def _visits(record: Record, change: dict[str, Any]) -> None:
    """The areas that hubs of the kind that is looked at visit, where it visits any."""
    kind = hub_kinds(record)[st.session_state["sc_own_kind"] or FIXED]
    if not kind.visits:
        return
    names = {a.code: a.name for a in sorted(record.areas, key=lambda a: a.name)}
    st.multiselect(
        f"{plain(record.file.region.areas.capitalize())} that it visits, beside its own",
        list(names),
        key="sc_visits",
        format_func=names.__getitem__,
        placeholder="Choose where it goes",
        **change,
    )
