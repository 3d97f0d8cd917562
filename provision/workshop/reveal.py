"""Predict, then reveal: the room's guesses at the best places for further hubs, beside the exact
best.

A guess is compared with the best of *as many* hubs, so that nobody is marked down for having named
fewer. What it gains, what it falls short and whether it is among the best are told by what was
asked for alone (areas without a contracted service, or the women there); areas not stated and
lapsed that it would reach too are told apart, because nobody knows what they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from provision.english import listing, number
from provision.io.problems import shown
from provision.location.best_hubs import Best, Choice, Shortfall, best_hubs, own_choices
from provision.location.problem import LocationProblem, Objective, candidate_sites
from provision.record import Record
from provision.text.best_hubs import best_sentence, shortfall_sentence
from provision.workshop.entries import MOST_GUESSES, MOST_LISTED, Result, Revealed


@dataclass(frozen=True)
class Guess:
    """Where somebody would put hubs (codes) and why. ``id`` is that of the entry in the record, if
    it is in one."""

    areas: tuple[str, ...]
    reason: str = ""
    id: str = ""


@dataclass(frozen=True)
class Answer:
    """A guess, what it gains, and the best of as many hubs."""

    guess: Guess
    choice: Choice
    best: Best

    @property
    def missed(self) -> int:
        """How much more the best gains; never below 0."""
        return self.best.gain - self.choice.gain

    @property
    def among_the_best(self) -> bool:
        """Whether no choice of as many gains more: it is the best, or one of its ties."""
        return self.missed == 0


@dataclass(frozen=True)
class Reveal:
    """What is shown when the room has guessed: the best for the question, and every guess in the
    order in which it was made."""

    asked: LocationProblem
    best: Best
    answers: tuple[Answer, ...]

    @property
    def nearest(self) -> Answer | None:
        """The guess that falls least short; of several, the one that gains most, then the one made
        first."""
        return min(self.answers, key=lambda a: (a.missed, -a.choice.gain), default=None)


def reveal(
    record: Record, asked: LocationProblem, guesses: Sequence[Guess], limit: int = MOST_LISTED
) -> Reveal:
    """The guesses beside the exact best, of which at most ``limit`` sets are listed. Raises
    ValueError, in the room's words, for a guess that cannot be (:func:`refused`) or a question that
    has no answer."""
    if len(guesses) > MOST_GUESSES:
        raise ValueError(f"there are {len(guesses)} guesses; {MOST_GUESSES} are compared at once")
    for guess in guesses:
        if why := refused(record, asked, guess.areas):
            raise ValueError(why)
    sizes = {asked.facilities, *(len(guess.areas) for guess in guesses)}
    best = {size: best_hubs(record, replace(asked, facilities=size), limit) for size in sizes}
    choices = own_choices(record, asked, [guess.areas for guess in guesses])
    answers = (
        Answer(guess, choice, best[len(guess.areas)])
        for guess, choice in zip(guesses, choices, strict=True)
    )
    return Reveal(asked, best[asked.facilities], tuple(answers))


@dataclass(frozen=True)
class Tally:
    """One choice of the room: the guesses at the same areas, by their numbers (from 1, in the order
    in which they were made), with the reasons that were given."""

    answer: Answer
    numbers: tuple[int, ...]
    reasons: tuple[str, ...]


def tallied(found: Reveal) -> tuple[Tally, ...]:
    """Every choice once, in the order in which each was first made."""
    choices: dict[tuple[str, ...], list[tuple[int, Answer]]] = {}
    for n, answer in enumerate(found.answers, 1):
        choices.setdefault(tuple(sorted(answer.guess.areas)), []).append((n, answer))
    return tuple(
        Tally(
            made[0][1],
            tuple(n for n, _ in made),
            tuple(dict.fromkeys(answer.guess.reason for _, answer in made if answer.guess.reason)),
        )
        for made in choices.values()
    )


def most_guessed(tallies: Sequence[Tally]) -> Tally | None:
    """The choice that more of the room made than any other; None where there is no such choice."""
    most = max((len(own.numbers) for own in tallies), default=0)
    found = [own for own in tallies if len(own.numbers) == most]
    return found[0] if len(found) == 1 and (most > 1 or len(tallies) == 1) else None


def refused(record: Record, asked: LocationProblem, areas: Sequence[str]) -> str:
    """Why areas (codes) are no guess at a question; empty where they are one. To be asked before
    the guess is kept."""
    region, known = record.file.region, set(candidate_sites(record, asked))
    if not areas:
        return f"choose at least one {region.area}"
    if len(areas) > asked.facilities:
        return f"that is {number(len(areas))}; the question is about {number(asked.facilities)}"
    if len(set(areas)) < len(areas):
        return f"choose each {region.area} once"
    for code in areas:
        if code not in record.by_code:
            return f"{shown(code)} is no {region.area} of {region.name}"
        if code not in known:
            name = record.by_code[code].name
            stands = code in {hub.area for hub in asked.start(record).hubs}
            return f"{name} has a hub already" if stands else f"{name} is left out of the question"
    return ""


def reveal_sentence(record: Record, found: Reveal) -> str:
    """What the room hears: how near its guesses came, or the best alone where nobody guessed or
    nothing can be gained."""
    nearest, many = found.nearest, len(found.answers)
    if nearest is None or not found.best.gain:
        return best_sentence(record, found.asked, found.best)
    beside = Shortfall(nearest.choice, nearest.best)
    if many == 1:
        return shortfall_sentence(record, found.asked, beside, "The room's choice")
    right = sum(answer.among_the_best for answer in found.answers)
    best = _best_words(found)
    if not right:
        return (
            f"None of the {number(many)} guesses is among {best};"
            f" {shortfall_sentence(record, found.asked, beside, 'the nearest')}"
        )
    those = (
        f"{number(right).capitalize()} of {number(many)} guesses {'is' if right == 1 else 'are'}"
        f" among {best}"
    )
    whose = "it" if right == 1 else "the first of them"
    return f"{those}; {shortfall_sentence(record, found.asked, beside, whose)}"


def room_sentence(found: Reveal) -> str:
    """How many guesses are among the best, for a screen that shows each guess beside it; empty
    without guesses, or where nothing can be gained."""
    many, right = len(found.answers), sum(answer.among_the_best for answer in found.answers)
    if not many or not found.best.gain:
        return ""
    best = _best_words(found)
    if many == 1:
        return f"The guess is {'' if right else 'not '}among {best}."
    return (
        f"{number(right).capitalize() if right else 'None'} of the {number(many)} guesses"
        f" {'is' if right < 2 else 'are'} among {best}."
    )


def _best_words(found: Reveal) -> str:
    return (
        "the best"
        if all(len(a.guess.areas) == found.asked.facilities for a in found.answers)
        else "the best of as many"
    )


def result_words(answer: Answer) -> str:
    """What a choice reaches, in numbers alone, and how that stands beside the best of as many."""
    beside = (
        "as much as the best" if answer.among_the_best else f"the best reaches {answer.best.gain:,}"
    )
    apart = apart_words(answer.choice.gain_not_stated, answer.choice.gain_lapsed)
    return f"{answer.choice.gain:,}{apart}; {beside}"


def apart_words(not_stated: int, lapsed: int) -> str:
    """What a choice reaches too and nobody knows the worth of, in brackets; empty where it reaches
    nothing of the kind."""
    parts = [f"{n:,} {what}" for n, what in ((not_stated, "not stated"), (lapsed, "lapsed")) if n]
    return f" (and {listing(parts)})" if parts else ""


def measure(record: Record, asked: LocationProblem) -> str:
    """What gains are counted in."""
    region = record.file.region
    if asked.objective is Objective.WOMEN:
        return (
            f"women aged {region.scope_minimum_age} or over who live where there is no contracted"
            " service"
        )
    return f"{region.areas} without a contracted service"


def revealed(record: Record, found: Reveal, question: str) -> Revealed:
    """What is kept of it: ``question`` is the id of the entry that asked. Guesses that are in no
    record are left out of the results."""
    results = (
        Result(
            guess=a.guess.id,
            gain=a.choice.gain,
            missed=a.missed,
            gain_not_stated=a.choice.gain_not_stated,
            gain_lapsed=a.choice.gain_lapsed,
        )
        for a in found.answers
        if a.guess.id
    )
    best = found.best
    return Revealed(
        asked=question,
        sentence=reveal_sentence(record, found),
        measure=measure(record, found.asked),
        gain=best.gain,
        ties=best.ties,
        choices=tuple(choice.areas for choice in best.choices[:MOST_LISTED]),
        results=tuple(results),
    )
