"""Where a room is: who came in, which question is open, and what was answered. Worked out from the
record's entries alone, in their order, so that a server that was killed, or a second one beside it,
knows the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from provision.workshop.answers import Answer
from provision.workshop.entries import (
    Admitted,
    Answered,
    Cleared,
    Closed,
    Draft,
    Ended,
    Joined,
    Opened,
    Passed,
    Resumed,
    Revealed,
    Tallied,
)


class Phase(StrEnum):
    """What a phone is told."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"
    REVEALED = "revealed"


@dataclass
class Round:
    """One question from the time it is opened. ``answers`` are the last ones, by the digest of the
    phone, each with its entry's id; ``told`` is what the phones were told, ``best`` what the room
    was told of the exact best."""

    id: str
    asked: Opened
    phase: Phase = Phase.OPEN
    answers: dict[str, tuple[str, Answered]] = field(default_factory=dict)
    changes: Counter[str] = field(default_factory=Counter)
    told: Tallied | None = None
    best: Revealed | None = None

    @property
    def given(self) -> list[Answered]:
        """The answers that count."""
        return [answer for _, answer in self.answers.values()]


@dataclass
class RoomState:
    """A room. ``admits`` tells whether phones may come in; ``current`` is the question that they
    are shown, ``put_away`` are those that were cleared, ``passed`` the answers in words that the
    room may see, ``last`` the number of the last entry that was taken in."""

    admits: bool = False
    ended: bool = False
    devices: set[str] = field(default_factory=set)
    rounds: dict[str, Round] = field(default_factory=dict)
    put_away: list[Round] = field(default_factory=list)
    current: str = ""
    passed: set[str] = field(default_factory=set)
    last: int = 0

    @property
    def is_open(self) -> bool:
        """Whether phones are answered at all."""
        return self.admits and not self.ended

    @property
    def now(self) -> Round | None:
        """The question that phones are shown."""
        return self.rounds.get(self.current)

    @property
    def phase(self) -> Phase:
        """What a phone is told."""
        return self.now.phase if self.now else Phase.WAITING

    @property
    def stamp(self) -> str:
        """Changes with everything that a phone would show differently, whatever it answered."""
        own = self.now
        told = (own.told is not None, own.best is not None) if own else ()
        return f"{int(self.is_open)}-{self.current[:12]}-{self.phase}-{sum(told)}"

    def round_of(self, asked: str) -> Round | None:
        """The round that stands of a question (the entry that asked it)."""
        own = self.now
        return own if own and own.asked.asked == asked else None

    def of_places(self, link: str) -> Round | None:
        """The last round of the question for places at an address."""
        places = [own for own in self.rounds.values() if own.asked.answer == Answer.AREAS]
        found = [own for own in places if own.asked.link == link]
        return found[-1] if found else None

    def told_of_places(self, link: str) -> Round | None:
        """The same, once the room was shown the exact best and phones were told of it."""
        found = self.of_places(link)
        return found if found and found.told and found.best and found.answers else None

    def take(self, entries: Iterable[Draft]) -> None:
        """Take in what came next."""
        for entry in entries:
            self._take(entry)
            self.last = getattr(entry, "number", self.last)

    def _take(self, entry: Draft) -> None:
        match entry.data:
            case Admitted(open=admits):
                self.admits = admits
            case Ended():
                self.ended = True
            case Resumed():
                self.ended = False
            case Joined(by=by):
                self.devices.add(by)
            case Passed(answer=answer, shown=shown):
                (self.passed.add if shown else self.passed.discard)(answer)
            case Revealed() as told:
                for own in self.rounds.values():
                    if own.asked.asked == told.asked:
                        own.best = told
            case _:
                self._take_answer(entry)

    def _take_answer(self, entry: Draft) -> None:
        match entry.data:
            case Opened() as asked:
                self._open(entry.id, asked)
            case Answered() as given if own := self.rounds.get(given.question):
                if own.phase is Phase.OPEN:
                    own.answers[given.by] = (entry.id, given)
                    own.changes[given.by] += 1
            case Closed() as closed if own := self.rounds.get(closed.question):
                if own.phase is Phase.OPEN:
                    own.phase = Phase.CLOSED
            case Tallied() as told if own := self.rounds.get(told.question):
                own.phase, own.told = Phase.REVEALED, told
            case Cleared() as cleared:
                if own := self.rounds.pop(cleared.question, None):
                    self.put_away.append(own)
                self.current = "" if self.current == cleared.question else self.current

    def _open(self, id_: str, asked: Opened) -> None:
        """A question that is opened again goes on; another one ends what was open."""
        before = self.now
        if before is not None and before.phase is Phase.OPEN:
            before.phase = Phase.CLOSED
        self.rounds.setdefault(id_, Round(id_, asked))
        self.current = id_
