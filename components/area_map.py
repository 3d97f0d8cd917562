"""The area map: an SVG drawn in the browser from outlines sent once and classes sent with every change."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from components.live import drawing
from components.map_classes import MapClass, as_data, map_classes
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


Drawn = dict[str, Any]


def area_map(record: Record, query: Query, drawn: Drawn, sentence: str, *, on_choose: Callable[[], None], key: str) -> None:
    """Draw what is said of every area as a map or as tiles. ``drawn`` is from :func:`drawn_classes`; ``sentence`` says what it shows;
    ``on_choose`` runs when an area is chosen.

    The chosen code is then in ``st.session_state[key]["chosen"]``, or None where the choice was taken back.
    """
    send_outlines(record, key)
    data = {
        **drawn,
        "outlines": record.version,
        "view": query.view,
        "label": sentence,
        "selected": query.area,
        "stamp": f"{record.version} {query.link(record)}",
    }
    _map(key=key, data=data, on_chosen_change=on_choose)


def send_outlines(record: Record, key: str) -> None:
    """The outlines that maps on the page are drawn from: one message, the same as long as the data is."""
    _outlines(key=f"{key}-outlines", data=_outline_data(record))


def drawn_classes(classes: Sequence[MapClass], class_of: Mapping[str, str], said: Mapping[str, str]) -> Drawn:
    """What the map component is told: the classes, and for every area (by code, in the order of the record) its class and what is said."""
    sentences = sorted(set(said.values()))
    places = {c.id: n for n, c in enumerate(classes)}
    return {
        "classes": as_data(classes),
        "sentences": sentences,
        "areas": [[places[class_of[code]], sentences.index(text)] for code, text in said.items()],
    }


def coverage_drawn(record: Record, query: Query) -> Drawn:
    """The coverage of a view, for the map: the same as long as no status changes."""
    return _coverage_drawn(record, query.services, period(record, query.on))


@lru_cache(maxsize=64)
def _coverage_drawn(record: Record, services: tuple[str, ...], when: Period) -> Drawn:
    table = coverage_in(record, when)
    classes, class_of = map_classes(record, table, services)
    return drawn_classes(classes, class_of, {code: spoken(record, row) for code, row in zip(map(str, table.index), table.to_dict("records"), strict=True)})


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
