"""Read the figures of each area and what their columns mean.

A blank cell is *not stated* and stays NaN: it is never filled, and never counted as nought."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from provision.io.files import description_of, display
from provision.io.late_frames import PlainTable
from provision.io.problems import InvalidData, Problem, nearest, shown
from provision.io.reading import Reader, read_text
from provision.io.sidecars import HasCode, read_described
from provision.io.table_rows import FIRST_LINE, read_rows
from provision.schema.services import Entry, Name, Text

_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?")
_CATEGORY: Literal["category"] = "category"


class FigureSource(Entry):
    """Who published a figure, when, and under which licence."""

    title: Name
    publisher: Name
    date: Text
    licence: Text
    attribution: Text


class Indicator(Entry):
    """What a column of the figures means, and what it does not."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Name
    short_label: Name
    unit: Name
    kind: Literal["number", "category"]
    decimals: int = Field(0, ge=0, le=6)
    date: Text
    higher_means: Literal["more need", "less need", "neither"]
    use_as_weight: bool = False
    combine: Literal["sum", "mean", "none"] = "none"
    women_from_age: int | None = Field(
        None, ge=0, description="set where the column counts women from this age up"
    )
    rate_per_1000_women: bool = Field(
        False,
        description="also shown for each 1,000 women of the record's scope, with its arithmetic",
    )
    source: FigureSource
    caution: Text
    grade: Literal["A", "B", "C"]


class Figures(Entry):
    """The description of a figures file."""

    indicators: tuple[Indicator, ...] = Field(min_length=1)


def read_figures(
    path: Path, areas: Sequence[HasCode], read: Reader = read_text
) -> tuple[PlainTable, tuple[Indicator, ...]]:
    """The figures of each area, and what the columns mean.

    Parameters
    ----------
    path
        The CSV file; the YAML file beside it describes its columns.
    areas
        The areas of the region, in the order of the boundaries file.
    read
        What reads a file's text, bounded in bytes.

    Returns
    -------
    DataFrame
        Index: area codes in the order of ``areas``; one column an indicator, in its unit. Numbers
        are float64 with NaN where the cell is blank; categories are text with ``""`` there. Areas
        without a row are blank throughout.
    tuple of Indicator
        What the columns mean, in their order.

    Raises
    ------
    InvalidData
        For unknown or repeated codes, undescribed columns and cells that are not numbers."""
    indicators = read_described(description_of(path), Figures, read).indicators
    rows = read_rows(path, read)
    name, codes = display(path), {area.code for area in areas}
    problems = [*_column_problems(name, rows, indicators)]
    problems += _cell_problems(name, rows, indicators, codes)
    if problems:
        raise InvalidData(problems)
    by_code = {row["code"]: row for row in rows}
    columns = {
        i.id: [_cell(by_code.get(area.code, {}).get(i.id) or "", i) for area in areas]
        for i in indicators
    }
    return (
        PlainTable(columns, [area.code for area in areas]),
        indicators,
    )


def _cell(text: str, indicator: Indicator) -> float | str:
    if indicator.kind == _CATEGORY:
        return text
    return float(text) if text else float("nan")


def _column_problems(
    file: str, rows: list[dict[str, str]], indicators: Sequence[Indicator]
) -> Iterator[Problem]:
    """Columns that are described and missing, and those that are there and not described."""
    described, columns = {i.id for i in indicators}, set(rows[0]) if rows else set()
    for missing in sorted(({"code"} | described) - columns):
        mend = "add the column or remove its description"
        yield Problem(file, 1, "", missing, "is not a column", mend)
    for extra in sorted(c for c in columns - described - {"code", "name"} if c):
        mend = "describe it in the YAML file beside this one"
        yield Problem(file, 1, "", extra, "is not described", mend)


def _cell_problems(
    file: str, rows: list[dict[str, str]], indicators: Sequence[Indicator], codes: set[str]
) -> Iterator[Problem]:
    """Codes that are unknown or stand twice, and cells that are not numbers."""
    seen: set[str] = set()
    for line, row in enumerate(rows, FIRST_LINE):
        code = row.get("code") or ""
        if code not in codes or code in seen:
            wrong = "stands twice" if code in seen else "is not an area in the boundaries file"
            mend = nearest(code, sorted(codes), "use each code of the boundaries file once")
            yield Problem(file, line, code, "code", f"{shown(code)} {wrong}", mend)
        seen.add(code)
        for i in indicators:
            if i.kind != _CATEGORY and not _is_number(row.get(i.id) or "", i):
                what = "is not a number of 0 or more"
                mend = "write digits only, or leave the cell blank where nothing is stated"
                yield Problem(file, line, code, i.id, what, mend)


def _is_number(text: str, indicator: Indicator) -> bool:
    """Whether a cell is blank or a number; below 0 only where the column is no weight and no
    count."""
    counts = indicator.use_as_weight or indicator.women_from_age is not None
    if not (counts or indicator.combine == "sum" or indicator.rate_per_1000_women):
        text = text.removeprefix("-")
    return not text or _NUMBER.fullmatch(text) is not None
