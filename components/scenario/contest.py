"""Entries that somebody contests, and the patch that follows."""

from __future__ import annotations

import streamlit as st

from components.page.markup import plain, show
from components.scenario import changes
from provision.links.query import Query
from provision.record import Record
from provision.regions.uploads import Uploads, uploads_of
from provision.scenarios.scenario import Contested, Verdict


def contest_controls(record: Record, query: Query) -> None:
    """Say of an entry that it is wrong, closed or new; what has been said so far."""
    left, middle, right = st.columns(3)
    with left:
        by_name = sorted(record.areas, key=lambda area: area.name)
        names = {area.code: area.name for area in by_name}
        _choose_one(plain(record.file.region.area.capitalize()), names, "sc_cell_area")
    with middle:
        _choose_one("Service", {s.id: s.short_name for s in record.services}, "sc_cell_service")
    with right:
        words = {
            Verdict.WRONG.value: "was never there",
            Verdict.CLOSED.value: "has closed there",
            Verdict.NEW.value: "is new there",
        }
        st.segmented_control(
            "It", list(words), key="sc_cell_verdict", format_func=words.__getitem__
        )
    st.button("Add to the scenario", key="sc_cell_add", on_click=changes.contest, args=(record,))
    said = [
        c for c in (query.scenario.changes if query.scenario else ()) if isinstance(c, Contested)
    ]
    for n, change in enumerate(said):
        label = (
            f"Take back: {record.services_by_id[change.service].short_name},"
            f" {record.by_code[change.area].name}, {change.verdict.value}"
        )
        st.button(
            plain(label), key=f"sc_cell_{n}", on_click=changes.uncontest, args=(record, change)
        )
    if said:
        _patch_download(record, query)


def _choose_one(label: str, words: dict[str, str], key: str) -> None:
    st.selectbox(
        label,
        list(words),
        key=key,
        index=None,
        format_func=words.__getitem__,
        placeholder="Choose one",
    )


def _patch_download(record: Record, query: Query) -> None:
    from provision.scenarios.patch import patch

    try:
        text = patch(record, query.supposed(record))
    except ValueError as error:
        show("notes.html", title="No patch can be made.", lines=[f"{error}."])
        return
    st.download_button(
        "Patch of the services file, for review",
        text,
        "contested.patch",
        "text/x-diff",
        on_click="ignore",
        key="sc_patch",
    )
    if uploads_of() is not Uploads.OFF:
        st.button(
            "Take into Your data, as a new version",
            key="sc_take",
            on_click=changes.take_over,
            args=(record,),
        )
    show("patch.html", text=text)
