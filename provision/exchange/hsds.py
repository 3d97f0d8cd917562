"""The services as Open Referral UK understands them: a page of HSDS 3 services, and what that standard cannot hold.

A service goes with its organization, its service areas (a GSS code becomes the URI of the statistical geography), its funders, its age,
who it is for, how to be referred, and taxonomy terms for the level of support and for the themes that it carries. Contacts, telephone
numbers and addresses are left out on purpose, here and on reading: sites of women's services can be confidential.

``status`` is what can be said on the record's own date, which is also the ``assured_date``: the standard has no word for *not stated*,
and on that date there is always an answer. Identifiers are UUIDs of version 5, made from the region and our own ids: the same record
gives the same file.

What the standard cannot hold is found by reading the file back and comparing (:func:`losses`), so that nothing can be forgotten.
Without a ``url`` the services have none, which HSDS allows and the UK profile does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid5

from provision.coverage import Activity, activity
from provision.record import Record
from provision.schema import NOT_STATED, Level, Service
from provision.themes.reach import carriers

GEOGRAPHY = "http://statistics.data.gov.uk/id/statistical-geography/"
LEVELS = "Level of support"
LEVEL_MEANS = {Level.ONE_TO_ONE: "One-to-one support, for instance by a key worker", Level.WRAP_AROUND: "Wrap-around or whole-system support"}
_NAMESPACE = UUID("5b0d9a52-6d0f-4c39-9d0e-0a3a5b7e1c44")  # drawn once; part of every identifier
_GSS = re.compile(r"[EKNSW]\d{8}")
_STATUS = {Activity.ACTIVE: "active", Activity.NOT_BEGUN: "inactive", Activity.ENDED: "defunct"}


@dataclass(frozen=True)
class Loss:
    """Something that does not come back from the standard: in which part of the file, which field, how often, and why."""

    part: str
    field: str
    times: int
    why: str


def to_hsds(record: Record, url: str | None = None) -> dict[str, Any]:
    """The contracted services as one page of HSDS services. ``url`` is where this explorer is published: each service's address there."""
    found = [_service(record, service, url) for service in record.services]
    page = {"total_items": len(found), "total_pages": 1, "page_number": 1, "size": len(found), "first_page": True, "last_page": True}
    return {**page, "empty": not found, "contents": found}


def losses(record: Record) -> list[Loss]:
    """What of a record its HSDS file does not bring back, by part and field. The record has services."""
    from collections import Counter
    from dataclasses import replace

    from provision.exchange.diff import difference
    from provision.exchange.hsds_reading import from_hsds
    from provision.schema import ServicesFile

    back = ServicesFile.model_validate(from_hsds(to_hsds(record), "the file", record).data)
    ours = {_id(record, "service", s.id): s.id for s in record.services}
    named = [(s, ours[s.ref[0].section]) for s in back.services]
    same = back.model_copy(update={"services": tuple(s.model_copy(update={"id": own}) for s, own in named)})
    fields = difference(record, replace(record, file=same)).fields
    tally = Counter({("services", "id"): sum(s.id != own for s, own in named)})
    tally.update((f.part, _plain_field(f.field)) for f in fields if (f.part, f.entry) != ("sources", "hsds"))
    return [Loss(part, field, times, _why(part, field)) for (part, field), times in tally.items() if times]


def loss_lines(found: list[Loss]) -> list[str]:
    """The losses for people to read: a line for every reason, with what it concerns."""
    by_why: dict[str, list[Loss]] = {}
    for loss in found:
        by_why.setdefault(loss.why, []).append(loss)
    return [f"{'; '.join(f'{x.part} {x.field}'.strip() for x in group)}: {why}." for why, group in by_why.items()]


def _service(record: Record, service: Service, url: str | None) -> dict[str, Any]:
    own = _id(record, "service", service.id)
    region = record.file.region
    areas = [record.find(name) for name in dict.fromkeys(map(record.official, service.service_area.listed))]
    address = {"url": f"{url.rstrip('/')}/?services={quote(service.id)}"} if url else {}
    return {
        "id": own,
        "organization_id": _id(record, "organization", service.provider),
        "name": service.name,
        "alternate_name": service.short_name,
        "description": service.description,
        **address,
        "status": _STATUS[activity(service, region.as_at, region.as_at.last)],
        "application_process": "\n".join(" ".join(route.split()) for route in service.referral_routes),
        "eligibility_description": service.eligibility.who,
        "minimum_age": service.eligibility.minimum_age,
        "assured_date": region.as_at.last.isoformat(),
        "organization": _organization(record, service.provider),
        "funding": [{"id": _id(record, "funding", service.id, str(n)), "service_id": own, "source": f.funder} for n, f in enumerate(service.funding)],
        "service_areas": [
            {"id": _id(record, "service_area", service.id, area.code), "service_id": own, "name": area.name}
            | ({"uri": f"{GEOGRAPHY}{area.code}"} if _GSS.fullmatch(area.code) else {})
            for area in areas
        ],
        "attributes": _attributes(record, service, own),
    }


def _organization(record: Record, name: str) -> dict[str, Any]:
    """The standard asks for a description; where the record has no line about the organisation, it is *not stated*."""
    line = next((o.line for o in record.engaged.organisations if name in (o.name, *o.variants)), NOT_STATED)
    return {"id": _id(record, "organization", name), "name": name, "description": line}


def _attributes(record: Record, service: Service, own: str) -> list[dict[str, Any]]:
    terms = [_term(record, (LEVELS, "How full the support is"), service.level.value, service.level.value, LEVEL_MEANS[service.level])]
    themes = (f"Themes of {record.file.region.name}", "Themes that the source goes through")
    carried = [theme for theme in record.themes if service.id in carriers(record, theme).ids]
    terms += [_term(record, themes, theme.id, theme.title, f"{theme.title}: a theme of the source") for theme in carried]
    return [
        {"id": _id(record, "attribute", service.id, t["id"]), "link_id": own, "link_entity": "service", "taxonomy_term_id": t["id"], "taxonomy_term": t}
        for t in terms
    ]


def _term(record: Record, taxonomy: tuple[str, str], code: str, name: str, means: str) -> dict[str, Any]:
    """A term of a taxonomy, which goes by its name and what it is about."""
    whole = _id(record, "taxonomy", taxonomy[0])
    detail = {"id": whole, "name": taxonomy[0], "description": taxonomy[1]}
    words = {"code": code, "name": name, "description": means, "taxonomy": taxonomy[0], "taxonomy_id": whole, "taxonomy_detail": detail}
    return {"id": _id(record, "taxonomy_term", taxonomy[0], code), **words}


def _id(record: Record, *parts: str) -> str:
    return str(uuid5(_NAMESPACE, "\n".join((record.file.region.name, *parts))))


# Why something is lost


def _plain_field(field: str) -> str:
    """A field's path without what tells the entries of a list apart: ``funding.the port.amount`` as ``funding.amount``."""
    first, _, rest = field.partition(".")
    return f"{first}.{rest.rpartition('.')[2]}" if rest else first


_NO_FIELD = "the standard has no field for it; it becomes 'not stated' or is left out"
_WHY = {
    ("services", ""): "the contract is not active on the record's date; without contract dates it would come back as if it were",
    ("services", "id"): "the standard's identifiers are UUIDs; ours is made anew from the short name",
    ("services", "commissioners"): "the standard knows who funds, not who commissions",
    ("services", "contract.start"): "a service of the standard has a status, not a contract with dates",
    ("services", "contract.end"): "a service of the standard has a status, not a contract with dates",
    ("services", "funding.amount"): "the standard's funding names a source and no amount",
    ("services", "funding.through"): "the standard's funding names a source and nothing else",
    ("services", "service_area.heading_count"): "the standard lists areas; it does not say what a heading claims",
    ("services", "service_area.listed"): "areas go by their official name and code; the source's own spelling does not come back",
    ("services", "eligibility.minimum_age_basis"): "the standard has an age and not where it comes from",
    ("services", "confidence.level"): "what comes from elsewhere has not been checked against a source",
    ("services", "confidence.reason"): "what comes from elsewhere has not been checked against a source",
    ("region", "as_at"): "the standard's assured_date is a day; the record's date may be a month",
    ("areas_without_service", "listed"): "the standard cannot say that an area has nothing; these areas become not stated, which is not the same",
    ("areas_without_service", "heading_count"): "the standard cannot say that an area has nothing",
    ("other_provision", ""): "it has no area that the standard could hold, and reading it back would not tell it from a contracted service",
}
_WHY_PART = {
    "region": "the words of the record about itself are not part of the standard",
    "sources": "the standard does not say which document, section and page a fact comes from; the file is then the source",
    "named_gaps": "gaps that the source names have no place in the standard",
    "outcome_targets": "outcome targets have no place in the standard",
    "discrepancies": "where a source disagrees with itself has no place in the standard",
}


def _why(part: str, field: str) -> str:
    if field.rpartition(".")[2] in ("ref", "referral_ref", "caveat_ref"):
        return _WHY_PART["sources"]
    return _WHY.get((part, field)) or _WHY_PART.get(part, _NO_FIELD)
