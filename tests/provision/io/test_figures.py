"""Figures of the areas: blanks stay blank, and every fault is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from support import changed, refusal

from provision.io.figures import Indicator, read_figures
from provision.io.files import DataFiles
from provision.record import Record

Figures = tuple[pd.DataFrame, tuple[Indicator, ...]]


@pytest.fixture
def figures(tmp_path: Path, city: Record, city_files: DataFiles) -> Callable[..., Figures]:
    """Read Farwater's figures after a change to the CSV or to the YAML beside it."""
    assert city_files.figures
    csv, yaml = (
        city_files.figures.with_suffix(s).read_text(encoding="utf-8") for s in (".csv", ".yaml")
    )

    def read(
        old: str = "", new: str = "", described_old: str = "", described_new: str = ""
    ) -> Figures:
        (tmp_path / "f.csv").write_text(changed(old, new, csv), encoding="utf-8")
        (tmp_path / "f.yaml").write_text(
            changed(described_old, described_new, yaml), encoding="utf-8"
        )
        table, indicators = read_figures(tmp_path / "f.csv", city.areas)
        return table.frame(), indicators

    return read


def test_figures_follow_the_boundaries(figures: Callable[..., Figures]) -> None:
    table, indicators = figures()
    assert list(table.index) == ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8"]
    assert (
        list(table.columns)
        == [i.id for i in indicators]
        == ["women_18", "women_15", "score", "place", "calls", "bank"]
    )


def test_blanks_stay_blank_and_nought_stays_nought(figures: Callable[..., Figures]) -> None:
    table, _ = figures()
    assert set(table.index[table["calls"].isna()]) == {"Q4"}
    assert table.at["Q2", "calls"] == 0.0
    assert set(table.index[table["women_15"].isna()]) == {"Q7", "Q8"}


def test_a_category_is_text_and_blank_where_it_is_not_stated(
    figures: Callable[..., Figures],
) -> None:
    table, _ = figures()
    assert list(table["bank"]) == ["north"] * 4 + ["south", "south", "", "south"]


def test_an_area_without_a_row_is_blank_throughout(figures: Callable[..., Figures]) -> None:
    table, _ = figures("Q1,Alder,1000,1100,30,2,12,north\n", "")
    assert table.loc["Q1"].drop("bank").isna().all() and table.at["Q1", "bank"] == ""
    assert table.at["Q2", "women_18"] == 2000


def test_rows_may_stand_in_any_order(figures: Callable[..., Figures]) -> None:
    first, second = "Q1,Alder,1000,1100,30,2,12,north\n", "Q2,Birch,2000,2200,10,5,0,north\n"
    table, _ = figures(first + second, second + first)
    assert table.at["Q1", "women_18"] == 1000 and table.at["Q2", "women_18"] == 2000


# What is changed in the CSV, to what; then: line, entry, field, part of what is wrong.
FAULTS = {
    "unknown code": ("Q1,Alder", "Q9,Alder", 2, "Q9", "code", "'Q9' is not an area"),
    "code twice": ("Q2,Birch", "Q1,Birch", 3, "Q1", "code", "stands twice"),
    "no code": ("Q1,Alder", ",Alder", 2, "", "code", "is not an area"),
    "negative": ("1000,1100", "-1000,1100", 2, "Q1", "women_18", "is not a number of 0 or more"),
    "words": ("1000,1100", "many,1100", 2, "Q1", "women_18", "is not a number"),
    "not stated in words": ("1000,1100", "not stated,1100", 2, "Q1", "women_18", "is not a number"),
    "infinite": ("1000,1100", "inf,1100", 2, "Q1", "women_18", "is not a number"),
    "not a number": ("1000,1100", "nan,1100", 2, "Q1", "women_18", "is not a number"),
    "underscores": ("1000,1100", "1_000,1100", 2, "Q1", "women_18", "is not a number"),
    "column missing": ("women_15,", "women15,", 1, "", "women_15", "is not a column"),
    "comma in a number": ("1000,1100", "1,000,1100", 2, "Q1", "", ""),
    "row cut off": ("Q1,Alder,1000,1100,30,2,12,north", "Q1,Alder,1000", 2, "Q1", "", ""),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_in_figures(fault: str, figures: Callable[..., Figures]) -> None:
    old, new, line, entry, field, what = FAULTS[fault]
    found = refusal(lambda: figures(old, new))
    assert any(
        (p.line, p.entry) == (line, entry) and field in p.field and what in p.what for p in found
    )


def test_a_column_that_is_not_described_is_a_fault(figures: Callable[..., Figures]) -> None:
    found = refusal(lambda: figures("women_15,", "women15,"))
    assert {(p.field, p.what) for p in found if p.line == 1} == {
        ("women15", "is not described"),
        ("women_15", "is not a column"),
    }


def test_several_faults_come_at_once(figures: Callable[..., Figures]) -> None:
    found = refusal(
        lambda: figures(
            "1000,1100,30,2,12,north\nQ2,Birch,2000", "-1,x,30,2,12,north\nQ0,Birch,2000"
        )
    )
    assert [(p.line, p.field) for p in found] == [(2, "women_18"), (2, "women_15"), (3, "code")]


def test_a_quote_that_is_never_closed_is_a_fault_and_no_crash(
    figures: Callable[..., Figures],
) -> None:
    assert refusal(lambda: figures("Q1,Alder", 'Q1,"Alder' + "x" * 200_000))


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("kind: number", "kind: numbr", "kind"),
        ("    higher_means: neither\n", "", "higher_means"),
        ("    grade: A\n", "    grade: A\n    colour: red\n", "colour"),
        ("decimals: 0", "decimals: -1", "decimals"),
        ("licence: invented, ", "", "licence"),
        ("caution: Invented.", 'caution: ""', "caution"),
        ("id: women_15", "id: women_18", ""),
    ],
    ids=["kind", "missing", "unknown", "decimals", "no licence", "no caution", "id twice"],
)
def test_fault_in_the_description(
    old: str, new: str, field: str, figures: Callable[..., Figures]
) -> None:
    found = refusal(lambda: figures("", "", old, new))
    assert any(field in p.field for p in found)


def test_figures_need_their_description(city: Record, tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("code\nQ1\n", encoding="utf-8")
    assert "f.yaml" in refusal(lambda: read_figures(tmp_path / "f.csv", city.areas))[0].file
