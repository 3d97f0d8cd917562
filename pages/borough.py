"""What does one borough have, until when, and what stands around it?"""

from __future__ import annotations

import streamlit as st

from components.coverage.area_map import area_map
from components.coverage.area_panels import (
    area_change_panel,
    area_download,
    area_services,
    figures_table,
    neighbours_table,
)
from components.coverage.panels import area_card, headline
from components.page.choosing import choose_area, step_area
from components.page.context import PageContext, PageEntry
from components.page.direct import run_app
from components.paper.panels import for_paper
from components.themes.panels import themes_here
from provision.coverage.status import coverage as coverage_of
from provision.symbology.coverage import coverage_drawn
from provision.text.headings import area_heading


def page(context: PageContext) -> None:
    """One area's own page; the map asks for one where none is chosen."""
    if context.query.area is None:
        _ask_for_one(context)
    else:
        _one_area(context, context.query.area)


def _ask_for_one(context: PageContext) -> None:
    record, query = context.record, context.query
    area = record.file.region.area
    headline(context, f"Choose a {area} from the list or on the map")
    area_map(
        record,
        query,
        coverage_drawn(record, query),
        f"Choose a {area}.",
        on_choose=lambda: choose_area("map-choose"),
        key="map-choose",
    )


def _one_area(context: PageContext, code: str) -> None:
    record, query = context.record, context.query
    table = coverage_of(record, query.on)
    headline(context, area_heading(record, table, code, query.on))
    step_area(record)
    left, right = st.container(key="sheet").columns(2, gap="medium")
    with left:
        area_card(record, query, table)
        area_change_panel(record, query)
    with right:
        area_map(
            record,
            query,
            coverage_drawn(record, query),
            record.by_code[code].name,
            on_choose=lambda: choose_area("map-area"),
            key="map-area",
        )
    area_services(record, query)
    themes_here(record, query)
    figures_table(record, query)
    neighbours_table(record, query, table)
    area_download(record, query)
    figure = "tiles" if query.view == "tiles" else "coverage"
    for_paper(figure, f"The map of all {record.file.region.areas}")


PAGE = PageEntry(
    "Borough",
    page,
    controls=("on", "services", "view", "area"),
    named=lambda record: record.file.region.area.capitalize(),
)

if __name__ == "__main__":  # a fresh server's first visitor can arrive here on a deep link
    run_app()
