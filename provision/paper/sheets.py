"""Tables as a workbook: typed cells, a sheet a table, and a sheet of notes that says what they show
and what they rest on.

Everything that is text is written as text: no cell is ever a formula or a link, whatever the data
holds."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from provision.links.published import where
from provision.links.query import Query
from provision.paper.table import Cell, Table
from provision.paper.views import opening
from provision.paper.writing import clean, dated
from provision.record import Record
from provision.text.wording import as_at, reference_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

NOT_STATED = "not stated"
_LONGEST = 32_767  # what a cell holds, in UTF-16 units
_HEADER, _NARROW, _WIDE = 255, 9, 60
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
NOTES = ("Kind", "About", "What", "Section", "Page", "Date")


def workbook(record: Record, query: Query, tables: Sequence[Table], address: str = "") -> bytes:
    """Tables of a view as XLSX, the notes first. ``address`` is the app's own with the view's link;
    where it is not given, that under which the explorer is published."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, _OPTIONS)
    book.set_properties(
        {
            "title": clean(_title(record)),
            "subject": clean(tables[0].title if tables else ""),
            "created": dated(record),
        }
    )
    style = _Style(book)
    _sheet(book, style, "Notes", NOTES, notes(record, query, tables, address))
    for table in tables:
        _sheet(book, style, table.name, table.columns, table.rows)
    book.close()
    return out.getvalue()


def notes(
    record: Record, query: Query, tables: Sequence[Table], address: str = ""
) -> list[tuple[Cell, ...]]:
    """The rows of the notes: what each sheet shows and how it was worked out, the documents and
    figures behind it with section, page and date, where the source disagrees with itself, versions,
    licences and the link."""
    region = record.file.region
    rows = [_note("as at", "the view", query.on, when=as_at(record, query.on))]
    rows += [_note("sheet", t.name, f"{t.title}. {t.sentence}") for t in tables]
    for rule in dict.fromkeys(t.rule for t in tables if t.rule):
        sheets = ", ".join(t.name for t in tables if t.rule == rule)
        rows.append(_note("rule", sheets, rule))
    rows += [_note("rule", "every sheet", rule) for rule in _rules(record)]
    rows.append(_note("caution", region.name, region.caveat))
    refs = list(dict.fromkeys(ref for t in tables for ref in t.refs))
    for source, section in (record.section(ref) for ref in refs):
        rows.append(
            (
                "source",
                source.title,
                f"{source.publisher}. Licence: {source.licence}",
                section.title,
                section.page or NOT_STATED,
                source.date,
            )
        )
    for i in record.indicators:
        rows.append(
            _note(
                "figure",
                i.label,
                f"{i.source.title}. {i.source.attribution}. Licence: {i.source.licence}."
                f" {i.caution}",
                when=i.date,
            )
        )
    for d in {d.id: d for t in tables for d in t.discrepancies}.values():
        said = " ".join(
            f"{s.says} ({'; '.join(reference_text(record, ref) for ref in s.ref)})."
            for s in d.statements
        )
        rows.append(
            _note(
                "discrepancy",
                d.title,
                f"{said} Done here: {d.done_here} What it would change: {d.changes}",
            )
        )
    origin = (
        f"{record.origin.attribution} Licence: {record.origin.licence}"
        if record.origin
        else NOT_STATED
    )
    rows += [
        _note("outlines", "boundaries", origin),
        _note("data version", "all inputs", record.version),
    ]
    if record.label:
        rows.append(_note("record", region.name, record.label))
    rows.append(_note("link", "this view", address or where(opening(record, query))))
    return rows


def _rules(record: Record) -> list[str]:
    areas = record.file.region.areas
    return [
        (
            f"'{NOT_STATED}' means that the source does not say. It is neither none nor covered,"
            " and counts as neither."
        ),
        (
            "A contract counts as active from its first to its last day; one dated to the month,"
            " for the whole month. Lapsed: every contract that had begun in an area has ended."
            f" Areas that are not {areas} are listed and not counted."
        ),
    ]


def _note(kind: str, about: str, what: Cell, *, when: Cell = "") -> tuple[Cell, ...]:
    return (kind, about, what, "", "", when)


def _title(record: Record) -> str:
    return f"{record.file.region.map_title}: coverage and gaps"


class _Style:
    """The formats of a workbook."""

    def __init__(self, book: Workbook) -> None:
        self.head: Format = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
        )
        self.text: Format = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.whole: Format = book.add_format({"valign": "top", "num_format": "#,##0"})
        self.number: Format = book.add_format({"valign": "top", "num_format": "#,##0.0##"})
        self.day: Format = book.add_format(
            {"valign": "top", "num_format": "d mmm yyyy", "align": "left"}
        )


def _sheet(
    book: Workbook, style: _Style, name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> None:
    """One table on one sheet: a header that stays in sight and repeats on paper, a filter over it,
    widths that fit."""
    sheet = book.add_worksheet(_sheet_name(name, book.sheetnames))
    heads = _heads(columns)
    sheet.add_table(
        0,
        0,
        max(len(rows), 1),
        len(heads) - 1,
        {
            "name": _table_name(name, len(book.worksheets())),
            "columns": [{"header": head, "header_format": style.head} for head in heads],
            "style": "Table Style Light 1",
        },
    )
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row):
            _write(sheet, style, r, c, value)
    widths = [_width(head, (row[c] for row in rows)) for c, head in enumerate(heads)]
    for c, width in enumerate(widths):
        sheet.set_column(c, c, width)
    for r, row in enumerate([heads, *rows]):
        sheet.set_row(r, _height(row, widths))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _write(sheet: Worksheet, style: _Style, row: int, column: int, value: Cell) -> None:
    match value:
        case None:
            sheet.write_string(row, column, NOT_STATED, style.text)
        case str():
            (
                sheet.write_string(row, column, fitted(value), style.text)
                if value
                else sheet.write_blank(row, column, None, style.text)
            )
        case date():
            sheet.write_datetime(row, column, value, style.day)
        case int():
            sheet.write_number(row, column, value, style.whole)
        case float():
            sheet.write_number(row, column, value, style.number)


def fitted(text: str) -> str:
    """Text as a cell can hold it; what is longer ends in an ellipsis."""
    text = clean(text)
    units = text.encode("utf-16-le")
    return (
        text
        if len(units) <= 2 * _LONGEST
        else units[: 2 * (_LONGEST - 1)].decode("utf-16-le", "ignore") + "…"
    )


def _heads(columns: Sequence[str]) -> list[str]:
    """The headers of a table: short enough, and none like another, as a table demands."""
    found: list[str] = []
    taken: set[str] = set()
    for n, name in enumerate(columns, 1):
        head = " ".join(clean(name).split())[: _HEADER - 8] or f"Column {n}"
        head = f"{head} ({n})" if head.casefold() in taken else head
        taken.add(head.casefold())
        found.append(head)
    return found


def _sheet_name(name: str, taken: Iterable[str]) -> str:
    """A name as a sheet may have it: at most 31 characters, none of those that stand for something,
    and no other sheet's."""
    own = "".join(" " if c in "[]:*?/\\" else c for c in clean(name)).strip(" '")[:31] or "Table"
    others, n, found = {t.casefold() for t in taken}, 1, own
    while found.casefold() in others:
        n += 1
        found = f"{own[:27]} {n}"
    return found


def _table_name(name: str, number: int) -> str:
    """What formulas call the table of a sheet: letters, digits and underscores, and its number, so
    that none is like another or like a cell."""
    letters = re.sub(r"[^A-Za-z]+", "_", name)[:40].strip("_")
    return f"{letters or 'Table'}_{number}"


def _height(row: Sequence[Cell], widths: Sequence[float]) -> float:
    """A height in points that shows all lines of a row: not every reader works it out by itself. A
    sheet has none above 409."""
    lines = max(
        (
            1 + int(len(cell) / (0.92 * width))
            for cell, width in zip(row, widths, strict=True)
            if isinstance(cell, str)
        ),
        default=1,
    )
    return min(409.0, 15.0 * lines)


def _width(head: str, cells: Iterable[Cell]) -> float:
    """A width in characters that fits the longest word of the header and most cells, so that long
    text wraps."""
    longest = max((len(str(NOT_STATED if cell is None else cell)) for cell in cells), default=0)
    return min(
        _WIDE,
        1 + 1.1 * max(_NARROW, longest, *(len(word) + 3 for word in head.split()), len(head) // 3),
    )
