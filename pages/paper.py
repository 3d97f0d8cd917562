"""How does this look in a paper? Every view as a figure at a fixed size, and all of them in one
file."""

from __future__ import annotations

import streamlit as st

from components.coverage.panels import headline
from components.page.context import PageContext, PageEntry
from components.page.direct import run_app
from components.paper.panels import (
    briefing,
    figure_choice,
    figure_files,
    figure_pack,
    figure_preview,
)
from provision.paper.views import describe
from provision.text.headings import Heading


def page(context: PageContext) -> None:
    """One figure, and the pack of all."""
    record, query = context.record, context.query
    left, right = st.container(key="sheet").columns([7, 3], gap="medium")
    with right:
        view = figure_choice(record, query)
        said = describe(record, view)
        figure_files(record, view, query.size, said)
    headline(context, Heading(said.title, said.sentence))
    with left:
        figure_preview(record, view, query.size, said)
    with right:
        figure_pack(record, query.printed(), query.size)
        briefing(record, query.printed())


PAGE = PageEntry(
    "Figures",
    page,
    controls=("on", "need", "view"),
    panels=("size",),
    shown=("figure", "theme", "scenario", "beside"),
)

if __name__ == "__main__":  # a fresh server's first visitor can arrive here on a deep link
    run_app()
