"""The record of a workshop: the same tests on SQLite and on PostgreSQL, then what can befall each
of them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta, timezone
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, event, text
from support import ROOT, one_clean_line
from support.disks import Url, small_files
from support.postgres import Server, binary

from provision.io.problems import InvalidData
from provision.workshop import engines
from provision.workshop import store as module
from provision.workshop.engines import default_url
from provision.workshop.entries import (
    FORMS,
    Draft,
    Guessed,
    Kind,
    Note,
    RecordProblem,
    Shown,
    draft,
    is_over,
    new_id,
)
from provision.workshop.store import Store
from provision.workshop.tables import SCHEMA

pytestmark = pytest.mark.xdist_group("store")  # made once for all of its tests

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
STORY = "story: 1\nname: Évening\n"
_databases = count()
MakeUrl = Callable[[], Url]


@pytest.fixture(params=["sqlite", "postgresql"])
def make_url(request: pytest.FixtureRequest, tmp_path: Path) -> MakeUrl:
    """Addresses of databases that are not there yet (SQLite) or have no tables (PostgreSQL)."""
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path / 'records' / f'{next(_databases)}.sqlite'}"
    server: Server = request.getfixturevalue("postgresql")
    return lambda: server.database(f"records{os.getpid()}x{next(_databases)}")


@pytest.fixture
def url(make_url: MakeUrl) -> Url:
    return make_url()


@pytest.fixture
def store(url: Url) -> Iterator[Store]:
    own = Store(url, clock=lambda: NOON)
    yield own
    own.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for the tests to which only its sessions matter."""
    own = Store(f"sqlite:///{tmp_path_factory.mktemp('shared') / 'records.sqlite'}")
    yield own
    own.close()


def note(words: str, at: datetime = NOON, own: str | None = None) -> Draft:
    return draft(Kind.NOTE, {"text": words}, at, own)


def texts(store: Store, session: str, after: int | None = None) -> list[str]:
    return [e.data.text for e in store.entries(session, after) if isinstance(e.data, Note)]


# One of each


ONE_OF_EACH: dict[Kind, dict[str, Any]] = {
    Kind.SHOWN: {
        "title": "Who has nothing",
        "link": "gaps?on=2020-04-30#lapses-title",
        "sentence": "Seven have none.",
    },
    Kind.ASKED: {"question": "Where next?", "link": "scenario?best=3~land"},
    Kind.GUESSED: {"asked": "a" * 32, "areas": ["Q1", "Q2"], "reason": "near the court"},
    Kind.REVEALED: {
        "asked": "a" * 32,
        "sentence": "Three others reach more.",
        "measure": "quarters without a contracted service",
        "gain": 5,
        "ties": None,
        "choices": [["Q1", "Q3"]],
        "results": [{"guess": "b" * 32, "gain": 4, "missed": 1, "gain_not_stated": 1}],
    },
    Kind.DECIDED: {"text": "A hub in Fir", "link": "scenario?hubs=Q6"},
    Kind.CONTESTED: {"text": "Lantern left Birch", "link": "scenario?cells=Q2~lantern~closed"},
    Kind.NOTE: {"text": "Break"},
    Kind.WITHDRAWN: {"guess": "b" * 32},
    Kind.ENDED: {},
    Kind.RESUMED: {},
    Kind.ADMITTED: {"open": True},
    Kind.JOINED: {"by": "0123456789abcdef"},
    Kind.OPENED: {
        "asked": "entry-02",
        "question": "Where next?",
        "link": "scenario?best=3~land",
        "answer": "areas",
        "most": 3,
        "options": [{"id": "E09000003", "name": "Barnet"}],
        "unit": "",
        "ends": [],
    },
    Kind.ANSWERED: {
        "question": "entry-13",
        "by": "0123456789abcdef",
        "chosen": ["E09000003"],
        "number": None,
        "text": "",
    },
    Kind.CLOSED: {"question": "entry-13"},
    Kind.TALLIED: {
        "question": "entry-13",
        "answered": 1,
        "counts": [{"option": "E09000003", "answers": 1}],
        "sentence": "One phone answered.",
    },
    Kind.CLEARED: {"question": "entry-13"},
    Kind.PASSED: {"answer": "entry-14", "shown": True},
}


def test_what_is_kept_is_what_was_said(store: Store, url: Url) -> None:
    assert set(ONE_OF_EACH) == set(Kind) == set(FORMS)
    session = store.start("Evening", STORY, "0123456789ab")
    kept = [store.add(session, kind, data) for kind, data in ONE_OF_EACH.items()]
    with closing(Store(url)) as again:
        assert again.entries(session) == kept == store.entries(session)
        assert again.story(session) == STORY
    assert [e.number for e in kept] == list(range(1, len(ONE_OF_EACH) + 1))
    assert [e.kind for e in kept] == list(ONE_OF_EACH)
    for entry, given_data in zip(kept, ONE_OF_EACH.values(), strict=True):
        found = entry.data.model_dump(mode="json", exclude_unset=True)
        assert found == given_data and entry.at == NOON


def test_what_came_after_what_one_has_seen(store: Store) -> None:
    session = store.start("Evening", STORY, "v")
    for word in "abc":
        store.append(session, note(word))
    assert (
        texts(store, session, 0) == ["a", "b", "c"]
        and texts(store, session, 2) == ["c"]
        and texts(store, session, 3) == []
    )


def test_sessions_are_told_apart_and_listed_latest_first(url: Url) -> None:
    times = iter(
        [NOON, NOON + timedelta(hours=1), NOON + timedelta(hours=2), NOON + timedelta(hours=3)]
    )
    with closing(Store(url, clock=lambda: next(times))) as store:
        first, second = (
            store.start("First", STORY, "v1"),
            store.start("  Second \n one ", STORY, "v2"),
        )
        store.add(first, Kind.NOTE, {"text": "in the first"})
        store.add(first, Kind.ENDED, {})
        assert store.entries(second) == []
        latest, earliest = store.sessions()
        assert (latest.id, latest.name, latest.entries, latest.ended) == (
            second,
            "Second one",
            0,
            None,
        )
        assert (earliest.started, earliest.data_version, earliest.entries, earliest.ended) == (
            NOON,
            "v1",
            2,
            NOON + timedelta(hours=3),
        )
        assert store.session(first) == earliest


def test_a_workshop_that_is_gone_on_with_has_not_ended(url: Url) -> None:
    times = iter(NOON + timedelta(hours=n) for n in range(9))
    with closing(Store(url, clock=lambda: next(times))) as store:
        session = store.start("Evening", STORY, "v")
        assert store.latest(session) == 0
        found = []
        for kind in ("ended", "resumed", "ended"):
            store.add(session, kind, {})
            found.append(
                (
                    store.session(session).ended,
                    is_over(store.entries(session)),
                    store.latest(session),
                )
            )
    assert found == [
        (NOON + timedelta(hours=1), True, 1),
        (None, False, 2),
        (NOON + timedelta(hours=3), True, 3),
    ]


def test_an_id_cannot_be_guessed(store: Store) -> None:
    ids = {store.start("Evening", STORY, "v") for _ in range(20)}
    assert len(ids) == 20 and all(
        len(own) == 32 and set(own) <= set("0123456789abcdef") for own in ids
    )


# Sent again


def test_what_is_sent_again_is_kept_once(store: Store) -> None:
    own = new_id()
    assert (
        store.start("Evening", STORY, "v", own=own)
        == store.start("Evening", STORY, "v", own=own)
        == own
    )
    said = note("once")
    first = store.append(own, said)
    store.append(own, note("between"))
    assert store.append(own, said) == first
    assert texts(store, own) == ["once", "between"] and len(store.sessions()) == 1


def test_an_id_that_is_taken_overwrites_nothing(store: Store) -> None:
    session = store.start("Evening", STORY, "v")
    store.append(session, note("first", own="a" * 32))
    with pytest.raises(RecordProblem, match="says something else; nothing was overwritten"):
        store.append(session, note("second", own="a" * 32))
    other = store.start("Another", STORY, "v")
    store.append(other, note("second", own="a" * 32))
    assert texts(store, session) == ["first"] and texts(store, other) == ["second"]


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 5)), max_size=30))
def test_whoever_sends_what_how_often_each_is_kept_once_in_order(
    shared: Store, sent: list[tuple[str, int]]
) -> None:
    drafts = {(who, n): note(f"{who}{n}") for who in "AB" for n in range(6)}
    session = shared.start("Evening", STORY, "v")
    for each in sent:
        shared.append(session, drafts[each])
    found = shared.entries(session)
    assert [e.id for e in found] == [drafts[each].id for each in dict.fromkeys(sent)]
    assert [e.number for e in found] == list(range(1, len(found) + 1))


# Clocks


def test_a_clock_that_jumps_back_reorders_nothing(url: Url) -> None:
    times = iter([NOON, NOON, NOON - timedelta(days=400), NOON + timedelta(seconds=1)])
    with closing(Store(url, clock=lambda: next(times))) as store:
        session = store.start("Evening", STORY, "v")
        for word in ("before", "put back", "after"):
            store.add(session, "note", {"text": word})
        assert texts(store, session) == ["before", "put back", "after"]
        assert [e.at.year for e in store.entries(session)] == [2026, 2025, 2026]


def test_moments_are_the_same_in_every_zone(store: Store, url: Url) -> None:
    session = store.start("Evening", STORY, "v")
    store.append(
        session, note("in Nepal", NOON.astimezone(timezone(timedelta(hours=5, minutes=45))))
    )
    assert store.entries(session)[0].at == NOON and store.entries(session)[0].at.tzinfo is UTC
    look = (
        "import sys; from provision.workshop.store import Store; s = Store(sys.argv[1]);"
        " print(s.entries(sys.argv[2])[0].at, s.sessions()[0].started)"
    )
    strange = {
        "TZ": "Asia/Kathmandu",
        "PGTZ": "America/New_York",
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "tr_TR.UTF-8",
    }
    done = subprocess.run(
        [sys.executable, "-c", look, url, session],
        cwd=ROOT,
        env={**os.environ, **strange},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "2026-11-22 12:00:00+00:00 2026-11-22 12:00:00+00:00"


def test_a_moment_has_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        note("when?", datetime(2026, 11, 22))


# What may be said


@pytest.mark.parametrize(
    ("kind", "data", "what"),
    [
        ("note", {"text": " \n "}, "text: ' \\u000a ' is empty"),
        ("note", {"text": "x" * 1001}, "is 1,001 characters long; write at most 1,000"),
        ("note", {"text": 3}, "is not text"),
        ("note", {"words": "x"}, "words: is not a field"),
        (
            "shown",
            {"title": "x", "link": "https://elsewhere.example/"},
            "is not a link of this app",
        ),
        ("shown", {"title": "x", "link": "javascript:alert(1)"}, "is not a link of this app"),
        ("shown", {"title": "x", "link": "//elsewhere.example"}, "is not a link of this app"),
        ("guessed", {"asked": "a" * 32, "areas": []}, "is an empty list; give at least one area"),
        (
            "guessed",
            {"asked": "a" * 32, "areas": ["x" * 40] * 1_501},
            "is a list of 1,501 codes; give at most 60,000 characters",
        ),
        ("guessed", {"asked": "' OR 1=1", "areas": ["Q1"]}, "is not an id"),
        (
            "revealed",
            {"asked": "a" * 32, "sentence": "x", "measure": "y", "gain": -1},
            "gain: is '-1'; write 0 or more",
        ),
    ],
)
def test_what_cannot_be_kept_is_said_field_by_field(
    kind: str, data: dict[str, Any], what: str, shared: Store
) -> None:
    session = shared.start("Evening", STORY, "v")
    with pytest.raises(InvalidData) as caught:
        shared.add(session, kind, data)
    assert what in str(caught.value) and shared.entries(session) == []


def test_hostile_text_is_text(store: Store) -> None:
    session = store.start("'); DROP TABLE workshop_entries; --", STORY, "v")
    said = "'); DROP TABLE workshop_entries; -- \0\ud800\u202e<script>&amp; %s :id {x} ünï 👩‍⚕️ =1+1"
    kept = store.add(session, "note", {"text": said})
    assert texts(store, session) == [
        "'); DROP TABLE workshop_entries; -- <script>&amp; %s :id {x} ünï 👩‍⚕️ =1+1"
    ]
    assert store.entries(session) == [kept]


@given(st.text(max_size=60))
def test_whatever_is_said_comes_back_on_one_clean_line(shared: Store, words: str) -> None:
    session = shared.start("Evening", STORY, "v")
    kept = shared.add(session, "guessed", {"asked": "a" * 32, "areas": ["Q1"], "reason": words})
    assert isinstance(kept.data, Guessed) and shared.entries(session) == [kept]
    assert one_clean_line(
        "".join(c for c in kept.data.reason if c not in "\u200c\u200d" and c.isprintable())
    )
    assert " ".join(kept.data.reason.split()) == kept.data.reason


@pytest.mark.parametrize(
    ("name", "story", "what"),
    [
        ("x" * 121, STORY, "the name is longer"),
        ("x", "y" * 200_001, "the story is longer"),
        ("x", "\0", "no text"),
    ],
)
def test_a_session_is_bounded(name: str, story: str, what: str, shared: Store) -> None:
    with pytest.raises(ValueError, match=what):
        shared.start(name, story, "v")


def test_a_session_holds_so_much_and_says_when_it_is_full(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_ENTRIES", 2)
    session = store.start("Evening", STORY, "v")
    store.append(session, note("one"))
    two = store.append(session, note("two"))
    with pytest.raises(RecordProblem, match="holds no more; start another session"):
        store.append(session, note("three"))
    assert store.append(session, two) == two, "what is there already is still known"


@pytest.mark.parametrize("act", ["entries", "session", "story", "append"])
def test_a_session_that_is_not_there(act: str, store: Store) -> None:
    more = (note("x"),) if act == "append" else ()
    with pytest.raises(
        RecordProblem,
        match=r"there is no session '\\u0000nowhere'; `python -m provision workshops`",
    ):
        getattr(store, act)("\0nowhere", *more)


def test_nothing_in_the_store_changes_or_removes() -> None:
    """Append-only is a promise about the code: it knows no statement that changes or removes a
    row."""
    files = ("store", "database", "engines", "tables", "record_files")
    folder = Path(module.__file__).parent
    code = "".join((folder / f"{name}.py").read_text(encoding="utf-8") for name in files)
    assert not any(
        word in code
        for word in (
            " update,",
            " delete,",
            "update(_",
            "delete(_",
            "DELETE FROM",
            "UPDATE workshop",
        )
    )


# Killed, and two at once


def writer(url: Url, session: str, name: str, how_many: str = "") -> subprocess.Popen[str]:
    command = [
        sys.executable,
        str(ROOT / "tests" / "support" / "writer.py"),
        url,
        session,
        name,
        *([how_many] if how_many else []),
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_killed_in_the_middle_nothing_confirmed_is_lost(store: Store, url: Url) -> None:
    session = store.start("Evening", STORY, "v")
    confirmed: list[str] = []
    for enough in (1, 25, 60):
        with writer(url, session, f"until {enough}") as process:
            assert process.stdout
            for line in process.stdout:
                confirmed.append(line.strip())
                if len(confirmed) >= enough:
                    process.kill()
                    break
            confirmed += [line.strip() for line in process.stdout if line.endswith("\n")]
            assert process.wait() == -9
        with closing(Store(url)) as again:
            found = again.entries(session)
        # What was on its way when the power went may be there, whole; nothing else may.
        assert set(confirmed) <= {e.id for e in found}
        assert [e.number for e in found] == list(range(1, len(found) + 1))
        assert all(e.data.text.endswith("x" * 900) for e in found if isinstance(e.data, Note))
        confirmed = [e.id for e in found]
    assert texts(store, session)[-1].startswith("until 60")


def test_two_facilitators_on_one_record(store: Store, url: Url) -> None:
    session = store.start("Evening", STORY, "v")
    seen: list[str] = []
    with writer(url, session, "A", "60") as a, writer(url, session, "B", "60") as b:
        while a.poll() is None or b.poll() is None:
            # Who follows along, asking only for what is new, misses nothing either.
            seen += [e.id for e in store.entries(session, len(seen))]
        said = [p.communicate() for p in (a, b)]
    assert (a.returncode, b.returncode) == (0, 0), said
    seen += [e.id for e in store.entries(session, len(seen))]
    found = store.entries(session)
    assert {e.id for e in found} == {line for out, _ in said for line in out.split()} and len(
        found
    ) == 120
    assert seen == [e.id for e in found] and [e.number for e in found] == list(range(1, 121))
    for name in "AB":
        own = [t.split()[1] for t in texts(store, session) if t.startswith(name)]
        assert own == [str(n) for n in range(60)], "each one's own order stays"


def test_several_open_a_new_record_at_once(url: Url) -> None:
    begin = (
        "import sys; from provision.workshop import engines, store; engines.PATIENCE = 3600;"
        " sys.stdin.readline(); print(store.Store(sys.argv[1]).start('E', '', 'v'))"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", begin, url],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in started:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate() for process in started]
    assert [p.returncode for p in started] == [0] * 4, said
    with closing(Store(url)) as store:
        assert {s.id for s in store.sessions()} == {out.strip() for out, _ in said}


# Other versions, other hands


@contextmanager
def by_hand(url: Url) -> Iterator[Any]:
    """A connection to the database that goes around the store."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as db:
        yield db
    engine.dispose()


@pytest.mark.parametrize(
    ("version", "what"),
    [(SCHEMA + 1, "a newer version"), (SCHEMA - 1, "an older version")],
)
def test_a_record_of_another_version_is_left_alone(
    version: int, what: str, store: Store, url: Url
) -> None:
    with by_hand(url) as db:
        db.execute(text(f"UPDATE workshop_version SET version = {version}"))
    with pytest.raises(RecordProblem, match=f"was made by {what} of this app"):
        Store(url)


def test_an_entry_that_was_changed_from_outside_is_not_taken_for_ours(
    store: Store, url: Url
) -> None:
    session = store.start("Evening", STORY, "v")
    store.append(session, note("as said"))
    with by_hand(url) as db:
        db.execute(text("""UPDATE workshop_entries SET data = '{"other": 1}'"""))
    with pytest.raises(
        RecordProblem, match=r"entry 1 of the session .* is not what this app writes"
    ):
        store.entries(session)


def test_somebody_else_holds_on_to_it(url: Url, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits no longer than a moment is refused; with a lock, it never comes to more."""
    with closing(Store(url)) as store, closing(hurried(url, monkeypatch)) as other:
        session = store.start("Evening", STORY, "v")
        with by_hand(url) as db:
            db.execute(text("UPDATE workshop_sessions SET name = name"))
            with pytest.raises(
                RecordProblem, match=r"somebody else has been writing for more than .*; try again"
            ):
                other.append(session, note("waiting"))
            assert store.entries(session) == [], "reading does not wait"
        other.append(session, note("let in"))
        assert texts(store, session) == ["let in"]


def hurried(url: Url, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store that does not wait for a lock, and takes its time for everything else."""
    if not url.startswith("sqlite"):
        return Store(f"{url}&options=-c%20lock_timeout%3D1ms")
    with monkeypatch.context() as own:
        own.setattr(engines, "PATIENCE", 0)
        return Store(url)


# What can befall SQLite


@contextmanager
def few_pages(folder: Path) -> Iterator[Url]:
    """SQLite's own limit: what it would meet on a full disk, by its own code."""

    def limit(connection: Any, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 40")

    event.listen(Engine, "connect", limit)
    try:
        yield f"sqlite:///{folder / 'records.sqlite'}"
    finally:
        event.remove(Engine, "connect", limit)


@contextmanager
def small_disk(folder: Path) -> Iterator[Url]:
    """A disk of 300 kB."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)], check=True)
    try:
        yield f"sqlite:///{folder / 'records.sqlite'}"
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def can_mount() -> bool:
    """Whether this user may make a small disk; the other two ways of running out of room are open
    to everybody."""
    return (
        os.geteuid() == 0
        and subprocess.run(
            ["unshare", "--mount", "true"], capture_output=True, check=False
        ).returncode
        == 0
    )


@pytest.mark.parametrize("full", [few_pages, small_files, *([small_disk] * can_mount())])
def test_the_disk_is_full(full: Callable[[Path], Any], tmp_path: Path) -> None:
    with full(tmp_path) as url, closing(Store(url)) as store:
        session = store.start("Evening", STORY, "v")
        confirmed = []
        with pytest.raises(RecordProblem) as caught:
            for n in range(2000):
                confirmed.append(store.append(session, note(f"{n} {'x' * 990}"[:1000])).id)
        assert (
            caught.value.what.startswith("the record ")
            and "could not be written: the disk" in caught.value.what
        )
        assert caught.value.mend.endswith("then save again")
        assert len(confirmed) > 5 and [e.id for e in store.entries(session)] == confirmed, (
            "whole entries and all of them, and reading goes on"
        )
        if full is few_pages:
            assert "the disk is full" in caught.value.what
    with closing(sqlite3.connect(tmp_path / "records.sqlite")) as db:
        assert full is small_disk or db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_after_room_was_made_the_same_draft_is_taken(tmp_path: Path) -> None:
    with closing(Store(f"sqlite:///{tmp_path / 'records.sqlite'}")) as store:
        session = store.start("Evening", STORY, "v")
        said = note("not lost")
        with small_files(tmp_path) as _, pytest.raises(RecordProblem):
            for n in range(2000):
                store.append(session, note(f"{n} {'x' * 900}"))
        store.append(session, said)
        assert texts(store, session)[-1] == "not lost"


def test_a_record_that_may_only_be_read(tmp_path: Path) -> None:
    file = tmp_path / "records.sqlite"
    with closing(Store(f"sqlite:///{file}")) as store:
        session = store.start("Evening", STORY, "v")
        store.append(session, note("kept"))
        with closing(Store(f"sqlite:///file:{file}?mode=ro&uri=true")) as reader:
            assert texts(reader, session) == ["kept"]
            with pytest.raises(
                RecordProblem,
                match=r"could not be written: it may only be read; give this user the right",
            ):
                reader.append(session, note("refused"))
        assert texts(store, session) == ["kept"]


def test_a_folder_that_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(
        RecordProblem, match=r"could not be opened: .*; check the folder and its permissions"
    ):
        Store(f"sqlite:///{tmp_path / 'file' / 'records.sqlite'}")
    with pytest.raises(RecordProblem, match="the file cannot be opened"):
        Store(f"sqlite:///{tmp_path}")


def deleted(folder: Path) -> None:
    shutil.rmtree(folder)


def moved_away(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


@pytest.mark.parametrize("gone", [deleted, moved_away])
def test_nothing_is_confirmed_that_would_go_into_a_file_that_was_taken_away(
    gone: Callable[[Path], None], tmp_path: Path
) -> None:
    folder = tmp_path / "records"
    with closing(Store(f"sqlite:///{folder / 'workshops.sqlite'}")) as store:
        session = store.start("Evening", STORY, "v")
        store.append(session, note("before"))
        gone(folder)
        for act in (
            lambda: store.append(session, note("refused")),
            lambda: store.entries(session),
            store.sessions,
        ):
            with pytest.raises(
                RecordProblem,
                match=(
                    r"is no longer there; put the file back where it was; or begin another record"
                ),
            ):
                act()
        assert not folder.exists(), "no empty file takes its place unasked"
        second = store.start("Another", STORY, "v")
        store.append(second, note("in a new file"))
        with pytest.raises(RecordProblem, match="there is no session") as caught:
            store.append(session, note("of the first"))
        assert not caught.value.again, "what is for a record that is gone holds up nobody"
        assert texts(store, second) == ["in a new file"]


@pytest.mark.parametrize("copied", [False, True], ids=["moved back", "restored from a copy"])
def test_a_record_that_is_put_back_goes_on(copied: bool, tmp_path: Path) -> None:
    file = tmp_path / "workshops.sqlite"
    with closing(Store(f"sqlite:///{file}")) as store:
        session = store.start("Evening", STORY, "v")
        store.append(session, note("before"))
        away = tmp_path / "away"
        away.mkdir()
        for part in tmp_path.glob("workshops.*"):
            part.rename(away / part.name)
        with pytest.raises(RecordProblem, match="no longer there"):
            store.append(session, note("refused"))
        for part in away.iterdir():
            if copied:
                shutil.copy(part, tmp_path / part.name)
            else:
                part.rename(tmp_path / part.name)
        store.append(session, note("after"))
        assert texts(store, session) == ["before", "after"]
    with closing(Store(f"sqlite:///{file}")) as fresh:
        assert texts(fresh, session) == ["before", "after"]


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "records.sqlite"
    file.write_bytes(b"minutes of the last meeting " * 300)
    with pytest.raises(RecordProblem, match="the file is not a database; choose another place"):
        Store(f"sqlite:///{file}")
    assert file.read_bytes() == b"minutes of the last meeting " * 300


def test_what_is_confirmed_is_on_the_disk(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'records.sqlite'}")
    with store._engine.connect() as db:
        assert db.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert db.exec_driver_sql("PRAGMA synchronous").scalar() == 2, "2 is FULL"
        assert db.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    store.close()


# What can befall PostgreSQL


def test_the_server_goes_away_and_comes_back(postgresql: Server) -> None:
    url = postgresql.database("goes_away")
    with closing(Store(url)) as store:
        session = store.start("Evening", STORY, "v")
        store.append(session, note("before"))
        postgresql.stop("immediate")
        try:
            waiting = note("while it was away")
            with pytest.raises(
                RecordProblem,
                match=(
                    r"could not be written: the database cannot be reached; check that the server"
                    r" runs"
                ),
            ):
                store.append(session, waiting)
            with pytest.raises(
                RecordProblem, match="could not be opened: the database cannot be reached"
            ):
                Store(url)
        finally:
            postgresql.start()
        store.append(session, waiting)
        assert texts(store, session) == [
            "before",
            "while it was away",
        ], "what was confirmed outlives a server that lost its power"


def test_a_database_that_is_not_there(postgresql: Server) -> None:
    with pytest.raises(
        RecordProblem,
        match=(
            "cannot be reached; check that the server runs and that PROVISION_RECORDS has its"
            " address, database, user"
        ),
    ):
        Store(postgresql.url.format(database="nowhere"))


def test_a_database_in_which_one_may_only_read(postgresql: Server) -> None:
    url = postgresql.database("only_read")
    with closing(Store(url)) as store:
        session = store.start("Evening", STORY, "v")
    with closing(Store(f"{url}&options=-c%20default_transaction_read_only%3Don")) as reader:
        assert reader.session(session).name == "Evening"
        with pytest.raises(RecordProblem, match="the server takes no changes now"):
            reader.append(session, note("refused"))


def test_without_a_server_the_tests_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Path(binary("initdb")).exists()
    monkeypatch.setenv("PATH", "")
    with pytest.raises(AssertionError, match="apt-get install postgresql"):
        binary("no-such-program")


# Addresses


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("", "cannot be read; write sqlite:///"),
        ("records.sqlite", "cannot be read; write sqlite:///"),
        ("mysql://somewhere/db", "records cannot be kept in 'mysql'; write sqlite:///"),
        ("sqlite://", "records in memory are lost"),
        ("sqlite:///:memory:", "records in memory are lost"),
        (
            "postgresql://me:hush-hush@127.0.0.1:1/minutes",
            (
                "the record in the database 'minutes' on 127.0.0.1 could not be opened: the"
                " database cannot be reached"
            ),
        ),
        ("postgres://me:hush-hush@127.0.0.1:1/minutes", "the database cannot be reached"),
        ("postgresql://me:hush-hush@127.0.0.1:port/minutes", "cannot be read"),
    ],
)
def test_an_address_that_is_none(url: str, what: str) -> None:
    with pytest.raises(RecordProblem) as caught:
        Store(url)
    assert what in str(caught.value) and "hush" not in str(caught.value)


def test_where_records_are_kept_unless_somebody_says_otherwise() -> None:
    assert default_url({}) == f"sqlite:///{ROOT}/records/workshops.sqlite"
    assert default_url({"PROVISION_RECORDS": "postgresql://h/d"}) == "postgresql://h/d"
    ignored = subprocess.run(
        ["git", "check-ignore", "-q", "records/workshops.sqlite"], cwd=ROOT, check=False
    )
    assert ignored.returncode in (0, 128), "records are never committed (128: not in a repository)"


def test_what_a_step_shows_may_have_any_address_of_the_app() -> None:
    for link in (
        "",
        "coverage",
        "?on=2020-04-01",
        "scenario?hubs=E1~land&name=A+b%2C",
        "gaps#lapses-title",
    ):
        assert draft(Kind.SHOWN, {"title": "x", "link": link}, NOON).data == Shown(
            title="x", link=link
        )
