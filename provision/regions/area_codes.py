"""What a code of an area says by its form: whose it is, and why it may not be in a region's
outlines.

The forms are those of the Register of Geographic Codes (ONS): a letter for the country, two digits
for the kind of area, six for the area. A code is explained, never guessed: another code that looks
alike is another place.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GSS_CODE = re.compile(r"[EWSNKJLM]\d{8}", re.IGNORECASE)
_BEFORE_2011 = re.compile(r"\d{2}[A-Z]{2}([A-Z]{2})?", re.IGNORECASE)

_HERE = Path(__file__).parent

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class AreaKind:
    """A kind of area in words ("a ward in Wales"), what one and several are called ("ward",
    "wards"; blank where nothing short is in use), and the box in which all of the kind lie.

    The box is west, south, east, north in degrees (WGS84), with room around it; None if not known.
    """

    words: str
    one: str
    many: str
    home: Box | None


@cache
def area_kinds() -> dict[str, AreaKind]:
    """Kinds of area by the first three characters of their codes."""
    return {
        row["prefix"]: AreaKind(
            row["kind"], row["one"], row["many"], _box(row) if row["west"] else None
        )
        for row in _rows("area_kinds.csv")
    }


@cache
def successors() -> dict[str, tuple[str, str]]:
    """Codes that were replaced while the place stayed: the code that followed, and the year.

    From the Code History Database of the ONS.
    """
    return {row["code"]: (row["successor"], row["year"]) for row in _rows("area_successors.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _box(row: dict[str, str]) -> Box:
    return float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"])


def home_of(code: str) -> Box | None:
    """Where the areas of a code's kind lie, as far as that is known."""
    kind = area_kinds().get(code[:3].upper()) if is_code(code) else None
    return kind.home if kind else None


def is_code(text: str) -> bool:
    """Whether a text has the form of a code of the ONS."""
    return GSS_CODE.fullmatch(text.strip()) is not None


def looks_like_old_code(text: str) -> bool:
    """Whether a text has the form of a code from before 2011, such as ``00NA``."""
    return _BEFORE_2011.fullmatch(text.strip()) is not None


def explain_code(code: str, known: Collection[str]) -> str:
    """Why a code may not be among a region's codes, in words that end a sentence which begins with
    the code.

    Parameters
    ----------
    code
        A text in the form of a code (:func:`is_code` or :func:`looks_like_old_code`).
    known
        The codes of the region's areas.
    """
    code = code.strip().upper()
    if looks_like_old_code(code):
        return "is a code from before 2011; use the areas' codes of today"
    followed, year = successors().get(code, ("", ""))
    if followed in known:
        return f"was replaced by {followed} in {year}; the outlines are of a later edition"
    prefix = code[:3]
    prefixes = sorted({c[:3] for c in known if is_code(c)})
    kind = area_kinds().get(prefix)
    whose = f"is the code of {kind.words}" if kind else f"is a code that begins with {prefix}"
    if prefix not in prefixes:
        return (
            f"{whose}; the outlines' codes begin with {_joined(prefixes)}"
            if prefixes
            else f"{whose}; the outlines have codes of another form"
        )
    return f"{whose} that the outlines do not have; it belongs elsewhere or to another edition"


def _joined(words: list[str]) -> str:
    if len(words) > 4:
        words = [*words[:3], f"{len(words) - 3} more"]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
