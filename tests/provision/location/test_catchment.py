"""Whom a hub reaches under each rule: Farwater by hand (its picture stands at the head of
tests/city/services.yaml), then London's Thames."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from support import sketch

from provision.geo.projection import centroids, plane_words, projected_crs
from provision.location.catchment import (
    CatchmentRule,
    Rule,
    others,
    reach_matrix,
    reach_pairs,
    reach_rows,
)
from provision.record import Record

# Whom a hub in each quarter reaches.
FARWATER = {
    "own": {"Alder": "Alder", "Fir": "Fir", "Harbour": "Harbour"},
    "land": {
        "Alder": "Alder Birch",
        "Birch": "Alder Birch Cedar",
        "Fir": "Elm Fir Gorse",
        "Damson": "Cedar Damson",
        "Harbour": "Gorse Harbour",
    },
    "crossing": {
        "Alder": "Alder Birch Elm",
        "Cedar": "Birch Cedar Damson Gorse",
        "Gorse": "Cedar Fir Gorse Harbour",
        "Birch": "Alder Birch Cedar",
    },
    "touching": {
        "Birch": "Alder Birch Cedar Fir",
        "Damson": "Cedar Damson Harbour",
        "Elm": "Alder Elm Fir",
    },
    # A tenth of a degree at the equator is 11.1 km; the banks' middles are 0.22 degrees apart,
    # which is 24.3 km.
    "km:11": {"Alder": "Alder", "Fir": "Fir"},
    "km:11.5": {"Alder": "Alder Birch", "Fir": "Elm Fir Gorse"},
    "km:24": {"Alder": "Alder Birch Cedar", "Gorse": "Elm Fir Gorse Harbour"},
    "km:25": {"Alder": "Alder Birch Cedar Elm"},
    "km:100": {"Alder": "Alder Birch Cedar Damson Elm Fir Gorse Harbour"},
}


@pytest.mark.parametrize(
    ("rule", "hub"), [(rule, hub) for rule, rows in FARWATER.items() for hub in rows]
)
def test_whom_a_hub_reaches_in_farwater(rule: str, hub: str, city: Record) -> None:
    names = np.array([area.name for area in city.areas])
    row = reach_matrix(city, CatchmentRule.parse(rule))[names.tolist().index(hub)]
    assert " ".join(names[row]) == FARWATER[rule][hub]


@pytest.mark.parametrize("rule", FARWATER)
def test_every_rule_is_mutual_and_holds_its_own_area(rule: str, london: Record) -> None:
    found = reach_matrix(london, CatchmentRule.parse(rule))
    assert found.dtype == bool and found.shape == (33, 33)
    assert (found == found.T).all() and found.diagonal().all()


def test_each_rule_by_neighbours_holds_the_one_before(london: Record) -> None:
    own, land, crossing, touching = (
        reach_matrix(london, CatchmentRule(rule))
        for rule in (Rule.OWN, Rule.LAND, Rule.CROSSING, Rule.TOUCHING)
    )
    # Counted in data/adjacency.csv: 68 pairs by land, 9 with a crossing, 5 that only face each
    # other; each pair counts both ways.
    assert [int(m.sum()) for m in (own, land, crossing, touching)] == [
        33,
        33 + 136,
        33 + 136 + 18,
        33 + 136 + 18 + 10,
    ]
    assert (
        not (own & ~land).any()
        and not (land & ~crossing).any()
        and not (crossing & ~touching).any()
    )


def test_the_thames_parts_and_joins(london: Record) -> None:
    greenwich, newham, bexley, havering = (
        list(london.codes).index(code)
        for code in ("E09000011", "E09000025", "E09000004", "E09000016")
    )
    assert not reach_matrix(london, CatchmentRule(Rule.LAND))[greenwich, newham]
    assert reach_matrix(london, CatchmentRule(Rule.CROSSING))[greenwich, newham], (
        "the Woolwich ferry and the tunnels"
    )
    assert not reach_matrix(london, CatchmentRule(Rule.CROSSING))[bexley, havering]
    assert reach_matrix(london, CatchmentRule(Rule.TOUCHING))[bexley, havering]


def test_distances_are_measured_in_the_national_grid_in_london(london: Record) -> None:
    assert projected_crs(london) == 27700 and plane_words(london) == "British National Grid"
    city = centroids(london)[list(london.codes).index("E09000001")]
    # St Paul's stands at TQ 320 811; the City's middle is a few hundred metres from it.
    assert np.hypot(*(city - (532_000, 181_100))) < 700


def test_outside_britain_the_plane_is_the_zone_of_the_middle(city: Record) -> None:
    assert projected_crs(city) == 32632 and plane_words(city) == "UTM zone 32"


def test_the_plane_is_what_the_file_beside_the_outlines_says(city: Record) -> None:
    assert city.origin is not None
    said = replace(city, origin=city.origin.model_copy(update={"projected_crs": 27700}))
    assert projected_crs(said) == 27700 and plane_words(said) == "British National Grid"


def test_ireland_is_not_measured_in_the_grid_of_britain(city: Record) -> None:
    dublin = {"type": "Polygon", "coordinates": [[[-6.4, 53.3], [-6.2, 53.3], [-6.2, 53.4]]]}
    dublin["coordinates"][0].append([-6.4, 53.3])
    record = replace(city, areas=tuple(replace(a, geometry=dublin) for a in city.areas))
    assert projected_crs(record) == 32629


def test_without_outlines_or_neighbours_a_hub_reaches_its_own_area() -> None:
    record = sketch(["A", "B"], {})
    for rule in ("own", "land", "crossing", "touching", "km:50"):
        assert (reach_matrix(record, CatchmentRule.parse(rule)) == np.eye(2, dtype=bool)).all()


def test_some_rows_are_the_rows_of_the_whole(
    london: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provision.location.catchment._WHOLE_UP_TO", 10)
    for rule in FARWATER:
        assert (
            reach_rows(london, CatchmentRule.parse(rule), [7, 3])
            == reach_matrix(london, CatchmentRule.parse(rule))[[7, 3]]
        ).all()


@pytest.mark.parametrize("most", [1_000, 10])
@pytest.mark.parametrize("rule", FARWATER)
def test_pairs_are_what_is_true_in_the_matrix(
    rule: str, most: int, london: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a small region from the matrix, in a large one through a tree of the centres."""
    reach, wanted = CatchmentRule.parse(rule), london.listed_none
    matrix, rows = reach_matrix(london, reach), [7, 3, 20, *range(8, 20)]
    monkeypatch.setattr("provision.location.catchment._WHOLE_UP_TO", most)
    monkeypatch.setattr("provision.location.catchment._ROWS_AT_ONCE", 4)
    place, area = reach_pairs(london, reach, rows, wanted)
    expected = np.nonzero(matrix[rows] & wanted)
    assert (place.tolist(), area.tolist()) == tuple(part.tolist() for part in expected)


def test_an_area_without_an_outline_is_near_nothing_in_a_large_region(
    london: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provision.location.catchment._WHOLE_UP_TO", 10)
    bare = replace(
        london,
        areas=tuple(
            replace(area, geometry=area.geometry if row > 2 else None)
            for row, area in enumerate(london.areas)
        ),
    )
    everybody = np.ones(len(bare.areas), dtype=bool)
    place, area = reach_pairs(bare, CatchmentRule.parse("km:100"), [1, 2, 3], everybody)
    assert list(zip(place.tolist(), area.tolist(), strict=True)) == [
        (0, 1),
        (1, 2),
        *((2, row) for row in range(3, len(bare.areas))),
    ]


def test_a_matrix_is_kept_and_cannot_be_changed(city: Record) -> None:
    found = reach_matrix(city, CatchmentRule(Rule.LAND))
    assert reach_matrix(city, CatchmentRule(Rule.LAND)) is found
    with pytest.raises(ValueError, match="read-only"):
        found[0, 0] = False


def test_another_record_has_another_matrix(city: Record) -> None:
    apart = replace(city, neighbours=pd.DataFrame(columns=["code_a", "code_b", "type"]))
    assert (reach_matrix(apart, CatchmentRule(Rule.TOUCHING)) == np.eye(8, dtype=bool)).all()


@pytest.mark.parametrize(
    "text", ["own", "land", "crossing", "touching", "km:1", "km:8", "km:7.5", "km:100"]
)
def test_a_rule_is_written_as_it_is_read(text: str) -> None:
    assert str(CatchmentRule.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Own",
        "km",
        "km:",
        "km:0",
        "km:0.9",
        "km:101",
        "km:-1",
        "km:7.55",
        "km:1e1",
        "km:nan",
        "km:٣",
        "near",
        "own:3",
    ],
)
def test_nothing_else_is_a_rule(text: str) -> None:
    with pytest.raises(ValueError, match="km"):
        CatchmentRule.parse(text)


def test_the_other_rules_are_four_or_all_five() -> None:
    assert [str(r) for r in others([CatchmentRule(), CatchmentRule()])] == [
        "land",
        "crossing",
        "touching",
        "km:8",
    ]
    assert [str(r) for r in others([CatchmentRule.parse("km:12")])] == [
        "own",
        "land",
        "crossing",
        "touching",
    ]
    assert [str(r) for r in others([CatchmentRule(), CatchmentRule.parse("km:12")])] == [
        "own",
        "land",
        "crossing",
        "touching",
        "km:12",
    ]
