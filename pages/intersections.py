"""Where do contracts cover several themes at once, and where none of them?"""

from __future__ import annotations

import streamlit as st

from components.coverage.area_map import area_map
from components.coverage.panels import headline
from components.page.choosing import choose_area
from components.page.context import PageContext, PageEntry
from components.page.direct import run_app
from components.paper.downloads import tables_to_download
from components.themes.panels import no_themes, theme_area_card
from components.themes.together import together_card, together_table, together_words
from provision.export.together import intersect_rows
from provision.symbology.themes import together_drawn
from provision.themes.reach import named_themes


def page(context: PageContext) -> None:
    """The themes chosen; where none is, all that any contract is named for."""
    record, query = context.record, context.query
    if not record.themes:
        no_themes(context)
        return
    themes = query.themes or tuple(named_themes(record))
    heading, note = together_words(record, query, themes)
    headline(context, heading, note)
    if not themes:
        return
    left, right = st.container(key="sheet").columns([7, 3], gap="medium")
    with left:
        area_map(
            record,
            query,
            together_drawn(record, themes, query),
            str(heading),
            on_choose=lambda: choose_area("map-together"),
            key="map-together",
        )
    with right:
        theme_area_card(record, query, themes)
        together_card(record, query, themes)
    together_table(record, query, themes)
    name = f"intersection-{'-'.join(themes)[:80]}-{query.on}"
    given = [("The map", name, lambda: intersect_rows(record, themes, query.on))]
    tables_to_download(record, given)


PAGE = PageEntry("Intersections", page, controls=("on", "view", "themes"))

if __name__ == "__main__":  # a fresh server's first visitor can arrive here on a deep link
    run_app()
