"""How long a hub on the page of scenarios takes to show, beside the floor of Streamlit, Dash and bare Streamlit with plotly: in one run.

``python -m benchmarks.peers`` prints a table and writes nothing. Pages take turns, so that whatever slows the machine slows all of them;
what is measured and how is in ``benchmarks/README.md``. Hubs are switched in such an order that no scenario comes twice: neither the
server nor the browser has seen any of the answers before. The map alone is measured too: it shows at the click what the server has sent
ahead, and the answer confirms it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.click_to_paint import HEADLINE, benchmark_pages, toggled
from benchmarks.measure import Subject
from benchmarks.serving import browse, running, serve

ROUNDS, WARM = 40, 4
MEDIAN, SLOWEST, LARGEST, LEVEL = 1.3, 2.0, 10_000, 1.1  # times the empty page's median; times our own; bytes over the socket; times Dash's
HUBS = 8
EMPTY, OURS, OUR_MAP = (
    "Empty Streamlit page: a toggle changes one line",
    "What if: a hub; map, sentence and figures",
    "What if: a hub; the map alone, at the click",
)
DASH, PLOTLY = "Dash: the same map and a sentence", "Bare Streamlit with plotly: the same map"
CLASSES = '[...document.querySelectorAll("svg.area-map .area")].map(a => a.dataset.class).join()'
FIGURES = '[...document.querySelectorAll("section.card")].map(c => c.textContent).join()'
FILLS = '[...document.querySelectorAll(".choroplethlayer path")].map(p => p.getAttribute("fill")).join()'


def main() -> None:
    """Measure and print."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = browse(playwright)
        subjects = _measured(browser, Path(scratch))
        browser.close()
    print("\n".join(table({s.name: s.summary() for s in subjects}, load)))


def _measured(browser: Browser, scratch: Path) -> Sequence[Subject]:
    pages = benchmark_pages(scratch)
    with ExitStack() as stack:
        empty = stack.enter_context(serve(scratch / "empty.log", pages / "empty.py"))
        plotly = stack.enter_context(serve(scratch / "plotly.log", pages / "plotly_map.py"))
        dash = stack.enter_context(running(scratch / "dash.log", [sys.executable, "dash_map.py"], pages, "/_dash-layout"))
        app = stack.enter_context(serve(scratch / "app.log"))
        subjects = [
            toggled(browser, EMPTY, empty.url, "[data-testid=stText]", "textContent"),
            _hub(browser, OURS, app.url, f"{CLASSES}, {HEADLINE}, {FIGURES}"),
            _hub(browser, OUR_MAP, app.url, CLASSES),
            _dash(browser, DASH, dash.url, f'{FILLS}, document.querySelector("#sentence").textContent'),
            toggled(browser, PLOTLY, plotly.url, ".choroplethlayer path", "getAttribute('fill')"),
        ]
        for turn in range(WARM + ROUNDS):
            for subject in subjects:
                subject.take()
                if turn < WARM:
                    subject.samples.clear()
        for subject in subjects:
            subject.page.context.close()
    return subjects


def _hub(browser: Browser, name: str, url: str, look: str) -> Subject:
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    pills = page.get_by_role("toolbar", name="Hubs").get_by_role("button")
    places = never_twice(HUBS)
    subject = Subject(name, page, lambda: pills.nth(next(places)).click(), "click", look)
    subject.listen()
    page.goto(f"{url}/scenario")
    page.locator("svg.area-map[data-drawn]").wait_for()
    return subject


def never_twice(switches: int) -> Iterator[int]:
    """Which switch to turn next so that every setting of all of them comes once (a Gray code)."""
    for turn in range(1, 2**switches):
        yield (turn & -turn).bit_length() - 1


def _dash(browser: Browser, name: str, url: str, look: str) -> Subject:
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    subject = Subject(name, page, page.locator("#switch label").click, "click", look, resting="#switch")
    subject.listen()
    page.goto(url)
    page.locator(".choroplethlayer path").first.wait_for()
    return subject


def table(found: dict[str, dict[str, float]], load: float) -> list[str]:
    """The table as Markdown, and whether the bar is met."""
    floor, ours = found[EMPTY]["median"], found[OURS]
    rows = [
        f"| {name} | {s['median']:.0f} ms | {s['p95']:.0f} ms | {s['median'] / floor:.2f} | {s['p95'] / s['median']:.2f} | {s['server']:.0f} ms "
        f"| {s['bytes'] / 1000:.1f} kB | {s['fetched'] / 1000:.1f} kB |"
        for name, s in found.items()
    ]
    bars = {
        f"median at most {MEDIAN:g} times the empty page's": (ours["median"] / floor, MEDIAN),
        f"95 % below {SLOWEST:g} times our median": (ours["p95"] / ours["median"], SLOWEST),
        "the map alone level with Dash": (found[OUR_MAP]["median"] / found[DASH]["median"], LEVEL),
        f"at most {LARGEST / 1000:g} kB over the socket": (ours["bytes"] / 1000, LARGEST / 1000),
    }
    return [
        f"{ROUNDS} samples each, {os.cpu_count()} cores, load {load:.1f} before the run.",
        "",
        "| after one click | median | 95 % below | times the empty page | 95 % to median | of it, request to last frame | over the socket | by HTTP |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
        *rows,
        "",
        *(f"- {words}: {value:.2f}, {'met' if value <= bar else 'NOT MET'}" for words, (value, bar) in bars.items()),
    ]


if __name__ == "__main__":
    main()
