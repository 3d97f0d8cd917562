"""What it rests on that a service serves an area: its contract, its listing for referral, or what
the source says of other provision."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from provision.coverage.status import object_frame
from provision.record import Record
from provision.schema.services import NOT_STATED, Geography, Reference, Service

if TYPE_CHECKING:
    import pandas as pd


class Basis(StrEnum):
    """What a service-area cell rests on."""

    NAMED = "named_in_contract"
    LISTED = "listed_for_referral"
    REGION_WIDE = "region_wide"
    NAMED_SITE = "named_site"
    AREA_NOT_STATED = "area_not_stated"
    NONE = "not_named"


_BASIS_OF = {
    Geography.REGION_WIDE: Basis.REGION_WIDE,
    Geography.NAMED_SITE: Basis.NAMED_SITE,
    Geography.AREA_NOT_STATED: Basis.AREA_NOT_STATED,
}


def basis(record: Record) -> pd.DataFrame:
    """What every service-area cell rests on.

    Parameters
    ----------
    record
        The record.

    Returns
    -------
    pandas.DataFrame
        Index: area code. Columns: ids of services and of other provision, in the order of the
        file; cells are :class:`Basis`."""
    columns: dict[str, list[Basis]] = {}
    for j, service in enumerate(record.services):
        columns[service.id] = [
            service_basis(service) if yes else Basis.NONE
            for yes in record.service_area_matrix[:, j]
        ]
    for other in record.file.other_provision:
        columns[other.id] = [_BASIS_OF[other.geography]] * len(record.areas)
    return object_frame(columns, record.codes)


def service_basis(service: Service) -> Basis:
    """What it rests on that a service serves the areas it names.

    Parameters
    ----------
    service
        The service.

    Returns
    -------
    Basis
        ``LISTED`` where the source gives no date of a contract and lists it for referral;
        otherwise ``NAMED``."""
    dated = {service.contract.start, service.contract.end} != {NOT_STATED}
    return Basis.NAMED if dated or service.listing is None else Basis.LISTED


def basis_references(record: Record, cell: str) -> tuple[Reference, ...]:
    """Where a column of :func:`basis` comes from.

    Parameters
    ----------
    record
        The record.
    cell
        Id of a service or of other provision.

    Returns
    -------
    tuple of Reference
        Where the source says so."""
    if cell in record.services_by_id:
        return record.services_by_id[cell].service_area.ref
    return next(o.ref for o in record.file.other_provision if o.id == cell)
