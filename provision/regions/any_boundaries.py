"""Areas from a boundaries file of any form that the outline reader knows.

A file in the record's own form (:mod:`provision.io.boundaries`) is read as it stands. Any other is
read by :mod:`provision.readers.outlines`, with what ``matching.yaml`` says of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from provision.io.boundaries import Area, has_own_form, read_boundaries
from provision.io.files import DataFiles, display
from provision.io.problems import InvalidData
from provision.io.reading import Files

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

MAX_BYTES = 50_000_000


def areas_of(files: DataFiles, opened: Files) -> tuple[tuple[Area, ...], tuple[str, ...]]:
    """The areas of a region's boundaries file, and notes on how it was read.

    Parameters
    ----------
    files
        The region's files.
    opened
        What was read so far; the bytes of the file are added to it.

    Raises
    ------
    InvalidData
        Where the file holds no areas, or is too large to be read each time anew.
    """
    try:
        return read_boundaries(files.boundaries, opened.text), ()
    except InvalidData as error:
        raw = opened.contents.get(files.boundaries)
        if raw is None or has_own_form(raw):
            raise
        if len(raw) > MAX_BYTES:
            raise _too_large(files.boundaries) from error
    return _read(files, raw)


def _read(files: DataFiles, raw: bytes) -> tuple[tuple[Area, ...], tuple[str, ...]]:
    from provision.readers.outlines import read_outlines
    from provision.regions.matching_file import matching_of

    found = read_outlines(raw, display(files.boundaries), matching_of(files).outline_options())
    return areas_from(found.areas), found.notes


def areas_from(table: GeoDataFrame, kind: str | None = None) -> tuple[Area, ...]:
    """Areas from a table of outlines, in its order.

    Parameters
    ----------
    table
        As :class:`provision.readers.outlines.OutlinesRead` has it: WGS84, indexed by code.
    kind
        The kind of area that all of them are.
    """
    from shapely.geometry import mapping

    rows = zip(table.index, table["name"], table.geometry, strict=True)
    return tuple(Area(str(c), str(n), kind, str(n), None, mapping(g)) for c, n, g in rows)


def _too_large(path: Path) -> InvalidData:
    from provision.readers.outline_file import refused

    what = f"is larger than {MAX_BYTES // 1_000_000} MB"
    fix = "make a region's folder from it: python -m provision region new FOLDER --boundaries FILE"
    return refused(display(path), what, fix)
