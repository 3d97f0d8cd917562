"""Time from a click or a key to the painted answer, in the page itself, and the bytes that the
answer took; time from a start to the first map; memory of a server for each session."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from statistics import linear_regression, median, quantiles
from time import perf_counter
from typing import Any

import psutil
from playwright.sync_api import Browser, CDPSession, Page

from benchmarks.serving import Served

# From the event to the second frame after the expected change. ``LOOK`` stands for what must
# change, every part of it: it is put in
# beforehand, as the page's policy lets no text become script later.
ARM = """([kind, look]) => {
  const read = () => [LOOK], before = read();
  window.painted = new Promise((resolve, reject) => {
    let begun;
    setTimeout(() => reject(new Error(`unchanged: ${look} is still ${before}`)), 20000);
    addEventListener(kind, (event) => { begun ??= event.timeStamp; }, { capture: true, once: true });
    const observer = new MutationObserver(() => {
      if (begun === undefined || read().some((value, i) => value === before[i])) return;
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - begun)));
    });
    for (const seen of [document, ...[...document.querySelectorAll("iframe")].map((frame) => frame.contentDocument)]) {
      if (seen) observer.observe(seen, { subtree: true, childList: true, characterData: true, attributes: true });
    }
  });
}"""
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
RESTING = '[data-testid="stApp"][data-test-script-state="notRunning"]'
SETTLING = 3  # sessions before memory is followed: the first bring imports and caches with them


@dataclass(frozen=True)
class Sample:
    """One answer: milliseconds to paint, milliseconds of them between the request and the last
    frame, bytes over the socket, and by HTTP."""

    paint: float
    server: float
    size: int
    fetched: int = 0


@dataclass
class Wire:
    """What a page has asked for and received since the last ``clear``, over its socket and by HTTP:
    times in seconds on the browser's clock."""

    sent: list[float] = field(default_factory=list)
    received: list[tuple[float, int]] = field(default_factory=list)
    fetched: list[tuple[float, int]] = field(default_factory=list)

    def listen(self, session: CDPSession) -> None:
        """Record every frame from now on."""
        session.send("Network.enable")
        session.on("Network.webSocketFrameSent", lambda e: self.sent.append(e["timestamp"]))
        session.on(
            "Network.webSocketFrameReceived",
            lambda e: self.received.append((e["timestamp"], _size(e["response"]))),
        )

        session.on("Network.requestWillBeSent", lambda e: self.sent.append(e["timestamp"]))
        session.on(
            "Network.loadingFinished",
            lambda e: self.fetched.append((e["timestamp"], int(e["encodedDataLength"]))),
        )

    def clear(self) -> None:
        """Forget what has been recorded."""
        for kept in (self.sent, self.received, self.fetched):
            kept.clear()

    @property
    def between(self) -> float:
        """Milliseconds from the first that was asked to the last that was received."""
        return (max(at for at, _ in (*self.received, *self.fetched)) - min(self.sent)) * 1000


def _size(frame: dict[str, Any]) -> int:
    return (
        len(base64.b64decode(frame["payloadData"]))
        if frame["opcode"] == 2
        else len(frame["payloadData"])
    )


@dataclass
class Subject:
    """A page under measurement: what to do to it, which event that raises, what must then change
    (JavaScript expressions), and by which selector it is known to be at rest."""

    name: str
    page: Page
    act: Callable[[], None]
    event: str
    look: str
    wire: Wire = field(default_factory=Wire)
    samples: list[Sample] = field(default_factory=list)
    resting: str = RESTING

    def listen(self) -> None:
        """Begin to record the page's socket. Must come before the page is loaded."""
        self.wire.listen(self.page.context.new_cdp_session(self.page))

    def opened(self, url: str, drawn: str) -> Subject:
        """Load the page and wait until it stands: until the expression ``drawn`` holds."""
        self.listen()
        self.page.goto(url, wait_until="domcontentloaded")
        until(self.page, drawn)
        return self

    def take(self) -> None:
        """One sample, taken when the page is in front and at rest."""
        self.page.bring_to_front()
        self.page.wait_for_selector(self.resting)
        self.page.evaluate(PAINTED)
        self.page.evaluate(ARM.replace("LOOK", self.look), [self.event, self.look])
        self.wire.clear()
        self.act()
        paint = self.page.evaluate("window.painted")
        # what is shown at the click can be painted before the answer begins
        while not (self.wire.received or self.wire.fetched):
            self.page.evaluate(PAINTED)
        self.page.evaluate(PAINTED)
        self.page.wait_for_selector(self.resting)
        wire = self.wire
        self.samples.append(
            Sample(
                paint,
                wire.between,
                *(sum(size for _, size in kept) for kept in (wire.received, wire.fetched)),
            )
        )

    def summary(self) -> dict[str, float]:
        """Median and 95th percentile of the times, medians of the rest."""
        paints = [s.paint for s in self.samples]
        return {
            "median": median(paints),
            "p95": quantiles(paints, n=20, method="inclusive")[-1],
            "server": median(s.server for s in self.samples),
            "bytes": median(s.size for s in self.samples),
            "fetched": median(s.fetched for s in self.samples),
        }


def take_turns(subjects: Sequence[Subject], warm: int, rounds: int) -> None:
    """Sample all in turn, so that whatever slows the machine slows all of them; the first rounds
    are dropped."""
    for turn in range(warm + rounds):
        for subject in subjects:
            subject.take()
            if turn < warm:
                subject.samples.clear()


def new_page(browser: Browser) -> Page:
    """A page in a browser that has seen nothing."""
    return browser.new_context(viewport={"width": 1366, "height": 768}).new_page()


def until(page: Page, holds: str) -> None:
    """Look at every frame that the page draws until an expression holds and is painted."""
    while not page.evaluate(holds):
        page.evaluate(PAINTED)
    page.evaluate(PAINTED)


def start(
    serving: Callable[[], AbstractContextManager[Served]], browser: Browser, path: str, drawn: str
) -> tuple[float, float]:
    """Seconds from the command to the server's first answer, and to the first painted map in a
    browser that has seen nothing."""
    begun = perf_counter()
    with serving() as served:
        up = perf_counter() - begun
        page = new_page(browser)
        page.goto(f"{served.url}{path}", wait_until="domcontentloaded")
        until(page, drawn)
        painted = perf_counter() - begun
        page.context.close()
    return up, painted


def memory(pid: int, opened: Callable[[], Subject], sessions: int) -> tuple[float, float]:
    """Megabytes that the server holds with one session, and that each further one adds (least
    squares). Every session is a browser window of its own that has switched twice and stays
    open."""
    held, windows = [], []
    for _ in range(SETTLING + sessions):
        windows.append(subject := opened())
        subject.take()
        subject.take()
        held.append(_resident(pid))
    for subject in windows:
        subject.page.context.close()
    return held[0], linear_regression(range(sessions), held[SETTLING:]).slope


def _resident(pid: int) -> float:
    """Megabytes of a server and of what it has started."""
    server = psutil.Process(pid)
    return (
        sum(
            int(process.memory_info().rss) for process in (server, *server.children(recursive=True))
        )
        / 1e6
    )
