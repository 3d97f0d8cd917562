"""What a figure finds, in a short sentence: its title. Its topic stands below it."""

from __future__ import annotations

from collections.abc import Sequence

from provision.coverage.need import women_by_status
from provision.coverage.status import Status, counts, coverage
from provision.coverage.timeline import changes, eve_of, span
from provision.dates import day_words
from provision.english import FEW, listing
from provision.paper.view import View, comparison, outcome
from provision.record import Record
from provision.regions.beside import side_by_side
from provision.scenarios.compare import LETTERS
from provision.text.scenario_words import count_span
from provision.text.then_and_now import heading as then_and_now_heading
from provision.themes.reach import REACHED, ThemeCoverage, carriers, reach, reach_counts


def _whole(record: Record) -> str:
    region = record.file.region
    return f"{region.name}'s {int(record.counted.sum())} {region.areas}"


def _have(n: int) -> str:
    return "has" if n == 1 else "have"


def coverage_finding(record: Record, view: View) -> str:
    """How many areas have no service, lost it, or are not stated."""
    on, services = view.query.on, view.query.services
    table = coverage(record, on)
    if services:
        names = listing(record.services_by_id[s].short_name for s in services)
        active = sum(bool(set(ids) & set(services)) for ids in table["services"][table["counted"]])
        return f"{names}: active in {active} of {_whole(record)}"
    found = counts(table)
    if found[Status.NOT_STATED] == sum(found.values()):
        return f"The source does not say which of {_whole(record)} have a contracted service"
    parts = _missing(record, found)
    opened = list(table.loc[table["counted"] & (table["status"] == Status.NOT_STATED), "name"])
    said = listing(opened) if len(opened) <= FEW else f"{len(opened)} {record.file.region.areas}"
    return "; ".join([*parts, *([f"not stated for {said}"] if opened else [])])


def _missing(record: Record, found: dict[Status, int]) -> list[str]:
    none, lapsed = found[Status.NONE], found[Status.LAPSED]
    if none:
        first = f"{none} of {_whole(record)} {_have(none)} no contracted women's service"
        return [first, *([f"in {lapsed} it has ended"] if lapsed else [])]
    if lapsed:
        return [f"In {lapsed} of {_whole(record)} every contract has ended"]
    covered = found[Status.COVERED]
    return [f"{covered} of {_whole(record)} {_have(covered)} a contracted women's service"]


def gaps_finding(record: Record, view: View) -> str:
    """How many women live where there is none."""
    region, table = record.file.region, coverage(record, view.query.on)
    women, found = women_by_status(record, table, region.scope_minimum_age), counts(table)
    for status, what in (
        (Status.NONE, "no contracted service"),
        (Status.LAPSED, "ended contracts"),
    ):
        if n := found[status]:
            place = f"{n} {region.areas if n > 1 else region.area} with {what}"
            total = women[status].total
            age = region.scope_minimum_age
            return f"{total:,} women aged {age} or over live in the {place}" if total else place
    return f"No {region.area} is known to have no contracted service"


def calendar_finding(record: Record, view: View) -> str:
    """When areas lose their last contract."""
    region = record.file.region
    counted = set(record.codes[record.counted])
    lost = [
        c for c in changes(record, *span(record)) if c.code in counted and c.after == Status.LAPSED
    ]
    days = sorted({c.on for c in lost})
    many = [(sum(c.on == day for c in lost), day_words(eve_of(day))) for day in days]
    if not many:
        return f"No {region.area} loses its last contract while the record speaks"
    first, *rest = many
    areas = region.area if first[0] == 1 else region.areas
    loses = "loses its" if first[0] == 1 else "lose their"
    start = f"{first[0]} {areas} {loses} last contract after {first[1]}"
    if len(rest) > 2:
        return f"{len(lost)} {region.areas} lose their last contract by {many[-1][1]}"
    return listing([start, *(f"{n} more after {day}" for n, day in rest)])


def theme_finding(record: Record, view: View) -> str:
    """Where contracts named for a theme reach."""
    theme = record.themes_by_id[view.query.theme or ""]
    if not carriers(record, theme).ids:
        return f"{theme.title}: no contract is named in any {record.file.region.area}"
    found = reach_counts(reach(record, theme.id, view.query.on))
    there = sum(found[r] for r in REACHED)
    if not there and found[ThemeCoverage.NOT_STATED] == sum(found.values()):
        return f"{theme.title}: not stated in which of {_whole(record)}"
    return f"{theme.title}: contracts reach {there} of {_whole(record)}"


def themes_finding(record: Record, view: View) -> str:
    """For how many themes no contract is named anywhere."""
    without = [t for t in record.themes if not carriers(record, t).ids]
    total, area = len(record.themes), record.file.region.area
    if not without:
        return f"A contract is named for each of {total} themes in at least one {area}"
    return f"No contract is named for {len(without)} of {total} themes in any {area}"


def scenario_finding(record: Record, view: View) -> str:
    """How many areas would be covered, and how many are."""
    found = outcome(record, view.query.supposed(record))
    before, after = count_span(found.baseline_counts), count_span(found.counts)
    would = f"What if: {after} of {_whole(record)} would be covered"
    return f"{would}, as now" if before == after else f"{would}; now {before}"


def difference_finding(record: Record, view: View) -> str:
    """What each of two scenarios covers that the other does not."""
    found, other = comparison(record, view.query), view.place
    one, two = LETTERS[0], LETTERS[other]
    parts = [
        f"{who} alone covers {_places(record, codes)}"
        for who, codes in ((one, found.only(0, other)), (two, found.only(other, 0)))
        if codes
    ]
    areas = record.file.region.areas
    return f"What if: {'; '.join(parts) or f'{one} and {two} cover the same {areas}'}"


def _places(record: Record, codes: Sequence[str]) -> str:
    if len(codes) <= FEW:
        return listing(record.by_code[code].name for code in codes)
    return f"{len(codes)} {record.file.region.areas}"


def then_and_now_finding(record: Record, view: View) -> str:
    """What became of the areas that had none."""
    found = side_by_side(record)
    if found is None:
        return ""
    return then_and_now_heading(found, found.steps[view.place - 1]).headline
