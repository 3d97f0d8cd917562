"""The tables of a paper with typed cells: the same rows become a sheet of a workbook and a table of
a Word file.

A cell is text, a whole number, a number, a day, or None, which is *not stated* and is written out
as that. A blank text is a cell that has nothing to say, such as the support level of an area
without a service."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Any

import pandas as pd

from provision.coverage.need import Women, gaps, women_by_status, women_concerned
from provision.coverage.status import Status, coverage
from provision.coverage.timeline import by_month, span
from provision.dates import month_end
from provision.links.query import Query
from provision.paper.views import Kind, View, describe, outcome
from provision.record import Record
from provision.scenarios.codes import ScenarioStatus
from provision.scenarios.costs import capacity, cost
from provision.scenarios.evaluate import Outcome
from provision.schema.services import NOT_STATED, Discrepancy, Reference
from provision.text.coverage import as_at, change_sentences, gap_headline, headline, reference_text
from provision.text.labels import (
    EFFECT_WORDS,
    GAP_WORDS,
    GRADE_WORDS,
    LEVEL_WORDS,
    REACH_WORDS,
    SCENARIO_STATUS_WORDS,
    STATUS_WORDS,
)
from provision.text.scenarios import outcome_sentence
from provision.text.themes import gap_sentence, themes_headline
from provision.themes.reach import overview, reach

Cell = str | int | float | date | None
Row = tuple[Cell, ...]
# which differs from row to row, so it stands beside the number
WOMEN, FROM_AGE = "Women of its services' ages (not to be added up)", "From age"


def _scenario_status(status: ScenarioStatus) -> str:
    """A status in print, where no map stands beside it: what only a hub covers says that it is
    supposed."""
    words = SCENARIO_STATUS_WORDS[status]
    return f"what if: {words}" if status is ScenarioStatus.WHAT_IF else words


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
        supposed = outcome(record, query.supposed(record))
        found["scenario"] = (
            scenario_table(supposed),
            scenario_figures(supposed),
            cost_table(supposed),
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
            _yes(row["counted"]),
            STATUS_WORDS[row["status"]],
            LEVEL_WORDS[row["level"]] if row["level"] else "",
            *(_service(s.id, row) for s in record.services),
            _whole(row["women"]),
            int(row["from_age"]),
        )
        for code, row in zip(rows.index, rows.to_dict("records"), strict=True)
    ]
    title = f"Services by {region.area}, as at {as_at(record, on)}"
    return Table(
        "Coverage",
        title,
        headline(record, coverage(record, on), on),
        columns,
        tuple(cells),
        _coverage_refs(record),
        _coverage_disputes(record),
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
    file, region = record.file, record.file.region
    listed = [(s.name, s.service_area) for s in record.services] + [
        ("No contracted service", file.areas_without_service)
    ]
    columns = tuple(f"{name} ({_claim(area.heading_count, region.areas)})" for name, area in listed)
    rows: tuple[Row, ...] = tuple(zip_longest(*(area.listed for _, area in listed), fillvalue=""))
    refs = _unique(*(area.ref for _, area in listed))
    concern = record.discrepancies_touching(
        "counts", *(f"{s.id}.heading_count" for s in record.services)
    )
    title = f"{region.map_title}, by {region.area}, as the source prints them"
    sentence = (
        f"As at {region.as_at}, in the source's order and spelling; it does not change with the"
        " date of the other tables."
    )
    return Table("As the source prints it", title, sentence, columns, rows, refs, concern)


def _claim(count: int | str, areas: str) -> str:
    return (
        "its heading states no number"
        if count == NOT_STATED
        else f"its heading says {count} {areas}"
    )


def calendar_table(record: Record) -> Table:
    """How many counted areas have which status at the end of each month, from when the record
    begins to speak."""
    first, last = span(record)
    table = by_month(record, first, last).loc[record.counted]
    rows: tuple[Row, ...] = tuple(
        (
            month_end(date.fromisoformat(f"{month}-01")),
            *(int((table[month] == s).sum()) for s in Status),
        )
        for month in table.columns
    )
    columns = (
        "End of month",
        *(f"{record.file.region.areas.capitalize()}: {STATUS_WORDS[s]}" for s in Status),
    )
    sentence = (
        " ".join(change_sentences(record, first, last))
        or f"Nothing that the record knows of changes the status of any {record.file.region.area}."
    )
    refs = _unique(
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
            _whole(row["women"]),
            int(row["from_age"]),
            *([_number(row["need"])] if measure else []),
        )
        for rank, (code, row) in enumerate(
            zip(found.index, found.to_dict("records"), strict=True), 1
        )
    ]
    table = coverage(record, on)
    sentence = gap_headline(
        record, table, women_by_status(record, table, region.scope_minimum_age), on
    )
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
        _coverage_refs(record),
        _coverage_disputes(record),
    )


def themes_table(record: Record, on: date) -> Table:
    """Every theme, worst first: what the source says of provision, and how many areas contracts
    reach."""
    areas = record.file.region.areas.capitalize()
    columns = (
        *("Theme", "Grade given here to what the source says of provision", "Why"),
        *(f"{areas} with a contract and a target", f"{areas} with a contract, no target"),
        *(
            f"{areas} not stated",
            f"Provision all over {record.file.region.name}",
            "Provision with no area stated",
            "Figures of need",
        ),
        *("Statements of need", "Data gaps", "Next steps", "In a sentence", "Source"),
    )
    rows = [
        (
            row["title"],
            GRADE_WORDS[row["grade"]],
            record.themes_by_id[theme].grade.reason,
            *(len(row[name]) for name in ("with_target", "with_provision")),
            row["open"],
            *(_yes(row[name]) for name in ("region_wide", "area_not_stated")),
            *(int(row[name]) for name in ("figures", "statements", "data_gaps", "next_steps")),
            gap_sentence(record, record.themes_by_id[theme], on),
            "; ".join(reference_text(record, ref) for ref in record.themes_by_id[theme].grade.ref),
        )
        for theme, row in ((str(i), row) for i, row in overview(record, on).iterrows())
    ]
    refs = _unique(*(t.grade.ref for t in record.themes))
    concern = record.discrepancies_touching(*record.themes_by_id)
    return Table(
        "Themes",
        f"Provision theme by theme, as at {as_at(record, on)}",
        themes_headline(record, on),
        columns,
        tuple(rows),
        refs,
        concern,
    )


def reach_table(record: Record, on: date) -> Table:
    """Every area by every theme: what contracts say."""
    region = record.file.region
    cells = {theme.id: reach(record, theme.id, on)["reach"] for theme in record.themes}
    order = [a for a, counted in zip(record.areas, record.counted, strict=True) if counted]
    order += [a for a, counted in zip(record.areas, record.counted, strict=True) if not counted]
    rows = tuple(
        (a.code, a.name, *(REACH_WORDS[cells[t.id][a.code]] for t in record.themes)) for a in order
    )
    columns = ("Code", region.area.capitalize(), *(t.title for t in record.themes))
    sentence = (
        f"What contracts say of each {region.area} for each theme, as at {as_at(record, on)}."
        f" Provision without a {region.area} of its own is not here."
    )
    refs = _unique(*(t.ref for t in record.themes), *(s.service_area.ref for s in record.services))
    return Table(
        f"Themes by {region.area}"[:31],
        f"Themes by {region.area}",
        sentence,
        columns,
        rows,
        refs,
        record.discrepancies_touching(*record.themes_by_id),
    )


def scenario_table(outcome: Outcome) -> Table:
    """Every area: what it is in the record, what it would be, and what the scenario does to it."""
    record, region = outcome.record, outcome.record.file.region
    women, age = record.women_by_code(outcome.women_gained.from_age), outcome.women_gained.from_age
    table = outcome.table.sort_values("counted", ascending=False, kind="stable")
    columns = (
        *(
            "Code",
            region.area.capitalize(),
            f"Counted as {region.area}",
            "Baseline: the record",
            "What if",
            "Effect of the scenario",
        ),
        *("Support in the baseline", "Support what if", f"Women of {age} and over"),
    )
    rows = [
        (
            str(code),
            row["name"],
            _yes(row["counted"]),
            STATUS_WORDS[row["baseline"]],
            _scenario_status(row["scenario"]),
            EFFECT_WORDS[row["effect"]],
            *(LEVEL_WORDS[row[level]] if row[level] else "" for level in ("level_before", "level")),
            _whole(women[str(code)]),
        )
        for code, row in zip(table.index, table.to_dict("records"), strict=True)
    ]
    return _supposed(
        outcome,
        "Scenario",
        f"What if, by {region.area}, as at {as_at(record, outcome.scenario.on)}",
        columns,
        rows,
    )


def scenario_figures(outcome: Outcome) -> Table:
    """The figures of a scenario beside those of the record. Where the source does not say, the
    highest that could be is beside."""
    areas, places = outcome.record.file.region.areas.capitalize(), capacity(outcome)
    rows: list[Row] = [
        (f"{areas}: {STATUS_WORDS[s]}", n, outcome.counts[s], outcome.counts[s], _lacking(()))
        for s, n in outcome.baseline_counts.items()
    ]
    rows.append(
        (
            f"{areas}: covered only because of a hub",
            0,
            len(outcome.only_by_hub),
            len(outcome.only_by_hub),
            "",
        )
    )
    rows += [
        (f"{areas}: {LEVEL_WORDS[level]}", before, after, after, "")
        for level, (before, after) in outcome.by_level.items()
    ]
    alone = [sum(map(len, side.values())) for side in (outcome.alone_before, outcome.alone)]
    worse = (
        "each counted, whatever other gap it has; the list and the figure of gaps count an area"
        " once, under its worst gap"
    )
    rows.append((f"{areas}: rests on one provider", alone[0], alone[1], alone[1], worse))
    after, lacking = (
        round(places.contracts.women + places.hubs.women),
        _lacking((*places.contracts.lacking, *places.hubs.lacking)),
    )
    rows.append(
        (
            "Places for women a year, where stated",
            round(places.baseline.women),
            after,
            after,
            lacking,
        )
    )
    for words, women in (
        ("Women gained", outcome.women_gained),
        ("Women lost", outcome.women_lost),
    ):
        rows.append(
            (
                words,
                "",
                women.total,
                _most(women),
                (
                    f"women of {women.from_age} and over; the most counts those of whom the source"
                    " does not say"
                ),
            )
        )
    columns = ("Figure", "Baseline: the record", "What if", "What if, at most", "Note")
    return _supposed(
        outcome,
        "Scenario figures",
        "The figures of the scenario beside the record's",
        columns,
        rows,
    )


def cost_table(outcome: Outcome) -> Table:
    """What the scenario costs beyond the baseline, line by line, with the arithmetic; what is freed
    is negative."""
    found = cost(outcome)
    lacking = f"without {_lacking(found.lacking)}" if found.lacking else ""
    rows: list[Row] = [
        (line.what, _money(line.annual), _money(line.period), line.arithmetic)
        for line in found.lines
    ]
    rows.append(("Sum of what is stated", _money(found.annual), _money(found.period), lacking))
    return _supposed(
        outcome,
        "Scenario cost",
        "Cost beyond the baseline",
        ("For", "GBP a year", f"GBP over {found.months} months", "Arithmetic"),
        rows,
    )


def _supposed(
    outcome: Outcome, name: str, title: str, columns: tuple[str, ...], rows: list[Row]
) -> Table:
    record = outcome.record
    return Table(
        name,
        title,
        outcome_sentence(outcome),
        columns,
        tuple(rows),
        _coverage_refs(record),
        _coverage_disputes(record),
    )


def _coverage_refs(record: Record) -> tuple[Reference, ...]:
    file = record.file
    return _unique(
        file.region.ref,
        file.areas_without_service.ref,
        *(s.service_area.ref + s.contract.ref + s.eligibility.ref for s in record.services),
    )


def _coverage_disputes(record: Record) -> tuple[Discrepancy, ...]:
    return record.discrepancies_touching(
        "counts",
        *record.services_by_id,
        *(f"{s.id}.heading_count" for s in record.services),
        *(a.name for a in record.areas),
    )


def _unique(*refs: tuple[Reference, ...]) -> tuple[Reference, ...]:
    return tuple(dict.fromkeys(ref for group in refs for ref in group))


def _lacking(names: tuple[str, ...]) -> str:
    return f"not stated: {', '.join(names)}" if names else ""


def _most(women: Women) -> int | None:
    return None if women.total is None or women.possible is None else women.total + women.possible


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _whole(value: float) -> int | None:
    return None if pd.isna(value) else int(value)


def _number(value: float) -> int | float | None:
    return None if pd.isna(value) else int(value) if float(value).is_integer() else float(value)


def _money(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
