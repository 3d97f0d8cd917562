"""What is said of scenarios and of best places, word for word."""

from __future__ import annotations

import pytest
from support import one_clean_line

from provision.record import Record
from provision.scenarios.best_hubs import Asked, Weigh, best_hubs, fixed_hubs, shortfall
from provision.scenarios.evaluate import evaluate
from provision.scenarios.reach import Reach
from provision.scenarios.scenario import Scenario, presets
from provision.scenarios.sentences import best_sentence, outcome_sentence, outcome_sentences, reach_words, shortfall_sentence
from provision.scenarios.text import read_link


def said(record: Record, link: str) -> list[str]:
    scenario, notes = read_link(link, record)
    assert not notes
    return outcome_sentences(evaluate(record, scenario))


FARWATER = {
    "hubs=Elm~land": "With a hub in Elm (for its own quarter and its neighbours by land), 6 of Farwater's 7 quarters would be covered as at June 2020, "
    "instead of 4: one more (Fir) and Elm, which may have had a service all along, with 600 to 5,600 women of 18 and over.",
    "hubs=Gorse": "With a hub in Gorse (for its own quarter alone), 5 of Farwater's 7 quarters would be covered as at June 2020, "
    "instead of 4: Gorse, which may have had a service all along, with 0 or more women of 18 and over.",
    "off=lantern": "With Lantern switched off, 3 of Farwater's 7 quarters would be covered as at June 2020, instead of 4: "
    "one (Alder) loses its last service, with 1,000 women of 18 and over.",
    "off=lantern&hubs=Fir,Gorse~km:5": "With hubs in Fir and Gorse (under several reach rules) and Lantern switched off, 5 of Farwater's 7 quarters would be "
    "covered as at June 2020, instead of 4: one more (Fir) and Gorse, which may have had a service all along, with 600 or more women of 18 and over; "
    "one (Alder) loses its last service, with 1,000 women of 18 and over.",
    "ends=lantern~2020-03-31": "With Lantern ending early, on 31 March 2020, 3 of Farwater's 7 quarters would be covered as at June 2020, "
    "instead of 4: one (Alder) loses its last service, with 1,000 women of 18 and over.",
    "ends=ferry~2020-12&on=2020-12-31": "With Ferry taken to end in December 2020, 4 of Farwater's 7 quarters would be covered as at 31 December 2020, "
    "instead of 3: Damson, which may have had a service all along, with 0 to 4,000 women of 18 and over; none loses its last service.",
    "ends=lantern~2021-06&on=2021-01-01": "With Lantern extended to June 2021, 3 of Farwater's 7 quarters would be covered as at 1 January 2021, "
    "instead of 2: one more (Alder), with 1,000 women of 18 and over; of these, Alder had lapsed before; none loses its last service.",
    "cells=Alder~lantern~closed~2020-07,Fir~harvest~new": "With Lantern closed in Alder (July 2020) and Harvest new in Fir, 5 of Farwater's 7 quarters would "
    "be covered as at June 2020, instead of 4: one more (Fir), with 600 women of 18 and over; none loses its last service.",
    "hubs=Fir~from:2021-01": "With a hub in Fir (for its own quarter alone), 4 of Farwater's 7 quarters would be covered as at June 2020, "
    "as without it: none gains.",
    "": "Nothing is supposed: 4 of Farwater's 7 quarters have a contracted women's service as at June 2020; one has none; "
    "the source does not say for Elm and Gorse.",
}


@pytest.mark.parametrize("link", FARWATER)
def test_what_a_scenario_does(link: str, city: Record) -> None:
    assert said(city, link)[0] == FARWATER[link]


@pytest.mark.parametrize("link", FARWATER)
def test_every_sentence_is_one_clean_line_with_one_stop(link: str, city: Record) -> None:
    for sentence in said(city, link):
        assert one_clean_line(sentence) and sentence.endswith(".") and not sentence.endswith("..")
        assert sentence[0].isupper() and "None" not in sentence and "nan" not in sentence


def test_everything_that_is_said_of_the_planned_hubs(london: Record) -> None:
    assert outcome_sentences(evaluate(london, presets(london)["planned-hubs"])) == [
        "With hubs in Barnet, Bexley, Bromley, Kingston upon Thames, Merton, Richmond upon Thames and Tower Hamlets (each for its own borough alone), "
        "31 of London's 32 boroughs would be covered as at October 2018, instead of 24: seven more, with 735,258 women of 18 and over.",
        "Still not covered: Greenwich (not stated).",
        "Resting on a single provider or hub: 18 boroughs on Advance, three boroughs on Women in Prison and seven boroughs on one hub alone.",
        "That these seven gain holds under 4 of 4 other reach rules, which gain 8 in all; that none is lost holds under 4 of 4; "
        "that none is left with none holds under 4 of 4.",
        "Active contracts expect 700 women a year (Minerva CRC and South London Alliance not stated); the hubs' places are not stated, "
        "because nobody has said how many key workers they have or what one can do.",
        "What it would cost cannot be told: the key workers are not stated.",
    ]


def test_what_a_withdrawal_does(london: Record) -> None:
    found = outcome_sentences(evaluate(london, presets(london)["withdrawal"]))
    assert found[0] == (
        "With Advance withdrawn, 6 of London's 32 boroughs would be covered as at October 2018, instead of 24: "
        "18 lose their last service, with 1,875,130 women of 18 and over."
    )
    assert found[1] == "Still not covered: seven boroughs (no contracted service); 18 boroughs (lapsed); Greenwich (not stated)."
    assert (
        found[-1]
        == "Beside the baseline it would free £1,089,796 a year and £2,724,491 over 36 months, without what is not stated (Minerva CRC, switched off)."
    )


def test_the_date_presets_say_what_has_lapsed(london: Record) -> None:
    assert outcome_sentence(evaluate(london, presets(london)["after-2020-03"])) == (
        "Nothing is supposed: 21 of London's 32 boroughs have a contracted women's service as at 1 April 2020; "
        "in three every contract has ended (Enfield, Hackney and Redbridge); seven have none; the source does not say for Greenwich."
    )


def ask(record: Record, hubs: int, reach: str, weigh: Weigh = Weigh.BOROUGHS) -> Asked:
    return Asked(Scenario.default(record), hubs, Reach.parse(reach), weigh)


def test_the_best_places(london: Record) -> None:
    asked = ask(london, 2, "land", Weigh.WOMEN)
    assert best_sentence(london, asked, best_hubs(london, asked)) == (
        "Two further hubs, each for its own borough and its neighbours by land, would newly reach 465,331 women of 18 and over who live where there is "
        "no contracted service at best, for instance in Bexley and Kingston upon Thames (and one not stated); 6 choices do."
    )
    asked = ask(london, 1, "own", Weigh.WOMEN)
    assert best_sentence(london, asked, best_hubs(london, asked)).endswith("for instance in Barnet; no other choice does.")


def test_nothing_left_to_gain(city: Record) -> None:
    asked = Asked(fixed_hubs(city, ["Q6"], Reach()), 1, Reach())
    assert (
        best_sentence(city, asked, best_hubs(city, asked))
        == "No further hub, for its own quarter alone, would reach another quarter without a contracted service."
    )


def test_the_room_s_choice_beside_the_best(london: Record) -> None:
    asked = ask(london, 1, "land")
    assert shortfall_sentence(london, asked, shortfall(london, asked, ["E09000030"])) == (
        "Yours (Tower Hamlets) reaches one borough without a contracted service; two other choices reach 3."
    )
    assert shortfall_sentence(london, asked, shortfall(london, asked, ["E09000021"])) == (
        "Yours (Kingston upon Thames) reaches three boroughs without a contracted service: no choice of as many reaches more."
    )


def test_reach_rules_in_words(london: Record, city: Record) -> None:
    assert reach_words(london, Reach.parse("km:7.5")) == (
        "each for the boroughs whose centre lies within 7.5 km of its own, in British National Grid (EPSG:27700)"
    )
    assert reach_words(city, Reach.parse("touching")) == "each for its own quarter and all that border on it, by land or over the river"
