"""Cells that name areas: one, or several parted in any way; names may hold commas or "and"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from provision.readers.draft import AreaText
from provision.readers.table import CellValue, Place, clean, refused, text_of

MOST_UNKNOWN = 4_000  # different texts that match nothing, after which the column is the wrong one
_LONGEST, _MOST_PIECES, _MOST_JOINED = 20_000, 2_000, 6
_STRONG = re.compile(r"[;\n|•·▪●]+")
_WEAK = re.compile(
    r"\s*,\s*(?:and\s+|&\s*)?|\s*/\s*|\s+and\s+|\s*&\s*|\s+\+\s+|\s+-\s+", re.IGNORECASE
)
_BULLET = re.compile(r"^(?:[-–*‣◦]\s+|\d{1,3}[.)]\s+|and\s+)", re.IGNORECASE)


class Match(Protocol):
    """What a matcher says of one text: see :mod:`provision.regions.area_matching`."""

    @property
    def code(self) -> str | None:
        """The area's code, None for no area or the whole region."""

    @property
    def how(self) -> str:
        """By what it was matched: ``code``, ``official``, ``short``, ``region_wide``, ``none``."""

    @property
    def suggestion(self) -> str | None:
        """The official name to propose."""

    @property
    def reason(self) -> str:
        """Why, in words that follow the quoted text."""


class Matcher(Protocol):
    """What tells which area a text means."""

    def match(self, text: str) -> Match:
        """What a text means."""


@dataclass(frozen=True)
class Piece:
    """One text of a cell, and what it means."""

    text: str
    match: Match

    @property
    def is_short(self) -> bool:
        """Whether the text is a short name, to be confirmed."""
        return self.match.how == "short"

    @property
    def is_region(self) -> bool:
        """Whether the text means the whole region."""
        return self.match.how == "region_wide"

    @property
    def is_unknown(self) -> bool:
        """Whether the text means nothing that is known."""
        return self.match.code is None and not self.is_region


class AreaCells:
    """Reads cells that name areas, and remembers what a person has to look at."""

    def __init__(self, matcher: Matcher, file: str) -> None:
        self._matcher, self._file = matcher, file
        self._cells: dict[str, tuple[Piece, ...]] = {}
        self._matches: dict[str, Match] = {}
        self._unknown = 0
        self._to_see: dict[str, tuple[Piece, list[Place]]] = {}

    def read(self, value: CellValue) -> tuple[Piece, ...]:
        """The areas that a cell names, in its order.

        Raises
        ------
        InvalidData
            Where more than 4,000 different texts match no area.
        """
        raw = clean(value)[:_LONGEST] if isinstance(value, str) else text_of(value)
        if raw not in self._cells:
            self._cells[raw] = tuple(self._pieces(raw))
        return self._cells[raw]

    def note(self, piece: Piece, place: Place) -> None:
        """Remember a text that a person has to look at, and where it stands."""
        self._to_see.setdefault(piece.text, (piece, []))[1].append(place)

    def texts(self) -> tuple[AreaText, ...]:
        """What a person has to look at: what matches nothing first, then short names to confirm."""
        found = [
            AreaText(text, tuple(places), p.match.reason, p.match.suggestion, p.is_short)
            for text, (p, places) in self._to_see.items()
        ]
        return tuple(sorted(found, key=lambda t: t.used))

    def is_sure(self, value: CellValue) -> bool:
        """Whether a cell names areas and nothing else."""
        pieces = self.read(value)
        return bool(pieces) and not any(p.is_unknown for p in pieces)

    def _match(self, text: str) -> Match:
        if text not in self._matches:
            self._matches[text] = found = self._matcher.match(text)
            self._unknown += found.code is None
            if self._unknown > MOST_UNKNOWN:
                what = f"has more than {MOST_UNKNOWN:,} texts that match no area"
                fix = "check that these outlines and this list are of one region"
                raise refused(self._file, what, fix)
        return self._matches[text]

    def _is_one_name(self, text: str) -> bool:
        """Whether a text is the name of one area, and no part of it is the name of another."""
        match = self._match(text)
        if match.how == "region_wide":
            return True
        if match.code is None:
            return False
        parts = [p for p in _WEAK.split(text)[:_MOST_JOINED] if p and p != text]
        others = (self._match(p.strip(" .,")) for p in parts)
        return all(o.code in (None, match.code) or o.how == "short" for o in others)

    def _pieces(self, raw: str) -> Iterator[Piece]:
        whole = " ".join(raw.split())
        if not whole:
            return
        if self._is_one_name(whole):
            yield Piece(whole, self._match(whole))
            return
        for part in _STRONG.split(raw):
            text = _BULLET.sub("", " ".join(part.split())).rstrip(" .,")
            if text:
                yield from self._weakly_parted(text)

    def _weakly_parted(self, text: str) -> list[Piece]:
        """The best way to part a text at commas, strokes and "and": fewest unknown, then fewest."""
        cuts = [m.span() for m in _WEAK.finditer(text)][:_MOST_PIECES]
        starts = [0, *(end for _, end in cuts)]
        ends = [*(start for start, _ in cuts), len(text)]
        best: list[tuple[float, list[Piece]]] = [(0.0, [])]
        for last in range(len(ends)):
            options = []
            for first in range(max(0, last - _MOST_JOINED + 1), last + 1):
                option = self._option(text[starts[first] : ends[last]], last - first)
                if option is not None:
                    cost, pieces = option
                    options.append((best[first][0] + cost, best[first][1] + pieces))
            best.append(min(options, key=lambda o: o[0]))
        return best[-1][1]

    def _option(self, text: str, joins: int) -> tuple[float, list[Piece]] | None:
        """What it costs to take a text as one name; None for joined texts that are none."""
        text = text.strip(" .,")
        if not text:
            return (0.0, []) if joins == 0 else None
        piece = Piece(text, self._match(text))
        if joins and not self._is_one_name(text):
            return None
        if piece.is_unknown:
            return 10.0, [piece]
        return (1.5 if piece.is_short else 1.0), [piece]
