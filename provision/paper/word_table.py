"""A table of a Word document: its header repeated on every page, no cell merged and none empty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from provision.dates import day_words
from provision.paper.sheets import NOT_STATED
from provision.paper.table import Cell, Table
from provision.paper.writing import clean

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Row

_SHADE = "E8ECEF"
# of a table: the width of a letter, the space beside the text, and from where on text wraps
_LETTER_MM, _ROOM_MM, _LONG = 1.8, 4.4, 45


def add_table(document: Document, table: Table, title: str, width_mm: float) -> None:
    """A table at the end of a document, as wide as its text."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Emu

    part: Any = document.part
    style = part.get_style_id("Table text", WD_STYLE_TYPE.PARAGRAPH)  # once, and not for each cell
    made = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    made.autofit = False
    _describe_table(made._tbl, title)
    widths = _widths(table, width_mm)
    heads = [" ".join(c.split()) for c in table.columns]
    _fill(made.rows[0], heads, widths, style, header=True)
    for row in table.rows:
        _fill(made.add_row(), row, widths, style)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Emu(width)


def _describe_table(table: Any, title: str) -> None:
    """What assistive technology calls a table, and that its first row is a header."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = table.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        for name in ("firstColumn", "lastRow", "lastColumn", "noVBand"):
            look.set(qn(f"w:{name}"), "0")
        look.set(qn("w:firstRow"), "1")
    for tag in ("w:tblCaption", "w:tblDescription"):
        said = OxmlElement(tag)
        said.set(qn("w:val"), clean(title))
        properties.append(said)


def _fill(
    row: _Row,
    cells: Sequence[Cell],
    widths: Sequence[int],
    style: str | None,
    *,
    header: bool = False,
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Emu

    properties = row._tr.get_or_add_trPr()
    for tag in ("w:cantSplit", *(("w:tblHeader",) if header else ())):
        properties.append(OxmlElement(tag))
    for cell, value, width in zip(row.cells, cells, widths, strict=True):
        cell.width = Emu(width)
        paragraph = cell.paragraphs[0]
        paragraph._p.style = style
        run = paragraph.add_run(clean(words(value)))
        if header:
            run.bold = True
            shade = OxmlElement("w:shd")
            for name, text in (("val", "clear"), ("color", "auto"), ("fill", _SHADE)):
                shade.set(qn(f"w:{name}"), text)
            cell._tc.get_or_add_tcPr().append(shade)
        elif isinstance(value, (int, float)):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def words(value: Cell) -> str:
    """A cell as people read it; one that has nothing to say holds a dash, so that a screen reader
    says so."""
    match value:
        case None:
            return NOT_STATED
        case "":
            return "–"
        case str():
            return value
        case date():
            return day_words(value)
        case int():
            return f"{value:,}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _widths(table: Table, width_mm: float) -> list[int]:
    """Widths that fill the page: room for the longest word of each column, and the rest by how much
    there is to read."""
    from docx.shared import Mm

    texts = [[words(row[n]) for row in table.rows] for n in range(len(table.columns))]
    # bold
    heads = [1.15 * max((len(word) for word in head.split()), default=0) for head in table.columns]
    least = [
        _ROOM_MM + _LETTER_MM * max([head, *(len(word) for text in own for word in text.split())])
        for head, own in zip(heads, texts, strict=True)
    ]
    most = [
        _ROOM_MM + _LETTER_MM * min(max((len(text) for text in own), default=0), _LONG)
        for own in texts
    ]
    wanted = [max(room - own, 0.0) + 0.1 for room, own in zip(most, least, strict=True)]
    spare = width_mm - sum(least)
    if spare < 0:
        return [Mm(width_mm * own / sum(least)) for own in least]
    return [Mm(own + spare * more / sum(wanted)) for own, more in zip(least, wanted, strict=True)]
