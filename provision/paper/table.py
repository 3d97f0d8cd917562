"""What a table for a workbook is, and how its cells are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from provision.coverage.need import Women
from provision.record import Record
from provision.schema.services import Discrepancy, Reference

Cell = str | int | float | date | None
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table of a paper: ``name`` of its sheet (at most 31 characters), title, the sentence that
    says what it shows, the columns, the rows (each as long as the columns), what it rests on, the
    discrepancies of the source that concern it, and the rule that it was worked out by."""

    name: str
    title: str
    sentence: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    refs: tuple[Reference, ...]
    discrepancies: tuple[Discrepancy, ...] = ()
    rule: str = ""


def not_stated_for(names: tuple[str, ...]) -> str:
    return f"not stated: {', '.join(names)}" if names else ""


def most(women: Women) -> int | None:
    return None if women.total is None or women.possible is None else women.total + women.possible


def yes(value: bool) -> str:
    return "yes" if value else "no"


def whole(value: float) -> int | None:
    import pandas as pd

    return None if pd.isna(value) else int(value)


def decimal_or_whole(value: float) -> int | float | None:
    import pandas as pd

    return None if pd.isna(value) else int(value) if float(value).is_integer() else float(value)


def money_or_none(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def coverage_refs(record: Record) -> tuple[Reference, ...]:
    file = record.file
    return unique_refs(
        file.region.ref,
        file.areas_without_service.ref,
        *(s.service_area.ref + s.contract.ref + s.eligibility.ref for s in record.services),
    )


def coverage_disputes(record: Record) -> tuple[Discrepancy, ...]:
    return record.discrepancies_touching(
        "counts",
        *record.services_by_id,
        *(f"{s.id}.heading_count" for s in record.services),
        *(a.name for a in record.areas),
    )


def unique_refs(*refs: tuple[Reference, ...]) -> tuple[Reference, ...]:
    return tuple(dict.fromkeys(ref for group in refs for ref in group))
