"""Boundaries: what is read of them, and every fault in them at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from provision.io.boundaries import Area, read_boundaries
from provision.io.files import DataFiles
from provision.io.problems import InvalidData, Problem

RING = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
SQUARE = {"type": "Polygon", "coordinates": [RING]}


def feature(
    code: Any = "A", name: Any = "Aa", geometry: Any = SQUARE, **more: Any
) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name, **more},
        "geometry": geometry,
    }


def polygon(*ring: list[Any]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [list(ring)]}


def read(folder: Path, *features: Any) -> tuple[Area, ...]:
    return read_text(folder, json.dumps({"type": "FeatureCollection", "features": features}))


def read_text(folder: Path, text: str) -> tuple[Area, ...]:
    path = folder / "areas.geojson"
    path.write_text(text, encoding="utf-8")
    return read_boundaries(path)


def problems(folder: Path, *features: Any) -> list[Problem]:
    with pytest.raises(InvalidData) as caught:
        read(folder, *features)
    return list(caught.value.problems)


def test_areas_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = read(tmp_path, feature("B", "Second"), feature("A", "First"))
    assert [area.code for area in found] == ["B", "A"]


def test_an_area_has_what_the_file_gives(tmp_path: Path) -> None:
    (area,) = read(tmp_path, feature(kind="ward", label="a", tile_column=2, tile_row=0))
    assert area == Area("A", "Aa", "ward", "a", (2, 0), SQUARE)


def test_what_the_file_does_not_give_is_left_open(tmp_path: Path) -> None:
    (area,) = read(tmp_path, feature())
    assert (area.kind, area.label, area.tile) == (None, "Aa", None)


@pytest.mark.parametrize(
    "tile", [{"tile_column": 1}, {"tile_row": 1}, {"tile_column": "1", "tile_row": "2"}]
)
def test_half_a_tile_is_no_tile(tile: dict[str, Any], tmp_path: Path) -> None:
    (area,) = read(tmp_path, feature(**tile))
    assert area.tile is None


def test_spaces_around_code_and_name_are_dropped(tmp_path: Path) -> None:
    (area,) = read(tmp_path, feature(" A ", " Aa "))
    assert (area.code, area.name) == ("A", "Aa")


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert len(read_text(tmp_path, "\ufeff" + json.dumps({"features": [feature()]}))) == 1


# field, and part of what is wrong
FAULTS = {
    "code missing": (feature(code=None), "code", "'None'"),
    "code a number": (feature(code=1), "code", "'1'"),
    "name blank": (feature(name=" "), "name", "' '"),
    "name a list": (feature(name=["Aa"]), "name", "Aa"),
    "name with half a character": (feature(name="A\ud800"), "name", "U+D800"),
    "kind a number": (feature(kind=7), "kind", "'7'"),
    "label nothing": (feature(label=None), "label", "'None'"),
    "no properties": ({"geometry": SQUARE}, "properties", "is missing"),
    "a number": (7, "properties", "is missing"),
    "no geometry": (feature(geometry=None), "geometry", "not a Polygon"),
    "a point": (
        feature(geometry={"type": "Point", "coordinates": [0, 0]}),
        "geometry",
        "not a Polygon",
    ),
    "no coordinates": (feature(geometry={"type": "Polygon"}), "coordinates", "not in degrees"),
    "empty coordinates": (feature(geometry=polygon()), "coordinates", "not in degrees"),
    "metres": (
        feature(
            geometry=polygon(
                [530_000, 180_000], [531_000, 180_000], [531_000, 181_000], [530_000, 180_000]
            )
        ),
        "coordinates",
        "not in degrees",
    ),
    "beyond the pole": (
        feature(geometry=polygon([0, 89], [1, 89], [1, 91], [0, 89])),
        "coordinates",
        "not in degrees",
    ),
    "text for a number": (
        feature(geometry=polygon(["0", "0"], [1, 0], [1, 1], [0, 0])),
        "coordinates",
        "not in degrees",
    ),
    "one number": (feature(geometry=polygon([0], [1], [1], [0])), "coordinates", "not in degrees"),
    "too shallow": (
        feature(geometry={"type": "Polygon", "coordinates": RING}),
        "coordinates",
        "not in degrees",
    ),
    "too deep": (
        feature(geometry={"type": "MultiPolygon", "coordinates": [[[RING]]]}),
        "coordinates",
        "not in degrees",
    ),
    "a ring of two corners": (feature(geometry=polygon([0, 0], [1, 0], [0, 0])), "coordinates", ""),
    "a ring of one corner": (feature(geometry=polygon([0, 0])), "coordinates", ""),
    "heights here and there": (
        feature(geometry=polygon([0, 0], [1, 0, 5], [1, 1], [0, 0])),
        "coordinates",
        "",
    ),
    "text for a height": (
        feature(geometry=polygon([0, 0, "x"], [1, 0, "x"], [1, 1, "x"], [0, 0, "x"])),
        "coordinates",
        "",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault(fault: str, tmp_path: Path) -> None:
    broken, field, what = FAULTS[fault]
    (problem,) = problems(tmp_path, feature("B", "Bb"), broken)
    assert (problem.entry, problem.field) == ("feature 2", field)
    assert what in problem.what and problem.mend


def test_every_fault_of_every_feature_is_reported(tmp_path: Path) -> None:
    found = problems(
        tmp_path, feature(code="", name=""), feature(geometry=None), feature("C", "Cc")
    )
    assert [(p.entry, p.field) for p in found] == [
        ("feature 1", "code"),
        ("feature 1", "name"),
        ("feature 2", "geometry"),
    ]


def test_a_code_stands_once(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, feature("A", "Aa"), feature("A", "Bb"), feature("C", "Aa"))
    assert (problem.entry, problem.field) == ("A", "code")


def test_areas_that_share_a_name_are_told_apart_by_code(tmp_path: Path) -> None:
    found = read(tmp_path, feature("A", "Aa"), feature("B", "Bb"), feature("C", "Aa", label="c"))
    assert [area.name for area in found] == ["Aa (A)", "Bb", "Aa (C)"]
    assert [area.label for area in found] == ["Aa (A)", "Bb", "c"]


def test_a_fault_that_many_features_have_is_one_problem(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, *(feature(code=None, name=f"N{i}") for i in range(22)))
    assert problem.entry == "feature 1, feature 2, feature 3 and 19 more"


def test_a_file_without_areas_is_a_fault(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path)
    assert problem.what == "is empty"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "is not valid JSON"),
        ('{"features": [', "is not valid JSON"),
        ("[]", "is not a FeatureCollection"),
        ("7", "is not a FeatureCollection"),
        ('{"features": {}}', "is not a FeatureCollection"),
        ("[" * 100_000, "is nested too deep"),
        ('{"features": [' + "9" * 5_000 + "]}", ""),
        ('{"features": [NaN]}', ""),
    ],
    ids=[
        "empty",
        "cut off",
        "list",
        "number",
        "features not a list",
        "deep",
        "number without end",
        "not a number",
    ],
)
def test_what_is_no_collection_is_refused(text: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidData) as caught:
        read_text(tmp_path, text)
    assert what in str(caught.value)


def test_the_line_of_broken_json_is_given(tmp_path: Path) -> None:
    with pytest.raises(InvalidData) as caught:
        read_text(tmp_path, '{\n"features": [\n}')
    assert caught.value.problems[0].line == 3


def test_london_has_33_areas_of_which_32_are_boroughs() -> None:
    areas = read_boundaries(DataFiles.london().boundaries)
    assert len(areas) == 33
    assert [area.name for area in areas if area.kind != "borough"] == ["City of London"]
