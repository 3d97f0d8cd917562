"""The sentences that say what a table shows. Each is written once: caption, alt text, screen-reader text and speaker's line are it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from provision.coverage import Activity, Status, activity, counts, coverage
from provision.dates import SourceDate, day_words
from provision.need import Gap, Women
from provision.record import Record
from provision.schema import NOT_STATED, Level, NotStated, Reference, Region, Service
from provision.timeline import Change, changes, span, thinned, turning_days

FEW = 4  # up to so many areas are named in a sentence; beyond, they are counted
_SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

STATUS_WORDS = {
    Status.COVERED: "covered",
    Status.NONE: "no contracted service",
    Status.LAPSED: "lapsed",
    Status.NOT_STATED: "not stated",
}
LEVEL_WORDS = {Level.ONE_TO_ONE: "one-to-one support only", Level.WRAP_AROUND: "wrap-around or whole-system support"}
GAP_WORDS = {
    Gap.NONE: "no contracted service",
    Gap.LAPSED: "lapsed",
    Gap.NOT_STATED: "not stated",
    Gap.ONE_TO_ONE_ONLY: "one-to-one support only",
    Gap.LAPSING_SOON: "contracts end within 12 months",
    Gap.ONE_PROVIDER: "rests on one provider",
}


@dataclass(frozen=True)
class Sourced:
    """A sentence and the places that it rests on."""

    text: str
    refs: tuple[Reference, ...] = ()


def number(n: int) -> str:
    """A count in running text: words below ten, digits with separators from there.

    >>> number(7), number(24), number(3472047)
    ('seven', '24', '3,472,047')
    """
    return _SMALL[n] if 0 <= n < len(_SMALL) else f"{n:,}"


def listing(names: Iterable[str]) -> str:
    """Names in running text.

    >>> listing(["Enfield", "Hackney", "Redbridge"])
    'Enfield, Hackney and Redbridge'
    """
    names = list(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "none"


def as_at(record: Record, on: date) -> str:
    """The date of a view. The record's own month is called by its name."""
    own = record.file.region.as_at
    return str(own) if on == own.last else day_words(on)


def reference_text(record: Record, ref: Reference) -> str:
    """A reference for reading: document, section, page where the source prints one, date."""
    source, section = record.section(ref)
    page = f", page {section.page}" if section.page else ""
    return f"{source.short_title}, {section.title}{page} ({source.date})"


def headline(record: Record, table: pd.DataFrame, on: date) -> str:
    """What the coverage map shows, in one sentence. ``table`` is from :func:`provision.coverage.coverage`."""
    region = record.file.region
    found = counts(table)
    total = sum(found.values())
    parts = [f"{found[Status.COVERED] or 'None'} of {region.name}'s {total} {region.areas} have a contracted women's service as at {as_at(record, on)}"]
    if found[Status.LAPSED]:
        which = f" ({_some(table, Status.LAPSED)})" if found[Status.LAPSED] <= FEW else ""
        parts.append(f"in {number(found[Status.LAPSED])} every contract has ended{which}")
    if found[Status.NONE]:
        parts.append(f"{number(found[Status.NONE])} {'has' if found[Status.NONE] == 1 else 'have'} none")
    if found[Status.NOT_STATED]:
        parts.append(f"the source does not say for {_some(table, Status.NOT_STATED)}")
    return "; ".join(parts) + "."


def _some(table: pd.DataFrame, status: Status) -> str:
    """The areas with a status: their names while they are few, else how many they are."""
    names = list(table.loc[table["counted"] & (table["status"] == status), "name"])
    return listing(names) if len(names) <= FEW else f"{len(names)} of them"


def filtered_headline(record: Record, table: pd.DataFrame, on: date, services: Sequence[str]) -> str:
    """What the map shows when only some services are looked at. It says nothing of areas that other services cover."""
    region = record.file.region
    counted = table[table["counted"]]
    reached = sum(bool(set(ids) & set(services)) for ids in counted["services"])
    names = listing(record.service[s].short_name for s in services)
    return f"{reached} of {region.name}'s {len(counted)} {region.areas} are named for {names} as at {as_at(record, on)}; other services are not shown."


def women_text(women: Women, areas: str) -> str:
    """A number of women with its age, and what is missing from it."""
    if women.total is None:
        return f"women of {women.from_age} and over: not stated"
    lacking = f", not counting {number(women.missing)} {areas} without a figure" if women.missing else ""
    return f"{women.total:,} women of {women.from_age} and over{lacking}"


def term(start: SourceDate | NotStated, end: SourceDate | NotStated) -> str:
    """A contract's term in words."""
    begin = "the start is not stated" if start == NOT_STATED else f"from {start}"
    return f"{begin}, {'the end is not stated' if end == NOT_STATED else f'to {end}'}"


def why(record: Record, code: str, on: date) -> list[Sourced]:
    """Why an area has its status on a day: one sentence for each thing that bears on it, with references."""
    row = coverage(record, on).loc[code]
    name, status, level = str(row["name"]), Status(str(row["status"])), Level(row["level"]) if row["level"] else None
    found = [Sourced(_verdict(record, name, status, level, on))]
    found += [_service_sentence(record, s, name, on) for j, s in enumerate(record.services) if record.named[record.codes.get_loc(code), j]]
    found += _absence(record, code, name, on)
    for d in record.discrepancies_touching(name):
        found.append(Sourced(f"The source disagrees with itself here ({d.title}). {d.done_here}", tuple(r for s in d.statements for r in s.ref)))
    return found


def _verdict(record: Record, name: str, status: Status, level: Level | None, on: date) -> str:
    when = as_at(record, on)
    if status is Status.COVERED and level:
        return f"{name} is covered as at {when}, with {LEVEL_WORDS[level]}."
    if status is Status.LAPSED:
        return f"{name} has lapsed as at {when}: every contract named for it has ended, and the source does not say what followed."
    if status is Status.NONE:
        return f"{name} has no contracted service as at {when}."
    return f"For {name} it is not stated as at {when} whether it has a contracted service; it counts neither as covered nor as without one."


def _service_sentence(record: Record, service: Service, name: str, on: date) -> Sourced:
    region = record.file.region
    own = region.as_at
    what = activity(service, own.first if service.contract.end != NOT_STATED else own.last, on)
    span = term(service.contract.start, service.contract.end)
    tail = {
        Activity.ACTIVE: f"is active ({span})",
        Activity.ENDED: f"has ended ({span})",
        Activity.NOT_BEGUN: f"had not begun ({span})",
        Activity.NOT_STATED: f"may or may not have been active ({span}; the record speaks from {own})",
    }[what]
    return Sourced(f"{service.name} names {name} in its contract and {tail}.", (*service.service_area.ref, *service.contract.ref))


def _absence(record: Record, code: str, name: str, on: date) -> list[Sourced]:
    row = record.codes.get_loc(code)
    region, none = record.file.region, record.file.areas_without_service
    if record.listed_none[row]:
        early = f" It does not say so of {day_words(on)}, before its own date." if on < region.as_at.first else ""
        return [Sourced(f"The source lists {name} as having no contracted service, as at {region.as_at}.{early}", none.ref), Sourced(region.caveat, region.ref)]
    if record.named[row].any():
        return []
    kind = "" if record.counted[row] else f" {name} is not one of the {region.areas} that are counted."
    return [
        Sourced(f"No contract in the record names {name}, and the source does not list it as having none.{kind}", none.ref),
        Sourced(region.caveat, region.ref),
    ]


def change_sentences(record: Record, first: date, last: date) -> list[str]:
    """One sentence for every day on which areas change status: how many, which, because of what, and what is left."""
    region = record.file.region
    found = []
    every = changes(record, first, last)
    for day in sorted({c.on for c in every}):
        turned = [c for c in every if c.on == day]
        left = counts(coverage(record, day))[Status.COVERED]
        parts = [_turn(record, group, region.areas, region.area) for group in _by_turn(turned)]
        kept = _kept(len(thinned(record, day)), region)
        found.append(f"After {day_words(date.fromordinal(day.toordinal() - 1))}, {'; '.join(parts)}. {kept}{_left(left, region.areas)}")
    return found


def _kept(thinner: int, region: Region) -> str:
    if not thinner:
        return ""
    return f"{number(thinner).capitalize()} more {'loses' if thinner == 1 else 'lose'} one service and {'keeps' if thinner == 1 else 'keep'} another. "


def gap_headline(record: Record, table: pd.DataFrame, women: dict[Status, Women], on: date) -> str:
    """How many women live where there is no contracted service, where it lapsed, and where the source does not say."""
    region, found = record.file.region, counts(table)
    parts = []
    for status, where in (
        (Status.NONE, "with no contracted service"),
        (Status.LAPSED, "where every contract has ended"),
        (Status.NOT_STATED, "for which the source does not say"),
    ):
        if found[status]:
            place = f"the {number(found[status])} {region.areas}" if found[status] > 1 else _some(table, status) + ("," if status is Status.NOT_STATED else "")
            parts.append(f"{women_text(women[status], region.areas)} live in {place} {where}")
    said = "; ".join(parts) or f"Every {region.area} has a contracted service"
    return f"As at {as_at(record, on)}: {said}."


def _left(covered: int, areas: str) -> str:
    return f"{number(covered).capitalize() if covered else 'No'} {areas} {'is' if covered == 1 else 'are'} then covered."


def _by_turn(turned: list[Change]) -> list[list[Change]]:
    kinds = sorted({(c.before, c.after) for c in turned})
    return [[c for c in turned if (c.before, c.after) == kind] for kind in kinds]


def _turn(record: Record, group: list[Change], areas: str, area: str) -> str:
    ids = sorted({i for c in group for i in (*c.ended, *c.begun)})
    names = [c.name for c in group]
    which = f" ({listing(names)})" if len(names) <= FEW else ""
    verb = ("end" if len(ids) > 1 else "ends") if group[0].ended else ("begin" if len(ids) > 1 else "begins")
    because = f", because {listing(record.service[i].name for i in ids)} {verb}" if ids else ", because the record begins"
    was, now = STATUS_WORDS[group[0].before], STATUS_WORDS[group[0].after]
    return f"{number(len(names))} {area if len(names) == 1 else areas}{which} {'goes' if len(names) == 1 else 'go'} from {was} to {now}{because}"


def area_changes(record: Record, code: str) -> list[str]:
    """When an area's status changes, day by day, from when the record begins to speak; one sentence if it never does."""
    name = record.by_code[code].name
    found = []
    for change in changes(record, *span(record)):
        if change.code == code:
            because = listing(record.service[i].name for i in (*change.ended, *change.begun))
            found.append(f"On {day_words(change.on)}: from {STATUS_WORDS[change.before]} to {STATUS_WORDS[change.after]} ({because}).")
    for day in turning_days(record):
        if day > record.file.region.as_at.first and code in thinned(record, day):
            found.append(f"On {day_words(day)}: {name} loses one service and keeps another.")
    return found or [f"Nothing that the record knows of changes the status of {name}."]
