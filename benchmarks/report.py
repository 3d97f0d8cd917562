"""The benchmark's result as a page of Markdown."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

TEXT = """# Click to paint

Written by `python -m benchmarks.click_to_paint` (`make bench`) on {day}; do not edit.

{machine}, load {load:.1f} before the run. Python {python}, Streamlit {streamlit}, plotly {plotly}, Chromium {chromium}.

| after one click or key | median | 95 % below | times the empty page | of it, request to last frame | over the socket |
|---|---:|---:|---:|---:|---:|
{rows}

Start to first map: **{started:.1f} s** (median of {starts}), of which {up:.1f} s until the server answers.

## How it is measured
- In Debian's Chromium at 1366 x 768, {rounds} samples a page after a few to warm up. The pages take turns in one run of one browser, so
  that whatever slows the machine slows all of them; compare within a run, not between runs.
- *Click to paint*: in the page, from the time stamp of the click or key to the second animation frame after everything expected has
  changed: the empty page's line; the fill of the plotly map's first area; this app's map, and for the date its sentence too.
- *Request to last frame*: from the first frame that the page sends to the last that it receives, on the browser's clock. The rest is
  the browser's own work. The last frame can come after the paint.
- *Over the socket*: the bytes of all frames received for one answer. Every month is new to the browser; a service that is switched on
  again is not, and what the browser still holds is not sent again.
- *Start*: from the command (`python -m streamlit run app.py`) with a warm disk to the first painted map, in a browser that is already
  running and has nothing of the page in its cache.
- `apps/empty.py` is the floor of any answer from a Streamlit server. `apps/plotly_map.py` draws the same areas with a plotly
  choropleth that takes its outlines from the same server. Both run on Streamlit's defaults.
- The browser can reach nothing but this machine.

Our aim: the date answers within 1.5 times the empty page's toggle, and the first map stands within 4 s of the start.
"""


@dataclass(frozen=True)
class Run:
    """What one run has found. ``clicks`` holds the summaries by name, the empty page first; times of starts are medians in seconds."""

    clicks: dict[str, dict[str, float]]
    rounds: int
    starts: int
    up: float
    started: float
    chromium: str
    load: float


def report(run: Run) -> str:
    """The page."""
    floor = next(iter(run.clicks.values()))["median"]
    rows = [
        f"| {name} | {s['median']:.0f} ms | {s['p95']:.0f} ms | {s['median'] / floor:.2f} | {s['server']:.0f} ms | {s['bytes'] / 1000:.1f} kB |"
        for name, s in run.clicks.items()
    ]
    return TEXT.format(
        **vars(run),
        rows="\n".join(rows),
        day=datetime.now(UTC).date(),
        machine=f"{os.cpu_count()} cores, {_processor()}, {platform.system()}",
        python=platform.python_version(),
        streamlit=version("streamlit"),
        plotly=version("plotly"),
    )


def _processor() -> str:
    cpus = Path("/proc/cpuinfo")
    lines = cpus.read_text(encoding="utf-8").splitlines() if cpus.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()
