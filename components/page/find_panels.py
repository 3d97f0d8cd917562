"""What was found, in groups, each a link to where it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from components.page.markup import show
from provision.english import number
from provision.find import MOST, Found, find
from provision.findable import Kind, Passage
from provision.links.query import Query
from provision.record import Record

_TITLES = {
    Kind.THEME: "Themes",
    Kind.AREA: "Places",
    Kind.SERVICE: "Contracted services",
    Kind.PROVISION: "Provision beside the contracts",
    Kind.ORGANISATION: "Organisations",
    Kind.STAGE: "Stages of the pathway",
    Kind.TOPIC: "Across all themes",
    Kind.AIM: "Aims",
    Kind.TARGET: "Outcome targets",
    Kind.HUB_MODEL: "Kinds of hub",
    Kind.SOURCE: "Documents",
    Kind.DISCREPANCY: "Where the source disagrees with itself",
}
_MOST_PASSAGES = 3


def found_panel(record: Record, query: Query) -> None:
    """What holds the words asked for."""
    if not query.find:
        return
    found = find(record, query.find)
    near = any(f.near for f in found)
    groups = [
        {"title": title, "found": [_line(record, f) for f in found if f.thing.kind is kind]}
        for kind, title in _TITLES.items()
    ]
    show(
        "found.html",
        title=(
            f"{f'The first {MOST}' if len(found) == MOST else number(len(found)).capitalize()}"
            f" found for “{query.find}”"
            if found
            else f"Nothing found for “{query.find}”"
        ),
        note=(
            "No entry holds these words; did you mean."
            if near
            else ""
            if found
            else "Try fewer words, or the beginning of a word."
        ),
        groups=[g for g in groups if g["found"]],
    )


def _line(record: Record, found: Found) -> dict[str, Any]:
    page, fields = where(found.thing.kind, found.thing.id)
    return {
        "page": page,
        "fields": fields,
        "name": found.thing.titles[0],
        "about": "",
        "passages": _varied(found.passages),
        "more": max(0, len(set(found.passages)) - _MOST_PASSAGES),
    }


def _varied(passages: Sequence[Passage]) -> list[Passage]:
    """A few of the passages, one of each kind first."""
    first = {p.label: p for p in reversed(passages)}
    own = list(dict.fromkeys([*(p for p in passages if first[p.label] == p), *passages]))
    return own[:_MOST_PASSAGES]


def where(kind: Kind, identifier: str) -> tuple[str, dict[str, str]]:
    """The page that shows a thing, and the change of the view that it needs."""
    return {
        Kind.THEME: ("themes", {"theme": identifier}),
        Kind.AREA: ("borough", {"area": identifier}),
        Kind.SERVICE: ("partners", {"partner": f"service:{identifier}"}),
        Kind.PROVISION: ("coverage", {"anchor": f"provision-{identifier}"}),
        Kind.ORGANISATION: ("partners", {"partner": identifier}),
        Kind.STAGE: ("pathway", {"stage": identifier}),
        Kind.TOPIC: ("themes", {"theme": "", "anchor": f"topic-{identifier}"}),
        Kind.AIM: ("themes", {"theme": "", "anchor": f"aim-{identifier}"}),
        Kind.TARGET: ("themes", {"theme": "", "anchor": "targets-of-no-theme"}),
        Kind.HUB_MODEL: ("sources", {"anchor": f"hub-model-{identifier}"}),
        Kind.SOURCE: ("sources", {"anchor": f"source-{identifier}"}),
        Kind.DISCREPANCY: ("sources", {"anchor": f"discrepancy-{identifier}"}),
    }[kind]
