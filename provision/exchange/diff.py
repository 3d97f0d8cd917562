"""What changed between two versions of a services file: areas by their status, entries field by
field, and a paragraph.

The versions are two records of the same areas. Each is looked at on a day: its own, where the
reader names none, since a record speaks from its own date forward and is never carried backwards.
An area is

gained
    covered now, and listed as having none or lapsed before;
lost
    the other way round: covered before, and now listed as having none or lapsed;
no longer stated, now stated
    *not stated* on one of the two days. What became *not stated* is never called lost, and what was
    *not stated* never gained: the service may have been there all along;
changed
    in another way: from none to lapsed or back, or covered by other services or at another level.

Read the other way round, every change is its mirror: gained is lost, added is removed, old is new.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from provision.coverage.status import Status, coverage
from provision.dates import SourceDate
from provision.record import Record
from provision.schema.services import Entry, Reference

if TYPE_CHECKING:
    import pandas as pd

Refs = tuple[Reference, ...]

_UNCOVERED = (Status.NONE, Status.LAPSED)
LISTS = ("services", "other_provision", "outcome_targets", "discrepancies", "sources")
SINGLE = ("region", "areas_without_service")
_NAMES = ("id", "funder", "what", "organisation")  # what tells the entries of a list apart


class AreaChange(StrEnum):
    """What became of an area."""

    GAINED = "gained"
    LOST = "lost"
    NO_LONGER_STATED = "no_longer_stated"
    NOW_STATED = "now_stated"
    CHANGED = "changed"


class EntryChange(StrEnum):
    """What became of an entry, or of a field of it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class ChangedArea:
    """An area whose status, level or services differ. ``old`` and ``new`` are statuses; ``gone``
    and ``come`` ids of services."""

    code: str
    name: str
    counted: bool
    change: AreaChange
    old: Status
    new: Status
    gone: tuple[str, ...]
    come: tuple[str, ...]
    level: bool


@dataclass(frozen=True)
class ChangedField:
    """A field of an entry that differs, as text. What one of the versions does not have is ``""``
    there. ``field`` is ``""`` where the whole entry was added or removed. The references say where
    each version has it from."""

    part: str
    entry: str
    field: str
    change: EntryChange
    old: str
    new: str
    old_refs: Refs = ()
    new_refs: Refs = ()


@dataclass(frozen=True)
class Difference:
    """All that changed, and what was compared."""

    old: Record
    new: Record
    old_on: date
    new_on: date
    areas: tuple[ChangedArea, ...]
    fields: tuple[ChangedField, ...]

    def of(self, change: AreaChange) -> tuple[ChangedArea, ...]:
        """The counted areas with which this happened."""
        return tuple(a for a in self.areas if a.counted and a.change is change)

    def entries(self, part: str, change: EntryChange) -> tuple[str, ...]:
        """The entries of a part that were added or removed whole, or in which something changed."""
        return tuple(
            dict.fromkeys(f.entry for f in self.fields if f.part == part and _of_entry(f) is change)
        )


def difference(old: Record, new: Record, on: date | None = None) -> Difference:
    """What changed from one version to the other.

    Parameters
    ----------
    old, new : Record
        Two versions of a record, of the same areas in the same order.
    on : date or None
        The day on which their coverage is compared; by default the day of each.

    Returns
    -------
    Difference
        The areas whose status changed, and the fields that did.

    Raises
    ------
    ValueError
        Where the areas differ.
    """
    if list(old.row_of) != list(new.row_of):
        raise ValueError("the two versions are not about the same areas")
    old_on, new_on = on or old.default_date, on or new.default_date
    areas = tuple(_areas(coverage(old, old_on), coverage(new, new_on)))
    return Difference(old, new, old_on, new_on, areas, tuple(_fields(old, new)))


def _areas(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[ChangedArea]:
    for code, was, now in zip(
        old.index, old.to_dict("records"), new.to_dict("records"), strict=True
    ):
        gone, come = (
            tuple(s for s in a["services"] if s not in b["services"])
            for a, b in ((was, now), (now, was))
        )
        level = was["level"] != now["level"]
        if gone or come or level or was["status"] is not now["status"]:
            change = _area_change(was["status"], now["status"])
            counted = bool(was["counted"] and now["counted"])
            statuses = (was["status"], now["status"])
            yield ChangedArea(str(code), now["name"], counted, change, *statuses, gone, come, level)


def _area_change(old: Status, new: Status) -> AreaChange:
    if old is not new and Status.NOT_STATED in (old, new):
        return AreaChange.NO_LONGER_STATED if new is Status.NOT_STATED else AreaChange.NOW_STATED
    if old in _UNCOVERED and new is Status.COVERED:
        return AreaChange.GAINED
    return AreaChange.LOST if old is Status.COVERED and new in _UNCOVERED else AreaChange.CHANGED


# Entries, field by field


def _of_entry(field: ChangedField) -> EntryChange:
    return EntryChange.CHANGED if field.field else field.change


def _fields(old: Record, new: Record) -> Iterator[ChangedField]:
    for part in SINGLE:
        yield from _within(part, part, getattr(old.file, part), getattr(new.file, part))
    for part in LISTS:
        was, now = ({e.id: e for e in getattr(record.file, part)} for record in (old, new))
        for identifier in dict.fromkeys((*was, *now)):
            yield from _entry(part, identifier, was.get(identifier), now.get(identifier))
    for text in dict.fromkeys(g.text for r in (old, new) for g in r.file.named_gaps):
        gaps = [next((g for g in r.file.named_gaps if g.text == text), None) for r in (old, new)]
        yield from _entry("named_gaps", text, *gaps)


def _entry(part: str, identifier: str, was: Any, now: Any) -> Iterator[ChangedField]:
    if was is not None and now is not None:
        yield from _within(part, identifier, was, now)
    elif was is not None:
        yield ChangedField(
            part, identifier, "", EntryChange.REMOVED, _title(was), "", _refs(was, ()), ()
        )
    elif now is not None:
        yield ChangedField(
            part, identifier, "", EntryChange.ADDED, "", _title(now), (), _refs(now, ())
        )


def _within(part: str, identifier: str, was: Entry, now: Entry) -> Iterator[ChangedField]:
    old, new = {v.key: v for v in _flat(was)}, {v.key: v for v in _flat(now)}
    nothing = _Value("", "", "", ())
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key, nothing), new.get(key, nothing)
        if before.text != after.text:
            change = (
                EntryChange.ADDED
                if key not in old
                else EntryChange.REMOVED
                if key not in new
                else EntryChange.CHANGED
            )
            yield ChangedField(
                part,
                identifier,
                before.field or after.field,
                change,
                before.text,
                after.text,
                before.refs,
                after.refs,
            )


def _title(entry: Any) -> str:
    found = (getattr(entry, name, None) for name in ("name", "title", "outcome", "text"))
    return str(next(filter(None, found), ""))


@dataclass(frozen=True)
class _Value:
    """A value in an entry: ``key`` tells it apart there; ``field`` is its dotted path, the same for
    all items of a plain list."""

    key: str
    field: str
    text: str
    refs: Refs


def _refs(entry: Any, above: Refs) -> Refs:
    found = getattr(entry, "ref", None)
    return found if isinstance(found, tuple) else above


def _flat(entry: Entry, path: str = "", above: Refs = ()) -> Iterator[_Value]:
    """Every value of an entry, in its order. The items of a list go by what tells them apart, not
    by their place: one put in front does not change the others."""
    refs = _refs(entry, above)
    for name in type(entry).model_fields:
        value, field = getattr(entry, name), f"{path}{name}"
        if isinstance(value, Entry):
            yield from _flat(value, f"{field}.", refs)
        elif isinstance(value, tuple) and value and isinstance(value[0], Entry):
            for key, item in _keyed(value).items():
                yield from _flat(item, f"{field}.{key}.", refs)
        elif isinstance(value, (tuple, dict)):
            texts = (
                [f"{k}: {v}" for k, v in value.items()]
                if isinstance(value, dict)
                else list(map(_text, value))
            )
            yield from (
                _Value(f"{field}: {text} {texts[:n].count(text)}", field, text, refs)
                for n, text in enumerate(texts)
            )
        elif value is not None:
            yield _Value(field, field, _text(value), refs)


def _keyed(items: tuple[Any, ...]) -> Mapping[str, Entry]:
    """The entries of a list by what tells them apart; by their place too, where that is not
    enough."""
    keys = [
        next((str(value) for name in _NAMES if (value := getattr(item, name, None))), "")
        for item in items
    ]
    return {
        key if key and keys.count(key) == 1 else f"{key} {place}".strip(): item
        for place, (key, item) in enumerate(zip(keys, items, strict=True), 1)
    }


def _text(value: Any) -> str:
    """A value on one line, numbers with separators, dates as they were given."""
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    if isinstance(value, SourceDate):
        return value.iso
    return (
        f"{value:,}"
        if isinstance(value, int) and not isinstance(value, bool)
        else " ".join(str(value).split())
    )
