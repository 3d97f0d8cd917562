"""No page breaks a rule of WCAG 2.2 AA or of good practice that axe can see, light or dark, on a desk or a phone."""

from __future__ import annotations

import pytest
from looking import DESK, GREENWICH, PAGES, PHONE, Visits, box, violations
from playwright.sync_api import expect


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page_name", PAGES)
def test_a_page(app: str, visit: Visits, page_name: str, dark: bool) -> None:
    page = visit(app + PAGES[page_name], dark=dark)
    assert violations(page, DESK) == []
    assert violations(page, PHONE) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_an_area_chosen_on_the_tiles_after_a_contract_has_ended(app: str, visit: Visits, dark: bool) -> None:
    page = visit(f"{app}/?area={GREENWICH}&view=tiles&on=2020-04-30&services=minerva-crc", dark=dark)
    assert violations(page, PHONE) == []


def test_an_open_list_of_boroughs(app: str, visit: Visits) -> None:
    page = visit(app)
    box(page, "Borough").click()
    expect(page.get_by_role("listbox")).to_be_visible()
    assert violations(page, DESK) == []


def test_the_tilted_map_and_the_open_sources_of_figures(app: str, visit: Visits) -> None:
    page = visit(app + PAGES["gaps"])
    page.get_by_text("heights on a tilted map").click()
    expect(page.locator("#deckgl-overlay")).to_be_visible()
    assert violations(page, DESK) == []


def test_a_link_that_could_not_be_applied(app: str, visit: Visits) -> None:
    page = visit(f"{app}/?on=yesterday&colour=red")
    expect(page.get_by_role("status").filter(has_text="Part of this link")).to_be_visible()
    assert violations(page, DESK) == []
