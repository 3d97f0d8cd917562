"""Excel workbooks: saved values only.

No formula is evaluated, nothing outside the file is opened, and bombs are refused first.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from provision.io.problems import InvalidData, shown
from provision.readers.table import (
    MAX_CELLS,
    MAX_ROWS,
    CellValue,
    RawSheet,
    Row,
    Table,
    refused,
)
from provision.readers.table_shape import to_table

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MAX_UNPACKED = 300_000_000
MAX_SHARED = (
    60_000_000  # unpacked bytes of the texts and of the styles, which are held whole in memory
)
MAX_MEMBERS = 2_000
MAX_SHEETS = 200
MAX_WORK = 20_000_000  # cells gone over, blank ones included
_CHUNK, _OVERLAP = 1_000_000, 20_000
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
_UNCACHED = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
# What openpyxl raises on a broken workbook, none of them its own kind.
_BREAKS: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    SyntaxError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RuntimeError,
    zlib.error,
)
_NOT_PARTS = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.')  # of a number format: colours, quoted words
_BROKEN = "cannot be read as an Excel workbook"
_SAVE = "open it in a spreadsheet program and save it again as .xlsx"


def workbook_tables(
    raw: bytes, name: str, header_words: frozenset[str] = frozenset()
) -> list[Table]:
    """The tables in a workbook: one for each sheet that holds anything, in the workbook's order.

    Parameters
    ----------
    raw
        The file's bytes.
    name
        What the reader calls the file.
    header_words
        Words, in small letters, that make a row likelier to be the header.

    Raises
    ------
    InvalidData
        Where it is no workbook, would be too large when unpacked, or holds nothing.
    """
    return sheet_tables(raw_sheets(raw, name), name, header_words)


def sheet_tables(
    sheets: Sequence[RawSheet], name: str, header_words: frozenset[str] = frozenset()
) -> list[Table]:
    """Sheets as tables; those that hold nothing are left out. Raises InvalidData where all do."""
    found = [t for sheet in sheets if (t := to_table(sheet, header_words))]
    if not found:
        raise refused(name, "holds no sheet with anything in it", "choose a workbook with a table")
    return found


def raw_sheets(raw: bytes, name: str) -> list[RawSheet]:
    """The sheets of a workbook as rows of plain values. Raises InvalidData."""
    from openpyxl import load_workbook

    checked(raw, name)
    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        if len(book.worksheets) > MAX_SHEETS:
            raise refused(
                name, f"has more than {MAX_SHEETS} sheets", "keep the sheets that are needed"
            )
        budget = _Budget(name)
        return [_sheet(raw, sheet, name, budget) for sheet in book.worksheets]
    except InvalidData:
        raise
    except _BREAKS:
        raise refused(name, _BROKEN, _SAVE) from None


class _Budget:
    """What a whole workbook may hold, counted over its sheets."""

    def __init__(self, name: str) -> None:
        self.name, self.rows, self.cells, self.work = name, 0, 0, 0

    def spend(self, row: Row, length: int) -> None:
        """Count a row. Raises InvalidData where it is one too many."""
        self.work += length + 1
        if row:
            self.rows += 1
            self.cells += len(row)
        if self.rows > MAX_ROWS + 1000 or self.cells > MAX_CELLS or self.work > MAX_WORK:
            what = f"has more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells"
            raise refused(
                self.name, what, "keep the sheets, rows and columns that are needed, or split it"
            )


def checked(raw: bytes, name: str) -> None:
    """Refuse what would unpack too large, and XML that declares entities. Raises InvalidData."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
                raise refused(
                    name,
                    f"would unpack to more than {MAX_UNPACKED // 1_000_000} MB",
                    "keep the sheets that are needed",
                )
            for member in members:
                held = member.filename.casefold().endswith(("sharedstrings.xml", "styles.xml"))
                if held and member.file_size > MAX_SHARED:
                    raise refused(
                        name,
                        "holds too much text or too many formats",
                        "copy the values alone into a new workbook",
                    )
                if member.flag_bits & 1:
                    raise refused(name, "is locked with a password", "save it without a password")
                _no_entities(archive, member, name)
    except InvalidData:
        raise
    except _BREAKS as error:
        raise refused(name, f"{_BROKEN} ({shown(str(error))})", _SAVE) from None


def _no_entities(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
    if not member.filename.casefold().endswith((".xml", ".rels", ".vml")):
        return
    with archive.open(member) as file:
        head = file.read(_OVERLAP).replace(b"\0", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise refused(name, "holds XML that declares a document type", _SAVE)


def _sheet(raw: bytes, sheet: ReadOnlyWorksheet, name: str, budget: _Budget) -> RawSheet:
    sheet.reset_dimensions()  # what a file says of its own size is not believed
    rows: list[Row] = []
    numbers: list[int] = []
    for number, cells in enumerate(sheet.iter_rows(), 1):
        row = _trimmed(cells)
        budget.spend(row, len(cells))
        if row:
            rows.append(row)
            numbers.append(number)
    merges, uncached = _marks(raw, sheet)
    _fill_down(rows, numbers, merges)
    notes = (_uncached_note(sheet.title, uncached),) if uncached else ()
    return RawSheet(name, sheet.title, rows, numbers, sheet.sheet_state != "visible", notes)


def _uncached_note(title: str, cells: list[str]) -> str:
    some = ", ".join(cells[:3]) + (" ..." if len(cells) > 3 else "")
    many = f"{len(cells):,} cells hold formulas" if len(cells) > 1 else "1 cell holds a formula"
    read = f"Sheet {shown(title)}: {many} without a saved value ({some}). We read them as blank."
    return f"{read} Open the file in Excel and save it."


def _trimmed(cells: tuple[Any, ...]) -> Row:
    """A row as plain values, without the blanks at its end."""
    last = len(cells)
    while last and cells[last - 1].value in (None, ""):
        last -= 1
    return tuple(map(_plain, cells[:last]))


def _plain(cell: Any) -> CellValue:
    value = cell.value
    if isinstance(value, datetime):
        return _moment(value, cell.number_format)
    if isinstance(value, (time, timedelta)):
        return str(value)
    if value is None or isinstance(value, (bool, int, float, str, date)):
        return value
    return str(value)


def _moment(value: datetime, number_format: str) -> date | str:
    """A date as a date; as ``YYYY-MM`` where the sheet shows a month and no day."""
    if value.time() != time(0):
        return value.isoformat(" ", "minutes")
    shown_parts = _NOT_PARTS.sub("", number_format.lower())
    if value.day == 1 and "m" in shown_parts and "d" not in shown_parts:
        return f"{value:%Y-%m}"
    return value.date()


def _marks(raw: bytes, sheet: Any) -> tuple[list[tuple[int, int, int]], list[str]]:
    """What openpyxl's bounded reading leaves out.

    Merged cells as (column, first row, last row), and the cells of formulas without a value.
    """
    merges: list[tuple[int, int, int]] = []
    uncached: list[str] = []
    with zipfile.ZipFile(io.BytesIO(raw)) as archive, archive.open(sheet._worksheet_path) as file:
        for piece in _pieces(file):
            for start, first, _, last in _MERGED.findall(piece):
                if int(last) > int(first):
                    merges.append((_column(start.decode()), int(first), int(last)))
            uncached += [cell.decode() for cell in _UNCACHED.findall(piece)]
    return list(dict.fromkeys(merges))[:MAX_ROWS], list(dict.fromkeys(uncached))


def _pieces(file: Any) -> Iterator[bytes]:
    """A stream in pieces that overlap, so that nothing short is cut in two."""
    kept = b""
    while chunk := file.read(_CHUNK):
        yield kept + chunk
        kept = chunk[-_OVERLAP:]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _fill_down(rows: list[Row], numbers: list[int], merges: list[tuple[int, int, int]]) -> None:
    """Give every row of a merged cell its value, in its first column.

    What lies across stays blank: it is a title.
    """
    at = {number: i for i, number in enumerate(numbers)}
    filled = 0
    for column, first, last in merges:
        top = at.get(first)
        value = rows[top][column - 1] if top is not None and len(rows[top]) >= column else None
        if value is None:
            continue
        for number in range(first + 1, min(last, numbers[-1]) + 1):
            filled += 1
            if filled > MAX_CELLS:
                return
            i = at.get(number)
            if i is not None:
                row = (*rows[i], *((None,) * (column - len(rows[i]))))
                rows[i] = (*row[: column - 1], value, *row[column:])
