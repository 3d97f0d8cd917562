"""The styles of our own Word documents, and those that are added to an organisation's template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provision.paper.writing import clean
from provision.record import Record
from provision.text.wording import edition

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

LANGUAGE = "en-GB"
_FONT, _INK, _MUTED = "Arial", "16202A", "3D4852"
_MARGIN_MM = 20.0
# Size of letters, space above and space below, in points: of Word's own styles that are used, and
# of those that are added.
_STYLES = {
    "Normal": (10.5, 0, 6),
    "Title": (24, 0, 4),
    "Subtitle": (12, 0, 10),
    "Heading 1": (16, 14, 5),
    "Heading 2": (12, 10, 3),
    "Caption": (9, 3, 8),
    "List Bullet": (10.5, 0, 3),
    "Footer": (8.5, 0, 0),
}
_ADDED = {
    "Subtitle": (12, 0, 10),
    "Caption": (9, 3, 8),
    "List Bullet": (10.5, 0, 3),
    "Picture": (10.5, 6, 0),
    "Table text": (8.5, 1, 1),
    "Small": (9, 0, 4),
}


def house_styles(document: Document, title: str, record: Record) -> None:
    """Page, language, styles and foot of a document of our own."""
    from docx.shared import Mm

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
    _language(document)
    foot = page.footer.paragraphs[0]
    foot.text = f"{clean(title)}. {edition(record)}. Page "
    field(foot, "PAGE", "1")


def added_styles(document: Document) -> None:
    """The styles that the briefing needs and the document does not have, on its own Normal."""
    from docx.enum.style import WD_STYLE_TYPE

    names = {style.name for style in document.styles}
    for name, sizes in _ADDED.items():
        if name not in names:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = document.styles["Normal"]
            _sized(style, *sizes)
    document.styles["Picture"].paragraph_format.keep_with_next = True
    if "Table Grid" not in names:
        document.styles.add_style("Table Grid", WD_STYLE_TYPE.TABLE)


def _sized(style: Any, points: float, above: float, below: float) -> None:
    from docx.shared import Pt

    style.font.size = Pt(points)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)


def _styled(
    style: Any, points: float, above: float, below: float, *, bold: bool = False, colour: str = _INK
) -> None:
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    _sized(style, points, above, below)
    style.font.name, style.font.bold, style.font.italic = _FONT, bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.rPr.rFonts
    # a theme's font would win over the one that is named
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
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


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field that Word fills in, with what it holds until then."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made, run, text = OxmlElement("w:fldSimple"), OxmlElement("w:r"), OxmlElement("w:t")
    made.set(qn("w:instr"), instruction)
    text.text = shown
    run.append(text)
    made.append(run)
    paragraph._p.append(made)
