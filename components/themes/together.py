"""The panels of several themes taken together."""

from __future__ import annotations

from typing import Any

from components.coverage.panels import women_source
from components.page.markup import address, show
from components.page.table import Cell, cell, link_cell, number_cell, table
from components.themes.panels import reach_kind
from provision.coverage.status import contract_state
from provision.english import FEW, listing, number
from provision.links.query import Query
from provision.record import Record
from provision.text.headings import Heading
from provision.text.labels import REACH_WORDS, TOGETHER_WORDS
from provision.text.together import (
    beside_sentences,
    every_theme_heading,
    lacking_sentence,
    together_heading,
)
from provision.text.wording import as_at, women_span
from provision.themes.reach import ThemeCoverage, reach_in
from provision.themes.together import (
    Together,
    intersection,
    together,
    together_counts,
    women_together,
)


def together_words(
    record: Record, query: Query, themes: tuple[str, ...]
) -> tuple[Heading, str | None]:
    """The headline of the page, and the note below it; ``themes`` are those shown."""
    if query.themes:
        return together_heading(record, themes, query.on), None
    note = "Choose themes to see where they meet."
    if themes:
        many = len(themes)
        note = f"Shown: all {many} themes that contracts name. Choose themes to compare them."
    return every_theme_heading(record, query.on), note


def together_card(record: Record, query: Query, themes: tuple[str, ...]) -> None:
    """How many areas and women contracts for all, some or none of the themes reach; what is
    lacking; what is not on the map."""
    region, rows = record.file.region, intersection(record, themes, query.on)
    counts, women = together_counts(rows), women_together(record, rows)
    show(
        "together.html",
        region=region,
        when=as_at(record, query.on),
        n=len(themes),
        total=int(record.counted.sum()),
        age=region.scope_minimum_age,
        rows=[
            {
                "label": TOGETHER_WORDS[k].capitalize(),
                "count": str(counts[k]),
                "women": women_span(women[k], "–"),
            }
            for k in Together
        ],
        lacking=lacking_sentence(record, themes, query.on),
        some=_some_lacking(record, rows),
        beside=beside_sentences(record, themes),
        every=str(every_theme_heading(record, query.on)),
        cautions=[
            {"title": record.themes_by_id[t].title, "text": record.themes_by_id[t].caution}
            for t in themes
            if record.themes_by_id[t].caution
        ],
        source=women_source(record),
    )


def _some_lacking(record: Record, rows: Any) -> list[str]:
    """The areas where every contract has ended, and those with a contract for some of the themes,
    by what they lack."""
    ended = [record.by_code[code].name for code in together(rows)[Together.LAPSED]]
    groups: dict[tuple[str, ...], list[str]] = {}
    for code in together(rows)[Together.SOME]:
        groups.setdefault(rows.at[code, "lack"], []).append(record.by_code[code].name)
    lapsed = [f"Lapsed: {listing(ended)}."] if ended else []
    return lapsed + [
        f"{listing(names)} {'lacks' if len(names) == 1 else 'lack'} {_themes_of(record, lack)} and"
        f" {'has' if len(names) == 1 else 'have'} the rest."
        for lack, names in groups.items()
    ]


def _themes_of(record: Record, themes: tuple[str, ...]) -> str:
    return (
        listing(f"“{record.themes_by_id[t].title}”" for t in themes)
        if len(themes) <= FEW
        else f"{number(len(themes))} of the themes"
    )


def together_table(record: Record, query: Query, themes: tuple[str, ...]) -> None:
    """Every area by every one of the themes: the map's twin in words."""
    region, rows = record.file.region, intersection(record, themes, query.on)
    cells = {
        t: reach_in(record, t, contract_state(record, query.on))["reach"].to_dict() for t in themes
    }
    women = record.women_by_code(region.scope_minimum_age)
    lines: list[list[Cell]] = []
    for code, row in rows.sort_values("counted", ascending=False, kind="stable").iterrows():
        own = [
            cell(
                REACH_WORDS[cells[t][code]].capitalize(),
                list(ThemeCoverage).index(cells[t][code]),
                reach_kind(cells[t][code]),
            )
            for t in themes
        ]
        total = cell(
            TOGETHER_WORDS[row["together"]].capitalize(), list(Together).index(row["together"])
        )
        lines.append(
            [
                link_cell(row["name"], address("borough", area=str(code))),
                total,
                *own,
                number_cell(women[str(code)]),
            ]
        )
    columns = [
        region.area.capitalize(),
        "Together",
        *(record.themes_by_id[t].title for t in themes),
        f"All women {region.scope_minimum_age}+ living there",
    ]
    table(
        f"The map as a table, as at {as_at(record, query.on)}", columns, lines, key="together-table"
    )
