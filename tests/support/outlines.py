"""Small outlines for tests: unit squares in a row, in any format that the libraries write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from geopandas import GeoDataFrame
from shapely import box
from shapely.geometry.base import BaseGeometry

WEST, SOUTH, SIDE = -2.0, 52.0, 0.1
"""In the middle of England, where codes that begin with E belong."""


def squares(count: int) -> list[BaseGeometry]:
    """Squares side by side, in degrees."""
    return [box(WEST + i * SIDE, SOUTH, WEST + (i + 1) * SIDE, SOUTH + SIDE) for i in range(count)]


def table(
    columns: Mapping[str, Sequence[Any]],
    shapes: Sequence[BaseGeometry | None] | None = None,
    crs: str | None = "EPSG:4326",
) -> GeoDataFrame:
    """A table of outlines: squares where no shapes are given."""
    rows = len(next(iter(columns.values())))
    return GeoDataFrame(dict(columns), geometry=list(shapes or squares(rows)), crs=crs)


def coded(count: int = 3) -> GeoDataFrame:
    """Squares with codes and names as the ONS heads them."""
    return table(
        {
            "FID": list(range(1, count + 1)),
            "LAD23CD": [f"E0700000{i}" for i in range(1, count + 1)],
            "LAD23NM": [("Ashby", "Brook", "Cold Hill", "Dene")[i] for i in range(count)],
        }
    )


def written(frame: GeoDataFrame, path: Path, **options: Any) -> Path:
    """A table of outlines in the format that the name of its file says."""
    frame.to_file(path, **options)
    return path
