"""Small invented files, as somebody would bring them."""

from __future__ import annotations

import json
import re


def _square(code: str, name: str, west: float) -> dict[str, object]:
    east = west + 0.1
    ring = [[west, 51.0], [east, 51.0], [east, 51.1], [west, 51.1], [west, 51.0]]
    return {
        "type": "Feature",
        "properties": {"CODE": code, "NAME": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


OUTLINES = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            _square("X01", "Alder", 0.0),
            _square("X02", "Birch", 0.1),
            _square("X03", "Cedar", 0.2),
        ],
    }
).encode()
TURNED = re.sub(rb"\[(-?[\d.]+), (-?[\d.]+)\]", rb"[\2, \1]", OUTLINES)  # latitude first
LIST = b"Service,Area\nOne,Alder\nTwo,Birtch\n"
