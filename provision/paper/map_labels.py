"""Names and numbers on a map: each where it has room, and none over another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from provision.paper.canvas import Box, Canvas
from provision.paper.leaders import Label, draw_leader, lead_out
from provision.paper.lettering import LEADING, POINT, printable, wide
from provision.record import Record

if TYPE_CHECKING:
    from matplotlib.path import Path as Outline


_USUAL = "× "  # a mark that most names have room for on every map
_INSIDE = 0.8  # so much of a name must stand in its own area
_ROOM = 0.25  # millimetres between two names
_GRID = 11
_LED = 24  # names at the end of a line: more would be a tangle
_NUMBERED = 100  # areas: more numbers than a key has room to explain are not drawn


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


def label_map(
    canvas: Canvas, record: Record, shapes: Shapes, marks: Sequence[str], place: Box
) -> str:
    """Names with the marks of their classes: inside their areas, or beside the map at the end of a
    line. Returns what the numbers stand for that are left. Where a name stands does not depend on a
    usual mark, so that it stands in the same place on every map of a size."""
    reserved = tuple(
        max(f"{mark} ", _USUAL, key=lambda m: wide(m, 10, bold=True)) for mark in marks
    )
    placed = _places(record, shapes, reserved, canvas.points, place)
    for label in placed:
        if label and label.anchor:
            draw_leader(canvas, label.anchor, label.box)
    for mark, label in zip(marks, placed, strict=True):
        if label:
            _write(canvas, mark, label, tiled=shapes.tiled)
    return _key(record, placed)


def _write(canvas: Canvas, mark: str, label: Label, *, tiled: bool) -> None:
    lines = (
        [mark, *label.lines]
        if mark and tiled
        else [f"{mark} {label.lines[0]}".strip(), *label.lines[1:]]
    )
    top = label.at[1] + len(lines) * LEADING * label.points * POINT / 2
    canvas.lines(
        (label.at[0], top),
        lines,
        label.points,
        align="center",
        halo="" if label.anchor else "#ffffff",
        bold=bool(mark) and not tiled,
    )


def _key(record: Record, placed: Sequence[Label | None]) -> str:
    """What the numbers stand for, and which areas have not even one."""
    numbers = [
        f"{label.lines[0]} {printable(area.name)}"
        for area, label in zip(record.areas, placed, strict=True)
        if label and label.lines[0].isdecimal()
    ]
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
    return " ".join(said)


@lru_cache(maxsize=32)
def _places(
    record: Record,
    shapes: Shapes,
    marks: tuple[str, ...],
    points: tuple[float, ...],
    place: Box,
) -> list[Label | None]:
    """Where each area's name stands and how it is written, with room for its mark: those with least
    room first; where a name has none inside, beside the map with a line to its area. A number
    stands where neither can be; None where not even that can, or where there would be more than
    :data:`_NUMBERED` of them."""
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
    rest = [row for row, label in enumerate(found) if label is None]
    if not shapes.tiled and len(rest) <= _LED:
        names = {row: (record.areas[row].name, marks[row]) for row in rest}
        for row, label in lead_out(shapes.polygons, names, taken, points, place).items():
            found[row] = label
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
    inside = 0.0 if ways[0][0].isdecimal() else _INSIDE
    x, y = _grid(polygon)
    apart = np.hypot(x - x[-1], y - y[-1])
    for size in points:
        for lines in ways:
            w = max(wide(line, size, bold=True) for line in lines) + wide(mark, size, bold=True)
            h = len(lines) * LEADING * size * POINT
            if w * h * inside > polygon.area:
                continue
            share = _share(polygon, w, h)
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


@lru_cache(maxsize=4_096)
def _share(polygon: Any, w: float, h: float) -> np.ndarray:
    """How much of a box of this size lies in an area, around each place of its grid: one for all of
    it. Only what the edge of the area cuts is measured. The maps of a region differ in their marks
    alone, so most boxes are asked for again."""
    from shapely import area, box, contains_properly, intersection, intersects, prepare

    prepare(polygon)
    x, y = _grid(polygon)
    boxes = box(x - w / 2, y - h / 2, x + w / 2, y + h / 2)
    share = contains_properly(polygon, boxes).astype(float)
    edge = np.flatnonzero((share == 0) & intersects(polygon, boxes))
    share[edge] = area(intersection(boxes[edge], polygon)) / (w * h)
    share.setflags(write=False)
    return share


@lru_cache(maxsize=1_024)
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
