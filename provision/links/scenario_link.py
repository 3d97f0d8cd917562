"""Scenarios in links: fields of a query string, written and read.

Entries are parted by commas and what belongs to one by ``~``, in any order::

    v=1&on=2020-04-01&hubs=E09000003~land~themes:accommodation~from:2019-04~to:2021-03~kw:3,E09000004&off=minerva-crc
    &ends=south-london-alliance~2022-03&withdraw=Advance&cells=E09000010~minerva-crc~closed~2019-06
    &assume=women:58.33,cost:1557,fixed:20000&name=Two+hubs

Within a name, a comma, a tilde and a per cent sign are written ``%2C``, ``%7E`` and ``%25`` (and
once more as any link writes them). A hub of another kind than a fixed centre says so, with the
areas that it visits: ``E09000003~kind:outreach-hub~visits:E09000010.E09000032``. They are read into
plain data, and that into a :class:`provision.scenarios.scenario.Scenario` in one place
(:mod:`provision.scenarios.plain`), so that a value is right or wrong in the same way in a link, a
file and a command."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import unquote, urlencode

from provision.coverage.levels import LEVEL_ORDER
from provision.io.field_errors import Fault
from provision.io.node_paths import Path_
from provision.io.problems import shown
from provision.location.catchment import OWN, Rule
from provision.location.hub_kinds import FIXED
from provision.record import Record
from provision.scenarios.plain import VERSION, Plain, build, plain_change
from provision.scenarios.scenario import Contested, Ends, Hub, Off, Scenario, Withdrawn
from provision.schema.services import Level

# beside the view's own: on, need, ...
FIELDS = ("v", "hubs", "off", "ends", "withdraw", "cells", "assume", "name", "note")
_ASSUME = {"women": "women_per_key_worker", "cost": "cost_per_woman", "fixed": "hub_fixed_cost"}
_HUB_TOKENS = {
    "from": "opens",
    "to": "closes",
    "kw": "key_workers",
    "themes": "themes",
    "kind": "kind",
    "visits": "visits",
}
_WORDS = {
    "hubs": "hub",
    "changes": "change",
    "assumptions": "assumption",
    "on": "date",
    "need": "measure of need",
}


def decode(given: Mapping[str, str], record: Record) -> tuple[Scenario, list[str]]:
    """The scenario of a link's fields. Never raises.

    Parameters
    ----------
    given
        The fields of a query string, decoded. Those that are no business of a scenario are passed
        over.
    record
        The record that ids and codes are looked up in.

    Returns
    -------
    scenario : Scenario
        The scenario, with what is valid applied. An entry is applied whole or not at all.
    notes : list of str
        A sentence for everything that was not.
    """
    data, said, raw = _from_link(given)
    scenario, faults = build(data, record)
    return scenario, said + _notes(faults, raw, data)


def _from_link(given: Mapping[str, str]) -> tuple[Plain, list[str], dict[Path_, str]]:
    """A link's fields as plain data; notes for what has no place there; and how the entries were
    written."""
    data: Plain = {"scenario": _number(given.get("v", str(VERSION))), "hubs": [], "changes": []}
    data |= {name: given[name] for name in ("name", "note", "on", "need") if given.get(name)}
    raw: dict[Path_, str] = {}
    notes: list[str] = []
    for name, into in _ENTRIES.items():
        for text in filter(None, given.get(name, "").split(",")):
            try:
                entry = _DECODE[name]([unquote(part) for part in text.split("~")])
            except ValueError as error:
                notes.append(f"The link's {_WORDS[into]} {shown(text)} was left aside: {error}.")
                continue
            raw[into, len(data[into])] = text
            data[into].append(entry)
    data["assumptions"], said = _assumed(given.get("assume", ""))
    return data, notes + said, raw


def _notes(faults: list[Fault], raw: Mapping[Path_, str], data: Plain) -> list[str]:
    """One note for each entry that has faults."""
    by_entry: dict[Path_, list[Fault]] = {}
    for fault in faults:
        by_entry.setdefault(fault.path[:2], []).append(fault)
    found = []
    if by_entry.pop(("scenario",), None):
        found.append(
            f"The link is of version {shown(data['scenario'])}, not {VERSION}; what is still"
            " understood was applied."
        )
    for path, group in by_entry.items():
        what = "; ".join(f"{f.path[2]} {f.what}" if len(f.path) > 2 else f.what for f in group)
        part = str(path[0]) if path else ""
        written = raw.get(path) or (
            data[part].get(path[1], "") if part == "assumptions" else data.get(part, "")
        )
        found.append(
            f"The link's {_WORDS.get(part, part)} {shown(written)} was left aside: {what};"
            f" {group[0].mend}."
        )
    return found


def _hub_entry(parts: list[str]) -> Plain:
    entry: Plain = {"area": parts[0]}
    for part in parts[1:]:
        name, value = _hub_token(part)
        if name in entry:
            raise ValueError(f"it says {name.replace('_', ' ')} twice")
        entry[name] = value
    return entry


def _hub_token(part: str) -> tuple[str, object]:
    """What a part of a hub's entry says: its reach, its level, or what its prefix names."""
    prefix, colon, rest = part.partition(":")
    if colon and prefix in _HUB_TOKENS:
        return _HUB_TOKENS[prefix], _TOKEN_VALUES.get(prefix, str)(rest)
    if part in LEVEL_ORDER:
        return "level", part
    if prefix in set(Rule):
        return "reach", part
    raise ValueError(f"{shown(part)} is no part of a hub")


def read_hubs(given: Sequence[str], record: Record) -> tuple[Hub, ...]:
    """Hubs as the command line takes them.

    Parameters
    ----------
    given
        Each ``AREA``, ``AREA:KIND`` (a kind's id, or its beginning up to a hyphen), and after it
        what a link's hub may have, parted by ``~``: ``E09000003:outreach~visits:E09000004``.
    record
        The record that areas and kinds are looked up in.

    Returns
    -------
    tuple of Hub
        Sorted by area.

    Raises
    ------
    ValueError
        With all that is wrong with them.
    """
    entries, wrong = [], []
    for text in given:
        area, colon, rest = text.partition(":")
        written = f"{area}~kind:{rest}" if colon and "~" not in area else text
        try:
            entries.append(_hub_entry([unquote(part) for part in written.split("~")]))
        except ValueError as error:
            wrong.append(f"{shown(text)}: {error}")
    scenario, faults = build({"scenario": VERSION, "hubs": entries}, record)
    wrong += [f"{' '.join(map(str, f.path[2:]))} {f.what}; {f.mend}".strip() for f in faults]
    if wrong:
        raise ValueError("; ".join(wrong))
    return scenario.hubs


def _parts(*names: str) -> Callable[[list[str]], Plain]:
    """Entries whose parts stand in one order; the last may be missing."""

    def read(parts: list[str]) -> Plain:
        if len(parts) > len(names):
            raise ValueError("it has too many parts")
        return dict(zip(names, parts, strict=False))

    return read


_ENTRIES = {
    "hubs": "hubs",
    "off": "changes",
    "ends": "changes",
    "withdraw": "changes",
    "cells": "changes",
}
_DECODE: dict[str, Callable[[list[str]], Plain]] = {
    "hubs": _hub_entry,
    "off": _parts("switch_off"),
    "ends": lambda parts: {"ends": None, **_parts("service", "ends")(parts)},
    "withdraw": _parts("withdraw"),
    "cells": lambda parts: {
        "verdict": None,
        **_parts("area", "service", "verdict", "since")(parts),
    },
}


def _assumed(text: str) -> tuple[Plain, list[str]]:
    found: Plain = {}
    notes = []
    for part in filter(None, text.split(",")):
        name, _, value = part.partition(":")
        if name in _ASSUME and _ASSUME[name] not in found:
            found[_ASSUME[name]] = _number(value)
        else:
            notes.append(
                f"The link's assumption {shown(part)} was left aside: write each of"
                f" {', '.join(_ASSUME)} once."
            )
    return found, notes


def _number(text: str) -> object:
    """A number where the text is one, as a file would hold it."""
    if re.fullmatch(r"[0-9]{1,12}", text):
        return int(text)
    return float(text) if re.fullmatch(r"[0-9]{1,12}\.[0-9]{1,6}", text) else text


_TOKEN_VALUES: dict[str, Callable[[str], object]] = {
    "kw": _number,
    "themes": lambda text: text.split("."),
    "visits": lambda text: list(map(unquote, text.split("."))),
}


def params(scenario: Scenario, record: Record) -> dict[str, str]:
    """The fields of a scenario's link.

    Parameters
    ----------
    scenario
        The scenario.
    record
        The record that it is of, for the day that is the default.

    Returns
    -------
    dict of str
        The fields, without those that equal the default; empty for the default scenario.
    """
    own = {name: getattr(scenario.assumptions, full) for name, full in _ASSUME.items()}
    found = {
        "on": "" if scenario.on == record.default_date else scenario.on.isoformat(),
        "need": scenario.need or "",
        "hubs": _entries(map(_link_hub, scenario.hubs)),
        "off": _entries(_quoted(c.service) for c in scenario.changes if isinstance(c, Off)),
        "ends": _entries(
            f"{_quoted(c.service)}~{c.end.iso}" for c in scenario.changes if isinstance(c, Ends)
        ),
        "withdraw": _entries(
            _quoted(c.provider) for c in scenario.changes if isinstance(c, Withdrawn)
        ),
        "cells": _entries(
            "~".join(map(_quoted, plain_change(c).values()))
            for c in scenario.changes
            if isinstance(c, Contested)
        ),
        "assume": _entries(
            f"{name}:{decimal_text(value)}" for name, value in own.items() if value is not None
        ),
        "name": scenario.name,
        "note": scenario.note,
    }
    kept = {name: value for name, value in found.items() if value}
    return {"v": str(VERSION), **kept} if kept else {}


def write_link(scenario: Scenario, record: Record) -> str:
    """The query string of a scenario.

    Parameters
    ----------
    scenario, record
        As for :func:`params`.

    Returns
    -------
    str
        The query string, without the question mark; empty for the default scenario.
    """
    return urlencode(params(scenario, record), safe=",:~")


def _link_hub(hub: Hub) -> str:
    parts = [_quoted(hub.area)]
    parts += [f"kind:{hub.kind}"] if hub.kind != FIXED else []
    parts += [_quoted(f"visits:{'.'.join(map(_visited, hub.visits))}")] if hub.visits else []
    parts += [str(hub.reach)] if hub.reach != OWN else []
    parts += [hub.level.value] if hub.level is not Level.WRAP_AROUND else []
    parts += [f"themes:{'.'.join(hub.themes)}"] if hub.themes else []
    parts += [f"from:{hub.opens.iso}"] if hub.opens else []
    parts += [f"to:{hub.closes.iso}"] if hub.closes else []
    return "~".join([*parts, *([f"kw:{hub.key_workers}"] if hub.key_workers is not None else [])])


def _visited(code: str) -> str:
    """A code in which no stop parts it from the next."""
    return code.replace("%", "%25").replace(".", "%2E")


def _quoted(text: str) -> str:
    """A text in which nothing parts entries."""
    return text.replace("%", "%25").replace(",", "%2C").replace("~", "%7E")


def _entries(parts: Iterable[str]) -> str:
    return ",".join(parts)


def decimal_text(value: float) -> str:
    """A number with at most two decimals, and none that say nothing.

    >>> decimal_text(1557.0), decimal_text(58.333)
    ('1557', '58.33')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")
