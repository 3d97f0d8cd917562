"""Sentences about what changes when: by month, and in one area."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from provision.coverage.status import Status, counts, coverage
from provision.coverage.timeline import Change, changes, span, thinned, turning_days
from provision.dates import day_words
from provision.english import FEW, listing, number
from provision.record import Record
from provision.text.coverage import left_covered
from provision.text.labels import STATUS_WORDS
from provision.text.wording import counted_areas


def change_sentences(record: Record, first: date, last: date) -> list[str]:
    """One sentence for every day on which areas change status: how many, which, because of what,
    and what is left."""
    region = record.file.region
    found = []
    counted = set(record.those(record.counted))
    every = [c for c in changes(record, first, last) if c.code in counted]
    for day in sorted({c.on for c in every}):
        turned = [c for c in every if c.on == day]
        left = counts(coverage(record, day))[Status.COVERED]
        parts = [_turn(record, group) for group in _by_turn(turned)]
        kept = _kept(len(thinned(record, day)))
        found.append(
            f"After {day_words(date.fromordinal(day.toordinal() - 1))}, {'; '.join(parts)}."
            f" {kept}{left_covered(left, region)}"
        )
    return found


def _kept(thinner: int) -> str:
    if not thinner:
        return ""
    return (
        f"{number(thinner).capitalize()} more {'loses' if thinner == 1 else 'lose'} one service and"
        f" {'keeps' if thinner == 1 else 'keep'} another. "
    )


def _by_turn(turned: list[Change]) -> list[list[Change]]:
    kinds = sorted({(c.before, c.after) for c in turned})
    return [[c for c in turned if (c.before, c.after) == kind] for kind in kinds]


def _turn(record: Record, group: list[Change]) -> str:
    """What becomes of areas that change in the same way on the same day, and why."""
    region, names = record.file.region, [c.name for c in group]
    ids = sorted(
        {i for c in group for i in (*c.ended, *c.begun)}, key=list(record.services_by_id).index
    )
    which = f" ({listing(names)})" if len(names) <= FEW else ""
    was, now = STATUS_WORDS[group[0].before], STATUS_WORDS[group[0].after]
    goes = "goes" if len(names) == 1 else "go"
    return (
        f"{number(len(names))} {counted_areas(region, len(names))}{which} {goes} from {was} to"
        f" {now},"
        f" because {_cause(record, group[0], ids)}"
    )


def _cause(record: Record, change: Change, ids: Sequence[str]) -> str:
    if not ids:
        return (
            "the record begins"
            if change.on == record.file.region.as_at.first
            else "the end of its contract is not stated"
        )
    verb = ("end" if change.ended else "begin") + ("s" if len(ids) == 1 else "")
    return f"{listing(record.services_by_id[i].name for i in ids)} {verb}"


def area_changes(record: Record, code: str) -> list[str]:
    """What changes for an area, day by day, from when the record begins to speak; one sentence if
    nothing ever does."""
    found = [
        (c.on, _area_turn(record, c)) for c in changes(record, *span(record)) if c.code == code
    ]
    first, last = span(record)
    found += [
        (day, f"{record.by_code[code].name} loses one service and keeps another")
        for day in turning_days(record)
        if first < day <= last and code in thinned(record, day)
    ]
    said = [f"On {day_words(day)}: {text}." for day, text in sorted(found)]
    return said or [
        f"Nothing that the record knows of changes the status of {record.by_code[code].name}."
    ]


def _area_turn(record: Record, change: Change) -> str:
    ids = (*change.ended, *change.begun)
    because = (
        listing(record.services_by_id[i].name for i in ids) if ids else _cause(record, change, ids)
    )
    return f"from {STATUS_WORDS[change.before]} to {STATUS_WORDS[change.after]} ({because})"
