"""How many women are concerned, which areas have least, and what rests on whom.

Women are counted where they live. Those who could use a service are counted from that service's own youngest age; areas without
one are counted from the record's own scope (for London, 18). Counts from different ages are never added together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from provision.coverage import Status, coverage, objects
from provision.record import Record
from provision.schema import Level
from provision.timeline import months_left

SOON_MONTHS = 12


class Gap(StrEnum):
    """Why an area stands in the list of gaps, worst first."""

    NONE = "none"
    LAPSED = "lapsed"
    NOT_STATED = "not stated"
    ONE_TO_ONE_ONLY = "one-to-one only"
    LAPSING_SOON = "lapsing soon"
    ONE_PROVIDER = "one provider"


@dataclass(frozen=True)
class Women:
    """Women of an age and over who live in some areas. ``missing`` counts the areas with no figure; None where none has one."""

    from_age: int
    total: int | None
    areas: int
    missing: int


def women_in(record: Record, codes: pd.Index, from_age: int) -> Women:
    """Women from an age up who live in the areas given."""
    found = record.women(from_age).loc[codes]
    stated = found.dropna()
    total = int(stated.sum()) if len(stated) or not len(found) else None
    return Women(from_age, total, len(found), len(found) - len(stated))


def women_by_status(record: Record, table: pd.DataFrame, from_age: int) -> dict[Status, Women]:
    """Women from an age up by the status of the counted area they live in. ``table`` is from :func:`coverage`."""
    counted = table[table["counted"]]
    return {s: women_in(record, counted.index[counted["status"] == s], from_age) for s in Status}


def women_by_service(record: Record, on: date) -> dict[str, Women]:
    """For each service active on a day, the women of its own ages who live in the areas that it names."""
    table = coverage(record, on)
    found = {}
    for service in record.services:
        codes = table.index[[service.id in ids for ids in table["services"]]]
        found[service.id] = women_in(record, codes, service.eligibility.minimum_age)
    return found


def women_concerned(record: Record, table: pd.DataFrame) -> pd.DataFrame:
    """For each area, the women its services could take: ``from_age`` (youngest age of the active services, or the record's scope)
    and ``women`` (float, NaN where not stated), indexed by code."""
    scope = record.file.region.scope_minimum_age
    ages = [min((record.service[i].eligibility.minimum_age for i in ids), default=scope) for ids in table["services"]]
    by_age = {age: record.women(age) for age in set(ages)}
    women = [by_age[age].loc[code] for age, code in zip(ages, table.index, strict=True)]
    return pd.DataFrame({"from_age": ages, "women": women}, index=table.index)


def reliance(record: Record, table: pd.DataFrame) -> pd.DataFrame:
    """What rests on each provider: indexed by ``provider``, ``areas`` (codes it leads a service in) and ``alone`` (codes where every
    active service is led by it, so that nothing would be left without it); counted areas only. ``table`` is from :func:`coverage`."""
    counted = table[table["counted"]]
    names = sorted({p for row in counted["providers"] for p in row})
    columns = {
        "areas": [tuple(counted.index[[p in row for row in counted["providers"]]]) for p in names],
        "alone": [tuple(counted.index[[row == (p,) for row in counted["providers"]]]) for p in names],
    }
    return objects(columns, pd.Index(names, name="provider"))


def gaps(record: Record, on: date, need: str | None) -> pd.DataFrame:
    """Every counted area with a gap, by kind of gap and then by the chosen need, most first; areas without the figure come last.

    Returns a table indexed by code: ``name``, ``gap`` (:class:`Gap`), ``also`` (further gaps, a tuple), ``status``, ``level``,
    ``services``, ``providers``, ``months_left``, ``from_age``, ``women`` and ``need`` (the chosen indicator; NaN where not stated).
    """
    table = coverage(record, on)
    left = months_left(record, on)
    found = [_gaps_of(row, left.loc[str(code)]) for code, row in table.iterrows()]
    listed = objects({"gap": [g[0] if g else None for g in found], "also": [g[1:] for g in found]}, record.codes)
    table = table.join(women_concerned(record, table)).join(listed).assign(months_left=left)
    table["need"] = record.figures[need] if need in record.figures else float("nan")
    table = table[table["counted"] & table["gap"].notna()]
    order = table["gap"].map({gap: i for i, gap in enumerate(Gap)})
    ascending = need in record.indicator and record.indicator[need].higher_means == "less need"
    ranked = table.assign(_order=order).sort_values(["_order", "need", "name"], ascending=[True, ascending, True], na_position="last")
    return ranked[["name", "gap", "also", "status", "level", "services", "providers", "months_left", "from_age", "women", "need"]]


def _gaps_of(row: pd.Series, left: float) -> tuple[Gap, ...]:
    if row["status"] != Status.COVERED:
        return ({Status.NONE: Gap.NONE, Status.LAPSED: Gap.LAPSED, Status.NOT_STATED: Gap.NOT_STATED}[row["status"]],)
    thin = {
        Gap.ONE_TO_ONE_ONLY: row["level"] is Level.ONE_TO_ONE,
        Gap.LAPSING_SOON: left < SOON_MONTHS,
        Gap.ONE_PROVIDER: len(row["providers"]) == 1,
    }
    return tuple(gap for gap, yes in thin.items() if yes)


def rank(record: Record, indicator: str, code: str) -> tuple[int, int] | None:
    """An area's place among the counted areas that have the figure, highest first, and how many those are; None without a figure."""
    values = record.figures.loc[record.counted, indicator].dropna()
    if code not in values.index:
        return None
    return int((values > values[code]).sum()) + 1, len(values)


def rate_per_1000(record: Record, indicator: str) -> pd.Series:
    """A count for each 1,000 women of the record's scope who live in the area: count / women x 1,000; NaN where either is not stated."""
    women = record.women(record.file.region.scope_minimum_age)
    return record.figures[indicator] / women.where(women > 0) * 1000
