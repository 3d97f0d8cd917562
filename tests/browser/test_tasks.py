"""What a person new to it must be able to find: each in at most three clicks from the landing page,
counted, and then in sight."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect
from support.by_hand import CRC_ALONE, IN_ALLIANCE, NONE
from support.looking import Visits, drawn, headline, link, nav, stay, stayed, tab_to, uncovered

LITTLE_OR_NOTHING = [
    "Black, Asian, minority ethnic and minority faith women",
    "Recall",
    "LGBT women",
]
EXPERTS = [
    *(
        "AIRE Centre",
        "Bail for Immigration Detainees (BID)",
        "Hibiscus Initiatives",
        "Independent Anti-Slavery Commissioner",
    ),
    "Lammy Review implementation team (MoJ)",
]


@dataclass
class Reader:
    """Somebody on the landing page, whose clicks are counted."""

    page: Page
    clicks: int = 0

    def click(self, what: Locator, view: str) -> None:
        """Click and wait for the view that follows."""
        what.click()
        self.clicks += 1
        drawn(self.page, view)

    def theme(self, name: str, theme: str) -> None:
        """Open a theme by way of the matrix."""
        self.click(nav(self.page, "Themes"), "themes ")
        self.click(link(self.page, name), f"theme={theme}")

    def part(self, name: str) -> None:
        """Go to a part of a theme's page."""
        self.click(
            self.page.get_by_role("navigation", name="Parts of this theme").get_by_role(
                "link", name=name
            ),
            "theme=",
        )


@pytest.fixture
def reader(app: str, visit: Visits) -> Reader:
    page = visit(app)
    stay(page)
    return Reader(page)


def test_which_themes_have_little_or_nothing(reader: Reader) -> None:
    reader.click(nav(reader.page, "Themes"), "themes ")
    expect(headline(reader.page)).to_contain_text("little or no provision for 3 of 15 themes")
    marked = reader.page.locator(":is(.none-described, .little-or-none) a")
    assert marked.all_inner_texts() == LITTLE_OR_NOTHING
    for name in marked.all():
        expect(name).to_be_in_viewport(ratio=1)
    assert reader.clicks <= 3 and stayed(reader.page)


def test_who_are_the_expert_partners_for_foreign_national_women(reader: Reader) -> None:
    reader.theme("Foreign national women", "foreign-national")
    reader.part("Expert partners")
    experts = reader.page.get_by_role("region", name="Expert partners").get_by_role("listitem")
    assert [
        who.partition(":")[0].removesuffix(" (what it does is not stated)")
        for who in experts.all_inner_texts()
    ] == EXPERTS
    for expert in experts.all():
        expect(expert).to_be_in_viewport(ratio=1)
    assert reader.clicks <= 3 and stayed(reader.page)


def test_which_boroughs_lack_a_target_for_young_women(reader: Reader) -> None:
    reader.theme("Young women and care leavers", "young-women")
    expect(headline(reader.page)).to_contain_text(
        "Other contracts only: 9 boroughs. No contracted service: 7 boroughs. Not known: Greenwich."
    )
    lists = reader.page.get_by_role(
        "region", name="Young women and care leavers", exact=True
    ).get_by_role("listitem")
    listed = dict(text.partition(": ")[::2] for text in lists.all_inner_texts())
    lack = [listed["No contract names this theme"], listed["No contracted service"]]
    assert [set(names.removesuffix(".").replace(" and ", ", ").split(", ")) for names in lack] == [
        CRC_ALONE | IN_ALLIANCE,
        NONE,
    ]
    assert listed["Not stated"] == "Greenwich."
    expect(lists.filter(has_text="Croydon")).to_be_visible()
    assert reader.clicks <= 3 and stayed(reader.page)


def test_what_was_said_in_consultation_about_recall(reader: Reader) -> None:
    reader.theme("Recall", "recall")
    reader.part("Consultation")
    said = reader.page.get_by_role("region", name="What was said in consultation (18)").get_by_role(
        "listitem"
    )
    expect(said).to_have_count(18)
    expect(said.first).to_contain_text(
        "Promise the same service for recall as is asked for pre-sentence reports."
    )
    expect(said.first).to_be_in_viewport(ratio=1)
    assert reader.clicks <= 3 and stayed(reader.page)


def test_the_heading_of_a_part_is_not_hidden_by_the_bar_on_top(app: str, visit: Visits) -> None:
    page = visit(f"{app}/themes?theme=recall")
    page.get_by_role("navigation", name="Parts of this theme").get_by_role(
        "link", name="Consultation"
    ).click()
    heading = page.get_by_role("heading", name="What was said in consultation")
    expect(heading).to_be_in_viewport()
    assert uncovered(heading)


def test_the_keyboard_alone_leads_to_what_was_said(app: str, visit: Visits) -> None:
    page = visit(app)
    stay(page)
    tab_to(page, '[data-testid="stTopNavLink"][href$="/themes"]')
    page.keyboard.press("Enter")
    drawn(page, "themes ")
    tab_to(page, 'a[data-go="themes?theme=recall"]')
    page.keyboard.press("Enter")
    drawn(page, "theme=recall")
    tab_to(page, 'a[href="#feedback-title"]')
    page.keyboard.press("Enter")
    expect(page.get_by_text("What is a recall of 14 or 28 days for?")).to_be_in_viewport()
    assert stayed(page)
