"""What waits until the record can be written: in order, each for its own session, and nothing
dropped unseen."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.disks import small_files

from provision.workshop.entries import Draft, Entry, Kind, RecordProblem, draft
from provision.workshop.outbox import Outbox
from provision.workshop.store import Store

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def note(words: str, own: str | None = None) -> Draft:
    return draft(Kind.NOTE, {"text": words}, NOON, own)


class Moody:
    """A record that is away for as long as ``away`` is true, and knows no session 'gone'."""

    def __init__(self) -> None:
        self.away, self.kept = False, list[tuple[str, str]]()

    def append(self, session: str, said: Draft) -> Entry:
        if self.away:
            raise RecordProblem("the record is away", "try again")
        if session == "gone":
            raise RecordProblem("there is no session 'gone'", "begin one", again=False)
        self.kept.append((session, said.id))
        return Entry(said.id, said.at, said.data, len(self.kept))


def test_what_could_not_be_kept_waits_in_its_order_and_for_its_own_session() -> None:
    box, record, said = Outbox(), Moody(), [note(word) for word in "abc"]
    record.away = True
    for session, each in zip(("first", "first", "second"), said, strict=True):
        box.put(session, each)
        with pytest.raises(RecordProblem, match="away; try again"):
            box.send(record)
    assert box.of("first") == said[:2] and box.of("second") == said[2:] and record.kept == []
    record.away = False
    box.send(record)
    assert record.kept == [("first", said[0].id), ("first", said[1].id), ("second", said[2].id)]
    assert box.of("first") == box.of("second") == []


def test_what_can_never_be_kept_holds_up_nobody_and_is_not_dropped() -> None:
    box, record, lost, fine = Outbox(), Moody(), note("for nobody"), note("after it")
    box.put("gone", lost)
    box.put("here", fine)
    box.send(record)
    assert record.kept == [("here", fine.id)] and not box.waiting
    assert box.refused == [("gone", lost, "there is no session 'gone'; begin one")] and box.of(
        "gone"
    ) == [lost]


def test_a_full_disk_costs_nothing_once_there_is_room(tmp_path: Path) -> None:
    store, box = Store(f"sqlite:///{tmp_path / 'records.sqlite'}", clock=lambda: NOON), Outbox()
    session = store.start("Evening", "", "v")
    said = [note(f"{n} {'x' * 900}") for n in range(300)]
    with small_files(tmp_path):
        for each in said:
            box.put(session, each)
            try:
                box.send(store)
            except RecordProblem as problem:
                assert "the disk" in problem.what
        assert 0 < len(box.waiting) < len(said)
        assert [*store.entries(session)[-1:], *box.of(session)][-1] == said[-1]
    box.send(store)
    assert [e.id for e in store.entries(session)] == [d.id for d in said] and not box.waiting
    store.close()
