"""The panels of the pages about who is engaged, and at which stage."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from components.page.markup import address, render
from components.page.scripts import component
from components.page.table import Cell, cell, link_cell, table
from provision.english import listing
from provision.links.query import Query
from provision.record import Record
from provision.schema.services import NOT_STATED
from provision.text.labels import TIE_WORDS
from provision.text.partners import reliance_sentence, single_partner_sentence
from provision.themes.partners import (
    IN_SERVICES,
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
    tied = {node_of(link) for link in ties}
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
            {"from": link.organisation, "to": node_of(link), "kind": link.tie.name.lower()}
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


def node_of(link: Link) -> str:
    return f"{'service' if link.tie in IN_SERVICES else 'theme'}:{link.other}"


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
