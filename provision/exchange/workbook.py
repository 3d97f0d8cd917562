"""A record as a workbook that a person can edit, and that ``--services`` reads.

Every sheet but two is worked out from the schema (:mod:`provision.schema.workbook_layout`). *Who
serves where* has a row for each area and a column for each service; *As listed* keeps the order and
the spelling in which the source lists the areas. No cell is ever a formula or a link."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from provision.io.problems import shown
from provision.paper.writing import stable_zip
from provision.schema.services import NOT_STATED, ServicesFile
from provision.schema.workbook_cells import fits, to_cell
from provision.schema.workbook_layout import (
    LISTED,
    LISTED_TITLE,
    CellKind,
    Column,
    Sheet,
    SheetKind,
    workbook_layout,
)
from provision.schema.workbook_rows import (
    ABOUT,
    AREA,
    CODE,
    FIELD,
    FORM,
    MATRIX,
    MEANING,
    TICK,
    VALUE,
    at_fields,
    entry_rows,
    is_numbered,
    note_of,
)

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_SPARE = 500  # rows below the last that drop-downs reach
_MOST_EXACT = 10**15  # whole numbers above are written as text: Excel keeps 15 digits
_LONGEST_LIST = 255  # characters of a drop-down
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class WorkbookArea:
    """An area as the matrix has it."""

    code: str
    name: str


def write_workbook(file: ServicesFile, areas: Sequence[WorkbookArea], version: str = "") -> bytes:
    """A record's services file as an XLSX workbook.

    Parameters
    ----------
    file
        The services file.
    areas
        Every area of the outlines, in their order.
    version
        The version of the data, printed on the first sheet.

    Returns
    -------
    bytes

    Raises
    ------
    LookupError
        Where a text is longer than a cell holds.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, _OPTIONS)
    _Writer(book, file, areas).write(version)
    book.set_properties({"created": datetime.combine(file.region.as_at.last, time())})
    book.close()
    return stable_zip(out.getvalue())


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Workbook, file: ServicesFile, areas: Sequence[WorkbookArea]) -> None:
        self.book, self.file, self.areas = book, file, areas
        self.data = file.model_dump(mode="json")
        self.layout = workbook_layout(type(file))
        self.text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.plain = book.add_format({"valign": "top"})
        self.head = book.add_format({"bold": True, "bg_color": "#DDE3EA", "valign": "top"})
        self.quiet = book.add_format({"font_color": "#595959", "text_wrap": True, "valign": "top"})
        self.tick = book.add_format({"align": "center"})

    def write(self, version: str) -> None:
        """Every sheet, the first of which explains the others."""
        self._about(version)
        for sheet in self.layout:
            if sheet.path == LISTED:
                self._matrix()
            page = self.book.add_worksheet(sheet.title)
            if sheet.kind is SheetKind.FIELDS:
                self._fields(page, sheet)
            else:
                self._table(page, sheet)
            if sheet.path == LISTED:
                page.protect()

    def _about(self, version: str) -> None:
        page = self.book.add_worksheet(ABOUT)
        page.set_column(0, 0, 30)
        page.set_column(1, 1, 90)
        about = {LISTED_TITLE: "The order and spelling of the source. Protected: edit the matrix."}
        rows = [
            ("Services of", self.file.region.name),
            ("Form", FORM),
            ("Version", version or NOT_STATED),
            (
                "To edit",
                f"Change any sheet that is not protected. Write '{NOT_STATED}' where the "
                "source does not say; never leave that to a blank.",
            ),
            ("To check", "python -m provision --services services.xlsx validate"),
            (MATRIX, f"A row for each area, a column for each service: {TICK} where it serves."),
            *((s.title, about.get(s.title, s.description)) for s in self.layout),
        ]
        for number, (name, said) in enumerate(rows):
            self._put(page, number, 0, name, self.head)
            self._put(page, number, 1, said, self.text)
        page.protect()

    def _fields(self, page: Worksheet, sheet: Sheet) -> None:
        for number, heading in enumerate((FIELD, VALUE, MEANING)):
            self._put(page, 0, number, heading, self.head)
        page.set_column(0, 0, 26)
        page.set_column(1, 1, 60)
        page.set_column(2, 2, 60)
        page.freeze_panes(1, 1)
        entry = at_fields(self.data, sheet.path) or {}
        for row, column in enumerate(sheet.columns, 1):
            self._put(page, row, 0, column.heading, self.head)
            self._put(page, row, 1, at_fields(entry, column.path), self.text)
            self._put(page, row, 2, note_of(column), self.quiet)
            self._choices(page, column, (row, 1, row, 1))

    def _table(self, page: Worksheet, sheet: Sheet) -> None:
        keys = [*sheet.keys, *([sheet.own_key] if is_numbered(sheet) else [])]
        rows = list(entry_rows(sheet, self.layout, self.data))
        last = len(rows) + _SPARE
        for number, key in enumerate(keys):
            self._heading(page, number, key, "To which entry the row belongs.", 18)
            self._keys(page, sheet, key, (1, number, last, number))
        places = list(enumerate(sheet.columns, len(keys)))
        for number, column in places:
            wide = 40 if column.kind is CellKind.TEXT and column.path != ("id",) else 16
            self._heading(page, number, column.heading, note_of(column), wide)
            self._choices(page, column, (1, number, last, number))
        page.freeze_panes(1, max(1, len(keys)))
        for row, (above, entry) in enumerate(rows, 1):
            for number, owner in enumerate(above):
                self._put(page, row, number, owner, self.plain)
            for number, column in places:
                value = at_fields(entry, column.path) if column.path else entry
                self._put(page, row, number, value, self.text)

    def _matrix(self) -> None:
        """Who serves where: names above ids, so that both can be read, and areas down."""
        page = self.book.add_worksheet(MATRIX)
        page.set_column(0, 0, 12)
        page.set_column(1, 1, 30)
        self._put(page, 1, 0, CODE, self.head)
        self._put(page, 1, 1, AREA, self.head)
        served = [self._served(s.service_area.listed) for s in self.file.services]
        for number, service in enumerate(self.file.services, 2):
            self._put(page, 0, number, service.short_name, self.quiet)
            self._put(page, 1, number, service.id, self.head)
            page.set_column(number, number, 16)
        for row, area in enumerate(self.areas, 2):
            self._put(page, row, 0, area.code, self.plain)
            self._put(page, row, 1, area.name, self.plain)
            for number, rows in enumerate(served, 2):
                if row - 2 in rows:
                    self._put(page, row, number, TICK, self.tick)
        page.freeze_panes(2, 2)
        if self.file.services and self.areas:
            cells = (2, 2, len(self.areas) + 1, len(served) + 1)
            said = f"Write {TICK} where the service serves the area, else leave it blank."
            _list(page, cells, [TICK], said)

    def _served(self, listed: Sequence[str]) -> set[int]:
        """The rows of the areas that a contract names, from 0."""
        by_name = {name: i for i, a in enumerate(self.areas) for name in (a.code, a.name)}
        variants = self.file.region.name_variants
        return {by_name[variants.get(name, name)] for name in listed}

    def _heading(self, page: Worksheet, column: int, text: str, note: str, width: int) -> None:
        self._put(page, 0, column, text, self.head)
        page.write_comment(0, column, note, {"x_scale": 2, "author": "", "visible": False})
        page.set_column(column, column, width)

    def _choices(self, page: Worksheet, column: Column, cells: tuple[int, int, int, int]) -> None:
        if column.kind is CellKind.CHOICE and len(",".join(column.choices)) <= _LONGEST_LIST:
            _list(page, cells, list(column.choices), f"Choose one of: {', '.join(column.choices)}.")

    def _keys(
        self, page: Worksheet, sheet: Sheet, key: str, cells: tuple[int, int, int, int]
    ) -> None:
        """A drop-down of the entries to which a row can belong."""
        owner = next((s for s in self.layout if s.own_key == key and s.path != sheet.path), None)
        if owner:
            range_ = (
                f"='{owner.title}'!$A$2:$A${len(at_fields(self.data, owner.path) or ()) + _SPARE}"
            )
            _list(page, cells, range_, f"Choose an entry of the sheet {owner.title}.")

    def _put(
        self, page: Worksheet, row: int, column: int, value: Any, style: Format | None
    ) -> None:
        """Write a value: text as text, numbers as numbers where Excel keeps them exactly."""
        if isinstance(value, (int, float)) and not isinstance(value, bool) and _is_kept(value):
            page.write_number(row, column, value, style)
        elif value is not None:
            text = to_cell(str(value))
            if not fits(text):
                what = f"{shown(str(value))} on sheet {shown(page.get_name())}"
                raise LookupError(f"{what} is longer than a cell holds; shorten it in the record")
            page.write_string(row, column, text, style)


def _is_kept(value: float) -> bool:
    """Whether Excel's form, of 16 digits, gives a number back as it was."""
    return abs(value) < _MOST_EXACT and float(f"{value:.16G}") == value


def _list(page: Worksheet, cells: tuple[int, int, int, int], source: Any, said: str) -> None:
    page.data_validation(
        *cells,
        {
            "validate": "list",
            "source": source,
            "error_title": "Not in the list",
            "error_message": said[:250],
        },
    )
