"""What the map shows, how it is told apart, and what pointer and keyboard do on it."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from playwright.sync_api import Locator, Page, expect
from support.by_hand import (
    ALLIANCE,
    ALLIANCE_ALONE,
    CRC,
    CRC_ALONE,
    CRC_AND_ALLIANCE,
    CRC_AND_WRAP,
    IN_ALLIANCE,
    IN_WRAP,
    NONE,
    UNSTATED,
    WRAP,
)
from support.looking import (
    DESK,
    GREENWICH,
    PHONE,
    Visits,
    area,
    areas,
    colour_classes,
    date_slider,
    drawn,
    headline,
    pill,
    tab_to,
)

# Figure 2 of the source, read by hand.
OCTOBER_2018 = {
    CRC: CRC_ALONE,
    WRAP: {"Harrow"},
    ALLIANCE: ALLIANCE_ALONE,
    f"{CRC}+{WRAP}": CRC_AND_WRAP,
    f"{CRC}+{ALLIANCE}": CRC_AND_ALLIANCE,
    "none": NONE,
    "not_stated": UNSTATED,
}
Box = tuple[float, float, float, float]


def boxes(found: Locator) -> list[Box]:
    """Left, top, right and bottom of every element on screen."""
    return [
        tuple(b)
        for b in found.evaluate_all(
            "all => all.map(e => e.getBoundingClientRect()).map(r => [r.left, r.top, r.right,"
            " r.bottom])"
        )
    ]


def apart(a: Box, b: Box) -> bool:
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_every_area_is_drawn_in_the_class_that_the_source_gives_it(app: str, visit: Visits) -> None:
    page = visit(app)
    expect(areas(page)).to_have_count(33)
    assert colour_classes(page) == OCTOBER_2018


def test_the_legend_counts_boroughs_and_not_the_city(app: str, visit: Visits) -> None:
    lines = visit(app).locator(".area-legend li").all_inner_texts()
    counts = [int(found.group()) for line in lines if (found := re.search(r"(?<=:\s)\d+", line))]
    assert counts == [7, 1, 3, 1, 3, 14, 3]


def test_by_april_2020_three_boroughs_have_lapsed_and_each_absence_has_a_look_of_its_own(
    app: str, visit: Visits
) -> None:
    page = visit(f"{app}/?on=2020-03-31")
    date_slider(page).press("ArrowRight")
    drawn(page, "on=2020-04-30")
    expect(headline(page)).to_contain_text("Contract ended: Enfield, Hackney and Redbridge.")
    classes = colour_classes(page)
    assert classes["lapsed"] == CRC_ALONE
    assert classes["none"] == NONE
    assert classes["not_stated"] == UNSTATED
    assert fill(page, "none") == "none", "solid, without a hatch"
    assert hatch(page, "lapsed") != hatch(page, "not_stated")


def fill(page: Page, kind: str) -> str:
    """What lies over the colour of an area of a class: the address of a pattern, or none."""
    found = page.locator(f"svg.area-map .area[data-class={kind}] .over").first
    return str(found.get_attribute("fill"))


def hatch(page: Page, kind: str) -> str:
    """The shape of the marks that an area of a class is filled with, whatever their colour."""
    look = (
        "over => [...document.querySelector(over.getAttribute('fill').slice(4, -1)).children].map(e"
        " => e.tagName + e.getAttribute('d')).join()"
    )
    return str(page.locator(f"svg.area-map .area[data-class={kind}] .over").first.evaluate(look))


@pytest.mark.parametrize("width", [1920, DESK, PHONE])
@pytest.mark.parametrize("view", ["map", "tiles"])
def test_names_do_not_stand_on_one_another(app: str, visit: Visits, width: int, view: str) -> None:
    page = visit(f"{app}/?view={view}", width=width, height=1080)
    found = boxes(page.locator("svg.area-map .labels text"))
    assert len(found) >= (10 if width == PHONE else 32)
    frame = boxes(page.locator("svg.area-map"))[0]
    assert all(frame[0] <= left and right <= frame[2] for left, _, right, _ in found)
    # the box of a line of text is taller than its letters
    leading = 0.12 * (found[0][3] - found[0][1])
    tight = [(left, top + leading, right, bottom - leading) for left, top, right, bottom in found]
    assert all(apart(a, b) for a, b in combinations(tight, 2))


def test_a_click_opens_the_card_with_its_reasons_and_a_second_closes_it(
    app: str, visit: Visits
) -> None:
    page = visit(app)
    area(page, GREENWICH).click()
    card = page.get_by_role("region", name="Greenwich")
    expect(card.get_by_role("heading", name="Why?")).to_be_visible()
    expect(card).to_contain_text("No contract in the record names Greenwich")
    drawn(page, f"area={GREENWICH}")
    expect(page).to_have_url(f"{app}/?area={GREENWICH}")
    expect(area(page, GREENWICH)).to_have_attribute("aria-pressed", "true")
    area(page, GREENWICH).click()
    expect(card).to_have_count(0)
    expect(page).to_have_url(f"{app}/")


def test_the_keyboard_alone_chooses_and_takes_back(app: str, visit: Visits) -> None:
    page = visit(app)
    focused = page.locator("svg.area-map .area:focus")
    tab_to(page, "svg.area-map .area")
    before = boxes(focused)[0]
    first = focused.get_attribute("data-code")
    page.keyboard.press("ArrowLeft")
    assert boxes(focused)[0][0] < before[0]
    assert focused.get_attribute("data-code") != first
    code, name = (
        focused.get_attribute("data-code"),
        str(focused.get_attribute("aria-label")).partition(":")[0],
    )
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name=name)).to_be_visible()
    expect(page).to_have_url(f"{app}/?area={code}")
    expect(focused).to_have_attribute("data-code", str(code))
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{app}/")
    expect(focused).to_have_attribute("data-code", str(code))


def test_pointing_at_an_area_says_what_it_has(app: str, visit: Visits) -> None:
    page = visit(app)
    tip = page.locator(".area-tip")
    area(page, "E09000010").hover()
    expect(tip).to_be_visible()
    expect(tip).to_have_text("Enfield: covered, one-to-one support only (Minerva CRC)")
    page.mouse.move(2, 2)
    expect(tip).to_be_hidden()


def test_leaving_services_out_never_makes_a_covered_borough_one_without(
    app: str, visit: Visits
) -> None:
    page = visit(app)
    pill(page, "Minerva CRC").click()
    drawn(page, f"services={WRAP},{ALLIANCE}")
    assert colour_classes(page) == {
        WRAP: IN_WRAP,
        ALLIANCE: IN_ALLIANCE,
        "others": CRC_ALONE,
        "none": NONE,
        "not_stated": UNSTATED,
    }
    pill(page, "Minerva WrapAround").click()
    drawn(page, f"services={ALLIANCE}")
    classes = colour_classes(page)
    assert classes["none"] == NONE
    assert classes["others"] == CRC_ALONE | IN_WRAP


def test_the_tiles_are_equal_squares_that_do_not_touch(app: str, visit: Visits) -> None:
    page = visit(app)
    page.get_by_role("radio", name="Tiles").click()
    drawn(page, "view=tiles")
    found = boxes(page.locator("svg.area-map .area .base"))
    assert len(found) == 33
    sides = [side for left, top, right, bottom in found for side in (right - left, bottom - top)]
    assert max(sides) - min(sides) < 0.1
    assert all(apart(a, b) for a, b in combinations(found, 2))


def test_quick_presses_of_a_key_all_count(app: str, visit: Visits) -> None:
    page = visit(app)
    for _ in range(18):
        date_slider(page).press("ArrowRight")
    drawn(page, "on=2020-04-30")
    expect(headline(page)).to_contain_text("Date: 30 April 2020")
    expect(page).to_have_url(f"{app}/?on=2020-04-30")
