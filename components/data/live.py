"""The record that is shown, as its files are now; the last good one where they are broken, or their
disk is silent."""

from __future__ import annotations

import os
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import streamlit as st

from components.data import caches
from components.data.answers import Answers, NoAnswer
from provision.geo.outlines import Outlines, outlines
from provision.io.files import DataFiles
from provision.io.problems import Problem
from provision.record import Record
from provision.regions.beside import called
from provision.regions.kept_records import KEPT, Live, RecordCache, keep

SECONDS = "PROVISION_DATA_SECONDS"  # how long the disk may take to give the data
PATIENCE = 20
_CHECK = "see that their disk or share is there; this goes on by itself once it answers"


class AnsweredRecords:
    """Records as they are kept (:mod:`provision.regions.kept_records`), asked for beside the
    script. Where a disk does not answer, the last good record is shown, and that the disk is silent
    is said.

    Parameters
    ----------
    kept
        Where records are kept.
    answers
        Asks the disk.
    """

    def __init__(self, kept: RecordCache, answers: Answers) -> None:
        self._kept, self._lock, self._answers = kept, Lock(), answers
        self._last: OrderedDict[object, Live] = OrderedDict()

    def live(self, files: DataFiles | None = None) -> Live:
        """The record of some files, as they are now; of those that the environment names, where
        none are given."""
        key = (files.services, files.boundaries) if files else _named()
        try:
            found = self._answers.of(lambda: self._kept.live(files or DataFiles.choose({})))
        except NoAnswer as error:
            return self._silent(key, anew=error.waited)
        with self._lock:
            before = self._last.get(key, found)
            keep(self._last, key, found, self._kept.most)
        if before.record is not found.record:
            caches.renewed()
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
        if anew:  # whoever is held up goes on holding the locks of these
            self._kept.free()
        with self._lock:
            last = self._last.get(key, Live())
        what = f"have not answered for {self._answers.seconds:g} seconds"
        return Live(
            last.record, (Problem("the data files", 0, "", "", what, _CHECK),), (what, last.stamp)
        )


def _named() -> object:
    """What the environment says of the data files."""
    return tuple(sorted(own for own in os.environ.items() if own[0].startswith("PROVISION_")))


@st.cache_resource(show_spinner=False)
def _cache() -> AnsweredRecords:
    said = os.environ.get(SECONDS, "")
    return AnsweredRecords(KEPT, Answers(int(said) if said.isdecimal() else PATIENCE))


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
