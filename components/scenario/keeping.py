"""A scenario as a file: its name and note, saved and loaded."""

from __future__ import annotations

from functools import partial

import streamlit as st

from components.page.markup import show
from components.scenario import changes, state
from provision.io.problems import InvalidData
from provision.io.reading import decode
from provision.links.query import Query
from provision.links.scenario_file import read_scenario, write_yaml
from provision.record import Record


def file_controls(record: Record, query: Query) -> None:
    """Name and note; the scenario as a file, and from one."""
    left, right = st.columns(2)
    with left:
        st.text_input(
            "Name", key="sc_name", max_chars=80, on_change=changes.set_words, args=(record,)
        )
    with right:
        st.text_input(
            "Note", key="sc_note", max_chars=500, on_change=changes.set_words, args=(record,)
        )
    scenario = query.supposed(record)
    st.download_button(
        "Save as YAML",
        partial(write_yaml, scenario, record),
        f"scenario-{record.version}.yaml",
        "text/yaml",
        on_click="ignore",
        key="sc_save",
    )
    chosen = st.file_uploader(
        "Load a scenario (YAML)", type=["yaml", "yml"], key="sc_file", max_upload_size=1
    )
    if chosen is not None:
        _load(record, chosen.name, chosen.getvalue())


def _load(record: Record, name: str, raw: bytes) -> None:
    try:
        found = read_scenario(decode(raw, name), name, record)
    except InvalidData as error:
        show(
            "problems.html",
            title=f"{len(error.problems)} to mend.",
            text="",
            problems=error.problems,
        )
        return
    show(
        "notes.html",
        title="This file can be loaded.",
        lines=[found.name or "A scenario without a name.", f"As at {found.on}."],
    )
    st.button(
        "Load it in place of what is shown",
        key="sc_load",
        on_click=state.take,
        args=(record, found),
    )
