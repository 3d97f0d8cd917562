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

import json
import os
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    DateTime,
    Dialect,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Row,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    case,
    create_engine,
    event,
    func,
    insert,
    inspect,
    select,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from provision.io.files import ROOT, display
from provision.io.problems import InvalidData, shown
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
    read,
    utc,
)
from provision.workshop.secret_links import reads_alone, session_read_by

ENVIRONMENT = "PROVISION_RECORDS"
# raise it when the tables change, and say in `_check` how an older database is brought along
SCHEMA = 1
MOST_ENTRIES = 10_000
LONGEST_NAME, LONGEST_STORY = 120, 200_000
PATIENCE = 5  # seconds that one waits for the other, and for a server to answer
_LOCK = 7_305_821  # any number, the same for everybody who sets up the tables


class _Utc(TypeDecorator[datetime]):
    """A moment in UTC, also where the database knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


_TABLES = MetaData()
_VERSION = Table(
    "workshop_version", _TABLES, Column("version", Integer, primary_key=True, autoincrement=False)
)
SESSIONS = Table(
    "workshop_sessions",
    _TABLES,
    Column("id", String(64), primary_key=True),
    Column("name", String(LONGEST_NAME), nullable=False),
    Column("started", _Utc, nullable=False),
    Column("data_version", String(64), nullable=False),
    Column("story", Text, nullable=False),
)
ENTRIES = Table(
    "workshop_entries",
    _TABLES,
    Column("session", ForeignKey(SESSIONS.c.id), nullable=False),
    Column("number", Integer, nullable=False, autoincrement=False),
    Column("id", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("at", _Utc, nullable=False),
    Column("data", JSON, nullable=False),
    PrimaryKeyConstraint("session", "number"),
    UniqueConstraint("session", "id"),
)


def default_url(environment: Mapping[str, str] = os.environ) -> str:
    """Where records are kept: what ``PROVISION_RECORDS`` says, otherwise a file beside the
    project."""
    return (
        environment.get(ENVIRONMENT)
        or URL.create(
            "sqlite", database=str(ROOT / "records" / "workshops.sqlite")
        ).render_as_string()
    )


class Store:
    """The records behind one address. Safe to share between threads; every method raises
    RecordProblem where the database fails it."""

    def __init__(self, url: str | None = None, clock: Callable[[], datetime] = now) -> None:
        """Opens the records, and sets up the tables where there are none. ``clock`` tells the time
        with its zone."""
        self._clock = clock
        self._numbers: dict[str, int] = {}  # the last confirmed of each session
        self._url = _address(default_url() if url is None else url)
        self.name = _spoken(self._url)
        with self.trouble("opened"):
            self._engine = _engine(self._url)
            try:
                self._open()
            except BaseException:
                self._engine.dispose()
                raise

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
            found = db.execute(_overview().order_by(SESSIONS.c.started.desc(), SESSIONS.c.id))
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
            row = db.execute(_overview().where(SESSIONS.c.id == session)).first()
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

    def close(self) -> None:
        """Leave one whole file (SQLite), and let go of every connection. A store that is used again
        opens them anew."""
        with suppress(RecordProblem):
            if self.file is not None and self.file.exists():
                self.checkpoint()
        self._engine.dispose()

    @property
    def file(self) -> Path | None:
        """The file of the records; None where a server keeps them."""
        return _file(self._url)

    def integrity(self) -> list[str]:
        """What SQLite finds wrong with the file; nothing for a server."""
        if self.file is None:
            return []
        with self.reading() as db:
            found = [str(row[0]) for row in db.exec_driver_sql("PRAGMA integrity_check(20)")]
            found += [
                f"a row of {row[0]} has no parent"
                for row in db.exec_driver_sql("PRAGMA foreign_key_check")
            ]
        return [line for line in found if line != "ok"]

    def checkpoint(self) -> None:
        """Bring everything into the one file of SQLite. Raises RecordProblem where somebody else
        is still reading what stood there before."""
        if self.file is None:
            return
        with self.trouble("written"), closing(sqlite3.connect(self.file, timeout=PATIENCE)) as db:
            (busy, *_) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise RecordProblem(
                f"{self.name} is being read, and a part of it still stands in its -wal file", _AGAIN
            )

    def _known(self, db: Connection, session: str) -> str:
        _possible(session)
        story: str | None = db.scalar(select(SESSIONS.c.story).where(SESSIONS.c.id == session))
        if story is None:
            raise _unknown(session)
        return story

    def _open(self) -> None:
        """Begin with the file that stands there now, which is made where there is none."""
        if (file := _file(self._url)) is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
        self._check()
        self._identity = _identity(file)

    def _look(self, anew: bool) -> None:
        """Go on where the file has been put back or restored from a copy, or where one may be begun
        ``anew``. Raises RecordProblem."""
        file = _file(self._url)
        if (found := _identity(file)) == self._identity:
            return
        if found and self._identity and found[0] == self._identity[0]:
            # Only its -wal is gone: what stands there alone is still held by the open connections.
            self._bring_in()
        if found is None and not anew:
            raise RecordProblem(
                f"{self.name} is no longer there",
                "put the file back where it was; or begin another record, which makes a new file",
            )
        self._engine.dispose()
        if file and found and self._identity and found[0] != self._identity[0]:
            self._set_aside(file.with_name(f"{file.name}-wal"), self._identity[1])
        self._open()

    def _set_aside(self, wal: Path, of_before: tuple[int, int] | None) -> None:
        """A ``-wal`` that belongs to the file of before is no part of the one that stands there
        now: read together they could destroy it."""
        if of_before is not None and _part(wal) == of_before:
            wal.replace(wal.with_name(f"{wal.name}.left"))

    def _bring_in(self) -> None:
        """Bring into the file what open connections still hold of a ``-wal`` that was taken
        away."""
        with self._engine.connect() as db:
            held = db.connection.driver_connection
            assert held is not None
            held.execute("PRAGMA walcheckpoint(TRUNCATE)")

    def _confirm(self, entry: Entry, session: str) -> Entry:
        """An entry, once it is known to stand in the file that is there now. Raises
        RecordProblem."""
        if _identity(_file(self._url)) != self._identity:
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

    def _check(self) -> None:
        """Set up the tables where there are none, and refuse those of another version."""
        with self._engine.connect() as db:
            version = _version(db)
        if version is None:
            with self._engine.execution_options(writes=True).begin() as db:
                if db.dialect.name == "postgresql":
                    db.execute(select(func.pg_advisory_xact_lock(_LOCK)))
                if (version := _version(db)) is None:
                    _TABLES.create_all(db)
                    db.execute(insert(_VERSION).values(version=SCHEMA))
                    version = SCHEMA
        if version != SCHEMA:
            raise RecordProblem(
                f"{self.name} was made by {'a newer' if version > SCHEMA else 'an older'} version"
                f" of this app (tables {version}, not {SCHEMA})",
                "use the version of the app that made it, or keep records elsewhere"
                f" ({ENVIRONMENT})",
            )

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with."""
        with self.trouble("read"):
            self._look(anew=False)
            with self._engine.connect() as db:
                yield db

    @contextmanager
    def writing(self, anew: bool = False) -> Iterator[Connection]:
        """A transaction to write in, kept whole or not at all; with ``anew``, also where a new file
        must be made."""
        with self.trouble("written"):
            self._look(anew)
            with self._engine.execution_options(writes=True).begin() as db:
                yield db

    @contextmanager
    def trouble(self, done: str) -> Iterator[None]:
        """The database's errors in plain words."""
        try:
            yield
        except DBAPIError as error:
            why, mend = _in_words(error)
            raise RecordProblem(f"{self.name} could not be {done}: {why}", mend) from error
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            why = (
                error.strerror
                if isinstance(error, OSError) and error.strerror
                else type(error).__name__
            )
            raise RecordProblem(
                f"{self.name} could not be {done}: {why}",
                "check the folder and its permissions, then try again",
            ) from error


def _bounded(what: str, text: str, longest: int) -> None:
    if len(text) > longest:
        raise ValueError(f"{what} is longer than {longest:,} characters")
    if any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text):
        raise ValueError(f"{what} holds characters that are no text")


def _overview() -> Any:
    """Sessions with the number of their entries and when they ended, in the order of
    :class:`Session`."""
    s, e = SESSIONS.c, ENTRIES.c
    counted = select(func.count()).where(e.session == s.id).scalar_subquery()
    turns = [Kind.ENDED.value, Kind.RESUMED.value]
    last = select(case((e.kind == Kind.ENDED.value, e.at))).where(
        e.session == s.id, e.kind.in_(turns)
    )
    ended = last.order_by(e.number.desc()).limit(1).scalar_subquery()
    return select(s.id, s.name, s.started, s.data_version, counted, ended)


def entry_of(row: Row[Any]) -> Entry:
    """A row of the entries. Raises RecordProblem where it is none that this app writes."""
    try:
        return Entry(row.id, row.at, read(Kind(row.kind), row.data), row.number)
    except (InvalidData, ValueError, TypeError):
        what = f"entry {row.number} of the session {row.session[:8]}… is not what this app writes"
        raise RecordProblem(
            what, "it was changed from outside; restore the database from a copy"
        ) from None


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


def _version(db: Connection) -> int | None:
    """The version of the tables; None where there are none yet."""
    return (
        db.scalar(select(func.max(_VERSION.c.version)))
        if inspect(db).has_table(_VERSION.name)
        else None
    )


# Databases


def _address(text: str) -> URL:
    """An address that records can be kept at."""
    mend = "write sqlite:///FOLDER/FILE or postgresql://USER@HOST/DATABASE"
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise RecordProblem(
            f"the address of the records ({ENVIRONMENT}) cannot be read", mend
        ) from None
    backend = "postgresql" if url.get_backend_name() == "postgres" else url.get_backend_name()
    if backend not in ("sqlite", "postgresql"):
        raise RecordProblem(f"records cannot be kept in {shown(backend)}", mend)
    if backend == "sqlite" and url.database in (None, "", ":memory:"):
        raise RecordProblem("records in memory are lost with the process", mend)
    return url.set(drivername="postgresql+psycopg" if backend == "postgresql" else "sqlite")


def _spoken(url: URL) -> str:
    """What messages call a database; never with a password."""
    if url.drivername == "sqlite":
        return f"the record {display(Path(str(url.database)))}"
    return (
        f"the record in the database {shown(url.database or '')} on"
        f" {url.host or url.query.get('host') or 'this machine'}"
    )


def _file(url: URL) -> Path | None:
    """The file of a record; None for a server, and for what SQLite alone can read
    (``file:...?mode=ro``)."""
    own = url.drivername == "sqlite" and not str(url.database).startswith("file:")
    return Path(str(url.database)) if own else None


_Parts = tuple[tuple[int, int], tuple[int, int] | None]


def _identity(file: Path | None) -> _Parts | None:
    """What tells a file, and the ``-wal`` beside it, from others at the same place; None where
    there is no file. While a connection is open, the ``-wal`` stays the same one."""
    own = _part(file) if file else None
    return (own, _part(file.with_name(f"{file.name}-wal"))) if file and own else None


def _part(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return (found.st_dev, found.st_ino)


def _engine(url: URL) -> Engine:
    if url.drivername == "sqlite":
        engine = create_engine(
            url,
            hide_parameters=True,
            json_deserializer=_json,
            connect_args={"timeout": PATIENCE},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    given = {
        "connect_timeout": str(PATIENCE),
        "options": f"-c lock_timeout={PATIENCE}s -c statement_timeout={2 * PATIENCE}s",
    }
    return create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={k: v for k, v in given.items() if k not in url.query},
    )


def _json(text: str) -> Any:
    """What a cell holds; None, which no entry is, for what is no JSON."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def _prepare_sqlite(connection: Any, _: object) -> None:
    """Readers and a writer do not wait for each other, and what is committed is on the disk.
    Transactions are begun by us alone."""
    connection.isolation_level = None
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(db: Connection) -> None:
    """A writer takes its turn at once, so that what it reads before it writes still holds when it
    writes."""
    db.exec_driver_sql("BEGIN IMMEDIATE" if db.get_execution_options().get("writes") else "BEGIN")


_AGAIN = "try again in a moment"
_SQLITE = {
    "SQLITE_FULL": ("the disk is full", "make room, then save again"),
    "SQLITE_IOERR": (
        "the disk does not take or give the data",
        "check that it is there and has room, then save again",
    ),
    "SQLITE_READONLY": (
        "it may only be read",
        f"give this user the right to write there, or choose another place ({ENVIRONMENT})",
    ),
    "SQLITE_BUSY": (f"somebody else has been writing for more than {PATIENCE} seconds", _AGAIN),
    "SQLITE_LOCKED": ("it is locked", _AGAIN),
    "SQLITE_CANTOPEN": (
        "the file cannot be opened",
        f"check the folder and its permissions, or choose another place ({ENVIRONMENT})",
    ),
    "SQLITE_NOTADB": ("the file is not a database", f"choose another place ({ENVIRONMENT})"),
    "SQLITE_CORRUPT": (
        "the file is damaged",
        (
            "restore it from a copy; keep the damaged one, most of it can be read with sqlite3's"
            " .recover"
        ),
    ),
}
_POSTGRESQL = {
    "53": ("the server has no room left", "make room on the server, then save again"),
    "25006": ("the server takes no changes now", f"check whether it is a standby, or {_AGAIN}"),
    "55P03": (f"somebody else has been writing for more than {PATIENCE} seconds", _AGAIN),
    "57": ("the server is stopping or broke off the work", _AGAIN),
    "42501": ("this user may not do that there", "grant the right to create and write tables"),
}


def _in_words(error: DBAPIError) -> tuple[str, str]:
    """What a driver's error means, and how to mend it."""
    own = error.orig
    name, state = (
        str(getattr(own, "sqlite_errorname", "")),
        str(getattr(own, "sqlstate", None) or ""),
    )
    for table, code in ((_SQLITE, name), (_POSTGRESQL, state)):
        for begin, words in table.items():
            if code.startswith(begin):
                return words
    if error.connection_invalidated or (not name and not state):
        # A connection that is refused comes without a code, whatever the reason.
        return (
            "the database cannot be reached",
            (
                f"check that the server runs and that {ENVIRONMENT} has its address, database, user"
                " and password right"
            ),
        )
    return f"the database says {name or state}", _AGAIN
