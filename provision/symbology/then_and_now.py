"""How a map marks what became of areas from one record to another: each class by colour, hatch and
mark."""

from __future__ import annotations

from dataclasses import replace

from provision.coverage.then_and_now import Passage, ThenAndNow
from provision.symbology.coverage import Drawn, MapClass, drawn_classes
from provision.text.wording import listing

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
        "lost", "Named then, none now", "", "#f2ae72", "falling", "#7a2e00", "−", True
    ),
    Passage.NO_LONGER_STATED: MapClass(
        "no_longer_stated", "No longer stated", "", "#f1ead9", "dots", "#5b4a1f", "?", True
    ),
    Passage.NOW_WITHOUT: MapClass(
        "now_without", "Not stated then, none now", "", "#ffffff", "crosses", "#8c1c13", "×", True
    ),
    Passage.COVERED_IN_BOTH: MapClass("covered_in_both", "Named in both", "", "#dfe6ec"),
    Passage.COVERED_IN_NEITHER: MapClass(
        "covered_in_neither", "None in both", "", "#c9c9c9", "level", "#4a4a4a", "○"
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
