"""Slides in the making, through the layouts of the house or of an organisation's own template: what
a slide says stands in its placeholders, in their type."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provision.paper import brief
from provision.paper.house import layouts, slide_template
from provision.paper.house_slides import house_slides
from provision.paper.view import View
from provision.paper.views import Described
from provision.paper.writing import AUTHOR, as_property, clean, dated, stable_zip
from provision.record import Record

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

_DPI = 170  # of a picture: more pixels across than most projectors have
_SOURCE_PT = 12
_LINES, _LETTERS = 12, 88  # of a slide of text


class Deck:
    """Slides in the making: each goes at the end."""

    def __init__(self, record: Record, template: Path | None = None) -> None:
        from pptx import Presentation as new

        self.record = record
        self.deck: Presentation = slide_template(template) if template else new()
        self.titles: set[str] = set()
        if not template:
            house_slides(self.deck)
        self.layouts = layouts(self.deck)
        self._about()

    def _about(self) -> None:
        about, record = self.deck.core_properties, self.record
        about.title, about.subject, about.language = (
            as_property(brief.title(record)),
            as_property(record.file.region.map_title),
            "en-GB",
        )
        about.author = about.last_modified_by = AUTHOR
        about.comments = about.keywords = ""
        about.created = about.modified = dated(record)
        about.revision = 1

    def opening(self, title: str, lines: Sequence[str]) -> None:
        """The first slide."""
        slide = self._slide("title", title)
        places = [p for p in slide.placeholders if p.placeholder_format.idx != 0]
        if places:
            _write(places[0], lines)
        _note(slide, [title, *lines])

    def view(self, view: View, said: Described) -> None:
        """A slide with a view's figure, its source in a line under it; the notes hold the sentence
        and the rest."""
        from pptx.util import Emu, Pt

        slide = self._slide("titleOnly", said.finding or said.title)
        left, top, width, height = self._room(slide)
        line = Pt(_SOURCE_PT * 1.25)
        picture = io.BytesIO(brief.picture(self.record, view, "slide", _DPI))
        shape = slide.shapes.add_picture(picture, left, top)
        scale = min(width / shape.width, (height - 2 * line) / shape.height)
        shape.width, shape.height = Emu(shape.width * scale), Emu(shape.height * scale)
        shape.left = Emu(left + (width - shape.width) // 2)
        about: Any = shape._element._nvXxPr.cNvPr
        about.set("descr", clean(said.alt))
        about.set("name", "Figure")
        when = f"{'From' if view.kind == 'calendar' else 'As at'} {said.as_at}."
        under = slide.shapes.add_textbox(left, Emu(top + height - 2 * line), width, Emu(2 * line))
        under.text_frame.word_wrap = True
        _write(under, [f"{said.title}. {when}"], points=_SOURCE_PT)
        self._number(slide)
        where = f"{said.edition}. In the explorer: {said.where}"
        _note(slide, [said.sentence, said.rule, said.source, *said.licence, where])

    def points(self, title: str, points: Iterable[str], said: str, *, most: int = 9) -> None:
        """As many slides as the points need, at most ``most``, each with a title of its own; what
        has no room is in the notes."""
        every = _pages(list(points))
        for n, page in enumerate(every[:most], 1):
            slide = self._slide("obj", title if n == 1 else f"{title}, continued ({n})")
            places = [p for p in slide.placeholders if p.placeholder_format.idx == 1]
            rest = [point for later in every[most:] for point in later] if n == most else []
            more = [*page, *(["More in the notes."] if rest else [])]
            if places:
                _write(places[0], more)
            self._number(slide)
            _note(slide, [said, *page, *rest])

    def _room(self, slide: Slide) -> tuple[Any, Any, Any, Any]:
        """What the layout for title and content leaves to its content."""
        from pptx.util import Emu

        places = {p.placeholder_format.idx: p for p in list(self.layouts["obj"].placeholders)}
        place = places.get(1)
        if place is not None and place.width and place.height:
            return place.left, place.top, place.width, place.height
        wide, high = self.deck.slide_width or 0, self.deck.slide_height or 0
        return Emu(wide // 20), Emu(high // 5), Emu(wide * 9 // 10), Emu(high * 7 // 10)

    def _slide(self, layout: str, title: str) -> Slide:
        slide: Slide = self.deck.slides.add_slide(self.layouts[layout])
        own, n = clean(title), 1
        while own in self.titles:  # two themes may be called the same
            n += 1
            own = f"{clean(title)} ({n})"
        self.titles.add(own)
        _write(slide.shapes.title, [own])
        return slide

    def _number(self, slide: Slide) -> None:
        """The number of a slide, where its layout has one."""
        from pptx.enum.shapes import PP_PLACEHOLDER

        for place in list(slide.slide_layout.placeholders):
            if place.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
                own = copy.deepcopy(place._element)
                own.nvSpPr.cNvPr.set("id", str(1 + max(s.shape_id for s in slide.shapes)))
                slide.shapes._spTree.append(own)

    def save(self) -> bytes:
        """The slides as bytes."""
        out = io.BytesIO()
        self.deck.save(out)
        return stable_zip(out.getvalue())


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


def _write(place: Any, lines: Sequence[str], points: int = 0) -> None:
    """Paragraphs in a place, in the document's language; ``points`` for what no layout has."""
    from pptx.enum.lang import MSO_LANGUAGE_ID
    from pptx.util import Pt

    frame = place.text_frame
    for n, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = clean(line)
        run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
        if points:
            run.font.size = Pt(points)


def _note(slide: Slide, lines: Iterable[str]) -> None:
    """What the speaker says, and what it rests on."""
    from pptx.enum.lang import MSO_LANGUAGE_ID

    frame = slide.notes_slide.notes_text_frame
    if frame is None:
        return
    frame.text = "\n".join(clean(line) for line in lines if line)
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
