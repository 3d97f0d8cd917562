"""The address is the view: it holds what was chosen, opens it elsewhere, and goes along from page
to page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from support.looking import (
    DESK,
    GREENWICH,
    Visits,
    area,
    areas,
    box,
    choose,
    date_slider,
    drawn,
    go,
    headline,
    nav,
    pill,
)

from benchmarks.serving import serve


def shown(page: Page) -> dict[str, object]:
    """Everything on the coverage page that the link has to bring back."""
    return {
        "sentence": page.locator(".headline").inner_text(),
        "date": date_slider(page).get_attribute("aria-valuetext"),
        "services": (
            page.get_by_role("toolbar", name="Services shown")
            .locator("[aria-pressed=true]")
            .all_inner_texts()
        ),
        "view": page.get_by_role("radio", checked=True).locator("..").inner_text(),
        "area": box(page, "Borough").input_value(),
        "pressed": page.locator("svg.area-map [aria-pressed=true]").get_attribute("aria-label"),
        "card": page.get_by_role("region", name="Greenwich").inner_text(),
    }


def test_a_view_composed_by_hand_opens_the_same_elsewhere(app: str, visit: Visits) -> None:
    page = visit(f"{app}/")
    date_slider(page).press("End")
    drawn(page, "on=2021-06-30")
    pill(page, "Minerva WrapAround").click()
    drawn(page, "services=minerva-crc,south-london-alliance")
    area(page, GREENWICH).click()
    drawn(page, f"area={GREENWICH}")
    page.get_by_role("radio", name="Tiles").click()
    drawn(page, "view=tiles")
    mine = shown(page)
    assert mine["date"] == "30 June 2021"
    assert mine["services"] == ["Minerva CRC", "South London Alliance"]
    assert mine["area"] == "Greenwich"
    assert shown(visit(page.url)) == mine
    expect(page).to_have_url(
        f"{app}/?on=2021-06-30&services=minerva-crc,south-london-alliance&area={GREENWICH}&view=tiles"
    )


def test_the_measure_that_gaps_are_ranked_by_is_in_the_link_too(app: str, visit: Visits) -> None:
    page = visit(f"{app}/gaps")
    choose(page, "Ranked by", "Deprivation score")
    drawn(page, "need=imd2019_score")
    other = visit(page.url)
    assert box(other, "Ranked by").input_value() == "Deprivation score"
    names = "table.data-table tbody th"
    assert other.locator(names).all_inner_texts() == page.locator(names).all_inner_texts()


def test_the_controls_go_on_working_after_a_link_was_opened(app: str, visit: Visits) -> None:
    page = visit(f"{app}/?on=2020-01-31&area={GREENWICH}")
    for month in ("2020-02-29", "2020-03-31", "2020-04-30"):
        date_slider(page).press("ArrowRight")
        drawn(page, f"on={month}")
    expect(headline(page)).to_contain_text("Date: 30 April 2020")
    page.get_by_role("radio", name="Tiles").click()
    drawn(page, "view=tiles")
    expect(page).to_have_url(f"{app}/?on=2020-04-30&area={GREENWICH}&view=tiles")


@pytest.mark.parametrize(
    ("path", "title", "words"),
    [
        ("/gaps", "Gaps", re.compile("^What ends when$")),
        ("/borough", "Borough", re.compile("^Choose a borough")),
        (f"/borough?area={GREENWICH}", "Borough", re.compile("^Greenwich in figures$")),
        ("/sources", "Sources and data", re.compile("^Documents$")),
    ],
)
def test_the_first_visitor_of_a_server_may_come_by_a_deep_link(
    tmp_path: Path, visit: Visits, path: str, title: str, words: re.Pattern[str]
) -> None:
    with serve(tmp_path / "server.log") as served:
        page = visit(served.url + path)
        expect(page.get_by_role("heading", name=words)).to_be_visible()
        expect(nav(page, title)).to_have_attribute("aria-current", "page")
        expect(page.get_by_text("Page not found")).to_have_count(0)
        expect(page).to_have_url(served.url + path)


def test_the_view_goes_along_from_page_to_page_and_back_leads_back(app: str, visit: Visits) -> None:
    page = visit(f"{app}/")
    date_slider(page).press("ArrowRight")
    drawn(page, "on=2018-11-30")
    area(page, GREENWICH).click()
    drawn(page, f"area={GREENWICH}")
    nav(page, "Gaps").click()
    drawn(page, f"gaps on=2018-11-30&area={GREENWICH}")
    expect(headline(page)).to_contain_text("Date: 30 November 2018")
    expect(page).to_have_url(f"{app}/gaps?on=2018-11-30&area={GREENWICH}")
    nav(page, "Borough").click()
    expect(page.get_by_role("heading", name="Greenwich in figures")).to_be_visible()
    drawn(page, f"borough on=2018-11-30&area={GREENWICH}")
    page.go_back()
    expect(page.get_by_role("heading", name="What ends when")).to_be_visible()
    expect(page).to_have_url(f"{app}/gaps?on=2018-11-30&area={GREENWICH}")
    page.go_back()
    expect(headline(page)).to_contain_text(
        "have a contracted women's service Date: 30 November 2018."
    )
    expect(page).to_have_url(f"{app}/?on=2018-11-30&area={GREENWICH}")
    expect(area(page, GREENWICH)).to_have_attribute("aria-pressed", "true")


def test_back_is_pressed_once_from_where_a_link_has_led(app: str, visit: Visits) -> None:
    page = visit(f"{app}/?area={GREENWICH}")
    page.locator('a[data-go^="borough"]').first.click()
    drawn(page, f"borough area={GREENWICH}")
    page.go_back()
    expect(area(page, GREENWICH)).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(f"{app}/?area={GREENWICH}")


def test_back_leaves_the_app_however_much_was_switched(app: str, visit: Visits) -> None:
    page = visit.context(DESK).pages[0]
    page.goto("data:text/html,<title>before</title>")
    go(page, f"{app}/")
    for month in ("2018-11-30", "2018-12-31"):
        date_slider(page).press("ArrowRight")
        drawn(page, f"on={month}")
    area(page, GREENWICH).click()
    drawn(page, f"area={GREENWICH}")
    page.go_back()
    expect(page).to_have_title("before")


def test_what_a_link_asks_for_in_vain_is_said_and_the_rest_is_shown(
    app: str, visit: Visits
) -> None:
    page = visit(f"{app}/?on=2020-04-30&area=E0900001l&services=%3Cscript%3E&colour=red")
    note = page.get_by_role("status").filter(has_text="We could not use part of this link")
    expect(note.get_by_role("listitem")).to_have_count(3)
    expect(headline(page)).to_contain_text("Date: 30 April 2020")
    expect(areas(page)).to_have_count(33)


def test_the_landing_page_opens_by_its_name_too(app: str, visit: Visits) -> None:
    """Addresses in figures and papers name the page; Streamlit itself knows its default page at the
    root alone."""
    page = visit(f"{app}/coverage?on=2020-04-01")
    expect(headline(page)).to_contain_text("21 of London's 32 boroughs")
    expect(page.get_by_role("dialog")).to_have_count(0)
