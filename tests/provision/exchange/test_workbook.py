"""The record as a workbook: the same record comes back, edits arrive, and mistakes are told by
sheet and cell."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from support import CITY, ROOT

from provision.__main__ import main
from provision.coverage.status import coverage
from provision.exchange.workbook import WorkbookArea, write_workbook
from provision.io.checks import validate
from provision.io.files import DataFiles
from provision.io.problems import InvalidData, Problem
from provision.readers.record_workbook import workbook_document
from provision.record import Record, load
from provision.schema.services import ServicesFile
from provision.schema.workbook_cells import from_cell, to_cell
from provision.schema.workbook_layout import CellKind, SheetKind, workbook_layout

SALTMERE = ROOT / "examples" / "saltmere"
RECORDS = {
    "london": DataFiles.london(),
    "farwater": DataFiles(CITY / "services.yaml", CITY / "boundaries.geojson"),
    "saltmere": DataFiles(SALTMERE / "services.yaml", SALTMERE / "boundaries.geojson"),
    "saltmere 2024": DataFiles(SALTMERE / "services-2024.yaml", SALTMERE / "boundaries.geojson"),
}


def written(record: Record) -> bytes:
    areas = [WorkbookArea(a.code, a.name) for a in record.areas]
    return write_workbook(record.file, areas, record.version)


def read(raw: bytes, record: Record) -> ServicesFile:
    document = workbook_document(raw, "services.xlsx")
    assert document is not None
    return validate(document, [a.name for a in record.areas], {a.kind for a in record.areas})


@pytest.mark.parametrize("which", RECORDS)
def test_the_same_record_comes_back(which: str, tmp_path: Path) -> None:
    record = load(RECORDS[which])
    assert read(written(record), record) == record.file
    out = tmp_path / "services.xlsx"
    out.write_bytes(written(record))
    again = load(DataFiles(out, RECORDS[which].boundaries))
    for day in (record.default_date, date(2021, 1, 1)):
        assert coverage(again, day).equals(coverage(record, day))


def test_a_workbook_made_again_is_the_same(city: Record) -> None:
    assert written(city) == written(city)


# Any text, anywhere


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for step, item in inner:
        if isinstance(item, (dict, list)):
            yield from leaves(item, (*path, step))
        elif isinstance(item, str):
            yield (*path, step)


def is_free(path: tuple[Any, ...]) -> bool:
    """Whether a text of the city may be any other: not a choice, a date, an id or a reference."""
    fields = tuple(step for step in path if isinstance(step, str))
    if fields[-1].endswith(("ref", "id")) or fields == ("services", "service_area", "listed"):
        return False
    for sheet in workbook_layout(ServicesFile):
        if sheet.kind is SheetKind.LIST and sheet.path == fields:
            return sheet.columns[0].kind is CellKind.TEXT and fields[-1] != "services"
        for column in sheet.columns:
            if (*sheet.path, *column.path) == fields:
                return column.kind is CellKind.TEXT and fields[-1] != "currency"
    return False


HOSTILE = ("=1+1", "007", "1e5", "TRUE", "2020-01", "_x0041_", "x005F_", "a\rb", "\x07", "␛", "'a")
TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
)


@settings(max_examples=12)
@given(data=st.data())
def test_any_text_in_any_field_comes_back(city: Record, data: st.DataObject) -> None:
    plain = copy.deepcopy(city.file.model_dump(mode="json"))
    free = [path for path in leaves(plain) if is_free(path)]
    assert len(free) > 50
    for path in data.draw(st.lists(st.sampled_from(free), min_size=1, max_size=8, unique=True)):
        place = plain
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = data.draw(TEXTS.filter(lambda t: bool(t.strip()) and bool(t.strip("\0"))))
    file = ServicesFile.model_validate(plain)
    document = workbook_document(write_workbook(file, CITY_AREAS, ""), "services.xlsx")
    assert document is not None and not document.problems
    assert ServicesFile.model_validate(document.data) == file


CITY_AREAS = [
    WorkbookArea(f"Q{i}", name)
    for i, name in enumerate(
        ("Alder", "Birch", "Cedar", "Damson", "Elm", "Fir", "Gorse", "Harbour"), 1
    )
]


@settings(max_examples=12)
@given(
    listed=st.lists(
        st.sampled_from(["Alder", "Alder Town", "The Alders", "Q1", "Birch", "Cedar", "Elm"]),
        min_size=1,
        unique=True,
    ),
    value=st.one_of(
        st.just("not stated"), st.integers(0, 10**18), st.floats(0, 1e300, allow_subnormal=False)
    ),
)
def test_any_order_spelling_and_number_comes_back(
    city: Record, listed: list[str], value: Any
) -> None:
    plain = copy.deepcopy(city.file.model_dump(mode="json"))
    plain["services"][0]["service_area"]["listed"] = listed
    plain["services"][0]["funding"][0]["amount"] = value
    file = ServicesFile.model_validate(plain)
    document = workbook_document(write_workbook(file, CITY_AREAS, ""), "services.xlsx")
    assert document is not None
    assert ServicesFile.model_validate(document.data) == file


@given(st.text(max_size=40))
def test_every_text_of_a_cell_comes_back(text: str) -> None:
    assert from_cell(to_cell(text)) == text


def test_a_text_longer_than_a_cell_is_refused(city: Record) -> None:
    first, *rest = city.file.services
    longer = first.model_copy(update={"description": "a" * 40_000})
    file = city.file.model_copy(update={"services": (longer, *rest)})
    with pytest.raises(LookupError, match="longer than a cell"):
        write_workbook(file, CITY_AREAS)


# For the person who edits it


def test_choices_have_a_list_headings_a_note_and_derived_sheets_are_protected(city: Record) -> None:
    book = load_workbook(io.BytesIO(written(city)))
    services = book["Services"]
    lists = {v.formula1 for v in services.data_validations.dataValidation}
    assert any("wrap-around" in text and "not stated" in text for text in lists)
    assert any(
        "'Services'!$A$2" in v.formula1 for v in book["Funding"].data_validations.dataValidation
    )
    assert all(cell.comment for cell in services[1])
    assert services.freeze_panes == "B2" and book["Who serves where"].freeze_panes == "C3"
    protected = {name for name in book.sheetnames if book[name].protection.sheet}
    assert protected == {"About", "As listed"}


def test_the_matrix_has_areas_down_and_services_across(city: Record) -> None:
    sheet = load_workbook(io.BytesIO(written(city)))["Who serves where"]
    rows = [[cell.value for cell in row] for row in sheet]
    assert rows[1] == ["code", "area", "lantern", "harvest", "ferry", "quay", "orchard"]
    assert rows[2] == ["Q1", "Alder", "x", None, None, None, "x"]
    assert [row[3] for row in rows[2:]] == [None, "x", "x", None, None, None, None, None]


def edited(record: Record, change: Any) -> ServicesFile:
    book = load_workbook(io.BytesIO(written(record)))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return read(out.getvalue(), record)


def column(sheet: Worksheet, heading: str) -> int:
    return next(c.column for c in sheet[1] if c.value == heading)


def put(book: Workbook, title: str, row: int, values: dict[str, Any]) -> None:
    for heading, value in values.items():
        book[title].cell(row, column(book[title], heading)).value = value


def test_a_tick_adds_an_area_last_and_a_blank_takes_it_out(city: Record) -> None:
    def change(book: Workbook) -> None:
        book["Who serves where"]["C3"] = None  # Alder, which two spellings name
        book["Who serves where"]["C9"] = "x"  # Gorse

    assert edited(city, change).services[0].service_area.listed == ("Birch", "Gorse")


@pytest.mark.parametrize(
    ("cell", "end"),
    [
        (date(2021, 3, 31), "2021-03-31"),
        ("31 March 2021", "2021-03-31"),
        ("March 2021", "2021-03"),
        ("ongoing", "ongoing"),
        (None, "not stated"),
    ],
)
def test_a_date_may_be_written_as_people_do(city: Record, cell: Any, end: str) -> None:
    file = edited(city, lambda book: put(book, "Services", 2, {"contract: end": cell}))
    assert file.services[0].contract.model_dump()["end"] == end


NEW = {
    "name": "The Hive",
    "confidence: level": "low",
    "confidence: reason": "new",
    "ref": "guide §1",
}


def test_a_new_service_needs_a_name_its_areas_and_a_reference(city: Record) -> None:
    def change(book: Workbook) -> None:
        put(book, "Services", 7, NEW)
        book["Who serves where"]["H2"] = "The Hive"
        book["Who serves where"]["H7"] = "x"

    service = edited(city, change).services[-1]
    assert (service.id, service.short_name) == ("the-hive", "The Hive")
    assert service.service_area.listed == ("Elm",)
    assert service.provider == service.level == service.contract.end == "not stated"
    assert service.eligibility.minimum_age == service.contracted == "not stated"
    assert str(service.contract.ref[0]) == "guide §1"


def test_a_new_service_takes_no_id_that_is_in_use(city: Record) -> None:
    def change(book: Workbook) -> None:
        put(book, "Services", 7, NEW | {"name": "Lantern!"})
        book["Who serves where"]["H2"], book["Who serves where"]["H7"] = "Lantern!", "x"

    assert [s.id for s in edited(city, change).services if "lantern" in s.id] == [
        "lantern",
        "lantern-2",
    ]


def test_numbers_in_a_column_of_text_are_their_digits(city: Record) -> None:
    file = edited(city, lambda book: put(book, "Sources", 2, {"date": 2020}))
    assert file.sources[0].date == "2020"


def problems(record: Record, change: Any) -> list[Problem]:
    with pytest.raises(InvalidData) as refused:
        edited(record, change)
    return list(refused.value.problems)


@pytest.mark.parametrize(
    ("title", "row", "value", "cell"),
    [
        ("Services", 3, ("level", "middling"), "F3"),
        ("Services", 2, ("contract: end", "soon"), "L2"),
        ("Capacity", 2, ("value", "sixty"), "C2"),
        ("Sources sections", 2, ("page", "first"), "D2"),
        ("Funding", 2, ("ref", "nowhere §1"), "F2"),
        ("Named gaps areas", 2, ("area", "Atlantis"), "B2"),
    ],
)
def test_a_mistake_is_told_by_its_sheet_and_cell(
    city: Record, title: str, row: int, value: tuple[str, str], cell: str
) -> None:
    (problem,) = problems(city, lambda book: put(book, title, row, dict([value])))
    assert f"sheet '{title}', {cell}" in str(problem)


def test_a_row_that_belongs_to_nothing_is_told(city: Record) -> None:
    (problem,) = problems(city, lambda book: put(book, "Capacity", 2, {"service": "nobody"}))
    assert "'nobody'" in problem.what and "row 2" in problem.what


def test_a_cell_of_the_matrix_is_a_tick_or_blank(city: Record) -> None:
    def change(book: Workbook) -> None:
        book["Who serves where"]["C5"] = "perhaps"

    (problem,) = problems(city, change)
    assert "'perhaps'" in problem.what and "C5" in problem.what


def test_a_sheet_that_is_gone_is_named(city: Record) -> None:
    found = problems(city, lambda book: book.remove(book["Sources"]))
    assert any("'Sources'" in problem.what for problem in found)


def test_a_list_is_not_taken_for_the_record(city: Record, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["service", "areas"])
    book.active.append(["Haven", "Alder"])
    book.save(tmp_path / "list.xlsx")
    with pytest.raises(InvalidData, match="list of services"):
        load(DataFiles(tmp_path / "list.xlsx", CITY / "boundaries.geojson"))


def test_the_command_writes_what_the_option_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "services.xlsx")
    files = ["--boundaries", str(CITY / "boundaries.geojson")]
    assert main(["workbook", *files, "--services", str(CITY / "services.yaml"), "--out", out]) == 0
    assert main(["validate", *files, "--services", out]) == 0
    assert "no problems" in capsys.readouterr().out
    assert main(["workbook", "--out", str(tmp_path / "services.csv")]) == 1
