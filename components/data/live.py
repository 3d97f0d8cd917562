"""The live record: read again when a file changes, and never lost when a change breaks it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Lock

import streamlit as st

from provision.geo.outlines import Outlines, outlines
from provision.io.files import DataFiles, display, there
from provision.io.problems import InvalidData, Problem
from provision.record import Record, load
from provision.regions.beside import called

MOST_RECORDS = 8
_PUT_BACK = "put it back where it was; if the region is to do without it, start the app again"


@dataclass(frozen=True)
class Live:
    """What can be shown now. With ``problems``, ``record`` is the last good one, or None if there
    never was one. ``stamp`` is that of the files when they were read."""

    record: Record | None = None
    problems: tuple[Problem, ...] = ()
    stamp: object = None


class RecordCache:
    """Records by the files that they are read from, so that several can be shown beside one
    another.

    A record is read again if any of its files has changed, and the last good one is kept while
    they are broken. The one that was not asked for the longest is let go.

    Parameters
    ----------
    most
        How many records are held at a time.
    """

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._held: OrderedDict[tuple[Path, Path], _Held] = OrderedDict()

    def live(self, files: DataFiles) -> Live:
        """The record of some files, as they are now."""
        held = self._of(files)
        with held.lock:
            if files.stamp() != held.live.stamp:
                held.live = _read(files, held.live.record)
            return held.live

    def _of(self, files: DataFiles) -> _Held:
        # What goes with these two may come and go without taking the last good record away.
        key = (files.services, files.boundaries)
        with self._lock:
            held = self._held.setdefault(key, _Held())
            self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return held


@dataclass
class _Held:
    live: Live = field(default_factory=Live)
    lock: Lock = field(default_factory=Lock)


def _read(files: DataFiles, last: Record | None) -> Live:
    """Read files anew. The stamp is taken before: what changes while they are read makes another
    one."""
    stamp = files.stamp()
    if last and (gone := _gone(last)):
        # Also a file that a region can do without: nobody said that it is to be, and what the
        # others say of it would seem to be wrong.
        return Live(
            last,
            tuple(Problem(display(p), 0, "", "", "is no longer there", _PUT_BACK) for p in gone),
            stamp,
        )
    try:
        return Live(load(files), (), stamp)
    except InvalidData as error:
        return Live(last, error.problems, stamp)


@st.cache_resource(show_spinner=False)
def _cache() -> RecordCache:
    return RecordCache(MOST_RECORDS)


def _gone(record: Record) -> list[Path]:
    """The files of a record that were read and are no longer there."""
    return [p for p in record.contents if not there(p) and p not in record.unwritten]


def live(files: DataFiles | None = None) -> Live:
    """The record of some files; of those that the environment names, where none are given."""
    return _cache().live(files or DataFiles.choose({}))


@dataclass(frozen=True)
class _Both:
    """The stamps of a region's first record and of the one that is shown."""

    first: object
    files: DataFiles
    shown: object


def of_record(first: Live, key: str) -> Live:
    """Another record of the region, as it is now; the first where there is no other of that id.

    Parameters
    ----------
    first
        The region's first record.
    key
        The id of the one that is wanted.
    """
    entries = first.record.entries if first.record else ()
    entry = next((own for own in entries[1:] if own.id == key), None)
    if first.record is None or entry is None:
        return first
    own = _cache().live(entry.files)
    record = called(own.record, entry, entries) if own.record else first.record
    stamp = _Both(first.stamp, entry.files, own.stamp)
    return Live(record, (*first.problems, *own.problems), stamp)


def changed(stamp: object) -> bool:
    """Whether the files of what is shown differ from a stamp of before."""
    if isinstance(stamp, _Both):
        return changed(stamp.first) or stamp.files.stamp() != stamp.shown
    return DataFiles.choose({}).stamp() != stamp


@lru_cache(maxsize=4)
def drawing(record: Record) -> Outlines:
    """The outlines of a record, worked out once for each version of the data."""
    return outlines(record)
