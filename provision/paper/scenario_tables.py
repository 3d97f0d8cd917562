"""The tables of a scenario."""

from __future__ import annotations

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
from provision.scenarios.costs import capacity, cost
from provision.scenarios.evaluate import Outcome
from provision.text.cost_caution import cost_caution
from provision.text.labels import EFFECT_WORDS, LEVEL_WORDS, SCENARIO_STATUS_WORDS, STATUS_WORDS
from provision.text.scenarios import outcome_sentence
from provision.text.wording import as_at


def _scenario_status(status: ScenarioStatus) -> str:
    """A status in print, where no map stands beside it: what only a hub covers says that it is
    supposed."""
    words = SCENARIO_STATUS_WORDS[status]
    return f"what if: {words}" if status is ScenarioStatus.WHAT_IF else words


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


def scenario_figures(outcome: Outcome) -> Table:
    """The figures of a scenario beside those of the record. Where the source does not say, the
    highest that could be is beside."""
    areas, places = outcome.record.file.region.areas.capitalize(), capacity(outcome)
    rows: list[Row] = [
        (f"{areas}: {STATUS_WORDS[s]}", n, outcome.counts[s], outcome.counts[s], not_stated_for(()))
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
    remote = len(outcome.remote_only)
    rows.append((f"{areas}: reached only remotely", 0, remote, remote, "not counted as covered"))
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
        not_stated_for((*places.contracts.lacking, *places.hubs.lacking)),
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
                most(women),
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
        outcome_sentence(outcome),
        columns,
        tuple(rows),
        coverage_refs(record),
        coverage_disputes(record),
    )
