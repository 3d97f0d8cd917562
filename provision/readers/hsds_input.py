"""The files of an Open Referral feed, opened under bounds: one file, a folder of them, or a zip.

Nothing is unpacked on disk and nothing outside the folder or the zip is followed. A single file
that cannot be read is refused; one of several is set aside with its reason, and the rest comes in.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from provision.io.files import display, open_file
from provision.io.problems import InvalidData, Problem, shown
from provision.io.reading import decode, read_json
from provision.readers.delimited import delimited_table
from provision.readers.kinds import FileKind, kind_of, wrong_kind

MAX_BYTES = 50_000_000
MOST_FILES = 2_000
MAX_DEPTH, MAX_NODES = 24, 3_000_000
DEEPEST_FOLDER = 4
FIX = "export the services again as Open Referral JSON, or as a zip of its CSV tables"
WANTED = "an Open Referral feed (JSON, CSV, or a zip of them)"
_HEADINGS = frozenset(("id", "name", "organization_id", "service_id", "status", "description"))
_SKIPPED = re.compile(r"(^|/)(\.|__MACOSX/|~\$)")


@dataclass(frozen=True)
class FeedFile:
    """One file of a feed: the name a reader knows it by, and what it holds.

    Parameters
    ----------
    name : str
        As shown in messages, for instance ``feed.zip: page-2.json``.
    path : str
        Inside the folder or zip, with ``/``; for a single file, its name.
    data : Any
        Parsed JSON, or for a CSV the list of its rows, each a mapping from column to text.
    lines, columns : tuple of int, tuple of str
        For a CSV, the line (1-based) that each row begins on, and its headings; empty for JSON.
    """

    name: str
    path: str
    data: Any
    lines: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def is_table(self) -> bool:
        """Whether the file was a CSV."""
        return self.path.casefold().endswith(".csv")


@dataclass(frozen=True)
class FeedInput:
    """What was opened, in reading order, and a problem for each file that was set aside."""

    name: str
    files: tuple[FeedFile, ...]
    problems: tuple[Problem, ...] = ()


def open_feed(path: Path) -> FeedInput:
    """Open a feed's file, folder or zip.

    Parameters
    ----------
    path : Path
        A JSON or CSV file, a ``datapackage.json``, a folder, or a zip.

    Returns
    -------
    FeedInput

    Raises
    ------
    InvalidData
        Where nothing of it can be read, or it is larger than is allowed.
    """
    name = display(path)
    if path.is_dir():
        return _several(name, _in_folder(path, name))
    if path.name.casefold().endswith("datapackage.json") and path.parent.is_dir():
        return _several(display(path.parent), _package(path, name))
    return open_bytes(_bytes(path, name), name, path.name)


def open_bytes(raw: bytes, name: str, path: str) -> FeedInput:
    """A single file from its bytes; the ending of ``path`` says whether it is a CSV. Raises
    InvalidData where it cannot be read."""
    if kind_of(raw) is FileKind.ZIP:
        return open_zip(raw, name)
    return FeedInput(name, (_parsed(raw, name, path),))


def is_service_table(raw: bytes) -> bool:
    """Whether a CSV is a table of services of HSDS, and not any other list: it names each service's
    organisation by an identifier."""
    first = raw[:4096].removeprefix(b"\xef\xbb\xbf").splitlines()[:1]
    columns = {column.strip(b' "').lower() for line in first for column in line.split(b",")}
    return {b"id", b"organization_id", b"name"} <= columns


def open_zip(raw: bytes, name: str) -> FeedInput:
    """The JSON and CSV files of a zip. Raises InvalidData where it is no zip of a feed, or too
    large."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise _refused(name, "is not a whole zip", "make the zip again") from None
    with archive:
        members = [m for m in archive.infolist() if not m.is_dir()]
        return _several(name, _in_zip(archive, members, name))


Opened = tuple[str, Callable[[int], bytes]]  # a path, and what reads at most so many bytes of it


def _in_folder(folder: Path, name: str) -> list[Opened]:
    found = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        wanted = path.suffix.casefold() in (".json", ".csv") and len(inside.parts) <= DEEPEST_FOLDER
        if wanted and path.is_file() and not path.is_symlink():
            found.append((inside.as_posix(), _reader(path)))
        if len(found) > MOST_FILES:
            raise _refused(
                name, f"holds more than {MOST_FILES:,} files", "give the folder of one feed"
            )
    return found


def _package(path: Path, name: str) -> list[Opened]:
    """A data package's description and the tables that it names, as far as they are there."""
    described = read_json(decode(_bytes(path, name), name, MAX_BYTES), name, FIX)
    resources = described.get("resources") if isinstance(described, dict) else None
    named = (
        [r.get("path") for r in resources if isinstance(r, dict)]
        if isinstance(resources, list)
        else []
    )
    inside = [p for p in named[:MOST_FILES] if isinstance(p, str) and _stays_inside(path.parent, p)]
    tables = [
        (p, _reader(path.parent / p)) for p in dict.fromkeys(inside) if (path.parent / p).is_file()
    ]
    return [(path.name, _reader(path)), *tables]


def _stays_inside(folder: Path, path: str) -> bool:
    try:
        return (folder / path).resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        return False


def _in_zip(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str) -> list[Opened]:
    if len(members) > MOST_FILES:
        raise _refused(name, f"holds more than {MOST_FILES:,} files", "zip one feed alone")
    wanted = [
        m
        for m in members
        if m.filename.casefold().endswith((".json", ".csv")) and not _SKIPPED.search(m.filename)
    ]
    if any(member.flag_bits & 1 for member in wanted):
        raise _refused(name, "is locked with a password", "zip it without one")

    def reads(member: zipfile.ZipInfo) -> Callable[[int], bytes]:
        def read(limit: int) -> bytes:
            with archive.open(
                member
            ) as file:  # counted as it comes, whatever the zip says of itself
                return file.read(limit)

        return read

    return [(member.filename, reads(member)) for member in wanted]


def _reader(path: Path) -> Callable[[int], bytes]:
    def read(limit: int) -> bytes:
        with path.open("rb") as file:
            return file.read(limit)

    return read


def _several(name: str, opened: list[Opened]) -> FeedInput:
    """Every file in reading order: page 2 before page 10. Raises InvalidData where none can be
    read."""
    if not opened:
        raise _refused(
            name, "holds no JSON or CSV file", "give the folder or zip of an Open Referral feed"
        )
    files: list[FeedFile] = []
    problems: list[Problem] = []
    left = MAX_BYTES
    for path, read in sorted(opened, key=lambda one: _natural(one[0])):
        called = f"{name}: {shown(path)[1:-1]}"
        try:
            raw = _whole(read, left, called)
            left -= len(raw)
            files.append(_parsed(raw, called, path))
        except InvalidData as error:
            problems += error.problems
        if left <= 0:
            raise _refused(name, f"is larger than {MAX_BYTES:,} bytes unpacked", "split it")
    if not files:
        raise InvalidData(problems)
    return FeedInput(name, tuple(files), tuple(problems))


def _whole(read: Callable[[int], bytes], limit: int, name: str) -> bytes:
    try:
        return read(limit)
    except (
        OSError,
        zipfile.BadZipFile,
        NotImplementedError,
        ValueError,
        EOFError,
        RuntimeError,
    ) as error:
        what = getattr(error, "strerror", None) or "it is damaged"
        raise _refused(name, f"cannot be read ({what})", "export it again") from None


def _natural(path: str) -> list[tuple[int, str]]:
    return [
        (int(part[:18]), "") if part.isdecimal() else (-1, part)
        for part in re.split(r"(\d+)", path.casefold())
    ]


def _bytes(path: Path, name: str) -> bytes:
    try:
        with open_file(path) as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _refused(
            name, f"cannot be read ({error.strerror})", "check the path and its permissions"
        ) from None
    if len(raw) > MAX_BYTES:
        raise _refused(name, f"is larger than {MAX_BYTES:,} bytes", "split it")
    return raw


def _parsed(raw: bytes, name: str, path: str) -> FeedFile:
    kind = kind_of(raw)
    if kind is FileKind.TEXT and path.casefold().endswith(".csv"):
        return _table(raw, name, path)
    if kind not in (FileKind.JSON, FileKind.TEXT):
        raise wrong_kind(name, kind, WANTED)
    text = decode(raw, name, MAX_BYTES)
    # Counted before it is parsed, so that a small text cannot become a large structure.
    if text.count(",") + text.count("[") + text.count("{") > MAX_NODES:
        raise _refused(name, f"holds more than {MAX_NODES:,} values", "split it")
    data = read_json(text, name, FIX)
    _bounded(data, name)
    return FeedFile(name, path, data)


def _bounded(data: Any, name: str) -> None:
    """Refuse what is nested too deep before anything walks through it."""
    level = [data]
    for _ in range(MAX_DEPTH + 1):
        level = [
            inner for value in level for inner in _inner(value) if isinstance(inner, (dict, list))
        ]
        if not level:
            return
    raise _refused(name, f"is nested more than {MAX_DEPTH} deep", FIX)


def _inner(value: Any) -> Iterator[Any]:
    yield from (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    )


def _table(raw: bytes, name: str, path: str) -> FeedFile:
    """A CSV's rows, each a mapping from heading to text; blank cells are left out."""
    table = delimited_table(raw, name, _HEADINGS)
    rows = [
        {c: v for c, v in zip(table.columns, row, strict=True) if v is not None}
        for row in table.rows
    ]
    return FeedFile(name, path, rows, table.row_numbers, table.columns)


def _refused(name: str, what: str, fix: str) -> InvalidData:
    return InvalidData([Problem(name, 0, "", "", what, fix)])
