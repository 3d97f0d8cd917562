"""Which quarter is in which class of a theme's map, and what is said of it: Farwater, by hand. How
classes look is in test_theme_classes.py."""

from __future__ import annotations

from datetime import date

import pytest

from provision.links.query import Query
from provision.record import Record
from provision.symbology.coverage import MapClass
from provision.symbology.themes import (
    small_maps,
    theme_classes,
    theme_drawn,
    theme_spoken,
    together_drawn,
)
from provision.themes.reach import overview, reach

DAY = date(2020, 6, 30)
LONDON_DAY = date(2018, 10, 31)
APART = "1, and City of London apart"


def classes_on(record: Record, theme: str, on: date) -> tuple[list[MapClass], dict[str, str]]:
    return theme_classes(record, reach(record, theme, on))


def test_classes_of_a_theme_in_farwater(farwater: Record) -> None:
    found, of = classes_on(farwater, "safety", DAY)
    assert [(c.id, c.label, c.count) for c in found] == [
        ("none", "No contracted service", "1"),
        ("not_stated", "Not stated in the source", "2, and Harbour apart"),
        ("target-harvest", "Harvest: target", "1"),
        ("named-lantern", "Lantern: named, no target", "1"),
        ("target-lantern+harvest", "Lantern + Harvest: target", "1"),
        ("not_named", "Contracts there, not named for this theme", "1"),
    ]
    assert list(of.values()) == [
        "named-lantern",
        "target-lantern+harvest",
        "target-harvest",
        "not_named",
        "not_stated",
        "none",
        "not_stated",
        "not_stated",
    ]


def test_lapsed_is_a_class_of_its_own(farwater: Record) -> None:
    found, of = classes_on(farwater, "safety", date(2022, 7, 1))
    assert {c.id: c.count for c in found} == {
        "lapsed": "4, and Harbour apart",
        "none": "1",
        "not_stated": "2",
    }
    assert of["Q8"] == "lapsed"


def test_a_theme_without_contracts_has_no_class_of_a_service(farwater: Record) -> None:
    assert [c.id for c in classes_on(farwater, "silence", DAY)[0]] == [
        "none",
        "not_stated",
        "not_named",
    ]


@pytest.mark.parametrize(
    ("theme", "expected"),
    [
        (
            "young-women",
            {"target-minerva-wraparound": "15", "not_named": "9", "none": "7", "not_stated": APART},
        ),
        ("recall", {"not_named": "24", "none": "7", "not_stated": APART}),
    ],
)
def test_classes_of_london(theme: str, expected: dict[str, str], london: Record) -> None:
    assert {c.id: c.count for c in classes_on(london, theme, LONDON_DAY)[0]} == expected


def test_every_area_of_every_map_of_london_has_a_class(london: Record) -> None:
    for theme in london.themes_by_id:
        found, of = classes_on(london, theme, LONDON_DAY)
        assert len(of) == 33 and set(of.values()) == {c.id for c in found}


def test_what_is_said_of_a_quarter(farwater: Record) -> None:
    said = {
        str(row["name"]): theme_spoken(farwater, row)
        for row in reach(farwater, "safety", DAY).to_dict("records")
    }
    assert said["Alder"] == "contract named for it, no target (Lantern)"
    assert said["Birch"] == "contract with a target (Lantern and Harvest)"
    assert said["Damson"] == "no contract names this theme"
    assert said["Gorse"] == "not stated"


def test_the_map_of_a_theme_draws_every_quarter_once(farwater: Record) -> None:
    drawn = theme_drawn(farwater, Query(DAY, theme="crossing"))
    assert len(drawn["areas"]) == 8
    assert {c["id"] for c in drawn["classes"]} == {
        "named-ferry",
        "named-quay",
        "not_named",
        "none",
        "not_stated",
    }


def test_classes_where_themes_meet(farwater: Record) -> None:
    drawn, later = (
        together_drawn(farwater, ["work", "safety"], Query(day)) for day in (DAY, date(2022, 7, 1))
    )
    assert [(c["id"], c["count"]) for c in drawn["classes"]] == [
        ("all", "2"),
        ("some", "1"),
        ("none", "2"),
        ("not_stated", "2, and Harbour apart"),
    ]
    assert {c["id"]: c["count"] for c in later["classes"]} == {
        "lapsed": "4",
        "none": "1",
        "not_stated": "2, and Harbour apart",
    }


def test_small_maps_share_one_legend(farwater: Record) -> None:
    order = [str(theme) for theme in overview(farwater, DAY).index]
    found = small_maps(farwater, Query(DAY), order)
    ids = [c["id"] for c in found["classes"]]
    assert len(ids) == len(set(ids)) and ids[:2] == ["none", "not_stated"]
    assert ids[-1] == "not_named"
    assert list(found["cells"]) == ["silence", "gaol", "crossing", "safety", "work"]
    assert [ids[cells[6]] for cells in found["cells"].values()] == ["not_stated"] * 5, "Gorse"
    assert [ids[n] for n in found["cells"]["work"]][:3] == [
        "target-lantern",
        "target-lantern",
        "not_named",
    ]
