"""Which areas border on each other: worked out from the outlines, or taken from a published list.

Queen contiguity: areas are neighbours where their outlines share a point or more (libpysal).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provision.io.problems import shown
from provision.readers.outline_file import refused
from provision.regions.area_codes import is_code

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

COLUMNS = ("code_a", "code_b", "type", "crossing", "note", "source")
_WORKED_OUT = ("land", "", "worked out from the outlines; not reviewed", "outlines")
_FIX = "give a CSV with two columns of codes, a row for each pair"
Row = tuple[str, ...]


@dataclass(frozen=True)
class Neighbours:
    """Pairs as rows of :data:`COLUMNS`, each pair once; the codes of areas without a neighbour."""

    rows: tuple[Row, ...]
    islands: tuple[str, ...]
    notes: tuple[str, ...] = ()


def queen_neighbours(areas: GeoDataFrame) -> Neighbours:
    """The pairs of areas whose outlines share a point, in the order of their codes.

    Parameters
    ----------
    areas
        Outlines indexed by code, each once, in any projection.
    """
    import warnings

    from libpysal.graph import Graph

    with warnings.catch_warnings():
        # Islands are told by us, by name.
        warnings.simplefilter("ignore")
        graph = Graph.build_fuzzy_contiguity(areas, predicate="intersects")
    pairs = {tuple(sorted(pair)) for pair in graph.adjacency.index if pair[0] != pair[1]}
    linked = {code for pair in pairs for code in pair}
    islands = tuple(str(code) for code in areas.index if code not in linked)
    rows = tuple((str(a), str(b), *_WORKED_OUT) for a, b in sorted(pairs))
    return Neighbours(rows, islands)


def contiguous(codes: Sequence[str], geometries: Sequence[Any]) -> pd.DataFrame:
    """The neighbours of a record without a table of them.

    Parameters
    ----------
    codes
        Area codes.
    geometries
        Their outlines, as GeoJSON; areas without one have no neighbours.

    Returns
    -------
    DataFrame
        One pair a row, in the columns of :data:`COLUMNS`; every pair that touches is ``land``."""
    import pandas as pd
    from geopandas import GeoDataFrame
    from shapely.geometry import shape

    drawn = {code: shape(g) for code, g in zip(codes, geometries, strict=True) if g}
    if not drawn:
        return pd.DataFrame([], columns=list(COLUMNS))
    found = queen_neighbours(GeoDataFrame(index=list(drawn), geometry=list(drawn.values())))
    return pd.DataFrame(list(found.rows), columns=list(COLUMNS))


def published_neighbours(raw: bytes, name: str, codes: Sequence[str]) -> Neighbours:
    """The pairs of a published list that are of this region.

    Parameters
    ----------
    raw
        A CSV whose rows hold two codes, or JSON of the neighbours' codes by code.
    name
        What the reader calls it.
    codes
        The codes of the region's areas.

    Raises
    ------
    InvalidData
        Where it holds no pair of this region.
    """
    known = set(codes)
    found = list(_json_rows(raw) if raw.lstrip()[:1] == b"{" else _table_rows(raw, name, known))
    rows: dict[tuple[str, str], Row] = {}
    for a, b, *rest in found:
        if a in known and b in known and a != b:
            first, second = sorted((a, b))
            rows.setdefault((first, second), (first, second, *(rest or _published(name))))
    if not rows:
        what = "holds no two areas of these outlines in one row"
        raise refused(name, what, _FIX)
    linked = {code for pair in rows for code in pair}
    elsewhere = len({frozenset(row[:2]) for row in found}) - len(rows)
    pairs = "1 pair" if elsewhere == 1 else f"{elsewhere:,} pairs"
    note = f"{pairs} of other places passed over." if elsewhere else ""
    islands = tuple(code for code in codes if code not in linked)
    return Neighbours(tuple(rows[pair] for pair in sorted(rows)), islands, (note,) if note else ())


def _published(name: str) -> Row:
    return ("land", "", "from a published list; how they border is not stated", Path(name).name)


def _json_rows(raw: bytes) -> Iterator[Row]:
    """``{code: [code, ...]}``; where the list begins with a list, that holds the true
    neighbours."""
    try:
        data: Any = json.loads(raw)
    except (ValueError, RecursionError):
        return
    for code, listed in data.items():
        if not isinstance(listed, list):
            continue
        border = listed[0] if listed and isinstance(listed[0], list) else listed
        yield from ((code, other) for other in border if isinstance(other, str))


def _table_rows(raw: bytes, name: str, known: set[str]) -> Iterator[Row]:
    """The rows of a table: our own columns as they are, else the two columns with most codes."""
    from provision.readers.table import tables_from

    table = tables_from(raw, name)[0]
    columns = [table.texts(i) for i in range(len(table.columns))]
    if {"code_a", "code_b", "type"} <= set(table.columns):
        own = [columns[table.column(c)] if c in table.columns else None for c in COLUMNS]
        yield from zip(*(c if c is not None else [""] * len(table.rows) for c in own), strict=True)
        return
    share = {i: sum(v in known or is_code(v) for v in values) for i, values in enumerate(columns)}
    best = sorted((i for i in share if share[i]), key=lambda i: -share[i])[:2]
    if len(best) < 2:
        headings = ", ".join(shown(c) for c in table.columns[:8])
        what = f"has no two columns of codes; its columns are {headings}"
        raise refused(name, what, _FIX)
    first, second = sorted(best)
    yield from zip(columns[first], columns[second], strict=True)


def neighbours_csv(found: Neighbours) -> str:
    """The pairs as ``neighbours.csv``."""
    import io

    from defusedcsv import csv

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(found.rows)
    return out.getvalue()


def named(codes: Iterable[str], names: dict[str, str]) -> list[str]:
    """Names by code, in the order of the codes."""
    return [names[code] for code in codes]
