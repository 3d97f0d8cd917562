"""How time and memory grow with areas, services, months and hubs, and what bends first.

``python -m benchmarks.growth`` prints what it finds and writes it to ``benchmarks/growth.md`` and
``benchmarks/growth.svg``. The domain alone, on made-up regions of squares; how it is with many
people at once is in ``benchmarks/soak.md``."""

from __future__ import annotations

import os
import platform
import tracemalloc
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from math import log
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import yaml

from benchmarks.scenarios import DAY, region, whole
from provision.io.files import DataFiles
from provision.io.problems import InvalidData
from provision.links.query import Query
from provision.location import every_set
from provision.location.best_hubs import best_hubs
from provision.location.catchment import CatchmentRule
from provision.location.problem import LocationProblem, Objective
from provision.paper.figures import draw
from provision.paper.view import Kind, View
from provision.record import Record, load
from provision.record_files import parse_services
from provision.scenarios.evaluate import evaluate
from provision.scenarios.scenario import Hub, Scenario, Withdrawn

HERE = Path(__file__).parent
AREAS = (33, 100, 330, 1_000, 3_300, 10_000, 35_000)
SERVICES = (3, 10, 30, 100, 300, 1_000, 2_000)
MONTHS = (1, 3, 12, 36, 120)
HUBS = (1, 2, 3, 5, 10, 20, 32)  # at most one in each counted area of the record
OF_AREAS, OF_SERVICES = 20, 330  # services while the areas grow, areas while the services grow
# seconds: a curve that has come this far is not followed further; what somebody waits for
PATIENCE, SLOW = 8.0, 1.0
LAND = CatchmentRule.parse("land")


@dataclass(frozen=True)
class Point:
    """One measurement: what was done, what grew and to how many; seconds, and the most megabytes
    that Python held for it."""

    work: str
    axis: str
    size: int
    seconds: float
    megabytes: float


def main() -> None:
    """Measure, print, draw, write."""
    load_before = os.getloadavg()[0]
    _everything(region(120, 6))  # so that no import is counted
    points = [*by_areas(), *by_services(), *by_months(), *by_hubs()]
    text = _page(points, load_before)
    print(text)
    (HERE / "growth.md").write_text(text, encoding="utf-8")
    _chart(points, HERE / "growth.svg")


# What is measured


def by_areas() -> Iterable[Point]:
    """Everything, as areas are added."""
    return _curves("areas", AREAS, lambda n: _works(region(n, OF_AREAS)))


def by_services() -> Iterable[Point]:
    """Everything, as services are added."""
    return _curves("services", SERVICES, lambda n: _works(region(OF_SERVICES, n)))


def by_months() -> Iterable[Point]:
    """A scenario of the real record, as its calendar grows."""
    london = _real()
    return _curves(
        "months",
        MONTHS,
        lambda n: {"scenario": lambda: whole(evaluate(london, _scenario(london, 7), length=n))},
    )


def by_hubs() -> Iterable[Point]:
    """A scenario of the real record, and its best places, as hubs are added."""
    london = _real()
    return _curves(
        "hubs",
        HUBS,
        lambda n: {
            "scenario": lambda: whole(evaluate(london, _scenario(london, n))),
            "best hubs": lambda: _best(london, n),
        },
    )


def _works(record: Record) -> dict[str, Callable[[], object]]:
    """What is done with a record: every piece of work starts from nothing that another has kept."""
    text = yaml.dump(
        record.file.model_dump(mode="json", exclude_none=True),
        Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper),
        allow_unicode=True,
    )
    query = replace(Query.default(record), on=DAY)
    return {
        "validation": lambda: parse_services(text, "services.yaml", record.areas),
        "scenario": lambda: whole(evaluate(record, _scenario(record, 7))),
        "best hubs": lambda: _best(record, 5),
        "figure": lambda: draw(record, View(Kind.COVERAGE, query), "page", "svg"),
    }


def _real() -> Record:
    """The record that comes with the project, with its arrays made."""
    record = load(DataFiles.london())
    _best(record, 1)
    whole(evaluate(record, _scenario(record, 1)))
    return record


def _everything(record: Record) -> None:
    for work in _works(record).values():
        work()


def _scenario(record: Record, hubs: int) -> Scenario:
    """Hubs spread over the areas, and one provider less."""
    step = max(len(record.codes) // hubs, 1)
    return Scenario(
        record.default_date,
        tuple(Hub(code, LAND) for code in record.codes[: step * hubs : step]),
        (Withdrawn(record.services[0].provider),),
    )


def _best(record: Record, hubs: int) -> object:
    every_set._sets.cache_clear()
    return best_hubs(record, LocationProblem(hubs, LAND, Objective.WOMEN))


def _curves(
    axis: str, sizes: Iterable[int], works: Callable[[int], dict[str, Callable[[], object]]]
) -> Iterable[Point]:
    given_up: set[str] = set()
    for size in sizes:
        for name in [work for work in works(size) if work not in given_up]:
            try:
                point = Point(name, axis, size, *_measured(partial(_work, works, size, name)))
            except InvalidData as refused:
                print(f"{axis} {size:,}: {name} refused: {refused}", flush=True)
                given_up |= {name}
                continue
            print(
                f"{axis} {size:,}: {name} {point.seconds:.3f} s, {point.megabytes:.0f} MB",
                flush=True,
            )
            given_up |= {name} if point.seconds > PATIENCE else set()
            yield point


def _work(
    works: Callable[[int], dict[str, Callable[[], object]]], size: int, name: str
) -> Callable[[], object]:
    return works(size)[name]


def _measured(prepared: Callable[[], Callable[[], object]]) -> tuple[float, float]:
    """Seconds, and megabytes in a second turn, as counting them takes time; each turn on a record
    of its own."""
    work = prepared()
    start = perf_counter()
    work()
    seconds = perf_counter() - start
    work = prepared()
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return seconds, most


# What is written


def _by_curve(points: list[Point]) -> dict[tuple[str, str], list[Point]]:
    ordered = sorted(points, key=lambda p: (p.axis, p.work, p.size))
    return {key: list(found) for key, found in groupby(ordered, lambda p: (p.axis, p.work))}


def _bend(curve: list[Point]) -> float:
    """The power of the size that the time grows with at the end of a curve."""
    before, last = curve[-2:]
    return log(last.seconds / before.seconds) / log(last.size / before.size)


def _first_to_bend(points: list[Point]) -> str:
    """In words: the curve that takes longer than somebody waits for at the smallest multiple of the
    size it starts from."""
    bent = [
        curve
        for curve in _by_curve(points).values()
        if curve[0].seconds <= SLOW < max(p.seconds for p in curve)
    ]
    slow = [(next(p for p in curve if p.seconds > SLOW), curve) for curve in bent]
    if not slow:
        return "Nothing here takes longer than a second."
    first, curve = min(slow, key=lambda found: found[0].size / found[1][0].size)
    end = (
        f"at {curve[-1].size:,} it takes {curve[-1].seconds:,.1f} s and {curve[-1].megabytes:,.0f}"
        f" MB, and grows with the power {_bend(curve):.1f}"
    )
    return (
        f"**The first to bend is {first.work} with the {first.axis}**: beyond {SLOW:g} s at"
        f" {first.size:,} {first.axis} ({first.seconds:.1f} s); {end}."
    )


def _page(points: list[Point], load_before: float) -> str:
    lines = [
        "# Growth",
        "",
        f"Written by `python -m benchmarks.growth` on {datetime.now(UTC).date()}; do not edit.",
        "",
        (
            f"{os.cpu_count()} cores, {platform.system()}, load {load_before:.1f} before. Python"
            f" {platform.python_version()}, NumPy {np.__version__}."
        ),
        "",
        _first_to_bend(points),
        "",
        "![Time and memory as areas, services, months and hubs grow](growth.svg)",
        "",
    ]
    axes = ("areas", "services", "months", "hubs")
    for axis, of_axis in groupby(
        sorted(points, key=lambda p: axes.index(p.axis)), lambda p: p.axis
    ):
        lines += _table(axis, list(of_axis))
    return "\n".join([*lines, HOW])


def _table(axis: str, points: list[Point]) -> list[str]:
    """What each kind of work takes at each size along one axis."""
    curves = {work: {p.size: p for p in curve} for (_, work), curve in _by_curve(points).items()}
    lines = [f"| {axis} | {' | '.join(curves)} |", f"|---:|{'---:|' * len(curves)}"]
    for size in sorted({size for curve in curves.values() for size in curve}):
        cells = [
            (
                f"{c[size].seconds * 1000:,.0f} ms, {c[size].megabytes:,.0f} MB"
                if size in c
                else "not followed"
            )
            for c in curves.values()
        ]
        lines.append(f"| {size:,} | {' | '.join(cells)} |")
    return [*lines, ""]


HOW = f"""## How it is measured
- *Validation*: a services file from its text to typed entries. *Scenario*: seven hubs, a provider less, everything that is
  said of it. *Best hubs*: five more by women. *Figure*: the coverage map, a page wide, as SVG. As areas and services grow,
  each on a record of its own, of which nothing has been kept: the first view of new data, not the next. Imports are left out.
- Areas grow with {OF_AREAS} services, each naming a fiftieth of them; services grow in {OF_SERVICES} areas; months and hubs on the real
  record, which has been used before. A curve that has come to {PATIENCE:g} s is not followed further,
  nor is validation beyond the number of values that a file may hold.
  Megabytes: the most that Python held at once for it.
"""


_LOOKS = {
    "validation": ("#1d4e89", "o"),
    "scenario": ("#9c3d00", "s"),
    "best hubs": ("#1d5a2a", "^"),
    "figure": ("#5b3a86", "D"),
}
_TYPE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "growth",
    "font.family": "sans-serif",
    "font.size": 11,
}


def _chart(points: list[Point], path: Path) -> None:
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    with plt.rc_context(_TYPE):
        figure, rows = plt.subplots(2, 4, figsize=(15, 7.5), sharey="row", layout="constrained")
        for column, axis in enumerate(("areas", "services", "months", "hubs")):
            for place, measure, floor in (
                (rows[0][column], "seconds", 1e-4),
                (rows[1][column], "megabytes", 1e-2),
            ):
                _curves(place, points, axis, measure, floor)
            rows[0][column].axhline(SLOW, color="#333333", linestyle=":")
        rows[0][0].set_ylabel("seconds (dotted: what somebody waits for)")
        rows[1][0].set_ylabel("megabytes")
        rows[0][0].legend()
        figure.savefig(
            path,
            format="svg",
            metadata={
                "Date": None,
                "Title": "Time and memory as areas, services, months and hubs grow",
            },
        )
        plt.close(figure)


def _curves(place: Any, points: list[Point], axis: str, measure: str, floor: float) -> None:
    """What each kind of work takes along one axis, on both axes logarithmic."""
    for (of, work), curve in _by_curve(points).items():
        if of == axis:
            colour, mark = _LOOKS[work]
            place.loglog(
                [p.size for p in curve],
                [max(getattr(p, measure), floor) for p in curve],
                color=colour,
                marker=mark,
                label=work,
            )
    place.grid(visible=True, color="#dddddd")
    place.set_xlabel(axis)


if __name__ == "__main__":
    main()
