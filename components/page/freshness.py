"""Whether the data has changed, for pages that stand open.

Each page asks this server every few seconds, outside Streamlit: a page that asked by running its
script would send what its controls held a moment ago, and undo what was just done there."""

from __future__ import annotations

import re
from hashlib import sha256

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from components.data import live

_ADDRESS = re.compile(r"/app/data-version$")


def version(stamp: object) -> str:
    """A short name of the files that a page was drawn from, as they were then."""
    return sha256(repr(stamp).encode()).hexdigest()[:16]


def middleware() -> list[Middleware]:
    """What answers the pages."""
    return [Middleware(VersionServer)]


class VersionServer:
    """Answers with the version of a record of the region as it is now; ``record`` is its id."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _ADDRESS.search(scope["path"]):
            await self.app(scope, receive, send)
            return
        asked = Request(scope).query_params.get("record", "")
        # Files may be on a slow disk, and others are not to wait for them.
        found = await run_in_threadpool(_version_of, asked)
        answer = PlainTextResponse(found, headers={"Cache-Control": "no-store"})
        await answer(scope, receive, send)


def _version_of(key: str) -> str:
    return version(live.of_record(live.live(), key).stamp)
