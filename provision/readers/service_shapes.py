"""How a table of services is built: a list, or a matrix one way or the other."""

from __future__ import annotations

from dataclasses import replace

from provision.readers.area_lists import AreaCells
from provision.readers.draft import ColumnMatch, ReadingContext
from provision.readers.list_columns import AREAS, GUESSED, NAME, PERSONAL, match_columns
from provision.readers.service_matrix import (
    areas_across,
    read_areas_across,
    read_services_across,
    services_across,
)
from provision.readers.service_rows import RowReader
from provision.readers.table import Table
from provision.readers.written_values import read_number


class ShapedTable:
    """A table, and how it is built: as a list, or as a matrix one way or the other."""

    def __init__(self, table: Table, cells: AreaCells, context: ReadingContext) -> None:
        self.table = table
        self.down = areas_across(table, cells)
        self.across = None if self.down else services_across(table, cells)
        headless = not self.down and any(
            cells.is_sure(c) for c in table.columns if len(c) < 200 and c
        )
        if headless:
            self.table, self.across = table.without_header(), None
        words = tuple(str(context.region.get(w, "")) for w in ("area", "areas"))
        self.columns = match_columns(self.table, cells, context.columns, words)

    def is_of_services(self, *, alone: bool) -> bool:
        """Whether it names services: a sheet among others must also say something of them."""
        if self.across or self.down:
            return True
        known = set(self.columns.by_meaning) - {PERSONAL, "ignore"}
        return NAME in known and bool(self.table.rows) and (alone or len(known) > 1)

    def looks_like_figures(self) -> bool:
        """Whether it has areas and columns of numbers, and no heading speaks of a service."""
        proposal = self.columns.proposal
        named = any(c.meaning == NAME and c.because != GUESSED for c in proposal)
        rows = self.table.rows[:50]
        unused = [i for i, c in enumerate(proposal) if c.meaning == "ignore"]
        numbers = [i for i in unused if rows and all(read_number(r[i]) is not None for r in rows)]
        return not named and bool(self.columns.all(AREAS)) and len(numbers) > 1

    @property
    def kind(self) -> str:
        """What it is called in the notes."""
        return "matrix of areas and services" if self.across or self.down else "list of services"

    def read(self, reader: RowReader) -> None:
        """Give its rows to a reader."""
        if self.across:
            read_services_across(reader, self.table, *self.across)
        elif self.down:
            read_areas_across(reader, self.table, self.columns, self.down)
        else:
            reader.read(self.table, self.columns)

    def proposal(self) -> tuple[ColumnMatch, ...]:
        """What each column was taken for."""
        if not self.across:
            ticked = {self.table.columns[i] for i in self.down}
            return tuple(
                replace(c, meaning=AREAS, because="an area with ticks")
                if c.heading in ticked
                else c
                for c in self.columns.proposal
            )
        area, services = self.across
        meanings = {area: (AREAS, "names areas"), **dict.fromkeys(services, (NAME, "ticks"))}
        return tuple(
            ColumnMatch(self.table.sheet, heading, *meanings.get(i, ("ignore", "no ticks")))
            for i, heading in enumerate(self.table.columns)
        )
