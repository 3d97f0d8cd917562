"""Kinds of hub in a scenario: Farwater by hand (its picture stands at the head of
tests/city/services.yaml), every small region, then London."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.regions import AREAS
from support.scenario_cases import RULES, cases

from provision.coverage.kernel import StatusCode
from provision.coverage.status import Status
from provision.export.scenarios import comparison_table, figures, scenario_json
from provision.links.query import read_link
from provision.links.scenario_link import write_link
from provision.location.best_hubs import best_hubs
from provision.location.problem import LocationProblem
from provision.record import Record
from provision.scenarios.codes import Difference, Effect, ScenarioStatus
from provision.scenarios.compare import compare
from provision.scenarios.costs import capacity, cost
from provision.scenarios.evaluate import Outcome, evaluate
from provision.scenarios.hub_reach import hub_reach
from provision.scenarios.scenario import Hub, Scenario
from provision.scenarios.theme_effects import by_theme
from provision.schema.services import HubModel, HubReach
from provision.symbology.scenarios import scenario_drawn

KINDS = ("fixed-centre", "outreach-hub", "mobile-unit", "virtual-hub")
VIRTUAL = "kind:virtual-hub"
SEVEN = ("E09000003", "E09000004", "E09000006", "E09000021", "E09000024", "E09000027", "E09000030")
LETTERS = {
    "C": ScenarioStatus.COVERED,
    "N": ScenarioStatus.NONE,
    "L": ScenarioStatus.LAPSED,
    "-": ScenarioStatus.NOT_STATED,
    "W": ScenarioStatus.WHAT_IF,
    "R": ScenarioStatus.REMOTE,
}


def outcome(record: Record, link: str) -> Outcome:
    scenario, notes = read_link(link, record)
    assert not notes
    return evaluate(record, scenario)


# A link, and the eight quarters in order. On 30 June 2020 the record says C C C C - N - C.
CASES = {
    f"hubs=Fir~{VIRTUAL}": "C C C C - R - C",
    f"hubs=Alder~{VIRTUAL}": "C C C C - R - C",
    f"hubs=Fir~{VIRTUAL}~from:2020-07": "C C C C - N - C",
    f"hubs=Elm~{VIRTUAL},Fir": "C C C C - W - C",
    f"hubs=Elm~{VIRTUAL},Gorse~land": "C C C C - W W C",
    f"hubs=Fir~{VIRTUAL}&off=lantern": "R C C C - R - C",
    f"hubs=Elm~{VIRTUAL},Alder&off=lantern": "W C C C - R - C",
    "hubs=Fir~kind:outreach-hub": "C C C C - W - C",
    "hubs=Fir~kind:outreach-hub~visits:Gorse": "C C C C - W W C",
    "hubs=Alder~kind:outreach-hub~visits:Fir.Gorse": "C C C C - W W C",
    "hubs=Elm~kind:outreach-hub~visits:Gorse~land": "C C C C W W W C",
    "hubs=Fir~kind:mobile-unit": "C C C C - W - C",
    "hubs=Alder~kind:mobile-unit~visits:Elm": "C C C C W N - C",
    "hubs=Alder~kind:mobile~visits:Q5.Q7~to:2020-05": "C C C C - N - C",
}


@pytest.mark.parametrize("link", CASES)
def test_what_can_be_said_of_every_quarter(link: str, city: Record) -> None:
    assert list(outcome(city, link).table["scenario"]) == [
        LETTERS[letter] for letter in CASES[link].split()
    ]


def test_a_virtual_hub_in_farwater_covers_no_place(city: Record) -> None:
    found = outcome(city, f"hubs=Fir~{VIRTUAL}~kw:2")
    assert found.remote_only == ("Q6",), "Elm and Gorse are not stated, and stay so"
    assert found.gained == found.perhaps_gained == found.lost == found.only_by_hub == ()
    assert found.counts == found.baseline_counts
    assert found.without[Status.NONE] == ("Q6",) and found.on_one_hub == ()
    assert (found.levels[0] == found.levels[1]).all() and found.under == ()
    assert found.table.loc[["Q5", "Q6", "Q7"], "effect"].tolist() == [
        Effect.UNCHANGED,
        Effect.REMOTE,
        Effect.UNCHANGED,
    ]
    months = found.months_table.iloc[0]
    assert (months["scenario_none"], months["scenario_remote"]) == (1, 1)


def test_an_area_that_loses_its_place_is_lost_though_it_is_reached_remotely(city: Record) -> None:
    found = outcome(city, f"hubs=Fir~{VIRTUAL}&off=lantern")
    assert found.lost == ("Q1",) and found.remote_only == ("Q1", "Q6")
    assert found.table.at["Q1", "effect"] is Effect.REMOTE_ONLY_LEFT


def test_rates_of_contracts_with_places_hold_for_no_remote_hub(london: Record) -> None:
    by_place, remote = (outcome(london, f"hubs=Barnet{kind}~kw:2") for kind in ("", f"~{VIRTUAL}"))
    assert cost(by_place).annual is not None and cost(remote).annual is None
    assert capacity(remote).hubs.women == 0 and capacity(remote).remote.lacking == ("Barnet",)


def test_whom_a_remote_hub_could_support_is_kept_apart_from_places(city: Record) -> None:
    given_by_hand = outcome(city, f"hubs=Fir~{VIRTUAL}~kw:2&assume=women:10,cost:100")
    assert cost(given_by_hand).annual == 2_000
    found = capacity(given_by_hand)
    assert (found.hubs.women, found.remote.women) == (0, 20)


def test_a_theme_that_is_offered_remotely_reaches_no_quarter(farwater: Record) -> None:
    row = by_theme(outcome(farwater, f"hubs=Fir~{VIRTUAL}~themes:silence")).loc["silence"]
    assert (row["baseline"], row["scenario"]) == (0, 0) and row["gained"] == row["by_hub"] == ()
    assert len(row["remotely"]) == 7


def test_the_map_marks_them_as_a_class_of_their_own(farwater: Record) -> None:
    found = scenario_drawn(outcome(farwater, f"hubs=Elm~{VIRTUAL},Gorse"))
    assert [c["id"] for c in found["classes"]][:2] == ["secured", "remote"]
    assert found["markedName"] == "A hub stands here"
    alone = scenario_drawn(outcome(farwater, f"hubs=Elm~{VIRTUAL}"))
    assert alone["markedName"] == "A virtual hub is run from here"


def test_a_place_against_remote_support(city: Record) -> None:
    place, remote, nothing = (
        read_link(link, city)[0] for link in ("hubs=Fir", f"hubs=Fir~{VIRTUAL}", "")
    )
    found = compare(city, [place, remote, nothing])
    assert found.only(0, 1) == found.only(0, 2) == ("Q6",)
    assert found.difference(0, 1)["Q6"] is Difference.ONLY_A
    assert found.difference(1, 2)["Q6"] is Difference.REMOTE
    assert found.difference(0, 1)["Q5"] is Difference.UNKNOWN
    line = "reached only remotely"
    assert comparison_table(found).loc[line].tolist() == [0, 1, 0]


def test_the_best_places_gain_what_is_only_reached_remotely(city: Record) -> None:
    start = read_link(f"hubs=Alder~{VIRTUAL}", city)[0]
    found = best_hubs(city, LocationProblem(existing=start))
    assert (found.gain, found.choices[0].areas) == (1, ("Q6",))


# Every small region


def keyed(record: Record) -> Record:
    """A region with the four kinds of hub."""
    reaches = (
        HubReach.FIXED_PLACE,
        HubReach.PLACE_AND_VISITS,
        HubReach.AREAS_VISITED,
        HubReach.REMOTE,
    )
    models = tuple(
        HubModel.model_validate(
            {
                "id": kind,
                "name": kind,
                "description": "Invented.",
                "reach": reach.value,
                "reach_basis": "invented",
                "counted_as": "remote" if reach is HubReach.REMOTE else "what-if",
                "ref": "source §1",
            }
        )
        for kind, reach in zip(KINDS, reaches, strict=True)
    )
    return replace(record, file=record.file.model_copy(update={"hub_models": models}))


@st.composite
def of_any_kind(draw: Any, area: str) -> Hub:
    return Hub(
        area,
        draw(st.sampled_from(RULES)),
        kind=draw(st.sampled_from(KINDS)),
        visits=tuple(draw(st.lists(st.sampled_from(AREAS), unique=True))),
    )


@st.composite
def with_kinds(draw: Any) -> tuple[Record, Scenario]:
    record, scenario = draw(cases())
    areas = draw(st.lists(st.sampled_from(AREAS), unique=True))
    return keyed(record), replace(scenario, hubs=tuple(draw(of_any_kind(a)) for a in areas))


@given(with_kinds(), st.sampled_from(AREAS))
def test_a_virtual_hub_changes_nothing_that_is_counted_by_places(
    case: tuple[Record, Scenario], area: str
) -> None:
    record, scenario = case
    bare = scenario.without_hub(area)
    before = evaluate(record, bare)
    after = evaluate(record, bare.with_hub(Hub(area, kind="virtual-hub")))
    assert np.array_equal(before.places, after.places)
    assert (before.counts, before.gained, before.lost) == (after.counts, after.gained, after.lost)
    assert (before.levels == after.levels).all() and before.on_one_hub == after.on_one_hub
    remote = after.statuses == StatusCode.REMOTE
    without = np.isin(after.places, (StatusCode.NONE, StatusCode.LAPSED))
    assert np.array_equal(remote, without), "reached whole, and what is not stated stays so"
    assert np.array_equal(after.statuses[~remote], before.places[~remote])


@given(with_kinds())
def test_what_is_remote_is_covered_by_no_place(case: tuple[Record, Scenario]) -> None:
    record, scenario = case
    found = evaluate(record, scenario)
    remote = found.statuses == StatusCode.REMOTE
    assert not (remote & found.reached).any()
    assert np.isin(found.places[remote], (StatusCode.NONE, StatusCode.LAPSED)).all()
    assert not set(found.remote_only) & {*found.gained, *found.perhaps_gained, *found.only_by_hub}
    assert np.array_equal(found.places[~remote], found.statuses[~remote])


@given(with_kinds())
def test_an_outreach_hub_that_visits_nothing_is_a_fixed_one(case: tuple[Record, Scenario]) -> None:
    record, scenario = case
    as_kind = [
        replace(scenario, hubs=tuple(replace(h, kind=kind, visits=()) for h in scenario.hubs))
        for kind in ("fixed-centre", "outreach-hub")
    ]
    one, other = (evaluate(record, s) for s in as_kind)
    assert np.array_equal(one.statuses, other.statuses) and one.under == other.under


@given(with_kinds(), st.randoms(use_true_random=False))
def test_the_order_of_hubs_and_of_visits_does_not_matter(
    case: tuple[Record, Scenario], random: Any
) -> None:
    record, scenario = case
    hubs = [replace(h, visits=tuple(random.sample(h.visits, len(h.visits)))) for h in scenario.hubs]
    shuffled = replace(scenario, hubs=tuple(random.sample(hubs, len(hubs))))
    assert shuffled == scenario
    assert np.array_equal(evaluate(record, shuffled).statuses, evaluate(record, scenario).statuses)


@given(with_kinds())
def test_each_reaches_what_its_kind_says(case: tuple[Record, Scenario]) -> None:
    record, scenario = case
    plain = hub_reach(record, [replace(h, kind="fixed-centre", visits=()) for h in scenario.hubs])
    for hub, by_rule, found in zip(
        scenario.hubs, plain, hub_reach(record, scenario.hubs), strict=True
    ):
        visited = np.isin(record.codes, (hub.area, *hub.visits))
        expected = {
            "fixed-centre": by_rule,
            "outreach-hub": by_rule | visited,
            "mobile-unit": visited,
            "virtual-hub": np.ones(len(AREAS), dtype=bool),
        }
        assert np.array_equal(found, expected[hub.kind])


# London


def test_a_virtual_hub_in_london(london: Record) -> None:
    found = scenario_json(outcome(london, f"hubs=E09000003~{VIRTUAL}"))
    assert found["scenario"] == found["baseline"]
    assert found["scenario"] == {"covered": 24, "none": 7, "lapsed": 0, "not_stated": 1}
    assert sorted(found["remote_only"]) == sorted(SEVEN), "Greenwich is not stated, and stays so"
    assert found["gained"] == found["lost"] == [] and found["women_gained"] == 0
    (hub,) = found["hubs"]
    assert (hub["kind"], hub["counted_as"], len(hub["reaches"])) == ("virtual-hub", "remote", 32)
    assert hub["refs"] == ["transforming-lives §scotland"]


def test_a_mobile_unit_that_visits_the_seven_covers_them(london: Record) -> None:
    visits = ".".join(SEVEN[1:])
    found = outcome(london, f"hubs={SEVEN[0]}~kind:mobile-unit~visits:{visits}")
    assert found.gained == SEVEN and found.counts[Status.COVERED] == 31
    assert found.women_gained.total == 735_258


def test_the_figures_have_a_line_for_what_is_only_reached_remotely(london: Record) -> None:
    rows = {row["figure"]: row for row in figures(outcome(london, f"hubs=E09000003~{VIRTUAL}"))}
    line = rows["reached only remotely"]
    assert (line["baseline"], line["scenario"]) == (0, 7)
    assert rows["boroughs: covered"]["scenario"] == 24


# Links


@pytest.mark.parametrize(
    "link",
    [
        "hubs=E09000003~kind:virtual-hub",
        "hubs=E09000003~kind:outreach-hub~visits:E09000004.E09000006~land",
        "hubs=E09000003~kind:mobile-unit~visits:E09000004~one-to-one~kw:3,E09000006",
        "hubs=E09000003~kind:one-stop-shop~km:8",
    ],
)
def test_a_link_is_written_as_it_was_read(link: str, london: Record) -> None:
    scenario, notes = read_link(link, london)
    assert not notes and write_link(scenario, london) == f"v=1&{link}"


@pytest.mark.parametrize("link", ["hubs=E09000003", "hubs=E09000003~land~kw:3"])
def test_a_fixed_centre_writes_the_link_of_before(link: str, london: Record) -> None:
    scenario, _ = read_link(f"{link}~kind:fixed-centre", london)
    assert write_link(scenario, london) == f"v=1&{link}"


@pytest.mark.parametrize(
    "hub",
    [
        "E09000003~kind:virtual-hub~land",
        "E09000003~kind:mobile-unit~own",
        "E09000003~kind:virtual-hub~visits:E09000004",
        "E09000003~visits:E09000004",
        "E09000003~kind:airship",
        "E09000003~kind:outreach-hub~visits:Atlantis",
    ],
)
def test_what_a_kind_cannot_have_leaves_the_hub_out(hub: str, london: Record) -> None:
    scenario, notes = read_link(f"hubs={hub}", london)
    assert scenario.hubs == () and len(notes) == 1


def test_codes_that_hold_what_parts_them_are_read_back(city: Record) -> None:
    odd = "a.b%2E,c~d"
    areas = tuple(replace(a, code=odd) if a.code == "Q7" else a for a in city.areas)
    record = replace(city, areas=areas, neighbours=city.neighbours.iloc[:0])
    scenario = Scenario(record.default_date, (Hub("Q6", kind="outreach-hub", visits=(odd, "Q5")),))
    assert read_link(write_link(scenario, record), record) == (scenario, [])
