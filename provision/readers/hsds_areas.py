"""Which areas of a region a service's ``service_areas`` mean.

A place is taken from what says most surely which it is: a code in its address, ``extent`` or
identifier (as statistics.data.gov.uk, opendatacommunities.org, MapIt and others write it), then
its words: an official or common name, several names, or the region's own, which is region-wide. A
short name is not taken but proposed, for a person to confirm. Where a service *is* says nothing of
whom it serves, and is not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from provision.readers.area_lists import Match, Matcher
from provision.regions.area_codes import GSS_CODE
from provision.regions.area_matching import MatchedBy

_CODE_IN_TEXT = re.compile(rf"(?<![A-Za-z0-9])(?:{GSS_CODE.pattern})(?![A-Za-z0-9])", re.IGNORECASE)
_HOSTS_WITH_NAMES = ("opendatacommunities.org", "statistics.data.gov.uk", "mapit.mysociety.org")
_BETWEEN_NAMES = re.compile(r"\s*[,;|\n]\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
_RESIDENTS = re.compile(
    r"(?:(?:the |this )?service is )?(?:available |open )?(?:to |for )?(?:all |any |anyone |people"
    r" |everyone )?"
    r"(?:of )?(?:the )?(?:residents?|anyone|people|everyone|adults|women|those)? ?(?:who are |who"
    r" )?"
    r"(?:resident|residents|living|live)? ?(?:of|in|across|within|throughout) (?:the"
    r" )?(?P<place>[^.]+?)"
    r"(?: area| region)?",
    re.IGNORECASE,
)
LONGEST_WORDS = 2_000


class Serves(StrEnum):
    """What a place of a service area came to."""

    AREAS = "areas"
    REGION_WIDE = "region-wide"
    ELSEWHERE = "elsewhere"
    UNPLACED = "unplaced"


@dataclass(frozen=True)
class PlacedArea:
    """What one service area means.

    Parameters
    ----------
    serves : Serves
    codes : tuple of str
        Codes of the region's areas, in the order of the feed; empty unless ``serves`` is ``AREAS``.
    said : str
        What the feed says, to be quoted.
    reason : str
        Why it is not placed, in words that follow the quoted text; else empty.
    suggestion : str or None
        The official name to propose.
    differs : bool
        Whether the code means one area and the words another.
    """

    serves: Serves
    codes: tuple[str, ...] = ()
    said: str = ""
    reason: str = ""
    suggestion: str | None = None
    differs: bool = False


def place_area(
    words: Iterable[str | None], addresses: Iterable[str | None], matcher: Matcher
) -> PlacedArea:
    """The areas that one service area means.

    Parameters
    ----------
    words : iterable of str or None
        Its names and descriptions, the surest first.
    addresses : iterable of str or None
        Its ``uri``, ``extent`` and identifiers, the surest first.
    matcher : Matcher
        Of the region's areas.

    Returns
    -------
    PlacedArea
    """
    texts = [text.strip() for text in words if text and text.strip()]
    given = [text for text in addresses if text]
    by_words = _by_words(texts, matcher)
    coded = list(dict.fromkeys(code for text in given for code in codes_in(text)))
    known = [m.code for code in coded if (m := matcher.match(code)).code]
    said = texts[0] if texts else given[0] if given else ""
    if known:
        differs = (
            by_words is not None and bool(by_words.codes) and not set(by_words.codes) & set(known)
        )
        return PlacedArea(
            Serves.AREAS, tuple(dict.fromkeys(filter(None, known))), said, differs=differs
        )
    if by_words is not None:
        return by_words
    if coded:
        return PlacedArea(
            Serves.ELSEWHERE,
            said=said if texts else coded[0],
            reason=matcher.match(coded[0]).reason,
        )
    if (
        named := _by_words([n for text in given if (n := _name_in_address(text))], matcher)
    ) is not None:
        return named
    return _unplaced(texts, said, matcher)


def codes_in(text: str) -> list[str]:
    """The codes of the ONS in an address or text, in capitals, each once.

    >>> codes_in("https://statistics.data.gov.uk/atlas/resource?uri=http%3A%2F%2Fx%2Fid%2FE08000009")
    ['E08000009']
    >>> codes_in("http://mapit.mysociety.org/code/gss/e09000008"), codes_in("E080000091")
    (['E09000008'], [])
    """
    found = _CODE_IN_TEXT.findall(unquote(text[:LONGEST_WORDS]))
    return list(dict.fromkeys(code.upper() for code in found))


def _by_words(texts: list[str], matcher: Matcher) -> PlacedArea | None:
    """What the words mean where that is sure; None where it is not."""
    for text in texts:
        for candidate in _candidates(text):
            match = matcher.match(candidate)
            if match.how == MatchedBy.REGION_WIDE:
                return PlacedArea(Serves.REGION_WIDE, said=text)
            if match.code and _is_sure(match):
                return PlacedArea(Serves.AREAS, (match.code,), text)
            if codes := _several(candidate, matcher):
                return PlacedArea(Serves.AREAS, codes, text)
    return None


def _candidates(text: str) -> list[str]:
    """A text, and the place in it where it is a sentence about residents of a place."""
    sentence = text[:LONGEST_WORDS].split(". ", maxsplit=1)[0].strip().rstrip(".")
    residents = _RESIDENTS.fullmatch(sentence)
    return [text, *([residents["place"]] if residents else [])]


def _several(text: str, matcher: Matcher) -> tuple[str, ...]:
    """The codes of several names in one text, where every one is sure; else none."""
    parts = [part for part in _BETWEEN_NAMES.split(text[:LONGEST_WORDS]) if part]
    if len(parts) < 2:
        return ()
    whole = [part for part in re.split(r"\s*[,;|\n]\s*", text[:LONGEST_WORDS]) if part]
    for names in (whole, parts):  # "Hammersmith and Fulham, Ealing" before "Ealing and Brent"
        matches = [matcher.match(name) for name in names]
        if len(names) > 1 and all(m.code and _is_sure(m) for m in matches):
            return tuple(dict.fromkeys(m.code for m in matches if m.code))
    return ()


def _name_in_address(text: str) -> str:
    """The name that ends an address of a register that has names in its addresses, else nothing."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    last = unquote(parts.path).rstrip("/").rpartition("/")[2]
    return re.sub(r"[-_+]+", " ", last.removesuffix(".html")) if host in _HOSTS_WITH_NAMES else ""


def _unplaced(texts: list[str], said: str, matcher: Matcher) -> PlacedArea:
    match = matcher.match(texts[0]) if texts else None
    if match is None:
        return PlacedArea(Serves.UNPLACED, said=said, reason="is no name or code of an area")
    return PlacedArea(Serves.UNPLACED, said=said, reason=match.reason, suggestion=match.suggestion)


def _is_sure(match: Match) -> bool:
    """Whether a match can be used without asking: not a short name, and not nothing."""
    return match.how not in (MatchedBy.SHORT, MatchedBy.NONE)
