"""The fields of a service of a feed that are read, each leniently: what is wrong with a field costs
that field, not the service.

Names of fields are those of HSDS 3; those of 1.1, 2 and the UK profiles are read as well
(``eligibilitys``, ``fundings``, ``service_taxonomys``, ``term`` for a term's name).
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
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

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})([T ].*)?", re.DOTALL)
# Telephone numbers as they are written in the UK and abroad, and e-mail addresses.
_PHONE = re.compile(
    r"(?<![\w/.-])(?:\(?0\d|\+\d)(?:[\s().-]{0,2}\d){6,13}(?![\w/])|\(\d{3}\)\s?\d{3}-\d{4}"
)
_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
LEFT_OUT = "[left out]"


def _blank_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _lenient(value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    """A value, or None with the fault remembered in the context's list."""
    try:
        return handler(value)
    except ValidationError as error:
        faults: list[tuple[str, Any, str]] = info.context["faults"] if info.context else []
        for fault in error.errors(include_url=False)[:3]:
            inside = "".join(
                f"[{step}]" if isinstance(step, int) else f".{step}" for step in fault["loc"]
            )
            faults.append((f"{info.field_name}{inside}", fault["input"], fault["msg"]))
        return None


def _listed(value: Any) -> Any:
    """A list as it is, a mapping as a list of one, words as a mapping of their own."""
    value = _blank_is_none(value)
    found = [value] if isinstance(value, (dict, str)) else value
    return (
        [{"name": item} if isinstance(item, str) else item for item in found]
        if isinstance(found, list)
        else found
    )


def _day(value: Any) -> Any:
    match = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    return parse_day(match[1] if match else "").isoformat()


def without_contacts(text: str | None) -> str | None:
    """A text without telephone numbers and e-mail addresses, which are never kept.

    >>> without_contacts("Ring 020 7946 0000 or write to a@example.org by 2026-01-31.")
    'Ring [left out] or write to [left out] by 2026-01-31.'
    """
    return _PHONE.sub(LEFT_OUT, _EMAIL.sub(LEFT_OUT, text)) if text else text


Lenient = WrapValidator(_lenient)
Blank = BeforeValidator(_blank_is_none)
Said = Annotated[str | None, Blank, Lenient]
Words = Annotated[str | None, Blank, AfterValidator(without_contacts), Lenient]
Age = Annotated[float | None, Field(ge=0, le=120), Blank, Lenient]


class _Part(BaseModel):
    """A part of a service; what is not read is passed over."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", coerce_numbers_to_str=True, str_strip_whitespace=True
    )


class Taxonomy(_Part):
    """A list of terms."""

    id: Said = None
    name: Said = None


class Term(_Part):
    """A term of a taxonomy. The UK profile calls its name ``term``, and version 1 ``vocabulary``
    its list."""

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

    taxonomy_term: Annotated[Term | None, Lenient] = Field(
        None, validation_alias=AliasChoices("taxonomy_term", "taxonomy")
    )


class ServiceArea(_Part):
    """An area for which a service is available."""

    id: Said = None
    name: Said = None
    service_area: Said = None
    description: Said = None
    uri: Said = None
    extent: Annotated[
        Any, BeforeValidator(lambda value: value if isinstance(value, str) else None)
    ] = None

    @property
    def says_something(self) -> bool:
        """Whether it holds more than an identifier."""
        return bool(self.name or self.service_area or self.description or self.uri or self.extent)


class Organization(_Part):
    """Who runs a service."""

    id: Said = None
    name: Words = None


class Funding(_Part):
    """Where money comes from."""

    source: Words = Field(None, validation_alias=AliasChoices("source", "name"))


class Eligibility(_Part):
    """Whom a service takes, in the versions before 3."""

    eligibility: Words = Field(None, validation_alias=AliasChoices("eligibility", "name"))
    minimum_age: Age = None


Areas = Annotated[
    tuple[Annotated[ServiceArea | None, Lenient], ...] | None, BeforeValidator(_listed), Lenient
]
Fundings = Annotated[
    tuple[Annotated[Funding | None, Lenient], ...] | None, BeforeValidator(_listed), Lenient
]
Attributes = Annotated[
    tuple[Annotated[Attribute | None, Lenient], ...] | None, BeforeValidator(_listed), Lenient
]
Criteria = Annotated[
    tuple[Annotated[Eligibility | None, Lenient], ...] | None, BeforeValidator(_listed), Lenient
]


class Fields(_Part):
    """The fields of a service that are read. A name is needed; all else may be absent."""

    id: Said = None
    name: Annotated[str, Field(min_length=1), AfterValidator(without_contacts)]
    alternate_name: Words = None
    description: Words = None
    status: Said = None
    application_process: Words = None
    eligibility_description: Words = None
    minimum_age: Age = None
    assured_date: Annotated[str | None, BeforeValidator(_day), Blank, Lenient] = None
    organization: Annotated[Organization | None, Blank, Lenient] = None
    funding: Fundings = Field(None, validation_alias=AliasChoices("funding", "fundings"))
    service_areas: Areas = Field(
        None, validation_alias=AliasChoices("service_areas", "service_area")
    )
    attributes: Attributes = Field(
        None, validation_alias=AliasChoices("attributes", "service_taxonomys", "service_taxonomy")
    )
    eligibility: Criteria = Field(
        None, validation_alias=AliasChoices("eligibility", "eligibilitys", "eligibilities")
    )
