"""The classes of maps of themes: which areas are in which, and that no two that can stand together
look alike, in grey either."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from support import sketch

from provision.coverage.status import coverage, object_frame
from provision.links.query import Query
from provision.record import Record
from provision.symbology.themes import small_maps, theme_classes, theme_drawn, together_drawn
from provision.themes.reach import ThemeCoverage

# The day of the source, after the first contract has ended, and after all have.
DAYS = [date(2018, 10, 31), date(2020, 4, 30), date(2021, 4, 30)]


def on(day: date, theme: str | None = None) -> Query:
    return Query(day, theme=theme)


def lightness(colour: str) -> float:
    """CIE L*, 0 black to 100 white: what is left of a colour in a greyscale print."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)
    ]
    y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * y ** (1 / 3) - 16


def assert_told_apart(classes: Iterable[dict[str, Any]]) -> None:
    for one, other in combinations(classes, 2):
        told = (one["hatch"], one["rings"]) != (other["hatch"], other["rings"]) or abs(
            lightness(one["fill"]) - lightness(other["fill"])
        ) > 10
        assert told, (one["id"], other["id"])


def test_classes_of_two_themes_of_london(london: Record) -> None:
    drawn = theme_drawn(london, on(DAYS[0], "young-women"))
    assert {c["id"]: c["count"] for c in drawn["classes"]} == {
        "target-minerva-wraparound": "15",
        "not_named": "9",
        "none": "7",
        "not_stated": "1, and City of London apart",
    }
    drawn = theme_drawn(london, on(DAYS[0], "foreign-national"))
    assert {c["id"]: c["label"] for c in drawn["classes"]} == {
        "named-minerva-wraparound": "Minerva WrapAround: named, no target",
        "named-south-london-alliance": "South London Alliance: named, no target",
        "not_named": "Contracts there, not named for this theme",
        "none": "No contracted service",
        "not_stated": "Not stated in the source",
    }
    assert [c["count"] for c in drawn["classes"]] == [
        "7",
        "1, and City of London apart",
        "15",
        "6",
        "3",
    ]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_classes_of_all_themes_under_one_legend_are_told_apart_in_grey(
    day: date, london: Record
) -> None:
    """Those of the small maps are all that any theme's own map has on the day."""
    grid = small_maps(london, on(day), list(london.themes_by_id))
    assert {
        c["id"] for t in london.themes_by_id for c in theme_drawn(london, on(day, t))["classes"]
    } == {c["id"] for c in grid["classes"]}
    assert len(grid["classes"]) >= 3
    assert_told_apart(grid["classes"])


def test_every_class_of_several_themes_is_told_apart_in_grey(london: Record) -> None:
    pairs = list(combinations(london.themes_by_id, 2))
    found = {
        c["id"]: c
        for day in DAYS
        for pair in pairs
        for c in together_drawn(london, pair, on(day))["classes"]
    }
    assert set(found) == {"all", "some", "lapsed", "none", "not_stated"}
    assert_told_apart(found.values())


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_hatch_stands_out_from_its_ground_in_grey(day: date, london: Record) -> None:
    drawn = [
        *small_maps(london, on(day), list(london.themes_by_id))["classes"],
        *together_drawn(london, ["young-women", "recall"], on(day))["classes"],
    ]
    hatched = [c for c in drawn if c["hatch"]]
    assert hatched
    for kind in hatched:
        assert abs(lightness(kind["fill"]) - lightness(kind["ink"])) > 20, kind["id"]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_cell_of_the_small_maps_says_what_the_theme_s_own_map_says(
    day: date, london: Record
) -> None:
    grid = small_maps(london, on(day), list(london.themes_by_id))
    for theme, cells in grid["cells"].items():
        own = theme_drawn(london, on(day, theme))
        assert [grid["classes"][n]["id"] for n in cells] == [
            own["classes"][n]["id"] for n, _ in own["areas"]
        ]


def test_where_there_is_no_contract_no_theme_is_drawn_as_if_there_were_one(london: Record) -> None:
    for day in DAYS:
        status = coverage(london, day)["status"]
        for theme in london.themes_by_id:
            drawn = theme_drawn(london, on(day, theme))
            ids = [drawn["classes"][n]["id"] for n, _ in drawn["areas"]]
            reached = [i.startswith(("target-", "named-")) for i in ids]
            assert [s.value for s, r in zip(status, reached, strict=True) if r] == [
                "covered"
            ] * sum(reached)
            assert [i for i, s in zip(ids, status, strict=True) if s.value == "none"] == [
                "none"
            ] * 7


def test_what_a_map_has_absent_keeps_its_mark(london: Record) -> None:
    drawn = theme_drawn(london, on(DAYS[1], "young-women"))
    marks = {c["id"]: c["mark"] for c in drawn["classes"]}
    assert marks == {
        "target-minerva-wraparound": "",
        "not_named": "",
        "none": "×",
        "lapsed": "○",
        "not_stated": "?",
    }


@pytest.mark.parametrize("level", ["one-to-one", "wrap-around"])
def test_services_that_are_named_without_a_target_look_alike_neither_to_each_other_nor_to_those_with_one(
    level: str,
) -> None:
    areas = ["x", "y", "xy"]
    record = sketch(
        areas,
        {name: (level, "2020-01", "2020-12", [a for a in areas if name in a]) for name in "xy"},
    )
    found = [
        look
        for kind in (ThemeCoverage.TARGET, ThemeCoverage.PROVISION)
        for look in looks(record, kind)
    ]
    assert len(set(found)) == 6


def test_a_named_overlap_of_two_levels_looks_like_neither() -> None:
    services = {
        "x": ("wrap-around", "2020-01", "2020-12", ["x", "xy"]),
        "y": ("one-to-one", "2020-01", "2020-12", ["y", "xy"]),
    }
    assert len(set(looks(sketch(["x", "y", "xy"], services), ThemeCoverage.PROVISION))) == 3


def looks(record: Record, kind: ThemeCoverage) -> list[tuple[str, str | None, bool]]:
    """The fill and hatch of areas that contracts reach in one way, where every service that is
    active there carries the theme."""
    active = coverage(record, date(2020, 6, 30))["services"]
    table = object_frame(
        {"reach": [kind] * len(active), "services": list(active)}, active.index
    ).assign(counted=True)
    return [(c.fill, c.hatch, c.rings) for c in theme_classes(record, table)[0]]


def test_the_classes_of_farwater_are_told_apart_in_grey(farwater: Record) -> None:
    assert_told_apart(
        small_maps(farwater, on(date(2020, 6, 30)), list(farwater.themes_by_id))["classes"]
    )
