"""Read what goes with a boundaries file: figures for each area, neighbours, and where the outlines
come from.

A blank cell in the figures is *not stated* and stays NaN: it is never filled, and never counted as
nought."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Protocol

from pydantic import BaseModel, Field, field_validator
from pydantic_core import PydanticCustomError

from provision.io.characters import MEND, text_fault
from provision.io.field_errors import Model, typed
from provision.io.files import description_of, display, there
from provision.io.late_frames import PlainTable
from provision.io.problems import InvalidData, Problem, nearest, one_a_kind, shown
from provision.io.reading import Reader, read_text, read_yaml
from provision.schema.services import Entry, Name, Text

_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?")
MAX_TABLE_BYTES = 40_000_000  # of a table with a row for each area, or each pair of areas
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


_BRITISH_NATIONAL_GRID = 27700


class Origin(BaseModel):
    """Where a boundaries file comes from. Fields beyond these are kept for people to read."""

    title: Name
    origin: dict[str, str] | Text
    vintage: Text
    licence: Text
    attribution: Text
    cautions: tuple[Text, ...] = ()
    projected_crs: int | None = Field(
        None, description="EPSG code of the plane that distances are measured in, metres"
    )

    @field_validator("projected_crs")
    @classmethod
    def _known_plane(cls, value: int | None) -> int | None:
        """Only a plane in metres that PROJ knows."""
        if value is None or value == _BRITISH_NATIONAL_GRID:
            return value  # without a look into PROJ, which takes time at every start
        from pyproj import CRS
        from pyproj.exceptions import CRSError

        try:
            crs = CRS.from_epsg(value)
        except CRSError:
            crs = None
        if crs is None or not crs.is_projected or crs.axis_info[0].unit_name != "metre":
            what = "is not the EPSG code of a plane in metres; write one such as 27700 or 32631"
            raise PydanticCustomError("own", what)
        return value


class Link(StrEnum):
    """How two areas border on each other."""

    LAND = "land"
    CROSSING = "crossing"
    RIVER = "river"


class HasCode(Protocol):
    """Anything that knows an area's code and name."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


def read_described(path: Path, model: type[Model], read: Reader = read_text) -> Model:
    """A companion's YAML as its model. Raises InvalidData."""
    return typed(read_yaml(read(path), display(path)), model)


_OF_A_RECORD = {"region", "services", "themes", "organisations"}


def read_origin(path: Path, read: Reader = read_text) -> Origin | None:
    """Where outlines come from, from the YAML file beside them; None where there is none, or where
    the file is of services or themes and only has the same name. Raises InvalidData."""
    if not there(path):
        return None
    document = read_yaml(read(path), display(path))
    if isinstance(document.data, dict) and _OF_A_RECORD & document.data.keys():
        return None
    return typed(document, Origin)


def read_figures(
    path: Path, areas: Sequence[HasCode], read: Reader = read_text
) -> tuple[PlainTable, tuple[Indicator, ...]]:
    """The figures of each area, indexed by area code in the order of ``areas``, and what the
    columns mean.

    Number columns are float64 with NaN where the cell is blank; category columns are text with
    ``""`` there. Areas without a row are blank throughout. Raises InvalidData for unknown or
    repeated codes, undescribed columns and cells that are not numbers."""
    indicators = read_described(description_of(path), Figures, read).indicators
    rows = _rows(path, read)
    problems = _figure_problems(display(path), rows, indicators, {area.code for area in areas})
    if problems:
        raise InvalidData(problems)
    by_code = {row["code"]: row for row in rows}
    columns = {
        i.id: [_cell(by_code.get(area.code, {}).get(i.id) or "", i) for area in areas]
        for i in indicators
    }
    return PlainTable(columns, [area.code for area in areas]), indicators


def _rows(path: Path, read: Reader) -> list[dict[str, str]]:
    """The rows of a CSV file with a header. Raises InvalidData where it cannot be parsed or a row
    has too few or too many cells."""
    reader = csv.DictReader(io.StringIO(read(path, MAX_TABLE_BYTES)), strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        what, mend = (
            f"is not valid CSV: {error}",
            "check quotes and commas, and save it as CSV again",
        )
        raise InvalidData([Problem(display(path), 0, "", "", what, mend)]) from None
    if not reader.fieldnames:
        raise InvalidData(
            [
                Problem(
                    display(path), 1, "", "", "is empty", "write at least the names of the columns"
                )
            ]
        )
    ragged = [
        (line, next(iter(row.values())) or "")
        for line, row in enumerate(rows, 2)
        if None in row or None in row.values()
    ]
    unseen = [
        Problem(display(path), line, "", shown(column)[1:-1], what, MEND)
        for line, row in enumerate(rows, 2)
        if None not in row
        for column, cell in row.items()
        if (what := text_fault(column) or text_fault((cell or "").replace("\r\n", "\n")))
    ]
    if unseen:
        raise InvalidData(one_a_kind(unseen))
    if ragged:
        what, mend = (
            "has more or fewer cells than the header",
            "give every row one cell for each column",
        )
        raise InvalidData(
            [Problem(display(path), line, code, "", what, mend) for line, code in ragged]
        )
    return rows


def _cell(text: str, indicator: Indicator) -> float | str:
    if indicator.kind == _CATEGORY:
        return text
    return float(text) if text else float("nan")


def _figure_problems(
    file: str, rows: list[dict[str, str]], indicators: Sequence[Indicator], codes: set[str]
) -> list[Problem]:
    found: list[Problem] = []
    described = {i.id for i in indicators}
    columns = set(rows[0]) if rows else set()
    for missing in sorted(({"code"} | described) - columns):
        found.append(
            Problem(
                file, 1, "", missing, "is not a column", "add the column or remove its description"
            )
        )
    for extra in sorted(c for c in columns - described - {"code", "name"} if c):
        found.append(
            Problem(
                file,
                1,
                "",
                extra,
                "is not described",
                "describe it in the YAML file beside this one",
            )
        )
    seen: set[str] = set()
    for line, row in enumerate(rows, 2):
        code = row.get("code") or ""
        if code not in codes or code in seen:
            what = f"{shown(code)} " + (
                "stands twice" if code in seen else "is not an area in the boundaries file"
            )
            found.append(
                Problem(
                    file,
                    line,
                    code,
                    "code",
                    what,
                    nearest(code, sorted(codes), "use each code of the boundaries file once"),
                )
            )
        seen.add(code)
        found += [
            _not_number(file, line, code, i.id)
            for i in indicators
            if i.kind != _CATEGORY and not _is_number(row.get(i.id) or "", i)
        ]
    return found


def _not_number(file: str, line: int, code: str, field: str) -> Problem:
    return Problem(
        file,
        line,
        code,
        field,
        "is not a number of 0 or more",
        "write digits only, or leave the cell blank where nothing is stated",
    )


def _is_number(text: str, indicator: Indicator) -> bool:
    """Whether a cell is blank or a number; below 0 only where the column is no weight and no
    count."""
    counts = indicator.use_as_weight or indicator.women_from_age is not None
    if not (counts or indicator.combine == "sum" or indicator.rate_per_1000_women):
        text = text.removeprefix("-")
    return not text or _NUMBER.fullmatch(text) is not None


def read_neighbours(path: Path, areas: Sequence[HasCode], read: Reader = read_text) -> PlainTable:
    """Neighbour pairs: columns ``code_a``, ``code_b``, ``type`` (a :class:`Link`), ``crossing``,
    ``note``, ``source``.

    Each pair stands once. Raises InvalidData for unknown codes, unknown types and repeated pairs.
    """
    rows = _rows(path, read)
    codes = {area.code for area in areas}
    problems: list[Problem] = []
    seen: set[frozenset[str]] = set()
    for line, row in enumerate(rows, 2):
        a, b = row.get("code_a") or "", row.get("code_b") or ""
        pair = frozenset((a, b))
        entry = f"{a}-{b}"
        problems += [
            Problem(
                display(path),
                line,
                entry,
                "code",
                f"{shown(c)} is not an area in the boundaries file",
                "use codes of that file",
            )
            for c in (a, b)
            if c not in codes
        ]
        if len(pair) < 2 or pair in seen:
            problems.append(
                Problem(
                    display(path),
                    line,
                    entry,
                    "code_b",
                    "is the same pair again, or an area and itself",
                    "keep each pair once",
                )
            )
        if row.get("type") not in set(Link):
            problems.append(
                Problem(
                    display(path),
                    line,
                    entry,
                    "type",
                    f"is {shown(row.get('type'))}",
                    f"write one of: {', '.join(Link)}",
                )
            )
        seen.add(pair)
    if problems:
        raise InvalidData(problems)
    names = ("code_a", "code_b", "type", "crossing", "note", "source")
    return PlainTable({name: [row.get(name) or "" for row in rows] for name in names})
