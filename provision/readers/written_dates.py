"""Dates as people write them, read day first as in the United Kingdom, and echoed in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from provision.dates import EARLIEST, LATEST, SourceDate
from provision.readers.table import CellValue, text_of

NOT_STATED = "not stated"
ONGOING = "ongoing"
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_BLANKS = frozenset(
    """|-|--|–|—|?|.|..|n/a|na|none|not stated|not known|unknown|not available|tbc|tba|tbd
    |to be confirmed|to be agreed|nil|not applicable|not given|not provided|no data|null|blank
    |#n/a""".replace("\n    ", "").split("|")
)
_OPEN = frozenset(
    """ongoing|on going|on-going|until further notice|open ended|open-ended|open|rolling
    |rolling contract|continuing|continuous|no end date|no end|permanent|indefinite|indefinitely
    |present|current|to date|now|in perpetuity""".replace("\n    ", "").split("|")
)
_WEEKDAY = re.compile(r"^(mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(day)?,?\s+")
_ORDINAL = re.compile(r"\b(\d{1,2})(st|nd|rd|th)\b")
_TIME = re.compile(r"[t ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(z|am|pm|[+-]\d{2}:?\d{2})?$")
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})(?:[-/. ](\d{1,2}))?")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_DAY_WORD = re.compile(r"(?:(\d{1,2})[-/. ]?\s*(?:of )?)?([a-z]{3,9})\.?[-/., ']*\s*(\d{4}|\d{2})")
_WORD_DAY = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})")
_FINANCIAL = re.compile(r"\d{4} ?[-/] ?(\d{2}|\d{4})")
_SERIAL = re.compile(r"[2-7]\d{4}(\.\d+)?")
_EXCEL_DAY_NOUGHT = date(1899, 12, 30)
_RANGE = re.compile(r"\s+(?:to|until|till|through)\s+|\s*[–—]\s*|\s+-\s+")


class Order(StrEnum):
    """Which of two numbers is the day."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True)
class WrittenDate:
    """A date that was read.

    ``value`` is ``YYYY-MM-DD``, ``YYYY-MM``, ``ongoing`` or ``not stated``; None where the text is
    no date that we read, and then ``reason`` says why. ``ambiguous`` where day and month could be
    swapped; ``serial`` where a spreadsheet's number of a day was read.
    """

    value: str | None
    reason: str = ""
    ambiguous: bool = False
    serial: bool = False


def read_date(value: CellValue, order: Order = Order.DAY_FIRST) -> WrittenDate:
    """A cell as a date.

    >>> [read_date(t).value for t in ("1 July 2018", "01/07/2018", "2018-07", "Jul-18", 43282)]
    ['2018-07-01', '2018-07-01', '2018-07', '2018-07', '2018-07-01']
    >>> read_date("until further notice").value, read_date("tbc").value, read_date("2018").reason
    ('ongoing', 'not stated', 'gives only a year')
    """
    if isinstance(value, date):
        return _checked(value.year, value.month, value.day)
    text = " ".join(text_of(value).casefold().split()).rstrip(" .;,")
    if text in _BLANKS:
        return WrittenDate(NOT_STATED)
    if text in _OPEN:
        return WrittenDate(ONGOING)
    if _SERIAL.fullmatch(text):
        day = _EXCEL_DAY_NOUGHT + timedelta(days=int(float(text)))
        found = _checked(day.year, day.month, day.day)
        return WrittenDate(found.value, found.reason, serial=found.value is not None)
    text = _ORDINAL.sub(r"\1", _WEEKDAY.sub("", _TIME.sub("", text)))
    return _read_words(text) or _read_numbers(text, order) or _no_date(text)


def read_range(value: CellValue, order: Order = Order.DAY_FIRST) -> tuple[WrittenDate, WrittenDate]:
    """A cell such as ``July 2018 to March 2021`` as a start and an end.

    >>> [d.value for d in read_range("July 2018 – ongoing")]
    ['2018-07', 'ongoing']
    """
    text = text_of(value)
    parts = [p for p in _RANGE.split(re.sub(r"^(from|since)\s+", "", text, flags=re.I)) if p]
    if len(parts) == 2:
        return read_date(parts[0], order), read_date(parts[1], order)
    if text.casefold().startswith(("until ", "to ", "ends ")):
        return WrittenDate(NOT_STATED), read_date(text.split(" ", 1)[1], order)
    if text.casefold().startswith(("from ", "since ")):
        return read_date(text.split(" ", 1)[1], order), WrittenDate(NOT_STATED)
    single = read_date(value, order)
    if single.value == ONGOING:
        return WrittenDate(NOT_STATED), single
    if single.value in (NOT_STATED, None):
        return single, single
    unknown = WrittenDate(None, "gives one date; we cannot tell whether it is the start or the end")
    return unknown, unknown


def column_order(values: Iterable[CellValue]) -> tuple[Order, bool]:
    """Which number is the day in a column, and whether its cells contradict each other.

    A column in which the second number is sometimes above 12, and the first never, is month first.
    """
    found = [m for v in values if isinstance(v, str) and (m := _NUMBERS.fullmatch(text_of(v)))]
    day_first = any(int(m[1]) > 12 for m in found)
    month_first = any(int(m[2]) > 12 for m in found)
    order = Order.MONTH_FIRST if month_first and not day_first else Order.DAY_FIRST
    return order, month_first and day_first


def in_words(value: str) -> str:
    """A date that was read, as people write it: ``1 July 2018``, ``July 2018``, ``ongoing``."""
    return value if value in (NOT_STATED, ONGOING) else str(SourceDate.parse(value))


def _read_words(text: str) -> WrittenDate | None:
    if match := _WORD_DAY.fullmatch(text):
        month = _month(match[1])
        return _checked(int(match[3]), month, int(match[2])) if month else None
    if match := _DAY_WORD.fullmatch(text):
        month = _month(match[2])
        day = int(match[1]) if match[1] else None
        return _checked(_year(match[3]), month, day) if month else None
    return None


def _read_numbers(text: str, order: Order) -> WrittenDate | None:
    if (match := _YEAR_FIRST.fullmatch(text)) and (match[3] or int(match[2]) <= 12):
        day = int(match[3]) if match[3] else None
        return _checked(int(match[1]), int(match[2]), day)
    if match := _MONTH_YEAR.fullmatch(text):
        return _checked(int(match[2]), int(match[1]), None)
    if match := _NUMBERS.fullmatch(text):
        first, second, year = int(match[1]), int(match[2]), _year(match[3])
        swapped = order is Order.MONTH_FIRST or (second > 12 >= first)
        day, month = (second, first) if swapped else (first, second)
        found = _checked(year, month, day)
        either = max(first, second) <= 12 and first != second
        return WrittenDate(found.value, found.reason, either and found.value is not None)
    return None


def _no_date(text: str) -> WrittenDate:
    if re.fullmatch(r"\d{4}", text):
        return WrittenDate(None, "gives only a year")
    if _FINANCIAL.fullmatch(text) or re.match(r"(fy|q[1-4]\b)", text):
        return WrittenDate(None, "gives a financial year or a quarter")
    return WrittenDate(None, "is not a date that we read")


def _month(word: str) -> int:
    """The number of a month by its name or its beginning; 0 for another word."""
    return next(
        (n for n, name in enumerate(_MONTHS, 1) if len(word) > 2 and name.startswith(word)), 0
    )


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text) if int(text) < 70 else 1900 + int(text)


def _checked(year: int, month: int, day: int | None) -> WrittenDate:
    """A date that exists and lies in the years that the product speaks of."""
    try:
        first = date(year, month, day or 1)
    except ValueError:
        return WrittenDate(None, "is no day of the calendar")
    if not EARLIEST <= first <= LATEST:
        return WrittenDate(None, f"is outside {EARLIEST.year} to {LATEST.year}")
    return WrittenDate(first.isoformat() if day else f"{year:04d}-{month:02d}")
