"""What a scenario does to each area, theme by theme and month by month."""

from __future__ import annotations

from components.page.markup import show
from components.page.table import Cell, address_cell, cell, number_cell, table
from components.scenario.panels import places_words
from provision.coverage.status import Status
from provision.scenarios.codes import Effect, ScenarioStatus
from provision.scenarios.evaluate import Outcome
from provision.scenarios.scenario import need_of
from provision.scenarios.theme_effects import by_theme
from provision.text.labels import (
    EFFECT_WORDS,
    SCENARIO_STATUS_WORDS,
    STATUS_WORDS,
)
from provision.text.wording import as_at


def still_without(outcome: Outcome) -> None:
    """What still has no contracted service, or is not known to have one, by the chosen measure of
    need."""
    record, need = outcome.record, need_of(outcome.record, outcome.scenario)
    indicator = record.indicators_by_id.get(need or "")
    rows: list[list[Cell]] = []
    order = list(ScenarioStatus)
    for code, row in zip(
        outcome.still_without.index, outcome.still_without.to_dict("records"), strict=True
    ):
        standing = cell(
            SCENARIO_STATUS_WORDS[row["scenario"]].capitalize(),
            order.index(row["scenario"]),
            row["scenario"].value,
        )
        measure = [number_cell(row["need"], indicator.decimals)] if indicator else []
        rows.append([address_cell(str(row["name"]), "borough", area=str(code)), standing, *measure])
    columns = [
        record.file.region.area.capitalize(),
        "In the scenario",
        *([indicator.short_label] if indicator else []),
    ]
    unsure = len(outcome.without[Status.NOT_STATED])
    table(
        "Still not covered"
        f" ({len(rows) - unsure}){f', or not stated ({unsure})' if unsure else ''}, by need",
        columns,
        rows,
        key="still-without",
        compact=True,
    )


def effect_table(outcome: Outcome) -> None:
    """Every area that is changed, or not covered: the map's twin in words."""
    record = outcome.record
    women = record.women_by_code(outcome.women_gained.from_age)
    rows: list[list[Cell]] = []
    order = list(Effect)
    for code, row in sorted(
        outcome.table.iterrows(),
        key=lambda item: (order.index(item[1]["effect"]), str(item[1]["name"])),
    ):
        before, after = STATUS_WORDS[row["baseline"]], SCENARIO_STATUS_WORDS[row["scenario"]]
        effect = cell(
            EFFECT_WORDS[row["effect"]].capitalize(),
            order.index(row["effect"]),
            "none" if row["effect"] is Effect.LOST else None,
        )
        rows.append(
            [
                address_cell(str(row["name"]), "borough", area=str(code)),
                effect,
                before,
                after,
                number_cell(women[str(code)]),
            ]
        )
    columns = [
        record.file.region.area.capitalize(),
        "What the scenario does",
        "Baseline",
        "Scenario",
        f"All women {outcome.women_gained.from_age}+ living there",
    ]
    table(
        f"The map as a table, as at {as_at(record, outcome.scenario.on)}",
        columns,
        rows,
        key="effects",
    )


def theme_effects(outcome: Outcome) -> None:
    """What the scenario does theme by theme."""
    if not outcome.record.themes:
        show("note.html", text="The record has no themes.")
        return
    rows: list[list[Cell]] = []
    for theme, row in by_theme(outcome).iterrows():
        turn = row["scenario"] - row["baseline"]
        rows.append(
            [
                address_cell(row["title"], "themes", theme=str(theme)),
                number_cell(row["baseline"]),
                number_cell(row["scenario"]),
                cell("as before" if not turn else f"{turn:+d}".replace("-", "−"), turn),
                places_words(outcome.record, row["gained"]),
                places_words(outcome.record, row["lost"]),
                *([places_words(outcome.record, row["remotely"])] if outcome.remote.any() else []),
            ]
        )
    areas = outcome.record.file.region.areas
    caption = (
        f"{areas.capitalize()} that a contract, or a hub that offers the theme, reaches; a hub does"
        " so only for the themes that it offers (Hubs in detail)"
    )
    table(
        caption,
        [
            *("Theme", "Baseline", "Scenario", "Difference", "Gained", "Lost"),
            *(["Only remotely"] if outcome.remote.any() else []),
        ],
        rows,
        key="theme-effects",
    )
    cautions = [
        f"{theme.title}: {theme.caution}" for theme in outcome.record.themes if theme.caution
    ]
    if cautions:
        show("scenario_follows.html", sentences=cautions)


def month_table(outcome: Outcome) -> None:
    """Baseline and scenario month by month."""
    found = outcome.months_table
    rows: list[list[Cell]] = []
    for month, row in found.iterrows():
        numbers = [
            row["baseline_covered"],
            row["scenario_covered"],
            row["scenario_what_if"],
            row["scenario_lapsed"],
            row["scenario_none"],
            row["scenario_not_stated"],
            *([row["scenario_remote"]] if outcome.remote.any() else []),
        ]
        rows.append([str(month), *(number_cell(n) for n in numbers)])
    columns = [
        "Month",
        "Covered, baseline",
        "Covered, by contract",
        "Covered only by a hub",
        "Lapsed",
        "No contracted service",
        "Not stated",
        *(["Of those, reached only remotely"] if outcome.remote.any() else []),
    ]
    table(
        f"At the end of each of {len(found)} months; but for the first column, in the scenario",
        columns,
        rows,
        key="scenario-months",
        compact=True,
    )
