"""What a record does not state yet, each with the number of areas that it holds open.

An area is held open by what would have to be known to say more of it: whether a service is there,
whether its contract still runs, for whom it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from provision.coverage.status import Status, coverage
from provision.record import Record
from provision.schema.services import NOT_STATED, Geography, Service


def _amounts(service: Service) -> object:
    stated = any(line.amount != NOT_STATED for line in service.funding)
    return None if stated else NOT_STATED


_FIELDS: tuple[tuple[str, Callable[[Service], object]], ...] = (
    ("whether it is contracted", lambda s: s.contracted),
    ("whether it is for the people of the record alone", lambda s: s.people_specific),
    ("when its contract ends (or that it is ongoing)", lambda s: s.contract.end),
    ("when its contract starts", lambda s: s.contract.start),
    ("who provides it", lambda s: s.provider),
    ("who commissions it", lambda s: s.commissioners or NOT_STATED),
    ("its level of support", lambda s: s.level),
    ("from which age it takes people", lambda s: s.eligibility.minimum_age),
    ("whom it is for", lambda s: s.eligibility.who),
    ("how people are referred to it", lambda s: s.referral_routes or NOT_STATED),
    ("what it costs", _amounts),
)


@dataclass(frozen=True)
class OpenQuestion:
    """Something to complete: ``areas`` is how many areas it holds open."""

    areas: int
    what: str

    def line(self, one: str, many: str) -> str:
        """As a line, with the region's words for an area and for several."""
        return f"{self.areas:,} {one if self.areas == 1 else many}: {self.what}"


def open_questions(record: Record) -> list[OpenQuestion]:
    """What is not stated in a record, the most areas first; for its own date."""
    found = [*_of_areas(record), *_of_services(record), *_of_others(record), *_of_files(record)]
    return sorted(found, key=lambda question: -question.areas)


def _of_areas(record: Record) -> Iterator[OpenQuestion]:
    table = coverage(record, record.default_date)
    unknown = int(((table["status"] == Status.NOT_STATED) & table["counted"]).sum())
    if not unknown:
        return
    if not record.services and not record.file.other_provision:
        yield OpenQuestion(unknown, "which services are there: none is stated (services)")
    yield OpenQuestion(
        unknown, "whether there is a service, or none (services, areas_without_service)"
    )


def _of_services(record: Record) -> Iterator[OpenQuestion]:
    counted = {a.name for a, c in zip(record.areas, record.counted, strict=True) if c}
    for what, value in _FIELDS:
        open_ones = [s for s in record.services if value(s) == NOT_STATED]
        if open_ones:
            areas = {record.official(a) for s in open_ones for a in s.service_area.listed}
            yield OpenQuestion(len(areas & counted), f"{_services(open_ones)}: {what}")


def _services(services: list[Service]) -> str:
    names = ", ".join(s.short_name for s in services[:3])
    return names + (f" and {len(services) - 3:,} more" if len(services) > 3 else "")


def _of_others(record: Record) -> Iterator[OpenQuestion]:
    nowhere = [o for o in record.file.other_provision if o.geography is Geography.AREA_NOT_STATED]
    if nowhere:
        names = ", ".join(o.name for o in nowhere[:3])
        more = f" and {len(nowhere) - 3:,} more" if len(nowhere) > 3 else ""
        yield OpenQuestion(int(record.counted.sum()), f"{names}{more}: which areas it serves")


def _of_files(record: Record) -> Iterator[OpenQuestion]:
    every = int(record.counted.sum())
    if not record.indicators:
        yield OpenQuestion(every, "how many people live there (figures)")
    unsourced = [i for i in record.indicators if NOT_STATED in (i.date, i.source.title)]
    if unsourced:
        labels = ", ".join(i.short_label for i in unsourced[:3])
        yield OpenQuestion(every, f"date or source of the figures {labels} (figures.yaml)")
    if record.file.region.scope == NOT_STATED:
        yield OpenQuestion(every, "whom the record is about (region.scope)")
    origin = record.origin
    if origin is None or NOT_STATED in (origin.vintage, origin.licence, origin.attribution):
        yield OpenQuestion(
            0,
            "edition, licence or attribution of the outlines (boundaries.yaml): every map cites it",
        )
