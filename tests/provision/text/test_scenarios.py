"""What is said of scenarios and of best places, word for word."""

from __future__ import annotations

import pytest
from support import one_clean_line

from provision.links.query import read_link
from provision.location.best_hubs import best_hubs, fixed_hubs, shortfall
from provision.location.catchment import CatchmentRule
from provision.location.problem import LocationProblem, Objective
from provision.record import Record
from provision.scenarios.costs import capacity
from provision.scenarios.evaluate import evaluate
from provision.scenarios.scenario import Scenario, presets
from provision.text.best_hubs import best_sentence, shortfall_sentence
from provision.text.cost_caution import cost_caution
from provision.text.hubs import reach_words
from provision.text.scenario_sums import holds_sentence, places_sentence
from provision.text.scenarios import outcome_heading, outcome_sentences


def said(record: Record, link: str) -> list[str]:
    scenario, notes = read_link(link, record)
    assert not notes
    return outcome_sentences(evaluate(record, scenario))


# In the record of June 2020 four quarters are covered, and of Elm and Gorse it is not stated: 4 to
# 6. Damson's Ferry has no stated end, so that
# it is not stated either once the record no longer speaks: 3 to 6 at the end of 2020, and 2 to 5
# when Lantern has ended in Alder.
FARWATER = {
    "hubs=Elm~land": (
        "1 more quarter would be covered. With a hub in Elm (for its own quarter and"
        " its neighbours by land), 6 to 7 of Farwater's 7 quarters would be covered,"
        " instead of 4 to 6. Date: June 2020. Newly covered: Fir. Newly covered, if"
        " without a service now: Elm. Living there: 600 to 5,600 women aged 18 or over."
    ),
    "hubs=Elm,Gorse": (
        "2 quarters would gain, if they had no service already. With hubs in Elm and"
        " Gorse (each for its own quarter alone), 6 of Farwater's 7 quarters would be"
        " covered, instead of 4 to 6. Date: June 2020. Newly covered, if without a"
        " service now: Elm and Gorse. Living there: 0 or more women aged 18 or over, not"
        " counting one quarter without a figure."
    ),
    "hubs=Gorse": (
        "1 quarter would gain, if it had no service already. With a hub in Gorse (for"
        " its own quarter alone), 5 to 6 of Farwater's 7 quarters would be covered,"
        " instead of 4 to 6. Date: June 2020. Newly covered, if without a service now:"
        " Gorse. Living there: 0 or more women aged 18 or over, not counting one quarter"
        " without a figure."
    ),
    "off=lantern": (
        "1 quarter would lose its last service. With Lantern switched off, 3 to 5 of"
        " Farwater's 7 quarters would be covered, instead of 4 to 6. Date: June 2020."
        " Last service lost: Alder. Living there: 1,000 women aged 18 or over."
    ),
    "off=lantern&hubs=Fir,Gorse~km:5": (
        "1 more quarter would be covered; 1 would lose its last service. With a hub in"
        " Fir (for its own quarter alone), a hub in Gorse (for the quarters whose centre"
        " lies within 5 km of its own, in UTM zone 32) and Lantern switched off, 5 to 6"
        " of Farwater's 7 quarters would be covered, instead of 4 to 6. Date: June 2020."
        " Newly covered: Fir. Newly covered, if without a service now: Gorse. Living"
        " there: 600 or more women aged 18 or over, not counting one quarter without a"
        " figure. Last service lost: Alder. Living there: 1,000 women aged 18 or over."
    ),
    "ends=lantern~2020-03-31": (
        "1 quarter would lose its last service. With Lantern ending early, on 31 March"
        " 2020, 3 to 5 of Farwater's 7 quarters would be covered, instead of 4 to 6."
        " Date: June 2020. Last service lost: Alder. Living there: 1,000 women aged 18"
        " or over."
    ),
    "ends=ferry~2020-12&on=2020-12-31": (
        "1 quarter would gain, if it had no service already. With Ferry taken to end in"
        " December 2020, 4 to 6 of Farwater's 7 quarters would be covered, instead of 3"
        " to 6. Date: 31 December 2020. Newly covered, if without a service now: Damson."
        " Living there: 0 to 4,000 women aged 18 or over. No last service is lost."
    ),
    "ends=lantern~2021-06&on=2021-01-01": (
        "1 more quarter would be covered. With Lantern extended to June 2021, 3 to 6 of"
        " Farwater's 7 quarters would be covered, instead of 2 to 5. Date: 1 January"
        " 2021. Newly covered: Alder. Living there: 1,000 women aged 18 or over."
        " Contract ended there before: Alder. No last service is lost."
    ),
    "cells=Alder~lantern~closed~2020-07,Fir~harvest~new": (
        "1 more quarter would be covered. With Lantern closed in Alder (July 2020) and"
        " Harvest new in Fir, 5 to 7 of Farwater's 7 quarters would be covered, instead"
        " of 4 to 6. Date: June 2020. Newly covered: Fir. Living there: 600 women aged"
        " 18 or over. No last service is lost."
    ),
    "hubs=Fir~from:2021-01": (
        "This hub adds no quarters. With a hub in Fir (for its own quarter alone), 4 to"
        " 6 of Farwater's 7 quarters would be covered, as now. Date: June 2020."
    ),
    "cells=Alder~lantern~wrong": (
        "1 quarter may lose its last service. With Lantern never named for Alder, 3 to"
        " 6 of Farwater's 7 quarters would be covered, instead of 4 to 6. Date: June"
        " 2020. Not known if still covered: Alder. Living there: 0 to 1,000 women aged"
        " 18 or over."
    ),
    "cells=Alder~lantern~wrong&off=ferry": (
        "1 quarter would lose its last service. With Ferry switched off and Lantern"
        " never named for Alder, 2 to 5 of Farwater's 7 quarters would be covered,"
        " instead of 4 to 6. Date: June 2020. Last service lost: Damson. Not known if"
        " still covered: Alder. Living there: 4,000 to 5,000 women aged 18 or over."
    ),
    "cells=Gorse~harvest~new": (
        "1 quarter would gain, if it had no service already. With Harvest new in Gorse,"
        " 5 to 6 of Farwater's 7 quarters would be covered, instead of 4 to 6. Date:"
        " June 2020. Newly covered, if without a service now: Gorse. Living there: 0 or"
        " more women aged 18 or over, not counting one quarter without a figure. No last"
        " service is lost."
    ),
    "": (
        "You have not changed anything yet. 4 of Farwater's 7 quarters have a"
        " contracted women's service. Date: June 2020. No contracted service: Fir. Not"
        " known: Elm and Gorse."
    ),
}


@pytest.mark.parametrize("link", FARWATER)
def test_what_a_scenario_does(link: str, city: Record) -> None:
    assert said(city, link)[0] == FARWATER[link]


@pytest.mark.parametrize("link", FARWATER)
def test_every_sentence_is_one_clean_line_with_one_stop(link: str, city: Record) -> None:
    for sentence in said(city, link):
        assert one_clean_line(sentence) and sentence.endswith(".") and not sentence.endswith("..")
        assert (
            (sentence[0].isupper() or sentence[0].isdigit())
            and "None" not in sentence
            and "nan" not in sentence
        )


def test_everything_that_is_said_of_the_planned_hubs(london: Record) -> None:
    assert outcome_sentences(evaluate(london, presets(london)["planned-hubs"])) == [
        (
            "7 more boroughs would be covered. With hubs in Barnet, Bexley, Bromley,"
            " Kingston upon Thames, Merton, Richmond upon Thames and Tower Hamlets (each for"
            " its own borough alone), 31 to 32 of London's 32 boroughs would be covered,"
            " instead of 24 to 25. Date: October 2018. Newly covered: seven boroughs. Living"
            " there: 735,258 women aged 18 or over."
        ),
        "No borough is known to be left without. Not known: Greenwich.",
        (
            "Depends on one provider or hub: 18 boroughs on Advance, three boroughs on"
            " Women in Prison and seven boroughs on one hub alone."
        ),
        (
            "4 of 4 other distance rules also add these 7; in all they add 7. 4 of 4 lose"
            " none and 4 of 4 leave none without."
        ),
        (
            "Active contracts expect 700 women a year (Minerva CRC states 950 referrals (expected),"
            " which are not women; South London Alliance not stated). Places at the hubs are"
            " not known. Enter their key workers, and what one can do, to see them."
        ),
        "We cannot work out the cost yet: the key workers are not stated.",
        cost_caution(london).text,
    ]


def test_what_a_withdrawal_does(london: Record) -> None:
    found = outcome_sentences(evaluate(london, presets(london)["withdrawal"]))
    assert found[0] == (
        "18 boroughs would lose their last service. With Advance withdrawn, 6 to 7 of"
        " London's 32 boroughs would be covered, instead of 24 to 25. Date: October"
        " 2018. Last service lost: 18 boroughs. Living there: 1,875,130 women aged 18 or"
        " over."
    )
    assert found[1] == (
        "Still not covered: seven boroughs (no contracted service); 18 boroughs"
        " (lapsed). Not known: Greenwich."
    )
    assert (
        found[-2]
        == "Beside the baseline it would free £1,089,796 a year and £2,724,491 over 36 months,"
        " without what is not stated (Minerva CRC, switched off)."
    )


def test_a_provider_that_withdraws_and_is_a_partner_elsewhere_is_named(london: Record) -> None:
    # Advance leads the two Minerva services and is a partner of Women in Prison in the South London
    # Alliance, until March 2021.
    elsewhere = (
        "Advance is also a partner in South London Alliance, which is taken to go on without it."
    )
    assert (
        said(london, "withdraw=Advance")[2]
        == f"Depends on one provider or hub: six boroughs on Women in Prison. {elsewhere}"
    )
    assert (
        elsewhere in said(london, "withdraw=Advance&on=2021-03-31")[2]
        and elsewhere not in said(london, "withdraw=Advance&on=2021-04-01")[2]
    )
    assert "also a partner" not in said(london, "withdraw=Advance,Women in Prison")[2], (
        "nothing goes on without it"
    )
    assert "also a partner" not in said(london, "withdraw=Women in Prison")[2], (
        "it is no partner of Advance"
    )
    assert "also a partner" not in said(london, "off=minerva-crc,minerva-wraparound")[2], (
        "a service that stops takes no provider away"
    )


OTHERS = "(Lantern not stated; Ferry not stated; Quay not stated)"
NO_NUMBER = (
    f"Active contracts expect a number of women a year that is not stated, instead of 60 {OTHERS}"
)


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        # Harvest's 60 women a year are all that is stated; a key worker is taken to support 20.
        (
            "off=harvest",
            f"{NO_NUMBER}, and 60 places fewer remain than in the baseline, hubs counted in.",
        ),
        (
            "off=harvest&hubs=Cedar~kw:2&assume=women:20",
            (
                f"{NO_NUMBER}, and 20 places fewer remain than in the baseline, hubs counted in."
                " The hubs have places for 40."
            ),
        ),
        (
            "off=harvest&hubs=Cedar~kw:3&assume=women:20",
            f"{NO_NUMBER}. The hubs have places for 60.",
        ),
        (
            "off=harvest&hubs=Cedar~kw:9&assume=women:20",
            f"{NO_NUMBER}. The hubs have places for 180.",
        ),
        # Where a hub's places are not stated, nobody can say what is missing.
        (
            "off=harvest&hubs=Cedar,Fir~kw:1&assume=women:20",
            (
                f"{NO_NUMBER}. The hubs have places for 20, not counting one hub. Enter their key"
                " workers, and what one can do, to see them."
            ),
        ),
        (
            "hubs=Fir~kw:1&assume=women:20",
            f"Active contracts expect 60 women a year {OTHERS}. The hubs have places for 20.",
        ),
    ],
)
def test_the_places_and_how_many_are_missing(link: str, sentence: str, city: Record) -> None:
    scenario, _ = read_link(link, city)
    outcome = evaluate(city, scenario)
    assert places_sentence(outcome, capacity(outcome)) == sentence


def test_what_holds_under_other_rules_can_be_read_aloud(city: Record) -> None:
    # A hub in Elm reaches Fir by land: so do the rules over a crossing or the river, and neither
    # Elm's own nor 8 km (11 km apart) does.
    assert holds_sentence(evaluate(city, read_link("hubs=Elm~land", city)[0])) == (
        "2 of 4 other distance rules also add this one; in all they add 0 to 1. 4 of 4"
        " lose none and 2 of 4 leave none without."
    )
    # Nothing is known to gain or to be lost, though Gorse may gain and Alder may lose.
    assert holds_sentence(
        evaluate(city, read_link("hubs=Gorse&cells=Alder~lantern~wrong", city)[0])
    ).startswith(
        "1 of 4 other distance rules also add none for certain; in all they add 0 to 1. 4 of 4"
        " lose none for certain"
    )


def test_the_date_presets_say_what_has_lapsed(london: Record) -> None:
    assert str(outcome_heading(evaluate(london, presets(london)["after-2020-03"]))) == (
        "You have not changed anything yet. 21 of London's 32 boroughs have a"
        " contracted women's service. Date: 1 April 2020. Contract ended: Enfield,"
        " Hackney and Redbridge. No contracted service: Barnet, Bexley, Bromley,"
        " Kingston upon Thames, Merton, Richmond upon Thames and Tower Hamlets. Not"
        " known: Greenwich."
    )


def ask(
    record: Record, hubs: int, reach: str, weigh: Objective = Objective.AREAS
) -> LocationProblem:
    return LocationProblem(
        hubs, CatchmentRule.parse(reach), weigh, existing=Scenario.default(record)
    )


def test_the_best_places(london: Record) -> None:
    asked = ask(london, 2, "land", Objective.WOMEN)
    assert best_sentence(london, asked, best_hubs(london, asked)) == (
        "Two further hubs, each for its own borough and its neighbours by land, would"
        " newly reach 465,331 women aged 18 or over who live where there is no"
        " contracted service at best, for instance in Bexley and Kingston upon Thames"
        " (and one not stated). Six choices reach as many."
    )
    asked = ask(london, 1, "own", Objective.WOMEN)
    assert best_sentence(london, asked, best_hubs(london, asked)).endswith(
        "for instance in Barnet. No other choice reaches as many."
    )


def test_nothing_left_to_gain(city: Record) -> None:
    asked = LocationProblem(existing=fixed_hubs(city, ["Q6"], CatchmentRule()))
    assert (
        best_sentence(city, asked, best_hubs(city, asked))
        == "No further hub, for its own quarter alone, would reach another quarter without a"
        " contracted service."
    )


def test_the_room_s_choice_beside_the_best(london: Record) -> None:
    asked = ask(london, 1, "land")
    assert shortfall_sentence(london, asked, shortfall(london, asked, ["E09000030"])) == (
        "Yours (Tower Hamlets) reaches one borough without a contracted service; the"
        " best reaches 3. Two choices do."
    )
    assert shortfall_sentence(london, asked, shortfall(london, asked, ["E09000021"])) == (
        "Yours (Kingston upon Thames) reaches three boroughs without a contracted"
        " service. No other choice of as many hubs reaches more."
    )


def test_reach_rules_in_words(london: Record, city: Record) -> None:
    assert (
        reach_words(london, CatchmentRule.parse("km:7.5"))
        == "each for the boroughs whose centre lies within 7.5 km of its own, in British National"
        " Grid"
    )
    assert (
        reach_words(city, CatchmentRule.parse("touching"))
        == "each for its own quarter and all that border on it, by land or over the river"
    )
