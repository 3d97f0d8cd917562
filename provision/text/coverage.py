"""The sentences that say what a table shows. Each is written once: caption, alt text, screen-reader
text and speaker's line are it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from provision.coverage.need import Women
from provision.coverage.status import (
    Activity,
    Basis,
    Status,
    activities,
    activity,
    counts,
    coverage,
    service_basis,
)
from provision.coverage.timeline import Change, changes, span, thinned, turning_days
from provision.dates import SourceDate, day_words
from provision.record import Record
from provision.schema.services import (
    NOT_STATED,
    ONGOING,
    Level,
    Listing,
    NotStated,
    Ongoing,
    Reference,
    Region,
    Service,
)
from provision.text.labels import LEVEL_WORDS, STATUS_WORDS

FEW = 4  # up to so many areas are named in a sentence; beyond, they are counted
_SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


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
    return (
        names[0]
        if len(names) == 1
        else f"{', '.join(names[:-1])} and {names[-1]}"
        if names
        else "none"
    )


def stated_listing(names: Sequence[str]) -> str:
    """Names in running text; no name at all means that none is stated."""
    return listing(names) if names else NOT_STATED


def money(amount: float, currency: str) -> str:
    """An amount without its pennies, in its currency.

    >>> money(90000, "GBP"), money(90000, "EUR"), money(90000, "not stated")
    ('£90,000', 'EUR 90,000', '90,000 (currency not stated)')
    """
    if currency == NOT_STATED:
        return f"{amount:,.0f} (currency not stated)"
    return f"£{amount:,.0f}" if currency == "GBP" else f"{currency} {amount:,.0f}"


def as_at(record: Record, on: date) -> str:
    """The date of a view. The record's own month is called by its name."""
    own = record.file.region.as_at
    return str(own) if on == own.last else day_words(on)


def region_words(record: Record) -> str:
    """The region's name, and which of its records this is, where it is not the first."""
    name = record.file.region.name
    return f"{name}, {record.label}" if record.label else name


def edition(record: Record) -> str:
    """Which data something is made from: the data version, and the record, where it is not the
    first of its region."""
    version = f"Data version {record.version}"
    return f"Record: {record.label}. {version}" if record.label else version


def reference_text(record: Record, ref: Reference) -> str:
    """A reference for reading: document, section, page where the source prints one, date."""
    source, section = record.section(ref)
    page = f", page {section.page}" if section.page else ""
    return f"{source.short_title}, {section.title}{page} ({source.date})"


def headline(record: Record, table: pd.DataFrame, on: date) -> str:
    """What the coverage map shows, in one sentence. ``table`` is from
    :func:`provision.coverage.status.coverage`."""
    region, found, when = record.file.region, counts(table), as_at(record, on)
    total = sum(found.values())
    whole = f"{region.name}'s {total} {region.areas}"
    if found[Status.NOT_STATED] == total:
        return (
            f"The source does not say which of {whole} had a contracted women's service as at"
            f" {when}."
        )
    if not found[Status.COVERED]:
        return (
            f"As at {when}, no contract that the record knows of is active in {whole}:"
            f" {'; '.join(_rest(record, table, found))}.".replace(
                " have none", " are listed as having none"
            )
        )
    start = (
        f"{found[Status.COVERED]} of {whole} {'has' if found[Status.COVERED] == 1 else 'have'} a"
        f" contracted women's service as at {when}"
    )
    return "; ".join([start, *_rest(record, table, found)]) + "."


def _rest(record: Record, table: pd.DataFrame, found: Mapping[Status, int]) -> list[str]:
    """What a headline says of the areas that are not covered."""
    parts = []
    if found[Status.LAPSED]:
        which = f" ({_some(table, Status.LAPSED)})" if found[Status.LAPSED] <= FEW else ""
        parts.append(f"in {number(found[Status.LAPSED])} every contract has ended{which}")
    if found[Status.NONE]:
        one = found[Status.NONE] == 1
        have = (
            ("has" if one else "have")
            if found[Status.COVERED]
            else ("is listed as having" if one else "are listed as having")
        )
        parts.append(f"{number(found[Status.NONE])} {have} none")
    if found[Status.NOT_STATED]:
        parts.append(f"the source does not say for {_some(table, Status.NOT_STATED)}")
    return parts


def _some(table: pd.DataFrame, status: Status) -> str:
    """The areas with a status: their names while they are few, else how many they are."""
    names = list(table.loc[table["counted"] & (table["status"] == status), "name"])
    return listing(names) if len(names) <= FEW else f"{len(names)} of them"


def filtered_headline(
    record: Record, table: pd.DataFrame, on: date, services: Sequence[str]
) -> str:
    """What the map shows when only some services are looked at. It says nothing of areas that other
    services cover."""
    region = record.file.region
    counted = table[table["counted"]]
    reached = [bool(set(ids) & set(services)) for ids in counted["services"]]
    maybe = sum(
        bool(set(ids) & set(services)) and not sure
        for ids, sure in zip(counted["unsure"], reached, strict=True)
    )
    names = listing(record.services_by_id[s].short_name for s in services)
    doubt = f"; for {number(maybe)} more it is not stated whether that was active" if maybe else ""
    where = f"{sum(reached)} of {region.name}'s {len(counted)} {region.areas}"
    return (
        f"Shown: {names}, active in {where} as at {as_at(record, on)}{doubt}. Other services are"
        " not shown."
    )


def women_text(women: Women, region: Region) -> str:
    """A number of women with its age, and what is missing from it."""
    if women.total is None:
        return f"a number of women of {women.from_age} and over that is not stated"
    lacking = (
        f", not counting {number(women.missing)} {_areas(region, women.missing)} without a figure"
        if women.missing
        else ""
    )
    return f"{women.total:,} women of {women.from_age} and over{lacking}"


def women_range_text(women: Women, region: Region) -> str:
    """The same, up to what it would be with the areas that could belong there too."""
    if women.total is None:
        return women_text(women, region)
    lacking = women.missing + women.possible_missing
    rest = (
        f", not counting {number(lacking)} {_areas(region, lacking)} without a figure"
        if lacking
        else ""
    )
    return f"{women_span(women)} women of {women.from_age} and over{rest}"


def women_span(women: Women, between: str = " to ") -> str:
    """A number of women, from the certain to the possible; in digits, for sentences and (with a
    dash ``between``) for tables."""
    if women.total is None:
        return "not stated"
    if women.possible is None or women.possible_missing:
        return f"{women.total:,} or more"
    return (
        f"{women.total:,}{between}{women.total + women.possible:,}"
        if women.possible
        else f"{women.total:,}"
    )


def _areas(region: Region, n: int) -> str:
    return region.area if n == 1 else region.areas


def term(start: SourceDate | NotStated, end: SourceDate | Ongoing | NotStated) -> str:
    """A contract's term in words."""
    begin = "the start is not stated" if start == NOT_STATED else f"from {start}"
    if end == ONGOING:
        return f"{begin}, ongoing"
    return f"{begin}, {'the end is not stated' if end == NOT_STATED else f'to {end}'}"


def why(record: Record, code: str, on: date) -> list[Sourced]:
    """Why an area has its status on a day: one sentence for each thing that bears on it, with
    references."""
    row = coverage(record, on).loc[code]
    name, status, level = (
        str(row["name"]),
        Status(str(row["status"])),
        Level(row["level"]) if row["level"] else None,
    )
    ahead = any(
        a is Activity.NOT_BEGUN
        for j, a in enumerate(activities(record, on))
        if record.service_area_matrix[record.codes.get_loc(code), j]
    )
    verdict = (
        f"{name} has lapsed as at {as_at(record, on)}: every contract that had begun there has"
        " ended, and another has not begun."
    )
    found = [
        Sourced(
            verdict
            if status is Status.LAPSED and ahead
            else _verdict(record, name, status, level, on)
        )
    ]
    found += [
        _service_sentence(record, s, name, on)
        for j, s in enumerate(record.services)
        if record.service_area_matrix[record.codes.get_loc(code), j]
    ]
    found += _absence(record, code, name, on)
    for d in record.discrepancies_touching(name):
        refs = tuple(dict.fromkeys(r for s in d.statements for r in s.ref))
        found.append(
            Sourced(f"The source disagrees with itself here ({d.title}). {d.done_here}", refs)
        )
    return found


def _verdict(record: Record, name: str, status: Status, level: Level | None, on: date) -> str:
    when = as_at(record, on)
    if status is Status.COVERED and level:
        return f"{name} is covered as at {when}, with {LEVEL_WORDS[level]}."
    if status is Status.LAPSED:
        return (
            f"{name} has lapsed as at {when}: every contract named for it has ended, and the source"
            " does not say what followed."
        )
    if status is Status.NONE:
        return f"{name} has no contracted service as at {when}."
    return (
        f"For {name} it is not stated as at {when} whether it has a contracted service; it counts"
        " neither as covered nor as without one."
    )


def _service_sentence(record: Record, service: Service, name: str, on: date) -> Sourced:
    region = record.file.region
    own = region.as_at
    what = activity(service, own, on)
    if service.qualifies != "yes":
        return _uncounted_sentence(region, service, name)
    span = term(service.contract.start, service.contract.end)
    if service_basis(service) is Basis.LISTED and service.listing:
        return _listed_sentence(service, service.listing, name, what)
    tail = {
        Activity.ACTIVE: f"is active ({span})",
        Activity.ENDED: f"has ended ({span})",
        Activity.NOT_BEGUN: f"had not begun ({span})",
        Activity.NOT_STATED: (
            f"may or may not have been active ({span}; the record speaks from {own})"
        ),
    }[what]
    return Sourced(
        f"{service.name} names {name} in its contract and {tail}.",
        (*service.service_area.ref, *service.contract.ref),
    )


def _listed_sentence(service: Service, listing_: Listing, name: str, what: Activity) -> Sourced:
    """What a listing for referral says: these are no dates of a contract."""
    span = term(listing_.start, listing_.end)
    tail = {
        Activity.ACTIVE: f"is listed for referral ({span}), which are not dates of a contract",
        Activity.NOT_STATED: (
            f"is not listed for referral on that day ({span}); whether it was active is not stated"
        ),
    }
    refs = (*service.service_area.ref, *listing_.ref)
    return Sourced(f"{service.name} names {name} and {tail[what]}.", refs)


def _uncounted_sentence(region: Region, service: Service, name: str) -> Sourced:
    """Why a service that is not, or not known to be, of the kind that is counted does not make an
    area covered."""
    kinds = {
        "contracted": service.contracted,
        f"for {region.people} alone": service.people_specific,
    }
    refs = (*service.service_area.ref, *service.ref)
    if service.qualifies == "no":
        lacking = listing(kind for kind, said in kinds.items() if said == "no")
        text = f"{service.name} serves {name}, but is not {lacking}. It is not counted."
        return Sourced(text, refs)
    lacking = listing(kind for kind, said in kinds.items() if said == NOT_STATED)
    return Sourced(
        f"{service.name} serves {name}. It is not stated whether it is {lacking}, so it does not"
        f" make {name} covered.",
        refs,
    )


def _absence(record: Record, code: str, name: str, on: date) -> list[Sourced]:
    row = record.codes.get_loc(code)
    region, none = record.file.region, record.file.areas_without_service
    caveat = Sourced(region.caveat, region.caveat_ref or region.ref)
    if record.listed_none[row]:
        early = (
            f" It does not say so of {day_words(on)}, before its own date."
            if on < region.as_at.first
            else ""
        )
        return [
            Sourced(
                f"The source lists {name} as having no contracted service, as at"
                f" {region.as_at}.{early}",
                none.ref,
            ),
            caveat,
        ]
    if record.service_area_matrix[row].any():
        return []
    kind = (
        "" if record.counted[row] else f" {name} is not one of the {region.areas} that are counted."
    )
    return [
        Sourced(
            f"No contract in the record names {name}, and the source does not list it as having"
            f" none.{kind}",
            none.ref,
        ),
        caveat,
    ]


def change_sentences(record: Record, first: date, last: date) -> list[str]:
    """One sentence for every day on which areas change status: how many, which, because of what,
    and what is left."""
    region = record.file.region
    found = []
    counted = set(record.codes[record.counted])
    every = [c for c in changes(record, first, last) if c.code in counted]
    for day in sorted({c.on for c in every}):
        turned = [c for c in every if c.on == day]
        left = counts(coverage(record, day))[Status.COVERED]
        parts = [_turn(record, group) for group in _by_turn(turned)]
        kept = _kept(len(thinned(record, day)))
        found.append(
            f"After {day_words(date.fromordinal(day.toordinal() - 1))}, {'; '.join(parts)}."
            f" {kept}{_left(left, region)}"
        )
    return found


def _kept(thinner: int) -> str:
    if not thinner:
        return ""
    return (
        f"{number(thinner).capitalize()} more {'loses' if thinner == 1 else 'lose'} one service and"
        f" {'keeps' if thinner == 1 else 'keep'} another. "
    )


_WHERE = {
    Status.NONE: "with no contracted service",
    Status.LAPSED: "where every contract has ended",
    Status.NOT_STATED: "for which the source does not say",
}


def gap_headline(
    record: Record, table: pd.DataFrame, women: Mapping[Status, Women], on: date
) -> str:
    """How many women live where there is no contracted service, where it lapsed, and where the
    source does not say."""
    region, found = record.file.region, counts(table)
    parts = []
    for status, where in _WHERE.items():
        if found[status]:
            comma = "," if status is Status.NOT_STATED else ""
            place = (
                f"the {number(found[status])} {region.areas}"
                if found[status] > 1
                else _some(table, status) + comma
            )
            parts.append(
                f"{women_text(women[status], region)}"
                f" live{'s' if women[status].total is None else ''} in {place} {where}"
            )
    said = "; ".join(parts) or f"every {region.area} has a contracted service"
    return f"As at {as_at(record, on)}: {said}."


def _left(covered: int, region: Region) -> str:
    if not covered:
        return f"No contract that the record knows of is then active in any {region.area}."
    return (
        f"{number(covered).capitalize()} {_areas(region, covered)}"
        f" {'is' if covered == 1 else 'are'} then covered."
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
        f"{number(len(names))} {_areas(region, len(names))}{which} {goes} from {was} to {now},"
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
