"""What phones answered, for the record of a workshop on paper: counts, and of words those that the
facilitator let the room see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from provision.english import number
from provision.room.state import RoomState, Round
from provision.room.tally import counts, numbers, sentence
from provision.workshop.answers import Answer
from provision.workshop.entries import Draft
from provision.workshop.page import Block, Grid, Items, Run, words


def phone_answers(entries: Sequence[Draft], asked: str) -> Iterator[Block]:
    """What phones answered to a question, once for each time that it was opened.

    Parameters
    ----------
    entries
        The record's, in order.
    asked
        The id of the entry that asked the question.

    Yields
    ------
    Block
        Nothing where it was never opened for phones.
    """
    room = RoomState()
    room.take(entries)
    for own in [*room.put_away, *room.rounds.values()]:
        if own.asked.asked == asked:
            yield from _round(room, own)


def _round(room: RoomState, own: Round) -> Iterator[Block]:
    kind = Answer(own.asked.answer)
    told = own.told.sentence if own.told else f"{sentence(own)} The room was not shown the answers."
    yield words(f"On phones: {told}")
    rows = numbers(own) if kind is Answer.NUMBER else [(name, n) for _, name, n in counts(own)]
    if rows and own.answers:
        unit = "Points" if kind is Answer.ORDER else "Phones"
        says = "Each answer, and how many phones gave it."
        yield Grid(says, ("Answer", unit), tuple((name, f"{n:,}") for name, n in rows))
    if kind is Answer.TEXT:
        kept = [given.text for id_, given in own.answers.values() if id_ in room.passed]
        if kept:
            yield Items(tuple((Run(text),) for text in kept))
        if left := len(own.answers) - len(kept):
            yield words(f"{number(left).capitalize()} further in words, not shown to the room.")
