"""The services as Open Referral UK understands them: a page of HSDS 3 services, and what that
standard cannot hold.

A service goes with its organization, its service areas (a GSS code becomes the URI of the
statistical geography), its funders, its age, who it is for, how to be referred, and taxonomy terms
for the level of support and for the themes that it carries. Contacts, telephone numbers and
addresses are left out on purpose, here and on reading: sites of women's services can be
confidential.

``status`` is what can be said on the record's own date, which is also the ``assured_date``: the
standard has no word for *not stated*, and on that date there is always an answer. Identifiers are
UUIDs of version 5, made from the region and our own ids: the same record gives the same file.

What the standard cannot hold is in :mod:`provision.exchange.losses`. Without a ``url`` the services
have none, which HSDS allows and the UK profile does not."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote
from uuid import uuid5

from provision.coverage.status import Activity, activity
from provision.dates import SourceDate
from provision.readers.hsds_claims import IDENTIFIERS, KINDS, LEVELS
from provision.record import Record
from provision.schema.services import NOT_STATED, Level, Service
from provision.themes.reach import carriers

GEOGRAPHY = "http://statistics.data.gov.uk/id/statistical-geography/"
LEVEL_MEANS = {
    Level.ONE_TO_ONE: "One-to-one support, for instance by a key worker",
    Level.WRAP_AROUND: "Wrap-around or whole-system support",
}
_GSS = re.compile(r"[EKNSW]\d{8}")
_STATUS = {Activity.ACTIVE: "active", Activity.NOT_BEGUN: "inactive", Activity.ENDED: "defunct"}


def to_hsds(record: Record, url: str | None = None) -> dict[str, Any]:
    """The contracted services as one page of HSDS services.

    Parameters
    ----------
    record : Record
        Whose services are given.
    url : str or None
        Where this explorer is published, under which each service has its address.

    Returns
    -------
    dict
        The page, as JSON holds it. Its form is that of Open Referral's Human Services Data
        Specification.
    """
    found = [_service(record, service, url) for service in record.services]
    page = {
        "total_items": len(found),
        "total_pages": 1,
        "page_number": 1,
        "size": len(found),
        "first_page": True,
        "last_page": True,
    }
    return {**page, "empty": not found, "contents": found}


def _service(record: Record, service: Service, url: str | None) -> dict[str, Any]:
    own = identifier(record, "service", service.id)
    as_at = record.file.region.as_at
    address = {"url": f"{url.rstrip('/')}/?services={quote(service.id)}"} if url else {}
    return {
        "id": own,
        "organization_id": identifier(record, "organization", service.provider),
        "name": service.name,
        "alternate_name": service.short_name,
        "description": service.description,
        **address,
        "status": _STATUS[_activity(service, as_at)],
        "application_process": "\n".join(
            " ".join(route.split()) for route in service.referral_routes
        ),
        "eligibility_description": service.eligibility.who,
        **_minimum_age(service),
        "assured_date": as_at.last.isoformat(),
        "organization": _organization(record, service.provider),
        "funding": [
            {
                "id": identifier(record, "funding", service.id, str(n)),
                "service_id": own,
                "source": f.funder,
            }
            for n, f in enumerate(service.funding)
        ],
        "service_areas": _service_areas(record, service, own),
        "attributes": _attributes(record, service, own),
    }


def _service_areas(record: Record, service: Service, own: str) -> list[dict[str, Any]]:
    """The areas that a service names, each once; a GSS code also as its URI."""
    listed = dict.fromkeys(map(record.official, service.service_area.listed))
    return [
        {
            "id": identifier(record, "service_area", service.id, area.code),
            "service_id": own,
            "name": area.name,
        }
        | ({"uri": f"{GEOGRAPHY}{area.code}"} if _GSS.fullmatch(area.code) else {})
        for area in map(record.find, listed)
    ]


def _activity(service: Service, as_at: SourceDate) -> Activity:
    """Whether a service runs on the record's date, whether or not the record counts it."""
    counted = service.model_copy(update={"contracted": "yes", "people_specific": "yes"})
    return activity(counted, as_at, as_at.last)


def _minimum_age(service: Service) -> dict[str, int]:
    """The standard has no word for an age that is not stated: then the field is not there."""
    age = service.eligibility.minimum_age
    return {} if age == NOT_STATED else {"minimum_age": age}


def _organization(record: Record, name: str) -> dict[str, Any]:
    """The standard asks for a description; where the record has no line about the organisation, it
    is *not stated*."""
    line = next(
        (o.line for o in record.organisations_file.organisations if name in (o.name, *o.variants)),
        NOT_STATED,
    )
    return {"id": identifier(record, "organization", name), "name": name, "description": line}


def _attributes(record: Record, service: Service, own: str) -> list[dict[str, Any]]:
    level = service.level
    kind = (LEVELS, "How full the support is")
    terms = (
        [_term(record, kind, level.value, level.value, LEVEL_MEANS[level])]
        if level in LEVEL_MEANS
        else []
    )
    terms += _kinds(record, service)
    themes = (f"Themes of {record.file.region.name}", "Themes that the source goes through")
    carried = [theme for theme in record.themes if service.id in carriers(record, theme).ids]
    terms += [
        _term(record, themes, theme.id, theme.title, f"{theme.title}: a theme of the source")
        for theme in carried
    ]
    return [
        {
            "id": identifier(record, "attribute", service.id, t["id"]),
            "link_id": own,
            "link_entity": "service",
            "taxonomy_term_id": t["id"],
            "taxonomy_term": t,
        }
        for t in terms
    ]


def _kinds(record: Record, service: Service) -> list[dict[str, Any]]:
    """The standard does not know contracts. Services are contracted and for the region's people,
    and only where that is not so, or not stated, a term says it."""
    means = {
        "contracted": "Whether the service is contracted",
        "people_specific": f"Whether the service is for {record.file.region.people} alone",
    }
    kind = (KINDS, "Whether the record counts the service")
    said = {field: getattr(service, field) for field in means}
    return [
        _term(record, kind, f"{field}: {answer}", f"{means[field]}: {answer}", means[field])
        for field, answer in said.items()
        if answer != "yes"
    ]


def _term(
    record: Record, taxonomy: tuple[str, str], code: str, name: str, means: str
) -> dict[str, Any]:
    """A term of a taxonomy, which goes by its name and what it is about."""
    whole = identifier(record, "taxonomy", taxonomy[0])
    detail = {"id": whole, "name": taxonomy[0], "description": taxonomy[1]}
    words = {
        "code": code,
        "name": name,
        "description": means,
        "taxonomy": taxonomy[0],
        "taxonomy_id": whole,
        "taxonomy_detail": detail,
    }
    return {"id": identifier(record, "taxonomy_term", taxonomy[0], code), **words}


def identifier(record: Record, *parts: str) -> str:
    """The UUID of a thing: the same for the same region and name, on every machine.

    Parameters
    ----------
    record : Record
        Of which region the thing is.
    *parts : str
        What it is, and its id among its kind.

    Returns
    -------
    str
        A UUID of version 5 (RFC 9562, section 5.5).
    """
    return str(uuid5(IDENTIFIERS, "\n".join((record.file.region.name, *parts))))
