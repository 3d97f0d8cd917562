"""Plain tables, in which every cell knows its place: the shape that all readers share.

Nothing is guessed about meaning here. A table has a header and rows of plain values, and says
for each value where it stands.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from provision.io.characters import cleaned
from provision.io.files import display, open_file
from provision.io.problems import InvalidData, Problem

MAX_BYTES = 50_000_000
MAX_ROWS = 100_000
MAX_CELLS = 2_000_000
WANTED = "a table (CSV or .xlsx)"

CellValue = None | bool | int | float | str | date
Row = tuple[CellValue, ...]


@dataclass(frozen=True, order=True)
class Place:
    """Where a cell stands: ``services.xlsx``, sheet ``Contracts``, row 7, column 2 (both 1-based).

    >>> str(Place("a.xlsx", "Contracts", 7, 2)), str(Place("a.csv", "", 12, 3))
    ("sheet 'Contracts', B7", 'line 12, column 3')
    """

    file: str
    sheet: str
    row: int
    column: int = 0

    @property
    def cell(self) -> str:
        """``B7``; ``row 7`` where no column is meant."""
        return f"{column_letters(self.column)}{self.row}" if self.column else f"row {self.row}"

    def __str__(self) -> str:
        from provision.io.problems import shown

        if self.sheet:
            return f"sheet {shown(self.sheet)}, {self.cell}"
        return f"line {self.row}" + (f", column {self.column}" if self.column else "")


@dataclass(frozen=True)
class Table:
    """A header and rows.

    ``columns`` are the header's texts, made distinct. ``rows`` has one tuple a row, each as long
    as ``columns``; wholly blank rows are left out. ``row_numbers`` are their 1-based rows in the
    sheet, or lines in a text file. ``titles`` is the text above the header. ``notes`` say how the
    file was read. ``header`` is the header as it stands.
    """

    file: str
    sheet: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    row_numbers: tuple[int, ...]
    header_row: int
    first_column: int = 1
    hidden: bool = False
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    header: Row = field(default=(), repr=False)

    def place(self, row: int, column: int | None = None) -> Place:
        """Where a value stands. ``row`` and ``column`` count from 0, as in ``rows``."""
        across = self.first_column + column if column is not None else 0
        return Place(self.file, self.sheet, self.row_numbers[row], across)

    def header_place(self, column: int | None = None) -> Place:
        """Where a column's heading stands."""
        across = self.first_column + column if column is not None else 0
        return Place(self.file, self.sheet, self.header_row, across)

    def column(self, name: str) -> int:
        """The number of a column, from 0. Raises KeyError."""
        try:
            return self.columns.index(name)
        except ValueError:
            raise KeyError(name) from None

    def values(self, column: int) -> list[CellValue]:
        """All values of a column, from the top."""
        return [row[column] for row in self.rows]

    def texts(self, column: int) -> list[str]:
        """All values of a column as clean text; ``""`` for a blank."""
        return [text_of(row[column]) for row in self.rows]

    def without_header(self) -> Table:
        """The same table where the row taken for a header is a row like the others."""
        names = tuple(
            f"column {column_letters(self.first_column + i)}" for i in range(len(self.columns))
        )
        rows, numbers = (self.header, *self.rows), (self.header_row, *self.row_numbers)
        return replace(self, columns=names, rows=rows, row_numbers=numbers, header_row=0, header=())


def read_tables(path: Path, header_words: Iterable[str] = ()) -> list[Table]:
    """Every table in a CSV file or workbook.

    Parameters
    ----------
    path
        A CSV or other delimited text file, or an ``.xlsx`` workbook, told apart by content.
    header_words
        Words, in small letters, that make a row likelier to be the header.

    Returns
    -------
    list of Table
        One for a text file; one for each sheet that holds anything, hidden sheets included.

    Raises
    ------
    InvalidData
        Where it is another kind of file, is too large, or holds no table.
    """
    return tables_from(read_bytes(path), display(path), header_words)


def tables_from(raw: bytes, name: str, header_words: Iterable[str] = ()) -> list[Table]:
    """As :func:`read_tables`, from a file's bytes and the name that the reader knows it by."""
    from provision.readers.kinds import FileKind, kind_of, wrong_kind
    from provision.readers.unseen import said_unseen

    if len(raw) > MAX_BYTES:
        raise too_large(name)
    kind = kind_of(raw)
    if kind is FileKind.TEXT:
        from provision.readers.delimited import delimited_table

        return [said_unseen(delimited_table(raw, name, frozenset(header_words)))]
    if kind is FileKind.XLSX:
        from provision.readers.xlsx import workbook_tables

        found = workbook_tables(raw, name, frozenset(header_words))
        return [said_unseen(table) for table in found]
    raise wrong_kind(name, kind, WANTED)


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a file of at most ``limit`` bytes. Raises InvalidData."""
    try:
        with open_file(path) as file:
            raw = file.read(limit + 1)
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise refused(display(path), what, "check the path and its permissions") from None
    if len(raw) > limit:
        raise too_large(display(path), limit)
    return raw


def too_large(name: str, limit: int = MAX_BYTES) -> InvalidData:
    """The refusal of a file of too many bytes."""
    return refused(
        name, f"is larger than {limit // 1_000_000} MB", "split it, or remove what is not needed"
    )


def refused(name: str, what: str, fix: str, line: int = 0, entry: str = "") -> InvalidData:
    """The refusal of a whole file."""
    return InvalidData([Problem(name, line, entry, "", what, fix)])


def column_letters(number: int) -> str:
    """The letters of a column counted from 1.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def text_of(value: CellValue) -> str:
    """A value as one clean line of text; ``""`` for a blank.

    Whole numbers have no decimal point; dates are ISO 8601.

    >>> text_of(7.0), text_of(" Barking\\u00a0&  Dagenham "), text_of(None)
    ('7', 'Barking & Dagenham', '')
    """
    if isinstance(value, str):
        plain = value.isascii() and value.isprintable() and "  " not in value
        return value.strip() if plain else " ".join(clean(value).split())
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def clean(text: str) -> str:
    """Text in composed form (NFC) without what cannot be seen; line breaks stay.

    >>> clean("Hack\\u200bney\\r\\nNewham")
    'Hackney\\nNewham'
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (c if c == "\n" else " " if c.isspace() else c for c in composed)
    return cleaned("".join(kept)).strip()


def non_blank(values: Iterable[CellValue]) -> Iterator[CellValue]:
    """The values that are not blank."""
    return (v for v in values if is_filled(v))


def is_filled(value: CellValue) -> bool:
    """Whether a cell holds anything but blanks."""
    return value is not None and (not isinstance(value, str) or bool(value.strip()))


@dataclass(frozen=True)
class RawSheet:
    """Rows as a file gives them, with their 1-based numbers."""

    file: str
    sheet: str
    rows: Sequence[Row]
    numbers: Sequence[int]
    hidden: bool = False
    notes: tuple[str, ...] = ()
