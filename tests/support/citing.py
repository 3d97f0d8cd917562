"""The citations of a view, which every page has at its foot."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

STYLES = (
    "Author-date (Harvard)",
    "APA",
    "Numbered (Vancouver)",
    "Footnotes (as in OSCOLA)",
    "BibTeX",
    "RIS",
)


def button(page: Page) -> Locator:
    return page.get_by_role("button", name="Share or cite")


def opened(page: Page) -> Page:
    button(page).click()
    expect(text(page, "RIS")).to_be_visible()
    return page


def text(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)
