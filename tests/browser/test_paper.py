"""An author at the page of figures: chooses a view and a size, takes the figure, all figures, and
the briefing away as files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from docx import Document
from playwright.sync_api import Page, expect
from support.looking import Visits, choose, drawn, headline


def taken(page: Page, button: str, folder: Path) -> Path:
    """What a button gives to download."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.fixture
def page(app: str, visit: Visits) -> Page:
    return visit(f"{app}/paper?on=2020-04-01&hubs=E09000003")


def test_a_figure_shows_what_was_chosen_and_is_taken_as_a_file(page: Page, tmp_path: Path) -> None:
    choose(page, "Figure", "Theme: Young women and care leavers")
    expect(headline(page)).to_contain_text("Young women and care leavers")
    expect(page.get_by_role("img", name="Young women and care leavers").last).to_be_visible()
    page.get_by_role("radiogroup", name="Size").get_by_role("radio", name="Column").click()
    expect(page.locator("figure.paper img")).to_have_attribute("width", "620")
    drawn(page)
    path = taken(page, "Figure (SVG)", tmp_path)
    assert path.name.startswith("theme-young-women-2020-04-01-column-")
    root = ElementTree.parse(path).getroot()
    assert "Young women and care leavers" in "".join(root.itertext())


def test_the_view_that_a_reader_came_from_is_the_one_that_is_shown(app: str, visit: Visits) -> None:
    page = visit(f"{app}/scenario?hubs=E09000003")
    page.get_by_role("link", name="This view as a figure").click()
    drawn(page, "paper ")
    expect(headline(page)).to_contain_text("With a hub in Barnet")


def test_a_link_opens_the_figure_of_what_it_asks_for(app: str, visit: Visits) -> None:
    for query, words in {
        "theme=young-women": "Young women and care leavers",
        "hubs=E09000003": "With a hub in Barnet",
        "figure=difference&hubs=E09000003": "A alone covers Barnet",
        "on=2020-04-01": "21 of London's 32",
        "figure=gaps&size=slide": "735,258 women",
    }.items():
        page = visit(f"{app}/paper?{query}")
        expect(headline(page)).to_contain_text(words)
        expect(page).to_have_url(re.compile(re.escape(query).replace("hubs", "(v=1&)?hubs") + "$"))


def test_the_address_leads_to_the_figure_that_was_chosen(page: Page, visit: Visits) -> None:
    choose(page, "Figure", "Theme: Recall")
    drawn(page, "figure=theme")
    page.get_by_role("radiogroup", name="Size").get_by_role("radio", name="Slide").click()
    drawn(page, "size=slide")
    other = visit(page.url)
    mine = headline(page).inner_text()
    expect(headline(other)).to_have_text(mine, use_inner_text=True)
    expect(other.locator("figure.paper img")).to_have_attribute("width", "1280")
    page.reload()
    expect(headline(page)).to_contain_text("Recall")
    expect(page.get_by_role("combobox", name="Figure")).to_have_value("Theme: Recall")


def test_on_paper_there_is_the_figure_and_no_heading_of_what_cannot_be_pressed_there(
    page: Page,
) -> None:
    for heading in ("All figures in one file", "The whole briefing"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page.emulate_media(media="print")
    for heading in ("All figures in one file", "The whole briefing"):
        expect(page.get_by_text(heading)).to_be_hidden()
    expect(page.get_by_text("Alt text", exact=True).filter(visible=True)).to_have_count(0)
    expect(page.locator("figure.paper img")).to_be_visible()


def test_what_is_cited_is_the_figure_that_is_shown(page: Page) -> None:
    choose(page, "Figure", "Theme: Recall")
    drawn(page, "figure=theme")
    page.get_by_role("button", name="Share or cite").click()
    caption = page.get_by_role("region", name="Caption", exact=True)
    expect(caption).to_contain_text("Recall: where contracts reach: London")
    expect(caption).to_contain_text("page 36")
    expect(caption).not_to_contain_text("Appendix B")


def test_all_figures_in_one_file(page: Page, tmp_path: Path) -> None:
    page.get_by_role("button", name="Make the pack").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_role("button", name="Download the pack")).to_be_visible()
    with ZipFile(taken(page, "Download the pack", tmp_path)) as packed:
        names = packed.namelist()
        manifest = json.loads(packed.read(next(n for n in names if n.endswith("manifest.json"))))
    assert (
        any(n.endswith("index.html") for n in names) and sum(n.endswith(".svg") for n in names) >= 9
    )
    assert "on=2020-04-01" in json.dumps(manifest) and "hubs=E09000003" in json.dumps(manifest)


def test_the_briefing_for_word(page: Page, tmp_path: Path) -> None:
    found = Document(str(taken(page, "Word", tmp_path)))
    assert any("21 of London's 32 boroughs" in p.text for p in found.paragraphs)
    assert any(p.style is not None and p.style.name.startswith("Heading") for p in found.paragraphs)
