"""How much of what people bring is held: bounded for a session and for the whole server."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import get_option
from streamlit.runtime import exists, get_instance

from components.own_data import state as own_data

SESSION, SERVER = "PROVISION_SESSION_MB", "PROVISION_SERVER_MB"
_DEFAULTS = {SESSION: 120, SERVER: 1_000}
_ADDRESS = re.compile(r"/_stcore/upload_file/(?P<session>[^/]+)/[^/]+$")
_FULL = {
    SESSION: "You have brought as much as one session may. Remove some of it, then try again.\n",
    SERVER: "This server holds as many files as it may. Try again later.\n",
}


def most(name: str, environment: Mapping[str, str] = os.environ) -> int:
    """A bound in bytes: what the environment says in megabytes, else the default."""
    said = environment.get(name, "")
    usable = said.isascii() and said.isdigit() and 0 < len(said) < 7
    return (int(said) if usable else _DEFAULTS[name]) * 1_000_000


def held() -> dict[str, int]:
    """How many files and bytes the server holds, and how many it may."""
    files = _files()
    return {
        "files": sum(len(one) for one in files.values()),
        "bytes": sum(map(sum, files.values())) + own_data.held(),
        "most_bytes": most(SERVER),
        "most_bytes_a_session": most(SESSION),
    }


def _files() -> Mapping[str, list[int]]:
    """The sizes of the files that Streamlit holds, by session."""
    if not exists():
        return {}
    storage = getattr(get_instance().uploaded_file_mgr, "file_storage", {})
    return {
        session: [len(f.data) for f in list(own.values())] for session, own in [*storage.items()]
    }


def middleware() -> list[Middleware]:
    """What looks at uploads before they are read."""
    return [Middleware(UploadBounds)]


class UploadBounds:
    """Refuses an upload that would be more than a session, or the server, may hold. What is on its
    way counts as held."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self._coming = app, Counter[str]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = _ADDRESS.search(scope.get("path", ""))
        if scope["type"] != "http" or scope["method"] not in ("PUT", "POST") or not found:
            await self.app(scope, receive, send)
            return
        session, size = found["session"], _size(scope)
        if over := self._over(session, size):
            await PlainTextResponse(_FULL[over], 413)(scope, receive, send)
            return
        self._coming[session] += size
        try:
            await self.app(scope, receive, send)
        finally:
            self._coming[session] -= size
            self._coming += Counter()  # lets go of those at nought

    def _over(self, session: str, size: int) -> str:
        files, coming = _files(), self._coming
        own = sum(files.get(session, ())) + coming[session] + size
        if own > most(SESSION):
            return SESSION
        return SERVER if held()["bytes"] + coming.total() + size > most(SERVER) else ""


def _size(scope: Scope) -> int:
    """What an upload says of its size; the most that one may have, where it says nothing."""
    said = Headers(scope=scope).get("content-length", "")
    return (
        int(said)
        if said.isascii() and said.isdigit()
        else get_option("server.maxUploadSize") * 1_000_000
    )
