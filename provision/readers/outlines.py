"""Outlines of areas from any file that GDAL reads, as areas with a code, a name and a shape.

What the file does not say is proposed and said, never settled in silence: which columns hold codes
and names, which layer, which projection. What is wrong is said once for each kind, with how many
and the first three.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provision.io.problems import InvalidData, shown
from provision.readers.outline_areas import (
    Identities,
    OutlineArea,
    column_notes,
    counted,
    identities,
    joined,
)
from provision.readers.outline_columns import OutlineColumns, propose_columns, same_column
from provision.readers.outline_file import OutlineFormat, OutlineLayer, opened, refused
from provision.readers.outline_layer import choose_layer, column_texts, read_layer, some
from provision.readers.outline_projection import WGS84, Axes, to_wgs84
from provision.readers.outline_shapes import (
    Cleaning,
    Simplified,
    clean,
    for_a_screen,
    give_memory_back,
)

if TYPE_CHECKING:
    import numpy as np
    from geopandas import GeoDataFrame, GeoSeries

MAX_AREAS = 40_000
MAX_UPLOAD = 50_000_000


@dataclass(frozen=True)
class OutlineOptions:
    """What a person said of a file of outlines; what is None is proposed.

    An empty ``code_field`` says that no column holds codes. ``crs`` is in any form that PROJ knows.
    The ``known`` fields are those of the edition before: looked for, not insisted on.
    """

    code_field: str | None = None
    name_field: str | None = None
    known_code_field: str | None = None
    known_name_field: str | None = None
    layer: str | None = None
    crs: str | None = None
    axes: Axes = Axes.ASK


@dataclass(frozen=True, eq=False)
class OutlinesRead:
    """Outlines as they were read.

    ``areas`` is a GeoDataFrame in WGS84 (EPSG:4326), indexed by code (text, each once), with
    ``name`` (text, each once), ``other_names`` (tuple of text) and ``geometry`` (Polygon or
    MultiPolygon). ``made_codes`` tells that codes were made from names. ``crs`` is the projection
    that the file was read in, ``crs_assumed`` whether the file does not state it; ``tolerance``
    that of the simplification in metres, None where none was needed. ``fields`` are the file's
    columns; ``notes`` are sentences for a person.
    """

    areas: GeoDataFrame
    format: OutlineFormat
    layer: str
    layers: tuple[str, ...]
    fields: tuple[str, ...]
    columns: OutlineColumns
    crs: str
    crs_assumed: bool
    made_codes: bool
    tolerance: float | None
    notes: tuple[str, ...] = field(repr=False)


def read_outlines(
    source: Path | bytes,
    name: str,
    options: OutlineOptions | None = None,
    most_bytes: int | None = None,
) -> OutlinesRead:
    """The areas in a file of outlines.

    Parameters
    ----------
    source
        The file, or its bytes as they were uploaded.
    name
        What the reader calls it.
    options
        What a person said of it.
    most_bytes
        How large it may be; None sets no limit. Uploads take :data:`MAX_UPLOAD`.

    Raises
    ------
    InvalidData
        Where it holds no areas, or cannot be placed; SwappedAxes where the axes seem swapped.
    """
    options = options or OutlineOptions()
    _check_size(source, name, most_bytes)
    with opened(source, name) as layers:
        layer, notes = choose_layer(layers, options.layer, name)
        frame, said = read_layer(layer, name)
    texts, fractions = column_texts(frame)
    _check_fields(options, texts, name)
    columns = propose_columns(texts, fractions, *_said_fields(options, texts))
    found = identities(texts, columns, len(frame))
    areas = _Areas(name, layer, tuple(texts), found, options)
    crs, raw = frame.crs, [frame.geometry.to_numpy()]
    del frame  # outlines can be large: each step lets go of what the one before it left
    areas.place(raw.pop(), crs)
    told = (*notes, *said, *column_notes(columns, found.made))
    read = areas.read(columns, tuple(dict.fromkeys(a.layer for a in layers)), told)
    del areas
    give_memory_back()
    return read


class _Areas:
    """From geometries to areas, one step after the other, with what there is to say of each."""

    def __init__(
        self,
        name: str,
        layer: OutlineLayer,
        fields: tuple[str, ...],
        found: Identities,
        options: OutlineOptions,
    ) -> None:
        self.name, self.layer, self.fields = name, layer, fields
        self.found, self.options = found, options
        self.crs, self.assumed = "", False
        self.areas: list[OutlineArea] = []
        self.notes: list[str] = []

    def place(self, raw: np.ndarray, crs: Any) -> None:
        """Clean the geometries, bring them to WGS84, and join the parts of each area."""
        outlines, cleaning = clean(raw)
        del raw
        rows = [row for row, missing in enumerate(cleaning.missing) if missing is None]
        if not rows:
            raise _no_areas(self.name, cleaning.missing, self.fields, self.layer.layer)
        shapes = _series(outlines[rows], crs)
        del outlines
        codes = [self.found.codes[row] for row in rows]
        placed = to_wgs84(shapes, self.name, codes, self.options.crs, self.options.axes)
        del shapes
        self.areas, parts = joined(self.found, rows, placed.geometry.tolist())
        self.crs, self.assumed = placed.crs, placed.assumed
        self.notes += _left_out(cleaning, self.found.names)
        self.notes += [*_mended(cleaning, self.found), *placed.notes, *parts]

    def read(
        self, columns: OutlineColumns, layers: tuple[str, ...], told: tuple[str, ...]
    ) -> OutlinesRead:
        """The areas as a table in WGS84, no finer than a screen needs, and all notes."""
        table, simple = _table(self.areas, self.name)
        notes = (*told, *self.notes, *_simplified(simple))
        layer, made = self.layer, any(self.found.made)
        return OutlinesRead(
            *(table, layer.format, layer.layer, layers, self.fields, columns, self.crs),
            *(self.assumed, made, simple.tolerance, notes),
        )


def _series(outlines: np.ndarray, crs: Any) -> GeoSeries:
    from geopandas import GeoSeries

    return GeoSeries(outlines, crs=crs)


def _check_size(source: Path | bytes, name: str, most: int | None) -> None:
    if most is None:
        return
    try:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
    except OSError:
        return  # what cannot be looked at is told where it is opened
    if size > most:
        what = f"is larger than {most // 1_000_000} MB"
        raise refused(name, what, "choose a generalised edition, or use the command 'region new'")


def _check_fields(options: OutlineOptions, texts: dict[str, list[str]], name: str) -> None:
    for wanted in (options.code_field, options.name_field):
        if wanted and wanted not in texts:
            what = f"has no column {shown(wanted)}; its columns are {some(list(texts))}"
            raise refused(name, what, "name one of these columns")


def _said_fields(
    options: OutlineOptions, texts: dict[str, list[str]]
) -> tuple[str | None, str | None]:
    """The columns of codes and of names, as far as they were said now or for the edition before."""
    code, name = options.code_field, options.name_field
    return (
        code if code is not None else same_column(options.known_code_field, list(texts)),
        name if name is not None else same_column(options.known_name_field, list(texts)),
    )


def _no_areas(
    name: str, missing: Sequence[str | None], fields: tuple[str, ...], layer: str
) -> InvalidData:
    """The refusal of a layer without areas: what it holds instead."""
    kinds = some(list(dict.fromkeys(m for m in missing if m)))
    what = f"holds no areas: its layer {shown(layer)} has {len(missing):,}"
    what += f" {'feature' if len(missing) == 1 else 'features'} with {kinds}"
    what += f" and the columns {some(list(fields))}" if fields else " and no columns"
    return refused(name, what, "choose the file with the areas' outlines")


def _left_out(cleaning: Cleaning, names: Sequence[str]) -> list[str]:
    """One note for each kind of feature that is no area."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for name, missing in zip(names, cleaning.missing, strict=True):
        if missing:
            kinds[missing].append(name)
    return [
        counted(who, f"{'feature' if len(who) == 1 else 'features'} left out, with {what}")
        for what, who in kinds.items()
    ]


def _mended(cleaning: Cleaning, found: Identities) -> list[str]:
    who = [name for name, mended in zip(found.names, cleaning.mended, strict=True) if mended]
    what = "outline that crossed itself" if len(who) == 1 else "outlines that crossed themselves"
    return [counted(who, f"{what} repaired")] if who else []


def _table(areas: Sequence[OutlineArea], name: str) -> tuple[GeoDataFrame, Simplified]:
    """Areas as a table in WGS84, no finer than a screen needs."""
    import numpy as np
    import pandas as pd
    from geopandas import GeoDataFrame

    if len(areas) > MAX_AREAS:
        what = f"holds {len(areas):,} areas; {MAX_AREAS:,} is the most that we show"
        raise refused(name, what, "choose larger areas, or those of your region alone")
    outlines = np.array([area.geometry for area in areas] + [None], dtype=object)[:-1]
    simple = for_a_screen(outlines)
    columns = {"name": [a.name for a in areas], "other_names": [a.other_names for a in areas]}
    index = pd.Index([area.code for area in areas], name="code")
    return GeoDataFrame(columns, index=index, geometry=simple.outlines, crs=WGS84), simple


def _simplified(simple: Simplified) -> list[str]:
    if simple.tolerance is None:
        return []
    before, now = f"{simple.points_before:,}", f"{simple.points:,}"
    return [
        f"Outlines simplified for the screen, by about {simple.tolerance:g} m:"
        f" {now} points instead of {before}. Shared borders stay shared."
    ]
