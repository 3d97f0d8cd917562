"""The shapes of areas as maps need them: whole, valid, without heights, and no finer than a screen.

Shared borders stay shared: outlines are simplified all at once as a coverage (Visvalingam-Whyatt on
the edges, ``shapely.coverage_simplify``), in a plane where a degree of longitude is as long as it
is at the middle latitude. Tolerances are in metres there.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

METRES_A_DEGREE = 111_320.0
"""Of latitude, to three digits."""

_POINTS, _POINTS_AN_AREA = 20_000, 12
_FINEST, _COARSEST = 20_000, 500  # parts of the region's extent
_POLYGONS, _COLLECTION = (3, 6), 7


@dataclass(frozen=True)
class Cleaning:
    """What became of geometries: as long as the input.

    ``mended`` marks those that were not valid; ``missing`` says in words what stood where there was
    no area.
    """

    mended: np.ndarray
    missing: tuple[str | None, ...]


def clean(geometries: Sequence[BaseGeometry | None] | np.ndarray) -> tuple[np.ndarray, Cleaning]:
    """Areas as valid polygons, None where there was no area; and what became of each.

    Parameters
    ----------
    geometries
        Geometries of any kind, None among them; heights are dropped.
    """
    flat = np.array([*geometries, None], dtype=object)[:-1]
    high = shapely.has_z(flat) | shapely.has_m(flat)
    flat[high] = shapely.force_2d(flat[high])
    missing = tuple(map(_missing, flat))
    keep = np.array([m is None for m in missing], dtype=bool)
    mended = keep & ~shapely.is_valid(flat)
    outlines = flat
    outlines[~keep] = None
    if mended.any():
        outlines[mended] = shapely.make_valid(
            outlines[mended], method="structure", keep_collapsed=False
        )
    outlines = np.array([_areas_of(g) for g in outlines] + [None], dtype=object)[:-1]
    lost = keep & np.array([g is None for g in outlines], dtype=bool)
    missing = tuple(
        "an outline without area" if gone else m for m, gone in zip(missing, lost, strict=True)
    )
    return outlines, Cleaning(mended & ~lost, missing)


def _missing(geometry: Any) -> str | None:
    """What stands in the place of an area; None for an area."""
    if geometry is None:
        return "no geometry"
    if geometry.is_empty:
        return "an empty geometry"
    kind = geometry.geom_type
    if kind in ("Polygon", "MultiPolygon", "GeometryCollection"):
        return None
    return {"LineString": "a line", "LinearRing": "a line", "MultiLineString": "lines"}.get(
        kind, "a point" if kind == "Point" else "points"
    )


def _areas_of(geometry: Any) -> BaseGeometry | None:
    """The polygons of a geometry as one; None where it has none."""
    if geometry is None or geometry.is_empty:
        return None
    if shapely.get_type_id(geometry) in _POLYGONS:
        found: BaseGeometry = geometry
        return found
    parts = (
        [g for part in geometry.geoms if (g := _areas_of(part))]
        if hasattr(geometry, "geoms")
        else []
    )
    return shapely.union_all(parts) if parts else None


@dataclass(frozen=True)
class Simplified:
    """Outlines as a screen needs them. ``tolerance`` is in metres, None where nothing was done."""

    outlines: np.ndarray
    tolerance: float | None
    points_before: int
    points: int


def for_a_screen(outlines: np.ndarray) -> Simplified:
    """Outlines with no more points than a map on a screen can show, their borders still shared.

    Parameters
    ----------
    outlines
        Valid Polygons and MultiPolygons in degrees of longitude and latitude (WGS84).
    """
    before = int(shapely.get_num_coordinates(outlines).sum())
    most = _POINTS + _POINTS_AN_AREA * len(outlines)
    if before <= most:
        return Simplified(outlines, None, before, before)
    squeeze = cos(radians(float(np.clip(_middle(outlines), -89, 89))))
    scale = np.array([squeeze, 1.0])
    plane = shapely.transform(outlines, lambda at: at * scale)
    extent = _extent(plane)
    plane, used = _coarser(plane, most, extent / _FINEST, extent / _COARSEST)
    if used is None:
        return Simplified(outlines, None, before, before)
    repaired, _ = clean(shapely.transform(plane, lambda at: at / scale))
    gone = np.array([g is None for g in repaired], dtype=bool)
    repaired[gone] = outlines[gone]
    points = int(shapely.get_num_coordinates(repaired).sum())
    return Simplified(repaired, round(used * METRES_A_DEGREE, 1), before, points)


def _coarser(
    plane: np.ndarray, most: int, finest: float, coarsest: float
) -> tuple[np.ndarray, float | None]:
    """The coverage with at most so many points, and the tolerance that this took.

    Each step doubles the tolerance, from the finest to the coarsest. Outlines that overlap may be
    more than the library can take; then the last step that it could take is used.
    """
    used, tolerance = None, finest
    while shapely.get_num_coordinates(plane).sum() > most and tolerance <= coarsest:
        try:
            plane, used = shapely.coverage_simplify(plane, tolerance), tolerance
        except shapely.errors.GEOSException:
            break
        tolerance *= 2
    return plane, used


def _middle(outlines: np.ndarray) -> float:
    bounds = shapely.total_bounds(outlines)
    return float((bounds[1] + bounds[3]) / 2)


def _extent(plane: np.ndarray) -> float:
    west, south, east, north = shapely.total_bounds(plane)
    return float(max(east - west, north - south))


def union_of(parts: Sequence[BaseGeometry]) -> BaseGeometry:
    """The parts of one area as one outline."""
    joined: BaseGeometry = shapely.union_all(list(parts))
    return joined


def give_memory_back() -> None:
    """Give the system what large outlines took, where the C library can: a server lives long."""
    if sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
