"""Compare the record with a second reading of its source, and look for copied runs of words.

The second reading (``docs/audit/second_reading.csv``) holds one fact a row: where it stands in the
source, its value, how sure the source is, who says it, and the address of the entry that holds it.
``python -m tools.audit`` prints what differs and ends with 1 if anything does. The text of the
source is not in the repository: runs of nine words are looked up among hashes, or in the text
itself where ``--source`` or ``PROVISION_SOURCE_TEXT`` names its files.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml

from tools.audit_address import Missing, entry_around, resolve, strings

ROOT = Path(__file__).resolve().parent.parent
READING = ROOT / "docs" / "audit" / "second_reading.csv"
HASHES = ROOT / "docs" / "audit" / "nine_words.bin"
REPORT = ROOT / "docs" / "audit.md"
FILES = ("services.yaml", "themes.yaml", "organisations.yaml")
RUN, HASH_BYTES = 9, 6  # words in a run; bytes of a hash
LEFT_OUT = "-"  # a fact that the record leaves out, with the reason beside it
# names, titles and headings are the source's own words, and have to be
OWN_WORDS = {"title", "short_title", "name", "listed", "variants", "cited", "map_title"}

_MONTHS = "January February March April May June July August September October November December"
_MONTH = {name: f"{n:02}" for n, name in enumerate(_MONTHS.split(), 1)}
_SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()
_HEDGES: Mapping[str, tuple[str, ...]] = {
    "may": ("may", "might", "could", "can"),
    "can": ("can", "could", "may", "might"),
    "could": ("could", "can", "may", "might", "proposed"),
    "often": ("often", "tend"),
    "tend to": ("tend",),
    "likely": ("likely",),
    "suggests": ("suggest",),
    "perceived": ("perce",),
    "up to": ("up to",),
    "over": ("over", "more than"),
    "more than": ("over", "more than"),
    "just over": ("just over",),
    "under": ("under", "fewer than", "less than"),
    "fewer than": ("fewer than",),
    "nearly": ("nearly",),
    "at least": ("at least",),
    "around": ("around", "about"),
    "about": ("around", "about"),
    "approximately": ("around", "about"),
    "only": ("only",),
    "a further": ("a further",),
    "partly adopted": ("partly",),
    "early evidence": ("early",),
    "expected": ("expected",),
    "planned": ("plan", "will", "to be", "is to", "are to", "due", "coming", "6 months", "terms"),
    "aims": ("aim", "to be confirmed", "target", "vision", "strive"),
    "to be confirmed": ("to be confirmed",),
    "to be agreed": ("to be agreed",),
    "aspiration": ("hope", "aspiration"),
    "where possible": ("where possible", "wherever possible"),
    "wherever feasible": ("feasible",),
    "proposed": ("propos", "kind: proposed"),
    "explore": ("explore",),
    "strive": ("strive",),
    "will work towards": ("working towards",),
    "committed": ("committed",),
    "not automatically": ("automatically",),
    "under review": ("review",),
    "disclosed": ("disclosed", "likely"),
    "in part": ("in part",),
}
_SPEAKERS: Mapping[str, str] = {
    "participants": r"consult|participant|feedback",
    "strategy": r"strategy|since 2013|prison population",
    "research": r"research|stud|review|survey|evaluation|cited|recommend|Manchester|Councils should",
}


@dataclass(frozen=True)
class Difference:
    """One fact that the record does not hold as it was read: which, what is wrong, and the rest."""

    fact: str
    fault: str
    read: str
    record: str


def load(folder: Path) -> dict[str, Any]:
    """The three files as one tree; lists of the same name are joined."""
    whole: dict[str, Any] = {}
    for name in FILES:
        for key, value in yaml.safe_load((folder / name).read_text(encoding="utf-8")).items():
            whole[key] = whole[key] + value if key in whole else value
    return whole


def read_facts(path: Path = READING) -> list[dict[str, str]]:
    """The rows of the second reading."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def compare(whole: Mapping[str, Any], facts: Sequence[Mapping[str, str]]) -> list[Difference]:
    """What the record does not hold as it was read a second time."""
    found = []
    for fact in facts:
        if fact["record"] == LEFT_OUT:
            continue
        try:
            held = resolve(whole, fact["record"])
        except Missing as missing:
            found.append(
                Difference(fact["id"], "is not in the record", fact["value"], str(missing))
            )
            continue
        around = f"{fact['record']} {' '.join(strings(entry_around(whole, fact['record'])))}"
        for fault in (_value_fault(whole, fact, held), _hedge_fault(fact, around)):
            if fault:
                shown = " ".join(strings(held))[:160]
                found.append(Difference(fact["id"], fault, fact["value"], shown))
    return found


def _value_fault(whole: Mapping[str, Any], fact: Mapping[str, str], held: Any) -> str:
    wanted, text = fact["value"], " ".join(strings(held))
    if fact["kind"] == "count" and isinstance(held, list):
        return "" if len(held) == int(wanted) else f"has {len(held)} entries"
    if isinstance(held, int | float) and not isinstance(held, bool):
        return "" if held == float(wanted) else "is another number"
    if fact["kind"] == "names" and isinstance(held, list) and not fact["reads"]:
        return _names_fault(whole, wanted.split(";"), held)
    parts = (fact["reads"] or wanted).split(";")
    if fact["kind"] in ("figure", "date", "count") and not fact["reads"]:
        parts = _numbers(wanted) + [w for w in wanted.split() if w in _MONTH]
        return "" if _dated(text, wanted) or set(parts) <= _all_numbers(text) else "says another"
    lacking = [p for p in parts if _plain(p) not in _plain(text)]
    return f"does not say {lacking[0]!r}" if lacking else ""


def _names_fault(whole: Mapping[str, Any], wanted: Sequence[str], held: Sequence[Any]) -> str:
    """Whether a list holds exactly the names: ids of organisations, or areas in any spelling."""
    known = {o["id"]: {o["name"], *o.get("variants", ())} for o in whole["organisations"]}
    official = whole["region"]["name_variants"]
    have = [known.get(h) or {official.get(str(h), str(h))} for h in held if not isinstance(h, dict)]
    if not have:
        text = _plain(" ".join(strings(list(held))))
        return next((f"does not name {w}" for w in wanted if _plain(w) not in text), "")
    for name in wanted:
        if not any(_plain(name) in {_plain(h) for h in names} for names in have):
            return f"does not name {name}"
    more = [n for n in have if not {_plain(h) for h in n} & {_plain(w) for w in wanted}]
    return f"also names {sorted(more[0])[0]}" if more else ""


def _hedge_fault(fact: Mapping[str, str], around: str) -> str:
    """Whether the entry keeps how sure the source is, and who says it."""
    hedges = _HEDGES.get(fact["sure"], ())
    if hedges and not any(h in around.casefold() for h in hedges):
        return f"loses “{fact['sure']}”"
    speaker = _SPEAKERS.get(fact["speaker"])
    return (
        f"loses that {fact['speaker']} say so" if speaker and not re.search(speaker, around) else ""
    )


def _plain(text: str) -> str:
    return " ".join(words(text))


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text.replace(",", ""))


def _all_numbers(text: str) -> set[str]:
    """Numbers and months of a text, small numbers in words included."""
    spelt = {str(n) for n, name in enumerate(_SMALL) if re.search(rf"\b{name}\b", text, re.I)}
    dated = {m for m in _MONTH if m in text} | {
        name for name, n in _MONTH.items() if re.search(rf"\d{{4}}-{n}", text)
    }
    return (
        {str(float(n)).removesuffix(".0") for n in _numbers(text)}
        | spelt
        | dated
        | set(_numbers(text))
    )


def _dated(text: str, wanted: str) -> bool:
    """Whether a text is the ISO form of a date in words."""
    parts = wanted.split()
    if not parts or parts[-1] == wanted or not parts[-1].isdigit():
        return False
    month = _MONTH.get(parts[-2], "")
    day = f"-{int(parts[0]):02}" if len(parts) == 3 else ""
    return text == f"{parts[-1]}-{month}{day}"


# Copied runs


def words(text: str) -> list[str]:
    """The words of a text, without markup, case and apostrophes."""
    bare = re.sub(r"<[^>]+>", " ", text).replace("’", "'").replace("'", "")
    return re.findall(r"[a-z0-9]+", bare.casefold())


def hashes(text: str) -> set[bytes]:
    """A hash of every run of nine words in a text."""
    own = words(text)
    return {_hash(own[i : i + RUN]) for i in range(len(own) - RUN + 1)}


def _hash(run: Sequence[str]) -> bytes:
    return blake2b(" ".join(run).encode(), digest_size=HASH_BYTES).digest()


def known_hashes(sources: Sequence[Path]) -> set[bytes]:
    """The runs of the source: from its text where it is given, else from the hashes kept here."""
    if sources:
        return set().union(*(hashes(path.read_text(encoding="utf-8")) for path in sources))
    kept = HASHES.read_bytes()
    return {kept[i : i + HASH_BYTES] for i in range(0, len(kept), HASH_BYTES)}


def copied(folder: Path, known: set[bytes]) -> Iterator[tuple[str, str]]:
    """Runs of nine words that the files of the record share with the source: where, and the run."""
    for name in FILES:
        text = (folder / name).read_text(encoding="utf-8")
        comments = re.findall(r"(?:^[ ]*#.*\n)+", text, re.M)
        parts = [*_prose(yaml.safe_load(text)), *((c, "comment") for c in comments)]
        for part, where in parts:
            own = words(part)
            for i in range(len(own) - RUN + 1):
                if _hash(own[i : i + RUN]) in known:
                    yield f"{name} {where}", " ".join(own[i : i + RUN])
                    break


def _prose(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in OWN_WORDS:
                yield from _prose(inner, f"{where}/{key}")
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _prose(inner, f"{where}/{i}")
    elif isinstance(value, str):
        yield value, where


# The report


def counted(whole: Mapping[str, Any], facts: Sequence[Mapping[str, str]]) -> dict[str, int]:
    """How much the record holds, and how much of it was read twice."""
    kept = [f for f in facts if f["record"] != LEFT_OUT]
    entries = {id(e) for e in _referring(whole)}
    reached = {id(entry_around(whole, f["record"])) for f in kept} & entries
    return {
        "entries with a reference in the record": len(entries),
        "facts in the second reading": len(facts),
        "of them in the record": len(kept),
        "of them left out, each with its reason": len(facts) - len(kept),
        "entries that a second reading reached": len(reached),
    }


def _referring(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "ref" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _referring(inner)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what differs. Returns 1 where anything does."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=ROOT / "data", help="the folder of the record")
    parser.add_argument("--source", type=Path, nargs="*", help="files with the text of the source")
    parser.add_argument("--keep", action="store_true", help="keep the hashes of the source's runs")
    asked = parser.parse_args(arguments)
    given = os.environ.get("PROVISION_SOURCE_TEXT", "").split(os.pathsep)
    sources = asked.source or [Path(name) for name in given if name]
    known = known_hashes(sources)
    if asked.keep and sources:
        HASHES.write_bytes(b"".join(sorted(known)))
    whole, facts = load(asked.data), read_facts()
    differences, runs = compare(whole, facts), list(copied(asked.data, known))
    for d in differences:
        print(f"{d.fact}: {d.fault}. Read: {d.read}. Record: {d.record}")
    for where, run in runs:
        print(f"{where}: nine words or more as in the source: {run}")
    for what, number in counted(whole, facts).items():
        print(f"{number:>5} {what}")
    by = "the text of the source" if sources else "hashes: the text of the source is not here"
    print(f"{len(differences):>5} differences\n{len(runs):>5} copied runs (by {by})")
    return 1 if differences or runs else 0


if __name__ == "__main__":
    sys.exit(main())
