"""What people bring is bounded, for a session and for the server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from components.own_data import state
from components.page import uploads
from components.page.uploads import SERVER, SESSION, UploadBounds, most
from provision.regions.input_files import InputFile
from provision.regions.own_data import OwnInputs

MB = 1_000_000


@pytest.fixture
def holds(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[int]]:
    """What the server holds, in bytes, by session; bounds of 10 MB and of 25 MB."""
    files: dict[str, list[int]] = {}
    monkeypatch.setattr(uploads, "_files", lambda: files)
    monkeypatch.setattr(state, "held", lambda: 0)
    monkeypatch.setenv(SESSION, "10")
    monkeypatch.setenv(SERVER, "25")
    return files


def put(bounds: UploadBounds, session: str = "a", size: int | None = 4 * MB) -> int:
    """The status of an upload."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    length = [] if size is None else [(b"content-length", str(size).encode())]
    scope = {"type": "http", "method": "PUT", "headers": length}
    asyncio.run(bounds(scope | {"path": f"/_stcore/upload_file/{session}/f"}, receive, send))
    status: int = sent[0]["status"]
    return status


async def _taken(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("", 204)(scope, receive, send)


@pytest.mark.parametrize(
    ("before", "size", "status"),
    [
        ({}, 4 * MB, 204),
        ({"a": [6 * MB]}, 4 * MB, 204),
        ({"a": [3 * MB, 3 * MB]}, 4 * MB + 1, 413),
        ({"b": [10 * MB], "c": [10 * MB]}, 5 * MB, 204),
        ({"b": [10 * MB], "c": [10 * MB]}, 5 * MB + 1, 413),
        ({}, None, 413),  # it may be the most that an upload may have: 50 MB
    ],
)
def test_no_more_is_taken_than_may_be_held(
    before: Mapping[str, list[int]], size: int | None, status: int, holds: dict[str, list[int]]
) -> None:
    holds.update(before)
    assert put(UploadBounds(_taken), size=size) == status


def test_what_is_on_its_way_counts_and_is_let_go_of(holds: dict[str, list[int]]) -> None:
    within: list[int] = []

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        if not within:
            within.append(0)
            answers: list[Message] = []

            async def other(message: Message) -> None:
                answers.append(message)

            await bounds(scope, receive, other)
            within[0] = answers[0]["status"]
        await _taken(scope, receive, send)

    bounds = UploadBounds(slow)
    assert put(bounds, size=6 * MB) == 204 and within == [413]
    assert put(bounds, size=6 * MB) == 204


@pytest.mark.parametrize(
    ("said", "found"), [("", 120), ("300", 300), ("-1", 120), ("1e9", 120), ("٣", 120), ("0", 0)]
)
def test_a_bound_is_a_whole_number_of_megabytes(said: str, found: int) -> None:
    assert most(SESSION, {SESSION: said}) == found * MB


def test_the_steps_of_a_session_hold_no_more_than_they_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "MOST_BYTES", 10)
    steps = [_inputs(b"1234"), _inputs(b"5678"), _inputs(b"9")]
    assert state._within([*steps]) == steps
    one_more = _inputs(b"abc")
    assert state._within([*steps, one_more]) == [*steps[1:], one_more]
    assert state._within([_inputs(b"x" * 11)]) == [_inputs(b"x" * 11)]


def test_a_file_that_steps_share_counts_once() -> None:
    first = _inputs(b"1234")
    assert state.bytes_of([first, first]) == 4


def _inputs(content: bytes) -> OwnInputs:
    return OwnInputs("own", date(2020, 1, 1), outlines=InputFile("a", content))
