"""Bringing files: outlines, services, figures, a folder, or the record that is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from components.own_data import state
from components.page.markup import show
from provision.io.problems import InvalidData, Problem
from provision.readers.outline_projection import Axes
from provision.readers.outlines import MAX_UPLOAD
from provision.record import Record
from provision.regions.apart import unpack_apart
from provision.regions.input_files import InputFile
from provision.regions.own_data import OwnInputs

_MEGABYTES = MAX_UPLOAD // 1_000_000
_HELP = {
    "outlines": "GeoJSON, TopoJSON, GeoPackage, a zipped Shapefile, KML, FlatGeobuf or GML.",
    "services": "A list (CSV or Excel), our workbook, YAML, or an Open Referral feed.",
    "figures": "A table with a code or a name for each area (CSV or Excel).",
}
_LABELS = {
    "outlines": "1. Outlines of your areas",
    "services": "2. Services",
    "figures": "3. Figures",
}


def bring_files(record: Record) -> None:
    """The three files, and the other ways to begin."""
    for column, kind in zip(st.columns(3), _LABELS, strict=True):
        with column:
            _uploader(kind)
    with st.expander("Or begin from a folder, or from the data that is shown"):
        chosen = st.file_uploader(
            "A region's folder, as a zip file",
            type=["zip"],
            key=f"own-zip-{state.own().round}",
            max_upload_size=_MEGABYTES,
        )
        if chosen is not None and state.new_files([chosen]):
            name, raw = chosen.name, chosen.getvalue()
            _run("Reading your folder", lambda: begin_with(name, raw))
        if st.button(f"Begin from the data shown ({_words(record)})", key="own-begin"):
            _run("Copying the data shown", lambda: state.begin(record))


def _words(record: Record) -> str:
    from components.page.markup import plain

    return plain(record.file.region.name)


def _uploader(kind: str) -> None:
    several: Any = kind != "outlines"
    if several and state.own().now is None:
        st.markdown(f"**{_LABELS[kind]}**")
        st.caption("First add outlines, or begin from the data shown.")
        return
    chosen = st.file_uploader(
        _LABELS[kind],
        key=f"bring-{kind[:4]}-{state.own().round}",
        max_upload_size=_MEGABYTES,
        accept_multiple_files=several,
        help=_HELP[kind],
    )
    st.caption(_HELP[kind])
    if chosen and not isinstance(chosen, list):
        chosen = [chosen]
    if chosen and state.new_files(chosen):
        files = [InputFile(f.name, f.getvalue()) for f in chosen]
        _run(f"Reading your {kind}", lambda: bring(kind, files))


def _run(words: str, step: Callable[[], bool]) -> None:
    """Do a step with a word of what is going on; then show what it made everywhere."""
    found = state.own()
    with st.status(f"{words} …") as status:
        found.tell = lambda seconds: status.update(label=f"{words} … {seconds:,} s")
        try:
            made = step()
        finally:
            found.tell = lambda seconds: None
        status.update(label=words if made else "Your file was not used", state="complete")
    st.rerun()


def bring(kind: str, files: Sequence[InputFile]) -> bool:
    """Take files of a kind: ``outlines`` begin anew, the others take the place of those before.

    Returns
    -------
    bool
        Whether the data could be made of them.
    """
    if sum(len(f.content) for f in files if isinstance(f.content, bytes)) > MAX_UPLOAD:
        what = f"hold more than {_MEGABYTES} MB together"
        state.own().problems = (
            Problem("your files", 0, "", "", what, "bring fewer, or use the command 'region new'"),
        )
        return False
    given = tuple(files)
    if kind == "outlines":
        stem = files[0].name.rpartition(".")[0] or files[0].name
        return state.take(OwnInputs(stem, date.today(), outlines=files[0]))
    if kind == "services":
        return state.change(lambda now: replace(now, services=given, edits=()))
    return state.change(lambda now: replace(now, figures=given))


def begin_with(name: str, raw: bytes) -> bool:
    """Begin from a zip file of a region's folder."""
    try:
        inputs = unpack_apart(raw, name, date.today(), state.own().tell)
    except InvalidData as error:
        state.own().problems = error.problems
        return False
    return state.take(inputs)


def problems_panel() -> None:
    """What the last step was refused for."""
    found = state.own().problems
    if found:
        many = len(found)
        title = "1 problem." if many == 1 else f"{many} problems."
        show(
            "problems.html",
            title=title,
            text="Your last change was not used; what was there before is still there.",
            problems=found,
        )
    if state.seems_turned():
        with st.container(horizontal=True):
            st.button(
                "Swap latitude and longitude",
                key="own-swap",
                on_click=state.turn,
                args=(Axes.SWAP,),
            )
            st.button(
                "Keep them as they are", key="own-keep", on_click=state.turn, args=(Axes.KEEP,)
            )
