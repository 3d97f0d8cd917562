"""Texts that were written to break something, put into every field of a region that holds words."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from provision.io.files import DataFiles
from provision.io.node_paths import Path_, at, walk
from support.records import CITY

UNSEEN = {
    "zero width space": "\u200b",
    "soft hyphen": "\u00ad",
    "byte order mark": "\ufeff",
    "control": "\x01",
    "escape": "\x1b[31m",
    "turned": "\u202e",
    "isolated": "\u2066",
    "no character": "\ufffe",
    "private": "\ue000",
    "half a character": "\ud800",
    "line separator": "\u2028",
    "blank letter": "\u3164",
    "tag": "\U000e0041",
    "lone joiner": " \u200d",
}
ODD = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(2)><b>bold</b> &amp; </style>",
    "Markdown": "**b** _i_ # h `c` ~~s~~ | t | [l](javascript:alert(3)) ![p](https://x.example/p)",
    "autolinks": "https://evil.example www.evil.example <https://evil.example> me@evil.example",
    "Streamlit's own": ":red[r] :material/home: :smile: -> <- $x^2$ $$\\frac{1}{0}$$",
    "maths": "$\\frac{a}{ $ \\alpha_{ ^ } $$ \\undefined",
    "templates": "{{ 7 * 7 }} {% raw %} ${7*7} {0} {x!r} %s %(a)s #{1}",
    "formula": "=cmd|' /C calc'!A0 @SUM(1) +1 -1",
    "lines": "one\ntwo\n\nthree\tfour",
    "right to left": "שלום עולם مرحبا بالعالم",
    "emoji": "👩🏽‍⚕️ ❤️ می‌خواهم",
    "marks": "Z̸̢̛͈a̷͓̍l̶͙͝g̵̨̛o̶̝͠",
    "quotes": "'\"`\\'\\\" -- /* */ ;",
    "one long word": "W" * 190,
    "many words": "words " * 30,
}
_FILES = ("services", "themes", "organisations", "figures", "boundaries")


# Fields that hold an id, a date, a number or one of several words.
_TIED = (
    *("amount", "area_kind", "areas", "as_at", "combine", "counted_as", "default_date", "end"),
    *("expert_partners", "geography", "grade", "heading_count", "higher_means", "id", "kind"),
    *(
        "level",
        "listed",
        "organisations",
        "ref",
        "reach",
        "referral_ref",
        "related",
        "services",
        "start",
    ),
    *("state", "tags", "targets", "themes", "touches", "value", "women_specific"),
)


@cache
def _plain(name: str) -> str:
    """A file of Farwater as JSON, so that each user has its own copy."""
    return json.dumps(yaml.safe_load((CITY / f"{name}.yaml").read_text("utf-8")), default=str)


def _files(folder: Path) -> DataFiles:
    return DataFiles(
        folder / "services.yaml",
        folder / "boundaries.geojson",
        folder / "figures.csv",
        folder / "neighbours.csv",
        themes=folder / "themes.yaml",
        organisations=folder / "organisations.yaml",
    )


def region(folder: Path, text: str, areas: str | None = None) -> DataFiles:
    """Farwater in a folder, with a text in every field that may hold any words; and in the name of
    every area, unless another is given for these."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("figures.csv", "neighbours.csv", "boundaries.geojson"):
        (folder / name).write_bytes((CITY / name).read_bytes())
    for name in _FILES:
        data = json.loads(_plain(name))
        for number, path in enumerate(free_fields(name)):
            _put(data, path, f"{text} {number}")
        _write(folder, name, data)
    _rename_areas(folder, text if areas is None else areas)
    return _files(folder)


def _write(folder: Path, name: str, data: Any) -> None:
    written = json.dumps(data, ensure_ascii=False)
    escaped = re.sub("[\x7f-\uffff]", lambda found: f"\\u{ord(found[0]):04x}", written)
    (folder / f"{name}.yaml").write_text(escaped, "utf-8")


def _put(data: Any, path: Path_, value: str) -> None:
    at(data, path[:-1])[path[-1]] = value


@cache
def free_fields(name: str) -> tuple[Path_, ...]:
    """The places of a file of Farwater whose text may be any words."""
    found = walk(json.loads(_plain(name)))
    return tuple(path for path, value in found if isinstance(value, str) and not _tied(path))


def _tied(path: Path_) -> bool:
    names = [step for step in path if isinstance(step, str)]
    return path != ("region", "areas") and (names[-1] in _TIED or "name_variants" in names)


def _rename_areas(folder: Path, text: str) -> None:
    """Every area is named after the text, in outlines and services alike."""
    path = folder / "boundaries.geojson"
    outlines = json.loads(path.read_text("utf-8"))
    known = {f["properties"]["name"]: f"{text} A{n}" for n, f in enumerate(outlines["features"])}
    for feature in outlines["features"]:
        old = feature["properties"]["name"]
        feature["properties"] |= {"name": known[old], "label": f"{known[old]} label"}
    path.write_text(json.dumps(outlines), "utf-8")
    services = json.loads((folder / "services.yaml").read_text("utf-8"))
    variants = services["region"].get("name_variants", {})
    services["region"]["name_variants"] = {
        spelling: known.get(official, official) for spelling, official in variants.items()
    }
    for place, value in list(walk(services)):
        if isinstance(value, str) and value in known and place[:1] != ("region",):
            _put(services, place, known[value])
    _write(folder, "services", services)
