"""Figures from any table with a code or a name for each area: wide, or long with a row a figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

from provision.io.files import display
from provision.io.problems import InvalidData, Problem, shown
from provision.readers.area_lists import Matcher
from provision.readers.figure_areas import AreaRows, FigureAreas
from provision.readers.figure_drafts import FigureDescription, FiguresDraft
from provision.readers.figure_values import FigureColumn, figure_column, figure_id
from provision.readers.findings import Findings
from provision.readers.list_columns import plain_heading
from provision.readers.table import CellValue, Place, read_bytes, refused, tables_from, text_of
from provision.readers.written_values import NOT_STATED, read_number

MOST_COLUMNS = 100
_MOST_PARTS = 60  # different values of a column that parts a long table
_DATES = ("year", "date", "period", "month", "as at")
_SEPARATOR = ": "


def read_any_figures(
    path: Path,
    matcher: Matcher,
    columns: Sequence[str] = (),
    description: FigureDescription | None = None,
    sheet: str | None = None,
) -> FiguresDraft:
    """Figures for the region's areas, from a CSV file or a workbook.

    Parameters
    ----------
    path
        The file. A wide table has a row an area; a long one a row for each area and, say, domain.
    matcher
        Tells which area a text means.
    columns
        Headings of the columns that are wanted, in any letters; for one part of a long table
        ``part: heading``. Without any, every column of numbers is taken.
    description
        What a person says of the figures.
    sheet
        The sheet that is meant; without it, the one with most areas.

    Returns
    -------
    FiguresDraft

    Raises
    ------
    InvalidData
        Where no column tells the area, a column that is wanted is not there, or an area has
        several rows that nothing tells apart.
    """
    raw, name = read_bytes(path), display(path)
    return figures_from(raw, name, matcher, columns, description=description, sheet=sheet)


def figures_from(
    raw: bytes,
    name: str,
    matcher: Matcher,
    columns: Sequence[str] = (),
    *,
    description: FigureDescription | None = None,
    sheet: str | None = None,
) -> FiguresDraft:
    """As :func:`read_any_figures`, from a file's bytes and the name that the reader knows it by."""
    tables = tables_from(raw, name)
    if sheet is not None:
        known = ", ".join(shown(t.sheet) for t in tables)
        tables = [
            replace(t, hidden=False) for t in tables if t.sheet.casefold() == sheet.casefold()
        ]
        if not tables:
            raise refused(name, f"has no sheet {shown(sheet)}", f"write one of: {known}")
    rows = FigureAreas(matcher, name).best(tables)
    return _Figures(rows, name, columns, description or FigureDescription()).draft()


class _Figures:
    """Makes a draft from rows whose areas are known."""

    def __init__(
        self, rows: AreaRows, name: str, wanted: Sequence[str], description: FigureDescription
    ) -> None:
        self.rows, self.table, self.name = rows, rows.table, name
        self.wanted = list(dict.fromkeys(w.strip() for w in wanted))
        self.description = description
        self.findings = Findings()
        self.mine = [row for row, code in enumerate(rows.codes) if code is not None]
        self.parts = self._parts()
        self.date = self._date()

    def draft(self) -> FiguresDraft:
        """The draft. Raises InvalidData."""
        columns = dict(self._columns())
        chosen = self._chosen(columns)
        taken: set[str] = set()
        ids = {label: figure_id(label, taken) for label in chosen}
        return FiguresDraft(
            self.name,
            tuple(self._indicator(ids[label], columns[label]) for label in chosen),
            {ids[label]: columns[label].values for label in chosen},
            tuple(self._notes([columns[label] for label in chosen])),
            tuple(columns),
            self.table.columns[self.rows.column],
            self.rows.texts,
        )

    def _date(self) -> str:
        """The date that a person gave; else the one that a column of dates holds throughout."""
        if self.description.date != NOT_STATED:
            return self.description.date
        for column, heading in enumerate(self.table.columns):
            if plain_heading(heading) in _DATES:
                said = {text_of(self.table.rows[row][column]) for row in self.mine}
                return said.pop()[:60] or NOT_STATED if len(said) == 1 else NOT_STATED
        return NOT_STATED

    def _columns(self) -> Iterator[tuple[str, FigureColumn]]:
        """Every column that holds figures, by its label: of each part where the table is long."""
        skipped = {self.rows.column, *self.parts}
        for column, heading in enumerate(self.table.columns):
            dated = plain_heading(heading) in _DATES and not self._asked(heading)
            if column in skipped or dated or self._names_the_area(column):
                continue
            for label, cells in self._cells(column, heading).items():
                wanted = self._is_wanted(label, heading)
                found = figure_column(label, cells, self.findings if wanted else Findings())
                if found is not None:
                    yield label, found

    def _cells(self, column: int, heading: str) -> dict[str, dict[str, tuple[CellValue, Place]]]:
        """A column's cells by part and area."""
        found: dict[str, dict[str, tuple[CellValue, Place]]] = {}
        for row in self.mine:
            values = self.table.rows[row]
            part = ", ".join(text_of(values[p]) or NOT_STATED for p in self.parts)
            label = f"{part}{_SEPARATOR}{heading}" if self.parts else heading
            code = self.rows.codes[row]
            assert code is not None
            cell = (values[column], self.table.place(row, column))
            found.setdefault(label, {}).setdefault(code, cell)
        return found

    def _parts(self) -> tuple[int, ...]:
        """The columns that tell the rows of an area apart; none where each area has one row."""
        codes = [self.rows.codes[row] for row in self.mine]
        if len(set(codes)) == len(codes):
            return ()
        rows = [self.table.rows[row] for row in self.mine]
        able = [i for i in range(len(self.table.columns)) if self._may_part(i, rows)]
        for count in (1, 2, 3):
            for chosen in combinations(able, count):
                keys = {
                    (c, *(text_of(r[i]) for i in chosen)) for c, r in zip(codes, rows, strict=True)
                }
                if len(keys) == len(codes):
                    return chosen
        if len({(c, *r) for c, r in zip(codes, rows, strict=True)}) == len(set(codes)):
            return ()  # the same row, written more than once
        raise self._not_told_apart(codes)

    def _may_part(self, column: int, rows: Sequence[Sequence[CellValue]]) -> bool:
        """Whether a column may tell rows apart: few values, and not one that is wanted."""
        if column == self.rows.column or self._asked(self.table.columns[column]):
            return False
        values = {text_of(r[column]) for r in rows}
        numbers = sum(read_number(v) is not None and len(v) != 4 for v in values)
        return 1 < len(values) <= _MOST_PARTS and 2 * numbers <= len(values)

    def _not_told_apart(self, codes: Sequence[str | None]) -> InvalidData:
        twice = [c for c, count in Counter(codes).items() if count > 1]
        places = [self.table.place(row) for row in self.mine if self.rows.codes[row] == twice[0]]
        where = ", ".join(map(str, places[:3]))
        what = f"has several rows for {len(twice):,} areas, and no column tells them apart"
        fix = "keep one row for each area, or add a column that says what each row counts"
        return InvalidData([Problem(self.name, places[0].row, where, "", what, fix)])

    def _names_the_area(self, column: int) -> bool:
        """Whether a column is text with a value of its own for each area: its name, or a remark."""
        said = {text_of(self.table.rows[row][column]) for row in self.mine} - {""}
        numbers = sum(read_number(v) is not None for v in said)
        return 2 * numbers <= len(said) and len(said) > max(0.5 * self.rows.areas, 3)

    def _asked(self, label: str) -> bool:
        return label.casefold() in {w.casefold() for w in self.wanted}

    def _is_wanted(self, label: str, heading: str) -> bool:
        return not self.wanted or self._asked(label) or self._asked(heading)

    def _chosen(self, columns: dict[str, FigureColumn]) -> list[str]:
        """The labels of the columns to take. Raises InvalidData where one is not there."""
        headings = {label: label.rpartition(_SEPARATOR)[2] for label in columns}
        if not self.wanted:
            chosen = [label for label, c in columns.items() if c.kind == "number"]
        else:
            chosen = [label for label in columns if self._is_wanted(label, headings[label])]
        met = {x.casefold() for label in chosen for x in (label, headings[label])}
        absent = [w for w in self.wanted if w.casefold() not in met]
        if absent or not chosen:
            raise self._no_such(absent, list(columns))
        if len(chosen) > MOST_COLUMNS:
            what = f"holds {len(chosen):,} columns of figures"
            fix = f"choose at most {MOST_COLUMNS} with --column, for instance {shown(chosen[0])}"
            raise refused(self.name, what, fix)
        return chosen

    def _no_such(self, absent: Sequence[str], known: Sequence[str]) -> InvalidData:
        some = ", ".join(map(shown, known[:8])) + (" ..." if len(known) > 8 else "")
        offer = f"its columns of figures are: {some}" if known else "choose another file"
        if not absent:
            return refused(self.name, "holds no column of numbers for these areas", offer)
        named = ", ".join(map(shown, absent[:3]))
        return refused(self.name, f"has no column of figures called {named}", offer)

    def _indicator(self, identifier: str, column: FigureColumn) -> dict[str, Any]:
        """The description of a column, as the region's folder keeps it."""
        said = self.description
        several = len(self.wanted) != 1 or bool(self.parts)
        label = said.what if said.what != NOT_STATED and not several else column.label
        title = said.source if said.source != NOT_STATED else f"File {Path(self.name).name}"
        source = {
            "title": title,
            "publisher": said.publisher,
            "date": said.date,
            "licence": said.licence,
            "attribution": f"Source: {title}; {said.publisher}; licence: {said.licence}",
        }
        return {
            "id": identifier,
            "label": label,
            "short_label": column.label[:40],
            "unit": column.unit,
            "kind": column.kind,
            "decimals": column.decimals,
            "date": self.date,
            "higher_means": "neither",
            "combine": "none",
            "source": source,
            "caution": "Read from a table as it is. What it counts was not checked.",
            "grade": "C",
        }

    def _notes(self, columns: Sequence[FigureColumn]) -> Iterator[str]:
        heading = shown(self.table.columns[self.rows.column])
        sheet = f"sheet {shown(self.table.sheet)}, " if self.table.sheet else ""
        yield f"Areas are told by {sheet}column {heading}: {self.rows.areas:,} areas have figures."
        yield from self.table.notes
        if self.parts:
            names = " and ".join(shown(self.table.columns[p]) for p in self.parts)
            yield f"The table has several rows an area; column {names} tells them apart."
        others = len(self.rows.codes) - len(self.mine)
        if others:
            yield f"Ignored {others:,} row{'' if others == 1 else 's'} of other places."
        for mark, count in sum((c.marks for c in columns), Counter[str]()).most_common():
            cells = "1 cell" if count == 1 else f"{count:,} cells"
            said = f"with {shown(mark)}" if mark else "blank"
            yield f"Not stated: {cells} {said}."
        for text in self.rows.texts[:3]:
            yield f"To confirm: {shown(text.text)} was taken for {text.official}."
        yield from self.findings.lines()
