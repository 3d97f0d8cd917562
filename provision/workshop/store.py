"""Where the records of workshops are kept: an append-only log in a database, so that a closed lid
or a killed server loses nothing.

Appended, never changed
    An entry, once confirmed, is neither changed nor taken out; a mistake is mended by a further
    entry. Two facilitators cannot overwrite each other: their entries follow one another in the
    order in which the database took them.
Where it was
    SQLite goes on writing into a file that somebody took away, and what it confirms then is lost
    with the process. So it is looked whether the file still stands where it stood; if not, nothing
    is confirmed until it is back, or a new session is begun in a new file.
Confirmed means kept
    :meth:`Store.append` returns after the database has the entry on disk (SQLite: write-ahead log,
    flushed at each commit), whole or not at all. What raises :class:`RecordProblem` was not kept,
    or is not known to be; the same draft can be sent again, and is kept once.
Numbered without holes
    A session's entries are numbered 1, 2, 3 ... under a lock on the session, so that whoever has
    read up to *n* misses nothing by asking for what comes after *n*. Clocks order nothing.
One address decides where
    ``sqlite:///records/workshops.sqlite`` is a file; ``postgresql://user@host/database`` is a
    server that several processes share.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from provision.io.problems import shown
from provision.workshop.database import Database
from provision.workshop.entries import (
    ID,
    Draft,
    Entry,
    Kind,
    RecordProblem,
    Session,
    draft,
    new_id,
    now,
    utc,
)
from provision.workshop.record_files import identity
from provision.workshop.secret_links import reads_alone, session_read_by
from provision.workshop.tables import (
    ENTRIES,
    LONGEST_NAME,
    LONGEST_STORY,
    SESSIONS,
    entry_of,
    overview,
)

MOST_ENTRIES = 10_000


class Store(Database):
    """The records behind one address. Safe to share between threads; every method raises
    RecordProblem where the database fails it."""

    def __init__(self, url: str | None = None, clock: Callable[[], datetime] = now) -> None:
        """Opens the records, and sets up the tables where there are none. ``clock`` tells the time
        with its zone."""
        self._clock = clock
        self._numbers: dict[str, int] = {}  # the last confirmed of each session
        super().__init__(url)

    def start(self, name: str, story: str, data_version: str, *, own: str | None = None) -> str:
        """Begin a session; returns its id, which nobody can guess. ``own`` is an id made before by
        :func:`provision.workshop.entries.new_id`: with it, a second attempt begins nothing new.
        Raises ValueError for a name or story that is too long or holds what is no text."""
        name = " ".join(name.split())
        _bounded("the name", name, LONGEST_NAME)
        _bounded("the story", story, LONGEST_STORY)
        own = own or new_id()
        _possible(own)
        with self.writing(anew=True) as db:
            if db.execute(select(SESSIONS.c.id).where(SESSIONS.c.id == own)).first() is None:
                row = {
                    "id": own,
                    "name": name,
                    "started": utc(self._clock()),
                    "data_version": data_version,
                    "story": story,
                }
                db.execute(insert(SESSIONS).values(row))
        return own

    def add(
        self, session: str, kind: Kind | str, data: Mapping[str, Any], *, own: str | None = None
    ) -> Entry:
        """Keep what happened now. Raises InvalidData where the data are not what the kind holds
        (:data:`provision.workshop.entries.FORMS`)."""
        return self.append(session, draft(Kind(kind), data, self._clock(), own))

    def append(self, session: str, said: Draft) -> Entry:
        """Keep an entry. One that is there already is returned as it stands, so that whoever is not
        sure may simply send it again."""
        _possible(session)
        with self.writing() as db:
            # The lock makes the entries of one session follow one another; SQLite locks the whole
            # file instead.
            if (
                db.execute(
                    select(SESSIONS.c.id).where(SESSIONS.c.id == session).with_for_update()
                ).first()
                is None
            ):
                raise _unknown(session)
            known = db.execute(
                select(ENTRIES).where(ENTRIES.c.session == session, ENTRIES.c.id == said.id)
            ).first()
            if known is not None:
                return _again(entry_of(known), said)
            last = (
                db.scalar(select(func.max(ENTRIES.c.number)).where(ENTRIES.c.session == session))
                or 0
            )
            self._not_older(session, last)
            number = last + 1
            if number > MOST_ENTRIES:
                raise RecordProblem(
                    f"the session has {MOST_ENTRIES:,} entries, and holds no more",
                    "start another session",
                    again=False,
                )
            row = {
                "session": session,
                "number": number,
                "id": said.id,
                "kind": said.kind.value,
                "at": said.at,
                "data": said.data.model_dump(mode="json"),
            }
            db.execute(insert(ENTRIES).values(row))
        return self._confirm(Entry(said.id, said.at, said.data, number), session)

    def entries(self, session: str, after: int | None = None) -> list[Entry]:
        """What was kept, in order: all of it, or what came ``after`` an entry's number."""
        with self.reading() as db:
            self._known(db, session)
            wanted = (
                select(ENTRIES)
                .where(ENTRIES.c.session == session, ENTRIES.c.number > (after or 0))
                .order_by(ENTRIES.c.number)
            )
            return [entry_of(row) for row in db.execute(wanted)]

    def latest(self, session: str, but: Collection[Kind] = ()) -> int:
        """The number of the last entry, of some kinds ``but`` left aside, 0 where there is none:
        what is new is asked for only where there is something new."""
        _possible(session)
        wanted = select(func.max(ENTRIES.c.number)).where(ENTRIES.c.session == session)
        if but:
            wanted = wanted.where(ENTRIES.c.kind.not_in([kind.value for kind in but]))
        with self.reading() as db:
            return db.scalar(wanted) or 0

    def sessions(self) -> list[Session]:
        """Every session, the latest first."""
        with self.reading() as db:
            found = db.execute(overview().order_by(SESSIONS.c.started.desc(), SESSIONS.c.id))
            return [Session(*row) for row in found]

    def sessions_with(self, kind: Kind) -> list[str]:
        """The ids of the sessions that hold an entry of a kind."""
        with self.reading() as db:
            wanted = select(ENTRIES.c.session).where(ENTRIES.c.kind == kind.value).distinct()
            return list(db.scalars(wanted))

    def session(self, session: str) -> Session:
        """One session, by its id."""
        _possible(session)
        with self.reading() as db:
            row = db.execute(overview().where(SESSIONS.c.id == session)).first()
        if row is None:
            raise _unknown(session)
        return Session(*row)

    def story(self, session: str) -> str:
        """The text of the story that a session began with."""
        with self.reading() as db:
            return self._known(db, session)

    def opened_by(self, given: str) -> tuple[str, bool]:
        """The session that the id of a link opens, and whether for reading alone."""
        _possible(given)
        if not reads_alone(given):
            return self.session(given).id, False
        with self.reading() as db:
            found = session_read_by(given, db.scalars(select(SESSIONS.c.id)))
        if found is None:
            raise _unknown(given)
        return found, True

    def _known(self, db: Connection, session: str) -> str:
        _possible(session)
        story: str | None = db.scalar(select(SESSIONS.c.story).where(SESSIONS.c.id == session))
        if story is None:
            raise _unknown(session)
        return story

    def _confirm(self, entry: Entry, session: str) -> Entry:
        """An entry, once it is known to stand in the file that is there now. Raises
        RecordProblem."""
        if identity(self.file) != self._identity:
            raise RecordProblem(
                f"{self.name} was replaced while it was written",
                "save again, and look whether the last entries are there",
            )
        self._numbers[session] = max(entry.number, self._numbers.get(session, 0))
        return entry

    def _not_older(self, session: str, last: int) -> None:
        """Raises RecordProblem, once, where the record holds less than was confirmed before."""
        known = self._numbers.pop(session, 0)
        if last < known:
            raise RecordProblem(
                f"{self.name} is an older copy: it holds {last:,} of {known:,} entries of this"
                " workshop",
                "put the newer file back; or save again, to go on from the older one",
            )
        self._numbers[session] = last


def _bounded(what: str, text: str, longest: int) -> None:
    if len(text) > longest:
        raise ValueError(f"{what} is longer than {longest:,} characters")
    if any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text):
        raise ValueError(f"{what} holds characters that are no text")


def _again(known: Entry, said: Draft) -> Entry:
    if known.data != said.data:
        raise RecordProblem(
            f"entry {known.number} has the same id and says something else",
            "nothing was overwritten; keep this one under a new id",
            again=False,
        )
    return known


def _possible(session: str) -> None:
    """Ids come from links; what cannot be one does not reach the database."""
    if not ID.fullmatch(session):
        raise _unknown(session)


def _unknown(session: str) -> RecordProblem:
    return RecordProblem(
        f"there is no session {shown(session)}",
        "`python -m provision workshops` lists those that there are",
        again=False,
    )
