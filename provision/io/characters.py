"""One rule for the characters of a text that comes from outside, whoever wrote it.

A text holds what a reader can see, spaces, tabs and line breaks. What nobody can see says nothing,
hides what a text is, and breaks the file formats that it is later written to. It is refused where a
file can be mended (:func:`text_fault`), and left out where somebody types (:func:`cleaned`).

Joiners and variation selectors are part of how some scripts and emoji are spelt: they stay after
the letter or sign that they belong to.
"""

from __future__ import annotations

import re
import unicodedata

# Word keeps at most 255 characters of a title; some of ours have a few words around a name.
LONGEST_NAME = 200
LONGEST_TEXT = 20_000  # a cell of a workbook holds 32,767
LINE_BREAKS = "\n\t"
_SPELLING = frozenset("\u200c\u200d\ufe0e\ufe0f")
# Letters and marks that print nothing (Default_Ignorable_Code_Point of the Unicode standard, and
# the blank Braille pattern).
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0d\uffa0"
    "\U000e0100-\U000e01ef]"
)
_UNNAMED = {
    "Cc": "CONTROL CHARACTER",
    "Co": "PRIVATE USE",
    "Cs": "HALF OF A CHARACTER",
    "Cn": "NOT ASSIGNED",
}
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")
MEND = "delete the text around that place and type it again"


def unfit(text: str) -> list[int]:
    """Where a text holds what it must not.

    Parameters
    ----------
    text
        Any text, half characters included.

    Returns
    -------
    list of int
        Places in the text, from 0.

    Examples
    --------
    >>> unfit("The Alders"), unfit("The\\u200bAlders\\x07")
    ([], [3, 10])
    """
    if text.isascii() and text.isprintable():
        return []
    return [at for at, character in enumerate(text) if _is_unfit(text, at, character)]


def cleaned(text: str) -> str:
    """A text without what it must not hold.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        The same where nothing is wrong with it.

    Examples
    --------
    >>> cleaned("Al\\u00adder\\u202e")
    'Alder'
    """
    wrong = set(unfit(text))
    return "".join(c for at, c in enumerate(text) if at not in wrong) if wrong else text


def text_fault(text: str) -> str:
    """What is wrong with a text, with place and name of the first such character.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        Empty where nothing is.

    Examples
    --------
    >>> text_fault("Al\\u200bder")
    'holds U+200B ZERO WIDTH SPACE, which nobody can see, as character 3'
    """
    if not (wrong := unfit(text)):
        return ""
    more = f", and {len(wrong) - 1:,} more like it" if len(wrong) > 1 else ""
    first = wrong[0]
    return f"holds {spoken(text[first])}, which nobody can see, as character {first + 1:,}{more}"


def spoken(character: str) -> str:
    """A character by its code point and its name in the Unicode standard.

    Parameters
    ----------
    character
        One character.

    Returns
    -------
    str
        For instance ``U+00AD SOFT HYPHEN``.
    """
    otherwise = _UNNAMED.get(unicodedata.category(character), "UNNAMED")
    return f"U+{ord(character):04X} {unicodedata.name(character, otherwise)}"


def _is_unfit(text: str, at: int, character: str) -> bool:
    if character in LINE_BREAKS or " " <= character <= "~":
        return False
    if character in _SPELLING:
        before = text[at - 1 : at]
        return (
            not before or unicodedata.category(before)[0] not in "LMS" or bool(_BLANK.match(before))
        )
    return unicodedata.category(character) in _UNSEEN or bool(_BLANK.match(character))
