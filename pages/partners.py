"""Who serves what? The partnership of the contracted services, and everybody else whom the source
names."""

from __future__ import annotations

import streamlit as st

from components.coverage.panels import headline
from components.page.choosing import choose_partner
from components.page.context import PageContext, PageEntry
from components.page.direct import run_app
from components.paper.downloads import tables_to_download
from components.themes.partner_cards import partner_card
from components.themes.partners import partner_diagram, partner_facts, partner_table
from provision.export.themes import partner_rows
from provision.text.partners import partners_heading, single_partner_sentence


def page(context: PageContext) -> None:
    """The diagram, the one chosen, and the same in words."""
    record, query = context.record, context.query
    headline(
        context,
        partners_heading(record),
        single_partner_sentence(record) if record.themes else None,
    )
    left, right = st.container(key="sheet").columns([7, 3], gap="medium")
    with left:
        partner_diagram(record, query, on_choose=lambda: choose_partner("partner-diagram"))
    with right:
        partner_card(record, query)
    partner_facts(record)
    partner_table(record)
    tables_to_download(record, [("Who is tied to what", "partners", lambda: partner_rows(record))])


PAGE = PageEntry("Partners", page, controls=("partner",))

if __name__ == "__main__":  # a fresh server's first visitor can arrive here on a deep link
    run_app()
