"""A ``-wal`` that was left beside another copy of the records is noticed at a fresh start, on real
files of SQLite; one that a killed server left beside its own is played in as ever."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from provision.workshop.copies import backup, check, restore
from provision.workshop.entries import Kind, Note, RecordProblem
from provision.workshop.store import Store
from provision.workshop.write_ahead import belongs

OWN_ID = "A" * 22


class Left(NamedTuple):
    """What a server that was killed leaves: a file and the ``-wal`` beside it."""

    file: bytes
    wal: bytes


def opened(place: Path) -> Store:
    return Store(f"sqlite:///{place}")


def notes(store: Store, *words: str) -> None:
    for text in words:
        store.add(OWN_ID, Kind.NOTE, {"text": text + " x" * 450})


def said(place: Path) -> list[str]:
    """The first words of what a fresh start finds."""
    with closing(opened(place)) as store:
        assert check(store) == []
        return [e.data.text.split()[0] for e in store.entries(OWN_ID) if isinstance(e.data, Note)]


def left_by(place: Path) -> Left:
    """As if the server were killed now."""
    return Left(place.read_bytes(), place.with_name(f"{place.name}-wal").read_bytes())


def put(folder: Path, file: bytes, wal: bytes) -> Path:
    folder.mkdir()
    place = folder / "workshops.sqlite"
    place.write_bytes(file)
    place.with_name("workshops.sqlite-wal").write_bytes(wal)
    return place


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "served").mkdir()
    return tmp_path / "served" / "workshops.sqlite"


@pytest.fixture
def older(place: Path) -> bytes:
    """A copy with the first entry alone."""
    with closing(opened(place)) as store:
        store.start("Evening", "s", "v", own=OWN_ID)
        notes(store, "first")
    return place.read_bytes()


@pytest.fixture
def killed(place: Path, older: bytes) -> Left:
    """Killed after four entries, of which the last alone stands in the ``-wal``."""
    with closing(opened(place)) as store:
        notes(store, "second", "third")
        store.checkpoint()
        notes(store, "fourth")
        return left_by(place)


def test_what_a_killed_server_left_is_played_in(killed: Left, tmp_path: Path) -> None:
    place = put(tmp_path / "own", *killed)
    assert said(place) == ["first", "second", "third", "fourth"]


def test_a_wal_beside_an_older_copy_is_noticed_and_nothing_is_touched(
    older: bytes, killed: Left, tmp_path: Path
) -> None:
    place = put(tmp_path / "own", older, killed.wal)
    for _ in range(2):
        with pytest.raises(RecordProblem, match=r"the -wal file beside .* is of another copy"):
            opened(place)
    assert left_by(place) == (older, killed.wal), "whoever has the newer file loses nothing"
    wal = place.with_name("workshops.sqlite-wal")
    wal.rename(tmp_path / "aside")
    assert said(place) == ["first"]


def test_an_older_wal_beside_a_newer_file_is_noticed(
    place: Path, killed: Left, tmp_path: Path
) -> None:
    with closing(opened(place)) as store:
        notes(store, "fifth")
    with pytest.raises(RecordProblem, match="is of another copy"):
        opened(put(tmp_path / "own", place.read_bytes(), killed.wal))


def test_two_lines_that_went_on_from_one_copy_are_told_apart(
    older: bytes, killed: Left, tmp_path: Path
) -> None:
    other = put(tmp_path / "other", older, b"")
    with closing(opened(other)) as store:
        notes(store, "another", "again")
    with pytest.raises(RecordProblem, match="is of another copy"):
        opened(put(tmp_path / "own", other.read_bytes(), killed.wal))


def test_a_wal_whose_file_is_gone_is_not_thrown_away(killed: Left, tmp_path: Path) -> None:
    place = put(tmp_path / "own", b"", killed.wal)
    for gone in (lambda: None, place.unlink):
        gone()
        with pytest.raises(RecordProblem, match="is of another copy"):
            opened(place)
    assert place.with_name("workshops.sqlite-wal").read_bytes() == killed.wal


def test_killed_while_a_part_had_been_moved_into_the_file(
    place: Path, older: bytes, tmp_path: Path
) -> None:
    many = [f"another{number}" for number in range(20)]
    with closing(opened(place)) as store, closing(sqlite3.connect(place)) as reader:
        notes(store, *many)
        reader.execute("BEGIN").execute("SELECT count(*) FROM workshop_entries").fetchone()
        notes(store, "last")
        with closing(sqlite3.connect(place)) as db:
            _, all_frames, moved = db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        assert 0 < moved < all_frames
        left = left_by(place)
    assert left.file != older
    assert said(put(tmp_path / "own", *left)) == ["first", *many, "last"]


@pytest.mark.parametrize("kept", [0, 31, 32, 500, 4_200, 8_000, 12_345])
def test_a_wal_that_was_cut_off_is_read_as_far_as_it_goes(
    place: Path, older: bytes, kept: int, tmp_path: Path
) -> None:
    with closing(opened(place)) as store:
        notes(store, "second", "third")
        left = left_by(place)
    assert len(left.wal) > kept
    found = said(put(tmp_path / "own", left.file, left.wal[:kept]))
    assert found == ["first", "second", "third"][: len(found)] and found


def without_marks(place: Path, older: bytes, many: int) -> tuple[bytes, Left]:
    """As an earlier version of the app wrote it: a file, and the same with ``many`` more entries of
    which the last stands in the ``-wal``."""
    place.write_bytes(older)
    with closing(sqlite3.connect(place)) as db:
        db.execute("PRAGMA user_version=0")
        db.execute("PRAGMA application_id=0")
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        file = place.read_bytes()
        for number in range(2, 2 + many):
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            row = "SELECT session, ?, ?, kind, at, data FROM workshop_entries WHERE number = 1"
            db.execute(f"INSERT INTO workshop_entries {row}", (number, f"{number:022d}"))
            db.commit()
        return file, left_by(place)


@pytest.mark.parametrize(("many", "whole"), [(1, True), (12, False)])
def test_of_a_wal_without_marks_it_is_tried_whether_both_are_whole(
    many: int, whole: bool, place: Path, older: bytes, tmp_path: Path
) -> None:
    file, left = without_marks(place, older, many)
    assert belongs(put(tmp_path / "own", *left))
    assert len(said(tmp_path / "own" / "workshops.sqlite")) == 1 + many
    assert belongs(put(tmp_path / "older", file, left.wal)) is whole


def test_a_foreign_wal_is_noticed_while_served(
    older: bytes, killed: Left, place: Path, tmp_path: Path
) -> None:
    with closing(opened(place)) as store:
        notes(store, "fifth")
        put(tmp_path / "own", older, killed.wal)
        for name in ("workshops.sqlite", "workshops.sqlite-wal"):
            (tmp_path / "own" / name).replace(place.with_name(name))
        with pytest.raises(RecordProblem, match="is of another copy"):
            notes(store, "sixth")
        place.with_name("workshops.sqlite-wal").unlink()
        with pytest.raises(RecordProblem, match="older copy: it holds 1 of 5 entries"):
            notes(store, "sixth")


@pytest.mark.parametrize("go_on", [lambda store: None, lambda store: notes(store, "second")])
def test_killed_after_a_copy_was_put_back(
    go_on: Callable[[Store], None], older: bytes, place: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite"
    with closing(opened(place)) as store:
        backup(store, copy)
        notes(store, "mistake")
        store.checkpoint()
        restore(store, copy, tmp_path / "before.sqlite")
        go_on(opened(place))
        left = left_by(place)
    found = said(put(tmp_path / "own", *left))
    assert found in (["first"], ["first", "second"])
    shutil.rmtree(tmp_path / "own")
