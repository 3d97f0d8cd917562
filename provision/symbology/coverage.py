"""How a coverage map marks its classes: which programme by colour, overlaps by hatching, the
absence of one by hatching of its own.

What is missing catches the eye: an area with no contracted service is the one dark, warm and solid
class, and stands first in the key; not stated and lapsed follow, each with a hatch of its own. Each
has a mark in its label. What is there is light: fullest support a pale solid colour, one-to-one
support a diagonal hatch over it, so that a borough with both shows both. Colours differ in
lightness as well as in hue, so a greyscale print and every kind of colour vision keep the classes
apart. The map is printed matter: it looks the same in light and dark themes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from provision.coverage.status import ContractState, Status, contract_state, coverage_in
from provision.english import listing
from provision.links.query import Query
from provision.record import Record
from provision.schema.labels import LEVEL_WORDS
from provision.schema.services import Level
from provision.text.labels import STATUS_WORDS

if TYPE_CHECKING:
    import pandas as pd

Drawn = dict[str, Any]
INK = "#16202a"
PALE = "#f3f7fa"
SOLIDS = ("#8cb6dd", "#efcd68", "#9f82ca", "#b5d8c2", "#d2b48c", "#e6bcd2", "#8595ad", "#c6d27e")
HATCHES = ("rising", "falling", "upright", "lattice", "grid", "waves")


@dataclass(frozen=True)
class MapClass:
    """One class of a map. ``hatch`` names a pattern that the map component knows; ``mark`` stands
    before the area's name; ``rings`` lie over fill and hatch."""

    id: str
    label: str
    count: str
    fill: str
    hatch: str | None = None
    ink: str = INK
    mark: str = ""
    bold: bool = False
    rings: bool = False


BY_STATUS = {
    Status.NONE: MapClass(
        "none", "No contracted service", "", "#c8472a", None, "#8c1c13", "×", True
    ),
    Status.LAPSED: MapClass(
        "lapsed", "Lapsed: every contract has ended", "", "#c9c9c9", "level", "#4a4a4a", "○"
    ),
    Status.NOT_STATED: MapClass(
        "not_stated", "Not stated in the source", "", "#faf6ec", "dots", "#5b4a1f", "?", True
    ),
}
_UNSURE = "?"
_MOST_TOGETHER = 6
OTHERS = MapClass("others", "Covered by services not shown", "", "#eef1f4", "upright", "#a9b3bc")


def map_classes(
    record: Record, table: pd.DataFrame, services: Sequence[str] = ()
) -> tuple[list[MapClass], dict[str, str]]:
    """The classes of a coverage table, and the class id of every area.

    ``table`` is from :func:`provision.coverage.status.coverage`. With ``services``, only those are
    told apart; what other services cover is a class of its own, never *none*. The counts are of
    counted areas; others are named apart."""
    shown = tuple(services) or tuple(record.services_by_id)
    keys = {str(code): _key(row, shown) for code, row in table.iterrows()}
    overlap = any(len(key) > 1 for key in keys.values())
    found: dict[tuple[str, ...], MapClass] = {}
    for key in sorted(set(keys.values()), key=lambda k: _place(record, k)):
        members = [code for code, own in keys.items() if own == key]
        found[key] = _class(record, key, tally(record, members), overlap=overlap)
    return list(found.values()), {code: found[key].id for code, key in keys.items()}


def as_data(classes: Sequence[MapClass]) -> list[dict[str, Any]]:
    """Classes as the map component takes them."""
    return [asdict(c) for c in classes]


def _key(row: pd.Series, shown: Sequence[str]) -> tuple[str, ...]:
    """What an area's class is told by: its active services among those shown, else its status."""
    if row["status"] is not Status.COVERED:
        return (row["status"],)
    sure = [i for i in row["services"] if i in shown]
    return (
        (*sure, *(f"{i}{_UNSURE}" for i in row["unsure"] if i in shown)) if sure else (OTHERS.id,)
    )


def _place(record: Record, key: tuple[str, ...]) -> tuple[int, ...]:
    """In the order of what matters: none, not stated, lapsed; then classes of services, in the
    order of the file; last what is not shown."""
    first = [s.value for s in (Status.NONE, Status.NOT_STATED, Status.LAPSED)]
    if key[0] in first:
        return (0, first.index(key[0]))
    if key[0] == OTHERS.id:
        return (2,)
    order = list(record.services_by_id)
    return (1, len(key), *(order.index(i.removesuffix(_UNSURE)) for i in key))


def tally(record: Record, members: Sequence[str]) -> str:
    """How many counted areas, and by name those that are drawn but not counted."""
    counted = record.counted
    apart = [record.by_code[code].name for code in members if not counted[record.row_of[code]]]
    return f"{len(members) - len(apart)}{f', and {listing(apart)} apart' if apart else ''}"


def _class(record: Record, key: tuple[str, ...], count: str, *, overlap: bool) -> MapClass:
    """With ``overlap``, the map has areas of several services: a class of one says so, for its
    count is not the service's."""
    if isinstance(key[0], Status):
        return replace(BY_STATUS[key[0]], count=count)
    if key == (OTHERS.id,):
        return replace(OTHERS, count=count)
    sure, unsure = (
        [i for i in key if not i.endswith(_UNSURE)],
        [i.removesuffix(_UNSURE) for i in key if i.endswith(_UNSURE)],
    )
    found = service_class(record, sure, unsure, count)
    return replace(found, label=f"{found.label} only") if overlap and len(key) == 1 else found


def service_class(
    record: Record, sure: Sequence[str], unsure: Sequence[str], count: str
) -> MapClass:
    """The class of the areas that some services serve (``sure``) and some may serve (``unsure``).
    Each has its style on every map."""
    key = (*sure, *(f"{i}{_UNSURE}" for i in unsure))
    label = " + ".join(record.services_by_id[i].short_name for i in sure)
    if unsure:
        label += f"; {listing(record.services_by_id[i].short_name for i in unsure)} not stated"
    fill = _style(record, Level.WRAP_AROUND, sure, SOLIDS) or PALE
    return MapClass(
        "+".join(key),
        label,
        count,
        fill,
        "dots" if unsure else _style(record, Level.ONE_TO_ONE, sure, HATCHES),
    )


def _style(record: Record, level: Level, key: Sequence[str], styles: Sequence[str]) -> str | None:
    """The style of the services of one level in a class. Each set of services has a style of its
    own, whatever the date."""
    own, places = _sets(record, level)
    ids = tuple(i for i in own if i in key)
    return styles[places.get(ids, len(places)) % len(styles)] if ids else None


@lru_cache(maxsize=8)
def _sets(record: Record, level: Level) -> tuple[tuple[str, ...], Mapping[tuple[str, ...], int]]:
    """The services of one level in the order of the file (those of a level that is not stated go
    with the fullest, so that each has a colour), and the place of each set of them that has a style
    of its own: first the single services, then those named together for an area with all their
    parts, since contracts end one by one."""
    wanted = {level, Level.NOT_STATED} if level is Level.WRAP_AROUND else {level}
    own = tuple(s.id for s in record.services if s.level in wanted)
    columns = [n for n, s in enumerate(record.services) if s.level in wanted]
    together = {
        tuple(own[n] for n in np.flatnonzero(row)) for row in record.service_area_matrix[:, columns]
    }
    parts = {
        part
        for ids in together
        if len(ids) <= _MOST_TOGETHER
        for n in range(2, len(ids) + 1)
        for part in combinations(ids, n)
    }
    return own, {ids: place for place, ids in enumerate([*((i,) for i in own), *sorted(parts)])}


def drawn_classes(
    classes: Sequence[MapClass], class_of: Mapping[str, str], said: Mapping[str, str]
) -> Drawn:
    """What the map component is told: the classes, and for every area (by code, in the order of the
    record) its class and what is said."""
    sentences = sorted(set(said.values()))
    places = {c.id: n for n, c in enumerate(classes)}
    row = {text: n for n, text in enumerate(sentences)}
    return {
        "classes": as_data(classes),
        "sentences": sentences,
        "areas": [[places[class_of[code]], row[text]] for code, text in said.items()],
    }


def coverage_drawn(record: Record, query: Query) -> Drawn:
    """The coverage of a view, for the map: the same as long as no status changes."""
    return _coverage_drawn(record, query.services, contract_state(record, query.on))


@lru_cache(maxsize=64)
def _coverage_drawn(record: Record, services: tuple[str, ...], when: ContractState) -> Drawn:
    table = coverage_in(record, when)
    classes, class_of = map_classes(record, table, services)
    return drawn_classes(
        classes,
        class_of,
        {
            code: spoken(record, row)
            for code, row in zip(map(str, table.index), table.to_dict("records"), strict=True)
        },
    )


def spoken(record: Record, row: Mapping[Hashable, Any]) -> str:
    """What is said of an area, after its name, when it is pointed at or reached by keyboard."""
    status = STATUS_WORDS[row["status"]]
    level = f", {LEVEL_WORDS[row['level']]}" if row["level"] else ""
    services = (
        f" ({', '.join(record.services_by_id[i].short_name for i in row['services'])})"
        if row["services"]
        else ""
    )
    return f"{status}{level}{services}"
