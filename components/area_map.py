"""The area map: an SVG drawn in the browser from outlines sent once and classes sent with every change."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from components.live import drawing
from components.map_classes import as_data, map_classes
from provision.coverage import Period, coverage_in, period
from provision.query import Query
from provision.record import Record
from provision.sentences import LEVEL_WORDS, STATUS_WORDS

_SCRIPT = Path(__file__).parent.parent / "static" / "provision.js"


@cache
def shim(function: str) -> str:
    """A component's script: it loads ours by address, so that the script itself crosses the socket once and is then cached.

    The address is resolved against the page's own, so that it also holds behind a proxy with a path of its own.
    """
    version = hashlib.sha256(_SCRIPT.read_bytes()).hexdigest()[:10]
    return (
        f'const module = import(new URL("app/static/provision.js?v={version}", document.baseURI));\n'
        f"export default (component) => {{ let end; module.then((m) => {{ end = m.{function}(component); }}); return () => end?.(); }};\n"
    )


_outlines = st.components.v2.component("provision_outlines", html="<div></div>", js=shim("areaOutlines"), isolate_styles=False)
_map = st.components.v2.component("provision_map", html="<div></div>", js=shim("areaMap"), isolate_styles=False)


def area_map(record: Record, query: Query, sentence: str, *, on_choose: Callable[[], None], key: str) -> None:
    """Draw the coverage of a view as a map or as tiles. ``sentence`` says what it shows; ``on_choose`` runs when an area is chosen.

    The chosen code is then in ``st.session_state[key]["chosen"]``, or None where the choice was taken back.
    """
    _outlines(key=f"{key}-outlines", data=_outline_data(record))
    data = {
        **_drawn(record, query.services, period(record, query.on)),
        "outlines": record.version,
        "view": query.view,
        "label": sentence,
        "selected": query.area,
        "stamp": f"{record.version} {query.link(record)}",
    }
    _map(key=key, data=data, on_chosen_change=on_choose)


@lru_cache(maxsize=64)
def _drawn(record: Record, services: tuple[str, ...], when: Period) -> dict[str, Any]:
    """The classes of a map, the class of every area, and what is said of it: the same as long as no status changes."""
    table = coverage_in(record, when)
    classes, class_of = map_classes(record, table, services)
    said = {code: spoken(record, row) for code, row in zip(map(str, table.index), table.to_dict("records"), strict=True)}
    sentences = sorted(set(said.values()))
    places = {c.id: n for n, c in enumerate(classes)}
    return {
        "classes": as_data(classes),
        "sentences": sentences,
        "areas": [[places[class_of[code]], sentences.index(said[code])] for code in said],
    }


def spoken(record: Record, row: dict[str, Any]) -> str:
    """What is said of an area, after its name, when it is pointed at or reached by keyboard."""
    status = STATUS_WORDS[row["status"]]
    level = f", {LEVEL_WORDS[row['level']]}" if row["level"] else ""
    services = f" ({', '.join(record.service[i].short_name for i in row['services'])})" if row["services"] else ""
    return f"{status}{level}{services}"


def _outline_data(record: Record) -> dict[str, Any]:
    drawn = drawing(record)
    areas = [
        {
            "code": area.code,
            "name": area.name,
            "label": area.label,
            "path": drawn.areas[area.code].path,
            "at": drawn.areas[area.code].label_at,
            "room": drawn.areas[area.code].room,
            "tile": drawn.areas[area.code].tile,
        }
        for area in record.areas
    ]
    return {"id": record.version, "size": drawn.size, "tiles": drawn.tiles, "water": drawn.water, "waterName": drawn.water_name, "areas": areas}
