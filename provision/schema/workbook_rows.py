"""The rows of a workbook's sheets, and what its columns say of themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from provision.schema.services import NOT_STATED
from provision.schema.workbook_layout import NUMBER_KEY, CellKind, Column, Sheet, SheetKind

ABOUT, MATRIX = "About", "Who serves where"
FORM = "services workbook, form 1"
TICK = "x"
FIELD, VALUE, MEANING = "field", "value", "what it is"
CODE, AREA = "code", "area"
_KINDS = {
    CellKind.TEXT: "Text.",
    CellKind.NUMBER: "A number, without unit or comma.",
    CellKind.DATE: "A date: 2018-07-01, or 2018-07 for a month.",
    CellKind.CHOICE: "One of the list.",
}
Keys = tuple[str | int, ...]


def entry_rows(sheet: Sheet, layout: Sequence[Sheet], data: Any) -> Iterator[tuple[Keys, Any]]:
    """The rows of a sheet: what names the entries above, and the entry.

    A sheet whose entries have no id, and others below it, also has each entry's number.
    """
    if sheet.parent is None:
        above: Iterator[tuple[Keys, Any]] = iter([((), data)])
    else:
        owner = next(s for s in layout if s.path == sheet.parent)
        above = _owners(owner, layout, data)
    for keys, entry in above:
        found = at_fields(entry, sheet.inside)
        pairs = _items(found)
        for number, item in enumerate(pairs, 1):
            yield (*keys, number) if is_numbered(sheet) else keys, item


def _owners(sheet: Sheet, layout: Sequence[Sheet], data: Any) -> Iterator[tuple[Keys, Any]]:
    """The entries of a sheet with what names them in the sheets below it."""
    if sheet.kind is SheetKind.FIELDS:
        yield (), at_fields(data, sheet.path)
        return
    for keys, entry in entry_rows(sheet, layout, data):
        yield (*keys, *([entry["id"]] if sheet.has_id else [])), entry


def _items(found: Any) -> list[Any]:
    """What stands in a list, or the pairs of a mapping; *not stated* and nothing hold none."""
    if isinstance(found, dict):
        return [{"key": key, "value": value} for key, value in found.items()]
    return found if isinstance(found, list) else []


def is_numbered(sheet: Sheet) -> bool:
    """Whether a sheet's entries have no id, and are named by their number in the sheets below."""
    return sheet.own_key.endswith(NUMBER_KEY)


def note_of(column: Column) -> str:
    """What is said of a column: what it is, what may stand in it, and whether it must."""
    said = [
        f"{column.description[:1].upper()}{column.description[1:]}." if column.description else ""
    ]
    said.append(_KINDS[column.kind])
    if column.kind is CellKind.CHOICE:
        said.append(f"{', '.join(column.choices)}.")
    if column.may_be_not_stated:
        said.append(f"Write '{NOT_STATED}' where the source does not say.")
    if not column.required:
        said.append("May be left blank.")
    return " ".join(filter(None, said))


def at_fields(data: Any, path: Sequence[str]) -> Any:
    """The value under the fields of a path; None where the data has none."""
    for step in path:
        if not isinstance(data, dict):
            return None
        data = data.get(step)
    return data
