"""How the map of a scenario marks its classes: what changes is marked apart from what stays, in
colour, hatch and a mark.

What stays as it is keeps its look from the coverage map, except that all covered areas are one pale
class: on this map it is the difference that counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from provision.coverage.status import Status
from provision.location.hub_kinds import hub_kinds
from provision.scenarios.codes import (
    SCENARIO_STATUSES,
    Difference,
    Effect,
    ScenarioStatus,
    effect_of,
)
from provision.scenarios.compare import LETTERS, Comparison
from provision.scenarios.evaluate import Outcome
from provision.scenarios.scenario import Hub
from provision.scenarios.toggle_preview import ahead, foretells
from provision.symbology.coverage import BY_STATUS, PALE, Drawn, MapClass, drawn_classes, tally
from provision.text.hubs import hub_words
from provision.text.labels import SCENARIO_STATUS_WORDS, STATUS_WORDS

_GREEN, _ORANGE = "#8fcf94", "#f2ae72"
_EFFECTS = {
    Effect.WHAT_IF: MapClass(
        "what_if", "Newly covered, because of a hub", "", _GREEN, "grid", "#1d5a2a", "+", True
    ),
    Effect.SECURED: MapClass(
        "secured",
        "Covered now; the source did not say before",
        "",
        "#dff0d2",
        "upright",
        "#1d5a2a",
        "?+",
        True,
    ),
    Effect.GAINED: MapClass(
        "gained",
        "Newly covered, by a contract as changed",
        "",
        _GREEN,
        "rising",
        "#1d5a2a",
        "+",
        True,
    ),
    Effect.HELD: MapClass(
        "held", "Covered before, now because of a hub", "", PALE, "grid", "#1d5a2a", "="
    ),
    Effect.LOST: MapClass(
        "lost", "No longer covered", "", _ORANGE, "lattice", "#7a2e00", "↓", True
    ),
    Effect.DOUBTFUL: MapClass(
        "doubtful",
        "Covered before; now the source does not say",
        "",
        "#f7d9bd",
        "falling",
        "#7a2e00",
        "?↓",
        True,
    ),
    Effect.REMOTE: MapClass(
        "remote",
        "Reached only remotely, by no place",
        "",
        "#f6f1fb",
        "rings",
        "#4a2d5c",
        "↔",
        True,
    ),
    Effect.REMOTE_ONLY_LEFT: MapClass(
        "remote_only_left",
        "Covered before; now only remote support is certain",
        "",
        _ORANGE,
        "rings",
        "#7a2e00",
        "↓↔",
        True,
    ),
    Effect.CHANGED: MapClass(
        "changed",
        "Not covered, for another reason than before",
        "",
        "#dccfe4",
        "waves",
        "#4a2d5c",
        "~",
    ),
}
_STAYS = {
    ScenarioStatus.NONE: BY_STATUS[Status.NONE],
    ScenarioStatus.NOT_STATED: BY_STATUS[Status.NOT_STATED],
    ScenarioStatus.LAPSED: BY_STATUS[Status.LAPSED],
    ScenarioStatus.COVERED: MapClass("covered", "Covered, as before", "", "#b7cfe4"),
}


def scenario_drawn(outcome: Outcome) -> Drawn:
    """What a scenario does to every area, for the map."""
    rows = list(outcome.areas.rows())
    kinds = {code: _kind(row) for code, row in rows}
    order = [*_EFFECTS.values(), *_STAYS.values()]
    found = sorted(set(kinds.values()), key=order.index)
    counted = {
        kind: tally(outcome.record, [code for code, own in kinds.items() if own == kind])
        for kind in found
    }
    kinds_of = hub_kinds(outcome.record)
    hubs = {hub.area: hub_words(kinds_of[hub.kind]) for hub in outcome.scenario.hubs}
    said = {code: _spoken(row, hubs.get(code, "")) for code, row in rows}
    drawn = drawn_classes(
        [replace(kind, count=counted[kind]) for kind in found],
        {code: kind.id for code, kind in kinds.items()},
        said,
    )
    return {**drawn, "marked": sorted(hubs), "markedName": _marked_name(list(hubs.values()))}


def _marked_name(said: list[str]) -> str:
    """What the mark of hubs is called in the key: what it is, where all are of one kind."""
    words = said[0] if len(set(said)) == 1 else "a hub stands here"
    return f"{words[0].upper()}{words[1:]}"


def scenario_looks() -> dict[str, MapClass]:
    """The classes that maps of scenarios may have, by id, without counts: always the same, whatever
    the scenario."""
    return {kind.id: kind for kind in (*_EFFECTS.values(), *_STAYS.values())}


def ahead_drawn(outcome: Outcome, first: Hub) -> dict[str, Any]:
    """What the map would show after the next hub, for the map drawn from the same outcome:
    ``other``, the class id that each area would turn to, and ``turns``, for the hub of each area
    the areas that turn: hexadecimal, the lowest bit the first area. Empty where nothing is
    foretold."""
    if not foretells(outcome, first):
        return {}
    found = ahead(outcome, first)
    before, after = (side.tolist() for side in (outcome.baseline.found[0], found.other))
    other = [
        _class_of(effect_of(a, b), SCENARIO_STATUSES[b]).id
        for a, b in zip(before, after, strict=True)
    ]
    bits = 1 << np.arange(found.turns.shape[1], dtype=object)
    return {"other": other, "turns": [f"{bits[row].sum():x}" for row in found.turns]}


_DIFFERENCES = {
    Difference.BOTH: MapClass("both", "Covered in both", "", "#b7cfe4"),
    Difference.ONLY_A: MapClass(
        "only_a", "Only in {a}", "", "#8fcf94", "rising", "#1d5a2a", "{a}", True
    ),
    Difference.ONLY_B: MapClass(
        "only_b", "Only in {b}", "", "#f2ae72", "falling", "#7a2e00", "{b}", True
    ),
    Difference.UNSURE_B: MapClass(
        "unsure_b", "In {a}; not stated in {b}", "", "#dff0d2", "lattice", "#1d5a2a", "{a}?", True
    ),
    Difference.UNSURE_A: MapClass(
        "unsure_a", "In {b}; not stated in {a}", "", "#f7d9bd", "waves", "#7a2e00", "{b}?", True
    ),
    Difference.REMOTE: MapClass(
        "remote",
        "In neither by a place: only remotely",
        "",
        "#f6f1fb",
        "rings",
        "#4a2d5c",
        "↔",
        True,
    ),
    Difference.NEITHER: MapClass(
        "neither", "Covered in neither: none or lapsed", "", "#f4f5f6", "upright", "#a9b3bc"
    ),
    Difference.UNKNOWN: replace(
        BY_STATUS[Status.NOT_STATED], id="unknown", label="In neither for certain: not stated"
    ),
}


def difference_drawn(found: Comparison, place: int) -> Drawn:
    """Where the first scenario and another differ, for the map. Neither says nothing of whether
    there is none, or it has lapsed."""
    series, a, b = found.difference(0, place), LETTERS[0], LETTERS[place]
    own = {str(code): kind for code, kind in series.items()}
    classes = []
    for kind, look in _DIFFERENCES.items():
        codes = [code for code, k in own.items() if k is kind]
        if codes:
            label, mark = look.label.format(a=a, b=b), look.mark.format(a=a, b=b)
            classes.append(replace(look, label=label, mark=mark, count=tally(found.record, codes)))
    said = {code: _DIFFERENCES[kind].label.format(a=a, b=b).lower() for code, kind in own.items()}
    return drawn_classes(classes, {code: _DIFFERENCES[kind].id for code, kind in own.items()}, said)


def _kind(row: Mapping[str, Any]) -> MapClass:
    return _class_of(row["effect"], row["scenario"])


def _class_of(effect: Effect, standing: ScenarioStatus) -> MapClass:
    return _STAYS[standing] if effect is Effect.UNCHANGED else _EFFECTS[effect]


def _spoken(row: Mapping[str, Any], hub: str) -> str:
    """What is said of an area, after its name: what it is in the scenario, and what it was."""
    before, after = STATUS_WORDS[row["baseline"]], SCENARIO_STATUS_WORDS[row["scenario"]]
    return (
        f"{after},"
        f" {'as before' if before == after else f'before: {before}'}{f'; {hub}' if hub else ''}"
    )
