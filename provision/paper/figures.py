"""Any view as a figure: at a fixed width and scale, whatever the view.

On it stand what it shows, its topic and date, the map or chart, the legend and, under them, the
rule in force, sources, licence, data version and link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from provision.links.query import SizeName
from provision.paper.canvas import QUIET, Box, Canvas, Format, Words
from provision.paper.legend import Keyed, draw_legend, row_text
from provision.paper.lettering import LEADING, POINT, balanced, cut, fitted, wrap
from provision.paper.view import Kind, View
from provision.paper.views import Described, as_tiles, describe, drawn
from provision.record import Record
from provision.text.wording import region_words


@dataclass(frozen=True)
class Size:
    """A size of figure: its width, the height that it may have (which it has, if it is ``fixed``;
    else it ends where its text does) and its margin, in millimetres; the place of its map or chart;
    where its legend begins, beside it or (at its left edge) under it; and the sizes that its
    letters may have, in points and largest first: of the title, of ``names`` on a map and in a chart,
    of the legend, of what stands under it. ``unit`` is the measure of hatches."""

    name: SizeName
    label: str
    width: float
    height: float
    fixed: bool
    margin: float
    body: tuple[float, float]
    legend: float
    title_points: tuple[float, ...]
    names: tuple[float, ...]
    points: tuple[float, ...]
    small: tuple[float, ...]
    unit: float
    swatch: tuple[float, float]

    @property
    def beside(self) -> bool:
        """Whether the legend stands beside the body."""
        return self.legend > self.margin

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.margin


SIZES: dict[SizeName, Size] = {
    "column": Size(
        "column", "A4 column", 85, 400, False, 2, (81, 70), 2,
        (10, 9.5, 9, 8.5), (7,), (8, 7.5, 7), (7,), 0.12, (5.2, 3.0),
    ),
    "page": Size(
        "page", "A4 width", 170, 257, False, 3, (113, 91), 119,
        (13, 12, 11), (8, 7.5, 7), (9, 8.5, 8, 7.5), (7.5, 7), 0.145, (6.5, 4.0),
    ),
    "slide": Size(
        "slide", "Slide", 338.667, 190.5, True, 9, (205, 118), 220,
        (26, 24, 22), (13, 12, 11), (17, 16, 15, 14), (10, 9, 8), 0.26, (13, 8),
    ),
}  # fmt: skip
_FOOT_MM = 38.0  # of a fixed height, for what stands under map and legend
_ROWS_MM = 30.0  # a chart of many rows may be higher than a map by so much


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
        f"{said.finding}. {said.title}. {dated(view, said)}",
        said.alt,
        (said.link, said.edition[:1].lower() + said.edition[1:], *said.sources, *said.licence),
    )


def dated(view: View, said: Described) -> str:
    """The date of a view, as it stands under the title."""
    return f"{'From' if view.kind is Kind.CALENDAR else 'As at'} {said.as_at}"


def canvas_of(
    record: Record,
    view: View,
    name: SizeName,
    said: Described | None = None,
    *,
    bare: bool = False,
) -> Canvas:
    """A view as a drawn page; one page can be written in several formats. ``bare`` is without the
    text above and below, for a document that has it as text of its own."""
    size, said = SIZES[name], said or describe(record, view)
    gap = 0.7 * size.margin
    canvas = Canvas(size.width, size.height, size.names, size.unit)
    top = size.height if bare else _head(canvas, size, said, record, view) - gap
    under = _FOOT_MM if size.fixed and not bare else size.margin
    low = max(under, top - size.body[1])
    body = Box(size.margin, low, size.margin + size.body[0], top)
    canvas.part("Figure")
    shown, low = _body(canvas, size, record, view, body, bare=bare)
    legend = Box(size.legend, under, size.width - size.margin, top if size.beside else low - gap)
    end = min(low, draw_legend(canvas, size, shown, legend)) - gap
    if bare:
        canvas.crop(end, size.height)
        return canvas
    end = _foot(canvas, size, said, end) - size.margin
    if not size.fixed:
        canvas.crop(end, size.height)
    return canvas


def _head(canvas: Canvas, size: Size, said: Described, record: Record, view: View) -> float:
    """What the figure shows and, under it, its topic, region and date. Returns where it ends."""
    top, most = size.height - size.margin, 3 if size.name == "column" else 2
    height = (most + 0.1) * LEADING * size.title_points[0] * POINT
    finding = said.finding or said.title
    lines, points = fitted(finding, size.inner, height, size.title_points, bold=True)
    lines = balanced(lines, size.inner, points)
    canvas.part("H1", finding)
    top = canvas.lines((size.margin, top), lines, points, bold=True)
    topic = " ".join(
        part if part.endswith((".", "?")) else f"{part}."
        for part in (said.title, region_words(record), dated(view, said))
        if part != finding
    )
    canvas.part("P", topic)
    return canvas.lines((size.margin, top), wrap(topic, size.inner, size.points[0]), size.points[0])


def _body(
    canvas: Canvas, size: Size, record: Record, view: View, place: Box, *, bare: bool
) -> tuple[Keyed, float]:
    """The map or chart. Returns its classes with the key to its numbers, and where it ends."""
    shown = drawn(record, view)
    if shown is None:
        low = place.bottom if size.fixed and not bare else place.bottom - _ROWS_MM
        chart = Box(place.left, low, place.right, place.top)
        return _chart(canvas, record, view, chart)
    return _map(canvas, record, view, place, shown)


def _map(
    canvas: Canvas, record: Record, view: View, place: Box, shown: dict[str, Any]
) -> tuple[Keyed, float]:
    from provision.geo.outlines import water
    from provision.paper.maps import WATER, draw_map

    tiled = as_tiles(view)
    key, low = draw_map(canvas, record, shown, place, tiled=tiled)
    classes = [{**c, "text": row_text(c, record.file.region.areas)} for c in shown["classes"]]
    if shown.get("marked"):
        classes.append({"text": shown["markedName"], "letter": "▲"})
    if not tiled and (name := water(record)[1]):
        classes.append({"text": name, "band": WATER})
    return (classes, key), low


def _chart(canvas: Canvas, record: Record, view: View, place: Box) -> tuple[Keyed, float]:
    from provision.paper.charts import draw_calendar, draw_gaps
    from provision.paper.theme_panels import draw_themes

    if view.kind is Kind.CALENDAR:
        classes, low = draw_calendar(canvas, record, place)
    elif view.kind is Kind.THEMES:
        classes, low = draw_themes(canvas, record, view.query, place)
    else:
        classes, low = draw_gaps(canvas, record, view.query, place)
    areas = record.file.region.areas
    return ([{"text": row_text(c, areas), **c} for c in classes], ""), low


def _foot(canvas: Canvas, size: Size, said: Described, top: float) -> float:
    """The rule in force, sources, licence, data version and link; on a size of fixed height cut
    where they are too long, which the caption never is. Returns where they end."""
    parts = [said.rule, said.source, " ".join(said.licence), f"{said.edition}. Link: {said.where}"]
    top = max(top, _FOOT_MM - 2) if size.fixed else top
    for points in size.small:
        paragraphs = [wrap(part, size.inner, points) for part in parts]
        line = LEADING * points * POINT
        room = (top - size.margin / 2) / line + 1e-6
        if sum(map(len, paragraphs)) <= room:
            break
    most = max(len(parts), int(room))
    while sum(map(len, paragraphs)) > most:
        longest = max(paragraphs, key=len)
        longest[-2:] = [
            cut(f"{longest[-2]} {longest[-1]}", size.inner * 0.7, points)
            + " (whole in the caption)"
        ]
    lines = [line for lines in paragraphs for line in lines]
    if size.fixed:
        top = size.margin / 2 + len(lines) * LEADING * points * POINT
    canvas.part("P", " ".join(parts))
    return canvas.lines((size.margin, top), lines, points, colour=QUIET)
