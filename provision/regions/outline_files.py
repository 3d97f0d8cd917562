"""Outlines as a region's folder keeps them, and what goes beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from provision.readers.outlines import OutlinesRead
from provision.regions.input_files import InputFile
from provision.regions.unstated import NOT_STATED, RegionWords


def geojson(found: OutlinesRead, kind: str) -> bytes:
    """The areas in the record's own form: GeoJSON in WGS84, six decimals (about a decimetre)."""
    import shapely

    shapes = shapely.transform(found.areas.geometry.to_numpy(), lambda at: at.round(6))
    shapes = shapely.orient_polygons(shapes)
    lines = (
        json.dumps(
            {
                "type": "Feature",
                "properties": {"code": str(code), "name": str(name), "kind": kind},
                "geometry": json.loads(shapely.to_geojson(shape)),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for code, name, shape in zip(found.areas.index, found.areas["name"], shapes, strict=True)
    )
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n").encode()


def outline_description(found: OutlinesRead, file: InputFile, words: RegionWords) -> dict[str, Any]:
    """What goes beside the outlines: where they come from, as far as the file says."""
    cautions = [note for note in found.notes if "implified" in note]
    description: dict[str, Any] = {
        "title": f"Outlines of {words.name}",
        "origin": {
            "file": Path(file.name).name,
            "format": str(found.format),
            "sha256": file.sha256() or NOT_STATED,
            "read_as": found.crs if len(found.crs) < 40 else "its own projection",
        },
        **dict.fromkeys(("vintage", "licence", "attribution"), NOT_STATED),
    }
    if found.tolerance is not None:
        description["simplification"] = {
            "method": "coverage simplification (Visvalingam-Whyatt on shared borders)",
            "tolerance_m": found.tolerance,
        }
    return description | ({"cautions": cautions} if cautions else {})
