"""Which database records are kept in, how it is opened, and what its errors mean in words."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from provision.io.files import ROOT, display
from provision.io.problems import shown
from provision.workshop.entries import RecordProblem
from provision.workshop.write_ahead import mark

ENVIRONMENT = "PROVISION_RECORDS"
PATIENCE = 5  # seconds that one waits for the other, and for a server to answer


def default_url(environment: Mapping[str, str] = os.environ) -> str:
    """Where records are kept: what ``PROVISION_RECORDS`` says, otherwise a file beside the
    project."""
    return (
        environment.get(ENVIRONMENT)
        or URL.create(
            "sqlite", database=str(ROOT / "records" / "workshops.sqlite")
        ).render_as_string()
    )


def address(text: str) -> URL:
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


def spoken(url: URL) -> str:
    """What messages call a database; never with a password."""
    if url.drivername == "sqlite":
        return f"the record {display(Path(str(url.database)))}"
    return (
        f"the record in the database {shown(url.database or '')} on"
        f" {url.host or url.query.get('host') or 'this machine'}"
    )


def opened(url: URL) -> Engine:
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
    writes; and leaves its mark, by which a ``-wal`` is known to be of its file."""
    if db.get_execution_options().get("writes"):
        db.exec_driver_sql("BEGIN IMMEDIATE")
        mark(db)
    else:
        db.exec_driver_sql("BEGIN")


AGAIN = "try again in a moment"
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
    "SQLITE_BUSY": (f"somebody else has been writing for more than {PATIENCE} seconds", AGAIN),
    "SQLITE_LOCKED": ("it is locked", AGAIN),
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
    "25006": ("the server takes no changes now", f"check whether it is a standby, or {AGAIN}"),
    "55P03": (f"somebody else has been writing for more than {PATIENCE} seconds", AGAIN),
    "57": ("the server is stopping or broke off the work", AGAIN),
    "42501": ("this user may not do that there", "grant the right to create and write tables"),
}


def in_words(error: DBAPIError) -> tuple[str, str]:
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
    return f"the database says {name or state}", AGAIN
