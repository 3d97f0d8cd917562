"""Records that are kept in memory: each is read again when a file changes, and the last good one is
never lost when a change breaks it.

The one place where records of files are kept; what is shown and what stands beside it are the same
objects."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TypeVar

from provision.io.files import DataFiles, display, there
from provision.io.problems import InvalidData, Problem
from provision.record import Record, load

MOST_RECORDS = 12
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
        self.most, self._lock = most, Lock()
        self._held: OrderedDict[tuple[Path, Path], _Held] = OrderedDict()

    def live(self, files: DataFiles) -> Live:
        """The record of some files, as they are now.

        Parameters
        ----------
        files
            Where it is read from.

        Returns
        -------
        Live
            The record, and what is wrong with its files.
        """
        held = self._of(files)
        with held.lock:
            if files.stamp() != held.live.stamp:
                held.live = _read(files, held.live.record)
            return held.live

    def free(self) -> None:
        """Ask no more for what somebody is held up by on a silent disk; the records stay."""
        with self._lock:
            self._held = OrderedDict((k, _Held(own.live)) for k, own in self._held.items())

    def _of(self, files: DataFiles) -> _Held:
        # What goes with these two may come and go without taking the last good record away.
        key = (files.services, files.boundaries)
        with self._lock:
            return keep(self._held, key, self._held.get(key) or _Held(), self.most)


K = TypeVar("K")
V = TypeVar("V")


def keep(held: OrderedDict[K, V], key: K, value: V, most: int) -> V:
    """Hold a value, and let go of the one that was not held anew for the longest.

    Parameters
    ----------
    held
        What is held, the longest unasked first.
    key, value
        What is to be held.
    most
        How many are held.

    Returns
    -------
    V
        The value.
    """
    held[key] = value
    held.move_to_end(key)
    while len(held) > most:
        held.popitem(last=False)
    return value


@dataclass
class _Held:
    live: Live = field(default_factory=Live)
    lock: Lock = field(default_factory=Lock)


KEPT = RecordCache(MOST_RECORDS)


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


def _gone(record: Record) -> list[Path]:
    """The files of a record that were read and are no longer there."""
    return [p for p in record.contents if not there(p) and p not in record.unwritten]
