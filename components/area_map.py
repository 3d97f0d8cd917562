"""The area map: an SVG drawn in the browser from outlines sent once and classes sent with every change."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from components.live import drawing
from provision.query import Query
from provision.record import Record
from provision.symbology.coverage import Drawn

_SCRIPT = Path(__file__).parent.parent / "static" / "provision.js"


@cache
def shim(function: str, script: Path = _SCRIPT) -> str:
    """A component's script: it loads ours by address, so that the script itself crosses the socket once and is then cached.

    The address is resolved against the page's own, so that it also holds behind a proxy with a path of its own. A function of another
    ``script`` of the static folder is handed the module of the map beside its component.
    """
    return (
        f"const modules = Promise.all([{_import(script)}, {_import(_SCRIPT)}]);\n"
        f"export default (component) => {{ let end; modules.then(([m, own]) => {{ end = m.{function}(component, own); }}); return () => end?.(); }};\n"
    )


def _import(script: Path) -> str:
    version = hashlib.sha256(script.read_bytes()).hexdigest()[:10]
    return f'import(new URL("app/static/{script.name}?v={version}", document.baseURI))'


_outlines = st.components.v2.component("provision_outlines", html="<div></div>", js=shim("areaOutlines"), isolate_styles=False)
_map = st.components.v2.component("provision_map", html="<div></div>", js=shim("areaMap"), isolate_styles=False)


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
