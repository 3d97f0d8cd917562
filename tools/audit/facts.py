"""The second and third readings of the sources, and what of them the records do not hold.

``docs/audit/second_reading.csv``, ``third_reading.csv``, and files beside them for each later
record, have a fact a row:
where it stands in the source, its value, how sure the source is, who says it, the address of the
entry that holds it, and, where the record puts it in other words, how it reads there. ``-`` stands
for a fact that the record leaves out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tools.audit.addresses import Missing, around, resolve, strings
from tools.audit.runs import words
from tools.audit.softeners import hedge_fault, speaker_fault

ROOT = Path(__file__).resolve().parents[2]
DATA, READINGS = ROOT / "data", ROOT / "docs" / "audit"
# every record, by what it is called here: its folder, and what the names of its readings end in
RECORDS = {
    "2018": (DATA, ""),
    "2021": (DATA / "london-2021", "_2021"),
    "2022": (DATA / "london-2022", "_2022"),
}
# the keyings of each source, each by a reader or program of its own
KEYINGS = ("second", "third")
FILES = ("services.yaml", "themes.yaml", "organisations.yaml")
LEFT_OUT = "-"

_MONTHS = "January February March April May June July August September October November December"
_MONTH = {name: f"{n:02}" for n, name in enumerate(_MONTHS.split(), 1)}
_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


@dataclass(frozen=True)
class Difference:
    """One fact that the record does not hold as it was read: which, what is wrong, and the rest."""

    fact: str
    fault: str
    read: str
    record: str


def load(folder: Path) -> dict[str, Any]:
    """The files of a record as one tree; lists of the same name are joined. A later record need not
    have all of them."""
    whole: dict[str, Any] = {}
    for name in (own for own in FILES if (folder / own).exists()):
        for key, value in yaml.safe_load((folder / name).read_text(encoding="utf-8")).items():
            whole[key] = whole[key] + value if key in whole else value
    return {**whole, "by_area": by_area(whole)}


def by_area(whole: Mapping[str, Any]) -> dict[str, list[str]]:
    """The services that list each area, by its official name; ``none`` where it is listed so."""
    official = whole["region"]["name_variants"]
    listed = [(s["id"], name) for s in whole["services"] for name in s["service_area"]["listed"]]
    listed += [("none", name) for name in whole.get("areas_without_service", {}).get("listed", ())]
    found: dict[str, list[str]] = {}
    for service, name in listed:
        of = found.setdefault(official.get(name, name), [])
        of += [service] if service not in of else []
    return found


def read_facts(name: str, keying: str) -> list[dict[str, str]]:
    """The rows of one reading of a record."""
    path = READINGS / f"{keying}_reading{RECORDS[name][1]}.csv"
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
        said = around(whole, fact["record"])
        for fault in (
            _value_fault(whole, fact, held),
            hedge_fault(fact["sure"], said) or speaker_fault(fact["speaker"], said),
        ):
            if fault:
                shown = " ".join(strings(held))[:160]
                found.append(Difference(fact["id"], fault, fact["value"], shown))
    return found


def _value_fault(whole: Mapping[str, Any], fact: Mapping[str, str], held: Any) -> str:
    wanted, text = fact["value"], " ".join(strings(held))
    if fact["kind"] == "count" and isinstance(held, list) and not fact["reads"]:
        return "" if len(held) == int(wanted) else f"has {len(held)} entries"
    if isinstance(held, int | float) and not isinstance(held, bool):
        return "" if held in map(float, _numbers(wanted)) else "is another number"
    if _is_list_of_names(fact, held):
        return _names_fault(whole, (fact["reads"] or wanted).split(";"), held)
    if fact["kind"] == "names" and isinstance(held, list) and not fact["reads"]:
        return _names_fault(whole, wanted.split(";"), held)
    parts = (fact["reads"] or wanted).split(";")
    if fact["kind"] in ("figure", "date", "count") and not fact["reads"]:
        parts = _numbers(wanted) + [w for w in wanted.split() if w in _MONTH]
        return "" if _dated(text, wanted) or set(parts) <= _all_numbers(text) else "says another"
    lacking = [p for p in parts if _plain(p) not in _plain(text)]
    return f"does not say {lacking[0]!r}" if lacking else ""


def _is_list_of_names(fact: Mapping[str, str], held: Any) -> bool:
    """Whether the third reading means a whole list: it is then compared name by name."""
    several = fact["kind"] == "area-list" or (fact["kind"] == "name" and ";" in fact["value"])
    return several and isinstance(held, list) and all(isinstance(h, str) for h in held)


def _names_fault(whole: Mapping[str, Any], wanted: Sequence[str], held: Sequence[Any]) -> str:
    """Whether a list holds exactly the names: ids of organisations, or areas in any spelling."""
    known = {o["id"]: {o["name"], *o.get("variants", ())} for o in whole.get("organisations", ())}
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
    if len(parts) < 2 or not parts[-1].isdigit() or parts[-2] not in _MONTH:
        return False
    month = _MONTH[parts[-2]]
    day = f"-{int(parts[0]):02}" if len(parts) == 3 else ""
    return text == f"{parts[-1]}-{month}{day}"
