"""Tables as JSON, CSV and text: their forms, and that hostile text stays text in each of them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from support import one_clean_line

from provision.export import coverage as export
from provision.export import writing
from provision.record import Record

DAY = date(2020, 6, 30)


def cells(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text)) for cell in row]


def test_coverage_as_json(city: Record) -> None:
    found = export.coverage_json(city, DAY)
    assert set(found) == {"on", "counts", "areas", "other_areas"}
    assert found["on"] == "2020-06-30"
    assert found["counts"] == {"covered": 4, "none": 1, "lapsed": 0, "not_stated": 2}
    assert [row["code"] for row in found["areas"]] == ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7"]
    assert found["areas"][1] == {
        "code": "Q2",
        "name": "Birch",
        "status": "covered",
        "level": "wrap-around",
        "services": ["lantern", "harvest"],
    }
    assert found["areas"][6] == {
        "code": "Q7",
        "name": "Gorse",
        "status": "not_stated",
        "level": None,
        "services": [],
    }
    assert found["other_areas"] == [
        {
            "code": "Q8",
            "name": "Harbour",
            "status": "covered",
            "level": "one-to-one",
            "services": ["quay"],
        }
    ]


def test_coverage_as_rows(city: Record) -> None:
    rows = export.coverage_rows(city, DAY)
    assert [row["counted_as"] for row in rows] == ["quarter"] * 7 + ["other"]
    assert rows[1]["services"] == "lantern harvest" and rows[6]["level"] == ""
    assert {row["on"] for row in rows} == {"2020-06-30"}


def test_calendar_as_json(city: Record) -> None:
    found = export.calendar_json(city, date(2020, 12, 1), date(2021, 2, 28))
    assert (found["from"], found["to"]) == ("2020-12-01", "2021-02-28")
    assert found["months"] == [
        {"month": "2020-12", "counts": {"covered": 3, "none": 1, "lapsed": 0, "not_stated": 3}},
        {"month": "2021-01", "counts": {"covered": 2, "none": 1, "lapsed": 1, "not_stated": 3}},
        {"month": "2021-02", "counts": {"covered": 4, "none": 1, "lapsed": 0, "not_stated": 2}},
    ]
    first = {
        "month": "2021-01",
        "on": "2021-01-01",
        "code": "Q1",
        "name": "Alder",
        "before": "covered",
        "after": "lapsed",
    }
    assert found["changes"][0] == {**first, "ended": ["lantern"], "begun": []}
    assert [c["code"] for c in found["changes"]] == ["Q1", "Q1", "Q5", "Q8"]


def test_gaps_as_rows(city: Record) -> None:
    rows = {row["code"]: row for row in export.gaps_rows(city, DAY, "score")}
    assert rows["Q1"] == {
        **{
            "code": "Q1",
            "name": "Alder",
            "gap": "one_to_one_only",
            "also": "lapsing_soon; one_provider",
        },
        **{
            "services": "lantern",
            "providers": "Lantern",
            "women_from_age": 18,
            "women": 1000,
            "need": "score",
            "need_value": 30.0,
        },
    }
    assert rows["Q4"]["need_value"] == "", "a hardship that is not stated is blank, not nought"
    assert rows["Q7"]["women"] == "", "women that are not stated are blank, not nought"


def test_women_as_json(city: Record) -> None:
    found = export.women_json(city, DAY)
    assert found["from_age"] == 18
    assert found["by_status"]["not_stated"] == {
        "women": 5000,
        "areas": 2,
        "areas_without_figure": 1,
    }
    assert found["by_status"]["lapsed"] == {"women": 0, "areas": 0, "areas_without_figure": 0}


def test_figures_as_rows_keep_blanks_blank(city: Record) -> None:
    rows = export.figure_rows(city)
    assert rows[6] == {
        "code": "Q7",
        "name": "Gorse",
        "women_18": "",
        "women_15": "",
        "score": 25.0,
        "place": 3.0,
        "calls": 2.0,
        "bank": "",
    }
    assert rows[1]["calls"] == 0.0


def test_facts_of_one_quarter(city: Record) -> None:
    rows = export.area_rows(city, "Q7", DAY)
    facts = {row["fact"]: row["value"] for row in rows}
    assert facts["status"] == "not_stated"
    assert (
        facts["Women of 18 and over"] == "not stated" and facts["Bank of the river"] == "not stated"
    )
    assert facts["Calls for help"] == 2.0
    assert all(row["source"] for row in rows if row["fact"] not in ("why",))


def test_areas_as_geojson(city: Record) -> None:
    found = export.area_geojson(city, DAY)
    assert (
        found["type"] == "FeatureCollection"
        and found["attribution"] == "Outlines of Farwater, invented."
    )
    assert [f["properties"]["status"] for f in found["features"]][5:7] == ["none", "not_stated"]
    assert found["features"][0]["geometry"]["coordinates"][0][0] == [10.0, 0.16]


def test_no_rows_are_an_empty_file_and_a_word() -> None:
    assert writing.to_csv([]) == ""
    assert writing.to_text([]) == "(nothing)"


def test_text_is_aligned() -> None:
    assert (
        writing.to_text([{"a": 1, "name": "x"}, {"a": 100, "name": ""}]) == "a    name\n1    x\n100"
    )


FORMULAS = [
    "=cmd()",
    "+1+1",
    "-1+1",
    "@x",
    "|x",
    "%x",
    "\t=cmd()",
    "\r=cmd()",
    "\n=cmd()",
    '=LINK("https://example.org")',
    "@SUM(1)*cmd|' /C calc'!A0",
]
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_starts_as_a_formula(text: str) -> None:
    _, cell = cells(writing.to_csv([{"name": text}]))
    assert not cell.startswith(STARTS)


@pytest.mark.parametrize("text", ["=cmd()", "+1+1", "@x"])
def test_what_could_be_a_formula_is_kept_behind_an_apostrophe(text: str) -> None:
    assert cells(writing.to_csv([{"name": text}])) == ["name", f"'{text}"]


@given(st.text(max_size=30))
def test_no_cell_of_any_text_starts_as_a_formula(text: str) -> None:
    found = cells(writing.to_csv([{"name": "x" if text.lstrip("-").isdigit() else text}]))
    assert not any(cell.startswith(STARTS) for cell in found)


@pytest.mark.parametrize("value", [-1, 1.5, 0])
def test_numbers_stay_numbers(value: float) -> None:
    assert cells(writing.to_csv([{"n": value}])) == ["n", str(value)]


@pytest.mark.parametrize("text", ["a,b", 'a"b', "a\nb", "a\rb", "é", "名前"])
def test_awkward_text_survives_csv(text: str) -> None:
    assert cells(writing.to_csv([{"name": text}]))[1] == text


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=30)))
def test_json_is_read_back_as_it_was(data: dict[str, str]) -> None:
    assert json.loads(writing.to_json(data)) == data


@given(st.text(max_size=100))
def test_the_text_form_obeys_no_control_character(text: str) -> None:
    lines = writing.to_text([{"name": text}]).split("\n")
    assert len(lines) == 2 and all(map(one_clean_line, lines))


# Names that somebody could write into the file, as YAML writes them.
HOSTILE = {
    "script": '"<script>alert(1)</script>"',
    "formula": '"=cmd()"',
    "plus": '"+1"',
    "at": '"@x"',
    "tab": '"\\t=cmd()"',
    "return": '"\\r=cmd()"',
    "long": "x" * 5_000,
    "right to left": '"abc\\u202Etxt.exe"',
    "emoji": '"👩‍👩‍👧 service"',
    "escape": '"\\e[31mred\\a"',
    "nought": '"a\\0b"',
    "line break": '"a\\nb\\u2028c\\x85d"',
    "path": '"../../etc/passwd"',
    "sql": '"\'; DROP TABLE services; --"',
    "template": '"{{ 7 * 7 }} ${7 * 7} %s"',
}


def hostile(written: str, london: Record) -> Record:
    """London's record with one service's and its provider's name replaced, past the check of
    texts in files."""
    value = yaml.safe_load(written)
    services = [
        service.model_copy(
            update={"name": value, "provider": value}
            if service.name == "South London Alliance"
            else {}
        )
        for service in london.file.services
    ]
    file = london.file.model_copy(update={"services": services})
    return Record(
        file,
        london.areas,
        london.figures,
        london.indicators,
        london.neighbours,
        london.origin,
        london.version,
        london.files,
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text(name: str, london: Record) -> None:
    record = hostile(HOSTILE[name], london)
    rows = export.gaps_rows(record, london.default_date, None)
    assert len(rows) == 29 and not any(
        cell.startswith(STARTS) for cell in cells(writing.to_csv(rows))
    )
    assert json.loads(writing.to_json(rows)) == rows
    assert all(map(one_clean_line, writing.to_text(rows).split("\n")))
    assert len(writing.to_text(rows).split("\n")) == 30
