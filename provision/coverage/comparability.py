"""What of two records can be set side by side, and what speaks against reading them as one."""

from __future__ import annotations

from enum import StrEnum

from provision.coverage.basis import Basis, service_basis
from provision.coverage.then_and_now import ThenAndNow
from provision.record import Record
from provision.schema.services import NOT_STATED


class Caution(StrEnum):
    """Why two records cannot be read as one. Each is told by what the records themselves say;
    ``NOTED`` by the note that the region keeps of the newer one."""

    ANOTHER_SOURCE = "another_source"
    OTHER_PEOPLE = "other_people"
    NOTED = "noted"
    DATES_OF_LISTING = "dates_of_listing"
    ANOTHER_DATE = "another_date"
    NOT_A_CONTINUATION = "not_a_continuation"


class Part(StrEnum):
    """What could be set side by side of two records."""

    AREAS = "areas"
    NAMED = "named"
    DATES = "dates"
    PEOPLE = "people"
    LEVEL = "level"
    MONEY = "money"
    SERVICES = "services"


def cautions(found: ThenAndNow, older: int, newer: int) -> tuple[Caution, ...]:
    """Why what two records say of an area is not one story.

    Parameters
    ----------
    found
        The records side by side.
    older, newer
        The places of two of them.

    Returns
    -------
    tuple of Caution
        Those that hold, the weightiest first; that neither is said to go on from the other always
        does.
    """
    was, now = found.records[older], found.records[newer]
    scopes_differ = was.file.region.scope != now.file.region.scope
    holds = {
        Caution.NOT_A_CONTINUATION: True,
        Caution.DATES_OF_LISTING: Basis.LISTED in bases(now),
        Caution.ANOTHER_SOURCE: not _sources(was) & _sources(now),
        Caution.NOTED: bool(now.entry and now.entry.note) and scopes_differ,
        Caution.OTHER_PEOPLE: scopes_differ,
        Caution.ANOTHER_DATE: found.days[older] != found.days[newer],
    }
    return tuple(caution for caution, yes in holds.items() if yes)


def comparable(found: ThenAndNow, older: int, newer: int) -> dict[Part, bool]:
    """What of two records can be set side by side, and what cannot.

    Parameters
    ----------
    found
        The records side by side.
    older, newer
        The places of two of them.

    Returns
    -------
    dict of bool
        The areas and whom a service is named for always can, since the records are of the same
        areas. Dates can where they are of one kind; people where both are of the same; level and
        money where both state them; services where one is in both records.
    """
    was, now = found.records[older], found.records[newer]
    return {
        Part.AREAS: True,
        Part.NAMED: True,
        Part.DATES: bases(was) == bases(now),
        Part.PEOPLE: was.file.region.scope == now.file.region.scope,
        Part.LEVEL: states_level(was) and states_level(now),
        Part.MONEY: states_money(was) and states_money(now),
        Part.SERVICES: bool(set(was.services_by_id) & set(now.services_by_id)),
    }


def bases(record: Record) -> frozenset[Basis]:
    """What the record's services rest on.

    Parameters
    ----------
    record
        The record.

    Returns
    -------
    frozenset of Basis
        Of all of them."""
    return frozenset(service_basis(s) for s in record.services)


def _sources(record: Record) -> set[str]:
    """The titles of the documents that say which areas a service is for."""
    cited = {ref.source for s in record.services for ref in s.service_area.ref}
    return {source.title for source in record.file.sources if source.id in cited}


def states_level(record: Record) -> bool:
    """Whether the record states the level of every service.

    Parameters
    ----------
    record
        The record.

    Returns
    -------
    bool
        False where any is *not stated*."""
    return all(service.level != NOT_STATED for service in record.services)


def states_money(record: Record) -> bool:
    """Whether the record states who pays for every service.

    Parameters
    ----------
    record
        The record.

    Returns
    -------
    bool
        False where any is *not stated*."""
    return all(bool(service.funding) for service in record.services)
