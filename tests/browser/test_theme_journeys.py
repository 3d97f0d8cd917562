"""The pages about themes: the matrix, one theme with its map, all maps small, and several themes
together."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect
from support.by_hand import (
    ALL_ENDED,
    ALLIANCE,
    FOREIGN_NATIONAL,
    IN_WRAP,
    NONE,
    WRAP,
    YOUNG_AND_FOREIGN_NATIONAL,
    YOUNG_WOMEN,
    YOUNG_WOMEN_2020,
)
from support.looking import (
    BIG,
    DESK,
    PHONE,
    Visits,
    area,
    areas,
    box,
    choose,
    colour_classes,
    date_slider,
    drawn,
    go,
    headline,
    link,
    nav,
    stay,
    stayed,
    tab_to,
    theme_pill,
)

from provision.record import Record

WORST_FIRST = [
    *("Black, Asian, minority ethnic and minority faith women", "Recall", "LGBT women"),
    *("Exploitation and gangs", "Prostitution", "Trafficked women", "Foreign national women"),
    *("Young women and care leavers", "Domestic abuse and sexual abuse"),
    *(
        "Accommodation and resettlement",
        "Children and families",
        "Drug and alcohol treatment",
        "Education, training and employment",
    ),
    *("Mental health and learning disability", "Poverty and debt"),
]
YOUNG = "Young women and care leavers"


def matrix(page: Page) -> Locator:
    return page.get_by_role("table", name="worst first")


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def test_the_matrix_has_every_theme_worst_first_and_sorts(app: str, visit: Visits) -> None:
    page = visit(f"{app}/themes")
    names = matrix(page).get_by_role("rowheader")
    assert names.all_inner_texts() == WORST_FIRST
    expect(headline(page)).to_contain_text("little or no provision for 3 of 15 themes")
    header = matrix(page).get_by_role("columnheader", name="Boroughs")
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    cells = header.evaluate(
        "th => [...th.closest('table').tBodies[0].rows].map(row =>"
        " row.cells[th.cellIndex].textContent)"
    )
    assert cells[-9:] == ["15", "21, no target", *["21"] * 7]
    assert set(cells[:-9]) == {"cannot be mapped"}


def assert_young_women_are_shown(page: Page) -> None:
    expect(headline(page)).to_contain_text(
        "Contracts with a target reach 15 of London's 32 boroughs"
    )
    expect(card(page, YOUNG)).to_contain_text("limited or insufficient")
    expect(card(page, YOUNG)).to_contain_text(
        "70 % increase (to be confirmed), for Minerva WrapAround"
    )
    assert colour_classes(page) == YOUNG_WOMEN


def test_a_click_on_a_theme_opens_it_in_the_same_session_and_its_address_opens_it_elsewhere(
    app: str, visit: Visits
) -> None:
    page = visit(f"{app}/themes")
    stay(page)
    link(matrix(page), YOUNG).click()
    drawn(page, "themes theme=young-women")
    assert_young_women_are_shown(page)
    assert stayed(page)
    expect(page).to_have_url(f"{app}/themes?theme=young-women")
    assert box(page, "Theme").input_value() == YOUNG
    assert_young_women_are_shown(visit(page.url))
    page.get_by_role("button", name="All themes").click()
    expect(matrix(page)).to_be_visible()
    expect(page).to_have_url(f"{app}/themes")


def test_the_keyboard_opens_a_theme(app: str, visit: Visits) -> None:
    page = visit(f"{app}/themes")
    stay(page)
    tab_to(page, 'a[data-go="themes?theme=foreign-national"]')
    page.keyboard.press("Enter")
    drawn(page, "themes theme=foreign-national")
    expect(headline(page)).to_contain_text(
        "Contracts without a target reach 21 of London's 32 boroughs"
    )
    assert colour_classes(page) == FOREIGN_NATIONAL
    assert stayed(page)


def test_the_keyboard_goes_on_to_the_next_theme(app: str, visit: Visits) -> None:
    page = visit(f"{app}/themes?theme=foreign-national")
    stay(page)
    tab_to(page, ".st-key-after button")
    page.keyboard.press("Enter")
    drawn(page, "themes theme=young-women")
    assert_young_women_are_shown(page)
    assert stayed(page)


def test_a_theme_is_chosen_from_the_list_and_taken_back_there(app: str, visit: Visits) -> None:
    page = visit(f"{app}/themes")
    choose(page, "Theme", YOUNG)
    drawn(page, "theme=young-women")
    assert_young_women_are_shown(page)
    page.get_by_role("button", name="Clear value").click()
    expect(matrix(page)).to_be_visible()


def test_back_from_a_theme_leads_to_the_page_that_led_there(
    app: str, visit: Visits, london: Record
) -> None:
    page = visit(f"{app}/theme_maps")
    page.locator(".theme-grid a").filter(has_text=YOUNG).click()
    drawn(page, "themes theme=young-women")
    page.go_back()
    expect(page.locator(".theme-grid a")).to_have_count(len(london.themes))
    page.go_forward()
    expect(card(page, YOUNG)).to_be_visible()
    drawn(page, "themes theme=young-women")


def test_back_from_a_theme_that_the_matrix_led_to_leads_to_the_matrix(
    app: str, visit: Visits
) -> None:
    page = visit(f"{app}/themes")
    link(matrix(page), YOUNG).click()
    drawn(page, "themes theme=young-women")
    page.go_back()
    expect(matrix(page)).to_be_visible()
    expect(page).to_have_url(f"{app}/themes")
    page.go_forward()
    expect(card(page, YOUNG)).to_be_visible()
    expect(page).to_have_url(f"{app}/themes?theme=young-women")


def test_a_theme_map_changes_with_the_date(app: str, visit: Visits) -> None:
    page = visit(f"{app}/themes?theme=young-women&on=2021-03-31")
    assert colour_classes(page) == YOUNG_WOMEN_2020
    date_slider(page).press("ArrowRight")
    drawn(page, "on=2021-04-30")
    assert colour_classes(page) == ALL_ENDED
    expect(headline(page)).to_contain_text(
        "reaches any of London's 32 boroughs. Contract ended: 24 boroughs."
    )


def test_an_area_of_a_theme_map_says_what_it_has_and_can_be_chosen(app: str, visit: Visits) -> None:
    page = visit(f"{app}/themes?theme=young-women")
    area(page, "E09000010").hover()
    expect(page.locator(".area-tip")).to_have_text("Enfield: no contract names this theme")
    area(page, "E09000010").click()
    drawn(page, "area=E09000010")
    expect(area(page, "E09000010")).to_have_attribute("aria-pressed", "true")
    expect(card(page, "Enfield")).to_contain_text(
        f"Contracts name Enfield, and none of them is named for “{YOUNG}”."
    )
    expect(page).to_have_url(f"{app}/themes?area=E09000010&theme=young-women")


def legend_beside(page: Page) -> bool:
    """Whether the legend stands to the right of the map; else it stands under it."""
    look = (
        "() => document.querySelector('.area-legend').getBoundingClientRect().left >="
        " document.querySelector('svg.area-map').getBoundingClientRect().right"
    )
    return bool(page.evaluate(look))


@pytest.mark.parametrize(
    "path", ["/themes?theme=young-women", "/intersections?themes=foreign-national,young-women"]
)
def test_maps_of_themes_have_the_extent_of_the_coverage_map(
    app: str, visit: Visits, path: str
) -> None:
    page = visit(app)
    svg = page.locator("svg.area-map")
    extent = svg.get_attribute("viewBox")
    outline = area(page, "E09000010").locator(".base").get_attribute("d")
    go(page, app + path)
    assert svg.get_attribute("viewBox") == extent
    assert area(page, "E09000010").locator(".base").get_attribute("d") == outline


@pytest.mark.parametrize(
    "path", ["/themes?theme=young-women", "/intersections?themes=foreign-national,young-women"]
)
def test_the_legend_stands_where_it_stands_on_the_coverage_map(
    app: str, visit: Visits, path: str
) -> None:
    pages = [visit(app), visit(app + path)]
    for width in (PHONE, DESK, BIG):
        for page in pages:
            page.set_viewport_size({"width": width, "height": 1080})
        here, there = (legend_beside(page) for page in pages)
        assert here == there, width


def test_all_themes_have_a_small_map_with_what_it_says_in_words(
    app: str, visit: Visits, london: Record
) -> None:
    page = visit(f"{app}/theme_maps")
    links = page.locator(".theme-grid a")
    expect(links).to_have_count(len(london.themes))
    titles = page.locator(".theme-grid .small-title").all_inner_texts()
    assert [title for title in titles if title in WORST_FIRST] == WORST_FIRST
    said = dict(zip(titles, page.locator(".theme-grid .small-said").all_inner_texts(), strict=True))
    assert [said[name] for name in WORST_FIRST[:6]] == ["cannot be mapped"] * 6
    assert said["Foreign national women"] == "21 of 32 boroughs, no target"
    assert said[YOUNG] == "15 of 32 boroughs"
    assert [said[name] for name in WORST_FIRST[8:]] == ["21 of 32 boroughs"] * 7
    expect(
        page.locator(".theme-grid a").filter(has_text="Drug and alcohol treatment")
    ).to_contain_text("London-wide")
    assert len(filled(page, YOUNG, "Minerva WrapAround: target")) == len(IN_WRAP)
    assert len(filled(page, "Recall", "No contracted service")) == len(NONE)


def filled(page: Page, theme: str, legend: str) -> list[str]:
    """The areas of a small map that have the colour of a class in the legend."""
    fill = (
        page.locator(".area-legend li")
        .filter(has_text=legend)
        .locator("rect")
        .first.get_attribute("fill")
    )
    return (
        page.locator(".theme-grid a")
        .filter(has_text=theme)
        .locator(f'use[fill="{fill}"]')
        .evaluate_all("all => all.map(use => use.getAttribute('href'))")
    )


def test_all_small_maps_are_on_one_screen_of_a_projector(app: str, visit: Visits) -> None:
    page = visit(f"{app}/theme_maps", width=BIG, height=1080)
    assert (
        page.locator(".theme-grid").evaluate("grid => grid.getBoundingClientRect().bottom") <= 1080
    )


def test_a_small_map_leads_to_its_theme_in_the_same_session(app: str, visit: Visits) -> None:
    page = visit(f"{app}/theme_maps?on=2020-04-30")
    stay(page)
    tab_to(page, '.theme-grid a[data-go="themes?theme=young-women"]')
    page.keyboard.press("Enter")
    drawn(page, "themes on=2020-04-30&theme=young-women")
    assert colour_classes(page) == YOUNG_WOMEN_2020
    assert stayed(page)
    expect(page).to_have_url(f"{app}/themes?on=2020-04-30&theme=young-women")


def test_the_date_and_the_kind_of_map_hold_for_all_small_maps(
    app: str, visit: Visits, london: Record
) -> None:
    page = visit(f"{app}/theme_maps?on=2021-03-31")
    expect(page.locator(".area-legend li").filter(has_text="target")).to_have_count(4)
    date_slider(page).press("ArrowRight")
    drawn(page, "on=2021-04-30")
    expect(page.locator(".area-legend li").filter(has_text="target")).to_have_count(0)
    assert set(page.locator(".theme-grid .small-said").all_inner_texts()) == {
        "cannot be mapped",
        "0 of 32 boroughs; ended in 24",
    }
    page.get_by_role("radio", name="Tiles").click()
    drawn(page, "view=tiles")
    expect(page.locator(".theme-grid a")).to_have_count(len(london.themes))


def test_themes_are_put_together_with_pills_and_the_link_brings_them_back(
    app: str, visit: Visits
) -> None:
    page = visit(f"{app}/intersections")
    expect(headline(page)).to_contain_text("have contracts for all 9 mapped themes")
    theme_pill(page, YOUNG).click()
    drawn(page, "themes=young-women")
    assert colour_classes(page) == {
        "all": IN_WRAP,
        "none": YOUNG_WOMEN["not_named"] | NONE,
        "not_stated": YOUNG_WOMEN["not_stated"],
    }
    theme_pill(page, "Foreign national women").click()
    drawn(page, "themes=foreign-national,young-women")
    assert_together(page)
    expect(page).to_have_url(f"{app}/intersections?themes=foreign-national,young-women")
    other = visit(page.url)
    assert_together(other)
    assert other.get_by_role("toolbar", name="Themes together").locator(
        "[aria-pressed=true]"
    ).all_inner_texts() == ["Foreign national women", YOUNG]
    theme_pill(page, "Foreign national women").click()
    drawn(page, "themes=young-women")
    expect(page).to_have_url(f"{app}/intersections?themes=young-women")


def assert_together(page: Page) -> None:
    """Greenwich could belong to any class: it widens every range."""
    expect(headline(page)).to_contain_text(
        "Contract for both: 15–16. For one: 6–7. For none: 10–11"
    )
    assert colour_classes(page) == YOUNG_AND_FOREIGN_NATIONAL
    lacking = page.get_by_role("region", name="Boroughs, October 2018")
    expect(lacking).to_contain_text(
        f"neither a contract for “Foreign national women” nor for “{YOUNG}”: Barnet"
    )
    expect(lacking).to_contain_text(
        f"Croydon, Lambeth, Lewisham, Southwark, Sutton and Wandsworth lack “{YOUNG}” and have the"
        " rest."
    )
    row = (
        page.get_by_role("table", name="The map as a table")
        .get_by_role("row")
        .filter(has_text="Enfield")
    )
    expect(row.get_by_role("cell").first).to_have_text("No contract for any of them")


def test_several_themes_after_their_contracts_have_ended(app: str, visit: Visits) -> None:
    page = visit(f"{app}/intersections?themes=foreign-national,young-women&on=2021-04-30")
    expect(areas(page)).to_have_count(33)
    assert colour_classes(page) == ALL_ENDED


def test_the_view_goes_along_between_the_pages_about_themes(app: str, visit: Visits) -> None:
    page = visit(f"{app}/themes?theme=young-women&on=2020-04-30&services={WRAP},{ALLIANCE}")
    for name, path in [
        ("Theme maps", "theme_maps"),
        ("Intersections", "intersections"),
        ("Partners", "partners"),
        ("Themes", "themes"),
    ]:
        nav(page, name).click()
        drawn(page, f"{path} on=2020-04-30")
        assert page.url.startswith(f"{app}/{path}?on=2020-04-30&services={WRAP},{ALLIANCE}")
    expect(card(page, YOUNG)).to_be_visible()
