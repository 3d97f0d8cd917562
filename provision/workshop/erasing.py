"""Words that are taken out of a record for good: the one thing that changes an entry, for a name of
a person that was written by mistake. The entry stays, with when and why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from provision.io.characters import cleaned
from provision.io.problems import InvalidData
from provision.io.reading import read_yaml
from provision.io.yaml_text import yaml_text
from provision.workshop.entries import Entry, RecordProblem, erased
from provision.workshop.store import Store
from provision.workshop.story import Kind as StepKind
from provision.workshop.tables import ENTRIES, LONGEST_NAME, SESSIONS, entry_of


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


def erase_beginning(store: Store, session: str, why: str, at: datetime) -> str:
    """Take the words out of what a session began with: its name, and the headlines, questions and
    notes of its story. The steps stay.

    Parameters
    ----------
    store, session, why, at
        As for :func:`erase`.

    Returns
    -------
    str
        The name that it has then.

    Raises
    ------
    RecordProblem
        Where there is no such session, or somebody still reads what stood there before.
    """
    own = store.session(session).id
    name = f"Erased on {at:%Y-%m-%d}: {' '.join(cleaned(why).split())}"[:LONGEST_NAME]
    story = _without_words(store.story(own))
    with store.writing() as db:
        if store.file is not None:
            db.exec_driver_sql("PRAGMA secure_delete=ON")
        same = SESSIONS.c.id == own
        db.execute(update(SESSIONS).where(same).values(name=name, story=story))
    store.checkpoint()
    return name


def _without_words(story: str) -> str:
    """A story's text with its steps alone; nothing of one that cannot be read."""
    try:
        data: Any = read_yaml(story, "the story").data
    except InvalidData:
        return ""
    steps = data.get("steps") if isinstance(data, dict) else None
    if not isinstance(steps, list) or not all(isinstance(one, dict) for one in steps):
        return ""
    kinds = set(StepKind)
    bare = [{k: v for k, v in one.items() if k in kinds} for one in steps]
    return yaml_text({**data, "name": "", "steps": bare})
