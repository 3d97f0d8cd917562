"""Which boroughs have a contracted service, which programme, and on what basis? The Blueprint's
Figures 1 and 2."""

from __future__ import annotations

import streamlit as st

from components.coverage.area_map import area_map
from components.coverage.panels import (
    area_card,
    counts_card,
    figure_2,
    headline,
    other_provision,
    services_by_area,
)
from components.page.choosing import choose_area
from components.page.context import PageContext, PageEntry
from components.page.direct import run_app
from components.paper.panels import for_paper
from provision.coverage.status import coverage as coverage_of
from provision.symbology.coverage import coverage_drawn
from provision.text.coverage import filtered_headline
from provision.text.headings import coverage_heading


def page(context: PageContext) -> None:
    """The landing page."""
    record, query = context.record, context.query
    table = coverage_of(record, query.on)
    heading = coverage_heading(record, table, query.on)
    note = filtered_headline(record, table, query.on, query.services) if query.services else None
    headline(context, heading, note)

    left, right = st.container(key="sheet").columns([7, 3], gap="medium")
    with left:
        area_map(
            record,
            query,
            coverage_drawn(record, query),
            note or str(heading),
            on_choose=lambda: choose_area("map"),
            key="map",
        )
    with right:
        if query.area:
            area_card(record, query, table, onward=True)
        counts_card(record, query)

    figure_2(record)
    services_by_area(
        record,
        query,
        f"The same as a table: services by {record.file.region.area}, on the date chosen above",
    )
    other_provision(record)
    for_paper("tiles" if query.view == "tiles" else "coverage")


PAGE = PageEntry("Coverage", page, controls=("on", "services", "view", "area"))

if __name__ == "__main__":  # a fresh server's first visitor can arrive here on a deep link
    run_app()
