"""Text in the cells of a workbook, such that every text comes back as it was.

Excel's own form writes some characters as ``_x0007_`` and programs do not agree on reading that.
A text with such characters is written as a JSON string behind a mark; all other text as it is."""

from __future__ import annotations

import json
import re

MARK = "␛"
LONGEST = 32_767  # what a cell holds, in UTF-16 units
_DOUBTFUL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|x005F_"
)


def to_cell(text: str) -> str:
    """A text as it is written in a cell.

    >>> to_cell("=1+1"), to_cell("a\\x07")
    ('=1+1', '␛"a\\\\u0007"')
    """
    if not text.startswith(MARK) and not _DOUBTFUL.search(text):
        return text
    return MARK + json.dumps(text).replace("x", "\\u0078")


def from_cell(text: str) -> str:
    """A text as it was before :func:`to_cell`.

    >>> from_cell(to_cell("a\\x07_x0041_")) == "a\\x07_x0041_"
    True
    """
    if not text.startswith(f'{MARK}"'):
        return text
    try:
        found = json.loads(text.removeprefix(MARK))
    except ValueError:
        return text
    return found if isinstance(found, str) else text


def fits(text: str) -> bool:
    """Whether a cell can hold a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST
