"""The classes of the coverage map: who is in which, and that no two of them look alike."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from support import sketch

from provision.coverage.status import coverage
from provision.record import Record
from provision.symbology.coverage import MapClass, as_data, map_classes

DAY = date(2020, 6, 30)


def classes_on(
    record: Record, on: date, services: tuple[str, ...] = ()
) -> tuple[list[MapClass], dict[str, str]]:
    return map_classes(record, coverage(record, on), services)


def look(drawn: MapClass) -> tuple[str, str | None, str]:
    """What the eye sees of a class."""
    return drawn.fill, drawn.hatch, drawn.mark


def test_classes_of_farwater(city: Record) -> None:
    found, of = classes_on(city, DAY)
    assert [(c.id, c.label, c.count) for c in found] == [
        ("none", "No contracted service", "1"),
        ("not_stated", "Not stated in the source", "2"),
        ("lantern", "Lantern only", "1"),
        ("harvest", "Harvest only", "1"),
        ("ferry", "Ferry only", "1"),
        ("quay", "Quay only", "0, and Harbour apart"),
        ("lantern+harvest", "Lantern + Harvest", "1"),
    ]
    assert list(of.values()) == [
        "lantern",
        "lantern+harvest",
        "harvest",
        "ferry",
        "not_stated",
        "none",
        "not_stated",
        "quay",
    ]


def test_what_other_services_cover_is_a_class_of_its_own_and_never_none(city: Record) -> None:
    found, of = classes_on(city, DAY, ("lantern",))
    assert {c.id: c.count for c in found} == {
        "lantern": "2",
        "others": "2, and Harbour apart",
        "none": "1",
        "not_stated": "2",
    }
    assert of["Q3"] == "others" and of["Q2"] == "lantern" and of["Q6"] == "none"


def test_lapsed_is_a_class_of_its_own(city: Record) -> None:
    found, of = classes_on(city, date(2022, 7, 1))
    assert {c.id: c.count for c in found} == {
        "none": "1",
        "lapsed": "4",
        "not_stated": "2, and Harbour apart",
    }
    assert of["Q8"] == "not_stated"


CITY_APART = "1, and City of London apart"
LONDON = {
    "2018-10-31": {
        "minerva-crc": "3",
        "minerva-wraparound": "1",
        "south-london-alliance": "3",
        "minerva-crc+minerva-wraparound": "14",
        "minerva-crc+south-london-alliance": "3",
        "none": "7",
        "not_stated": CITY_APART,
    },
    "2020-04-01": {
        "minerva-wraparound": "15",
        "south-london-alliance": "6",
        "none": "7",
        "lapsed": "3",
        "not_stated": CITY_APART,
    },
    "2021-04-01": {"none": "7", "lapsed": "24", "not_stated": CITY_APART},
}


@pytest.mark.parametrize("day", LONDON)
def test_classes_of_london(day: str, london: Record) -> None:
    found, of = classes_on(london, date.fromisoformat(day))
    assert {c.id: c.count for c in found} == LONDON[day]
    assert len(of) == 33 and of["E09000001"] == "not_stated"


@pytest.mark.parametrize(
    "services", [(), ("minerva-crc",), ("minerva-wraparound", "south-london-alliance")]
)
def test_no_two_classes_of_london_look_alike(services: tuple[str, ...], london: Record) -> None:
    found, _ = classes_on(london, date(2018, 10, 31), services)
    assert len({look(c) for c in found}) == len(found)


@pytest.mark.parametrize("level", ["one-to-one", "wrap-around"])
@pytest.mark.parametrize("areas", [["x", "y", "xy"], ["x", "y", "z", "xz"]], ids=" ".join)
def test_an_overlap_of_services_of_one_level_looks_like_neither(
    areas: list[str], level: str
) -> None:
    names = sorted({name for area in areas for name in area})
    record = sketch(
        areas,
        {name: (level, "2020-01", "2020-12", [a for a in areas if name in a]) for name in names},
    )
    found, _ = classes_on(record, DAY)
    assert len(found) == len(areas)
    assert len({look(c) for c in found}) == len(found)


def lightness(colour: str) -> float:
    """CIE L*, 0 black to 100 white: what is left of a colour in a greyscale print."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)
    ]
    y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * y ** (1 / 3) - 16


def test_lightness_is_that_of_the_standard() -> None:
    assert lightness("#ffffff") == pytest.approx(100, abs=0.01)
    assert lightness("#777777") == pytest.approx(50, abs=0.1)


@pytest.mark.parametrize("day", LONDON)
def test_classes_are_told_apart_in_greyscale(day: str, london: Record) -> None:
    found, _ = classes_on(london, date.fromisoformat(day))
    for one, other in combinations(found, 2):
        assert one.hatch != other.hatch or abs(lightness(one.fill) - lightness(other.fill)) > 10, (
            one.id,
            other.id,
        )


def test_what_is_not_covered_has_a_mark_and_what_is_covered_has_none(city: Record) -> None:
    found = [*classes_on(city, DAY)[0], *classes_on(city, date(2022, 7, 1))[0]]
    assert {c.id: c.mark for c in found if c.mark} == {
        "none": "×",
        "lapsed": "○",
        "not_stated": "?",
    }


def test_classes_as_the_map_takes_them(city: Record) -> None:
    found, _ = classes_on(city, DAY)
    assert [set(c) for c in as_data(found)] == [
        {"id", "label", "count", "fill", "hatch", "rings", "ink", "mark", "bold"}
    ] * 7
