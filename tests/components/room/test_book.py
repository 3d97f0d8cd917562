"""Rooms that several servers hold through one record."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from support.postgres import Server

from components.room.book import RoomBook
from provision.room.codes import room_code
from provision.workshop.entries import Kind
from provision.workshop.store import Store


def shared(url: str) -> None:
    """Two servers on one record: what one keeps, the other knows as soon as it looks again."""
    now = [0.0]
    with closing(Store(url)) as one, closing(Store(url)) as other:
        books = [RoomBook(lambda: one, lambda: now[0]), RoomBook(lambda: other, lambda: now[0])]
        session = one.start("Evening", "", "v")
        assert books[1].find(room_code(session)) is None
        books[0].keep(session, Kind.ADMITTED, {"open": True})
        assert books[1].find(room_code(session)) == session
        asked = books[0].keep(session, Kind.ASKED, {"question": "Well?"}).id
        opening = {"asked": asked, "question": "Well?", "answer": "text"}
        question = books[0].keep(session, Kind.OPENED, opening).id
        for n in range(6):
            by = f"phone-{n % 3:03d}"
            given = {"question": question, "by": by, "text": f"answer {n}"}
            books[n % 2].keep(session, Kind.ANSWERED, given)
            books[n % 2].keep(session, Kind.JOINED, {"by": by}, by)
        now[0] = 1.0
        for book in books:
            with book.room(session) as room:
                assert room.now is not None
                assert sorted(answer.text for answer in room.now.given) == [
                    *("answer 3", "answer 4", "answer 5"),
                ]
                assert len(room.devices) == 3
        numbers = [entry.number for entry in one.entries(session)]
        assert numbers == list(range(1, len(numbers) + 1))


def test_two_servers_hold_one_room_in_one_file(tmp_path: Path) -> None:
    shared(f"sqlite:///{tmp_path / 'records.sqlite'}")


@pytest.mark.xdist_group("postgresql")
def test_two_servers_hold_one_room_in_one_database(postgresql: Server) -> None:
    shared(postgresql.database("one_room"))


def test_an_older_copy_is_read_from_its_beginning(tmp_path: Path) -> None:
    now = [0.0]
    with closing(Store(f"sqlite:///{tmp_path / 'records.sqlite'}")) as store:
        book = RoomBook(lambda: store, lambda: now[0])
        session = store.start("Evening", "", "v")
        book.keep(session, Kind.ADMITTED, {"open": True})
        with book.room(session) as room:
            room.last = 9
            room.admits = False
        now[0] = 1.0
        with book.room(session) as room:
            assert (room.last, room.admits) == (1, True)
