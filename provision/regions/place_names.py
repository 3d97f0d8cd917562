"""How the names of places are written, and what is left of a name when its trappings are taken
away.

Nothing here knows any region. ``plain_name`` evens out what is only a way of writing; ``bare_name``
also takes away what says what kind of council or place it is ("London Borough of Camden", "Camden
Council" and "Camden" are one place).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

_EVENED = {"st": "saint", "upon": "on", "&": "and", "+": "and"}
_PREFIXES = (
    "the",
    "city and county of",
    "city and borough of",
    "city of",
    "county of",
    "county borough of",
    "royal borough of",
    "london borough of",
    "metropolitan borough of",
    "metropolitan district of",
    "metropolitan county of",
    "borough of",
    "district of",
    "royal borough",
    "london borough",
    "lb of",
    "lb",
    "rb of",
    "rb",
    "county",
    "council of the",
    "isle of",
    "comhairle nan",
)
_SUFFIXES = (
    "council",
    "city council",
    "county council",
    "district council",
    "borough council",
    "borough",
    "london borough",
    "london borough council",
    "london boro",
    "metropolitan borough",
    "metropolitan borough council",
    "metropolitan district",
    "metropolitan district council",
    "county borough",
    "county borough council",
    "unitary authority",
    "local authority",
    "mbc",
    "mdc",
    "cbc",
    "bc",
    "cc",
    "dc",
    "ua",
    "lb",
    "district",
    "city of",
    "county of",
    "city and county of",
)
_KEPT = frozenset({"city of london", "city of london corporation"})
"""The City is one area of London; without its trappings it would be called what the whole is
called.
"""

_BRACKETED = re.compile(r"\s*\([^()]*\)\s*$")
_PARTS = re.compile(r"\s+[-\u2013\u2014/|]\s+|\s*[/|]\s*")
_SEPARATORS = re.compile(r"[^\w&+]+")

DIRECTIONS = {
    *("north", "south", "east", "west", "central", "mid", "upper", "lower", "inner", "outer"),
    *("northern", "southern", "eastern", "western", "greater"),
}
"""Words that tell one place from its neighbour: two names that differ in them are two places."""

COMMON_WORDS = DIRECTIONS | {
    *("city", "county", "borough", "district", "council", "town", "isle", "island", "islands"),
    *("vale", "forest", "new", "saint", "great", "on", "of", "and", "the", "in", "by", "under"),
}
"""Words that stand in so many names that by themselves they name none."""


@cache
def plain_name(text: str) -> str:
    """A name evened out: case, accents, punctuation, "&" and "and", "St" and "Saint", "on" and
    "upon".
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(
        c for c in folded if not unicodedata.combining(c) and c not in "'\u2019\u2018`."
    )
    words = (
        _SEPARATORS.sub(" ", letters.replace("&", " & ").replace("+", " + "))
        .replace("_", " ")
        .split()
    )
    return " ".join(_EVENED.get(word, word) for word in words)


@cache
def bare_name(text: str) -> str:
    """A name without what says what kind of place or council it is; the plain name where nothing
    else would be left.
    """
    name = plain_name(_BRACKETED.sub("", text)) or plain_name(text)
    while name not in _KEPT:
        shorter = _without_affix(name)
        if shorter == name:
            return name
        name = shorter
    return "city of london"


def _without_affix(name: str) -> str:
    for suffix in sorted(_SUFFIXES, key=len, reverse=True):
        if name.endswith(f" {suffix}"):
            return name.removesuffix(f" {suffix}")
    for prefix in sorted(_PREFIXES, key=len, reverse=True):
        if name.startswith(f"{prefix} "):
            return name.removeprefix(f"{prefix} ")
    return name


def name_parts(text: str) -> tuple[str, ...]:
    """The names in a name written in two languages ("Isle of Anglesey - Ynys Môn"); empty where it
    is one name.
    """
    parts = tuple(part.strip() for part in _PARTS.split(text) if part.strip())
    return parts if len(parts) > 1 else ()


@cache
def authorities() -> frozenset[str]:
    """The bare names of the councils' areas in the United Kingdom, those of before 2023 among them.

    A text that is one of them is not a misspelling of another: Harlow is not Harrow.
    """
    text = (Path(__file__).parent / "authorities.txt").read_text(encoding="utf-8")
    return frozenset(map(bare_name, text.splitlines()))
