"""Copies of the records, what stands beside them, and words that are erased for good."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support import answer
from support.postgres import Server

from provision.io.problems import InvalidData
from provision.workshop.copies import backup, check, restore
from provision.workshop.entries import Kind, RecordProblem, read
from provision.workshop.erasing import erase, erase_beginning
from provision.workshop.retention import ENVIRONMENT as KEEP
from provision.workshop.retention import expire, kept_for
from provision.workshop.store import Store

DAY = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "served").mkdir()
    return tmp_path / "served" / "workshops.sqlite"


@pytest.fixture
def store(place: Path) -> Iterator[Store]:
    own = Store(f"sqlite:///{place}")
    yield own
    own.close()


def _note(store: Store, session: str, text: str) -> int:
    return store.add(session, Kind.NOTE, {"text": text}).number


def _texts(store: Store, session: str) -> list[str]:
    return [getattr(e.data, "text", "") for e in store.entries(session)]


def test_a_copy_made_while_served_is_one_whole_file(store: Store, tmp_path: Path) -> None:
    session = store.start("One", "s", "v")
    _note(store, session, "first")
    out = tmp_path / "copy.sqlite"
    assert backup(store, out) == 1
    _note(store, session, "second")
    alone = tmp_path / "elsewhere" / "alone.sqlite"
    alone.parent.mkdir()
    shutil.copy(out, alone)
    copied = Store(f"sqlite:///{alone}")
    assert _texts(copied, session) == ["first"] and check(copied) == []
    copied.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "copy.sqlite",
        "elsewhere",
        "served",
    ]


def test_a_copy_is_put_back_while_served(store: Store, tmp_path: Path) -> None:
    session = store.start("One", "s", "v")
    _note(store, session, "first")
    copy, before = tmp_path / "copy.sqlite", tmp_path / "before.sqlite"
    backup(store, copy)
    _note(store, session, "second")
    other = Store(str(store.file and f"sqlite:///{store.file}"))
    assert restore(other, copy, before) == 1
    other.close()
    assert _texts(store, session) == ["first"]
    kept = Store(f"sqlite:///{before}")
    assert _texts(kept, session) == ["first", "second"]
    kept.close()
    with pytest.raises(RecordProblem, match="older copy: it holds 1 of 2 entries"):
        _note(store, session, "third")
    assert _note(store, session, "third") == 2


def test_what_is_no_copy_changes_nothing(store: Store, tmp_path: Path) -> None:
    session = store.start("One", "s", "v")
    _note(store, session, "first")
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"nothing of the kind" * 400)
    for copy in (broken, tmp_path / "none.sqlite"):
        with pytest.raises(RecordProblem):
            restore(store, copy, tmp_path / "before.sqlite")
    assert _texts(store, session) == ["first"]
    assert not (tmp_path / "none.sqlite").exists()


def test_a_normal_stop_leaves_one_whole_file(store: Store, place: Path) -> None:
    session = store.start("One", "s", "v")
    _note(store, session, "first")
    store.close()
    assert [path.name for path in place.parent.iterdir()] == [place.name]
    with closing(sqlite3.connect(f"file:{place}?mode=ro&immutable=1", uri=True)) as db:
        assert db.execute("SELECT count(*) FROM workshop_entries").fetchone() == (1,)


def test_nothing_is_confirmed_beside_a_wal_that_was_taken_away(store: Store, place: Path) -> None:
    session = store.start("One", "s", "v")
    _note(store, session, "first")
    place.with_name(f"{place.name}-wal").unlink()
    assert _note(store, session, "second") == 2
    lone = place.with_name("lone.sqlite")
    for end in ("", "-wal", "-shm"):
        if (part := place.with_name(place.name + end)).exists():
            shutil.copy(part, f"{lone}{end}")
    copied = Store(f"sqlite:///{lone}")
    assert _texts(copied, session) == ["first", "second"]
    copied.close()


def test_an_older_copy_put_in_place_is_noticed_before_anything_is_confirmed(
    store: Store, place: Path, tmp_path: Path
) -> None:
    session = store.start("One", "s", "v")
    _note(store, session, "first")
    backup(store, tmp_path / "older.sqlite")
    for text in ("second", "third"):
        _note(store, session, text)
    (tmp_path / "older.sqlite").replace(place)
    with pytest.raises(RecordProblem, match="older copy: it holds 1 of 3 entries"):
        _note(store, session, "fourth")
    assert check(store) == [] and _texts(store, session) == ["first"]


def test_a_row_that_is_none_is_found_and_not_an_error(store: Store, place: Path) -> None:
    session = store.start("One", "s", "v")
    _note(store, session, "first")
    with closing(sqlite3.connect(place)) as db:
        db.execute("UPDATE workshop_entries SET data = '{no json'")
        db.commit()
    (fault,) = check(store)
    assert "entry" in fault
    with pytest.raises(RecordProblem):
        store.entries(session)


def test_erased_words_are_in_no_file_and_the_entry_stays(store: Store, place: Path) -> None:
    session = store.start("One", "s", "v")
    _note(store, session, "Somebody Named was here")
    _note(store, session, "another")
    entry = erase(store, session, 1, "a name", DAY)
    assert (entry.number, entry.kind) == (1, Kind.NOTE)
    assert _texts(store, session) == ["Erased on 2026-11-27: a name", "another"]
    assert not [p for p in place.parent.iterdir() if b"Somebody Named" in p.read_bytes()]
    with pytest.raises(RecordProblem, match="no entry 9"):
        erase(store, session, 9, "a name", DAY)


def test_a_server_is_copied_to_a_file_and_back(postgresql: Server, tmp_path: Path) -> None:
    store = Store(postgresql.database("copies"))
    session = store.start("One", "s", "v")
    _note(store, session, "first")
    copy = tmp_path / "copy.sqlite"
    assert backup(store, copy) == 1
    _note(store, session, "second")
    assert restore(store, copy, tmp_path / "before.sqlite") == 1
    assert _texts(store, session) == ["first"] and check(store) == []
    erase(store, session, 1, "a name", DAY)
    assert _texts(store, session) == ["Erased on 2026-11-27: a name"]
    store.close()


def test_the_commands_say_what_they_did(place: Path, tmp_path: Path) -> None:
    store = Store(f"sqlite:///{place}")
    session = store.start("One", "s", "v")
    _note(store, session, "first")
    store.close()
    at, copy = f"sqlite:///{place}", str(tmp_path / "copy.sqlite")
    done = answer("records", "backup", "--records", at, "--out", copy)
    assert done.returncode == 0 and "1 workshop, checked" in done.stdout
    assert "all whole" in answer("records", "check", "--records", at).stdout
    assert answer("records", "restore", copy, "--records", at).returncode == 0
    wanted = ("--session", session, "--entry", "1", "--why", "a name")
    assert answer("records", "erase", "--records", at, *wanted).returncode == 0
    assert answer("records", "restore", "--records", at).returncode == 1
    assert answer("records", "erase", "--records", at).returncode == 1


STORY = """story: 1
name: "For Somebody Named"
steps:
  - view: "coverage?on=2020-04-01"
    title: "Somebody Named was here"
    note: "ask Somebody Named"
  - ask: "scenario?best=1~land"
    question: "Where would Somebody Named go?"
"""


def test_name_and_story_are_erased_and_the_steps_stay(store: Store, place: Path) -> None:
    session = store.start("Somebody Named's workshop", STORY, "v")
    assert erase_beginning(store, session, "a name", DAY) == "Erased on 2026-11-27: a name"
    assert store.session(session).name == "Erased on 2026-11-27: a name"
    left = store.story(session)
    assert "coverage?on=2020-04-01" in left and "scenario?best=1~land" in left
    assert not [p for p in place.parent.iterdir() if b"Somebody Named" in p.read_bytes()]


@pytest.mark.parametrize("story", ["", "[1, 2]", "story: 1", "steps: [a]", "\tno yaml: ["])
def test_of_a_story_that_cannot_be_read_nothing_stays(story: str, store: Store) -> None:
    session = store.start("One", story, "v")
    erase_beginning(store, session, "a name", DAY)
    assert store.story(session) == ""


def test_records_in_which_nothing_happened_for_so_long_are_erased(place: Path) -> None:
    now = [DAY - timedelta(days=40)]
    store = Store(f"sqlite:///{place}", clock=lambda: now[0])
    old, lasting = store.start("Old", "words of old", "v"), store.start("Lasting", "s", "v")
    _note(store, old, "Somebody Named")
    now[0] = DAY - timedelta(days=30)
    _note(store, lasting, "goes on")
    assert expire(store, 30, DAY) == 1
    assert [s.name for s in store.sessions()] == ["Lasting"]
    with pytest.raises(RecordProblem, match="no session"):
        store.entries(old)
    found = b"".join(p.read_bytes() for p in place.parent.iterdir())
    assert b"Somebody Named" not in found and b"words of old" not in found
    assert expire(store, 29, DAY) == 1 and check(store) == []
    store.close()


def test_on_a_server_too(postgresql: Server) -> None:
    store = Store(postgresql.database("expire"), clock=lambda: DAY)
    session = store.start("Old", STORY, "v")
    _note(store, session, "first")
    assert expire(store, 1, DAY + timedelta(days=1)) == 0
    assert expire(store, 1, DAY + timedelta(days=1, seconds=1)) == 1 and not store.sessions()
    store.close()


@pytest.mark.parametrize(("said", "days"), [("", None), (" 30 ", 30), ("36500", 36_500)])
def test_for_how_long_records_are_kept(said: str, days: int | None) -> None:
    assert kept_for({KEEP: said}) == days and kept_for({}) is None


@pytest.mark.parametrize("said", ["0", "-1", "thirty", "1.5", "٣", "36501", "9" * 30])
def test_what_is_no_number_of_days_is_refused(said: str) -> None:
    with pytest.raises(RecordProblem, match="no number of days"):
        kept_for({KEEP: said})


def test_the_command_erases_what_is_old_and_what_a_workshop_began_with(place: Path) -> None:
    store = Store(f"sqlite:///{place}")
    session = store.start("Somebody", STORY, "v")
    store.close()
    at = ("--records", f"sqlite:///{place}")
    told = ("--session", session, "--why", "a name")
    assert answer("records", "erase", *at, *told, "--beginning").returncode == 0
    assert answer("records", "erase", *at, *told).returncode == 1
    assert "0 workshops erased" in answer("records", "expire", *at, "--days", "30").stdout
    assert answer("records", "expire", *at).returncode == 1
    assert answer("records", "expire", *at, "--days", "0").returncode == 2


def test_a_guess_may_name_as_many_areas_as_a_large_region_has() -> None:
    codes = [f"E{n:08}" for n in range(5_000)]
    assert len(read(Kind.GUESSED, {"asked": "0" * 32, "areas": codes}).areas) == 5_000
    for bad in ([], ["x" * 40] * 1_501):
        with pytest.raises(InvalidData):
            read(Kind.GUESSED, {"asked": "0" * 32, "areas": bad})
