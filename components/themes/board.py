"""All themes as one picture: a column for each grade of provision, worst first, so that little or
nothing is seen at a glance. The table below it says the same."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from components.page.markup import render
from components.themes.matrix import GRADE_MARK
from provision.coverage.status import ContractState, contract_state
from provision.links.query import Query
from provision.record import Record
from provision.schema.themes import GradeLevel
from provision.text.labels import GRADE_WORDS
from provision.text.themes import reach_words
from provision.themes.reach import overview_in


def theme_board(record: Record, query: Query) -> None:
    """Every theme in the column of its grade, with how many areas contracts reach."""
    st.html(_board(record, contract_state(record, query.on)))


@lru_cache(maxsize=64)
def _board(record: Record, when: ContractState) -> str:
    rows = overview_in(record, when)
    total = int(record.counted.sum())
    columns = [
        {
            "title": GRADE_WORDS[grade].capitalize(),
            "kind": grade.value,
            "mark": GRADE_MARK[grade],
            "themes": [
                {"id": str(theme), "title": row["title"], **_reach(record, row, total)}
                for theme, row in rows[rows["grade"] == grade].to_dict("index").items()
            ],
        }
        for grade in GradeLevel
    ]
    return render(
        "theme_board.html",
        title="Themes by how much provision is described, least first",
        columns=columns,
        note=(
            f"Bars: {record.file.region.areas} that a contract for the theme reaches. No shortage"
            " reported: there may still be one."
        ),
    )


def _reach(record: Record, row: dict[Any, Any], total: int) -> dict[str, Any]:
    return {
        "share": round(100 * len(row["reached"]) / total) if total else 0,
        "reach": reach_words(record, row),
    }
