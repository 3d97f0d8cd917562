"""Everything stated about one theme, one statement a row, with its reference."""

from __future__ import annotations

from typing import Any

from provision.record import Record
from provision.themes.partners import name_of


def theme_passages(record: Record, theme: str) -> list[dict[str, Any]]:
    """Everything stated about one theme, one statement a row, with its reference."""
    own = record.themes_by_id[theme]
    rows: list[dict[str, Any]] = [
        {"kind": "grade", "text": f"{own.grade.level}: {own.grade.reason}", "ref": own.grade.ref}
    ]
    rows += [
        {
            "kind": "need",
            "text": n.text,
            "qualifier": n.qualifier,
            "value": n.value,
            "unit": n.unit,
            "population": n.population,
            "date": n.date,
            "cited": n.cited,
            "ref": n.ref,
        }
        for n in own.need
    ]
    rows += [
        {
            "kind": "provision",
            "who": p.who,
            "text": p.what,
            "women_specific": p.women_specific,
            "geography": p.geography.value,
            "basis": p.basis,
            "ref": p.ref,
        }
        for p in own.provision
    ]
    targets = [record.targets_by_id[t] for t in own.targets]
    rows += [
        {
            "kind": "target",
            "text": t.outcome,
            "value": t.value,
            "unit": t.unit,
            "state": t.state,
            "services": " ".join(t.services),
            "ref": t.ref,
        }
        for t in targets
    ]
    rows += [
        {"kind": "feedback", "text": f.text, "tags": ", ".join(f.tags), "ref": f.ref}
        for f in own.feedback
    ]
    rows += [{"kind": "data gap", "text": g.text, "ref": g.ref} for g in own.data_gaps]
    rows += [
        {
            "kind": "next step",
            "text": s.text,
            "owner": s.owner,
            "step": s.kind.value,
            "cited": s.cited,
            "ref": s.ref,
        }
        for s in own.next_steps
    ]
    rows += [
        {"kind": "expert partner", "text": name_of(record, o), "ref": own.ref}
        for o in own.expert_partners
    ]
    columns = (
        "kind",
        "text",
        "qualifier",
        "value",
        "unit",
        "state",
        "population",
        "date",
        "cited",
        "who",
        "women_specific",
        "geography",
        "basis",
        "services",
        "tags",
        "owner",
        "step",
    )
    return [
        {
            **{c: row.get(c) if row.get(c) is not None else "" for c in columns},
            "reference": "; ".join(map(str, row["ref"])),
        }
        for row in rows
    ]
