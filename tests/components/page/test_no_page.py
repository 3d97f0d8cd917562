"""What stands at addresses that no page has."""

from __future__ import annotations

import asyncio

import pytest
import streamlit as st
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import app as served
from components.page.no_page import NoPage, middleware

PAGES = ("coverage", "gaps")


async def _streamlit(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers as Streamlit does: its own page at every address that it does not know."""
    answer: ASGIApp = HTMLResponse("<div id=root></div>")
    if scope["path"] == "/_stcore/health":
        answer = PlainTextResponse("ok")
    await answer(scope, receive, send)


def get(path: str) -> tuple[int, str]:
    """The status and the text of an answer."""
    sent: list[Message] = []

    async def ask() -> None:
        async def receive() -> Message:
            return {"type": "http.request"}

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
        await NoPage(_streamlit, PAGES)(scope, receive, send)

    asyncio.run(ask())
    return sent[0]["status"], b"".join(m.get("body", b"") for m in sent[1:]).decode()


@pytest.mark.parametrize("path", ["/", "/coverage", "/gaps/", "/gaps"])
def test_pages_are_at_their_addresses(path: str) -> None:
    assert get(path)[1] == "<div id=root></div>"


@pytest.mark.parametrize(
    "path",
    ["/coverage/extra", "/nonsense", "/gaps/static/x.js", "/a/b/"],
)
def test_elsewhere_is_a_message_and_the_way_back(path: str) -> None:
    status, text = get(path)
    assert status == 404
    assert "There is no page at this address" in text and 'href="/"' in text
    assert "extra" not in text and "id=root" not in text


def test_what_is_no_page_is_handed_through() -> None:
    assert get("/_stcore/health")[1] == "ok"


def test_under_a_path_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "get_option", {"server.baseUrlPath": "tools/gaps"}.__getitem__)
    assert get("/tools/gaps/coverage")[1] == get("/tools/gaps/")[1]
    assert 'href="/tools/gaps/"' in get("/tools/gaps/coverage/extra")[1]


def test_the_server_is_started_with_it() -> None:
    (found,) = middleware(PAGES)
    assert found.cls in [own.cls for own in served.app._user_middleware]
