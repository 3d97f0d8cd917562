"""From rows as a file gives them to a table: where the header is, and what is blank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from provision.readers.table import RawSheet, Row, Table, column_letters, is_filled, text_of

_LOOKED_AT = 40  # rows at the top, among which the header is looked for


def to_table(raw: RawSheet, header_words: frozenset[str] = frozenset()) -> Table | None:
    """Raw rows as a table: blanks left out, the header found below titles. None for no rows."""
    kept = [
        (n, row)
        for n, row in zip(raw.numbers, raw.rows, strict=True)
        if any(is_filled(v) for v in row)
    ]
    if not kept:
        return None
    first, last = _extent(row for _, row in kept)
    rows = [_cut(row, first, last) for _, row in kept]
    numbers = [n for n, _ in kept]
    at = _header_at(rows[:_LOOKED_AT], header_words)
    titles = tuple(filter(None, (" ".join(filter(None, map(text_of, row))) for row in rows[:at])))
    return Table(
        raw.file,
        raw.sheet,
        _distinct(rows[at], first + 1),
        tuple(rows[at + 1 :]),
        tuple(numbers[at + 1 :]),
        numbers[at],
        first + 1,
        raw.hidden,
        titles,
        raw.notes,
        rows[at],
    )


def _extent(rows: Iterable[Row]) -> tuple[int, int]:
    """The first column in which anything stands, and the one after the last."""
    first, last = 10**6, 0
    for row in rows:
        across = [i for i, value in enumerate(row) if is_filled(value)]
        first, last = min(first, across[0]), max(last, across[-1] + 1)
    return first, last


def _cut(row: Row, first: int, last: int) -> Row:
    return (*row[first:last], *((None,) * (last - max(len(row), first))))


def _header_at(rows: Sequence[Row], header_words: frozenset[str]) -> int:
    """The row of the header.

    It is the first that is nearly as full as the fullest and holds short texts.

    A row with two of the ``header_words`` or more is taken before any other.
    """
    for number, row in enumerate(rows):
        words = {text_of(v).casefold() for v in row if isinstance(v, str)}
        if len(words & header_words) >= 2:
            return number
    fills = [sum(map(is_filled, row)) for row in rows]
    enough = 0.7 * max(fills)
    likely = (n for n, row in enumerate(rows) if fills[n] >= enough and _heading_like(row))
    return next(likely, next(n for n, fill in enumerate(fills) if fill >= enough))


_NUMBER = re.compile(r"[-+£$€]?[\d.,]*\d%?|\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"(19|20)\d\d")


def _heading_like(row: Row) -> bool:
    """Whether a row may be a header: short texts or years, and at least one text."""
    texts = [text_of(v) for v in row if is_filled(v)]
    words = [t for t in texts if not _NUMBER.fullmatch(t)]
    years = [t for t in texts if _YEAR.fullmatch(t)]
    return bool(words) and len(words) + len(years) == len(texts) and max(map(len, texts)) <= 120


def _distinct(header: Row, first: int) -> tuple[str, ...]:
    """Headings as text, each once; a column without one is called by its letters."""
    seen: dict[str, int] = {}
    return tuple(
        _once(text_of(v) or f"column {column_letters(first + i)}", seen)
        for i, v in enumerate(header)
    )


def _once(name: str, seen: dict[str, int]) -> str:
    wanted = name
    while wanted in seen:
        seen[name] += 1
        wanted = f"{name} ({seen[name]})"
    seen[wanted] = 1
    return wanted
