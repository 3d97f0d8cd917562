"""Fuzz one target, or each in a process of its own: ``python -m fuzz [NAME ...] [--seconds N]``.

An input fails that raises anything but our own refusals, takes more than a second of processor
time, or makes the process grow by more than 200 MB. It is written to ``test-results/fuzz/NAME``;
mend the fault and keep the input in ``fuzz/cases/NAME``, where ``tests/fuzz/test_cases.py`` replays
it from then on."""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS_EACH, MEGABYTES_MORE, LONGEST = 1.0, 200, 60_000
STARTS = {
    "yaml": ("tests/city/*.yaml", "data/themes.yaml"),
    "services": ("tests/city/services.yaml",),
    "boundaries": ("tests/city/boundaries.geojson",),
    "outlines": ("fuzz/starts/outlines-*",),
    "area-text": ("fuzz/starts/area-text.txt",),
    "scenario-file": ("fuzz/starts/scenario-*.yaml",),
    "story": ("fuzz/starts/story-*.yaml",),
    "link": ("fuzz/starts/link-*.txt",),
    "scenario-link": ("fuzz/starts/link-*.txt",),
    "hsds": ("fuzz/starts/hsds-*.json",),
    "hsds-table": ("fuzz/starts/hsds-*.csv",),
    "list": ("fuzz/starts/list-*.csv",),
    "xlsx": ("fuzz/starts/list-*.xlsx",),
    "sheets": ("fuzz/starts/sheets-*.json",),
    "figures": ("fuzz/starts/figures-*.csv",),
}
MARKS = {
    *("not stated", "guide §1", "2020-06", "2020-06-30", "land", "crossing", "touching"),
    *("km:", "~", "%7E", "%2C", "scenario: 1", "story: 1"),
}
SHAPES = {
    *("FeatureCollection", "contents", "taxonomy_term", "service_areas", "uri", "Polygon"),
    *("MultiPolygon", "coordinates", "\\ud800", "1e999", "NaN", "&a", "*a", "!!binary"),
    *("---", "? ", "<<: ", "|+9"),
}


def main() -> int:
    """Run; returns how many targets failed."""
    parser = argparse.ArgumentParser(
        prog="python -m fuzz", description="Fuzz what is read from outside."
    )
    parser.add_argument(
        "name", nargs="*", help=f"one or more of: {', '.join(STARTS)} (default: all)"
    )
    parser.add_argument("--seconds", type=int, default=60, help="how long each (default: 60)")
    parser.add_argument(
        "--runs", type=int, default=0, help="how many inputs each, however long they take"
    )
    args = parser.parse_args()
    unknown = set(args.name) - set(STARTS)
    if unknown:
        parser.error(
            f"no target is called {', '.join(sorted(unknown))}; choose from {', '.join(STARTS)}"
        )
    if len(args.name) == 1:
        fuzz(args.name[0], args.seconds, args.runs)  # does not return: the fuzzer ends the process
    failed = [name for name in args.name or STARTS if _apart(name, args.seconds, args.runs)]
    print(
        f"fuzz: {', '.join(failed)} failed; see test-results/fuzz"
        if failed
        else "fuzz: nothing found"
    )
    return len(failed)


def _apart(name: str, seconds: int, runs: int) -> int:
    """Fuzz a target in a process of its own; returns its exit code."""
    bounds = ["--seconds", str(seconds), "--runs", str(runs)]
    return subprocess.run(
        [sys.executable, "-m", "fuzz", name, *bounds], cwd=ROOT, check=False
    ).returncode


def fuzz(name: str, seconds: int, runs: int = 0) -> None:
    """Fuzz a target in this process until the time is over (with ``runs``, until so many inputs
    were tried), or an input fails."""
    import atheris

    with atheris.instrument_imports(include=["provision"]):
        from fuzz.targets import TARGETS, city, survives

    from fuzz.mutate import mutated

    assert name in TARGETS
    city()
    found = ROOT / "test-results" / "fuzz" / name
    corpus = found / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for pattern in (*STARTS[name], f"fuzz/cases/{name}/*"):
        for seed in ROOT.glob(pattern):
            (corpus / seed.name).write_bytes(seed.read_bytes())
            survives(name, seed.read_bytes())  # a library that is loaded on first use is no growth
    known = _words()
    words = found / "words.dict"
    words.write_text("".join(f'"{_spelt(word)}"\n' for word in known), encoding="ascii")

    def change(data: bytes, longest: int, seed: int) -> bytes:
        better = mutated(data, seed, known) if seed % 2 else None
        if better is not None and len(better) <= longest:
            return better
        return bytes(atheris.Mutate(data, longest))

    atheris.Setup(
        ["fuzz", *_options(found, words, seconds, runs), str(corpus)],
        _bounded(partial(survives, name)),
        **({} if "link" in name else {"custom_mutator": change}),
    )
    atheris.Fuzz()


def _bounded(survives: Callable[[bytes], object]) -> Callable[[bytes], None]:
    """What reads one input, bounded in processor time and in how much the process may grow."""
    at_start = _megabytes()

    def one(data: bytes) -> None:
        begun = time.process_time()
        survives(data)
        taken, grown = time.process_time() - begun, _megabytes() - at_start
        if taken > SECONDS_EACH:
            raise RuntimeError(
                f"took {taken:.1f} s of processor time; {SECONDS_EACH:.0f} is the limit"
            )
        if grown > MEGABYTES_MORE:
            raise RuntimeError(f"grew by {grown:.0f} MB; {MEGABYTES_MORE} is the limit")

    return one


def _options(found: Path, words: Path, seconds: int, runs: int) -> list[str]:
    return [
        f"-runs={runs}" if runs else f"-max_total_time={seconds}",
        f"-max_len={LONGEST}",
        "-timeout=30",
        "-rss_limit_mb=2048",
        f"-artifact_prefix={found}/",
        f"-dict={words}",
        "-print_final_stats=1",
    ]


def _megabytes() -> float:
    """The most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _spelt(word: str) -> str:
    """A word as the fuzzer's dictionary writes it: what is not ASCII, and its own marks, byte by
    byte."""
    return "".join(
        chr(b) if 32 <= b < 127 and chr(b) not in '"\\\\' else f"\\x{b:02X}" for b in word.encode()
    )


def _words() -> list[str]:
    """The words of the grammars: what chance alone would hardly spell."""
    from fuzz.targets import city
    from provision.links.query import KEYS
    from provision.schema.services import json_schema

    schema = json_schema()
    fields = {
        field
        for part in [schema, *schema["$defs"].values()]
        for field in part.get("properties", {})
    }
    record = city()
    own = {
        *record.codes,
        *record.services_by_id,
        *record.themes_by_id,
        *(area.name for area in record.areas),
    }
    return sorted(fields | set(KEYS) | own | MARKS | SHAPES)


if __name__ == "__main__":
    sys.exit(main())
