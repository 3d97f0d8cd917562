"""The record's own workbook, as :mod:`provision.exchange.workbook` writes it and people edit it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from provision.io.node_paths import Path_
from provision.io.problems import Problem, shown
from provision.readers.draft import ServicesDraft
from provision.readers.findings import Findings
from provision.readers.service_entries import Slugs
from provision.readers.table import CellValue, Place, RawSheet, text_of
from provision.readers.workbook_areas import ServedAreas
from provision.readers.workbook_values import cell_value
from provision.schema.services import NOT_STATED, ServicesFile
from provision.schema.workbook_layout import (
    LISTED,
    CellKind,
    Column,
    Fields,
    Sheet,
    SheetKind,
    workbook_layout,
)
from provision.schema.workbook_rows import ABOUT, FORM, MATRIX, at_fields, is_numbered

_NAMING = re.compile(r"id|name|title|short_.*|text|what|says|outcome|organisation|.*ref")
Owner = tuple[dict[str, Any], Path_]


def is_workbook(sheets: Sequence[RawSheet]) -> bool:
    """Whether sheets are those of the record's own workbook: they say so, or look like it."""
    by_title = {s.sheet.casefold(): s for s in sheets}
    about = by_title.get(ABOUT.casefold())
    if about and any(text_of(value) == FORM for row in about.rows[:10] for value in row):
        return True
    services = by_title.get("services")
    header = {text_of(v).casefold() for v in services.rows[0]} if services and services.rows else ()
    return "region" in by_title and {"id", "short name"} <= set(header)


def read_workbook(sheets: Sequence[RawSheet], name: str) -> ServicesDraft:
    """The record in a workbook, as a draft.

    Parameters
    ----------
    sheets
        The workbook's sheets, as :func:`provision.readers.xlsx.raw_sheets` gives them.
    name
        What the reader calls the file.

    Returns
    -------
    ServicesDraft
        Blank cells where *not stated* may stand are *not stated*, and counted in the notes.
    """
    return _Reader(sheets, name).draft()


class _Reader:
    """Reads sheet after sheet, each after the one to whose entries its rows belong."""

    def __init__(self, sheets: Sequence[RawSheet], name: str) -> None:
        self.name = name
        self.sheets = {s.sheet.casefold(): s for s in sheets}
        self.layout = workbook_layout(ServicesFile)
        self.data: dict[str, Any] = {}
        self.places: dict[Path_, Place] = {}
        self.faults = Findings()
        self.findings = Findings()
        self.owners: dict[Fields, dict[tuple[str, ...], Owner]] = {}
        self.slugs = Slugs(set(self._ids()))

    def draft(self) -> ServicesDraft:
        """The draft."""
        for sheet in self.layout:
            self._sheet(sheet)
        known = {s.title.casefold() for s in self.layout} | {ABOUT.casefold(), MATRIX.casefold()}
        others = [s.sheet for title, s in self.sheets.items() if title not in known]
        notes = ["Read as the record's workbook."]
        if others:
            notes.append(f"Passed over other sheets: {', '.join(map(shown, others[:5]))}.")
        notes += self.findings.lines()
        problems = tuple(self._problems())
        return ServicesDraft(
            self.data, self.name, "workbook", tuple(notes), problems=problems, places=self.places
        )

    def _ids(self) -> Iterator[str]:
        """Every id that the workbook has, so that a new one is none of them."""
        for sheet in self.layout:
            raw = self.sheets.get(sheet.title.casefold())
            if raw and raw.rows and sheet.has_id:
                number = _headings(raw.rows[0]).get("id")
                for row in raw.rows[1:] if number is not None else ():
                    yield text_of(_cell(row, number or 0))

    def _problems(self) -> list[Problem]:
        missing = [s.title for s in self.layout if s.title.casefold() not in self.sheets]
        needed = [t for t in missing if t in ("Region", "Services", "Sources")]
        found = self.faults.problems()
        if needed:
            what = f"has no sheet {' or '.join(map(shown, needed))}"
            fix = "put it back, or write the workbook again: python -m provision workbook"
            found.append(Problem(self.name, 0, "", "", what, fix))
        return found

    def _sheet(self, sheet: Sheet) -> None:
        raw = self.sheets.get(sheet.title.casefold())
        if sheet.kind is SheetKind.FIELDS:
            self._fields(sheet, raw)
            return
        if sheet.required:
            for entry, base in self._above(sheet).values():
                _put(entry, sheet.inside, [] if sheet.kind is not SheetKind.MAPPING else {})
                self.places.setdefault((*base, *sheet.inside), Place(self.name, sheet.title, 1))
        if sheet.path == LISTED:
            ServedAreas(self.sheets, self.data, self.name, self.faults).fill(self.places)
        elif raw is not None and raw.rows:
            self._rows(sheet, raw)

    def _above(self, sheet: Sheet) -> Mapping[tuple[str, ...], Owner]:
        """The entries to which a sheet's rows can belong, by what names them."""
        return {(): (self.data, ())} if sheet.parent is None else self.owners.get(sheet.parent, {})

    def _fields(self, sheet: Sheet, raw: RawSheet | None) -> None:
        values: dict[str, tuple[CellValue, Place]] = {}
        for row, number in zip(raw.rows, raw.numbers, strict=True) if raw else ():
            place = Place(self.name, sheet.title, number, 2)
            values[text_of(_cell(row, 0)).casefold()] = (_cell(row, 1), place)
        cells = {c: values[c.heading] for c in sheet.columns if c.heading in values}
        entry = self._entry(sheet, cells, sheet.path)
        if raw is not None:
            _put(self.data, sheet.path, entry)
            self.places[sheet.path] = Place(self.name, sheet.title, 1)
        self.owners[sheet.path] = {(): (entry, sheet.path)}

    def _rows(self, sheet: Sheet, raw: RawSheet) -> None:
        headings = _headings(raw.rows[0])
        columns = {c: headings[c.heading] for c in sheet.columns if c.heading in headings}
        self._unknown_headings(sheet, raw, headings)
        above = self._above(sheet)
        keys = [headings.get(key) for key in sheet.keys]
        for row, number in zip(raw.rows[1:], raw.numbers[1:], strict=True):
            place = Place(self.name, raw.sheet, number)
            names = tuple(text_of(_cell(row, k)) if k is not None else "" for k in keys)
            cells = {
                c: (_cell(row, i), Place(self.name, raw.sheet, number, i + 1))
                for c, i in columns.items()
            }
            if all(v is None for v, _ in cells.values()):
                continue
            if names not in above:
                self._stray(sheet, names, place)
                continue
            own = text_of(_cell(row, headings[sheet.own_key])) if is_numbered(sheet) else ""
            self._row(sheet, cells, above[names], (*names, own) if own else names)

    def _row(
        self,
        sheet: Sheet,
        cells: Mapping[Column, tuple[CellValue, Place]],
        owner: Owner,
        names: tuple[str, ...],
    ) -> None:
        """Add a row to the list or mapping of the entry that it belongs to."""
        into, base = owner
        path = (*base, *sheet.inside)
        if sheet.kind is SheetKind.MAPPING:
            pair = self._entry(sheet, cells, path)
            where = next(iter(cells.values()))[1]
            _at(into, sheet.inside, {})[pair.get("key", "")] = pair.get("value")
            self.places[(*path, pair.get("key", ""))] = where
            return
        items = _at(into, sheet.inside, [])
        path = (*path, len(items))
        if sheet.kind is SheetKind.LIST:
            (column, (value, place)) = next(iter(cells.items()))
            items.append(cell_value(column, value, place, self.findings))
            self.places[path] = place
            return
        entry = self._entry(sheet, cells, path)
        items.append(entry)
        self.places[path] = Place(self.name, sheet.title, next(iter(cells.values()))[1].row)
        key = (*names, str(entry.get("id", ""))) if sheet.has_id else names
        self.owners.setdefault(sheet.path, {}).setdefault(key, (entry, path))

    def _entry(
        self, sheet: Sheet, cells: Mapping[Column, tuple[CellValue, Place]], path: Path_
    ) -> dict[str, Any]:
        """An entry from its cells.

        A blank where *not stated* may stand is *not stated*; a part without a reference of its own
        has that of its entry.
        """
        entry: dict[str, Any] = {}
        there = [c for c, (value, _) in cells.items() if value is not None]
        for column, (value, place) in cells.items():
            found = cell_value(column, value, place, self.findings)
            if found is None and _may_be_blank(column, sheet) and _is_there(column, there):
                self.findings.add(
                    "1 blank cell was read as 'not stated'",
                    "{} blank cells were read as 'not stated'",
                    place,
                )
                found = NOT_STATED
            if found is not None:
                _put(entry, column.path, found)
                self.places[(*path, *column.path)] = place
        self._named(sheet, entry)
        for column in cells:
            refers = column.required and column.path[-1].endswith("ref") and "ref" in entry
            if refers and at_fields(entry, column.path) is None and _is_there(column, there):
                _put(entry, column.path, entry["ref"])
        return entry

    def _named(self, sheet: Sheet, entry: dict[str, Any]) -> None:
        """Give a new entry what a person need not make up: an id, and a short name."""
        named = entry.get("name") or entry.get("title") or entry.get("outcome")
        if not isinstance(named, str):
            return
        if sheet.has_id and "id" not in entry:
            entry["id"] = self.slugs.of(named)
        if any(c.path == ("short_name",) and c.required for c in sheet.columns):
            entry.setdefault("short_name", named)

    def _stray(self, sheet: Sheet, names: Sequence[str], place: Place) -> None:
        self.faults.add(
            f"1 row belongs to no {sheet.keys[-1]}",
            f"{{}} rows belong to no {sheet.keys[-1]}",
            place,
            names[-1] if names else "",
            f"write what the sheet above has in its first column, or remove the row (column "
            f"{shown(sheet.keys[-1])})",
        )

    def _unknown_headings(self, sheet: Sheet, raw: RawSheet, headings: Mapping[str, int]) -> None:
        known = {c.heading for c in sheet.columns} | {*sheet.keys, sheet.own_key}
        for heading, column in headings.items():
            if heading not in known:
                place = Place(self.name, raw.sheet, raw.numbers[0], column + 1)
                self.findings.add(
                    "1 column is not one of the record's and was passed over",
                    "{} columns are not the record's and were passed over",
                    place,
                    heading,
                )


def _headings(row: Sequence[CellValue]) -> dict[str, int]:
    """Headings in small letters, with the number of their first column."""
    found: dict[str, int] = {}
    for number, value in enumerate(row):
        if text := text_of(value).casefold():
            found.setdefault(text, number)
    return found


def _cell(row: Sequence[CellValue], column: int) -> CellValue:
    value = row[column] if column < len(row) else None
    return None if isinstance(value, str) and not value.strip() else value


def _may_be_blank(column: Column, sheet: Sheet) -> bool:
    """Whether a blank means *not stated*: where the schema names that, and in texts of a row that
    neither name the entry nor refer to a source."""
    if column.may_be_not_stated:
        return True
    said = sheet.kind is SheetKind.TABLE and column.kind is CellKind.TEXT and column.required
    return said and not _NAMING.fullmatch(column.path[-1])


def _is_there(column: Column, there: Sequence[Column]) -> bool:
    """Whether the part of an entry that a column belongs to has any cell that is not blank."""
    return all(any(c.path[: len(p)] == p for c in there) for p in column.optional)


def _at(entry: dict[str, Any], path: Fields, new: Any) -> Any:
    """The list or mapping at a path, made where there is none."""
    for step in path[:-1]:
        entry = entry.setdefault(step, {})
    return entry.setdefault(path[-1], new)


def _put(entry: dict[str, Any], path: Fields, value: Any) -> None:
    for step in path[:-1]:
        entry = entry.setdefault(step, {})
    entry[path[-1]] = value
