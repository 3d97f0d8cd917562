"""The sentences that say what a table shows. Each is written once: caption, alt text, screen-reader
text and speaker's line are it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from provision.coverage.basis import Basis, service_basis
from provision.coverage.status import Activity, Status, activities, activity, coverage_table
from provision.dates import day_words
from provision.english import listing, number
from provision.record import Record
from provision.schema.labels import LEVEL_WORDS
from provision.schema.services import (
    NOT_STATED,
    Level,
    Listing,
    Region,
    Service,
)
from provision.text.wording import Sourced, as_at, counted_areas, term

if TYPE_CHECKING:
    import pandas as pd


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
    doubt = f" Not known for {maybe} more." if maybe else ""
    where = f"{sum(reached)} of {region.name}'s {len(counted)} {region.areas}"
    return (
        f"Shown: {names}, active in {where} ({as_at(record, on)}).{doubt} Other services are"
        " hidden."
    )


def why(record: Record, code: str, on: date) -> list[Sourced]:
    """Why an area has its status on a day: one sentence for each thing that bears on it, with
    references."""
    row = coverage_table(record, on).row(record.row_of[code])
    name, status, level = (
        str(row["name"]),
        Status(str(row["status"])),
        Level(row["level"]) if row["level"] else None,
    )
    ahead = any(
        a is Activity.NOT_BEGUN
        for j, a in enumerate(activities(record, on))
        if record.service_area_matrix[record.row_of[code], j]
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
        if record.service_area_matrix[record.row_of[code], j]
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
    row = record.row_of[code]
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


def left_covered(covered: int, region: Region) -> str:
    if not covered:
        return f"No contract that the record knows of is then active in any {region.area}."
    return (
        f"{number(covered).capitalize()} {counted_areas(region, covered)}"
        f" {'is' if covered == 1 else 'are'} then covered."
    )
