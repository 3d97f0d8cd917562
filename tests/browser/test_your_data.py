"""Your data in a browser: from two files to a map, a mark on every page, and a folder to take
away."""

from __future__ import annotations

import zipfile

from playwright.sync_api import Page, expect
from support.looking import (
    DESK,
    PHONE,
    Visits,
    areas,
    drawn,
    headline,
    lit,
    nav,
    violations,
    width_needed,
)
from support.own_files import LIST, OUTLINES

MARK = "Your data, not published"


def bring(page: Page, kind: int, name: str, raw: bytes) -> None:
    """Choose a file for one of the three steps."""
    page.locator("input[type=file]").nth(kind).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": raw}
    )


def brought(app: str, visit: Visits, width: int = DESK) -> Page:
    page = visit(f"{app}/your_data", width=width)
    bring(page, 0, "vale.geojson", OUTLINES)
    expect(areas(page)).to_have_count(3)
    bring(page, 1, "list.csv", LIST)
    expect(headline(page)).to_contain_text("1 service")
    drawn(page)
    return page


def test_two_files_make_a_map_and_a_folder_to_take_away(app: str, visit: Visits) -> None:
    page = brought(app, visit)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the folder (zip)").click()
    with zipfile.ZipFile(download.value.path()) as folder:
        names = {name.rpartition("/")[2] for name in folder.namelist()}
    assert names >= {"services.yaml", "boundaries.geojson", "matching.yaml"}


def test_other_pages_are_marked_and_another_visitor_sees_what_is_published(
    app: str, visit: Visits
) -> None:
    page = brought(app, visit)
    nav(page, "Gaps").click()
    drawn(page)
    expect(page.get_by_text(MARK).first).to_be_visible()
    other = visit(app)
    expect(other.get_by_text(MARK)).to_have_count(0)
    expect(areas(other)).to_have_count(33)


def test_it_breaks_no_rule_of_accessibility_empty_or_full(app: str, visit: Visits) -> None:
    page = visit(f"{app}/your_data")
    assert violations(page, DESK) == []
    page = brought(app, visit)
    assert violations(page, DESK) == []
    lit(page, dark=True)
    assert violations(page, PHONE) == []


def test_it_fits_a_phone(app: str, visit: Visits) -> None:
    page = brought(app, visit, width=PHONE)
    assert width_needed(page) <= PHONE
