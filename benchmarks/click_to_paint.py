"""How long a click takes to show, against an empty page and the plainest plotly map; and how long a
start takes to the first map.

``python -m benchmarks.click_to_paint`` prints a table and writes it to
``benchmarks/click_to_paint.md``. All pages are measured in turn in one run of one browser, so that
whatever slows the machine slows all of them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from benchmarks.measure import Subject, new_page, start, take_turns
from benchmarks.pages import EMPTY_PAGE, HEADLINE, PLOTLY_PAGE, STANDS, benchmark_pages
from benchmarks.report import machine, today, versions
from benchmarks.serving import browse, serve

ROUNDS, WARM, STARTS = 30, 4, 5
DRAWN = 'document.querySelector("svg.area-map").dataset.drawn'
TEXT = """# Click to paint

Written by `python -m benchmarks.click_to_paint` (`make bench`) on {day}; do not edit.

{machine}, load {load:.1f} before the run. {versions}, Chromium {chromium}.

How it is measured is in [README.md](README.md), where this app stands beside its peers.

| after one click or key | median | 95 % below | times the empty page | of it, request to last frame | over the socket |
|---|---:|---:|---:|---:|---:|
{rows}

Start to first map: **{started:.1f} s** (median of {starts}), of which {up:.1f} s until the server answers.

- {rounds} samples a page. What must change: the empty page's line; map and sentence of the plotly page; this app's map, and for the date
  its sentence too.
- Every month is new to the browser; a service that is switched on again is not, and what the browser still holds is not sent again.
- *Start* is that of `python -m streamlit run app.py`.

Our aim: the date answers within 1.5 times the empty page's toggle, and the first map stands within 4 s of the start.
"""


def main() -> None:
    """Measure, print, write."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        scratch, browser = Path(folder), browse(playwright)
        subjects = _clicks(browser, scratch)
        starts = [
            start(lambda: serve(scratch / "start.log"), browser, "", STANDS)
            for _ in range(1 + STARTS)
        ][1:]
        text = _page(subjects, starts, browser.version, load)
        browser.close()
    print(text)
    (Path(__file__).parent / "click_to_paint.md").write_text(text, encoding="utf-8")


def _clicks(browser: Browser, scratch: Path) -> Sequence[Subject]:
    pages = benchmark_pages(scratch)
    with ExitStack() as stack:
        empty, plotly = (
            stack.enter_context(peer.serving(pages, scratch / f"{i}.log"))
            for i, peer in enumerate((EMPTY_PAGE, PLOTLY_PAGE))
        )
        app = stack.enter_context(serve(scratch / "app.log"))
        subjects = [
            EMPTY_PAGE.opened(browser, empty.url),
            PLOTLY_PAGE.opened(browser, plotly.url),
            _date(browser, app.url),
            _pill(browser, app.url),
        ]
        take_turns(subjects, WARM, ROUNDS)
        for subject in subjects:
            subject.page.context.close()
    return subjects


def _date(browser: Browser, url: str) -> Subject:
    """The date goes through the calendar from the first month on, so that every answer is new to
    the browser."""
    page = new_page(browser)
    subject = Subject(
        "This app: the date moves a month",
        page,
        lambda: page.keyboard.press("ArrowRight"),
        "keydown",
        f"{DRAWN}, {HEADLINE}",
    )
    subject.opened(url, STANDS)
    page.get_by_role("slider").press("Home")
    page.locator('html[data-view*="on=2018"]').wait_for(state="attached")
    return subject


def _pill(browser: Browser, url: str) -> Subject:
    page = new_page(browser)
    pill = page.get_by_role("toolbar", name="Services shown").get_by_role(
        "button", name="Minerva CRC", exact=True
    )
    return Subject("This app: a service is switched", page, pill.click, "click", DRAWN).opened(
        url, STANDS
    )


def _page(
    subjects: Sequence[Subject], starts: Sequence[tuple[float, float]], chromium: str, load: float
) -> str:
    clicks = {subject.name: subject.summary() for subject in subjects}
    floor = next(iter(clicks.values()))["median"]
    rows = [
        f"| {name} | {s['median']:.0f} ms | {s['p95']:.0f} ms | {s['median'] / floor:.2f} |"
        f" {s['server']:.0f} ms | {s['bytes'] / 1000:.1f} kB |"
        for name, s in clicks.items()
    ]
    up, started = (median(times) for times in zip(*starts, strict=True))
    facts = {
        "day": today(),
        "machine": machine(),
        "versions": versions("streamlit", "plotly"),
        "chromium": chromium,
        "load": load,
    }
    return TEXT.format(
        **facts, rows="\n".join(rows), started=started, up=up, starts=STARTS, rounds=ROUNDS
    )


if __name__ == "__main__":
    main()
