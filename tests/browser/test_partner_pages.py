"""Who serves what: the diagram, its card and its table; and what there is at each stage of the
pathway."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect
from support.looking import Visits, box, drawn, headline, nav, stay, stayed, tab_to

HIBISCUS = "Hibiscus Initiatives"
# The source, read by hand: one key worker in both co-commissioned services, and expert partner of
# three themes.
TIED_TO_HIBISCUS = {
    *("Advance's Minerva WrapAround service", "South London Alliance"),
    *(
        "Black, Asian, minority ethnic and minority faith women",
        "Foreign national women",
        "Trafficked women",
    ),
}


def node(page: Page, name: str) -> Locator:
    return page.locator(".tied").get_by_role("button", name=name, exact=True)


def marked(page: Page) -> set[str]:
    return set(page.locator(".tied button.lit").all_inner_texts())


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def assert_hibiscus_is_shown(page: Page) -> None:
    expect(node(page, HIBISCUS)).to_have_attribute("aria-pressed", "true")
    assert marked(page) == {HIBISCUS, *TIED_TO_HIBISCUS}
    assert page.locator(".ties .tie.lit.partner").count() == 2
    assert page.locator(".ties .tie.lit.expert").count() == 3
    own = card(page, HIBISCUS)
    expect(own.get_by_role("heading", name="In contracted services (2)")).to_be_visible()
    expect(own.get_by_role("heading", name="Expert partner, by theme (3)")).to_be_visible()
    expect(own).to_contain_text("shared with the South London Alliance")


def test_a_click_marks_what_an_organisation_is_tied_to_and_a_second_takes_it_back(
    app: str, visit: Visits
) -> None:
    page = visit(f"{app}/partners")
    expect(headline(page)).to_contain_text(
        "In more than one: Advance, Clean Break, Hibiscus Initiatives, Housing for Women and"
        " Working Chance."
    )
    node(page, HIBISCUS).click()
    drawn(page, "partner=hibiscus")
    page.mouse.move(2, 2)
    assert_hibiscus_is_shown(page)
    expect(page).to_have_url(f"{app}/partners?partner=hibiscus")
    assert box(page, "Organisation, service or theme").input_value() == HIBISCUS
    other = visit(page.url)
    assert_hibiscus_is_shown(other)
    node(page, HIBISCUS).click()
    expect(card(page, "Choose one")).to_be_visible()
    expect(page).to_have_url(f"{app}/partners")
    page.mouse.move(2, 2)
    expect(page.locator(".tied button.lit")).to_have_count(0)


def test_pointing_shows_ties_before_anything_is_chosen(app: str, visit: Visits) -> None:
    page = visit(f"{app}/partners")
    node(page, "Recall").hover()
    assert "Recall" in marked(page) and "Advance" in marked(page) and HIBISCUS not in marked(page)
    page.mouse.move(2, 2)
    expect(page.locator(".tied button.lit")).to_have_count(0)
    expect(page).to_have_url(f"{app}/partners")


def test_the_keyboard_chooses_a_service_keeps_its_place_and_takes_it_back(
    app: str, visit: Visits
) -> None:
    page = visit(f"{app}/partners")
    focused = tab_to(page, '.tied button[data-id="service:minerva-crc"]')
    page.keyboard.press("Enter")
    drawn(page, "partner=service")
    expect(
        card(page, "Advance's Minerva CRC service").get_by_role("link", name="Advance", exact=True)
    ).to_be_visible()
    expect(focused).to_have_attribute("data-id", "service:minerva-crc")
    assert marked(page) == {"Advance's Minerva CRC service", "Advance"}
    page.keyboard.press("Space")
    expect(card(page, "Choose one")).to_be_visible()
    expect(focused).to_have_attribute("data-id", "service:minerva-crc")


def test_the_list_also_has_those_whom_no_service_names(app: str, visit: Visits) -> None:
    page = visit(f"{app}/partners")
    box(page, "Organisation, service or theme").fill("aire")
    page.get_by_role("option", name="AIRE Centre", exact=True).click()
    drawn(page, "partner=aire")
    expect(card(page, "AIRE Centre")).to_contain_text("Expert partner, by theme (2)")


def test_the_table_says_what_the_diagram_shows(app: str, visit: Visits) -> None:
    page = visit(f"{app}/partners")
    rows = {
        row[0]: row
        for row in (
            page.get_by_role("table", name="Every organisation in the record")
            .locator("tbody tr")
            .evaluate_all("rows => rows.map(row => [...row.cells].map(cell => cell.textContent))")
        )
    }
    assert len(rows) == 89
    drawn_ones = page.locator(".tied section").nth(1).get_by_role("button").all_inner_texts()
    assert len(drawn_ones) == 18
    for name in drawn_ones:
        node(page, name).hover()
        expect(node(page, name)).to_have_class("lit")
        words = " ".join(rows[name][2:5])
        for theme in marked(page) & set(
            page.locator(".tied section").nth(2).get_by_role("button").all_inner_texts()
        ):
            assert theme in words, (name, theme)


def test_a_link_of_a_card_leads_on_in_the_same_session(app: str, visit: Visits) -> None:
    page = visit(f"{app}/partners?partner=hibiscus")
    stay(page)
    card(page, HIBISCUS).get_by_role("link", name="Trafficked women").first.click()
    drawn(page, "themes theme=trafficked")
    expect(card(page, "Trafficked women")).to_be_visible()
    nav(page, "Partners").click()
    drawn(page, "partners ")
    assert_hibiscus_is_shown(page)
    assert stayed(page)


def stage_pill(page: Page, name: str) -> Locator:
    return page.get_by_role("radiogroup", name="Stage of the pathway").get_by_role(
        "radio", name=name, exact=True
    )


def test_whether_there_is_anything_at_the_point_of_arrest(app: str, visit: Visits) -> None:
    page = visit(f"{app}/pathway")
    expect(page.get_by_role("region", name="Through the gate")).to_be_visible()
    stage_pill(page, "Point of arrest").click()
    drawn(page, "stage=arrest")
    assert_arrest_is_answered(page)
    expect(page).to_have_url(f"{app}/pathway?stage=arrest")
    assert_arrest_is_answered(visit(page.url))
    stage_pill(page, "Point of arrest").click()
    expect(page.get_by_role("region", name="Through the gate")).to_be_visible()
    expect(page).to_have_url(f"{app}/pathway")


def assert_arrest_is_answered(page: Page) -> None:
    """The answer with its limits: what is for all is not for women alone, and what is for women had
    not begun."""
    expect(headline(page)).to_contain_text("Is there anything at the point of arrest?")
    answer = page.get_by_role("region", name="Point of arrest").first
    expect(answer).to_contain_text(
        "Liaison and Diversion is there for everybody in London, at levels that vary"
    )
    expect(answer).to_contain_text("a police pilot that had not begun, in places not named")
    rows = page.get_by_role("table", name="Point of arrest").get_by_role("row")
    expect(
        rows.filter(has_text="Liaison and Diversion providers").get_by_role("cell").nth(3)
    ).to_have_text("no")
    expect(
        rows.filter(has_text="Metropolitan Police Service").get_by_role("cell").nth(4)
    ).to_have_text("planned")


def test_a_stage_opens_from_its_card_in_the_same_session(app: str, visit: Visits) -> None:
    page = visit(f"{app}/pathway")
    stay(page)
    page.get_by_role("region", name="Custody").get_by_role("link").click()
    drawn(page, "stage=custody")
    expect(page.get_by_role("table", name="Custody")).to_be_visible()
    expect(stage_pill(page, "Custody")).to_be_checked()
    assert stayed(page)
