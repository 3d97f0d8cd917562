"""Where is there nothing, or little, how many women does it concern, and when does it get worse?"""

from __future__ import annotations

import streamlit as st

from components.coverage.charts import calendar_chart, tilted_view
from components.coverage.gap_panels import (
    gap_bars,
    gap_map,
    lapse_panel,
    missing_table,
    named_gaps,
    reliance_panel,
    thin_table,
)
from components.coverage.panels import area_card, headline
from components.page.context import PageContext, PageEntry
from components.page.direct import run_app
from components.paper.panels import for_paper
from provision.coverage.need import gaps as gaps_of
from provision.coverage.need import women_by_status
from provision.coverage.status import coverage
from provision.text.headings import gap_heading


def page(context: PageContext) -> None:
    """What is missing: on a map, ranked, and as tables."""
    record, query = context.record, context.query
    table = coverage(record, query.on)
    women = women_by_status(record, table, record.file.region.scope_minimum_age)
    heading = gap_heading(record, table, women, query.on)
    headline(context, heading)

    found = gaps_of(record, query.on, query.need)
    left, right = st.container(key="sheet").columns([7, 5], gap="medium")
    with left:
        gap_map(record, query, str(heading))
    with right:
        if query.area:
            area_card(record, query, table, onward=True)
        gap_bars(record, query, found)
    missing_table(record, query, found)
    thin_table(record, query, found)
    left, right = st.columns(2, gap="medium")
    with left:
        named_gaps(record)
    with right:
        reliance_panel(record, table)

    lapse_panel(record)
    calendar_chart(record)
    tilted_view(record, query, table)
    for_paper("gaps")


PAGE = PageEntry("Gaps", page, controls=("on", "need", "view"), shown=("area",))

if __name__ == "__main__":  # a fresh server's first visitor can arrive here on a deep link
    run_app()
