"""The one place that says in which plane distances are measured, and that puts outlines into it.

The plane is data: ``projected_crs`` in the file beside the outlines (for London, British National
Grid, EPSG:27700). Where that says nothing, the UTM zone (WGS84) of the region's middle is taken, as
geopandas finds it; over a region of a few hundred kilometres its distances are right to about one
part in a thousand."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import numpy as np

from provision.record import Record

BRITISH_NATIONAL_GRID = 27700
_NOWHERE = 32631  # for a region without outlines, which has no distances


@lru_cache(maxsize=8)
def projected_crs(record: Record) -> int:
    """The plane that a region's distances are measured in, metres.

    Parameters
    ----------
    record
        The record.

    Returns
    -------
    int
        EPSG code: what the file beside the outlines says, else the UTM zone of the middle of
        the region."""
    said = record.origin.projected_crs if record.origin else None
    if said is not None:
        return said
    from geopandas import GeoSeries

    drawn, shapes = _shapes(record)
    if not len(drawn):
        return _NOWHERE
    found = GeoSeries(shapes, crs=4326).estimate_utm_crs().to_epsg()
    return int(found) if found else _NOWHERE


def plane_words(record: Record) -> str:
    """The plane in words, for notes under distances.

    Parameters
    ----------
    record
        The record.

    Returns
    -------
    str"""
    code = projected_crs(record)
    return "British National Grid" if code == BRITISH_NATIONAL_GRID else f"UTM zone {code % 100}"


@lru_cache(maxsize=8)
def centroids(record: Record) -> np.ndarray:
    """The centre of every area, in the order of the boundaries file.

    Parameters
    ----------
    record
        The record.

    Returns
    -------
    float array (areas x 2)
        Easting and northing in metres, in the plane of :func:`projected_crs`; NaN for an area
        without an outline. A centre is the centroid of the outline in that plane. It takes no
        account of where people live, and for an area with a deep bay or of several parts it may lie
        outside."""
    from shapely import centroid, get_coordinates

    found = np.full((len(record.areas), 2), np.nan)
    drawn, shapes = projected_outlines(record)
    if len(drawn):
        found[drawn] = get_coordinates(centroid(shapes))
    found.setflags(write=False)
    return found


@lru_cache(maxsize=2)
def projected_outlines(record: Record) -> tuple[np.ndarray, np.ndarray]:
    """The outlines in the plane of :func:`projected_crs`, parsed and projected once.

    Parameters
    ----------
    record
        The record that has them.

    Returns
    -------
    rows : integer array
        Rows of the areas that have an outline.
    outlines : array of shapely geometries, read-only
        One for each row; metres."""
    drawn, shapes = _shapes(record)
    found = project(record, shapes)
    found.setflags(write=False)
    return drawn, found


def project(record: Record, degrees: np.ndarray) -> np.ndarray:
    """Geometries from degrees into the plane of a region.

    Parameters
    ----------
    record
        The record.
    degrees : array of geometries
        Longitude and latitude, WGS84 (EPSG:4326).

    Returns
    -------
    array of geometries
        New ones, in the plane of :func:`projected_crs`, metres."""
    from pyproj import Transformer
    from shapely import get_coordinates, set_coordinates

    at = get_coordinates(degrees)
    if not len(at):
        return degrees.copy()
    transform: Any = Transformer.from_crs(4326, projected_crs(record), always_xy=True)
    metres = np.column_stack(transform.transform(at[:, 0], at[:, 1]))
    return np.asarray(set_coordinates(degrees.copy(), metres))


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
