"""What the log of requests holds, and what it does not."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from components.page.request_log import ENVIRONMENT, RequestLog, middleware, told

SECRET = "0123456789abcdef" * 2


def logged(
    path: str, sent_id: str = "", fails: bool = False
) -> tuple[dict[str, Any], dict[bytes, bytes]]:
    """The line of a request, and the headers of its answer."""
    lines: list[str] = []
    sent: list[Message] = []

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        if fails:
            raise ValueError(SECRET)
        await PlainTextResponse(SECRET, 404)(scope, receive, send)

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": f"session={SECRET}".encode(),
        "headers": [(b"x-request-id", sent_id.encode()), (b"referer", SECRET.encode())],
    }
    with suppress(ValueError):
        asyncio.run(RequestLog(page, lines.append)(scope, receive, send))
    (line,) = lines
    return json.loads(line), dict(sent[0]["headers"]) if sent else {}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/present", "/present"),
        (f"/media/{SECRET}.docx", "/media/"),
        (f"/_stcore/upload_file/{SECRET}/x", "/_stcore/upload_file/"),
        (f"/tools/gaps/media/{SECRET}", "/tools/gaps/media/"),
        ("/" + "x" * 500, "/" + "x" * 79),
    ],
)
def test_a_line_holds_the_page_and_no_content(path: str, said: str) -> None:
    line, headers = logged(path)
    assert set(line) == {"time", "request", "method", "path", "status", "seconds"}
    assert (line["path"], line["status"], line["method"]) == (said, 404, "GET")
    assert SECRET not in json.dumps(line)
    assert headers[b"x-request-id"].decode() == line["request"]


@pytest.mark.parametrize(("sent", "taken"), [("ab" * 16, True), ("x\nfaked", False), ("", False)])
def test_the_id_is_that_of_the_proxy_where_it_is_one(sent: str, taken: bool) -> None:
    line, _ = logged("/gaps", sent)
    assert (line["request"] == sent) is taken and len(line["request"]) == 32


def test_what_fails_is_logged_as_failed() -> None:
    line, _ = logged("/gaps", fails=True)
    assert line["status"] == 500 and SECRET not in json.dumps(line)


def test_no_line_is_written_unless_asked_for() -> None:
    assert middleware({}) == [] and middleware({ENVIRONMENT: "text"}) == []
    assert [own.cls for own in middleware({ENVIRONMENT: "json"})] == [RequestLog]


def test_line_breaks_in_a_path_make_no_second_line() -> None:
    assert told("/a\nb") == "/a\nb" and "\n" not in json.dumps(told("/a\nb"))
