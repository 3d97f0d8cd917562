"""Figures as a region's folder keeps them: a CSV of a row for each area, and its description."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from provision.readers.draft import AreaText
from provision.readers.figure_values import figure_id
from provision.readers.written_values import NOT_STATED


@dataclass(frozen=True)
class FigureDescription:
    """What a person says of figures; what is not said is printed as *not stated*."""

    what: str = NOT_STATED
    date: str = NOT_STATED
    source: str = NOT_STATED
    publisher: str = NOT_STATED
    licence: str = NOT_STATED


@dataclass(frozen=True)
class FiguresDraft:
    """Figures by area, ready for a region's folder.

    ``indicators`` are the entries of the description; ``values`` maps an indicator's id to text by
    area code. ``offered`` are the columns that hold figures, whether or not they were asked for.
    """

    name: str
    indicators: tuple[dict[str, Any], ...]
    values: dict[str, dict[str, str]]
    notes: tuple[str, ...]
    offered: tuple[str, ...]
    area_column: str
    area_texts: tuple[AreaText, ...] = ()


def write_figures(
    drafts: Sequence[FiguresDraft], areas: Sequence[tuple[str, str]]
) -> tuple[str, dict[str, Any]]:
    """Figures of several files as the text of one ``figures.csv``, and its description.

    Parameters
    ----------
    drafts
        What the files gave. Ids that two of them use are told apart by a number.
    areas
        Code and official name of each area, in the order of the outlines.

    Returns
    -------
    tuple of str and dict
        The CSV, a row for each area, and plain data for the YAML file beside it.
    """
    taken: set[str] = set()
    indicators: list[dict[str, Any]] = []
    columns: list[dict[str, str]] = []
    for draft in drafts:
        for indicator in draft.indicators:
            indicators.append({**indicator, "id": figure_id(indicator["id"], taken)})
            columns.append(draft.values[indicator["id"]])
    from defusedcsv import csv

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["code", "name", *(i["id"] for i in indicators)])
    for code, name in areas:
        writer.writerow([code, name, *(column.get(code, "") for column in columns)])
    return out.getvalue(), {"indicators": indicators}
