"""Contracts switched off, withdrawn or ending at another time."""

from __future__ import annotations

import streamlit as st

from components.page.markup import plain
from components.scenario import changes, state
from components.scenario.planning import month_words, plan
from provision.links.query import Query
from provision.record import Record
from provision.schema.services import NOT_STATED


def contract_switches(record: Record) -> None:
    """Remove a service, providers withdrawn."""
    with st.container(key="contracts"):
        st.pills(
            "Remove a service",
            list(record.services_by_id),
            key="sc_off",
            selection_mode="multi",
            format_func=lambda i: plain(record.services_by_id[i].short_name),
            on_change=changes.set_off,
            args=(record,),
        )
        st.pills(
            "Remove a provider",
            sorted({s.provider for s in record.services} - {NOT_STATED}),
            key="sc_withdrawn",
            selection_mode="multi",
            format_func=plain,
            on_change=changes.set_withdrawn,
            args=(record,),
        )


def contract_controls(record: Record, query: Query) -> None:
    """When each contract ends."""
    columns = st.columns(min(max(len(record.services), 1), 4))
    for n, service in enumerate(record.services):
        key = f"sc_ends_{service.id}"
        held = st.session_state.get(key)
        stated = str(service.contract.end)
        options = [
            state.AS_STATED,
            *sorted({*plan(record), *([held] if held and held != state.AS_STATED else [])}),
        ]
        with columns[n % len(columns)]:
            st.selectbox(
                f"{plain(service.short_name)} ends",
                options,
                key=key,
                format_func=lambda o, stated=stated: (
                    f"as stated: {stated}" if o == state.AS_STATED else month_words(o)
                ),
                on_change=changes.set_end,
                args=(record, service.id),
            )
