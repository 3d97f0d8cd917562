"""``python -m tools.audit``: compare the records with the second and third readings of their
sources, and look for copied runs of words. Ends with 1 where it finds anything.

``--source`` or ``PROVISION_SOURCE_TEXT`` names files with the text of the source; without them the
runs are looked up among hashes. ``--keep`` writes the hashes anew from the text.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tools.audit.addresses import entry_around
from tools.audit.facts import FILES, KEYINGS, LEFT_OUT, RECORDS, compare, load, read_facts
from tools.audit.runs import HASHES, copied, known_hashes

Facts = Sequence[Mapping[str, str]]


def counted(whole: Mapping[str, Any], readings: Mapping[str, Facts]) -> dict[str, int]:
    """How much the record holds, and how much of it each reading read again."""
    entries = {id(e) for e in _referring(whole)}
    counts = {"entries with a reference in the record": len(entries)}
    reached = {}
    for keying, facts in readings.items():
        kept = [f for f in facts if f["record"] != LEFT_OUT]
        reached[keying] = {id(entry_around(whole, f["record"])) for f in kept} & entries
        counts |= {
            f"facts in the {keying} reading": len(facts),
            f"of the {keying} reading, in the record": len(kept),
            f"of the {keying} reading, left out with a reason": len(facts) - len(kept),
            f"entries that the {keying} reading reached": len(reached[keying]),
        }
    counts["entries that both readings reached"] = len(set.intersection(*reached.values()))
    counts["entries that either reading reached"] = len(set.union(*reached.values()))
    return counts


def _referring(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "ref" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _referring(inner)


def table(differences: Mapping[str, int]) -> list[str]:
    """The counts of every record as the page on the audit has them: a line each, and the sum."""
    found = {
        name: counted(load(folder), {k: read_facts(name, k) for k in KEYINGS})
        for name, (folder, _) in RECORDS.items()
    }
    for name, own in found.items():
        own["differences"] = differences[name]
    lines = [f"| what | {' | '.join(found)} | all |", "|---" * (len(found) + 2) + "|"]
    for what in next(iter(found.values())):
        numbers = [own[what] for own in found.values()]
        lines.append(f"| {what} | {' | '.join(map(str, numbers))} | {sum(numbers)} |")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what differs. Returns 1 where anything does."""
    parser = argparse.ArgumentParser(description="Compare the records with their readings.")
    parser.add_argument("--source", type=Path, nargs="*", help="files with the text of the sources")
    parser.add_argument("--keep", action="store_true", help="keep the hashes of the sources' runs")
    asked = parser.parse_args(arguments)
    given = os.environ.get("PROVISION_SOURCE_TEXT", "").split(os.pathsep)
    sources = asked.source or [Path(name) for name in given if name]
    known = known_hashes(sources)
    if asked.keep and sources:
        HASHES.write_bytes(b"".join(sorted(known)))
    differences, runs = dict[str, int](), 0
    for name, (folder, _) in RECORDS.items():
        whole = load(folder)
        found = [d for keying in KEYINGS for d in compare(whole, read_facts(name, keying))]
        for d in found:
            print(f"{name}, {d.fact}: {d.fault}. Read: {d.read}. Record: {d.record}")
        differences[name] = len(found)
        files = [path for own in FILES if (path := folder / own).exists()]
        for where, run in copied(files, known):
            print(f"{name}, {where}: nine words or more as in the source: {run}")
            runs += 1
    print("\n".join(table(differences)))
    by = "the text of the sources" if sources else "hashes: the text of the sources is not here"
    print(f"{runs} copied runs (by {by})")
    return 1 if runs or any(differences.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
