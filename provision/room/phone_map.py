"""A region's map small enough for a telephone on a slow network: the outlines that the app draws,
to the unit of a narrow screen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from provision.geo.outlines import Outlines, outlines
from provision.record import Record

WIDTH = 360
MOST_BYTES = 16_000  # of all outlines together; a page has at most 40,000 with everything
_RING = re.compile(r"M(-?\d+) (-?\d+)l([^z]*)z")
Point = tuple[int, int]


@dataclass(frozen=True)
class PhoneMap:
    """Outlines as SVG paths, the points that labels stand at, and tiles (column, row, from 1), by
    code; the height of the drawing. ``paths`` is empty where they would be too much."""

    paths: dict[str, str]
    at: dict[str, Point]
    tiles: dict[str, Point]
    height: int


@lru_cache(maxsize=4)
def phone_map(record: Record) -> PhoneMap:
    """The map of a record's areas for telephones.

    Parameters
    ----------
    record
        The record; its outlines are in degrees (WGS84).

    Returns
    -------
    PhoneMap
        In drawing units, :data:`WIDTH` wide: whole units first, and coarser ones while all
        outlines together are over :data:`MOST_BYTES`.
    """
    drawn = outlines(record)
    paths: dict[str, str] = {}
    for grid in (1, 2, 3, 4):
        found = {code: small(own.path, drawn, grid) for code, own in drawn.areas.items()}
        if sum(map(len, found.values())) <= MOST_BYTES:
            paths = found
            break
    scale = WIDTH / drawn.size[0]
    at = {
        code: (round(own.label_at[0] * scale), round(own.label_at[1] * scale))
        for code, own in drawn.areas.items()
    }
    tiles = {code: (own.tile[0] + 1, own.tile[1] + 1) for code, own in drawn.areas.items()}
    return PhoneMap(paths, at, tiles, round(drawn.size[1] * scale))


def small(path: str, drawn: Outlines, grid: int) -> str:
    """A path of the app's map to a grid of so many units; rings that vanish in it are left out."""
    scale = WIDTH / drawn.size[0] / grid
    rings = (_ring(_points(found), scale, grid) for found in _RING.finditer(path))
    return "".join(filter(None, rings))


def _points(found: re.Match[str]) -> list[Point]:
    x, y = int(found[1]), int(found[2])
    points = [(x, y)]
    steps = [int(step) for step in found[3].split()]
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


def _ring(points: list[Point], scale: float, grid: int) -> str:
    on_grid = [(round(x * scale) * grid, round(y * scale) * grid) for x, y in points]
    kept = [p for n, p in enumerate(on_grid) if n == 0 or p != on_grid[n - 1]]
    if len(set(kept)) < 3:
        return ""
    x, y = kept[0]
    moves = []
    for px, py in kept[1:]:
        moves.append(f"{px - x} {py - y}")
        x, y = px, py
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(moves).replace(' -', '-')}z"
