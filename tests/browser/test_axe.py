"""No page breaks a rule of WCAG 2.2 AA or of good practice that axe can see, light or dark, on a
desk or a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from support.looking import (
    AREA_PAGES,
    DESK,
    GREENWICH,
    PHONE,
    Visits,
    box,
    violations,
)


def test_themes_drawn_as_tiles_after_contracts_have_ended(app: str, visit: Visits) -> None:
    page = visit(
        f"{app}/intersections?themes=foreign-national,young-women&view=tiles&on=2021-04-30",
        dark=True,
    )
    assert violations(page, PHONE) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_an_area_chosen_on_the_tiles_after_a_contract_has_ended(
    app: str, visit: Visits, dark: bool
) -> None:
    page = visit(
        f"{app}/?area={GREENWICH}&view=tiles&on=2020-04-30&services=minerva-crc", dark=dark
    )
    assert violations(page, PHONE) == []


def test_an_open_list_of_boroughs(app: str, visit: Visits) -> None:
    page = visit(app)
    box(page, "Borough").click()
    expect(page.get_by_role("listbox")).to_be_visible()
    assert violations(page, DESK) == []


def test_the_tilted_map_and_the_open_sources_of_figures(app: str, visit: Visits) -> None:
    page = visit(app + AREA_PAGES["gaps"])
    page.get_by_text("Show as 3D map").click()
    expect(page.locator("#deckgl-overlay")).to_be_visible()
    assert violations(page, DESK) == []


def test_a_link_that_could_not_be_applied(app: str, visit: Visits) -> None:
    page = visit(f"{app}/?on=yesterday&colour=red")
    expect(
        page.get_by_role("status").filter(has_text="We could not use part of this link")
    ).to_be_visible()
    assert violations(page, DESK) == []
