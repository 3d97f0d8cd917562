"""What can be found in a record, each with the passages that are said of it: services, areas,
themes, organisations, stages of the pathway, what is said beside the themes, kinds of hub,
documents and discrepancies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from provision.record import Record
from provision.schema.services import NOT_STATED, Figure, Service
from provision.schema.themes import Need, Theme
from provision.schema.topics import Topic, Undertaking


class Kind(StrEnum):
    """What can be found."""

    THEME = "theme"
    AREA = "area"
    SERVICE = "service"
    PROVISION = "other provision"
    ORGANISATION = "organisation"
    STAGE = "stage"
    TOPIC = "across all themes"
    AIM = "aim"
    TARGET = "outcome target"
    HUB_MODEL = "kind of hub"
    SOURCE = "document"
    DISCREPANCY = "discrepancy"


@dataclass(frozen=True)
class Passage:
    """A piece of text and what it is: ``consultation``, ``next step``."""

    label: str
    text: str


@dataclass(frozen=True)
class Thing:
    """Something that can be found: its titles (the first is shown) and what is said of it."""

    kind: Kind
    id: str
    titles: tuple[str, ...]
    passages: tuple[Passage, ...]


@lru_cache(maxsize=4)
def things(record: Record) -> tuple[Thing, ...]:
    """Everything in the record that can be found.

    Parameters
    ----------
    record : Record
        Where to look.

    Returns
    -------
    tuple of Thing
        Themes, areas, services, organisations, stages, topics, targets, documents and
        discrepancies, each in the order of the record.
    """
    return (
        *_themes(record),
        *_areas(record),
        *_services(record),
        *_organisations(record),
        *_stages(record),
        *_topics(record),
        *_targets(record),
        *_documents(record),
        *_discrepancies(record),
    )


def _themes(record: Record) -> list[Thing]:
    return [
        Thing(
            Kind.THEME,
            t.id,
            (t.title, t.id, *(v.name for v in t.variants)),
            tuple(_said(record, t)),
        )
        for t in record.themes
    ]


def _said(record: Record, theme: Theme) -> list[Passage]:
    return [
        *(Passage("target", record.targets_by_id[t].outcome) for t in theme.targets),
        *(Passage("need", _figure(n)) for n in theme.need),
        *(Passage("consultation", f.text) for f in theme.feedback),
        *(Passage("provision", f"{line.who}: {line.what}") for line in theme.provision),
        *(Passage("data gap", g.text) for g in theme.data_gaps),
        *(Passage("next step", s.text) for s in theme.next_steps),
    ]


def _figure(need: Need) -> str:
    """A point of need, with its figure and whom that is about."""
    value = (
        "" if need.value is None else f"{need.value:g}" if need.value != NOT_STATED else NOT_STATED
    )
    parts = (need.qualifier, value, need.unit, need.population)
    return " ".join([f"{need.text}:" if value else need.text, *(p for p in parts if p)])


def _areas(record: Record) -> list[Thing]:
    spellings: dict[str, list[str]] = {}
    for spelling, official in record.file.region.name_variants.items():
        spellings.setdefault(official, []).append(spelling)
    gaps = record.file.named_gaps
    return [
        Thing(
            Kind.AREA,
            a.code,
            (a.name, a.code, *spellings.get(a.name, ())),
            tuple(Passage("named gap", gap.text) for gap in gaps if a.name in gap.areas),
        )
        for a in record.areas
    ]


def _services(record: Record) -> list[Thing]:
    services = [
        Thing(Kind.SERVICE, s.id, (s.name, s.short_name), tuple(_of_service(s)))
        for s in record.services
    ]
    others = [
        Thing(
            Kind.PROVISION,
            o.id,
            (o.name,),
            (
                Passage("provision", o.description),
                Passage("who", f"{o.provider}, {o.commissioner}"),
            ),
        )
        for o in record.file.other_provision
    ]
    return services + others


def _capacity(figure: Figure) -> str:
    """A figure of a service's capacity, as sure as its source is."""
    if figure.value == NOT_STATED:
        return f"{figure.what}: {NOT_STATED}"
    value = f"{figure.value:,.1f}".removesuffix(".0")
    return f"{figure.what}: {f'{figure.qualifier} ' if figure.qualifier else ''}{value}"


def _of_service(service: Service) -> list[Passage]:
    """What is said of a service, by what it is about."""
    who = [service.provider, service.overseer, *service.commissioners]
    who += [partner.organisation for partner in service.partners]
    return [
        Passage("service", service.description),
        Passage("who", ", ".join(name for name in who if name)),
        Passage("model", service.model),
        Passage("for whom", service.eligibility.who),
        *(Passage("capacity", _capacity(f)) for f in service.capacity),
        *(Passage("money", f"{line.funder}: {line.amount}") for line in service.funding),
        *(Passage("referral", route) for route in service.referral_routes),
        *(Passage("partner", f"{p.organisation}: {p.role}") for p in service.partners),
    ]


def _organisations(record: Record) -> list[Thing]:
    return [
        Thing(Kind.ORGANISATION, o.id, (o.name, *o.variants), (Passage("organisation", o.line),))
        for o in record.organisations_file.organisations
    ]


def _stages(record: Record) -> list[Thing]:
    return [
        Thing(
            Kind.STAGE,
            s.id,
            (s.title, s.question),
            (
                Passage("answer", s.answer),
                *(Passage("contribution", f"{c.who}: {c.what}") for c in s.contributions),
                *(Passage("gap", g.text) for g in s.gaps),
            ),
        )
        for s in record.themes_file.pathway
    ]


def _topics(record: Record) -> list[Thing]:
    """What is said beside the themes: what cuts across them, commitments, investment, context and
    aims."""
    said = record.themes_file
    topics: list[Topic] = [*said.cross_cutting, *said.commitments, *said.investment, *said.context]
    aims = [
        Thing(Kind.AIM, a.id, (a.id.replace("-", " ").capitalize(),), (Passage("aim", a.text),))
        for a in said.aims
    ]
    return [Thing(Kind.TOPIC, t.id, (t.title,), tuple(_points(t))) for t in topics] + aims


def _points(topic: Topic) -> list[Passage]:
    who = [Passage("who", topic.who)] if isinstance(topic, Undertaking) else []
    return [*who, *(Passage("point", p.text) for p in topic.points)]


def _targets(record: Record) -> list[Thing]:
    """The targets that belong to no theme; the others are found with their theme."""
    own = {t for theme in record.themes for t in theme.targets}
    return [
        Thing(Kind.TARGET, t.id, (t.outcome,), ())
        for t in record.file.outcome_targets
        if t.id not in own and record.themes
    ]


def _documents(record: Record) -> list[Thing]:
    """Documents with what they add, and the kinds of hub that they speak of."""
    documents = [
        Thing(
            Kind.SOURCE,
            s.id,
            (s.short_title, s.title),
            (Passage("who", s.publisher), *(Passage("adds", a.says) for a in s.adds)),
        )
        for s in record.file.sources
    ]
    hubs = [
        Thing(Kind.HUB_MODEL, h.id, (h.name,), (Passage("kind of hub", h.description),))
        for h in record.file.hub_models
    ]
    return [*documents, *hubs]


def _discrepancies(record: Record) -> list[Thing]:
    return [
        Thing(
            Kind.DISCREPANCY,
            d.id,
            (d.title,),
            tuple(
                Passage("discrepancy", text)
                for text in (*(s.says for s in d.statements), d.done_here)
            ),
        )
        for d in record.discrepancies
    ]
