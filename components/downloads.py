"""The data itself: as tables on the page and as files."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from components.table import Cell, cell, number_cell, table
from provision import export
from provision.coverage import Basis, basis
from provision.query import Query
from provision.record import Record
from provision.schema import json_schema

_BASIS_MARK = {Basis.NAMED: "●", Basis.REGION_WIDE: "◍", Basis.NAMED_SITE: "▣", Basis.AREA_NOT_STATED: "?", Basis.NONE: "–"}


def data_tables(record: Record) -> None:
    """The figures of every area, and the basis of every service-area cell, as tables."""
    area = record.file.region.area.capitalize()
    figures: list[list[Cell]] = []
    for a in record.areas:
        values = [record.figures.at[a.code, i.id] for i in record.indicators]
        cells = [number_cell(v, i.decimals) if i.kind == "number" else (v or "not stated") for v, i in zip(values, record.indicators, strict=True)]
        figures.append([a.name, cell(a.code, a.code, "code"), *cells])
    st.html('<h2 id="data-title">The data as tables</h2>')
    table(f"Figures for every {area.lower()}", [area, "Code", *(i.short_label for i in record.indicators)], figures, key="all-figures")
    rows: list[list[Cell]] = []
    cells = basis(record)
    for code in record.codes:
        own = [cells.at[code, s.id] for s in record.services]
        rows.append([record.by_code[code].name, *(cell(f"{_BASIS_MARK[b]} {b.value}", b.value) for b in own)])
    table("What every cell of the coverage table rests on", [area, *(s.short_name for s in record.services)], rows, key="basis")


def data_files(record: Record, query: Query) -> None:
    """Everything as files. What a button gives is made when it is pressed."""
    files = record.files
    on = query.on.isoformat()
    stem = f"coverage-{on}-{record.version}"
    given: list[tuple[str, str, str, Callable[[], str]]] = [
        ("Services (YAML)", files.services.name, "text/yaml", lambda: files.services.read_text(encoding="utf-8")),
        ("Boundaries (GeoJSON)", files.boundaries.name, "application/geo+json", lambda: files.boundaries.read_text(encoding="utf-8")),
        ("JSON Schema", "services.schema.json", "application/json", lambda: export.to_json(json_schema())),
        ("Coverage (CSV)", f"{stem}.csv", "text/csv", lambda: export.to_csv(export.coverage_rows(record, query.on))),
        ("Coverage (JSON)", f"{stem}.json", "application/json", lambda: export.to_json(export.coverage_json(record, query.on))),
        (
            "Coverage (GeoJSON)",
            f"coverage-{on}-{record.version}.geojson",
            "application/geo+json",
            lambda: export.to_json(export.area_geojson(record, query.on)),
        ),
        ("Gaps (CSV)", f"gaps-{on}-{record.version}.csv", "text/csv", lambda: export.to_csv(export.gaps_rows(record, query.on, query.need))),
        ("Calendar (JSON)", "calendar.json", "application/json", lambda: export.to_json(export.calendar_json(record))),
        ("Figures (CSV)", "figures.csv", "text/csv", lambda: export.to_csv(export.figure_rows(record))),
        ("Neighbours (CSV)", "neighbours.csv", "text/csv", lambda: export.to_csv(record.neighbours.to_dict("records"))),
    ]
    st.html('<h2 id="files-title">Files</h2><p>Cells that could be read as a formula by a spreadsheet are written so that they are not.</p>')
    with st.container(horizontal=True, key="files"):
        for label, name, mime, make in given:
            st.download_button(label, make, name, mime, on_click="ignore", key=f"file-{name}-{label}")
