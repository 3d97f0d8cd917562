"""Matrices: areas down and services across, or services down and areas across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from provision.readers.area_lists import AreaCells
from provision.readers.findings import Findings
from provision.readers.list_columns import HEADINGS, Columns, plain_heading
from provision.readers.service_entries import ServiceEntry
from provision.readers.service_rows import RowReader
from provision.readers.table import CellValue, Table, non_blank, text_of
from provision.readers.written_values import Tick, read_tick

_FEWEST_ACROSS = 2
_SAMPLE = 200
_HEADING_WORDS = frozenset(word for words in HEADINGS.values() for word in words)


def areas_across(table: Table, cells: AreaCells) -> tuple[int, ...]:
    """The columns that are areas, where services go down and areas across; else none."""
    areas = [i for i, name in enumerate(table.columns) if len(name) < 200 and cells.is_sure(name)]
    ticks = [i for i in areas if _is_ticks(table, i)]
    return tuple(areas) if len(ticks) >= _FEWEST_ACROSS else ()


def services_across(table: Table, cells: AreaCells) -> tuple[int, tuple[int, ...]] | None:
    """The column of areas and those of services, where areas go down and services across."""
    width = len(table.columns)
    column = next((i for i in range(min(width, 3)) if _is_areas(table, i, cells)), None)
    if column is None:
        return None
    rest = [i for i in range(width) if i != column and not _is_areas(table, i, cells)]
    ticks = [i for i in rest if _is_ticks(table, i) and not _is_a_field(table.columns[i])]
    return (column, tuple(ticks)) if ticks and len(ticks) >= 0.5 * len(rest) else None


def read_areas_across(
    reader: RowReader, table: Table, columns: Columns, across: Sequence[int]
) -> None:
    """Take a matrix with a service in each row: its other columns are read as in a list."""
    kept = {m: tuple(c for c in cs if c not in across) for m, cs in columns.by_meaning.items()}
    plain = replace(columns, by_meaning={m: cs for m, cs in kept.items() if cs})
    for row, entries in enumerate(reader.read(table, plain)):
        served = [i for i in across if _is_yes(table, row, i, reader.findings)] if entries else []
        for i in served:
            for entry in entries:
                reader.place_areas(entry, [(table.columns[i], table.place(row, i))])


def read_services_across(
    reader: RowReader, table: Table, column: int, across: Sequence[int]
) -> None:
    """Take a matrix with an area in each row and a service in each of the columns ``across``.

    An area of which every cell says "no" outright is one that the list says has no service; one
    whose cells are blank is not.
    """
    entries = {i: _entry(reader, table, i) for i in across}
    for row, values in enumerate(table.rows):
        area = (values[column], table.place(row, column))
        served = [i for i in across if _is_yes(table, row, i, reader.findings)]
        for i in served:
            reader.place_areas(entries[i], [(values[column], table.place(row, i))])
        if not served:
            reader.note_area(area, is_without=all(read_tick(values[i]) is Tick.NO for i in across))


def _entry(reader: RowReader, table: Table, column: int) -> ServiceEntry:
    """The entry of a service by its heading: one that another sheet describes, or a new one."""
    name = table.columns[column]
    same = [e for e in reader.entries if e.name.casefold() == name.casefold()]
    if len(same) == 1:
        return same[0]
    reader.entries.append(ServiceEntry(name, table.header_place(column)))
    return reader.entries[-1]


def _is_yes(table: Table, row: int, column: int, findings: Findings) -> bool:
    """Whether a cell says yes; what says neither yes nor no is remembered."""
    value = table.rows[row][column]
    tick = read_tick(value)
    if tick is Tick.OTHER:
        findings.add(
            "1 cell says neither yes nor no; its area is not listed for the service",
            "{} cells say neither yes nor no; their areas are not listed for the service",
            table.place(row, column),
            text_of(value),
            "write x or yes where the service serves the area",
        )
    if tick is Tick.NOT_STATED:
        findings.add(
            "1 cell does not state whether the service serves the area",
            "{} cells do not state whether the service serves the area",
            table.place(row, column),
        )
    return tick is Tick.YES


def _is_ticks(table: Table, column: int) -> bool:
    """Whether a column holds ticks: at least one, and little else."""
    values = list(islice(non_blank(r[column] for r in table.rows), _SAMPLE))
    read = [read_tick(v) for v in values]
    return Tick.YES in read and sum(t is Tick.OTHER for t in read) <= max(1, 0.2 * len(read))


def _is_areas(table: Table, column: int, cells: AreaCells) -> bool:
    values: list[CellValue] = list(
        islice(dict.fromkeys(non_blank(r[column] for r in table.rows)), _SAMPLE)
    )
    sure = sum(len(text_of(v)) < 200 and cells.is_sure(v) for v in values)
    return len(values) >= _FEWEST_ACROSS and sure > 0.6 * len(values)


def _is_a_field(heading: str) -> bool:
    """Whether a heading is a field of a list (``active``, ``women only``), not a service."""
    return plain_heading(heading) in _HEADING_WORDS
