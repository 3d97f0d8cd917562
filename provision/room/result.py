"""The room's choice of places beside the exact best: what the most frequent choice gains, and by
how much it falls short of the best of as many."""

from __future__ import annotations

from dataclasses import dataclass

from provision.english import number
from provision.location.problem import LocationProblem
from provision.record import Record
from provision.room.state import Round
from provision.room.tally import names_of, sentence, sets
from provision.workshop.reveal import Answer, Guess, measure, refused, result_words, reveal

MOST_COMPARED = 3


@dataclass(frozen=True)
class RoomChoice:
    """A choice that no other was made more often than: by how many of ``answered``, and what it
    comes to."""

    made: int
    answered: int
    answer: Answer


def room_choices(record: Record, asked: LocationProblem, own: Round) -> tuple[RoomChoice, ...]:
    """The most frequent choices, all that tie up to three; none where nobody answered, or where
    the data have changed so that they cannot be compared."""
    found = [(ids, n) for ids, n in sets(own) if not refused(record, asked, ids)]
    most = max((n for _, n in found), default=0)
    first = [ids for ids, n in found if n == most][:MOST_COMPARED]
    told = reveal(record, asked, [Guess(ids) for ids in first])
    return tuple(RoomChoice(most, len(own.answers), answer) for answer in told.answers)


def room_result(record: Record, asked: LocationProblem, own: Round) -> str:
    """What the room is told of its phones once the exact best is shown: the most frequent choices,
    what each reaches, and what the best of as many does."""
    found = room_choices(record, asked, own)
    if not found:
        return sentence(own)
    reached = " ".join(
        f"{names_of(own, choice.answer.guess.areas)} reaches {result_words(choice.answer)}."
        for choice in found
    )
    tied = sum(n == found[0].made for _, n in sets(own)) - len(found)
    more = f" {number(tied).capitalize()} more tie." if tied else ""
    return f"{sentence(own)} In {measure(record, asked)}: {reached}{more}"
