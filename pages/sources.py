"""Says who? Every source, every disagreement in them, and the data itself."""

from __future__ import annotations

import streamlit as st

from components.checker import check_your_own
from components.direct import run_app
from components.downloads import data_files, data_tables
from components.panels import headline
from components.source_panels import discrepancies_panel, sources_panel
from components.view import Seen


def page(seen: Seen) -> None:
    """Sources, discrepancies, data."""
    record = seen.record
    file = record.file
    headline(
        seen,
        f"Every figure here comes from {len(file.sources)} documents and {len(record.indicators)} published figures; "
        f"in {len(file.discrepancies)} places the source disagrees with itself or leaves something out",
        f"Data version {record.version}: a hash of all input files. Two pages with the same version show the same data.",
    )
    sources_panel(record)
    discrepancies_panel(record)
    data_tables(record)
    data_files(record, seen.query)
    st.divider()
    check_your_own(record)


if __name__ == "__main__":  # a fresh server's first visitor can arrive here on a deep link
    run_app()
