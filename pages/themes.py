"""What is needed, provided and missing, theme by theme? One theme in full, with its map, or all of
them, worst first."""

from __future__ import annotations

import streamlit as st

from components.coverage.area_map import area_map
from components.coverage.panels import headline
from components.page.choosing import choose_area, step_theme
from components.page.context import PageContext, PageEntry
from components.page.direct import run_app
from components.paper.downloads import tables_to_download
from components.paper.panels import for_paper
from components.themes.board import theme_board
from components.themes.detail import cross_cutting_panel, theme_detail
from components.themes.matrix import theme_matrix
from components.themes.panels import beside_map, no_themes, reach_table, theme_area_card, theme_card
from provision.export.theme_passages import theme_passages
from provision.export.themes import reach_rows, theme_matrix_rows
from provision.schema.themes import Theme
from provision.symbology.themes import theme_drawn
from provision.text.themes import reach_heading, theme_heading, themes_heading
from provision.themes.reach import overview


def page(context: PageContext) -> None:
    """All themes, or the one chosen."""
    record, query = context.record, context.query
    if not record.themes:
        no_themes(context)
    elif query.theme is None:
        _every_theme(context)
    else:
        _one_theme(context, record.themes_by_id[query.theme])


def _every_theme(context: PageContext) -> None:
    record, query = context.record, context.query
    headline(context, themes_heading(record, query.on), str(reach_heading(record, query.on)))
    theme_board(record, query)
    theme_matrix(record, query)
    cross_cutting_panel(record)
    given = [("Themes", f"themes-{query.on}", lambda: theme_matrix_rows(record, query.on))]
    tables_to_download(record, given, query, "themes")
    for_paper("theme", "Each theme")


def _one_theme(context: PageContext, theme: Theme) -> None:
    record, query = context.record, context.query
    heading = theme_heading(record, theme, query.on)
    headline(context, heading)
    step_theme(record, [str(t) for t in overview(record, query.on).index])
    left, right = st.container(key="sheet").columns([7, 3], gap="medium")
    with left:
        area_map(
            record,
            query,
            theme_drawn(record, query),
            str(heading),
            on_choose=lambda: choose_area("map-theme"),
            key="map-theme",
        )
        beside_map(record, query)
    with right:
        theme_area_card(record, query, [theme.id])
        theme_card(record, query)
    theme_detail(record, query)
    reach_table(record, query)
    stem, of_map = f"theme-{theme.id}", f"theme-{theme.id}-map-{query.on}"
    given = [
        ("All that is said of this theme", stem, lambda: theme_passages(record, theme.id)),
        ("The map", of_map, lambda: reach_rows(record, theme.id, query.on)),
    ]
    tables_to_download(record, given)
    for_paper("theme")


PAGE = PageEntry("Themes", page, controls=("on", "theme", "view"))

if __name__ == "__main__":  # a fresh server's first visitor can arrive here on a deep link
    run_app()
