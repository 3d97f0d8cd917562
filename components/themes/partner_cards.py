"""What the panel beside the diagram says of an organisation, a service or a theme."""

from __future__ import annotations

from typing import Any

from components.page.markup import references, show
from components.themes.partners import node_of
from provision.links.query import Query
from provision.record import Record
from provision.schema.services import NOT_STATED
from provision.text.labels import TIE_WORDS
from provision.text.partners import reliance_sentence
from provision.text.wording import listing
from provision.themes.partners import (
    IN_SERVICES,
    IN_THEMES,
    Link,
    Tie,
    links,
    name_of,
    nodes,
    of_organisation,
    reliances,
)


def partner_card(record: Record, query: Query) -> None:
    """What the record holds of the chosen organisation, service or theme, and what it is tied to;
    how to choose, where none is."""
    if not query.partner:
        show("partner_hint.html")
        return
    kind, _, identifier = query.partner.partition(":")
    if (kind == "service" and identifier in record.services_by_id) or (
        kind == "theme" and identifier in record.themes_by_id
    ):
        _tied_card(record, query.partner, identifier)
    else:
        _organisation_card(record, query.partner)


def _organisation_card(record: Record, organisation: str) -> None:
    found = of_organisation(record, organisation)
    groups = [
        {
            "title": "In contracted services",
            "lines": [_service_line(record, link) for link in found if link.tie in IN_SERVICES],
        },
        {
            "title": "Provides, by name or in a contracted service",
            "lines": [_theme_line(record, link) for link in found if link.tie is Tie.PROVIDES],
        },
        {
            "title": "Expert partner, by theme",
            "lines": [_theme_line(record, link) for link in found if link.tie is Tie.EXPERT],
        },
    ]
    show(
        "partner.html",
        name=name_of(record, organisation),
        facts=_facts(record, organisation),
        groups=[g for g in groups if g["lines"]],
        discrepancies=record.discrepancies_touching(organisation),
    )


def _facts(record: Record, organisation: str) -> list[dict[str, str]]:
    """What the record's own entry says of it, or that there is none."""
    own = record.organisations_by_id.get(organisation)
    if own is None:
        text = f"The record has no entry for it beyond what follows; anything else is {NOT_STATED}."
        return [{"label": "", "text": text, "refs": ""}]
    entry = "" if own.in_section_6 else " The source names it and has no entry of its own for it."
    facts = [
        {"label": "What it is", "text": f"{own.kind}.{entry}", "refs": ""},
        {"label": "What it does", "text": own.line, "refs": references(record, own.ref)},
        {"label": "Where", "text": own.site, "refs": ""},
    ]
    if own.variants:
        facts.append({"label": "Also written", "text": listing(own.variants), "refs": ""})
    return facts


def _service_line(record: Record, link: Link) -> dict[str, Any]:
    text = link.text if link.tie is Tie.PARTNER else TIE_WORDS[link.tie]
    return {
        "page": "partners",
        "name": record.services_by_id[link.other].name,
        "fields": {"partner": f"service:{link.other}"},
        "text": text,
        "refs": references(record, link.refs),
    }


def _theme_line(record: Record, link: Link) -> dict[str, Any]:
    return {
        "page": "themes",
        "name": record.themes_by_id[link.other].title,
        "fields": {"theme": link.other},
        "text": link.text,
        "refs": references(record, link.refs),
    }


def _tied_card(record: Record, node: str, identifier: str) -> None:
    """A service or theme: the organisations tied to it."""
    found = [link for link in links(record) if node_of(link) == node]
    kinds = IN_SERVICES if node.startswith("service:") else IN_THEMES
    groups = [
        {
            "title": TIE_WORDS[tie].capitalize(),
            "lines": [_organisation_line(record, link) for link in found if link.tie is tie],
        }
        for tie in kinds
    ]
    if node.startswith("service:"):
        service = record.services_by_id[identifier]
        facts = [
            {"label": "", "text": service.description, "refs": references(record, service.ref)}
        ]
    else:
        own = next((r for r in reliances(record) if r.theme == identifier), None)
        text = (
            reliance_sentence(record, own)
            if own
            else f"{record.themes_by_id[identifier].title}: the source describes no provision."
        )
        facts = [
            {
                "label": "",
                "text": text,
                "refs": references(record, record.themes_by_id[identifier].grade.ref),
            }
        ]
    show(
        "partner.html",
        name=nodes(record)[node],
        facts=facts,
        groups=[g for g in groups if g["lines"]],
        discrepancies=record.discrepancies_touching(identifier),
    )


def _organisation_line(record: Record, link: Link) -> dict[str, Any]:
    return {
        "page": "partners",
        "name": name_of(record, link.organisation),
        "fields": {"partner": link.organisation},
        "text": link.text,
        "refs": references(record, link.refs),
    }
