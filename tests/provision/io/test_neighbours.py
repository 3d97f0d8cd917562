"""Which areas border on each other: read as it stands, and every fault is found."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from support import refusal

from provision.io.neighbours import read_neighbours
from provision.record import Record


def neighbours(folder: Path, rows: str, city: Record) -> pd.DataFrame:
    path = folder / "n.csv"
    path.write_text(f"code_a,code_b,type,crossing,note,source\n{rows}", encoding="utf-8")
    return read_neighbours(path, city.areas).frame()


def test_neighbours_are_read_as_they_stand(tmp_path: Path, city: Record) -> None:
    found = neighbours(tmp_path, "Q1,Q5,crossing,Old Bridge,,map\n", city)
    assert found.to_dict("records") == [
        {
            "code_a": "Q1",
            "code_b": "Q5",
            "type": "crossing",
            "crossing": "Old Bridge",
            "note": "",
            "source": "map",
        }
    ]


@pytest.mark.parametrize(
    ("rows", "line", "what"),
    [
        ("Q1,Q9,land,,,\n", 2, "'Q9' is not an area"),
        ("Q1,Q2,land,,,\nQ2,Q1,land,,,\n", 3, "the same pair again"),
        ("Q1,Q1,land,,,\n", 2, "an area and itself"),
        ("Q1,Q2,bridge,,,\n", 2, "is 'bridge'"),
        ("Q1,Q2\n", 2, ""),
    ],
    ids=["unknown", "again", "itself", "type", "short"],
)
def test_fault_in_neighbours(rows: str, line: int, what: str, tmp_path: Path, city: Record) -> None:
    found = refusal(lambda: neighbours(tmp_path, rows, city))
    assert any(p.line == line and what in p.what for p in found)


def test_a_quote_that_is_never_closed_among_neighbours_is_a_fault_and_no_crash(
    tmp_path: Path, city: Record
) -> None:
    assert refusal(lambda: neighbours(tmp_path, 'Q1,Q2,land,,"' + "x" * 200_000, city))
