"""How a map marks what became of areas from one record to another, and a line of time whose
services a record dates: each class by colour, hatch and mark.

What has none is warm, what is not stated is dotted, and what is covered is light, as on every map;
a service is drawn as on the calendar of contracts."""

from __future__ import annotations

from dataclasses import replace

from provision.coverage.basis import Basis
from provision.coverage.status import Status
from provision.coverage.then_and_now import Passage, Stretch, ThenAndNow
from provision.english import listing
from provision.symbology.calendar import CALENDAR, LEVEL_CLASSES
from provision.symbology.coverage import BY_STATUS, PALE, Drawn, MapClass, drawn_classes

PASSAGE_LOOKS = {
    Passage.GAINED: MapClass(
        "gained", "None then, named now", "", "#8fcf94", "rising", "#1d5a2a", "+", True
    ),
    Passage.GAINED_NOT_STATED: MapClass(
        "gained_not_stated",
        "Not stated then, named now",
        "",
        "#b7cfe4",
        "upright",
        "#2b4a66",
        "!",
        True,
    ),
    Passage.LOST: MapClass(
        "lost", "Named then, none now", "", "#e58a63", "falling", "#5c1206", "−", True
    ),
    Passage.NO_LONGER_STATED: replace(
        BY_STATUS[Status.NOT_STATED], id="no_longer_stated", label="No longer stated"
    ),
    Passage.NOW_WITHOUT: replace(
        BY_STATUS[Status.NONE],
        id="now_without",
        label="Not stated then, none now",
        hatch="crosses",
        ink="#2b0602",
    ),
    Passage.COVERED_IN_BOTH: MapClass("covered_in_both", "Named in both", "", PALE),
    Passage.COVERED_IN_NEITHER: replace(
        BY_STATUS[Status.NONE], id="covered_in_neither", label="None in both"
    ),
    Passage.NOT_STATED_IN_EITHER: MapClass(
        "not_stated_in_either", "Not stated in either", "", "#ffffff", "lattice", "#8a7a4f", "·"
    ),
}


def then_and_now_drawn(found: ThenAndNow, older: int, newer: int) -> Drawn:
    """What became of every area, for the map.

    Parameters
    ----------
    found
        The records side by side.
    older, newer
        The places of two of them.
    """
    became = {area.code: found.passage(area, older, newer) for area in found.areas}
    classes = [
        replace(look, count=_count(found, what, older, newer))
        for what, look in PASSAGE_LOOKS.items()
        if what in became.values()
    ]
    class_of = {code: PASSAGE_LOOKS[what].id for code, what in became.items()}
    spoken = {code: PASSAGE_LOOKS[what].label.lower() for code, what in became.items()}
    return drawn_classes(classes, class_of, spoken)


def _count(found: ThenAndNow, what: Passage, older: int, newer: int) -> str:
    """How many counted areas, and by name those that are not counted."""
    apart = found.codes(what, older, newer, counted=False)
    names = listing(found.records[0].by_code[code].name for code in apart)
    counted = len(found.codes(what, older, newer))
    return f"{counted}{f', and {names} apart' if apart else ''}"


def stretch_class(found: ThenAndNow, stretch: Stretch) -> MapClass:
    """How the line of time draws a service: by its level of support, as the calendar does.

    Parameters
    ----------
    found
        The records side by side.
    stretch
        The stretch of one of their services.
    """
    service = found.records[stretch.record].services_by_id[stretch.service]
    return CALENDAR[LEVEL_CLASSES[service.level]]


def stretch_edge(stretch: Stretch) -> str:
    """How its edge is drawn: a listing's is broken, since it is no contract."""
    return "dashed" if stretch.basis is Basis.LISTED else "solid"
