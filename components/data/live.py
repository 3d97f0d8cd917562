"""The live record: read again when a file changes, and never lost when a change breaks it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Lock

import streamlit as st

from provision.geo.outlines import Outlines, outlines
from provision.io.files import DataFiles, display, there
from provision.io.problems import InvalidData, Problem
from provision.record import Record, load

_PUT_BACK = "put it back where it was; if the region is to do without it, start the app again"


@dataclass
class _Shelf:
    """The last good record, and what is wrong with the files as they stand now."""

    record: Record | None = None
    problems: tuple[Problem, ...] = ()
    stamp: object = None
    lock: Lock = field(default_factory=Lock)


@dataclass(frozen=True)
class Live:
    """What can be shown now. With ``problems``, ``record`` is the last good one, or None if there
    never was one."""

    record: Record | None
    problems: tuple[Problem, ...]


@st.cache_resource(show_spinner="Reading and checking the data …")
def _shelf(services: Path, boundaries: Path) -> _Shelf:
    """One region's shelf. What goes with these two files may come and go without taking the last
    good record away."""
    return _Shelf()


def live() -> Live:
    """The record of the files that the environment names, read again if any of them has changed."""
    files = DataFiles.choose({})
    shelf = _shelf(files.services, files.boundaries)
    with shelf.lock:
        if files.stamp() != shelf.stamp:
            _refresh(shelf, files)
        return Live(shelf.record, shelf.problems)


def _refresh(shelf: _Shelf, files: DataFiles) -> None:
    """Read the files again. The stamp is taken before: what changes while they are read makes
    another one."""
    shelf.stamp = files.stamp()
    if shelf.record and (gone := _gone(shelf.record)):
        # Also a file that a region can do without: nobody said that it is to be, and what the
        # others say of it would seem to be wrong.
        shelf.problems = tuple(
            Problem(display(path), 0, "", "", "is no longer there", _PUT_BACK) for path in gone
        )
        return
    try:
        shelf.record, shelf.problems = load(files), ()
    except InvalidData as error:
        shelf.problems = error.problems


def _gone(record: Record) -> list[Path]:
    """The files of a record that were read and are no longer there."""
    return [p for p in record.contents if not there(p) and p not in record.unwritten]


def changed(seen: object) -> bool:
    """Whether the files differ from the stamp ``seen``."""
    return DataFiles.choose({}).stamp() != seen


def stamp() -> object:
    """The stamp of the files now, for :func:`changed`."""
    return DataFiles.choose({}).stamp()


@lru_cache(maxsize=4)
def drawing(record: Record) -> Outlines:
    """The outlines of a record, worked out once for each version of the data."""
    return outlines(record)
