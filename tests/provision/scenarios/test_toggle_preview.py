"""What is sent ahead of the next click is what the whole evaluation of that click says."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.regions import AREAS
from support.scenario_cases import RULES, cases

from provision.dates import SourceDate
from provision.location.catchment import CatchmentRule, Rule
from provision.record import Record
from provision.scenarios.evaluate import evaluate
from provision.scenarios.scenario import Hub, Off, Scenario, Withdrawn
from provision.scenarios.toggle_preview import next_hub
from provision.symbology.scenarios import ahead_drawn, scenario_drawn, scenario_looks

OWN, LAND = CatchmentRule(), CatchmentRule(Rule.LAND)


def classes(record: Record, scenario: Scenario) -> list[str]:
    """The class id of every area on the map of a scenario."""
    found = scenario_drawn(evaluate(record, scenario))
    return [found["classes"][place]["id"] for place, _ in found["areas"]]


def foretold(record: Record, scenario: Scenario, area: str, reach: CatchmentRule) -> list[str]:
    """The same after the toggle of one hub, from what was sent ahead."""
    sent, now = (
        ahead_drawn(evaluate(record, scenario), Hub(AREAS[0], reach)),
        classes(record, scenario),
    )
    turns = int(sent["turns"][list(record.by_code).index(area)], 16)
    return [
        other if turns >> place & 1 else own
        for place, (own, other) in enumerate(zip(now, sent["other"], strict=True))
    ]


def toggled(scenario: Scenario, area: str, reach: CatchmentRule) -> Scenario:
    on = any(hub.area == area for hub in scenario.hubs)
    return (
        scenario.without_hub(area)
        if on
        else scenario.with_hub(next_hub(scenario.hubs, area, Hub(area, reach)))
    )


@given(cases(), st.sampled_from(AREAS), st.sampled_from(RULES))
def test_what_is_foretold_is_what_the_whole_evaluation_says(
    case: tuple[Record, Scenario], area: str, reach: CatchmentRule
) -> None:
    record, scenario = case
    if record.counted[record.codes.get_loc(area)]:
        assert foretold(record, scenario, area, reach) == classes(
            record, toggled(scenario, area, reach)
        )


SCENARIOS = [
    Scenario(date(2018, 10, 31)),
    Scenario(date(2018, 10, 31), (Hub("E09000003", LAND), Hub("E09000011", OWN))),
    Scenario(date(2018, 10, 31), (Hub("E09000003", LAND, opens=SourceDate.parse("2019-04")),)),
    Scenario(
        date(2020, 4, 1),
        (Hub("E09000004", CatchmentRule(Rule.KM, 12.0)),),
        (Off("minerva-crc"), Withdrawn("Advance")),
    ),
]


@pytest.mark.parametrize(
    "scenario", SCENARIOS, ids=["nothing", "two rules", "not open yet", "services off"]
)
def test_every_toggle_in_the_real_region(london: Record, scenario: Scenario) -> None:
    for area in london.codes[london.counted]:
        assert foretold(london, scenario, str(area), LAND) == classes(
            london, toggled(scenario, str(area), LAND)
        ), area


def test_a_hub_in_fir_by_hand(city: Record) -> None:
    """One hub for its own area alone turns that area and no other."""
    scenario = Scenario(city.default_date)
    code = next(a.code for a in city.areas if a.name == "Fir")
    sent = ahead_drawn(evaluate(city, scenario), Hub("Q1", OWN))
    place = list(city.by_code).index(code)
    assert int(sent["turns"][place], 16) == 1 << place
    assert sent["other"][place] == "what_if"


def test_an_area_that_is_not_counted_takes_no_hub(london: Record) -> None:
    sent = ahead_drawn(evaluate(london, SCENARIOS[0]), Hub("E09000001", LAND))
    [apart] = [place for place, counted in enumerate(london.counted) if not counted]
    assert sent["turns"][apart] == "0"


def test_what_is_sent_is_small_whatever_the_rule(london: Record) -> None:
    """At most a digit for four areas, for each area: the matrix is bounded, and its classes are
    known to the browser."""
    everything_off = Scenario(
        date(2018, 10, 31), (), tuple(Withdrawn(p) for p in {s.provider for s in london.services})
    )
    widest = Hub("E09000001", CatchmentRule(Rule.KM, 100.0))
    sent = ahead_drawn(evaluate(london, everything_off), widest)
    assert sum(map(len, sent["turns"])) <= 33 * 9
    assert set(sent["other"]) <= set(scenario_looks())


VISITING = (
    Scenario(date(2018, 10, 31), (Hub("E09000003", kind="mobile-unit", visits=("E09000004",)),)),
    Scenario(date(2018, 10, 31), (Hub("E09000003", LAND, kind="outreach-hub"),)),
)


@pytest.mark.parametrize("scenario", VISITING, ids=["mobile", "outreach"])
def test_toggles_of_hubs_that_visit(london: Record, scenario: Scenario) -> None:
    for area in london.codes[london.counted]:
        assert foretold(london, scenario, str(area), LAND) == classes(
            london, toggled(scenario, str(area), LAND)
        ), area


def test_nothing_is_foretold_of_remote_hubs(london: Record) -> None:
    remote, day = Hub("E09000003", kind="virtual-hub"), date(2018, 10, 31)
    assert ahead_drawn(evaluate(london, Scenario(day, (remote,))), Hub("E09000003")) == {}
    assert ahead_drawn(evaluate(london, Scenario(day)), remote) == {}
    assert ahead_drawn(evaluate(london, Scenario(day, (Hub("E09000004"),))), remote) != {}
