"""Short headlines for the back of the room. The whole sentence stands beneath each: what they leave
out is said there."""

from __future__ import annotations

from provision.location.best_hubs import Best
from provision.location.problem import LocationProblem, Objective
from provision.record import Record
from provision.scenarios.evaluate import Outcome
from provision.text.scenario_words import count_span
from provision.text.wording import listing, number
from provision.workshop.reveal import measure

_FEW = 3  # ties that a headline names


def outcome_headline(outcome: Outcome) -> str:
    """How many areas a scenario would cover, instead of how many; empty where nothing is
    supposed."""
    asked, region = outcome.scenario, outcome.record.file.region
    if asked.changes_nothing:
        return ""
    hubs, changes = len(asked.hubs), len(asked.changes)
    what = listing(
        f"{number(n)} {word}{'s' * (n > 1)}"
        for n, word in ((hubs, "hub"), (changes, "change"))
        if n
    )
    before, after, total = (
        count_span(outcome.baseline_counts),
        count_span(outcome.counts),
        sum(outcome.counts.values()),
    )
    beside = (
        f"instead of {before}"
        if before != after
        else f"as without {'them' if hubs + changes > 1 else 'it'}"
    )
    return f"With {what}, {after} of {total} {region.areas} would be covered, {beside}."


def best_headline(record: Record, asked: LocationProblem, best: Best) -> str:
    """Where the next hubs reach most; empty where they reach nothing."""
    if not best.gain:
        return ""
    region, gain = record.file.region, best.gain
    what = (
        f"{gain:,} {measure(record, asked)}"
        if asked.objective is Objective.WOMEN
        else f"{number(gain)} {region.area if gain == 1 else region.areas}"
    )
    what += "" if asked.objective is Objective.WOMEN else " without a contracted service"
    places = [
        listing(record.by_code[code].name for code in choice.areas) for choice in best.choices
    ]
    if len(best.choices[0].areas) > 1 or best.ties is None or not best.ties == len(places) <= _FEW:
        many = len(best.choices[0].areas)
        hubs = "The best next hub" if many == 1 else f"The best next {number(many)} hubs"
        return f"{hubs} would newly reach {what}, for instance in {places[0]}."
    if len(places) == 1:
        return f"The best place for the next hub is {places[0]}: it would newly reach {what}."
    return f"The best places for the next hub are {listing(places)}: each would newly reach {what}."
