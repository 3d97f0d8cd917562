"""What happened and is not in the record yet: it waits here, in its order, until the database takes
it. Nothing is dropped unseen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from provision.workshop.entries import Draft, Entry, RecordProblem


class Keeps(Protocol):
    """What takes entries: a :class:`provision.workshop.store.Store`."""

    def append(self, session: str, said: Draft) -> Entry:
        """Keep an entry, once. Raises RecordProblem."""
        ...


@dataclass
class Outbox:
    """Drafts not confirmed yet, oldest first, each with the session that it belongs to. ``refused``
    are those that no further attempt would get in, with the reason; they hold up nobody, and are
    still there to be read and downloaded."""

    waiting: list[tuple[str, Draft]] = field(default_factory=list)
    refused: list[tuple[str, Draft, str]] = field(default_factory=list)

    def put(self, session: str, said: Draft) -> None:
        """Something happened."""
        self.waiting.append((session, said))

    def send(self, store: Keeps) -> None:
        """Send what waits, in its order. Raises RecordProblem where the record cannot be written
        now; what is left goes on waiting."""
        while self.waiting:
            session, said = self.waiting[0]
            try:
                store.append(session, said)
            except RecordProblem as problem:
                if problem.again:
                    raise
                self.refused.append((session, said, str(problem)))
            self.waiting.pop(0)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the drafts that wait."""
        return frozenset(said.id for _, said in self.waiting)

    def of(self, session: str) -> list[Draft]:
        """What the record of a session lacks, in the order in which it happened."""
        return [
            said
            for own, said in (*((s, d) for s, d, _ in self.refused), *self.waiting)
            if own == session
        ]
