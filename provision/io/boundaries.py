"""The areas of a region and their outlines, read from GeoJSON in WGS84 longitude and latitude (RFC
7946).

Each feature needs two properties, ``code`` and ``name``. ``kind`` tells the counted areas from
others (the City of London is not a borough); ``label`` is a short name for maps; ``tile_column``
and ``tile_row`` place the area in an equal-area tile map."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from provision.io.characters import LONGEST_NAME, MEND, text_fault
from provision.io.files import display
from provision.io.problems import InvalidData, Problem, one_a_kind, shown
from provision.io.reading import Reader, read_json, read_text

MAX_BYTES = 40_000_000
SHORTEST_RING = 4


@dataclass(frozen=True)
class Area:
    """One area. ``geometry`` is its GeoJSON geometry, as it was read."""

    code: str
    name: str
    kind: str | None
    label: str
    tile: tuple[int, int] | None
    geometry: dict[str, Any]


def read_boundaries(path: Path, read: Reader = read_text) -> tuple[Area, ...]:
    """The areas of a boundaries file.

    Parameters
    ----------
    path
        The file.
    read
        What reads a file's text, bounded in bytes.

    Returns
    -------
    tuple of Area
        In the order of the file; outlines as GeoJSON geometries, WGS84 (EPSG:4326), degrees.

    Raises
    ------
    InvalidData
        With every problem in it."""
    name = display(path)
    features = read_features(path, read)
    problems: list[Problem] = []
    areas: list[Area] = []
    for number, feature in enumerate(features, 1):
        found = list(_problems(name, number, feature))
        problems += found
        if not found:
            areas.append(_area(feature))
    problems += _repeated(name, areas)
    if not features:
        problems.append(Problem(name, 0, "", "features", "is empty", "give at least one area"))
    if problems:
        raise InvalidData(one_a_kind(problems))
    return tuple(_told_apart(areas))


def has_own_form(raw: bytes) -> bool:
    """Whether a file is GeoJSON with ``code`` and ``name`` in at least one feature, the form that
    :func:`read_boundaries` reads.

    Parameters
    ----------
    raw
        The bytes of the file.

    Returns
    -------
    bool
        True also for JSON that is broken, of which :func:`read_boundaries` tells the line."""
    try:
        data = json.loads(raw)
    except UnicodeDecodeError:
        return False
    except (ValueError, RecursionError):
        return raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"", b"{", b"[")
    features = data.get("features") if isinstance(data, dict) else None
    properties = (f.get("properties") for f in features or () if isinstance(f, dict))
    return any(isinstance(p, dict) and {"code", "name"} <= p.keys() for p in properties)


def read_features(path: Path, read: Reader = read_text) -> list[Any]:
    """The features of a GeoJSON file.

    Parameters
    ----------
    path
        The file.
    read
        What reads a file's text, bounded in bytes.

    Returns
    -------
    list
        Features as they stand, of any shape.

    Raises
    ------
    InvalidData
        Where it is not a FeatureCollection."""
    data = read_json(read(path, MAX_BYTES), display(path), "export the file again as GeoJSON")
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        what, mend = "is not a FeatureCollection", "export the areas as a GeoJSON FeatureCollection"
        raise InvalidData([Problem(display(path), 1, "", "", what, mend)])
    return features


def _problems(file: str, number: int, feature: Any) -> Iterator[Problem]:
    """What is wrong with one feature, numbered from 1."""
    fault = partial(Problem, file, 0, f"feature {number}")
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        mend = "give each feature the properties 'code' and 'name'"
        yield fault("properties", "is missing", mend)
        return
    for field, what, mend in _property_faults(properties):
        yield fault(field, what, mend)
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        mend = "keep only the outline of the area"
        yield fault("geometry", "is not a Polygon or MultiPolygon", mend)
    elif not is_outline(geometry):
        mend = "reproject to WGS84 longitude and latitude (EPSG:4326) and export again"
        yield fault("coordinates", "is not in degrees of longitude and latitude", mend)


def _property_faults(properties: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Faults of a feature's properties: field, what is wrong, how to mend it."""
    for field in ("code", "name", "kind", "label"):
        value = properties.get(field)
        if isinstance(value, str) and (what := _name_fault(value)):
            yield field, what, MEND
    for field in ("code", "name"):
        value = properties.get(field)
        if not isinstance(value, str) or not value.strip():
            mend = "write it as text, for instance a GSS code or an official name"
            yield field, f"is {shown(value)}", mend
    for field in ("kind", "label"):
        if field in properties and not isinstance(properties[field], str):
            yield field, f"is {shown(properties[field])}", "write it as text or leave it out"


def is_outline(geometry: Any) -> bool:
    """Whether this is a GeoJSON Polygon or MultiPolygon in WGS84.

    Parameters
    ----------
    geometry
        Anything that JSON can hold.

    Returns
    -------
    bool
        Whether its rings have four positions or more, in degrees, all of one dimension (RFC 7946).

    Examples
    --------
    >>> is_outline({"type": "Polygon", "coordinates": [[[0, 51], [1, 51], [1, 52], [0, 51]]]})
    True
    >>> is_outline({"type": "Polygon", "coordinates": [[[530000, 180000]] * 4]})
    False
    """
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return False
    polygons = (
        [geometry.get("coordinates")]
        if geometry["type"] == "Polygon"
        else geometry.get("coordinates")
    )
    return _all(polygons, lambda polygon: _all(polygon, _is_ring))


def _all(parts: Any, good: Callable[[Any], bool]) -> bool:
    return isinstance(parts, list) and bool(parts) and all(map(good, parts))


def _is_ring(ring: Any) -> bool:
    return (
        _all(ring, _is_position)
        and len(ring) >= SHORTEST_RING
        and len({len(position) for position in ring}) == 1
    )


def _is_position(position: Any) -> bool:
    if not _all(position, lambda n: isinstance(n, (int, float)) and not isinstance(n, bool)) or len(
        position
    ) not in (2, 3):
        return False
    return bool(abs(position[0]) <= 180 and abs(position[1]) <= 90)


def _name_fault(text: str) -> str:
    """What is wrong with a code, name, kind or label as text; empty where nothing is."""
    if len(text) > LONGEST_NAME:
        return f"is {len(text):,} characters long, and at most {LONGEST_NAME:,} are read"
    return text_fault(text)


def _area(feature: dict[str, Any]) -> Area:
    properties = feature["properties"]
    column, row = properties.get("tile_column"), properties.get("tile_row")
    tile = (column, row) if isinstance(column, int) and isinstance(row, int) else None
    name = properties["name"].strip()
    return Area(
        properties["code"].strip(),
        name,
        properties.get("kind"),
        properties.get("label", name),
        tile,
        feature["geometry"],
    )


def _repeated(file: str, areas: list[Area]) -> Iterator[Problem]:
    seen: set[str] = set()
    for area in areas:
        if area.code in seen:
            what = f"{shown(area.code)} stands twice"
            mend = "keep one feature an area; dissolve its parts into one"
            yield Problem(file, 0, area.code, "code", what, mend)
        seen.add(area.code)


def _told_apart(areas: list[Area]) -> Iterator[Area]:
    """The areas, with the code in the name of those that share theirs with another."""
    often = Counter(area.name for area in areas)
    for area in areas:
        shared = often[area.name] > 1
        name = f"{area.name} ({area.code})"
        label = name if area.label == area.name else area.label
        yield replace(area, name=name, label=label) if shared else area
