"""The source's own table of areas, as it prints it: once, for the page and for the workbook."""

from __future__ import annotations

from dataclasses import dataclass

from provision.record import Record
from provision.schema.services import NOT_STATED, Discrepancy, Listed, Reference, ServiceArea


@dataclass(frozen=True)
class PrintedColumn:
    """A column: its ``name``, what its heading ``claims``, and the names ``listed`` in the source's
    order and spelling."""

    name: str
    claim: str
    listed: tuple[str, ...]


@dataclass(frozen=True)
class PrintedTable:
    """The table: a column for each service, and one for the areas that have none."""

    title: str
    as_at: str
    columns: tuple[PrintedColumn, ...]
    refs: tuple[Reference, ...]
    discrepancies: tuple[Discrepancy, ...]


def printed_table(record: Record) -> PrintedTable:
    """The source's own table, with where it stands and where the source disagrees about it."""
    file, region = record.file, record.file.region
    areas: list[tuple[str, ServiceArea | Listed]] = [
        *((s.name, s.service_area) for s in record.services),
        ("No contracted service", file.areas_without_service),
    ]
    return PrintedTable(
        f"{region.map_title}, by {region.area}, as the source prints them",
        f"As at {region.as_at}, in the source's order and spelling",
        tuple(
            PrintedColumn(name, _claim(own.heading_count, region.areas), own.listed)
            for name, own in areas
        ),
        tuple(dict.fromkeys(ref for _, own in areas for ref in own.ref)),
        record.discrepancies_touching(
            "counts", *(f"{s.id}.heading_count" for s in record.services)
        ),
    )


def _claim(count: int | str, areas: str) -> str:
    if count == NOT_STATED:
        return "its heading states no number"
    return f"its heading says {count} {areas}"
