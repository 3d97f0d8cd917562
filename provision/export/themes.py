"""Themes, what they have in common, partners and the pathway as rows for files. The forms of the
first two are stable."""

from __future__ import annotations

from datetime import date
from typing import Any

from provision.record import Record
from provision.schema.themes import Where
from provision.text.labels import GRADE_WORDS, REACH_WORDS
from provision.text.themes import (
    theme_heading,
)
from provision.themes.partners import links, name_of
from provision.themes.reach import (
    lines_with,
    overview,
    reach,
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
            "sentence": str(theme_heading(record, record.themes_by_id[theme], on)),
            "on": on.isoformat(),
        }
        for theme, row in ((str(i), row) for i, row in overview(record, on).iterrows())
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
