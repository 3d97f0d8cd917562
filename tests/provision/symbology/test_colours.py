"""Every class of every map, as everybody sees it: with each colour-vision deficiency, in greyscale,
and read on its ground.

Two classes on one map are told apart by their hatches, or by a distance of their colours that holds
for every kind of colour vision (CAM02-UCS; 2 to 3 is just noticeable). Contrasts are those of WCAG
2.2: 4.5 to 1 for text, 3 to 1 for what is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from provision.coverage.status import Status, coverage
from provision.links.query import Query
from provision.record import Record
from provision.symbology.coverage import (
    BY_STATUS,
    HATCHES,
    OTHERS,
    PALE,
    SOLIDS,
    MapClass,
    map_classes,
)
from provision.symbology.gaps import gaps_drawn
from provision.symbology.scenarios import _DIFFERENCES, _EFFECTS, _STAYS
from provision.symbology.themes import _TOGETHER, theme_classes
from provision.symbology.then_and_now import PASSAGE_LOOKS
from provision.themes.reach import reach

SEEN = ("as it is", "protanomaly", "deuteranomaly", "tritanomaly", "greyscale")
FAR_ENOUGH = 10  # CAM02-UCS
DAYS = (date(2018, 7, 1), date(2018, 10, 31), date(2020, 4, 1), date(2021, 4, 30))

Colour = np.ndarray


def rgb(colour: str) -> Colour:
    return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def seen(colour: str, how: str) -> Colour:
    """A colour as somebody sees it (sRGB, 0 to 1), by the full extent of a deficiency."""
    if how == "as it is":
        return rgb(colour)
    if how == "greyscale":
        light = cspace_convert(rgb(colour), "sRGB1", "CIELab")[0]
        return np.clip(cspace_convert([light, 0, 0], "CIELab", "sRGB1"), 0, 1)
    return np.clip(
        cspace_convert(
            rgb(colour), {"name": "sRGB1+CVD", "cvd_type": how, "severity": 100}, "sRGB1"
        ),
        0,
        1,
    )


def apart(one: str, other: str, how: str) -> float:
    """How far two colours are apart for somebody."""
    return float(deltaE(seen(one, how), seen(other, how), input_space="sRGB1"))


def luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour)]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def hatching(drawn: MapClass) -> tuple[str | None, bool]:
    return drawn.hatch, drawn.rings


def gap_looks(london: Record, day: date) -> list[MapClass]:
    """The classes of the map of what is missing."""
    drawn = gaps_drawn(london, replace(Query.default(london), on=day))
    return [MapClass(**kind) for kind in drawn["classes"]]


def every_map(london: Record) -> dict[str, Sequence[MapClass]]:
    """The classes that can stand on one map together."""
    found: dict[str, Sequence[MapClass]] = {
        "a scenario": [*_EFFECTS.values(), *_STAYS.values()],
        "a difference": list(_DIFFERENCES.values()),
    }
    found["then and now"] = list(PASSAGE_LOOKS.values())
    found["themes together"] = list(_TOGETHER.values())
    for day in DAYS:
        found[f"gaps, {day}"] = gap_looks(london, day)
        found[f"coverage, {day}"] = map_classes(london, coverage(london, day))[0]
        for theme in london.themes_by_id:
            found[f"{theme}, {day}"] = theme_classes(london, reach(london, theme, day))[0]
    return found


@pytest.mark.parametrize("how", SEEN)
def test_classes_on_one_map_are_told_apart(how: str, london: Record) -> None:
    for name, classes in every_map(london).items():
        for one, other in combinations(classes, 2):
            told = hatching(one) != hatching(other) or apart(one.fill, other.fill, how) > FAR_ENOUGH
            assert told, f"{name}: {one.label} and {other.label}"


def test_a_hatch_is_seen_on_its_ground(london: Record) -> None:
    for name, classes in every_map(london).items():
        for drawn in classes:
            if (
                drawn.hatch
                and drawn is not OTHERS
                and drawn.id not in ("others", "not_named", "neither")
            ):
                assert contrast(drawn.ink, drawn.fill) >= 3, f"{name}: {drawn.label}"


def test_what_is_without_is_never_mistaken_for_covered() -> None:
    """Each of the absent classes against every solid and every hatched colour a service can have,
    however many services there are."""
    for status in (Status.NONE, Status.LAPSED, Status.NOT_STATED):
        absent = BY_STATUS[status]
        for fill in (*SOLIDS, PALE):
            for how in SEEN:
                assert absent.hatch not in HATCHES or apart(absent.fill, fill, how) > FAR_ENOUGH, (
                    status,
                    fill,
                    how,
                )


@pytest.mark.parametrize("how", SEEN[:4])
def test_the_first_solids_are_apart_for_everybody(how: str) -> None:
    """Those that a region of a few services uses."""
    for one, other in combinations(SOLIDS[:3], 2):
        assert apart(one, other, how) > FAR_ENOUGH, (one, other)


def test_the_measures_are_the_standards() -> None:
    assert contrast("#000000", "#ffffff") == 21 and contrast("#767676", "#ffffff") == pytest.approx(
        4.54, abs=0.01
    )
    assert apart("#777777", "#777777", "deuteranomaly") == 0
    assert apart("#ff0000", "#00ff00", "deuteranomaly") < apart("#ff0000", "#00ff00", "as it is")
