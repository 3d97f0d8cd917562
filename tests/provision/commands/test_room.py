"""The command that begins a workshop for phones: what it prints is what opens it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from provision.__main__ import main
from provision.room import network
from provision.room.codes import room_code
from provision.workshop.entries import Kind
from provision.workshop.store import Store


def test_a_room_is_begun_and_gone_on_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROVISION_ROOM_ADDRESS", "http://192.168.1.20:8600")
    records = ["--records", f"sqlite:///{tmp_path / 'r.sqlite'}", "--port", "8600"]
    assert main(["room", "--name", "An evening", *records]) == 0
    said = capsys.readouterr().out
    session = re.search(r"localhost:8600/present\?session=(\w+)", said)
    assert session
    assert f"http://192.168.1.20:8600/room/{room_code(session[1])}" in said
    assert main(["room", "--session", session[1], *records]) == 0
    assert capsys.readouterr().out == said
    store = Store(records[1])
    assert store.sessions_with(Kind.ADMITTED) == [session[1]]
    assert store.session(session[1]).name == "An evening"
    store.close()


def test_a_machine_on_no_network_is_told_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "network_address", lambda: "")
    assert main(["room", "--records", f"sqlite:///{tmp_path / 'r.sqlite'}"]) == 0
    assert "on no network" in capsys.readouterr().out
    assert (
        main(
            [
                "room",
                "--session",
                "nobody-has-this",
                "--records",
                f"sqlite:///{tmp_path / 'r.sqlite'}",
            ]
        )
        == 1
    )
