"""A theme in full: evidence of need, what was said in consultation, provision line by line,
targets, next steps, experts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import streamlit as st

from components.page.markup import references, render
from components.themes.panels import target_words
from provision.english import listing
from provision.links.query import Query
from provision.record import Record
from provision.schema.services import NOT_STATED, Reference
from provision.schema.themes import Feedback, Line, Need, Step, Theme, Where
from provision.schema.topics import Topic, Undertaking
from provision.text.themes import (
    place_words,
    who_words,
)
from provision.themes.partners import name_of


def theme_detail(record: Record, query: Query) -> None:
    """Everything that the record holds of the chosen theme."""
    st.html(_detail(record, query.theme or ""))


@lru_cache(maxsize=64)
def _step(record: Record, step: Step, shared: str) -> dict[str, Any]:
    return {
        "text": step.text,
        "kind": step.kind.value,
        "owner": step.owner,
        "refs": _own(record, step.ref, shared),
    }


def _feedback(record: Record, said: Feedback, shared: str) -> dict[str, Any]:
    return {
        "text": said.text,
        "tags": [t.value for t in said.tags],
        "refs": _own(record, said.ref, shared),
    }


_PARTS = {
    "need-title": "Need",
    "feedback-title": "Consultation",
    "provision-title": "Provision",
    "steps-title": "Next steps",
    "experts-title": "Expert partners",
    "gaps-title": "What is not known",
    "related-title": "Related",
}


def _detail(record: Record, theme_id: str) -> str:
    theme = record.themes_by_id[theme_id]
    shared = {
        "need": _shared(record, theme.need),
        "feedback": _shared(record, theme.feedback),
        "steps": _shared(record, theme.next_steps),
        "data_gaps": _shared(record, theme.data_gaps),
        "experts": references(record, theme.ref),
    }
    return render(
        "theme_detail.html",
        parts=_PARTS,
        sources=shared,
        figures=[_figure(record, n) for n in theme.need if n.is_figure],
        statements=[
            {"text": n.text, "cited": n.cited, "refs": _own(record, n.ref, shared["need"])}
            for n in theme.need
            if not n.is_figure
        ],
        feedback=[_feedback(record, f, shared["feedback"]) for f in theme.feedback],
        provision=_provision(record, theme),
        no_provision=theme.grade.reason,
        steps=[_step(record, s, shared["steps"]) for s in theme.next_steps],
        experts=[
            {"id": o, "name": name_of(record, o), "line": record.organisations_by_id[o].line}
            for o in theme.expert_partners
        ],
        data_gaps=[
            {"text": g.text, "refs": _own(record, g.ref, shared["data_gaps"])}
            for g in theme.data_gaps
        ],
        related=[record.themes_by_id[t] for t in theme.related],
        variants=[{"name": v.name, "refs": references(record, v.ref)} for v in theme.variants],
        discrepancies=record.discrepancies_touching(theme.id, *theme.targets),
    )


def _shared(record: Record, entries: Iterable[Any]) -> str:
    """The reference of a list, where all entries have the same; then it is given once."""
    refs = {e.ref for e in entries}
    return references(record, next(iter(refs))) if len(refs) == 1 else ""


def _own(record: Record, refs: tuple[Reference, ...], shared: str) -> str:
    return "" if shared else references(record, refs)


def _figure(record: Record, need: Need) -> dict[str, str | None]:
    return {
        "text": f"{need.text[0].upper()}{need.text[1:]}",
        "value": figure_value(need),
        "population": need.population,
        "date": need.date,
        "cited": need.cited,
        "refs": references(record, need.ref),
    }


def figure_value(need: Need) -> str:
    """A figure with its unit and what limits it.

    A whole number is written without decimals; pounds stand before the number.
    """
    if need.value is None or need.value == NOT_STATED:
        return NOT_STATED
    value = f"{need.value:,.0f}" if float(need.value).is_integer() else f"{need.value:,}"
    unit = need.unit or ""
    said = (
        f"£{value}{unit.removeprefix('GBP')}"
        if unit.startswith("GBP")
        else f"{value} {unit}".strip()
    )
    return f"{need.qualifier} {said}" if need.qualifier else said


def _provision(record: Record, theme: Theme) -> list[dict[str, str]]:
    return [
        {
            "who": who_words(line),
            "what": line.what,
            "women_specific": line.women_specific,
            "where": _where(record, line),
            "basis": line.basis,
            "refs": references(record, line.ref),
        }
        for line in theme.provision
    ]


def _where(record: Record, line: Line) -> str:
    names = [
        record.services_by_id[s].short_name for s in line.services if s in record.services_by_id
    ]
    words = place_words(record, line.geography)
    return (
        f"{words} of {listing(names)}"
        if names and line.geography is Where.NAMED_IN_CONTRACT
        else words
    )


def cross_cutting_panel(record: Record) -> None:
    """What cuts across all themes, what the source aims at, who commits to what, what is said of
    investment, and the context."""
    said = record.themes_file
    if said.cross_cutting or said.aims or said.commitments or said.investment or said.context:
        st.html(_cross_cutting(record))


def _topic(record: Record, topic: Topic) -> dict[str, Any]:
    """A topic as a card: its points, who is to act or who says so, and its references, each
    once."""
    refs = tuple(dict.fromkeys(ref for point in topic.points for ref in point.ref))
    own = [f"Basis: {topic.basis}."] if topic.basis else []
    if isinstance(topic, Undertaking):
        by = f", {topic.by}" if topic.by else ""
        own.append(f"{topic.who}: {topic.state}{by}.")
    return {
        "id": topic.id,
        "title": topic.title,
        "points": topic.points,
        "about": " ".join(own),
        "refs": references(record, refs),
    }


@lru_cache(maxsize=4)
def _cross_cutting(record: Record) -> str:
    said = record.themes_file
    own = {t for theme in record.themes for t in theme.targets}
    targets = [target_words(record, t) for t in record.file.outcome_targets if t.id not in own]
    return render(
        "cross_cutting.html",
        areas=[_topic(record, c) for c in said.cross_cutting],
        targets=targets,
        aims=[
            {"id": a.id, "text": a.text, "by": a.by, "refs": references(record, a.ref)}
            for a in said.aims
        ],
        parts={
            "What signatories commit to": [_topic(record, c) for c in said.commitments],
            "Investment and sustainability": [_topic(record, i) for i in said.investment],
            "Context": [_topic(record, c) for c in said.context],
        },
    )
