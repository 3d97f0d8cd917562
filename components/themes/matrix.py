"""The matrix of themes: a row for each theme, with what is said of it."""

from __future__ import annotations

from functools import lru_cache

from components.page.markup import address
from components.page.table import Cell, cell, link_cell, number_cell, table
from provision.coverage.status import ContractState, contract_state
from provision.links.query import Query
from provision.record import Record
from provision.schema.themes import GradeLevel
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
    GradeLevel.TARGET_OR_PROVISION: "no shortage reported",
}


def theme_matrix(record: Record, query: Query) -> None:
    """Every theme by what is known of it, worst first."""
    areas = record.file.region.areas.capitalize()
    columns = ["Theme", "Provision", areas, "Targets", "Evidence of need", "Next steps"]
    caption = (
        f"The {len(record.themes)} themes, worst first ({as_at(record, query.on)})."
        f" {areas}: reached by a contract. Evidence of need: figures + statements."
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
                cell(
                    by_contract if row["reached"] else _unplaced(record, str(theme)),
                    len(row["reached"]),
                ),
                cell(str(len(row["targets"])) if row["targets"] else "– none", len(row["targets"])),
                cell(_evidence(row["figures"], row["statements"]), row["figures"], None),
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
        else "cannot be mapped"
    )


def _evidence(figures: int, statements: int) -> str:
    return f"{figures} + {statements}"
