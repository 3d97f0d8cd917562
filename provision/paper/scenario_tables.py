"""The tables of a scenario."""

from __future__ import annotations

from dataclasses import replace

from provision.coverage.status import Status
from provision.paper.table import (
    Row,
    Table,
    coverage_disputes,
    coverage_refs,
    money_or_none,
    most,
    not_stated_for,
    whole,
    yes,
)
from provision.scenarios.codes import ScenarioStatus
from provision.scenarios.costs import cost
from provision.scenarios.evaluate import Outcome
from provision.scenarios.figures import Measure, ScenarioFigure
from provision.scenarios.figures import scenario_figures as figures_of
from provision.schema.labels import LEVEL_WORDS
from provision.text.cost_caution import cost_caution
from provision.text.labels import EFFECT_WORDS, SCENARIO_STATUS_WORDS, STATUS_WORDS
from provision.text.scenario_words import figure_label
from provision.text.scenarios import outcome_heading, supposed_in_short
from provision.text.wording import as_at


def _scenario_status(status: ScenarioStatus) -> str:
    """A status in print, where no map stands beside it: what only a hub covers says that it is
    supposed."""
    words = SCENARIO_STATUS_WORDS[status]
    return f"what if: {words}" if status is ScenarioStatus.WHAT_IF else words


def scenario_group(outcome: Outcome, letter: str = "") -> tuple[Table, ...]:
    """The tables of one scenario; of several that stand beside each other, with its letter."""
    found = (scenario_table(outcome), scenario_figures(outcome), cost_table(outcome))
    if not letter:
        return found
    short = supposed_in_short(outcome.record, outcome.scenario)
    return tuple(
        replace(table, name=f"{letter} {table.name}", title=f"{letter} ({short}): {table.title}")
        for table in found
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
            yes(row["counted"]),
            STATUS_WORDS[row["baseline"]],
            _scenario_status(row["scenario"]),
            EFFECT_WORDS[row["effect"]],
            *(LEVEL_WORDS[row[level]] if row[level] else "" for level in ("level_before", "level")),
            whole(women[str(code)]),
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


# What the other tables of a scenario say: areas gained and lost one by one, and the cost.
_ELSEWHERE = (
    Measure.GAINED,
    Measure.LOST,
    Measure.ON_ONE_HUB,
    Measure.COST_A_YEAR,
    Measure.COST_IN_ALL,
)
_NOTES = {
    Measure.REMOTE_ONLY: "not counted as covered",
    Measure.ON_ONE_PROVIDER: "each counted, whatever other gap it has; the list and the figure of"
    " gaps count an area once, under its worst gap",
}


def _figure(figure: ScenarioFigure, outcome: Outcome) -> Row:
    """A figure as a row. Areas that a hub alone covers are counted only where it is certain; those
    that are covered, up to as many as the range of the scenario's sentence."""
    region = outcome.record.file.region
    label, note = figure_label(figure, region), _NOTES.get(figure.measure, "")
    if figure.women:
        age = figure.women.from_age
        note = f"women aged {age} or over; the most counts those of whom the source does not say"
        return (label.capitalize(), "", figure.women.total, most(figure.women), note)
    if figure.measure is Measure.PLACES:
        before, after = round(figure.before or 0), round(figure.after or 0)
        return (label.capitalize(), before, after, after, not_stated_for(figure.lacking))
    label = label.removeprefix(f"{region.areas}: ")
    highest = figure.after
    if figure.of is Status.COVERED:
        before, after = (
            counts[Status.COVERED] + counts[Status.NOT_STATED]
            for counts in (outcome.baseline_counts, outcome.counts)
        )
        highest = after
        note = f"the record's could be {before} at most" if before != figure.before else note
    return (f"{region.areas.capitalize()}: {label}", figure.before, figure.after, highest, note)


def scenario_figures(outcome: Outcome) -> Table:
    """The figures of a scenario beside those of the record. Where the source does not say, the
    highest that could be is beside."""
    rows = [_figure(f, outcome) for f in figures_of(outcome) if f.measure not in _ELSEWHERE]
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
    lacking = f"without {not_stated_for(found.lacking)}" if found.lacking else ""
    rows: list[Row] = [
        (line.what, money_or_none(line.annual), money_or_none(line.period), line.arithmetic)
        for line in found.lines
    ]
    rows.append(
        ("Sum of what is stated", money_or_none(found.annual), money_or_none(found.period), lacking)
    )
    rows.append(("Caution", "", "", cost_caution(outcome.record).text))
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
        str(outcome_heading(outcome)),
        columns,
        tuple(rows),
        coverage_refs(record),
        coverage_disputes(record),
    )
