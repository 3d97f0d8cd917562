"""The live record: read again when a file changes, and never lost when a change breaks it."""

from __future__ import annotations

import os
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TypeVar

import streamlit as st

from components.data.answers import Answers, NoAnswer
from provision.geo.outlines import Outlines, outlines
from provision.io.files import DataFiles, display, there
from provision.io.problems import InvalidData, Problem
from provision.record import Record, load
from provision.regions.beside import called

MOST_RECORDS = 8
SECONDS = "PROVISION_DATA_SECONDS"  # how long the disk may take to give the data
PATIENCE = 20
_CHECK = "see that their disk or share is there; this goes on by itself once it answers"
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

    Files are looked at and read beside the script. Where a disk does not answer, the last good
    record is shown, and that the disk is silent is said.

    Parameters
    ----------
    most
        How many records are held at a time.
    answers
        Asks the disk.
    """

    def __init__(self, most: int, answers: Answers) -> None:
        self._most, self._lock, self._answers = most, Lock(), answers
        self._held: OrderedDict[tuple[Path, Path], _Held] = OrderedDict()
        self._last: OrderedDict[object, Live] = OrderedDict()

    def live(self, files: DataFiles | None = None) -> Live:
        """The record of some files, as they are now; of those that the environment names, where
        none are given."""
        key = (files.services, files.boundaries) if files else _named()
        try:
            found = self._answers.of(lambda: self._now(files or DataFiles.choose({})))
        except NoAnswer as error:
            return self._silent(key, anew=error.waited)
        with self._lock:
            _keep(self._last, key, found, self._most)
        return found

    def last(self) -> Live:
        """What was shown last of the files that the environment names, without asking a disk."""
        with self._lock:
            return self._last.get(_named(), Live())

    @property
    def silent_for(self) -> float | None:
        """For how many seconds a disk has not answered; None where all do."""
        return self._answers.silent_for

    def _silent(self, key: object, *, anew: bool) -> Live:
        """The last good record, and that no word has come of what is now."""
        with self._lock:
            if anew:  # whoever is held up goes on holding the locks of these
                self._held = OrderedDict((k, _Held(own.live)) for k, own in self._held.items())
            last = self._last.get(key, Live())
        what = f"have not answered for {self._answers.seconds:g} seconds"
        return Live(
            last.record, (Problem("the data files", 0, "", "", what, _CHECK),), (what, last.stamp)
        )

    def _now(self, files: DataFiles) -> Live:
        held = self._of(files)
        with held.lock:
            if files.stamp() != held.live.stamp:
                held.live = _read(files, held.live.record)
            return held.live

    def _of(self, files: DataFiles) -> _Held:
        # What goes with these two may come and go without taking the last good record away.
        key = (files.services, files.boundaries)
        with self._lock:
            return _keep(self._held, key, self._held.get(key) or _Held(), self._most)


K, V = TypeVar("K"), TypeVar("V")


def _keep(held: OrderedDict[K, V], key: K, value: V, most: int) -> V:
    """Hold a value, and let go of the one that was not held anew for the longest."""
    held[key] = value
    held.move_to_end(key)
    while len(held) > most:
        held.popitem(last=False)
    return value


def _named() -> object:
    """What the environment says of the data files."""
    return tuple(sorted(own for own in os.environ.items() if own[0].startswith("PROVISION_")))


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
    said = os.environ.get(SECONDS, "")
    return RecordCache(MOST_RECORDS, Answers(int(said) if said.isdecimal() else PATIENCE))


def _gone(record: Record) -> list[Path]:
    """The files of a record that were read and are no longer there."""
    return [p for p in record.contents if not there(p) and p not in record.unwritten]


def live(files: DataFiles | None = None) -> Live:
    """The record of some files; of those that the environment names, where none are given."""
    return _cache().live(files)


def last() -> Live:
    """What was shown last, without asking a disk."""
    return _cache().last()


def silent_for() -> float | None:
    """For how many seconds the disk of the data has not answered; None where it does."""
    return _cache().silent_for


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
        return changed(stamp.first) or live(stamp.files).stamp != stamp.shown
    return live().stamp != stamp


@lru_cache(maxsize=4)
def drawing(record: Record) -> Outlines:
    """The outlines of a record, worked out once for each version of the data."""
    return outlines(record)
