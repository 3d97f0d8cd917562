"""Themes, what they have in common, partners and the pathway as rows for files. The forms of the
first two are stable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from provision.record import Record
from provision.schema.themes import Where
from provision.text.labels import GRADE_WORDS, REACH_WORDS, TOGETHER_WORDS
from provision.text.themes import (
    every_theme_sentence,
    gap_sentence,
    lacking_sentence,
    together_headline,
)
from provision.themes.partners import links, name_of
from provision.themes.reach import (
    Together,
    intersection,
    lines_with,
    overview,
    reach,
    together,
    together_counts,
    women_together,
)

THEME_COLUMNS = (
    "id",
    "title",
    "grade",
    "reference",
    "areas_with_target",
    "areas",
    "region_wide",
    "area_not_stated",
)


def theme_json(record: Record, on: date) -> dict[str, Any]:
    """Every theme, worst first, in the stable form of ``python -m provision themes --format
    json``."""
    return {"themes": _themes(record, on)}


def _themes(record: Record, on: date) -> list[dict[str, Any]]:
    return [
        {
            "id": theme,
            "title": row["title"],
            "grade": row["grade"].value,
            "reference": "; ".join(map(str, record.themes_by_id[theme].grade.ref)),
            "areas_with_target": len(row["with_target"]),
            "areas": list(row["reached"]),
            "region_wide": row["region_wide"],
            "area_not_stated": row["area_not_stated"],
        }
        for theme, row in ((str(i), row) for i, row in overview(record, on).iterrows())
    ]


def theme_rows(record: Record, on: date) -> list[dict[str, Any]]:
    """The same as flat rows."""
    return [
        {
            **row,
            "areas": " ".join(row["areas"]),
            "region_wide": _yes(row["region_wide"]),
            "area_not_stated": _yes(row["area_not_stated"]),
        }
        for row in _themes(record, on)
    ]


def _yes(value: bool) -> str:
    return "true" if value else "false"


def theme_matrix_rows(record: Record, on: date) -> list[dict[str, Any]]:
    """Everything that the matrix of themes shows, with the generated sentence and the
    references."""
    return [
        {
            "id": theme,
            "title": row["title"],
            "grade": row["grade"].value,
            "grade_words": GRADE_WORDS[row["grade"]],
            "reason": record.themes_by_id[theme].grade.reason,
            "reference": "; ".join(map(str, record.themes_by_id[theme].grade.ref)),
            "figures_of_need": row["figures"],
            "statements_of_need": row["statements"],
            "targets": " ".join(row["targets"]),
            "areas_with_target": len(row["with_target"]),
            "areas_with_provision_without_target": len(row["with_provision"]),
            "areas_not_stated": row["open"],
            "region_wide": _yes(row["region_wide"]),
            "area_not_stated": _yes(row["area_not_stated"]),
            "feedback": row["feedback"],
            "data_gaps": row["data_gaps"],
            "next_steps": row["next_steps"],
            "sentence": gap_sentence(record, record.themes_by_id[theme], on),
            "on": on.isoformat(),
        }
        for theme, row in ((str(i), row) for i, row in overview(record, on).iterrows())
    ]


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


def reach_rows(record: Record, theme: str, on: date) -> list[dict[str, Any]]:
    """What contracts say of every area for a theme, as flat rows. ``theme_also_described`` is the
    theme's and the same in every row: the places other than a contract's areas where the source
    describes provision for it."""
    elsewhere = (
        "; ".join(
            where.value
            for where in Where
            if where is not Where.NAMED_IN_CONTRACT
            and lines_with(record.themes_by_id[theme], where)
        )
        or "nowhere"
    )
    return [
        {
            "theme": theme,
            "code": code,
            "name": row["name"],
            "reach": row["reach"].value,
            "in_words": REACH_WORDS[row["reach"]],
            "services": " ".join(row["services"]),
            "theme_also_described": elsewhere,
            "counted_as": record.file.region.area if row["counted"] else "other",
            "on": on.isoformat(),
        }
        for code, row in reach(record, theme, on).iterrows()
    ]


def all_reach_rows(record: Record, on: date) -> list[dict[str, Any]]:
    """:func:`reach_rows` of every theme."""
    return [row for theme in record.themes for row in reach_rows(record, theme.id, on)]


def intersect_json(record: Record, themes: Sequence[str], on: date) -> dict[str, Any]:
    """What several themes have in common, in the stable form of ``python -m provision intersect
    --format json``."""
    table = intersection(record, themes, on)
    codes, counts, women = together(table), together_counts(table), women_together(record, table)
    return {
        "on": on.isoformat(),
        "themes": list(themes),
        "counts": {_key(kind): len(codes[kind]) for kind in Together},
        "ranges": {_key(kind): [counts[kind].low, counts[kind].high] for kind in Together},
        **{_key(kind): codes[kind] for kind in Together},
        "women_from_age": record.file.region.scope_minimum_age,
        "women": {_key(kind): women[kind].total for kind in Together},
        "sentence": together_headline(record, themes, on),
        "lacking": lacking_sentence(record, themes, on),
        "every_theme": every_theme_sentence(record, on),
    }


def _key(kind: Together) -> str:
    return kind.value.replace(" ", "_")


def intersect_rows(record: Record, themes: Sequence[str], on: date) -> list[dict[str, Any]]:
    """Every area with how many of several themes a contract covers there, and for each theme what
    contracts say."""
    table = intersection(record, themes, on)
    cells = {t: reach(record, t, on)["reach"].to_dict() for t in themes}
    women = record.women_by_code(record.file.region.scope_minimum_age)
    return [
        {
            "code": code,
            "name": row["name"],
            "together": row["together"].value,
            "in_words": TOGETHER_WORDS[row["together"]],
            **{f"theme_{t}": cells[t][code].value for t in themes},
            f"women_{record.file.region.scope_minimum_age}_and_over": (
                "" if women[code] != women[code] else int(women[code])
            ),
            "counted_as": record.file.region.area if row["counted"] else "other",
            "on": on.isoformat(),
        }
        for code, row in ((str(c), r) for c, r in table.iterrows())
    ]


def partner_rows(record: Record) -> list[dict[str, Any]]:
    """Every tie between an organisation and a service or theme."""
    return [
        {
            "organisation": name_of(record, link.organisation),
            "tie": link.tie.value,
            "to": link.other,
            "what": link.text,
            "reference": "; ".join(map(str, link.refs)),
        }
        for link in links(record)
    ]


def pathway_rows(record: Record) -> list[dict[str, Any]]:
    """What everybody contributes, stage by stage."""
    return [
        {
            "stage": stage.id,
            "who": c.who,
            "what": c.what,
            "limit": c.limit,
            "state": c.state,
            "women_specific": c.women_specific,
            "geography": c.geography.value,
            "reference": "; ".join(map(str, c.ref)),
        }
        for stage in record.themes_file.pathway
        for c in stage.contributions
    ]
