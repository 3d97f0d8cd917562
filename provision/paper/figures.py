"""Any view as a figure: at a fixed size, with the same extent and the same place for everything,
whatever the view.

On it stand the title, the date, the map or chart, the legend and, under them, the rule in force,
sources, licence, data version and link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from provision.english import number
from provision.links.published import HERE
from provision.links.query import SizeName
from provision.paper.canvas import QUIET, Box, Canvas, Format, Words
from provision.paper.lettering import LEADING, POINT, cut, fitted, wide, wrap
from provision.paper.view import Kind, View
from provision.paper.views import Described, as_tiles, describe, drawn
from provision.record import Record
from provision.text.wording import region_words


@dataclass(frozen=True)
class Size:
    """A size of figure: its millimetres, the places on it, and the sizes that its letters may have,
    in points and largest first.

    ``key`` tells what the numbers on a map mean; a chart has its place too. ``unit`` is the measure
    of hatches."""

    name: SizeName
    label: str
    width: float
    height: float
    head: Box
    body: Box
    key: Box
    legend: Box
    foot: Box
    title_points: tuple[float, ...]
    points: tuple[float, ...]
    small: tuple[float, ...]
    unit: float
    swatch: tuple[float, float]


SIZES: dict[SizeName, Size] = {
    "column": Size(
        "column", "Column", 85, 186,
        Box(2, 170, 83, 184), Box(2, 100, 83, 168), Box(2, 83, 83, 98.5), Box(2, 49, 83, 81), Box(2, 2, 83, 47),
        (9, 8, 7.5), (6.5, 6, 5.5), (6.5, 6, 5.5), 0.12, (5.2, 3.0),
    ),
    "page": Size(
        "page", "Page", 170, 141,
        Box(3, 124, 167, 138), Box(3, 33, 116, 122), Box(119, 33, 167, 60), Box(119, 62, 167, 122), Box(3, 3, 167, 31),
        (12, 11, 10), (7.5, 7, 6.5, 6), (7, 6.5, 6), 0.145, (6.5, 4.0),
    ),
    "slide": Size(
        "slide", "Slide", 338.667, 190.5,
        Box(9, 167, 329.667, 187.5), Box(9, 39, 211, 165), Box(218, 39, 329.667, 75), Box(218, 77, 329.667, 165), Box(9, 4, 329.667, 37.5),
        (26, 24, 20, 16), (14, 13, 12, 11, 10, 9), (11, 10, 9), 0.26, (13, 8),
    ),
}  # fmt: skip


def draw(record: Record, view: View, size: SizeName, format: Format) -> bytes:
    """A view as a file. The same record, view and size give the same bytes."""
    said = describe(record, view)
    return canvas_of(record, view, size, said).write(format, words(view, said))


def preview(record: Record, view: View, size: SizeName, width: int) -> bytes:
    """A view as a PNG for a screen, about ``width`` pixels wide."""
    return canvas_of(record, view, size).write(
        "png", words(view, describe(record, view)), dpi=round(width / SIZES[size].width * 25.4)
    )


def words(view: View, said: Described) -> Words:
    """What a figure's file says of itself."""
    return Words(
        view.id,
        f"{said.title}. {dated(view, said)}",
        said.alt,
        (said.link, said.edition[:1].lower() + said.edition[1:], *said.sources, *said.licence),
    )


def dated(view: View, said: Described) -> str:
    """The date of a view, as it stands under the title."""
    return f"{'From' if view.kind is Kind.CALENDAR else 'As at'} {said.as_at}"


def canvas_of(record: Record, view: View, name: SizeName, said: Described | None = None) -> Canvas:
    """A view as a drawn page; one page can be written in several formats."""
    size, said = SIZES[name], said or describe(record, view)
    canvas = Canvas(size.width, size.height, (*size.points, *size.small[-1:]), size.unit)
    _head(canvas, size, said, record, view)
    shown = drawn(record, view)
    _legend(
        canvas,
        size,
        (
            _chart(canvas, record, view, size)
            if shown is None
            else _map(canvas, record, view, size, shown)
        ),
    )
    _foot(canvas, size, said)
    return canvas


def _head(canvas: Canvas, size: Size, said: Described, record: Record, view: View) -> None:
    """The title, and under it the date and the region, right above the body."""
    place, small = size.head, LEADING * size.points[0] * POINT
    lines, points = fitted(
        said.title, place.width, place.height - small, size.title_points, bold=True
    )
    canvas.lines(
        (place.left, place.bottom + small + len(lines) * LEADING * points * POINT),
        lines,
        points,
        bold=True,
    )
    canvas.lines(
        (place.left, place.bottom + small),
        [cut(f"{region_words(record)}. {dated(view, said)}.", place.width, size.points[0])],
        size.points[0],
    )


def _map(
    canvas: Canvas, record: Record, view: View, size: Size, shown: dict[str, Any]
) -> list[dict[str, Any]]:
    from provision.geo.outlines import water
    from provision.paper.maps import WATER, draw_map

    tiled = as_tiles(view)
    draw_map(canvas, record, shown, size.body, size.key, tiled=tiled)
    classes = list(shown["classes"])
    if shown.get("marked"):
        classes.append({"label": shown["markedName"], "count": "", "letter": "▲"})
    if not tiled and (name := water(record)[1]):
        classes.append({"label": name, "count": "", "band": WATER})
    return classes


def _chart(canvas: Canvas, record: Record, view: View, size: Size) -> list[dict[str, Any]]:
    from provision.paper.charts import draw_calendar, draw_gaps

    place = Box(
        size.body.left, min(size.body.bottom, size.key.bottom), size.body.right, size.body.top
    )
    if view.kind is Kind.CALENDAR:
        return draw_calendar(canvas, record, place)
    return draw_gaps(canvas, record, view.query, place)


def _legend(canvas: Canvas, size: Size, classes: list[dict[str, Any]]) -> None:
    """The classes with their marks and counts, at the largest size at which all have room."""
    place, (w, h) = size.legend, size.swatch
    least = 1.3 * h
    # of hundreds, the others have no room in any size
    texts = [_legend_text(c) for c in classes[: int(place.height / least) + 1]]
    for points in (*size.points, *size.small) if len(texts) == len(classes) else size.small[-1:]:
        rows = [wrap(text, place.width - 1.25 * w, points) for text in texts]
        heights = [max(h, len(lines) * LEADING * points * POINT) + 0.3 * h for lines in rows]
        if sum(heights) <= place.height:
            break
    top = place.top
    for i, (kind, lines, height) in enumerate(zip(classes, rows, heights, strict=False)):
        if top - height < place.bottom:
            canvas.lines(
                (place.left, top),
                [f"and {number(len(classes) - i)} more, in the table"],
                points,
                colour=QUIET,
            )
            return
        _sample(canvas, kind, Box(place.left, top - h, place.left + w, top), points)
        first = top - max(0.0, (h - len(lines) * LEADING * points * POINT) / 2)
        canvas.lines((place.left + 1.25 * w, first), lines, points)
        top -= height


def _legend_text(kind: dict[str, Any]) -> str:
    text = f"{kind.get('mark', '')} {kind['label']}".strip()
    return f"{text}: {kind['count']}" if kind["count"] else text


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
        diamond(canvas, box)
    else:
        swatch(canvas, kind, box)


def _foot(canvas: Canvas, size: Size, said: Described) -> None:
    """The rule in force, sources, licence, data version and link; cut where they are too long,
    which the caption never is."""
    place = size.foot
    parts = [said.rule, said.source, " ".join(said.licence)]
    for points in size.small:
        last = _last(said, place.width, points)
        most = int(place.height / (LEADING * points * POINT) + 1e-6) - len(last)
        paragraphs = [wrap(part, place.width, points) for part in parts]
        if sum(map(len, paragraphs)) <= most:
            break
    while sum(map(len, paragraphs)) > most:
        longest = max(paragraphs, key=len)
        longest[-2:] = [
            cut(f"{longest[-2]} {longest[-1]}", place.width * 0.7, points)
            + " (whole in the caption)"
        ]
    lines = [line for lines in paragraphs for line in lines] + last
    height = len(lines) * LEADING * points * POINT
    canvas.lines((place.left, place.bottom + height), lines, points, colour=QUIET)


def _last(said: Described, width: float, points: float) -> list[str]:
    """Data version, and where the view is: its whole address, if it is short enough to be typed."""
    whole = f"Page: {said.where}"
    if "?" in said.link and wide(whole, points) >= width * 0.6:
        page = (said.address or said.link).partition("?")[0]
        whole = f"Page: {page}{'' if said.address else f', {HERE}'}; its link is in the caption."
    return wrap(f"{said.edition}. {whole}", width, points)
