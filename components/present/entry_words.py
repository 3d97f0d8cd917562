"""What the desk's list says of an entry of the record, in the words of the room: what was asked
stands in its own words, and no id of an entry does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from provision.english import shortened
from provision.record import Record
from provision.workshop.entries import (
    LINE,
    Admitted,
    Answered,
    Cleared,
    Closed,
    Draft,
    Guessed,
    Kind,
    Opened,
    Passed,
    Said,
    Tallied,
    Withdrawn,
)

_HAPPENED = {
    Kind.WITHDRAWN: "guess taken back",
    Kind.RESUMED: "gone on with",
    Kind.OPENED: "opened for phones",
    Kind.CLOSED: "closed for phones",
    Kind.TALLIED: "phones were shown the answers",
    Kind.CLEARED: "cleared from phones",
}


def happened(entry: Draft) -> str:
    """What happened."""
    match entry.data:
        case Admitted(open=admits):
            return f"the room was {'opened' if admits else 'closed'} to phones"
        case Passed(shown=shown):
            return "words shown to the room" if shown else "words hidden from the room"
        case _:
            return _HAPPENED.get(entry.kind, entry.kind.value)


def told_of(record: Record, entry: Draft, known: Sequence[Draft]) -> str:
    """An entry in a few words; ``known`` are the record's, to which it may point."""
    return shortened(_words(record, entry.data, {e.id: e.data for e in known}), LINE)


def _words(record: Record, data: Said, by_id: Mapping[str, Said]) -> str:
    match data:
        case Opened():
            return data.question
        case Closed() | Tallied() | Cleared():
            opened = by_id.get(data.question)
            return opened.question if isinstance(opened, Opened) else ""
        case Passed():
            answer = by_id.get(data.answer)
            return answer.text if isinstance(answer, Answered) else ""
        case Withdrawn():
            guess = by_id.get(data.guess)
            return _names(record, guess) if isinstance(guess, Guessed) else ""
        case _:
            said = (getattr(data, name, "") for name in ("title", "question", "reason", "text"))
            words = " ".join(filter(None, (_names(record, data), *said)))
            return words or getattr(data, "sentence", "")


def _names(record: Record, data: Said) -> str:
    """The areas of a guess, by name."""
    return ", ".join(
        record.by_code[code].name if code in record.by_code else code
        for code in getattr(data, "areas", ())
    )
