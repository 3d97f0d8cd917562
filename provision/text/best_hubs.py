"""Sentences about the best places for hubs."""

from __future__ import annotations

from provision.english import listing, number
from provision.location.best_hubs import Best, Choice, Method, Shortfall
from provision.location.problem import LocationProblem, Objective
from provision.record import Record
from provision.text.hubs import areas_named, for_one_or_more, reach_words


def best_sentence(record: Record, asked: LocationProblem, best: Best) -> str:
    """The best next hubs in one sentence, with how many sets do as well."""
    first, region = best.choices[0], record.file.region
    how = for_one_or_more(reach_words(record, asked.catchment), len(first.areas))
    if not best.gain:
        return (
            f"No further hub, {for_one_or_more(how, 1)}, would reach another {region.area} without"
            " a contracted service."
        )
    hubs = f"{number(len(first.areas))} further hub{'s' * (len(first.areas) != 1)}".capitalize()
    tied = "We did not count ties." if best.ties is None else _tied(best.ties)
    sure = (
        f" Found by a solver, within {best.gap:.2%}."
        if best.method is not Method.EXHAUSTIVE
        else ""
    )
    lacking = (
        f" {best.unknown} {region.area if best.unknown == 1 else region.areas} without a figure add"
        " nothing."
        if best.unknown
        else ""
    )
    reached = f"would newly reach {_what(record, asked, best.gain)} at best"
    return (
        f"{hubs}, {how}, {reached}, for instance in"
        f" {areas_named(record, first.areas)}{_apart(first)}."
        f" {tied}{sure}{lacking}"
    )


def shortfall_sentence(
    record: Record, asked: LocationProblem, found: Shortfall, whose: str = "Yours"
) -> str:
    """Somebody's own choice beside the best: what it reaches, and how many others reach more."""
    own = (
        f"{whose} ({areas_named(record, found.own.areas)}) reaches"
        f" {_what(record, asked, found.own.gain)}{_apart(found.own)}"
    )
    if not found.missed:
        return f"{own}. No other choice of as many hubs reaches more."
    ties = found.best.ties
    many = "" if ties in (None, 1) else f" {number(ties or 0).capitalize()} choices do."
    return f"{own}; the best reaches {found.best.gain:,}.{many}"


def _what(record: Record, asked: LocationProblem, gain: int) -> str:
    region = record.file.region
    if asked.objective is Objective.WOMEN:
        return (
            f"{gain:,} women aged {region.scope_minimum_age} or over who live where there is no"
            " contracted service"
        )
    return (
        f"{number(gain) if gain else 'no'} {region.areas if gain > 1 else region.area} without a"
        " contracted service"
    )


def _tied(ties: int) -> str:
    return (
        "No other choice reaches as many."
        if ties == 1
        else f"{number(ties).capitalize()} choices reach as many."
    )


def _apart(choice: Choice) -> str:
    parts = [
        f"{number(n)} {words}"
        for n, words in ((choice.gain_not_stated, "not stated"), (choice.gain_lapsed, "lapsed"))
        if n
    ]
    return f" (and {listing(parts)})" if parts else ""
