"""The briefing as slides, eight to twelve: a finding as title over each figure, and in the notes
what to say with its sources."""

from __future__ import annotations

from pathlib import Path

from provision.links.query import Query
from provision.paper import brief
from provision.paper.slides import Deck
from provision.paper.tables import tables
from provision.paper.view import Kind
from provision.paper.views import describe, views
from provision.record import Record
from provision.text.wording import edition

_SHOWN = (
    *(Kind.COVERAGE, Kind.GAPS, Kind.CALENDAR, Kind.THEMES),
    *(Kind.SCENARIO, Kind.DIFFERENCE, Kind.THEN_AND_NOW),
)


def brief_pptx(record: Record, query: Query, template: Path | None = None) -> bytes:
    """The briefing on a view as PPTX, 16:9 or in an organisation's own ``template``. The same
    record, view and template give the same bytes."""
    deck = Deck(record, template)
    deck.opening(brief.title(record), [brief.dateline(record, query), record.file.region.caveat])
    said = {view: describe(record, view) for view in views(record, query) if view.kind in _SHOWN}
    deck.points("Summary", brief.findings(record, query, said), "", most=1)
    for view, told in said.items():
        deck.view(view, told)
    _unknown(deck, record, query)
    _sources(deck, record)
    return deck.save()


def _unknown(deck: Deck, record: Record, query: Query) -> None:
    disputes = [d for d in brief.disputes(tables(record, query)) if "counts" in d.touches]
    unstated = brief.not_stated(record, query)
    first = [line for line in unstated if line.startswith("Whether")]
    notes = [line for line in unstated if line not in first]
    notes += [f"{d.title}. {brief.statements(record, d)} {d.changes}" for d in disputes]
    deck.points(
        "What we do not know",
        [*first, *(f"{d.title}. {d.done_here}" for d in disputes)],
        "\n".join(["What is not stated is never counted as none, and never as covered.", *notes]),
        most=1,
    )


def _sources(deck: Deck, record: Record) -> None:
    documents = [f"{s.short_title}. {s.publisher}, {s.date}." for s in record.file.sources]
    publishers = dict.fromkeys(f"{i.source.publisher}, {i.date}." for i in record.indicators)
    origin = record.origin
    notes = [
        *(f"{s.title}: licence {s.licence}." for s in record.file.sources),
        *dict.fromkeys(
            brief.without_files(f"{i.source.title}. {i.source.attribution}")
            for i in record.indicators
        ),
        origin.attribution if origin else "The origin of the boundaries is not stated.",
        f"{edition(record)}.",
    ]
    deck.points("Sources", [*documents, *publishers], "\n".join(notes), most=1)
