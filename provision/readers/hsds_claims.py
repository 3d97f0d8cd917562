"""What a service of a feed says of itself beyond the standard: whether it is contracted, whether it
is for women, and how full its support is.

The standard has no field for these. A service has them only where it says so in a term of a
taxonomy, or, for women, where the whole of its eligibility says so. Everything else is *not
stated*: a mixed service is not made a women's service because it takes women.
"""

from __future__ import annotations

import re
from typing import Literal
from uuid import uuid5

from provision.exchange.hsds import IDENTIFIERS, LEVELS
from provision.readers.hsds_service import FeedService
from provision.schema.services import NOT_STATED, Level

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


def contracted(service: FeedService, region_name: str) -> Stated:
    """Whether a service says that it is contracted, or neither.

    Parameters
    ----------
    service : FeedService
    region_name : str
        What ``export-hsds`` writes for this very region holds contracted services only, and is
        known by its identifiers.
    """
    if any(_CONTRACTED_TERM.fullmatch(term.words) for term in service.terms):
        return "yes"
    return "yes" if is_own_export(service, region_name) else NOT_STATED


def is_own_export(service: FeedService, region_name: str) -> bool:
    """Whether a service comes from our own export of this region: its organisation's identifier is made
    from both names."""
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
