"""What holds for every scenario on every small region: made up by hypothesis, and worked out a
second time the slow way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from support import sketch
from support.regions import AREAS, Facts, days, regions
from support.scenario_cases import LINKS, RULES, cases, hubs

from provision.coverage.status import Activity, Status, activity
from provision.dates import SourceDate
from provision.export.scenarios import women_range
from provision.record import Record
from provision.scenarios.codes import Difference, Effect, ScenarioStatus
from provision.scenarios.compare import compare
from provision.scenarios.evaluate import Outcome, evaluate
from provision.scenarios.scenario import (
    Contested,
    Ends,
    Hub,
    Off,
    Scenario,
    Verdict,
    Withdrawn,
    switched_off,
)
from provision.schema.services import NOT_STATED


def covered(outcome: Outcome) -> set[str]:
    return set(
        outcome.table.index[
            outcome.table["scenario"].isin([ScenarioStatus.COVERED, ScenarioStatus.WHAT_IF])
        ]
    )


def standing(outcome: Outcome) -> Mapping[str, ScenarioStatus]:
    found: dict[str, ScenarioStatus] = outcome.table["scenario"].to_dict()
    return found


# A second way to work it out: day by day, contract by contract, area by area


def reached(record: Record, hub: Hub) -> set[str]:
    pairs = record.neighbours.itertuples()
    return {hub.area} | {
        b if a == hub.area else a
        for _, a, b, kind in pairs
        if hub.area in (a, b) and kind in LINKS[hub.reach.rule]
    }


def slowly(record: Record, scenario: Scenario, area: str) -> ScenarioStatus:
    on, as_at = scenario.on, record.file.region.as_at
    found: list[Activity] = []
    for service in record.services:
        cell = next(
            (
                c
                for c in scenario.changes
                if isinstance(c, Contested) and (c.area, c.service) == (area, service.id)
            ),
            None,
        )
        named = area in service.service_area.listed
        if not (named or (cell and cell.verdict is Verdict.NEW)) or (
            cell and cell.verdict is Verdict.WRONG
        ):
            continue
        end = next(
            (c.end for c in scenario.changes if isinstance(c, Ends) and c.service == service.id),
            None,
        )
        contract = service.contract.model_copy(update={"end": end}) if end else service.contract
        what = activity(service.model_copy(update={"contract": contract}), as_at, on)
        stopped = service.id in switched_off(record, scenario) or (
            cell is not None and cell.verdict is Verdict.CLOSED
        )
        begun = what is Activity.ACTIVE or (
            what is Activity.NOT_STATED and (contract.start != NOT_STATED or on >= as_at.first)
        )
        found.append(Activity.ENDED if stopped and begun else what)
    if Activity.ACTIVE in found:
        return ScenarioStatus.COVERED
    if any(area in reached(record, hub) for hub in scenario.hubs if _open(hub, on)):
        return ScenarioStatus.WHAT_IF
    if Activity.ENDED in found and Activity.NOT_STATED not in found:
        return ScenarioStatus.LAPSED
    listed = area in record.file.areas_without_service.listed and on >= as_at.first
    return ScenarioStatus.NONE if listed else ScenarioStatus.NOT_STATED


def _open(hub: Hub, on: date) -> bool:
    return (hub.opens is None or on >= hub.opens.first) and (
        hub.closes is None or on <= hub.closes.last
    )


@given(cases())
def test_it_is_what_the_slow_way_finds(case: tuple[Record, Scenario]) -> None:
    record, scenario = case
    assert standing(evaluate(record, scenario)) == {
        area: slowly(record, scenario, area) for area in AREAS
    }


@given(cases(), st.integers(1, 35))
def test_every_month_is_what_the_scenario_says_on_its_last_day(
    case: tuple[Record, Scenario], later: int
) -> None:
    record, scenario = case
    outcome = evaluate(record, scenario)
    month = SourceDate.parse(outcome.months[later])
    row = outcome.months_table.iloc[later]
    found = [slowly(record, replace(scenario, on=month.last), area) for area in AREAS]
    assert {s: int(row[f"scenario_{s.value}"]) for s in ScenarioStatus} == {
        s: found.count(s) for s in ScenarioStatus
    }


@given(cases(), hubs())
def test_adding_a_hub_never_loses_an_area(case: tuple[Record, Scenario], hub: Hub) -> None:
    record, scenario = case
    assume(hub.area not in {h.area for h in scenario.hubs})
    before, after = evaluate(record, scenario), evaluate(record, scenario.with_hub(hub))
    assert covered(before) <= covered(after)
    assert set(before.gained) <= set(after.gained) and set(after.lost) <= set(before.lost)
    assert set(before.perhaps_gained) <= set(after.perhaps_gained) and set(
        after.perhaps_lost
    ) <= set(before.perhaps_lost)


@given(cases(), st.data())
def test_switching_a_service_off_never_gains_an_area(
    case: tuple[Record, Scenario], data: Any
) -> None:
    record, scenario = case
    for service in record.services_by_id:
        for change in (Off(service), Withdrawn(service)):
            assert covered(evaluate(record, scenario.with_change(change))) <= covered(
                evaluate(record, scenario.without_change(change))
            )


@given(cases(ends=False))
def test_without_hubs_switching_off_gains_nothing(case: tuple[Record, Scenario]) -> None:
    record, scenario = case
    outcome = evaluate(record, replace(scenario, hubs=()))
    assert outcome.gained == outcome.perhaps_gained == ()


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_hubs_and_changes_is_irrelevant(
    case: tuple[Record, Scenario], random: Any
) -> None:
    record, scenario = case
    shuffled = Scenario(
        scenario.on,
        tuple(random.sample(scenario.hubs, len(scenario.hubs))),
        tuple(random.sample(scenario.changes, len(scenario.changes))),
    )
    assert shuffled == scenario and standing(evaluate(record, shuffled)) == standing(
        evaluate(record, scenario)
    )


@given(cases())
def test_only_an_area_listed_as_having_none_is_none(case: tuple[Record, Scenario]) -> None:
    record, scenario = case
    outcome = evaluate(record, scenario)
    none = {area for area, found in standing(outcome).items() if found is ScenarioStatus.NONE}
    assert none <= {area for area in AREAS if outcome.table.loc[area, "baseline"] is Status.NONE}, (
        "not stated never turns into none, nor does anything else"
    )


@given(cases())
def test_the_baseline_never_moves(case: tuple[Record, Scenario]) -> None:
    record, scenario = case
    assert list(evaluate(record, scenario).table["baseline"]) == list(
        evaluate(record, Scenario(scenario.on)).table["baseline"]
    )


@given(cases())
def test_gains_and_losses_add_up(case: tuple[Record, Scenario]) -> None:
    record, scenario = case
    outcome = evaluate(record, scenario)
    gains, losses = (
        len(outcome.gained) + len(outcome.perhaps_gained),
        len(outcome.lost) + len(outcome.perhaps_lost),
    )
    assert (
        outcome.counts[Status.COVERED] == outcome.baseline_counts[Status.COVERED] + gains - losses
    )
    assert sorted((*outcome.gained, *outcome.perhaps_gained)) == sorted(
        code for codes in outcome.gained_from.values() for code in codes
    )
    assert outcome.gained_from[Status.NOT_STATED] == outcome.perhaps_gained
    assert sum(outcome.counts.values()) == sum(outcome.baseline_counts.values()) == len(AREAS)


@given(cases())
def test_what_is_not_stated_is_neither_gained_nor_lost(case: tuple[Record, Scenario]) -> None:
    record, scenario = case
    outcome = evaluate(record, scenario)
    before, after = outcome.table["baseline"].to_dict(), standing(outcome)
    assert {before[code] for code in outcome.gained} <= {Status.NONE, Status.LAPSED} and {
        after[code] for code in outcome.lost
    } <= {ScenarioStatus.LAPSED}
    assert {before[code] for code in outcome.perhaps_gained} <= {Status.NOT_STATED}
    assert {after[code] for code in outcome.perhaps_lost} <= {ScenarioStatus.NOT_STATED}
    moved = (outcome.gained, outcome.perhaps_gained, outcome.lost, outcome.perhaps_lost)
    assert len(set().union(*moved)) == sum(map(len, moved)), "no area is in two of them"
    assert not set(outcome.only_by_hub) & set(outcome.perhaps_only_by_hub) and set(
        outcome.on_one_hub
    ) <= set(outcome.only_by_hub)


@given(cases())
def test_what_the_map_shows_is_what_is_gained_and_lost(case: tuple[Record, Scenario]) -> None:
    record, scenario = case
    outcome = evaluate(record, scenario)
    effects = outcome.table["effect"]

    def those(*kinds: Effect) -> tuple[str, ...]:
        return tuple(effects.index[effects.isin(kinds)])

    assert (
        those(Effect.WHAT_IF, Effect.GAINED) == outcome.gained
        and those(Effect.SECURED) == outcome.perhaps_gained
    )
    assert those(Effect.LOST) == outcome.lost and those(Effect.DOUBTFUL) == outcome.perhaps_lost


@given(cases(), cases())
def test_where_two_scenarios_differ_is_what_each_covers_and_is_known_not_to(
    case: tuple[Record, Scenario], other: tuple[Record, Scenario]
) -> None:
    record, scenario = case
    # the other's changes speak of services that this record may not have
    bare = Scenario(other[1].on, other[1].hubs)
    found = compare(record, [scenario, bare])
    covers, unknown = (
        [covered(o) for o in found.outcomes],
        [
            {a for a, s in standing(o).items() if s is ScenarioStatus.NOT_STATED}
            for o in found.outcomes
        ],
    )
    for a, b in ((0, 1), (1, 0)):
        assert (
            set(found.only(a, b)) == covers[a] - covers[b] - unknown[b]
            and set(found.unsure(a, b)) == covers[a] & unknown[b]
        )
        kinds = found.difference(a, b)
        assert set(kinds.index[kinds == Difference.ONLY_A]) == set(found.only(a, b))
        assert set(kinds.index[kinds == Difference.UNSURE_B]) == set(found.unsure(a, b))


# Gorse, Q7, has no figure
WOMEN = {"Q1": 1000, "Q2": 2000, "Q3": 3000, "Q4": 4000, "Q5": 5000, "Q6": 600}


@given(
    st.dates(date(2019, 1, 1), date(2022, 12, 31)),
    st.lists(
        st.builds(Hub, st.sampled_from([*WOMEN, "Q7"]), st.sampled_from(RULES)),
        max_size=4,
        unique_by=lambda hub: hub.area,
    ),
    st.lists(st.sampled_from(["lantern", "harvest", "ferry", "quay", "orchard"]), unique=True),
    st.lists(st.sampled_from(["Q1", "Q2"]), unique=True),
)
def test_a_range_of_women_goes_upwards(
    city: Record, on: date, places: list[Hub], off: list[str], wrong: list[str]
) -> None:
    cells = [Contested(area, "lantern", Verdict.WRONG) for area in wrong]
    outcome = evaluate(city, Scenario(on, tuple(places), (*map(Off, off), *cells)))
    for women, sure, perhaps in (
        (outcome.women_gained, outcome.gained, outcome.perhaps_gained),
        (outcome.women_lost, outcome.lost, outcome.perhaps_lost),
    ):
        lower, upper = women_range(women)
        assert lower == (None if sure == ("Q7",) else sum(WOMEN.get(code, 0) for code in sure))
        stated = lower is not None and "Q7" not in perhaps
        assert upper == (sum(WOMEN.get(code, 0) for code in (*sure, *perhaps)) if stated else None)
        assert upper is None or lower <= upper


@given(regions(), days)
def test_a_scenario_that_changes_nothing_changes_nothing(
    region: tuple[dict[str, Facts], list[str]], on: date
) -> None:
    outcome = evaluate(sketch(AREAS, *region), Scenario(on))
    assert outcome.gained == outcome.lost == outcome.only_by_hub == ()
    assert outcome.perhaps_gained == outcome.perhaps_lost == outcome.perhaps_only_by_hub == ()
    assert [s.value for s in outcome.table["scenario"]] == [
        s.value for s in outcome.table["baseline"]
    ]
