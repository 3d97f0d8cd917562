"""Tables from the files that people have: encodings, delimiters, title rows, merged cells, dates,
and what is refused."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from provision.io.problems import InvalidData
from provision.readers import delimited, table, xlsx
from provision.readers.kinds import FileKind, kind_of
from provision.readers.table import Place, Table, tables_from, text_of


def book(*sheets: tuple[str, list[list[object]]]) -> Workbook:
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return made


def saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def only(raw: bytes, name: str = "list.csv") -> Table:
    found = tables_from(raw, name)
    assert len(found) == 1
    return found[0]


def refusal(raw: bytes) -> str:
    with pytest.raises(InvalidData) as refused:
        tables_from(raw, "a file")
    assert len(refused.value.problems) == 1
    return str(refused.value)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_text_in_any_usual_encoding_and_delimiter(encoding: str, mark: str) -> None:
    text = (
        f"Service{mark}Area{mark}Note\r\nCafé{mark}Alder{mark}a\r\n\r\nHaven{mark}Birch{mark}b\r\n"
    )
    found = only(text.encode(encoding))
    assert found.columns == ("Service", "Area", "Note")
    assert found.rows == (("Café", "Alder", "a"), ("Haven", "Birch", "b"))
    assert found.row_numbers == (2, 4)
    assert str(found.place(1, 1)) == "line 4, column 2"


def test_a_cell_of_several_lines_keeps_the_line_it_begins_on() -> None:
    found = only(b'Service,Areas\nHaven,"Alder\nBirch"\nHouse,Elm\n')
    assert found.rows[0][1] == "Alder\nBirch" and found.row_numbers == (2, 4)


def test_excels_own_line_about_the_delimiter_is_obeyed() -> None:
    assert only(b"sep=;\nService;Area\nA, B and C;Alder\n").rows == (("A, B and C", "Alder"),)


def test_a_header_below_titles_and_columns_to_the_right() -> None:
    rows = [[], [None, "Services in 2025"], [], [None, "Service", "Area"], [None, "Haven", "Alder"]]
    found = only(saved(book(("Contracts", rows))), "a.xlsx")
    assert found.columns == ("Service", "Area") and found.titles == ("Services in 2025",)
    assert found.rows == (("Haven", "Alder"),)
    assert found.place(0, 1) == Place("a.xlsx", "Contracts", 5, 3)
    assert str(found.place(0, 1)) == "sheet 'Contracts', C5"


def test_headings_are_made_distinct_and_missing_ones_called_by_their_letters() -> None:
    assert only(b"a,a,,b\n1,2,3,4\n").columns == ("a", "a (2)", "column C", "b")


def test_several_sheets_and_a_hidden_one() -> None:
    made = book(("One", [["a", "b"], [1, 2]]), ("Empty", []), ("Two", [["c", "d"], [3, 4]]))
    made["Two"].sheet_state = "hidden"
    found = tables_from(saved(made), "a.xlsx")
    assert [(t.sheet, t.hidden) for t in found] == [("One", False), ("Two", True)]


def test_a_merged_cell_counts_for_each_of_its_rows() -> None:
    made = book(("S", [["Service", "Area"], ["Haven", "Alder"], [None, "Birch"], ["House", "Elm"]]))
    made["S"].merge_cells("A2:A3")
    assert only(saved(made)).rows == (("Haven", "Alder"), ("Haven", "Birch"), ("House", "Elm"))


def test_dates_are_dates_and_a_cell_that_shows_a_month_is_a_month() -> None:
    made = book(("S", [["Start", "End", "At"]]))
    made["S"].append([date(2018, 7, 1), date(2020, 3, 1), datetime(2020, 3, 1, 9, 30)])
    made["S"]["B2"].number_format = "mmm-yy"
    assert only(saved(made)).rows == ((date(2018, 7, 1), "2020-03", "2020-03-01 09:30"),)


def test_no_formula_is_evaluated_and_one_without_a_saved_value_is_told() -> None:
    made = book(("S", [["Service", "Count"], ["Haven", "=1+1"], ["House", 3]]))
    found = only(saved(made))
    assert found.rows == (("Haven", None), ("House", 3))
    assert len(found.notes) == 1 and "B2" in found.notes[0]


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), FileKind.XLS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b" " * 40, FileKind.LOCKED),
        (b"%PDF-1.7", FileKind.PDF),
        (b"{\\rtf1", FileKind.RTF),
        (b"<html><table>", FileKind.HTML),
        (b'<?xml version="1.0"?><kml/>', FileKind.XML),
        (b"\xef\xbb\xbf [1]", FileKind.JSON),
        (b"\x89PNG\r\n", FileKind.IMAGE),
        (b"SQLite format 3\0", FileKind.SQLITE),
        (b" \n ", FileKind.EMPTY),
        (b"a\0\x01\x02b\x03", FileKind.UNKNOWN),
    ],
)
def test_a_file_of_another_kind_is_told_by_its_content(raw: bytes, kind: FileKind) -> None:
    assert kind_of(raw) is kind
    assert str(kind) in refusal(raw)


@pytest.mark.parametrize(
    ("member", "kind"),
    [
        ("word/document.xml", FileKind.DOCX),
        ("xl/workbook.bin", FileKind.XLSB),
        ("ppt/presentation.xml", FileKind.PPTX),
        ("a.csv", FileKind.ZIP),
    ],
)
def test_a_zip_is_told_by_its_members(member: str, kind: FileKind) -> None:
    assert kind_of(zipped({member: b"x"})) is kind


def test_an_opendocument_spreadsheet_is_told() -> None:
    media = b"application/vnd.oasis.opendocument.spreadsheet"
    assert kind_of(zipped({"mimetype": media, "content.xml": b""})) is FileKind.ODS


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def replaced(raw: bytes, member: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zipped(members | {member: content})


def test_a_bomb_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_UNPACKED", 100_000)
    raw = replaced(saved(book(("S", [["a"]]))), "xl/media/x.bin", b"0" * 200_000)
    assert len(raw) < 20_000 and "unpack" in refusal(raw)


def test_entities_are_refused() -> None:
    sheet = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'
    raw = replaced(saved(book(("S", [["a"]]))), "xl/worksheets/sheet1.xml", sheet)
    assert "document type" in refusal(raw)


@pytest.mark.parametrize("cut", [10, 200, 1000, 3000])
def test_a_workbook_that_is_cut_off_is_refused_in_our_words(cut: int) -> None:
    assert refusal(saved(book(("S", [["a", "b"], [1, 2]])))[:cut])


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_ROWS", 3)
    assert "rows" in refusal(b"a,b\n" + b"1,2\n" * 9)
    monkeypatch.setattr(xlsx, "MAX_ROWS", -990)
    assert "rows" in refusal(saved(book(("S", [["a", "b"]] * 12))))


def test_what_a_sheet_says_of_its_size_is_not_believed() -> None:
    made = saved(book(("S", [["a", "b"], [1, 2]])))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b'ref="A1:B2"' in sheet
    raw = replaced(made, "xl/worksheets/sheet1.xml", sheet.replace(b"A1:B2", b"A1:XFD1048576"))
    assert only(raw).rows == ((1, 2),)


def test_a_file_of_too_many_bytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_BYTES", 10)
    assert "larger" in refusal(b"a,b\n1,2\n3,4\n")


def test_an_open_quotation_mark_is_named_by_its_line() -> None:
    with pytest.raises(InvalidData) as refused:
        tables_from(b'a,b\n1,"2\n3,4\n', "x.csv")
    assert refused.value.problems[0].line == 3


@pytest.mark.parametrize(
    "cell", ["=cmd|'/c calc'!A1", "<script>alert(1)</script>", "+1", "@SUM(A1)", "[x](http://a)"]
)
def test_hostile_cells_stay_text(cell: str) -> None:
    made = book(("S", [["Service", "Area"], ["Haven", "Alder"]]))
    made["S"]["A2"].value = cell
    made["S"]["A2"].data_type = "s"
    assert only(saved(made)).rows[0][0] == cell
    assert only(f'Service,Area\n"{cell}",Alder\n'.encode()).rows[0][0] == cell


def test_what_cannot_be_seen_is_taken_out_of_clean_text() -> None:
    assert text_of("Al\u200bder\u202e \u00a0and\r\nElm\ufeff") == "Alder and Elm"
