"""The panels of the gaps page."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import isnan
from typing import TYPE_CHECKING, Any

from components.coverage.area_map import area_map
from components.page.choosing import choose_area
from components.page.markup import references, show
from components.page.table import Cell, cell, number_cell, table
from provision.coverage.need import Gap, reliance
from provision.coverage.timeline import end_dates, span
from provision.dates import SourceDate, day_words
from provision.english import listing
from provision.io.figures import Indicator
from provision.links.query import Query
from provision.record import Record
from provision.symbology.gaps import GAPS, MISSING, gaps_drawn
from provision.text.changes import change_sentences
from provision.text.labels import GAP_WORDS

if TYPE_CHECKING:
    import pandas as pd

_MOST_BARS = 12


def gap_map(record: Record, query: Query, sentence: str) -> None:
    """The map of what is missing, shaded by the chosen need."""
    measure = record.indicators_by_id.get(query.need or "")
    area_map(
        record,
        query,
        gaps_drawn(record, query),
        sentence,
        on_choose=lambda: choose_area("map-gaps"),
        key="map-gaps",
        title=f"Darker: more need ({measure.short_label})" if measure else "",
    )


def gap_bars(record: Record, query: Query, found: pd.DataFrame) -> None:
    """The areas where something is missing, as bars of the chosen need."""
    measure = record.indicators_by_id.get(query.need or "")
    rows = found[found["gap"].isin(MISSING)]
    if not len(rows):
        return
    most = rows["need"].max()
    bars = [
        {
            "name": row["name"],
            "mark": GAPS[row["gap"]].mark,
            "kind": row["gap"].value,
            "words": f"({GAP_WORDS[row['gap']]})",
            "share": _share(row["need"], most),
            "value": _need_words(row["need"], measure),
        }
        for row in rows.head(_MOST_BARS).to_dict("records")
    ]
    show(
        "gap_bars.html",
        title=measure.label if measure else f"{record.file.region.areas.capitalize()} with a gap",
        bars=bars,
        more=max(len(rows) - _MOST_BARS, 0),
        note=gap_note(record, query),
    )


def _share(need: float, most: float) -> float:
    """How long a bar is, of the longest, in hundredths; none for a need that is not known."""
    return 0 if isnan(need) or not most > 0 else round(100 * need / most, 1)


def _need_words(need: float, measure: Indicator | None) -> str:
    if measure is None:
        return ""
    return "not known" if isnan(need) else f"{need:,.{measure.decimals}f}"


def gap_note(record: Record, query: Query) -> str:
    """How the list is ranked, and what the measure does not measure."""
    if query.need is None:
        return "By kind of gap, then by name. We have no figures for this region."
    indicator = record.indicators_by_id[query.need]
    return f"Largest gaps first. Figures: {indicator.date}. {indicator.caution}"


def missing_table(record: Record, query: Query, found: pd.DataFrame) -> None:
    """Every area with no contracted service, with one that has ended, or of which it is not
    known."""
    region, measure = record.file.region, record.indicators_by_id.get(query.need or "")
    rows = found[found["gap"].isin(MISSING)]
    columns = [region.area.capitalize(), "Gap", f"Women {region.scope_minimum_age}+"]
    other = measure if measure and measure.women_from_age != region.scope_minimum_age else None
    if other:
        columns.append(other.short_label)
    table(
        f"No service, ended or not known: {len(rows)} {region.areas} on {day_words(query.on)},"
        " largest gaps first",
        columns,
        [_missing_cells(row, other) for row in rows.to_dict("records")],
        key="gap-table",
    )


def _missing_cells(row: Mapping[Hashable, Any], other: Indicator | None) -> list[Cell]:
    cells: list[Cell] = [
        row["name"],
        cell(
            f"{GAPS[row['gap']].mark} {GAP_WORDS[row['gap']].capitalize()}",
            list(Gap).index(row["gap"]),
            row["status"].value,
        ),
        number_cell(row["women"]),
    ]
    return [*cells, number_cell(row["need"], other.decimals)] if other else cells


def thin_table(record: Record, query: Query, found: pd.DataFrame) -> None:
    """Every area that is covered, and depends on one provider, has one-to-one support alone, or
    whose contracts end soon: apart, since none of them has no service."""
    region = record.file.region
    rows = found[~found["gap"].isin(MISSING)].join(end_dates(record, query.on))
    if not len(rows):
        return
    columns = [region.area.capitalize(), "Why", "Services", "Led by", "First end", "Last end"]
    table(
        f"Covered, but at risk: {len(rows)} {region.areas} that depend on one provider, have"
        " one-to-one support only, or whose contracts end within 12 months of"
        f" {day_words(query.on)}",
        columns,
        [_thin_cells(record, row) for row in rows.to_dict("records")],
        key="thin-table",
    )


def _thin_cells(record: Record, row: Mapping[Hashable, Any]) -> list[Cell]:
    why = "; ".join(GAP_WORDS[g] for g in (row["gap"], *row["also"]))
    loses = f" ({row['losing']} of {len(row['services'])} services)" if row["losing"] else ""
    return [
        row["name"],
        cell(why.capitalize(), list(Gap).index(row["gap"])),
        listing(record.services_by_id[i].short_name for i in row["services"]),
        listing(row["providers"]),
        _end_cell(row["first_end"], loses),
        _end_cell(row["last_end"], ""),
    ]


def _end_cell(end: SourceDate | None, more: str) -> Cell:
    return cell(f"{end}{more}", end.last.isoformat()) if end else cell("not known")


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
