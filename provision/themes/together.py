"""What several themes have in common, area by area."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from provision.coverage.need import Women, women_in
from provision.coverage.status import (
    ContractState,
    Count,
    contract_state,
    coverage_in,
    object_frame,
)
from provision.record import Record
from provision.themes.reach import LACKING, REACHED, ThemeCoverage, reach_in

if TYPE_CHECKING:
    import pandas as pd


class Together(StrEnum):
    """How many of several themes reach an area."""

    ALL = "all"
    SOME = "some"
    LAPSED = "lapsed"  # none now; a contract for one of them at least has ended there
    NONE = "none"
    NOT_STATED = "not_stated"  # for one of them at least the source does not say


def intersection(record: Record, themes: Sequence[str], on: date) -> pd.DataFrame:
    """How several themes meet in every area on a day.

    Returns a table indexed by area code: ``name``, ``counted``, ``together`` (:class:`Together`),
    and tuples of theme ids: ``have`` (reached), ``lack`` (lapsed, not named or none), ``lapsed``
    and ``open`` (not stated); ``may_have_lapsed`` (bool). Raises KeyError for a theme that the
    record does not have, ValueError where none is asked for."""
    if not themes:
        raise ValueError("ask for at least one theme")
    return _intersection(record, tuple(themes), contract_state(record, on)).copy(deep=False)


@lru_cache(maxsize=256)
def _intersection(record: Record, themes: tuple[str, ...], when: ContractState) -> pd.DataFrame:
    by_theme = {t: list(reach_in(record, t, when)["reach"]) for t in themes}
    cells = list(zip(*by_theme.values(), strict=True))
    columns: dict[str, list[object]] = {
        "name": [a.name for a in record.areas],
        "together": [_together(row) for row in cells],
        "have": [_which(themes, row, REACHED) for row in cells],
        "lack": [_which(themes, row, LACKING) for row in cells],
        "lapsed": [_which(themes, row, (ThemeCoverage.LAPSED,)) for row in cells],
        "open": [_which(themes, row, (ThemeCoverage.NOT_STATED,)) for row in cells],
    }
    return object_frame(columns, record.codes).assign(
        counted=record.counted, may_have_lapsed=coverage_in(record, when)["may_have_lapsed"]
    )


def _which(
    themes: Sequence[str], row: Sequence[ThemeCoverage], kinds: Sequence[ThemeCoverage]
) -> tuple[str, ...]:
    return tuple(t for t, r in zip(themes, row, strict=True) if r in kinds)


def _together(row: Sequence[ThemeCoverage]) -> Together:
    if ThemeCoverage.NOT_STATED in row:
        return Together.NOT_STATED
    have = sum(r in REACHED for r in row)
    if have:
        return Together.ALL if have == len(row) else Together.SOME
    return Together.LAPSED if ThemeCoverage.LAPSED in row else Together.NONE


def together(table: pd.DataFrame) -> dict[Together, list[str]]:
    """The codes of the counted areas of each kind; ``table`` is from :func:`intersection`."""
    return {
        kind: [str(c) for c in table.index[table["counted"] & (table["together"] == kind)]]
        for kind in Together
    }


def could_be_together(table: pd.DataFrame) -> dict[Together, list[str]]:
    """For each kind, the counted areas that are not stated and could be of it. An area with an open
    theme could have all only if it lacks none of the others, none only if it has none of them and
    none has lapsed, and be lapsed only if one has, or may have."""
    opened = table[table["counted"] & (table["together"] == Together.NOT_STATED)]
    rows = {
        str(code): row for code, row in zip(opened.index, opened.to_dict("records"), strict=True)
    }
    return {
        Together.ALL: [code for code, row in rows.items() if not row["lack"]],
        Together.SOME: [
            code for code, row in rows.items() if row["have"] or row["lack"] or len(row["open"]) > 1
        ],
        Together.LAPSED: [
            code
            for code, row in rows.items()
            if not row["have"] and (row["lapsed"] or row["may_have_lapsed"])
        ],
        Together.NONE: [
            code for code, row in rows.items() if not row["have"] and not row["lapsed"]
        ],
        Together.NOT_STATED: [],
    }


def together_counts(table: pd.DataFrame) -> dict[Together, Count]:
    """How many counted areas of each kind, up to what there could be where the source does not say;
    ``table`` is from :func:`intersection`."""
    could = could_be_together(table)
    return {
        kind: Count(len(codes), len(codes) + len(could[kind]))
        for kind, codes in together(table).items()
    }


def women_together(record: Record, table: pd.DataFrame) -> dict[Together, Women]:
    """Women of the record's scope by how many of the themes reach the counted area they live in;
    ``table`` is from :func:`intersection`."""
    age, could = record.file.region.scope_minimum_age, could_be_together(table)
    return {
        kind: women_in(record, codes, age, could[kind]) for kind, codes in together(table).items()
    }
