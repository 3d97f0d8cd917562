"""Which table of a file holds figures for the region's areas, and which row is which area."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from provision.readers.area_lists import Match, Matcher
from provision.readers.draft import AreaText
from provision.readers.list_columns import plain_heading
from provision.readers.table import Place, Table, refused

_LONGEST = 160  # characters of a text that may be an area
_MOST_MISSES = 60_000
_FIRST = re.compile(
    r"\b(code|cd|gss|ons|id|geography|area|areacd|areanm|name|nm|lad\w*|district)\b"
)
_ABOUT = re.compile(
    r"code|cd\b|area|name|nm\b|borough|district|authority|council|ward|place|lad", re.I
)


@dataclass(frozen=True)
class AreaRows:
    """Rows of a table by area: ``codes`` has a code for each row, None for other places."""

    table: Table
    column: int
    codes: tuple[str | None, ...]
    texts: tuple[AreaText, ...]

    @property
    def areas(self) -> int:
        """How many different areas have a row."""
        return len({c for c in self.codes if c is not None})


class FigureAreas:
    """Looks for the column that tells the area, by code before name."""

    def __init__(self, matcher: Matcher, name: str) -> None:
        self._matcher, self._name = matcher, name
        self._known: dict[str, Match] = {}
        self._misses = 0

    def best(self, tables: Sequence[Table]) -> AreaRows:
        """The table and the column with most areas.

        Raises
        ------
        InvalidData
            Where no column of any table names an area of the region.
        """
        found: AreaRows | None = None
        for table in (t for t in tables if not t.hidden):
            for rows in self._by_column(table):
                if found is None or rows.areas > found.areas:
                    found = rows
                if 2 * rows.areas > len(set(rows.codes)):  # most rows are areas: look no further
                    break
        if found is None or not found.areas:
            what = "has no column with a code or a name of an area in the outlines"
            fix = "add a column of area codes, headed 'code', or use outlines of the same places"
            raise refused(self._name, what, fix)
        return found

    def _by_column(self, table: Table) -> Iterator[AreaRows]:
        """Rows by area, for each column that may tell it; the likeliest columns first."""
        columns = sorted(range(len(table.columns)), key=lambda i: (_rank(table.columns[i]), i))
        for column in columns:
            texts = table.texts(column)
            if any(re.search(r"[^\W_]", t) for t in texts[:2_000]):
                yield self._rows(table, column, texts)

    def _rows(self, table: Table, column: int, texts: list[str]) -> AreaRows:
        matches = {t: self._match(t) for t in dict.fromkeys(texts) if t}
        sure = {t: m.code for t, m in matches.items() if m.code is not None and m.how != "short"}
        short = self._short_names(matches, set(sure.values()))
        places: dict[str, list[Place]] = {}
        for row, text in enumerate(texts):
            if text in short:
                places.setdefault(text, []).append(table.place(row, column))
        seen = tuple(
            AreaText(t, tuple(p), matches[t].reason, matches[t].suggestion, used=True)
            for t, p in places.items()
        )
        return AreaRows(table, column, tuple((sure | short).get(t) for t in texts), seen)

    @staticmethod
    def _short_names(matches: dict[str, Match], sure: set[str | None]) -> dict[str, str | None]:
        """Short names of areas that have no row of their own, where no other text is short for
        one."""
        short: dict[str | None, list[str]] = {}
        for text, match in matches.items():
            if match.how == "short" and match.code not in sure:
                short.setdefault(match.code, []).append(text)
        return {texts[0]: code for code, texts in short.items() if len(texts) == 1}

    def _match(self, text: str) -> Match:
        text = text[:_LONGEST]
        if text not in self._known:
            self._known[text] = match = self._matcher.match(text)
            self._misses += match.code is None
            if self._misses > _MOST_MISSES:
                what = f"has more than {_MOST_MISSES:,} different texts that match no area"
                raise refused(self._name, what, "keep the rows of this region")
        return self._known[text]


def _rank(heading: str) -> int:
    """How likely a heading is one of an area: codes first, then names, then the rest."""
    text = plain_heading(heading)
    if re.search(r"code|cd\b|gss", text):
        return 0
    return 1 if _ABOUT.search(text) or _FIRST.search(text) else 2
