"""Finding anything by its words, going there within the session, and links that are real addresses
too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect
from support.by_hand import YOUNG_WOMEN_2020
from support.looking import (
    Visits,
    colour_classes,
    drawn,
    headline,
    link,
    nav,
    stay,
    stayed,
    uncovered,
)

ONE_WAY = "Four themes point to others that do not point back"


def ask(page: Page, words: str) -> None:
    """Type words into the box and press Enter."""
    field = page.get_by_role("textbox", name="Look for a word or a name")
    field.fill(words)
    field.press("Enter")
    expect(page.locator("#found-title")).to_contain_text(f"found for “{words}”")
    drawn(page, "find=")


def results(page: Page) -> Locator:
    return page.locator("ul.found > li")


def test_a_word_finds_things_of_every_kind_and_a_result_leads_there_in_the_same_session(
    app: str, visit: Visits
) -> None:
    page = visit(f"{app}/find")
    stay(page)
    ask(page, "hibiscus")
    titles = page.get_by_role("heading", level=3).all_inner_texts()
    assert [title.partition(" (")[0] for title in titles] == [
        *(
            "Themes",
            "Contracted services",
            "Organisations",
            "Stages of the pathway",
            "Where the source disagrees with itself",
        ),
    ]
    expect(page).to_have_url(f"{app}/find?find=hibiscus")
    link(page, "Hibiscus Initiatives").click()
    drawn(page, "partners partner=hibiscus")
    expect(page.get_by_role("region", name="Hibiscus Initiatives", exact=True)).to_be_visible()
    assert stayed(page)


def test_back_from_a_result_leads_to_what_was_found(app: str, visit: Visits) -> None:
    page = visit(f"{app}/find?find=hibiscus")
    link(page, "Hibiscus Initiatives").click()
    drawn(page, "partners partner=hibiscus")
    page.go_back()
    expect(page.locator("#found-title")).to_contain_text("found for “hibiscus”")


@pytest.mark.parametrize(
    ("words", "name", "shown"),
    [
        ("enfield", "Enfield", ("borough area=E09000010", "Enfield in figures")),
        ("recall", "Recall", ("themes theme=recall", "What was said in consultation (18)")),
        (
            "wraparound",
            "Advance's Minerva WrapAround service",
            ("partners partner=service", "Leads (1)"),
        ),
        ("arrest", "Point of arrest", ("pathway stage=arrest", "Point of arrest")),
    ],
)
def test_where_results_lead(
    app: str, visit: Visits, words: str, name: str, shown: tuple[str, str]
) -> None:
    page = visit(f"{app}/find?find={words}")
    link(page, name).first.click()
    drawn(page, shown[0])
    expect(page.get_by_role("heading", name=shown[1]).first).to_be_visible()


def test_a_word_that_is_misspelt_finds_what_is_much_like_it_and_nonsense_finds_nothing(
    app: str, visit: Visits
) -> None:
    page = visit(f"{app}/find")
    ask(page, "hibiskus")
    expect(results(page).filter(has_text="Hibiscus Initiatives")).to_have_count(1)
    expect(page.get_by_text("No entry holds these words")).to_be_visible()
    ask(page, "xyzzy")
    expect(page.locator("#found-title")).to_have_text("Nothing found for “xyzzy”")
    expect(results(page)).to_have_count(0)


@pytest.mark.parametrize(
    "words",
    [
        "<img src=x onerror=window.hacked=1>",
        "![x](https://outside.example/x.png) **loud**",
        "'\"><script>window.hacked=1</script>",
        "{{7*7}} $x$ :red[red]",
    ],
)
def test_what_was_typed_stays_text(app: str, visit: Visits, words: str) -> None:
    page = visit(f"{app}/find")
    ask(page, words)
    other = visit(page.url)
    for each in (page, other):
        expect(each.locator("#found-title")).to_have_text(f"Nothing found for “{words}”")
        assert each.evaluate("window.hacked") is None
        assert each.locator("img[src=x], img[src*=outside]").count() == 0
    expect(other.get_by_role("textbox", name="Look for a word or a name")).to_have_value(words)


def disagreement(page: Page) -> Locator:
    return page.locator("#discrepancy-one-way-references")


def test_a_disagreement_is_shown_where_it_stands_among_the_sources(app: str, visit: Visits) -> None:
    page = visit(f"{app}/find?find=heading")
    stay(page)
    link(page, ONE_WAY).click()
    drawn(page, "sources ")
    expect(disagreement(page)).to_be_in_viewport()
    expect(disagreement(page)).to_be_focused()
    assert stayed(page)


def test_its_title_is_not_hidden_by_the_bar_on_top(app: str, visit: Visits) -> None:
    page = visit(f"{app}/find?find=heading")
    link(page, ONE_WAY).click()
    expect(disagreement(page)).to_be_focused()
    assert uncovered(disagreement(page).get_by_role("heading"))


def test_a_disagreement_is_shown_a_second_time_too(app: str, visit: Visits) -> None:
    page = visit(f"{app}/find?find=heading")
    for _ in range(2):
        link(page, ONE_WAY).click()
        drawn(page, "sources ")
        expect(disagreement(page)).to_be_focused()
        expect(disagreement(page)).to_be_in_viewport()
        nav(page, "Find").click()
        drawn(page, "find ")


def test_a_link_opened_beside_has_the_whole_view_and_leaves_this_one_alone(
    app: str, visit: Visits
) -> None:
    page = visit(f"{app}/themes?on=2020-04-30&services=minerva-wraparound")
    with page.context.expect_page() as opened:
        link(page, "Young women and care leavers").click(modifiers=["ControlOrMeta"])
    other = opened.value
    drawn(other, "themes on=2020-04-30")
    assert other.url == f"{app}/themes?on=2020-04-30&services=minerva-wraparound&theme=young-women"
    expect(headline(other)).to_contain_text("Date: 30 April 2020")
    assert colour_classes(other) == YOUNG_WOMEN_2020
    expect(page).to_have_url(f"{app}/themes?on=2020-04-30&services=minerva-wraparound")
    expect(page.get_by_role("table", name="worst first")).to_be_visible()


def test_a_link_that_is_focused_can_be_copied_with_the_whole_view(app: str, visit: Visits) -> None:
    page = visit(f"{app}/theme_maps?on=2020-04-30")
    small = page.locator(".theme-grid a").filter(has_text="Recall")
    small.focus()
    assert small.evaluate("a => a.href") == f"{app}/themes?on=2020-04-30&theme=recall"


def test_a_disagreement_opened_beside_is_shown_where_it_stands(app: str, visit: Visits) -> None:
    page = visit(f"{app}/find?find=heading")
    with page.context.expect_page() as opened:
        link(page, ONE_WAY).click(modifiers=["ControlOrMeta"])
    other = opened.value
    drawn(other, "sources ")
    assert other.url.endswith("#discrepancy-one-way-references")
    expect(disagreement(other)).to_be_in_viewport()


def test_a_link_at_the_foot_of_a_page_shows_the_new_view_from_its_top(
    app: str, visit: Visits
) -> None:
    page = visit(f"{app}/themes?theme=foreign-national")
    page.get_by_role("region", name="Related themes").get_by_role(
        "link", name="Trafficked women"
    ).click()
    drawn(page, "theme=trafficked")
    expect(headline(page)).to_contain_text("Trafficked women:")
    expect(headline(page)).to_be_in_viewport()
