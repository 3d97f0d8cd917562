"""What is there beyond the map, from arrest to the community, and how far does it reach?"""

from __future__ import annotations

from components.direct import run_app
from components.downloads import tables_to_download
from components.panels import headline
from components.partner_panels import pathway_panel
from components.theme_panels import no_themes
from components.view import Seen
from provision.themes.export import pathway_rows
from provision.themes.sentences import pathway_headline


def page(seen: Seen) -> None:
    """All stages, or the one chosen."""
    record, query = seen.record, seen.query
    if not record.annex.pathway:
        no_themes(seen, "of the pathway")
        return
    headline(seen, pathway_headline(record, query.stage))
    pathway_panel(record, query)
    tables_to_download(record, [("The pathway", "pathway", lambda: pathway_rows(record))])


if __name__ == "__main__":  # a fresh server's first visitor can arrive here on a deep link
    run_app()
