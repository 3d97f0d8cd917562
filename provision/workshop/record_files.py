"""The files of a record in SQLite: which stand there, and whether they are those of before."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import URL

Parts = tuple[tuple[int, int], tuple[int, int] | None]


def file_of(url: URL) -> Path | None:
    """The file of a record; None for a server, and for what SQLite alone can read
    (``file:...?mode=ro``)."""
    own = url.drivername == "sqlite" and not str(url.database).startswith("file:")
    return Path(str(url.database)) if own else None


def identity(file: Path | None) -> Parts | None:
    """What tells a file, and the ``-wal`` beside it, from others at the same place; None where
    there is no file. While a connection is open, the ``-wal`` stays the same one."""
    own = part_of(file) if file else None
    return (own, part_of(file.with_name(f"{file.name}-wal"))) if file and own else None


def part_of(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return (found.st_dev, found.st_ino)
