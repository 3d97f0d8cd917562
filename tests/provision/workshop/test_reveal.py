"""Predict, then reveal: answers by hand on Farwater and on the real map, and what must hold of any
guess on any map."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.graphs import ask, graph, graphs, slowly
from support.regions import AREAS

from provision.location.best_hubs import best_hubs
from provision.location.problem import Objective
from provision.record import Record
from provision.scenarios.evaluate import evaluate
from provision.scenarios.scenario import Hub, Scenario
from provision.workshop.entries import MOST_GUESSES
from provision.workshop.headlines import best_headline, outcome_headline
from provision.workshop.reveal import (
    Guess,
    measure,
    most_guessed,
    refused,
    result_words,
    reveal,
    reveal_sentence,
    revealed,
    room_sentence,
    tallied,
)


def guesses(*sets: str) -> list[Guess]:
    return [Guess(tuple(codes.split()), id=f"guess-{n:03d}") for n, codes in enumerate(sets, 1)]


def said(record: Record, hubs: int, reach: str, *sets: str, **more: Any) -> str:
    return reveal_sentence(record, reveal(record, ask(record, hubs, reach, **more), guesses(*sets)))


# Farwater: Fir alone is listed as having none. Elm, Fir and Gorse lie in a row; Elm and Gorse are
# in no list.


def test_a_guess_beside_the_best(city: Record) -> None:
    found = reveal(city, ask(city, 1, "land"), guesses("Q1", "Q6", "Q7"))
    assert (found.best.gain, found.best.ties, [c.areas for c in found.best.choices]) == (
        1,
        3,
        [("Q5",), ("Q6",), ("Q7",)],
    )
    assert [(a.choice.gain, a.missed, a.among_the_best) for a in found.answers] == [
        (0, 1, False),
        (1, 0, True),
        (1, 0, True),
    ]
    assert [(a.choice.gain_not_stated, a.choice.gain_lapsed) for a in found.answers] == [
        (0, 0),
        (2, 0),
        (1, 0),
    ]
    assert found.nearest is found.answers[1], (
        "the first of two that are as good; areas not stated tip nothing"
    )


def test_what_lapsed_is_told_apart_too(city: Record) -> None:
    """On 15 January 2021 Alder has had Lantern and waits for Orchard."""
    start = replace(Scenario.default(city), on=date(2021, 1, 15))
    found = reveal(city, ask(city, 1, "own", existing=start), guesses("Q1"))
    assert (
        found.answers[0].choice.gain,
        found.answers[0].choice.gain_lapsed,
        found.answers[0].missed,
    ) == (0, 1, 1)
    assert (
        reveal_sentence(city, found)
        == "The room's choice (Alder) reaches no quarter without a contracted service (and one"
        " lapsed); the best reaches 1."
    )


def test_women_where_that_was_asked(city: Record) -> None:
    """Fir has 600 women aged 18 or over."""
    asked = ask(city, 1, "own", objective=Objective.WOMEN)
    found = reveal(city, asked, guesses("Q6", "Q5"))
    assert [(a.choice.gain, a.missed) for a in found.answers] == [(600, 0), (0, 600)]
    assert (
        measure(city, asked)
        == "women aged 18 or over who live where there is no contracted service"
    )
    assert measure(city, ask(city, 1, "own")) == "quarters without a contracted service"


@pytest.mark.parametrize(
    ("sets", "sentence"),
    [
        (
            [],
            (
                "One further hub, for its own quarter and its neighbours by land, would newly reach"
                " one quarter without a contracted service at best, for instance in Elm (and one"
                " not stated). Three choices reach as many."
            ),
        ),
        (
            ["Q6"],
            (
                "The room's choice (Fir) reaches one quarter without a contracted service (and two"
                " not stated). No other choice of as many hubs reaches more."
            ),
        ),
        (
            ["Q2"],
            (
                "The room's choice (Birch) reaches no quarter without a contracted service; the"
                " best reaches 1. Three choices do."
            ),
        ),
        (
            ["Q2", "Q7"],
            (
                "One of two guesses is among the best; it (Gorse) reaches one quarter without a"
                " contracted service (and one not stated). No other choice of as many hubs reaches"
                " more."
            ),
        ),
        (
            ["Q6", "Q1", "Q5"],
            (
                "Two of three guesses are among the best; the first of them (Fir) reaches one"
                " quarter without a contracted service (and two not stated). No other choice of as"
                " many hubs reaches more."
            ),
        ),
        (
            ["Q1", "Q2"],
            (
                "None of the two guesses is among the best; the nearest (Alder) reaches no quarter"
                " without a contracted service; the best reaches 1. Three choices do."
            ),
        ),
    ],
)
def test_the_sentence(sets: list[str], sentence: str, city: Record) -> None:
    assert said(city, 1, "land", *sets) == sentence


def test_where_nothing_can_be_gained_nobody_has_lost(city: Record) -> None:
    start = Scenario.default(city).with_hub(Hub("Q6"))
    assert (
        said(city, 1, "own", "Q1", "Q2", existing=start)
        == "No further hub, for its own quarter alone, would reach another quarter without a"
        " contracted service."
    )


def test_choices_are_tallied_once_each_whatever_the_order_of_their_places(city: Record) -> None:
    found = reveal(city, ask(city, 2, "own"), guesses("Q1 Q2", "Q6", "Q2 Q1", "Q6 Q1", "Q6"))
    tallies = tallied(found)
    assert [(t.answer.guess.areas, t.numbers) for t in tallies] == [
        (("Q1", "Q2"), (1, 3)),
        (("Q6",), (2, 5)),
        (("Q6", "Q1"), (4,)),
    ]
    assert most_guessed(tallies) is None, "two choices have two guesses each"
    assert most_guessed(tallies[1:]) is tallies[1] and most_guessed(tallies[2:]) is tallies[2]
    assert most_guessed(()) is None
    assert [result_words(t.answer) for t in tallies] == [
        "0; the best reaches 1",
        "1; as much as the best",
        "1; as much as the best",
    ]


@pytest.mark.parametrize(
    ("sets", "sentence"),
    [
        ([], ""),
        (["Q6"], "The guess is among the best."),
        (["Q2"], "The guess is not among the best."),
        (["Q2", "Q1"], "None of the two guesses is among the best."),
        (["Q2", "Q7"], "One of the two guesses is among the best."),
        (["Q2", "Q7", "Q6"], "Two of the three guesses are among the best."),
    ],
)
def test_how_many_are_right_in_one_short_sentence(
    sets: list[str], sentence: str, city: Record
) -> None:
    assert room_sentence(reveal(city, ask(city, 1, "land"), guesses(*sets))) == sentence


@pytest.mark.parametrize(
    ("hubs", "reach", "headline"),
    [
        (
            1,
            "own",
            (
                "The best place for the next hub is Fir: it would newly reach one quarter without a"
                " contracted service."
            ),
        ),
        (
            1,
            "land",
            (
                "The best places for the next hub are Elm, Fir and Gorse: each would newly reach"
                " one quarter without a contracted service."
            ),
        ),
        (
            2,
            "own",
            (
                "The best next two hubs would newly reach one quarter without a contracted service,"
                " for instance in"
            ),
        ),
    ],
)
def test_the_headline_of_the_best(hubs: int, reach: str, headline: str, city: Record) -> None:
    asked = ask(city, hubs, reach)
    assert best_headline(city, asked, best_hubs(city, asked)).startswith(headline)


def test_the_headline_of_a_scenario(city: Record) -> None:
    one = Scenario.default(city).with_hub(Hub("Q6"))
    assert outcome_headline(evaluate(city, Scenario.default(city))) == ""
    assert (
        outcome_headline(evaluate(city, one))
        == "With one hub, 5 to 7 of 7 quarters would be covered, instead of 4 to 6."
    ), "two are in no list"
    assert outcome_headline(evaluate(city, one.with_hub(Hub("Q5")))).startswith("With two hubs, ")


# London's map


def test_a_room_in_london(london: Record) -> None:
    """By land, Kingston or Wandsworth reach Kingston, Merton and Richmond; Bexley, Bromley or
    Greenwich reach Bexley and Bromley; and there are Barnet and Tower Hamlets alone. Three hubs
    reach six."""
    found = reveal(
        london,
        ask(london, 3, "land"),
        guesses("E09000003 E09000004 E09000021", "E09000003 E09000030 E09000004", "E09000003"),
    )
    assert found.best.gain == 6
    assert [(a.choice.gain, a.missed) for a in found.answers] == [
        (6, 0),
        (4, 2),
        (1, 2),
    ], "one hub beside the best of one: Kingston reaches three"
    assert reveal_sentence(london, found).startswith(
        "One of three guesses is among the best of as many; it (Barnet, Bexley and Kingston upon"
        " Thames) reaches six boroughs"
    )


def test_what_is_kept_is_what_was_told(london: Record) -> None:
    asked = ask(london, 3, "land")
    found = reveal(
        london, asked, [*guesses("E09000003 E09000012 E09000004"), Guess(("E09000003",))]
    )
    kept = revealed(london, found, "question")
    assert kept.sentence == reveal_sentence(london, found) and kept.asked == "question"
    assert (kept.gain, kept.ties, kept.measure) == (
        6,
        found.best.ties,
        "boroughs without a contracted service",
    )
    assert [(r.guess, r.gain, r.missed, r.gain_not_stated) for r in kept.results] == [
        ("guess-001", 4, 2, 1)
    ], "the other is in no record"
    assert len(kept.choices) == 20 < (kept.ties or 0) and kept.choices == tuple(
        c.areas for c in found.best.choices
    )


# Any guess on any map


@given(
    graphs,
    st.integers(1, 3),
    st.lists(st.lists(st.sampled_from(AREAS), unique=True, min_size=1, max_size=3), max_size=5),
    st.sampled_from(Objective),
)
def test_no_guess_beats_the_best(
    found: Any, hubs: int, sets: list[list[str]], weigh: Objective
) -> None:
    none, edges, women = found
    record = graph(none, edges, women)
    worth = {
        a: (w or 0) if weigh is Objective.WOMEN else 1 for a, w in zip(AREAS, women, strict=True)
    }
    sets = [own[:hubs] for own in sets]
    told = reveal(
        record, ask(record, hubs, "land", objective=weigh), [Guess(tuple(own)) for own in sets]
    )
    for answer, own in zip(told.answers, sets, strict=True):
        best, ties = slowly(found, len(own), worth, [], [])
        assert answer.missed >= 0 and answer.choice.gain + answer.missed == best
        assert answer.among_the_best == (tuple(sorted(own)) in ties)
    assert reveal_sentence(record, told).endswith(".")


# What is no guess


@pytest.mark.parametrize(
    ("areas", "why"),
    [
        ((), "choose at least one quarter"),
        (("Q1", "Q2", "Q3"), "that is three; the question is about two"),
        (("Q1", "Q1"), "choose each quarter once"),
        (("Q1", "<b>"), "'<b>' is no quarter of Farwater"),
        (("Q6",), "Fir has a hub already"),
        (("Q2",), "Birch is left out of the question"),
        (("Q8",), "Harbour is left out of the question"),
        (("Q1", "Q5"), ""),
    ],
)
def test_what_is_no_guess_is_said_before_it_is_kept(
    areas: tuple[str, ...], why: str, city: Record
) -> None:
    asked = ask(
        city, 2, "own", existing=Scenario.default(city).with_hub(Hub("Q6")), excluded=("Q2",)
    )
    assert refused(city, asked, areas) == why
    if why:
        with pytest.raises(ValueError, match="^" + why.replace("<b>", ".b.")):
            reveal(city, asked, [Guess(areas)])


def test_guesses_are_bounded(city: Record) -> None:
    with pytest.raises(ValueError, match="there are 201 guesses"):
        reveal(city, ask(city, 1, "own"), [Guess(("Q1",))] * (MOST_GUESSES + 1))
