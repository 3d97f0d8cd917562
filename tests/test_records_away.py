"""The page that presents, while its record cannot be written: what happens waits, is said to wait, and is saved once it can be."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from test_present_page import BARNET, opened, press, records, room, words

from components import present_state as state
from provision.record import Record
from provision.workshop import store as module
from provision.workshop.entries import Asked, Guessed, Note
from provision.workshop.store import Store

assert records, "the fixture that gives each test a record of its own"


def test_a_record_that_is_locked_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, london: Record) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0)
    url = f"sqlite:///{tmp_path / 'records.sqlite'}"
    app = press(opened(), "pr_begin")
    session = room(app).session
    with closing(sqlite3.connect(tmp_path / "records.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        app.radio(key="pr_said_kind").set_value("note")
        app.text_area(key="pr_said_text").set_value("said while it was locked")
        press(app, "pr_keep")
        ask = next(n for n, own in enumerate(room(app).story.steps) if own.kind.value == "ask")
        state.guess(london, room(app), {"step": ask, "areas": [BARNET], "reason": "now", "id": "guess-made-here"})
        app.run()
        assert "Three entries are not in the record. Nothing is lost: they wait here." in words(app), "the note, the question and the guess"
        assert "somebody else has been writing" in words(app)
        assert Store(url).entries(session) == []
        press(app, "rec_again")
        assert "Three entries are not in the record" in words(app), "still locked"
    press(app, "rec_again")
    assert "not in the record" not in words(app) and not room(app).refused
    note, asked, guess = (e.data for e in Store(url).entries(session))
    assert isinstance(note, Note) and note.text == "said while it was locked"
    assert isinstance(asked, Asked) and isinstance(guess, Guessed) and guess.areas == (BARNET,)


def test_what_waits_goes_into_its_own_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0)
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
