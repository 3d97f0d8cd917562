"""Themes by area: the grid, and the same as a table."""

from __future__ import annotations

from typing import Any

from components.coverage.area_map import send_outlines
from components.page.markup import address
from components.page.scripts import component
from components.page.table import Cell, link_cell, number_cell, table
from provision.coverage.status import contract_state
from provision.links.query import Query
from provision.record import Record
from provision.symbology.themes import small_maps
from provision.text.labels import REACH_WORDS
from provision.text.themes import reach_words
from provision.text.wording import as_at
from provision.themes.reach import ThemeCoverage, overview, reach_counts, reach_in

_grid = component("provision_theme_grid", "themeGrid")


def theme_grid(record: Record, query: Query) -> None:
    """Small maps of all themes under one legend, worst first."""
    send_outlines(record, "grid")
    data = {
        **grid_cells(record, query),
        "outlines": record.version,
        "view": query.view,
        "stamp": f"{record.version} {query.link(record)}",
    }
    _grid(key="grid", data=data)


def grid_cells(record: Record, query: Query) -> dict[str, Any]:
    """The small maps as data: ``classes`` for the legend, and ``maps`` with what is said of each
    theme and the class of every area."""
    rows = overview(record, query.on)
    order = [str(t) for t in rows.index]
    drawn = small_maps(record, query, order)
    cells = [
        {
            "id": t,
            "title": rows.at[t, "title"],
            "go": address("themes", theme=str(t)),
            "said": reach_words(record, rows.loc[t].to_dict()),
            "badges": _badges(record, rows.loc[t].to_dict()),
            "areas": drawn["cells"][t],
        }
        for t in order
    ]
    return {"classes": drawn["classes"], "maps": cells}


def _badges(record: Record, row: dict[Any, Any]) -> list[str]:
    return [f"◍ {record.file.region.name}-wide"] * row["region_wide"] + ["? area not stated"] * row[
        "area_not_stated"
    ]


def grid_table(record: Record, query: Query) -> None:
    """The small maps as a table: every theme by how many areas of each kind."""
    rows: list[list[Cell]] = []
    for t, row in overview(record, query.on).iterrows():
        counts = reach_counts(reach_in(record, str(t), contract_state(record, query.on)))
        badges = "; ".join(b[2:] for b in _badges(record, row.to_dict())) or "–"
        rows.append(
            [
                link_cell(row["title"], address("themes", theme=str(t))),
                *(number_cell(counts[r]) for r in ThemeCoverage),
                badges,
            ]
        )
    columns = ["Theme", *(REACH_WORDS[r].capitalize() for r in ThemeCoverage), "Beside the map"]
    table(
        f"The small maps as a table: {record.file.region.areas} of each kind, as at"
        f" {as_at(record, query.on)}",
        columns,
        rows,
        key="grid-table",
    )
