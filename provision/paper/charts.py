"""Charts on paper: gaps as bars, the contract calendar as stretches of time. A row for each area,
under each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import isnan
from typing import TYPE_CHECKING, Any

from provision.coverage.need import gaps
from provision.coverage.timeline import eve_of, span, thinned, turning_days
from provision.dates import add_months, day_words
from provision.english import number
from provision.io.figures import Indicator
from provision.links.query import Query
from provision.paper.canvas import INK, QUIET, Box, Canvas
from provision.paper.lettering import LEADING, POINT, cut, printable, wide
from provision.paper.maps import bar
from provision.record import Record
from provision.symbology.calendar import CALENDAR, calendar_order, runs
from provision.symbology.coverage import MapClass, as_data
from provision.symbology.gaps import GAPS

if TYPE_CHECKING:
    import pandas as pd

Classes = list[dict[str, Any]]
_GRID = "#c3c9ce"
_NAMES = 0.42  # of the width, at most, for names
_FILLED = 0.78  # of a row's height, for its bar
_TIGHT = 1.08  # the least height of a row, in sizes of its letters
NOT_STATED = "not stated"


def draw_gaps(canvas: Canvas, record: Record, query: Query, place: Box) -> tuple[Classes, float]:
    """Areas with a gap, worst first, with a bar for the measure of need. Returns the classes for
    the legend, with their counts, and where the chart ends."""
    found = gaps(record, query.on, query.need)
    measure = record.indicators_by_id.get(query.need or "")
    rows = [
        (printable(row["name"]), GAPS[row["gap"]], row["need"]) for row in found.to_dict("records")
    ]
    place = _headed(canvas, place, _measured(measure) if measure else "")
    fit = _Rows(canvas, place, [f"{kind.mark} {name}".strip() for name, kind, _ in rows])
    said = [
        NOT_STATED if isnan(value) else f"{value:,.{measure.decimals if measure else 0}f}"
        for _, _, value in rows
    ]
    numbers = max((wide(text, fit.points) for text in said), default=0) + 1.5
    most = max((value for _, _, value in rows if not isnan(value)), default=0) or 1
    for i in range(fit.shown):
        _, kind, value = rows[i]
        low, high = fit.band(i)
        end = fit.left + (
            0 if isnan(value) else max(value, 0) / most * (place.right - numbers - fit.left)
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
    ], fit.bottom


def _measured(measure: Indicator) -> str:
    """What bars measure, without the unit where the name says it already."""
    known = measure.unit.casefold() in measure.short_label.casefold()
    return measure.short_label if known else f"{measure.short_label} ({measure.unit})"


def draw_calendar(canvas: Canvas, record: Record, place: Box) -> tuple[Classes, float]:
    """Stretches of time in which an area's class does not change, with a mark where cover ends and
    a smaller one where one service of several does. Returns the classes for the legend, and where
    the chart ends."""
    first, last = span(record)
    found = runs(record, first, last)
    order = calendar_order(found)
    line = LEADING * canvas.points[-1] * POINT
    place = Box(place.left, place.bottom, place.right, place.top - 3.2 * line)
    fit = _Rows(canvas, place, list(map(printable, order)))
    shown = {name: i for i, name in enumerate(order[: fit.shown])}
    axis = _Axis(first, last, fit.left, place.right)
    axis.draw(canvas, place.top, fit.bottom)
    for key, kind in CALENDAR.items():
        for row in found[found["kind"] == key].to_dict("records"):
            if row["name"] in shown:
                low, high = fit.band(shown[row["name"]])
                end = axis.at(min(row["end"], last + timedelta(days=1)))
                bar(canvas, as_data([kind])[0], Box(axis.at(row["start"]), low, end, high))
    ends, some = _ends(record, found, first, last)
    axis.key_days(canvas, sorted({day for day, _ in (*ends, *some)}), place.top, fit.bottom)
    for marks, whole in ((some, False), (ends, True)):
        for day, name in marks:
            if name in shown:
                low, high = fit.band(shown[name])
                half = (high - low) * (0.42 if whole else 0.3)
                _diamond(canvas, axis.at(day), (low + high) / 2, half, whole=whole)
    fit.rest("calendar")
    kept = [kind for key, kind in CALENDAR.items() if (found["kind"] == key).any()]
    keyed = [*([_ENDS] if ends else []), *([_ENDS_SOME] if some else [])]
    return [*as_data(kept), *keyed], fit.bottom


Turns = list[tuple[date, str]]


def _ends(record: Record, found: pd.DataFrame, first: date, last: date) -> tuple[Turns, Turns]:
    """The days from which areas have lost their last contract, and those from which they have lost
    one of several."""
    ended = found[(found["kind"] == "lapsed") & (found["start"] > first)]
    ends = [(row["start"], str(row["name"])) for row in ended.to_dict("records")]
    some = [
        (day, record.by_code[code].name)
        for day in turning_days(record)
        if first < day <= last
        for code in thinned(record, day)
    ]
    return ends, some


_ENDS = {**as_data([MapClass("ends", "Last contract ends", "", "#ffffff")])[0], "diamond": "whole"}
_ENDS_SOME = {
    **as_data([MapClass("some", "One of several services ends", "", "#ffffff")])[0],
    "diamond": "some",
}


def diamond(canvas: Canvas, box: Box, *, whole: bool) -> None:
    """The mark where cover ends, or one of several services, in the legend."""
    half = box.height * (0.42 if whole else 0.3)
    _diamond(canvas, (box.left + box.right) / 2, (box.bottom + box.top) / 2, half, whole=whole)


def _diamond(canvas: Canvas, x: float, y: float, half: float, *, whole: bool) -> None:
    from matplotlib.path import Path as Outline

    canvas.shape(
        Outline(
            [(x - half, y), (x, y + half), (x + half, y), (x, y - half), (x - half, y)], closed=True
        ),
        fill="#ffffff" if whole else INK,
        edge=INK if whole else "#ffffff",
        line=half * (0.55 if whole else 0.3) / POINT,
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

    def key_days(self, canvas: Canvas, days: Sequence[date], top: float, bottom: float) -> None:
        """The last day before each change, written over the months, with a line through all
        rows."""
        from matplotlib.path import Path as Outline

        points = canvas.points[-1]
        above, free = top + 1.6 * LEADING * points * POINT, self.left
        for day in days:
            x, text = self.at(day), day_words(eve_of(day))
            long = wide(text, points, bold=True)
            left = min(x - long / 2, self.right - long)
            canvas.shape(Outline([(x, above - 0.6), (x, bottom)]), edge=INK, line=0.7)
            if left >= free:
                canvas.text((left, above), text, points, bold=True)
                free = left + long + 1.5

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

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return self.place.top - (self.shown + (self.shown < self.every)) * self.height

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
