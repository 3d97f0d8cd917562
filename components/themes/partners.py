"""The panels of the pages about who is engaged, and at which stage."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from components.page.markup import address, references, render, show
from components.page.scripts import component
from components.page.table import Cell, cell, link_cell, table
from provision.links.query import Query
from provision.record import Record
from provision.schema.services import NOT_STATED
from provision.schema.themes import Contribution
from provision.text.coverage import listing
from provision.text.labels import TIE_WORDS
from provision.text.themes import place_words, reliance_sentence, single_partner_sentence
from provision.themes.partners import (
    IN_SERVICES,
    IN_THEMES,
    Link,
    Tie,
    in_services,
    links,
    name_of,
    nodes,
    of_organisation,
    reliances,
)

_diagram = component("provision_partners", "partnerDiagram")


def partner_diagram(record: Record, query: Query, on_choose: Any) -> None:
    """Services, organisations and themes in three columns, with a line for every tie. The chosen
    node is marked with what it is tied to."""
    _diagram(
        key="partner-diagram",
        data={
            **_diagram_data(record),
            "chosen": query.partner or "",
            "stamp": f"{record.version} {query.link(record)}",
        },
        on_chosen_change=on_choose,
    )


@lru_cache(maxsize=4)
def _diagram_data(record: Record) -> dict[str, Any]:
    organisations = in_services(record)
    ties = [link for link in links(record) if link.organisation in organisations]
    tied = {_node(link) for link in ties}
    names = nodes(record)
    columns = [
        {"title": "Contracted services", "nodes": [n for n in names if n.startswith("service:")]},
        {"title": "Organisations", "nodes": list(organisations)},
        {"title": "Themes", "nodes": [f"theme:{t.id}" for t in record.themes]},
    ]
    return {
        "label": (
            "Who serves what: services, the organisations that lead or share in them, and the"
            " themes these provide for or are experts in"
        ),
        "columns": [
            {
                "title": c["title"],
                "nodes": [
                    {
                        "id": n,
                        "name": names[n],
                        "note": (
                            ""
                            if n in tied or n in organisations
                            else "nobody in the services is named"
                        ),
                    }
                    for n in c["nodes"]
                ],
            }
            for c in columns
        ],
        "ties": [
            {"from": link.organisation, "to": _node(link), "kind": link.tie.name.lower()}
            for link in ties
        ],
        "legend": [{"kind": tie.name.lower(), "text": _TIE_WORDS[tie]} for tie in Tie],
    }


_TIE_WORDS = {
    Tie.LEADS: "leads the service",
    Tie.OVERSEES: "oversees it",
    Tie.PARTNER: "is a partner in it",
    Tie.PROVIDES: "provides for the theme, by name or in a contracted service",
    Tie.EXPERT: "is named as expert partner for it",
}


def _node(link: Link) -> str:
    return f"{'service' if link.tie in IN_SERVICES else 'theme'}:{link.other}"


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
    own = record.organisations_by_id.get(organisation)
    facts = []
    if own:
        entry = (
            "" if own.in_section_6 else " The source names it and has no entry of its own for it."
        )
        facts = [
            {"label": "What it is", "text": f"{own.kind}.{entry}", "refs": ""},
            {"label": "What it does", "text": own.line, "refs": references(record, own.ref)},
            {"label": "Where", "text": own.site, "refs": ""},
            *(
                [{"label": "Also written", "text": listing(own.variants), "refs": ""}]
                if own.variants
                else []
            ),
        ]
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
        facts=facts
        or [
            {
                "label": "",
                "text": (
                    "The record has no entry for it beyond what follows; anything else is"
                    f" {NOT_STATED}."
                ),
                "refs": "",
            }
        ],
        groups=[g for g in groups if g["lines"]],
        discrepancies=record.discrepancies_touching(organisation),
    )


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
    found = [link for link in links(record) if _node(link) == node]
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


def partner_facts(record: Record) -> None:
    """Who carries several services, and what rests on whom."""
    st.html(_facts(record))


@lru_cache(maxsize=4)
def _facts(record: Record) -> str:
    several = [(o, services) for o, services in in_services(record).items() if len(services) > 1]
    return render(
        "partners_facts.html",
        themes=len(record.themes),
        several=[
            {
                "id": o,
                "name": name_of(record, o),
                "services": listing(record.services_by_id[s].short_name for s in services),
            }
            for o, services in several
        ],
        single=single_partner_sentence(record),
        reliances=[
            {"text": reliance_sentence(record, r), "alone": len(r.named) == 1}
            for r in reliances(record)
        ],
        without=listing(t.title for t in record.themes if not t.provision),
    )


def partner_table(record: Record) -> None:
    """Every organisation with its ties: the diagram's twin in words, and the organisations that no
    service names."""
    table(
        f"Every organisation in the record ({len(_organisations(record))}), with what it is"
        " tied to",
        [
            "Organisation",
            "Kind",
            "Services",
            "Provides for",
            "Expert partner for",
            "Own entry in the source",
        ],
        _partner_cells(record),
        key="partner-table",
    )


def _organisations(record: Record) -> list[str]:
    return [n for n in nodes(record) if not n.startswith(("service:", "theme:"))]


@lru_cache(maxsize=4)
def _partner_cells(record: Record) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for o in _organisations(record):
        own, found = record.organisations_by_id.get(o), of_organisation(record, o)
        services = [
            f"{record.services_by_id[link.other].short_name} ({TIE_WORDS[link.tie]})"
            for link in found
            if link.tie in IN_SERVICES
        ]
        provides = [
            record.themes_by_id[link.other].title for link in found if link.tie is Tie.PROVIDES
        ]
        expert = [record.themes_by_id[link.other].title for link in found if link.tie is Tie.EXPERT]
        counted = [
            cell("; ".join(texts) if texts else "–", -len(texts))
            for texts in (services, provides, expert)
        ]
        entry = NOT_STATED if own is None else "yes" if own.in_section_6 else "no"
        rows.append(
            [
                link_cell(name_of(record, o), address("partners", partner=o)),
                str(own.kind) if own else NOT_STATED,
                *counted,
                entry,
            ]
        )
    return rows


def pathway_panel(record: Record, query: Query) -> None:
    """The stages with the answer for each; for the chosen one what everybody contributes, and what
    is missing there."""
    st.html(_pathway(record, query.stage))


def _contribution(record: Record, own: Contribution) -> dict[str, Any]:
    return {
        **own.model_dump(exclude={"ref"}),
        "where": place_words(record, own.geography),
        "refs": references(record, own.ref),
    }


@lru_cache(maxsize=16)
def _pathway(record: Record, chosen: str | None) -> str:
    stages = [
        {
            "id": s.id,
            "title": s.title,
            "question": s.question,
            "answer": s.answer,
            "refs": references(record, s.ref),
            "contributions": [_contribution(record, c) for c in s.contributions],
            "gaps": [{"text": g.text, "refs": references(record, g.ref)} for g in s.gaps],
        }
        for s in record.themes_file.pathway
        if chosen in (None, s.id)
    ]
    return render("pathway.html", stages=stages, chosen=chosen, as_at=record.file.region.as_at)
