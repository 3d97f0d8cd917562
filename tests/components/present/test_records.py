"""The page that presents, while its record cannot be written: what happens waits, is said to wait,
and is saved once it can be."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support.apps import page_html as words
from support.disks import small_files
from support.room import BARNET, opened, press, room

from components.present import guesses as guesses_present
from components.present import workshop_record
from components.present.record_panel import _file
from components.present.records import store
from provision.record import Record
from provision.workshop import engines
from provision.workshop.engines import ENVIRONMENT
from provision.workshop.entries import Asked, Guessed, Note, RecordProblem
from provision.workshop.store import Store

pytestmark = pytest.mark.usefixtures("records")


def test_a_record_that_is_locked_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, london: Record
) -> None:
    monkeypatch.setattr(engines, "PATIENCE", 0)
    url = f"sqlite:///{tmp_path / 'records.sqlite'}"
    app = press(opened(), "pr_begin")
    session = room(app).session
    with closing(sqlite3.connect(tmp_path / "records.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        app.radio(key="pr_said_kind").set_value("note")
        app.text_area(key="pr_said_text").set_value("said while it was locked")
        press(app, "pr_keep")
        ask = next(n for n, own in enumerate(room(app).story.steps) if own.kind.value == "ask")
        guesses_present.guess(
            london,
            room(app),
            {"step": ask, "areas": [BARNET], "reason": "now", "id": "guess-made-here"},
        )
        app.run()
        assert "Three entries are not in the record. They wait on the server" in words(app), (
            "the note, the question and the guess"
        )
        assert "somebody else has been writing" in words(app)
        assert Store(url).entries(session) == []
        press(app, "rec_again")
        assert "Three entries are not in the record" in words(app), "still locked"
    press(app, "rec_again")
    assert "not in the record" not in words(app) and not room(app).refused
    note, asked, guess = (e.data for e in Store(url).entries(session))
    assert isinstance(note, Note) and note.text == "said while it was locked"
    assert isinstance(asked, Asked) and isinstance(guess, Guessed) and guess.areas == (BARNET,)


def test_what_waits_goes_into_its_own_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "PATIENCE", 0)
    app = press(opened(), "pr_begin")
    first = room(app).session
    with closing(sqlite3.connect(tmp_path / "records.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        app.text_area(key="pr_said_text").set_value("of the first workshop")
        press(app, "pr_keep")
    press(app, "pr_leave_record")
    press(app, "pr_begin")
    second = room(app).session
    press(app, "rec_again")
    store = Store(f"sqlite:///{tmp_path / 'records.sqlite'}")
    assert first != second and [len(store.entries(own)) for own in (first, second)] == [1, 0]


def test_a_full_disk_is_said_and_what_waits_is_written_once_there_is_room(
    tmp_path: Path, london: Record
) -> None:
    app = press(opened(), "pr_begin")
    session, kept_in = room(app).session, store()
    ask = next(n for n, own in enumerate(room(app).story.steps) if own.kind.value == "ask")
    with small_files(tmp_path):
        with pytest.raises(RecordProblem, match="the disk"):
            for n in range(300):
                kept_in.add(session, "note", {"text": f"{n} {'x' * 900}"})
        many = len(kept_in.entries(session))
        guesses_present.guess(
            london,
            room(app),
            {"step": ask, "areas": [BARNET], "reason": "now", "id": "guess-made-here"},
        )
        app.run()
        assert "Two entries are not in the record. They wait on the server" in words(app), (
            "the question and the guess"
        )
        assert "the disk does not take or give the data" in words(app) and "has room" in words(app)
        here = guesses_present.guesses(london, room(app))[room(app).story.steps[ask].link]
        assert [own["names"] for own in here["guesses"]] == ["Barnet"], (
            "the room sees its guess all the same"
        )
        assert len(kept_in.entries(session)) == many
    press(app, "rec_again")
    assert "not in the record" not in words(app) and not room(app).refused
    assert [type(e.data) for e in kept_in.entries(session)[many:]] == [Asked, Guessed]


def test_a_record_that_was_deleted_keeps_what_was_said_to_be_read_and_taken_away(
    tmp_path: Path, london: Record
) -> None:
    app = press(opened(), "pr_begin")
    app.text_area(key="pr_said_text").set_value("said before")
    press(app, "pr_keep")
    for part in tmp_path.glob("records.sqlite*"):
        part.unlink()
    app.text_area(key="pr_said_text").set_value("said after")
    press(app, "pr_keep")
    assert "is no longer there; put the file back where it was; or begin another record" in words(
        app
    )
    assert "said before" in words(app) and "One entry is not in the record." in words(app)
    minutes = str(_file(london, room(app), "http://localhost/", "md"))
    assert minutes.index("said before") < minutes.index("said after")
    press(app, "pr_leave_record")
    press(app, "pr_begin")
    press(app, "rec_again")
    assert "there is no session" in words(app) and "Download what is not saved" in [
        own.label for own in app.get("download_button")
    ]


def test_a_record_that_cannot_be_begun_says_why_and_begins_once_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, london: Record
) -> None:
    """Where the folder is to be, there is a file."""
    (tmp_path / "taken").touch()
    monkeypatch.setenv(ENVIRONMENT, f"sqlite:///{tmp_path / 'taken' / 'records.sqlite'}")
    app = press(opened(), "pr_begin")
    assert "That was not done" in words(app) and "check the folder and its permissions" in words(
        app
    )
    ask = next(n for n, own in enumerate(room(app).story.steps) if own.kind.value == "ask")
    sent = {"step": ask, "areas": [BARNET], "reason": "now", "id": "guess-made-here"}
    guesses_present.guess(london, room(app), sent)
    assert "Not taken down" in room(app).refused and "check the folder" in room(app).refused
    (tmp_path / "taken").unlink()
    guesses_present.guess(london, room(app), sent)
    assert room(app).refused == "" and [
        type(e.data) for e in workshop_record.entries(room(app))
    ] == [
        Asked,
        Guessed,
    ]
