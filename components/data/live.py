"""The record that is shown: of the files that the environment names, or another of its region."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from provision.geo.outlines import Outlines, outlines
from provision.io.files import DataFiles
from provision.record import Record
from provision.regions.beside import called
from provision.regions.kept_records import KEPT, Live


def live(files: DataFiles | None = None) -> Live:
    """The record of some files; of those that the environment names, where none are given."""
    return KEPT.live(files or DataFiles.choose({}))


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
    own = KEPT.live(entry.files)
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
