"""How the server is, for whoever runs it: ``GET /health`` answers beside all scripts.

200 where pages can be drawn, if need be with the last good data; 503 where there is no data to
show. No answer at all means that the process hangs; :mod:`components.page.watchdog` tells systemd.
Nothing of what people look at or wrote is in it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from components.data import live
from components.page import uploads

PATIENCE = 2  # seconds that the data has to answer in, so that who asks is answered soon
_runs: dict[object, float] = {}


@contextmanager
def counted_run() -> Iterator[None]:
    """Around one run of a page's script, so that one that does not end is seen."""
    own = object()
    _runs[own] = time.monotonic()
    try:
        yield
    finally:
        del _runs[own]


def middleware() -> list[Middleware]:
    """What answers."""
    return [Middleware(Health)]


class Health:
    """Answers with how the server is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != f"{_base()}/health":
            await self.app(scope, receive, send)
            return
        found = await _found()
        answer = JSONResponse(
            found, 503 if found["status"] == "no data" else 200, {"Cache-Control": "no-store"}
        )
        await answer(scope, receive, send)


async def _found() -> dict[str, Any]:
    data = await _data()
    now, began = time.monotonic(), list(_runs.values())
    return {
        "status": data.pop("status"),
        "data": data,
        "pages": {
            "being_drawn": len(began),
            "longest_seconds": round(max((now - one for one in began), default=0.0), 1),
        },
        "uploads": uploads.held(),
    }


async def _data() -> dict[str, Any]:
    """How the data is; a disk that has not answered yet is said, and not waited for."""
    late = False
    try:
        found = await asyncio.wait_for(asyncio.to_thread(live.live), PATIENCE)
    except TimeoutError:
        found, late = live.last(), True
    silent = live.silent_for()
    good = not (late or found.problems) and silent is None
    status = "ok" if good else "last good data" if found.record else "no data"
    return {
        "status": status,
        "version": found.record.version if found.record else None,
        "problems": len(found.problems),
        "answers": not late and silent is None,
        "silent_seconds": None if silent is None else round(silent, 1),
    }


def _base() -> str:
    base: str = st.get_option("server.baseUrlPath").strip("/")
    return f"/{base}" if base else ""
