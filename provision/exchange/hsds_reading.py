"""Services from an HSDS 3 file, as a services file to complete by hand. Nothing is made up: what
the file does not say is *not stated*.

Read are a page of services (``contents``), a list of services, or one. A service that is not active
is left out and named: without contract dates, which the standard has not, it would look as if it
were. One whose areas are none of ours becomes provision whose area is not stated. Contacts,
telephone numbers, locations and schedules are passed over on purpose and not kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from provision.dates import parse_day
from provision.exchange.hsds import GEOGRAPHY, LEVELS
from provision.io.boundaries import Area
from provision.io.checks import RESERVED_IDS
from provision.io.field_errors import Fault, typed
from provision.io.node_paths import Path_, walk
from provision.io.problems import InvalidData, Problem, shown
from provision.io.reading import Document, read_json
from provision.record import Record, parse_services
from provision.schema.services import NOT_STATED, Level
from provision.text.coverage import number

MAX_BYTES = 4_000_000
MOST_SERVICES, MAX_DEPTH, MAX_NODES = 2_000, 24, 200_000
_MEND = "export it again as JSON of HSDS 3"
_PERSONAL = (
    "contacts",
    "phones",
    "email",
    "service_at_locations",
    "locations",
    "schedules",
    "assurer_email",
)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(T.*)?", re.DOTALL)


def _uuid(value: Any) -> Any:
    try:
        return str(UUID(value))
    except (TypeError, ValueError, AttributeError):
        raise PydanticCustomError(
            "own", "is not a UUID; write one, for instance ac148810-d857-441c-9679-408f346de14b"
        ) from None


def _assured(value: Any) -> Any:
    match = _DAY.fullmatch(value) if isinstance(value, str) else None
    try:
        return (
            parse_day(match[1]).isoformat() if match else None if value is None else parse_day("")
        )
    except ValueError:
        raise PydanticCustomError("own", "is not a day; write YYYY-MM-DD") from None


Said = Annotated[str, StringConstraints(strip_whitespace=True)] | None
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Part(BaseModel):
    """A part of a file: what is not read is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Taxon(_Part):
    code: Said = None
    name: Said = None
    term: Said = None  # in the UK profile, the name
    taxonomy: Said = None


class _Attribute(_Part):
    taxonomy_term: _Taxon | None = None


class _Place(_Part):
    name: Said = None
    service_area: Said = None  # in the UK profile, the place in words
    uri: Said = None

    @property
    def words(self) -> str:
        return self.name or self.service_area or ""


class _Organization(_Part):
    name: Name


class _Money(_Part):
    source: Said = None


class _Service(_Part):
    id: Annotated[str, BeforeValidator(_uuid)]
    name: Name
    alternate_name: Said = None
    description: Said = None
    status: Literal["active", "inactive", "defunct", "temporarily closed"]
    application_process: Said = None
    eligibility_description: Said = None
    minimum_age: float | None = Field(None, ge=0, le=120)
    assured_date: Annotated[str | None, BeforeValidator(_assured)] = None
    organization: _Organization | None = None
    funding: tuple[_Money, ...] | None = None
    service_areas: tuple[_Place, ...] | None = None
    attributes: tuple[_Attribute, ...] | None = None


class _Page(_Part):
    contents: tuple[_Service, ...] = Field(max_length=MOST_SERVICES)


@dataclass(frozen=True)
class Imported:
    """A services file as plain data, and what there is to say about it. ``to_complete`` is what
    must be written by hand before it can be used: fields that the file does not say and for which
    the record has no *not stated*."""

    data: dict[str, Any]
    notes: tuple[str, ...]
    to_complete: tuple[Problem, ...] = ()

    def report(self) -> list[str]:
        """The notes and what is to be completed, a line each."""
        return [
            *self.notes,
            *(
                f"To complete by hand: {p.entry or 'file'}: {p.field}: {p.what}; {p.mend}."
                for p in self.to_complete
            ),
        ]


def read_hsds(text: str, name: str, record: Record) -> Imported:
    """The services of a file's text. Raises InvalidData with every problem in it, each by its
    path."""
    found = from_hsds(read_json(text, name, _MEND), name, record)
    try:
        parse_services(_dumped(found.data), "services.yaml", record.areas)
    except InvalidData as error:
        return Imported(found.data, found.notes, error.problems)
    return found


def write_services(found: Imported) -> str:
    """A services file, with the report in comments on top."""
    told = [" ".join(shown_line(line)) for line in found.report()]
    return (
        "".join(
            f"# {line}\n"
            for line in ["Read from an HSDS file. What it does not say is 'not stated'.", *told]
        )
        + "\n"
        + _dumped(found.data)
    )


def shown_line(line: str) -> Iterator[str]:
    """The words of a line, with nothing in them that could end a comment or hide in it."""
    for word in line.split():
        yield "".join(
            c if unicodedata.category(c)[0] not in "CZ" else f"\\u{ord(c):04x}" for c in word
        )


def from_hsds(data: Any, name: str, record: Record) -> Imported:
    """The same from parsed JSON. Raises InvalidData."""
    whole = (
        data
        if isinstance(data, dict) and "contents" in data
        else {"contents": data if isinstance(data, list) else [data]}
    )
    _bounded(whole, name)
    page = typed(Document(name, whole, {(): 0}), _Page, list(_faults(whole)))
    reader = _Reader(record, name, page.contents, whole["contents"])
    return Imported(reader.file(), tuple(reader.notes()))


def _bounded(data: Any, name: str) -> None:
    """Refuse what is too deep or too much before anything walks through it."""
    nodes, rest = 0, [(data, 0)]
    while rest:
        value, depth = rest.pop()
        nodes += 1
        if depth > MAX_DEPTH:
            raise InvalidData(
                [Problem(name, 0, "", "", f"is nested more than {MAX_DEPTH} deep", _MEND)]
            )
        if nodes > MAX_NODES:
            raise InvalidData(
                [Problem(name, 0, "", "", f"holds more than {MAX_NODES:,} values", "split it")]
            )
        inner = (
            value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        )
        rest += [(item, depth + 1) for item in inner]


def _faults(data: dict[str, Any]) -> Iterator[Fault]:
    """Identifiers that stand twice, and text that cannot be written out: JSON can smuggle in half
    of a character."""
    seen: set[str] = set()
    contents = data["contents"] if isinstance(data["contents"], list) else []
    for place, service in enumerate(contents[:MOST_SERVICES]):
        own = service.get("id") if isinstance(service, dict) else None
        if isinstance(own, str) and own in seen:
            yield Fault(
                ("contents", place, "id"),
                f"{shown(own)} stands twice",
                "give every service an identifier of its own",
            )
        if isinstance(own, str):
            seen.add(own)
    for path, text in _texts(data):
        if any("\ud800" <= character <= "\udfff" for character in text):
            yield Fault(
                path,
                f"is {shown(text)}, which holds half of a character",
                "write the character whole",
            )


def _texts(data: Any) -> Iterator[tuple[Path_, str]]:
    return ((path, value) for path, value in walk(data) if isinstance(value, str))


class _Reader:
    """Turns services of the standard into entries of ours, and remembers what there is to say."""

    def __init__(
        self, record: Record, name: str, services: Sequence[_Service], raw: list[dict[str, Any]]
    ) -> None:
        self.record, self.name, self.raw = record, name, raw
        self.active = [s for s in services if s.status == "active"]
        self.left_out = [s for s in services if s.status != "active"]
        self.taken = {*RESERVED_IDS, "hsds"}
        self.unplaced: list[tuple[_Service, str]] = []
        self.unplaced += [
            (s, place.words or place.uri or NOT_STATED)
            for s in self.active
            for place in s.service_areas or ()
            if self.area(place) is None
        ]

    def file(self) -> dict[str, Any]:
        """The services file as plain data."""
        placed = {s.id: self.areas(s) for s in self.active}
        return {
            "region": self._region(),
            "services": [self._service(s, placed[s.id]) for s in self.active if placed[s.id]],
            "areas_without_service": {
                "heading_count": NOT_STATED,
                "listed": [],
                "ref": "hsds §file",
            },
            "other_provision": [self._other(s) for s in self.active if not placed[s.id]],
            "sources": [self._source()],
        }

    def area(self, place: _Place) -> Area | None:
        """The area that a service area means: by the code in its URI, else by its name."""
        code = (place.uri or "").removeprefix(GEOGRAPHY)
        if code in self.record.by_code:
            return self.record.by_code[code]
        try:
            return self.record.find(place.words)
        except LookupError:
            return None

    def areas(self, service: _Service) -> list[str]:
        """The official names of a service's areas, each once, in the order of the file."""
        found = [self.area(place) for place in service.service_areas or ()]
        return list(dict.fromkeys(area.name for area in found if area))

    def notes(self) -> Iterator[str]:
        """What a reader of the new file must know."""
        yield (
            f"{number(len(self.active)).capitalize()} active services were read from"
            f" {shown(self.name)}; each names that file as its source."
        )
        for service in self.left_out:
            yield (
                f"Left out: {shown(service.name)}, whose status is '{service.status}'; without"
                " contract dates it would look as if it were running."
            )
        for service, place in self.unplaced:
            yield (
                f"Not placed: {shown(place)} of {shown(service.name)} is not an area of"
                f" {self.record.file.region.name}."
            )
        dates = self._dates()
        if len(dates) != 1:
            which = (
                f"several assured dates ({dates[0]} to {dates[-1]})" if dates else "no assured date"
            )
            yield (
                f"The file has {which}; the record's own date (region.as_at, region.default_date)"
                " is to be written by hand."
            )
        yield (
            "The standard has no field for commissioners, contract dates, amounts, partners,"
            " capacity, or where a fact comes from: these are 'not stated'."
        )
        yield "It cannot say that an area has nothing: no area is listed as having none."
        yield (
            "The words for the region and its areas, and the age that its counts of women begin at,"
            " are those of the data in use."
        )
        if personal := sorted(
            {field for service in self.raw for field in _PERSONAL if service.get(field)}
        ):
            yield f"Passed over on purpose, since sites can be confidential: {', '.join(personal)}."
        if themes := {
            t.code or t.name or t.term
            for s in self.active
            for a in s.attributes or ()
            if (t := a.taxonomy_term) and t.taxonomy != LEVELS
        }:
            yield (
                f"Passed over: {number(len(themes))} taxonomy terms; themes are written in a file"
                " of their own."
            )

    def _dates(self) -> list[str]:
        return sorted({s.assured_date for s in (*self.active, *self.left_out) if s.assured_date})

    def _region(self) -> dict[str, Any]:
        own, dates = self.record.file.region, self._dates()
        day = dates[0] if len(dates) == 1 else NOT_STATED
        words = {
            "name": own.name,
            "area": own.area,
            "areas": own.areas,
            "area_kind": own.area_kind,
            "as_at": day,
            "default_date": day,
        }
        told = {
            "scope": NOT_STATED,
            "scope_minimum_age": own.scope_minimum_age,
            "map_title": "Services read from an HSDS file",
        }
        caveat = (
            f"The record holds what an HSDS file lists. An {own.area} without an entry may still"
            " have services."
        )
        return {
            **words,
            **told,
            "caveat": caveat if own.area[:1] in "aeiou" else caveat.replace("An ", "A ", 1),
            "ref": "hsds §file",
        }

    def _service(self, service: _Service, areas: list[str]) -> dict[str, Any]:
        ref = f"hsds §{service.id}"
        age = service.minimum_age
        return {
            "id": self._slug(service),
            "name": service.name,
            "short_name": service.alternate_name or service.name,
            "level": self._level(service),
            "model": NOT_STATED,
            "description": service.description or NOT_STATED,
            "provider": service.organization.name if service.organization else NOT_STATED,
            "commissioners": [NOT_STATED],
            "funding": [
                {"funder": m.source or NOT_STATED, "amount": NOT_STATED, "ref": ref}
                for m in service.funding or (_Money(),)
            ],
            "contract": {"start": NOT_STATED, "end": NOT_STATED, "ref": ref},
            "eligibility": {
                "who": service.eligibility_description or NOT_STATED,
                "minimum_age": int(age) if age is not None and age == int(age) else NOT_STATED,
                "minimum_age_basis": "given in the HSDS file" if age is not None else NOT_STATED,
                "ref": ref,
            },
            "referral_routes": (
                [
                    route.strip()
                    for route in (service.application_process or "").splitlines()
                    if route.strip()
                ]
                or [NOT_STATED]
            ),
            "referral_ref": ref,
            "service_area": {"heading_count": NOT_STATED, "listed": areas, "ref": ref},
            "confidence": {
                "level": "low",
                "reason": "Read from an HSDS file and not checked against a source.",
            },
            "ref": ref,
        }

    def _other(self, service: _Service) -> dict[str, Any]:
        words = {
            "id": self._slug(service),
            "name": service.name,
            "description": service.description or NOT_STATED,
        }
        provider = service.organization.name if service.organization else NOT_STATED
        rest = {
            "provider": provider,
            "commissioner": NOT_STATED,
            "women_specific": NOT_STATED,
            "geography": "area not stated",
            "state": "running",
        }
        return {**words, **rest, "ref": f"hsds §{service.id}"}

    def _source(self) -> dict[str, Any]:
        services = [{"id": s.id, "title": s.name} for s in self.active]
        words = {
            "id": "hsds",
            "title": f"HSDS file {shown(self.name)}",
            "short_title": "HSDS file",
            "publisher": NOT_STATED,
            "date": NOT_STATED,
        }
        return {
            **words,
            "licence": NOT_STATED,
            "sections": [{"id": "file", "title": "The whole file"}, *services],
        }

    def _level(self, service: _Service) -> str:
        said = [
            t.code
            for a in service.attributes or ()
            if (t := a.taxonomy_term) and t.taxonomy == LEVELS
        ]
        return said[0] if len(said) == 1 and said[0] in list(Level) else NOT_STATED

    def _slug(self, service: _Service) -> str:
        """An id of ours, made from the short name; numbered where another has it."""
        text = (
            unicodedata.normalize("NFKD", service.alternate_name or service.name)
            .encode("ascii", "ignore")
            .decode()
            .lower()
        )
        wanted = re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:60] or "service"
        count, found = 1, wanted
        while found in self.taken:
            count += 1
            found = f"{wanted}-{count}"
        self.taken.add(found)
        return found


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _dumped(data: dict[str, Any]) -> str:
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=130)
