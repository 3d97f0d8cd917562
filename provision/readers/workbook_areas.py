"""Which areas each service serves: the matrix decides, the sheet beside it keeps the spelling."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from provision.io.node_paths import Path_
from provision.readers.findings import Findings
from provision.readers.table import CellValue, Place, RawSheet, text_of
from provision.readers.written_values import Tick, read_tick
from provision.schema.workbook_cells import from_cell
from provision.schema.workbook_layout import LISTED_TITLE
from provision.schema.workbook_rows import CODE, MATRIX

_HEADER_WITHIN = 6  # rows at the top, among which the one that begins with "code" is the header


class ServedAreas:
    """Reads the two sheets, and fills the services' lists of areas."""

    def __init__(
        self, sheets: Mapping[str, RawSheet], data: dict[str, Any], name: str, faults: Findings
    ) -> None:
        self.data, self.name, self.faults = data, name, faults
        self.matrix = sheets.get(MATRIX.casefold())
        self.listed = sheets.get(LISTED_TITLE.casefold())
        region = data.get("region")
        variants = region.get("name_variants") if isinstance(region, dict) else None
        self.variants: dict[str, str] = variants if isinstance(variants, dict) else {}

    def fill(self, places: dict[Path_, Place]) -> None:
        """Give every service its areas: those ticked, spelled and ordered as the source has them.

        An area that is ticked and not yet listed comes last, by its official name. Without a
        matrix, the list stands as it is.
        """
        listed, ticked = self._listed(), self._ticked()
        by_name = self._rows_by_name()
        for number, service in enumerate(self.data.get("services", ())):
            areas = listed.get(str(service.get("id")), {})
            if ticked is not None:
                ticks = ticked.get(str(service.get("id")), {})
                areas = self._joined(areas, ticks, by_name)
            area = service.setdefault("service_area", {})
            area["listed"] = list(areas)
            for i, place in enumerate(areas.values()):
                places["services", number, "service_area", "listed", i] = place

    def _joined(
        self, listed: Mapping[str, Place], ticks: Mapping[int, Place], by_name: Mapping[str, int]
    ) -> dict[str, Place]:
        """The spellings of the areas that are ticked, then those that are only ticked."""
        areas: dict[str, Place] = {}
        done: set[int] = set()
        for spelling, place in listed.items():
            row = by_name.get(self.variants.get(spelling, spelling))
            if row is None or row in ticks:
                areas[spelling] = place
            if row is not None:
                done.add(row)
        names = {row: name for name, row in by_name.items()}
        for row, place in ticks.items():
            if row not in done:
                areas[names[row]] = place
        return areas

    def _listed(self) -> dict[str, dict[str, Place]]:
        """By service, the spellings in the source's order."""
        found: dict[str, dict[str, Place]] = {}
        if self.listed is None:
            return found
        for row, number in zip(self.listed.rows[1:], self.listed.numbers[1:], strict=True):
            if len(row) > 1 and row[1] is not None:
                spelling = from_cell(row[1]) if isinstance(row[1], str) else text_of(row[1])
                place = Place(self.name, self.listed.sheet, number, 2)
                found.setdefault(text_of(row[0]), {}).setdefault(spelling, place)
        return found

    def _header(self) -> int | None:
        rows = self.matrix.rows[:_HEADER_WITHIN] if self.matrix else ()
        return next((i for i, r in enumerate(rows) if text_of(r[0]).casefold() == CODE), None)

    def _rows_by_name(self) -> dict[str, int]:
        """The matrix's rows by code, and by name, which wins where a row is named in a list."""
        header = self._header()
        if self.matrix is None or header is None:
            return {}
        found: dict[str, int] = {}
        for i, row in enumerate(self.matrix.rows[header + 1 :]):
            for column in (0, 1):
                value = row[column] if column < len(row) else None
                if value is not None:
                    text = from_cell(value) if isinstance(value, str) else text_of(value)
                    found[text] = i
        return found

    def _ticked(self) -> dict[str, dict[int, Place]] | None:
        """By service, the rows that are ticked; None where there is no matrix."""
        header = self._header()
        if self.matrix is None or header is None:
            return None
        columns = self._columns(header)
        found: dict[str, dict[int, Place]] = {service: {} for service in columns.values()}
        rows = self.matrix.rows[header + 1 :]
        for i, (row, number) in enumerate(
            zip(rows, self.matrix.numbers[header + 1 :], strict=True)
        ):
            for column, service in columns.items():
                value = row[column] if column < len(row) else None
                place = Place(self.name, self.matrix.sheet, number, column + 1)
                if self._is_yes(value, place):
                    found[service][i] = place
        return found

    def _columns(self, header: int) -> dict[int, str]:
        """The services of the matrix's columns: by id, else by their name or short name."""
        assert self.matrix is not None
        names = self._names()
        above = self.matrix.rows[header - 1] if header else ()
        found: dict[int, str] = {}
        for column in range(2, max(map(len, self.matrix.rows))):
            texts = [
                text_of(r[column]) for r in (self.matrix.rows[header], above) if column < len(r)
            ]
            service = next((names[t] for t in texts if t in names), None)
            if service is not None:
                found[column] = service
            elif any(texts):
                self.faults.add(
                    "1 column of the matrix is not one service of the sheet Services",
                    "{} columns of the matrix are not one service each of the sheet Services",
                    Place(self.name, self.matrix.sheet, self.matrix.numbers[header], column + 1),
                    next(filter(None, texts)),
                    "write a service's id there, or add the service",
                )
        return found

    def _names(self) -> dict[str, str]:
        """Ids by id, and by name and short name where one service alone has it."""
        named: dict[str, set[str]] = {}
        services = [s for s in self.data.get("services", ()) if isinstance(s, dict)]
        for known in services:
            for field in ("name", "short_name"):
                named.setdefault(str(known.get(field)), set()).add(str(known.get("id")))
        names = {name: min(ids) for name, ids in named.items() if len(ids) == 1}
        return names | {str(known["id"]): str(known["id"]) for known in services if "id" in known}

    def _is_yes(self, value: CellValue, place: Place) -> bool:
        tick = read_tick(value)
        if tick in (Tick.OTHER, Tick.NOT_STATED):
            self.faults.add(
                "1 cell of the matrix is neither x nor blank",
                "{} cells of the matrix are neither x nor blank",
                place,
                text_of(value),
                "write x where the service serves the area, else leave it blank",
            )
        return tick is Tick.YES
