"""The area map: an SVG drawn in the browser from outlines sent once and classes sent with every
change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from zlib import crc32

import numpy as np
import streamlit as st

from components.data.live import drawing
from components.page import messages
from components.page.scripts import component
from provision.links.query import Query
from provision.record import Record
from provision.symbology.coverage import Drawn, as_data
from provision.symbology.scenarios import scenario_looks

_outlines = component("provision_outlines", "areaOutlines")
_map = component("provision_map", "areaMap")


def area_map(
    record: Record,
    query: Query,
    drawn: Drawn,
    sentence: str,
    *,
    on_choose: Callable[[], None],
    key: str,
    title: str = "",
    outlines: bool = True,
) -> None:
    """Draw what is said of every area as a map or as tiles. ``drawn`` is from
    :func:`drawn_classes`; ``sentence`` says what it shows; ``on_choose`` runs when an area is
    chosen; ``title`` stands over the map; without ``outlines``, the page has sent them already.

    The chosen code is then in ``st.session_state[key]["chosen"]``, or None where the choice was
    taken back. On a map with marks an area is not chosen but marked: ``on_choose`` finds the codes
    in :func:`marked`."""
    if outlines:
        send_outlines(record, key)
    data = {
        **drawn,
        "classes": [_known(kind) for kind in drawn["classes"]],
        "areas": packed(number for pair in drawn["areas"] for number in pair),
        "title": title,
        "outlines": record.version,
        "view": query.view,
        "label": sentence,
        "selected": query.area,
        # tells one view from another, in few letters
        "stamp": f"{crc32(f'{record.version} {query.link(record)}'.encode()):x}",
    }
    if "marked" in drawn:
        _stamps()[key] = data["stamp"]
        data["confirmed"] = messages.confirmed(key)
        _map(key=key, data=data, on_sent_change=on_choose)
    else:
        _map(key=key, data=data, on_chosen_change=on_choose)


def marked(key: str) -> list[str]:
    """The codes of the areas whose mark was put or taken away since the last answer, in order."""
    told = [message.value for message in messages.arrived(key)]
    return [str(value["area"]) for value in told if isinstance(value, dict) and "area" in value]


def marked_before_answer(key: str) -> bool:
    """Whether an area was marked on a map older than the last one drawn: a second click that did
    not wait for the answer to the first. What the page's controls hold is as old then."""
    sent = messages.latest(key)
    value = sent.value if sent else None
    return isinstance(value, dict) and value.get("drawn") != _stamps().get(key)


def _stamps() -> dict[str, str]:
    """Which view each map with marks was last drawn for."""
    found: dict[str, str] = st.session_state.setdefault("maps drawn", {})
    return found


def packed(numbers: Iterable[int]) -> str:
    """Small numbers, below 36, as one letter each: a change of the map is sent at every toggle, and
    this is most of it. Others as words."""
    own = list(numbers)
    return (
        "".join(np.base_repr(n, 36).lower() for n in own)
        if max(own, default=0) < 36
        else " ".join(map(str, own))
    )


def send_outlines(record: Record, key: str) -> None:
    """The outlines that maps on the page are drawn from: one message, the same as long as the data
    is."""
    _outlines(key=f"{key}-outlines", data=_outline_data(record))


def _known(kind: dict[str, Any]) -> dict[str, Any]:
    """A class as it is sent: by its id and count alone where the outlines have told the browser the
    rest."""
    look = _looks().get(kind["id"])
    return (
        {"id": kind["id"], "count": kind["count"]}
        if look and {**look, "count": kind["count"]} == kind
        else kind
    )


@cache
def _looks() -> dict[str, dict[str, Any]]:
    return {kind["id"]: kind for kind in as_data(list(scenario_looks().values()))}


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
    water = {"water": drawn.water, "waterName": drawn.water_name}
    return {
        "id": record.version,
        "size": drawn.size,
        "tiles": drawn.tiles,
        **water,
        "areas": areas,
        "looks": _looks(),
    }
