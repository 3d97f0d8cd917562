"""Find anything in the record by its words: services, areas, themes, organisations, stages of the
pathway, what is said beside the themes, kinds of hub, documents and discrepancies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from provision.record import Record
from provision.schema.services import NOT_STATED, Service
from provision.schema.themes import Need, Theme
from provision.schema.topics import Topic, Undertaking

LONGEST = 100  # characters of a question that are looked at
MOST = 40  # things found
_ALIKE = 79  # how alike two words must be, of 100, to stand for one another
_WORD = re.compile(r"\w+")


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


@dataclass(frozen=True)
class Found:
    """Something found, with the passages that hold what was looked for; none where its title does.
    ``near`` tells that only words like those asked for were found."""

    thing: Thing
    passages: tuple[Passage, ...]
    near: bool = False


def find(record: Record, text: str) -> list[Found]:
    """What holds every word of a text, things named so first. Where nothing does, what is named
    with words much like them."""
    words = _words(text[:LONGEST])
    if not words:
        return []
    found = [f for thing in things(record) if (f := _match(thing, words))]
    found.sort(
        key=lambda f: (
            _title_rank(f.thing, words),
            list(Kind).index(f.thing.kind),
            f.thing.titles[0].casefold(),
        )
    )
    return found[:MOST] or _alike(record, words)


def _words(text: str) -> list[str]:
    return [w.casefold() for w in _WORD.findall(text)]


def _match(thing: Thing, words: list[str]) -> Found | None:
    """A thing holds a word where one of its own words begins with it. Every word must stand in a
    title or in a passage; the passages that hold all that its titles do not go before those that
    hold some of it."""
    if any(_holds(title, words) for title in thing.titles):
        return Found(thing, tuple(p for p in thing.passages if _holds(p.text, words)))
    left = [w for w in words if not any(_holds(title, [w]) for title in thing.titles)]
    said = {p: f"{p.label} {p.text}" for p in thing.passages}
    if not all(any(_holds(text, [w]) for text in said.values()) for w in left):
        return None
    whole = tuple(p for p, text in said.items() if _holds(text, left))
    return Found(
        thing, whole or tuple(p for p, text in said.items() if any(_holds(text, [w]) for w in left))
    )


def _holds(text: str, words: list[str]) -> bool:
    own = _words(text)
    return all(any(o.startswith(w) for o in own) for w in words)


def _title_rank(thing: Thing, words: list[str]) -> int:
    """0 where a title is what was asked for, 1 where it holds every word, 2 where only what is said
    of the thing does."""
    if any(_words(t) == words for t in thing.titles):
        return 0
    return 1 if any(_holds(t, words) for t in thing.titles) else 2


def _alike(record: Record, words: list[str]) -> list[Found]:
    from rapidfuzz import fuzz

    def rate(thing: Thing) -> float:
        """How alike the least alike of the words asked for is to one of the title's."""
        own = [o for title in thing.titles for o in _words(title)]
        return min(max((fuzz.ratio(w, o) for o in own), default=0.0) for w in words)

    rated = [(rate(thing), thing) for thing in things(record)]
    best = sorted((r for r in rated if r[0] >= _ALIKE), key=lambda r: (-r[0], r[1].titles[0]))
    return [Found(thing, (), near=True) for _, thing in best[:10]]


@lru_cache(maxsize=4)
def things(record: Record) -> tuple[Thing, ...]:
    """Everything in the record that can be found."""
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


def _of_service(service: Service) -> list[Passage]:
    """What is said of a service, by what it is about."""
    who = [service.provider, service.overseer, *service.commissioners]
    who += [partner.organisation for partner in service.partners]
    return [
        Passage("service", service.description),
        Passage("who", ", ".join(name for name in who if name)),
        Passage("model", service.model),
        Passage("for whom", service.eligibility.who),
        *(Passage("capacity", f"{f.what}: {f.value}") for f in service.capacity),
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
