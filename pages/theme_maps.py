"""Where does a contract reach, for every theme at once? All maps small, under one legend."""

from __future__ import annotations

from components.coverage.panels import headline
from components.page.direct import run_app
from components.page.view import Seen
from components.paper.downloads import tables_to_download
from components.paper.panels import for_paper
from components.themes.panels import grid_table, no_themes, theme_grid
from provision.export.themes import all_reach_rows
from provision.text.themes import reach_headline


def page(seen: Seen) -> None:
    """Small maps of all themes."""
    record, query = seen.record, seen.query
    if not record.themes:
        no_themes(seen)
        return
    headline(seen, reach_headline(record, query.on))
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


if __name__ == "__main__":  # a fresh server's first visitor can arrive here on a deep link
    run_app()
