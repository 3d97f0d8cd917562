"""The drawing of Farwater. It lies on the equator, so one degree is as long in both directions: 0.4
degrees across are 9,760 units, and each square is 2,440 units wide."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from provision.geo.outlines import MARGIN, WIDTH, outlines
from provision.io.files import DataFiles
from provision.io.problems import InvalidData
from provision.record import Record, load


def area(code: str, coordinates: Sequence[Any], kind: str = "Polygon") -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": code},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def square(west: float, south: float, side: float = 0.1) -> list[list[float]]:
    east, north = west + side, south + side
    return [[west, north], [west, south], [east, south], [east, north], [west, north]]


def test_the_map_is_as_wide_as_it_says_and_in_proportion(city: Record) -> None:
    assert outlines(city).size == (10_000, 8_048)


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("Q1", "M120 120l0 2440 2440 0 0 -2440z"),
        ("Q2", "M2560 120l0 2440 2440 0 0 -2440z"),
        ("Q8", "M7440 5488l0 2440 2440 0 0 -2440z"),
    ],
)
def test_a_square_is_drawn_as_a_square(code: str, path: str, city: Record) -> None:
    assert outlines(city).areas[code].path == path


@pytest.mark.parametrize(
    ("code", "x", "y"), [("Q1", 1340, 1340), ("Q3", 6220, 1340), ("Q6", 3780, 6708)]
)
def test_the_label_of_a_square_stands_in_its_middle(
    code: str, x: int, y: int, city: Record
) -> None:
    drawn = outlines(city).areas[code]
    assert drawn.label_at == (pytest.approx(x, abs=10), pytest.approx(y, abs=10))
    assert drawn.room == pytest.approx(2440, abs=20)


def test_tiles_stand_where_the_boundaries_file_puts_them(city: Record) -> None:
    drawn = outlines(city)
    assert drawn.tiles == (4, 2)
    assert [drawn.areas[code].tile for code in ("Q1", "Q4", "Q5", "Q8")] == [
        (0, 0),
        (3, 0),
        (0, 1),
        (3, 1),
    ]


def test_there_is_no_water_without_a_file(city: Record) -> None:
    assert (outlines(city).water, outlines(city).water_name) == ("", "")


def watered(city: Record, path: Path, text: str) -> Record:
    path.write_text(text, encoding="utf-8")
    return load(replace(city.files, water=path))


def test_water_is_drawn_and_named(city: Record, tmp_path: Path) -> None:
    river = area("w", [[[10.0, 0.06], [10.0, -0.06], [10.4, -0.06], [10.4, 0.06], [10.0, 0.06]]])
    river["properties"]["name"] = "The Far Water"
    drawn = outlines(
        watered(
            city,
            tmp_path / "w.geojson",
            json.dumps({"type": "FeatureCollection", "features": [river]}),
        )
    )
    assert drawn.water == "M120 2560l0 2928 9760 0 0 -2928z"
    assert drawn.water_name == "The Far Water"


FAULTY = [
    '{"features": []}',
    '{"features": [{}]}',
    '{"features": [7]}',
    '{"features": [{"geometry": null, "properties": null}]}',
]
FAULTY += [
    '{"features": [{"geometry": {"type": "Polygon", "coordinates": [["x"]]}, "properties": {}}]}'
]


@pytest.mark.parametrize("text", FAULTY)
def test_faulty_water_is_left_out(text: str, city: Record, tmp_path: Path) -> None:
    drawn = outlines(watered(city, tmp_path / "w.geojson", text))
    assert (drawn.water, drawn.water_name) == ("", "")


@pytest.mark.parametrize("text", ["", "{", '{"features": 7}', "[]"])
def test_a_water_file_that_holds_no_features_is_named(
    text: str, city: Record, tmp_path: Path
) -> None:
    with pytest.raises(InvalidData, match=r"w\.geojson:\d: file: is not "):
        watered(city, tmp_path / "w.geojson", text)


def region(tmp_path: Path, features: Sequence[dict[str, Any]], city_files: DataFiles) -> Record:
    """A region of other outlines, under Farwater's words and sources and no services."""
    text = city_files.services.read_text(encoding="utf-8")
    words, sources = text.split("  name_variants:")[0], text[text.index("\nsources:") :]
    nobody = "areas_without_service: {heading_count: not stated, listed: [], ref: guide §1}"
    services, boundaries = tmp_path / "s.yaml", tmp_path / "b.geojson"
    services.write_text(f"{words}\n{nobody}\n{sources}", encoding="utf-8")
    boundaries.write_text(
        json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8"
    )
    return load(DataFiles(services, boundaries))


def test_tiles_are_worked_out_where_none_are_given(tmp_path: Path, city_files: DataFiles) -> None:
    four = [
        area(code, [square(x, y)])
        for code, x, y in (("NW", 0, 1), ("NE", 1, 1), ("SW", 0, 0), ("SE", 1, 0))
    ]
    drawn = outlines(region(tmp_path, four, city_files))
    assert {code: drawn.areas[code].tile for code in drawn.areas} == {
        "NW": (0, 0),
        "NE": (1, 0),
        "SW": (0, 1),
        "SE": (1, 1),
    }


def test_no_two_areas_share_a_worked_out_tile(tmp_path: Path, city_files: DataFiles) -> None:
    row = [area(f"A{i}", [square(i / 10, 0)]) for i in range(10)]
    drawn = outlines(region(tmp_path, row, city_files))
    assert len({a.tile for a in drawn.areas.values()}) == 10


def test_the_label_stands_on_the_largest_part(tmp_path: Path, city_files: DataFiles) -> None:
    parts = area("A", [[square(0, 0, 0.01)], [square(1, 0, 0.5)]], "MultiPolygon")
    drawn = outlines(region(tmp_path, [parts], city_files)).areas["A"]
    assert drawn.label_at[0] > WIDTH / 2
    assert drawn.path.count("M") == 2


def test_a_hole_is_a_ring_of_its_own_and_no_place_for_a_label(
    tmp_path: Path, city_files: DataFiles
) -> None:
    ring = area("A", [square(0, 0, 1), square(0.25, 0.25, 0.5)])
    drawn = outlines(region(tmp_path, [ring], city_files)).areas["A"]
    x, y = ((n - MARGIN) / (WIDTH - 2 * MARGIN) for n in drawn.label_at)
    assert drawn.path.count("M") == 2
    assert not (0.25 < x < 0.75 and 0.25 < y < 0.75)


def test_every_outline_of_london_has_a_label_inside_the_map(london: Record) -> None:
    drawn = outlines(london)
    assert len(drawn.areas) == 33
    assert all(
        0 < a.label_at[0] < drawn.size[0] and 0 < a.label_at[1] < drawn.size[1]
        for a in drawn.areas.values()
    )
    assert drawn.water.startswith("M") and drawn.water_name == "River Thames"
