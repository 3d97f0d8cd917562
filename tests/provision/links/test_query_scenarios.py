"""Whole views that hold a scenario, those beside it and a question for the best places: there and
back, and what is said of the rest.

The scenario's own grammar is tested in test_scenario_link.py; here it is what a view makes of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import one_clean_line, sketch
from support.scenario_texts import scenarios

from provision.links.query import BESIDE, KEYS, PANELS, Query, parse
from provision.location.catchment import OWN, CatchmentRule, Rule
from provision.location.problem import LocationProblem, Objective
from provision.record import Record
from provision.scenarios.scenario import Assumptions, Hub, Off, Scenario, Withdrawn

DAY = date(2020, 6, 30)
DEFAULT = Query(DAY, need="women_18")
BARE = Scenario(DAY)
FIR, ALDER = Scenario(DAY, (Hub("Q6"),)), Scenario(DAY, (Hub("Q1"),))
CODES = ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8"]

rules = st.sampled_from(
    [
        OWN,
        CatchmentRule(Rule.LAND),
        CatchmentRule(Rule.CROSSING),
        CatchmentRule(Rule.TOUCHING),
        CatchmentRule(Rule.KM, 7.5),
    ]
)
wanted = st.builds(
    LocationProblem,
    st.integers(1, 5),
    rules,
    st.sampled_from(Objective),
    st.sets(st.sampled_from(CODES)).map(lambda codes: tuple(sorted(codes))),
)
# A view's scenario has the view's day and measure of need, and one that supposes nothing is none.
own = scenarios.map(lambda s: replace(s, on=DAY, need=None)).map(lambda s: None if s == BARE else s)
beside = st.lists(
    scenarios.filter(lambda s: s != BARE).map(
        lambda s: replace(s, name=s.name[:10], note="", hubs=s.hubs[:2])
    ),
    max_size=3,
).map(tuple)
views = st.builds(
    Query,
    on=st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    need=st.sampled_from(["women_18", "score", "place"]),
    area=st.none() | st.sampled_from(CODES),
    view=st.sampled_from(["map", "tiles"]),
    theme=st.none() | st.sampled_from(["work", "gaol"]),
    find=st.text(max_size=20),
    scenario=own,
    beside=beside.map(lambda found: tuple(s for s in found if s != BARE)),
    best=wanted,
    panel=st.sampled_from(PANELS),
)


@given(views)
def test_a_view_through_its_link_and_back_is_the_same(farwater: Record, view: Query) -> None:
    assert parse(dict(parse_qsl(view.link(farwater))), farwater) == (view, [])


@given(views)
def test_a_link_through_the_view_and_back_is_the_same(farwater: Record, view: Query) -> None:
    link = view.link(farwater)
    assert parse(dict(parse_qsl(link, keep_blank_values=True)), farwater)[0].link(farwater) == link


@given(views)
def test_what_a_view_supposes_is_on_its_day_by_its_measure(farwater: Record, view: Query) -> None:
    found = view.supposed(farwater)
    assert found.on == view.on and found.need == (None if view.need == "women_18" else view.need)
    assert replace(found, on=DAY, need=None) == (view.scenario or BARE)


def test_the_default_view_supposes_nothing_and_has_no_link(farwater: Record) -> None:
    assert (
        Query.default(farwater) == DEFAULT
        and DEFAULT.link(farwater) == ""
        and DEFAULT.supposed(farwater) == BARE
    )


def test_a_view_by_hand(farwater: Record) -> None:
    view = Query(
        date(2021, 1, 31),
        need="score",
        scenario=Scenario(
            DAY,
            (Hub("Q6", CatchmentRule(Rule.LAND), key_workers=2),),
            (Off("harvest"), Withdrawn("Quay Women")),
            None,
            Assumptions(cost_per_woman=1500),
        ),
        beside=(ALDER, replace(FIR, on=date(2022, 1, 1), need="place")),
        best=LocationProblem(3, CatchmentRule(Rule.LAND), Objective.WOMEN, ("Q1", "Q2")),
        panel="compare",
    )
    assert view.params(farwater) == {
        "on": "2021-01-31",
        "need": "score",
        "best": "3~land~women~not:Q1.Q2",
        "panel": "compare",
        "v": "1",
        "hubs": "Q6~land~kw:2",
        "off": "harvest",
        "withdraw": "Quay Women",
        "assume": "cost:1500",
        "b": "v=1&hubs=Q1",
        "c": "v=1&on=2022-01-01&need=place&hubs=Q6",
    }
    assert parse(view.params(farwater), farwater) == (view, [])


def test_fields_of_views_and_of_scenarios_do_not_meet() -> None:
    assert len(set(KEYS)) == len(KEYS) and {*BESIDE, "best", "panel", "hubs", "v"} <= set(KEYS)


def test_the_panel_and_the_question_alone_suppose_nothing(farwater: Record) -> None:
    assert parse({"panel": "best", "best": "2"}, farwater) == (
        replace(DEFAULT, panel="best", best=LocationProblem(2)),
        [],
    )


@pytest.mark.parametrize("panel", PANELS)
def test_every_panel_can_be_linked_to(panel: str, farwater: Record) -> None:
    assert parse({"panel": panel}, farwater) == (replace(DEFAULT, panel=panel), [])


@given(
    st.dictionaries(
        st.sampled_from(KEYS) | st.text(max_size=6),
        st.text(max_size=40) | st.sampled_from(["Q1", "Fir~land", "hubs=Q1", "1~not:Q1"]),
        max_size=9,
    )
)
def test_any_link_gives_a_view_and_clean_notes(farwater: Record, given_: dict[str, str]) -> None:
    view, notes = parse(given_, farwater)
    assert all(map(one_clean_line, notes)) and len(view.beside) <= 3 and view.panel in PANELS
    assert parse(view.params(farwater), farwater) == (view, []), "what was applied is valid"


@given(
    st.sampled_from([*BESIDE, "hubs", "cells", "best", "ends", "assume"]),
    st.text(max_size=120) | st.text("~,.:=&%-Q1hubs", max_size=60),
)
def test_no_value_of_a_scenario_s_field_breaks_the_view(
    farwater: Record, name: str, value: str
) -> None:
    view, notes = parse({name: value, "area": "Q2", "panel": "months"}, farwater)
    assert (view.area, view.panel) == ("Q2", "months") and all(map(one_clean_line, notes))


@pytest.mark.parametrize(
    ("params", "scenario", "note"),
    [
        ({"hubs": "Fir,Nowhere"}, FIR, "The link's hub 'Nowhere' was left aside"),
        ({"hubs": "Q6,E09000099~land"}, FIR, "The link's hub 'E09000099~land' was left aside"),
        (
            {"hubs": "Fir", "v": "0"},
            FIR,
            "The link is of version '0', not 1; what is still understood was applied.",
        ),
        ({"hubs": "Fir", "v": "99"}, FIR, "The link is of version '99', not 1"),
        ({"hubs": "Fir", "withdraw": "Nobody"}, FIR, "'Nobody' leads no service"),
        ({"hubs": "Fir", "off": "nothing"}, FIR, "The link's change 'nothing' was left aside"),
        ({"hubs": "Fir,Alder~from:2021-01~to:2020-01"}, FIR, "it closes before it opens"),
        ({"hubs": "Fir", "name": "x" * 81}, FIR, "it is longer than 80 characters"),
        ({"hubs": "Fir", "name": "\u202egnp.exe"}, FIR, "it holds U+202E RIGHT-TO-LEFT OVERRIDE"),
        ({"hubs": "Fir", "huds": "Alder"}, FIR, "The link's field 'huds' is not known"),
        ({"hubs": "Fir", "assume": "rent:1"}, FIR, "The link's assumption 'rent:1' was left aside"),
        ({"hubs": "Nowhere"}, None, "The link's hub 'Nowhere' was left aside"),
        ({"hubs": "<script>alert(1)</script>"}, None, "<script>alert(1)</script>"),
        ({"v": "2"}, None, "The link is of version '2', not 1"),
    ],
)
def test_of_a_scenario_what_is_valid_is_applied_and_the_rest_is_told(
    params: dict[str, str], scenario: Scenario | None, note: str, farwater: Record
) -> None:
    view, notes = parse({**params, "area": "Q3"}, farwater)
    assert view == replace(DEFAULT, scenario=scenario, area="Q3")
    assert len(notes) == 1 and note in notes[0]


@pytest.mark.parametrize(
    ("params", "note"),
    [
        (
            {"best": ""},
            (
                "question for the best places '' was left aside: it does not begin with a number of"
                " hubs from 1 to 5"
            ),
        ),
        ({"best": "6"}, "a number of hubs from 1 to 5"),
        ({"best": "1~near"}, "write own, land, crossing, touching or km:N"),
        ({"best": "1~km:500"}, "a distance is from 1 to 100 km"),
        ({"best": "1~not:E09000099"}, "'E09000099' was left aside: no quarter has that code"),
        ({"panel": "Months"}, "The link's panel 'Months' was left aside: write one of: figures"),
        ({"panel": ""}, "The link's panel '' was left aside"),
    ],
)
def test_a_question_or_a_panel_that_is_unknown_is_told_and_the_scenario_stands(
    params: dict[str, str], note: str, farwater: Record
) -> None:
    view, notes = parse({**params, "hubs": "Fir"}, farwater)
    assert view == replace(DEFAULT, scenario=FIR)
    assert len(notes) == 1 and note in notes[0]


@pytest.mark.parametrize(
    ("link", "kept", "note"),
    [
        ("hubs=Nowhere,Fir", FIR, "area 'Nowhere' is not an area"),
        ("hubs=Fir&v=0", FIR, "The link is of version '0', not 1"),
        ("hubs=Fir&huds=x", FIR, "'huds' is not known"),
        ("hubs=Fir&on=never", FIR, "The link's date 'never' was left aside"),
    ],
)
def test_of_a_scenario_to_compare_what_is_valid_is_kept(
    link: str, kept: Scenario, note: str, farwater: Record
) -> None:
    view, notes = parse({"b": link, "hubs": "Alder"}, farwater)
    assert view == replace(DEFAULT, scenario=ALDER, beside=(kept,))
    assert (
        len(notes) == 1
        and note in notes[0]
        and notes[0].startswith("Of the link's scenario to compare")
    )


def test_a_scenario_to_compare_that_supposes_nothing_is_the_baseline_on_its_day(
    farwater: Record,
) -> None:
    view, notes = parse({"b": "", "c": "on=2021-01-01"}, farwater)
    assert (view.beside, notes) == ((BARE, Scenario(date(2021, 1, 1))), [])


def test_links_within_links_go_one_deep(farwater: Record) -> None:
    inner = urlencode({"hubs": "Q1", "b": "hubs=Q2"})
    assert parse({"b": inner}, farwater) == (replace(DEFAULT, beside=(ALDER,)), [])


@pytest.mark.parametrize(
    "params",
    [
        {"hubs": "Q6," * 3000},
        {"b": "x" * 9000},
        {"note": "é" * 8000, "hubs": "Fir"},
        {f"f{n}": "x" * 90 for n in range(90)},
    ],
)
def test_a_link_that_is_too_long_is_left_aside_whole(
    params: dict[str, str], farwater: Record
) -> None:
    assert parse(params, farwater) == (
        DEFAULT,
        ["The link was left aside: it is longer than 8,000 characters."],
    )


def test_a_link_on_a_page_leaves_what_is_supposed_as_it_is(farwater: Record) -> None:
    start = replace(DEFAULT, scenario=FIR, beside=(ALDER,), best=LocationProblem(2), panel="cost")
    assert parse({"area": "Q2"}, farwater, start) == (replace(start, area="Q2"), [])


def test_a_link_with_a_scenario_takes_the_place_of_what_was_supposed(farwater: Record) -> None:
    assert parse({"hubs": "Alder"}, farwater, replace(DEFAULT, scenario=FIR)) == (
        replace(DEFAULT, scenario=ALDER),
        [],
    )


def test_seven_hubs_with_long_notes_four_times_over_fit_a_link(london: Record) -> None:
    found = tuple(
        Scenario(london.default_date, tuple(map(Hub, london.codes[n + 1 : n + 8])), note="n" * 300)
        for n in range(4)
    )
    view = replace(Query.default(london), scenario=found[0], beside=found[1:])
    assert parse(view.params(london), london) == (view, [])


def test_a_record_without_anything_takes_any_link() -> None:
    record = sketch(["A", "B"], {})
    view, notes = parse(
        {
            "hubs": "A,Z",
            "off": "x",
            "need": "score",
            "best": "1~not:B",
            "b": "hubs=B~themes:work",
            "panel": "themes",
        },
        record,
    )
    assert (
        view.scenario == Scenario(DAY, (Hub("A"),))
        and view.best == LocationProblem(excluded=("B",))
        and view.panel == "themes"
        and view.need is None
    )
    assert len(notes) == 4
