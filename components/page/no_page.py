"""What stands at an address that no page has: a plain message, with the way to the first page.

Streamlit answers every unknown address with its own page. That page looks for its files beside the
address, finds none below ``/coverage/``, and stays blank."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.page.markup import render


def middleware(pages: Collection[str]) -> list[Middleware]:
    """What answers in place of a page that is none."""
    return [Middleware(NoPage, pages=pages)]


class NoPage:
    """Lets Streamlit's own page stand at the root and at the addresses of ``pages`` alone."""

    def __init__(self, app: ASGIApp, pages: Collection[str]) -> None:
        self.app, self.pages = app, {"", *pages}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._known(scope["path"]):
            await self.app(scope, receive, send)
            return
        instead = HTMLResponse(render("no_page.html", start=f"{_base()}/"), 404)
        held = False

        async def or_instead(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and _is_page(message):
                held = True
                await instead(scope, receive, send)
            elif not held:
                await send(message)

        await self.app(scope, receive, or_instead)

    def _known(self, path: str) -> bool:
        found = path.removeprefix(_base()).strip("/")
        # The pages of the room answer for themselves.
        own = found in self.pages or found.partition("/")[0] == "room"
        return own and "//" not in path


def _base() -> str:
    """The path that the whole app stands under; empty for none."""
    base: str = st.get_option("server.baseUrlPath").strip("/")
    return f"/{base}" if base else ""


def _is_page(message: Message) -> bool:
    kind = Headers(raw=message.get("headers", [])).get("content-type", "")
    return message["status"] == 200 and kind.startswith("text/html")
