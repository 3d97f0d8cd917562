"""Words that are taken out of a record for good: the one thing that changes an entry, for a name of
a person that was written by mistake. The entry stays, with when and why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from provision.workshop.entries import Entry, RecordProblem, erased
from provision.workshop.store import ENTRIES, Store, entry_of


def erase(store: Store, session: str, number: int, why: str, at: datetime) -> Entry:
    """Take the words out of an entry.

    In SQLite the words are overwritten in the file and its ``-wal``; copies of before still hold
    them, until the same is done to these.

    Parameters
    ----------
    store
        The records; they may be in use.
    session, number
        Of the entry.
    why
        In a few words, which say nothing of what is erased.
    at
        The moment, with its zone.

    Returns
    -------
    Entry
        As it is then.

    Raises
    ------
    RecordProblem
        Where there is no such entry, or somebody still reads what stood there before.
    InvalidData
        Where the reason cannot be kept.
    """
    session = store.session(session).id
    same = (ENTRIES.c.session == session) & (ENTRIES.c.number == number)
    with store.writing() as db:
        if store.file is not None:
            db.exec_driver_sql("PRAGMA secure_delete=ON")
        row = db.execute(select(ENTRIES).where(same)).first()
        if row is None:
            raise RecordProblem(
                f"there is no entry {number} in that record",
                "take its number from the list on the desk",
                again=False,
            )
        before = entry_of(row)
        data = erased(before.data, why, at)
        db.execute(update(ENTRIES).where(same).values(data=data.model_dump(mode="json")))
    store.checkpoint()
    return Entry(before.id, before.at, data, before.number)
