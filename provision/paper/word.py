"""A document for Word: headings, captions, pictures, tables and links, in the styles of the house
or of an organisation's own template."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provision.links.query import Query
from provision.paper import brief
from provision.paper.captions import short_caption
from provision.paper.house import word_template
from provision.paper.table import Table
from provision.paper.tables import tables
from provision.paper.view import Kind, View
from provision.paper.views import describe, views
from provision.paper.word_styles import LANGUAGE, added_styles, field, house_styles
from provision.paper.word_table import add_table
from provision.paper.writing import AUTHOR, as_property, clean, dated, stable_zip
from provision.record import Record

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph


class WordPaper:
    """A document in the making: what is written goes at its end."""

    def __init__(self, record: Record, query: Query, template: Path | None = None) -> None:
        from docx import Document as new

        self.record, self.query = record, query
        self.views = views(record, query)
        self.said = {view: describe(record, view) for view in self.views}
        self.told = {view.kind: said for view, said in reversed(self.said.items())}
        self.tables = tables(record, query)
        self.document: Document = word_template(template) if template else new()
        self.numbers = {"Figure": 0, "Table": 0}
        self._styles: dict[str, str | None] = {}
        if not template:
            house_styles(self.document, brief.title(record), record)
        added_styles(self.document)
        self._about()
        self._add("Title", clean(brief.title(record)))
        self._add("Subtitle", brief.dateline(record, query))

    @property
    def width_mm(self) -> float:
        """Between the margins."""
        page = self.document.sections[0]
        width, left, right = page.page_width, page.left_margin, page.right_margin
        assert width is not None and left is not None and right is not None
        return (width - left - right) / 36_000

    def _about(self) -> None:
        about = self.document.core_properties
        about.title, about.subject, about.language = (
            as_property(brief.title(self.record)),
            as_property(self.record.file.region.map_title),
            LANGUAGE,
        )
        about.author = about.last_modified_by = AUTHOR
        about.comments = about.keywords = ""
        about.created = about.modified = dated(self.record)
        about.revision = 1

    def _add(self, style: str, text: str = "") -> Paragraph:
        """A paragraph of a style, of which the id is asked for once: python-docx looks through all
        styles for it, which would take most of the time of a document."""
        from docx.enum.style import WD_STYLE_TYPE

        if style not in self._styles:
            part: Any = self.document.part
            self._styles[style] = part.get_style_id(style, WD_STYLE_TYPE.PARAGRAPH)
        made = self.document.add_paragraph(text)
        made._p.style = self._styles[style]
        return made

    def heading(self, text: str, level: int = 1, *, new_page: bool = False) -> None:
        """A heading; level 2 stands under the last of level 1."""
        made = self.document.add_heading(clean(text), level)
        made.paragraph_format.page_break_before = new_page or None

    def text(self, text: str, *, with_next: bool = False, small: bool = False) -> None:
        """A paragraph; it can be kept on one page with what follows."""
        made = self._add("Small" if small else "Normal", clean(text))
        made.paragraph_format.keep_with_next = with_next or None

    def link(self, before: str, text: str, address: str) -> None:
        """A paragraph that ends with a link."""
        linked(self.document.add_paragraph(clean(before)), text, address)

    def bullets(self, texts: Iterable[str]) -> None:
        """A list."""
        for text in texts:
            self._add("List Bullet", clean(text))

    def contents(self, titles: Iterable[str]) -> None:
        """A list of contents that Word fills with pages when it is asked to; until then it holds
        the titles."""
        field(self.document.add_paragraph("Contents: "), 'TOC \\o "1-1" \\h', "; ".join(titles))

    def figure(self, which: Kind | View) -> None:
        """A view's figure at the width of the text, with alt text, and its caption under it: the
        picture holds neither title nor source, which the caption has."""
        from docx.shared import Mm

        view = which if isinstance(which, View) else View(which, self.query)
        said = self.told[which] if isinstance(which, Kind) else self.said[which]
        holder = self._add("Picture")
        picture = io.BytesIO(brief.picture(self.record, view, "page"))
        shape = holder.add_run().add_picture(picture, width=Mm(min(self.width_mm, 170)))
        about = shape._inline.docPr
        about.set("descr", clean(said.alt))
        about.set("name", f"Figure {self.numbers['Figure'] + 1}")
        under = self.caption("Figure", f"{said.finding}. {short_caption(view, said)}")
        if said.address:
            under.add_run(" ")
            linked(under, "In the explorer", said.address)
            under.add_run(".")

    def caption(self, kind: str, text: str) -> Paragraph:
        """A caption with a number that Word counts itself."""
        self.numbers[kind] += 1
        paragraph = self._add("Caption", f"{kind} ")
        field(paragraph, f"SEQ {kind} \\* ARABIC", str(self.numbers[kind]))
        paragraph.add_run(f". {clean(text)}")
        return paragraph

    def table(self, table: Table, title: str) -> None:
        """A table under its caption, its header repeated on every page."""
        above = self.caption("Table", f"{title}.").paragraph_format
        above.keep_with_next = True
        add_table(self.document, table, title, self.width_mm)

    def save(self) -> bytes:
        """The document as bytes."""
        out = io.BytesIO()
        self.document.save(out)
        return stable_zip(out.getvalue())


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
