"""One service of a feed: its fields, its identifier, and what it says that the record cannot hold.

Contacts, addresses and the like are counted and never kept.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from provision.io.problems import Problem, shown
from provision.readers.hsds_feed import Entry
from provision.readers.hsds_fields import Fields, ServiceArea, Term

NOT_KEPT: dict[str, tuple[str, ...]] = {
    "contacts, telephone numbers and e-mail addresses": (
        *("contacts", "contact", "phones", "phone", "email", "assurer_email"),
    ),
    "places where the service is, and their addresses": (
        *(
            "service_at_locations",
            "locations",
            "location",
            "physical_addresses",
            "postal_addresses",
        ),
    ),
    "opening times": ("schedules", "regular_schedules", "holiday_schedules"),
    "fees": ("fees", "fees_description", "cost_options", "payments_accepted"),
    "languages and interpreting": ("languages", "language", "interpretation_services"),
    "greatest ages": ("maximum_age",),
    "web addresses": ("url", "additional_urls", "deliverable_type", "attending_type"),
    "waiting times": ("wait_time",),
    "papers to bring": ("required_documents",),
    "accreditations and licences": ("accreditations", "licenses"),
    "programmes": ("program",),
    "alerts": ("alert",),
}
"""Fields that the record does not hold, by what people call them."""

_FIXES = {
    "minimum_age": "write a whole number of years",
    "assured_date": "write YYYY-MM-DD",
}
_NOT_ACTIVE = ("inactive", "defunct", "temporarily closed")
_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}")


@dataclass(frozen=True)
class FeedService:
    """A service as the feed says it.

    Parameters
    ----------
    entry : Entry
        Where it stands.
    fields : Fields
    section : str
        Its identifier as a section of the source that the feed is: its own where that is usable.
    identifier_made : bool
        Whether the feed gave none that could be used, and one was made.
    not_kept : frozenset of str
        The kinds of :data:`NOT_KEPT` that it says something of.
    """

    entry: Entry
    fields: Fields
    section: str
    identifier_made: bool
    not_kept: frozenset[str]

    @property
    def name(self) -> str:
        """Its name."""
        return self.fields.name

    @property
    def is_over(self) -> bool:
        """Whether its status says that it does not run."""
        return (self.fields.status or "").casefold() in _NOT_ACTIVE

    @property
    def is_active(self) -> bool:
        """Whether its status says that it runs."""
        return (self.fields.status or "").casefold() == "active"

    @property
    def who(self) -> str:
        """Whom it takes, in the feed's words, else nothing."""
        said = [
            self.fields.eligibility_description,
            *(e.eligibility for e in self.fields.eligibility or () if e),
        ]
        return "; ".join(dict.fromkeys(filter(None, said)))

    @property
    def minimum_age(self) -> int | None:
        """The youngest age, where the feed gives one whole number."""
        ages = {
            self.fields.minimum_age,
            *(e.minimum_age for e in self.fields.eligibility or () if e),
        } - {None}
        age = ages.pop() if len(ages) == 1 else None
        return int(age) if age is not None and age == int(age) else None

    @property
    def terms(self) -> tuple[Term, ...]:
        """The taxonomy terms that it carries."""
        return tuple(a.taxonomy_term for a in self.fields.attributes or () if a and a.taxonomy_term)

    @property
    def areas(self) -> tuple[ServiceArea, ...]:
        """The areas that it says it is for."""
        return tuple(area for area in self.fields.service_areas or () if area)


def read_service(entry: Entry) -> tuple[FeedService | None, list[Problem]]:
    """An entry as a service.

    Parameters
    ----------
    entry : Entry

    Returns
    -------
    tuple of (FeedService or None, list of Problem)
        None where it cannot be a service at all; the first problem then says why. Otherwise a
        problem for each field that was left out.
    """
    faults: list[tuple[str, Any, str]] = []
    if _broken_text(entry.data):
        return None, [_problem(entry, "", "holds half of a character", "write the character whole")]
    try:
        fields = Fields.model_validate(entry.data, context={"faults": faults})
    except ValidationError:
        return None, [
            _problem(entry, "name", _no_name(entry.data.get("name")), "give the service a name")
        ]
    own, made = _identifier(fields)
    kept = {
        kind
        for kind, names in NOT_KEPT.items()
        if any(_says(entry.data.get(name)) for name in names)
    }
    told = [_problem(entry, field, _said(value), _fix(field)) for field, value, message in faults]
    return FeedService(entry, fields, own, made, frozenset(kept)), told


def _identifier(fields: Fields) -> tuple[str, bool]:
    """The feed's own identifier where it can stand in a reference; else one made from it, or from
    the name."""
    own = fields.id or ""
    try:
        return str(UUID(own)), False
    except ValueError:
        pass
    if _PLAIN_ID.fullmatch(own) and own != "file" and not own.startswith("urn:uuid:"):
        return own, False
    return made_identifier(fields, own), True


def made_identifier(fields: Fields, *more: str) -> str:
    """An identifier that the same service gets every time: from its name, its provider and what
    else tells it apart."""
    from hashlib import sha256

    provider = fields.organization.name if fields.organization else None
    whole = chr(0).join((fields.name, provider or "", *more))
    return f"made-{sha256(whole.encode()).hexdigest()[:16]}"


def _broken_text(data: Any) -> bool:
    """Whether a text cannot be written out: JSON can smuggle in half of a character."""
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _says(value: Any) -> bool:
    return bool(value) if not isinstance(value, str) else bool(value.strip())


def _problem(entry: Entry, field: str, what: str, fix: str) -> Problem:
    return Problem(entry.file, 0, entry.place, field, what, fix)


def _no_name(value: Any) -> str:
    blank = value is None or (isinstance(value, str) and not value.strip())
    return "has no name" if blank else f"has {shown(value)} for a name"


def _said(value: Any) -> str:
    """A value that was left out, where it is short; what is long may hold what is never to be
    told."""
    words = {dict: "a mapping", list: "a list", type(None): "empty"}
    return words.get(type(value)) or shown(value)


def _fix(field: str) -> str:
    """What to write in a field."""
    name = field.partition("[")[0].rpartition(".")[2] if field.endswith("_age") else field
    return _FIXES.get(name, "write it as the standard has it")
