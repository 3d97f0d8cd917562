"""Charts on paper: gaps as bars, the contract calendar as stretches of time. A row for each area,
under each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from provision.coverage.need import gaps
from provision.coverage.timeline import span
from provision.dates import add_months
from provision.english import number
from provision.links.query import Query
from provision.paper.canvas import INK, QUIET, Box, Canvas
from provision.paper.lettering import LEADING, POINT, cut, printable, wide
from provision.paper.maps import bar
from provision.record import Record
from provision.symbology.calendar import CALENDAR, calendar_order, runs
from provision.symbology.coverage import MapClass, as_data
from provision.symbology.gaps import GAPS

Classes = list[dict[str, Any]]
_GRID = "#c3c9ce"
_NAMES = 0.42  # of the width, at most, for names
_FILLED = 0.78  # of a row's height, for its bar
_TIGHT = 1.08  # the least height of a row, in sizes of its letters
NOT_STATED = "not stated"


def draw_gaps(canvas: Canvas, record: Record, query: Query, place: Box) -> Classes:
    """Areas with a gap, worst first, with a bar for the measure of need. Returns the classes for
    the legend, with their counts."""
    import pandas as pd

    found = gaps(record, query.on, query.need)
    measure = record.indicators_by_id.get(query.need or "")
    rows = [
        (printable(row["name"]), GAPS[row["gap"]], row["need"]) for row in found.to_dict("records")
    ]
    place = _headed(canvas, place, f"{measure.short_label} ({measure.unit})" if measure else "")
    fit = _Rows(canvas, place, [f"{kind.mark} {name}".strip() for name, kind, _ in rows])
    said = [
        NOT_STATED if pd.isna(value) else f"{value:,.{measure.decimals if measure else 0}f}"
        for _, _, value in rows
    ]
    numbers = max((wide(text, fit.points) for text in said), default=0) + 1.5
    most = max((value for _, _, value in rows if not pd.isna(value)), default=0) or 1
    for i in range(fit.shown):
        _, kind, value = rows[i]
        low, high = fit.band(i)
        end = fit.left + (
            0 if pd.isna(value) else max(value, 0) / most * (place.right - numbers - fit.left)
        )
        if end > fit.left:
            bar(canvas, as_data([kind])[0], Box(fit.left, low, end, high))
        if measure:
            canvas.text((end + 0.8, fit.base(i)), said[i], fit.points)
    fit.rest("gaps")
    every = found["gap"].value_counts()
    return [
        {**as_data([kind])[0], "count": str(every[gap])}
        for gap, kind in GAPS.items()
        if gap in every
    ]


def draw_calendar(canvas: Canvas, record: Record, place: Box) -> Classes:
    """Stretches of time in which an area's class does not change, with a mark where cover ends.
    Returns the classes for the legend."""
    first, last = span(record)
    found = runs(record, first, last)
    order = calendar_order(found)
    place = Box(
        place.left, place.bottom, place.right, place.top - 2 * LEADING * canvas.points[-1] * POINT
    )
    fit = _Rows(canvas, place, list(map(printable, order)))
    shown = {name: i for i, name in enumerate(order[: fit.shown])}
    axis = _Axis(first, last, fit.left, place.right)
    axis.draw(canvas, place.top, fit.band(fit.shown - 1)[0] if fit.shown else place.bottom)
    for key, kind in CALENDAR.items():
        for row in found[found["kind"] == key].to_dict("records"):
            if row["name"] in shown:
                low, high = fit.band(shown[row["name"]])
                bar(
                    canvas,
                    as_data([kind])[0],
                    Box(
                        axis.at(row["start"]),
                        low,
                        axis.at(min(row["end"], last + timedelta(days=1))),
                        high,
                    ),
                )
    ended = found[(found["kind"] == "lapsed") & (found["start"] > first)]
    for row in ended.to_dict("records"):
        if row["name"] in shown:
            low, high = fit.band(shown[row["name"]])
            _diamond(canvas, axis.at(row["start"]), (low + high) / 2, (high - low) * 0.42)
    fit.rest("calendar")
    kept = [kind for key, kind in CALENDAR.items() if (found["kind"] == key).any()]
    return [*as_data(kept), *([_ENDS] if len(ended) else [])]


_ENDS = {**as_data([MapClass("ends", "Cover ends", "", "#ffffff")])[0], "diamond": True}


def diamond(canvas: Canvas, box: Box) -> None:
    """The mark where cover ends, in the legend."""
    _diamond(canvas, (box.left + box.right) / 2, (box.bottom + box.top) / 2, box.height * 0.42)


def _diamond(canvas: Canvas, x: float, y: float, half: float) -> None:
    from matplotlib.path import Path as Outline

    canvas.shape(
        Outline(
            [(x - half, y), (x, y + half), (x + half, y), (x, y - half), (x - half, y)], closed=True
        ),
        fill="#ffffff",
        edge=INK,
        line=half * 0.55 / POINT,
    )


def _headed(canvas: Canvas, place: Box, title: str) -> Box:
    """What the bars measure, over them; returns the place that is left."""
    points = canvas.points[-1]
    if title:
        canvas.lines(
            (place.right, place.top),
            [cut(title, place.width, points)],
            points,
            align="right",
            colour=QUIET,
        )
    return Box(place.left, place.bottom, place.right, place.top - 1.3 * LEADING * points * POINT)


@dataclass(frozen=True)
class _Axis:
    """Days from ``left`` to ``right``."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Where a day begins."""
        return self.left + (day - self.first).days / ((self.last - self.first).days + 1) * (
            self.right - self.left
        )

    def draw(self, canvas: Canvas, top: float, bottom: float) -> None:
        """Months on top: every third, sixth or twelfth, so that they stand clear of each other."""
        from matplotlib.path import Path as Outline

        points, begin = canvas.points[-1], self.first.replace(day=1)
        months = [
            add_months(begin, i)
            for i in range((self.last.year - begin.year) * 12 + self.last.month - begin.month + 1)
        ]
        month = (self.right - self.left) / len(months)
        step = next(
            (n for n in (3, 6, 12, 24, 60, 120) if n * month >= wide("Oct 0000", points) * 1.2), 120
        )
        for i, day in enumerate(months[::step]):
            x, text = self.at(max(day, self.first)), f"{day:%b %Y}"
            canvas.shape(Outline([(x, top + 0.4), (x, bottom)]), edge=_GRID, line=0.5)
            if x + wide(text, points) <= self.right or not i:
                canvas.text((x, top + 0.5 * points * POINT), text, points, colour=QUIET)


class _Rows:
    """Rows of a chart: names at the left, as many as there is room for at a size that can be
    read."""

    def __init__(self, canvas: Canvas, place: Box, names: Sequence[str]) -> None:
        points = canvas.points
        least = _TIGHT * points[-1] * POINT
        most = max(1, int(place.height / least))
        self.canvas, self.place, self.every = canvas, place, len(names)
        self.shown = len(names) if len(names) <= most else most - 1
        self.height = min(
            place.height / max(self.shown + (self.shown < len(names)), 1),
            LEADING * points[0] * POINT * 1.35,
        )
        self.points = next((p for p in points if _TIGHT * p * POINT <= self.height), points[-1])
        widest = place.width * _NAMES
        self.left = (
            place.left
            + min(max((wide(name, self.points) for name in names), default=0), widest)
            + 1.2
        )
        for i, name in enumerate(names[: self.shown]):
            canvas.text(
                (self.left - 1, self.base(i)),
                cut(name, widest, self.points),
                self.points,
                align="right",
            )

    def band(self, row: int) -> tuple[float, float]:
        """The lower and the upper edge of a row's bar."""
        middle = self.place.top - (row + 0.5) * self.height
        return middle - self.height * _FILLED / 2, middle + self.height * _FILLED / 2

    def base(self, row: int) -> float:
        """The base line of a row's words."""
        return self.place.top - (row + 0.5) * self.height - 0.36 * self.points * POINT

    def rest(self, what: str) -> None:
        """How many rows had no room."""
        if self.shown < self.every:
            text = f"and {number(self.every - self.shown)} more, in the table of the {what}"
            self.canvas.text(
                (self.place.left, self.base(self.shown)),
                cut(text, self.place.width, self.points),
                self.points,
                colour=QUIET,
            )
