"""Everything stated about one theme, one statement a row, with its reference."""

from __future__ import annotations

from typing import Any

from provision.record import Record
from provision.schema.services import OutcomeTarget
from provision.schema.themes import Line, Need, Step
from provision.themes.partners import name_of

COLUMNS = (
    *("kind", "text", "qualifier", "value", "unit", "state", "population", "date", "cited"),
    *("who", "women_specific", "geography", "basis", "services", "tags", "owner", "step"),
)


def theme_passages(record: Record, theme: str) -> list[dict[str, Any]]:
    """Everything stated about one theme, one statement a row, with its reference."""
    own = record.themes_by_id[theme]
    grade = f"{own.grade.level}: {own.grade.reason}"
    rows: list[dict[str, Any]] = [
        {"kind": "grade", "text": grade, "ref": own.grade.ref},
        *map(_need, own.need),
        *map(_provision, own.provision),
        *(_target(record.targets_by_id[t]) for t in own.targets),
        *(
            {"kind": "feedback", "text": f.text, "tags": ", ".join(f.tags), "ref": f.ref}
            for f in own.feedback
        ),
        *({"kind": "data gap", "text": g.text, "ref": g.ref} for g in own.data_gaps),
        *map(_next_step, own.next_steps),
        *(
            {"kind": "expert partner", "text": name_of(record, o), "ref": own.ref}
            for o in own.expert_partners
        ),
    ]
    return [
        {
            **{c: row.get(c) if row.get(c) is not None else "" for c in COLUMNS},
            "reference": "; ".join(map(str, row["ref"])),
        }
        for row in rows
    ]


def _need(stated: Need) -> dict[str, Any]:
    return {
        "kind": "need",
        "text": stated.text,
        "qualifier": stated.qualifier,
        "value": stated.value,
        "unit": stated.unit,
        "population": stated.population,
        "date": stated.date,
        "cited": stated.cited,
        "ref": stated.ref,
    }


def _provision(stated: Line) -> dict[str, Any]:
    return {
        "kind": "provision",
        "who": stated.who,
        "text": stated.what,
        "women_specific": stated.women_specific,
        "geography": stated.geography.value,
        "basis": stated.basis,
        "ref": stated.ref,
    }


def _target(stated: OutcomeTarget) -> dict[str, Any]:
    return {
        "kind": "target",
        "text": stated.outcome,
        "value": stated.value,
        "unit": stated.unit,
        "state": stated.state,
        "services": " ".join(stated.services),
        "ref": stated.ref,
    }


def _next_step(stated: Step) -> dict[str, Any]:
    return {
        "kind": "next step",
        "text": stated.text,
        "owner": stated.owner,
        "step": stated.kind.value,
        "cited": stated.cited,
        "ref": stated.ref,
    }
