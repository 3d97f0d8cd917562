"""What the server was asked: one line of JSON a request, where ``PROVISION_LOG=json`` says so.

A line holds no content: no query, no names of files given out, no session, nothing of what people
look at or wrote. Its ``request`` is the id that nginx gave the request and wrote into its own log;
the answer carries it as ``X-Request-ID``, so that somebody can name what failed."""

from __future__ import annotations

import json
import os
import re
import secrets
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENVIRONMENT = "PROVISION_LOG"
_ID = re.compile(r"[0-9a-f]{16,64}")
_SECRET = re.compile(r"^(?P<begin>.*/(?:_stcore/[a-z_-]+|media))/.*")
_LONGEST = 80


def middleware(environment: Mapping[str, str] = os.environ) -> list[Middleware]:
    """What writes the lines; nothing, where none are asked for."""
    return [Middleware(RequestLog)] if environment.get(ENVIRONMENT) == "json" else []


class RequestLog:
    """Writes a line when a request, or the socket of a page, has ended."""

    def __init__(self, app: ASGIApp, write: Callable[[str], object] | None = None) -> None:
        self.app, self.write = app, write or _to_standard_error

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        said = Headers(scope=scope).get("x-request-id", "")
        own = said if _ID.fullmatch(said) else secrets.token_hex(16)
        began, status = time.monotonic(), 500 if scope["type"] == "http" else 101

        async def with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = own
            await send(message)

        try:
            await self.app(scope, receive, with_id)
        finally:
            line = {
                "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "request": own,
                "method": scope.get("method", "SOCKET"),
                "path": told(scope["path"]),
                "status": status,
                "seconds": round(time.monotonic() - began, 3),
            }
            self.write(json.dumps(line))


def told(path: str) -> str:
    """What a log tells of a path: of one that opens something, its beginning alone."""
    found = _SECRET.match(path)
    return (f"{found['begin']}/" if found else path)[:_LONGEST]


def _to_standard_error(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - the log of systemd and of containers
