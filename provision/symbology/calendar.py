"""How the contract calendar marks its classes, and the stretches of time that it draws."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from provision.coverage.status import Status, coverage
from provision.coverage.timeline import turning_days
from provision.record import Record
from provision.schema.services import Level
from provision.symbology.coverage import BY_STATUS, PALE, SOLIDS, MapClass

if TYPE_CHECKING:
    import pandas as pd

CALENDAR = {
    "wrap": MapClass("wrap", "Wrap-around or whole-system", "", SOLIDS[0]),
    "one": MapClass("one", "One-to-one only", "", PALE, "rising"),
    "unlevelled": MapClass("unlevelled", "Covered, level not stated", "", PALE),
    Status.LAPSED.value: replace(BY_STATUS[Status.LAPSED], label="Lapsed"),
    Status.NONE.value: BY_STATUS[Status.NONE],
    Status.NOT_STATED.value: replace(BY_STATUS[Status.NOT_STATED], label="Not stated"),
}

LEVEL_CLASSES = {Level.WRAP_AROUND: "wrap", Level.ONE_TO_ONE: "one", Level.NOT_STATED: "unlevelled"}


def runs(record: Record, first: date, last: date) -> pd.DataFrame:
    """Stretches of time in which a counted area's class does not change: ``code``, ``name``,
    ``kind`` (a key of :data:`CALENDAR`), ``start``, ``end`` (the day after)."""
    import pandas as pd

    days = [
        first,
        *(d for d in turning_days(record) if first < d <= last),
        last + timedelta(days=1),
    ]
    rows: list[dict[str, Any]] = []
    for start, end in pairwise(days):
        table = coverage(record, start)
        for code, row in zip(table.index, table.to_dict("records"), strict=True):
            if row["counted"]:
                rows.append(
                    {
                        "code": code,
                        "name": row["name"],
                        "kind": _kind(row),
                        "start": start,
                        "end": end,
                    }
                )
    return _merged(pd.DataFrame(rows))


def _merged(found: pd.DataFrame) -> pd.DataFrame:
    """Stretches that follow each other in the same class, as one."""
    found = found.sort_values(["code", "start"], kind="stable")
    fresh = (found["code"] != found["code"].shift()) | (found["kind"] != found["kind"].shift())
    return found.groupby(fresh.cumsum(), as_index=False).agg(
        {"code": "first", "name": "first", "kind": "first", "start": "first", "end": "last"}
    )


def _kind(row: Mapping[Hashable, Any]) -> str:
    if row["status"] is Status.COVERED:
        return LEVEL_CLASSES[row["level"]]
    return str(row["status"].value)


def calendar_order(found: pd.DataFrame) -> list[str]:
    """The names in :func:`runs`, those that lapse first on top, then by name."""
    first = found[found["kind"] == Status.LAPSED.value].groupby("name")["start"].min()
    return sorted(found["name"].unique(), key=lambda n: (first.get(n, date.max), n))
