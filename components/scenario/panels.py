"""The panels of the page of scenarios that stand beside the map: the difference first, then what
follows from it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from components.coverage.area_map import packed
from components.page.markup import references, show
from components.scenario.controls import hub_places
from components.scenario.state import first_hub
from provision.coverage.status import Status
from provision.english import listing
from provision.geo.projection import plane_words, projected_crs
from provision.links.query import Query
from provision.location.hub_kinds import FIXED, hub_kinds
from provision.record import Record
from provision.scenarios.evaluate import Outcome, evaluate
from provision.scenarios.figures import Measure, ScenarioFigure, scenario_figures
from provision.scenarios.scenario import Scenario
from provision.schema.services import Region
from provision.symbology.scenarios import ahead_drawn, scenario_looks
from provision.text.hubs import hub_title, reach_words, whom
from provision.text.scenario_sums import holds_sentence, reliance_sentence
from provision.text.scenario_words import figure_label
from provision.text.scenarios import left_sentence, since_sentence
from provision.text.wording import as_at, women_span


# with its tables an outcome is tens of kilobytes, and working it out anew takes a millisecond
@lru_cache(maxsize=64)
def outcome_of(record: Record, scenario: Scenario) -> Outcome:
    """What a scenario does, worked out once."""
    return evaluate(record, scenario)


_CARD_WORDS = {
    Measure.ONLY_BY_HUB: "…only because of a hub",
    Measure.REMOTE_ONLY: "Reached only remotely",
    Measure.ON_ONE_PROVIDER: "Resting on one provider",
    Measure.ON_ONE_HUB: "Resting on one hub",
}
_ON_THE_CARD = (
    Measure.AREAS_OF_STATUS,
    Measure.ONLY_BY_HUB,
    Measure.REMOTE_ONLY,
    Measure.AREAS_OF_LEVEL,
    Measure.ON_ONE_PROVIDER,
)


def figure_words(figure: ScenarioFigure, region: Region) -> str:
    """What a figure of areas is called where the table says that areas are counted."""
    return figure_label(figure, region).removeprefix(f"{region.areas}: ").capitalize()


def figures_card(outcome: Outcome) -> None:
    """Baseline, scenario and the difference: areas by status and level; what still has nothing,
    what rests on whom, and whether the conclusions hold under other rules."""
    record, region = outcome.record, outcome.record.file.region
    rows = [
        _figure(_CARD_WORDS.get(f.measure) or figure_words(f, region), f.before, f.after)
        for f in scenario_figures(outcome)
        if f.measure in _ON_THE_CARD or (f.measure is Measure.ON_ONE_HUB and f.after)
    ]
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
        gained=places_words(record, outcome.gained),
        unsure=places_words(record, outcome.perhaps_gained) if outcome.perhaps_gained else "",
        lost=places_words(record, outcome.lost),
        remote=places_words(record, outcome.remote_only) if outcome.remote_only else "",
        doubtful=places_words(record, outcome.perhaps_lost) if outcome.perhaps_lost else "",
        women_gained=women_span(outcome.women_gained),
        women_lost=women_span(outcome.women_lost),
        age=outcome.women_gained.from_age,
        apart=_apart(record, outcome.scenario),
        closed=_closed(outcome),
        since=since_sentence(outcome),
    )


def _rules(record: Record, scenario: Scenario) -> list[str]:
    """Whom the hubs reach: once, where all are alike, else hub by hub."""
    alike = {(hub.kind, hub.reach, hub.visits) for hub in scenario.hubs}
    if len(alike) <= 1 and hub_kinds(record)[scenario.hubs[0].kind if alike else FIXED].has_rule:
        return [whom(record, hub, 2) for hub in scenario.hubs[:1]]
    return [f"{hub_title(record, hub)}: {whom(record, hub)}" for hub in scenario.hubs]


_NO_KINDS = "Kinds of hub are not stated in this record. A fixed centre is supposed."


def whom_panel(outcome: Outcome, query: Query) -> None:
    """Whom the hubs reach, and the kinds of the hubs that are on, or of the next: what each
    reaches, as what it is counted, where that comes from and which passages speak of it."""
    record, on = outcome.record, query.scenario.hubs if query.scenario else ()
    used = {hub.kind for hub in on} or {query.kind}
    kinds = [
        {
            "name": kind.name,
            "description": kind.description,
            "basis": kind.basis,
            "remote": kind.remote,
            "refs": references(record, kind.refs),
            "sources": listing(dict.fromkeys(_source(record, ref.source) for ref in kind.refs)),
        }
        for kind in hub_kinds(record).values()
        if kind.id in used and kind.refs
    ]
    show(
        "hub_kinds.html",
        kinds=kinds,
        rules=_rules(record, outcome.scenario),
        unstated="" if record.file.hub_models else _NO_KINDS,
        plane=(
            f"Distances are measured in {plane_words(record)} (EPSG:{projected_crs(record)})."
            if any(h.reach.km for h in outcome.scenario.hubs)
            else ""
        ),
    )


def _source(record: Record, name: str) -> str:
    return next(s.short_title for s in record.file.sources if s.id == name)


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


def places_words(record: Record, codes: tuple[str, ...]) -> str:
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
    found = ahead_drawn(outcome, first_hub(query, record))
    sent = (
        {"other": packed(places[key] for key in found["other"]), "turns": " ".join(found["turns"])}
        if found
        else {}
    )
    return {"ahead": {**sent, "switches": switches}, "turn": session["turn"]}


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
