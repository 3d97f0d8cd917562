"""Records of one region side by side: their time, what speaks against reading them as one, maps of
what became of each area, and a table."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from components.coverage.area_map import area_map
from components.page.choosing import choose_area
from components.page.markup import show
from components.page.table import Cell, address_cell, cell, table
from provision.coverage.status import Status
from provision.coverage.then_and_now import Stretch, ThenAndNow
from provision.dates import add_months
from provision.export.then_and_now import then_and_now_rows
from provision.export.writing import to_csv
from provision.links.query import Query
from provision.record import Record
from provision.symbology.then_and_now import (
    PASSAGE_LOOKS,
    stretch_class,
    stretch_edge,
    then_and_now_drawn,
)
from provision.text.labels import PASSAGE_WORDS, STATUS_WORDS
from provision.text.then_and_now import (
    area_cell,
    caution_sentences,
    comparison_rows,
    record_name,
    sentences,
    silence_sentences,
    stretch_sentence,
)

Pair = tuple[int, int]
_EDGE_WORDS = {"solid": "contract", "dashed": "listed for referral"}
_MARKS = {Status.NONE: "×", Status.LAPSED: "○", Status.NOT_STATED: "?"}


def label(record: Record) -> str:
    """What a record is called above a column."""
    return record.entry.label if record.entry else record_name(record)


def cautions_in_short(found: ThenAndNow) -> str:
    """What stands beside the headline."""
    return " ".join(caution_sentences(found, found.steps[0]))


def time_line(found: ThenAndNow) -> None:
    """One line of time, with the stretch of every service of every record, and what is empty."""
    first, last = _span(found)
    lanes = [_lane(found, own, first, last) for own in found.stretches]
    groups = [
        {"label": label(r), "lanes": [own for own in lanes if own["record"] == n]}
        for n, r in enumerate(found.records)
    ]
    years = [
        {"year": year, "left": _share(date(year, 1, 1), first, last)}
        for year in range(first.year, last.year + 1)
    ]
    lines = [stretch_sentence(found, own) for own in found.stretches]
    lines += silence_sentences(found)
    said = f"A line of time from {first.year} to {last.year}. {' '.join(lines)}"
    looks = list({own["look"].id: own["look"] for own in lanes}.values())
    edges = list(dict.fromkeys(own["edge"] for own in lanes))
    show(
        "then_and_now_time.html",
        groups=groups,
        years=years,
        lines=lines,
        said=said,
        looks=looks,
        edges=[(edge, _EDGE_WORDS[edge]) for edge in edges],
    )


def _span(found: ThenAndNow) -> tuple[date, date]:
    """From the first year of any stretch to the end of the year after the last date known."""
    known = [*found.days, *(s.start for s in found.stretches)]
    known += [s.end for s in found.stretches if s.end]
    return date(min(known).year, 1, 1), date(add_months(max(known), 6).year, 12, 31)


def _lane(found: ThenAndNow, own: Stretch, first: date, last: date) -> dict[str, Any]:
    left, right = _share(own.start, first, last), _share(own.end or last, first, last)
    ends = [] if own.start_stated else ["no-start"]
    ends += ["no-end"] if own.end is None else []
    return {
        "record": own.record,
        "name": found.records[own.record].services_by_id[own.service].short_name,
        "look": stretch_class(found, own),
        "edge": stretch_edge(own),
        "ends": " ".join(ends),
        "left": left,
        "width": round(right - left, 2),
    }


def _share(day: date, first: date, last: date) -> float:
    """Where a day lies between two others, in per cent."""
    return round(100 * (day - first).days / max((last - first).days, 1), 2)


def step_panel(found: ThenAndNow, pair: Pair, query: Query, record: Record, *, first: bool) -> None:
    """A step from one record to the next: the map, its sentences, and what cannot be compared."""
    older, newer = (record_name(found.records[n]) for n in pair)
    said = sentences(found, pair)
    anchor = "latest" if pair == found.steps[-1] and not first else f"step-{pair[0] + 1}"
    show("then_and_now_step.html", anchor=anchor, older=older, newer=newer, lines=said)
    left, right = st.columns([7, 5], gap="medium")
    key = f"then-map-{pair[0] + 1}"
    with left:
        area_map(
            record,
            query,
            then_and_now_drawn(found, *pair),
            " ".join(said),
            on_choose=lambda: choose_area(key),
            key=key,
            outlines=first,
        )
    with right:
        show(
            "then_and_now_cautions.html",
            step=pair[0] + 1,
            title=f"Before you compare {older} and {newer}",
            cautions=caution_sentences(found, pair),
            rows=comparison_rows(found, pair),
        )


def area_panel(found: ThenAndNow, code: str) -> None:
    """What each record says of one area, and where."""
    area = next(own for own in found.areas if own.code == code)
    records = []
    for place, said in enumerate(area.said):
        who, refs = area_cell(found, code, place)
        records.append(
            {
                "label": label(found.records[place]),
                "status": said.status.value,
                "words": STATUS_WORDS[said.status],
                "who": who,
                "refs": refs,
            }
        )
    show("then_and_now_area.html", name=area.name, records=records)


def area_table(found: ThenAndNow) -> None:
    """Every area with what each record says of it, who served it, and what became of it."""
    region = found.records[0].file.region
    steps = [
        f"From {record_name(found.records[a])} to {record_name(found.records[b])}"
        for a, b in found.steps
    ]
    columns = [region.area.capitalize(), *map(label, found.records), *steps]
    table(
        f"Every {region.area}: what each record says, who serves it, and what became of it",
        columns,
        [_row(found, n) for n in range(len(found.areas))],
        key="then-table",
    )
    rows = then_and_now_rows(found)
    st.download_button(
        "Then and now (CSV)",
        lambda: to_csv(rows),
        f"then-and-now-{'-'.join(r.version[:6] for r in found.records)}.csv",
        "text/csv",
        on_click="ignore",
        key="then-csv",
    )


def _row(found: ThenAndNow, n: int) -> list[Cell]:
    area = found.areas[n]
    row: list[Cell] = [address_cell(area.name, "borough", area=area.code)]
    for place, said in enumerate(area.said):
        words = f"{_MARKS.get(said.status, '')} {STATUS_WORDS[said.status]}".strip()
        who = area_cell(found, area.code, place)[0]
        row.append(cell(f"{words}: {who}" if who else words))
    for pair in found.steps:
        what = found.passage(area, *pair)
        row.append(cell(f"{PASSAGE_LOOKS[what].mark} {PASSAGE_WORDS[what]}".strip()))
    return row
