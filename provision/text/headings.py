"""What stands on top of a page: a headline of a dozen words at most, and the line of figures under
it. Caption, alt text, screen reader and speaker say both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from provision.coverage.need import Women
from provision.coverage.status import Status, could_be, counts
from provision.english import a_or_an, listing
from provision.io.late_frames import Columns
from provision.record import Record
from provision.schema.labels import LEVEL_WORDS
from provision.schema.services import Level
from provision.text.wording import as_at, counted_areas, women_span

if TYPE_CHECKING:
    import pandas as pd

NAMED = 8  # up to so many areas are named on the line; beyond, they are counted
STATUS_LINE = {
    Status.LAPSED: "Contract ended",
    Status.NONE: "No contracted service",
    Status.NOT_STATED: "Not known",
}


@dataclass(frozen=True)
class Heading:
    """A ``headline`` without its full stop, and the ``line`` below it: whole sentences."""

    headline: str
    line: str

    def __str__(self) -> str:
        stop = "" if self.headline.endswith(("?", ".", "!")) else "."
        return f"{self.headline}{stop} {self.line}".strip()


def coverage_heading(record: Record, table: Columns, on: date) -> Heading:
    """How many areas have a contracted service, and which have none, have one no longer, or are not
    known.

    Parameters
    ----------
    table
        From :func:`provision.coverage.status.coverage`, for the same day.
    """
    region, found = record.file.region, counts(table)
    covered, total = found[Status.COVERED], sum(found.values())
    whole = f"{region.name}'s {total} {region.areas}"
    if found[Status.NOT_STATED] == total:
        headline = f"We do not know which of {whole} had a service"
    elif covered:
        have = "has" if covered == 1 else "have"
        headline = f"{covered} of {whole} {have} {a_or_an(region.subject)}"
    else:
        headline = f"We know of no active contract in {whole}"
    parts = [_date(record, on)]
    parts += [
        f"{words}: {_areas(record, table, s)}." for s, words in STATUS_LINE.items() if found[s]
    ]
    return Heading(headline, " ".join(parts))


def area_heading(record: Record, table: pd.DataFrame, code: str, on: date) -> Heading:
    """Whether one area has a contracted service, and what kind of support.

    Parameters
    ----------
    table
        From :func:`provision.coverage.status.coverage`, for the same day.
    code
        The area's.
    """
    name, row = record.by_code[code].name, table.loc[code]
    status, level = Status(str(row["status"])), row["level"]
    headline = {
        Status.COVERED: f"{name} has a contracted service",
        Status.NONE: f"{name} has no contracted service",
        Status.LAPSED: f"{name}: every contract has ended",
        Status.NOT_STATED: f"We do not know if {name} has a contracted service",
    }[status]
    more = {
        Status.COVERED: f"Support: {LEVEL_WORDS[Level(str(level))]}." if level else "",
        Status.NONE: "",
        Status.LAPSED: "We do not know what followed.",
        Status.NOT_STATED: "We count it neither as covered nor as without a service.",
    }[status]
    return Heading(headline, f"{_date(record, on)} {more}".strip())


def gap_heading(
    record: Record, table: pd.DataFrame, women: Mapping[Status, Women], on: date
) -> Heading:
    """How many women live where there is no contracted service, where it has ended, and where that
    is not known.

    Parameters
    ----------
    table
        From :func:`provision.coverage.status.coverage`, for the same day.
    women
        From :func:`provision.coverage.need.women_by_status`.
    """
    region, found = record.file.region, counts(table)
    worst = next((s for s in _LIVING if found[s]), None)
    if worst is None:
        return Heading(f"Every {region.area} has a contracted service", _date(record, on))
    age = women[worst].from_age
    parts = [_date(record, on), f"Women aged {age} or over."]
    parts += [_gap_line(record, table, s, women[s]) for s in _LIVING if found[s]]
    return Heading(_gap_headline(record, worst, found[worst], women[worst]), " ".join(parts))


_LIVING = {
    Status.NONE: "with no contracted service",
    Status.LAPSED: "where the contract has ended",
    Status.NOT_STATED: "where we do not know of a service",
}


def _gap_headline(record: Record, status: Status, found: int, women: Women) -> str:
    areas = record.file.region.areas
    if women.total is None or women.missing:
        of = f"{found} of {int(record.counted.sum())} {areas}"
        return {
            Status.NONE: f"{of} {_have(found)} no contracted service",
            Status.LAPSED: f"In {of} the contract has ended",
            Status.NOT_STATED: f"For {of} we do not know of a service",
        }[status]
    return f"{women.total:,} women live in {areas} {_LIVING[status]}"


def _gap_line(record: Record, table: pd.DataFrame, status: Status, women: Women) -> str:
    """Which areas have a status, how many women live there, and how many it could be."""
    said = f"{STATUS_LINE[status]}: {_areas(record, table, status)}"
    if women.total is None:
        return f"{said} (number of women not known)."
    lacking = women.missing + women.possible_missing
    words = f"{women_span(women, ' to ')} women"
    if women.possible and not lacking:
        words = f"{women.total:,} women, or {women.total + women.possible:,}"
        words += f" if {_unknown(record, table, status)} none"
    if lacking:
        words += f"; no figure for {lacking} {counted_areas(record.file.region, lacking)}"
    return f"{said} ({words})."


def _unknown(record: Record, table: pd.DataFrame, status: Status) -> str:
    """The areas that could have a status, as the subject of *none*."""
    codes = list(could_be(table)[status])
    names = [record.by_code[str(code)].name for code in codes]
    who = names[0] if len(names) == 1 else f"the {len(names)} that are not known"
    return f"{who} {_have(len(names))}"


def range_words(record: Record, table: pd.DataFrame, status: Status) -> str:
    """A count of areas with a status, as a range that says what it allows for: ``24, or 25 if
    Greenwich has one``; nothing where the count is certain."""
    possible, sure = could_be(table)[status], counts(table)[status]
    if not len(possible):
        return ""
    what = {Status.COVERED: "one", Status.NONE: "none", Status.LAPSED: "one that has ended"}[status]
    return f"{sure}, or {sure + len(possible)} if {_unknown(record, table, status)} {what}"


def _date(record: Record, on: date) -> str:
    return f"Date: {as_at(record, on)}."


def _have(n: int) -> str:
    return "has" if n == 1 else "have"


def _areas(record: Record, table: Columns, status: Status) -> str:
    """The counted areas with a status: by name while they are few, else how many they are."""
    rows = zip(table["name"], table["status"], table["counted"], strict=True)
    names = [name for name, own, counted in rows if counted and own == status]
    return listing(names) if len(names) <= NAMED else f"{len(names)} {record.file.region.areas}"
