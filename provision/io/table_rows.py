"""Read a table with a header as rows of text, for the files that go with a boundaries file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from provision.io.characters import MEND, text_fault
from provision.io.files import display
from provision.io.problems import InvalidData, Problem, one_a_kind, shown
from provision.io.reading import Reader

MAX_TABLE_BYTES = 40_000_000  # of a table with a row for each area, or each pair of areas
FIRST_LINE = 2  # the line of the first row, below the header


def read_rows(path: Path, read: Reader) -> list[dict[str, str]]:
    """The rows of a CSV file with a header.

    Parameters
    ----------
    path
        The file.
    read
        What reads a file's text, bounded in bytes.

    Returns
    -------
    list of dict
        One a row, in the order of the file: cells by the name of their column.

    Raises
    ------
    InvalidData
        Where the file cannot be parsed, is empty, or a row has too few or too many cells, or a
        cell holds what nobody can see."""
    name = display(path)
    reader = csv.DictReader(io.StringIO(read(path, MAX_TABLE_BYTES)), strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        what = f"is not valid CSV: {error}"
        mend = "check quotes and commas, and save it as CSV again"
        raise InvalidData([Problem(name, 0, "", "", what, mend)]) from None
    if not reader.fieldnames:
        mend = "write at least the names of the columns"
        raise InvalidData([Problem(name, 1, "", "", "is empty", mend)])
    if unseen := _unseen(name, rows):
        raise InvalidData(one_a_kind(unseen))
    if ragged := _ragged(name, rows):
        raise InvalidData(ragged)
    return rows


def _unseen(file: str, rows: list[dict[str, str]]) -> list[Problem]:
    """The cells and names of columns that hold what nobody can see."""
    return [
        Problem(file, line, "", shown(column)[1:-1], what, MEND)
        for line, row in enumerate(rows, FIRST_LINE)
        if None not in row
        for column, cell in row.items()
        if (what := text_fault(column) or text_fault((cell or "").replace("\r\n", "\n")))
    ]


def _ragged(file: str, rows: list[dict[str, str]]) -> list[Problem]:
    """The rows that have more or fewer cells than the header."""
    what = "has more or fewer cells than the header"
    mend = "give every row one cell for each column"
    return [
        Problem(file, line, next(iter(row.values())) or "", "", what, mend)
        for line, row in enumerate(rows, FIRST_LINE)
        if None in row or None in row.values()
    ]
