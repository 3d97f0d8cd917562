"""The data itself: as tables on the page and as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from components.page.table import Cell, cell, number_cell, table
from provision.coverage.basis import Basis, basis
from provision.export import coverage as export
from provision.export import themes as theme_export
from provision.export import writing
from provision.links.query import Query
from provision.record import Record
from provision.schema.services import json_schema
from provision.text.labels import BASIS_WORDS

Given = tuple[str, str, str, Callable[[], str | bytes]]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Rows = list[dict[str, Any]]
_BASIS_MARK = {
    Basis.NAMED: "●",
    Basis.LISTED: "◐",
    Basis.REGION_WIDE: "◍",
    Basis.NAMED_SITE: "▣",
    Basis.AREA_NOT_STATED: "?",
    Basis.NONE: "–",
}


def data_tables(record: Record) -> None:
    """The figures of every area, and the basis of every service-area cell, as tables."""
    area = record.file.region.area.capitalize()
    figures: list[list[Cell]] = []
    for a in record.areas:
        values = [record.figures.at[a.code, i.id] for i in record.indicators]
        cells = [
            number_cell(v, i.decimals) if i.kind == "number" else (v or "not stated")
            for v, i in zip(values, record.indicators, strict=True)
        ]
        figures.append([a.name, cell(a.code, a.code, "code"), *cells])
    st.html('<h2 id="data-title">The data as tables</h2>')
    table(
        f"Figures for every {area.lower()}",
        [area, "Code", *(i.short_label for i in record.indicators)],
        figures,
        key="all-figures",
    )
    rows: list[list[Cell]] = []
    cells = basis(record)
    for code in record.codes:
        own = [cells.at[code, s.id] for s in record.services]
        rows.append(
            [
                record.by_code[code].name,
                *(cell(f"{_BASIS_MARK[b]} {BASIS_WORDS[b]}", BASIS_WORDS[b]) for b in own),
            ]
        )
    table(
        "What every cell of the coverage table rests on",
        [area, *(s.short_name for s in record.services)],
        rows,
        key="basis",
    )


def data_files(record: Record, query: Query) -> None:
    """Everything as files. What a button gives is made when it is pressed."""
    files = record.files
    on = query.on.isoformat()
    stem = f"coverage-{on}-{record.version}"
    given: list[Given] = [
        (
            "Services (YAML)",
            files.services.name,
            "text/yaml",
            lambda: record.contents[files.services],
        ),
        (
            "Boundaries (GeoJSON)",
            files.boundaries.name,
            "application/geo+json",
            lambda: record.contents[files.boundaries],
        ),
        (
            "JSON Schema",
            "services.schema.json",
            "application/json",
            lambda: writing.to_json(json_schema()),
        ),
        (
            "Coverage (CSV)",
            f"{stem}.csv",
            "text/csv",
            lambda: writing.to_csv(export.coverage_rows(record, query.on)),
        ),
        (
            "Coverage (JSON)",
            f"{stem}.json",
            "application/json",
            lambda: writing.answer_json(export.coverage_json(record, query.on)),
        ),
        (
            "Coverage (GeoJSON)",
            f"coverage-{on}-{record.version}.geojson",
            "application/geo+json",
            lambda: writing.to_json(export.area_geojson(record, query.on)),
        ),
        (
            "Gaps (CSV)",
            f"gaps-{on}-{record.version}.csv",
            "text/csv",
            lambda: writing.to_csv(export.gaps_rows(record, query.on, query.need)),
        ),
        ("Coverage (XLSX)", f"{stem}.xlsx", _XLSX, partial(workbook_of, record, query, "coverage")),
        (
            "Gaps (XLSX)",
            f"gaps-{on}-{record.version}.xlsx",
            _XLSX,
            partial(workbook_of, record, query, "gaps"),
        ),
        (
            "Everything (XLSX)",
            f"tables-{on}-{record.version}.xlsx",
            _XLSX,
            partial(workbook_of, record, query),
        ),
        (
            "Calendar (JSON)",
            "calendar.json",
            "application/json",
            lambda: writing.answer_json(export.calendar_json(record)),
        ),
        (
            "Figures (CSV)",
            "figures.csv",
            "text/csv",
            lambda: writing.to_csv(export.figure_rows(record)),
        ),
        (
            "Neighbours (CSV)",
            "neighbours.csv",
            "text/csv",
            lambda: writing.to_csv(record.neighbours.to_dict("records")),
        ),
        *_annex_files(record, query),
    ]
    st.html(
        '<h2 id="files-title">Files</h2><p>Cells that could be read as a formula by a spreadsheet'
        " are written so that they are not.</p>"
    )
    _offer(given)


def _annex_files(record: Record, query: Query) -> list[Given]:
    """What there is about themes, partners and the pathway."""
    on, version, own = query.on.isoformat(), record.version, record.files
    given: list[Given] = []
    if own.themes:
        given.append(
            (
                "Themes (YAML)",
                own.themes.name,
                "text/yaml",
                partial(record.contents.__getitem__, own.themes),
            )
        )
        given.append(
            (
                "Themes (CSV)",
                f"themes-{on}-{version}.csv",
                "text/csv",
                lambda: writing.to_csv(theme_export.theme_matrix_rows(record, query.on)),
            )
        )
        given.append(
            (
                "Themes (XLSX)",
                f"themes-{on}-{version}.xlsx",
                _XLSX,
                partial(workbook_of, record, query, "themes"),
            )
        )
        name = f"themes-by-{record.file.region.area}-{on}-{version}.csv"
        given.append(
            (
                "Every theme by area (CSV)",
                name,
                "text/csv",
                lambda: writing.to_csv(theme_export.all_reach_rows(record, query.on)),
            )
        )
        given.append(
            (
                "Pathway (CSV)",
                f"pathway-{version}.csv",
                "text/csv",
                lambda: writing.to_csv(theme_export.pathway_rows(record)),
            )
        )
    if own.organisations:
        given.append(
            (
                "Organisations (YAML)",
                own.organisations.name,
                "text/yaml",
                partial(record.contents.__getitem__, own.organisations),
            )
        )
        given.append(
            (
                "Partners (CSV)",
                f"partners-{version}.csv",
                "text/csv",
                lambda: writing.to_csv(theme_export.partner_rows(record)),
            )
        )
    return given


def _offer(given: Sequence[Given]) -> None:
    with st.container(horizontal=True, key="files"):
        for label, name, mime, make in given:
            st.download_button(
                label, make, name, mime, on_click="ignore", key=f"file-{name}-{label}"
            )


def tables_to_download(
    record: Record,
    given: Sequence[tuple[str, str, Callable[[], Rows]]],
    query: Query | None = None,
    group: str = "",
) -> None:
    """What the page shows, as CSV: label, beginning of the file's name, and what makes the rows;
    with a ``query``, also the tables of a ``group`` (:func:`provision.paper.tables.tables`) as a
    workbook."""
    files: list[Given] = [
        (f"{label} (CSV)", f"{stem}-{record.version}.csv", "text/csv", partial(_csv, make))
        for label, stem, make in given
    ]
    if query and group:
        files.append(
            (
                "Tables (XLSX)",
                f"{group}-{query.on.isoformat()}-{record.version}.xlsx",
                _XLSX,
                partial(workbook_of, record, query, group),
            )
        )
    _offer(files)


def workbook_of(record: Record, query: Query, *groups: str) -> bytes:
    """The tables of a view as a workbook; of all groups (:func:`provision.paper.tables.tables`)
    where none is named."""
    from provision.paper.sheets import workbook
    from provision.paper.tables import tables

    found = tables(record, query)
    return workbook(
        record,
        query,
        [table for name, group in found.items() if not groups or name in groups for table in group],
    )


def _csv(make: Callable[[], Rows]) -> str:
    return writing.to_csv(make())
