"""How long a scenario takes to work out, and the best next hubs to find: for London, and as regions
grow.

``python -m benchmarks.scenarios`` prints tables and a growth curve, and writes them to
``benchmarks/scenarios.md`` and ``benchmarks/scenarios.svg``. No browser, no page: the domain alone,
in one process."""

from __future__ import annotations

import os
import platform
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from math import log10
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

from provision.dates import SourceDate
from provision.io.boundaries import Area
from provision.io.files import DataFiles
from provision.location import best_hubs as search
from provision.location import every_set
from provision.location.best_hubs import Method, best_hubs
from provision.location.catchment import CatchmentRule, reach_matrix
from provision.location.problem import LocationProblem, Objective
from provision.record import Record, load
from provision.scenarios import changed_contracts
from provision.scenarios import evaluate as evaluation
from provision.scenarios.codes import Conclusion
from provision.scenarios.costs import capacity, cost
from provision.scenarios.evaluate import Outcome, evaluate
from provision.scenarios.scenario import Change, Ends, Hub, Off, Scenario, Withdrawn, presets
from provision.schema.services import ServicesFile

HERE = Path(__file__).parent
ROUNDS = 200
DAY = date(2020, 6, 30)
SIZES = (33, 100, 330, 1_000, 3_300, 10_000)
SERVICES = (5, 50, 500)
EXHAUSTIVE, SOLVED = (33, 50, 75, 100), (200, 500, 1_000, 2_000)
RULES = ("own", "land", "crossing", "touching", "km:8")
# laid out from the figures when a page or a file asks for them
TABLES = ("table", "months_table", "still_without")
FIGURES = [
    name
    for name, value in vars(Outcome).items()
    if type(value).__name__ == "cached_property" and name not in TABLES
]


def main() -> None:
    """Measure, print, write."""
    load_before = os.getloadavg()[0]
    london = load(DataFiles.london())
    _growth(100, 5)  # so that no import is counted
    growth = {n: _growth(n, max(n // 20, 3)) for n in SIZES}
    by_services = {s: _growth(1_000, s) for s in SERVICES}
    searched = {n: _search(n) for n in (*EXHAUSTIVE, *SOLVED)}
    text = "\n".join(
        _page(load_before, Found(_london(london), _best(london), growth, by_services, searched))
    )
    print(text)
    (HERE / "scenarios.md").write_text(text + "\n", encoding="utf-8")
    (HERE / "scenarios.svg").write_text(
        _chart({n: times[1] for n, times in growth.items()}), encoding="utf-8"
    )


# What is measured


def whole(outcome: Outcome) -> None:
    """Everything that is said of a scenario, as the page asks for it."""
    for name in FIGURES:
        getattr(outcome, name)
    cost(outcome), capacity(outcome), [outcome.holds(c) for c in Conclusion]


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1_000


def _forget() -> None:
    """Drop what is kept between scenarios of one record: the baseline of the day, and contracts
    with the same changes."""
    evaluation._baseline.cache_clear()
    changed_contracts.changed.cache_clear()


def _rounds(record: Record, scenario: Scenario, fresh: bool) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        if fresh:
            _forget()
        times.append(_timed(lambda: whole(evaluate(record, scenario))))
    return median(times), quantiles(times, n=20)[-1]


def _london(record: Record) -> dict[str, tuple[float, float, float, float]]:
    own = presets(record)
    hubs = tuple(
        Hub(code, CatchmentRule.parse("land"), key_workers=2, opens=SourceDate.parse("2019-04"))
        for code in record.codes
    )
    provider, service = record.services[0].provider, record.services[-1].id
    full = Scenario(
        record.default_date, hubs, (Withdrawn(provider), Ends(service, SourceDate.parse("2022-03")))
    )
    cases = {
        "seven hubs": own["planned-hubs"],
        "a provider withdraws": own["withdrawal"],
        "33 hubs, a withdrawal, an extension": full,
    }
    return {
        name: (*_rounds(record, scenario, True), *_rounds(record, scenario, False))
        for name, scenario in cases.items()
    }


def _best(record: Record) -> dict[int, tuple[float, float, int]]:
    """For each number of hubs: the slowest rule's milliseconds by women, the most memory (MB), the
    ties that it counted."""
    found = {}
    for hubs in range(1, 6):
        times, memory, ties = [], 0.0, 0
        for rule in RULES:
            asked = LocationProblem(
                hubs, CatchmentRule.parse(rule), Objective.WOMEN, existing=Scenario.default(record)
            )
            reach_matrix(record, asked.catchment)
            every_set._sets.cache_clear()
            times.append(_timed(lambda a=asked: best_hubs(record, a)))
            every_set._sets.cache_clear()
            tracemalloc.start()
            ties = max(ties, best_hubs(record, asked).ties or 0)
            memory = max(memory, tracemalloc.get_traced_memory()[1] / 1e6)
            tracemalloc.stop()
        found[hubs] = (max(times), memory, ties)
    return found


def _growth(areas: int, services: int) -> tuple[float, float]:
    """Milliseconds for the first scenario of a record, which makes its arrays, and for the next
    (median of seven, nothing of it kept)."""
    record = region(areas, services)
    rules = [CatchmentRule.parse(rule) for rule in ("land", "km:8", "own")]
    hubs = tuple(Hub(f"A{i * (areas // 33)}", rules[i % 3], key_workers=2) for i in range(33))
    changes: tuple[Change, ...] = (
        Withdrawn("s0"),
        Off("s1"),
        Ends("s2", SourceDate.parse("2022-12")),
    )
    scenario = Scenario(DAY, hubs, changes)
    first = _timed(lambda: whole(evaluate(record, scenario)))
    later = []
    for _ in range(7):
        _forget()
        later.append(_timed(lambda: whole(evaluate(record, scenario))))
    return first, median(later)


def _search(areas: int) -> tuple[float, Method, int, float]:
    """Milliseconds for the best five hubs by women under ``land``, how they were found, ties, and
    the gap."""
    record = region(areas, max(areas // 20, 3))
    asked = LocationProblem(5, CatchmentRule.parse("land"), Objective.WOMEN, existing=Scenario(DAY))
    if areas > search.MOST_AREAS:
        best_hubs(region(120, 6), replace(asked, facilities=1))  # so that the import is not counted
    start = perf_counter()
    best = best_hubs(record, asked)
    return (perf_counter() - start) * 1_000, best.method, best.ties or 0, best.gap


# Made-up regions


def region(areas: int, services: int) -> Record:
    """Squares in rows, a fifth of them listed as having none; each service names a fiftieth of the
    rest, and women are made up."""
    from provision.io.figures import Indicator

    rng = np.random.default_rng(areas * 1_000 + services)
    names, side = [f"A{i}" for i in range(areas)], int(np.ceil(areas**0.5))
    file = _file(rng, names, services)
    drawn = tuple(
        Area(name, name, None, name, None, _square(i % side, i // side))
        for i, name in enumerate(names)
    )
    pairs = [(names[i], names[j], "land") for i in range(areas) for j in _beside(i, side, areas)]
    women = pd.DataFrame(
        {"women": rng.integers(50_000, 150_000, areas).astype(float)},
        index=pd.Index(names, name="code"),
    )
    return Record(
        file,
        drawn,
        women,
        (Indicator.model_validate(_indicator()),),
        pd.DataFrame(pairs, columns=["code_a", "code_b", "type"]),
        None,
        "0",
        DataFiles(Path("services.yaml"), Path("areas.geojson")),
    )


def _file(rng: np.random.Generator, names: list[str], services: int) -> ServicesFile:
    """Services in the areas of these names, a fifth of which are listed as having none."""
    areas = len(names)
    none = set(rng.permutation(areas)[: areas // 5].tolist())
    served = np.array([i for i in range(areas) if i not in none])
    listed = [
        [names[i] for i in rng.choice(served, size=max(areas // 50, 1), replace=False)]
        for _ in range(services)
    ]
    return ServicesFile.model_validate(
        {
            "region": _region(),
            "services": [_service(j, named) for j, named in enumerate(listed)],
            "areas_without_service": {
                "heading_count": "not stated",
                "listed": [names[i] for i in sorted(none)],
                "ref": "guide §1",
            },
            "sources": [_source()],
        }
    )


def _beside(i: int, side: int, areas: int) -> list[int]:
    return [j for j in ((i + 1) if (i + 1) % side else areas, i + side) if j < areas]


def _square(column: int, row: int) -> dict[str, Any]:
    west, south, d = -2 + column * 0.04, 51 + row * 0.03, 0.03
    return {
        "type": "Polygon",
        "coordinates": [
            [
                [west, south],
                [west + d, south],
                [west + d, south + d],
                [west, south + d],
                [west, south],
            ]
        ],
    }


def _region() -> dict[str, Any]:
    words = {
        "name": "Made up",
        "area": "area",
        "areas": "areas",
        "area_kind": "area",
        "scope": "women",
        "map_title": "Map",
        "caveat": "Made up.",
    }
    return {
        **words,
        "as_at": "2020-06",
        "default_date": DAY.isoformat(),
        "scope_minimum_age": 18,
        "ref": "guide §1",
    }


def _service(j: int, named: Sequence[str]) -> dict[str, Any]:
    ref = "guide §1"
    return {
        **{
            "id": f"s{j}",
            "name": f"s{j}",
            "short_name": f"s{j}",
            "level": ("one-to-one", "wrap-around")[j % 2],
            "model": "m",
            "description": "d",
        },
        **{
            "provider": f"s{j}",
            "commissioners": ["c"],
            "funding": [{"funder": "f", "amount": 100_000, "ref": ref}],
        },
        "contract": {
            "start": f"2018-{1 + j % 12:02d}",
            "end": f"202{1 + j % 3}-{1 + j % 12:02d}",
            "ref": ref,
        },
        "eligibility": {"who": "women", "minimum_age": 18, "minimum_age_basis": "b", "ref": ref},
        **{"referral_routes": ["herself"], "referral_ref": ref, "ref": ref},
        "capacity": [
            {"what": "women a year", "value": 60, "ref": ref},
            {"what": "key workers", "value": 2, "ref": ref},
        ],
        "service_area": {"heading_count": "not stated", "listed": list(named), "ref": ref},
        "confidence": {"level": "low", "reason": "made up"},
    }


def _indicator() -> dict[str, Any]:
    words = {
        "id": "women",
        "label": "Women",
        "short_label": "Women",
        "unit": "women",
        "kind": "number",
        "date": "2020",
        "higher_means": "neither",
    }
    source = {"title": "t", "publisher": "p", "date": "d", "licence": "l", "attribution": "a"}
    return {**words, "women_from_age": 18, "caution": "Made up.", "grade": "C", "source": source}


def _source() -> dict[str, Any]:
    words = {
        "id": "guide",
        "title": "Guide",
        "short_title": "Guide",
        "publisher": "p",
        "date": "2020",
        "licence": "none",
    }
    return {**words, "sections": [{"id": "1", "title": "All of it"}]}


# What is written

ABOUT = """# Scenarios

Written by `python -m benchmarks.scenarios` on {day}; do not edit.

{cores} cores, {system}, load {load:.1f} before the run. Python {python}, NumPy {numpy}. The domain alone: no page, no browser.
"""
HOW = """
## How it is measured
- *A scenario* is everything that is said of it: statuses, gained and lost with their women, levels, the calendar of 36 months, what
  rests on whom, the four other reach rules, places, cost. *Afresh*: with the baseline and the changed contracts worked out anew;
  *again*: with those kept, as when only hubs are switched. {rounds} rounds. Tables laid out from these figures are not in it.
- *Growth*: made-up regions of squares; 33 hubs under three rules, a withdrawal, a service off, one with another end. *First* also
  makes the arrays of the record, once for a record; *next* is the median of seven, nothing of the scenario kept.
- *Best hubs*: five more under `land` by women, each time from nothing; beyond {most} areas by HiGHS, whose import
  (about two seconds, once) is left out. For London the slowest of the rules {rules}; memory is the peak of what Python allocates.

Our aims: a scenario in 2 ms, five hubs for London in 500 ms, 10,000 areas and 500 services in 1,000 ms.
"""


@dataclass(frozen=True)
class Found:
    """What one run has found, in milliseconds: for London by what is asked, by hubs; for made-up
    regions by areas, by services, by areas."""

    london: Mapping[str, tuple[float, float, float, float]]
    best: Mapping[int, tuple[float, float, int]]
    growth: Mapping[int, tuple[float, float]]
    by_services: Mapping[int, tuple[float, float]]
    searched: Mapping[int, tuple[float, Method, int, float]]


def _page(load_before: float, found: Found) -> list[str]:
    facts = {
        "day": datetime.now(UTC).date(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
    }
    return [
        ABOUT.format(**facts, load=load_before, numpy=np.__version__),
        *_london(found),
        "",
        "![Growth with the number of areas](scenarios.svg)",
        "",
        *_made_up(found),
        HOW.format(rounds=ROUNDS, most=search.MOST_AREAS, rules=", ".join(RULES)).rstrip(),
    ]


def _london(found: Found) -> list[str]:
    """The tables of the real record."""
    return [
        "| London, 36 months | afresh, median | 95 % below | again, median | 95 % below |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {name} | {' | '.join(f'{t:.2f} ms' for t in times)} |"
            for name, times in found.london.items()
        ),
        "",
        "| London, best further hubs by women | slowest rule | memory | most ties |",
        "|---:|---:|---:|---:|",
        *(
            f"| {hubs} | {ms:.0f} ms | {mb:.1f} MB | {ties:,} |"
            for hubs, (ms, mb, ties) in found.best.items()
        ),
    ]


def _made_up(found: Found) -> list[str]:
    """The tables of regions of squares."""
    return [
        "| areas | services | first | next | |",
        "|---:|---:|---:|---:|---|",
        *(
            f"| {n:,} | {max(n // 20, 3)} | {first:.0f} ms | {later:.1f} ms | `{_bar(later)}` |"
            for n, (first, later) in found.growth.items()
        ),
        "",
        "| services, in 1,000 areas | first | next | |",
        "|---:|---:|---:|---|",
        *(
            f"| {s} | {first:.0f} ms | {later:.1f} ms | `{_bar(later)}` |"
            for s, (first, later) in found.by_services.items()
        ),
        "",
        "| areas | five best hubs | found by | ties | gap |",
        "|---:|---:|---|---:|---:|",
        *(
            f"| {n:,} | {ms:,.0f} ms | {how} |"
            f" {f'{ties:,}' if how is Method.EXHAUSTIVE else 'not counted'} | {gap:.2%} |"
            for n, (ms, how, ties, gap) in found.searched.items()
        ),
    ]


def _bar(milliseconds: float) -> str:
    """A bar on a scale of powers of ten: ten signs for each, from a tenth of a millisecond."""
    return "█" * max(round(10 * (log10(max(milliseconds, 0.1)) + 1)), 1)


def _chart(times: Mapping[int, float]) -> str:
    """Milliseconds over areas on scales of powers of ten, as SVG."""

    def x(areas: float) -> float:
        return 60 + (log10(areas) - 1.4) / 2.7 * 440

    def y(ms: float) -> float:
        return 240 - (log10(ms) + 0.5) / 4 * 220

    grid = "".join(
        f'<path d="M60 {y(ms):.0f}H510" stroke="#ccc"/><text x="52" y="{y(ms) + 4:.0f}"'
        f' text-anchor="end">{ms:g} ms</text>'
        for ms in (1, 10, 100, 1_000)
    )
    marks = "".join(
        f'<circle cx="{x(n):.0f}" cy="{y(ms):.0f}" r="4"/><text x="{x(n):.0f}" y="262"'
        f' text-anchor="middle">{n:,}</text>'
        for n, ms in times.items()
    )
    line = " ".join(f"{x(n):.0f},{y(ms):.0f}" for n, ms in times.items())
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 530 290" font-family="sans-serif"'
        ' font-size="12"><title>Time to work out a scenario, by the number of areas</title><rect'
        f' width="530" height="290" fill="#fff"/><g fill="#333">{grid}</g><polyline points="{line}"'
        f' fill="none" stroke="#1d4e89" stroke-width="2"/><g fill="#1d4e89">{marks}</g><text'
        ' x="285" y="282" text-anchor="middle">areas (a twentieth as many services, 33 hubs, 36'
        " months)</text></svg>\n"
    )


if __name__ == "__main__":
    main()
