"""An organisation's own template for a document or for slides: opened, checked for what the
briefing needs, and emptied of what it held."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provision.english import listing
from provision.io.files import display

if TYPE_CHECKING:
    from docx.document import Document
    from pptx.presentation import Presentation
    from pptx.slide import SlideLayout

STYLES = ("Title", "Heading 1", "Heading 2")  # without which a document has no order
# What a layout is for, by the kind that PowerPoint gives it: title, title and content, title only.
LAYOUTS = {"title": "Title Slide", "obj": "Title and Content", "titleOnly": "Title Only"}


def word_template(file: Path) -> Document:
    """A Word file as an empty document with its styles, page, header and footer.

    Raises
    ------
    LookupError
        Where it cannot be read, is no Word document, or lacks a style.
    """
    from docx import Document as read

    document: Document = _opened(file, read, "a Word document (.docx)")
    names = {style.name for style in document.styles}
    lacking = [name for name in STYLES if name not in names]
    if lacking:
        raise LookupError(_lacks(file, "style", lacking))
    body = document.element.body
    for element in list(body):
        if not element.tag.endswith("}sectPr"):
            body.remove(element)
    return document


def slide_template(file: Path) -> Presentation:
    """A PowerPoint file without its slides, with its layouts.

    Raises
    ------
    LookupError
        Where it cannot be read, is no presentation, or lacks a layout.
    """
    from pptx import Presentation as read

    deck: Presentation = _opened(file, read, "a PowerPoint presentation (.pptx)")
    lacking = [name for kind, name in LAYOUTS.items() if kind not in layouts(deck)]
    if lacking:
        raise LookupError(_lacks(file, "layout", lacking))
    slides = deck.slides._sldIdLst
    for slide in list(slides):
        deck.part.drop_rel(slide.rId)
        slides.remove(slide)
    return deck


def layouts(deck: Presentation) -> dict[str, SlideLayout]:
    """The first layout of each kind, by PowerPoint's own word for it or by its usual name."""
    found: dict[str, SlideLayout] = {}
    for layout in deck.slide_layouts:
        kind = layout._element.get("type", "")
        named = next((k for k, name in LAYOUTS.items() if name == layout.name), "")
        for own in (named, kind):
            if own in LAYOUTS:
                found.setdefault(own, layout)
    return found


def _opened(file: Path, read: Callable[[str], Any], what: str) -> Any:
    from docx.opc.exceptions import PackageNotFoundError
    from pptx.exc import PackageNotFoundError as NoPresentation

    if not file.is_file():
        raise LookupError(f"there is no template {display(file)}; give the path of {what}")
    try:
        return read(str(file))
    except (
        *(PackageNotFoundError, NoPresentation, ValueError, KeyError, OSError),
        *(zipfile.BadZipFile, SyntaxError),  # lxml's own is one of these
    ) as error:
        raise LookupError(
            f"the template {display(file)} is not {what}; open it there and save it as that"
        ) from error


def _lacks(file: Path, what: str, names: list[str]) -> str:
    named = listing(f"“{name}”" for name in names)
    return f"the template {display(file)} has no {what} {named}; add what is missing by that name"
