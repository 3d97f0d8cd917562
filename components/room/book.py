"""The rooms that phones are in: read from the record of the workshop, and written to it. Nothing of
a room is held here that the record does not hold, so that several servers keep one room."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any

from components.present.records import store
from provision.room.codes import session_of
from provision.room.state import RoomState
from provision.workshop.entries import Draft, Kind, draft, now

if TYPE_CHECKING:
    from provision.workshop.store import Store

FRESH = 0.4  # seconds that what was read of a record is believed
MOST_ROOMS = 64


@dataclass
class _Held:
    state: RoomState = field(default_factory=RoomState)
    read: float = float("-inf")
    lock: RLock = field(default_factory=RLock)


class RoomBook:
    """Rooms by session. Every method may raise RecordProblem."""

    def __init__(
        self, records: Callable[[], Store], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._records, self._clock = records, clock
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._codes: dict[str, str] = {}
        self._lock = Lock()
        # Phones wait for one another here, in turn: of many who wait for SQLite's own lock, some
        # would be passed over until they give up.
        self._writing = Lock()

    def find(self, code: str) -> str | None:
        """The session of a room's code; None where no room that ever let phones in has it."""
        if code in self._codes:
            return self._codes[code]
        found = session_of(code, self._records().sessions_with(Kind.ADMITTED))
        if found:
            self._codes[code] = found
        return found

    @contextmanager
    def room(self, session: str) -> Iterator[RoomState]:
        """A room as it is now, for as long as it is looked at."""
        held = self._of(session)
        with held.lock:
            if self._clock() - held.read > FRESH:
                self._refresh(session, held)
            yield held.state

    def keep(
        self, session: str, kind: Kind, data: Mapping[str, Any], own: str | None = None
    ) -> Draft:
        """Add to a room's record; known here as soon as it is confirmed. With ``own``, a second
        attempt adds nothing. Raises InvalidData for what no record holds."""
        with self._writing:
            entry = self._records().append(session, draft(kind, data, now(), own))
        held = self._of(session)
        with held.lock:
            if entry.number == held.state.last + 1:
                held.state.take([entry])
            elif entry.number > held.state.last:
                self._refresh(session, held)
        return entry

    def _of(self, session: str) -> _Held:
        with self._lock:
            held = self._held.setdefault(session, _Held())
            self._held.move_to_end(session)
            while len(self._held) > MOST_ROOMS:
                self._held.popitem(last=False)
        return held

    def _refresh(self, session: str, held: _Held) -> None:
        records = self._records()
        if records.latest(session) < held.state.last:
            held.state = RoomState()  # an older copy stands there now
        held.state.take(records.entries(session, held.state.last))
        held.read = self._clock()


@cache
def book() -> RoomBook:
    """The rooms of this server."""
    return RoomBook(store)
