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


FAMILY = "Provision Sans"  # as its files name it
_OWN = {
    bold: Path(__file__).parent / "fonts" / f"ProvisionSans-{name}.ttf"
    for bold, name in ((False, "Regular"), (True, "Bold"))
}


@lru_cache(maxsize=8_192)
def font_file(bold: bool = False, words: str = "") -> Path:
    """The typeface of the app; DejaVu Sans, which comes with matplotlib, for words with a letter
    that the app's does not have."""
    import matplotlib

    if _letters(_OWN[bold]).issuperset(words):
        return _OWN[bold]
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name


@lru_cache(maxsize=2)
def _letters(file: Path) -> frozenset[str]:
    from matplotlib.font_manager import get_font

    return frozenset(map(chr, get_font(file).get_charmap()))


def wide(words: str, points: float, bold: bool = False) -> float:
    """How wide words are in millimetres: their letters one by one, since the typeface holds no
    pairs."""
    letters = _advances(font_file(bold, words))
    return sum(map(letters.__getitem__, words)) * points * POINT * _HINTED


class _Advances(dict[str, float]):
    """How many times its own size each letter of a typeface is wide, measured when it is first
    asked for; one that the typeface lacks is drawn as a box."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file

    def __missing__(self, letter: str) -> float:
        from matplotlib.font_manager import get_font
        from matplotlib.ft2font import LoadFlags

        font = get_font(self.file)
        font.set_size(100, 72)
        glyph = font.load_glyph(font.get_char_index(ord(letter)), flags=LoadFlags.NO_HINTING)
        return self.setdefault(letter, float(glyph.linearHoriAdvance) / 65_536 / 100)


_advances = lru_cache(maxsize=8)(_Advances)


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


def balanced(lines: list[str], width: float, points: float) -> list[str]:
    """The lines of a title in as little width as holds them, so that none is a single word."""
    text, kept = " ".join(lines), lines
    for share in range(95, 45, -5):
        found = wrap(text, width * share / 100, points, bold=True)
        if len(found) > len(lines):
            break
        kept = found
    return kept
