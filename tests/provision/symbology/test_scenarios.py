"""The classes of the scenario's map and of the map of differences: which quarter is in which, and
that no two of them look alike in print."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from provision.links.query import read_link
from provision.record import Record
from provision.scenarios.codes import Difference, Effect, ScenarioStatus
from provision.scenarios.compare import compare
from provision.scenarios.evaluate import evaluate
from provision.scenarios.scenario import presets
from provision.symbology.scenarios import (
    _DIFFERENCES,
    _EFFECTS,
    _STAYS,
    difference_drawn,
    scenario_drawn,
)

# Alder held by a hub, Damson lost, Fir by a contract as changed, Gorse too though the record does
# not say of it, Birch and Cedar as before,
# Elm not stated.
EVERYTHING = "withdraw=Lantern&hubs=Alder&cells=Fir~harvest~new,Gorse~harvest~new"
# A hub alone covers Fir, which has none, and Elm, of which the record does not say; of Alder it is
# no longer known what is left.
UNKNOWN = "hubs=Elm~land&cells=Alder~lantern~wrong"
LATER = "on=2021-01-15&off=quay&hubs=Elm"


def drawn(record: Record, link: str) -> dict[str, Any]:
    scenario, notes = read_link(link, record)
    assert not notes
    return scenario_drawn(evaluate(record, scenario))


def apart(record: Record, one: str, other: str) -> dict[str, Any]:
    return difference_drawn(
        compare(record, [read_link(one, record)[0], read_link(other, record)[0]]), 1
    )


def class_of(found: dict[str, Any]) -> list[str]:
    return [found["classes"][place]["id"] for place, _ in found["areas"]]


def counts(found: dict[str, Any]) -> dict[str, str]:
    return {c["id"]: c["count"] for c in found["classes"]}


def lightness(colour: str) -> float:
    """CIE L*, as in test_map_classes."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)
    ]
    return float(
        116 * (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]) ** (1 / 3) - 16
    )


EVERY_SCENARIO_CLASS = [*_EFFECTS.values(), *_STAYS.values()]
EVERY_DIFFERENCE = list(_DIFFERENCES.values())


@pytest.mark.parametrize(
    "classes", [EVERY_SCENARIO_CLASS, EVERY_DIFFERENCE], ids=["scenario", "difference"]
)
def test_classes_are_told_apart_in_greyscale(classes: list[Any]) -> None:
    for one, other in combinations(classes, 2):
        assert one.hatch != other.hatch or abs(lightness(one.fill) - lightness(other.fill)) > 10, (
            one.id,
            other.id,
        )


@pytest.mark.parametrize(
    "classes", [EVERY_SCENARIO_CLASS, EVERY_DIFFERENCE], ids=["scenario", "difference"]
)
def test_ids_labels_and_looks_are_each_a_class_s_own(classes: list[Any]) -> None:
    for seen in (
        {c.id for c in classes},
        {c.label for c in classes},
        {(c.fill, c.hatch, c.mark) for c in classes},
    ):
        assert len(seen) == len(classes)


def test_what_changes_has_a_mark_and_what_stays_covered_has_none() -> None:
    assert all(kind.mark for kind in _EFFECTS.values())
    assert (
        _STAYS[ScenarioStatus.COVERED].mark == "" and _STAYS[ScenarioStatus.COVERED].hatch is None
    )
    assert {
        _STAYS[s].mark
        for s in (ScenarioStatus.NONE, ScenarioStatus.LAPSED, ScenarioStatus.NOT_STATED)
    } == {
        "×",
        "○",
        "?",
    }


def test_every_effect_and_every_difference_has_a_class() -> None:
    assert set(_EFFECTS) == set(Effect) - {Effect.UNCHANGED}
    assert set(_STAYS) == set(ScenarioStatus) - {
        ScenarioStatus.WHAT_IF,
        ScenarioStatus.REMOTE,
    }
    assert set(_DIFFERENCES) == set(Difference)


def test_classes_of_farwater_where_everything_changes(farwater: Record) -> None:
    found = drawn(farwater, EVERYTHING)
    assert class_of(found) == [
        "held",
        "covered",
        "covered",
        "lost",
        "not_stated",
        "gained",
        "secured",
        "covered",
    ]
    assert counts(found) == {
        "secured": "1",
        "gained": "1",
        "held": "1",
        "lost": "1",
        "covered": "2, and Harbour apart",
        "not_stated": "1",
    }
    assert found["marked"] == ["Q1"] and found["markedName"] == "A hub stands here"


def test_classes_of_farwater_where_it_is_not_stated_what_was_or_what_is_left(
    farwater: Record,
) -> None:
    found = drawn(farwater, UNKNOWN)
    assert class_of(found) == [
        "doubtful",
        "covered",
        "covered",
        "covered",
        "secured",
        "what_if",
        "not_stated",
        "covered",
    ]
    assert counts(found) == {
        "what_if": "1",
        "secured": "1",
        "doubtful": "1",
        "covered": "3, and Harbour apart",
        "not_stated": "1",
    }
    assert [c["label"] for c in found["classes"][:3]] == [
        "Newly covered, because of a hub",
        "Covered now; the source did not say before",
        "Covered before; now the source does not say",
    ]


def test_what_was_never_known_and_now_has_ended_is_another_reason(farwater: Record) -> None:
    found = drawn(farwater, LATER)
    assert class_of(found) == [
        "lapsed",
        "covered",
        "covered",
        "not_stated",
        "secured",
        "none",
        "not_stated",
        "changed",
    ]
    assert (
        found["classes"][class_of(found).index("covered") and found["areas"][7][0]]["count"]
        == "0, and Harbour apart"
    )


def test_with_nothing_supposed_no_quarter_is_marked_as_changed(farwater: Record) -> None:
    found = drawn(farwater, "")
    assert (
        counts(found) == {"covered": "4, and Harbour apart", "none": "1", "not_stated": "2"}
        and found["marked"] == []
    )


def test_what_is_said_of_a_quarter_is_what_it_is_and_what_it_was(farwater: Record) -> None:
    found = drawn(farwater, EVERYTHING)
    said = [found["sentences"][place] for _, place in found["areas"]]
    assert said[0].startswith("covered because of a hub, before: ") and said[0].endswith(
        "; a hub stands here"
    )
    assert said[1].endswith(", as before") and "hub" not in said[1]
    assert "before: " in said[3] and "hub" not in said[3]
    assert len(set(said[:1] + said[3:7])) == 5


def test_classes_of_london_s_planned_hubs(london: Record) -> None:
    assert counts(scenario_drawn(evaluate(london, presets(london)["planned-hubs"]))) == {
        "what_if": "7",
        "covered": "24",
        "not_stated": "1, and City of London apart",
    }


def test_classes_of_london_when_advance_withdraws(london: Record) -> None:
    found = counts(scenario_drawn(evaluate(london, presets(london)["withdrawal"])))
    assert found == {
        "lost": "18",
        "covered": "6",
        "none": "7",
        "not_stated": "1, and City of London apart",
    }


def test_differences_of_farwater(farwater: Record) -> None:
    found = apart(farwater, "hubs=Fir", "off=harvest&hubs=Elm")
    assert [(c["id"], c["label"], c["mark"], c["count"]) for c in found["classes"]] == [
        ("both", "Covered in both", "", "3, and Harbour apart"),
        ("only_a", "Only in A", "A", "2"),
        ("unsure_a", "In B; not stated in A", "B?", "1"),
        ("unknown", "In neither for certain: not stated", "?", "1"),
    ]
    assert class_of(found) == [
        "both",
        "both",
        "only_a",
        "both",
        "unsure_a",
        "only_a",
        "unknown",
        "both",
    ]
    said = [found["sentences"][place] for _, place in found["areas"]]
    assert (said[2], said[4]) == ("only in a", "in b; not stated in a")


def test_differences_the_other_way_round(farwater: Record) -> None:
    found = apart(farwater, "off=harvest&hubs=Elm", "hubs=Fir")
    assert [(c["id"], c["label"], c["mark"]) for c in found["classes"][1:3]] == [
        ("only_b", "Only in B", "B"),
        ("unsure_b", "In A; not stated in B", "A?"),
    ]
    assert class_of(found) == [
        "both",
        "both",
        "only_b",
        "both",
        "unsure_b",
        "only_b",
        "unknown",
        "both",
    ]


def test_a_scenario_beside_itself_has_no_difference(farwater: Record) -> None:
    assert counts(apart(farwater, "hubs=Fir", "hubs=Fir")) == {
        "both": "5, and Harbour apart",
        "unknown": "2",
    }


def test_the_fourth_scenario_is_called_d(farwater: Record) -> None:
    links = ["", "off=lantern", "off=ferry", "hubs=Fir"]
    found = difference_drawn(compare(farwater, [read_link(link, farwater)[0] for link in links]), 3)
    assert {c["label"] for c in found["classes"]} == {
        "Covered in both",
        "Only in D",
        "In neither for certain: not stated",
    }
    assert counts(found)["only_b"] == "1"
