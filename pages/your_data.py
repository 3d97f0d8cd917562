"""Your data: a region, a year or a correction from the files that people have."""

from __future__ import annotations

import streamlit as st

from components.coverage.panels import headline
from components.data import live
from components.own_data import state
from components.own_data.bring import bring_files, problems_panel
from components.own_data.matching import (
    figure_words,
    names_to_fix,
    notes_panel,
    outline_columns,
    service_columns,
)
from components.own_data.results import (
    difference_panel,
    downloads_panel,
    map_panel,
    steps_panel,
)
from components.own_data.tables import tables_panel
from components.page.context import PageContext, PageEntry
from components.page.direct import run_app
from components.page.markup import show
from provision.coverage.status import coverage
from provision.regions.own_data import OwnData
from provision.regions.uploads import Uploads, uploads_of
from provision.text.headings import coverage_heading

_WHERE = {
    Uploads.OFF: (
        "This server does not take files. Use the command: python -m provision region new."
    ),
    Uploads.SESSION: "Your files stay in this session. A link to this page does not carry them.",
    Uploads.KEPT: "Your data is kept on this server. Anyone who has its link can open it.",
}


def page(context: PageContext) -> None:
    """Bring, match, look, edit, take away."""
    where, found = uploads_of(), state.own()
    data = found.now if found.shown else None
    if data is None:
        headline(context, "Add your own outlines, services and figures", _WHERE[where])
    else:
        areas = data.record.file.region.areas
        said = (
            f"Your data: {len(data.record.areas):,} {areas}, {_services(len(data.record.services))}"
        )
        headline(context, said, _WHERE[where])
    if where is Uploads.OFF:
        return
    problems_panel()
    bring_files(context.record)
    steps_panel()
    if data is not None:
        _brought(context, data)


def _services(count: int) -> str:
    return f"{count:,} service{'s' * (count != 1)}"


def _brought(context: PageContext, data: OwnData) -> None:
    names_to_fix(data)
    on = context.query.on
    sentence = str(coverage_heading(data.record, coverage(data.record, on), on))
    show("notes.html", title="", lines=[sentence])
    map_panel(data.record, context.query, sentence)
    notes_panel(data)
    outline_columns(data)
    service_columns(data)
    figure_words(data)
    difference_panel(data, context.query, live.live().record)
    tables_panel(data)
    downloads_panel(data)
    st.caption("All other pages now show this data, marked as not published.")


PAGE = PageEntry("Your data", page, cited=False)

if __name__ == "__main__":  # a fresh server's first visitor can arrive here on a deep link
    run_app()
