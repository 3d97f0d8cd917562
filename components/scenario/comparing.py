"""Scenarios beside one another."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from components.coverage.area_map import area_map
from components.page.markup import plain, show
from components.page.table import Cell, table
from components.scenario import changes
from components.scenario.flat_table import plain_table
from provision.english import listing
from provision.export.scenarios import comparison_table
from provision.links.query import Query
from provision.record import Record
from provision.scenarios.codes import Difference
from provision.scenarios.compare import LETTERS, Comparison, compare
from provision.symbology.scenarios import difference_drawn
from provision.text.comparisons import verdict
from provision.text.labels import (
    DIFFERENCE_WORDS,
)


def compare_controls(record: Record, query: Query) -> None:
    """Keep the scenario to compare with, or drop one that was kept."""
    with st.container(horizontal=True, key="keeping"):
        full = len(query.beside) >= 3
        st.button(
            "Keep this one to compare with",
            key="sc_keep",
            disabled=full,
            on_click=changes.keep_beside,
            args=(record,),
        )
        for place, scenario in enumerate(query.beside):
            label = f"Drop {'BCD'[place]}{f' ({scenario.name})' if scenario.name else ''}"
            st.button(
                plain(label),
                key=f"sc_drop_{place}",
                on_click=changes.drop_beside,
                args=(record, place),
            )


def compare_panel(record: Record, query: Query) -> Comparison | None:
    """The scenario as it is now (A) beside those that were kept: verdict, differences and all
    figures."""
    if not query.beside:
        show(
            "note.html",
            text=(
                "Keep this scenario, change it, and the two stand side by side here; up to four at"
                " once."
            ),
        )
        return None
    found = compare(record, [query.supposed(record), *query.beside])
    show("scenario_follows.html", sentences=verdict(found))
    _difference_maps(record, query, found)
    figures = comparison_table(found)
    rows: list[list[Cell]] = [
        [str(name), *(str(v) for v in row)]
        for name, row in zip(figures.index, figures.to_numpy().tolist(), strict=True)
    ]
    table("All figures, side by side", ["Figure", *found.names], rows, key="comparison")
    differences = [row for b in range(1, len(found.outcomes)) for row in _differences(found, b)]
    plain_table("Where they differ", differences, key="differences")
    return found


def _difference_maps(record: Record, query: Query, found: Comparison) -> None:
    """A map for each scenario that was kept: where it and the one on the screen differ."""
    maps = st.columns(len(query.beside), gap="small")
    for place, column in enumerate(maps, 1):
        with column:
            words = f"Where {LETTERS[0]} and {LETTERS[place]} differ"
            st.html(f"<h3>{words}</h3>")
            area_map(
                record,
                query,
                difference_drawn(found, place),
                words,
                on_choose=lambda: None,
                key=f"map-difference-{place}",
            )


def _differences(found: Comparison, b: int) -> Iterator[dict[str, str]]:
    """Rows of the table of differences between the first scenario and another."""
    series, by_code = found.difference(0, b), found.outcomes[0].record.by_code
    always = (Difference.ONLY_A, Difference.ONLY_B)
    for kind in (*always, Difference.UNSURE_A, Difference.UNSURE_B, Difference.REMOTE):
        names = [by_code[str(c)].name for c in series.index[series == kind]]
        if names or kind in always:
            yield {
                "between": f"A and {LETTERS[b]}",
                "covered": DIFFERENCE_WORDS[kind].format(a=LETTERS[0], b=LETTERS[b]),
                "where": listing(names) if names else "nowhere",
            }
