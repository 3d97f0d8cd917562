"""What a service of a feed says of itself beyond the standard: whether it is contracted, whether it
is for women, and how full its support is.

The standard has no field for these. A service has them only where it says so in a term of a
taxonomy, or, for women, where the whole of its eligibility says so. Everything else is *not
stated*: a mixed service is not made a women's service because it takes women.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID, uuid5

from provision.readers.hsds_service import FeedService
from provision.schema.services import NOT_STATED, Level

# Our own taxonomies, and what every identifier of our own export is made from: drawn once.
LEVELS = "Level of support"
KINDS = "Kind of service"
IDENTIFIERS = UUID("5b0d9a52-6d0f-4c39-9d0e-0a3a5b7e1c44")

Stated = Literal["yes", "no", "not stated"]

_WOMEN_TERM = re.compile(
    r"(?:women|females?|women and girls)[ -]only|women(?:'s)?[ -]specific(?: services?)?"
    r"|services? for women(?: only)?|women['’]?s services?",
    re.IGNORECASE,
)
_CONTRACTED_TERM = re.compile(
    r"(?:contracted|commissioned)(?: services?| provision)?", re.IGNORECASE
)
_WOMEN = re.compile(
    r"(?:(?:this|the) service is )?(?:open to |available to |(?:only )?for )?"
    r"(?:[\w'’-]+ ){0,3}(?:women|females)(?: only)?\b.*",
    re.IGNORECASE | re.DOTALL,
)
_OTHERS = re.compile(
    r"\b(?:men|man|males?|boys?|fathers|everyone|anyone|anybody|people|persons?|adults|all genders|"
    r"any gender|not)\b",
    re.IGNORECASE,
)
_NOT_WOMEN = re.compile(
    r"\b(?:all genders|any gender|men and women|women and men|regardless of gender|men only|"
    r"males? only|boys only)\b",
    re.IGNORECASE,
)


def women_specific(service: FeedService) -> Stated:
    """Whether a service says that it is for women, that it is not, or neither."""
    words = [term.words for term in service.terms]
    if any(_NOT_WOMEN.search(text) for text in (service.who, *words)):
        return "no"
    if any(_WOMEN_TERM.fullmatch(text) for text in words):
        return "yes"
    return "yes" if _only_women(service.who) else NOT_STATED


def _only_women(who: str) -> bool:
    return len(who) <= 2_000 and bool(_WOMEN.fullmatch(who)) and not _OTHERS.search(who)


def claims(service: FeedService, region: Mapping[str, Any]) -> dict[str, Stated]:
    """What a service says of the two things that make it count: ``contracted``, and
    ``people_specific``, whether it is for the region's people alone.

    Parameters
    ----------
    service : FeedService
    region : mapping
        The region block. What ``export-hsds`` writes for this very region is known by its
        identifiers; it is contracted and for the region's people unless it says otherwise. Where
        the region's people are people, every service is for them.
    """
    name, people = str(region.get("name", "")), str(region.get("people", "people")).casefold()
    own: Stated = "yes" if is_own_export(service, name) else NOT_STATED
    alone: Stated = "yes" if people == "people" else own
    if people in ("women", "women and girls") and alone == NOT_STATED:
        alone = women_specific(service)
    marked = any(_CONTRACTED_TERM.fullmatch(term.words) for term in service.terms)
    found: dict[str, Stated] = {
        "contracted": "yes" if marked else own,
        "people_specific": alone,
    }
    return found | _said_by_us(service)


def _said_by_us(service: FeedService) -> dict[str, Stated]:
    """What our own export says where the answer is not yes."""
    codes = [term.code for term in service.terms if term.taxonomy == KINDS]
    answers: tuple[Stated, ...] = ("no", NOT_STATED)
    fields = ("contracted", "people_specific")
    return {f: said for f in fields for said in answers if f"{f}: {said}" in codes}


def is_own_export(service: FeedService, region_name: str) -> bool:
    """Whether a service comes from our own export of this region: its organisation's identifier is
    made from both names."""
    own = service.fields.organization
    made = (
        uuid5(IDENTIFIERS, "\n".join((region_name, "organization", own.name or "")))
        if own
        else None
    )
    return own is not None and own.id == str(made)


def level(service: FeedService) -> str:
    """The level of support in our own taxonomy, where there is one; else *not stated*."""
    said = [term.code for term in service.terms if term.taxonomy == LEVELS]
    return said[0] if len(said) == 1 and said[0] in list(Level) else NOT_STATED
