"""The records of one region, each loaded with what it is called and which stand beside it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from provision.coverage.then_and_now import ThenAndNow, then_and_now
from provision.io.problems import InvalidData, nearest, shown
from provision.io.region_records import RecordEntry
from provision.record import Record
from provision.regions.kept_records import KEPT


def beside(record: Record) -> tuple[Record, ...]:
    """All records of a record's region.

    Parameters
    ----------
    record
        Any of them.

    Returns
    -------
    tuple of Record
        Oldest first, with the record itself in its place; the record alone where its region names
        no others.

    Raises
    ------
    InvalidData
        Where one of the others cannot be loaded.
    """
    if record.entry is None:
        return (record,)
    return tuple(record if own == record.entry else _of(record, own) for own in record.entries)


def chosen(record: Record, wanted: str) -> Record:
    """One of the records of a record's region.

    Parameters
    ----------
    record
        Any of them.
    wanted
        The id of the one that is wanted.

    Returns
    -------
    Record
        That one.

    Raises
    ------
    LookupError
        Where the region has no record of that id.
    InvalidData
        Where it cannot be loaded.
    """
    for own in record.entries:
        if own.id == wanted:
            return record if own == record.entry else _of(record, own)
    known = [own.id for own in record.entries]
    otherwise = f"use one of: {', '.join(known)}" if known else "the region has one record alone"
    raise LookupError(f"{shown(wanted)} is not a record of it; {nearest(wanted, known, otherwise)}")


@lru_cache(maxsize=16)
def called(record: Record, entry: RecordEntry, entries: tuple[RecordEntry, ...]) -> Record:
    """A record with what it is called among those of its region; the same one at every call."""
    return replace(record, entry=entry, entries=entries)


def _of(record: Record, entry: RecordEntry) -> Record:
    own = KEPT.live(entry.files)
    if own.record is None or own.problems:
        raise InvalidData(own.problems)
    return called(own.record, entry, record.entries)


def side_by_side(record: Record) -> ThenAndNow | None:
    """All records of a record's region side by side, each on its own date.

    Parameters
    ----------
    record
        Any of them.

    Returns
    -------
    ThenAndNow or None
        None where the region has one record alone, or they are of different areas.

    Raises
    ------
    InvalidData
        Where one of the others cannot be loaded.
    """
    records = beside(record)
    if len(records) < 2 or any(list(own.row_of) != list(record.row_of) for own in records):
        return None
    return _side_by_side(records)


@lru_cache(maxsize=8)
def _side_by_side(records: tuple[Record, ...]) -> ThenAndNow:
    return then_and_now(records)
