"""The browser's own print: every row of every table is on the paper, nothing is cut off, and
nothing that can only be pressed is there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from support.looking import PAGES, Visits


def test_a_long_table_says_on_every_sheet_what_its_columns_are(
    app: str, visit: Visits, tmp_path: Path
) -> None:
    page = visit(f"{app}{PAGES['what if']}&panel=months")
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "page.pdf", "-"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    sheets = [sheet for sheet in text.split("\f") if re.search(r"(?m)^ *20\d\d-\d\d +\d", sheet)]
    assert len(sheets) >= 2
    assert all(re.search(r"Month +Covered, baseline", sheet) for sheet in sheets)
