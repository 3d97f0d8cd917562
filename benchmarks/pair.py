"""Two processes of the app behind nginx: one is killed while somebody works, and the other goes on
with the same view.

``python -m benchmarks.pair`` runs ``deploy/nginx.conf`` on loopback, prints what it has seen and
writes it to ``benchmarks/pair.md``. It fails where a view is not the same afterwards. Nothing is
kept between the processes: the view is in the browser's address."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from types import MappingProxyType

import psutil
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

from benchmarks.serving import ROOT, Served, browse, free_port, serve, started

# What somebody has open when the process goes, and the key that then must be answered by the other
# one.
VIEWS = {
    "What if": "/scenario?hubs=E09000003~land,E09000024~land&off=minerva-crc&on=2019-06-30",
    "Coverage, one area chosen": "/?on=2019-03-31&area=E09000011&view=tiles",
    "Gaps": "/gaps?on=2020-04-30&need=women_15plus",
}
LOOK = """() => [location.pathname + location.search, document.querySelector('.headline').textContent,
  [...document.querySelectorAll('svg.area-map .area')].map((a) => a.getAttribute('aria-label')).join()]"""
SAME = f"(wanted) => JSON.stringify(({LOOK})()) === wanted"
RESTING = '[data-testid="stApp"][data-test-script-state="notRunning"]'
PATIENCE = 15_000  # ms; a busy machine is no fault


@dataclass(frozen=True)
class Continued:
    """What was seen of one view: seconds from the kill to the other process's socket and to the
    same view from it; and from the next key to its answer."""

    name: str
    socket: float
    view: float
    answer: float


def main() -> None:
    """Kill, look, print, write."""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = browse(playwright)
        seen = [
            _continued(browser, name, path, Path(scratch) / str(i))
            for i, (name, path) in enumerate(VIEWS.items())
        ]
        browser.close()
    text = _page(seen)
    print(text)
    (Path(__file__).parent / "pair.md").write_text(text, encoding="utf-8")


def _page(seen: list[Continued]) -> str:
    version = (
        subprocess.run([_nginx(), "-v"], capture_output=True, text=True, check=True)
        .stderr.strip()
        .rpartition(" ")[2]
    )
    lines = [
        "# Two processes behind nginx",
        "",
        f"Written by `python -m benchmarks.pair` on {datetime.now(UTC).date()}; do not edit.",
    ]
    lines += [
        "",
        (
            f"{os.cpu_count()} cores, {version}. The process that serves a page is killed (SIGKILL)"
            " while the page is open. The browser"
        ),
    ]
    lines += [
        "connects to the other process by itself, without loading the page anew; address, sentence"
        " and map are the same, and the next key is"
    ]
    lines += [
        "answered.",
        "",
        (
            "| open | the other process has the socket after | and shows the same view after | the"
            " next key is answered in |"
        ),
    ]
    lines += ["|---|---:|---:|---:|"]
    lines += [
        f"| {s.name} | {s.socket:.1f} s | {s.view:.1f} s | {s.answer * 1000:.0f} ms |" for s in seen
    ]
    return "\n".join(lines) + "\n"


def _continued(browser: Browser, name: str, path: str, scratch: Path) -> Continued:
    scratch.mkdir()
    with pair(scratch) as (url, served), browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(url + path)
        _drawn(page)
        # A month on, so that what is shown is no longer what the link said.
        _month_on(page)
        page.evaluate("window.stayed = true; window.born = provisionPage.sessionToken")
        before = page.evaluate(f"JSON.stringify(({LOOK})())")
        first = _holder(served)
        begun = perf_counter()
        psutil.Process(served[first].pid).send_signal(signal.SIGKILL)
        other = served[1 - first]
        while not _sockets(other):
            page.wait_for_timeout(50)
        socket = perf_counter() - begun
        # a session of the other process has drawn the page
        page.wait_for_function("() => provisionPage.sessionToken !== born")
        page.wait_for_selector(RESTING)
        _same(page, name, before)
        view = perf_counter() - begun
        begun = perf_counter()
        _month_on(page)
        answer = perf_counter() - begun
        assert page.evaluate("window.stayed === true"), "the page was loaded anew"
        return Continued(name, socket, view, answer)


def _same(page: Page, name: str, before: str) -> None:
    """Wait until the page shows what it has shown before."""
    try:
        page.wait_for_function(SAME, arg=before)
    except TimeoutError as late:
        raise AssertionError(f"{name}: before {before}, now {page.evaluate(LOOK)}") from late


def _month_on(page: Page) -> None:
    at = page.url
    # a key that is pressed while the page still tells a new session where it was is not answered
    while page.url == at:
        page.get_by_role("slider").press("ArrowRight")
        with suppress(TimeoutError):
            page.wait_for_function("(at) => location.href !== at", arg=at, timeout=3_000)
    page.wait_for_selector(RESTING)


def _drawn(page: Page) -> None:
    page.locator("html[data-view]").wait_for(state="attached")
    page.wait_for_selector(RESTING)


def _holder(served: tuple[Served, Served]) -> int:
    """Which of the two processes holds the page's socket."""
    held = [i for i in (0, 1) if _sockets(served[i])]
    assert len(held) == 1, f"a browser belongs to one process, not to {held}"
    return held[0]


def _sockets(served: Served) -> int:
    """How many connections from the proxy a process holds."""
    return sum(
        c.status == psutil.CONN_ESTABLISHED
        for c in psutil.Process(served.pid).net_connections("tcp")
    )


@contextmanager
def pair(scratch: Path) -> Iterator[tuple[str, tuple[Served, Served]]]:
    """Two processes of the app, and the address of the nginx before them."""
    with ExitStack() as stack:
        one, two = (stack.enter_context(serve(scratch / f"app-{i}.log")) for i in (1, 2))
        yield (
            stack.enter_context(
                proxied(scratch, [one.url.removeprefix("http://"), two.url.removeprefix("http://")])
            ),
            (one, two),
        )


@contextmanager
def proxied(
    scratch: Path,
    addresses: list[str],
    further: str = "",
    bounds: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[str]:
    """nginx with the configuration that we deploy, its ports changed for free ones, some of its
    ``bounds`` for others, and what it is to listen to ``further``. Yields its address."""
    port = free_port()
    site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    ports = ("127.0.0.1:80;", "127.0.0.1:8501", "127.0.0.1:8502")
    places = zip(ports, (f"127.0.0.1:{port};{further}", *addresses), strict=True)
    for ours, here in [*places, *bounds.items()]:
        assert ours in site, f"deploy/nginx.conf says nothing of {ours}"
        site = site.replace(ours, here)
    site = site.replace("/var/log/nginx/", f"{scratch}/")
    folders = " ".join(
        f"{kind}_temp_path {scratch / kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.getuid() == 0 else ""  # so that its workers may write where we may
    whole = (
        f"{user} daemon off; pid {scratch}/nginx.pid; error_log {scratch}/nginx.log;\nevents"
        f" {{}}\nhttp {{ access_log off; {folders}\n{site}\n}}\n"
    )
    (scratch / "nginx.conf").write_text(whole, encoding="utf-8")
    command = [_nginx(), "-c", str(scratch / "nginx.conf"), "-e", str(scratch / "nginx.log")]
    with started(
        scratch / "proxy.log",
        command,
        scratch,
        f"http://127.0.0.1:{port}",
        health="/_stcore/health",
    ) as served:
        yield served.url


def _nginx() -> str:
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        raise FileNotFoundError("nginx is not installed (make soak installs it)")
    return found


if __name__ == "__main__":
    main()
