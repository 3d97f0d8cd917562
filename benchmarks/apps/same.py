"""What every peer draws, ready-made: for every setting of the hubs on the page of scenarios the
class of each area and the sentence, as this app says them; and the colours."""

import json
from pathlib import Path

STATIC = Path(__file__).parent / "static"
OUTLINES = json.loads((STATIC / "areas.geojson").read_text(encoding="utf-8"))
AREAS = [feature["properties"]["code"] for feature in OUTLINES["features"]]
_made = json.loads((STATIC / "same.json").read_text(encoding="utf-8"))
HUBS: list[str] = _made["hubs"]
COLOURS: dict[str, str] = _made["colours"]  # by the words of the class


def classes(hubs: list[str]) -> list[int]:
    """The class of every area, as a place in ``COLOURS``, in the order of ``AREAS``."""
    return _made["classes"][_setting(hubs)]


def sentence(hubs: list[str]) -> str:
    """What is said of the map."""
    return _made["sentences"][_setting(hubs)]


def _setting(hubs: list[str]) -> int:
    return sum(1 << HUBS.index(hub) for hub in hubs)
