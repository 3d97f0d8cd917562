"""Maps on paper: areas in the plane that distances are measured in, or tiles of equal area, with
the classes of the screen.

An area's name stands in it where there is room. Where there is none a number does, and a key under
the map tells what it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from provision.geo.outlines import tiles, water
from provision.geo.projection import projected_crs
from provision.paper.canvas import INK, LEADING, POINT, QUIET, Box, Canvas, fitted, printable, wide
from provision.paper.hatches import Over, hatch, rings
from provision.record import Record
from provision.symbology.coverage import Drawn

if TYPE_CHECKING:
    from matplotlib.path import Path as Outline

WATER, EDGE = "#a9cfe4", "#33414d"
_HUB = "▲"
_USUAL = "× "  # a mark that most names have room for on every map
_INSIDE = 0.8  # so much of a name must stand in its own area
_ROOM = 0.25  # millimetres between two names
_GRID = 11
_NUMBERED = 100  # areas: more numbers than a key has room to explain are not drawn
_TILE_GAP = 0.06  # of a tile
_SCALES_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True, eq=False)
class Shapes:
    """Areas as they lie on the page, millimetres, in the order of the record: their outlines, and
    shapely polygons of the same.

    ``km`` is how many millimetres stand for a kilometre; None for tiles.
    """

    outlines: tuple[Outline, ...]
    polygons: np.ndarray
    water: Outline | None
    water_name: str
    km: float | None

    @property
    def tiled(self) -> bool:
        """Whether they are tiles."""
        return self.km is None


@dataclass(frozen=True)
class Label:
    """A name, or a number in place of one, with its middle at ``at``."""

    lines: tuple[str, ...]
    points: float
    at: tuple[float, float]
    box: Box


def draw_map(
    canvas: Canvas, record: Record, drawn: Drawn, place: Box, key: Box, *, tiled: bool
) -> None:
    """A map with the classes of ``drawn`` in a place of the page, the key to its numbers in
    another."""
    strip = Box(
        place.left,
        place.bottom,
        place.right,
        place.bottom + LEADING * canvas.points[-1] * POINT + 1,
    )
    place = Box(place.left, strip.top, place.right, place.top)
    shapes = _tile_shapes(record, place) if tiled else _plane_shapes(record, place)
    classes, of = drawn["classes"], [n for n, _ in drawn["areas"]]
    if shapes.water is not None:
        canvas.shape(shapes.water, fill=WATER, clip=frame(place))
    for n, kind in enumerate(classes):
        own = [shapes.outlines[row] for row, m in enumerate(of) if m == n]
        if own:
            canvas.shape(_together(own), fill=kind["fill"])
        for outline in own:
            _hatches(canvas, kind, Over(outline))
    for bold in (False, True):
        own = [shapes.outlines[row] for row, m in enumerate(of) if classes[m]["bold"] is bold]
        if own:
            canvas.shape(
                _together(own),
                edge=INK if bold else EDGE,
                line=(2.2 if bold else 0.8) * canvas.unit / POINT,
            )
    hubs = set(drawn.get("marked", ()))
    marks = [
        f"{_HUB if area.code in hubs else ''} {classes[n]['mark']}".strip()
        for area, n in zip(record.areas, of, strict=True)
    ]
    _label(canvas, record, shapes, marks, key)
    if shapes.km:
        _scale(canvas, shapes.km, strip)


def _hatches(canvas: Canvas, kind: dict[str, Any], over: Over) -> None:
    if kind["hatch"]:
        hatch(canvas, kind["hatch"], kind["ink"], over)
    if kind["rings"]:
        rings(canvas, over)


def swatch(canvas: Canvas, kind: dict[str, Any], box: Box) -> None:
    """A class as it looks on the map, in the legend."""
    canvas.shape(frame(box), fill=kind["fill"])
    _hatches(canvas, kind, Over(frame(box), (box.left, (box.bottom + box.top) / 2)))
    canvas.shape(
        frame(box),
        edge=INK if kind["bold"] else EDGE,
        line=(2.2 if kind["bold"] else 0.8) * canvas.unit / POINT,
    )


def bar(canvas: Canvas, kind: dict[str, Any], box: Box) -> None:
    """A bar of a chart in the look of a class."""
    canvas.shape(frame(box), fill=kind["fill"])
    _hatches(canvas, kind, Over(frame(box), (box.left, (box.bottom + box.top) / 2)))
    canvas.shape(frame(box), edge=EDGE, line=0.6 * canvas.unit / POINT)


def frame(box: Box) -> Outline:
    """A box as an outline."""
    from matplotlib.path import Path as Outline

    return Outline(
        [
            (box.left, box.bottom),
            (box.right, box.bottom),
            (box.right, box.top),
            (box.left, box.top),
            (box.left, box.bottom),
        ],
        closed=True,
    )


def _together(outlines: Sequence[Outline]) -> Outline:
    from matplotlib.path import Path as Outline

    return Outline.make_compound_path(*outlines)


# Shapes


@lru_cache(maxsize=16)
def _plane_shapes(record: Record, place: Box) -> Shapes:
    """The areas in the record's plane, as large as the place allows, at its upper left."""
    from pyproj import Transformer
    from shapely import get_coordinates, set_coordinates, total_bounds
    from shapely.geometry import shape

    transform: Any = Transformer.from_crs(4326, projected_crs(record), always_xy=True)

    def metres(geometries: Iterable[Any]) -> np.ndarray:
        found = np.array(list(geometries), dtype=object)
        degrees = get_coordinates(found)
        return np.asarray(
            set_coordinates(
                found, np.column_stack(transform.transform(degrees[:, 0], degrees[:, 1]))
            )
        )

    areas = metres(shape(area.geometry) for area in record.areas)
    west, south, east, north = total_bounds(areas)
    scale = min(place.width / max(east - west, 1e-6), place.height / max(north - south, 1e-6))
    left = place.left + (place.width - (east - west) * scale) / 2

    def onto_page(geometries: np.ndarray) -> np.ndarray:
        at = get_coordinates(geometries)
        return np.asarray(
            set_coordinates(
                geometries,
                np.column_stack(
                    [(at[:, 0] - west) * scale + left, (at[:, 1] - north) * scale + place.top]
                ),
            )
        )

    flat = onto_page(areas)
    found, name = water(record)
    river = (
        _together([_outline(g) for g in onto_page(metres(shape(g) for g in found))])
        if found
        else None
    )
    return Shapes(tuple(map(_outline, flat)), flat, river, name, scale * 1_000)


@lru_cache(maxsize=16)
def _tile_shapes(record: Record, place: Box) -> Shapes:
    """Square tiles of equal area."""
    from shapely import box as square

    cells = tiles(record)
    across, down = (max(c[i] for c in cells) + 1 for i in (0, 1))
    side = min(place.width / across, place.height / down)
    left, gap = place.left + (place.width - side * across) / 2, side * _TILE_GAP / 2
    boxes = [
        Box(
            left + c * side + gap,
            place.top - (r + 1) * side + gap,
            left + (c + 1) * side - gap,
            place.top - r * side - gap,
        )
        for c, r in cells
    ]
    polygons = np.array([square(b.left, b.bottom, b.right, b.top) for b in boxes], dtype=object)
    return Shapes(tuple(map(frame, boxes)), polygons, None, "", None)


def _outline(geometry: Any) -> Outline:
    """All rings of an area as one outline."""
    from matplotlib.path import Path as Outline

    rings_ = [
        ring
        for part in getattr(geometry, "geoms", [geometry])
        for ring in (part.exterior, *part.interiors)
    ]
    return Outline.make_compound_path(
        *(Outline(np.asarray(ring.coords)[:, :2], closed=True) for ring in rings_)
    )


# Names


def _label(canvas: Canvas, record: Record, shapes: Shapes, marks: Sequence[str], key: Box) -> None:
    """Names with the marks of their classes, and the key to the numbers. Where a name stands does
    not depend on a usual mark, so that it stands in the same place on every map of a size."""
    reserved = tuple(
        max(f"{mark} ", _USUAL, key=lambda m: wide(m, 10, bold=True)) for mark in marks
    )
    placed = _places(record, shapes, reserved, canvas.points)
    numbers: list[str] = []
    for area, mark, label in zip(record.areas, marks, placed, strict=True):
        if label is None:
            continue
        if label.lines[0].isdecimal():
            numbers.append(f"{label.lines[0]} {printable(area.name)}")
        lines = (
            [mark, *label.lines]
            if mark and shapes.tiled
            else [f"{mark} {label.lines[0]}".strip(), *label.lines[1:]]
        )
        top = label.at[1] + len(lines) * LEADING * label.points * POINT / 2
        canvas.lines(
            (label.at[0], top),
            lines,
            label.points,
            align="center",
            halo="#ffffff",
            bold=bool(mark) and not shapes.tiled,
        )
    unnamed = [
        printable(area.name)
        for area, label in zip(record.areas, placed, strict=True)
        if label is None
    ]
    said = [f"On the map: {'; '.join(numbers)}."] if numbers else []
    if len(unnamed) > _NUMBERED:
        said = [
            f"No room for the names of {len(unnamed):,} of {len(record.areas):,}"
            f" {record.file.region.areas}."
        ]
    elif unnamed:
        said += [f"No room for a name: {', '.join(unnamed)}."]
    if said:
        lines, size = fitted(" ".join(said), key.width, key.height, canvas.points)
        canvas.lines((key.left, key.top), lines, size)


@lru_cache(maxsize=32)
def _places(
    record: Record, shapes: Shapes, marks: tuple[str, ...], points: tuple[float, ...]
) -> list[Label | None]:
    """Where each area's name stands and how it is written, with room for its mark: those with least
    room first. A number stands where a name cannot; None where not even that can, or where there
    would be more than :data:`_NUMBERED` of them."""
    from shapely import area as extent
    from shapely import simplify

    polygons = simplify(shapes.polygons, _ROOM)
    found: list[Label | None] = [None] * len(record.areas)
    taken: list[Box] = []
    spot = _in_tile if shapes.tiled else _in_area
    for row in np.argsort(np.asarray(extent(polygons)), kind="stable"):
        ways = _ways(record.areas[row].name, record.areas[row].label)
        found[row] = spot(ways, marks[row], polygons[row], taken, points)
        taken += [label.box for label in (found[row],) if label]
    number, rest = 1, [row for row, label in enumerate(found) if label is None]
    for row in rest if len(rest) <= _NUMBERED else ():
        found[row] = spot([(str(number),)], marks[row], polygons[row], taken, points[-1:])
        taken += [label.box for label in (found[row],) if label]
        number += found[row] is not None
    return found


def _ways(name: str, label: str) -> list[tuple[str, ...]]:
    """A name on one line; on two; its short label."""
    words = printable(name).split()
    halves = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    two = [min(halves, key=lambda pair: max(map(len, pair)))] if halves else []
    short = printable(label)
    return [(" ".join(words),), *two, *([(short,)] if short and short != " ".join(words) else [])]


def _in_tile(
    ways: Sequence[tuple[str, ...]],
    mark: str,
    tile: Any,
    taken: Sequence[Box],
    points: Sequence[float],
) -> Label | None:
    """The first size and way in which a name stands in the middle of its tile, with its mark on a
    line above it."""
    left, bottom, right, top = tile.bounds
    middle = ((left + right) / 2, (bottom + top) / 2)
    for size in points:
        for lines in ways:
            w, h = (
                max(wide(line, size) for line in lines),
                (len(lines) + bool(mark)) * LEADING * size * POINT,
            )
            if w <= (right - left) * 0.97 and h <= top - bottom:
                return Label(
                    lines,
                    size,
                    middle,
                    Box(middle[0] - w / 2, middle[1] - h / 2, middle[0] + w / 2, middle[1] + h / 2),
                )
    return None


def _in_area(
    ways: Sequence[tuple[str, ...]],
    mark: str,
    polygon: Any,
    taken: Sequence[Box],
    points: Sequence[float],
) -> Label | None:
    """The first size and way in which a name stands inside its area (most of it; a number stands
    anywhere) and clear of the others."""
    from shapely import area, box, intersection

    inside = 0.0 if ways[0][0].isdecimal() else _INSIDE
    x, y = _grid(polygon)
    apart = np.hypot(x - x[-1], y - y[-1])
    for size in points:
        for lines in ways:
            w = max(wide(line, size, bold=True) for line in lines) + wide(mark, size, bold=True)
            h = len(lines) * LEADING * size * POINT
            if w * h * inside > polygon.area:
                continue
            share = area(intersection(box(x - w / 2, y - h / 2, x + w / 2, y + h / 2), polygon)) / (
                w * h
            )
            for i in np.lexsort((apart, -np.round(share, 2))):
                if share[i] < inside:
                    break
                own = Box(
                    float(x[i] - w / 2),
                    float(y[i] - h / 2),
                    float(x[i] + w / 2),
                    float(y[i] + h / 2),
                )
                if not any(own.meets(other, _ROOM) for other in taken):
                    return Label(lines, size, (float(x[i]), float(y[i])), own)
    return None


def _grid(polygon: Any) -> tuple[np.ndarray, np.ndarray]:
    """Places all over an area, and its middle as the last."""
    left, bottom, right, top = polygon.bounds
    x, y = (
        grid.ravel()
        for grid in np.meshgrid(
            np.linspace(left, right, _GRID + 2)[1:-1], np.linspace(bottom, top, _GRID + 2)[1:-1]
        )
    )
    middle = (
        polygon.centroid if polygon.contains(polygon.centroid) else polygon.representative_point()
    )
    return np.append(x, middle.x), np.append(y, middle.y)


def _scale(canvas: Canvas, km: float, strip: Box) -> None:
    """A scale bar, and where north is, in a strip under a map."""
    from matplotlib.path import Path as Outline

    points = canvas.points[-1]
    long = max((n for n in _SCALES_KM if n * km <= strip.width / 4), default=_SCALES_KM[0])
    tick, y, left, right = (
        points * POINT * 0.45,
        strip.bottom + 0.4,
        strip.left + 0.3,
        strip.left + 0.3 + long * km,
    )
    canvas.shape(
        Outline([(left, y + tick), (left, y), (right, y), (right, y + tick)]), edge=QUIET, line=0.8
    )
    canvas.text((right + 1, y), f"{long} km; north is up", points, colour=QUIET)
