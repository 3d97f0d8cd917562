"""Check somebody's own services file against the live areas, without touching the live data."""

from __future__ import annotations

import streamlit as st

from components.page.markup import show
from provision.io.problems import InvalidData
from provision.io.reading import MAX_BYTES, decode
from provision.record import Record
from provision.record_files import parse_services

_NAME = "your file"


def check_your_own(record: Record) -> None:
    """A box for a pasted or uploaded file, and what is wrong with it."""
    st.html(
        '<h2 id="check-title">Check your own services file</h2><p>Paste it or choose a file of at'
        f" most {MAX_BYTES:,} bytes. It is checked against the areas shown here and then forgotten;"
        " the live data stays as it is.</p>"
    )
    pasted = st.text_area("Services in YAML", key="own-text", height=220)
    chosen = st.file_uploader(
        "or a YAML file", type=["yaml", "yml"], key="own-file", max_upload_size=1
    )
    if not st.button("Check", key="own-check", type="secondary"):
        return
    name = chosen.name if chosen else _NAME
    raw = chosen.getvalue() if chosen else (pasted or "").encode("utf-8")
    try:
        found = parse_services(decode(raw, name), name, record.areas)
    except InvalidData as error:
        show(
            "problems.html",
            title=f"{len(error.problems)} to mend.",
            text="",
            problems=error.problems,
        )
        return
    counted = (
        f"{len(found.services)} services, {len(found.other_provision)} other provision,"
        f" {len(found.discrepancies)} discrepancies"
    )
    show("notes.html", title="Nothing to mend.", lines=[counted])
