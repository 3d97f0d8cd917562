"""Rows and data as files that are safe to open anywhere: JSON, CSV (no cell can be read as a
formula) and plain text."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from defusedcsv import csv

FORMAT = 2  # the number of the form of every JSON that is our own


def to_csv(rows: list[dict[str, Any]], columns: Sequence[str] = ()) -> str:
    """Rows as CSV with a header, in which no cell starts as a formula. ``columns`` make the header
    where there may be no row."""
    out = io.StringIO()
    if rows or columns:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]) if rows else columns)
        writer.writeheader()
        writer.writerows({name: _defused(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _defused(value: Any) -> Any:
    """A cell that a spreadsheet cannot take for a formula after dropping the white space before it;
    defusedcsv sees to the rest."""
    return (
        f"'{value}"
        if isinstance(value, str)
        and value[:1].isspace()
        and value.strip()[:1] in ("=", "+", "-", "@", "|", "%")
        else value
    )


def answer_json(data: Mapping[str, Any]) -> str:
    """An answer of ours as indented JSON: an object that says the number of its form first.

    What follows a standard of its own (GeoJSON, HSDS, JSON Schema) is written by
    :func:`to_json`."""
    return to_json({"format": FORMAT, **data})


def to_json(data: Any) -> str:
    """Data as indented JSON."""
    return json.dumps(data, indent=2, ensure_ascii=False)


def to_text(rows: list[dict[str, Any]]) -> str:
    """Rows as an aligned plain-text table. Control characters are shown, not obeyed."""
    if not rows:
        return "(nothing)"
    cells = [list(rows[0]), *([_printable(v) for v in row.values()] for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(cells[0]))]
    return "\n".join(
        "  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def _printable(value: Any) -> str:
    text = str(value)
    return text if text.isprintable() else text.encode("unicode_escape").decode("ascii")


def to_terminal(text: str) -> str:
    """Text for a terminal: lines as they are, every other control character shown and not
    obeyed."""
    return "\n".join(map(_printable, text.split("\n")))
