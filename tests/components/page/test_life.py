"""What goes on beside the pages while the server runs."""

from __future__ import annotations

import asyncio
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

import app as served
from components.page.life import erase_what_is_old, every, life, watched
from components.present import records
from provision.workshop.retention import ENVIRONMENT as KEEP
from provision.workshop.store import Store


@pytest.mark.parametrize("abstract", [False, True])
def test_systemd_is_told_that_the_server_is_up_lives_and_stops(
    abstract: bool, tmp_path: Path
) -> None:
    place = f"@provision-{tmp_path.name}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(place.replace("@", "\0", 1) if abstract else place)

        async def lives() -> None:
            async with watched({"NOTIFY_SOCKET": place, "WATCHDOG_USEC": "3000"}):
                assert line.recv(99) == b"READY=1"
                for _ in range(3):
                    assert await asyncio.to_thread(line.recv, 99) == b"WATCHDOG=1"

        asyncio.run(lives())
        told = set()
        while b"STOPPING=1" not in told:
            told.add(line.recv(99))
        assert told <= {b"WATCHDOG=1", b"STOPPING=1"}


@pytest.mark.parametrize("said", [{}, {"NOTIFY_SOCKET": "/nowhere/at/all"}])
def test_without_systemd_nothing_fails(said: dict[str, str]) -> None:
    async def lives() -> None:
        async with watched({"WATCHDOG_USEC": "", **said}):
            pass

    asyncio.run(lives())


def test_a_task_ends_with_what_it_stands_beside() -> None:
    done: list[int] = []

    async def lives() -> None:
        enough = asyncio.Event()

        async def act() -> None:
            done.append(1)
            if len(done) == 3:
                enough.set()

        async with every(0, act):
            await enough.wait()

    asyncio.run(lives())
    assert len(done) >= 3


def test_what_is_old_is_erased_where_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(
        f"sqlite:///{tmp_path / 'r.sqlite'}", clock=lambda: datetime(2020, 1, 1, tzinfo=UTC)
    )
    store.start("Old", "s", "v")
    monkeypatch.setattr(records, "store", lambda: store)
    for said, left in (("", 1), ("soon", 1), ("30", 0)):
        monkeypatch.setenv(KEEP, said)
        asyncio.run(erase_what_is_old())
        assert len(store.sessions()) == left
    store.close()


def test_the_server_is_started_with_it() -> None:
    assert served.app._user_lifespan is life
