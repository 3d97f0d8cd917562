"""Several records of the same areas beside one another: what each says, and what became of an area
from one to another.

Each record is looked at on its own date: it speaks for its own time, and none is said to go on from
another. From an older record to a newer one an area is

gained
    covered in the newer; in the older it was listed as having none, or its contracts had ended;
gained, not stated
    covered in the newer; the older did not say;
lost
    covered in the older; in the newer it is listed as having none, or its contracts have ended;
no longer stated
    the older said what holds, whatever it was; the newer does not;
now without
    listed as having none in the newer, or its contracts have ended; the older did not say;
covered in both, covered in neither, not stated in either
    what these words say. *Covered in neither* is stated in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations, pairwise

from provision.coverage.basis import Basis, service_basis
from provision.coverage.status import Status, coverage
from provision.dates import next_day
from provision.record import Record
from provision.schema.services import ONGOING, Reference, Service


class Passage(StrEnum):
    """What became of an area from an older record to a newer one."""

    GAINED = "gained"
    GAINED_NOT_STATED = "gained_not_stated"
    LOST = "lost"
    NO_LONGER_STATED = "no_longer_stated"
    NOW_WITHOUT = "now_without"
    COVERED_IN_BOTH = "covered_in_both"
    COVERED_IN_NEITHER = "covered_in_neither"
    NOT_STATED_IN_EITHER = "not_stated_in_either"


@dataclass(frozen=True)
class Said:
    """What one record says of an area on its own date. ``services`` are ids of those that are
    active there, each with its lead in ``providers`` and what it rests on in ``bases``; ``refs``
    are where the record says so."""

    status: Status
    services: tuple[str, ...]
    providers: tuple[str, ...]
    bases: tuple[Basis, ...]
    refs: tuple[Reference, ...]


@dataclass(frozen=True)
class AreaInRecords:
    """An area, and what each record says of it, in the order of the records."""

    code: str
    name: str
    counted: bool
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Stretch:
    """The time for which a record's source dates a service. Where it gives no start, ``start`` is
    the first day that the record speaks for, and ``start_stated`` is false; ``end`` is None where
    none is given, or the service is ``ongoing``."""

    record: int
    service: str
    start: date
    start_stated: bool
    end: date | None
    ongoing: bool
    basis: Basis


@dataclass(frozen=True)
class Silence:
    """Days between two stretches, in which no record dates a service for some areas (codes)."""

    first: date
    last: date
    codes: tuple[str, ...]


@dataclass(frozen=True)
class ThenAndNow:
    """Records of the same areas, oldest first, each with its date, and all that they say."""

    records: tuple[Record, ...]
    days: tuple[date, ...]
    areas: tuple[AreaInRecords, ...]
    stretches: tuple[Stretch, ...]

    def passage(self, area: AreaInRecords, older: int, newer: int) -> Passage:
        """What became of an area from one record to another, by their places."""
        return passage(area.said[older].status, area.said[newer].status)

    def codes(
        self, what: Passage, older: int, newer: int, *, counted: bool = True
    ) -> tuple[str, ...]:
        """Codes of the areas with which something happened; of the counted ones, or the others."""
        return tuple(
            area.code
            for area in self.areas
            if area.counted is counted and self.passage(area, older, newer) is what
        )

    @property
    def steps(self) -> tuple[tuple[int, int], ...]:
        """From each record to the next, by their places."""
        return tuple(pairwise(range(len(self.records))))

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """From each record to every later one, by their places."""
        return tuple(combinations(range(len(self.records)), 2))


def then_and_now(records: Sequence[Record], on: date | None = None) -> ThenAndNow:
    """Set records side by side.

    Parameters
    ----------
    records
        At least two records of the same areas, oldest first.
    on
        A day to look at all of them; without one, each is looked at on its own date.

    Returns
    -------
    ThenAndNow
        What each says of every area, in the order of the boundaries file.

    Raises
    ------
    ValueError
        Where there are not two records, or they are of different areas.
    """
    if len(records) < 2:
        raise ValueError("there are no two records to set side by side")
    if any(list(record.row_of) != list(records[0].row_of) for record in records):
        raise ValueError("the records are not about the same areas")
    days = tuple(on or record.default_date for record in records)
    columns = [_said(record, day) for record, day in zip(records, days, strict=True)]
    areas = tuple(
        AreaInRecords(area.code, area.name, bool(counted), tuple(said))
        for area, counted, *said in zip(records[0].areas, records[0].counted, *columns, strict=True)
    )
    stretches = tuple(s for n, record in enumerate(records) for s in _stretches(n, record))
    return ThenAndNow(tuple(records), days, areas, stretches)


def passage(older: Status, newer: Status) -> Passage:
    """What became of an area, from its status in an older record and in a newer one.

    Parameters
    ----------
    older, newer
        What the two records say, each on its own date.

    Returns
    -------
    Passage
        As :mod:`provision.coverage.then_and_now` defines it.
    """
    if Status.NOT_STATED in (older, newer):
        if newer is not Status.NOT_STATED:
            covered = newer is Status.COVERED
            return Passage.GAINED_NOT_STATED if covered else Passage.NOW_WITHOUT
        unsaid = older is Status.NOT_STATED
        return Passage.NOT_STATED_IN_EITHER if unsaid else Passage.NO_LONGER_STATED
    if newer is Status.COVERED:
        return Passage.COVERED_IN_BOTH if older is Status.COVERED else Passage.GAINED
    return Passage.LOST if older is Status.COVERED else Passage.COVERED_IN_NEITHER


def _said(record: Record, on: date) -> list[Said]:
    table = coverage(record, on)
    none = record.file.areas_without_service.ref
    whole = record.file.region.ref
    found = []
    for row in table[["status", "services", "ended", "unsure"]].to_dict("records"):
        active = [record.services_by_id[i] for i in row["services"]]
        named = active or [record.services_by_id[i] for i in (*row["ended"], *row["unsure"])]
        refs = {ref: None for service in named for ref in service.service_area.ref}
        if not refs:
            refs = dict.fromkeys(none if row["status"] is Status.NONE else whole)
        found.append(
            Said(
                row["status"],
                tuple(s.id for s in active),
                tuple(s.provider for s in active),
                tuple(service_basis(s) for s in active),
                tuple(refs),
            )
        )
    return found


def _stretches(place: int, record: Record) -> list[Stretch]:
    """A stretch for every service that counts, of its contract or, without dates of that, of its
    listing."""
    return [_stretch(place, record, s) for s in record.services if s.qualifies != "no"]


def _stretch(place: int, record: Record, service: Service) -> Stretch:
    basis = service_basis(service)
    dated = service.listing if basis is Basis.LISTED and service.listing else service.contract
    stated = not isinstance(dated.start, str)
    start = record.file.region.as_at.first if isinstance(dated.start, str) else dated.start.first
    end = None if isinstance(dated.end, str) else dated.end.last
    return Stretch(place, service.id, start, stated, end, dated.end == ONGOING, basis)


def silences(found: ThenAndNow) -> tuple[Silence, ...]:
    """The days between the records' stretches, for the areas for which no record dates a service
    then.

    Parameters
    ----------
    found
        The records side by side.

    Returns
    -------
    tuple of Silence
        By first day; counted areas alone. What lies before the first stretch of an area and after
        its last is no gap between two.
    """
    gaps: dict[tuple[date, date], list[str]] = {}
    for row, area in enumerate(found.areas):
        own = sorted((s for s in found.stretches if _names(found, s, row)), key=lambda s: s.start)
        until: date | None = None
        for n, stretch in enumerate(own if area.counted else ()):
            if n and until and next_day(until) < stretch.start:
                last = date.fromordinal(stretch.start.toordinal() - 1)
                gaps.setdefault((next_day(until), last), []).append(area.code)
            ends = [s.end for s in own[: n + 1]]
            until = None if None in ends else max(end for end in ends if end)
    return tuple(Silence(*days, tuple(codes)) for days, codes in sorted(gaps.items()))


def _names(found: ThenAndNow, stretch: Stretch, row: int) -> bool:
    record = found.records[stretch.record]
    column = list(record.services_by_id).index(stretch.service)
    return bool(record.service_area_matrix[row, column])
