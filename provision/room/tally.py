"""What the answers of a room come to: counts, and a sentence. Nothing is weighed: each phone's last
answer counts once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from provision.english import listing, number
from provision.room.state import Round
from provision.workshop.answers import Answer
from provision.workshop.entries import Counted, Tallied

MOST_NAMED = 3
WIDEST = 12  # bars of numbers


def counts(own: Round) -> list[tuple[str, str, int]]:
    """How many answers name each option (id, name, count), the most first; those that nobody chose
    are left out, except on a scale.

    An order counts a point for each option that stands below: the first of four has three."""
    kind = Answer(own.asked.answer)
    names = {option.id: option.name for option in own.asked.options}
    found: Counter[str] = Counter()
    for answer in own.given:
        for place, id_ in enumerate(answer.chosen):
            found[id_] += len(names) - 1 - place if kind is Answer.ORDER else 1
    if kind is Answer.SCALE:
        return [(id_, name, found[id_]) for id_, name in names.items()]
    rows = [(id_, names[id_], n) for id_, n in found.items() if id_ in names]
    if kind is not Answer.ORDER:
        rows = [row for row in rows if row[2]]
    return sorted(rows, key=lambda row: (-row[2], row[1]))


def sets(own: Round) -> list[tuple[tuple[str, ...], int]]:
    """Each choice once (ids, sorted) with how many made it, the most frequent first."""
    found = Counter(tuple(sorted(answer.chosen)) for answer in own.given)
    return sorted(found.items(), key=lambda row: (-row[1], row[0]))


def names_of(own: Round, ids: Sequence[str]) -> str:
    """Options by name, in running text."""
    names = {option.id: option.name for option in own.asked.options}
    return listing(names.get(id_, id_) for id_ in ids)


def sentence(own: Round) -> str:
    """What the room is told of its answers."""
    many = len(own.answers)
    if not many:
        return "Nobody answered on a phone."
    people = f"{number(many).capitalize()} {'phone' if many == 1 else 'phones'} answered."
    return f"{people} {_found(own)}".strip()


def _found(own: Round) -> str:
    match Answer(own.asked.answer):
        case Answer.AREAS:
            return _split(own)
        case Answer.THEMES:
            return _most(own)
        case Answer.ORDER:
            return f"The room's order: {listing(name for _, name, _ in counts(own))}."
        case Answer.NUMBER:
            return _middle(own)
        case Answer.SCALE:
            low, high = own.asked.ends
            points = [int(answer.chosen[0]) for answer in own.given]
            return f"The middle answer is {median(points):g} (1 is “{low}”, 5 is “{high}”)."
        case Answer.TEXT:
            return ""


def _most(own: Round) -> str:
    """What more named than anything else, with what ties."""
    rows = counts(own)
    most = rows[0][2]
    first = [name for _, name, n in rows if n == most]
    if len(first) > MOST_NAMED:
        return f"{number(len(first)).capitalize()} options tie, with {number(most)} each."
    return f"Most chosen: {listing(first)} ({most} of {len(own.answers)})."


def _split(own: Round) -> str:
    """Which choice was made most often, and how split the room was."""
    found = sets(own)
    (first, most), many = found[0], len(own.answers)
    tied = sum(n == most for _, n in found)
    if many == 1:
        return f"It chose {names_of(own, first)}."
    if len(found) == 1:
        return f"All chose {names_of(own, first)}."
    split = f"There were {number(len(found))} different choices."
    if tied > 1:
        return f"{split} {number(tied).capitalize()} tie for the most, with {number(most)} each."
    return f"{split} The most frequent was {names_of(own, first)} ({most} of {many})."


def _middle(own: Round) -> str:
    found = sorted(answer.number for answer in own.given if answer.number is not None)
    unit = f" {own.asked.unit}" if own.asked.unit else ""
    return (
        f"The middle answer is {plain_number(median(found))}{unit}; answers run from"
        f" {plain_number(found[0])} to {plain_number(found[-1])}."
    )


def plain_number(value: float) -> str:
    """A number as it is read out: whole, or with at most two decimals."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")


def numbers(own: Round) -> list[tuple[str, int]]:
    """Answers in numbers as bars: each value with its count, or ranges of equal width where there
    are many."""
    found = sorted(answer.number for answer in own.given if answer.number is not None)
    exact = Counter(found)
    if len(exact) <= WIDEST:
        return [(plain_number(value), n) for value, n in sorted(exact.items())]
    low, width = found[0], (found[-1] - found[0]) / WIDEST
    bins = Counter(min(int((value - low) / width), WIDEST - 1) for value in found)
    edges = [plain_number(round(low + n * width, 1)) for n in range(WIDEST + 1)]
    return [(f"{edges[n]} to {edges[n + 1]}", bins[n]) for n in range(WIDEST)]


def tallied(own: Round, said: str = "") -> Tallied:
    """What is kept, and told to the phones, when the answers are revealed."""
    return Tallied(
        question=own.id,
        answered=len(own.answers),
        counts=tuple(Counted(option=id_, answers=n) for id_, _, n in counts(own)),
        sentence=said or sentence(own),
    )
