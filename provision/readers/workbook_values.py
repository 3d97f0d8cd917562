"""Cells of the record's own workbook as plain values, by what their column holds."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from provision.readers.findings import Findings
from provision.readers.table import CellValue, Place, text_of
from provision.readers.written_dates import in_words, read_date
from provision.readers.written_values import plain_number
from provision.schema.workbook_cells import from_cell
from provision.schema.workbook_layout import CellKind, Column

_NUMBER = re.compile(r"[-+]?\d{1,18}(\.\d{1,18})?([eE][-+]?\d{1,3})?")
_WRITTEN = re.compile(r"\d{4}-\d{2}(-\d{2})?|not stated|ongoing")


def cell_value(column: Column, value: CellValue, place: Place, findings: Findings) -> Any:
    """A cell as the schema takes it; None for a blank.

    Text stays as it was written. A number in a column of text is its digits; digits in a column of
    numbers are a number; a date is ``YYYY-MM-DD``. What a column cannot hold is left as it is, for
    the schema to say so.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if column.kind is CellKind.NUMBER:
        return _number(value)
    text = from_cell(value) if isinstance(value, str) else text_of(value)
    if column.kind is CellKind.DATE:
        return _date(value, text.strip(), place, findings)
    if column.kind is CellKind.CHOICE:
        folded = {choice.casefold(): choice for choice in column.choices}
        return folded.get(text.strip().casefold(), text)
    return text


def _number(value: CellValue) -> Any:
    if isinstance(value, float):
        return plain_number(value)
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return value
    text = from_cell(value).strip()
    if not _NUMBER.fullmatch(text):
        return text
    return float(text) if re.search(r"[.eE]", text) else int(text)


def _date(value: CellValue, text: str, place: Place, findings: Findings) -> Any:
    """A date; one written in another way than ours is read, and told."""
    if _WRITTEN.fullmatch(text):
        return text
    found = read_date(value)
    if found.value is None:
        return text
    findings.add(
        "1 date was read as follows",
        "{} dates were read as follows",
        place,
        f"{text} is {in_words(found.value)}",
        "if that is wrong, write 2018-07-01, or 2018-07 for a month",
    )
    return found.value
