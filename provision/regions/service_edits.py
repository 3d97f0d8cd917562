"""Changes to single fields of a services file, as somebody makes them in a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from provision.io.node_paths import as_list
from provision.io.problems import InvalidData, Problem, shown
from provision.readers.written_dates import read_date
from provision.schema.services import NOT_STATED

TABLE = "Services table"
NO_SERVICE = ""
"""In place of a service's id: whether the source lists an area as having none."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "short_name": ("short_name",),
    "provider": ("provider",),
    "start": ("contract", "start"),
    "end": ("contract", "end"),
    "minimum_age": ("eligibility", "minimum_age"),
}
"""The fields that can be edited, and their place in a service."""


@dataclass(frozen=True)
class Edit:
    """One change: a field of a service, or whether it serves an area.

    ``field`` is one of :data:`FIELDS`, or the official name of an area after ``area:``; ``value``
    is the new text, and for an area ``yes`` or ``no``. An empty value is *not stated*.
    """

    service: str
    field: str
    value: str

    @property
    def area(self) -> str | None:
        """The area's name, None where a field is changed."""
        return self.field.removeprefix("area:") if self.field.startswith("area:") else None


def edited(data: Mapping[str, Any], edits: Sequence[Edit]) -> dict[str, Any]:
    """A services file with changes; those of services that are no longer there are passed over.

    Parameters
    ----------
    data
        The services file as plain data.
    edits
        The changes, in their order.

    Raises
    ------
    InvalidData
        Where a value is no date or no age, with every such value.
    """
    found = deepcopy(dict(data))
    services = {s.get("id"): s for s in as_list(found.get("services")) if isinstance(s, dict)}
    problems: list[Problem] = []
    for edit in edits:
        if edit.area is not None:
            _serve(found, services, edit, edit.area)
        elif edit.service in services:
            problems += _set(services[edit.service], edit)
    if problems:
        raise InvalidData(problems)
    return found


def _set(service: dict[str, Any], edit: Edit) -> Iterator[Problem]:
    *outer, last = FIELDS[edit.field]
    holder = service
    for name in outer:
        holder = holder[name]
    value, fix = _read(edit)
    if value is None:
        where = str(service.get("short_name") or edit.service)
        yield Problem(TABLE, 0, where, edit.field, f"{shown(edit.value)} was not read", fix)
    else:
        holder[last] = value


def _read(edit: Edit) -> tuple[Any, str]:
    text = edit.value.strip()
    if edit.field in ("start", "end"):
        value = read_date(text).value
        if value == "ongoing" and edit.field == "start":
            value = None
        return value, "write a day or a month, as in 1 July 2018 or July 2018"
    if not text or text.casefold() == NOT_STATED:
        return (None, "write a name") if edit.field == "short_name" else (NOT_STATED, "")
    if edit.field == "minimum_age":
        return (int(text) if text.isdecimal() and int(text) <= 120 else None), "write whole years"
    return text, ""


def _serve(found: dict[str, Any], services: Mapping[Any, Any], edit: Edit, area: str) -> None:
    """Put an area into the list of a service, or of those without; or take it out."""
    variants = (found.get("region") or {}).get("name_variants") or {}
    without = found.get("areas_without_service") or {}
    if edit.service == NO_SERVICE:
        holder = without
    elif edit.service in services:
        holder = services[edit.service]["service_area"]
    else:
        return
    if edit.value == "yes":
        _take_out(without, area, variants)
    _take_out(holder, area, variants)
    if edit.value == "yes":
        holder["listed"] = [*_listed(holder), area]
    _recount(holder, variants)
    _recount(without, variants)


def _listed(holder: Mapping[str, Any]) -> list[str]:
    return [str(name) for name in as_list(holder.get("listed"))]


def _take_out(holder: dict[str, Any], area: str, variants: Mapping[str, str]) -> None:
    holder["listed"] = [name for name in _listed(holder) if variants.get(name, name) != area]


def _recount(holder: dict[str, Any], variants: Mapping[str, str]) -> None:
    """The heading of the source no longer counts a list that was changed."""
    held = len({variants.get(name, name) for name in _listed(holder)})
    if holder.get("heading_count") != held:
        holder["heading_count"] = NOT_STATED
