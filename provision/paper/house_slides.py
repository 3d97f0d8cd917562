"""The layouts of our own slides, 16:9: where their placeholders stand, and in which type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provision.paper.house import LAYOUTS

if TYPE_CHECKING:
    from pptx.presentation import Presentation

_WIDTH_MM, _HEIGHT_MM, _EDGE_MM = 338.667, 190.5, 14.0
_FONT, _INK = "Arial", "16202A"
_TITLE_PT, _TEXT_PT = 28, 20


def house_slides(deck: Presentation) -> None:
    """The writer's own template at 16:9, in our type; layouts that are not used are taken out."""
    from pptx.util import Mm

    deck.slide_width, deck.slide_height = Mm(_WIDTH_MM), Mm(_HEIGHT_MM)
    for layout in list(deck.slide_layouts):
        if layout.name not in LAYOUTS.values():
            deck.slide_layouts.remove(layout)
    for sheet in (deck.slide_master, *deck.slide_layouts):
        for place in list(sheet.placeholders):
            _place(place, sheet.name == LAYOUTS["title"])
    _type(deck.slide_master)


def _place(place: Any, opening: bool) -> None:
    """Where a placeholder goes. Date and foot are taken out: nothing is written there."""
    from pptx.enum.shapes import PP_PLACEHOLDER
    from pptx.util import Mm

    kind = place.placeholder_format.type
    if kind in (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER):
        place._element.getparent().remove(place._element)
        return
    across = _WIDTH_MM - 2 * _EDGE_MM
    box = (_EDGE_MM, 34, across, 145)
    if kind == PP_PLACEHOLDER.SLIDE_NUMBER:
        box = (_WIDTH_MM - _EDGE_MM - 30, 180, 30, 8)
    elif kind in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE):
        box = (_EDGE_MM, 55, across, 40) if opening else (_EDGE_MM, 6, across, 26)
    elif opening:
        box = (_EDGE_MM, 98, across, 60)
    place.left, place.top, place.width, place.height = map(Mm, box)


def _type(master: Any) -> None:
    """Letters: one size and face for titles, one for text, to the left; text falls back to a face
    that is as wide, so that a title keeps its lines where Arial is not."""
    from pptx.oxml.ns import qn

    styles = master._element.find(qn("p:txStyles"))
    for tag, points, bold in (("p:titleStyle", _TITLE_PT, True), ("p:bodyStyle", _TEXT_PT, False)):
        for level in styles.find(qn(tag)):
            properties = level.find(qn("a:defRPr"))
            if properties is None:
                continue
            level.set("algn", "l")
            properties.set("sz", str(points * 100))
            properties.set("b", "1" if bold else "0")
            _face(properties)
    for sheet in (master, *master.slide_layouts):
        for place in sheet.placeholders:
            place.text_frame._txBody.find(qn("a:bodyPr")).set("anchor", "t")
            for level in place.text_frame._txBody.iterfind(f"{qn('a:lstStyle')}/*"):
                level.set("algn", "l")
                for properties in level.iterfind(qn("a:defRPr")):
                    _face(properties)


def _face(properties: Any) -> None:
    from pptx.oxml.ns import qn

    for old in properties.findall(qn("a:latin")) + properties.findall(qn("a:solidFill")):
        properties.remove(old)
    fill = properties.makeelement(qn("a:solidFill"), {})
    fill.append(properties.makeelement(qn("a:srgbClr"), {"val": _INK}))
    properties.insert(0, fill)
    properties.insert(1, properties.makeelement(qn("a:latin"), {"typeface": _FONT}))
