"""A document for Word: page, styles, captions, tables, pictures and links."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from provision.dates import day_words
from provision.links.query import Query
from provision.paper import brief
from provision.paper.captions import short_caption
from provision.paper.sheets import NOT_STATED
from provision.paper.table import Cell, Table
from provision.paper.tables import tables
from provision.paper.view import Kind, View
from provision.paper.views import describe, views
from provision.paper.writing import clean, dated, stable_zip
from provision.record import Record
from provision.text.wording import edition

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Row
    from docx.text.paragraph import Paragraph


LANGUAGE = "en-GB"
_FONT, _INK, _MUTED, _SHADE = "Arial", "16202A", "3D4852", "E8ECEF"
# of a table: the width of a letter, the space beside the text, and from where on text wraps
_LETTER_MM, _ROOM_MM, _LONG = 1.8, 4.4, 45
_WIDTH_MM = 170.0  # between the margins of A4
_MARGIN_MM = 20.0
# Size of letters, space above and space below, in points: of Word's own styles that are used, and
# of those that are added.
_STYLES = {
    "Normal": (10.5, 0, 6),
    "Title": (24, 0, 4),
    "Subtitle": (12, 0, 12),
    "Heading 1": (17, 18, 6),
    "Heading 2": (13, 12, 4),
    "Caption": (9, 4, 10),
    "List Bullet": (10.5, 0, 4),
    "Footer": (8.5, 0, 0),
}
_OWN_STYLES = {"Picture": (10.5, 6, 0), "Table text": (8.5, 1, 1)}


class WordPaper:
    """A document in the making: what is written goes at its end."""

    def __init__(self, record: Record, query: Query) -> None:
        from docx import Document as new

        self.record, self.query = record, query
        self.views = views(record, query)
        self.said = {view: describe(record, view) for view in self.views}
        self.told = {view.kind: said for view, said in reversed(self.said.items())}
        self.tables = tables(record, query)
        self.document: Document = new()
        self.numbers = {"Figure": 0, "Table": 0}
        _set_up(self.document, record)
        self.document.add_paragraph(clean(brief.title(record)), style="Title")
        self.document.add_paragraph(brief.dateline(record, query), style="Subtitle")

    def heading(self, text: str, level: int = 1) -> None:
        """A heading; level 2 stands under the last of level 1."""
        self.document.add_heading(clean(text), level)

    def text(self, text: str, *, with_next: bool = False) -> None:
        """A paragraph; it can be kept on one page with what follows."""
        self.document.add_paragraph(clean(text)).paragraph_format.keep_with_next = with_next or None

    def link(self, before: str, text: str, address: str) -> None:
        """A paragraph that ends with a link."""
        linked(self.document.add_paragraph(clean(before)), text, address)

    def bullets(self, texts: Iterable[str]) -> None:
        """A list."""
        for text in texts:
            self.document.add_paragraph(clean(text), style="List Bullet")

    def figure(self, which: Kind | View) -> None:
        """A view's figure at the width of the page, with alt text, and its caption under it."""
        from docx.shared import Mm

        view = which if isinstance(which, View) else View(which, self.query)
        said = self.told[which] if isinstance(which, Kind) else self.said[which]
        holder = self.document.add_paragraph(style="Picture")
        shape = holder.add_run().add_picture(
            io.BytesIO(brief.picture(self.record, view, "page")), width=Mm(_WIDTH_MM)
        )
        about = shape._inline.docPr
        about.set("descr", clean(said.alt))
        about.set("name", f"Figure {self.numbers['Figure'] + 1}")
        under = self.caption("Figure", f"{short_caption(view, said)} ")
        if said.address:
            linked(under, "In the explorer", said.address)
            under.add_run(".")
        else:
            under.add_run(clean(f"In the explorer: {said.link}"))

    def caption(self, kind: str, text: str) -> Paragraph:
        """A caption with a number that Word counts itself."""
        self.numbers[kind] += 1
        paragraph = self.document.add_paragraph(f"{kind} ", style="Caption")
        _field(paragraph, f"SEQ {kind} \\* ARABIC", str(self.numbers[kind]))
        paragraph.add_run(f". {clean(text)}")
        return paragraph

    def table(self, table: Table, title: str, caption: str = "") -> None:
        """A table under its caption, its header repeated on every page."""
        from docx.shared import Emu, Pt

        above = self.caption("Table", caption or f"{title}.").paragraph_format
        above.keep_with_next, above.space_before, above.space_after = True, Pt(14), Pt(4)
        made = self.document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
        made.autofit = False
        _describe_table(made._tbl, title)
        widths = _widths(table)
        _fill(made.rows[0], [" ".join(c.split()) for c in table.columns], widths, header=True)
        for row in table.rows:
            _fill(made.add_row(), row, widths)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Emu(width)

    def save(self) -> bytes:
        """The document as bytes."""
        out = io.BytesIO()
        self.document.save(out)
        return stable_zip(out.getvalue())


def _set_up(document: Document, record: Record) -> None:
    """Properties, page, language and styles."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    about = document.core_properties
    about.title, about.subject, about.language = (
        clean(brief.title(record)),
        clean(record.file.region.map_title),
        LANGUAGE,
    )
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = dated(record)
    about.revision = 1
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(_MARGIN_MM)
    for name, sizes in _STYLES.items():
        _styled(
            document.styles[name],
            *sizes,
            bold=name.startswith(("Title", "Heading")),
            colour=_MUTED if name == "Subtitle" else _INK,
        )
    for name, sizes in _OWN_STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        _styled(style, *sizes)
    document.styles["Picture"].paragraph_format.keep_with_next = True
    _language(document)
    foot = page.footer.paragraphs[0]
    foot.text = f"{clean(brief.title(record))}. {edition(record)}. Page "
    foot.alignment = WD_ALIGN_PARAGRAPH.LEFT
    _field(foot, "PAGE", "1")


def _styled(
    style: Any, points: float, above: float, below: float, *, bold: bool = False, colour: str = _INK
) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.bold, style.font.italic = (
        _FONT,
        Pt(points),
        bold,
        False,
    )
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.rPr.rFonts
    # a theme's font would win over the one that is named
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
    for border in style.element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
        break


def _language(document: Document) -> None:
    from docx.oxml.ns import qn

    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    settings = document.settings.element
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)


def _field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field that Word fills in, with what it holds until then."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field, run, text = OxmlElement("w:fldSimple"), OxmlElement("w:r"), OxmlElement("w:t")
    field.set(qn("w:instr"), instruction)
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def linked(paragraph: Paragraph, text: str, address: str) -> None:
    """A link that can be followed, at the end of a paragraph."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link, run = OxmlElement("w:hyperlink"), paragraph.add_run(clean(text))
    link.set(
        qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    )
    run.underline = True
    link.append(run._r)
    paragraph._p.append(link)


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


def _fill(row: _Row, cells: Sequence[Cell], widths: Sequence[int], *, header: bool = False) -> None:
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
        paragraph.style = "Table text"
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


def _widths(table: Table) -> list[int]:
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
    spare = _WIDTH_MM - sum(least)
    if spare < 0:
        return [Mm(_WIDTH_MM * own / sum(least)) for own in least]
    return [Mm(own + spare * more / sum(wanted)) for own, more in zip(least, wanted, strict=True)]
