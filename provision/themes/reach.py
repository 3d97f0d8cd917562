"""Which areas a contract reaches for a theme, and what several themes have in common.

A theme reaches an area where an active contract that names the area carries an outcome target of
the theme, or is named in the theme's passage on provision. London-wide provision, and provision
whose area is not stated, is told beside the map and reaches no area in particular: it is neither
counted as reaching one nor as lacking there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from provision.coverage.basis import Basis
from provision.coverage.need import Women, women_in
from provision.coverage.status import (
    ContractState,
    Status,
    contract_state,
    coverage_in,
    object_frame,
)
from provision.record import Record
from provision.schema.themes import GradeLevel, Line, Theme, Where

if TYPE_CHECKING:
    import pandas as pd


class ThemeCoverage(StrEnum):
    """What contracts say of an area for a theme on a date."""

    TARGET = "target"  # an active contract there carries an outcome target of the theme
    PROVISION = "provision"  # an active contract there is named for the theme, without a target
    # every contract that carried the theme there has ended, or every contract there was
    LAPSED = "lapsed"
    NOT_NAMED = "not_named"  # there are contracts, and none of them is named for the theme
    NONE = "none"  # the source lists the area as having no contracted service
    NOT_STATED = "not_stated"


REACHED = (ThemeCoverage.TARGET, ThemeCoverage.PROVISION)
LACKING = (ThemeCoverage.LAPSED, ThemeCoverage.NOT_NAMED, ThemeCoverage.NONE)
_OTHERWISE = {
    Status.COVERED: ThemeCoverage.NOT_NAMED,
    Status.LAPSED: ThemeCoverage.LAPSED,
    Status.NONE: ThemeCoverage.NONE,
    Status.NOT_STATED: ThemeCoverage.NOT_STATED,
}


@dataclass(frozen=True)
class Carriers:
    """The contracted services that carry a theme, as ids in the order of the file: with a target of
    it, and named for it without one."""

    target: tuple[str, ...]
    provision: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.target, *self.provision)


def carriers(record: Record, theme: Theme) -> Carriers:
    """The contracted services that carry a theme."""
    targeted = {s for t in theme.targets for s in record.targets_by_id[t].services}
    lines = {
        s
        for line in theme.provision
        if line.geography is Where.NAMED_IN_CONTRACT
        for s in line.services
    }
    return Carriers(
        tuple(i for i in record.services_by_id if i in targeted),
        tuple(i for i in record.services_by_id if i in lines - targeted),
    )


def lines_with(theme: Theme, where: Where) -> tuple[Line, ...]:
    """The lines of a theme's provision that are to be had in one kind of place."""
    return tuple(line for line in theme.provision if line.geography is where)


def reach(record: Record, theme: str, on: date) -> pd.DataFrame:
    """What contracts say of every area for a theme on a day.

    Returns a table indexed by area code, in the order of the boundaries file: ``name``; ``counted``
    (bool); ``reach`` (:class:`ThemeCoverage`); ``basis`` (:class:`provision.coverage.status.Basis`:
    the firmest that the theme has there); tuples of ids of the services that carry the theme and
    name the area: ``services`` (active), ``ended``, ``unsure`` (not stated whether active);
    ``may_have_lapsed`` (bool, as in :func:`provision.coverage.status.coverage`)."""
    return reach_in(record, theme, contract_state(record, on))


def reach_in(record: Record, theme: str, when: ContractState) -> pd.DataFrame:
    """:func:`reach` for a stretch of time; the table is the caller's to change."""
    return _reach(record, theme, when).copy(deep=False)


@lru_cache(maxsize=256)
def _reach(record: Record, theme: str, when: ContractState) -> pd.DataFrame:
    own = carriers(record, record.themes_by_id[theme])
    table = coverage_in(record, when)
    columns: dict[str, list[object]] = {"name": list(table["name"])}
    for name in _ACTIVITIES:
        columns[name] = [tuple(i for i in ids if i in own.ids) for ids in table[name]]
    rows = zip(*(columns[name] for name in _ACTIVITIES), strict=True)
    columns["reach"] = [
        _reach_of(own, status, dict(zip(_ACTIVITIES, row, strict=True)))
        for status, row in zip(table["status"], rows, strict=True)
    ]
    columns["basis"] = [_basis(record.themes_by_id[theme], r) for r in columns["reach"]]
    return object_frame(columns, record.codes).assign(
        counted=record.counted, may_have_lapsed=table["may_have_lapsed"]
    )


_ACTIVITIES = ("services", "ended", "unsure", "ahead")


def _reach_of(own: Carriers, status: Status, ids: Mapping[str, Any]) -> ThemeCoverage:
    """What follows from the status of an area and from the services that carry the theme there, by
    what can be said of their contracts."""
    if ids["services"]:
        return (
            ThemeCoverage.TARGET
            if set(ids["services"]) & set(own.target)
            else ThemeCoverage.PROVISION
        )
    if ids["unsure"]:
        return ThemeCoverage.NOT_STATED
    if ids["ended"]:
        return ThemeCoverage.LAPSED
    # A contract that has not begun says nothing of what there was before it.
    return (
        ThemeCoverage.NOT_STATED
        if ids["ahead"] and status is not Status.NONE
        else _OTHERWISE[status]
    )


def _basis(theme: Theme, found: object) -> Basis:
    if found in REACHED:
        return Basis.NAMED
    if lines_with(theme, Where.REGION_WIDE):
        return Basis.REGION_WIDE
    return Basis.AREA_NOT_STATED if lines_with(theme, Where.AREA_NOT_STATED) else Basis.NONE


def reached(table: pd.DataFrame, *kinds: ThemeCoverage) -> list[str]:
    """The codes of the counted areas that a theme reaches; ``table`` is from :func:`reach`."""
    wanted = kinds or REACHED
    return [str(code) for code in table.index[table["counted"] & table["reach"].isin(wanted)]]


def reach_counts(table: pd.DataFrame) -> dict[ThemeCoverage, int]:
    """How many of the counted areas there are of each kind, at nought too; ``table`` is from
    :func:`reach`."""
    found = table.loc[table["counted"], "reach"].value_counts()
    return {kind: int(found.get(kind, 0)) for kind in ThemeCoverage}


def overview(record: Record, on: date) -> pd.DataFrame:
    """What is known of each theme on a day, worst first: by grade, then by how few areas it
    reaches, then in the order of the file.

    Returns a table indexed by theme id: ``title``, ``grade`` (:class:`GradeLevel`), ``figures`` and
    ``statements`` (evidence of need), ``targets`` (ids), ``with_target``, ``with_provision`` and
    ``reached`` (codes of counted areas), ``open`` and ``lapsed`` (how many counted areas are),
    ``carried`` (bool: a contract is named for it, whenever active), ``region_wide``,
    ``area_not_stated`` (bool), ``data_gaps``, ``next_steps``, ``feedback`` (numbers of entries).
    """
    return overview_in(record, contract_state(record, on))


def overview_in(record: Record, when: ContractState) -> pd.DataFrame:
    """:func:`overview` for a stretch of time; the table is the caller's to change."""
    return _overview(record, when).copy(deep=False)


@lru_cache(maxsize=64)
def _overview(record: Record, when: ContractState) -> pd.DataFrame:
    import pandas as pd

    tables = {t.id: reach_in(record, t.id, when) for t in record.themes}
    columns: dict[str, list[object]] = {
        "title": [t.title for t in record.themes],
        "grade": [t.grade.level for t in record.themes],
        "figures": [sum(n.is_figure for n in t.need) for t in record.themes],
        "statements": [sum(not n.is_figure for n in t.need) for t in record.themes],
        "targets": [t.targets for t in record.themes],
        "with_target": [tuple(reached(tables[t.id], ThemeCoverage.TARGET)) for t in record.themes],
        "with_provision": [
            tuple(reached(tables[t.id], ThemeCoverage.PROVISION)) for t in record.themes
        ],
        "reached": [tuple(reached(tables[t.id])) for t in record.themes],
        "open": [reach_counts(tables[t.id])[ThemeCoverage.NOT_STATED] for t in record.themes],
        "lapsed": [reach_counts(tables[t.id])[ThemeCoverage.LAPSED] for t in record.themes],
        "carried": [bool(carriers(record, t).ids) for t in record.themes],
        "region_wide": [bool(lines_with(t, Where.REGION_WIDE)) for t in record.themes],
        "area_not_stated": [bool(lines_with(t, Where.AREA_NOT_STATED)) for t in record.themes],
        "data_gaps": [len(t.data_gaps) for t in record.themes],
        "next_steps": [len(t.next_steps) for t in record.themes],
        "feedback": [len(t.feedback) for t in record.themes],
    }
    table = object_frame(columns, pd.Index([t.id for t in record.themes], name="theme"))
    worst = list(GradeLevel)
    order = sorted(
        range(len(table)),
        key=lambda i: (worst.index(table["grade"].iloc[i]), len(table["reached"].iloc[i]), i),
    )
    return table.iloc[order]


def women_reached(record: Record, table: pd.DataFrame) -> dict[ThemeCoverage, Women]:
    """Women of the record's scope by what contracts say of the counted area they live in; ``table``
    is from :func:`reach`."""
    age = record.file.region.scope_minimum_age
    return {kind: women_in(record, reached(table, kind), age) for kind in ThemeCoverage}


def named_themes(record: Record) -> list[str]:
    """The ids of the themes that any contract is named for, whenever it is active, in the order of
    the file."""
    return [t.id for t in record.themes if carriers(record, t).ids]


def placed(record: Record, on: date) -> list[str]:
    """The ids of the themes that reach any counted area on a day, in the order of the file."""
    table = overview(record, on)
    return [t.id for t in record.themes if table.at[t.id, "reached"]]
