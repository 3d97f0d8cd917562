"""The tables of a paper with typed cells: the same rows become a sheet of a workbook and a table of
a Word file.

A cell is text, a whole number, a number, a day, or None, which is *not stated* and is written out
as that. A blank text is a cell that has nothing to say, such as the support level of an area
without a service."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import Any

from provision.coverage.need import gaps, women_by_status, women_concerned
from provision.coverage.status import Status, coverage
from provision.coverage.timeline import by_month, span
from provision.dates import month_end
from provision.links.query import Query
from provision.paper.scenario_tables import scenario_group
from provision.paper.table import (
    Row,
    Table,
    coverage_disputes,
    coverage_refs,
    decimal_or_whole,
    unique_refs,
    whole,
    yes,
)
from provision.paper.theme_tables import reach_table, themes_table
from provision.paper.view import Kind, View, outcome
from provision.paper.views import describe
from provision.record import Record
from provision.scenarios.compare import LETTERS
from provision.schema.labels import LEVEL_WORDS
from provision.text.changes import change_sentences
from provision.text.headings import coverage_heading, gap_heading
from provision.text.labels import GAP_WORDS, STATUS_WORDS
from provision.text.printed import printed_table
from provision.text.wording import as_at

# which differs from row to row, so it stands beside the number
WOMEN, FROM_AGE = "Women of its services' ages (not to be added up)", "From age"


def tables(record: Record, query: Query) -> dict[str, tuple[Table, ...]]:
    """The tables of a view by what they are about: ``coverage``, ``gaps``, ``themes`` where the
    record has any, ``scenario`` where one is supposed."""
    found = {
        "coverage": (coverage_table(record, query.on), figure_2(record), calendar_table(record)),
        "gaps": (gaps_table(record, query.on, query.need),),
    }
    if record.themes:
        found["themes"] = (themes_table(record, query.on), reach_table(record, query.on))
    if query.scenario:
        every = [query.supposed(record), *query.beside]
        letters = LETTERS if len(every) > 1 else ("",)
        found["scenario"] = tuple(
            table
            for letter, asked in zip(letters, every, strict=False)
            for table in scenario_group(outcome(record, asked), letter)
        )
    rules = {"coverage": Kind.COVERAGE, "gaps": Kind.GAPS, "scenario": Kind.SCENARIO}
    said = {
        name: describe(record, View(kind, query)).rule
        for name, kind in rules.items()
        if name in found
    }
    if record.themes:
        said["themes"] = describe(
            record, View(Kind.THEME, replace(query, theme=record.themes[0].id))
        ).rule
    return {
        name: tuple(replace(table, rule=said[name]) for table in group)
        for name, group in found.items()
    }


def coverage_table(record: Record, on: date) -> Table:
    """Every area, those that are not counted last: its status, which service is active there, and
    the women of its services' ages."""
    rows = coverage(record, on)
    rows = rows.join(women_concerned(record, rows)).sort_values(
        "counted", ascending=False, kind="stable"
    )
    region = record.file.region
    fixed = ("Code", region.area.capitalize(), f"Counted as {region.area}", "Status", "Support")
    columns = (*fixed, *(s.short_name for s in record.services), WOMEN, FROM_AGE)
    cells: list[Row] = [
        (
            str(code),
            row["name"],
            yes(row["counted"]),
            STATUS_WORDS[row["status"]],
            LEVEL_WORDS[row["level"]] if row["level"] else "",
            *(_service(s.id, row) for s in record.services),
            whole(row["women"]),
            int(row["from_age"]),
        )
        for code, row in zip(rows.index, rows.to_dict("records"), strict=True)
    ]
    title = f"Services by {region.area}, as at {as_at(record, on)}"
    return Table(
        "Coverage",
        title,
        str(coverage_heading(record, coverage(record, on), on)),
        columns,
        tuple(cells),
        coverage_refs(record),
        coverage_disputes(record),
    )


def _service(service: str, row: Mapping[Hashable, Any]) -> str:
    if service in row["services"]:
        return "active"
    if service in row["unsure"]:
        return "named; not stated whether active"
    if service in row["ended"]:
        return "ended"
    return "named; not begun" if service in row["ahead"] else "not named"


def figure_2(record: Record) -> Table:
    """The source's own table: a column for each service, the names in its order and spelling."""
    printed = printed_table(record)
    columns = tuple(f"{column.name} ({column.claim})" for column in printed.columns)
    rows: tuple[Row, ...] = tuple(
        zip_longest(*(column.listed for column in printed.columns), fillvalue="")
    )
    sentence = f"{printed.as_at}; it does not change with the date of the other tables."
    name = "As the source prints it"
    return Table(name, printed.title, sentence, columns, rows, printed.refs, printed.discrepancies)


def calendar_table(record: Record) -> Table:
    """How many counted areas have which status at the end of each month, from when the record
    begins to speak."""
    first, last = span(record)
    table = by_month(record, first, last).loc[record.counted]
    held = table.to_numpy(dtype=object)
    counts = zip(*((held == s.value).sum(axis=0) for s in Status), strict=True)
    rows: tuple[Row, ...] = tuple(
        (month_end(date.fromisoformat(f"{month}-01")), *map(int, of_status))
        for month, of_status in zip(table.columns, counts, strict=True)
    )
    columns = (
        "End of month",
        *(f"{record.file.region.areas.capitalize()}: {STATUS_WORDS[s]}" for s in Status),
    )
    sentence = (
        " ".join(change_sentences(record, first, last))
        or f"Nothing that the record knows of changes the status of any {record.file.region.area}."
    )
    refs = unique_refs(
        record.file.areas_without_service.ref, *(s.contract.ref for s in record.services)
    )
    return Table(
        "Calendar",
        f"{record.file.region.areas.capitalize()} by status at the end of each month",
        sentence,
        columns,
        rows,
        refs,
    )


def gaps_table(record: Record, on: date, need: str | None) -> Table:
    """Every counted area with a gap, worst first."""
    region, found = record.file.region, gaps(record, on, need)
    measure = record.indicators_by_id[need] if need else None
    columns: tuple[str, ...] = (
        "Rank",
        "Code",
        region.area.capitalize(),
        "Gap",
        "Also",
        "Services",
        "Providers",
        WOMEN,
        FROM_AGE,
    )
    rows = [
        (
            rank,
            str(code),
            row["name"],
            GAP_WORDS[row["gap"]],
            "; ".join(GAP_WORDS[g] for g in row["also"]),
            "; ".join(record.services_by_id[i].short_name for i in row["services"]),
            "; ".join(row["providers"]),
            whole(row["women"]),
            int(row["from_age"]),
            *([decimal_or_whole(row["need"])] if measure else []),
        )
        for rank, (code, row) in enumerate(
            zip(found.index, found.to_dict("records"), strict=True), 1
        )
    ]
    table = coverage(record, on)
    women = women_by_status(record, table, region.scope_minimum_age)
    sentence = str(gap_heading(record, table, women, on))
    if measure:
        columns = (*columns, f"Ranked by: {measure.short_label} ({measure.unit}, {measure.date})")
        sentence += f" Ranked within each kind of gap by: {measure.label}. {measure.caution}"
    title = f"{region.areas.capitalize()} with a gap, as at {as_at(record, on)}"
    return Table(
        "Gaps",
        title,
        sentence,
        columns,
        tuple(rows),
        coverage_refs(record),
        coverage_disputes(record),
    )
