"""The legend of a figure: its classes with their marks and counts, and the key to its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from provision.english import number
from provision.paper.canvas import QUIET, Box, Canvas
from provision.paper.lettering import LEADING, POINT, fitted, wrap

if TYPE_CHECKING:
    from provision.paper.figures import Size

# The classes, each with its ``text``, and what the numbers on a map stand for.
Keyed = tuple[list[dict[str, Any]], str]


def row_text(kind: dict[str, Any], areas: str) -> str:
    """A class with its mark, and how many areas it has."""
    label, count = str(kind["label"]), str(kind.get("count", ""))
    mark = str(kind.get("mark", ""))
    text = label if not mark or mark in label.split() else f"{mark} {label}"
    if not count or count == "0":
        return text if not count else ""
    if ":" not in text:
        return f"{text}: {count}"
    return f"{text} ({count} {areas})" if count.isdecimal() else f"{text} ({count})"


def draw_legend(canvas: Canvas, size: Size, shown: Keyed, place: Box) -> float:
    """Draw it at the largest size at which all classes have room. Returns where it ends."""
    classes = [kind for kind in shown[0] if kind["text"]]
    w, h = size.swatch
    most = int(place.height / (1.3 * h)) + 1  # of hundreds, the others have no room in any size
    least = canvas.points[-1]
    keyed = len(wrap(shown[1], place.width, least)) * LEADING * least * POINT if shown[1] else 0
    rows_place = Box(place.left, place.bottom + keyed, place.right, place.top)
    points, rows = _rows([kind["text"] for kind in classes[:most]], size, rows_place)
    top = place.top
    for i, (kind, lines) in enumerate(zip(classes, rows, strict=False)):
        height = _height(lines, points, h)
        if top - height < place.bottom or i == most - 1 < len(classes) - 1:
            rest = f"and {number(len(classes) - i)} more, in the table"
            return canvas.lines((place.left, top), [rest], points, colour=QUIET)
        _sample(canvas, kind, Box(place.left, top - h, place.left + w, top), points)
        first = top - max(0.0, (h - len(lines) * LEADING * points * POINT) / 2)
        canvas.lines((place.left + 1.25 * w, first), lines, points)
        top -= height
    return _key(canvas, shown[1], Box(place.left, place.bottom, place.right, top))


def _rows(texts: Sequence[str], size: Size, place: Box) -> tuple[float, list[list[str]]]:
    w, h = size.swatch
    for points in (*size.points, *size.small):
        rows = [wrap(text, place.width - 1.25 * w, points) for text in texts]
        if sum(_height(lines, points, h) for lines in rows) <= place.height:
            break
    return points, rows


def _height(lines: Sequence[str], points: float, swatch: float) -> float:
    return max(swatch, len(lines) * LEADING * points * POINT) + 0.3 * swatch


def _key(canvas: Canvas, text: str, place: Box) -> float:
    if not text:
        return place.top
    lines, points = fitted(text, place.width, place.height, canvas.points)
    return canvas.lines((place.left, place.top), lines, points)


def _sample(canvas: Canvas, kind: dict[str, Any], box: Box, points: float) -> None:
    from provision.paper.charts import diamond
    from provision.paper.maps import frame, swatch

    h = box.top - box.bottom
    if "letter" in kind:
        canvas.text(
            ((box.left + box.right) / 2, (box.bottom + box.top) / 2 - 0.36 * points * POINT),
            kind["letter"],
            points,
            align="center",
        )
    # narrow, as what it stands for: no hatch keeps it apart from an area of the same lightness
    elif "band" in kind:
        middle = (box.bottom + box.top) / 2
        canvas.shape(
            frame(Box(box.left, middle - h / 6, box.right, middle + h / 6)), fill=kind["band"]
        )
    elif kind.get("diamond"):
        diamond(canvas, box, whole=kind["diamond"] == "whole")
    else:
        swatch(canvas, kind, box)
