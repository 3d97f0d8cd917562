"""How long the pages about themes take to answer one click or key, against an empty page in the
same run.

``python -m benchmarks.theme_changes`` prints a table and writes nothing. What is measured and how
is in ``benchmarks/README.md``. A first time is one that neither the server nor the browser has
answered before; each view that can come round again is told apart from it."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.measure import Subject, take_turns
from benchmarks.pages import EMPTY_PAGE, benchmark_pages
from benchmarks.serving import browse, serve

# rounds; a theme is new for the first fifteen, an organisation for the first eighteen
WARM, FIRST, AGAIN = 2, 12, 12
HEADLINE = 'document.querySelector(".headline").textContent'
MAP, GRID, DIAGRAM = (
    f'document.querySelector("{selector}").dataset.drawn'
    for selector in ("svg.area-map", ".grid-panel", ".tied")
)
CARD = '[...document.querySelectorAll("section.card h2")].map(h => h.textContent).join()'


def main() -> None:
    """Measure and print."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        sync_playwright() as playwright,
        ExitStack() as stack,
    ):
        browser = browse(playwright)
        pages = benchmark_pages(Path(scratch))
        empty = stack.enter_context(serve(Path(scratch) / "empty.log", pages / "empty.py"))
        app = stack.enter_context(serve(Path(scratch) / "app.log"))
        floor = EMPTY_PAGE.opened(browser, empty.url)
        subjects = [
            floor,
            theme(browser, app.url),
            pill(browser, app.url),
            date(browser, app.url),
            partner(browser, app.url),
        ]
        take_turns(subjects, WARM, FIRST + AGAIN)
        print_table(subjects)
        browser.close()


def print_table(subjects: list[Subject]) -> None:
    """Medians of the first rounds and of the rest, as times of the empty page's."""
    print(
        "| after one click or key | | median | 95 % below | times the empty page | of it, request"
        " to last frame | over the socket |"
    )
    floor = subjects[0].summary()["median"]
    for subject in subjects:
        every = subject.samples
        for words, samples in (("first", every[:FIRST]), ("later", every[FIRST:])):
            subject.samples = samples
            s = subject.summary()
            times = (
                f"{s['median']:.0f} ms | {s['p95']:.0f} ms | {s['median'] / floor:.2f} |"
                f" {s['server']:.0f} ms"
            )
            print(f"| {subject.name} | {words} | {times} | {s['bytes'] / 1000:.1f} kB |")


def theme(browser: Browser, url: str) -> Subject:
    """From each theme to the next."""
    page = _page(browser)
    subject = Subject(
        "Themes: the next theme",
        page,
        page.locator(".st-key-after button").click,
        "click",
        f"{MAP}, {HEADLINE}",
    )
    return _opened(subject, f"{url}/themes?theme=bame", "svg.area-map[data-drawn]")


def pill(browser: Browser, url: str) -> Subject:
    """Every theme is switched on, one after the other, and then off again: no choice comes
    twice."""
    page = _page(browser)
    pills = page.get_by_role("toolbar", name="Themes together").get_by_role("button")
    places = cycle(range(15))
    subject = Subject(
        "Intersections: a theme is switched",
        page,
        lambda: pills.nth(next(places)).click(),
        "click",
        f"{MAP}, {HEADLINE}",
    )
    return _opened(subject, f"{url}/intersections?themes=recall", "svg.area-map[data-drawn]")


def date(browser: Browser, url: str) -> Subject:
    """The date goes through the calendar from the first month on."""
    page = _page(browser)
    subject = Subject(
        "Theme maps: the date moves a month",
        page,
        lambda: page.keyboard.press("ArrowRight"),
        "keydown",
        f"{GRID}, {HEADLINE}",
    )
    _opened(subject, f"{url}/theme_maps", ".grid-panel[data-drawn]")
    page.get_by_role("slider").press("Home")
    page.locator('.grid-panel[data-drawn*="on=2018"]').wait_for()
    return subject


def partner(browser: Browser, url: str) -> Subject:
    """Down the column of organisations."""
    page = _page(browser)
    nodes = page.locator(".tied section").nth(1).get_by_role("button")
    places = cycle(range(18))
    subject = Subject(
        "Partners: another organisation",
        page,
        lambda: nodes.nth(next(places)).click(),
        "click",
        f"{DIAGRAM}, {CARD}",
    )
    return _opened(subject, f"{url}/partners", ".tied[data-drawn]")


def _page(browser: Browser) -> Page:
    return browser.new_context(viewport={"width": 1366, "height": 768}).new_page()


def _opened(subject: Subject, url: str, drawn: str) -> Subject:
    subject.listen()
    subject.page.goto(url)
    subject.page.locator(drawn).wait_for()
    return subject


if __name__ == "__main__":
    main()
