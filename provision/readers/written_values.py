"""Ages, money, ticks and numbers as people write them. What is not read is said, not guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from provision.readers.table import CellValue, text_of

NOT_STATED = "not stated"
NOTHING_STATED = frozenset(
    """|-|--|–|—|?|.|..|...|n/a|na|n.a.|not stated|not known|unknown|not available|tbc|tba|tbd
    |to be confirmed|to be agreed|not applicable|not given|not provided|no data|null|blank|missing
    |#n/a|#ref!|#value!|#div/0!|#name?|#null!|#num!""".replace("\n    ", "").split("|")
)
SUPPRESSED = frozenset(
    (
        *(
            "*",
            "**",
            "c",
            "[c]",
            "x",
            "[x]",
            "z",
            "[z]",
            "[u]",
            ":",
            "<5",
            "<10",
            "#",
        ),
        *(
            "suppressed",
            "s",
            "~",
            "low",
            "[low]",
        ),
    )
)
_YES = frozenset(
    (
        *(
            "x",
            "✓",
            "✔",
            "✅",
            "☑",
            "yes",
            "y",
            "1",
            "true",
            "t",
            "•",
            "●",
            "■",
            "covered",
        ),
        *(
            "served",
            "tick",
            "ticked",
            "full",
        ),
    )
)
_NO = frozenset(
    (
        *(
            "no",
            "n",
            "0",
            "false",
            "f",
            "✗",
            "✘",
            "❌",
            "none",
            "not covered",
            "not served",
        ),
    )
)
_AGE = (
    re.compile(
        r"(?:aged?\s*)?(\d{1,3})\s*(?:\+|plus|(?:years )?(?:and|or) (?:over|above|older).*)"
    ),
    re.compile(
        r"(?:age[ds]?\s*)?(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})(?:\s*(?:years?|yrs?)(?: old)?)?"
    ),
    re.compile(r"(?:from|at least|minimum(?: of)?|min)\s*(\d{1,3})(?:\s*(?:years?|yrs?).*)?"),
    re.compile(r"(?:aged?\s*)?(\d{1,3})(?:\s*(?:years?|yrs?)(?: old)?)?"),
)
_CURRENCIES = {"£": "GBP", "€": "EUR", "$": "USD", "gbp": "GBP", "eur": "EUR", "usd": "USD"}
_SCALES = {"": 1, "k": 1_000, "thousand": 1_000, "m": 1_000_000, "mn": 1_000_000}
_SCALES |= {"million": 1_000_000, "bn": 1_000_000_000, "billion": 1_000_000_000}
_MONEY = re.compile(
    r"(?P<before>£|€|\$|gbp|eur|usd)?\s*(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s*(?P<scale>k|thousand|mn|m|million|bn|billion)?\s*(?P<after>gbp|eur|usd|€)?"
)
_NUMBER = re.compile(r"[-−]?(\d{1,3}([, '\u2019]\d{3})+|\d+)(\.\d+)?([eE][-+]?\d{1,2})?")


class Tick(StrEnum):
    """What a cell of a matrix says."""

    YES = "yes"
    NO = "no"
    BLANK = "blank"
    NOT_STATED = "not stated"
    OTHER = "other"


def read_tick(value: CellValue) -> Tick:
    """A cell of a matrix.

    >>> [str(read_tick(v)) for v in ("x", 1, "No", None, "?", "since May")]
    ['yes', 'yes', 'no', 'blank', 'not stated', 'other']
    """
    text = text_of(value).casefold()
    if not text:
        return Tick.BLANK
    if text in _YES:
        return Tick.YES
    if text in _NO:
        return Tick.NO
    return Tick.NOT_STATED if text in NOTHING_STATED else Tick.OTHER


def is_not_stated(value: CellValue) -> bool:
    """Whether a cell says nothing: blank, or one of the usual marks for it."""
    return text_of(value).casefold() in NOTHING_STATED


def read_minimum_age(value: CellValue) -> int | None:
    """The youngest age in a text such as ``18+``; None where none is given.

    >>> [read_minimum_age(v) for v in ("18+", "16 and over", "aged 16-25", 18, "adults", "130+")]
    [18, 16, 16, 18, None, None]
    """
    text = text_of(value).casefold().rstrip(" .")
    if text in ("all ages", "any age", "all"):
        return 0
    for form in _AGE:
        if match := form.fullmatch(text):
            age = int(match[1])
            return age if age <= 120 else None
    return None


@dataclass(frozen=True)
class Money:
    """An amount, and its currency where the cell says it."""

    amount: float
    currency: str | None


def read_money(value: CellValue) -> Money | None:
    """An amount such as ``£2,996,940``, ``£1.2m`` or a plain number; None where it is neither.

    >>> read_money("£1.2m"), read_money(120000), read_money("about £5")
    (Money(amount=1200000, currency='GBP'), Money(amount=120000, currency=None), None)
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Money(plain_number(float(value)), None) if 0 <= value < 1e15 else None
    match = _MONEY.fullmatch(text_of(value).casefold())
    if not match:
        return None
    number = float(match["number"].replace(",", "")) * _SCALES[match["scale"] or ""]
    sign = match["before"] or match["after"]
    return Money(plain_number(round(number, 2)), _CURRENCIES.get(sign or ""))


def read_number(value: CellValue) -> float | None:
    """A number with or without thousands separators, % or £; None where it is none.

    >>> read_number("1,234.5"), read_number("12%"), read_number("−3"), read_number("c. 10")
    (1234.5, 12.0, -3.0, None)
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number = float(value)
        return number if abs(number) < 1e15 else None
    text = text_of(value).removeprefix("£").removesuffix("%").strip()
    if not _NUMBER.fullmatch(text):
        return None
    number = float(re.sub(r"[, '\u2019]", "", text).replace("−", "-"))
    return number if abs(number) < 1e15 else None


def plain_number(number: float) -> float:
    """A whole number without a decimal point."""
    return int(number) if float(number).is_integer() else number
