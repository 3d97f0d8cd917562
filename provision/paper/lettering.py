"""Letters on paper: how wide words are, and how lines are broken, fitted and cut."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

POINT = 25.4 / 72  # millimetres
LEADING = 1.25
_HINTED = 1.012  # pixels make letters a little wider than their outlines
ASCENT = 0.93  # of the size: from the base line to the top of the highest letter that names have


@lru_cache(maxsize=2)
def font_file(bold: bool = False) -> Path:
    import matplotlib

    return (
        Path(matplotlib.get_data_path())
        / "fonts"
        / "ttf"
        / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")
    )


def wide(words: str, points: float, bold: bool = False) -> float:
    """How wide words are in millimetres."""
    return _em_widths(words, bold) * points * POINT * _HINTED


@lru_cache(maxsize=8_192)
def _em_widths(words: str, bold: bool) -> float:
    """How many times their own size words are wide."""
    from matplotlib.font_manager import get_font
    from matplotlib.ft2font import LoadFlags

    font = get_font(font_file(bold))
    font.set_size(100, 72)
    font.set_text(words, 0.0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64 / 100


def printable(text: str) -> str:
    """Text on one line, without what cannot be printed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def wrap(text: str, width: float, points: float, bold: bool = False) -> list[str]:
    """Text in lines of at most ``width`` millimetres; a word that is longer is broken."""
    lines = [""]
    for word in printable(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if wide(longer, points, bold) <= width:
            lines[-1] = longer
            continue
        pieces = _broken(word, width, points, bold)
        lines += pieces if lines[-1] else []
        if not lines[0]:
            lines = pieces
    return lines


def _broken(word: str, width: float, points: float, bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and wide(pieces[-1] + letter, points, bold) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def fitted(
    text: str, width: float, height: float, points: Sequence[float], bold: bool = False
) -> tuple[list[str], float]:
    """Text in the first of some sizes at which it fits a place; in the last one, and cut with an
    ellipsis, where none does."""
    lines: list[str] = []
    for size in points:
        lines, most = (
            wrap(text, width, size, bold),
            max(1, int(height / (size * POINT * LEADING) + 1e-6)),
        )
        if len(lines) <= most:
            return lines, size
    return [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), width, points[-1], bold)], points[
        -1
    ]


def cut(text: str, width: float, points: float, bold: bool = False) -> str:
    """Text on one line, with an ellipsis where it would be longer than ``width`` millimetres."""
    text = printable(text)
    if wide(text, points, bold) <= width:
        return text
    longest = bisect_right(
        range(1, len(text)), width, key=lambda length: wide(f"{text[:length]}…", points, bold)
    )
    return f"{text[:longest].rstrip()}…"
