"""How long a hub on the page of scenarios takes to show, beside the floor of Streamlit, Dash, bare
Streamlit with plotly, and streamlit-folium: in one run, with the same areas, classes, sentence and
switch.

``python -m benchmarks.peers`` prints what it finds and writes it to ``benchmarks/README.md`` and
``benchmarks/peers.svg``. Pages take turns, so that whatever slows the machine slows all of them.
Hubs are switched in such an order that no scenario comes twice: neither server nor browser has seen
any of the answers before. Our map alone is measured too: it shows at the click what the server has
sent ahead, and the answer confirms it. ``PEERS_ROUNDS``, ``PEERS_STARTS`` and ``PEERS_SESSIONS``
change how much is measured."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from benchmarks.measure import memory, start, take_turns
from benchmarks.pages import MAP_ALONE, PEERS, Peer, add_leaflet, benchmark_pages
from benchmarks.report import Found, Measured, chart, page_of_peers
from benchmarks.serving import browse

ROUNDS, WARM = int(os.environ.get("PEERS_ROUNDS", "40")), 4
STARTS, SESSIONS = (
    int(os.environ.get("PEERS_STARTS", "5")),
    int(os.environ.get("PEERS_SESSIONS", "20")),
)
HERE = Path(__file__).parent


def main() -> None:
    """Measure, print, write."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = browse(playwright)
        pages = benchmark_pages(Path(scratch))
        add_leaflet(pages)
        clicks = _clicks(browser, pages)
        starts, held = _starts(browser, pages), _held(browser, pages)
        found = Found(
            {
                name: Measured(clicks[name], *starts.get(name, ()), *held.get(name, ()))
                for name in clicks
            },
            browser.version,
            load,
        )
        browser.close()
    text = page_of_peers(found, ROUNDS, STARTS, SESSIONS)
    print(text)
    (HERE / "README.md").write_text(text, encoding="utf-8")
    chart(found.pages, HERE / "peers.svg")


def _clicks(browser: Browser, pages: Path) -> Mapping[str, Mapping[str, float]]:
    """The summary of every page's answers, by name."""
    with ExitStack() as stack:
        servers = {
            peer.serving: stack.enter_context(peer.serving(pages, _log(pages, peer)))
            for peer in PEERS
        }
        subjects = [
            peer.opened(browser, servers[peer.serving].url)
            for peer in (*PEERS[:2], MAP_ALONE, *PEERS[2:])
        ]
        take_turns(subjects, WARM, ROUNDS)
        for subject in subjects:
            subject.page.context.close()
    return {subject.name: subject.summary() for subject in subjects}


def _starts(browser: Browser, pages: Path) -> Mapping[str, tuple[float, float]]:
    """Median seconds to the server's first answer and to the first map, by name. The first start of
    each warms the disk."""
    times: dict[str, list[tuple[float, float]]] = {peer.name: [] for peer in PEERS}
    for _ in range(1 + STARTS):
        for peer in PEERS:
            times[peer.name].append(
                start(
                    partial(peer.serving, pages, _log(pages, peer)), browser, peer.path, peer.drawn
                )
            )
    return {
        name: (median(up for up, _ in all_of[1:]), median(drawn for _, drawn in all_of[1:]))
        for name, all_of in times.items()
    }


def _held(browser: Browser, pages: Path) -> Mapping[str, tuple[float, float]]:
    """Megabytes with one session and for each further one, by name, each on a server of its own."""
    found = {}
    for peer in PEERS:
        with peer.serving(pages, _log(pages, peer)) as served:
            found[peer.name] = memory(
                served.pid, partial(peer.opened, browser, served.url), SESSIONS
            )
    return found


def _log(pages: Path, peer: Peer) -> Path:
    return pages / f"{PEERS.index(peer)}.log"


if __name__ == "__main__":
    main()
