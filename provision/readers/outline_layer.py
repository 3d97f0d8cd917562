"""Reading one layer of a file of outlines: which layer, its features, its columns as text."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from provision.io.problems import shown
from provision.readers.outline_file import OutlineLayer, refused, said_of

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from pandas import Series

MAX_FEATURES = 250_000
MAX_POINTS = 20_000_000
_NO_AREAS = ("Point", "LineString", "MultiPoint", "MultiLineString", "none")


def choose_layer(
    layers: Sequence[OutlineLayer], wanted: str | None, name: str
) -> tuple[OutlineLayer, list[str]]:
    """The layer to read: the one that a person named, else the first that may hold areas.

    Raises
    ------
    InvalidData
        Where there is no layer of the name that a person gave.
    """
    names = list(dict.fromkeys(layer.layer for layer in layers))
    if wanted is not None:
        found = [layer for layer in layers if layer.layer == wanted]
        if not found:
            what = f"has no layer {shown(wanted)}; its layers are {some(names)}"
            raise refused(name, what, "name one of these layers")
        return found[0], []
    may = [layer for layer in layers if not layer.geometry.startswith(_NO_AREAS)] or list(layers)
    if len(may) == 1:
        return may[0], []
    others = some([shown(layer.layer) for layer in may[1:]])
    return may[0], [f"We read the layer {shown(may[0].layer)}. It also has {others}: see --layer."]


def read_layer(layer: OutlineLayer, name: str) -> tuple[GeoDataFrame, list[str]]:
    """The features of a layer with all their columns, heights dropped, and notes on the reading.

    Raises
    ------
    InvalidData
        Where GDAL cannot read it, or it is larger than we read.
    """
    frame, notes = _features(layer, name)
    if "geometry" not in frame.columns or not hasattr(frame, "geometry"):
        what = f"is a table without outlines; its columns are {some(list(map(str, frame.columns)))}"
        raise refused(name, what, "export the areas with their outlines")
    if frame.empty:
        raise refused(name, "holds no features", "export the areas again")
    if len(frame) > MAX_FEATURES:
        what = f"holds more than {MAX_FEATURES:,} features"
        raise refused(name, what, "export the areas of your region alone")
    if int(shapely.get_num_coordinates(frame.geometry.to_numpy()).sum()) > MAX_POINTS:
        what = f"has more than {MAX_POINTS:,} points in its outlines"
        raise refused(name, what, "choose a generalised edition (BGC, BSC or BUC at the ONS)")
    if layer.geometry.endswith((" Z", "25D", " ZM", " M")):
        notes.append("The outlines have heights or measures; we left them out.")
    return frame, notes


def _features(layer: OutlineLayer, name: str) -> tuple[GeoDataFrame, list[str]]:
    try:
        return _asked(layer), []
    except UnicodeDecodeError:
        note = "Its text is not UTF-8; we read it as Windows-1252. Check names with accents."
    except (RuntimeError, ValueError) as error:
        what = f"cannot be read as {layer.format} ({said_of(error, layer.path)})"
        raise refused(name, what, "export it again, as GeoJSON or GeoPackage") from None
    try:
        return _asked(layer, encoding="cp1252"), [note]
    except (RuntimeError, ValueError):
        what = f"cannot be read as {layer.format}: its text has no encoding that we know"
        raise refused(name, what, "export it again, as GeoJSON or GeoPackage") from None


def _asked(layer: OutlineLayer, encoding: str | None = None) -> Any:
    import pyogrio

    with warnings.catch_warnings():
        # What GDAL warns of (rings in another order, a date it cannot read) is mended or unused.
        warnings.simplefilter("ignore")
        return pyogrio.read_dataframe(
            layer.path,
            layer=layer.layer,
            encoding=encoding,
            force_2d=True,
            on_invalid="ignore",
            max_features=MAX_FEATURES + 1,
            datetime_as_string=True,
        )


def column_texts(frame: GeoDataFrame) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """Every column's values as text, blank as ``""``; and the columns of numbers with fractions."""
    texts: dict[str, list[str]] = {}
    fractions: list[str] = []
    for heading in frame.columns.drop("geometry"):
        texts[str(heading)], fraction = _text_values(frame[heading])
        if fraction:
            fractions.append(str(heading))
    return texts, tuple(fractions)


def _text_values(values: Series[Any]) -> tuple[list[str], bool]:
    import pandas as pd

    blank = values.isna().to_numpy()
    if pd.api.types.is_float_dtype(values.dtype):
        numbers = values.to_numpy(dtype=float, na_value=np.nan)
        known = numbers[~blank & np.isfinite(numbers)]
        if (known != np.round(known)).any():
            return ["" if b else str(v) for v, b in zip(numbers, blank, strict=True)], True
        return [
            "" if b or not np.isfinite(v) else str(int(v))
            for v, b in zip(numbers, blank, strict=True)
        ], False
    return ["" if b else _clean(v) for v, b in zip(values, blank, strict=True)], False


def _clean(value: Any) -> str:
    if not isinstance(value, str):
        return str(value)
    if value.isascii() and value.isprintable():
        return value.strip()
    from provision.readers.table import clean

    return " ".join(clean(value).split())


def some(things: Sequence[str], most: int = 12) -> str:
    """A list in words, cut where it is long."""
    shown_things = ", ".join(things[:most])
    return shown_things + (f" and {len(things) - most:,} more" if len(things) > most else "")
