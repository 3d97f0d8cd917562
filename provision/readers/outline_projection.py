"""From the coordinates of a file of outlines to degrees of longitude and latitude (WGS84).

A projection that the file states is used. One that it does not state is recognised by the range of
the coordinates where that leaves no doubt, and said; a person can say another. Latitude and
longitude the wrong way round are found by where the areas' codes belong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from provision.io.problems import InvalidData, Problem, shown
from provision.readers.outline_file import refused
from provision.regions.area_codes import Box, home_of, is_code

if TYPE_CHECKING:
    from geopandas import GeoSeries

WGS84 = "EPSG:4326"
_GRIDS: tuple[tuple[str, str, str, Box], ...] = (
    ("EPSG:29902", "Irish Grid", "N", (0, 0, 400_000, 500_000)),
    ("EPSG:27700", "British National Grid", "EWSK", (0, 0, 700_000, 1_300_000)),
    ("EPSG:3857", "Web Mercator", "EWSNK", (-1_000_000, 6_300_000, 250_000, 8_800_000)),
)
_UNITED_KINGDOM: Box = (-9.0, 49.0, 2.5, 61.5)


AXES = "axes"  # the field that a problem of them is named by


class Axes(StrEnum):
    """What is done with the order of coordinates."""

    ASK = "ask"
    KEEP = "keep"
    SWAP = "swap"


class SwappedAxes(InvalidData):
    """Latitude and longitude seem to be the wrong way round: a person says whether to swap them."""


@dataclass(frozen=True)
class Placed:
    """Geometries in WGS84, the projection that they were read in, and notes.

    ``assumed`` tells that the file does not state the projection: it was recognised.
    """

    geometry: GeoSeries
    crs: str
    assumed: bool
    notes: tuple[str, ...]


def to_wgs84(
    geometry: GeoSeries,
    name: str,
    codes: Sequence[str],
    crs: str | None = None,
    axes: Axes = Axes.ASK,
) -> Placed:
    """Geometries in degrees of longitude and latitude (WGS84, EPSG:4326).

    Parameters
    ----------
    geometry
        Geometries as they were read, with the projection that the file states or None.
    name
        What the reader calls the file.
    codes
        The code of each geometry, in their order.
    crs
        The projection that a person said, in any form that PROJ knows (``EPSG:27700``).
    axes
        What a person said of their order.

    Raises
    ------
    InvalidData
        Where the projection cannot be recognised; SwappedAxes where the axes are swapped.
    """
    used, notes = _projection(geometry, name, codes, crs)
    placed = geometry.set_crs(used, allow_override=True).to_crs(WGS84)
    assumed = bool(notes)
    if axes is Axes.SWAP:
        placed = _swapped(placed)
        notes = [*notes, "We swapped latitude and longitude, as you said."]
    elif axes is Axes.ASK and _seems_swapped(placed, codes):
        raise SwappedAxes([_swapped_problem(name)])
    if not _in_degrees(placed.total_bounds):
        what = f"has coordinates beyond the Earth when they are read as {used}"
        raise refused(name, what, "give the projection that the outlines are in, with --crs")
    return Placed(placed, used, assumed, (*notes, *_elsewhere(placed, codes)))


def _projection(
    geometry: GeoSeries, name: str, codes: Sequence[str], said: str | None
) -> tuple[str, list[str]]:
    if said is not None:
        return _known(said, name), []
    bounds = geometry.total_bounds
    if geometry.crs is not None and not geometry.crs.is_geographic:
        if not _tiny(bounds):
            return _authority(geometry.crs), []
        stated = _authority(geometry.crs)
        return WGS84, [f"The file says {stated}, but its coordinates are degrees. We read degrees."]
    if _could_be_degrees(bounds):
        stated = _authority(geometry.crs) if geometry.crs is not None else WGS84
        return stated, []
    grid = _recognised(bounds, codes)
    if grid is None:
        what = f"has coordinates that are not degrees ({_range(bounds)}), and states no projection"
        raise refused(name, what, "give the projection, for instance --crs EPSG:27700")
    code, called = grid
    note = f"We read the coordinates as {called} ({code}), because they fit its range."
    return code, [f"{note} The file does not say so. If it is another, give --crs."]


def _known(said: str, name: str) -> str:
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    text = said.strip()
    try:
        CRS.from_user_input(int(text) if text.isdecimal() else text)
    except CRSError:
        what = f"cannot be read in the projection {shown(said)}, which we do not know"
        raise refused(name, what, "give a code such as EPSG:27700 or EPSG:4326") from None
    return f"EPSG:{text}" if text.isdecimal() else text


def _authority(crs: Any) -> str:
    """``EPSG:27700`` where the projection has a code, else its full text."""
    if crs.is_geographic and crs.to_epsg() in (4326, 4979):
        return WGS84
    found = crs.to_authority()
    return ":".join(found) if found else str(crs.to_wkt())


def _recognised(bounds: np.ndarray, codes: Sequence[str]) -> tuple[str, str] | None:
    letters = {code[0].upper() for code in codes if is_code(code)}
    for crs, called, countries, box in _GRIDS:
        fits = _inside(bounds, box)
        if fits and (letters <= set(countries) if letters else crs != "EPSG:29902"):
            return crs, called
    return None


def _inside(bounds: Any, box: Box) -> bool:
    west, south, east, north = bounds
    return bool(box[0] <= west and box[1] <= south and east <= box[2] and north <= box[3])


def _tiny(bounds: np.ndarray) -> bool:
    """Whether coordinates that should be metres can only be degrees."""
    return _in_degrees(bounds) and float(np.abs(bounds).max()) > 0


def _in_degrees(bounds: np.ndarray) -> bool:
    return _inside(bounds, (-180.0, -90.0, 180.0 + 1e-6, 90.0 + 1e-6))


def _could_be_degrees(bounds: np.ndarray) -> bool:
    """Also the wrong way round."""
    return _in_degrees(bounds) or _in_degrees(bounds[[1, 0, 3, 2]])


def _range(bounds: np.ndarray) -> str:
    west, south, east, north = bounds
    return f"from {west:,.0f} {south:,.0f} to {east:,.0f} {north:,.0f}"


def _swapped(geometry: GeoSeries) -> GeoSeries:
    import shapely
    from geopandas import GeoSeries

    turned = shapely.transform(geometry.to_numpy(), lambda at: at[:, ::-1])
    return GeoSeries(turned, index=geometry.index, crs=WGS84)


def _seems_swapped(placed: GeoSeries, codes: Sequence[str]) -> bool:
    """Whether the areas are where they belong only with the coordinates swapped."""
    bounds = placed.total_bounds
    turned = bounds[[1, 0, 3, 2]]
    if not _in_degrees(bounds):
        return _in_degrees(turned)
    homes = [home_of(code) for code in codes]
    if not any(homes):
        return _inside(turned, _UNITED_KINGDOM) and not _inside(bounds, _UNITED_KINGDOM)
    coded = [(at, home) for at, home in zip(_centres(placed), homes, strict=True) if home]
    right = sum(_inside(at, home) for at, home in coded)
    wrong = sum(_inside(at[[1, 0, 3, 2]], home) for at, home in coded)
    return wrong > 0.5 * len(coded) and right < 0.5 * len(coded)


def _centres(placed: GeoSeries) -> np.ndarray:
    """The middle of each outline's extent, twice over as a box without size (areas x 4)."""
    boxes = placed.bounds.to_numpy()
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    return np.hstack([middle, middle])


def _swapped_problem(name: str) -> Problem:
    what = "seems to have latitude and longitude the wrong way round"
    fix = "give --axes swap to swap them, or --axes keep if they are right"
    return Problem(name, 0, "", AXES, what, fix)


def _elsewhere(placed: GeoSeries, codes: Sequence[str]) -> list[str]:
    """A note on outlines that lie far from where their codes belong."""
    far = [
        code
        for code, at in zip(codes, _centres(placed), strict=True)
        if (home := home_of(code)) and not _inside(at, home)
    ]
    if not far:
        return []
    some = ", ".join(far[:3]) + (f" and {len(far) - 3:,} more" if len(far) > 3 else "")
    verb = "outline lies" if len(far) == 1 else "outlines lie"
    whose = "its code belongs" if len(far) == 1 else "their codes belong"
    return [f"{len(far):,} {verb} far from where {whose}: {some}. Check the projection."]
