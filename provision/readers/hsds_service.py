"""One service of a feed as typed fields: what is wrong with a field costs that field, not the service.

Names of fields are those of HSDS 3; those of 1.1, 2 and the UK profiles are read as well
(``eligibilitys``, ``fundings``, ``service_taxonomys``, ``term`` for a term's name). Only what the
record can hold is read; contacts, addresses and the like are counted and never kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core.core_schema import ValidationInfo

from provision.dates import parse_day
from provision.problems import Problem, shown
from provision.readers.hsds_entries import Entry

NOT_KEPT: dict[str, tuple[str, ...]] = {
    "contacts, telephone numbers and e-mail addresses": (
        *("contacts", "contact", "phones", "phone", "email", "assurer_email"),
    ),
    "places where the service is, and their addresses": (
        *("service_at_locations", "locations", "location", "physical_addresses", "postal_addresses"),
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

_NOT_ACTIVE = ("inactive", "defunct", "temporarily closed")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})([T ].*)?", re.DOTALL)
_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}")


def _blank_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _lenient(value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    """A value, or None with the fault remembered in the context's list."""
    try:
        return handler(value)
    except ValidationError as error:
        faults: list[tuple[str, Any, str]] = info.context["faults"] if info.context else []
        for fault in error.errors(include_url=False)[:3]:
            inside = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in fault["loc"])
            faults.append((f"{info.field_name}{inside}", fault["input"], fault["msg"]))
        return None


def _listed(value: Any) -> Any:
    """A list as it is, a mapping as a list of one, words as a mapping of their own."""
    value = _blank_is_none(value)
    found = [value] if isinstance(value, (dict, str)) else value
    return [{"name": item} if isinstance(item, str) else item for item in found] if isinstance(found, list) else found


def _day(value: Any) -> Any:
    match = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    return parse_day(match[1] if match else "").isoformat()


Lenient = WrapValidator(_lenient)
Blank = BeforeValidator(_blank_is_none)
Said = Annotated[str | None, Blank, Lenient]
Age = Annotated[float | None, Field(ge=0, le=120), Blank, Lenient]


class _Part(BaseModel):
    """A part of a service; what is not read is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True, str_strip_whitespace=True)


class Taxonomy(_Part):
    """A list of terms."""

    id: Said = None
    name: Said = None


class Term(_Part):
    """A term of a taxonomy. The UK profile calls its name ``term``, and version 1 ``vocabulary`` its list."""

    id: Said = None
    code: Said = None
    name: Said = None
    term: Said = None
    taxonomy: Said = Field(None, validation_alias=AliasChoices("taxonomy", "vocabulary"))
    taxonomy_detail: Annotated[Taxonomy | None, Lenient] = None

    @property
    def words(self) -> str:
        """The term in words, else its code."""
        return self.name or self.term or self.code or ""


class Attribute(_Part):
    """A link to a term."""

    taxonomy_term: Annotated[Term | None, Lenient] = Field(None, validation_alias=AliasChoices("taxonomy_term", "taxonomy"))


class ServiceArea(_Part):
    """An area for which a service is available."""

    id: Said = None
    name: Said = None
    service_area: Said = None
    description: Said = None
    uri: Said = None
    extent: Annotated[Any, BeforeValidator(lambda value: value if isinstance(value, str) else None)] = None


class Organization(_Part):
    """Who runs a service."""

    id: Said = None
    name: Said = None


class Funding(_Part):
    """Where money comes from."""

    source: Said = Field(None, validation_alias=AliasChoices("source", "name"))


class Eligibility(_Part):
    """Whom a service takes, in the versions before 3."""

    eligibility: Said = Field(None, validation_alias=AliasChoices("eligibility", "name"))
    minimum_age: Age = None


Areas = Annotated[tuple[Annotated[ServiceArea | None, Lenient], ...] | None, BeforeValidator(_listed), Lenient]
Fundings = Annotated[tuple[Annotated[Funding | None, Lenient], ...] | None, BeforeValidator(_listed), Lenient]
Attributes = Annotated[tuple[Annotated[Attribute | None, Lenient], ...] | None, BeforeValidator(_listed), Lenient]
Criteria = Annotated[tuple[Annotated[Eligibility | None, Lenient], ...] | None, BeforeValidator(_listed), Lenient]


class Fields(_Part):
    """The fields of a service that are read. A name is needed; all else may be absent."""

    id: Said = None
    name: Annotated[str, Field(min_length=1)]
    alternate_name: Said = None
    description: Said = None
    status: Said = None
    application_process: Said = None
    eligibility_description: Said = None
    minimum_age: Age = None
    assured_date: Annotated[str | None, BeforeValidator(_day), Blank, Lenient] = None
    organization: Annotated[Organization | None, Blank, Lenient] = None
    funding: Fundings = Field(None, validation_alias=AliasChoices("funding", "fundings"))
    service_areas: Areas = Field(None, validation_alias=AliasChoices("service_areas", "service_area"))
    attributes: Attributes = Field(None, validation_alias=AliasChoices("attributes", "service_taxonomys", "service_taxonomy"))
    eligibility: Criteria = Field(None, validation_alias=AliasChoices("eligibility", "eligibilitys", "eligibilities"))


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
        said = [self.fields.eligibility_description, *(e.eligibility for e in self.fields.eligibility or () if e)]
        return "; ".join(dict.fromkeys(filter(None, said)))

    @property
    def minimum_age(self) -> int | None:
        """The youngest age, where the feed gives one whole number."""
        ages = {self.fields.minimum_age, *(e.minimum_age for e in self.fields.eligibility or () if e)} - {None}
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
        return None, [_problem(entry, "name", f"is {shown(entry.data.get('name'))}", "give the service a name")]
    own, made = _identifier(fields)
    kept = {kind for kind, names in NOT_KEPT.items() if any(_says(entry.data.get(name)) for name in names)}
    told = [_problem(entry, field, f"is {shown(value)} and was left out", _fix(message)) for field, value, message in faults]
    return FeedService(entry, fields, own, made, frozenset(kept)), told


def _identifier(fields: Fields) -> tuple[str, bool]:
    """The feed's own identifier where it can stand in a reference; else one made from it, or from the name."""
    own = fields.id or ""
    try:
        return str(UUID(own)), False
    except ValueError:
        pass
    if _PLAIN_ID.fullmatch(own) and not own.startswith("urn:uuid:"):
        return own, False
    return made_identifier(fields, own), True


def made_identifier(fields: Fields, *more: str) -> str:
    """An identifier that the same service gets every time: from its name, its provider and what else tells it apart."""
    from hashlib import sha256

    provider = fields.organization.name if fields.organization else None
    return f"made-{sha256(chr(0).join((fields.name, provider or '', *more)).encode()).hexdigest()[:16]}"


def _broken_text(data: Any) -> bool:
    """Whether a text cannot be written out: JSON can smuggle in half of a character."""
    rest = [data]
    while rest:
        value = rest.pop()
        if isinstance(value, str) and not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
            return True
        rest += _inner(value)
    return False


def _inner(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _says(value: Any) -> bool:
    return bool(value) if not isinstance(value, str) else bool(value.strip())


def _problem(entry: Entry, field: str, what: str, fix: str) -> Problem:
    return Problem(entry.file, 0, entry.place, field, what, fix)


def _fix(message: str) -> str:
    return f"{message[:1].lower()}{message[1:]}"
