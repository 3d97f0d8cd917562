"""``python -m tools.attack``: every trial, a table of what they found, and how many failed."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tools.attack import fuzzing, pages, server, stops
from tools.attack.trial import Trial

OUT = Path("benchmarks/attack.md")
_HEAD = """# The trials of an attack

Written by `make attack` on {day}; do not edit. All of it on this machine alone, over loopback.

| trial | tried | failed | |
|---|---:|---:|---|
"""


def main() -> int:
    """Run the trials that are asked for; returns how many found something."""
    args = _arguments()
    found: list[Trial] = []
    trials: dict[str, Callable[[], Trial | list[Trial]]] = {
        "unseen": pages.unseen,
        "pages": pages.odd,
        "edits": lambda: pages.edits(args.edits),
        "server": lambda: server.server(args.requests),
        "kill": lambda: stops.stops(signal.SIGKILL, args.stops),
        "stop": lambda: stops.stops(signal.SIGTERM, args.stops),
        "fuzz": lambda: fuzzing.fuzzed(args.seconds, args.inputs),
    }
    for name, trial in trials.items():
        if args.only and name not in args.only:
            continue
        result = trial()
        for one in result if isinstance(result, list) else [result]:
            print(_row(one), *one.failed[:10], sep="\n  ", flush=True)
            found.append(one)
    if not args.only:
        OUT.write_text(_HEAD.format(day=date.today()) + "\n".join(map(_row, found)) + "\n", "utf-8")
    return sum(bool(one.failed) for one in found)


def _row(one: Trial) -> str:
    return f"| {one.name} | {one.tried:,} | {len(one.failed):,} | {one.note} |"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.attack", description=__doc__)
    parser.add_argument("only", nargs="*", help="unseen, pages, edits, server, kill, stop, fuzz")
    parser.add_argument("--stops", type=int, default=20, help="kills, and normal stops (20)")
    parser.add_argument("--edits", type=int, default=200, help="edits of the data (200)")
    parser.add_argument("--requests", type=int, default=2_000, help="addresses by chance (2,000)")
    parser.add_argument("--seconds", type=int, default=5, help="fuzzing of each reader (5)")
    parser.add_argument(
        "--inputs", type=int, default=0, help="fuzzed over all readers, in place of seconds"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
