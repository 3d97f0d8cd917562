"""Where is there nothing, or little, how many women does it concern, and when does it get worse?"""

from __future__ import annotations

import streamlit as st

from components.coverage.charts import calendar_chart, tilted_view
from components.coverage.gap_panels import (
    gap_table,
    gap_words,
    lapse_panel,
    named_gaps,
    reliance_panel,
)
from components.coverage.panels import headline
from components.page.context import PageContext, PageEntry
from components.page.direct import run_app
from components.paper.panels import for_paper
from provision.coverage.need import gaps as gaps_of
from provision.coverage.need import women_by_status
from provision.coverage.status import coverage
from provision.text.coverage import gap_headline


def page(context: PageContext) -> None:
    """The gaps, ranked."""
    record, query = context.record, context.query
    table = coverage(record, query.on)
    women = women_by_status(record, table, record.file.region.scope_minimum_age)
    headline(context, gap_headline(record, table, women, query.on), gap_words(record, query))

    found = gaps_of(record, query.on, query.need)
    gap_table(record, query, found)
    left, right = st.columns(2, gap="medium")
    with left:
        named_gaps(record)
    with right:
        reliance_panel(record, table)

    lapse_panel(record)
    calendar_chart(record)
    tilted_view(record, query, table)
    for_paper("gaps")


PAGE = PageEntry("Gaps", page, controls=("on", "need"))

if __name__ == "__main__":  # a fresh server's first visitor can arrive here on a deep link
    run_app()
