"""Where is it? One box over services, places, themes, organisations, stages and discrepancies."""

from __future__ import annotations

from components.coverage.panels import headline
from components.page.context import PageContext, PageEntry
from components.page.direct import run_app
from components.page.find_panels import found_panel
from provision.findable import things


def page(context: PageContext) -> None:
    """The box, and what holds the words in it."""
    record, query = context.record, context.query
    headline(
        context,
        "Find a service, place, theme, organisation or disagreement",
        f"We search {len(things(record)):,} entries.",
    )
    found_panel(record, query)


PAGE = PageEntry("Find", page, controls=("find",))

if __name__ == "__main__":  # a fresh server's first visitor can arrive here on a deep link
    run_app()
