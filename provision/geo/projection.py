"""The one place that says in which plane distances are measured.

In Britain it is British National Grid (EPSG:27700). Elsewhere that grid is wrong, so the UTM zone
(WGS84) of the region's middle is taken; over a region of a few hundred kilometres its distances are
right to about one part in a thousand."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import numpy as np

from provision.record import Record

BRITISH_NATIONAL_GRID = 27700
# Where the British National Grid is meant to be used: degrees west, south, east, north (EPSG
# registry, area of use of 27700).
_BRITAIN = (-9.01, 49.75, 2.01, 61.01)


@lru_cache(maxsize=8)
def projected_crs(record: Record) -> int:
    """The EPSG code of the plane that a region's distances are measured in, metres: 27700 where
    every outline lies in Britain, else the UTM zone of the middle of the region."""
    west, south, east, north = _bounds(record)
    inside = (
        west >= _BRITAIN[0]
        and south >= _BRITAIN[1]
        and east <= _BRITAIN[2]
        and north <= _BRITAIN[3]
    )
    return BRITISH_NATIONAL_GRID if inside else _utm((west + east) / 2, (south + north) / 2)


def plane_words(record: Record) -> str:
    """The plane in words, for notes under distances."""
    code = projected_crs(record)
    return "British National Grid" if code == BRITISH_NATIONAL_GRID else f"UTM zone {code % 100}"


@lru_cache(maxsize=8)
def centroids(record: Record) -> np.ndarray:
    """The centre of every area in the plane of :func:`projected_crs`: float array (areas x 2),
    easting and northing in metres.

    A centre is the centroid of the outline, measured in that plane. It takes no account of where
    people live, and for an area with a deep bay or of several parts it may lie outside. NaN for an
    area without an outline."""
    from pyproj import Transformer
    from shapely import centroid, get_coordinates, set_coordinates

    found = np.full((len(record.areas), 2), np.nan)
    drawn, shapes = _shapes(record)
    if len(drawn):
        degrees = get_coordinates(shapes)
        transform: Any = Transformer.from_crs(4326, projected_crs(record), always_xy=True)
        metres = np.column_stack(transform.transform(degrees[:, 0], degrees[:, 1]))
        found[drawn] = get_coordinates(centroid(set_coordinates(shapes.copy(), metres)))
    found.setflags(write=False)
    return found


def _bounds(record: Record) -> tuple[float, float, float, float]:
    """West, south, east and north of all outlines, degrees; the middle of nowhere where there are
    none."""
    from shapely import total_bounds

    drawn, shapes = _shapes(record)
    west, south, east, north = total_bounds(shapes) if len(drawn) else (0.0, 0.0, 0.0, 0.0)
    return float(west), float(south), float(east), float(north)


@lru_cache(maxsize=1)
def _shapes(record: Record) -> tuple[np.ndarray, np.ndarray]:
    """The rows of the areas that have an outline, and the outlines in degrees."""
    from shapely import from_geojson

    drawn = np.array(
        [row for row, area in enumerate(record.areas) if area.geometry], dtype=np.int64
    )
    return drawn, np.asarray(
        from_geojson([json.dumps(record.areas[row].geometry) for row in drawn])
    )


def _utm(longitude: float, latitude: float) -> int:
    zone = min(int((longitude + 180) // 6) + 1, 60)
    return (32600 if latitude >= 0 else 32700) + zone
