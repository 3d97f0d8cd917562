"""Delimited text: CSV as programs and portals write it, in any usual encoding and delimiter."""

from __future__ import annotations

import csv
import io
from itertools import islice

from provision.io.problems import shown
from provision.readers.table import MAX_CELLS, MAX_ROWS, RawSheet, Row, Table, refused
from provision.readers.table_shape import to_table

DELIMITERS = (",", ";", "\t", "|")
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}
_SAMPLE = 100_000  # characters in which the delimiter is looked for


def delimited_table(raw: bytes, name: str, header_words: frozenset[str] = frozenset()) -> Table:
    """The table in a delimited text file.

    Parameters
    ----------
    raw
        The file's bytes: UTF-8 with or without a mark, UTF-16, or Windows-1252.
    name
        What the reader calls the file.
    header_words
        Words, in small letters, that make a row likelier to be the header.

    Raises
    ------
    InvalidData
        Where it is not text, cannot be parsed, is empty or has too many rows.
    """
    text, encoding = decode_text(raw, name)
    text, delimiter = _delimiter(text)
    rows, numbers = _rows(text, delimiter, name)
    notes = tuple(_notes(encoding, delimiter))
    table = to_table(RawSheet(name, "", rows, numbers, notes=notes), header_words)
    if table is None:
        raise refused(
            name, "is empty", "choose a file with at least a line of headings and one row"
        )
    return table


def decode_text(raw: bytes, name: str) -> tuple[str, str]:
    """Bytes as text, and the encoding that was found. Raises InvalidData."""
    for encoding in _candidates(raw):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding
    fix = "save it as 'CSV UTF-8' and try again"
    raise refused(name, "is text in an encoding that we do not know, or not text at all", fix)


def _candidates(raw: bytes) -> tuple[str, ...]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    head = raw[:4096]
    pairs = len(head) // 2
    if pairs and head[1::2].count(0) > 0.4 * pairs:
        return ("utf-16-le",)
    if pairs and head[0::2].count(0) > 0.4 * pairs:
        return ("utf-16-be",)
    return ("utf-8-sig", "cp1252")


def _delimiter(text: str) -> tuple[str, str]:
    """The text and its delimiter: the one that most lines agree on, with most cells.

    Excel's own ``sep=;`` line is obeyed.
    """
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and first.strip()[4:] in DELIMITERS:
        return rest, first.strip()[4:]
    sample = text[:_SAMPLE]
    return text, max(DELIMITERS, key=lambda d: (_agreement(sample, d), -DELIMITERS.index(d)))


def _agreement(sample: str, delimiter: str) -> float:
    """How well a delimiter fits: cells a line, weighed by how many lines have that number."""
    try:
        widths = [
            len(r) for r in islice(csv.reader(io.StringIO(sample), delimiter=delimiter), 60) if r
        ]
    except csv.Error:
        return 0.0
    if not widths:
        return 0.0
    common = max(set(widths), key=lambda w: (widths.count(w), w))
    return 0.0 if common == 1 else widths.count(common) / len(widths) * min(common, 10) ** 0.5


def _rows(text: str, delimiter: str, name: str) -> tuple[list[Row], list[int]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    numbers: list[int] = []
    cells, before = 0, 0
    try:
        for row in reader:
            if any(map(str.strip, row)):
                rows.append(tuple(value or None for value in row))
                numbers.append(before + 1)
                cells += len(row)
            before = reader.line_num
            if len(rows) > MAX_ROWS + 1 or cells > MAX_CELLS:
                raise _too_many(name)
    except csv.Error as error:
        what = f"is not valid CSV: {shown(str(error))}"
        fix = "check the quotation marks near this line, and save it as CSV again"
        raise refused(name, what, fix, reader.line_num) from None
    return rows, numbers


def _too_many(name: str) -> Exception:
    what = f"has more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells"
    return refused(name, what, "keep the rows and columns that are needed, or split it")


def _notes(encoding: str, delimiter: str) -> list[str]:
    found = []
    if encoding not in ("utf-8-sig",):
        words = {"cp1252": "Windows-1252"}.get(encoding, encoding.upper())
        found.append(f"Read as {words} text. If letters look wrong, save the file as 'CSV UTF-8'.")
    if delimiter != ",":
        found.append(f"Its cells are parted by {_NAMES[delimiter]}.")
    return found
