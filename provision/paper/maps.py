"""Maps on paper: areas in the plane that distances are measured in, or tiles of equal area, with
the classes of the screen.

An area's name stands in it where there is room. Where there is none a number does, and a key under
the map tells what it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from provision.geo.outlines import tiles, water
from provision.geo.projection import project, projected_outlines
from provision.paper.canvas import INK, QUIET, Box, Canvas
from provision.paper.hatches import Over, hatch, rings
from provision.paper.lettering import LEADING, POINT
from provision.paper.map_labels import Shapes, label_map
from provision.record import Record
from provision.symbology.coverage import Drawn

if TYPE_CHECKING:
    from matplotlib.path import Path as Outline

WATER, EDGE = "#a9cfe4", "#33414d"
_HUB = "▲"
_TILE_GAP = 0.06  # of a tile
_SCALES_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500)


def draw_map(
    canvas: Canvas, record: Record, drawn: Drawn, place: Box, *, tiled: bool
) -> tuple[str, float]:
    """A map with the classes of ``drawn`` in a place of the page. Returns what its numbers stand
    for, and where it ends."""
    strip = LEADING * canvas.points[-1] * POINT + 1
    room = Box(place.left, place.bottom + strip, place.right, place.top)
    shapes = _tile_shapes(record, room) if tiled else _plane_shapes(record, room)
    _areas(canvas, drawn, shapes, room)
    classes, hubs = drawn["classes"], set(drawn.get("marked", ()))
    marks = [
        f"{_HUB if area.code in hubs else ''} {classes[n]['mark']}".strip()
        for area, (n, _) in zip(record.areas, drawn["areas"], strict=True)
    ]
    key = label_map(canvas, record, shapes, marks, room)
    low = min(float(p.bounds[1]) for p in shapes.polygons)
    if not shapes.km:
        return key, low
    _scale(canvas, shapes.km, Box(place.left, low - strip, place.right, low))
    return key, low - strip


def draw_small_map(canvas: Canvas, record: Record, drawn: Drawn, place: Box) -> float:
    """A map without names. Returns where it ends."""
    shapes = _plane_shapes(record, place)
    _areas(canvas, drawn, shapes, place)
    return min(float(p.bounds[1]) for p in shapes.polygons)


def _areas(canvas: Canvas, drawn: Drawn, shapes: Shapes, place: Box) -> None:
    """The river, the areas with their hatches, and their outlines: those that are bold on top."""
    classes, of = drawn["classes"], [n for n, _ in drawn["areas"]]
    if shapes.water is not None:
        canvas.shape(shapes.water, fill=WATER, clip=frame(place))
    if not shapes.tiled:  # one dark line around all areas, of which the inner half is covered
        canvas.shape(_together(shapes.outlines), edge=INK, line=4 * canvas.unit / POINT)
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
    from shapely import get_coordinates, set_coordinates, total_bounds
    from shapely.geometry import shape

    areas = projected_outlines(record)[1].copy()
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
        _together(
            [
                _outline(g)
                for g in onto_page(
                    project(record, np.array([shape(g) for g in found], dtype=object))
                )
            ]
        )
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
