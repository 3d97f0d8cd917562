"""What a code of an area says by its form: whose it is, and why it may not be in a region's
outlines.

The forms are those of the Register of Geographic Codes (ONS): a letter for the country, two digits
for the kind of area, six for the area. A code is explained, never guessed: another code that looks
alike is another place.
"""

from __future__ import annotations

import re
from collections.abc import Collection

GSS_CODE = re.compile(r"[EWSNKJLM]\d{8}", re.IGNORECASE)
_BEFORE_2011 = re.compile(r"\d{2}[A-Z]{2}([A-Z]{2})?", re.IGNORECASE)

KINDS = {
    "E05": "a ward in England",
    "E06": "a unitary authority in England",
    "E07": "a district in England",
    "E08": "a metropolitan district in England",
    "E09": "a London borough",
    "E10": "a county in England",
    "E11": "a metropolitan county in England",
    "E12": "a region of England",
    "E13": "Inner or Outer London",
    "E23": "a police force area in England",
    "E26": "a national park in England",
    "E47": "a combined authority in England",
    "E54": "an integrated care board in England",
    "E92": "England",
    "K02": "the United Kingdom",
    "N09": "a district in Northern Ireland",
    "N92": "Northern Ireland",
    "S12": "a council area in Scotland",
    "S92": "Scotland",
    "W05": "a ward in Wales",
    "W06": "a unitary authority in Wales",
    "W07": "a constituency in Wales",
    "W15": "a police force area in Wales",
    "W92": "Wales",
}

SUCCESSORS = {
    "E06000028": ("E06000058", "2019"),
    "E06000029": ("E06000058", "2019"),
    "E06000048": ("E06000057", "2013"),
    "E07000097": ("E07000242", "2013"),
    "E07000100": ("E07000240", "2013"),
    "E07000101": ("E07000243", "2013"),
    "E07000104": ("E07000241", "2013"),
    "E08000016": ("E08000038", "2023"),
    "E08000019": ("E08000039", "2023"),
    "E08000020": ("E08000037", "2013"),
    "S12000015": ("S12000047", "2018"),
    "S12000024": ("S12000048", "2018"),
    "S12000044": ("S12000050", "2019"),
    "S12000046": ("S12000049", "2019"),
}
"""Codes that were replaced while the place stayed, the code that followed, and from when (ONS Code
History Database).
"""


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
    followed, year = SUCCESSORS.get(code, ("", ""))
    if followed in known:
        return f"was replaced by {followed} in {year}; the outlines are of a later edition"
    prefix = code[:3]
    prefixes = sorted({c[:3] for c in known if is_code(c)})
    whose = (
        f"is the code of {KINDS[prefix]}"
        if prefix in KINDS
        else f"is a code that begins with {prefix}"
    )
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
