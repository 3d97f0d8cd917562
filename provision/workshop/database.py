"""The database of the records, opened and looked after: it is read and written only while it stands
where it stood, and its errors are said in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from provision.workshop import engines
from provision.workshop.engines import AGAIN, ENVIRONMENT, address, default_url, in_words, spoken
from provision.workshop.entries import RecordProblem
from provision.workshop.record_files import file_of, identity, part_of
from provision.workshop.tables import SCHEMA, TABLES, VERSION, version_of
from provision.workshop.write_ahead import belongs

_LOCK = 7_305_821  # any number, the same for everybody who sets up the tables


class Database:
    """What records are kept in, behind one address. Safe to share between threads."""

    def __init__(self, url: str | None = None) -> None:
        """Opens it, and sets up the tables where there are none. Raises RecordProblem."""
        self._url = address(default_url() if url is None else url)
        self.name = spoken(self._url)
        with self.trouble("opened"):
            self._engine = engines.opened(self._url)
            try:
                self._open()
            except BaseException:
                self._engine.dispose()
                raise

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
        return file_of(self._url)

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
        wait = engines.PATIENCE
        with self.trouble("written"), closing(sqlite3.connect(self.file, timeout=wait)) as db:
            (busy, *_) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise RecordProblem(
                f"{self.name} is being read, and a part of it still stands in its -wal file", AGAIN
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
            why, mend = in_words(error)
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

    def _open(self) -> None:
        """Begin with the file that stands there now, which is made where there is none."""
        if (file := file_of(self._url)) is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            if not belongs(file):
                raise RecordProblem(
                    f"the -wal file beside {self.name} is of another copy of it",
                    "put the file back that it belongs to; or move the -wal file elsewhere, to go"
                    " on from this copy",
                )
        self._check()
        self._identity = identity(file)

    def _look(self, anew: bool) -> None:
        """Go on where the file has been put back or restored from a copy, or where one may be begun
        ``anew``. Raises RecordProblem."""
        file = file_of(self._url)
        if (found := identity(file)) == self._identity:
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
        if of_before is not None and part_of(wal) == of_before:
            wal.replace(wal.with_name(f"{wal.name}.left"))

    def _bring_in(self) -> None:
        """Bring into the file what open connections still hold of a ``-wal`` that was taken away. A
        new one would take up what stands there now instead."""
        pool = self._engine.pool
        if not isinstance(pool, QueuePool) or not pool.checkedin():
            return
        with self._engine.connect() as db:
            held = db.connection.driver_connection
            assert held is not None
            held.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _check(self) -> None:
        """Set up the tables where there are none, and refuse those of another version."""
        with self._engine.connect() as db:
            version = version_of(db)
        if version is None:
            with self._engine.execution_options(writes=True).begin() as db:
                if db.dialect.name == "postgresql":
                    db.execute(select(func.pg_advisory_xact_lock(_LOCK)))
                if (version := version_of(db)) is None:
                    TABLES.create_all(db)
                    db.execute(insert(VERSION).values(version=SCHEMA))
                    version = SCHEMA
        if version != SCHEMA:
            raise RecordProblem(
                f"{self.name} was made by {'a newer' if version > SCHEMA else 'an older'} version"
                f" of this app (tables {version}, not {SCHEMA})",
                "use the version of the app that made it, or keep records elsewhere"
                f" ({ENVIRONMENT})",
            )
