"""How long a click takes to show, against an empty page and the plainest plotly map; and how long a start takes to the first map.

``python -m benchmarks.click_to_paint`` prints a table and writes it to ``benchmarks/README.md``. All pages are measured in turn in
one run of one browser, so that whatever slows the machine slows all of them.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import Browser, sync_playwright
from shapely import orient_polygons
from shapely.geometry import mapping, shape

from benchmarks.measure import PAINTED, Subject
from benchmarks.report import Run, report
from benchmarks.serving import ROOT, browse, serve

ROUNDS, WARM, STARTS = 30, 4, 5
APPS = Path(__file__).parent / "apps"
# Streamlit's own defaults otherwise.
SETTINGS = """server.headless = true
server.enableStaticServing = true
server.fileWatcherType = "none"
browser.gatherUsageStats = false
browser.serverAddress = "localhost"
"""
TOGGLE = '[data-testid="stCheckbox"] label'
DRAWN, HEADLINE = 'document.querySelector("svg.area-map").dataset.drawn', 'document.querySelector(".headline h1").textContent'


def main() -> None:
    """Measure, print, write."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = browse(playwright)
        pages = benchmark_pages(Path(scratch))
        subjects = _clicks(browser, Path(scratch), pages)
        starts = [_start(browser, Path(scratch) / f"start-{i}.log") for i in range(STARTS + 1)][1:]
        clicks = {s.name: s.summary() for s in subjects}
        up, started = (median(times) for times in zip(*starts, strict=True))
        text = report(Run(clicks, ROUNDS, STARTS, up, started, browser.version, load))
        browser.close()
    print(text)
    (Path(__file__).parent / "README.md").write_text(text, encoding="utf-8")


def benchmark_pages(scratch: Path) -> Path:
    """The two pages to compare with, and the static files that the plotly one is served with."""
    static = scratch / "pages" / "static"
    static.mkdir(parents=True)
    for script in APPS.glob("*.py"):
        shutil.copy(script, static.parent)
    (static.parent / ".streamlit").mkdir()
    (static.parent / ".streamlit" / "config.toml").write_text(SETTINGS, encoding="utf-8")
    (static / "areas.geojson").write_text(_clockwise(ROOT / "geo" / "london_boroughs.geojson"), encoding="utf-8")
    # Plotly asks for a map of the world before it draws its first area; an empty one will do.
    world = '{"type":"Topology","objects":{},"arcs":[]}'
    (static / "world_110m.json").write_text(world, encoding="utf-8")
    return static.parent


def _clockwise(boundaries: Path) -> str:
    """The outlines as plotly draws them: it takes the other winding, that of RFC 7946, for the world with a hole in it."""
    found = json.loads(boundaries.read_text(encoding="utf-8"))
    for feature in found["features"]:
        feature["geometry"] = mapping(orient_polygons(shape(feature["geometry"]), exterior_cw=True))
    return json.dumps(found)


def _clicks(browser: Browser, scratch: Path, pages: Path) -> Sequence[Subject]:
    with ExitStack() as stack:
        empty = stack.enter_context(serve(scratch / "empty.log", pages / "empty.py"))
        plotly = stack.enter_context(serve(scratch / "plotly.log", pages / "plotly_map.py"))
        app = stack.enter_context(serve(scratch / "app.log"))
        subjects = [
            toggled(browser, "Empty page: a toggle changes one line", empty.url, "[data-testid=stText]", "textContent"),
            toggled(browser, "Plainest plotly map: a toggle recolours it", plotly.url, ".choroplethlayer path", "getAttribute('fill')"),
            _date(browser, app.url),
            _pill(browser, app.url),
        ]
        for turn in range(WARM + ROUNDS):
            for subject in subjects:
                subject.take()
                if turn < WARM:
                    subject.samples.clear()
        for subject in subjects:
            subject.page.context.close()
    return subjects


def toggled(browser: Browser, name: str, url: str, selector: str, changes: str) -> Subject:
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    subject = Subject(name, page, page.locator(TOGGLE).click, "click", f'document.querySelector("{selector}").{changes}')
    subject.listen()
    page.goto(url)
    page.locator(selector).first.wait_for()
    return subject


def _date(browser: Browser, url: str) -> Subject:
    """The date goes through the calendar from the first month on, so that every answer is new to the browser."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    subject = Subject("This app: the date moves a month", page, lambda: page.keyboard.press("ArrowRight"), "keydown", f"{DRAWN}, {HEADLINE}")
    subject.listen()
    page.goto(url)
    page.locator("svg.area-map[data-drawn]").wait_for()
    page.get_by_role("slider").press("Home")
    page.locator('html[data-view*="on=2018"]').wait_for(state="attached")
    return subject


def _pill(browser: Browser, url: str) -> Subject:
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    pill = page.get_by_role("toolbar", name="Services shown").get_by_role("button", name="Minerva CRC", exact=True)
    subject = Subject("This app: a service is switched", page, pill.click, "click", DRAWN)
    subject.listen()
    page.goto(url)
    page.locator("svg.area-map[data-drawn]").wait_for()
    return subject


def _start(browser: Browser, log: Path) -> tuple[float, float]:
    """Seconds from the command to the server's first answer, and to the first painted map in a browser that has seen nothing."""
    begun = perf_counter()
    with serve(log) as served:
        up = perf_counter() - begun
        page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        page.goto(served.url)
        page.locator("svg.area-map[data-drawn]").wait_for()
        page.evaluate(PAINTED)
        painted = perf_counter() - begun
        page.context.close()
    return up, painted


if __name__ == "__main__":
    main()
