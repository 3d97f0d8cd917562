"""Who serves what: organisations, the services they lead or share in, and the themes they provide
for or are experts in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from provision.record import Record
from provision.schema.services import Reference
from provision.schema.themes import Theme


class Tie(StrEnum):
    """How an organisation is tied to a service or to a theme."""

    LEADS = "leads"
    OVERSEES = "oversees"
    PARTNER = "partner"
    PROVIDES = "named_for_provision"
    EXPERT = "expert_partner"


IN_SERVICES = (Tie.LEADS, Tie.OVERSEES, Tie.PARTNER)
IN_THEMES = (Tie.PROVIDES, Tie.EXPERT)


@dataclass(frozen=True)
class Link:
    """One tie. ``organisation`` is an id, or the name as it is spelled where the record has no
    entry for it; ``other`` is the id of a service (for the ties of :data:`IN_SERVICES`) or of a
    theme; ``text`` says what the tie is about."""

    organisation: str
    tie: Tie
    other: str
    text: str
    refs: tuple[Reference, ...]


@dataclass(frozen=True)
class Reliance:
    """Whom a theme's provision rests on: the organisations that its lines name, and whether further
    ones are spoken of but not named."""

    theme: str
    named: tuple[str, ...]
    others: bool


@lru_cache(maxsize=4)
def links(record: Record) -> tuple[Link, ...]:
    """Every tie, services first, in the order of the files; each organisation is tied to a thing
    once in the same way."""
    found: dict[tuple[str, Tie, str], Link] = {}
    for link in (
        *_service_links(record),
        *(link for theme in record.themes for link in _theme_links(theme)),
    ):
        found.setdefault((link.organisation, link.tie, link.other), link)
    return tuple(found.values())


def _service_links(record: Record) -> list[Link]:
    found = []
    for s in record.services:
        found.append(Link(identified(record, s.provider), Tie.LEADS, s.id, s.model, s.ref))
        if s.overseer:
            found.append(Link(identified(record, s.overseer), Tie.OVERSEES, s.id, s.model, s.ref))
        found += [
            Link(identified(record, p.organisation), Tie.PARTNER, s.id, p.role, p.ref)
            for p in s.partners
        ]
    return found


def _theme_links(theme: Theme) -> list[Link]:
    provides = [
        Link(o, Tie.PROVIDES, theme.id, line.what, line.ref)
        for line in theme.provision
        for o in line.organisations
    ]
    return [
        *provides,
        *(
            Link(o, Tie.EXPERT, theme.id, "named as expert partner", theme.ref)
            for o in theme.expert_partners
        ),
    ]


def identified(record: Record, name: str) -> str:
    """The id of the organisation with a name or another spelling of it; the name itself where the
    record has no entry for it."""
    return _by_spelling(record).get(name.casefold(), name)


@lru_cache(maxsize=4)
def _by_spelling(record: Record) -> dict[str, str]:
    return {
        spelling.casefold(): o.id
        for o in record.organisations_file.organisations
        for spelling in (o.name, *o.variants)
    }


def name_of(record: Record, organisation: str) -> str:
    """What an organisation is called."""
    return (
        record.organisations_by_id[organisation].name
        if organisation in record.organisations_by_id
        else organisation
    )


@lru_cache(maxsize=4)
def nodes(record: Record) -> dict[str, str]:
    """Everything that is tied to something, as it is called, by the id that a link has for it:
    organisations under their own ids, services and themes under ``service:ID`` and ``theme:ID``."""
    organisations = {o.id: o.name for o in record.organisations_file.organisations} | {
        link.organisation: name_of(record, link.organisation) for link in links(record)
    }
    services = {f"service:{s.id}": s.name for s in record.services}
    return organisations | services | {f"theme:{t.id}": t.title for t in record.themes}


def of_organisation(record: Record, organisation: str) -> tuple[Link, ...]:
    """The ties of one organisation."""
    return tuple(link for link in links(record) if link.organisation == organisation)


def in_services(record: Record) -> dict[str, tuple[str, ...]]:
    """The organisations that lead, oversee or share in contracted services, with the ids of those
    services; those in most first."""
    order = list(record.services_by_id)
    found: dict[str, set[str]] = {}
    for link in links(record):
        if link.tie in IN_SERVICES:
            found.setdefault(link.organisation, set()).add(link.other)
    ranked = sorted(found, key=lambda o: (-len(found[o]), name_of(record, o).casefold()))
    return {o: tuple(sorted(found[o], key=order.index)) for o in ranked}


def reliances(record: Record) -> tuple[Reliance, ...]:
    """Whom the provision of each theme rests on, for the themes that have any, fewest named
    first."""
    found = [_reliance(t) for t in record.themes if t.provision]
    return tuple(sorted(found, key=lambda r: (len(r.named) or 99, r.others)))


def _reliance(theme: Theme) -> Reliance:
    named = dict.fromkeys(o for line in theme.provision for o in line.organisations)
    return Reliance(theme.id, tuple(named), any(not line.organisations for line in theme.provision))
