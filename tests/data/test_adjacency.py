"""The table of neighbours agrees with the outlines, and its Thames crossings were all reviewed.

Whether two boroughs are neighbours is a judgement as soon as the river lies between them, so the
fourteen pairs are written out here a second time, by hand, and compared.
"""

from __future__ import annotations

import itertools

import geopandas as gpd
import pandas as pd
import pytest
from support import ROOT

COLUMNS = ["code_a", "code_b", "name_a", "name_b", "type", "crossing", "note", "source"]

CITY, HF, KC = "City of London", "Hammersmith and Fulham", "Kensington and Chelsea"
BD, RICHMOND = "Barking and Dagenham", "Richmond upon Thames"

# (one side, other side, joined as at October 2018, one crossing that joins them)
RIVER_PAIRS = [
    (HF, RICHMOND, True, "Hammersmith Bridge"),
    (HF, "Wandsworth", True, "Putney Bridge"),
    (KC, "Wandsworth", True, "Albert Bridge"),
    ("Wandsworth", "Westminster", True, "Chelsea Bridge"),
    ("Lambeth", "Westminster", True, "Westminster Bridge"),
    (CITY, "Lambeth", False, ""),
    (CITY, "Southwark", True, "London Bridge"),
    ("Southwark", "Tower Hamlets", True, "Tower Bridge"),
    ("Lewisham", "Tower Hamlets", False, ""),
    ("Greenwich", "Tower Hamlets", True, "Greenwich Foot Tunnel"),
    ("Greenwich", "Newham", True, "Woolwich Foot Tunnel"),
    (BD, "Greenwich", False, ""),
    (BD, "Bexley", False, ""),
    ("Bexley", "Havering", False, ""),
]

Pair = tuple[str, str]


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return pd.read_csv(ROOT / "data" / "adjacency.csv", keep_default_na=False)


@pytest.fixture(scope="module")
def boroughs() -> gpd.GeoDataFrame:
    return gpd.read_file(ROOT / "geo" / "london_boroughs.geojson").set_index("code")


@pytest.fixture(scope="module")
def shared_border(boroughs: gpd.GeoDataFrame) -> dict[Pair, float]:
    """Metres of border shared by each pair of outlines that touch at all, if only at a point."""
    shapes = boroughs.to_crs(27700).geometry
    return {
        (a, b): shapes[a].intersection(shapes[b]).length
        for a, b in itertools.combinations(shapes.index, 2)
        if boroughs.geometry[a].intersects(boroughs.geometry[b])
    }


def pairs(table: pd.DataFrame, *types: str) -> set[Pair]:
    rows = table[table["type"].isin(types)]
    return set(zip(rows["code_a"], rows["code_b"], strict=True))


def row_for(table: pd.DataFrame, name: str, other: str) -> pd.Series:
    found = table[
        (table["name_a"].eq(name) & table["name_b"].eq(other))
        | (table["name_a"].eq(other) & table["name_b"].eq(name))
    ]
    assert len(found) == 1, f"{name} and {other} should appear once"
    return found.iloc[0]


def test_the_table_has_its_columns_and_82_pairs(table: pd.DataFrame) -> None:
    assert list(table.columns) == COLUMNS
    assert table["type"].value_counts().to_dict() == {"land": 68, "crossing": 9, "river": 5}


def test_each_pair_appears_once_in_code_order(table: pd.DataFrame) -> None:
    assert (table["code_a"] < table["code_b"]).all()
    keys = table[["code_a", "code_b"]]
    assert not keys.duplicated().any()
    assert keys.equals(keys.sort_values(["code_a", "code_b"], ignore_index=True))


def test_names_belong_to_the_codes(table: pd.DataFrame, boroughs: gpd.GeoDataFrame) -> None:
    for side in "ab":
        assert list(table[f"name_{side}"]) == list(boroughs.loc[table[f"code_{side}"], "name"])


def test_every_row_says_what_it_rests_on(table: pd.DataFrame) -> None:
    assert table["source"].str.strip().ne("").all()


def test_land_pairs_are_exactly_the_outlines_that_touch(
    table: pd.DataFrame, shared_border: dict[Pair, float]
) -> None:
    assert pairs(table, "land") == set(shared_border)


def test_every_land_pair_shares_a_length_of_border(
    table: pd.DataFrame, shared_border: dict[Pair, float]
) -> None:
    shortest = min(shared_border, key=lambda pair: shared_border[pair])
    assert shared_border[shortest] > 50, f"{shortest} share {shared_border[shortest]:.0f} m"


def test_pairs_over_the_river_do_not_touch(
    table: pd.DataFrame, shared_border: dict[Pair, float]
) -> None:
    assert not pairs(table, "crossing", "river") & set(shared_border)


def test_pairs_over_the_river_face_each_other_within_700_metres(
    table: pd.DataFrame, boroughs: gpd.GeoDataFrame
) -> None:
    shapes = boroughs.to_crs(27700).geometry
    for code_a, code_b in pairs(table, "crossing", "river"):
        assert 100 < shapes[code_a].distance(shapes[code_b]) < 700


@pytest.mark.parametrize(
    ("name", "other", "joined", "crossing"),
    RIVER_PAIRS,
    ids=[f"{pair[0]} - {pair[1]}" for pair in RIVER_PAIRS],
)
def test_river_pair(
    name: str, other: str, joined: bool, crossing: str, table: pd.DataFrame
) -> None:
    row = row_for(table, name, other)
    assert row["type"] == ("crossing" if joined else "river")
    assert (crossing in row["crossing"].split("; ")) if joined else (row["crossing"] == "")
    assert row["note"], "a judgement over the river carries its reason"


def test_the_fourteen_pairs_are_all_there_are(table: pd.DataFrame) -> None:
    listed = {frozenset(pair[:2]) for pair in RIVER_PAIRS}
    rows = table[table["type"] != "land"]
    assert len(listed) == 14
    assert {frozenset(pair) for pair in zip(rows["name_a"], rows["name_b"], strict=True)} == listed


def test_crossings_are_named_where_there_are_any_and_nowhere_else(table: pd.DataFrame) -> None:
    assert (table["crossing"].ne("") == table["type"].eq("crossing")).all()


def test_a_crossing_serves_two_pairs_only_if_it_lands_on_a_border(table: pd.DataFrame) -> None:
    names = table.loc[table["type"] == "crossing", "crossing"].str.split("; ").explode()
    assert set(names[names.duplicated()]) == {"Chelsea Bridge"}


@pytest.mark.parametrize(
    ("name", "other"), [("Hounslow", RICHMOND), ("Kingston upon Thames", RICHMOND)]
)
def test_land_pairs_also_parted_by_the_river_say_so(
    name: str, other: str, table: pd.DataFrame
) -> None:
    row = row_for(table, name, other)
    assert row["type"] == "land" and "Thames" in row["note"]


def reachable(start: str, edges: set[Pair]) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for pair in edges:
            for there in set(pair) - seen if here in pair else ():
                seen.add(there)
                waiting.append(there)
    return seen


def test_all_of_london_can_be_reached_by_land_and_crossing(
    table: pd.DataFrame, boroughs: gpd.GeoDataFrame
) -> None:
    assert reachable("E09000001", pairs(table, "land", "crossing")) == set(boroughs.index)
