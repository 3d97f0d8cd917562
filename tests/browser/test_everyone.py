"""For everybody: journeys by keyboard alone, what a screen reader is told and in which order, 200 %
zoom, reduced motion, forced colours."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from support.looking import (
    DESK,
    EVERY_PAGE,
    GREENWICH,
    PHONE,
    SCENARIO_PAGES,
    Visits,
    area,
    drawn,
    headline,
    tab_to,
    violations,
)

SCREENS = ("screen", "question")  # of a projector, on which nothing stands but the step
ZOOM = 2  # times; 1366 x 768 at 200 % shows as many CSS pixels as a window of half the size


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_by_keyboard_from_the_landing_page_to_why_greenwich_is_not_stated(
    app: str, visit: Visits
) -> None:
    """A commissioner: to the map, over it to a borough, its reasons, and on to its own page."""
    page = visit(app)
    tab_to(page, "svg.area-map .area")
    first = page.evaluate("document.activeElement.dataset.code")
    page.keyboard.press("ArrowDown")
    page.wait_for_function(
        "first => document.activeElement.dataset.code && document.activeElement.dataset.code !=="
        " first",
        arg=first,
    )
    area(page, GREENWICH).focus()
    page.keyboard.press("Enter")
    drawn(page, f"area={GREENWICH}")
    expect(page.get_by_role("heading", name="Greenwich", exact=True)).to_be_visible()
    assert page.evaluate("document.activeElement.dataset.code") == GREENWICH, (
        "the keyboard stays on the map"
    )
    tab_to(page, f'a[data-go*="area={GREENWICH}"]')
    page.keyboard.press("Enter")
    drawn(page, "borough ")
    expect(headline(page)).to_contain_text("Greenwich")


def test_by_keyboard_a_hub_goes_on_and_is_undone(app: str, visit: Visits) -> None:
    """A facilitator: the pills are one stop of the Tab key, arrows go along them, Space switches,
    Undo takes back."""
    page = visit(f"{app}/scenario")
    before = headline(page).inner_text()
    tab_to(page, '[role="toolbar"][aria-label^="Hubs"] button')
    page.keyboard.press("Space")
    drawn(page, "hubs=")
    expect(headline(page)).to_contain_text("instead of 24 to 25")
    tab_to(page, ".st-key-undo button")
    page.keyboard.press("Enter")
    expect(headline(page)).to_have_text(before, use_inner_text=True)


def test_by_keyboard_to_a_theme_and_its_sources(app: str, visit: Visits) -> None:
    """An author: to the themes, into one, down to where it is provided."""
    page = visit(app)
    tab_to(page, 'nav a[href$="themes"], [data-testid="stTopNavLink"][href$="themes"]')
    page.keyboard.press("Enter")
    drawn(page, "themes ")
    tab_to(page, 'a[data-go="themes?theme=recall"]')
    page.keyboard.press("Enter")
    drawn(page, "theme=recall")
    tab_to(page, 'nav[aria-label="Parts of this theme"] a')
    page.keyboard.press("Enter")
    expect(page.locator(".ref").first).to_be_attached()


def test_the_map_is_read_as_what_it_shows(app: str, visit: Visits) -> None:
    """The map's name is the page's sentence; every area says its name and status, in alphabetical
    or in map order, and whether it is chosen."""
    page = visit(f"{app}/?area={GREENWICH}")
    label = page.locator("svg.area-map").get_attribute("aria-label") or ""
    assert label.startswith("24 of London's 32 boroughs")
    told = (
        "all => all.map(a => ['role', 'aria-label', 'aria-pressed'].map(name =>"
        " a.getAttribute(name)))"
    )
    named = page.locator("svg.area-map .area").evaluate_all(told)
    assert len(named) == 33 and {role for role, _, _ in named} == {"button"}
    assert all(re.match(r".+: .+", said) for _, said, _ in named)
    assert [said for _, said, pressed in named if pressed == "true"] == ["Greenwich: not stated"]


def test_names_on_the_map_are_read_on_every_ground(app: str, visit: Visits) -> None:
    """Black letters with a white halo under them, whatever lies below."""
    look = (
        visit(app)
        .locator("svg.area-map text")
        .first.evaluate(
            "t => { const s = getComputedStyle(t); return [s.fill, s.stroke, s.paintOrder]; }"
        )
    )
    assert look == ["rgb(0, 0, 0)", "rgb(255, 255, 255)", "stroke"]


@pytest.mark.parametrize("name", ["what if", "question"])
def test_reduced_motion_is_honoured(app: str, visit: Visits, name: str) -> None:
    page = visit(app + EVERY_PAGE[name])
    page.emulate_media(reduced_motion="reduce")
    moving = """() => [...document.querySelectorAll('*')].map(e => getComputedStyle(e))
      .filter(s => [s.transitionDuration, s.animationDuration].some(d => d.split(', ').some(t => parseFloat(t) > 0))).length"""
    assert page.evaluate(moving) == 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_high_contrast_theme_shows_what_is_chosen(app: str, visit: Visits, dark: bool) -> None:
    page = visit(f"{app}/?services=minerva-crc", dark=dark)
    page.emulate_media(forced_colors="active", color_scheme="dark" if dark else "light")
    pills = page.get_by_role("toolbar", name="Services shown").get_by_role("button")
    outlines = {
        b.inner_text(): b.evaluate("e => getComputedStyle(e).outlineStyle") for b in pills.all()
    }
    assert outlines == {
        "Minerva CRC": "solid",
        "Minerva WrapAround": "none",
        "South London Alliance": "none",
    }
    fills = page.locator("svg.area-map .base").evaluate_all(
        "all => new Set(all.map(b => getComputedStyle(b).fill)).size"
    )
    assert fills > 1, "the classes of the map keep their colours"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "panel",
    [
        "figures",
        "table",
        "best",
        "hubs",
        "contracts",
        "themes",
        "months",
        "cost",
        "compare",
        "contest",
        "files",
    ],
)
def test_axe_finds_nothing_with_a_scenario_on(
    app: str, visit: Visits, panel: str, dark: bool
) -> None:
    page = visit(f"{app}{SCENARIO_PAGES['what if']}&panel={panel}&b=hubs%3DE09000006", dark=dark)
    expect(headline(page)).to_contain_text("would be covered")
    assert violations(page, DESK if dark else PHONE) == []
