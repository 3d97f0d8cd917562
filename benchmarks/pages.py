"""The pages to compare with, and what they are served with: outlines, and the classes and sentences
that one toggle of this app gives."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page
from shapely import orient_polygons
from shapely.geometry import mapping, shape

from benchmarks.measure import RESTING, Subject, new_page
from benchmarks.report import DASH, EMPTY, FOLIUM, OUR_MAP, OURS, PLOTLY
from benchmarks.serving import ROOT, Served, running, serve
from provision.io.files import DataFiles
from provision.record import Record, load
from provision.scenarios.evaluate import Outcome, evaluate
from provision.scenarios.scenario import Hub, Scenario
from provision.symbology.scenarios import scenario_drawn
from provision.text.scenarios import outcome_heading

APPS = Path(__file__).parent / "apps"
LEAFLET = Path("/usr/share/javascript/leaflet")  # where Debian's package puts it
# Streamlit's own defaults otherwise.
SETTINGS = """server.headless = true
server.enableStaticServing = true
server.fileWatcherType = "none"
browser.gatherUsageStats = false
browser.serverAddress = "localhost"
"""
TOGGLE = '[data-testid="stCheckbox"] label'
HUBS = 8  # switches on the page of scenarios
CLASSES = '[...document.querySelectorAll("svg.area-map .area")].map(a => a.dataset.class).join()'
HEADLINE = 'document.querySelector(".headline").textContent'
FIGURES = '[...document.querySelectorAll("section.card")].map(c => c.textContent).join()'
FILLS = (
    '[...document.querySelectorAll(".choroplethlayer path")].map(p =>'
    ' p.getAttribute("fill")).join()'
)
IN_FRAME = (
    '[...(document.querySelector("iframe")?.contentDocument?.querySelectorAll("path") ?? [])].map(p'
    ' => p.getAttribute("fill")).join()'
)
STANDS = '!!document.querySelector("svg.area-map[data-drawn]")'
SENTENCE = 'document.querySelector("h1, h2").textContent'


@dataclass(frozen=True)
class Peer:
    """A page to compare. ``serving`` starts its server in the folder of pages, with a log; ``look``
    says in JavaScript what one click must change, ``drawn`` what holds once the first map is drawn;
    ``clicks`` makes the act of clicking."""

    name: str
    serving: Callable[[Path, Path], AbstractContextManager[Served]]
    look: str
    drawn: str
    clicks: Callable[[Page], Callable[[], None]]
    path: str = ""
    resting: str = RESTING

    def opened(self, browser: Browser, url: str) -> Subject:
        """The page, in a browser that has seen nothing, when its map is drawn."""
        page = new_page(browser)
        return Subject(
            self.name, page, self.clicks(page), "click", self.look, resting=self.resting
        ).opened(f"{url}{self.path}", self.drawn)


def benchmark_pages(scratch: Path) -> Path:
    """A folder with the pages to compare with; what they are served with is in ``static`` beside
    them."""
    static = scratch / "pages" / "static"
    static.mkdir(parents=True)
    for script in APPS.glob("*.py"):
        shutil.copy(script, static.parent)
    (static.parent / ".streamlit").mkdir()
    (static.parent / ".streamlit" / "config.toml").write_text(SETTINGS, encoding="utf-8")
    files = DataFiles.london()
    (static / "areas.geojson").write_text(_clockwise(files.boundaries), encoding="utf-8")
    (static / "same.json").write_text(json.dumps(_same(load(files))), encoding="utf-8")
    # Plotly asks for a map of the world before it draws its first area; an empty one will do.
    world = '{"type":"Topology","objects":{},"arcs":[]}'
    (static / "world_110m.json").write_text(world, encoding="utf-8")
    return static.parent


def add_leaflet(pages: Path) -> None:
    """Put Leaflet beside the pages, for the one that draws with it. Raises FileNotFoundError where
    it is not installed."""
    if not LEAFLET.exists():
        raise FileNotFoundError("leaflet is not installed (make bench installs it)")
    shutil.copy(LEAFLET / "leaflet.min.js", pages / "static" / "leaflet.js")
    shutil.copy(LEAFLET / "leaflet.css", pages / "static")


def _clockwise(boundaries: Path) -> str:
    """The outlines as plotly draws them: it takes the other winding, that of RFC 7946, for the
    world with a hole in it."""
    found = json.loads(boundaries.read_text(encoding="utf-8"))
    for feature in found["features"]:
        feature["geometry"] = mapping(orient_polygons(shape(feature["geometry"]), exterior_cw=True))
    return json.dumps(found)


def _same(record: Record) -> dict[str, Any]:
    """What the switches on the page of scenarios show, however they are set: the names of the hubs,
    colours by class; and for each setting (a number whose lowest bit is the first hub) the class of
    every area, as a place among the colours, and the sentence."""
    places = [
        str(code)
        for code in record.codes[~record.service_area_matrix.any(axis=1) & record.counted][:HUBS]
    ]
    settings = [
        tuple(Hub(place) for bit, place in enumerate(places) if setting >> bit & 1)
        for setting in range(2 ** len(places))
    ]
    outcomes = [evaluate(record, replace(Scenario.default(record), hubs=hubs)) for hubs in settings]
    labels = [_labels(outcome) for outcome in outcomes]
    colours = {label: fill for of in labels for label, fill in of}
    place = {label: n for n, label in enumerate(colours)}
    return {
        "hubs": [record.by_code[code].name for code in places],
        "colours": colours,
        "classes": [[place[label] for label, _ in of] for of in labels],
        "sentences": [str(outcome_heading(outcome)) for outcome in outcomes],
    }


def _labels(outcome: Outcome) -> list[tuple[str, str]]:
    """The words and the colour of each area's class."""
    drawn = scenario_drawn(outcome)
    kinds = [drawn["classes"][kind] for kind, _ in drawn["areas"]]
    return [(kind["label"], kind["fill"]) for kind in kinds]


def _streamlit(script: str) -> Callable[[Path, Path], AbstractContextManager[Served]]:
    return lambda pages, log: serve(log, pages / script)


def _switches(find: Callable[[Page], Locator]) -> Callable[[Page], Callable[[], None]]:
    """Clicks on one switch of several after the other, so that no setting comes twice."""

    def clicks(page: Page) -> Callable[[], None]:
        places = never_twice(HUBS)
        return lambda: find(page).nth(next(places)).click()

    return clicks


def never_twice(switches: int) -> Iterator[int]:
    """Which switch to turn next so that every setting of all of them comes once (a Gray code)."""
    for turn in range(1, 2**switches):
        yield (turn & -turn).bit_length() - 1


def _dash(pages: Path, log: Path) -> AbstractContextManager[Served]:
    return running(log, [sys.executable, "dash_map.py"], pages, "/_dash-layout")


def _app(pages: Path, log: Path) -> AbstractContextManager[Served]:
    return serve(log, ROOT / "app.py")


_LINE = 'document.querySelector("[data-testid=stText]")'
_PILLS = _switches(lambda page: page.get_by_role("toolbar", name="Hubs").get_by_role("button"))
_BOXES = _switches(lambda page: page.locator("#hubs label"))
_CHOROPLETH = '!!document.querySelector(".choroplethlayer path")'
EMPTY_PAGE = Peer(
    EMPTY,
    _streamlit("empty.py"),
    f"{_LINE}.textContent",
    f"!!{_LINE}",
    lambda page: page.locator(TOGGLE).click,
)
PLOTLY_PAGE = Peer(PLOTLY, _streamlit("plotly_map.py"), f"{FILLS}, {SENTENCE}", _CHOROPLETH, _PILLS)
PEERS: Sequence[Peer] = (
    EMPTY_PAGE,
    Peer(OURS, _app, f"{CLASSES}, {HEADLINE}, {FIGURES}", STANDS, _PILLS, path="/scenario"),
    Peer(DASH, _dash, f"{FILLS}, {SENTENCE}", _CHOROPLETH, _BOXES, resting="#hubs"),
    PLOTLY_PAGE,
    Peer(FOLIUM, _streamlit("folium_map.py"), f"{IN_FRAME}, {SENTENCE}", f"!!{IN_FRAME}", _PILLS),
)
# the same page, and less of it to wait for
MAP_ALONE = Peer(OUR_MAP, _app, CLASSES, STANDS, _PILLS, path="/scenario")
