"""The panels of the page of scenarios: the difference first, then what follows from it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from components.coverage.area_map import area_map, packed
from components.page.markup import references, show
from components.page.table import Cell, address_cell, cell, number_cell, table
from components.scenario.controls import hub_places, plain_table
from components.scenario.state import rule_of
from provision.coverage.status import Status
from provision.export.scenarios import best_rows
from provision.geo.projection import plane_words, projected_crs
from provision.links.query import Query
from provision.location.best_hubs import Asked, Best, best_hubs, fewest_hubs, shortfall
from provision.location.hub_kinds import FIXED, hub_kinds
from provision.location.wanted import Wanted
from provision.record import Record
from provision.scenarios.codes import Difference, Effect, ScenarioStatus
from provision.scenarios.compare import LETTERS, Comparison, compare
from provision.scenarios.costs import capacity, cost
from provision.scenarios.evaluate import Outcome, evaluate
from provision.scenarios.rates import LABELS, called, rates
from provision.scenarios.scenario import Scenario, need_of
from provision.scenarios.theme_effects import by_theme
from provision.schema.services import NOT_STATED
from provision.symbology.scenarios import ahead_drawn, difference_drawn, scenario_looks
from provision.text.best_hubs import best_sentence, shortfall_sentence
from provision.text.hubs import hub_title, reach_words, whom
from provision.text.labels import (
    DIFFERENCE_WORDS,
    EFFECT_WORDS,
    LEVEL_WORDS,
    SCENARIO_STATUS_WORDS,
    STATUS_WORDS,
)
from provision.text.scenario_sums import (
    cost_sentence,
    holds_sentence,
    places_sentence,
    reliance_sentence,
)
from provision.text.scenarios import left_sentence, since_sentence
from provision.text.wording import as_at, listing, women_span

_LISTED = 50


# with its tables an outcome is tens of kilobytes, and working it out anew takes a millisecond
@lru_cache(maxsize=64)
def outcome_of(record: Record, scenario: Scenario) -> Outcome:
    """What a scenario does, worked out once."""
    return evaluate(record, scenario)


def figures_card(outcome: Outcome) -> None:
    """Baseline, scenario and the difference: areas by status and level; what still has nothing,
    what rests on whom, and whether the conclusions hold under other rules."""
    record, region = outcome.record, outcome.record.file.region
    rows = [
        _figure(STATUS_WORDS[s].capitalize(), n, outcome.counts[s])
        for s, n in outcome.baseline_counts.items()
    ]
    rows.append(_figure("…only because of a hub", 0, len(outcome.only_by_hub)))
    rows.append(_figure("Reached only remotely", 0, len(outcome.remote_only)))
    rows += [
        _figure(LEVEL_WORDS[level].capitalize(), before, after)
        for level, (before, after) in outcome.by_level.items()
    ]
    rows.append(
        _figure(
            "Resting on one provider",
            sum(map(len, outcome.alone_before.values())),
            sum(map(len, outcome.alone.values())),
        )
    )
    if outcome.on_one_hub:
        rows.append(_figure("Resting on one hub", 0, len(outcome.on_one_hub)))
    show(
        "scenario_figures.html",
        region=region,
        when=as_at(record, outcome.scenario.on),
        rows=rows,
        unsure=bool(outcome.perhaps_gained),
        sentences=[
            left_sentence(outcome),
            reliance_sentence(outcome),
            *([holds_sentence(outcome)] if outcome.under else []),
        ],
    )


def difference(outcome: Outcome) -> None:
    """What is gained and lost, and how many women live there."""
    record = outcome.record
    show(
        "scenario_difference.html",
        when=as_at(record, outcome.scenario.on),
        gained=_places(record, outcome.gained),
        unsure=_places(record, outcome.perhaps_gained) if outcome.perhaps_gained else "",
        lost=_places(record, outcome.lost),
        remote=_places(record, outcome.remote_only) if outcome.remote_only else "",
        doubtful=_places(record, outcome.perhaps_lost) if outcome.perhaps_lost else "",
        women_gained=women_span(outcome.women_gained),
        women_lost=women_span(outcome.women_lost),
        age=outcome.women_gained.from_age,
        rules=_rules(record, outcome.scenario),
        apart=_apart(record, outcome.scenario),
        closed=_closed(outcome),
        since=since_sentence(outcome),
        plane=(
            f"Distances are measured in {plane_words(record)} (EPSG:{projected_crs(record)})."
            if any(h.reach.km for h in outcome.scenario.hubs)
            else ""
        ),
    )


def _rules(record: Record, scenario: Scenario) -> list[str]:
    """Whom the hubs reach: once, where all are alike, else hub by hub."""
    alike = {(hub.kind, hub.reach, hub.visits) for hub in scenario.hubs}
    if len(alike) <= 1 and hub_kinds(record)[scenario.hubs[0].kind if alike else FIXED].has_rule:
        return [whom(record, hub, 2) for hub in scenario.hubs[:1]]
    return [f"{hub_title(record, hub)}: {whom(record, hub)}" for hub in scenario.hubs]


def _apart(record: Record, scenario: Scenario) -> str:
    """Whose rule counts, where hubs have several."""
    kinds = hub_kinds(record)
    if len({hub.reach for hub in scenario.hubs if kinds[hub.kind].has_rule}) <= 1:
        return ""
    first = reach_words(record, scenario.hubs[0].reach).removeprefix("each ")
    return (
        "Their rules differ, so none is lit above: choosing one sets them all. The next hub and"
        f" the best places go by the first's, {first}."
    )


def _closed(outcome: Outcome) -> str:
    """Which hubs do nothing because they are not open on the day."""
    record = outcome.record
    shut = [
        record.by_code[hub.area].name
        for hub, is_open in zip(outcome.scenario.hubs, outcome.open[0], strict=True)
        if not is_open
    ]
    verb = "is" if len(shut) == 1 else "are"
    return (
        f"Not open on the day, and reaching nobody: the hub{'s' * (len(shut) > 1)} in"
        f" {listing(shut)} {verb} shown by the mark alone."
        if shut
        else ""
    )


def _figure(label: str, before: int, after: int) -> dict[str, Any]:
    turn = after - before
    return {
        "label": label,
        "before": before,
        "after": after,
        "turn": "as before" if not turn else f"{turn:+d}".replace("-", "−"),
    }


def _places(record: Record, codes: tuple[str, ...]) -> str:
    return listing(record.by_code[c].name for c in codes) if codes else "none"


def foretold(outcome: Outcome, query: Query) -> dict[str, Any]:
    """What the map is to show at the next click, before the answer to it: for every hub, and which
    hubs the switches stand for. ``turn`` tells one answer from the one before, so that each is
    drawn, whatever was foretold."""
    record, session = outcome.record, st.session_state
    session["turn"] = session.get("turn", 0) + 1
    row_of = {area.code: row for row, area in enumerate(record.areas)}
    switches = [row_of[code] for code in hub_places(record, outcome.scenario)]
    places = {key: place for place, key in enumerate(scenario_looks())}
    found = ahead_drawn(outcome, rule_of(query))
    sent = (
        {"other": packed(places[key] for key in found["other"]), "turns": " ".join(found["turns"])}
        if found
        else {}
    )
    return {"ahead": {**sent, "switches": switches}, "turn": session["turn"]}


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
                _places(outcome.record, row["gained"]),
                _places(outcome.record, row["lost"]),
                *([_places(outcome.record, row["remotely"])] if outcome.remote.any() else []),
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


def cost_panel(outcome: Outcome) -> None:
    """Places and cost, with the arithmetic of every line and every rate."""
    spent, places = cost(outcome), capacity(outcome)
    own = rates(outcome.record, outcome.scenario.assumptions)
    show(
        "scenario_cost.html",
        sentences=[places_sentence(outcome, places), cost_sentence(outcome, spent)],
        lines=[
            {
                "what": line.what,
                "annual": _money(line.annual),
                "period": _money(line.period),
                "arithmetic": line.arithmetic,
            }
            for line in spent.lines
        ],
        months=spent.months,
        rates=[
            {
                "label": called(name, getattr(own, name)),
                "value": (
                    NOT_STATED
                    if getattr(own, name).value is None
                    else f"{getattr(own, name).value:,.2f}"
                ),
                "arithmetic": getattr(own, name).arithmetic,
                "refs": references(outcome.record, getattr(own, name).refs),
            }
            for name in LABELS
        ],
    )


def _money(amount: float | None) -> str:
    return (
        NOT_STATED if amount is None else f"−£{-amount:,.0f}" if amount < 0 else f"£{amount:,.0f}"
    )


@lru_cache(maxsize=64)
def _best(record: Record, asked: Asked) -> Best | str:
    try:
        return best_hubs(record, asked)
    except ValueError as error:
        return str(error)


@lru_cache(maxsize=64)
def _fewest(record: Record, asked: Asked) -> Best | None:
    return fewest_hubs(record, asked)


def asked_of(query: Query, record: Record, wanted: Wanted) -> Asked:
    """The question that the view asks: what is supposed stays, and further hubs come, under the
    rule in force."""
    return Asked(query.supposed(record), wanted.hubs, rule_of(query), wanted.weigh, wanted.excluded)


def best_panel(record: Record, query: Query) -> list[tuple[str, ...]]:
    """The exact best next hubs with all ties, the fewest that leave nobody without, and the user's
    own choice. Returns the sets listed."""
    asked = asked_of(query, record, query.best)
    found = _best(record, asked)
    if isinstance(found, str):
        show("note.html", text=f"That cannot be asked: {found}.")
        return []
    sentences = [best_sentence(record, asked, found)]
    fewest = _fewest(record, asked)
    if fewest is None:
        sentences.append("No number of hubs under this rule would leave nobody without.")
    elif fewest.choices[0].areas:
        n, ties = len(fewest.choices[0].areas), fewest.ties
        many = "" if ties is None else f", in {ties:,} {'way' if ties == 1 else 'ways'}"
        sentences.append(
            f"To leave nobody with no contracted service takes at least {n} further"
            f" hub{'s' * (n > 1)}{many}; what has lapsed or is not stated is not in it."
        )
    own = _own_choice(record, query)
    show("scenario_follows.html", sentences=[*sentences, *([own] if own else [])])
    listed = f"{min(found.ties or 1, _LISTED)} of {found.ties:,}" if found.ties else "one"
    rows = [
        {
            "set": r["set"],
            "hubs in": r["names"],
            "gain": f"{r['gain']:,}",
            "not stated": r["gain_not_stated"],
            "lapsed": r["gain_lapsed"],
        }
        for r in best_rows(record, found)
    ]
    plain_table(f"The best sets ({listed})", rows, key="best-sets")
    return [choice.areas for choice in found.choices[:_LISTED] if choice.areas]


def _own_choice(record: Record, query: Query) -> str:
    """The hubs that are on, beside the best choice of as many, were none on."""
    hubs = query.scenario.hubs if query.scenario else ()
    if not hubs or len(hubs) > 5 or len({h.reach for h in hubs}) > 1:
        return ""
    if any(h.visits or not hub_kinds(record)[h.kind].has_rule for h in hubs):
        return ""  # whom they reach is not by a rule alone, so the search cannot be asked for it
    bare = query.supposed(record)
    asked = Asked(
        type(bare)(bare.on, (), bare.changes),
        len(hubs),
        hubs[0].reach,
        query.best.weigh,
        query.best.excluded,
    )
    try:
        return shortfall_sentence(record, asked, shortfall(record, asked, [h.area for h in hubs]))
    except ValueError:
        return ""


def compare_panel(record: Record, query: Query) -> Comparison | None:
    """The scenario as it is now (A) beside those that were kept: verdict, differences and all
    figures."""
    if not query.beside:
        show(
            "note.html",
            text=(
                "Keep this scenario, change it, and the two stand side by side here; up to four at"
                " once."
            ),
        )
        return None
    found = compare(record, [query.supposed(record), *query.beside])
    show("scenario_follows.html", sentences=found.verdict)
    maps = st.columns(len(query.beside), gap="small")
    for place, column in enumerate(maps, 1):
        with column:
            words = f"Where {LETTERS[0]} and {LETTERS[place]} differ"
            st.html(f"<h3>{words}</h3>")
            area_map(
                record,
                query,
                difference_drawn(found, place),
                words,
                on_choose=lambda: None,
                key=f"map-difference-{place}",
            )
    rows: list[list[Cell]] = [
        [str(name), *(str(v) for v in row)]
        for name, row in zip(found.table.index, found.table.to_numpy().tolist(), strict=True)
    ]
    table("All figures, side by side", ["Figure", *found.names], rows, key="comparison")
    differences = []
    for b in range(1, len(found.outcomes)):
        series = found.difference(0, b)
        for kind in (
            Difference.ONLY_A,
            Difference.ONLY_B,
            Difference.UNSURE_A,
            Difference.UNSURE_B,
            Difference.REMOTE,
        ):
            names = [record.by_code[str(c)].name for c in series.index[series == kind]]
            if not names and kind not in (Difference.ONLY_A, Difference.ONLY_B):
                continue
            differences.append(
                {
                    "between": f"A and {'ABCD'[b]}",
                    "covered": DIFFERENCE_WORDS[kind].format(a=LETTERS[0], b=LETTERS[b]),
                    "where": listing(names) if names else "nowhere",
                }
            )
    plain_table("Where they differ", differences, key="differences")
    return found


def baseline_sentence(outcome: Outcome) -> str:
    """What the baseline map beside the scenario shows."""
    n = outcome.baseline_counts[Status.COVERED]
    return (
        f"Baseline: {n} of {sum(outcome.baseline_counts.values())}"
        f" {outcome.record.file.region.areas} covered as at"
        f" {as_at(outcome.record, outcome.scenario.on)}."
    )


def shown_beside() -> bool:
    """Whether the baseline is asked for beside the scenario."""
    return bool(st.session_state.get("sc_beside"))
