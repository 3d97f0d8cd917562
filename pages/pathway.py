"""What is there beyond the map, from arrest to the community, and how far does it reach?"""

from __future__ import annotations

from components.coverage.panels import headline
from components.page.context import PageContext, PageEntry
from components.page.direct import run_app
from components.paper.downloads import tables_to_download
from components.themes.panels import no_themes
from components.themes.pathway import pathway_panel
from provision.export.themes import pathway_rows
from provision.text.partners import pathway_heading


def page(context: PageContext) -> None:
    """All stages, or the one chosen."""
    record, query = context.record, context.query
    if not record.themes_file.pathway:
        no_themes(context, "of the pathway")
        return
    headline(context, pathway_heading(record, query.stage))
    pathway_panel(record, query)
    tables_to_download(record, [("The pathway", "pathway", lambda: pathway_rows(record))])


PAGE = PageEntry("Pathway", page, controls=("stage",))

if __name__ == "__main__":  # a fresh server's first visitor can arrive here on a deep link
    run_app()
