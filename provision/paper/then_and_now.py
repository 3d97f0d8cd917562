"""Records side by side as a view for paper: title, sentence, sources and rows of a step from one
record to the next."""

from __future__ import annotations

from typing import Any

from provision.coverage.then_and_now import ThenAndNow
from provision.dates import day_words
from provision.export.then_and_now import then_and_now_rows
from provision.io.problems import InvalidData
from provision.paper.table import Row, Table
from provision.record import Record
from provision.regions.beside import side_by_side
from provision.schema.services import Reference
from provision.symbology.coverage import Drawn
from provision.symbology.then_and_now import then_and_now_drawn
from provision.text.labels import PASSAGE_WORDS, STATUS_WORDS
from provision.text.then_and_now import (
    caution_sentences,
    comparison_rows,
    record_name,
    sentences,
)


def steps(record: Record) -> int:
    """How many steps from one record to the next the region has; none where one of its records
    cannot be loaded, which the page about them says."""
    try:
        found = side_by_side(record)
    except InvalidData:
        return 0
    return len(found.steps) if found else 0


def all_records(record: Record) -> tuple[Record, ...]:
    """The records that the figures of the steps are made from: those of the region, or the record
    alone, where there is no step."""
    return step(record, 1)[0].records if steps(record) else (record,)


def step(record: Record, place: int) -> tuple[ThenAndNow, tuple[int, int]]:
    """The records side by side, and the places of those of a step, which is counted from 1.

    Raises
    ------
    ValueError
        Where the region has no such step.
    """
    found = side_by_side(record)
    if found is None or not 1 <= place <= len(found.steps):
        raise ValueError("the region has no further record to set beside this one")
    return found, found.steps[place - 1]


def step_words(record: Record, place: int) -> tuple[str, str, str]:
    """Title, sentence and rule of a step: what speaks against reading the two as one is its
    rule."""
    found, pair = step(record, place)
    older, newer = (record_name(found.records[n]) for n in pair)
    title = f"Then and now: {record.file.region.areas} in {older} and in {newer}"
    return title, " ".join(sentences(found, pair)), " ".join(caution_sentences(found, pair))


def step_drawn(record: Record, place: int) -> Drawn:
    """The map of a step."""
    found, pair = step(record, place)
    return then_and_now_drawn(found, *pair)


def step_when(record: Record, place: int) -> str:
    """The days of the two records of a step."""
    found, pair = step(record, place)
    return " and ".join(day_words(found.days[n]) for n in pair)


def step_edition(record: Record, place: int) -> str:
    """The versions of the two records of a step."""
    found, pair = step(record, place)
    versions = [f"{found.records[n].version} ({record_name(found.records[n])})" for n in pair]
    return f"Data versions {' and '.join(versions)}"


def step_rows(record: Record, place: int) -> list[dict[str, Any]]:
    """The rows of all records side by side."""
    return then_and_now_rows(step(record, place)[0])


def step_records(record: Record, place: int) -> list[tuple[Record, tuple[Reference, ...]]]:
    """The two records of a step, each with the places that say whom its services are for."""
    found, pair = step(record, place)
    return [(own, named_refs(own)) for own in (found.records[n] for n in pair)]


def named_refs(record: Record) -> tuple[Reference, ...]:
    """The places that say which areas the services of a record are for, and which have none."""
    named = [ref for service in record.services for ref in service.service_area.ref]
    none = record.file.areas_without_service
    return tuple(dict.fromkeys([*named, *(none.ref if none.listed else ())]))


def step_compared(record: Record, place: int) -> Table:
    """What of the two records of a step can be compared, and why."""
    found, pair = step(record, place)
    older, newer = (record_name(found.records[n]) for n in pair)
    title = f"What can be compared of {older} and {newer}"
    rows = tuple(comparison_rows(found, pair))
    return Table(title, title, step_words(record, place)[1], ("What", "Verdict", "Why"), rows, ())


def areas_then_and_now(record: Record) -> Table:
    """Every area: what each record says of it and who leads there, and what became of it."""
    found, _ = step(record, 1)
    region = found.records[0].file.region
    names = [record_name(own) for own in found.records]
    between = [f"From {names[older]} to {names[newer]}" for older, newer in found.steps]
    rows: list[Row] = []
    for area in found.areas:
        name = area.name if area.counted else f"{area.name} (not counted)"
        said = [", ".join([STATUS_WORDS[own.status], *_leads(own.providers)]) for own in area.said]
        became = [PASSAGE_WORDS[found.passage(area, *pair)] for pair in found.steps]
        rows.append((name, *said, *became))
    title = f"Every {region.area} in {len(names)} records: what each says, and who leads there"
    columns = (region.area.capitalize(), *names, *between)
    return Table(
        "Then and now", title, " ".join(sentences(found, (0, 1))), columns, tuple(rows), ()
    )


def _leads(providers: tuple[str, ...]) -> list[str]:
    return [f"led by {lead}" for lead in dict.fromkeys(providers)]
