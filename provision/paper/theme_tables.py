"""The tables of themes."""

from __future__ import annotations

from datetime import date

from provision.paper.table import Table, unique_refs, yes
from provision.record import Record
from provision.text.labels import GRADE_WORDS, REACH_WORDS
from provision.text.themes import theme_heading, themes_heading
from provision.text.wording import as_at, reference_text
from provision.themes.reach import overview, reach


def themes_table(record: Record, on: date) -> Table:
    """Every theme, worst first: what the source says of provision, and how many areas contracts
    reach."""
    areas = record.file.region.areas.capitalize()
    columns = (
        *("Theme", "Grade given here to what the source says of provision", "Why"),
        *(f"{areas} with a contract and a target", f"{areas} with a contract, no target"),
        *(
            f"{areas} not stated",
            f"Provision all over {record.file.region.name}",
            "Provision with no area stated",
            "Figures of need",
        ),
        *("Statements of need", "Data gaps", "Next steps", "In a sentence", "Source"),
    )
    rows = [
        (
            row["title"],
            GRADE_WORDS[row["grade"]],
            record.themes_by_id[theme].grade.reason,
            *(len(row[name]) for name in ("with_target", "with_provision")),
            row["open"],
            *(yes(row[name]) for name in ("region_wide", "area_not_stated")),
            *(int(row[name]) for name in ("figures", "statements", "data_gaps", "next_steps")),
            str(theme_heading(record, record.themes_by_id[theme], on)),
            "; ".join(reference_text(record, ref) for ref in record.themes_by_id[theme].grade.ref),
        )
        for theme, row in ((str(i), row) for i, row in overview(record, on).iterrows())
    ]
    refs = unique_refs(*(t.grade.ref for t in record.themes))
    concern = record.discrepancies_touching(*record.themes_by_id)
    return Table(
        "Themes",
        f"Provision theme by theme, as at {as_at(record, on)}",
        str(themes_heading(record, on)),
        columns,
        tuple(rows),
        refs,
        concern,
    )


def reach_table(record: Record, on: date) -> Table:
    """Every area by every theme: what contracts say."""
    region = record.file.region
    cells = {theme.id: reach(record, theme.id, on)["reach"] for theme in record.themes}
    order = [a for a, counted in zip(record.areas, record.counted, strict=True) if counted]
    order += [a for a, counted in zip(record.areas, record.counted, strict=True) if not counted]
    rows = tuple(
        (a.code, a.name, *(REACH_WORDS[cells[t.id][a.code]] for t in record.themes)) for a in order
    )
    columns = ("Code", region.area.capitalize(), *(t.title for t in record.themes))
    sentence = (
        f"What contracts say of each {region.area} for each theme, as at {as_at(record, on)}."
        f" Provision without a {region.area} of its own is not here."
    )
    refs = unique_refs(
        *(t.ref for t in record.themes), *(s.service_area.ref for s in record.services)
    )
    return Table(
        f"Themes by {region.area}"[:31],
        f"Themes by {region.area}",
        sentence,
        columns,
        rows,
        refs,
        record.discrepancies_touching(*record.themes_by_id),
    )
