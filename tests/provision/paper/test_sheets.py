"""Tables of a paper as workbooks, opened by another reader: typed cells, notes, nothing that could
run, the same bytes every time."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from provision.links.query import Query, parse, read_link
from provision.paper.scenario_tables import scenario_figures, scenario_table
from provision.paper.sheets import NOTES, fitted, workbook
from provision.paper.table import Table
from provision.paper.tables import (
    FROM_AGE,
    WOMEN,
    calendar_table,
    coverage_table,
    figure_2,
    gaps_table,
    tables,
)
from provision.paper.theme_tables import reach_table, themes_table
from provision.record import Record
from provision.scenarios.evaluate import evaluate

DAY = date(2020, 6, 30)


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def of(record: Record, *made: Table, query: Query | None = None) -> Workbook:
    return opened(workbook(record, query or Query.default(record), made))


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in body]


def every(record: Record, link: str = "") -> Workbook:
    query, notes = parse(dict(part.split("=") for part in link.split("&") if part), record)
    assert not notes
    return of(
        record, *(table for group in tables(record, query).values() for table in group), query=query
    )


def test_coverage_is_the_table_of_services_by_quarter(city: Record) -> None:
    found = {row["Quarter"]: row for row in rows(of(city, coverage_table(city, DAY))["Coverage"])}
    assert list(found) == ["Alder", "Birch", "Cedar", "Damson", "Elm", "Fir", "Gorse", "Harbour"]
    birch = {
        "Code": "Q2",
        "Counted as quarter": "yes",
        "Status": "covered",
        "Support": "wrap-around or whole-system support",
    }
    services = {
        "Lantern": "active",
        "Harvest": "active",
        "Ferry": "not named",
        "Quay": "not named",
        "Orchard": "not named",
    }
    assert found["Birch"] == {"Quarter": "Birch", **birch, **services, WOMEN: 2200, FROM_AGE: 15}
    assert found["Alder"]["Orchard"] == "named; not begun"
    assert found["Gorse"]["Status"] == "not stated" and found["Gorse"][WOMEN] == "not stated"
    assert found["Harbour"]["Counted as quarter"] == "no"
    later = {
        row["Quarter"]: row
        for row in rows(of(city, coverage_table(city, date(2021, 4, 1)))["Coverage"])
    }
    assert (
        later["Birch"]["Harvest"] == "ended"
        and later["Damson"]["Ferry"] == "named; not stated whether active"
    )


def test_numbers_of_different_ages_stand_beside_their_age_and_are_not_to_be_added_up(
    city: Record,
) -> None:
    for table in (coverage_table(city, DAY), gaps_table(city, DAY, None)):
        number, age = (rows(of(city, table)[table.name])[0][name] for name in (WOMEN, FROM_AGE))
        assert isinstance(age, int) and (isinstance(number, int) or number == "not stated")
        assert (
            table.columns.index(FROM_AGE) == table.columns.index(WOMEN) + 1
            and "not to be added up" in WOMEN
        )
        assert len({row[table.columns.index(FROM_AGE)] for row in table.rows}) > 1, (
            "the city has services from 15 and from 18"
        )


def test_a_grade_is_ours_and_is_not_called_the_sources_words(farwater: Record) -> None:
    assert not any("source's words" in name for name in themes_table(farwater, DAY).columns)
    assert "Grade given here" in themes_table(farwater, DAY).columns[1]


def test_a_rest_on_one_provider_says_what_it_counts(london: Record) -> None:
    """The list of gaps has an area once, under its worst gap: 18 of 21 that rest on one provider;
    the other three are one-to-one only."""
    day = london.default_date
    gaps = [(row[3], str(row[4])) for row in gaps_table(london, day, None).rows]
    assert len([1 for gap, _ in gaps if gap == "depends on one provider"]) == 18
    assert (
        len([1 for gap, also in gaps if "depends on one provider" in (gap, *also.split("; "))])
        == 21
    )
    (row,) = [
        row
        for row in scenario_figures(
            evaluate(london, read_link("hubs=E09000003~land", london)[0])
        ).rows
        if "one provider" in str(row[0])
    ]
    assert row[1] == 21 and "an area once, under its worst gap" in str(row[4])


def test_the_sources_own_table_keeps_its_order_and_spelling(city: Record) -> None:
    head, *body = of(city, figure_2(city))["As the source prints it"].iter_rows(values_only=True)
    assert (
        head[0] == "The Lantern service (its heading says 2 quarters)"
        and head[2] == "The Ferry service (its heading states no number)"
    )
    assert [row[0] for row in body] == ["Alder Town", "The Alders", "Birch"]
    assert [row[5] for row in body] == ["Fir", None, None]


def test_numbers_are_numbers_and_days_are_days(city: Record) -> None:
    book = of(city, calendar_table(city), gaps_table(city, DAY, "score"))
    months = rows(book["Calendar"])
    assert months[0] == {
        "End of month": datetime(2020, 6, 30),
        **dict(zip(list(months[0])[1:], (4, 1, 0, 2), strict=True)),
    }
    assert {type(value) for row in months for value in row.values()} == {datetime, int}
    assert book["Calendar"]["A2"].is_date and book["Calendar"]["A2"].number_format == "d mmm yyyy"
    gaps = rows(book["Gaps"])
    ranked = next(name for name in gaps[0] if name.startswith("Ranked"))
    assert [(row["Rank"], row["Quarter"], row["Gap"]) for row in gaps][:3] == [
        (1, "Fir", "no contracted service"),
        (2, "Elm", "not stated"),
        (3, "Gorse", "not stated"),
    ]
    assert {row["Quarter"]: row[ranked] for row in gaps}["Damson"] == "not stated"
    assert all(isinstance(row[ranked], int) or row[ranked] == "not stated" for row in gaps)


def test_a_scenario_beside_the_record(city: Record) -> None:
    asked, _ = read_link("hubs=Q5~land", city)
    found = evaluate(city, replace(asked, on=DAY))
    book = of(city, scenario_table(found), scenario_figures(found))
    by_name = {row["Quarter"]: row for row in rows(book["Scenario"])}
    assert {
        name: row["What if"]
        for name, row in by_name.items()
        if row["Effect of the scenario"] != "unchanged"
    } == {
        "Elm": "what if: covered because of a hub",
        "Fir": "what if: covered because of a hub",
    }
    figures = {
        row["Figure"]: (row["Baseline: the record"], row["What if"])
        for row in rows(book["Scenario figures"])
    }
    assert figures["Quarters: covered"] == (4, 6) and figures["Quarters: not stated"] == (2, 1)
    assert not [
        cell
        for row in rows(book["Scenario figures"])
        for cell in list(row.values())[1:4]
        if isinstance(cell, str) and cell[:1].isdigit()
    ]


def test_the_order_of_a_scenarios_rows_is_that_of_its_codes(london: Record) -> None:
    """The areas that are not counted go last, each with its own figures."""
    found = evaluate(london, read_link("hubs=E09000003~land", london)[0])
    women = london.women_by_code(18)
    for code, name, *_, number in scenario_table(found).rows:
        assert london.by_code[str(code)].name == name and number == women[str(code)]


def test_themes_by_quarter(farwater: Record) -> None:
    table = reach_table(farwater, DAY)
    assert table.name == "Themes by quarter" and len(table.columns) == 2 + len(farwater.themes)
    assert [row[1] for row in table.rows][-1] == "Harbour"


@pytest.mark.parametrize("link", ["", "hubs=E09000003~land&off=minerva-crc&on=2020-04-30"])
def test_every_sheet_is_a_table_with_its_header_in_sight(london: Record, link: str) -> None:
    book = every(london, link)
    assert book.sheetnames[0] == "Notes" and ("Scenario" in book.sheetnames) is bool(link)
    for sheet in book:
        (table,) = sheet.tables.values()
        assert (
            table.ref == sheet.dimensions
            and table.headerRowCount == 1
            and table.autoFilter is not None
        )
        assert (
            sheet.freeze_panes == "A2"
            and sheet.print_title_rows == "$1:$1"
            and not sheet.merged_cells.ranges
        )
        assert all(
            9 <= sheet.column_dimensions[cell.column_letter].width <= 62 for cell in sheet[1]
        )


def test_the_notes_say_what_the_sheets_rest_on(london: Record) -> None:
    query = Query.default(london)
    notes = rows(
        opened(
            workbook(
                london,
                query,
                tables(london, query)["coverage"],
                "http://localhost:8501/?on=2018-10-31",
            )
        )["Notes"]
    )
    assert tuple(notes[0]) == NOTES
    kinds = {
        kind: [row for row in notes if row["Kind"] == kind]
        for kind in (
            "as at",
            "sheet",
            "rule",
            "source",
            "figure",
            "discrepancy",
            "outlines",
            "link",
        )
    }
    assert kinds["as at"][0]["What"] == datetime(2018, 10, 31)
    assert "24 of London's 32 boroughs have a contracted women's service" in str(
        kinds["sheet"][0]["What"]
    )
    assert [row["About"] for row in kinds["sheet"]] == [
        "Coverage",
        "As the source prints it",
        "Calendar",
    ]
    figure_2_row = next(
        row for row in kinds["source"] if str(row["Section"]).startswith("Figure 2")
    )
    assert figure_2_row["Page"] == 14 and figure_2_row["Date"] == "2019"
    assert any("Greenwich" in f"{row['About']} {row['What']}" for row in kinds["discrepancy"])
    assert [row["What"] for row in notes if row["Kind"] == "data version"] == [london.version]
    assert kinds["link"][0]["What"] == "http://localhost:8501/?on=2018-10-31"
    assert any(
        "not stated" in str(row["What"]) for row in kinds["rule"]
    ) and "Ordnance Survey" in str(kinds["outlines"][0]["What"])


def test_the_same_view_gives_the_same_bytes(london: Record) -> None:
    query = Query.default(london)
    assert workbook(london, query, tables(london, query)["gaps"]) == workbook(
        london, query, tables(london, query)["gaps"]
    )
    assert every(london).properties.created == datetime(2018, 10, 31)


HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "{=1+1}",
    '=HYPERLINK("http://example.org")',
    "http://example.org",
    "mailto:a@b.c",
    "internal:Sheet!A1",
    "12",
    "1e5",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_formula_a_link_or_a_number(city: Record, text: str) -> None:
    table = Table(text, text, text, (text, text, ""), ((text, text, text),), ())
    for sheet in of(city, table, table):
        assert not [
            cell.coordinate
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f" or cell.hyperlink
        ]
        if sheet.title != "Notes":
            assert [cell.value for cell in sheet[2]] == [text] * 3 and {
                cell.data_type for cell in sheet[2]
            } == {"s"}


@given(st.text(max_size=40))
def test_any_text_makes_a_workbook_that_opens(city: Record, text: str) -> None:
    sheet = of(city, Table(text, text, text, (text, text), ((text, text),), ())).worksheets[1]
    value = sheet["A2"].value or ""
    assert (
        not any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in value)
        and "\u202e" not in value
    )
    assert sheet["A2"].data_type in ("s", "n") and len(sheet.title) <= 31


def test_a_cell_holds_no_more_than_a_cell_can() -> None:
    assert fitted("x" * 40_000) == "x" * 32_766 + "…"
    assert len(fitted("👩" * 40_000).encode("utf-16-le")) <= 2 * 32_767


def test_a_table_without_rows_is_still_a_table(city: Record) -> None:
    sheet = of(city, replace(gaps_table(city, DAY, None), rows=()))["Gaps"]
    assert sheet["A1"].value == "Rank" and sheet.max_row <= 2
