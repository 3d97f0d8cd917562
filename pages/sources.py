"""Says who? Every source, every disagreement in them, and the data itself."""

from __future__ import annotations

from components.coverage.panels import headline
from components.data.checker import check_your_own
from components.data.source_panels import (
    accessibility_panel,
    contents,
    discrepancies_panel,
    sources_panel,
)
from components.data.versions import compare_versions
from components.page.context import PageContext, PageEntry
from components.page.direct import run_app
from components.paper.downloads import data_files, data_tables
from provision.text.headings import Heading


def page(context: PageContext) -> None:
    """Sources, discrepancies, data."""
    record = context.record
    file = record.file
    heading = Heading(
        f"{len(file.sources)} documents and {len(record.indicators)} published figures",
        f"In {len(record.discrepancies)} places the source disagrees with itself or leaves"
        f" something out. Data version {record.version}.",
    )
    headline(context, heading, "Two pages with the same data version show the same data.")
    contents()
    discrepancies_panel(record)
    sources_panel(record)
    data_tables(record)
    data_files(record, context.query)
    check_your_own(record)
    compare_versions(record)
    accessibility_panel()


PAGE = PageEntry("Sources and data", page, controls=("on",))

if __name__ == "__main__":  # a fresh server's first visitor can arrive here on a deep link
    run_app()
