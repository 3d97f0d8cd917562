"""Dates as sources give them: to the day, to the month, or not at all."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)  # what a link or a scenario may speak of
_FORM = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")


@dataclass(frozen=True)
class SourceDate:
    """A day, or a whole month where the source gives no day.

    >>> march = SourceDate.parse("2020-03")
    >>> march.first, march.last
    (datetime.date(2020, 3, 1), datetime.date(2020, 3, 31))
    >>> str(march), str(SourceDate.parse("2018-07-01"))
    ('March 2020', '1 July 2018')
    """

    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> SourceDate:
        """Read ``YYYY-MM`` or ``YYYY-MM-DD``. Raises ValueError for anything else, impossible days
        included."""
        match = _FORM.fullmatch(text)
        if not match:
            raise ValueError(f"not YYYY-MM or YYYY-MM-DD: {text[:40]!r}")
        year, month, day = match.groups()
        if day:
            exact = date(int(year), int(month), int(day))
            return cls(exact, exact)
        first = date(int(year), int(month), 1)
        return cls(first, month_end(first))

    @property
    def iso(self) -> str:
        """The form that :meth:`parse` reads."""
        return self.first.isoformat() if self.first == self.last else month_key(self.first)

    def __str__(self) -> str:
        return day_words(self.first) if self.first == self.last else f"{self.first:%B %Y}"


def parse_day(text: str) -> date:
    """Read ``YYYY-MM-DD`` and nothing else.

    Parameters
    ----------
    text
        The text.

    Returns
    -------
    date

    Raises
    ------
    ValueError
        For anything but ``YYYY-MM-DD`` in the digits 0 to 9.

    Examples
    --------
    >>> parse_day("2018-10-31")
    datetime.date(2018, 10, 31)
    """
    found = SourceDate.parse(text)
    if found.first != found.last:
        raise ValueError(f"not YYYY-MM-DD: {text[:40]!r}")
    return found.first


def month_key(day: date) -> str:
    """The month of a day.

    Parameters
    ----------
    day
        The day.

    Returns
    -------
    str
        ``YYYY-MM``.

    Examples
    --------
    >>> month_key(date(2018, 10, 31))
    '2018-10'
    """
    return f"{day.year:04d}-{day.month:02d}"


def day_words(day: date) -> str:
    """A day as people write it.

    Parameters
    ----------
    day
        The day.

    Returns
    -------
    str
        With the month in English.

    Examples
    --------
    >>> day_words(date(2018, 10, 31))
    '31 October 2018'
    """
    return f"{day.day} {day:%B %Y}"


def month_end(day: date) -> date:
    """The last day of the month that a day lies in.

    Parameters
    ----------
    day
        The day.

    Returns
    -------
    date

    Examples
    --------
    >>> month_end(date(2020, 2, 1))
    datetime.date(2020, 2, 29)
    """
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def next_day(day: date) -> date:
    """The day after; the last day that can be told is its own.

    Parameters
    ----------
    day
        The day.

    Returns
    -------
    date"""
    return day if day == date.max else day + timedelta(days=1)


def add_months(day: date, count: int) -> date:
    """The first day of the month some months after that of a day.

    Parameters
    ----------
    day
        The day.
    count
        How many months, back where it is negative.

    Returns
    -------
    date
        No later than the last month that can be told.

    Examples
    --------
    >>> add_months(date(2019, 12, 31), 2)
    datetime.date(2020, 2, 1)
    """
    month = min(day.year * 12 + day.month - 1 + count, date.max.year * 12 + 11)
    return date(month // 12, month % 12 + 1, 1)


def months(first: date, last: date) -> list[date]:
    """The first days of all months from one to another, both included.

    Parameters
    ----------
    first
        A day of the first month.
    last
        A day of the last month.

    Returns
    -------
    list of date

    Examples
    --------
    >>> [f"{m:%Y-%m}" for m in months(date(2019, 12, 31), date(2020, 2, 1))]
    ['2019-12', '2020-01', '2020-02']
    """
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [
        date(first.year + (first.month - 1 + i) // 12, (first.month - 1 + i) % 12 + 1, 1)
        for i in range(count)
    ]
