"""The browser's own print: every row of every table is on the paper, nothing is cut off, and
nothing that can only be pressed is there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from support.looking import DESK, EVERY_PAGE, PAGES, Visits

_ROWS = (
    "() => [...document.querySelectorAll('table tbody tr')].filter(r => r.checkVisibility()).map(r"
    " => [...r.cells].map(c => c.innerText))"
)
_TOO_WIDE = (
    "() => [...document.querySelectorAll('table, svg, .card, h1, h2, h3, p, pre')].filter(e =>"
    " e.checkVisibility() && e.getBoundingClientRect().right > document.documentElement.clientWidth"
    " + 1).map(e => e.outerHTML.slice(0, 200))"
)
_PAPER = 1032  # px: A4 lying, 297 mm less two margins of 12 mm, at 96 px an inch


def printed(page: Page, folder: Path) -> str:
    """The text of the page on paper, white space drawn together."""
    page.pdf(path=folder / "page.pdf", prefer_css_page_size=True)
    text = subprocess.run(
        ["pdftotext", "-raw", folder / "page.pdf", "-"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    return squeezed(text)


def squeezed(text: str) -> str:
    """A text without its white space, which a line break on paper may add or take, and without the
    arrows of sorting."""
    return re.sub(r"[\s\u00ad\u200b▲▼↕-]", "", text)


@pytest.mark.parametrize("page_name", PAGES)
def test_a_page_on_paper(app: str, visit: Visits, page_name: str, tmp_path: Path) -> None:
    page = visit(app + PAGES[page_name])
    expect(page.get_by_role("button", name="Cite this view")).to_be_visible()
    rows: list[list[str]] = page.evaluate(_ROWS)
    text = printed(page, tmp_path)
    assert squeezed(page.locator(".headline h1").inner_text()) in text
    missing = [cell for row in rows for cell in row if squeezed(cell) not in text]
    assert missing == []
    assert f"Dataversion{page.locator('.footer code').inner_text()}" in text
    assert f"Printedfrom{squeezed(page.url)}" in text
    assert re.search(r"Page1of\d+", text)


@pytest.mark.parametrize("page_name", EVERY_PAGE)
def test_nothing_is_cut_off_and_nothing_is_there_to_press(
    app: str, visit: Visits, page_name: str
) -> None:
    page = visit(app + EVERY_PAGE[page_name], width=DESK)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": _PAPER, "height": 800})
    assert page.evaluate(_TOO_WIDE) == []
    for kind in (
        "stButton",
        "stDownloadButton",
        "stFileUploader",
        "stHeader",
        "stSidebar",
        "stToolbar",
    ):
        for found in page.get_by_test_id(kind).all():
            expect(found).to_be_hidden()
    expect(page.get_by_role("slider")).to_have_count(0)
    expect(page.get_by_role("combobox")).to_have_count(0)
    expect(page.locator(".cite")).to_be_hidden()
    expect(page.locator(".present-bar")).to_be_hidden()


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
