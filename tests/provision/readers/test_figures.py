"""Figures from any table: which column tells the area, what is a number, and what is not stated."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from pandas import isna

from provision.io.figures import read_figures
from provision.io.problems import InvalidData
from provision.readers.figure_drafts import FigureDescription, FiguresDraft, write_figures
from provision.readers.figures import figures_from
from provision.regions.area_matching import AreaMatcher


@dataclass(frozen=True)
class Area:
    code: str
    name: str


AREAS = (Area("Q1", "Alder"), Area("Q2", "Birch"), Area("Q3", "Cedar upon Water"))
PAIRS = [(a.code, a.name) for a in AREAS]
MATCHER = AreaMatcher(AREAS)


def read(text: str, *columns: str, description: FigureDescription | None = None) -> FiguresDraft:
    return figures_from(text.encode(), "f.csv", MATCHER, columns, description=description)


def in_a_folder(tmp_path: Path, *drafts: FiguresDraft) -> dict[str, list[object]]:
    """What the region's own reader makes of the figures, blanks as None."""
    text, description = write_figures(drafts, PAIRS)
    (tmp_path / "figures.csv").write_text(text, encoding="utf-8")
    (tmp_path / "figures.yaml").write_text(yaml.safe_dump(description), encoding="utf-8")
    table, _ = read_figures(tmp_path / "figures.csv", AREAS)
    return {c: [None if isna(v) or v == "" else v for v in table[c]] for c in table.columns}


def test_a_wide_table_in_which_other_places_are_ignored(tmp_path: Path) -> None:
    draft = read("lad23cd,lad23nm,Women\nQ1,Alder,10\nX9,Leeds,20\nQ3,Cedar upon Water,30\n")
    assert in_a_folder(tmp_path, draft) == {"women": [10, None, 30]}
    assert draft.area_column == "lad23cd"
    assert any("1 row of other places" in note for note in draft.notes)


def test_names_serve_where_there_is_no_code(tmp_path: Path) -> None:
    draft = read("Borough,Women\nAlder Council,1\nBirch,2\nCedar,3\n")
    assert in_a_folder(tmp_path, draft) == {"women": [1, 2, 3]}
    assert [(t.text, t.official) for t in draft.area_texts] == [("Cedar", "Cedar upon Water")]


def test_a_short_name_beside_the_full_one_is_another_place(tmp_path: Path) -> None:
    draft = read("place,n\nCedar upon Water,1\nCedar,2\n")
    assert in_a_folder(tmp_path, draft) == {"n": [None, None, 1]}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234", 1234),
        ("1 234", 1234),
        ("12.50%", 12.5),
        ("£3,000", 3000),
        ("1e-3", 0.001),
        ("35.036999999999999", 35.037),
        ("-2.5", -2.5),
        ("0", 0),
        *((mark, None) for mark in ("-", "..", "n/a", "", "*", "c", "[c]", ":", "x", "tbc")),
    ],
)
def test_cells(cell: str, value: float | None, tmp_path: Path) -> None:
    assert in_a_folder(tmp_path, read(f'code,n\nQ1,"{cell}"\nQ2,7\nQ3,8\n')) == {"n": [value, 7, 8]}


def test_what_is_not_stated_is_told_by_its_mark_and_counted() -> None:
    notes = read("code,n\nQ1,..\nQ2,7\nQ3,..\n").notes
    assert any("2 cells with '..'" in note for note in notes)


def test_a_cell_that_is_no_number_is_told_with_its_place() -> None:
    notes = read("code,n\nQ1,about 5\nQ2,7\nQ3,8\n").notes
    assert any("'about 5' (line 2, column 2)" in note for note in notes)


def test_only_the_columns_asked_for(tmp_path: Path) -> None:
    text = "code,Women 18+,Men\nQ1,1,2\nQ2,3,4\n"
    assert in_a_folder(tmp_path, read(text, "women 18+")) == {"women_18": [1, 3, None]}
    assert read(text).offered == ("Women 18+", "Men")
    with pytest.raises(InvalidData, match="'Women 18\\+', 'Men'"):
        read(text, "Children")


LONG = (
    "code,domain,score,year\nQ1,Income,1,2019\nQ1,Crime,2,2019\nQ2,Income,3,2019\nQ2,Crime,4,2019\n"
)


def test_a_long_table_gives_a_figure_for_each_part(tmp_path: Path) -> None:
    assert in_a_folder(tmp_path, read(LONG)) == {
        "income_score": [1, 3, None],
        "crime_score": [2, 4, None],
    }
    assert in_a_folder(tmp_path, read(LONG, "Crime: score")) == {"crime_score": [2, 4, None]}


def test_the_date_that_the_table_gives_is_the_date_of_its_figures() -> None:
    assert {i["date"] for i in read(LONG).indicators} == {"2019"}
    assert read("code,n\nQ1,1\n").indicators[0]["date"] == "not stated"


def test_rows_that_nothing_tells_apart_are_refused() -> None:
    with pytest.raises(InvalidData, match="several rows"):
        read("code,n\nQ1,1\nQ1,2\n")
    assert read("code,n\nQ1,1\nQ1,1\n").values == {"n": {"Q1": "1"}}


def test_categories_come_in_when_they_are_asked_for(tmp_path: Path) -> None:
    text = "code,bank,n\nQ1,north,1\nQ2,south,2\nQ3,north,3\n"
    assert in_a_folder(tmp_path, read(text, "bank")) == {"bank": ["north", "south", "north"]}
    assert list(read(text).values) == ["n"]


def test_what_a_person_says_of_them_is_kept_and_what_not_is_not_stated() -> None:
    said = FigureDescription("Women aged 18 or over", "2021", "Census", licence="OGL v3.0")
    (indicator,) = read("code,n\nQ1,1\n", "n", description=said).indicators
    assert (indicator["label"], indicator["date"]) == ("Women aged 18 or over", "2021")
    assert indicator["source"]["licence"] == "OGL v3.0"
    assert indicator["source"]["publisher"] == "not stated"


def test_figures_of_two_files_share_a_folder(tmp_path: Path) -> None:
    one, two = read("code,n\nQ1,1\n"), read("code,n\nQ2,5\n")
    assert in_a_folder(tmp_path, one, two) == {"n": [1, None, None], "n_2": [None, 5, None]}


def test_a_table_of_other_places_is_refused() -> None:
    with pytest.raises(InvalidData, match="no column with a code or a name"):
        read("code,n\nX1,1\nX2,2\n")


def test_a_category_that_looks_like_a_formula_does_not_become_one() -> None:
    text, _ = write_figures([read("code,kind\nQ1,=1+1\nQ2,a\n", "kind")], PAIRS)
    assert "\nQ1,Alder,'=1+1\n" in text
