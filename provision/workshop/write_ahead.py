"""Does the ``-wal`` of SQLite belong to the file beside which it stands?

SQLite does not ask: it plays any whole ``-wal`` onto the file, also one that a killed server left
beside the records of today where an older copy stands now. The pages of two states then lie mixed,
and entries of neither may be left.

So every transaction leaves a mark on the first page, which it therefore writes: a random number as
``user_version``, and that of the transaction before as ``application_id``. The file belongs to the
``-wal`` if it has the mark of one of its transactions, or the one from which its first went out.

Format of the files: https://www.sqlite.org/fileformat2.html, sections 1.3 and 4.
"""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from array import array
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy import Connection

_HEADER, _FRAME = 32, 24
_MAGIC = 0x377F0682  # the last bit says in which order the numbers of a sum stand
_MARK, _BEFORE = 60, 68  # where a first page has user_version and application_id
_NO_MARK = 0
_ATTEMPTS = 5  # another process may be moving pages from one file into the other meanwhile


class Mark(NamedTuple):
    """Of a transaction, and of the one before it."""

    own: int
    before: int


def mark(db: Connection) -> None:
    """Leave a mark of the transaction that has begun.

    Parameters
    ----------
    db
        Of SQLite, in a transaction that writes.
    """
    before = db.exec_driver_sql("PRAGMA user_version").scalar_one()
    own = 1 + secrets.randbelow(2**31 - 1)
    db.exec_driver_sql(f"PRAGMA application_id={before:d}")
    db.exec_driver_sql(f"PRAGMA user_version={own:d}")


def belongs(file: Path) -> bool:
    """Whether what stands in the ``-wal`` is of the file beside it.

    Parameters
    ----------
    file
        Of SQLite; it may be in use.

    Returns
    -------
    bool
        True as well where there is no ``-wal``, or nothing in it that SQLite would read.

    Raises
    ------
    OSError
        Where one of the two cannot be read.
    sqlite3.Error
        Where the file is none of SQLite.
    """
    wal = file.with_name(f"{file.name}-wal")
    if next(_frames(wal), None) is None:
        return True
    for _ in range(_ATTEMPTS):
        before, marks, after = _mark_of(file), list(_marks(wal)), _mark_of(file)
        if before is None or before != after:
            continue
        if not marks:
            return _whole_together(file, wal)
        if before.own == marks[0].before or before in marks:
            return True
    return False


def _mark_of(file: Path) -> Mark | None:
    """What stands on the first page of a file alone; None for an empty one or none."""
    if not file.exists() or not file.stat().st_size:
        return None
    with closing(_alone(file)) as db:
        own, before = (
            db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("user_version", "application_id")
        )
    return Mark(own, before)


def _alone(file: Path) -> sqlite3.Connection:
    """The file without its ``-wal``. Opened by SQLite, since a file that is closed by anybody else
    in this process loses the locks that others hold on it."""
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def _on(page: bytes) -> Mark:
    own, before = (page[at : at + 4] for at in (_MARK, _BEFORE))
    return Mark(int.from_bytes(own), int.from_bytes(before))


def _marks(wal: Path) -> Iterator[Mark]:
    """The marks of what was committed into a ``-wal``, in order."""
    waiting: list[Mark] = []
    for number, commits, page in _frames(wal):
        if number == 1:
            waiting.append(_on(page))
        if commits:
            yield from (one for one in waiting if one.own != _NO_MARK)
            waiting = []


def _frames(wal: Path) -> Iterator[tuple[int, bool, bytes]]:
    """The frames that SQLite would read: the number of the page, whether a transaction ends there,
    and the page."""
    try:
        opened = wal.open("rb")
    except FileNotFoundError:
        return
    with opened:
        header = opened.read(_HEADER)
        if len(header) < _HEADER or int.from_bytes(header[:4]) & ~1 != _MAGIC:
            return
        swap = bool(header[3] & 1) != (array("I", [1]).tobytes()[0] == 0)
        size, salt = int.from_bytes(header[8:12]), header[16:24]
        total = _sum(header[:24], (0, 0), swap)
        if total != _pair(header[24:32]):
            return
        while len(frame := opened.read(_FRAME + size)) == _FRAME + size:
            total = _sum(frame[_FRAME:], _sum(frame[:8], total, swap), swap)
            if frame[8:16] != salt or total != _pair(frame[16:24]):
                return
            yield int.from_bytes(frame[:4]), any(frame[4:8]), frame[_FRAME:]


def _pair(raw: bytes) -> tuple[int, int]:
    return int.from_bytes(raw[:4]), int.from_bytes(raw[4:])


def _sum(raw: bytes, total: tuple[int, int], swap: bool) -> tuple[int, int]:
    """The checksum of SQLite, gone on with."""
    words = array("I", raw)
    if swap:
        words.byteswap()
    first, second = total
    for one, other in zip(islice(words, 0, None, 2), islice(words, 1, None, 2), strict=True):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + other + first) & 0xFFFFFFFF
    return first, second


def _whole_together(file: Path, wal: Path) -> bool:
    """Whether two files without marks, as an earlier version of the app wrote them, are whole when
    they are read together: tried on a copy."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite"
        with closing(_alone(file)) as given, closing(sqlite3.connect(copy)) as taken:
            given.backup(taken)
        shutil.copy(wal, f"{copy}-wal")
        try:
            with closing(sqlite3.connect(copy)) as db:
                return (
                    bool(db.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
                    and not (db.execute(_HOLES).fetchone()[0])
                )
        except sqlite3.DatabaseError:
            return False


# How many sessions have holes in their numbers.
_HOLES = """
SELECT count(*) FROM (
  SELECT 1 FROM workshop_entries GROUP BY session HAVING count(*) <> max(number)
)
"""
