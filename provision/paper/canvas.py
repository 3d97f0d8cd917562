"""A page to draw on in millimetres, and the page as a file: SVG, PDF or PNG, the same bytes every
time.

Drawn with matplotlib, without pyplot and without a browser. The letters are the app's own, so that
every machine draws the same; SVG and PDF hold them as text with the typeface. Text is never read as
mathematics or markup."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, cast

from provision.paper.lettering import ASCENT, FAMILY, LEADING, POINT, font_file, wide

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path as Outline

    from provision.paper.pdf import Tag

Format = Literal["svg", "pdf", "png"]
FORMATS: tuple[Format, ...] = ("svg", "pdf", "png")
DPI = 300
INK, QUIET = "#16202a", "#4b5660"
# matplotlib's settings and its glyph caches belong to the whole process; one figure is written at a
# time.
_WRITING = threading.Lock()
_SETTINGS: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "provision",
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "path.simplify": False,
    "text.hinting": "none",  # or letters are wider in a coarse picture than in a fine one
}


@dataclass(frozen=True)
class Box:
    """A place on the page, millimetres from its left and lower edge."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Millimetres."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Millimetres."""
        return self.top - self.bottom

    def meets(self, other: Box, apart: float = 0.0) -> bool:
        """Whether two boxes overlap, or are less than ``apart`` millimetres from it."""
        return (
            self.left < other.right + apart
            and other.left < self.right + apart
            and self.bottom < other.top + apart
            and other.bottom < self.top + apart
        )


@dataclass(frozen=True)
class Words:
    """What a file says of itself: its id, title, alt text and keywords."""

    id: str
    title: str
    alt: str
    keywords: tuple[str, ...] = ()


@dataclass
class Canvas:
    """A white page of ``width`` by ``height`` millimetres. ``points`` are the sizes that names and
    numbers may have on it, largest first; ``unit`` is the measure of hatches
    (:mod:`provision.paper.hatches`), millimetres."""

    width: float
    height: float
    points: tuple[float, ...] = (7.0,)
    unit: float = 0.14
    figure: Figure = field(init=False)

    def __post_init__(self) -> None:
        from matplotlib.figure import Figure

        self.figure = Figure(
            figsize=(self.width / 25.4, self.height / 25.4), dpi=DPI, facecolor="white"
        )
        self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, self.width)
        self._axes.set_ylim(0, self.height)
        self._order = 1

    def part(self, tag: Tag, said: str = "") -> None:
        """What is drawn from here on is a heading, a paragraph or a figure of a tagged PDF, and is
        read as ``said``."""
        from provision.paper.pdf import Mark

        self._axes.add_artist(Mark(tag, said, self._next()))

    def text(self, at: tuple[float, float], words: str, points: float, **look: Any) -> None:
        """Words with their left end on the base line at a place. ``look``: ``bold``, ``align``
        (left, center, right), ``colour``, ``halo``."""
        font = _font(words, points, look.get("bold", False))
        if look.get("halo"):
            self._halo(at, words, points, look)
        align = look.get("align", "left")
        self._axes.text(
            *at,
            words,
            fontproperties=font,
            color=look.get("colour", INK),
            ha=align,
            va="baseline",
            parse_math=False,
            zorder=self._next(),
        )

    def _halo(
        self, at: tuple[float, float], words: str, points: float, look: dict[str, Any]
    ) -> None:
        """A rim around words, apart from the words, which stay text in a PDF."""
        from matplotlib.textpath import TextPath

        bold = look.get("bold", False)
        shift = {"left": 0.0, "center": 0.5, "right": 1.0}[look.get("align", "left")] * wide(
            words, points, bold
        )
        rim = TextPath(
            (at[0] - shift, at[1]),
            words.replace("$", r"\$"),  # or two of them would be read as mathematics
            size=points * POINT,
            prop=_font(words, points, bold),
            usetex=False,
        )
        self.shape(rim, edge=look["halo"], line=points / 3.2)

    def lines(
        self, at: tuple[float, float], lines: Sequence[str], points: float, **look: Any
    ) -> float:
        """Lines under each other, the top of the first at a place. Returns where the last one ends,
        millimetres from the lower edge."""
        x, top = at
        for line in lines:
            self.text((x, top - ASCENT * points * POINT), line, points, **look)
            top -= LEADING * points * POINT
        return top

    def shape(
        self,
        outline: Outline,
        *,
        fill: str = "none",
        edge: str = "none",
        line: float = 0.0,
        clip: Outline | None = None,
    ) -> None:
        """An outline in millimetres. ``line`` is the width of its edge in points; what lies outside
        ``clip`` is not drawn."""
        from matplotlib.patches import PathPatch

        patch = PathPatch(
            outline,
            facecolor=fill,
            edgecolor=edge,
            linewidth=line,
            joinstyle="round",
            capstyle="butt",
            zorder=self._next(),
        )
        self._axes.add_artist(patch)
        if clip is not None:
            patch.set_clip_path(clip, self._axes.transData)

    def crop(self, bottom: float, top: float) -> None:
        """Keep the part of the page between two heights."""
        self.height = top - bottom
        self._axes.set_ylim(bottom, top)
        self.figure.set_size_inches(self.width / 25.4, self.height / 25.4)

    def _next(self) -> int:
        """What is drawn later lies on top."""
        self._order += 1
        return self._order

    def write(self, format: Format, words: Words, dpi: int = DPI) -> bytes:
        """The page as a file with its title and alt text in it. The same page gives the same bytes.
        ``dpi`` is for PNG."""
        import matplotlib

        out = io.BytesIO()
        if format == "png":
            self.figure.set_dpi(dpi)
        with _WRITING, matplotlib.rc_context(cast(Any, _SETTINGS)):
            _write(format, self.figure, out, words)
        return out.getvalue()


def _font(words: str, points: float, bold: bool) -> FontProperties:
    from matplotlib.font_manager import FontProperties

    return FontProperties(
        family=[FAMILY, "sans-serif"],
        weight="bold" if bold else "normal",
        size=points,
        fname=font_file(bold, words),
    )


def _write_png(figure: Figure, out: io.BytesIO, words: Words) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas: Any = FigureCanvasAgg(figure)
    canvas.print_png(
        out,
        metadata={"Title": words.title, "Description": words.alt, "Software": None},
        pil_kwargs={"compress_level": 6},
    )


def _write(format: Format, figure: Figure, out: io.BytesIO, words: Words) -> None:
    from provision.paper.pdf import write_pdf
    from provision.paper.svg import write_svg

    {"svg": write_svg, "pdf": write_pdf, "png": _write_png}[format](figure, out, words)
