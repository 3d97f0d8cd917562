"""A page of text in plain blocks, written as Markdown and as a Word file, so that the two cannot
disagree.

Text is text in both: what somebody typed becomes no markup, no link and no HTML. The Word file is
accessible by Word's own rules: a title, headings, real lists, tables with header rows and a
description, British English as its language. Both depend on nothing but the blocks."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from provision.paper.writing import clean, stable_zip

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_MARGIN_MM = 14
# style, size, space before and after, all in points
_TYPE = (
    ("Normal", 9.5, 0, 2),
    ("Title", 17, 0, 2),
    ("Heading 1", 11.5, 5, 1),
    ("Heading 2", 10, 3, 1),
    ("Caption", 7.5, 2, 0),
)

# points that a letter of a wide type takes at most on average, and a cell beside its words
_LETTER, _PADDING = 5.6, 12


@dataclass(frozen=True)
class Run:
    """Text, and where it leads: an address of the web, or nothing."""

    text: str
    address: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; level 0 is the page's title."""

    text: str
    level: int


@dataclass(frozen=True)
class Text:
    """A paragraph; ``small`` for what stands at the foot of a page."""

    line: Line
    small: bool = False


@dataclass(frozen=True)
class Items:
    """A list, numbered or not; a page has one that is numbered, since Word would count on in a
    second."""

    lines: tuple[Line, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Grid:
    """A table with one row of headers. ``says`` describes it for whoever cannot see it."""

    says: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Text | Items | Grid


def words(text: str) -> Text:
    """A paragraph of nothing but text."""
    return Text((Run(text),))


# Markdown

# the last two: what looks like an address
_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~&$@]|(?<=\w)\.(?=[^\W\d_])|:(?=//)")
_BEGINS = re.compile(r"^([-+=:]|\d{1,9}(?=[.)]))")


def to_markdown(blocks: Sequence[Block]) -> str:
    """The blocks as Markdown (CommonMark with tables, as GitHub and pandoc read it)."""
    return "\n\n".join(map(_markdown, blocks)) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown reads as the same text, wherever in a line it stands.

    >>> escaped("1. *Alder* <b>, see http://x.example")
    '1\\\\. \\\\*Alder\\\\* \\\\<b\\\\>, see http\\\\://x\\\\.example'
    """
    marked = _MARKS.sub(r"\\\g<0>", " ".join(clean(text).split()))
    begun = _BEGINS.match(marked)
    if not begun:
        return marked
    return f"{begun[0]}\\{marked[len(begun[0]) :]}" if begun[0].isdigit() else f"\\{marked}"


def _markdown(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * (level + 1)} {escaped(text)}"
        case Text(line, _):
            return _line(line)
        case Items(lines, numbered):
            return "\n".join(
                f"{f'{n}.' if numbered else '-'} {_line(line)}" for n, line in enumerate(lines, 1)
            )
        case Grid(_, columns, rows):
            return "\n".join(
                f"| {' | '.join(cells)} |"
                for cells in (
                    map(escaped, columns),
                    ("---",) * len(columns),
                    *(map(escaped, row) for row in rows),
                )
            )


def _line(line: Line) -> str:
    """Runs, parted by a blank."""
    return " ".join(
        f"[{escaped(run.text)}](<{_safe(run.address)}>)" if run.address else escaped(run.text)
        for run in line
    )


def _safe(address: str) -> str:
    """An address that nothing can break out of."""
    return re.sub(
        r"[^!-~]|[<>\\`\"]",
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()),
        address,
    )


# Word


def to_docx(blocks: Sequence[Block], title: str, when: datetime) -> bytes:
    """The blocks as a Word file on A4. ``when`` is the date in its properties: the blocks' own,
    never the clock's."""
    from docx import Document as new

    document = new()
    _set_up(document, clean(title), when)
    for block in blocks:
        _write(document, block)
    out = io.BytesIO()
    document.save(out)
    return stable_zip(out.getvalue())


def _set_up(document: Document, title: str, when: datetime) -> None:
    """Paper, type and properties."""
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(
        _MARGIN_MM
    )
    styles: Any = document.styles
    for name, size, before, after in _TYPE:
        style = styles[name]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0x11, 0x11, 0x11)
        style.paragraph_format.space_before, style.paragraph_format.space_after = (
            Pt(before),
            Pt(after),
        )
        style.paragraph_format.line_spacing = 1.0
    styles["Caption"].font.bold = False
    _language(styles.element)
    own = document.core_properties
    own.title, own.language, own.author, own.last_modified_by, own.comments = (
        title[:255],
        "en-GB",
        "",
        "",
        "",
    )
    own.created = own.modified = when.replace(tzinfo=None)
    own.revision = 1


def _language(styles: Any) -> None:
    """British English as the language of everything."""
    from docx.oxml.ns import qn

    for lang in styles.iter(qn("w:lang")):
        lang.set(qn("w:val"), "en-GB")


def _write(document: Document, block: Block) -> None:
    match block:
        case Heading(text, level):
            document.add_heading(clean(text), level)
        case Text(line, small):
            _fill(document.add_paragraph(style="Caption" if small else None), line)
        case Items(lines, numbered):
            for line in lines:
                paragraph = document.add_paragraph(
                    style="List Number" if numbered else "List Bullet"
                )
                paragraph.paragraph_format.space_after = 0
                _fill(paragraph, line)
        case Grid():
            _table(document, block)


def _fill(paragraph: Paragraph, line: Line) -> None:
    for n, run in enumerate(line):
        if n:
            paragraph.add_run(" ")
        if run.address:
            _linked(paragraph, run)
        else:
            paragraph.add_run(clean(run.text))


def _linked(paragraph: Paragraph, run: Run) -> None:
    """Text that leads somewhere, underlined as links are."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    link = OxmlElement("w:hyperlink")
    link.set(
        qn("r:id"),
        paragraph.part.relate_to(_safe(run.address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True),
    )
    written = paragraph.add_run(clean(run.text))
    written.font.underline, written.font.color.rgb = True, RGBColor(0x0B, 0x3D, 0x91)
    link.append(written._r)
    paragraph._p.append(link)


def _table(document: Document, grid: Grid) -> None:
    """A table whose header row Word repeats on every page, and reads out as such."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    table = document.add_table(rows=0, cols=len(grid.columns), style="Table Grid")
    for n, row in enumerate((grid.columns, *grid.rows)):
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            paragraph.add_run(clean(text)).bold = n == 0
    _widths(document, table, grid)
    first: Any = table.rows[0]
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    first._tr.get_or_add_trPr().append(repeated)
    described = OxmlElement("w:tblDescription")
    described.set(qn("w:val"), clean(grid.says))
    table._tbl.tblPr.append(described)
    after = document.add_paragraph()  # Word parts a table from what follows by a paragraph
    after.paragraph_format.space_after, after.paragraph_format.line_spacing = Pt(0), Pt(4)


def _widths(document: Document, table: Table, grid: Grid) -> None:
    """Columns as wide as their longest words, so that none is broken; what is left goes where there
    is more to hold, within reason."""
    from docx.shared import Length, Pt

    page = document.sections[0]
    columns = list(zip(grid.columns, *grid.rows, strict=True))
    least = [
        int(Pt(_LETTER) * max(len(word) for cell in column for word in [*cell.split(), ""]))
        + Pt(_PADDING)
        for column in columns
    ]
    wanted = [min(max(map(len, column)), 60) for column in columns]
    whole = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    spare = max(whole - sum(least), 0)
    table.autofit = False
    for n, share in enumerate(wanted):
        wide = least[n] * min(whole, sum(least)) // sum(least) + spare * share // max(
            sum(wanted), 1
        )
        for cell in (table.columns[n], *table.columns[n].cells):
            cell.width = Length(wide)
