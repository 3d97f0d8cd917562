"""Slides of the room's question: the guesses, and beside them the best answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from components.present.view_slides import Slide, map_slide, words_slide
from components.scenario.panels import outcome_of
from provision.english import listing, number
from provision.location.best_hubs import Best, Shortfall, best_hubs, with_hubs
from provision.location.problem import LocationProblem, candidate_sites
from provision.record import Record
from provision.room.questions import POINTS, form_of
from provision.room.result import RoomChoice
from provision.symbology.coverage import Drawn, coverage_drawn
from provision.symbology.scenarios import scenario_drawn
from provision.text.best_hubs import best_sentence, shortfall_sentence
from provision.text.scenarios import outcome_heading
from provision.workshop.answers import Answer
from provision.workshop.headlines import best_headline
from provision.workshop.reveal import (
    Guess,
    Reveal,
    Tally,
    measure,
    most_guessed,
    result_words,
    reveal,
    reveal_sentence,
    room_sentence,
    tallied,
)
from provision.workshop.story import (
    Kind,
    Step,
    question_of,
    question_sentence,
    terms_sentence,
    view_of,
)

LISTED = 12  # sets that are as good as the best, by name


def poll_slide(record: Record, own: Step) -> Slide:
    """A question that is no place on the map."""
    form = form_of(record, own)
    ends = f" 1: {form.ends[0]}. {POINTS}: {form.ends[1]}." if form.ends else ""
    how = {
        Answer.THEMES: f"Choose up to {number(form.most)}.",
        Answer.ORDER: "Put them in order.",
        Answer.NUMBER: f"A number{f' ({form.unit})' if form.unit else ''}.",
        Answer.SCALE: f"On a scale.{ends}",
        Answer.TEXT: "One line of text.",
    }
    return {
        "type": "poll",
        "sentence": own.question,
        "under": [how.get(form.answer, "")],
        "options": [option.name for option in form.options] if not form.ends else [],
    }


def ask_slide(record: Record, own: Step) -> Slide:
    if own.answer:
        return poll_slide(record, own)
    asked = question_of(record, own)
    query = view_of(record, own.link).query
    return {
        **map_slide(record, query, drawn_for_question(record, own.link), question_sentence(asked)),
        "type": "ask",
        "under": [terms_sentence(record, asked)],
        "places": list(candidate_sites(record, asked)),
        "hubs": asked.facilities,
        "area": record.file.region.area,
    }


@lru_cache(maxsize=64)
def drawn_for_question(record: Record, link: str) -> Drawn:
    """What the map of a question shows: who has a service, with what the question supposes."""
    query = view_of(record, link).query
    supposed = query.supposed(record)
    if supposed.changes_nothing:
        return coverage_drawn(record, query)
    return scenario_drawn(outcome_of(record, supposed))


def best_of_link(record: Record, link: str) -> tuple[LocationProblem, Best | str]:
    """The question for the best places at an address, and the exact best."""
    asked = question_of(record, Step(Kind.ASK, link))
    return asked, best_of(record, asked)


def best_slide(record: Record, own: Step) -> Slide:
    asked = question_of(record, own)
    found = best_of(record, asked)
    if isinstance(found, str):
        return words_slide(f"That cannot be asked: {found}.")
    query = view_of(record, own.link).query
    first = found.choices[0]
    return {
        **map_slide(
            record,
            query,
            scenario_drawn(outcome_of(record, with_hubs(record, asked, first))),
            best_sentence(record, asked, found),
        ),
        "short": best_headline(record, asked, found),
        "type": "best",
        "best": f"{_which(found)}: {names(record, first.areas)}",
        "ties": ties(record, found),
        "tied": "The best" if found.ties == 1 else "Equally good",
        "counted": f"Reached, in {measure(record, asked)}",
    }


@lru_cache(maxsize=64)
def best_of(record: Record, asked: LocationProblem) -> Best | str:
    """The exact best for a question; why there is none, where it cannot be asked."""
    try:
        return best_hubs(record, asked)
    except ValueError as error:
        return str(error)


def _which(best: Best) -> str:
    """Which of the best the map shows."""
    return (
        "One of the best"
        if best.ties is None
        else "Best"
        if best.ties == 1
        else f"Best (1 of {best.ties:,})"
    )


def ties(record: Record, best: Best) -> list[str]:
    """The sets that are equally good, by name; what is not listed is counted."""
    if best.ties is None:
        return ["How many other choices are equally good was not counted."]
    listed = [names(record, choice.areas) for choice in best.choices[:LISTED]]
    return [
        *listed,
        *([f"and {best.ties - len(listed):,} more"] if best.ties > len(listed) else []),
    ]


def names(record: Record, areas: Sequence[str]) -> str:
    """Areas by name, in running text."""
    return listing(record.by_code[code].name for code in areas)


@lru_cache(maxsize=64)
def revealed(record: Record, asked: LocationProblem, made: tuple[Guess, ...]) -> Reveal:
    """The guesses beside the exact best. Raises ValueError for a guess that cannot be."""
    return reveal(record, asked, made)


@lru_cache(maxsize=64)
def answers(record: Record, asked: LocationProblem, made: tuple[Guess, ...]) -> dict[str, Any]:
    """What is said of the guesses: ``guesses`` as they were made, ``counts`` of them by area
    (code), ``choices`` (each once, with its map), ``rows`` of choices with the same result, the
    best first, and which choice is compared ``first``. Not to be changed: it is kept."""
    if not made:
        return {
            "said": "",
            "whole": "",
            "guesses": [],
            "counts": {},
            "choices": [],
            "rows": [],
            "first": -1,
        }
    found = revealed(record, asked, made)
    choices = tallied(found)
    most = most_guessed(choices)
    last = max(choices, key=lambda own: own.numbers[-1])
    rows: dict[str, list[int]] = {}
    for n in sorted(
        range(len(choices)),
        key=lambda n: (choices[n].answer.missed, -choices[n].answer.choice.gain),
    ):
        rows.setdefault(result_words(choices[n].answer), []).append(n)
    return {
        "said": room_sentence(found),
        "whole": reveal_sentence(record, found),
        "guesses": [
            {"id": own.id, "names": names(record, own.areas), "reason": own.reason} for own in made
        ],
        "counts": dict(Counter(code for own in made for code in own.areas)),
        "choices": [_choice(record, asked, own, own is most, len(made)) for own in choices],
        "rows": [{"words": words, "choices": numbers} for words, numbers in rows.items()],
        "first": choices.index(most or last),
    }


@lru_cache(maxsize=16)
def with_phones(
    record: Record, asked: LocationProblem, made: tuple[Guess, ...], phones: tuple[RoomChoice, ...]
) -> dict[str, Any]:
    """The same with what phones chose most often, told apart. Not to be changed: it is kept."""
    found = answers(record, asked, made)
    if not phones:
        return found
    before = len(found["choices"])
    own = [
        {
            **_choice(record, asked, Tally(choice.answer, (1,), ()), False, 1),
            "caption": (
                f"Most chosen on phones, {choice.made} of {choice.answered}:"
                f" {names(record, choice.answer.guess.areas)}"
            ),
        }
        for choice in phones
    ]
    rows = [
        {
            "words": (
                f"On phones ({choice.made} of {choice.answered}): {result_words(choice.answer)}"
            ),
            "choices": [before + n],
        }
        for n, choice in enumerate(phones)
    ]
    return {
        **found,
        "choices": [*found["choices"], *own],
        "rows": [*found["rows"], *rows],
        "first": found["first"] if made else 0,
    }


def _choice(
    record: Record, asked: LocationProblem, own: Tally, most: bool, all_: int
) -> dict[str, Any]:
    """One choice of the room: how it is named in a list and above its map, why, and the map."""
    answer, many = own.answer, len(own.numbers)
    outcome = outcome_of(record, with_hubs(record, asked, answer.choice))
    where = names(record, answer.guess.areas)
    if all_ == 1:
        which = "The only guess"
    elif most:
        which = f"Most guessed, {many} of {all_}"
    else:
        which = f"Guess{'es' * (many > 1)} {listing(map(str, own.numbers))}"
    return {
        "names": where + (f", {number(many)} guesses" if many > 1 else ""),
        "caption": f"{which}: {where}",
        "reasons": "; ".join(own.reasons),
        "said": shortfall_sentence(
            record, asked, Shortfall(answer.choice, answer.best), "This choice"
        ),
        "sentence": str(outcome_heading(outcome)),
        "drawn": scenario_drawn(outcome),
    }
