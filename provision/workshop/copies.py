"""Copies of the records: made whole while others write, checked, and put back.

A copy is one SQLite file, whatever the records are kept in. A file that is being written has parts
beside it (``-wal``), so that copying it by hand may leave entries out; here the database hands over
its pages itself, in one piece.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sqlalchemy import delete, insert, select

from provision.io.files import display
from provision.workshop.entries import RecordProblem
from provision.workshop.store import Store
from provision.workshop.tables import ENTRIES, SESSIONS

MOST_FAULTS = 100
RECORDS = (SESSIONS, ENTRIES)


def backup(store: Store, out: Path) -> int:
    """Copy all records into one file, whole or not at all.

    Parameters
    ----------
    store
        The records; they may be in use.
    out
        Where the copy is written; what stands there is replaced.

    Returns
    -------
    int
        How many sessions the copy holds.

    Raises
    ------
    RecordProblem
        Where the records cannot be read, or the copy cannot be written or is not whole.
    """
    part = Path(mkdtemp(prefix=f".{out.name[:40]}.", dir=_folder(out))) / "copy.sqlite"
    try:
        _copy(store, part)
        copied = _opened(part)
        if faults := check(copied):
            raise RecordProblem(f"the copy is not whole: {faults[0]}", "check the records first")
        many = len(copied.sessions())
        copied.close()
        part.replace(out)
        return many
    except (OSError, sqlite3.Error) as error:
        raise RecordProblem(
            f"the copy could not be written: {error}", "choose another folder or make room"
        ) from None
    finally:
        for left in part.parent.iterdir():
            left.unlink()
        part.parent.rmdir()


def restore(store: Store, copy: Path, before: Path) -> int:
    """Put the records of a copy in the place of those that there are.

    The records may be in use: who has them open goes on with those of the copy.

    Parameters
    ----------
    store
        The records.
    copy
        A file of :func:`backup`, or another whole file of records.
    before
        Where the records as they are now are copied to first.

    Returns
    -------
    int
        How many sessions there are then.

    Raises
    ------
    RecordProblem
        Where the copy is not whole or something cannot be read or written; then nothing is changed.
    """
    if not copy.is_file():
        raise RecordProblem(f"{display(copy)} is not there", "check the path")
    given = _opened(copy)
    try:
        if faults := check(given):
            raise RecordProblem(f"{display(copy)} is not whole: {faults[0]}", "take another copy")
        backup(store, before)
        if store.file is None:
            _replace_rows(store, _rows(given))
        else:
            with store.writing(anew=True):
                pass  # a mark of its own goes before what the copy brings with it
            _pages(copy, store.file)
    except sqlite3.Error as error:
        raise RecordProblem(
            f"{store.name} could not be written: {error}", "stop the app, then try again"
        ) from None
    finally:
        given.close()
    return len(store.sessions())


def check(store: Store) -> list[str]:
    """What is wrong with the records.

    Parameters
    ----------
    store
        The records; they may be in use.

    Returns
    -------
    list of str
        A sentence for each fault, at most a hundred; empty where all is whole.
    """
    return [fault for fault, _ in zip(_faults(store), range(MOST_FAULTS), strict=False)]


def _faults(store: Store) -> Iterator[str]:
    for line in store.integrity():
        yield f"the database says: {line}"
    for session in store.sessions():
        try:
            found = store.entries(session.id)
        except RecordProblem as problem:
            yield problem.what
            continue
        if [e.number for e in found] != list(range(1, len(found) + 1)):
            yield f"the record {session.name!r} has holes in its numbers"


def _copy(store: Store, out: Path) -> None:
    if store.file is not None:
        _pages(store.file, out)
        return
    copied = _opened(out)
    _replace_rows(copied, _rows(store))
    copied.close()


def _pages(source: Path, target: Path) -> None:
    """Hand the pages of one SQLite database to another, as one transaction of both."""
    with closing(sqlite3.connect(source)) as given, closing(sqlite3.connect(target)) as taken:
        given.backup(taken)


def _rows(store: Store) -> list[list[dict[str, Any]]]:
    """All rows of sessions and entries, as they stand at one moment."""
    with store.reading() as db:
        return [[dict(row) for row in db.execute(select(t)).mappings()] for t in RECORDS]


def _replace_rows(store: Store, rows: Sequence[Sequence[Mapping[str, Any]]]) -> None:
    """Put rows in the place of all that there are."""
    with store.writing(anew=True) as db:
        for table in reversed(RECORDS):
            db.execute(delete(table))
        for table, given in zip(RECORDS, rows, strict=True):
            if given:
                db.execute(insert(table), [dict(row) for row in given])


def _opened(file: Path) -> Store:
    return Store(f"sqlite:///{file}")


def _folder(out: Path) -> Path:
    if not os.access(out.parent, os.W_OK):
        raise RecordProblem(f"{display(out)} cannot be written", "choose another folder")
    return out.parent
