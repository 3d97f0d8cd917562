"""Where does a contract reach, for every theme at once? All maps small, under one legend."""

from __future__ import annotations

from components.coverage.panels import headline
from components.page.context import PageContext, PageEntry
from components.page.direct import run_app
from components.paper.downloads import tables_to_download
from components.paper.panels import for_paper
from components.themes.grid import grid_table, theme_grid
from components.themes.panels import no_themes
from provision.export.themes import all_reach_rows
from provision.text.themes import reach_heading


def page(context: PageContext) -> None:
    """Small maps of all themes."""
    record, query = context.record, context.query
    if not record.themes:
        no_themes(context)
        return
    headline(context, reach_heading(record, query.on))
    theme_grid(record, query)
    grid_table(record, query)
    tables_to_download(
        record,
        [
            (
                "Every theme by area",
                f"themes-by-area-{query.on}",
                lambda: all_reach_rows(record, query.on),
            )
        ],
    )
    for_paper("theme", "Each theme")


PAGE = PageEntry("Theme maps", page, controls=("on", "view"))

if __name__ == "__main__":  # a fresh server's first visitor can arrive here on a deep link
    run_app()
