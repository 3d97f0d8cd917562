"""Draw the outlines of Saltmere, an island that does not exist: ``python
examples/draw_saltmere.py`` writes boundaries.geojson and water.geojson. The same every time: cells
around ten places and a port, with borders that wander, parted by a river along some of them."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from random import Random

from shapely import (
    LineString,
    MultiPoint,
    Polygon,
    line_merge,
    polygonize,
    set_precision,
    unary_union,
    voronoi_polygons,
)
from shapely.geometry import Point, mapping
from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).parent / "saltmere"
# degrees; out at sea. A degree of longitude is WIDE times shorter here than one of latitude
WEST, SOUTH, WIDE = 0.9, 54.9, 1.7
RIVER_HALF = 0.006

# code: (name, label, kind, x, y, column and row of its tile), in hundredths of a degree of latitude
# from the island's corner
PLACES = {
    "SM01": ("Aldermouth", "Aldermouth", "district", 7, 33, (0, 0)),
    "SM02": ("Brinmoor", "Brinmoor", "district", 19, 37, (1, 0)),
    "SM03": ("Corran Fell", "Corran F.", "district", 33, 36, (2, 0)),
    "SM04": ("Dunnick", "Dunnick", "district", 46, 31, (3, 0)),
    "SM05": ("Eastwold", "Eastwold", "district", 54, 20, (4, 1)),
    "SM06": ("Farrowdene", "Farrowdene", "district", 22, 25, (1, 1)),
    "SM07": ("Gullstone", "Gullstone", "district", 8, 13, (0, 2)),
    "SM08": ("Hallowsand", "Hallowsand", "district", 21, 10, (1, 2)),
    "SM09": ("Ivelsea", "Ivelsea", "district", 36, 12, (2, 2)),
    "SM10": ("Kestermere", "Kestermere", "district", 37, 24, (2, 1)),
    "SM11": ("The Free Port", "Free Port", "port", 50, 8, (3, 2)),
}
SOUTH_OF_THE_RIVER = ("SM05", "SM07", "SM08", "SM09", "SM11")
COAST = [
    (2, 18),
    (1, 36),
    (13, 43),
    (27, 42),
    (40, 43),
    (53, 37),
    (61, 25),
    (60, 12),
    (55, 3),
    (42, 5),
    (28, 1),
    (14, 3),
    (4, 6),
]


def wandering(line: LineString, times: int, random: Random) -> LineString:
    """A line with the middle of every piece pushed aside, again and again; its ends stay."""
    points = list(line.coords)
    for _ in range(times):
        moved = [points[0]]
        for (x, y), (u, v) in pairwise(points):
            push = random.uniform(-0.16, 0.16)
            moved += [((x + u) / 2 + push * (v - y), (y + v) / 2 - push * (u - x)), (u, v)]
        points = moved
    return LineString(points)


def cells() -> dict[str, BaseGeometry]:
    """The areas by code, on a plane."""
    random = Random(11)
    shore = Polygon(COAST)
    raw = voronoi_polygons(
        MultiPoint([place[3:5] for place in PLACES.values()]), extend_to=shore.buffer(9)
    )
    lines = line_merge(unary_union([cell.intersection(shore).boundary for cell in raw.geoms]))
    bent = [
        wandering(line, 5 if line.length > 9 else 4, random)
        for line in sorted(lines.geoms, key=lambda line: line.wkt)
    ]
    found = list(polygonize(list(unary_union(bent).geoms)).geoms)
    return {
        code: next(cell for cell in found if cell.contains(Point(place[3:5])))
        for code, place in PLACES.items()
    }


def on_the_globe(shape: BaseGeometry) -> dict[str, object]:
    """A shape on the plane as GeoJSON, in degrees of longitude and latitude with four decimals."""
    from shapely import transform

    degrees = transform(shape, lambda xy: [[WEST + x / 100 * WIDE, SOUTH + y / 100] for x, y in xy])
    return dict(mapping(set_precision(degrees, 0.0001)))


def main() -> None:
    """Write both files."""
    areas = cells()
    south = unary_union([areas[code] for code in SOUTH_OF_THE_RIVER])
    north = unary_union([shape for code, shape in areas.items() if code not in SOUTH_OF_THE_RIVER])
    river = line_merge(north.boundary.intersection(south.boundary)).buffer(RIVER_HALF * 100)
    features = [
        {
            "type": "Feature",
            "properties": {
                "code": code,
                "name": name,
                "kind": kind,
                "label": label,
                "tile_column": tile[0],
                "tile_row": tile[1],
            },
            "geometry": on_the_globe(areas[code].difference(river)),
        }
        for code, (name, label, kind, _, _, tile) in PLACES.items()
    ]
    water = [
        {
            "type": "Feature",
            "properties": {"name": "The Mere, an invented river"},
            "geometry": on_the_globe(river),
        }
    ]
    for path, found in ((HERE / "boundaries.geojson", features), (HERE / "water.geojson", water)):
        lines = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in found)
        path.write_text(
            f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8"
        )


if __name__ == "__main__":
    main()
