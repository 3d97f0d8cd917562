"""What changed between two versions, as rows and as JSON."""

from __future__ import annotations

from typing import Any

from provision.exchange.diff import Difference
from provision.record import Record
from provision.schema.services import Reference
from provision.text.labels import STATUS_WORDS
from provision.text.versions import paragraph
from provision.text.wording import reference_text

PARTS = {
    "services": "contracted service",
    "region": "region",
    "areas_without_service": "areas without a service",
    "named_gaps": "named gap",
    "other_provision": "other provision",
    "outcome_targets": "outcome target",
    "discrepancies": "discrepancy",
    "sources": "source",
}


def area_rows(found: Difference) -> list[dict[str, Any]]:
    """The areas that changed: what became of them, both statuses, and the ids of services that went
    and came."""
    region = found.new.file.region
    return [
        {
            "code": a.code,
            "name": a.name,
            "counted_as": region.area if a.counted else "other",
            "change": a.change.value,
            "old": STATUS_WORDS[a.old],
            "new": STATUS_WORDS[a.new],
            "services_gone": " ".join(a.gone),
            "services_come": " ".join(a.come),
        }
        for a in found.areas
    ]


def field_rows(found: Difference) -> list[dict[str, Any]]:
    """The entries and fields that changed, old and new, each with where its version has it from."""
    return [
        {
            "part": PARTS[f.part],
            "entry": f.entry,
            "field": f.field or "(whole entry)",
            "change": f.change.value,
            "old": f.old,
            "new": f.new,
            "old_source": _sources(found.old, f.old_refs),
            "new_source": _sources(found.new, f.new_refs),
        }
        for f in found.fields
    ]


def field_lines(found: Difference) -> list[str]:
    """The same for people to read in a terminal: a line for what changed, and where the versions
    have it from."""
    lines = []
    for row in field_rows(found):
        what = f"{row['old'] or '(nothing)'} -> {row['new'] or '(nothing)'}"
        sources = "; ".join(dict.fromkeys(filter(None, (row["old_source"], row["new_source"]))))
        lines.append(
            f"{row['part']} {row['entry']}, {row['field']} {row['change']}:"
            f" {what}{f' [{sources}]' if sources else ''}"
        )
    return lines


def difference_json(found: Difference) -> dict[str, Any]:
    """All of it, in the stable form of ``python -m provision diff --format json``."""
    return {
        "paragraph": paragraph(found),
        "old": {"on": found.old_on.isoformat(), "data_version": found.old.version},
        "new": {"on": found.new_on.isoformat(), "data_version": found.new.version},
        "areas": area_rows(found),
        "fields": field_rows(found),
    }


def _sources(record: Record, refs: tuple[Reference, ...]) -> str:
    return "; ".join(reference_text(record, ref) for ref in refs)
