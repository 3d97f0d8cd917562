"""The tables of the records, and what a row of them is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    DateTime,
    Dialect,
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
    func,
    inspect,
    select,
)

from provision.io.problems import InvalidData
from provision.workshop.entries import Entry, Kind, RecordProblem, read, utc

# raise it when the tables change, and say in `Database._check` how an older one is brought along
SCHEMA = 1
LONGEST_NAME, LONGEST_STORY = 120, 200_000


class _Utc(TypeDecorator[datetime]):
    """A moment in UTC, also where the database knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


TABLES = MetaData()
VERSION = Table(
    "workshop_version", TABLES, Column("version", Integer, primary_key=True, autoincrement=False)
)
SESSIONS = Table(
    "workshop_sessions",
    TABLES,
    Column("id", String(64), primary_key=True),
    Column("name", String(LONGEST_NAME), nullable=False),
    Column("started", _Utc, nullable=False),
    Column("data_version", String(64), nullable=False),
    Column("story", Text, nullable=False),
)
ENTRIES = Table(
    "workshop_entries",
    TABLES,
    Column("session", ForeignKey(SESSIONS.c.id), nullable=False),
    Column("number", Integer, nullable=False, autoincrement=False),
    Column("id", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("at", _Utc, nullable=False),
    Column("data", JSON, nullable=False),
    PrimaryKeyConstraint("session", "number"),
    UniqueConstraint("session", "id"),
)


def overview() -> Any:
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


def version_of(db: Connection) -> int | None:
    """The version of the tables; None where there are none yet."""
    return (
        db.scalar(select(func.max(VERSION.c.version)))
        if inspect(db).has_table(VERSION.name)
        else None
    )
