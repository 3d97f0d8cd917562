"""The one schema of ``services.yaml``: it validates the file, types the domain, and is exported for
editors.

*Not stated* is a value of its own (:data:`NOT_STATED`), written out in the file; it is never an
empty field."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from provision.dates import SourceDate, parse_day
from provision.io.characters import LONGEST_NAME, LONGEST_TEXT

NOT_STATED: Literal["not stated"] = "not stated"
NotStated = Literal["not stated"]
ONGOING: Literal["ongoing"] = "ongoing"
Ongoing = Literal["ongoing"]
YesNo = Literal["yes", "no", "not stated"]


class Level(StrEnum):
    """How full the support is, fullest last of those stated. ``wrap-around`` stands for wrap-around
    or whole-system."""

    ONE_TO_ONE = "one-to-one"
    WRAP_AROUND = "wrap-around"
    NOT_STATED = "not stated"


class Geography(StrEnum):
    """Where provision outside the contracts is to be had, as far as the source says."""

    REGION_WIDE = "region-wide"
    NAMED_SITE = "named site"
    AREA_NOT_STATED = "area not stated"


class Reference(BaseModel):
    """A place in a source: ``annex §3.alliance`` is section ``3.alliance`` of the source with id
    ``annex``."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    source: str
    section: str

    def __str__(self) -> str:
        return f"{self.source} §{self.section}"


_REFERENCE = re.compile(r"([a-z0-9-]+) §(\S+)")
_ID = r"^[a-z0-9][a-z0-9-]*$"


def _references(value: Any) -> Any:
    """Read one or more references, parted by semicolons."""
    if not isinstance(value, str):
        raise PydanticCustomError(
            "own", "must be text; write a reference such as 'annex §3.alliance'"
        )
    found = [_REFERENCE.fullmatch(part.strip()) for part in value.split(";")]
    if not all(found):
        raise PydanticCustomError(
            "own", "is not a reference; write 'source-id §section-id', several parted by ';'"
        )
    return tuple(Reference(source=m[1], section=m[2]) for m in found if m)


def _source_date(value: Any) -> Any:
    if value == NOT_STATED or isinstance(value, SourceDate):
        return value
    try:
        return SourceDate.parse(value if isinstance(value, str) else "")
    except ValueError:
        raise PydanticCustomError(
            "own", "is not a date; write YYYY-MM-DD, YYYY-MM or 'not stated'"
        ) from None


def _end_date(value: Any) -> Any:
    if value == ONGOING:
        return value
    try:
        return _source_date(value)
    except PydanticCustomError:
        raise PydanticCustomError(
            "own", "is not a date; write YYYY-MM-DD, YYYY-MM, 'ongoing' or 'not stated'"
        ) from None


def _stated_date(value: Any) -> Any:
    if value == NOT_STATED:
        raise PydanticCustomError("own", "must be a date; write YYYY-MM-DD or YYYY-MM")
    return _source_date(value)


def _number(value: Any) -> Any:
    if value == NOT_STATED or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return value
    raise PydanticCustomError(
        "own", "is not a number; write a number without unit or comma, or 'not stated'"
    )


def _count(value: Any) -> Any:
    if value == NOT_STATED or (
        isinstance(value, int) and not isinstance(value, bool) and value >= 0
    ):
        return value
    raise PydanticCustomError(
        "own", "is not a count; write a whole number of 0 or more, or 'not stated'"
    )


def _age(value: Any) -> Any:
    if value == NOT_STATED or (
        isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 120
    ):
        return value
    raise PydanticCustomError(
        "own", "is not an age; write whole years from 0 to 120, or 'not stated'"
    )


def _currency(value: Any) -> Any:
    if value == NOT_STATED or (isinstance(value, str) and re.fullmatch(r"[A-Z]{3}", value)):
        return value
    raise PydanticCustomError(
        "own", "is not a currency; write its three letters (GBP, EUR), or 'not stated'"
    )


def _listed(value: Any) -> Any:
    """``not stated`` is a list of which nothing is known. A list written out holds something, so
    that an empty one is never taken for *none*."""
    if value == []:
        raise PydanticCustomError("own", "is empty; write at least one entry, or 'not stated'")
    return () if value in (NOT_STATED, [NOT_STATED]) else value


def _or_not_stated(values: tuple[Any, ...]) -> Any:
    return list(values) or NOT_STATED


def _amount(value: Any) -> Any:
    if value != NOT_STATED and _number(value) < 0:
        raise PydanticCustomError(
            "own", "is negative; write an amount of 0 or more, or 'not stated'"
        )
    return value


def _day(value: Any) -> Any:
    try:
        return parse_day(value if isinstance(value, str) else "")
    except ValueError:
        raise PydanticCustomError("own", "is not a day; write YYYY-MM-DD") from None


Text = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_TEXT, strip_whitespace=True)
]
Name = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_NAME, strip_whitespace=True)
]
Identifier = Annotated[str, StringConstraints(pattern=_ID)]
References = Annotated[
    tuple[Reference, ...],
    BeforeValidator(_references),
    PlainSerializer(lambda refs: "; ".join(map(str, refs)), return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^[a-z0-9-]+ §\S+(; [a-z0-9-]+ §\S+)*$",
            "description": "source-id §section-id",
        }
    ),
]
_DATE_SCHEMA = {
    "type": "string",
    "pattern": r"^(\d{4}-\d{2}(-\d{2})?|not stated)$",
    "description": "YYYY-MM-DD, YYYY-MM or 'not stated'",
}
SourceDateOrNot = Annotated[
    SourceDate | NotStated,
    BeforeValidator(_source_date),
    PlainSerializer(lambda d: d if d == NOT_STATED else d.iso, return_type=str),
    WithJsonSchema(_DATE_SCHEMA),
]
_END_SCHEMA = {
    "type": "string",
    "pattern": r"^(\d{4}-\d{2}(-\d{2})?|ongoing|not stated)$",
    "description": "YYYY-MM-DD, YYYY-MM, 'ongoing' (no end is agreed) or 'not stated'",
}
EndDate = Annotated[
    SourceDate | Ongoing | NotStated,
    BeforeValidator(_end_date),
    PlainSerializer(lambda d: d if isinstance(d, str) else d.iso, return_type=str),
    WithJsonSchema(_END_SCHEMA),
]
StatedDate = Annotated[
    SourceDate,
    BeforeValidator(_stated_date),
    PlainSerializer(lambda d: d.iso, return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d{4}-\d{2}(-\d{2})?$",
            "description": "YYYY-MM-DD or YYYY-MM",
        }
    ),
]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
_NUMBER_SCHEMA: dict[str, Any] = {"anyOf": [{"type": "number"}, {"const": NOT_STATED}]}
NumberOrNot = Annotated[float | NotStated, BeforeValidator(_number), WithJsonSchema(_NUMBER_SCHEMA)]
AmountOrNot = Annotated[
    float | NotStated, BeforeValidator(_amount), WithJsonSchema(_NUMBER_SCHEMA | {"minimum": 0})
]
Count = Annotated[
    int | NotStated,
    BeforeValidator(_count),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"const": NOT_STATED}]}),
]

Age = Annotated[
    int | NotStated,
    BeforeValidator(_age),
    WithJsonSchema(
        {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 120}, {"const": NOT_STATED}]}
    ),
]
Currency = Annotated[
    str,
    BeforeValidator(_currency),
    WithJsonSchema({"type": "string", "pattern": r"^([A-Z]{3}|not stated)$"}),
]


class _OrNotStated:
    """A list's JSON Schema with *not stated* beside it."""

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{**handler(core), "minItems": 1}, {"const": NOT_STATED}]}


_LISTED = (BeforeValidator(_listed), PlainSerializer(_or_not_stated), _OrNotStated())
Texts = Annotated[tuple[Text, ...], *_LISTED]


class Entry(BaseModel):
    """Base of everything in the file: frozen, and no field that the schema does not know. A model
    is built when it first reads something: one that is only a part of others is never built by
    itself."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )


class Section(Entry):
    """One heading of a source's outline."""

    id: Annotated[str, StringConstraints(pattern=r"^\S+$")]
    title: Name
    page: int | None = Field(
        None, ge=1, description="page printed in the source, where it prints one"
    )


class Statement(Entry):
    """One of the things a source says: what it adds, or where it does not agree with itself."""

    says: Text
    ref: References


class Source(Entry):
    """A document that the data rests on."""

    id: Identifier
    title: Name
    short_title: Name = Field(description="what a reference calls it")
    publisher: Name
    date: Text = Field(description="as the source dates itself")
    licence: Text
    note: Text | None = None
    adds: tuple[Statement, ...] = Field((), description="what a document of context adds")
    sections: tuple[Section, ...] = Field(min_length=1)


class Figure(Entry):
    """One stated number with its own reference; *not stated* where the source names the thing but
    not the number."""

    what: Text
    value: NumberOrNot
    unit: Name | None = None
    qualifier: Text | None = Field(None, description="for instance 'up to', 'at least', 'expected'")
    ref: References
    note: Text | None = None


class Funding(Entry):
    """One line of money: who pays, how much, through what."""

    funder: Name
    through: Text | None = None
    amount: AmountOrNot
    currency: Currency = Field("GBP", description="ISO 4217, or 'not stated'")
    ref: References
    note: Text | None = None


class Contract(Entry):
    """From when to when, as the source gives it. Dated to the month, it runs from the month's first
    day to its last. An end that is *ongoing* is one that the contract does not set: it does not
    lapse. An end that is *not stated* may have come on any day after the record's own."""

    start: SourceDateOrNot
    end: EndDate
    ref: References
    note: Text | None = None

    @property
    def last_day(self) -> date | None:
        """The last day of a stated end; None where it is ongoing or not stated."""
        return None if isinstance(self.end, str) else self.end.last


class Listing(Entry):
    """From when to when the source lists a service for referral. These are no contract dates: while
    it is listed, the service counts as active on that basis, and outside nothing is said."""

    start: SourceDateOrNot
    end: SourceDateOrNot
    ref: References
    note: Text | None = None


class Eligibility(Entry):
    """Whom a service takes."""

    who: Text
    minimum_age: Age = Field(
        description=(
            "youngest age taken, in years; where it is not stated, counts begin at the record's"
            " scope_minimum_age"
        )
    )
    minimum_age_basis: Text = Field(
        description="where the age comes from, if the passage itself does not give one"
    )
    ref: References


class ServiceArea(Entry):
    """The areas named in the contract, in the source's order and spelling (see
    ``region.name_variants``)."""

    heading_count: Count = Field(description="how many areas the source's own heading claims")
    listed: tuple[Text, ...] = Field(min_length=1)
    ref: References


class Role(Entry):
    """An organisation and what it does in a service."""

    organisation: Name
    role: Text
    paid_by: Text | None = None
    ref: References


class Confidence(Entry):
    """How far the entry can be relied on, and why."""

    level: Literal["high", "medium", "low"]
    reason: Text


class Service(Entry):
    """A service whose areas the source names. The record's map is of the services that are
    contracted and meant for the record's people; one that is not, or of which that is not stated,
    never makes an area covered (:attr:`qualifies`)."""

    id: Identifier
    name: Name
    short_name: Name
    contracted: YesNo = Field(
        "yes", description="whether somebody has contracted or commissioned the service"
    )
    people_specific: YesNo = Field(
        "yes", description="whether the service is for the region's people alone"
    )
    level: Level
    model: Text
    description: Text
    provider: Name = Field(
        description=(
            "who leads the delivery; what rests on a single provider is counted by this name"
        )
    )
    overseer: Text | None = None
    commissioners: Texts = ()
    partners: tuple[Role, ...] = ()
    funding: Annotated[tuple[Funding, ...], *_LISTED] = ()
    contract: Contract
    listing: Listing | None = Field(
        None, description="when the source lists the service for referral, if it does"
    )
    eligibility: Eligibility
    referral_routes: Texts = ()
    referral_ref: References | None = None
    capacity: tuple[Figure, ...] = ()
    service_area: ServiceArea
    confidence: Confidence
    ref: References

    @property
    def qualifies(self) -> YesNo:
        """Whether the service is of the kind that the record counts as cover: contracted, and for
        the record's people. *No* where either is *no*; else *not stated* where either is."""
        said = (self.contracted, self.people_specific)
        if "no" in said:
            return "no"
        return NOT_STATED if NOT_STATED in said else "yes"


class OtherProvision(Entry):
    """Provision that the source describes but that no map can colour: region-wide, at a site, or
    with no area stated."""

    id: Identifier
    name: Name
    description: Text
    provider: Name
    commissioner: Text
    women_specific: Literal["yes", "no", "not stated"]
    geography: Geography
    site: Name | None = None
    state: Literal["running", "planned", "under review", "not stated"]
    figures: tuple[Figure, ...] = ()
    contract: Contract | None = None
    ref: References


class OutcomeTarget(Entry):
    """What the commissioned services are asked to achieve."""

    id: Identifier
    outcome: Text
    value: NumberOrNot
    unit: Name | None = None
    state: Literal["set", "to be confirmed", "to be agreed", "set and to be agreed"]
    services: tuple[Identifier, ...] = Field(min_length=1)
    ref: References
    note: Text | None = None


class HubReach(StrEnum):
    """What a kind of hub reaches: areas by a rule, areas that it visits, both, or all remotely."""

    FIXED_PLACE = "fixed place"
    PLACE_AND_VISITS = "fixed place and areas visited"
    AREAS_VISITED = "areas visited"
    REMOTE = "whole region, remotely"


class HubModel(Entry):
    """A kind of hub that a source speaks of. ``remote`` support is never counted as a place."""

    id: Identifier
    name: Name
    description: Text
    reach: HubReach
    reach_basis: Text = Field(description="where the reach comes from: the source, or ours")
    counted_as: Literal["what-if", "remote"]
    ref: References

    @field_validator("counted_as")
    @classmethod
    def _remote_is_no_place(cls, value: str, info: ValidationInfo) -> str:
        """What is reached remotely is counted so, and nothing else is."""
        reach = info.data.get("reach")
        own = "remote" if reach is HubReach.REMOTE else "what-if"
        if reach is not None and value != own:
            raise PydanticCustomError(
                "own",
                f"does not fit its reach: remote support is never counted as a place; write {own}",
            )
        return value


class Listed(Entry):
    """Areas that the source lists as having no contracted service."""

    heading_count: Count
    listed: tuple[Text, ...]
    ref: References


class NamedGap(Entry):
    """A gap that the source names in words."""

    text: Text
    areas: tuple[Text, ...] = ()
    unplaced: tuple[Text, ...] = Field(
        (), description="places named that are not one area of the map"
    )
    ref: References


class Discrepancy(Entry):
    """Where the source disagrees with itself, what is done about it here, and what would change."""

    id: Identifier
    title: Name
    statements: tuple[Statement, ...] = Field(min_length=1)
    done_here: Text
    changes: Text
    touches: tuple[Text, ...] = Field(
        (), description="what it bears on: area names, service ids, or 'service-id.heading_count'"
    )


class Owner(Entry):
    """Who keeps the record, and how to reach them."""

    name: Name
    contact: Text | None = None


class Region(Entry):
    """The place, its words, and the moment that the record speaks for."""

    name: Name
    area: Name = Field(description="the word for one area: borough, district")
    areas: Name
    area_kind: Name = Field(
        description=(
            "the 'kind' in the boundaries file that is counted; other kinds are listed apart"
        )
    )
    as_at: StatedDate
    default_date: Day
    subject: Name = Field(
        "contracted service",
        description="the word for what an area is covered by: contracted women's service",
    )
    people: Name = Field(
        "people", description="the word for those it is for and who are counted: women"
    )
    owner: Owner | None = Field(None, description="who keeps the record")
    scope: Text = Field(description="whom the record is about")
    scope_minimum_age: int = Field(ge=0, le=120, strict=True)
    map_title: Name
    caveat: Text = Field(description="what the absence of a record does and does not mean")
    caveat_ref: References | None = Field(
        None, description="where the caveat comes from, if it is not where the region does"
    )
    ref: References
    name_variants: dict[str, Text] = Field(
        default_factory=dict, description="spelling in the source: official name"
    )

    @property
    def services(self) -> str:
        """What titles call the services: the subject, in the plural and without *contracted*."""
        return f"{self.subject.removeprefix('contracted ')}s"


class ServicesFile(Entry):
    """The whole of ``services.yaml``."""

    region: Region
    services: tuple[Service, ...] = ()
    areas_without_service: Listed
    named_gaps: tuple[NamedGap, ...] = ()
    outcome_targets: tuple[OutcomeTarget, ...] = ()
    other_provision: tuple[OtherProvision, ...] = ()
    hub_models: tuple[HubModel, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)


def json_schema(
    model: type[BaseModel] = ServicesFile, name: str = "services.yaml"
) -> dict[str, Any]:
    """The JSON Schema of a file of the data, for editors to complete and check with."""
    schema = model.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = name
    return schema
