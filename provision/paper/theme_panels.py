"""Themes side by side as small maps: one for each picture, with the names of all themes that it
holds for. Most themes share a picture with others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, sqrt
from typing import Any

from provision.links.query import Query
from provision.paper.canvas import Box, Canvas
from provision.paper.lettering import LEADING, POINT, fitted
from provision.record import Record
from provision.symbology.coverage import Drawn
from provision.symbology.themes import theme_drawn
from provision.themes.reach import overview

Classes = list[dict[str, Any]]


@dataclass(frozen=True)
class Panel:
    """Themes whose maps are one and the same picture, and that picture."""

    themes: tuple[str, ...]
    drawn: Drawn


def panels(record: Record, query: Query) -> list[Panel]:
    """The pictures of all themes, that of the worst theme first. The theme chosen stands first
    among those that share its picture."""
    found: dict[tuple[Any, ...], Panel] = {}
    ids = [str(i) for i in overview(record, query.on).index]
    for theme in sorted(ids, key=lambda i: i != query.theme):
        shown = theme_drawn(record, replace(query, theme=theme))
        looks = [
            tuple(sorted((k, str(v)) for k, v in c.items() if k != "id")) for c in shown["classes"]
        ]
        key = tuple(looks[n] for n, _ in shown["areas"])
        old = found.get(key)
        found[key] = Panel((*(old.themes if old else ()), theme), old.drawn if old else shown)
    return sorted(found.values(), key=lambda panel: min(map(ids.index, panel.themes)))


def draw_themes(canvas: Canvas, record: Record, query: Query, place: Box) -> tuple[Classes, float]:
    """The pictures in rows. Returns the classes for the legend, and where the last row ends."""
    from provision.paper.maps import draw_small_map

    every = panels(record, query)
    across = ceil(sqrt(len(every)))
    down = ceil(len(every) / across)
    apart = 0.03 * place.width
    width = (place.width - apart * (across - 1)) / across
    half = place.height / down / 2
    names = [fitted(_names(record, p), width, half, canvas.points) for p in every]
    line = LEADING * canvas.points[0] * POINT
    rows = [
        max(len(lines) for lines, _ in names[n : n + across]) for n in range(0, len(names), across)
    ]
    space = place.height - apart * (down - 1) - (sum(rows) + 0.3 * down) * line
    top = low = place.top
    for n, (panel, (lines, points)) in enumerate(zip(every, names, strict=True)):
        left = place.left + (n % across) * (width + apart)
        top = low - apart * bool(n) if n % across == 0 else top
        canvas.lines((left, top), lines, points)
        under = top - (rows[n // across] + 0.3) * line
        own = Box(left, under - space / down, left + width, under)
        low = min(low, draw_small_map(canvas, record, panel.drawn, own))
    return _classes(every), low


def _names(record: Record, panel: Panel) -> str:
    names = [record.themes_by_id[i].title for i in panel.themes]
    many = f"{len(names)} themes: " if len(names) > 1 else ""
    return many + "; ".join(names)


def _classes(every: list[Panel]) -> Classes:
    """The classes of all pictures, each once, in the order in which each has them; without counts,
    which differ from picture to picture."""
    found: dict[str, dict[str, Any]] = {}
    for panel in sorted(every, key=lambda p: -len(p.drawn["classes"])):
        for kind in panel.drawn["classes"]:
            found.setdefault(str(kind["label"]), {**kind, "count": ""})
    return list(found.values())
