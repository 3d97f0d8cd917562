"""A record as arrays, made once and kept with it, for :mod:`provision.coverage.kernel`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from provision.coverage.kernel import ALWAYS, NEVER, OPEN_ENDED, Terms
from provision.coverage.levels import level_rank
from provision.dates import SourceDate
from provision.record import Record
from provision.schema.services import NOT_STATED, ONGOING, Service


@dataclass(frozen=True, eq=False)
class RecordArrays:
    """What does not change with a day or a scenario.

    Attributes
    ----------
    contracts
        One term a service, in the order of the file.
    codes : object array (areas)
        Area codes, in the order of the boundaries file.
    listed_none, counted : boolean arrays (areas)
        Whether the source lists the area as having no contracted service; whether counts are over
        it.
    women : float array (areas)
        Women (or the people that the record counts) of the record's scope; NaN where not stated.
    services, providers
        Ids of the services in the order of the file; names of the leads, sorted.
    speaks : (int, int)
        First and last day that the record speaks for, as ordinals."""

    contracts: Terms
    codes: np.ndarray
    listed_none: np.ndarray
    counted: np.ndarray
    women: np.ndarray
    services: tuple[str, ...]
    providers: tuple[str, ...]
    speaks: tuple[int, int]

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Rows by area code."""
        return {str(code): row for row, code in enumerate(self.codes)}

    def those(self, chosen: np.ndarray) -> tuple[str, ...]:
        """The codes of the areas that are set in a boolean array (areas), in the order of the
        boundaries file."""
        return tuple(self.codes[chosen].tolist())


@lru_cache(maxsize=8)
def record_arrays(record: Record) -> RecordArrays:
    """The arrays of a record, made once.

    Parameters
    ----------
    record
        The record.

    Returns
    -------
    RecordArrays
        Terms in the order of the services, areas in the order of the boundaries file."""
    services, region = record.services, record.file.region
    providers = tuple(sorted({s.provider for s in services}))
    return RecordArrays(
        contracts=terms_of(services, np.ascontiguousarray(record.service_area_matrix.T), providers),
        codes=np.array([a.code for a in record.areas], dtype=object),
        listed_none=record.listed_none,
        counted=record.counted,
        women=record.women_values(region.scope_minimum_age),
        services=tuple(s.id for s in services),
        providers=providers,
        speaks=(region.as_at.first.toordinal(), region.as_at.last.toordinal()),
    )


def terms_of(
    services: Sequence[Service], named: np.ndarray, providers: Sequence[str] | None = None
) -> Terms:
    """Services as terms, one each.

    Parameters
    ----------
    services
        The services.
    named : boolean array (services x areas)
        Whether the service names the area.
    providers
        The leads that :attr:`Terms.provider` counts in; all lead the same where it is left out.

    Returns
    -------
    Terms
        In the order of the services."""
    listings = [s.listing for s in services]
    return Terms(
        named=named,
        start=_days([_first(s.contract.start) for s in services]),
        end=_days([_last(s.contract.end) for s in services]),
        listed=np.array([listing is not None for listing in listings], dtype=bool),
        listed_from=_days([_first(x.start) if x else ALWAYS for x in listings]),
        listed_to=_days([_last(x.end) if x else NEVER for x in listings]),
        loose=np.array([s.qualifies == NOT_STATED for s in services], dtype=bool),
        excluded=np.array([s.qualifies == "no" for s in services], dtype=bool),
        off=np.zeros(len(services), dtype=bool),
        service=np.arange(len(services)),
        provider=_days([providers.index(s.provider) if providers else 0 for s in services]),
        level=_days([level_rank(s.level) for s in services]),
    )


def _days(values: Sequence[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def _first(start: SourceDate | str) -> int:
    return ALWAYS if isinstance(start, str) else start.first.toordinal()


def _last(end: SourceDate | str) -> int:
    if isinstance(end, str):
        return OPEN_ENDED if end == ONGOING else NEVER
    return end.last.toordinal()
