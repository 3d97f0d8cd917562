"""Which area a person means by a text: a code, a name in any of its spellings, or the region as a
whole.

A match is *sure* (code, official name, known variant, or the same name written otherwise) or a
*proposal* that a person confirms (a short name that belongs to one area only). What is near to one
name and to no other is *suggested*; all else is not guessed at. Codes are never guessed: a code
that the outlines do not have is explained (:mod:`provision.regions.area_codes`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from provision.io.problems import SHOWN_CHARACTERS, shown
from provision.regions.area_codes import explain_code, is_code, looks_like_old_code
from provision.regions.place_names import (
    COMMON_WORDS,
    DIRECTIONS,
    authorities,
    bare_name,
    name_parts,
    plain_name,
)

_NEAR = ((4, 0), (6, 1), (12, 2))
_FARTHEST = 3
_EVERY_AREA = frozenset(("all", "everywhere", "region wide", "regionwide", "entire region"))
_WHOLE_OF = ("all of ", "the whole of ", "whole of ", "across ", "pan ", "all ", "the ", "entire ")
_KINDS_OF_AREA = (
    *(" areas", " boroughs", " districts", " local authorities", " authorities"),
    *(" councils", " counties", " wards", " wide"),
)


class HasCodeAndName(Protocol):
    """What can be matched: an area with its code and its official name."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def name(self) -> str:
        """Its official name."""


class MatchedBy(StrEnum):
    """By what a text was matched. ``NONE``: by nothing; there may be a suggestion."""

    CODE = "code"
    OFFICIAL = "official"
    VARIANT = "variant"
    SHORT = "short"
    NORMALISED = "normalised"
    REGION_WIDE = "region_wide"
    NONE = "none"


@dataclass(frozen=True)
class AreaMatch:
    """What a text means.

    ``code`` is the area's code, None where no area is meant or the text means the whole region.
    ``suggestion`` is the official name to propose: that of the match, or of the one name that is
    near. ``reason`` says why, in words that follow the quoted text.
    """

    code: str | None
    how: MatchedBy
    suggestion: str | None
    reason: str

    @property
    def is_sure(self) -> bool:
        """Whether it can be used without asking: not a short name, and not nothing."""
        return self.how not in (MatchedBy.SHORT, MatchedBy.NONE)


class AreaMatcher:
    """Matches texts to the areas of one region.

    Parameters
    ---------- areas
        The areas, each with ``code`` and ``name``. Names may repeat: such a name matches none, and
        the reason says so.
    variants
        Spelling: official name or code, as ``region.name_variants`` and ``matching.yaml`` hold
        them.
    region_names
        What the region as a whole is called; a text that says it means every area.
    """

    def __init__(
        self,
        areas: Iterable[HasCodeAndName],
        variants: Mapping[str, str] | None = None,
        region_names: Sequence[str] = (),
    ) -> None:
        self._names = {area.code: area.name for area in areas}
        self._codes = {code.casefold(): code for code in self._names}
        self._official = _grouped((name, code) for code, name in self._names.items())
        self._plain = _grouped((plain_name(name), code) for code, name in self._names.items())
        self._bare = _grouped((bare_name(name), code) for code, name in self._names.items())
        self._variants = dict(variants or {})
        self._plain_variants = {
            plain_name(spelling): meant for spelling, meant in self._variants.items()
        }
        self._regions = {plain_name(name).removeprefix("greater ") for name in region_names} - {""}
        self._words = _leading_and_all(self._names)
        self._known: dict[str, AreaMatch] = {}

    def match(self, text: str) -> AreaMatch:
        """What a text means. The same text always means the same."""
        if text not in self._known:
            self._known[text] = self._match(text.strip())
        return self._known[text]

    def _match(self, text: str) -> AreaMatch:
        if not text:
            return AreaMatch(None, MatchedBy.NONE, None, "is empty")
        if len(text) > 2 * SHOWN_CHARACTERS:
            return AreaMatch(None, MatchedBy.NONE, None, "is too long to be the name of an area")
        for rule in (self._by_code, self._by_name, self._by_parts, self._by_short_name):
            if found := rule(text):
                return found
        return self._suggested(text)

    def _found(self, code: str, how: MatchedBy, reason: str) -> AreaMatch:
        return AreaMatch(code, how, self._names[code], reason)

    def _by_code(self, text: str) -> AreaMatch | None:
        if (code := self._codes.get(text.casefold())) is not None:
            return self._found(code, MatchedBy.CODE, "is a code in the outlines")
        if is_code(text) or (looks_like_old_code(text) and not self._plain.get(plain_name(text))):
            return AreaMatch(None, MatchedBy.NONE, None, explain_code(text, self._names))
        if text.isdecimal():
            padded = [c for c in self._names if c.isdecimal() and c.lstrip("0") == text.lstrip("0")]
            if len(padded) == 1:
                return self._found(
                    padded[0],
                    MatchedBy.NORMALISED,
                    f"is the code {padded[0]} without the noughts before it",
                )
        return None

    def _by_name(self, text: str) -> AreaMatch | None:
        """By the official name, a known variant, or another way of writing either; or by the
        region's own name.
        """
        for names, key, how in (
            (self._official, text, MatchedBy.OFFICIAL),
            (self._plain, plain_name(text), MatchedBy.NORMALISED),
        ):
            if codes := names.get(key):
                return self._one_of(codes, how)
            if found := self._by_variant(text if how is MatchedBy.OFFICIAL else key):
                return found
        if self._is_region(text):
            return AreaMatch(None, MatchedBy.REGION_WIDE, None, "is the region as a whole")
        if codes := self._bare.get(bare_name(text)):
            return self._one_of(codes, MatchedBy.NORMALISED)
        return None

    def _by_variant(self, text: str) -> AreaMatch | None:
        meant = self._variants.get(text) or self._plain_variants.get(text)
        if meant is None:
            return None
        codes = [meant] if meant in self._names else self._official.get(meant, [])
        if len(codes) != 1:
            return None
        return self._found(
            codes[0], MatchedBy.VARIANT, f"is a known spelling of {self._names[codes[0]]}"
        )

    def _one_of(self, codes: Sequence[str], how: MatchedBy) -> AreaMatch:
        if len(codes) > 1:
            return AreaMatch(
                None,
                MatchedBy.NONE,
                None,
                f"is the name of {len(codes)} areas; write the code: {_some(codes)}",
            )
        name = self._names[codes[0]]
        said = (
            "is an official name" if how is MatchedBy.OFFICIAL else f"is {name}, written otherwise"
        )
        return self._found(codes[0], how, said)

    def _is_region(self, text: str) -> bool:
        name = plain_name(text)
        every = next(
            (name.removesuffix(kind) for kind in _KINDS_OF_AREA if name.endswith(kind)), name
        )
        if name in _EVERY_AREA or every == "all":
            return True
        name = next(
            (every.removeprefix(begin) for begin in _WHOLE_OF if every.startswith(begin)), every
        )
        return name.removeprefix("greater ") in self._regions

    def _by_parts(self, text: str) -> AreaMatch | None:
        """A name written in two languages, where every part that is known means the same area."""
        found = {m.code for part in name_parts(text) if (m := self._by_name(part)) and m.code}
        if len(found) != 1:
            return None
        code = found.pop()
        return self._found(
            code, MatchedBy.NORMALISED, f"is {self._names[code]}, written in two ways"
        )

    def _by_short_name(self, text: str) -> AreaMatch | None:
        """Whole words that begin the name of one area only; else whole words of one area's name
        only.
        """
        words = bare_name(text)
        if not set(words.split()) - COMMON_WORDS:
            return None
        for names in self._words:
            codes = names.get(words, [])
            if len(codes) == 1:
                return self._found(
                    codes[0], MatchedBy.SHORT, f"is short for {self._names[codes[0]]}"
                )
            if codes:
                called = [self._names[code] for code in codes]
                return AreaMatch(
                    None,
                    MatchedBy.NONE,
                    None,
                    f"may be {_some(called, 'or')}; write the name in full",
                )
        return None

    def _suggested(self, text: str) -> AreaMatch:
        """The one name that is so near that a slip of the pen explains it, while nothing else is
        near; else none.
        """
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        wanted = bare_name(text)
        allowed = next((edits for length, edits in _NEAR if len(wanted) < length), _FARTHEST)
        nothing = AreaMatch(None, MatchedBy.NONE, None, "is not an area of the outlines")
        if not allowed or wanted in authorities():
            return nothing
        near = extract(
            wanted, list(self._bare), scorer=OSA.distance, score_cutoff=allowed + 2, limit=3
        )
        if not near or near[0][1] > allowed or (len(near) > 1 and near[1][1] <= near[0][1] + 1):
            return nothing
        name, codes = near[0][0], self._bare[near[0][0]]
        if len(codes) > 1 or set(name.split()) & DIRECTIONS != set(wanted.split()) & DIRECTIONS:
            return nothing
        official = self._names[codes[0]]
        return AreaMatch(
            None,
            MatchedBy.NONE,
            official,
            f"is not an area of the outlines; did you mean {shown(official)}?",
        )


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key, code in pairs:
        groups[key].append(code)
    return dict(groups)


def _leading_and_all(names: Mapping[str, str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Codes by every run of whole words that begins a name, and by every run anywhere in it; the
    whole name is not short for itself.
    """
    leading, anywhere = defaultdict(list), defaultdict(list)
    for code, name in names.items():
        words = bare_name(name).split()
        runs = {
            (i, j)
            for i in range(len(words))
            for j in range(i + 1, len(words) + 1)
            if j - i < len(words)
        }
        for run in {" ".join(words[:j]) for i, j in runs if i == 0}:
            leading[run].append(code)
        for run in {" ".join(words[i:j]) for i, j in runs}:
            anywhere[run].append(code)
    return dict(leading), dict(anywhere)


def _some(things: Sequence[str], word: str = "or") -> str:
    """Up to three things, and how many more."""
    listed = list(things[:3]) + ([f"{len(things) - 3} more"] if len(things) > 3 else [])
    return f"{', '.join(listed[:-1])} {word} {listed[-1]}" if len(listed) > 1 else listed[0]
