"""A scenario: a small set of changes to the record, never a change of it. Frozen and hashable; what
it does is worked out elsewhere.

Switched off
    A service stops: whatever had begun counts as ended, and what had not begun never begins. Its
    areas lapse; they do not turn into *none*, which only the source can say.
Ends
    A contract ends at another date, earlier or later than the source says, or at all where the
    source does not say.
Withdrawn
    Every service that one provider leads is switched off.
Contested
    Somebody says of one service in one area that it is *wrong* (never served there), *closed*
    (served there, and stopped) or *new* (serves there, though the source does not name it).
Hub
    Reaches what its kind (:mod:`provision.location.hub_kinds`) and its reach rule say, from the
    month it opens to the month it closes. Areas covered only by hubs are *what if*, those that
    nothing but a remote hub reaches are *remote*, and neither is mixed with the baseline.

A scenario does not depend on the order in which things were chosen: hubs and changes are kept
sorted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from provision.dates import EARLIEST, LATEST, SourceDate, next_day
from provision.io.characters import text_fault
from provision.links.address import MAX_LENGTH
from provision.location.catchment import OWN, CatchmentRule
from provision.location.hub_kinds import FIXED
from provision.record import Record
from provision.schema.services import NOT_STATED, Level

MOST_CHANGES = 100
MOST_KEY_WORKERS = 999
MOST_THEMES = 20
NAME_LENGTH, NOTE_LENGTH = 80, 500
LARGEST_FIGURE = 1e9
_THEME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True)
class Hub:
    """A hub that somebody supposes, in one area.

    ``area`` is a code. ``opens`` and ``closes`` are the first and the last time it is open, both
    included; None where it is open throughout. ``themes`` are ids of what it offers, none where
    nothing is said. ``key_workers`` is None where nobody has said. ``kind`` is the id of a kind of
    hub, ``visits`` are the codes of the areas that it visits beside its own."""

    area: str
    reach: CatchmentRule = OWN
    level: Level = Level.WRAP_AROUND
    themes: tuple[str, ...] = ()
    opens: SourceDate | None = None
    closes: SourceDate | None = None
    key_workers: int | None = None
    kind: str = FIXED
    visits: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Sorts themes and visits. Raises ValueError for a hub that could not be."""
        object.__setattr__(self, "themes", tuple(sorted(set(self.themes))))
        object.__setattr__(self, "visits", tuple(sorted(set(self.visits) - {self.area})))
        if not all(map(_THEME.fullmatch, self.themes)) or len(self.themes) > MOST_THEMES:
            raise ValueError(f"themes are given by their ids, at most {MOST_THEMES}")
        if self.opens and self.closes and self.closes.last < self.opens.first:
            raise ValueError("it closes before it opens")
        if self.key_workers is not None and not 0 <= self.key_workers <= MOST_KEY_WORKERS:
            raise ValueError(f"key workers are a whole number from 0 to {MOST_KEY_WORKERS}")
        for day in (self.opens, self.closes):
            _within_reason(day)


class Verdict(StrEnum):
    """What somebody says of a service in an area."""

    WRONG = "wrong"
    CLOSED = "closed"
    NEW = "new"


@dataclass(frozen=True)
class Off:
    """A service is switched off."""

    service: str


@dataclass(frozen=True)
class Ends:
    """A contract ends at another date than the source says."""

    service: str
    end: SourceDate

    def __post_init__(self) -> None:
        """Raises ValueError for a date beyond reason."""
        _within_reason(self.end)


@dataclass(frozen=True)
class Withdrawn:
    """A provider leaves everything that it leads."""

    provider: str


@dataclass(frozen=True)
class Contested:
    """What somebody says of a service in an area (a code). ``since`` is when it closed or began
    there, if they say."""

    area: str
    service: str
    verdict: Verdict
    since: SourceDate | None = None

    def __post_init__(self) -> None:
        """Raises ValueError for a date where none is wanted, or beyond reason."""
        if self.verdict is Verdict.WRONG and self.since:
            raise ValueError("what was never so has no date")
        _within_reason(self.since)


Change = Off | Ends | Withdrawn | Contested
_CHANGE_ORDER: tuple[type, ...] = (Off, Ends, Withdrawn, Contested)


@dataclass(frozen=True)
class Assumptions:
    """What costs and places are worked out with; None stands for the default, which
    :mod:`provision.scenarios.rates` derives from the contracts.

    ``women_per_key_worker`` a year; ``cost_per_woman`` and ``hub_fixed_cost`` a year in the
    record's currency. Kept to two decimals."""

    women_per_key_worker: float | None = None
    cost_per_woman: float | None = None
    hub_fixed_cost: float | None = None

    def __post_init__(self) -> None:
        """Rounds to two decimals. Raises ValueError for what is negative or beyond reason."""
        for own in fields(self):
            value = getattr(self, own.name)
            if value is not None:
                if not 0 <= value <= LARGEST_FIGURE:
                    raise ValueError(f"an assumption is a number from 0 to {LARGEST_FIGURE:,.0f}")
                object.__setattr__(self, own.name, round(float(value), 2))


@dataclass(frozen=True)
class Scenario:
    """A name, a note, hubs, changes to contracts, the day that is looked at, the measure of need
    and the assumptions.

    ``need`` is the id of an indicator; None for the record's own first (:func:`need_of`). Hubs are
    sorted by area, at most one an area; changes by kind."""

    on: date
    hubs: tuple[Hub, ...] = ()
    changes: tuple[Change, ...] = ()
    need: str | None = None
    assumptions: Assumptions = Assumptions()
    name: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Sorts hubs and changes and drops repeated changes. Raises ValueError for what contradicts
        itself or is too much."""
        object.__setattr__(self, "hubs", tuple(sorted(self.hubs, key=lambda hub: hub.area)))
        object.__setattr__(self, "changes", tuple(sorted(set(self.changes), key=_change_key)))
        object.__setattr__(self, "name", tidy(self.name, NAME_LENGTH))
        object.__setattr__(self, "note", tidy(self.note, NOTE_LENGTH))
        if len({hub.area for hub in self.hubs}) < len(self.hubs):
            raise ValueError("hubs stand in different areas, one an area")
        targets = [target(change) for change in self.changes]
        if len(targets) > MOST_CHANGES or len(set(targets)) < len(targets):
            raise ValueError(f"a scenario has at most {MOST_CHANGES} changes, one for each thing")
        _within_reason(SourceDate(self.on, self.on))

    @classmethod
    def default(cls, record: Record) -> Scenario:
        """The scenario that changes nothing, on the record's own date."""
        return cls(record.default_date)

    @property
    def changes_nothing(self) -> bool:
        """Whether it only looks at a day, and supposes nothing."""
        return not self.hubs and not self.changes

    def with_hub(self, hub: Hub) -> Scenario:
        """The same with a hub, in place of any that stood in its area."""
        return replace(self, hubs=(*self.without_hub(hub.area).hubs, hub))

    def without_hub(self, area: str) -> Scenario:
        """The same without the hub in an area."""
        return replace(self, hubs=tuple(hub for hub in self.hubs if hub.area != area))

    def with_change(self, change: Change) -> Scenario:
        """The same with a change, in place of any to the same thing."""
        return replace(
            self, changes=(*(c for c in self.changes if target(c) != target(change)), change)
        )

    def without_change(self, change: Change) -> Scenario:
        """The same without a change."""
        return replace(self, changes=tuple(c for c in self.changes if c != change))


def need_of(record: Record, scenario: Scenario) -> str | None:
    """The measure of need that a scenario goes by; None where the region has none."""
    return scenario.need or next((i.id for i in record.indicators if i.use_as_weight), None)


def target(change: Change) -> tuple[str, ...]:
    """What a change is to: a scenario says one thing of each service's contract, provider and
    cell."""
    match change:
        case Off(service) | Ends(service, _):
            return ("service", service)
        case Withdrawn(provider):
            return ("provider", provider)
        case Contested(area, service, _, _):
            return ("cell", area, service)


def switched_off(record: Record, scenario: Scenario) -> set[str]:
    """Ids of the services that a scenario switches off, one by one or with their provider."""
    gone = {c.provider for c in scenario.changes if isinstance(c, Withdrawn)}
    return {c.service for c in scenario.changes if isinstance(c, Off)} | {
        s.id for s in record.services if s.provider in gone
    }


def tidy(text: str, longest: int) -> str:
    """A name or note on one line. Raises ValueError where it is too long or holds what cannot be
    seen."""
    found = " ".join(text.split())
    if len(found) > longest:
        raise ValueError(f"it is longer than {longest} characters")
    if fault := text_fault(found):
        raise ValueError(f"it {fault}")
    return found


def _change_key(change: Change) -> tuple[int, tuple[str, ...], str]:
    return _CHANGE_ORDER.index(type(change)), target(change), str(change)


def _within_reason(day: SourceDate | None) -> None:
    if day and not EARLIEST <= day.first <= day.last <= LATEST:
        raise ValueError(f"a date lies between {EARLIEST.year} and {LATEST.year}")


# What a workshop begins with, all of it read out of the record


def no_place(record: Record, area: str) -> str:
    """Why no hub may stand in an area; nothing where one may. The page and the readers of links and
    files say the same."""
    if record.counted[record.row_of[area]]:
        return ""
    return (
        f"{record.by_code[area].name} is not one of the {record.file.region.areas}; hubs are only"
        " supposed in those"
    )


@lru_cache(maxsize=4)
def presets(record: Record) -> Mapping[str, Scenario]:
    """Scenarios to begin with, by id, each named: a hub in every area listed as having none; the
    day after each contract end; the provider that leads in most areas withdraws. Those that the
    record gives no ground for are left out."""
    start = Scenario.default(record)
    found: dict[str, Scenario] = {}
    none = list(record.those(record.listed_none & record.counted))
    if none and sum(len(code) + 1 for code in none) <= MAX_LENGTH // 2:  # so that a link holds it
        where = record.file.region.area if len(none) == 1 else record.file.region.areas
        found["planned-hubs"] = replace(
            start,
            name=_short(f"A hub in each of the {len(none)} {where} listed as having none"),
            hubs=tuple(map(Hub, none)),
        )
    for end in _ends(record):
        found[f"after-{end.iso}"] = replace(start, name=f"After {end}", on=next_day(end.last))
    if leader := _widest(record):
        found["withdrawal"] = replace(
            start, name=_short(f"{leader} withdraws"), changes=(Withdrawn(leader),)
        )
    return MappingProxyType(found)


def _short(name: str) -> str:
    """A name that is not longer than names may be."""
    return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1]}…"


def _ends(record: Record) -> list[SourceDate]:
    """The stated contract ends, one for each last day, as a month where the month ends with it."""
    stated = {s.contract.last_day for s in record.services}
    last = sorted(day for day in stated if day and EARLIEST <= day < LATEST)
    months = {
        SourceDate.parse(f"{day:%Y-%m}").last: SourceDate.parse(f"{day:%Y-%m}") for day in last
    }
    return [months.get(day, SourceDate(day, day)) for day in last]


def _widest(record: Record) -> str | None:
    """The provider whose services name most counted areas; the first by name where several do."""
    led: dict[str, set[int]] = {}
    for column, service in enumerate(record.services):
        if service.provider != NOT_STATED:
            led.setdefault(service.provider, set()).update(_counted_rows(record, column))
    return min(led, key=lambda name: (-len(led[name]), name), default=None)


def _counted_rows(record: Record, column: int) -> Iterable[int]:
    return (
        int(row) for row in (record.service_area_matrix[:, column] & record.counted).nonzero()[0]
    )
