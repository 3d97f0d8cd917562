"""Read which areas border on each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from provision.io.files import display
from provision.io.late_frames import PlainTable
from provision.io.problems import InvalidData, Problem, shown
from provision.io.reading import Reader, read_text
from provision.io.sidecars import HasCode
from provision.io.table_rows import FIRST_LINE, read_rows

COLUMNS = ["code_a", "code_b", "type", "crossing", "note", "source"]


class Link(StrEnum):
    """How two areas border on each other."""

    LAND = "land"
    CROSSING = "crossing"
    RIVER = "river"


def read_neighbours(path: Path, areas: Sequence[HasCode], read: Reader = read_text) -> PlainTable:
    """Neighbour pairs, each once.

    Parameters
    ----------
    path
        The CSV file.
    areas
        The areas of the region.
    read
        What reads a file's text, bounded in bytes.

    Returns
    -------
    DataFrame
        A row a pair, in the order of the file; columns of text ``code_a``, ``code_b``, ``type`` (a
        :class:`Link`), ``crossing``, ``note``, ``source``, empty where nothing is stated.

    Raises
    ------
    InvalidData
        For unknown codes, unknown types and repeated pairs."""
    rows = read_rows(path, read)
    if problems := list(_problems(display(path), rows, {area.code for area in areas})):
        raise InvalidData(problems)
    return PlainTable({name: [row.get(name) or "" for row in rows] for name in COLUMNS})


def _problems(file: str, rows: list[dict[str, str]], codes: set[str]) -> Iterator[Problem]:
    seen: set[frozenset[str]] = set()
    for line, row in enumerate(rows, FIRST_LINE):
        a, b = row.get("code_a") or "", row.get("code_b") or ""
        entry, pair = f"{a}-{b}", frozenset((a, b))
        for code in (a, b):
            if code not in codes:
                what = f"{shown(code)} is not an area in the boundaries file"
                yield Problem(file, line, entry, "code", what, "use codes of that file")
        if len(pair) < 2 or pair in seen:
            what = "is the same pair again, or an area and itself"
            yield Problem(file, line, entry, "code_b", what, "keep each pair once")
        if row.get("type") not in set(Link):
            mend = f"write one of: {', '.join(Link)}"
            yield Problem(file, line, entry, "type", f"is {shown(row.get('type'))}", mend)
        seen.add(pair)
