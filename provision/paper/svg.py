"""A page as an SVG that assistive software reads as one picture with a name and a description, and
an editor as text in the typeface that it holds."""

from __future__ import annotations

import io
import re
from base64 import b64encode
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from provision.paper.lettering import FAMILY, font_file, printable

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from provision.paper.canvas import Words

_ROOT = re.compile(rb"<svg\b([^>]*)>")
_DECIMALS = re.compile(rb"(?<=\.\d\d)\d+(?=[\s\"])")  # a hundredth of a point is finer than print
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>]*>\s*")
_FACE = '@font-face{{font-family:"{}";font-weight:{};src:url(data:font/ttf;base64,{})}}'


def write_svg(figure: Figure, out: io.BytesIO, words: Words) -> None:
    """A page as an SVG, without a document type, which would name an address."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    drawn = io.BytesIO()
    canvas: Any = FigureCanvasSVG(figure)
    canvas.print_svg(drawn, metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    name, alt = f"{words.id}-title", f"{words.id}-desc"
    head = f'role="img" aria-labelledby="{name} {alt}" lang="en-GB"'
    text = (
        f'<title id="{name}">{escape(printable(words.title))}</title>\n'
        f' <desc id="{alt}">{escape(printable(words.alt))}</desc>\n'
        f" <style>{''.join(_faces(figure))}</style>"
    )
    plain = _DECIMALS.sub(b"", _DOCTYPE.sub(b"", drawn.getvalue()))
    given = f"{head}>\n {text}".encode()
    out.write(_ROOT.sub(lambda found: b"<svg" + found[1] + b" " + given, plain, count=1))


def _faces(figure: Figure) -> list[str]:
    """The letters that a page uses, of each weight."""
    texts = [(t.get_text(), t.get_fontweight() == "bold") for t in figure.axes[0].texts]
    found = []
    for bold in (False, True):
        used = {c for text, own in texts if own is bold for c in text}
        if used:
            weight = "bold" if bold else "normal"
            found.append(_FACE.format(FAMILY, weight, _cut("".join(sorted(used)), bold)))
    return found


@lru_cache(maxsize=64)
def _cut(letters: str, bold: bool) -> str:
    """The typeface with some letters alone, in base 64."""
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    options = Options(hinting=False, glyph_names=False, notdef_outline=True)
    with TTFont(font_file(bold), recalcTimestamp=False) as font:
        cutter = Subsetter(options)
        cutter.populate(text=letters)
        cutter.subset(font)
        out = io.BytesIO()
        font.save(out)
    return b64encode(out.getvalue()).decode("ascii")
