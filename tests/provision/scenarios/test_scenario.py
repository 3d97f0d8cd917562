"""A scenario as a value: sorted, checked, and the presets that a record gives ground for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from support import sketch

from provision.dates import SourceDate
from provision.record import Record
from provision.scenarios.scenario import (
    Assumptions,
    Change,
    Contested,
    Ends,
    Hub,
    Off,
    Scenario,
    Verdict,
    Withdrawn,
    need_of,
    presets,
    switched_off,
    tidy,
)

DAY = date(2020, 6, 30)
MAY = SourceDate.parse("2020-05")


def test_the_order_of_hubs_and_changes_is_irrelevant() -> None:
    hubs, changes = (
        (Hub("Q6"), Hub("Q1")),
        (
            Withdrawn("Lantern"),
            Off("harvest"),
            Ends("ferry", MAY),
        ),
    )
    one, other = Scenario(DAY, hubs, changes), Scenario(DAY, hubs[::-1], changes[::-1])
    assert one == other and hash(one) == hash(other)
    assert [hub.area for hub in one.hubs] == ["Q1", "Q6"] and one.changes == (
        Off("harvest"),
        Ends("ferry", MAY),
        Withdrawn("Lantern"),
    )


def test_the_order_of_themes_is_irrelevant() -> None:
    assert Hub("Q1", themes=("housing", "debt", "debt")) == Hub("Q1", themes=("debt", "housing"))


def test_a_hub_or_a_change_takes_the_place_of_the_one_before() -> None:
    scenario = (
        Scenario(DAY)
        .with_hub(Hub("Q1", key_workers=1))
        .with_hub(Hub("Q1", key_workers=2))
        .with_hub(Hub("Q2"))
    )
    assert scenario.hubs == (Hub("Q1", key_workers=2), Hub("Q2"))
    assert scenario.without_hub("Q1").hubs == (Hub("Q2"),)
    changed = scenario.with_change(Off("ferry")).with_change(Ends("ferry", MAY))
    assert (
        changed.changes == (Ends("ferry", MAY),)
        and changed.without_change(Ends("ferry", MAY)) == scenario
    )


def test_assumptions_are_kept_to_two_decimals() -> None:
    assert Assumptions(58.3333, 1556.851948).cost_per_woman == 1556.85


@pytest.mark.parametrize("name", ["Two  hubs\n", " Two hubs", "Two\u2028hubs"])
def test_a_name_is_one_clean_line(name: str) -> None:
    assert Scenario(DAY, name=name).name == "Two hubs"


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (
            lambda: Hub("Q1", opens=MAY, closes=SourceDate.parse("2020-04")),
            "closes before it opens",
        ),
        (lambda: Hub("Q1", key_workers=-1), "key workers"),
        (lambda: Hub("Q1", key_workers=1000), "key workers"),
        (lambda: Hub("Q1", themes=("Housing",)), "themes"),
        (lambda: Hub("Q1", themes=tuple(f"t{n}" for n in range(21))), "themes"),
        (lambda: Hub("Q1", opens=SourceDate.parse("1989-12")), "1990"),
        (lambda: Ends("ferry", SourceDate.parse("2100-01")), "2099"),
        (lambda: Contested("Q1", "lantern", Verdict.WRONG, MAY), "no date"),
        (lambda: Assumptions(cost_per_woman=-1), "from 0"),
        (lambda: Assumptions(cost_per_woman=float("nan")), "from 0"),
        (lambda: Assumptions(hub_fixed_cost=1e10), "from 0"),
        (lambda: Scenario(DAY, (Hub("Q1"), Hub("Q1", key_workers=1))), "one an area"),
        (lambda: Scenario(DAY, changes=(Off("ferry"), Ends("ferry", MAY))), "one for each thing"),
        (lambda: Scenario(DAY, name="x" * 81), "longer than 80"),
        (lambda: Scenario(DAY, note="x" * 501), "longer than 500"),
        (lambda: Scenario(DAY, name="\u202etwo"), "RIGHT-TO-LEFT OVERRIDE"),
        (lambda: Scenario(date(1989, 12, 31)), "1990"),
    ],
)
def test_what_could_not_be_is_refused(make: object, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        make()  # type: ignore[operator]


def test_what_is_switched_off(city: Record) -> None:
    changes: tuple[Change, ...] = (Off("harvest"), Withdrawn("Lantern"))
    assert switched_off(city, Scenario(DAY, changes=changes)) == {"harvest", "lantern", "ferry"}


def test_the_measure_of_need(city: Record) -> None:
    assert (
        need_of(city, Scenario.default(city)) == "women_18"
        and need_of(city, Scenario(DAY, need="score")) == "score"
    )
    assert need_of(sketch(["A"], {}), Scenario(DAY)) is None


def test_london_s_presets_are_the_four_a_workshop_begins_with(london: Record) -> None:
    found = presets(london)
    assert {key: scenario.name for key, scenario in found.items()} == {
        "planned-hubs": "A hub in each of the 7 boroughs listed as having none",
        "after-2020-03": "After March 2020",
        "after-2021-03": "After March 2021",
        "withdrawal": "Advance withdraws",
    }
    assert [
        found[key].on for key in ("planned-hubs", "after-2020-03", "after-2021-03", "withdrawal")
    ] == [*(date(2018, 10, 31), date(2020, 4, 1), date(2021, 4, 1), date(2018, 10, 31))]


def test_presets_come_from_the_record(city: Record) -> None:
    found = presets(city)
    assert list(found) == [
        "planned-hubs",
        "after-2020-12",
        "after-2021-03-15",
        "after-2022-06",
        "withdrawal",
    ]
    assert found["planned-hubs"].hubs == (Hub("Q6"),)
    assert (
        found["after-2021-03-15"].on == date(2021, 3, 16)
        and found["after-2021-03-15"].name == "After 15 March 2021"
    )
    assert found["withdrawal"].changes == (Withdrawn("Lantern"),), (
        "it leads in three quarters: Alder, Birch and Damson"
    )


def test_a_record_without_ground_for_them_has_no_presets() -> None:
    assert presets(sketch(["A"], {})) == {}


def test_tidy_keeps_letters_of_every_script() -> None:
    assert tidy("Zürich  東京 😀", 80) == "Zürich 東京 😀"


def test_a_scenario_is_never_changed() -> None:
    with pytest.raises(AttributeError):
        Scenario(DAY).name = "other"  # type: ignore[misc]
    assert replace(Scenario(DAY), name="other").name == "other"
