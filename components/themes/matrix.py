"""The matrix of themes: a row for each theme, with what is said of it."""

from __future__ import annotations

from functools import lru_cache

from components.page.markup import address
from components.page.table import Cell, cell, link_cell, number_cell, table
from provision.coverage.status import ContractState, contract_state
from provision.links.query import Query
from provision.record import Record
from provision.schema.services import NOT_STATED
from provision.schema.themes import GradeLevel
from provision.text.labels import UNMET_WORDS
from provision.text.wording import as_at
from provision.themes.reach import carriers, overview_in

GRADE_MARK = {
    GradeLevel.NONE_DESCRIBED: "○○○○",
    GradeLevel.LITTLE_OR_NONE: "●○○○",
    GradeLevel.SIGNIFICANT_UNMET_NEED: "●●○○",
    GradeLevel.LIMITED_OR_INSUFFICIENT: "●●●○",
    GradeLevel.TARGET_OR_PROVISION: "●●●●",
}
_GRADE_BRIEF = {
    GradeLevel.NONE_DESCRIBED: "none described",
    GradeLevel.LITTLE_OR_NONE: "little or none",
    GradeLevel.SIGNIFICANT_UNMET_NEED: "unmet need likely",
    GradeLevel.LIMITED_OR_INSUFFICIENT: "limited or insufficient",
    GradeLevel.TARGET_OR_PROVISION: "no shortage named",
}


def theme_matrix(record: Record, query: Query) -> None:
    """Every theme by what is known of it, worst first."""
    columns = [
        "Theme",
        "Provision",
        "Need",
        "Targets",
        f"{record.file.region.areas.capitalize()}",
        f"{record.file.region.name}-wide",
    ]
    columns += ["Area not stated", "Unmet need", "Data gaps", "Said", "Steps"]
    caption = (
        f"The {len(record.themes)} themes, worst first, as at {as_at(record, query.on)}. ○○○○:"
        " nothing described; ●●●●: no shortage named, which does not mean "
    )
    caption += (
        f"enough. {record.file.region.areas.capitalize()}: reached by a contract. Need: figures +"
        " statements. Said: in consultation."
    )
    table(
        caption,
        columns,
        _matrix(record, contract_state(record, query.on)),
        key="themes-matrix",
        compact=True,
    )


@lru_cache(maxsize=64)
def _matrix(record: Record, when: ContractState) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for theme, row in overview_in(record, when).iterrows():
        place = list(GradeLevel).index(row["grade"])
        by_contract = f"{len(row['reached'])}" + (
            ", no target" if row["with_provision"] and not row["with_target"] else ""
        )
        rows.append(
            [
                link_cell(row["title"], address("themes", theme=str(theme))),
                cell(
                    f"{GRADE_MARK[row['grade']]} {_GRADE_BRIEF[row['grade']]}",
                    place,
                    "none" if place < 2 else None,
                ),
                cell(_evidence(row["figures"], row["statements"]), row["figures"], None),
                cell(str(len(row["targets"])) if row["targets"] else "– none", len(row["targets"])),
                cell(
                    by_contract if row["reached"] else _unplaced(record, str(theme)),
                    len(row["reached"]),
                ),
                cell("◍ yes" if row["region_wide"] else "–", int(row["region_wide"])),
                cell("? yes" if row["area_not_stated"] else "–", int(row["area_not_stated"])),
                cell(
                    UNMET_WORDS[row["grade"]],
                    place,
                    "unstated" if UNMET_WORDS[row["grade"]] == NOT_STATED else None,
                ),
                number_cell(row["data_gaps"]),
                number_cell(row["feedback"]),
                number_cell(row["next_steps"]),
            ]
        )
    return rows


def _unplaced(record: Record, theme: str) -> str:
    """What to say where no active contract reaches any area: there was one, or none can be
    placed."""
    return (
        "0, ended or not begun"
        if carriers(record, record.themes_by_id[theme]).ids
        else "none placed"
    )


def _evidence(figures: int, statements: int) -> str:
    return f"{figures} + {statements}"
