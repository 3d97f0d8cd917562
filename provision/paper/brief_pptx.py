"""The briefing as slides: one a view, each with its own title, a picture with alt text, and what to
say with its sources in the notes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from provision.links.query import Query
from provision.paper import brief
from provision.paper.figures import SIZES
from provision.paper.tables import tables
from provision.paper.view import Kind, View
from provision.paper.views import Described, describe, views
from provision.paper.writing import clean, dated, stable_zip
from provision.record import Record
from provision.text.wording import edition

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

_FONT, _INK = "Arial", (0x16, 0x20, 0x2A)
_WIDTH_MM, _HEIGHT_MM, _EDGE_MM = 338.667, 190.5, 14.0
# of the figure: what it is drawn at for a slide of its own, to leave room for the title and a
# sentence
_SCALE = 0.87
_DPI = 150  # 2,000 pixels across: no less than a projector has
_TITLE_PT, _TEXT_PT, _LEAST_PT = 26, 20, 18
_LINE_PT = 1_550  # a line of bold letters: how many, times their size
_SAID_PT = (18, 16, 14)  # of the sentence over a figure, the first at which it fits
_SAID_MM, _SAID_LINE_PT = 25.0, 1_750  # its height; a line of letters: how many, times their size
_LEADING_MM = 1.2 * 25.4 / 72  # from line to line, for a point of their letters
_LINES, _LETTERS = 14, 95  # of a slide of text

_TITLE_SLIDE, _TITLE_AND_TEXT = "Title Slide", "Title and Content"


def brief_pptx(record: Record, query: Query) -> bytes:
    """The briefing on a view as PPTX, 16:9. The same record and view give the same bytes."""
    deck = _Deck(record)
    deck.opening(brief.title(record), [brief.dateline(record, query), record.file.region.caveat])
    for view in views(record, query):
        deck.view(view, describe(record, view))
    deck.points(
        "What the source does not say",
        brief.not_stated(record, query),
        "What is not stated is never counted as none, and never as covered.",
    )
    disputes = [d for d in brief.disputes(tables(record, query)) if "counts" in d.touches]
    said = "\n\n".join(
        f"{d.title}. {brief.statements(record, d)} Done here: {d.done_here} What it would change:"
        f" {d.changes}"
        for d in disputes
    )
    deck.points(
        "Where the source disagrees with itself on what is counted",
        [f"{d.title}. {d.done_here}" for d in disputes],
        said,
    )
    documents = [f"{s.title}. {s.publisher}, {s.date}." for s in record.file.sources]
    figures = dict.fromkeys(
        f"{i.source.title}. {i.source.publisher}, {i.date}. {i.source.attribution}"
        for i in record.indicators
    )
    outlines = [
        (
            f"Outlines: {record.origin.attribution}"
            if record.origin
            else "The origin of the boundaries is not stated."
        )
    ]
    deck.points("Sources and licences", [*documents, *figures, *outlines], f"{edition(record)}.")
    return deck.save()


class _Deck:
    """Slides in the making: each goes at the end."""

    def __init__(self, record: Record) -> None:
        from pptx import Presentation as new

        self.record = record
        self.deck: Presentation = new()
        self.titles: set[str] = set()
        _set_up(self.deck, record)
        self.layouts = {layout.name: layout for layout in self.deck.slide_layouts}

    def opening(self, title: str, lines: Sequence[str]) -> None:
        """The first slide."""
        slide = self._slide(_TITLE_SLIDE, title)
        _write(slide.placeholders[1], lines, _TEXT_PT)
        _note(slide, [title, *lines])

    def view(self, view: View, said: Described) -> None:
        """A slide with a view's figure below its title and its sentence, if there is room; the
        notes hold it, with its sources."""
        from pptx.util import Mm

        when = f"{'From' if view.kind is Kind.CALENDAR else 'As at'} {said.as_at}."
        slide = self._slide(
            _TITLE_AND_TEXT, f"{said.title}, in tiles" if view.kind is Kind.TILES else said.title
        )
        place = slide.placeholders[1]
        place.left, place.top, place.width, place.height = (
            Mm(_EDGE_MM),
            Mm(17),
            Mm(_WIDTH_MM - 2 * _EDGE_MM),
            Mm(_SAID_MM),
        )
        _write(place, *_line(when, said))
        image = io.BytesIO(brief.picture(self.record, view, "slide", _DPI))
        width, height = SIZES["slide"].width * _SCALE, SIZES["slide"].height * _SCALE
        # the figure's own head, which the slide's title stands for
        head = 1 - SIZES["slide"].head.bottom / SIZES["slide"].height
        top = _HEIGHT_MM - height * (1 - head)
        shape = slide.shapes.add_picture(
            image, Mm((_WIDTH_MM - width) / 2), Mm(top), Mm(width), Mm(height * (1 - head))
        )
        shape.crop_top = head
        about: Any = shape._element._nvXxPr.cNvPr
        about.set("descr", clean(said.alt))
        about.set("name", "Figure")
        _note(
            slide,
            [
                said.sentence,
                said.rule,
                said.source,
                *said.licence,
                f"{said.edition}. In the explorer: {said.where}",
            ],
        )

    def points(self, title: str, points: Iterable[str], said: str) -> None:
        """As many slides as the points need, each with a title of its own."""
        for n, page in enumerate(_pages(list(points)), 1):
            slide = self._slide(_TITLE_AND_TEXT, title if n == 1 else f"{title}, continued ({n})")
            _write(slide.placeholders[1], page, _LEAST_PT, bulleted=True)
            _note(slide, [said, *page])

    def _slide(self, layout: str, title: str) -> Slide:
        slide: Slide = self.deck.slides.add_slide(self.layouts[layout])
        own, n = clean(title), 1
        while own in self.titles:  # two themes may be called the same
            n += 1
            own = f"{clean(title)} ({n})"
        self.titles.add(own)
        _write(
            slide.shapes.title,
            [own],
            max(_LEAST_PT, min(_TITLE_PT, _LINE_PT // len(own))),
            bold=True,
        )
        return slide

    def save(self) -> bytes:
        """The slides as bytes."""
        out = io.BytesIO()
        self.deck.save(out)
        return stable_zip(out.getvalue())


def _line(when: str, said: Described) -> tuple[list[str], int]:
    """What stands under the title, and the size of its letters: the sentence, with the date, if the
    sentence does not say it; the date alone, where no size that can be read has room for the
    sentence."""
    text = said.sentence if said.as_at in said.sentence else f"{when} {said.sentence}"
    for points in _SAID_PT:
        if len(wrap(text, _SAID_LINE_PT // points)) * points * _LEADING_MM <= _SAID_MM:
            return [text], points
    return [when], _LEAST_PT


def _pages(points: list[str]) -> list[list[str]]:
    """Points by slide, so that each has room; a point that is longer than a slide has one of its
    own."""
    pages: list[list[str]] = []
    room = 0
    for point in points:
        lines = 1 + len(point) // _LETTERS
        if lines > room:
            pages.append([])
            room = _LINES
        pages[-1].append(point)
        room -= lines
    return pages


def _set_up(deck: Presentation, record: Record) -> None:
    """Properties, and the template's layouts at 16:9; those that are not used are taken out."""
    from pptx.util import Mm

    about = deck.core_properties
    about.title, about.subject, about.language = (
        clean(brief.title(record)),
        clean(record.file.region.map_title),
        "en-GB",
    )
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = dated(record)
    about.revision = 1
    deck.slide_width, deck.slide_height = Mm(_WIDTH_MM), Mm(_HEIGHT_MM)
    for layout in list(deck.slide_layouts):
        if layout.name not in (_TITLE_SLIDE, _TITLE_AND_TEXT):
            deck.slide_layouts.remove(layout)
    for sheet in (deck.slide_master, *deck.slide_layouts):
        for place in list(sheet.placeholders):
            _place(place, sheet.name == _TITLE_SLIDE)


def _place(place: Any, opening: bool) -> None:
    """Where a placeholder of the template goes on a wide slide. Date, foot and number are taken
    out: nothing is written there."""
    from pptx.enum.shapes import PP_PLACEHOLDER
    from pptx.util import Mm

    kind = place.placeholder_format.type
    if kind in (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
        place._element.getparent().remove(place._element)
        return
    title = kind in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
    top, height = (
        ((55, 40) if title else (98, 60)) if opening else ((5, 14) if title else (28, 155))
    )
    place.left, place.top, place.width, place.height = (
        Mm(_EDGE_MM),
        Mm(top),
        Mm(_WIDTH_MM - 2 * _EDGE_MM),
        Mm(height),
    )


def _write(
    place: Any, lines: Sequence[str], points: int, *, bold: bool = False, bulleted: bool = False
) -> None:
    """Paragraphs in a placeholder, to the left, in the document's language."""
    from pptx.dml.color import RGBColor
    from pptx.enum.lang import MSO_LANGUAGE_ID
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
    from pptx.util import Pt

    frame = place.text_frame
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = (
        True,
        MSO_AUTO_SIZE.NONE,
        MSO_ANCHOR.TOP,
    )
    for n, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_before, paragraph.space_after = (
            PP_ALIGN.LEFT,
            Pt(0),
            Pt(4),
        )
        if not bulleted:
            _no_bullet(paragraph)
        run = paragraph.add_run()
        run.text = clean(line)
        run.font.name, run.font.size, run.font.bold = _FONT, Pt(points), bold
        run.font.color.rgb = RGBColor(*_INK)  # type: ignore[no-untyped-call]
        run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK


def _no_bullet(paragraph: Any) -> None:
    from pptx.oxml.ns import qn

    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", "0")
    properties.set("indent", "0")
    properties.insert_element_before(
        properties.makeelement(qn("a:buNone"), {}), "a:tabLst", "a:defRPr", "a:extLst"
    )


def _note(slide: Slide, lines: Iterable[str]) -> None:
    """What the speaker says, and what it rests on."""
    from pptx.enum.lang import MSO_LANGUAGE_ID

    frame = slide.notes_slide.notes_text_frame
    assert frame is not None
    frame.text = "\n".join(clean(line) for line in lines if line)
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
