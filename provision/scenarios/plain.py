"""Scenarios as plain data (mappings, lists, text, numbers), read in one place whatever form they
came in.

An entry is applied whole or not at all: a hub with another reach than was asked for would not be
the hub that was asked for. The forms themselves, file and link, are in
:mod:`provision.links.scenario_link`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, TypeVar

from provision.coverage.levels import LEVEL_ORDER
from provision.dates import EARLIEST, LATEST, SourceDate
from provision.io.field_errors import Fault
from provision.io.node_paths import Path_
from provision.io.problems import nearest, shown
from provision.location.catchment import OWN, CatchmentRule
from provision.location.hub_kinds import FIXED, find_kind, hub_kinds
from provision.record import Record
from provision.scenarios.scenario import (
    MOST_CHANGES,
    NAME_LENGTH,
    NOTE_LENGTH,
    Assumptions,
    Change,
    Contested,
    Ends,
    Hub,
    Off,
    Scenario,
    Verdict,
    Withdrawn,
    no_place,
    target,
    tidy,
)
from provision.schema.services import NOT_STATED, Level

VERSION = 1
FIGURES = ("women_per_key_worker", "cost_per_woman", "hub_fixed_cost")
_TOP = ("scenario", "name", "note", "on", "need", "hubs", "changes", "assumptions")
_HUB = ("area", "kind", "reach", "visits", "level", "themes", "opens", "closes", "key_workers")
_CHANGES: dict[str, tuple[str, ...]] = {
    "switch_off": ("switch_off",),
    "withdraw": ("withdraw",),
    "ends": ("service", "ends"),
    "verdict": ("area", "service", "verdict", "since"),
}
_LEAVE = "leave it out, or choose another kind"
_DATE = "write YYYY-MM or YYYY-MM-DD"

T = TypeVar("T")
Plain = dict[str, Any]


def build(data: object, record: Record) -> tuple[Scenario, list[Fault]]:
    """A scenario from plain data, with what is valid applied, and a fault for everything that was
    not, by its path."""
    if not isinstance(data, dict):
        return Scenario.default(record), [Fault((), "is not a mapping", "begin with 'scenario: 1'")]
    reader = _Reader(record, data)
    scenario = Scenario(
        on=reader.take("on", reader.day, record.default_date),
        need=reader.take("need", reader.need, None),
        name=reader.take("name", lambda value: reader.text(value, NAME_LENGTH), ""),
        note=reader.take("note", lambda value: reader.text(value, NOTE_LENGTH), ""),
        hubs=tuple(reader.hubs()),
        changes=tuple(reader.changes()),
        assumptions=reader.assumptions(),
    )
    return scenario, reader.faults


class _Reader:
    """Reads plain data, and gathers what is wrong with it instead of stopping."""

    def __init__(self, record: Record, data: Plain) -> None:
        self.record, self.data = record, data
        self.faults: list[Fault] = []
        self._known((), data, _TOP)
        version = data.get("scenario")
        if version != VERSION or isinstance(version, bool):
            age = (
                "is of an older version"
                if isinstance(version, int) and version < VERSION
                else "is of a version that is not known here"
            )
            what = "is missing" if version is None else f"{shown(version)} {age}"
            self.fault(("scenario",), what, f"write {VERSION}, and check what was left aside")

    def fault(self, path: Path_, what: str, mend: str) -> None:
        self.faults.append(Fault(path, what, mend))

    def take(self, name: str, read: Callable[[object], T], default: T) -> T:
        return self._value((), self.data, name, read, default)

    # The parts

    def hubs(self) -> list[Hub]:
        found: dict[str, Hub] = {}
        for i, entry in enumerate(self._list("hubs", int(self.record.counted.sum()))):
            hub: Hub | None = self._entry(("hubs", i), entry, self._hub)
            if hub and hub.area in found:
                self.fault(
                    ("hubs", i, "area"),
                    f"{shown(self.record.by_code[hub.area].name)} has a hub already",
                    "keep one hub an area",
                )
            elif hub:
                found[hub.area] = hub
        return list(found.values())

    def changes(self) -> list[Change]:
        found: dict[tuple[str, ...], Change] = {}
        for i, entry in enumerate(self._list("changes", MOST_CHANGES)):
            change: Change | None = self._entry(("changes", i), entry, self._change)
            if change and target(change) in found:
                self.fault(
                    ("changes", i),
                    f"{shown(target(change)[-1])} is changed already",
                    "keep one change to each contract, provider and cell",
                )
            elif change:
                found[target(change)] = change
        return list(found.values())

    def assumptions(self) -> Assumptions:
        data = self.data.get("assumptions")
        if data is None:
            return Assumptions()
        if not isinstance(data, dict):
            self.fault(("assumptions",), "is not a mapping", f"known fields: {', '.join(FIGURES)}")
            return Assumptions()
        self._known(("assumptions",), data, FIGURES)
        found = {
            name: self._value(("assumptions",), data, name, partial(_figure, name), None)
            for name in FIGURES
        }
        return Assumptions(**found)

    def _hub(self, path: Path_, entry: Plain) -> Hub:
        self._known(path, entry, _HUB)
        kind = self._value(path, entry, "kind", self.kind, FIXED)
        self._fits_kind(path, entry, kind)
        return Hub(
            kind=kind,
            visits=self._value(path, entry, "visits", self.areas, ()),
            area=self._needed(path, entry, "area", self.place),
            reach=self._value(path, entry, "reach", _reach, OWN),
            level=self._value(path, entry, "level", _level, Level.WRAP_AROUND),
            themes=self._value(path, entry, "themes", self.themes, ()),
            opens=self._value(path, entry, "opens", _source_date, None),
            closes=self._value(path, entry, "closes", _source_date, None),
            key_workers=self._value(path, entry, "key_workers", _whole, None),
        )

    def _fits_kind(self, path: Path_, entry: Plain, kind: str) -> None:
        """What a hub of a kind cannot have."""
        own = hub_kinds(self.record)[kind]
        if entry.get("reach") is not None and not own.has_rule:
            self.fault(
                (*path, "reach"), f"is no part of a {own.noun}, which has no reach rule", _LEAVE
            )
        if entry.get("visits") is not None and not own.visits:
            self.fault((*path, "visits"), f"are no part of a {own.noun}, which visits none", _LEAVE)

    def _change(self, path: Path_, entry: Plain) -> Change | None:
        kind = next((name for name in _CHANGES if name in entry), None)
        if kind is None:
            self.fault(
                path,
                "is no change that is known",
                "write one of: switch_off; service and ends; withdraw; area, service and verdict",
            )
            return None
        self._known(path, entry, _CHANGES[kind])
        match kind:
            case "switch_off":
                return Off(self._needed(path, entry, kind, self.service))
            case "withdraw":
                return Withdrawn(self._needed(path, entry, kind, self.provider))
            case "ends":
                service = self._needed(path, entry, "service", self.service)
                return Ends(
                    service,
                    self._needed(path, entry, kind, lambda value: self._end(service, value)),
                )
        return self._contested(path, entry)

    def _contested(self, path: Path_, entry: Plain) -> Contested | None:
        area, service = (
            self._needed(path, entry, "area", self.area),
            self._needed(path, entry, "service", self.service),
        )
        verdict = self._needed(path, entry, "verdict", _verdict)
        since = self._value(path, entry, "since", _source_date, None)
        if not (area and service and verdict):
            return None
        change = Contested(area, service, verdict, since)
        if said := _against(self.record, change):
            self.fault(
                path,
                said,
                "say 'wrong' or 'closed' of a cell that is named, 'new' of one that is not, at a"
                " time when the contract runs",
            )
        return change

    # Fields

    def _entry(self, path: Path_, entry: object, read: Callable[[Path_, Plain], object]) -> Any:
        """One entry of a list; None where anything in it is wrong."""
        if not isinstance(entry, dict):
            self.fault(
                path, "is not a mapping", "write its fields, for instance {area: ..., reach: own}"
            )
            return None
        before = len(self.faults)
        try:
            found = read(path, entry)
        except ValueError as error:
            self.fault(path, *_parted(str(error)))
        return found if len(self.faults) == before else None

    def _value(
        self, path: Path_, entry: Plain, name: str, read: Callable[[Any], T], default: T
    ) -> T:
        if entry.get(name) is None:
            return default
        try:
            return read(entry[name])
        except (ValueError, LookupError) as error:
            self.fault((*path, name), *_parted(str(error.args[0])))
            return default

    def _needed(self, path: Path_, entry: Plain, name: str, read: Callable[[Any], Any]) -> Any:
        if entry.get(name) is None:
            self.fault((*path, name), "is missing", "add it")
        return self._value(path, entry, name, read, "")

    def _list(self, name: str, most: int) -> list[Any]:
        data = self.data.get(name)
        if data is None or isinstance(data, list):
            if data and len(data) > most:
                self.fault(
                    (name, most),
                    f"is one of {len(data)}, and at most {most} are taken",
                    "leave some out",
                )
            return (data or [])[:most]
        self.fault((name,), "is not a list", "begin each entry with '- '")
        return []

    def _known(self, path: Path_, entry: Plain, known: tuple[str, ...]) -> None:
        for name in entry:
            if name not in known:
                self.fault(
                    (*path, name),
                    "is not a field of this entry",
                    nearest(name, known, f"known fields: {', '.join(known)}"),
                )

    # Values that need the record

    def place(self, value: object) -> str:
        """The code of an area where a hub may stand."""
        code = self.area(value)
        if why := no_place(self.record, code):
            raise ValueError(why)
        return code

    def area(self, value: object) -> str:
        return self.record.find(_text(value)).code

    def areas(self, value: object) -> tuple[str, ...]:
        """The codes of areas that a hub visits."""
        if not isinstance(value, list):
            raise ValueError("is not a list; write codes or names of areas in brackets")
        return tuple(map(self.area, value))

    def kind(self, value: object) -> str:
        """The id of a kind of hub."""
        text = _text(value)
        try:
            return find_kind(self.record, text).id
        except LookupError as error:
            raise ValueError(f"{shown(text)} {error.args[0]}") from None

    def service(self, value: object) -> str:
        return _one_of(value, tuple(self.record.services_by_id), "is not the id of a service")

    def provider(self, value: object) -> str:
        return _one_of(
            value,
            tuple(sorted({s.provider for s in self.record.services} - {NOT_STATED})),
            "leads no service",
        )

    def themes(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise ValueError("is not a list; write ids of themes in brackets")
        return tuple(
            _one_of(theme, tuple(self.record.themes_by_id), "is not the id of a theme")
            for theme in value
        )

    def need(self, value: object) -> str:
        return _one_of(
            value,
            tuple(i.id for i in self.record.indicators if i.use_as_weight),
            "is not a measure of need in the data",
        )

    def day(self, value: object) -> date:
        return _source_date(value).last

    def text(self, value: object, longest: int) -> str:
        return tidy(_text(value), longest)

    def _end(self, service: str, value: object) -> SourceDate:
        end = _source_date(value)
        start = self.record.services_by_id[service].contract.start if service else NOT_STATED
        if not isinstance(start, str) and end.last < start.first:
            raise ValueError(
                f"{end} is before the contract begins, {start}; write a later date, or switch the"
                " service off"
            )
        return end


def _against(record: Record, change: Contested) -> str | None:
    """What the record has against a contested cell."""
    service = record.services_by_id[change.service]
    area, contract = record.by_code[change.area].name, service.contract
    named = bool(
        record.service_area_matrix[
            record.row_of[change.area], list(record.services_by_id).index(change.service)
        ]
    )
    if named == (change.verdict is Verdict.NEW):
        return (
            f"{service.short_name} names {area} already"
            if named
            else f"{service.short_name} does not name {area}"
        )
    if not change.since:
        return None
    early = not isinstance(contract.start, str) and change.since.last < contract.start.first
    late = not isinstance(contract.end, str) and change.since.first > contract.end.last
    return (
        f"{change.since} is not within the contract of {service.short_name}"
        if early or late
        else None
    )


def _parted(message: str) -> tuple[str, str]:
    what, _, mend = message.partition("; ")
    return what, mend or "correct it"


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"is {shown(value)}; write text")
    return value


def _one_of(value: object, known: tuple[str, ...], what: str) -> str:
    text = _text(value)
    if text not in known:
        otherwise = f"write one of: {', '.join(known)}" if known else "leave it out"
        raise ValueError(f"{shown(text)} {what}; {nearest(text, known, otherwise)}")
    return text


def _reach(value: object) -> CatchmentRule:
    try:
        return CatchmentRule.parse(_text(value))
    except ValueError as error:
        raise ValueError(f"is {shown(value)}; {error}") from None


def _level(value: object) -> Level:
    return Level(_one_of(value, LEVEL_ORDER, "is not a level"))


def _verdict(value: object) -> Verdict:
    return Verdict(_one_of(value, tuple(Verdict), "is not what can be said of a cell"))


def _source_date(value: object) -> SourceDate:
    try:
        found = SourceDate.parse(value if isinstance(value, str) else "")
    except ValueError:
        raise ValueError(f"{shown(value)} is not a date; {_DATE}") from None
    if not EARLIEST <= found.first <= found.last <= LATEST:
        raise ValueError(
            f"{shown(value)} is not between {EARLIEST.year} and {LATEST.year}; write another date"
        )
    return found


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"is {shown(value)}; write a whole number")
    return value


def _figure(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"is {shown(value)}; write a number without unit or comma")
    found: float = getattr(Assumptions(**{name: value}), name)
    return found


def check(scenario: Scenario, record: Record) -> None:
    """Make sure that a scenario can be supposed of a record.

    Raises
    ------
    ValueError
        With the first thing in it that cannot: an area where no hub may stand, a contested cell
        that the record does not hold, more changes than are taken.
    """
    _, faults = build(to_plain(scenario), record)
    if faults:
        first = faults[0]
        what = f"{first.path[2]} {first.what}" if len(first.path) > 2 else first.what
        raise ValueError(f"{what}; {first.mend}")


def to_plain(scenario: Scenario) -> Plain:
    """A scenario as plain data, without what equals its default; :func:`build` reads it back the
    same."""
    data: Plain = {
        "scenario": VERSION,
        "name": scenario.name,
        "note": scenario.note,
        "on": scenario.on.isoformat(),
        "need": scenario.need,
    }
    data |= {
        "hubs": [_plain_hub(hub) for hub in scenario.hubs],
        "changes": [plain_change(change) for change in scenario.changes],
    }
    own = {name: getattr(scenario.assumptions, name) for name in FIGURES}
    data["assumptions"] = {name: value for name, value in own.items() if value is not None}
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def _plain_hub(hub: Hub) -> Plain:
    plain = hub.kind == FIXED
    own: Plain = {
        "area": hub.area,
        "kind": None if plain else hub.kind,
        "reach": str(hub.reach) if plain or hub.reach != OWN else None,
        "visits": list(hub.visits),
        "level": hub.level.value,
        "themes": list(hub.themes),
    }
    own |= {
        "opens": hub.opens and hub.opens.iso,
        "closes": hub.closes and hub.closes.iso,
        "key_workers": hub.key_workers,
    }
    return {name: value for name, value in own.items() if value is not None and value != []}


def plain_change(change: Change) -> Plain:
    """A change as plain data."""
    match change:
        case Off(service):
            return {"switch_off": service}
        case Ends(service, end):
            return {"service": service, "ends": end.iso}
        case Withdrawn(provider):
            return {"withdraw": provider}
        case Contested(area, service, verdict, since):
            own = {"area": area, "service": service, "verdict": verdict.value}
            return {**own, "since": since.iso} if since else own
