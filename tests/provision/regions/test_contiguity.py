"""Neighbours from outlines, and from a published list."""

from __future__ import annotations

import json

import pytest
from geopandas import GeoDataFrame
from shapely import box, to_geojson

from provision.io.problems import InvalidData
from provision.record import Record
from provision.regions.contiguity import contiguous, published_neighbours, queen_neighbours


def areas() -> GeoDataFrame:
    """Three in a row, one at the corner of the third, one out at sea."""
    shapes = [box(0, 0, 1, 1), box(1, 0, 2, 1), box(2, 0, 3, 1), box(3, 1, 4, 2), box(9, 9, 10, 10)]
    return GeoDataFrame(index=list("ABCDE"), geometry=shapes, crs="EPSG:4326")


def test_areas_that_share_a_point_are_neighbours() -> None:
    found = queen_neighbours(areas())
    assert [row[:2] for row in found.rows] == [("A", "B"), ("B", "C"), ("C", "D")]
    assert found.islands == ("E",)


def test_the_same_as_a_record_without_a_list_works_out() -> None:
    table = areas()
    shapes = [json.loads(to_geojson(shape)) for shape in table.geometry]
    same = contiguous(list(table.index), shapes)
    assert [tuple(map(str, row)) for row in same.to_numpy()] == list(queen_neighbours(table).rows)


CODES = ["E07000001", "E07000002", "E07000003", "E07000009"]


def test_a_published_table_of_pairs() -> None:
    raw = b"LAD21CD,LAD21NM,nbr code\nE07000002,Brook,E07000001\nE07000001,Ashby,E07000002\n"
    found = published_neighbours(raw + b"E07000003,Cold Hill,E08000001\n", "pairs.csv", CODES)
    assert [row[:2] for row in found.rows] == [("E07000001", "E07000002")]
    assert found.islands == ("E07000003", "E07000009")
    assert found.notes == ("1 pair of other places passed over.",)


def test_a_list_by_code_where_the_first_of_each_list_are_the_neighbours() -> None:
    raw = json.dumps({"E07000001": [["E07000002"], "E07000003"], "E07000003": []}).encode()
    found = published_neighbours(raw, "pairs.json", CODES)
    assert [row[:2] for row in found.rows] == [("E07000001", "E07000002")]


def test_our_own_table_keeps_what_it_says() -> None:
    raw = b"code_a,code_b,type,crossing,note,source\nE07000001,E07000002,river,,over the Sal,me\n"
    (row,) = published_neighbours(raw, "n.csv", CODES).rows
    assert row == ("E07000001", "E07000002", "river", "", "over the Sal", "me")


@pytest.mark.parametrize("raw", [b"a,b\n1,2\n", b"{}", b'{"E07000001": ["E08000001"]}'])
def test_a_list_of_other_places_is_refused(raw: bytes) -> None:
    with pytest.raises(InvalidData):
        published_neighbours(raw, "pairs", CODES)


def test_squares_that_touch_are_neighbours_by_land(city: Record) -> None:
    found = contiguous(list(city.codes), [area.geometry for area in city.areas])
    assert set(zip(found["code_a"], found["code_b"], strict=True)) == {
        ("Q1", "Q2"),
        ("Q2", "Q3"),
        ("Q3", "Q4"),
        ("Q5", "Q6"),
        ("Q6", "Q7"),
        ("Q7", "Q8"),
    }
    assert set(found["type"]) == {"land"} and "not reviewed" in found["note"].iloc[0]
