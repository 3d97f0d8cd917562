"""The outlines are a clean, complete and honest picture of London's 33 authorities.

Reads the files themselves, not through the project's code. Areas are measured in the British
National Grid (EPSG:27700), in hectares.
"""

from __future__ import annotations

import hashlib
import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely
import yaml
from support import ROOT

GEO = ROOT / "geo"
CODES = [f"E09{number:06d}" for number in range(1, 34)]

# Greater London, with about a kilometre to spare: west, south, east, north.
LONDON = (-0.53, 51.27, 0.35, 51.71)

# North of the Thames and the row of the tile map below which everything is south of it.
NORTH_BANK_LAST_ROW = 3
SOUTH_OF_THE_RIVER = {
    "Bexley",
    "Bromley",
    "Croydon",
    "Greenwich",
    "Kingston upon Thames",
    "Lambeth",
    "Lewisham",
    "Merton",
    "Richmond upon Thames",
    "Southwark",
    "Sutton",
    "Wandsworth",
}


@pytest.fixture(scope="module")
def boroughs() -> gpd.GeoDataFrame:
    return gpd.read_file(GEO / "london_boroughs.geojson").set_index("code", drop=False)


@pytest.fixture(scope="module")
def thames() -> gpd.GeoDataFrame:
    return gpd.read_file(GEO / "thames.geojson")


@pytest.fixture(scope="module")
def sidecar() -> dict:
    return yaml.safe_load((GEO / "london_boroughs.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    return pd.read_csv(ROOT / "data" / "boroughs.csv").set_index("code")


def test_there_are_33_features_in_code_order(boroughs: gpd.GeoDataFrame) -> None:
    assert list(boroughs["code"]) == CODES


def test_the_collection_has_exactly_the_documented_members() -> None:
    collection = json.loads((GEO / "london_boroughs.geojson").read_text(encoding="utf-8"))
    assert set(collection) == {"type", "features"}, "RFC 7946 wants no `crs` member"
    wanted = {"code", "name", "kind", "label", "tile_column", "tile_row"}
    assert all(set(feature["properties"]) == wanted for feature in collection["features"])


def test_one_feature_stands_on_one_line() -> None:
    lines = (GEO / "london_boroughs.geojson").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 33 + 2


def test_names_are_those_of_the_figures(boroughs: gpd.GeoDataFrame, figures: pd.DataFrame) -> None:
    assert boroughs["name"].to_dict() == figures["name"].to_dict()


def test_only_the_city_of_london_is_not_a_borough(boroughs: gpd.GeoDataFrame) -> None:
    assert set(boroughs["kind"]) == {"borough", "city"}
    assert list(boroughs.loc[boroughs["kind"] == "city", "name"]) == ["City of London"]


def test_every_outline_is_valid(boroughs: gpd.GeoDataFrame) -> None:
    assert boroughs.geometry.is_valid.all()
    assert set(boroughs.geom_type) <= {"Polygon", "MultiPolygon"}


def test_the_outlines_neither_overlap_nor_leave_gaps(boroughs: gpd.GeoDataFrame) -> None:
    shapes = boroughs.geometry.to_numpy()
    assert shapely.coverage_is_valid(shapes)
    whole = shapely.coverage_union_all(shapes)
    assert whole.geom_type == "Polygon", "London falls apart"
    assert not whole.interiors, "London has a hole"


@pytest.mark.parametrize("code", CODES)
def test_area_is_within_half_a_percent_of_the_official_one(
    code: str, boroughs: gpd.GeoDataFrame, figures: pd.DataFrame
) -> None:
    hectares = boroughs.loc[[code]].to_crs(27700).area.iloc[0] / 10_000
    assert hectares == pytest.approx(figures.loc[code, "area_ha"], rel=0.005)


def test_every_corner_lies_inside_london(boroughs: gpd.GeoDataFrame) -> None:
    west, south, east, north = LONDON
    corners = shapely.get_coordinates(boroughs.geometry.to_numpy())
    assert corners[:, 0].min() > west and corners[:, 0].max() < east
    assert corners[:, 1].min() > south and corners[:, 1].max() < north


def test_the_outlines_reach_the_four_edges_of_london(boroughs: gpd.GeoDataFrame) -> None:
    assert boroughs.total_bounds == pytest.approx([-0.5104, 51.2868, 0.3340, 51.6919], abs=0.002)


def test_coordinates_have_five_decimals_at_most(boroughs: gpd.GeoDataFrame) -> None:
    corners = shapely.get_coordinates(boroughs.geometry.to_numpy())
    assert abs(corners - corners.round(5)).max() < 1e-12


def test_labels_are_short_and_unique(boroughs: gpd.GeoDataFrame) -> None:
    assert boroughs["label"].is_unique
    assert boroughs["label"].str.len().between(1, 10).all()


# --- tile map --------------------------------------------------------------------------------


def cells(boroughs: gpd.GeoDataFrame) -> set[tuple[int, int]]:
    return set(zip(boroughs["tile_column"], boroughs["tile_row"], strict=True))


def test_every_tile_has_a_cell_of_its_own(boroughs: gpd.GeoDataFrame) -> None:
    assert len(cells(boroughs)) == 33
    assert min(column for column, _ in cells(boroughs)) == 0
    assert min(row for _, row in cells(boroughs)) == 0


def test_the_tile_map_is_in_one_piece_without_a_hole(boroughs: gpd.GeoDataFrame) -> None:
    squares = [shapely.box(column, row, column + 1, row + 1) for column, row in cells(boroughs)]
    whole = shapely.union_all(squares)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors


def test_tiles_south_of_the_river_are_below_those_north_of_it(boroughs: gpd.GeoDataFrame) -> None:
    below = set(boroughs.loc[boroughs["tile_row"] > NORTH_BANK_LAST_ROW, "name"])
    assert below == SOUTH_OF_THE_RIVER


# --- river -----------------------------------------------------------------------------------


def test_the_river_is_one_valid_shape(thames: gpd.GeoDataFrame) -> None:
    assert list(thames["name"]) == ["River Thames"]
    assert list(thames.geom_type) == ["Polygon"]
    assert thames.geometry.is_valid.all()


def test_the_river_covers_no_land_and_leaves_no_gap(
    boroughs: gpd.GeoDataFrame, thames: gpd.GeoDataFrame
) -> None:
    shapes = [*boroughs.geometry, *thames.geometry]
    assert shapely.coverage_is_valid(shapes)
    assert not shapely.coverage_union_all(shapes).interiors


def test_the_river_runs_from_teddington_to_the_eastern_edge(thames: gpd.GeoDataFrame) -> None:
    west, south, east, north = thames.total_bounds
    assert -0.34 < west < -0.32 and 51.42 < south < 51.44
    assert 0.21 < east < 0.23 and north < 51.57
    assert 15 < thames.to_crs(27700).area.iloc[0] / 1e6 < 25, "square kilometres of tidal water"


# --- sidecar ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["london_boroughs.geojson", "thames.geojson"])
def test_checksum_in_the_sidecar_is_that_of_the_file(name: str, sidecar: dict) -> None:
    assert sidecar["files"][name]["sha256"] == hashlib.sha256((GEO / name).read_bytes()).hexdigest()


@pytest.mark.parametrize(
    "key", ["title", "origin", "vintage", "licence", "attribution", "simplification", "cautions"]
)
def test_the_sidecar_states_where_the_outlines_come_from(key: str, sidecar: dict) -> None:
    assert sidecar[key]


def test_the_sidecar_counts_the_corners_that_are_there(
    boroughs: gpd.GeoDataFrame, sidecar: dict
) -> None:
    corners = int(shapely.get_num_coordinates(boroughs.geometry.to_numpy()).sum())
    assert corners == sidecar["simplification"]["vertices"]
    assert 3_500 <= corners <= 6_000, "light enough to draw, heavy enough to recognise"
