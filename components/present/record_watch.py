"""Whether another window has written into the record of a workshop.

The screen and the desk ask this server every few seconds, outside Streamlit: a page that asked by
running its script would send what its controls held a moment ago, and undo what was just done
there. The id of the record is a secret, so it is asked for in a header, which no log holds."""

from __future__ import annotations

import re

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from components.page.scripts import component
from components.present.records import store
from components.present.state import Room
from provision.workshop.entries import OF_PHONES, Kind, RecordProblem

_ADDRESS = re.compile(r"/app/record-length$")
_RECORD, _PHONES = "provision-record", "provision-phones"
_watch = component("provision_record_watch", "recordWatch")


def watch_record(own: Room, *, phones: bool) -> None:
    """Show what another window has written without waiting for the next click, and with ``phones``
    what phones have. To be called once the page has read the record."""
    seen = own.seen if own.seen_of == own.session else []
    read = max((e.number for e in seen if e.kind not in OF_PHONES), default=0)
    every = max((e.number for e in seen), default=0)
    _watch(
        key="record-watch",
        data={
            "record": own.opened_by,
            "length": str(read),
            "all": str(every),
            "phones": phones,
        },
        on_changed_change=lambda: None,
    )


def middleware() -> list[Middleware]:
    """What answers the pages."""
    return [Middleware(LengthServer)]


class LengthServer:
    """Answers with the number of the last entry of the record that a header names by the id of its
    link. Those of phones count where another header asks for them: the stage counts them by itself.
    Answers with nothing where there is no such record, or it cannot be read now."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _ADDRESS.search(scope["path"]):
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        but = frozenset[Kind]() if asked.get(_PHONES) == "1" else OF_PHONES
        found = await run_in_threadpool(_length, asked.get(_RECORD, ""), but)
        answer = PlainTextResponse(found, headers={"Cache-Control": "no-store"})
        await answer(scope, receive, send)


def _length(opened_by: str, but: frozenset[Kind]) -> str:
    try:
        session, _ = store().opened_by(opened_by)
        return str(store().latest(session, but=but))
    except RecordProblem:
        return ""
