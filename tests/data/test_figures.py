"""The borough figures are complete, described, sourced, and blank exactly where they should be.

The values in boroughs.csv were copied by a program from official files, never typed. So these tests
check totals that the publishers print, ranges that the definitions allow, and the description of
every column; they do not repeat the values.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
import yaml
from support import ROOT

CODES = [f"E09{number:06d}" for number in range(1, 34)]
INDICATORS: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "data" / "boroughs.yaml").read_text(encoding="utf-8")
)["indicators"]
FIELDS = {
    "id",
    "label",
    "short_label",
    "unit",
    "kind",
    "decimals",
    "date",
    "higher_means",
    "use_as_weight",
    "combine",
    "source",
    "caution",
    "grade",
}
OPTIONAL = {"women_from_age", "rate_per_1000_women"}
SOURCE_FIELDS = {"title", "publisher", "date", "licence", "attribution"}

# Authorities that did not report. Nought is a report; a blank is not.
BLANKS = {
    "ta_per_1000_households": {"Redbridge", "Westminster"},
    "homeless_leaving_custody": {"Redbridge", "Richmond upon Thames", "Wandsworth"},
}
WEIGHTS = {
    "women_18plus",
    "women_15plus",
    "imd2019_score",
    "income_deprivation_rate",
    "da_assessments",
    "ta_per_1000_households",
    "homeless_leaving_custody",
}
# Sums of the 33 official rows, to catch a value lost or changed on the way.
TOTALS = {
    "women_18plus": 3_472_047,
    "women_15plus": 3_609_663,
    "area_ha": 157_350.609,
    "da_assessments": 24_118,
    "homeless_leaving_custody": 834,
}
POSSIBLE = {
    "women_18plus": (3_000, 160_000),
    "women_15plus": (3_000, 170_000),
    "area_ha": (290, 15_100),
    "imd2019_score": (0, 100),
    "imd2019_rank": (1, 317),
    "income_deprivation_rate": (0, 1),
    "da_assessments": (0, 2_000),
    "ta_per_1000_households": (0, 100),
    "homeless_leaving_custody": (0, 200),
}

each_indicator = pytest.mark.parametrize("indicator", INDICATORS, ids=lambda entry: entry["id"])


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    return pd.read_csv(ROOT / "data" / "boroughs.csv")


def test_there_are_33_rows_in_code_order(figures: pd.DataFrame) -> None:
    assert list(figures["code"]) == CODES
    assert figures["name"].is_unique and figures["name"].notna().all()


def test_every_column_is_described_and_nothing_else_is(figures: pd.DataFrame) -> None:
    assert [entry["id"] for entry in INDICATORS] == list(figures.columns[2:])
    assert list(figures.columns[:2]) == ["code", "name"]


@each_indicator
def test_indicator_is_fully_described(indicator: dict[str, Any]) -> None:
    assert FIELDS <= set(indicator) <= FIELDS | OPTIONAL
    assert set(indicator["source"]) == SOURCE_FIELDS
    assert indicator["kind"] in {"number", "category"}
    assert indicator["higher_means"] in {"more need", "less need", "neither"}
    assert indicator["combine"] in {"sum", "mean", "none"}
    assert indicator["grade"] in {"A", "B"}, "a C figure may not stand alone"
    assert isinstance(indicator["decimals"], int) and isinstance(indicator["use_as_weight"], bool)
    assert len(indicator["short_label"]) <= 24


@each_indicator
def test_indicator_has_source_date_licence_and_caution(indicator: dict[str, Any]) -> None:
    texts = [indicator["label"], indicator["unit"], indicator["date"], indicator["caution"]]
    texts += [indicator["source"][field] for field in SOURCE_FIELDS]
    assert all(isinstance(text, str) and text.strip() for text in texts)
    assert indicator["caution"].endswith(".")


@each_indicator
def test_values_are_of_the_stated_kind(indicator: dict[str, Any], figures: pd.DataFrame) -> None:
    column = figures[indicator["id"]]
    is_number = pd.api.types.is_numeric_dtype(column)
    assert is_number == (indicator["kind"] == "number")
    assert not (indicator["kind"] == "category" and indicator["use_as_weight"])


@each_indicator
def test_blanks_are_exactly_where_authorities_did_not_report(
    indicator: dict[str, Any], figures: pd.DataFrame
) -> None:
    blank = set(figures.loc[figures[indicator["id"]].isna(), "name"])
    assert blank == BLANKS.get(indicator["id"], set())


@pytest.mark.parametrize("name", sorted(BLANKS))
def test_the_caution_names_the_authorities_that_are_blank(name: str) -> None:
    caution = next(entry["caution"] for entry in INDICATORS if entry["id"] == name)
    assert all(authority in caution for authority in BLANKS[name])


@pytest.mark.parametrize(("name", "total"), TOTALS.items())
def test_sum_over_london(name: str, total: float, figures: pd.DataFrame) -> None:
    assert figures[name].sum() == pytest.approx(total, abs=0.001)


@pytest.mark.parametrize(("name", "limits"), POSSIBLE.items())
def test_values_are_possible(name: str, limits: tuple[float, float], figures: pd.DataFrame) -> None:
    assert figures[name].dropna().between(*limits).all()


def test_there_are_more_women_from_15_than_from_18(figures: pd.DataFrame) -> None:
    assert (figures["women_15plus"] > figures["women_18plus"]).all()


def test_ranks_follow_the_scores(figures: pd.DataFrame) -> None:
    by_score = figures.sort_values("imd2019_score", ascending=False)
    assert by_score["imd2019_rank"].is_monotonic_increasing


def test_weights_are_the_chosen_ones() -> None:
    assert {entry["id"] for entry in INDICATORS if entry["use_as_weight"]} == WEIGHTS


def test_the_two_divisions_of_inner_and_outer_differ_as_documented(figures: pd.DataFrame) -> None:
    ons = set(figures.loc[figures["inner_outer"] == "Inner", "name"])
    act = set(figures.loc[figures["inner_outer_1963"] == "Inner", "name"])
    assert (len(ons), len(act)) == (14, 12)
    assert ons - act == {"City of London", "Haringey", "Newham"}
    assert act - ons == {"Greenwich"}
