"""What nobody can see, left out of somebody's files and said: such files come from other programs,
which put it there, so that nobody could mend them by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from provision.io.characters import cleaned, text_fault, unfit
from provision.io.node_paths import Path_, walk
from provision.readers.findings import Findings
from provision.readers.table import Place, Table

_ONE = "1 text held what nobody can see, which was left out"
_MANY = "{} texts held what nobody can see, which was left out"


def without_unseen(data: Any, places: Iterable[tuple[Path_, Place]] = ()) -> tuple[Any, list[str]]:
    """Plain data without what nobody can see.

    Parameters
    ----------
    data : Any
        Mappings, lists, texts, numbers.
    places : iterable of (path, Place)
        Where parts of it stood.

    Returns
    -------
    tuple of (Any, list of str)
        The same data with its texts cleaned, and the note to give, if any.
    """
    known = dict(places)
    found = Findings()
    for path, value in walk(data):
        if isinstance(value, str) and (what := text_fault(value)):
            found.add(_ONE, _MANY, _place_of(path, known), what)
    return (_cleaned(data) if found.kinds else data), list(found.lines())


def said_unseen(table: Table) -> Table:
    """A table with a note on its cells that hold what nobody can see.

    Parameters
    ----------
    table : Table
        As it was read; its cells are cleaned where they are taken.
    """
    found = Findings()
    for number, row in enumerate(table.rows):
        for column, value in enumerate(row):
            if isinstance(value, str) and unfit(value.replace("\r", "\n")):
                found.add(_ONE, _MANY, table.place(number, column), text_fault(value))
    return replace(table, notes=(*table.notes, *found.lines())) if found.kinds else table


def _place_of(path: Path_, known: dict[Path_, Place]) -> Place:
    while path and path not in known:
        path = path[:-1]
    return known.get(path, Place("", "", 0))


def _cleaned(data: Any) -> Any:
    if isinstance(data, str):
        return cleaned(data)
    if isinstance(data, list):
        return [_cleaned(value) for value in data]
    if isinstance(data, dict):
        return {key: _cleaned(value) for key, value in data.items()}
    return data
