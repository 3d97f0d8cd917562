"""The best next hubs: against a slow search of its own, and against what can be counted by hand on
London's map."""

from __future__ import annotations

from math import comb
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.graphs import ask, graph, graphs, slowly
from support.regions import AREAS

from provision.links.query import read_link
from provision.location import best_hubs as module
from provision.location import every_set
from provision.location.best_hubs import (
    Best,
    Method,
    best_hubs,
    fewest_hubs,
    fixed_hubs,
    shortfall,
    with_hubs,
)
from provision.location.catchment import CatchmentRule, reach_matrix
from provision.location.covering_model import can_win, pairs
from provision.location.problem import LocationProblem, Objective, instance
from provision.record import Record
from provision.scenarios.evaluate import evaluate
from provision.scenarios.scenario import Hub

LAND = CatchmentRule.parse("land")


@given(
    graphs,
    st.integers(1, 4),
    st.sampled_from(Objective),
    st.lists(st.sampled_from(AREAS[:2]), unique=True, max_size=1),
    st.sampled_from([(), ("F",)]),
)
@settings(max_examples=150)
def test_it_is_what_a_slow_search_finds(
    found: Any, k: int, weigh: Objective, fixed: list[str], excluded: tuple[str, ...]
) -> None:
    none, edges, women = found
    record = graph(none, edges, women)
    worth = {
        a: (w or 0) if weigh is Objective.WOMEN else 1 for a, w in zip(AREAS, women, strict=True)
    }
    expected, sets = slowly(found, k, worth, fixed, list(excluded))
    best = best_hubs(
        record,
        LocationProblem(k, LAND, weigh, excluded, fixed_hubs(record, fixed, LAND)),
        limit=1000,
    )
    assert (best.gain, best.ties, [c.areas for c in best.choices]) == (expected, len(sets), sets)
    assert (best.method, best.gap) == (Method.EXHAUSTIVE, 0.0)


@given(graphs, st.integers(2, 4))
@settings(max_examples=40)
def test_however_few_sets_are_held_at_once(found: Any, k: int) -> None:
    record = graph(*found)
    whole = best_hubs(record, ask(record, k, "land"), limit=7)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(every_set, "_TABLE", 6)
        patch.setattr(every_set, "_WORD", 2)
        assert best_hubs(record, ask(record, k, "land"), limit=7) == whole


@given(graphs)
@settings(max_examples=40)
def test_the_fewest_that_leave_nobody_without(found: Any) -> None:
    none, edges, women = found
    record = graph(none, edges, women)
    best = fewest_hubs(record, ask(record, 1, "land"), limit=1000)
    assert best is not None, "a hub may stand in every area"
    k = len(best.choices[0].areas)
    ones = dict.fromkeys(AREAS, 1)
    if none:
        expected, sets = slowly(found, k, ones, [], [])
        assert (expected, [c.areas for c in best.choices]) == (len(none), sets)
        assert k == 1 or slowly(found, k - 1, ones, [], [])[0] < len(none)
    else:
        assert (k, best.gain, best.ties) == (0, 0, 1)


def test_nobody_can_be_reached_from_nowhere() -> None:
    record = graph(["A"], [], [1] * 6)
    assert fewest_hubs(record, ask(record, 1, "own", excluded=("A",))) is None


def test_through_the_solver_the_gain_is_the_same(
    london: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    for reach, weigh, k in (
        ("land", Objective.WOMEN, 2),
        ("crossing", Objective.AREAS, 3),
        ("own", Objective.WOMEN, 5),
        ("km:12", Objective.AREAS, 4),
    ):
        asked = ask(london, k, reach, objective=weigh)
        exact = best_hubs(london, asked)
        fewest = fewest_hubs(london, asked)
        with monkeypatch.context() as patch:
            patch.setattr(module, "MOST_AREAS", 10)
            solved, few = best_hubs(london, asked), fewest_hubs(london, asked)
        assert (solved.gain, solved.ties, solved.method, solved.gap) == (
            exact.gain,
            None,
            Method.MCLP,
            0.0,
        )
        assert len(solved.choices[0].areas) == k and solved.choices[0].gain == exact.gain
        assert (
            fewest
            and few
            and few.method is Method.LSCP
            and len(few.choices[0].areas) == len(fewest.choices[0].areas)
        )


@given(graphs, st.integers(1, 4), st.sampled_from(Objective))
@settings(max_examples=60)
def test_the_solver_finds_what_a_slow_search_finds(
    found: Any, k: int, objective: Objective
) -> None:
    none, edges, women = found
    record = graph(none, edges, women)
    by_women = objective is Objective.WOMEN
    worth = {a: (w or 0) if by_women else 1 for a, w in zip(AREAS, women, strict=True)}
    expected, sets = slowly(found, k, worth, [], [])
    asked = ask(record, k, "land", objective=objective)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_AREAS", 1)
        best = best_hubs(record, asked)
    assert (best.gain, best.gap, best.method) == (expected, 0.0, Method.MCLP)
    assert len(best.choices[0].areas) == k and (best.choices[0].areas in sets or not expected)


@given(graphs, st.integers(1, 4))
@settings(max_examples=60)
def test_no_place_of_a_best_set_is_left_out_beforehand(found: Any, k: int) -> None:
    record = graph(*found)
    best = best_hubs(record, ask(record, k, "land", objective=Objective.WOMEN), limit=1000)
    problem = instance(record, ask(record, k, "land", objective=Objective.WOMEN))
    covers = pairs(problem, problem.weights > 0)
    assume(len(covers.site))
    kept = {problem.codes[i] for i in can_win(covers, k)}
    useful = {problem.codes[i] for i in covers.site}
    assert kept <= useful
    assert all(set(choice.areas) & useful <= kept for choice in best.choices)


def test_what_two_far_wider_places_leave_out() -> None:
    """A reaches three areas of ten women each, D and F two; E reaches its own one woman: beside the
    widest it gains less than A and D together."""
    record = graph(list("ABCDEF"), [("A", "B"), ("A", "C"), ("D", "F")], [10, 10, 10, 10, 1, 10])
    problem = instance(record, ask(record, 2, "land", objective=Objective.WOMEN))
    covers = pairs(problem, problem.weights > 0)
    assert [problem.codes[i] for i in can_win(covers, 2)] == ["A", "B", "C", "D", "F"]
    assert [problem.codes[i] for i in can_win(covers, 1)] == ["A"]


@pytest.mark.parametrize(("rule", "hubs"), [("land", 5), ("crossing", 3), ("km:12", 2)])
def test_the_second_way_by_spopt(
    rule: str, hubs: int, london: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same problem through another's model, built row by row: the same gain, and as few."""
    import numpy as np
    from pulp import HiGHS
    from spopt.locate import LSCP, MCLP

    monkeypatch.setattr(module, "MOST_AREAS", 10)
    asked = ask(london, hubs, rule, objective=Objective.WOMEN)
    wanted, rows = np.flatnonzero(london.listed_none), np.flatnonzero(london.counted)
    costs = (~reach_matrix(london, asked.catchment)[np.ix_(wanted, rows)]).astype(float)
    women = london.women(18).to_numpy()[wanted]
    model = MCLP.from_cost_matrix(costs, women, 0.5, hubs).solve(HiGHS(msg=False))
    assert best_hubs(london, asked).gain == round(model.problem.objective.value())
    few, best = (
        LSCP.from_cost_matrix(costs, 0.5).solve(HiGHS(msg=False)),
        fewest_hubs(london, asked),
    )
    assert best and len(best.choices[0].areas) == round(few.problem.objective.value())


def test_fixed_hubs_are_what_the_solver_calls_predefined(london: Record) -> None:
    """Taking out beforehand what fixed hubs cover is the same as telling spopt about them."""
    import numpy as np
    from pulp import HiGHS
    from spopt.locate import MCLP

    wanted, rows = np.flatnonzero(london.listed_none), np.flatnonzero(london.counted)
    costs = (~reach_matrix(london, LAND)[np.ix_(wanted, rows)]).astype(float)
    women = london.women(18).to_numpy()[wanted]
    predefined = np.array([int(london.codes[r] == "E09000003") for r in rows])
    model = MCLP.from_cost_matrix(costs, women, 0.5, 3, predefined_facilities_arr=predefined).solve(
        HiGHS(msg=False)
    )
    fixed = fixed_hubs(london, ["E09000003"], LAND)
    ours = best_hubs(london, LocationProblem(2, LAND, Objective.WOMEN, existing=fixed))
    assert ours.gain + 152_808 == round(model.problem.objective.value()), (
        "Barnet borders on none of the other six"
    )


# London


def test_under_the_own_rule_the_seven_are_the_only_places_that_gain(london: Record) -> None:
    seven = {
        "E09000003",
        "E09000004",
        "E09000006",
        "E09000021",
        "E09000024",
        "E09000027",
        "E09000030",
    }
    for k in range(1, 6):
        best = best_hubs(london, ask(london, k, "own"))
        assert (best.gain, best.ties) == (k, comb(7, k))
        assert {area for c in best.choices for area in c.areas} == seven
    # By women, Barnet (152,808) comes first and Bromley (135,247) second.
    best = best_hubs(london, ask(london, 2, "own", objective=Objective.WOMEN))
    assert (best.gain, best.ties, best.choices[0].areas) == (288_055, 1, ("E09000003", "E09000006"))


def test_one_hub_by_land(london: Record) -> None:
    """Kingston and Wandsworth border on Merton and Richmond, and on each other: either reaches
    three. Nowhere reaches four."""
    best = best_hubs(london, ask(london, 1, "land"))
    assert (best.gain, best.ties, [c.areas for c in best.choices]) == (
        3,
        2,
        [("E09000021",), ("E09000032",)],
    )
    # By women the other end of the city wins: Kingston, Merton and Richmond together have 229,820.
    assert (
        best_hubs(london, ask(london, 1, "land", objective=Objective.WOMEN)).gain
        == 100_264 + 135_247
    ), "Bexley and Bromley"


def test_a_hub_in_greenwich_reaches_itself_apart(london: Record) -> None:
    best = best_hubs(london, ask(london, 1, "land", objective=Objective.WOMEN))
    assert [c.areas[0] for c in best.choices] == [
        "E09000004",
        "E09000006",
        "E09000011",
    ], "Bexley, Bromley and Greenwich border on one another"
    assert {c.gain_not_stated for c in best.choices} == {1}


def test_four_hubs_by_land_and_three_with_crossings_leave_nobody_without(london: Record) -> None:
    by_land, by_crossing = (
        fewest_hubs(london, ask(london, 1, reach)) for reach in ("land", "crossing")
    )
    assert by_land and by_crossing
    assert [len(best.choices[0].areas) for best in (by_land, by_crossing)] == [4, 3]
    for best, reach in ((by_land, "land"), (by_crossing, "crossing")):
        for choice in best.choices:
            outcome = evaluate(london, with_hubs(london, ask(london, 1, reach), choice))
            assert not any(
                rule for rule, codes in outcome.without.items() if rule == "none" and codes
            )


def test_no_hub_stands_in_the_city_or_where_it_is_excluded(london: Record) -> None:
    best = best_hubs(
        london, ask(london, 5, "land", excluded=("E09000021", "E09000032")), limit=10_000
    )
    used = {area for c in best.choices for area in c.areas}
    assert not used & {"E09000001", "E09000021", "E09000032"}


def test_what_is_already_covered_is_not_gained_again(london: Record) -> None:
    start, _ = read_link("hubs=E09000021~land", london)
    best = best_hubs(london, LocationProblem(1, LAND, existing=start))
    assert best.gain == 2 and [c.areas for c in best.choices] == [
        ("E09000004",),
        ("E09000006",),
        ("E09000011",),
    ]


def test_what_lapsed_is_told_apart(london: Record) -> None:
    start, _ = read_link("on=2020-04-01", london)
    best = best_hubs(london, LocationProblem(7, existing=start))
    assert best.gain == 7 and best.choices[0].gain_lapsed == 0
    near = shortfall(london, LocationProblem(1, LAND, existing=start), ["E09000026"])
    assert (near.own.gain, near.own.gain_lapsed) == (0, 1), "Redbridge itself"
    assert (
        shortfall(london, LocationProblem(1, LAND, existing=start), ["E09000012"]).own.gain_lapsed
        == 1
    ), "Hackney; Tower Hamlets beside it has none"


def test_one_s_own_choice_beside_the_best(london: Record) -> None:
    found = shortfall(london, ask(london, 1, "land"), ["E09000003", "E09000030"])
    assert (found.own.gain, found.best.gain, found.missed) == (2, 5, 3)
    assert shortfall(london, ask(london, 1, "land"), ["E09000032"]).missed == 0


@pytest.mark.parametrize("chosen", [["E09000001"], ["E09000003", "E09000003"], ["nowhere"]])
def test_a_choice_that_cannot_be(chosen: list[str], london: Record) -> None:
    with pytest.raises(ValueError, match="no place"):
        shortfall(london, ask(london, 1, "land"), chosen)


def test_areas_without_a_figure_are_told(city: Record) -> None:
    record = graph(["A", "B"], [], [None, 5, 1, 1, 1, 1])
    best = best_hubs(record, ask(record, 1, "own", objective=Objective.WOMEN))
    assert (best.gain, best.unknown, [c.areas for c in best.choices]) == (5, 1, [("B",)])


@pytest.mark.parametrize(("hubs", "what"), [(0, "1 to 32"), (34, "1 to 32"), (33, "1 to 32")])
def test_too_many_hubs_or_too_few(hubs: int, what: str, london: Record) -> None:
    with pytest.raises(ValueError, match=what):
        best_hubs(london, ask(london, hubs, "own"))


def test_as_many_hubs_as_places(city: Record) -> None:
    best = best_hubs(city, ask(city, 7, "own"))
    assert (best.gain, best.ties, len(best.choices[0].areas)) == (1, 1, 7)


def test_listing_is_bounded_and_counting_is_not(london: Record) -> None:
    best: Best = best_hubs(london, ask(london, 5, "touching"), limit=3)
    assert len(best.choices) == 3 and best.ties and best.ties > 3
    assert [c.areas for c in best.choices] == sorted(c.areas for c in best.choices)


def test_the_hubs_of_a_choice_stand_beside_those_that_stay(london: Record) -> None:
    start, _ = read_link("hubs=E09000021~km:5", london)
    asked = LocationProblem(1, LAND, existing=start)
    scenario = with_hubs(london, asked, best_hubs(london, asked).choices[0])
    assert scenario.hubs == (Hub("E09000004", LAND), Hub("E09000021", CatchmentRule.parse("km:5")))
