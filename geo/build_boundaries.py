"""Rebuild the borough outlines, the river shape and their sidecar from one Debian package.

Run by hand, seldom, and never by the application or the tests:

    apt-get download r-cran-spdata
    pip install -r requirements.txt -r geo/requirements.txt
    python geo/build_boundaries.py r-cran-spdata_2.2.1-1_all.deb

The script fetches nothing. It reads the dataset `lnd` out of the package, thins the outlines in
British National Grid metres (EPSG:27700) with the borders that two boroughs share kept shared,
returns to WGS84 longitude and latitude, rounds to five decimals (about a metre) and refuses to
write anything that is not a clean partition with the same neighbours as the original.

Writes, beside itself: london_boroughs.geojson, thames.geojson, london_boroughs.yaml.

Definitions used below
    neighbours      two outlines whose borders share a line, not merely a point
    displacement    Hausdorff distance in metres between an outline before and after, measured
                    both ways, points every 25 m
    area error      difference in area as a percentage of the area before
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import itertools
import json
import subprocess
import tempfile
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import rdata
import shapely
import yaml
from shapely.geometry import mapping

HERE = Path(__file__).resolve().parent
BOROUGHS_FILE = HERE / "london_boroughs.geojson"
RIVER_FILE = HERE / "thames.geojson"
SIDECAR_FILE = HERE / "london_boroughs.yaml"

GRID, WGS84 = 27700, 4326
DECIMALS = 5
CITY_CODE = "E09000001"
EXPECTED_LAND_PAIRS = 68

# A changed dataset must be looked at before it replaces the outlines, so another hash stops the
# run.
LND_SHA256 = "2ed04e71483c87900a28c4e9cc5cf8ea88eb5b3e8423b5dce446bb0e7da093d2"

# Chosen by the table that the script prints. At 50 m no outline moves by more than 170 m, and the
# three places beyond 100 m are the heads of narrow inlets (in Bexley, Wandsworth, Tower Hamlets).
# At 60 m the inlet in Bexley closes altogether, which doubles the worst displacement to save 750
# vertices; at 100 m the City of London is 0.8 % out in area.
TOLERANCE_M = 50.0
TOLERANCES_COMPARED = (20.0, 30.0, 40.0, 50.0, 60.0, 80.0, 100.0)

# Short names for map labels and tiles, at most ten characters; all others use the full name.
LABELS = {
    "Barking and Dagenham": "B&D",
    "City of London": "City",
    "Hammersmith and Fulham": "H&F",
    "Kensington and Chelsea": "K&C",
    "Kingston upon Thames": "Kingston",
    "Richmond upon Thames": "Richmond",
    "Tower Hamlets": "Tower H.",
    "Waltham Forest": "Waltham F.",
    "Westminster": "W'minster",
}

# One equal cell for each authority. A least-squares assignment of the centroids to an 8 x 7 grid
# gave the start; it was then settled by eye for three things a reader relies on:
#   - the Thames is the line between the fourth and the fifth row: every authority on the north
#     bank is above it, every one on the south bank below, facing the ones it faces on the ground
#     (the gap at the right of row four is the wide river below Woolwich);
#   - Richmond lies on both banks and is put south, where most of it and its town centre are;
#   - the ring of outer boroughs stays on the outside, and nothing inside the shape is empty.
# The cost: Kingston, Merton, Sutton, Croydon, Bromley and Bexley share one row, and Harrow has
# come one cell east of Hillingdon, whose border it shares.
TILE_MAP = """
          |          |          |          |Enfield   |          |          |
          |          |Harrow    |Barnet    |Haringey  |Waltham F.|Redbridge |Havering
Hillingdon|Ealing    |Brent     |Camden    |Islington |Hackney   |Newham    |B&D
          |Hounslow  |H&F       |K&C       |W'minster |City      |Tower H.  |
          |          |Richmond  |Wandsworth|Lambeth   |Southwark |Lewisham  |Greenwich
          |          |Kingston  |Merton    |Sutton    |Croydon   |Bromley   |Bexley
"""

# Where the edge of Greater London leaves each bank of the river, as grid eastings and northings
# read off the outlines: Havering below Rainham, Bexley at the mouth of the Darent. The nearest
# corner of each outline is used.
RIVER_MOUTH = ((553657, 179219), (554088, 178056))

ORIGIN = {
    "package": "r-cran-spdata",
    "package_version": "2.2.1-1",
    "upstream": "spData 2.2.1 (R package by Bivand, Nowosad and Lovelace), package licence CC0-1.0",
    "dataset": "lnd",
    "original": (
        "Statistical GIS Boundary Files for London, borough outlines cut back to mean high "
        "water; Greater London Authority, London Datastore, from ONS and Ordnance Survey data"
    ),
}
VINTAGE = (
    "The package does not date the outlines. Its version 2.2.1 was released in November 2022 and "
    "holds a dataset file dated June 2021; the official file is older (other users of it print the "
    "copyright years 2012 to 2015). The codes are those in force in 2018, and the land borders "
    "agree with a second, separately published set of outlines to within slivers of about 2 m."
)
LICENCE = (
    "Open Government Licence v3.0 (the CC0 dedication of the package cannot waive Crown copyright)"
)
ATTRIBUTION = (
    "Contains National Statistics data © Crown copyright and database right [2015]. "
    "Contains Ordnance Survey data © Crown copyright and database right [2015]. "
    "Boundaries: Statistical GIS Boundary Files for London, GLA London Datastore, Open Government "
    "Licence v3.0, by way of spData; simplified."
)
CAUTIONS = [
    (
        "Outlines stop at mean high water, so the tidal Thames and its creeks belong to no borough"
        " and boroughs facing each other over the river do not touch; use data/adjacency.csv for"
        " neighbours."
    ),
    (
        "In law the borough boundary runs along the middle of the river, and London Bridge and "
        "Blackfriars Bridge are wholly in the City of London; neither is drawn here."
    ),
    "Above Teddington the Thames is not cut out, so Richmond and Kingston meet in mid-river.",
    (
        "Areas are those of these outlines. The Greater London Authority's inland area for Enfield"
        " is 137 ha smaller, because of its reservoirs."
    ),
    "Simplified for maps of all London. Do not use for addresses near a border.",
    (
        "The copyright year is the one printed by another publisher of the same official file; the"
        " package gives none."
    ),
]


class BoundaryError(ValueError):
    """The outlines read or made are not fit to be written."""


@dataclass(frozen=True)
class Measures:
    """What one tolerance costs, over all outlines."""

    tolerance_m: float
    vertices: int
    max_displacement_m: float
    max_displacement_in: str
    max_area_error_percent: float
    max_area_error_in: str
    same_neighbours: bool
    valid: bool


# --- reading the package ---------------------------------------------------------------------


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read_lazy_load_block(deb: Path, dataset: str) -> bytes:
    """The serialised R object of one dataset, from the lazy-load database inside the package.

    Such a database is an index (.rdx: gzip, name -> offset and length) and a file of blocks
    (.rdb: each one a four-byte length followed by a zlib stream).
    """
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", str(deb), folder], check=True)
        index_file = next(Path(folder).rglob("spData/data/Rdata.rdx"))
        index = parse_r(gzip.decompress(index_file.read_bytes()))
        offset, length = (int(number) for number in index["variables"][dataset])
        blocks = index_file.with_suffix(".rdb").read_bytes()
    return zlib.decompress(blocks[offset + 4 : offset + length])


def parse_r(content: bytes) -> Any:
    # rdata warns that it knows no Python class for R's spatial classes; plain lists serve us well.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return rdata.conversion.convert(rdata.parser.parse_data(content))


def to_outlines(lnd: Any) -> gpd.GeoDataFrame:
    """Outlines in WGS84, ordered by code. R holds a multipolygon as parts > rings > points."""
    shapes = [
        shapely.MultiPolygon([shapely.Polygon(part[0], part[1:]) for part in parts])
        for parts in lnd["geometry"]
    ]
    columns = {"code": list(lnd["GSS_CODE"]), "name": list(lnd["NAME"])}
    outlines = gpd.GeoDataFrame(columns, geometry=shapes, crs=WGS84)
    return outlines.sort_values("code", ignore_index=True)


# --- simplifying and measuring ---------------------------------------------------------------


def simplify(outlines: gpd.GeoDataFrame, tolerance_m: float) -> gpd.GeoDataFrame:
    """Thinned outlines in rounded WGS84.

    Rounding each corner on its own keeps shared corners identical, because they start identical.
    """
    metres = outlines.geometry.to_crs(GRID).to_numpy()
    thinned = gpd.GeoSeries(shapely.coverage_simplify(metres, tolerance_m), crs=GRID)
    degrees = thinned.to_crs(WGS84).to_numpy()
    rounded = shapely.transform(degrees, lambda xy: np.round(xy, DECIMALS))
    return outlines.set_geometry(gpd.GeoSeries(shapely.orient_polygons(rounded), crs=WGS84))


def neighbours(outlines: gpd.GeoDataFrame) -> set[tuple[str, str]]:
    pairs = set()
    rows = list(zip(outlines["code"], outlines.geometry, strict=True))
    for (code_a, shape_a), (code_b, shape_b) in itertools.combinations(rows, 2):
        if shape_a.intersection(shape_b).length > 0:
            pairs.add((code_a, code_b))
    return pairs


def displacement(before: Any, after: Any) -> float:
    lines = [shapely.segmentize(shape.boundary, 25) for shape in (before, after)]
    return float(lines[0].hausdorff_distance(lines[1]))


def is_clean_partition(outlines: gpd.GeoDataFrame) -> bool:
    """Valid shapes, no overlap, no unmatched border, and no hole anywhere in the whole."""
    shapes = outlines.geometry.to_numpy()
    if not (shapely.is_valid(shapes).all() and shapely.coverage_is_valid(shapes)):
        return False
    whole = shapely.coverage_union_all(shapes)
    return whole.geom_type == "Polygon" and not whole.interiors


def measure(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, tolerance_m: float) -> Measures:
    old, new = before.to_crs(GRID), after.to_crs(GRID)
    moved = [displacement(a, b) for a, b in zip(old.geometry, new.geometry, strict=True)]
    error = (new.area / old.area - 1).abs() * 100
    return Measures(
        tolerance_m=tolerance_m,
        vertices=int(shapely.get_num_coordinates(after.geometry.to_numpy()).sum()),
        max_displacement_m=round(max(moved), 1),
        max_displacement_in=before["name"].iloc[int(np.argmax(moved))],
        max_area_error_percent=round(float(error.max()), 3),
        max_area_error_in=before["name"].iloc[int(error.to_numpy().argmax())],
        same_neighbours=neighbours(after) == neighbours(before),
        valid=is_clean_partition(after),
    )


def print_measures(rows: list[Measures]) -> None:
    print(f"{'tol. m':>6} {'vertices':>8} {'moved m':>8} {'area err. %':>11}  neighbours valid")
    for row in rows:
        print(
            f"{row.tolerance_m:6.0f} {row.vertices:8d} {row.max_displacement_m:8.1f} "
            f"{row.max_area_error_percent:11.3f}  {row.same_neighbours!s:>10} {row.valid!s:>5}"
            f"  (moved most: {row.max_displacement_in}; area: {row.max_area_error_in})"
        )


def refuse_if_unfit(outlines: gpd.GeoDataFrame, measures: Measures) -> None:
    expected = [f"E09{number:06d}" for number in range(1, 34)]
    if list(outlines["code"]) != expected:
        raise BoundaryError(f"expected the codes {expected[0]} to {expected[-1]}, once each")
    if not measures.valid:
        raise BoundaryError("outlines overlap, gape or are invalid after rounding")
    if not measures.same_neighbours or len(neighbours(outlines)) != EXPECTED_LAND_PAIRS:
        raise BoundaryError("the outlines no longer have the 68 land neighbour pairs")


# --- labels, tiles, river --------------------------------------------------------------------


def tiles() -> dict[str, tuple[int, int]]:
    """Label -> (column, row), both from 0 at the top left."""
    rows = [line.split("|") for line in TILE_MAP.strip("\n").splitlines()]
    return {
        cell.strip(): (column, row)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if cell.strip()
    }


def with_map_columns(outlines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    labels = [LABELS.get(name, name) for name in outlines["name"]]
    cells = tiles()
    if sorted(cells) != sorted(labels) or max(map(len, labels)) > 10:
        raise BoundaryError("labels and tile map do not name the same 33, in ten characters")
    return outlines.assign(
        kind=["city" if code == CITY_CODE else "borough" for code in outlines["code"]],
        label=labels,
        tile_column=[cells[label][0] for label in labels],
        tile_row=[cells[label][1] for label in labels],
    )


def river(outlines: gpd.GeoDataFrame) -> shapely.Polygon:
    """The tidal Thames with its creeks: the space between the banks, closed off by a straight
    line across the mouth. Its corners are corners of the outlines, so the two fit exactly."""
    land = shapely.coverage_union_all(outlines.geometry.to_numpy())
    corners = shapely.points(shapely.get_coordinates(land.exterior))
    ends = gpd.GeoSeries([shapely.Point(xy) for xy in RIVER_MOUTH], crs=GRID).to_crs(WGS84)
    mouth = shapely.LineString([corners[shapely.distance(corners, end).argmin()] for end in ends])
    faces = shapely.get_parts(shapely.polygonize([shapely.unary_union([land.exterior, mouth])]))
    water = [face for face in faces if not land.covers(face.representative_point())]
    if len(water) != 1:
        raise BoundaryError(f"expected one stretch of river, found {len(water)}")
    return shapely.orient_polygons(water[0])


# --- writing ---------------------------------------------------------------------------------


def feature(shape: Any, properties: dict[str, Any]) -> str:
    """One feature on one line; a borough of one part is a Polygon."""
    if shape.geom_type == "MultiPolygon" and len(shape.geoms) == 1:
        shape = shape.geoms[0]
    whole = {"type": "Feature", "properties": properties, "geometry": mapping(shape)}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def write_collection(path: Path, features: list[str]) -> str:
    """Write a FeatureCollection without a `crs` member (RFC 7946) and return its SHA-256."""
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n"
    path.write_text(text, encoding="utf-8")
    return sha256(text.encode("utf-8"))


def borough_features(outlines: gpd.GeoDataFrame) -> list[str]:
    keys = ["code", "name", "kind", "label", "tile_column", "tile_row"]
    records = outlines[keys].to_dict(orient="records")
    return [feature(s, p) for s, p in zip(outlines.geometry, records, strict=True)]


def write_sidecar(deb_hash: str, files: dict[str, str], measures: Measures) -> None:
    content = {
        "title": "Outlines of the 32 London boroughs and the City of London, and the tidal Thames",
        "origin": {**ORIGIN, "package_sha256": deb_hash, "dataset_sha256": LND_SHA256},
        "vintage": VINTAGE,
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
        "projected_crs": GRID,
        "crs": "WGS84 longitude and latitude (EPSG:4326), five decimals",
        "simplification": {
            "method": (
                "shapely coverage_simplify (Visvalingam-Whyatt on shared borders) in EPSG:27700"
            ),
            "tolerance_m": measures.tolerance_m,
            "vertices": measures.vertices,
            "max_displacement_m": measures.max_displacement_m,
            "max_displacement_in": measures.max_displacement_in,
            "max_area_error_percent": measures.max_area_error_percent,
            "max_area_error_in": measures.max_area_error_in,
            "land_neighbour_pairs": EXPECTED_LAND_PAIRS,
        },
        "files": {name: {"sha256": digest} for name, digest in files.items()},
        "cautions": CAUTIONS,
    }
    text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=98)
    heading = "# Written by geo/build_boundaries.py with the outlines; not edited by hand.\n"
    SIDECAR_FILE.write_text(heading + text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("deb", type=Path, help="the package file r-cran-spdata_2.2.1-1_all.deb")
    deb = parser.parse_args().deb
    block = read_lazy_load_block(deb, ORIGIN["dataset"])
    if sha256(block) != LND_SHA256:
        raise BoundaryError("the dataset is not the one reviewed; check it, then change LND_SHA256")
    original = to_outlines(parse_r(block))
    print_measures([measure(original, simplify(original, t), t) for t in TOLERANCES_COMPARED])

    outlines = with_map_columns(simplify(original, TOLERANCE_M))
    measures = measure(original, outlines, TOLERANCE_M)
    refuse_if_unfit(outlines, measures)
    files = {
        BOROUGHS_FILE.name: write_collection(BOROUGHS_FILE, borough_features(outlines)),
        RIVER_FILE.name: write_collection(
            RIVER_FILE, [feature(river(outlines), {"name": "River Thames"})]
        ),
    }
    write_sidecar(sha256(deb.read_bytes()), files, measures)
    print(f"Written at {TOLERANCE_M:.0f} m:", *files, SIDECAR_FILE.name)


if __name__ == "__main__":
    main()
