"""Women, gaps and reliance in Farwater, worked out by hand from tests/city/figures.csv."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from support import sketch

from provision.coverage.need import (
    Gap,
    Women,
    gaps,
    rank,
    rate_per_1000,
    reliance,
    women_by_service,
    women_by_status,
    women_concerned,
    women_in,
)
from provision.coverage.status import Status, coverage
from provision.record import Record
from provision.schema.services import ServicesFile

DAY = date(2020, 6, 30)


def test_women_by_status(city: Record) -> None:
    found = women_by_status(city, coverage(city, DAY), 18)
    assert found == {
        Status.COVERED: Women(
            18, 1000 + 2000 + 3000 + 4000, 4, 0, possible=5000, possible_areas=2, possible_missing=1
        ),
        Status.NONE: Women(18, 600, 1, 0, possible=5000, possible_areas=2, possible_missing=1),
        Status.LAPSED: Women(18, 0, 0, 0),
        Status.NOT_STATED: Women(18, 5000, 2, 1),
    }


def test_women_of_an_age_that_nobody_counted_are_not_stated(city: Record) -> None:
    found = women_by_status(city, coverage(city, DAY), 16)[Status.COVERED]
    assert (found.total, found.areas, found.missing) == (None, 4, 4)
    assert found.possible_areas == 2 and found.possible != 0


def test_women_of_a_quarter_without_a_figure_are_not_stated_and_not_nought(city: Record) -> None:
    assert women_in(city, pd.Index(["Q7"]), 18) == Women(18, None, 1, 1)


def test_women_of_no_place_are_nought(city: Record) -> None:
    assert women_in(city, pd.Index([]), 18) == Women(18, 0, 0, 0)


@pytest.mark.parametrize(
    ("service", "women"),
    [
        ("lantern", Women(18, 1000 + 2000, 2, 0)),
        ("harvest", Women(15, 2200 + 3300, 2, 0)),
        ("ferry", Women(18, 4000, 1, 0)),
        ("quay", Women(18, 0, 0, 0)),  # it names only the port, which is not counted
        ("orchard", Women(18, 0, 0, 0)),
    ],
)
def test_women_by_service_are_of_the_service_s_own_ages(
    service: str, women: Women, city: Record
) -> None:
    assert women_by_service(city, coverage(city, DAY))[service] == women


def test_women_whom_a_service_may_still_reach_are_counted_apart(city: Record) -> None:
    assert women_by_service(city, coverage(city, date(2020, 7, 1)))["ferry"] == Women(
        18, 0, 0, 0, possible=4000, possible_areas=1
    )


def test_women_concerned_are_counted_from_the_youngest_age_that_is_taken(city: Record) -> None:
    found = women_concerned(city, coverage(city, DAY))
    assert list(found["from_age"]) == [18, 15, 15, 18, 18, 18, 18, 18]
    assert list(found["women"].fillna(-1)) == [1000, 2200, 3300, 4000, 5000, 600, -1, 50]


def test_an_age_that_a_service_does_not_state_is_that_of_the_record() -> None:
    record = sketch(["A"], {"x": ("one-to-one", "2020-01", "ongoing", ["A"])})
    data = record.file.model_dump(mode="json", exclude_none=True)
    data["region"]["scope_minimum_age"] = 16
    data["services"][0]["eligibility"]["minimum_age"] = "not stated"
    record = replace(record, file=ServicesFile.model_validate(data))
    assert list(women_concerned(record, coverage(record, DAY))["from_age"]) == [16]


def test_reliance_counts_what_one_provider_leads_alone(city: Record) -> None:
    found = reliance(city, coverage(city, DAY))
    assert list(found.index) == ["Harvest Trust", "Lantern"]
    assert found.loc["Lantern", "areas"] == ("Q1", "Q2", "Q4")
    assert found.loc["Lantern", "alone"] == ("Q1", "Q4")
    assert found.loc["Harvest Trust", "areas"] == ("Q2", "Q3")
    assert found.loc["Harvest Trust", "alone"] == ("Q3",)


def test_nothing_rests_on_one_where_another_may_still_be_active() -> None:
    record = sketch(
        ["A", "B"],
        {
            "x": ("one-to-one", "2020-01", "2021-12", ["A", "B"]),
            "y": ("one-to-one", "2020-01", "not stated", ["A"]),
        },
    )
    assert reliance(record, coverage(record, date(2020, 7, 1))).loc["x", "alone"] == ("B",)


def test_nothing_rests_on_anybody_when_every_contract_has_ended(city: Record) -> None:
    assert len(reliance(city, coverage(city, date(2022, 7, 1)))) == 0


FIRST = [
    ("Fir", Gap.NONE, ()),
    ("Elm", Gap.NOT_STATED, ()),
    ("Gorse", Gap.NOT_STATED, ()),
    ("Alder", Gap.ONE_TO_ONE_ONLY, (Gap.LAPSING_SOON, Gap.ONE_PROVIDER)),
    ("Damson", Gap.ONE_TO_ONE_ONLY, (Gap.ONE_PROVIDER,)),
    ("Cedar", Gap.LAPSING_SOON, (Gap.ONE_PROVIDER,)),
    ("Birch", Gap.LAPSING_SOON, ()),
]
LATER = [
    ("Fir", Gap.NONE, ()),
    ("Cedar", Gap.LAPSED, ()),
    ("Birch", Gap.LAPSED, ()),
    ("Gorse", Gap.NOT_STATED, ()),
    ("Damson", Gap.NOT_STATED, ()),
    ("Elm", Gap.ONE_PROVIDER, ()),
    ("Alder", Gap.ONE_PROVIDER, ()),
]


@pytest.mark.parametrize(
    ("day", "expected"),
    [(DAY, FIRST), (date(2021, 3, 16), LATER)],
    ids=["2020-06-30", "2021-03-16"],
)
def test_gaps_worst_first_and_then_by_hardship(
    day: date, expected: list[tuple[str, Gap, tuple[Gap, ...]]], city: Record
) -> None:
    found = gaps(city, day, "score")
    assert [(row["name"], row["gap"], row["also"]) for _, row in found.iterrows()] == expected


@pytest.mark.parametrize(
    ("need", "order"),
    [
        ("women_18", ["Fir", "Elm", "Gorse", "Damson", "Alder", "Cedar", "Birch"]),
        ("place", ["Fir", "Elm", "Gorse", "Alder", "Damson", "Cedar", "Birch"]),
        (None, ["Fir", "Elm", "Gorse", "Alder", "Damson", "Birch", "Cedar"]),
    ],
)
def test_gaps_by_other_measures(need: str | None, order: list[str], city: Record) -> None:
    assert list(gaps(city, DAY, need)["name"]) == order


def test_gaps_say_how_many_months_are_left(city: Record) -> None:
    found = gaps(city, DAY, None).set_index("name")["months_left"]
    # to 31 December 2020 and 15 March 2021; the others have none, or state no end
    assert found.dropna().to_dict() == {"Alder": 6, "Birch": 8, "Cedar": 8}


def test_where_less_means_more_need_the_least_comes_first(city: Record) -> None:
    found = gaps(city, DAY, "place")
    assert list(found.loc[["Q5", "Q7"], "need"]) == [1, 3]
    assert list(found.index).index("Q5") < list(found.index).index("Q7")


def test_a_quarter_without_the_figure_comes_last_of_its_kind(city: Record) -> None:
    found = gaps(city, DAY, "score")
    assert pd.isna(found.at["Q4", "need"])
    assert list(found["name"])[3:5] == ["Alder", "Damson"]


def test_a_place_that_is_not_counted_is_no_gap(city: Record) -> None:
    assert "Q8" not in gaps(city, DAY, "score").index


def test_soon_is_less_than_twelve_months() -> None:
    record = sketch(
        ["A", "B"],
        {
            "x": ("wrap-around", "2020-01", "2021-06-30", ["A"]),
            "y": ("wrap-around", "2020-01", "2021-05-31", ["B"]),
        },
    )
    found = gaps(record, DAY, None)
    assert found["gap"].to_dict() == {"B": Gap.LAPSING_SOON, "A": Gap.ONE_PROVIDER}


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("Q5", (1, 6)),
        ("Q1", (2, 6)),
        ("Q7", (3, 6)),
        ("Q3", (4, 6)),
        ("Q2", (5, 6)),
        ("Q6", (6, 6)),
        ("Q4", None),
        ("Q8", None),
    ],
)
def test_rank_by_hardship_among_the_counted(
    code: str, place: tuple[int, int] | None, city: Record
) -> None:
    assert rank(city, "score", code) == place


def test_calls_for_each_1000_women(city: Record) -> None:
    found = rate_per_1000(city, "calls")
    assert found.dropna().to_dict() == {
        "Q1": 12.0,
        "Q2": 0.0,
        "Q3": 2.0,
        "Q5": 1.0,
        "Q6": 5.0,
        "Q8": 20.0,
    }
    assert list(found.index[found.isna()]) == ["Q4", "Q7"]


LONDON_NONE = [
    "Barnet",
    "Bromley",
    "Tower Hamlets",
    "Bexley",
    "Merton",
    "Richmond upon Thames",
    "Kingston upon Thames",
]


def test_london_s_gaps_begin_with_the_seven_and_greenwich(london: Record) -> None:
    found = gaps(london, london.default_date, "women_18plus")
    assert list(found["name"])[:8] == [*LONDON_NONE, "Greenwich"]
    assert set(found.index[found["gap"] == Gap.ONE_TO_ONE_ONLY]) == {
        "E09000010",
        "E09000012",
        "E09000026",
    }


def test_boroughs_with_two_providers_have_no_gap(london: Record) -> None:
    found = gaps(london, london.default_date, None)
    assert {"Croydon", "Lewisham", "Southwark"}.isdisjoint(found["name"])
    assert len(found) == 29
