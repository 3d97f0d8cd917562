"""A table that people can sort, read by keyboard and hear: real HTML, built in the browser from
text."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Any

from components.page.markup import address
from components.page.scripts import component

_table = component("provision_table", "sortableTable")

Cell = str | dict[str, Any]


def table(
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    key: str,
    *,
    compact: bool = False,
) -> None:
    """Draw a table; the first cell of a row names it. A cell is text, or :func:`cell`. A compact
    one fits as much on a screen as it can."""
    _table(
        key=key,
        data={
            "compact": compact,
            "caption": caption,
            "columns": list(columns),
            "rows": [list(row) for row in rows],
        },
    )


def cell(text: str, sort: float | str | None = None, kind: str | None = None) -> Cell:
    """A cell with its own sort value (None: stated nowhere, sorted last) and CSS class."""
    return {"text": text, "sort": sort if sort is not None else "", "kind": kind}


def address_cell(text: str, page: str, **fields: str) -> Cell:
    """A cell that links to a page with a change of the view."""
    return link_cell(text, address(page, **fields))


def link_cell(text: str, address: str) -> Cell:
    """A cell that links to a page with a change of the view, sorted by its text."""
    return {"text": text, "sort": text, "kind": None, "go": address}


def number_cell(value: float, decimals: int = 0) -> Cell:
    """A number, or *not stated* where there is none."""
    if isnan(value):
        return cell("not stated", None, "unstated")
    return cell(f"{value:,.{decimals}f}", float(value), "number")
