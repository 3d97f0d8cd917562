"""What came of it: the map, what differs from the published record, and the files to take away."""

from __future__ import annotations

from functools import partial

import streamlit as st

from components.coverage.area_map import area_map
from components.own_data import state
from components.page.choosing import choose_area
from components.page.markup import show
from provision.links.query import Query
from provision.record import Record
from provision.regions.own_data import SERVICES, OwnData, services_data


def map_panel(record: Record, query: Query, sentence: str) -> None:
    """The coverage of the data, as everywhere else."""
    from provision.symbology.coverage import coverage_drawn

    area_map(
        record,
        query,
        coverage_drawn(record, query),
        sentence,
        on_choose=lambda: choose_area("own-map"),
        key="own-map",
    )


def difference_panel(data: OwnData, query: Query, published: Record | None) -> None:
    """What was changed in this version, a line each; the difference to the published record, in a
    paragraph and on a map."""
    if data.inputs.changes:
        show(
            "notes.html",
            title="What this version changes, for the owner to review",
            lines=data.inputs.changes,
        )
    old = state.compared(published)
    if old is None:
        return
    from provision.exchange.diff import difference
    from provision.symbology.versions import difference_drawn
    from provision.text.versions import paragraph

    found = difference(old, data.record)
    sentence = paragraph(found)
    show("notes.html", title="What differs from the published data", lines=[sentence])
    if found.areas:
        area_map(
            data.record,
            query,
            difference_drawn(found),
            sentence,
            on_choose=lambda: choose_area("own-difference"),
            key="own-difference",
            title="What became of each area",
            outlines=False,
        )


def downloads_panel(data: OwnData) -> None:
    """The data as a folder, a workbook and YAML; undo, and letting go of it."""
    st.html("<h2>Take your data with you</h2>")
    stem = f"region-{data.record.version}"
    with st.container(horizontal=True):
        _download("Download the folder (zip)", partial(state.packed, data), f"{stem}.zip")
        _download("Download a workbook (Excel)", partial(_workbook, data), f"{stem}.xlsx")
        _download("Download the services (YAML)", partial(_yaml, data), f"services-{stem}.yaml")


def _download(label: str, make: object, name: str) -> None:
    st.download_button(label, make, name, on_click="ignore", key=f"own-get-{name[-4:]}")  # type: ignore[arg-type]


def _workbook(data: OwnData) -> bytes:
    from provision.exchange.workbook import WorkbookArea, write_workbook

    areas = [WorkbookArea(a.code, a.name) for a in data.record.areas]
    return write_workbook(data.record.file, areas, data.record.version)


def _yaml(data: OwnData) -> bytes:
    from provision.io.yaml_text import yaml_text

    return data.files.get(SERVICES) or yaml_text(services_data(data.files)).encode()


def steps_panel() -> None:
    """Undo; between the data and what is published; begin anew."""
    found = state.own()
    with st.container(horizontal=True):
        st.button(
            "Undo the last change",
            key="own-undo",
            on_click=state.undo,
            disabled=len(found.steps) < 2,
        )
        if found.now is not None and not found.shown:
            st.button("Show my data again", key="own-show", on_click=state.show_own)
        if found.now is not None:
            st.button("Remove my data", key="own-forget", on_click=state.forget)
