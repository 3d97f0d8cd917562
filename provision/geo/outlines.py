"""The shapes of a region's maps: outlines to draw, points to label, tiles of equal area.

Drawing coordinates are plain: longitude shrunk by the cosine of the region's middle latitude,
latitude turned downwards, scaled so that the map is :data:`WIDTH` units wide (an equirectangular
projection; over a city its distances are right to a few parts in a thousand). They are for drawing
only: no distance or area is ever measured in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, cos, radians, sqrt
from typing import Any

import numpy as np
from shapely import Polygon, maximum_inscribed_circle
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from provision.io.boundaries import Area, is_outline
from provision.record import Record

WIDTH = 10_000
MARGIN = 120
MOST_BEST_TILES = 2_000


@dataclass(frozen=True)
class Outline:
    """One area as it is drawn: an SVG path, where its label goes, how wide the area is there, and
    its tile (column, row)."""

    path: str
    label_at: tuple[int, int]
    room: int
    tile: tuple[int, int]


@dataclass(frozen=True)
class Outlines:
    """All areas by code, the water under them, and the size of both maps in drawing units and
    tiles."""

    areas: dict[str, Outline]
    water: str
    water_name: str
    size: tuple[int, int]
    tiles: tuple[int, int]


class _Frame:
    """From degrees to drawing units."""

    def __init__(self, shapes: Sequence[BaseGeometry]) -> None:
        bounds = np.array([s.bounds for s in shapes])
        self.west, south = bounds[:, 0].min(), bounds[:, 1].min()
        east, self.north = bounds[:, 2].max(), bounds[:, 3].max()
        self.squeeze = cos(radians((south + self.north) / 2))
        self.scale = (WIDTH - 2 * MARGIN) / max((east - self.west) * self.squeeze, 1e-9)
        self.size = (WIDTH, round((self.north - south) * self.scale) + 2 * MARGIN)

    def points(self, degrees: Any) -> np.ndarray:
        """Drawing units (n x 2, whole numbers) of positions in degrees."""
        at = np.asarray(degrees, dtype=float)[:, :2]
        x = (at[:, 0] - self.west) * self.squeeze * self.scale + MARGIN
        y = (self.north - at[:, 1]) * self.scale + MARGIN
        points: np.ndarray = np.rint(np.column_stack([x, y])).astype(int)
        return points


def outlines(record: Record) -> Outlines:
    """The drawing of a record's areas.

    Parameters
    ----------
    record
        The record.

    Returns
    -------
    Outlines
        In the order of the record."""
    shapes = [shape(area.geometry) for area in record.areas]
    frame = _Frame(shapes)
    tiles = _tiles(record.areas, shapes)
    drawn = {
        area.code: _outline(area, s, frame, tile)
        for area, s, tile in zip(record.areas, shapes, tiles, strict=True)
    }
    grid = (max(c for c, _ in tiles) + 1, max(r for _, r in tiles) + 1)
    return Outlines(drawn, *_water(record, frame), frame.size, grid)


def _outline(area: Area, geometry: BaseGeometry, frame: _Frame, tile: tuple[int, int]) -> Outline:
    largest = max(getattr(geometry, "geoms", [geometry]), key=lambda part: part.area)
    flat = Polygon(*_flat_rings(largest, frame))
    circle = maximum_inscribed_circle(flat if flat.is_valid else flat.buffer(0), tolerance=5)
    x, y = circle.coords[0]
    return Outline(
        _path(area.geometry, frame), (round(x), round(y)), round(2 * circle.length), tile
    )


def _flat_rings(polygon: Any, frame: _Frame) -> tuple[np.ndarray, list[np.ndarray]]:
    return frame.points(polygon.exterior.coords), [
        frame.points(ring.coords) for ring in polygon.interiors
    ]


def _path(geometry: dict[str, Any], frame: _Frame) -> str:
    """An SVG path of all rings, in relative whole units, which keeps it short."""
    polygons = (
        [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    )
    return "".join(_ring(frame.points(ring)) for polygon in polygons for ring in polygon)


def _ring(points: np.ndarray) -> str:
    start, steps = points[0], np.diff(points[:-1], axis=0)
    moves = " ".join(f"{dx} {dy}" for dx, dy in steps if dx or dy)
    return f"M{start[0]} {start[1]}l{moves}z"


def _water(record: Record, frame: _Frame) -> tuple[str, str]:
    """The path and the name of the water; empty where there is none."""
    found, name = water(record)
    return "".join(_path(geometry, frame) for geometry in found), name


def water(record: Record) -> tuple[list[dict[str, Any]], str]:
    """The outlines of the water under the areas, and its name.

    Parameters
    ----------
    record
        The record.

    Returns
    -------
    list of dict
        GeoJSON geometries, WGS84 (EPSG:4326), degrees. It is decoration, so a feature that is
        no outline is left out.
    str
        Its name; empty where there is none."""
    drawn = [f for f in record.water if isinstance(f, dict) and is_outline(f.get("geometry"))]
    names = [str((f.get("properties") or {}).get("name", "")) for f in drawn]
    return [f["geometry"] for f in drawn], ", ".join(filter(None, names))


def tiles(record: Record) -> list[tuple[int, int]]:
    """The tile of each area in an equal-area map.

    Parameters
    ----------
    record
        The record.

    Returns
    -------
    list of (int, int)
        Column and row, in the order of the record."""
    return _tiles(record.areas, [shape(area.geometry) for area in record.areas])


def _tiles(areas: Sequence[Area], shapes: Sequence[BaseGeometry]) -> list[tuple[int, int]]:
    """The tile of each area: from the boundaries file where it gives a place of its own to every
    area, else worked out."""
    given = [area.tile for area in areas if area.tile]
    if len(set(given)) == len(areas):
        return [area.tile for area in areas if area.tile]
    return _assign([(s.centroid.x, s.centroid.y) for s in shapes])


def _in_columns(at: np.ndarray, side: int) -> list[tuple[int, int]]:
    """A cell for each centre (areas x 2): columns from west to east, in each from north to south.
    The best cells need memory that grows with the square of their number."""
    column = np.empty(len(at), dtype=int)
    column[np.argsort(at[:, 0], kind="stable")] = np.arange(len(at)) // side
    row = np.empty(len(at), dtype=int)
    for number in range(column.max() + 1):
        inside = np.flatnonzero(column == number)
        row[inside[np.argsort(-at[inside, 1], kind="stable")]] = np.arange(len(inside))
    return [(int(c), int(r)) for c, r in zip(column, row, strict=True)]


def _assign(centres: Iterable[tuple[float, float]]) -> list[tuple[int, int]]:
    """Give each centre the cell of a nearly square grid such that the sum of squared moves is
    least; of more than :data:`MOST_BEST_TILES`, a cell in the order of columns and rows."""
    from scipy.optimize import linear_sum_assignment

    at = np.array(list(centres))
    side = ceil(sqrt(len(at)))
    if len(at) > MOST_BEST_TILES:
        return _in_columns(at, side)
    extent = np.where(np.ptp(at, axis=0) > 0, np.ptp(at, axis=0), 1)
    unit = (at - at.min(axis=0)) / extent * (side - 1)
    unit[:, 1] = side - 1 - unit[:, 1]
    cells = np.array([(c, r) for r in range(side) for c in range(side)])
    cost = ((unit[:, None, :] - cells[None, :, :]) ** 2).sum(axis=2)
    _, chosen = linear_sum_assignment(cost)
    return [(int(cells[i, 0]), int(cells[i, 1])) for i in chosen]
