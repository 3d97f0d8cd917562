"""Rows of a list, or cells of a matrix, as service entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from provision.readers.area_lists import AreaCells, Piece
from provision.readers.field_cells import FieldCell, FieldReader
from provision.readers.findings import Findings
from provision.readers.list_columns import AREAS, NAME, Columns
from provision.readers.service_entries import NOT_STATED, ServiceEntry
from provision.readers.table import CellValue, Place, Table, clean, is_filled, text_of
from provision.readers.written_dates import Order, column_order
from provision.readers.written_values import is_not_stated, read_money

NOTHING_HERE = frozenset(
    (
        *("none", "no service", "no services", "no contracted service", "no provision", "nothing"),
        *("no contracted services", "no", "nil", "no service commissioned", "not covered"),
    )
)
_TELLING = ("provider", "start", "end")  # what tells services of one name apart
_TELLING_ALONE = (*_TELLING, "description", "website")  # in a list without areas: a row a service
_LONG_ROW = 300  # characters of a lone cell that is a remark, not a service
_REMARK = re.compile(r"^(source|notes?|footnotes?|\*|©|copyright|total|key|last updated)\b", re.I)


class RowReader:
    """Reads the rows of lists into entries, one for each service, in the order of the file."""

    def __init__(self, cells: AreaCells) -> None:
        self.cells = cells
        self.entries: list[ServiceEntry] = []
        self._by_key: dict[tuple[str, ...], ServiceEntry] = {}
        self._keys: dict[str, list[tuple[str, ...]]] = {}
        self.without: dict[str, Place] = {}
        self.findings = Findings()
        self.fields = FieldReader(self.findings)
        self.remarks = 0

    def read(self, table: Table, columns: Columns) -> list[list[ServiceEntry]]:
        """Take every row of a list. Returns, row by row, the entries that the row belongs to."""
        orders = {m: _order(table, columns, m, self.findings) for m in ("start", "end", "period")}
        return [self._row(table, columns, row, orders) for row in range(len(table.rows))]

    def _row(
        self, table: Table, columns: Columns, row: int, orders: Mapping[str, Order]
    ) -> list[ServiceEntry]:
        values = table.rows[row]
        column = columns.one(NAME)
        raw = values[column] if column is not None else None
        areas = [(values[i], table.place(row, i)) for i in columns.all(AREAS)]
        names = _names(raw, len(areas))
        if _is_remark(values, names):
            self.remarks += 1
            return []
        place = table.place(row, column)
        if not names or names[0].casefold() in NOTHING_HERE:
            self._nameless(names, areas, place)
            return []
        said = dict(self._said(table, columns, row, orders))
        telling = {f: said[f][0] for f in (_TELLING if areas else _TELLING_ALONE) if f in said}
        entries = [self._entry(name, telling, place) for name in names]
        for entry in entries:
            self._fill(entry, said)
            self._funding(entry, table, columns, row)
            self.place_areas(entry, areas)
        return entries

    def _nameless(
        self, names: Sequence[str], areas: list[tuple[CellValue, Place]], place: Place
    ) -> None:
        """A row without a service: areas of which the list says that they have none, or a fault."""
        if names:
            for area in areas:
                self.note_area(area, is_without=True)
            return
        self.findings.add(
            "1 row names no service and was passed over",
            "{} rows name no service and were passed over",
            place,
            fix="write the service's name in each row, or remove the row",
        )

    def note_area(self, area: tuple[CellValue, Place], *, is_without: bool) -> None:
        """Look at an area that no service is given to; list it where it is said to have none."""
        for piece, where in self._pieces([area]):
            if is_without and piece.match.code is not None and piece.match.suggestion:
                self.without.setdefault(piece.match.suggestion, where)

    def _entry(self, name: str, telling: Mapping[str, object], place: Place) -> ServiceEntry:
        """The entry of a service: told apart by its name, its provider and its dates.

        Rows of one name that say nothing different belong to one service.
        """
        told = (str(telling.get(f, "")).casefold() for f in _TELLING_ALONE)
        key = (name.casefold(), *told)
        if key not in self._by_key:
            known = self._keys.setdefault(key[0], [])
            same = [k for k in known if _agree(k, key)]
            if len(same) == 1:
                key = self._joined(same[0], key)
            else:
                self.entries.append(ServiceEntry(name, place))
                self._by_key[key] = self.entries[-1]
                known.append(key)
        return self._by_key[key]

    def _joined(self, known: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
        """Know a service by all that its rows say together."""
        both = tuple(a or b for a, b in zip(known, new, strict=True))
        entry = self._by_key.pop(known)
        keys = self._keys[known[0]]
        keys[keys.index(known)] = both
        self._by_key[both] = entry
        return both

    def _fill(self, entry: ServiceEntry, said: Mapping[str, tuple[object, Place]]) -> None:
        for field_name, (value, place) in said.items():
            if isinstance(value, tuple):
                for one in value:
                    entry.also(field_name, one, place)
            elif not entry.say(field_name, value, place):
                self.findings.add(
                    "1 cell says otherwise than the first row of its service; we used the first",
                    "{} cells say otherwise than the first row of their service; we used the first",
                    place,
                    fix="make the rows of a service agree",
                )

    def place_areas(self, entry: ServiceEntry, areas: list[tuple[CellValue, Place]]) -> None:
        """Give a service the areas that its cells name."""
        for piece, place in self._pieces(areas):
            if piece.is_region:
                entry.whole_region = True
            elif piece.is_unknown or piece.match.suggestion is None:
                entry.unplaced.append(piece.text)
            else:
                entry.areas.setdefault(piece.match.suggestion, place)

    def _pieces(self, areas: list[tuple[CellValue, Place]]) -> list[tuple[Piece, Place]]:
        """What the cells of a row name. Beside a name, a code that is not known does no harm."""
        found = [
            (p, place) for v, place in areas if not is_not_stated(v) for p in self.cells.read(v)
        ]
        other = len(areas) > 1 and any(not _is_code(p.text) for p, _ in found)
        kept = []
        for piece, place in found:
            if other and piece.is_unknown and _is_code(piece.text):
                continue
            if piece.is_unknown or piece.is_short:
                self.cells.note(piece, place)
            kept.append((piece, place))
        return kept

    def _said(
        self, table: Table, columns: Columns, row: int, orders: Mapping[str, Order]
    ) -> Iterator[tuple[str, tuple[object, Place]]]:
        """What a row says, field by field, with its place; what is blank is left out."""
        values = table.rows[row]
        for meaning in columns.by_meaning:
            column = columns.one(meaning)
            if column is None or meaning in (NAME, AREAS) or is_not_stated(values[column]):
                continue
            place = table.place(row, column)
            cell = FieldCell(values[column], place, table.columns[column], orders.get(meaning))
            for name, value in self.fields.read(meaning, cell):
                yield name, (value, place)

    def _funding(self, entry: ServiceEntry, table: Table, columns: Columns, row: int) -> None:
        """Who pays, and how much, from one row."""
        values = table.rows[row]
        who, much = columns.one("funder"), columns.one("amount")
        funder = text_of(values[who]) if who is not None else ""
        amount: object = NOT_STATED
        currency = NOT_STATED
        if much is not None and not is_not_stated(values[much]):
            money = read_money(values[much])
            if money is None:
                self.fields.unread(
                    "amount", "amounts", table.place(row, much), text_of(values[much])
                )
            else:
                amount, currency = money.amount, money.currency or NOT_STATED
        if is_not_stated(funder):
            funder = NOT_STATED
        if funder != NOT_STATED or amount != NOT_STATED:
            column = who if who is not None else much
            entry.also("funding", (funder, amount, currency), table.place(row, column))


def _order(table: Table, columns: Columns, meaning: str, findings: Findings) -> Order:
    """Which number is the day in a column of dates."""
    column = columns.one(meaning)
    if column is None:
        return Order.DAY_FIRST
    order, mixed = column_order(table.values(column))
    if mixed:
        findings.add(
            "1 column has dates with the day first and with the month first",
            "{} columns have dates with the day first and with the month first",
            table.header_place(column),
            table.columns[column],
            "write the month as a word",
        )
    return order


def _names(raw: CellValue, area_columns: int) -> list[str]:
    """The services that a cell names: several where they are parted by lines or semicolons."""
    if is_not_stated(raw):
        return []
    parts = re.split(r"\s*[;\n]\s*", clean(raw)) if isinstance(raw, str) else [text_of(raw)]
    return [name for p in parts if (name := " ".join(p.split()))]


def _is_remark(values: Sequence[CellValue], names: Sequence[str]) -> bool:
    """Whether a row is a remark below a list: one cell alone, with a source or a long text."""
    filled = [v for v in values if is_filled(v)]
    if len(filled) != 1 or len(values) < 2:
        return False
    text = text_of(filled[0])
    return bool(_REMARK.match(text)) or len(text) > _LONG_ROW


def _agree(known: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Whether two keys say nothing different: where both say something, it is the same."""
    return all(a == b or not a or not b for a, b in zip(known[1:], new[1:], strict=True))


def _is_code(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z]?\d{2,9}[A-Za-z]{0,2}", text) is not None
