"""The hatches of the maps as outlines, in the same measures as in the browser: a unit is what a
pixel is there.

They are drawn as lines and clipped to what they lie over, so that they are the same in every format
and stay apart in print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, cos, floor, sin, tau
from typing import TYPE_CHECKING

import numpy as np

from provision.paper.canvas import INK, Box, Canvas
from provision.paper.lettering import POINT

if TYPE_CHECKING:
    from matplotlib.path import Path as Outline

LINE = 1.7
_FILLED = ("dots",)
Stroke = Sequence[tuple[float, float]] | np.ndarray


@dataclass(frozen=True)
class Over:
    """What hatches lie over: an outline, and from where their patterns are counted. Over one
    origin, patterns that meet are in step."""

    outline: Outline
    origin: tuple[float, float] = (0.0, 0.0)


def hatch(canvas: Canvas, name: str, ink: str, over: Over) -> None:
    """A hatch over something."""
    bounds, (x, y) = over.outline.get_extents(), over.origin
    box = Box(bounds.x0 - x, bounds.y0 - y, bounds.x1 - x, bounds.y1 - y)
    pattern = _pattern(name, box, canvas.unit, over.origin)
    if name in _FILLED:
        canvas.shape(pattern, fill=ink, clip=over.outline)
    else:
        canvas.shape(pattern, edge=ink, line=LINE * canvas.unit / POINT, clip=over.outline)


def rings(canvas: Canvas, over: Over) -> None:
    """The rings that lie over fill and hatch."""
    hatch(canvas, "rings", INK, over)


def _pattern(name: str, box: Box, unit: float, origin: tuple[float, float]) -> Outline:
    from matplotlib.path import Path as Outline

    strokes = [np.asarray(stroke, dtype=float) for stroke in _STROKES[name](box, unit)]
    codes = np.full(sum(map(len, strokes)), Outline.LINETO, dtype=Outline.code_type)
    codes[np.cumsum([0, *map(len, strokes[:-1])])[: len(strokes)]] = Outline.MOVETO
    return Outline(np.concatenate([np.empty((0, 2)), *strokes]) + origin, codes)


def _steps(first: float, last: float, step: float) -> list[float]:
    """Multiples of a step that reach over a stretch."""
    return [k * step for k in range(floor(first / step) - 1, ceil(last / step) + 1)]


def _rising(box: Box, unit: float) -> Iterator[Stroke]:
    for c in _steps(box.bottom - box.right, box.top - box.left, 10 * unit):
        left, right = max(box.left, box.bottom - c), min(box.right, box.top - c)
        if left < right:
            yield [(left, left + c), (right, right + c)]


def _falling(box: Box, unit: float) -> Iterator[Stroke]:
    for c in _steps(box.bottom + box.left, box.top + box.right, 10 * unit):
        left, right = max(box.left, c - box.top), min(box.right, c - box.bottom)
        if left < right:
            yield [(left, c - left), (right, c - right)]


def _upright(box: Box, unit: float, step: float = 8) -> Iterator[Stroke]:
    for x in _steps(box.left, box.right, step * unit):
        yield [(x, box.bottom), (x, box.top)]


def _level(box: Box, unit: float, step: float = 7) -> Iterator[Stroke]:
    for y in _steps(box.bottom, box.top, step * unit):
        yield [(box.left, y), (box.right, y)]


def _lattice(box: Box, unit: float) -> Iterator[Stroke]:
    yield from _rising(box, unit)
    yield from _falling(box, unit)


def _grid(box: Box, unit: float) -> Iterator[Stroke]:
    yield from _upright(box, unit, 9)
    yield from _level(box, unit, 9)


_WAVE = (0.0, 1.1, 1.9, 2.3, 2.5, 2.3, 1.9, 1.1)  # half a wave, every three quarters of a unit


def _waves(box: Box, unit: float) -> Iterator[Stroke]:
    for y in _steps(box.bottom, box.top, 12 * unit):
        first = floor(box.left / (12 * unit)) * 16
        last = ceil(box.right / (12 * unit)) * 16
        yield [
            (k * 0.75 * unit, y + (1 if k % 16 < 8 else -1) * _WAVE[k % 8] * unit)
            for k in range(first, last + 1)
        ]


def _crosses(box: Box, unit: float) -> Iterator[Stroke]:
    arm, step = 3.5 * unit, 16 * unit
    for x in _steps(box.left, box.right, step):
        for y in _steps(box.bottom, box.top, step):
            yield [(x - arm, y - arm), (x + arm, y + arm)]
            yield [(x - arm, y + arm), (x + arm, y - arm)]


# at this size nobody sees the corners
_ROUND = np.array([(cos(tau * k / 12), sin(tau * k / 12)) for k in range(13)])


def _circles(box: Box, unit: float, step: float, radius: float) -> Iterator[Stroke]:
    across, up = (
        np.array(_steps(first, last, step * unit))
        for first, last in ((box.left, box.right), (box.bottom, box.top))
    )
    at = np.stack(np.meshgrid(across, up, indexing="ij"), axis=-1).reshape(-1, 1, 2)
    yield from at + radius * unit * _ROUND


_STROKES: dict[str, Callable[[Box, float], Iterator[Stroke]]] = {
    "dots": lambda box, unit: _circles(box, unit, 8, 1.7),
    "rings": lambda box, unit: _circles(box, unit, 13, 3.4),
    "rising": _rising,
    "falling": _falling,
    "upright": _upright,
    "level": _level,
    "lattice": _lattice,
    "grid": _grid,
    "waves": _waves,
    "crosses": _crosses,
}
