"""One grammar for link and file: through either and back a scenario is the same, and what is wrong
is said all at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support import one_clean_line, sketch
from support.scenario_texts import (
    scenarios,
)

from provision.dates import SourceDate
from provision.io.problems import InvalidData
from provision.links.address import MAX_LENGTH
from provision.links.query import read_link
from provision.links.scenario_file import read_scenario, write_yaml
from provision.links.scenario_link import FIELDS, params, write_link
from provision.location.catchment import CatchmentRule, Rule
from provision.record import Record
from provision.scenarios.scenario import (
    Assumptions,
    Contested,
    Ends,
    Hub,
    Off,
    Scenario,
    Verdict,
    Withdrawn,
    presets,
)
from provision.schema.services import Level


@pytest.fixture(scope="module")
def city(farwater: Record) -> Record:
    """Farwater with its themes, which hubs may offer."""
    return farwater


@given(scenarios)
@example(
    Scenario(
        date(2020, 6, 30),
        changes=(Contested("Q1", "lantern", Verdict.CLOSED, SourceDate.parse("2020-07")),),
        name="a,b~c%25&d=e?#",
        note="true",
    )
)
def test_through_link_file_and_back_a_scenario_is_the_same(
    city: Record, scenario: Scenario
) -> None:
    once, notes = read_link(write_link(scenario, city), city)
    assert (once, notes) == (scenario, [])
    assert read_scenario(write_yaml(once, city), "s.yaml", city) == scenario
    assert read_link(params(scenario, city), city) == (scenario, [])


@given(scenarios)
def test_a_file_is_as_good_as_what_is_read_from_it(city: Record, scenario: Scenario) -> None:
    text = write_yaml(scenario, city)
    assert write_yaml(read_scenario(text, "s.yaml", city), city) == text


@given(
    st.dictionaries(
        st.sampled_from((*FIELDS, "on", "need")) | st.text(max_size=8),
        st.text(max_size=40),
        max_size=8,
    )
)
def test_any_link_gives_a_scenario_and_clean_notes(city: Record, given_: dict[str, str]) -> None:
    scenario, notes = read_link(given_, city)
    assert isinstance(scenario, Scenario) and all(map(one_clean_line, notes))
    assert read_link(write_link(scenario, city), city) == (
        scenario,
        [],
    ), "what was applied is valid"


@given(st.text(max_size=200))
def test_any_text_is_a_link(city: Record, text: str) -> None:
    assert isinstance(read_link(text, city)[0], Scenario)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3),
        max_leaves=4,
    ),
    st.data(),
)
def test_any_shape_in_a_file_is_a_problem_and_no_more(
    city: Record, value: object, data: Any
) -> None:
    from provision.scenarios.plain import build

    plain: Any = {
        "scenario": 1,
        "hubs": [{"area": "Q1"}],
        "changes": [{"switch_off": "ferry"}],
        "assumptions": {},
    }
    where = data.draw(
        st.sampled_from(
            [
                "name",
                "on",
                "hubs",
                "changes",
                "assumptions",
                "area",
                "reach",
                "themes",
                "key_workers",
                "switch_off",
                "cost_per_woman",
            ]
        )
    )
    inside = {
        "area": "hubs",
        "reach": "hubs",
        "themes": "hubs",
        "key_workers": "hubs",
        "switch_off": "changes",
    }
    if where == "cost_per_woman":
        plain["assumptions"][where] = value
    elif where in inside:
        plain[inside[where]][0][where] = value
    else:
        plain[where] = value
    scenario, _ = build(plain, city)
    assert isinstance(scenario, Scenario)


def test_a_link_by_hand(city: Record) -> None:
    link = (
        "v=1&on=2021-01-31&hubs=Q6~km:12~one-to-one~themes:gaol.work~from:2020-07~to:2021-06-30~kw:3,Q1"
        "&off=harvest&ends=ferry~2021-06&withdraw=Lantern&cells=Q1~lantern~closed~2020-07&assume=women:58.33,cost:1557&name=Two+hubs"
    )
    expected = Scenario(
        date(2021, 1, 31),
        hubs=(
            Hub(
                "Q6",
                CatchmentRule(Rule.KM, 12.0),
                Level.ONE_TO_ONE,
                ("gaol", "work"),
                SourceDate.parse("2020-07"),
                SourceDate.parse("2021-06-30"),
                3,
            ),
            Hub("Q1"),
        ),
        changes=(
            Off("harvest"),
            Ends("ferry", SourceDate.parse("2021-06")),
            Withdrawn("Lantern"),
            Contested("Q1", "lantern", Verdict.CLOSED, SourceDate.parse("2020-07")),
        ),
        assumptions=Assumptions(58.33, 1557),
        name="Two hubs",
    )
    assert read_link(link, city) == (expected, [])
    assert write_link(expected, city) == link.replace(
        "Q6~km:12~one-to-one~themes:gaol.work~from:2020-07~to:2021-06-30~kw:3,Q1",
        "Q1,Q6~km:12~one-to-one~themes:gaol.work~from:2020-07~to:2021-06-30~kw:3",
    )


def test_a_whole_address_is_taken_for_its_link(city: Record) -> None:
    assert read_link("https://example.org/what-if?hubs=Fir&area=Q2&view=tiles#top", city) == (
        Scenario(date(2020, 6, 30), (Hub("Q6"),)),
        [],
    )


def test_the_default_scenario_has_no_link(city: Record) -> None:
    assert write_link(Scenario.default(city), city) == "" and read_link("", city) == (
        Scenario.default(city),
        [],
    )


def test_names_of_providers_may_hold_what_parts_entries() -> None:
    record = sketch(["A"], {"a": ("one-to-one", "2019-01", "2021-01", ["A"])})
    odd = record.services[0].model_copy(update={"provider": "a, b~c 50%"})
    record = replace(record, file=record.file.model_copy(update={"services": (odd,)}))
    scenario = Scenario(record.default_date, changes=(Withdrawn("a, b~c 50%"),))
    assert read_link(write_link(scenario, record), record) == (scenario, [])
    assert read_scenario(write_yaml(scenario, record), "s.yaml", record) == scenario


def test_a_link_of_a_hub_in_every_borough_said_in_full_is_not_too_long(london: Record) -> None:
    hub = {
        "reach": CatchmentRule(Rule.KM, 12.5),
        "level": Level.ONE_TO_ONE,
        "opens": SourceDate.parse("2019-04-01"),
        "closes": SourceDate.parse("2021-03-31"),
    }
    boroughs = london.codes[london.counted]
    full = Scenario(
        date(2019, 1, 1),
        tuple(
            Hub(code, themes=("accommodation", "domestic-abuse"), key_workers=12, **hub)
            for code in boroughs
        ),
    )
    assert len(full.hubs) == 32 and len(write_link(full, london)) < MAX_LENGTH
    assert read_link(write_link(full, london), london) == (full, [])


@pytest.mark.parametrize("preset", ["planned-hubs", "after-2020-03", "after-2021-03", "withdrawal"])
def test_presets_travel(preset: str, london: Record) -> None:
    scenario = presets(london)[preset]
    assert read_link(write_link(scenario, london), london) == (scenario, [])
    assert read_scenario(write_yaml(scenario, london), "s.yaml", london) == scenario


def test_a_file_has_the_names_beside_the_codes(city: Record) -> None:
    assert (
        write_yaml(Scenario(date(2020, 6, 30), (Hub("Q6"),), name="One: hub"), city)
        == 'scenario: 1\nname: "One: hub"\non: 2020-06-30\nhubs:\n  - {area: Q6, reach: own, level:'
        " wrap-around}  # Fir\n"
    )


FIR = Scenario(date(2020, 6, 30), (Hub("Q6"),))


@pytest.mark.parametrize(
    ("link", "note"),
    [
        (
            "hubs=Fir,Fer",
            "The link's hub 'Fer' was left aside: area 'Fer' is not an area in the data",
        ),
        ("hubs=Fir,Harbour", "Harbour is not one of the quarters; hubs are only supposed in those"),
        (
            "hubs=Fir,Alder~nearby",
            "The link's hub 'Alder~nearby' was left aside: 'nearby' is no part of a hub",
        ),
        ("hubs=Fir,Alder~km:900", "reach is 'km:900'; a distance is from 1 to 100 km"),
        ("hubs=Fir,Alder~land~own", "it says reach twice"),
        ("hubs=Fir,Alder~from:soon", "opens 'soon' is not a date; write YYYY-MM or YYYY-MM-DD"),
        ("hubs=Fir,Alder~from:1889-01", "is not between 1990 and 2099"),
        ("hubs=Fir,Alder~from:2021-01~to:2020-01", "it closes before it opens"),
        ("hubs=Fir,Alder~kw:many", "key_workers is 'many'; write a whole number"),
        ("hubs=Fir,Alder~kw:1.5", "key_workers is '1.5'; write a whole number"),
        ("hubs=Fir,Alder~themes:Housing", "themes 'Housing' is not the id of a theme"),
        (
            "hubs=Fir,Q6~land",
            "The link's hub 'Q6~land' was left aside: area 'Fir' has a hub already",
        ),
        ("hubs=Fir&off=nothing", "The link's change 'nothing' was left aside"),
        ("hubs=Fir&ends=ferry", "The link's change 'ferry' was left aside: ends is missing"),
        ("hubs=Fir&ends=ferry~2019-12", "before the contract begins, January 2020"),
        ("hubs=Fir&ends=ferry~2021-01~2022-01", "it has too many parts"),
        ("hubs=Fir&withdraw=Nobody", "'Nobody' leads no service"),
        ("hubs=Fir&cells=Fir~lantern~wrong", "Lantern does not name Fir"),
        ("hubs=Fir&cells=Alder~lantern~new", "Lantern names Alder already"),
        (
            "hubs=Fir&cells=Alder~lantern~closed~2021-01",
            "January 2021 is not within the contract of Lantern",
        ),
        ("hubs=Fir&cells=Alder~lantern~gone", "'gone' is not what can be said of a cell"),
        ("hubs=Fir&cells=Alder~lantern", "verdict is missing"),
        ("hubs=Fir&cells=Alder~lantern~wrong~2020-07", "what was never so has no date"),
        ("hubs=Fir&assume=cost:much", "The link's assumption 'much' was left aside"),
        ("hubs=Fir&assume=cost:-1", "was left aside"),
        ("hubs=Fir&assume=rent:1", "The link's assumption 'rent:1' was left aside"),
        ("hubs=Fir&on=never", "The link's date 'never' was left aside"),
        ("hubs=Fir&need=hunger", "The link's measure of need 'hunger' was left aside"),
        ("hubs=Fir&name=" + "x" * 81, "it is longer than 80 characters"),
        (
            "hubs=Fir&v=0",
            "The link is of version '0', not 1; what is still understood was applied.",
        ),
        ("hubs=Fir&v=2", "The link is of version '2', not 1"),
        ("hubs=Fir&v=new", "The link is of version 'new', not 1"),
        ("hubs=Fir&huds=Alder", "The link's field 'huds' is not known: did you mean 'hubs'?"),
    ],
)
def test_what_is_valid_is_applied_and_the_rest_is_told(link: str, note: str, city: Record) -> None:
    scenario, notes = read_link(link, city)
    assert scenario == FIR and len(notes) == 1 and note in notes[0]


def test_a_region_without_themes_has_none_to_offer() -> None:
    scenario, notes = read_link("hubs=A~themes:work", sketch(["A"], {}))
    assert scenario.hubs == () and "'work' is not the id of a theme; leave it out" in notes[0]


def test_changes_to_one_thing_twice(city: Record) -> None:
    scenario, notes = read_link("off=ferry&ends=ferry~2021-01", city)
    assert scenario.changes == (Off("ferry"),) and "'ferry' is changed already" in notes[0]


def test_a_region_takes_as_many_hubs_as_it_has_areas() -> None:
    record = sketch([f"A{n}" for n in range(60)], {})
    scenario, notes = read_link({"hubs": ",".join(record.codes)}, record)
    assert len(scenario.hubs) == 60 and not notes


def test_more_hubs_than_are_taken(london: Record) -> None:
    codes = [*london.codes[london.counted], "E09000002", "E09000003"]
    scenario, notes = read_link({"hubs": ",".join(codes)}, london)
    assert (
        len(scenario.hubs) == 32
        and len(notes) == 1
        and "is one of 34, and at most 32 are taken" in notes[0]
    )


@pytest.mark.parametrize(
    "link", ["name=" + "x" * 9000, urlencode({"note": "é" * 8000}), "x" * 30_000]
)
def test_a_link_that_is_too_long_is_left_aside(link: str, city: Record) -> None:
    scenario, notes = read_link(link, city)
    assert scenario == Scenario.default(city) and notes == [
        "The link was left aside: it is longer than 8,000 characters."
    ]


FILE = """scenario: 1
nam: x
on: yesterday
hubs:
  - {area: Fer, reach: km:0}
  - area: Fir
    opens: 2020-01
    closes: 2019-01
  - 5
  - {reach: own}
  - {area: Alder, key_workers: "3", themes: housing, level: full}
changes:
  - {switch_off: nothing}
  - {what: 1}
  - {service: ferry, ends: 2019-13}
  - {area: Alder, service: lantern, verdict: wrong, because: I know}
assumptions: {women: 5, cost_per_woman: many}
"""


def test_every_problem_of_a_file_is_told_at_once_with_its_line(city: Record) -> None:
    with pytest.raises(InvalidData) as caught:
        read_scenario(FILE, "s.yaml", city)
    found = [(p.line, p.entry, p.field) for p in caught.value.problems]
    assert found == [
        (2, "nam", ""),
        (3, "on", ""),
        (5, "hubs/1", "area"),
        (5, "hubs/1", "reach"),
        (6, "hubs/2", ""),
        (9, "hubs/3", ""),
        (10, "hubs/4", "area"),
        (11, "hubs/5", "level"),
        (11, "hubs/5", "themes"),
        (11, "hubs/5", "key_workers"),
        (13, "changes/1", "switch_off"),
        (14, "changes/2", ""),
        (15, "changes/3", "ends"),
        (16, "changes/4", "because"),
        (17, "assumptions", "women"),
        (17, "assumptions", "cost_per_woman"),
    ]
    assert all(p.what and p.mend and one_clean_line(str(p)) for p in caught.value.problems)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("name: x\n", "is missing"),
        ("scenario: 0\n", "is of an older version"),
        ("scenario: 2\n", "is of a version that is not known here"),
        ("scenario: true\n", "is of a version that is not known here"),
        ("- 1\n", "is not a mapping"),
        ("", "is empty"),
        ("scenario: 1\nhubs: Fir\n", "is not a list"),
        ("scenario: 1\nhubs: [{area: Fir}]\nhubs: []\n", "is given twice"),
        ("scenario: 1\nname: &a x\n", "anchor"),
    ],
)
def test_what_is_no_scenario_is_refused(text: str, what: str, city: Record) -> None:
    with pytest.raises(InvalidData, match=what):
        read_scenario(text, "s.yaml", city)


def test_areas_may_be_named_in_a_file_as_the_source_does(city: Record) -> None:
    found = read_scenario(
        "scenario: 1\nhubs: [{area: The Alders}, {area: gorse, closes: null}]\n", "s.yaml", city
    )
    assert [hub.area for hub in found.hubs] == ["Q1", "Q7"]
