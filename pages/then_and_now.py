"""What came next? The records of a region side by side: who had a service then, who has one now,
and what speaks against reading them as one."""

from __future__ import annotations

import streamlit as st

from components.coverage.panels import headline
from components.page.context import PageContext, PageEntry
from components.page.direct import run_app
from components.page.markup import show
from components.paper.panels import for_paper
from components.then_and_now.panels import (
    area_panel,
    area_table,
    cautions_in_short,
    step_panel,
    time_line,
)
from provision.io.problems import InvalidData
from provision.regions.beside import side_by_side
from provision.text.then_and_now import heading as heading_of


def page(context: PageContext) -> None:
    """All records, whichever is chosen on the other pages."""
    record, query = context.record, context.query
    try:
        found = side_by_side(record)
    except InvalidData as error:
        headline(context, "The records cannot be set side by side yet")
        show("problems.html", title="A record has problems.", text="", problems=error.problems)
        return
    if found is None:
        headline(
            context,
            f"We know of one record of {record.file.region.name}",
            "A second record of the same areas can be named in region.yaml.",
        )
        return
    headline(context, heading_of(found), cautions_in_short(found))
    time_line(found)
    if query.area:
        area_panel(found, query.area)
    for place, pair in enumerate(found.steps, 1):
        step_panel(found, pair, query, record, first=place == 1)
        for_paper("then_and_now" if place == 1 else f"then_and_now-{place}", "This map")
    st.html('<h2 id="table-title">Who served whom</h2>')
    area_table(found)


PAGE = PageEntry("Then and now", page, controls=("view", "area"), chooses_record=False)

if __name__ == "__main__":  # a fresh server's first visitor can arrive here on a deep link
    run_app()
