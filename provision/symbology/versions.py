"""How a map marks what became of areas between two versions of a record."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from provision.exchange.diff import AreaChange, Difference
from provision.symbology.coverage import Drawn, MapClass, drawn_classes

_SAME = "same"
_LOOKS = {
    AreaChange.GAINED: MapClass(
        "gained", "Gains a service", "", "#8fcf94", "rising", "#1d5a2a", "+", True
    ),
    AreaChange.LOST: MapClass(
        "lost", "Loses its service", "", "#f2ae72", "falling", "#7a2e00", "−", True
    ),
    AreaChange.NO_LONGER_STATED: MapClass(
        "no_longer_stated", "No longer stated", "", "#f1ead9", "dots", "#5b4a1f", "?", True
    ),
    AreaChange.NOW_STATED: MapClass(
        "now_stated", "Now stated", "", "#b7cfe4", "upright", "#2b4a66", "!", True
    ),
    AreaChange.CHANGED: MapClass(
        "changed", "Changed in another way", "", "#d9cdea", "grid", "#4a2f6e", "~", True
    ),
}
_STAYS = MapClass(_SAME, "No change", "", "#f4f5f6")


def difference_drawn(found: Difference) -> Drawn:
    """What became of every area, for the map.

    Parameters
    ----------
    found
        The difference between two versions of a record of the same areas.
    """
    became = {a.code: a.change for a in found.areas}
    counts = Counter(became.get(code) for code in found.new.row_of)
    classes = [replace(look, count=str(counts[c])) for c, look in _LOOKS.items() if counts[c]]
    classes.append(replace(_STAYS, count=str(counts[None])))
    class_of = {
        str(code): _LOOKS[became[str(code)]].id if str(code) in became else _SAME
        for code in found.new.row_of
    }
    labels = {kind.id: kind.label for kind in classes}
    spoken = {code: labels[kind].lower() for code, kind in class_of.items()}
    return drawn_classes(classes, class_of, spoken)
