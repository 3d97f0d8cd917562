"""What was found beside the peers, as a page of Markdown and a chart; and the line about machine
and versions that every page begins with."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

EMPTY, OURS, OUR_MAP = (
    "Empty Streamlit page: a toggle changes one line",
    "What if: a hub; map, sentence and figures",
    "What if: a hub; the map alone, at the click",
)
DASH, PLOTLY, FOLIUM = (
    "Dash: the same map and sentence",
    "Bare Streamlit with plotly: the same",
    "streamlit-folium: the same",
)
# times the empty page's median; times our own; bytes over the socket; times Dash's
MEDIAN, SLOWEST, LARGEST, LEVEL = 1.3, 2.0, 10_000, 1.1
CLOSE = 0.95  # of ours: a peer that needs more than this is level with us

TEXT = """# Benchmarks

Written by `python -m benchmarks.peers` (`make bench`) on {day}; do not edit.

{machine}, load {load:.1f} before the run. {versions}, Chromium {chromium}.

The same boroughs, classes, sentence and switch, in one run; the empty page is the floor of any answer from a Streamlit server.

| after one click | median | 95 % below | times the empty page | 95 % to median | of it, request to last frame | received: over the socket | and by HTTP |
|---|---:|---:|---:|---:|---:|---:|---:|
{clicks}

| | start to the server's first answer | to the first map | memory of the server with one session | and for each further one |
|---|---:|---:|---:|---:|
{starts}

![{alt}](peers.svg)

{bars}

## Where a peer is ahead
By more than a twentieth. What the difference is made of was profiled apart from this run, so its figures need not add up to those here.

{ahead}

## How it is measured
- In Debian's Chromium at 1366 x 768, {rounds} samples a page after a few to warm up. The pages take turns in one run of one browser, so
  that whatever slows the machine slows all of them; compare within a run, not between runs. The browser can reach nothing but this
  machine.
- *The same*: the peers draw the same outlines and, for every setting of eight hubs, the classes, colours and sentence that we give it. They
  read these from a file, where we evaluate each scenario. One hub is switched at a time, so that no setting comes twice: neither server nor
  browser has seen any answer before. Only we draw hatches, marks and labels, and only we have figures and more switches beside the map.
- *Click to paint*: in the page, from the time stamp of the click to the second animation frame after everything expected has changed: the
  empty page's line; map and sentence of the peers; map, sentence and figures of ours. *The map alone* shows what the server foretold
  with its last answer ([decision 8](../docs/decisions/0008-the-map-of-a-scenario-shows-what-the-server-foretold.md)).
- *Request to last frame*: from the first that the page sends to the last that it receives, on the browser's clock. The last frame can come
  after the paint.
- *Start*: from the command with a warm disk to the first painted map, median of {starts_each} that take turns, in a browser that is
  already running and has nothing of the page in its cache.
- *Memory*: resident memory of the server's process, on a server of its own for each page. A session is a browser window of its own that
  has switched twice and stays open; after the first few, the slope over {sessions} further ones.
- *Dash* sends a `Patch` of classes and sentence, and runs on its own server without debugging. *streamlit-folium* keeps its map and sends
  one feature group anew, as its documentation recommends; Leaflet is Debian's (1.7), from the same server, and what else folium loads
  from CDNs by default is left out, in its favour. All run on their defaults otherwise; their pages are in `apps/`.
- *Received* is counted as the browser unpacks it from the socket; by HTTP as it comes.

## More
- [click_to_paint.md](click_to_paint.md): the page of coverage, and the start of this app
- [scenarios.md](scenarios.md): the domain alone; [growth.md](growth.md): as regions grow
- [soak.md](soak.md): fifty people for ten minutes; [pair.md](pair.md): a process is killed
- [present.md](present.md): the next step on the screen of the room
- `python -m benchmarks.theme_changes` prints how long the pages about themes take
"""


@dataclass(frozen=True)
class Measured:
    """One page: the summary of its answers (:meth:`benchmarks.measure.Subject.summary`), seconds
    from the command to the server's first answer and to the first map, megabytes with one session
    and for each further one. None where it is another page's too."""

    answers: Mapping[str, float]
    up: float | None = None
    started: float | None = None
    first: float | None = None
    each: float | None = None

    @property
    def received(self) -> float:
        """Kilobytes for one answer, however they came."""
        return (self.answers["bytes"] + self.answers["fetched"]) / 1000


@dataclass(frozen=True)
class Found:
    """What one run has found, by page."""

    pages: Mapping[str, Measured]
    chromium: str
    load: float


@dataclass(frozen=True)
class Measure:
    """One thing that pages are compared by; less is better."""

    name: str
    unit: str
    of: Callable[[Measured], float | None]
    digits: int = 0

    def words(self, value: float) -> str:
        """The value with its unit, as a reader would round it."""
        return f"{value:,.{self.digits}f} {self.unit}"


MEASURES = (
    Measure("click to paint (median)", "ms", lambda m: m.answers["median"]),
    Measure("received for one answer", "kB", lambda m: m.received, 1),
    Measure("start to first map", "s", lambda m: m.started, 1),
    Measure("memory with one session", "MB", lambda m: m.first),
    Measure("memory for each further session", "MB", lambda m: m.each, 2),
)
# What the difference is made of, by measure and peer; or by measure alone, for every peer without a
# line of its own. The figures were
# profiled in November 2026, apart from the run.
AHEAD: Mapping[tuple[str, str], str] = {
    ("click to paint (median)", ""): (
        "ours is 22 messages where the empty page's and streamlit-folium's are a few; evaluating"
        " the scenario, its classes, its sentence and what the next hub would do is 3 ms of it, the"
        " rest is Streamlit's run of the fragment and the browser's drawing. Our map does not wait"
        " for it"
    ),
    ("click to paint (median)", DASH): (
        "nearly all of it is between request and last frame (in the table), where Streamlit's empty"
        " page alone takes longer than Dash's whole answer. Our map does not wait for it"
    ),
    ("received for one answer", ""): (
        "with one hub on, of 9.5 kB 2.5 are difference and figures, 2 the switches and 1.5 their"
        " containers, which Streamlit sends anew, 1.4 the map with what the next hub would do, 0.5"
        " the address, 0.4 the sentence, and 1.2 by HTTP the page's icon, which Chromium asks for"
        " again; it grows with hubs"
    ),
    ("start to first map", ""): (
        "our server imports pandas with pyarrow (0.35 s) and the pages with their schema (0.3 s)"
        " before it answers, and the first page reads and checks the record (0.2 s); slider,"
        " switches and map then have the browser load some 45 further scripts of Streamlit's, whose"
        " time was not told apart"
    ),
    ("memory with one session", ""): (
        "71 MB are pandas with pyarrow, 23 the record with its schema, 11 NumPy, 9 the pages, some"
        " 65 Streamlit itself; the rest was not told apart. The peers read classes from a file, and"
        " of them only folium brings pandas"
    ),
    ("memory for each further session", ""): (
        "0.15 MB are Python objects, spread thinly: the largest are Streamlit's component wrappers"
        " (0.02) and data frames' blocks (0.01), then the socket and the state of the widgets"
    ),
}


def machine() -> str:
    """Cores, processor and system."""
    return f"{os.cpu_count()} cores, {_processor()}, {platform.system()}"


def versions(*packages: str) -> str:
    """Python and packages with their versions."""
    return ", ".join(
        [
            f"Python {platform.python_version()}",
            *(f"{package} {version(package)}" for package in packages),
        ]
    )


def today() -> str:
    """The day of the run."""
    return datetime.now(UTC).date().isoformat()


def page_of_peers(found: Found, rounds: int, starts: int, sessions: int) -> str:
    """The page."""
    return TEXT.format(
        day=today(),
        machine=machine(),
        load=found.load,
        versions=versions("streamlit", "plotly", "dash", "folium", "streamlit-folium"),
        chromium=found.chromium,
        clicks="\n".join(_clicks(found.pages)),
        starts="\n".join(_starts(found.pages)),
        alt=_alt(found.pages),
        bars="\n".join(_bars(found.pages)),
        ahead="\n".join(ahead(found.pages)) or "Nowhere.",
        rounds=rounds,
        starts_each=starts,
        sessions=sessions,
    )


def _clicks(pages: Mapping[str, Measured]) -> Sequence[str]:
    floor = pages[EMPTY].answers["median"]
    return [
        f"| {name} | {s['median']:.0f} ms | {s['p95']:.0f} ms | {s['median'] / floor:.2f} |"
        f" {s['p95'] / s['median']:.2f} | {s['server']:.0f} ms | {s['bytes'] / 1000:.1f} kB |"
        f" {s['fetched'] / 1000:.1f} kB |"
        for name, s in ((name, measured.answers) for name, measured in pages.items())
    ]


def _starts(pages: Mapping[str, Measured]) -> Sequence[str]:
    whole = {name: m for name, m in pages.items() if m.started is not None}
    return [
        f"| {name} | {m.up:.1f} s | {m.started:.1f} s | {m.first:.0f} MB | {m.each:.2f} MB |"
        for name, m in whole.items()
    ]


def _bars(pages: Mapping[str, Measured]) -> Sequence[str]:
    """Whether our aims are met."""
    floor, ours = pages[EMPTY].answers["median"], pages[OURS].answers
    bars = {
        f"median at most {MEDIAN:g} times the empty page's": (ours["median"] / floor, MEDIAN),
        f"95 % below {SLOWEST:g} times our median": (ours["p95"] / ours["median"], SLOWEST),
        "the map alone level with Dash": (
            pages[OUR_MAP].answers["median"] / pages[DASH].answers["median"],
            LEVEL,
        ),
        f"at most {LARGEST / 1000:g} kB over the socket": (ours["bytes"] / 1000, LARGEST / 1000),
    }
    return [
        f"- {words}: {value:.2f}, {'met' if value <= bar else 'NOT MET'}"
        for words, (value, bar) in bars.items()
    ]


def ahead(pages: Mapping[str, Measured]) -> Sequence[str]:
    """A line for every measure that peers are better in than we are, with them, and what the
    difference is made of."""
    return [line for measure in MEASURES for line in _ahead_in(measure, pages)]


def _ahead_in(measure: Measure, pages: Mapping[str, Measured]) -> Sequence[str]:
    ours = measure.of(pages[OURS])
    assert ours is not None
    peers: dict[str, list[str]] = {}  # those with the same reason, by it
    for name in (EMPTY, DASH, PLOTLY, FOLIUM):
        theirs = measure.of(pages[name])
        if theirs is not None and theirs < ours * CLOSE:
            why = AHEAD.get((measure.name, name)) or AHEAD.get(
                (measure.name, ""), "not yet explained: profile it"
            )
            peers.setdefault(why, []).append(f"{name.partition(':')[0]} {measure.words(theirs)}")
    return [
        f"- *{measure.name}*, ours {measure.words(ours)}; {', '.join(named)}: {why}."
        for why, named in peers.items()
    ]


def _alt(pages: Mapping[str, Measured]) -> str:
    """The chart in words."""
    told = (
        f"{measure.name}: "
        + ", ".join(f"{name} {measure.words(v)}" for name, v in _values(pages, measure))
        for measure in MEASURES
    )
    return "Bars, less is better. " + ". ".join(told)


def _values(pages: Mapping[str, Measured], measure: Measure) -> Sequence[tuple[str, float]]:
    return [
        (name, value)
        for name, measured in pages.items()
        if (value := measure.of(measured)) is not None
    ]


_TYPE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "peers",
    "font.family": "sans-serif",
    "font.size": 11,
    "hatch.linewidth": 0.6,
}


def chart(pages: Mapping[str, Measured], path: Path) -> None:
    """A row of bars for every measure, as SVG: ours dark, the peers light and hatched, the floor
    white; each with its value in words."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    with plt.rc_context(_TYPE):
        figure, places = plt.subplots(
            len(MEASURES), 1, figsize=(9, 2.1 * len(MEASURES)), layout="constrained"
        )
        for place, measure in zip(places, MEASURES, strict=True):
            _bars(place, measure, _values(pages, measure))
        figure.savefig(
            path,
            format="svg",
            metadata={
                "Date": None,
                "Title": "This app beside its peers",
                "Description": _alt(pages),
            },
        )
        plt.close(figure)


def _bars(place: Any, measure: Measure, values: Sequence[tuple[str, float]]) -> None:
    """One measure: a bar a page, the first on top."""
    for row, (name, value) in enumerate(values):
        place.barh(row, value, edgecolor="#16202a", **_look(name))
        place.annotate(
            measure.words(value),
            (max(value, 0), row),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
        )
    place.set_yticks(range(len(values)), [name for name, _ in values])
    place.invert_yaxis()
    place.set_xticks([])
    place.margins(x=0.12)
    place.spines[["top", "right", "bottom"]].set_visible(False)
    place.set_title(f"{measure.name}; less is better", loc="left", fontsize=11, fontweight="bold")


def _look(name: str) -> Mapping[str, str]:
    if name == EMPTY:
        return {"color": "#ffffff"}
    return {"color": "#1d4e89"} if name in {OURS, OUR_MAP} else {"color": "#dfe5ea", "hatch": "///"}


def _processor() -> str:
    cpus = Path("/proc/cpuinfo")
    lines = cpus.read_text(encoding="utf-8").splitlines() if cpus.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()
