"""How the server says that it is."""

from __future__ import annotations

import asyncio
import json
from threading import Event
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message

import app as served
from components.data import live
from components.data.live import Live
from components.page import health, uploads
from components.page.health import Health, counted_run
from provision.io.problems import Problem
from provision.record import Record

BAD = (Problem("services.yaml", 1, "", "", "is wrong", "mend it"),)


def asked(path: str = "/health") -> tuple[int, Any]:
    """The status and the answer."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    elsewhere: ASGIApp = PlainTextResponse("elsewhere", 404)
    scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    asyncio.run(Health(elsewhere)(scope, receive, send))
    return sent[0]["status"], sent[1]["body"].decode()


def shows(monkeypatch: pytest.MonkeyPatch, now: Live, silent: float | None = None) -> None:
    monkeypatch.setattr(live, "live", lambda: now)
    monkeypatch.setattr(live, "silent_for", lambda: silent)


@pytest.mark.parametrize(
    ("problems", "silent", "said"),
    [
        ((), None, (200, "ok")),
        (BAD, None, (200, "last good data")),
        (BAD, 31.26, (200, "last good data")),
    ],
)
def test_health_tells_what_can_be_shown(
    problems: tuple[Problem, ...],
    silent: float | None,
    said: tuple[int, str],
    city: Record,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shows(monkeypatch, Live(city, problems), silent)
    code, text = asked()
    found = json.loads(text)
    assert (code, found["status"]) == said
    assert found["data"]["silent_seconds"] == (None if silent is None else 31.3)
    assert found["data"]["problems"] == len(problems)
    assert "services.yaml" not in text, "what is wrong is for the pages"


def test_without_data_the_server_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    shows(monkeypatch, Live(None, BAD))
    code, text = asked()
    assert (code, json.loads(text)["status"]) == (503, "no data")


def test_health_does_not_wait_for_a_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = Event()
    monkeypatch.setattr(health, "PATIENCE", 0.01)
    monkeypatch.setattr(live, "live", go_on.wait)
    monkeypatch.setattr(live, "last", lambda: (go_on.set(), Live())[1])
    code, text = asked()
    assert code == 503 and json.loads(text)["data"]["answers"] is False


def test_a_run_that_goes_on_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    shows(monkeypatch, Live())
    monkeypatch.setattr(health, "_runs", {})
    with counted_run(), counted_run():
        assert json.loads(asked()[1])["pages"]["being_drawn"] == 2
    assert json.loads(asked()[1])["pages"] == {"being_drawn": 0, "longest_seconds": 0.0}


def test_other_addresses_are_not_answered_here() -> None:
    assert asked("/coverage/health") == (404, "elsewhere")


def test_the_server_is_started_with_health_and_bounds() -> None:
    classes = [own.cls for own in served.app._user_middleware]
    assert {Health, uploads.UploadBounds} <= set(classes)
