"""What is wrong with somebody's data, said so that they can mend it."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

SHOWN_CHARACTERS = 80


@dataclass(frozen=True)
class Problem:
    """One fault in one field: where it is, what is wrong, and how to mend it.

    ``file`` is the name the reader knows the file by; ``line`` is 1-based, 0 where no line can be
    told."""

    file: str
    line: int
    entry: str
    field: str
    what: str
    mend: str

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.entry, self.field) if part)
        return f"{self.file}:{self.line}: {where or 'file'}: {self.what}; {self.mend}"


class InvalidData(ValueError):
    """Data that cannot be used, with every problem found in it, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.file, p.line)))
        super().__init__("\n".join(map(str, self.problems)))


def shown(value: object) -> str:
    """A value as it can be quoted in a message.

    Parameters
    ----------
    value
        Anything that was read.

    Returns
    -------
    str
        In quotes: one line, bounded, with nothing invisible left in it."""
    text = value if isinstance(value, str) else repr(value)
    visible = "".join(f"\\u{ord(c):04x}" if _unseen(c) else c for c in text[: SHOWN_CHARACTERS + 1])
    return f"'{visible[:SHOWN_CHARACTERS]}…'" if len(text) > SHOWN_CHARACTERS else f"'{visible}'"


def _unseen(character: str) -> bool:
    """Whether a character controls, is not assigned, or parts lines, and so cannot be shown as it
    is."""
    category = unicodedata.category(character)
    return category[0] == "C" or category in ("Zl", "Zp")


def nearest(word: str, known: Sequence[str], otherwise: str) -> str:
    """How to mend an unknown name: the nearest known one where there is one.

    Parameters
    ----------
    word
        The unknown name.
    known
        The names that are known.
    otherwise
        The advice where none is near.

    Returns
    -------
    str

    Examples
    --------
    >>> nearest("Enfeild", ["Enfield", "Ealing"], "use a name of the file")
    "did you mean 'Enfield'? use a name of the file"
    """
    if len(word) > SHOWN_CHARACTERS:
        return otherwise
    folded = {name.casefold(): name for name in known if name != word}
    match = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return f"did you mean '{folded[match[0]]}'? {otherwise}" if match else otherwise


def one_a_kind(problems: Iterable[Problem]) -> list[Problem]:
    """Problems of one kind as one: with how many there are, and where the first three are.

    Parameters
    ----------
    problems
        Problems of any files.

    Returns
    -------
    list of Problem
        Of one kind are those of a file that differ only in their entry and line."""
    kinds: dict[tuple[str, str, str, str], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.file, problem.field, problem.what, problem.mend), []).append(
            problem
        )
    return [_together(kind) if len(kind) > 1 else kind[0] for kind in kinds.values()]


def _together(kind: Sequence[Problem]) -> Problem:
    first = [p.entry or f"line {p.line}" for p in kind[:3]]
    more = f" and {len(kind) - 3:,} more" if len(kind) > 3 else ""
    return replace(kind[0], entry=f"{', '.join(first)}{more}")
