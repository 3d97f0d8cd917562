"""The panels of the pages about themes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import streamlit as st

from components.coverage.panels import headline, women_source
from components.page.context import PageContext
from components.page.markup import address, link_to, references, render, show
from components.page.table import Cell, cell, link_cell, number_cell, table
from components.themes.matrix import GRADE_MARK
from provision.coverage.basis import Basis
from provision.coverage.need import women_in
from provision.coverage.status import ContractState, contract_state
from provision.english import listing, number
from provision.links.query import Query
from provision.record import Record
from provision.schema.services import NOT_STATED, OutcomeTarget
from provision.schema.themes import GradeLevel, Line, Theme, Where
from provision.text.labels import BASIS_WORDS, GRADE_WORDS, REACH_WORDS
from provision.text.themes import place_words, theme_why, who_words
from provision.text.wording import as_at, region_words, women_span, women_text
from provision.themes.reach import (
    LACKING,
    ThemeCoverage,
    lines_with,
    reach_counts,
    reach_in,
    reached,
    women_reached,
)


def theme_card(record: Record, query: Query) -> None:
    """The chosen theme: its grade with the reason, what contracts say, targets, and what stands
    beside the map."""
    st.html(
        _card(record, query.theme or "", contract_state(record, query.on), as_at(record, query.on))
    )


@lru_cache(maxsize=128)
def _card(record: Record, theme_id: str, when: ContractState, words: str) -> str:
    theme, region = record.themes_by_id[theme_id], record.file.region
    rows = reach_in(record, theme_id, when)
    counts, women = reach_counts(rows), women_reached(record, rows)
    return render(
        "theme_card.html",
        title=theme.title,
        region=region,
        age=region.scope_minimum_age,
        when=words,
        mark="none" if list(GradeLevel).index(theme.grade.level) < 2 else "",
        grade=f"{GRADE_MARK[theme.grade.level]} {GRADE_WORDS[theme.grade.level]}",
        reason=theme.grade.reason,
        reason_refs=references(record, theme.grade.ref),
        caution=theme.caution,
        rows=[
            {"label": REACH_WORDS[r].capitalize(), "count": n, "women": women_span(women[r], "–")}
            for r, n in counts.items()
            if n or r is ThemeCoverage.TARGET
        ],
        without=_without(record, rows),
        lacking=[
            _lacking(record, r, reached(rows, r))
            for r in (*LACKING, ThemeCoverage.NOT_STATED)
            if reached(rows, r)
        ],
        source=women_source(record),
        targets=[target_words(record, record.targets_by_id[t]) for t in theme.targets],
    )


def beside_map(record: Record, query: Query) -> None:
    """The chosen theme's provision that no map can colour, by how far the source says where."""
    st.html(_beside(record, query.theme or ""))


@lru_cache(maxsize=64)
def _beside(record: Record, theme_id: str) -> str:
    theme = record.themes_by_id[theme_id]
    titles = {
        Where.REGION_WIDE: f"◍ {record.file.region.name}-wide",
        Where.AREA_NOT_STATED: "? Area not stated",
        Where.NAMED_SITE: "▣ At a named site",
    }
    return render(
        "theme_beside.html",
        groups=[
            {"title": title, "lines": _lines(record, lines_with(theme, where))}
            for where, title in titles.items()
        ],
    )


def _without(record: Record, rows: Any) -> str:
    """How many areas are without a contract for the theme, and for how many it is not stated."""
    counts, region = reach_counts(rows), record.file.region
    n, opened = sum(counts[r] for r in LACKING), counts[ThemeCoverage.NOT_STATED]
    rest = f"; for {number(opened)} it is not stated" if opened else ""
    return (
        f"Without a contract for it: {number(n)} {region.area if n == 1 else region.areas}{rest}."
    )


def _lacking(record: Record, kind: ThemeCoverage, codes: list[str]) -> str:
    return f"{REACH_WORDS[kind].capitalize()}: {listing(record.by_code[c].name for c in codes)}."


def target_words(record: Record, target: OutcomeTarget) -> dict[str, str]:
    """A target as the cards and the pathway show it."""
    value = (
        NOT_STATED
        if target.value == NOT_STATED
        else f"{target.value:g} {target.unit or ''}".strip()
    )
    names = listing(record.services_by_id[s].short_name for s in target.services)
    return {
        "text": f"{target.outcome[0].upper()}{target.outcome[1:]}",
        "value": value if target.state == "set" else f"{value} ({target.state})",
        "services": names,
        "note": target.note or "",
        "refs": references(record, target.ref),
    }


def _lines(record: Record, lines: Iterable[Line]) -> list[dict[str, str]]:
    return [
        {"who": who_words(line), "what": line.what, "refs": references(record, line.ref)}
        for line in lines
    ]


def theme_area_card(record: Record, query: Query, themes: Sequence[str]) -> None:
    """Why the chosen area has its place on the map of one or several themes."""
    if not query.area:
        return
    sentences = [
        s
        for t in themes
        for s in theme_why(record, record.themes_by_id[t], query.area, query.on)[
            : 1 if len(themes) > 1 else None
        ]
    ]
    women = women_in(record, [query.area], record.file.region.scope_minimum_age)
    show(
        "theme_area.html",
        area=record.by_code[query.area],
        link=link_to("borough", f"All about {record.by_code[query.area].name}", area=query.area),
        why=[{"text": s.text, "refs": references(record, s.refs)} for s in sentences],
        women=f"Living here: {women_text(women, record.file.region)}.",
    )


def reach_table(record: Record, query: Query) -> None:
    """Every area with what contracts say of it for the chosen theme: the map's twin in words."""
    region, theme = record.file.region, record.themes_by_id[query.theme or ""]
    columns = [
        region.area.capitalize(),
        "By contract",
        "Services",
        "Firmest basis there",
        f"All women {region.scope_minimum_age}+ living there",
    ]
    rows = _reach_cells(record, theme.id, contract_state(record, query.on))
    table(
        f"{theme.title}: the map as a table, as at {as_at(record, query.on)}",
        columns,
        rows,
        key="reach-table",
    )


@lru_cache(maxsize=128)
def _reach_cells(record: Record, theme: str, when: ContractState) -> list[list[Cell]]:
    women = record.women_by_code(record.file.region.scope_minimum_age)
    rows = reach_in(record, theme, when).sort_values("counted", ascending=False, kind="stable")
    return [
        [
            link_cell(row["name"], address("borough", area=str(code))),
            cell(
                REACH_WORDS[row["reach"]].capitalize(),
                list(ThemeCoverage).index(row["reach"]),
                reach_kind(row["reach"]),
            ),
            (
                listing(record.services_by_id[i].short_name for i in row["services"])
                if row["services"]
                else "–"
            ),
            _basis_words(record, record.themes_by_id[theme], row),
            number_cell(women[str(code)]),
        ]
        for code, row in zip(rows.index, rows.to_dict("records"), strict=True)
    ]


def _basis_words(record: Record, theme: Theme, row: Any) -> str:
    """The firmest basis that a theme has in an area. What no contract and no line of provision
    speaks of is not *none*."""
    if row["basis"] is Basis.REGION_WIDE:
        return place_words(record, Where.REGION_WIDE)
    if row["basis"] is not Basis.NONE:
        return BASIS_WORDS[row["basis"]]
    if row["reach"] is ThemeCoverage.NOT_STATED:
        return NOT_STATED
    return "no contract for it there" if theme.provision else "no provision described"


def reach_kind(kind: ThemeCoverage) -> str | None:
    """The look of a cell that says how far a theme reaches."""
    return {
        ThemeCoverage.NONE: "none",
        ThemeCoverage.NOT_STATED: "not_stated",
        ThemeCoverage.LAPSED: "lapsed",
    }.get(kind)


def themes_here(record: Record, query: Query) -> None:
    """Every theme with what contracts say of the chosen area."""
    code, when = query.area or "", contract_state(record, query.on)
    if not record.themes:
        return
    rows: list[list[Cell]] = []
    for theme in record.themes:
        row = reach_in(record, theme.id, when).loc[code]
        rows.append(
            [
                link_cell(theme.title, address("themes", theme=theme.id)),
                cell(
                    REACH_WORDS[row["reach"]].capitalize(),
                    list(ThemeCoverage).index(row["reach"]),
                    reach_kind(row["reach"]),
                ),
                (
                    listing(record.services_by_id[i].short_name for i in row["services"])
                    if row["services"]
                    else "–"
                ),
                "; ".join(_beside_words(record, theme)) or "–",
            ]
        )
    columns = ["Theme", "By contract", "Services", "Beside the contracts"]
    table(
        f"{record.by_code[code].name}, theme by theme, as at {as_at(record, query.on)}",
        columns,
        rows,
        key="themes-here",
    )


def _beside_words(record: Record, theme: Theme) -> list[str]:
    wide, nowhere = lines_with(theme, Where.REGION_WIDE), lines_with(theme, Where.AREA_NOT_STATED)
    return [f"{record.file.region.name}-wide"] * bool(wide) + ["area not stated"] * bool(nowhere)


def no_themes(context: PageContext, what: str = "theme by theme") -> None:
    """What the pages about themes say of a region whose record has none."""
    headline(
        context,
        f"The record of {region_words(context.record)} says nothing {what}",
        "That is not stated, which is not the same as none. It would be read from themes.yaml"
        " beside"
        " the services file.",
    )
