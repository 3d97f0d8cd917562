"""How many women are concerned, which areas have least, and what rests on whom.

Women are counted where they live. Those who could use a service are counted from that service's own
youngest age; areas without one are counted from the record's own scope (for London, 18). Counts
from different ages are never added together."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isnan
from typing import TYPE_CHECKING, Any

from provision.coverage.status import Status, could_be, coverage, object_frame
from provision.coverage.timeline import months_left
from provision.record import Record
from provision.schema.services import NOT_STATED, Level, Service

if TYPE_CHECKING:
    import pandas as pd

SOON_MONTHS = 12


class Gap(StrEnum):
    """Why an area stands in the list of gaps, worst first."""

    NONE = "none"
    LAPSED = "lapsed"
    NOT_STATED = "not_stated"
    ONE_TO_ONE_ONLY = "one_to_one_only"
    LAPSING_SOON = "lapsing_soon"
    ONE_PROVIDER = "one_provider"


@dataclass(frozen=True)
class Women:
    """Women of an age and over who live in some areas. ``missing`` counts the areas with no figure;
    None where none has one.

    ``possible`` are the women of further areas that could belong there, where the source does not
    say; None where no figure is stated; ``possible_missing`` counts those of them without a figure.
    """

    from_age: int
    total: int | None
    areas: int
    missing: int
    possible: int | None = 0
    possible_areas: int = 0
    possible_missing: int = 0


def women_in(
    record: Record, codes: Iterable[str], from_age: int, possible: Iterable[str] = ()
) -> Women:
    """Women from an age up who live in the areas given, and in those that could belong there
    too.

    Parameters
    ----------
    record
        The record.
    codes
        Areas in which they certainly belong.
    from_age
        The youngest age that is counted, in years.
    possible
        Areas that could belong there too.

    Returns
    -------
    Women
        Certain and possible, each with how many areas state no figure."""
    by_code = record.women_by_code(from_age)
    found, further = [by_code[c] for c in codes], [by_code[c] for c in possible]
    return Women(
        from_age,
        _sum(found),
        len(found),
        sum(map(isnan, found)),
        _sum(further),
        len(further),
        sum(map(isnan, further)),
    )


def _sum(values: Sequence[float]) -> int | None:
    """The sum of the figures that are stated; None where there are places and none of them has
    one."""
    stated = [v for v in values if not isnan(v)]
    return int(sum(stated)) if stated or not values else None


def women_by_status(record: Record, table: pd.DataFrame, from_age: int) -> dict[Status, Women]:
    """Women from an age up by the status of the counted area they live in.

    Parameters
    ----------
    record
        The record.
    table
        From :func:`provision.coverage.status.coverage`.
    from_age
        The youngest age that is counted, in years.

    Returns
    -------
    dict of Status to Women
        Every status is there."""
    possible = could_be(table)
    rows = list(zip(table.index, table["status"], table["counted"], strict=True))
    return {
        s: women_in(
            record,
            [code for code, own, counted in rows if counted and own is s],
            from_age,
            possible[s],
        )
        for s in Status
    }


def women_by_service(record: Record, table: pd.DataFrame) -> dict[str, Women]:
    """For each service that is active on the table's day, the women of its own ages who live in the
    counted areas that it names.

    Parameters
    ----------
    record
        The record.
    table
        From :func:`provision.coverage.status.coverage`.

    Returns
    -------
    dict of str to Women
        By id of the service. Where it is not stated whether it is active, they are ``possible``."""
    rows = [
        row
        for row in zip(
            table.index, table["services"], table["unsure"], table["counted"], strict=True
        )
        if row[3]
    ]
    found = {}
    for service in record.services:
        active = [code for code, ids, _, _ in rows if service.id in ids]
        unsure = [code for code, _, ids, _ in rows if service.id in ids]
        found[service.id] = women_in(record, active, youngest_age(record, service), unsure)
    return found


def youngest_age(record: Record, service: Service) -> int:
    """The age from which those whom a service could take are counted.

    Parameters
    ----------
    record
        The record.
    service
        The service.

    Returns
    -------
    int
        Years; the service's own, or where that is not stated the record's scope."""
    age = service.eligibility.minimum_age
    return record.file.region.scope_minimum_age if age == NOT_STATED else age


def women_concerned(record: Record, table: pd.DataFrame) -> pd.DataFrame:
    """For each area, the women its services could take.

    Parameters
    ----------
    record
        The record.
    table
        From :func:`provision.coverage.status.coverage`.

    Returns
    -------
    pandas.DataFrame
        Index: area code. ``from_age`` (youngest age of the active services, or the record's
        scope, in years) and ``women`` (float, NaN where not stated)."""
    import pandas as pd

    scope = record.file.region.scope_minimum_age
    ages = [
        min((youngest_age(record, record.services_by_id[i]) for i in ids), default=scope)
        for ids in table["services"]
    ]
    by_age = {age: record.women(age) for age in set(ages)}
    women = [by_age[age].loc[code] for age, code in zip(ages, table.index, strict=True)]
    return pd.DataFrame({"from_age": ages, "women": women}, index=table.index)


def reliance(record: Record, table: pd.DataFrame) -> pd.DataFrame:
    """What rests on each provider.

    Parameters
    ----------
    record
        The record.
    table
        From :func:`provision.coverage.status.coverage`.

    Returns
    -------
    pandas.DataFrame
        Index: ``provider``. ``areas`` (codes it leads an active service in) and ``alone``
        (codes where every service that is active, or may be, is led by it, so that nothing would be
        left); counted areas only."""
    import pandas as pd

    counted = table[table["counted"]]
    names = sorted({p for row in counted["providers"] for p in row} - {NOT_STATED})
    columns = {
        "areas": [tuple(counted.index[[p in row for row in counted["providers"]]]) for p in names],
        "alone": [
            tuple(
                counted.index[[_rests_on(record, row) == p for row in counted.to_dict("records")]]
            )
            for p in names
        ],
    }
    return object_frame(columns, pd.Index(names, name="provider"))


def _rests_on(record: Record, row: Mapping[Hashable, Any]) -> str | None:
    """The one provider that an area's active services rest on; None where there are several, or
    there may be."""
    leads = {*row["providers"], *(record.services_by_id[i].provider for i in row["unsure"])}
    sure = len(leads) == 1 and row["providers"] and NOT_STATED not in leads
    return row["providers"][0] if sure else None


def gaps(record: Record, on: date, need: str | None) -> pd.DataFrame:
    """Every counted area with a gap, by kind of gap and then by the chosen need, most first; areas
    without the figure come last.

    Parameters
    ----------
    record
        The record.
    on
        The day.
    need
        Id of the indicator that areas are ordered by; None for the order of the file.

    Returns
    -------
    pandas.DataFrame
        Index: area code. ``name``, ``gap`` (:class:`Gap`), ``also`` (further gaps, a tuple),
        ``status``, ``level``, ``services``, ``providers``, ``months_left``, ``from_age`` (years),
        ``women`` and ``need`` (the indicator in its own unit; NaN where not stated)."""
    table = coverage(record, on)
    left = months_left(record, on)
    found = [
        _gaps_of(record, row, left.loc[str(code)])
        for code, row in zip(table.index, table.to_dict("records"), strict=True)
    ]
    listed = object_frame(
        {"gap": [g[0] if g else None for g in found], "also": [g[1:] for g in found]}, record.codes
    )
    table = table.join(women_concerned(record, table)).join(listed).assign(months_left=left)
    table["need"] = record.figures[need] if need in record.figures else float("nan")
    table = table[table["counted"] & table["gap"].notna()]
    order = table["gap"].map({gap: i for i, gap in enumerate(Gap)})
    ascending = (
        need in record.indicators_by_id
        and record.indicators_by_id[need].higher_means == "less need"
    )
    ranked = table.assign(_order=order).sort_values(
        ["_order", "need", "name"], ascending=[True, ascending, True], na_position="last"
    )
    return ranked[
        [
            "name",
            "gap",
            "also",
            "status",
            "level",
            "services",
            "providers",
            "months_left",
            "from_age",
            "women",
            "need",
        ]
    ]


def _gaps_of(record: Record, row: Mapping[Hashable, Any], left: float) -> tuple[Gap, ...]:
    if row["status"] != Status.COVERED:
        return (
            {Status.NONE: Gap.NONE, Status.LAPSED: Gap.LAPSED, Status.NOT_STATED: Gap.NOT_STATED}[
                row["status"]
            ],
        )
    thin = {
        Gap.ONE_TO_ONE_ONLY: row["level"] is Level.ONE_TO_ONE and not row["unsure"],
        Gap.LAPSING_SOON: left < SOON_MONTHS,
        Gap.ONE_PROVIDER: _rests_on(record, row) is not None,
    }
    return tuple(gap for gap, yes in thin.items() if yes)


def rank(record: Record, indicator: str, code: str) -> tuple[int, int] | None:
    """An area's place among the counted areas that have the figure, highest first.

    Parameters
    ----------
    record
        The record.
    indicator
        Id of a figure.
    code
        Code of the area.

    Returns
    -------
    (int, int) or None
        Its place, from 1, and how many areas have the figure; None where it has none."""
    values = record.figures.loc[record.counted, indicator].dropna()
    if code not in values.index:
        return None
    return int((values > values[code]).sum()) + 1, len(values)


def rate_per_1000(record: Record, indicator: str) -> pd.Series:
    """A count for each 1,000 women of the record's scope who live in the area.

    Parameters
    ----------
    record
        The record.
    indicator
        Id of a count.

    Returns
    -------
    pandas.Series
        Index: area code. Float, count / women x 1,000; NaN where either is not stated."""
    women = record.women(record.file.region.scope_minimum_age)
    return record.figures[indicator] / women.where(women > 0) * 1000
