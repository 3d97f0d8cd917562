"""Tables as files that are safe to open anywhere: JSON, CSV (no cell can be read as a formula) and
plain text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from provision.coverage.need import gaps, reliance, women_by_service, women_by_status
from provision.coverage.status import counts, coverage, coverage_table
from provision.coverage.timeline import by_month, changes, span
from provision.record import Record
from provision.text.coverage import why

if TYPE_CHECKING:
    import pandas as pd


def coverage_json(record: Record, on: date) -> dict[str, Any]:
    """The coverage on a day, in the stable form of ``python -m provision coverage --format
    json``."""
    table = coverage_table(record, on)
    rows = [_row(code, row) for code, row in table.rows()]
    return {
        "on": on.isoformat(),
        "counts": {status.value: n for status, n in counts(table).items()},
        "areas": [r for r, counted in zip(rows, table["counted"], strict=True) if counted],
        "other_areas": [
            r for r, counted in zip(rows, table["counted"], strict=True) if not counted
        ],
    }


def _row(code: str, row: Mapping[str, Any]) -> dict[str, Any]:
    level = row["level"].value if row["level"] else None
    return {
        "code": code,
        "name": row["name"],
        "status": row["status"].value,
        "level": level,
        "services": list(row["services"]),
    }


def coverage_rows(record: Record, on: date) -> list[dict[str, Any]]:
    """The coverage on a day as flat rows, areas that are not counted last."""
    found = coverage_json(record, on)
    kinds = ((record.file.region.area, found["areas"]), ("other", found["other_areas"]))
    return [
        {
            **row,
            "level": row["level"] or "",
            "services": " ".join(row["services"]),
            "counted_as": kind,
            "on": found["on"],
        }
        for kind, rows in kinds
        for row in rows
    ]


def calendar_json(
    record: Record, first: date | None = None, last: date | None = None
) -> dict[str, Any]:
    """The contract calendar: counts at the end of every month, and every change of status with the
    contracts behind it."""
    begin, end = span(record)
    first, last = first or begin, last or end
    table = by_month(record, first, last).loc[record.counted]
    months = [
        {"month": month, "counts": {s: int(n) for s, n in _tally(table[month]).items()}}
        for month in table.columns
    ]
    found = [
        {
            "month": f"{c.on:%Y-%m}",
            "on": c.on.isoformat(),
            "code": c.code,
            "name": c.name,
            "before": c.before.value,
            "after": c.after.value,
            "ended": list(c.ended),
            "begun": list(c.begun),
        }
        for c in changes(record, first, last)
    ]
    return {"from": first.isoformat(), "to": last.isoformat(), "months": months, "changes": found}


def calendar_rows(
    record: Record, first: date | None = None, last: date | None = None
) -> list[dict[str, Any]]:
    """The changes of :func:`calendar_json` as flat rows."""
    return [
        {**c, "ended": " ".join(c["ended"]), "begun": " ".join(c["begun"])}
        for c in calendar_json(record, first, last)["changes"]
    ]


def _tally(column: pd.Series) -> dict[str, int]:
    from provision.coverage.status import Status

    return {s.value: int((column == s).sum()) for s in Status}


def gaps_rows(record: Record, on: date, need: str | None) -> list[dict[str, Any]]:
    """The gaps on a day as flat rows, in their order."""
    found = gaps(record, on, need)
    return [
        {
            "code": code,
            "name": row["name"],
            "gap": row["gap"].value,
            "also": "; ".join(g.value for g in row["also"]),
            "services": " ".join(row["services"]),
            "providers": "; ".join(row["providers"]),
            "women_from_age": int(row["from_age"]),
            "women": _whole(row["women"]),
            "need": need or "",
            "need_value": _number(row["need"]),
        }
        for code, row in found.iterrows()
    ]


def area_rows(record: Record, code: str, on: date) -> list[dict[str, Any]]:
    """Everything stated about one area, one fact a row: ``fact``, ``value``, ``date``,
    ``source``."""
    import pandas as pd

    when = on.isoformat()
    rows = [
        {
            "fact": "status",
            "value": r["status"],
            "date": when,
            "source": "worked out from the rows below",
        }
        for r in coverage_rows(record, on)
        if r["code"] == code
    ]
    rows += [
        {"fact": "why", "value": s["text"], "date": when, "source": s["reference"]}
        for s in why_json(record, code, on)
    ]
    for i in record.indicators:
        value: Any = record.figures.at[code, i.id]
        stated = (
            "not stated"
            if pd.isna(value) or value == ""
            else value
            if isinstance(value, str)
            else _number(value)
        )
        rows.append(
            {
                "fact": i.label,
                "value": stated,
                "date": i.date,
                "source": f"{i.source.title}; {i.source.publisher}; {i.source.licence}",
            }
        )
    return rows


def figure_rows(record: Record) -> list[dict[str, Any]]:
    """The figures of every area as flat rows; what is not stated is an empty cell."""
    rows = []
    for area in record.areas:
        values: dict[str, Any] = {
            i.id: record.figures.at[area.code, i.id] for i in record.indicators
        }
        rows.append(
            {
                "code": area.code,
                "name": area.name,
                **{k: v if isinstance(v, str) else _number(v) for k, v in values.items()},
            }
        )
    return rows


def _number(value: float) -> float | int | str:
    """A number as a cell: whole where it is whole, empty where it is not stated."""
    import pandas as pd

    if pd.isna(value):
        return ""
    return int(value) if float(value).is_integer() else float(value)


def _whole(value: float) -> int | str:
    import pandas as pd

    return "" if pd.isna(value) else int(value)


def gaps_json(record: Record, on: date, need: str | None) -> dict[str, Any]:
    """The gaps on a day with the women concerned, by status and by service, and what rests on each
    provider."""
    table = coverage(record, on)
    found, women = reliance(record, table), women_by_service(record, table)
    return {
        "on": on.isoformat(),
        "need": need,
        "women": women_json(record, on),
        "women_by_service": {
            i: {"from_age": w.from_age, "women": w.total, "areas": w.areas}
            for i, w in women.items()
        },
        "reliance": {
            name: {"leads_in": list(row["areas"]), "alone_in": list(row["alone"])}
            for name, row in found.iterrows()
        },
        "gaps": gaps_rows(record, on, need),
    }


def women_json(record: Record, on: date) -> dict[str, Any]:
    """Women by the status of the area they live in, for the record's own scope."""
    age = record.file.region.scope_minimum_age
    found = women_by_status(record, coverage(record, on), age)
    return {
        "from_age": age,
        "by_status": {
            s.value: {"women": w.total, "areas": w.areas, "areas_without_figure": w.missing}
            for s, w in found.items()
        },
    }


def why_json(record: Record, code: str, on: date) -> list[dict[str, str]]:
    """The sentences of :func:`provision.text.coverage.why` with their references."""
    return [
        {"text": s.text, "reference": "; ".join(map(str, s.refs))} for s in why(record, code, on)
    ]


def area_geojson(record: Record, on: date) -> dict[str, Any]:
    """The areas with their status on a day, as a GeoJSON FeatureCollection in WGS84."""
    rows = {r["code"]: r for r in coverage_rows(record, on)}
    features = [
        {
            "type": "Feature",
            "properties": {**rows[a.code], "label": a.label},
            "geometry": a.geometry,
        }
        for a in record.areas
    ]
    attribution = record.origin.attribution if record.origin else "not stated"
    return {
        "type": "FeatureCollection",
        "attribution": attribution,
        "data_version": record.version,
        "features": features,
    }
