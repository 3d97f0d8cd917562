"""Names that have no room in their areas: beside the map, each at the end of a line that leads to
its area, and none across another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from provision.paper.canvas import INK, Box, Canvas
from provision.paper.lettering import LEADING, POINT, printable, wide

_STEP = 1.5  # millimetres between the places that are tried for a name
_LONGEST = 0.3  # of the width of the map: a longer line is hard to follow
_CLEAR = 0.8  # millimetres between a name and the map, or another name


@dataclass(frozen=True)
class Label:
    """A name, or a number in place of one, with its middle at ``at``; with an ``anchor`` in its
    area, where it stands beside the map."""

    lines: tuple[str, ...]
    points: float
    at: tuple[float, float]
    box: Box
    anchor: tuple[float, float] | None = None


def lead_out(
    polygons: np.ndarray,
    names: Mapping[int, tuple[str, str]],
    taken: Sequence[Box],
    points: Sequence[float],
    place: Box,
) -> dict[int, Label]:
    """Where names stand beside the map.

    Parameters
    ----------
    polygons
        All areas on the page, millimetres.
    names
        Row of each area without room, with its name and the mark before it.
    taken
        Where other names stand, which no line may cross.
    points
        Sizes of letters, largest first; the second is used, so that these names are as large as
        most.
    place
        The part of the page that the map has.

    Returns
    -------
    dict
        The label of each row for which there is a place, those nearest to the edge first.
    """
    from shapely import prepare, simplify, union_all

    whole = simplify(union_all(polygons), _CLEAR / 2).buffer(1.5 * _CLEAR, quad_segs=2)
    prepare(whole)
    free = _Free(place, whole, [*taken], [])
    size = points[min(1, len(points) - 1)]
    anchors = {row: polygons[row].representative_point() for row in names}
    found: dict[int, Label] = {}
    for row in sorted(names, key=lambda row: float(whole.boundary.distance(anchors[row]))):
        name, mark = names[row]
        label = free.nearest(printable(name), mark, (anchors[row].x, anchors[row].y), size)
        if label:
            found[row] = label
    return found


@dataclass
class _Free:
    """What of a place is still free: beside the map, clear of names and of lines."""

    place: Box
    whole: Any
    boxes: list[Box]
    lines: list[Any]

    def nearest(
        self, name: str, mark: str, anchor: tuple[float, float], size: float
    ) -> Label | None:
        """The label with the shortest line, if there is one; its place is then taken."""
        from shapely import LineString, box, intersects, linestrings, prepare, union_all

        w = (wide(name, size, bold=True) + wide(mark, size, bold=True)) / 2 + 0.3
        h = LEADING * size * POINT / 2
        x, y = self._centres(w, h)
        end = np.column_stack([np.clip(anchor[0], x - w, x + w), np.clip(anchor[1], y - h, y + h)])
        apart = np.hypot(end[:, 0] - anchor[0], end[:, 1] - anchor[1])
        near = (apart <= _LONGEST * self.place.width) & (apart > 0)
        near &= ~self._taken(x, y, w, h)
        x, y, end, apart = x[near], y[near], end[near], apart[near]
        start = np.broadcast_to(np.array(anchor), end.shape)
        lines = linestrings(np.stack([start, end], axis=1)) if len(end) else np.array([])
        written = union_all([box(*_sides(other)) for other in self.boxes])
        drawn = union_all(self.lines)
        prepare([written, drawn])
        held = intersects(self.whole, box(x - w, y - h, x + w, y + h)) | intersects(written, lines)
        held |= intersects(drawn, lines)
        free = np.flatnonzero(~held)
        if not len(free):
            return None
        i = free[np.argmin(apart[free])]
        own = Box(float(x[i] - w), float(y[i] - h), float(x[i] + w), float(y[i] + h))
        self.boxes.append(own)
        self.lines.append(LineString([anchor, tuple(end[i])]).buffer(_CLEAR / 2))
        return Label((name,), size, (float(x[i]), float(y[i])), own, anchor)

    def _taken(self, x: np.ndarray, y: np.ndarray, w: float, h: float) -> np.ndarray:
        """Which of the boxes around places meet one that is there already."""
        found = np.zeros(len(x), dtype=bool)
        for other in self.boxes:
            found |= (
                (x - w < other.right + _CLEAR)
                & (other.left < x + w + _CLEAR)
                & (y - h < other.top + _CLEAR)
                & (other.bottom < y + h + _CLEAR)
            )
        return found

    def _centres(self, w: float, h: float) -> tuple[np.ndarray, np.ndarray]:
        x = np.arange(self.place.left + w, self.place.right - w + 1e-6, _STEP)
        y = np.arange(self.place.bottom + h, self.place.top - h + 1e-6, _STEP)
        across, up = np.meshgrid(x, y)
        return across.ravel(), up.ravel()


def _sides(box: Box) -> tuple[float, float, float, float]:
    return (box.left, box.bottom, box.right, box.top)


def _end(anchor: tuple[float, float], own: Box) -> tuple[float, float]:
    """The end of a line at a name: the nearest place of its box."""
    return (
        min(max(anchor[0], own.left), own.right),
        min(max(anchor[1], own.bottom), own.top),
    )


def draw_leader(canvas: Canvas, anchor: tuple[float, float], own: Box) -> None:
    """A line from an area to its name, light at its sides so that it stands out from hatches."""
    from matplotlib.path import Path as Outline

    line = Outline([anchor, _end(anchor, own)])
    dot = Outline.circle(anchor, 0.55)
    canvas.shape(line, edge="#ffffff", line=2.2)
    canvas.shape(dot, fill=INK, edge="#ffffff", line=0.8)
    canvas.shape(line, edge=INK, line=0.7)
