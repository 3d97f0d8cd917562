"""How maps of themes mark their classes: the services that carry a theme as on the coverage map,
what is absent as on the coverage map.

A service keeps its colour on every map. Where it is named for the theme without a target, rings lie
over the colour."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from provision.coverage.status import ContractState, Status, contract_state
from provision.english import listing
from provision.links.query import Query
from provision.record import Record
from provision.symbology.coverage import (
    BY_STATUS,
    OTHERS,
    Drawn,
    MapClass,
    drawn_classes,
    service_class,
    tally,
)
from provision.text.labels import REACH_WORDS, TOGETHER_WORDS
from provision.themes.reach import REACHED, ThemeCoverage, reach_in
from provision.themes.together import Together, intersection

if TYPE_CHECKING:
    import pandas as pd

_ABSENT = {
    ThemeCoverage.NOT_NAMED: replace(
        OTHERS, id="not_named", label="Contracts there, not named for this theme"
    ),
    ThemeCoverage.NONE: BY_STATUS[Status.NONE],
    ThemeCoverage.LAPSED: replace(BY_STATUS[Status.LAPSED], label="Lapsed: contracts have ended"),
    ThemeCoverage.NOT_STATED: BY_STATUS[Status.NOT_STATED],
}
_TOGETHER = {
    Together.ALL: MapClass("all", "A contract for all of them", "", "#4f9c86", None),
    Together.SOME: MapClass(
        "some", "A contract for some of them", "", "#d5ebe3", "rising", "#2f6f5e"
    ),
    Together.LAPSED: replace(BY_STATUS[Status.LAPSED], label="Lapsed: contracts have ended"),
    Together.NONE: MapClass(
        "none", "No contract for any of them", "", "#f3c4b3", "lattice", "#8c1c13", "○", True
    ),
    Together.NOT_STATED: BY_STATUS[Status.NOT_STATED],
}
Key = tuple[ThemeCoverage, tuple[str, ...]]


def theme_drawn(record: Record, query: Query) -> Drawn:
    """What contracts say of every area for the theme chosen, for the map."""
    return _theme_drawn(record, query.theme or "", contract_state(record, query.on))


@lru_cache(maxsize=256)
def _theme_drawn(record: Record, theme: str, when: ContractState) -> Drawn:
    table = reach_in(record, theme, when)
    classes, class_of = theme_classes(record, table)
    return drawn_classes(
        classes, class_of, {code: theme_spoken(record, row) for code, row in _rows(table)}
    )


def _rows(table: pd.DataFrame) -> list[tuple[str, dict[Hashable, Any]]]:
    return list(zip(map(str, table.index), table.to_dict("records"), strict=True))


def theme_classes(record: Record, table: pd.DataFrame) -> tuple[list[MapClass], dict[str, str]]:
    """The classes of a theme's map, and the class id of every area. ``table`` is from
    :func:`provision.themes.reach.reach`."""
    keys: dict[str, Key] = {code: (row["reach"], row["services"]) for code, row in _rows(table)}
    found = {
        key: _class(record, key, tally(record, [c for c, own in keys.items() if own == key]))
        for key in sorted(set(keys.values()), key=_place)
    }
    return list(found.values()), {code: found[key].id for code, key in keys.items()}


_FIRST = (ThemeCoverage.NONE, ThemeCoverage.NOT_STATED, ThemeCoverage.LAPSED)


def _place(key: Key) -> tuple[int, int, tuple[str, ...]]:
    """In the order of what matters: what is missing, then who is there, last what is not named."""
    kind, services = key
    if kind in _FIRST:
        return (_FIRST.index(kind), 0, ())
    return (len(_FIRST) + (kind not in REACHED), len(services), services)


def _class(record: Record, key: Key, count: str) -> MapClass:
    kind, services = key
    if kind not in REACHED:
        return replace(_ABSENT[kind], count=count)
    own = service_class(record, services, (), count)
    if kind is ThemeCoverage.TARGET:
        return replace(own, id=f"target-{own.id}", label=f"{own.label}: target")
    return replace(own, id=f"named-{own.id}", label=f"{own.label}: named, no target", rings=True)


def theme_spoken(record: Record, row: Mapping[Hashable, Any]) -> str:
    """What is said of an area, after its name."""
    services = (
        f" ({listing(record.services_by_id[i].short_name for i in row['services'])})"
        if row["services"]
        else ""
    )
    return f"{REACH_WORDS[row['reach']]}{services}"


def together_drawn(record: Record, themes: Sequence[str], query: Query) -> Drawn:
    """How several themes meet in every area, for the map."""
    table = intersection(record, themes, query.on)
    codes = {
        kind: [code for code, row in _rows(table) if row["together"] is kind] for kind in Together
    }
    classes = [
        replace(_TOGETHER[kind], count=tally(record, codes[kind]))
        for kind in Together
        if codes[kind]
    ]
    said = {code: together_spoken(record, row) for code, row in _rows(table)}
    return drawn_classes(
        classes, {code: _TOGETHER[row["together"]].id for code, row in _rows(table)}, said
    )


def together_spoken(record: Record, row: Mapping[Hashable, Any]) -> str:
    """What is said of an area, after its name, for several themes."""
    lack = (
        f"; lacking {listing(record.themes_by_id[t].title for t in row['lack'])}"
        if row["together"] is Together.SOME
        else ""
    )
    return f"{TOGETHER_WORDS[row['together']]}{lack}"


def small_maps(record: Record, query: Query, order: Sequence[str]) -> Drawn:
    """The maps of several themes, for one legend: all classes once, and for every theme the class
    of every area."""
    when = contract_state(record, query.on)
    drawn = {t: _theme_drawn(record, t, when) for t in order}
    classes = {c["id"]: c for own in drawn.values() for c in own["classes"]}
    places = {_ABSENT[kind].id: place for place, kind in enumerate(_FIRST)}
    places[_ABSENT[ThemeCoverage.NOT_NAMED].id] = len(_FIRST) + 2
    ids = sorted(classes, key=lambda i: places.get(i, len(_FIRST) + i.startswith("named-")))
    cells = {
        t: [ids.index(own["classes"][n]["id"]) for n, _ in own["areas"]] for t, own in drawn.items()
    }
    return {"classes": [{**classes[i], "count": ""} for i in ids], "cells": cells}
