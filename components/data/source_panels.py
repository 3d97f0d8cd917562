"""The panels of the sources page."""

from __future__ import annotations

from components.page.markup import references, show
from provision.record import Record


def contents() -> None:
    """Links to the parts of the page."""
    parts = {
        "discrepancies-title": "Where the source disagrees with itself",
        "documents-title": "Documents",
        "figures-title": "Published figures and boundaries",
        "data-title": "The data as tables",
        "files-title": "Files",
        "check-title": "Check your own file",
        "versions-title": "Compare with another version",
        "accessibility-title": "Accessibility",
    }
    show("contents.html", parts=parts)


def accessibility_panel() -> None:
    """What is done so that everyone can use the pages, and what is missing."""
    show("accessibility.html")


def sources_panel(record: Record) -> None:
    """Every document and every published figure, with date and licence."""
    seen: dict[str, dict[str, str]] = {}
    for i in record.indicators:
        entry = seen.setdefault(
            i.source.title,
            {
                "title": i.source.title,
                "publisher": i.source.publisher,
                "date": i.source.date,
                "licence": i.source.licence,
                "attribution": i.source.attribution,
                "used": "",
            },
        )
        entry["used"] += ("; " if entry["used"] else "") + i.short_label
    show(
        "sources.html",
        documents=[
            {
                **{
                    k: getattr(s, k)
                    for k in ("id", "title", "publisher", "date", "licence", "note")
                },
                "adds": [{"says": a.says, "refs": references(record, a.ref)} for a in s.adds],
            }
            for s in record.file.sources
        ],
        hubs=[
            {
                **{k: getattr(h, k) for k in ("id", "name", "description", "reach_basis")},
                "reach": h.reach.value,
                "refs": references(record, h.ref),
            }
            for h in record.file.hub_models
        ],
        figures=list(seen.values()),
        origin=record.origin,
    )


def discrepancies_panel(record: Record) -> None:
    """Where the source disagrees with itself, what we do, and what it would change."""
    found = [
        {
            "id": d.id,
            "title": d.title,
            "statements": [
                {"says": s.says, "refs": references(record, s.ref)} for s in d.statements
            ],
            "done_here": d.done_here,
            "changes": d.changes,
        }
        for d in record.discrepancies
    ]
    show("discrepancies.html", discrepancies=found)
