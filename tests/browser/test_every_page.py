"""Every page as it stands once it is opened, looked at in every way that changes nothing on it:
read aloud, enlarged, narrow and wide, light, dark and in high contrast, on paper, by its policy,
and last by its citations. A page is opened once for all of that."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, Response, ViewportSize, expect
from support.citing import STYLES, button, text
from support.citing import opened as cited
from support.looking import (
    BIG,
    DESK,
    EVERY_PAGE,
    PAGES,
    PHONE,
    Visitors,
    Visits,
    drawn,
    lit,
    violations,
    width_needed,
)
from support.policies import about_policies, listen

SCREENS = ("screen", "question")  # of a projector, on which nothing stands but the step
ZOOM = 2  # times; 1366 x 768 at 200 % shows as many CSS pixels as a window of half the size
_ROWS = (
    "() => [...document.querySelectorAll('table tbody tr')].filter(r => r.checkVisibility()).map(r"
    " => [...r.cells].map(c => c.innerText))"
)
_TOO_WIDE = (
    "() => [...document.querySelectorAll('table, svg, .card, h1, h2, h3, p, pre')].filter(e =>"
    " e.checkVisibility() && e.getBoundingClientRect().right > document.documentElement.clientWidth"
    " + 1).map(e => e.outerHTML.slice(0, 200))"
)
_PAPER = 1032  # px: A4 lying, 297 mm less two margins of 12 mm, at 96 px an inch


@dataclass(frozen=True)
class Standing:
    """A page that stands open: its name, the answer it came with, and what the browser said of
    it."""

    name: str
    page: Page
    answered: Response
    said: list[ConsoleMessage]


@pytest.fixture(scope="module", params=EVERY_PAGE)
def opened(request: pytest.FixtureRequest, app: str, visitors: Visitors) -> Iterator[Standing]:
    visitors.faults.clear()
    visits = Visits(visitors)
    page = visits.context().pages[0]
    said = listen(page)
    answered = page.goto(app + EVERY_PAGE[request.param])
    assert answered
    drawn(page)
    yield Standing(request.param, page, answered, said)
    visits.close()


@pytest.fixture
def standing(opened: Standing, visitors: Visitors) -> Iterator[Standing]:
    """One page after the other, each as it was when it was opened."""
    yield opened
    opened.page.emulate_media(
        media="null",
        color_scheme="light",
        reduced_motion="no-preference",
        forced_colors="none",
    )
    sized(opened.page, DESK, 768)
    assert visitors.faults == []


def sized(page: Page, width: int, height: int) -> None:
    page.set_viewport_size(ViewportSize(width=width, height=height))
    drawn(page)


def printed(page: Page, folder: Path) -> str:
    """The text of the page on paper, white space drawn together."""
    page.pdf(path=folder / "page.pdf", prefer_css_page_size=True)
    text = subprocess.run(
        ["pdftotext", "-raw", folder / "page.pdf", "-"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    return squeezed(text)


def squeezed(text: str) -> str:
    """A text without its white space, which a line break on paper may add or take, and without the
    arrows of sorting."""
    return re.sub(r"[\s\u00ad\u200b▲▼↕-]", "", text)


def test_a_screen_reader_hears_the_page_in_the_order_it_is_seen(standing: Standing) -> None:
    """One heading of the first level, before all others; levels that do not jump; navigation first;
    every control and picture named."""
    page = standing.page
    # The chart as a whole has a name; the layers that plotly puts it together from have none.
    layers = page.locator(".svg-container svg, #js-plotly-tester")
    layers.evaluate_all("all => all.forEach(layer => layer.setAttribute('aria-hidden', 'true'))")
    tree = page.locator("body").aria_snapshot()
    layers.evaluate_all("all => all.forEach(layer => layer.removeAttribute('aria-hidden'))")
    levels = [int(n) for n in re.findall(r"- '?heading .*\[level=(\d)\]", tree)]
    assert levels.count(1) == 1 and levels[0] == 1, levels
    assert all(b - a <= 1 for a, b in pairwise(levels)), levels
    assert standing.name in SCREENS or tree.index("navigation") < tree.index("[level=1]")
    nameless = re.findall(
        r"^\s*- (?:button|link|img|combobox|slider|textbox|table|radiogroup|toolbar)(?=\s*(?::|$))",
        tree,
        re.MULTILINE,
    )
    assert not nameless


def test_no_page_breaks_its_policy(standing: Standing) -> None:
    told = standing.answered.headers
    policy = dict(rule.split(" ", 1) for rule in told["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(policy["script-src"].split())
    assert "http" not in told["content-security-policy"]
    assert {
        name: told[name]
        for name in (
            "x-frame-options",
            "x-content-type-options",
            "referrer-policy",
            "cross-origin-opener-policy",
        )
    } == {
        **{"x-frame-options": "DENY", "x-content-type-options": "nosniff"},
        **{"referrer-policy": "same-origin", "cross-origin-opener-policy": "same-origin"},
    }
    assert "camera=()" in told["permissions-policy"]
    lit(standing.page, dark=True)
    drawn(standing.page)
    assert about_policies(standing.said) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_breaks_no_rule_that_axe_can_see(standing: Standing, dark: bool) -> None:
    """WCAG 2.2 AA and good practice, on a desk and on a phone; in the dark, what is about colours:
    nothing else is another then."""
    lit(standing.page, dark=dark)
    colours = True if dark else None
    found = [violations(standing.page, width, colours=colours) for width in (DESK, PHONE)]
    assert found == [[], []]


def test_axe_finds_nothing_in_a_high_contrast_theme(standing: Standing) -> None:
    standing.page.emulate_media(forced_colors="active", color_scheme="dark")
    # axe reads the page's own colours there, not the system's that are drawn.
    found = [violations(standing.page, width, colours=False) for width in (DESK, PHONE)]
    assert found == [[], []]


def test_at_200_per_cent_nothing_is_cut_off_or_lies_over_anything(standing: Standing) -> None:
    page = standing.page
    sized(page, DESK // ZOOM, 768 // ZOOM)
    assert width_needed(page) <= DESK // ZOOM
    cut = """() => [...document.querySelectorAll('.stApp button, .stApp h1, .stApp h2, .stApp a')]
      .filter(e => e.checkVisibility() && !e.closest('.table-scroller, [data-testid=stHeader], [data-testid=stSidebar], .js-plotly-plot'))
      .map(e => [e, e.getBoundingClientRect(), getComputedStyle(e).overflow])
      .filter(([e, box, over]) => box.width > 2 && (box.right > innerWidth + 1 || box.left < -1 || (over === 'hidden' && e.scrollWidth > e.clientWidth + 2)))
      .map(([e]) => e.outerHTML.slice(0, 200))"""
    assert page.evaluate(cut) == []


def test_it_does_not_scroll_sideways_on_a_phone_a_laptop_or_a_projector(standing: Standing) -> None:
    for width in (PHONE, DESK, BIG):
        sized(standing.page, width, 1080)
        assert width_needed(standing.page) <= width


def test_nothing_is_cut_off_on_paper_and_nothing_is_there_to_press(standing: Standing) -> None:
    page = standing.page
    page.emulate_media(media="print")
    page.set_viewport_size(ViewportSize(width=_PAPER, height=800))
    assert page.evaluate(_TOO_WIDE) == []
    for kind in (
        "stButton",
        "stDownloadButton",
        "stFileUploader",
        "stHeader",
        "stSidebar",
        "stToolbar",
    ):
        for found in page.get_by_test_id(kind).all():
            expect(found).to_be_hidden()
    expect(page.get_by_role("slider")).to_have_count(0)
    expect(page.get_by_role("combobox")).to_have_count(0)
    expect(page.locator(".cite")).to_be_hidden()
    expect(page.locator(".present-bar")).to_be_hidden()


@pytest.mark.parametrize("opened", PAGES, indirect=True)
def test_a_page_on_paper(standing: Standing, tmp_path: Path) -> None:
    page = standing.page
    expect(button(page)).to_be_visible()
    rows: list[list[str]] = page.evaluate(_ROWS)
    found = printed(page, tmp_path)
    assert squeezed(page.locator(".headline h1").inner_text()) in found
    missing = [cell for row in rows for cell in row if squeezed(cell) not in found]
    assert missing == []
    assert f"Dataversion{page.locator('.footer code').inner_text()}" in found
    assert f"Printedfrom{squeezed(page.url)}" in found
    assert re.search(r"Page1of\d+", found)


@pytest.mark.parametrize("opened", PAGES, indirect=True)
def test_every_page_can_be_cited(standing: Standing) -> None:
    page = cited(standing.page)
    expect(text(page, "Caption")).to_contain_text(page.locator("h1").inner_text())
    expect(text(page, "Link")).to_have_text(page.url)
    for style in STYLES:
        expect(text(page, style)).to_contain_text("Blueprint")
    today = page.evaluate("new Date().toLocaleDateString('en-CA')")
    expect(text(page, "BibTeX")).to_contain_text(f"urldate = {{{today}}}")
