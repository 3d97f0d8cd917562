"""The panels of the gaps page."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from components.page.markup import references, show
from components.page.table import Cell, cell, number_cell, table
from provision.coverage.need import Gap, reliance
from provision.coverage.status import Status
from provision.coverage.timeline import span
from provision.dates import day_words
from provision.english import listing
from provision.links.query import Query
from provision.record import Record
from provision.schema.services import ONGOING
from provision.text.changes import change_sentences
from provision.text.labels import GAP_WORDS

if TYPE_CHECKING:
    import pandas as pd


def gap_words(record: Record, query: Query) -> str:
    """How the list is ranked, and what the measure does not measure."""
    if query.need is None:
        return "Worst first; within a kind of gap, by name, because no figures are stated."
    indicator = record.indicators_by_id[query.need]
    return (
        f"Worst first; within a kind of gap, by {indicator.label.lower()}, {indicator.date}."
        f" {indicator.caution}"
    )


def gap_table(record: Record, query: Query, found: pd.DataFrame) -> None:
    """Every area with a gap: which, who provides, how many women, the chosen measure, months
    left."""
    region = record.file.region
    indicator = record.indicators_by_id.get(query.need or "")
    columns = [
        region.area.capitalize(),
        "Gap",
        "Services",
        "Led by",
        "Women of its services' ages",
        "Months left",
    ]
    if indicator:
        columns.insert(2, indicator.short_label)
    rows = [
        _gap_cells(record, row, indicator.decimals if indicator else None)
        for _, row in found.iterrows()
    ]
    table(
        f"{len(rows)} {region.areas} with a gap as at {day_words(query.on)}, worst first",
        columns,
        rows,
        key="gap-table",
    )


def _gap_cells(record: Record, row: pd.Series, decimals: int | None) -> list[Cell]:
    """The cells of one area; the measure only where one was chosen, with its ``decimals``."""
    import pandas as pd

    order = list(Gap)
    gap = " + ".join(GAP_WORDS[g] for g in (row["gap"], *row["also"]))
    women = (
        f"{row['women']:,.0f} ({int(row['from_age'])}+)" if pd.notna(row["women"]) else "not stated"
    )
    cells: list[Cell] = [
        row["name"],
        cell(gap.capitalize(), order.index(row["gap"]), _kind(row["status"])),
        (
            listing(record.services_by_id[i].short_name for i in row["services"])
            if row["services"]
            else "–"
        ),
        listing(row["providers"]) if row["providers"] else "–",
        cell(women, None if pd.isna(row["women"]) else float(row["women"]), "number"),
        _left(row["months_left"]) if row["services"] else cell("–"),
    ]
    if decimals is not None:
        cells.insert(2, number_cell(row["need"], decimals))
    return cells


def _left(months: float) -> Cell:
    """Whole months to the end of the last contract; one that is ongoing has none."""
    return cell(ONGOING) if months == inf else number_cell(months)


def _kind(status: Status) -> str | None:
    return None if status is Status.COVERED else status.value


def named_gaps(record: Record) -> None:
    """What the source itself calls a gap."""
    gaps = [
        {
            "text": g.text,
            "unplaced": listing(g.unplaced) if g.unplaced else "",
            "refs": references(record, g.ref),
        }
        for g in record.file.named_gaps
    ]
    show("named_gaps.html", gaps=gaps)


def reliance_panel(record: Record, rows: pd.DataFrame) -> None:
    """What rests on a single provider."""
    found = reliance(record, rows)
    lines = [
        {
            "provider": name,
            "areas": len(row["areas"]),
            "alone": len(row["alone"]),
            "names": listing(record.by_code[c].name for c in row["alone"]),
        }
        for name, row in found.iterrows()
    ]
    show("reliance.html", region=record.file.region, lines=lines)


def lapse_panel(record: Record) -> None:
    """When contracts end and what is left afterwards, in sentences."""
    first, last = span(record)
    ends = [
        {
            "name": s.name,
            "end": str(s.contract.end),
            "start": str(s.contract.start),
            "refs": references(record, s.contract.ref),
        }
        for s in record.services
    ]
    show("lapses.html", sentences=change_sentences(record, first, last), ends=ends)
