"""The panels that pages are made of. Each turns tables and sentences from :mod:`provision` into one
piece of page."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import streamlit as st
from markupsafe import Markup

from components.page.context import PageContext
from components.page.markup import link_to, references, render, show
from components.page.table import Cell, cell, number_cell, table
from provision.coverage.need import women_by_service, women_by_status, women_concerned, women_in
from provision.coverage.status import (
    ContractState,
    Count,
    Status,
    contract_state,
    coverage_in,
    ranges,
)
from provision.links.query import Query
from provision.record import Record
from provision.schema.labels import LEVEL_WORDS
from provision.schema.services import Geography, Level
from provision.symbology.coverage import BY_STATUS
from provision.text.coverage import why as why_of
from provision.text.headings import Heading, range_words
from provision.text.labels import STATUS_WORDS
from provision.text.printed import printed_table
from provision.text.wording import as_at, levels_sentence, women_span, women_text

if TYPE_CHECKING:
    import pandas as pd

_ACTIVE, _NAMED = "●", "○"


def headline(context: PageContext, heading: Heading | str, note: str | None = None) -> None:
    """The headline on top of the page, above the controls, with its line of figures and a note."""
    if isinstance(heading, str):
        heading = Heading(heading, "")
    context.said[:] = filter(None, (str(heading), note))
    context.headline.html(render("headline.html", heading=heading, note=note))


def counts_card(record: Record, query: Query) -> None:
    """How many areas and how many women, by status and by service, as ranges."""
    show(
        "counts.html",
        when=as_at(record, query.on),
        **_counts(record, contract_state(record, query.on)),
    )


@lru_cache(maxsize=64)
def _counts(record: Record, when: ContractState) -> dict[str, Any]:
    rows, region = coverage_in(record, when), record.file.region
    found, women = ranges(rows), women_by_status(record, rows, region.scope_minimum_age)
    levels = rows.loc[rows["counted"], "level"].value_counts()
    full, light = int(levels.get(Level.WRAP_AROUND, 0)), int(levels.get(Level.ONE_TO_ONE, 0))
    return {
        "region": region,
        "total": int(rows["counted"].sum()),
        "age": region.scope_minimum_age,
        "rows": [
            {
                "label": STATUS_WORDS[s].capitalize(),
                "count": str(found[s]),
                "women": women_span(women[s], "–"),
            }
            for s in Status
        ],
        "ranges": [
            f"{STATUS_WORDS[s].capitalize()}: {said}."
            for s in Status
            if s is not Status.NOT_STATED and (said := range_words(record, rows, s))
        ],
        "services": [
            {
                "label": record.services_by_id[i].short_name,
                "count": str(Count(w.areas, w.areas + w.possible_areas)),
                "women": women_span(w, "–"),
                "age": w.from_age,
            }
            for i, w in women_by_service(record, rows).items()
        ],
        "overlap": (
            "Services overlap, and their ages differ: their numbers of women are not to be"
            " added up."
        ),
        "levels": levels_sentence(full, light, found[Status.COVERED].low - full - light),
        "source": women_source(record),
    }


def women_source(record: Record) -> str:
    """Where the numbers of women come from."""
    age = record.file.region.scope_minimum_age
    found = next((i for i in record.indicators if i.women_from_age == age), None)
    if found is None:
        return "The number of women in each place is not stated."
    return f"Women: residents, {found.date}. {found.source.attribution}."


def area_card(record: Record, query: Query, rows: pd.DataFrame, *, onward: bool = False) -> None:
    """One area's status, with the reasons and their sources; ``onward`` to its own page, and to a
    hub there."""
    import pandas as pd

    code = query.area or ""
    row = rows.loc[code]
    sentences = [
        {"text": s.text, "refs": references(record, s.refs)}
        for s in why_of(record, code, query.on)[1:]
    ]
    concerned = women_concerned(record, rows).loc[code]
    women = women_in(record, pd.Index([code]), int(concerned["from_age"]))
    show(
        "card.html",
        area=record.by_code[code],
        status=row["status"].value,
        status_words=STATUS_WORDS[row["status"]],
        mark=_mark(row["status"]),
        level=LEVEL_WORDS[row["level"]] if row["level"] else "",
        why=sentences,
        women=f"Living here: {women_text(women, record.file.region)}.",
        onward=_onward(record, code) if onward else [],
    )


def _onward(record: Record, code: str) -> list[Markup]:
    """From an area's card on to its own page, and to a hub there."""
    own = link_to("borough", f"Everything about {record.by_code[code].name}", area=code)
    counted = bool(record.counted[record.row_of[code]])
    return [own, link_to("scenario", "Try a hub here", hubs=code)] if counted else [own]


def _mark(status: Status) -> str:
    return BY_STATUS[status].mark if status in BY_STATUS else _ACTIVE


def figure_2(record: Record) -> None:
    """The source's own table: a column for each service, with the names as it prints them."""
    st.html(_figure_2(record))


@lru_cache(maxsize=4)
def _figure_2(record: Record) -> str:
    printed = printed_table(record)
    return render(
        "figure2.html",
        title=printed.title,
        caption=f"{printed.as_at}. It does not change with the date chosen above.",
        columns=printed.columns,
        notes=printed.discrepancies,
        source=references(record, record.file.areas_without_service.ref),
    )


def services_by_area(record: Record, query: Query, caption: str) -> None:
    """Every area by every service: the map's twin in words."""
    columns = [
        record.file.region.area.capitalize(),
        "Status",
        *(s.short_name for s in record.services),
        "Women of its services' ages",
    ]
    table(caption, columns, _cells(record, contract_state(record, query.on)), key="matrix")


@lru_cache(maxsize=64)
def _cells(record: Record, when: ContractState) -> list[list[Cell]]:
    rows = coverage_in(record, when)
    rows = rows.join(women_concerned(record, rows)).sort_values(
        "counted", ascending=False, kind="stable"
    )
    lines: list[list[Cell]] = []
    for row in rows.to_dict("records"):
        status = cell(
            STATUS_WORDS[row["status"]].capitalize(),
            list(Status).index(row["status"]),
            row["status"].value,
        )
        services = [_service_cell(s.id, row) for s in record.services]
        lines.append(
            [row["name"], status, *services, _aged(number_cell(row["women"]), int(row["from_age"]))]
        )
    return lines


def _service_cell(service: str, row: Mapping[Hashable, Any]) -> Cell:
    if service in row["services"]:
        return cell(f"{_ACTIVE} active", 0, "covered")
    if service in row["unsure"]:
        return cell("? named; not stated whether active", 1, "not_stated")
    if service in row["ended"]:
        return cell(f"{_NAMED} ended", 2, "lapsed")
    return (
        cell("not named", 4)
        if service not in row["ahead"]
        else cell(f"{_NAMED} named; not begun", 3)
    )


def _aged(women: Cell, age: int) -> Cell:
    return {**women, "text": f"{women['text']} ({age}+)"} if isinstance(women, dict) else women


def other_provision(record: Record) -> None:
    """What the source describes beyond the contracts, by how far it says where."""
    st.html(_other_provision(record))


@lru_cache(maxsize=4)
def _other_provision(record: Record) -> str:
    titles = {
        Geography.REGION_WIDE: f"All over {record.file.region.name}",
        Geography.NAMED_SITE: "At a named site",
        Geography.AREA_NOT_STATED: "Area not stated",
    }
    entries = [
        {**e.model_dump(), "geography": e.geography, "refs": references(record, e.ref)}
        for e in record.file.other_provision
    ]
    groups: list[dict[str, Any]] = [
        {"title": title, "entries": [e for e in entries if e["geography"] is kind]}
        for kind, title in titles.items()
    ]
    return render(
        "other.html", region=record.file.region, groups=[g for g in groups if g["entries"]]
    )
