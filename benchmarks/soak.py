"""Many people at once: each toggles hubs in a scenario of their own, for ten minutes, and each
answer must be theirs.

``python -m benchmarks.soak`` speaks to the app over its own socket, as the browser does, prints
what it finds and writes it to ``benchmarks/soak.md``. ``SOAK_SESSIONS`` and ``SOAK_SECONDS`` change
how many and how long. It fails on any error, on a sentence that names another's hubs, and where
memory goes on climbing."""

from __future__ import annotations

import asyncio
import html
import os
import platform
import random
import re
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import numpy as np
import psutil
import streamlit
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.serving import serve

SESSIONS, SECONDS = (
    int(os.environ.get("SOAK_SESSIONS", "50")),
    float(os.environ.get("SOAK_SECONDS", "600")),
)
THINKING = (2.0, 6.0)  # seconds between an answer and the next toggle of the same person
SAMPLE = 5.0  # seconds between two looks at the server's memory
WARM = 0.4  # of the time: what is kept up to a limit fills in it; the slope is that of the rest
STEEPEST = 0.05  # megabytes a minute for a session; beyond, memory is said to climb
GROWTH, SHORT = (1, 10, 25, 50, 100), 12.0  # sessions, seconds for each
PATIENCE = 30.0  # seconds until an answer counts as none


@dataclass
class Found:
    """What a run has found: seconds of answers, what went wrong, and (seconds since the start,
    bytes that the server holds)."""

    answers: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    memory: list[tuple[float, int]] = field(default_factory=list)


@dataclass
class Person:
    """One session at the page of scenarios: its socket, the pills for hubs, and the hubs that it
    has switched on."""

    socket: ClientConnection
    pills: str = ""
    places: tuple[str, ...] = ()
    hubs: frozenset[str] = frozenset()

    async def open(self) -> None:
        """Come to the page, and find the pills on it."""
        await self.ask(())

    async def toggle(self, place: str) -> None:
        """Switch one hub and read the answer. Raises AssertionError where it is not the answer to
        this."""
        self.hubs ^= {place}
        await self.ask(sorted(self.hubs))

    async def ask(self, hubs: list[str] | tuple[str, ...]) -> None:
        asked = BackMsg()
        asked.rerun_script.page_name = "scenario"
        if self.pills:
            asked.rerun_script.widget_states.widgets.add(
                id=self.pills
            ).string_array_value.data.extend(hubs)
        await self.socket.send(asked.SerializeToString())
        said = ""
        async with asyncio.timeout(PATIENCE):
            while True:
                told = ForwardMsg.FromString(await self.socket.recv(decode=False))
                if told.WhichOneof("type") == "script_finished":
                    break
                said = self._read(told) or said
        if told.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
            raise AssertionError(
                f"the page ended with {ForwardMsg.ScriptFinishedStatus.Name(told.script_finished)}"
            )
        if (named := self.named(said)) != self.hubs:
            raise AssertionError(
                f"hubs in {sorted(self.hubs)} were answered with {sorted(named)}: {said}"
            )

    def _read(self, told: ForwardMsg) -> str:
        """The sentence on top, where a message holds it; the pills are remembered."""
        element = told.delta.new_element
        if element.HasField("exception"):
            raise AssertionError(f"{element.exception.type}: {element.exception.message}")
        if element.HasField("button_group") and element.button_group.id.endswith("-sc_hubs"):
            self.pills, self.places = (
                element.button_group.id,
                tuple(option.content for option in element.button_group.options),
            )
        heading = (
            re.search(r'<div class="headline">(.*?)</div>', element.html.body, re.DOTALL)
            if element.HasField("html")
            else None
        )
        return html.unescape(heading[1]) if heading else ""

    def named(self, sentence: str) -> frozenset[str]:
        """The places that a sentence says a hub is in."""
        if not sentence:
            raise AssertionError("no sentence came")
        supposed = re.search(r"With (?:a hub|hubs) in (.*?) \(", sentence)
        return frozenset(place for place in self.places if supposed and place in supposed[1])


def main() -> None:
    """Soak, count, print, write. Ends with 1 where anything went wrong."""
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch:
        growth = asyncio.run(_growth(Path(scratch)))
        with serve(Path(scratch) / "server.log") as served:
            found, each = asyncio.run(soak(served.url, served.pid, SESSIONS, SECONDS))
            if "Traceback" in served.log.read_text(encoding="utf-8"):
                found.faults.append("a traceback in the server's log")
    steep = slope(found.memory)
    text = _page(found, each, steep, growth, load_before)
    print(text)
    (Path(__file__).parent / "soak.md").write_text(text, encoding="utf-8")
    if found.faults or steep / SESSIONS > STEEPEST:
        sys.exit(1)


async def soak(url: str, pid: int, sessions: int, seconds: float) -> tuple[Found, float]:
    """Some sessions toggling for some seconds. Returns what was found, and the megabytes that each
    session took at the start."""
    found, server = Found(), psutil.Process(pid)
    async with AsyncExitStack() as stack:
        people = [await stack.enter_async_context(person(url))]
        before = server.memory_info().rss
        people += [await stack.enter_async_context(person(url)) for _ in range(sessions - 1)]
        each = (server.memory_info().rss - before) / max(sessions - 1, 1) / 1e6
        begun = perf_counter()
        watch = asyncio.create_task(_watched(found, server, begun))
        await asyncio.gather(
            *(
                _toggling(who, random.Random(n), begun + seconds, found)
                for n, who in enumerate(people)
            )
        )
        watch.cancel()
    return found, each


@asynccontextmanager
async def person(url: str) -> AsyncIterator[Person]:
    """Somebody who has opened the page of scenarios."""
    async with connect(
        f"{url.replace('http', 'ws')}/_stcore/stream",
        subprotocols=["streamlit"],
        origin=url,
        max_size=None,
    ) as socket:  # type: ignore[list-item, arg-type]
        who = Person(socket)
        await who.open()
        yield who


async def _toggling(who: Person, chance: random.Random, until: float, found: Found) -> None:
    await asyncio.sleep(chance.uniform(0, THINKING[1]))
    while perf_counter() < until:
        begun = perf_counter()
        try:
            await who.toggle(chance.choice(who.places))
        except (AssertionError, OSError, TimeoutError) as fault:
            found.faults.append(str(fault) or repr(fault))
            return
        found.answers.append(perf_counter() - begun)
        await asyncio.sleep(chance.uniform(*THINKING))


async def _watched(found: Found, server: psutil.Process, begun: float) -> None:
    while True:
        found.memory.append((perf_counter() - begun, server.memory_info().rss))
        await asyncio.sleep(SAMPLE)


async def _growth(scratch: Path) -> dict[int, tuple[float, float, int]]:
    """For each number of sessions, a short time on a server of its own: median and 95 % of the
    answers (s), megabytes held; or nothing for a short run."""
    if SECONDS < 300:
        return {}
    rows = {}
    for n in GROWTH:
        with serve(scratch / f"server-{n}.log") as served:
            found, _ = await soak(served.url, served.pid, n, SHORT)
            rows[n] = (
                median(found.answers),
                p95(found.answers),
                max(held for _, held in found.memory),
            )
    return rows


def p95(answers: list[float]) -> float:
    """The time that 95 % of the answers stay below."""
    return quantiles(answers, n=20, method="inclusive")[-1]


def slope(memory: list[tuple[float, int]]) -> float:
    """Megabytes a minute, over the time after the start (least squares)."""
    later = np.array([(at, held) for at, held in memory if at >= WARM * memory[-1][0]])
    return float(np.polyfit(later[:, 0] / 60, later[:, 1] / 1e6, 1)[0]) if len(later) > 1 else 0.0


def _page(
    found: Found,
    each: float,
    steep: float,
    growth: dict[int, tuple[float, float, int]],
    load_before: float,
) -> str:
    versions = f"Python {platform.python_version()}, Streamlit {streamlit.__version__}"
    lines = [
        "# Many at once",
        "",
        f"Written by `python -m benchmarks.soak` on {datetime.now(UTC).date()}; do not edit.",
        "",
        (
            f"{os.cpu_count()} cores, {platform.system()}, load {load_before:.1f} before; the"
            f" askers run on the same machine. {versions}."
        ),
        "",
        *_summary(found, each, steep),
        "",
        *(f"- {fault}" for fault in found.faults[:10]),
        *_growth_table(growth),
        f"Each session waits {THINKING[0]:g} to {THINKING[1]:g} s, then switches a hub in its own"
        " scenario. An answer is the whole page, from the",
        "question to the end of the turn. The sentence on top must name exactly the hubs that this"
        " session has switched on.",
    ]
    return "\n".join(lines) + "\n"


def _summary(found: Found, each: float, steep: float) -> list[str]:
    """What all sessions together have met with."""
    start, end = found.memory[0][1] / 1e6, found.memory[-1][1] / 1e6
    return [
        "| | |",
        "|---|---:|",
        f"| sessions, one process | {SESSIONS} |",
        f"| minutes | {SECONDS / 60:.1f} |",
        f"| toggles answered | {len(found.answers):,} |",
        f"| median | {median(found.answers) * 1000:.0f} ms |",
        f"| 95 % below | {p95(found.answers) * 1000:.0f} ms |",
        f"| slowest | {max(found.answers) * 1000:.0f} ms |",
        f"| errors, and answers with another's hubs | {len(found.faults)} |",
        f"| memory for a session that opens | {each:.1f} MB |",
        f"| memory of the process, start and end | {start:.0f} and {end:.0f} MB |",
        (
            f"| slope after the first {WARM:.0%} of the time | {steep:+.2f} MB a minute,"
            f" {steep / SESSIONS * 60:+.2f} MB an hour for a session |"
        ),
    ]


def _growth_table(growth: dict[int, tuple[float, float, int]]) -> list[str]:
    """What more and more sessions meet with; nothing where that was not tried."""
    if not growth:
        return []
    return [
        f"| sessions, for {SHORT:g} s | median | 95 % below | memory of the process |",
        "|---:|---:|---:|---:|",
        *(
            f"| {n} | {mid * 1000:.0f} ms | {most * 1000:.0f} ms | {held / 1e6:.0f} MB |"
            for n, (mid, most, held) in growth.items()
        ),
        "",
    ]


if __name__ == "__main__":
    main()
