"""How the room's phones are answered: 150 of them join and answer while a stage and a desk are open.

``python -m benchmarks.room_phones`` prints a table and writes it to ``benchmarks/room_phones.md``. The
phones are plain HTTP clients on this machine, so they and the server share its processors."""

from __future__ import annotations

import http.client
import os
import random
import re
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Page, sync_playwright

from benchmarks.report import machine, today
from benchmarks.serving import Served, browse, serve
from provision.workshop.entries import Answered
from provision.workshop.store import Store

PHONES, SECONDS = 150, 10
CONFIRMED, SEEN, TURN, GROWTH = 200, 1000, 150, 20  # ms, ms, ms, MB
PLACES = ("E09000003", "E09000010", "E09000021", "E09000023")
TURNED = """() => new Promise((done) => {
  const begun = performance.now();
  new MutationObserver((_, observer) => {
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
  }).observe(document.querySelector('.present'), { attributeFilter: ['data-step'] });
  document.dispatchEvent(new KeyboardEvent('keydown', { key: KEY, bubbles: true }));
})"""
TEXT = """# The room's phones

Written by `python -m benchmarks.room_phones` on {day}; do not edit.

{machine}, load {load:.1f} before the run.

| {phones} phones join, look every two seconds and answer, a stage and a desk open | found | aim |
|---|---:|---:|
| answers confirmed, and in the record, each once | {kept} of {phones} | {phones} |
| seconds from the first to the last answer | {seconds:.1f} | {most_seconds} |
| ms until an answer is confirmed, 95 of 100 below | {confirmed:.0f} | {most_confirmed} |
| ms from the last answer until the stage counts it | {seen:.0f} | {most_seen} |
| ms until a step on the stage has turned meanwhile, longest of {turns} | {turn:.0f} | {most_turn} |
| MB that the server grew by | {growth:.1f} | {most_growth} |
"""


@dataclass
class Phone:
    """One phone: its cookie, and what it was told."""

    server: str
    code: str
    place: str
    waits: float
    cookie: str = ""
    took: float = 0
    confirmed: bool = False

    def live(self) -> None:
        """Join, look a few times, answer, and look whether the answer stands there."""
        with closing(http.client.HTTPConnection(self.server, timeout=60)) as line:
            self._ask(line, "GET", f"/room/{self.code}")
            page = self._ask(line, "GET", f"/room/{self.code}")
            until = time.monotonic() + self.waits
            while (left := until - time.monotonic()) > 0:
                time.sleep(min(left, 2))
                self._ask(line, "GET", f"/room/{self.code}/state")
            fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
            begun = time.perf_counter()
            self._ask(
                line, "POST", f"/room/{self.code}", urlencode({**fields, "choice": self.place})
            )
            self.took = 1000 * (time.perf_counter() - begun)
            self.confirmed = "We have your answer" in self._ask(line, "GET", f"/room/{self.code}")

    def _ask(self, line: http.client.HTTPConnection, method: str, path: str, body: str = "") -> str:
        given = {"Cookie": self.cookie, "Origin": f"http://{self.server}"} if self.cookie else {}
        line.request(method, path, body or None, given)
        reply = line.getresponse()
        text = reply.read().decode()
        if found := reply.getheader("Set-Cookie"):
            self.cookie = found.partition(";")[0]
        return text


def main() -> None:
    """Measure, print, write. Ends with an error where an aim is missed."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        records = f"sqlite:///{Path(scratch) / 'records.sqlite'}"
        with serve(Path(scratch) / "log", environment={"PROVISION_RECORDS": records}) as served:
            browser = browse(playwright)
            found = _measured(served, browser.new_page(), browser.new_page(), records)
            browser.close()
    text = TEXT.format(
        day=today(),
        machine=machine(),
        load=load,
        phones=PHONES,
        most_seconds=SECONDS,
        most_confirmed=CONFIRMED,
        most_seen=SEEN,
        most_turn=TURN,
        most_growth=GROWTH,
        **found,
    )
    print(text)
    Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")
    aims = {
        "confirmed": CONFIRMED,
        "seen": SEEN,
        "turn": TURN,
        "growth": GROWTH,
        "seconds": SECONDS,
    }
    missed = [name for name, most in aims.items() if found[name] > most]
    if missed or found["kept"] != PHONES:
        raise SystemExit(f"missed: {', '.join(missed) or 'an answer'}")


def _measured(served: Served, stage: Page, desk: Page, records: str) -> dict[str, float]:
    code = _opened(served, stage, desk)
    server = urlsplit(served.url).netloc
    chance = random.Random(16)
    phones = [
        Phone(server, code, chance.choice(PLACES), chance.uniform(0, SECONDS - 3))
        for _ in range(PHONES)
    ]
    _joined(phones[:1])  # what is worked out once, is
    before = _megabytes(served.pid)
    begun = time.perf_counter()
    turns = []
    with ThreadPoolExecutor(PHONES) as pool:
        waiting = [pool.submit(phone.live) for phone in phones[1:]]
        while not all(one.done() for one in waiting):
            turns += [_turn(stage, "PageUp"), _turn(stage, "PageDown")]
            stage.wait_for_timeout(300)
        for one in waiting:
            one.result()
    seconds, last = time.perf_counter() - begun, time.perf_counter()
    stage.get_by_text(f"{PHONES} answered").wait_for()
    seen = 1000 * (time.perf_counter() - last)
    took = sorted(phone.took for phone in phones)
    return {
        "kept": _kept(records) if all(phone.confirmed for phone in phones) else 0,
        "seconds": seconds,
        "confirmed": took[int(0.95 * len(took))],
        "seen": seen,
        "turn": max(turns),
        "turns": len(turns),
        "growth": _megabytes(served.pid) - before,
    }


def _opened(served: Served, stage: Page, desk: Page) -> str:
    """Open the question on the stage, with a desk beside it; the room's code."""
    stage.set_viewport_size({"width": 1920, "height": 1080})
    stage.goto(f"{served.url}/present?step=6")
    stage.locator('.present[data-step="6"]').wait_for()
    stage.keyboard.press("o")
    code = stage.locator(".slide.now .join b")
    stage.get_by_text("Open for phones.").wait_for()
    session = stage.locator(".present").get_attribute("data-session")
    desk.goto(f"{served.url}/present?session={session}")
    desk.get_by_text("Phones in the room").wait_for()
    return code.inner_text()


def _joined(phones: Sequence[Phone]) -> None:
    for phone in phones:
        phone.live()


def _turn(stage: Page, key: str) -> float:
    return float(stage.evaluate(TURNED.replace("KEY", f"'{key}'")))


def _kept(records: str) -> int:
    """How many phones have one answer in the record."""
    with closing(Store(records)) as store:
        (session,) = store.sessions()
        answers = [e.data for e in store.entries(session.id) if isinstance(e.data, Answered)]
    return len({answer.by for answer in answers}) if len(answers) == PHONES else -len(answers)


def _megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


if __name__ == "__main__":
    main()
