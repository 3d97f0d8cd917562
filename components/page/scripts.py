"""The scripts that draw components in the browser, and how a browser gets them.

They are ES modules in ``static/`` that import each other by relative addresses. The path of every
address holds a version, which changes with any of the files: a browser never mixes old and new
ones, and asks for none of them twice.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STATIC = Path(__file__).parents[2] / "static"
_VERSIONED = re.compile(
    r"(?P<base>.*)/app/static/(?P<version>[0-9a-f]{10})/(?P<file>[a-z_]+/[a-z_]+\.js)"
)
_FOR_GOOD = "public, max-age=31536000, immutable"


def component(name: str, script: str, function: str) -> Any:
    """A component that an exported ``function`` of a ``script`` in ``static/`` draws."""
    return st.components.v2.component(
        name, html="<div></div>", js=_loader(script, function), isolate_styles=False
    )


def _loader(script: str, function: str) -> str:
    """A component's own script: it loads ours by address, so that ours does not cross the socket
    with every answer. The address is resolved against the page's own, so that it also holds behind
    a proxy with a path of its own. A line break tells a script from the name of a file."""
    return (
        f'const m=import(new URL("app/static/{version()}/{script}",document.baseURI));\n'
        f"export default c=>{{let e;m.then(m=>{{e=m.{function}(c)}});return()=>e?.()}}"
    )


@cache
def version() -> str:
    """What changes with the name or content of any script."""
    digest = sha256()
    for path in sorted(STATIC.rglob("*.js")):
        digest.update(f"{path.relative_to(STATIC).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:10]


def middleware() -> list[Middleware]:
    """What serves the scripts under their version."""
    return [Middleware(VersionedScripts)]


class VersionedScripts:
    """Answers an address with a version from the file itself. A page that was loaded before a new
    version was installed is given the new file, which its browser does not keep."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = _VERSIONED.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if found is None:
            await self.app(scope, receive, send)
            return

        async def with_age(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = message["status"] == 200 and found["version"] == version()
                MutableHeaders(scope=message)["Cache-Control"] = _FOR_GOOD if known else "no-cache"
            await send(message)

        path = f"{found['base']}/app/static/{found['file']}"
        await self.app({**scope, "path": path, "raw_path": path.encode()}, receive, with_age)
