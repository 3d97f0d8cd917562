"""Whom the server answers, and what it says with every answer."""

from __future__ import annotations

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from components.page.guard import HOSTS, Guard, answered, headers, middleware

OURS = {"localhost", "gaps.example.org"}


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8501",
        "LocalHost:8501",
        "localhost.",
        "gaps.example.org:443",
        "127.0.0.1:8501",
        "192.0.2.7",
        "[::1]:8501",
    ],
)
def test_our_names_and_addresses_in_figures_are_answered(host: str) -> None:
    assert answered(host, OURS)


@pytest.mark.parametrize(
    "host",
    [
        "",
        ":8501",
        "evil.example",
        "localhost.evil.example",
        "evil-localhost",
        "127.0.0.1.evil.example",
        "[::1",
        "127.1",
        "0x7f000001",
        "example.org",
    ],
)
def test_other_names_are_not(host: str) -> None:
    assert not answered(host, OURS)


def test_the_environment_adds_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOSTS, " Gaps.example.org,,two.example.org ")
    (guard,) = middleware()
    assert {"localhost", "gaps.example.org", "two.example.org"} <= set(guard.kwargs["hosts"])
    assert not {"", None} & set(guard.kwargs["hosts"])


def test_the_policy_names_no_other_host_and_lets_no_text_become_script() -> None:
    policy = dict(rule.split(" ", 1) for rule in headers()["Content-Security-Policy"].split("; "))
    assert not any("*" in value or "http" in value for value in policy.values())
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(policy["script-src"].split())
    assert policy["script-src"].count("'sha256-") == 1, (
        "Streamlit's page holds one script of its own"
    )
    assert (
        policy["default-src"]
        == policy["base-uri"]
        == policy["frame-ancestors"]
        == policy["form-action"]
        == "'none'"
    )


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "//["])
@pytest.mark.parametrize(("kind", "answer"), [("http", 400), ("websocket", 1008)])
def test_an_origin_that_is_none_is_refused(kind: str, answer: int, origin: str) -> None:
    sent: list[Message] = []

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("it was let through")

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": f"{kind}.connect"}

    named = [(b"host", b"localhost:8501"), (b"origin", origin.encode())]
    scope = {"type": kind, "method": "GET", "path": "/", "headers": named}
    asyncio.run(Guard(inner, OURS)(scope, receive, send))
    assert answer in (sent[0].get("status"), sent[0].get("code"))
