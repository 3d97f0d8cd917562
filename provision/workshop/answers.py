"""How a step of the story is answered on phones, as one line of the step: ``themes: 3`` (so many of
the record's themes), ``order: Hubs | Outreach | Housing``, ``number: women``, ``scale: Not at all |
Completely`` or ``text``. A step without that line asks for places on the map."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from provision.english import listing

MOST_ORDERED, MOST_THEMES = 8, 9
LONGEST_OPTION = 80
_ENDS = ("Disagree", "Agree")


class Answer(StrEnum):
    """Kinds of answer."""

    AREAS = "areas"
    THEMES = "themes"
    ORDER = "order"
    NUMBER = "number"
    SCALE = "scale"
    TEXT = "text"


@dataclass(frozen=True)
class Wanted:
    """What a step wants: the kind of answer, how many may be chosen, the options of an order, the
    unit of a number, the words at both ends of a scale."""

    answer: Answer
    most: int = 1
    options: tuple[str, ...] = ()
    unit: str = ""
    ends: tuple[str, ...] = ()


def parse_answer(text: str) -> Wanted:
    """What a step's ``answer`` says.

    Parameters
    ----------
    text
        One line; empty for places on the map.

    Returns
    -------
    Wanted
        The kind of answer and its bounds.

    Raises
    ------
    ValueError
        Where it is none, with what to write.

    Examples
    --------
    >>> parse_answer("order: Hubs | Outreach").options
    ('Hubs', 'Outreach')
    >>> parse_answer("themes: 3").most
    3
    """
    word, _, rest = text.partition(":")
    kind, rest = word.strip() or Answer.AREAS, " ".join(rest.split())
    known = [kind for kind in Answer if kind is not Answer.AREAS]
    if text and kind not in known:
        raise ValueError(f"the answer of a question begins with {listing(known)}")
    parts = tuple(filter(None, (part.strip() for part in rest.split("|"))))
    if any(len(part) > LONGEST_OPTION for part in parts):
        raise ValueError(f"write at most {LONGEST_OPTION} characters for each option")
    match Answer(kind):
        case Answer.THEMES:
            return Wanted(Answer.THEMES, _most(rest))
        case Answer.ORDER:
            return Wanted(Answer.ORDER, len(parts), _different(parts))
        case Answer.NUMBER:
            return Wanted(Answer.NUMBER, unit=rest[:LONGEST_OPTION])
        case Answer.SCALE:
            return Wanted(Answer.SCALE, ends=_ends(parts))
        case found:
            return Wanted(found)


def _most(text: str) -> int:
    most = int(text) if text.isascii() and text.isdecimal() and len(text) == 1 else 0
    if text and not most:
        raise ValueError(f"write how many themes may be chosen, 1 to {MOST_THEMES}")
    return most or 1


def _different(parts: tuple[str, ...]) -> tuple[str, ...]:
    if not 2 <= len(parts) <= MOST_ORDERED or len(set(parts)) < len(parts):
        raise ValueError(f"write 2 to {MOST_ORDERED} different options with | between them")
    return parts


def _ends(parts: tuple[str, ...]) -> tuple[str, ...]:
    if parts and len(parts) != 2:
        raise ValueError("write the words at both ends of the scale with | between them")
    return parts or _ENDS
