"""The scripts that draw components in the browser, and how a browser gets them.

They are ES modules in ``static/``, cut by concern, that import each other by relative addresses. A
browser that asks for each of them by itself draws its first map later, so all of them reach it as
one: joined in the order of their imports, under an address that changes with any of them, and kept
by the browser for good.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from graphlib import TopologicalSorter
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

STATIC = Path(__file__).parents[2] / "static"
PHONES = STATIC / "room"  # pages of their own, which load none of this
_IMPORT = re.compile(r'^import \{[^}]+\} from "(?P<address>[^"]+)";\n', re.MULTILINE)
_ADDRESS = re.compile(r"/app/scripts/(?P<version>[0-9a-f]{10})\.js$")
_FOR_GOOD = "public, max-age=31536000, immutable"


def component(name: str, function: str) -> Callable[..., Any]:
    """A component that an exported ``function`` of the scripts draws.

    Its ``data`` crosses as the one entry of a list. Streamlit looks through a mapping for data
    frames, and loads pandas and pyarrow to tell one, which is a third of a server's memory."""
    drawn = st.components.v2.component(
        name, html="<div></div>", js=_loader(function), isolate_styles=False
    )

    def draw(*, data: Mapping[str, Any], **told: Any) -> Any:
        return drawn(data=[data], **told)

    return draw


def _loader(function: str) -> str:
    """A component's own script: it loads ours by address, so that ours does not cross the socket
    with every answer. The address is resolved against the page's own, so that it also holds behind
    a proxy with a path of its own. A line break tells a script from the name of a file."""
    return (
        f'const m=import(new URL("app/scripts/{_version()}.js",document.baseURI));\n'
        f"export default c=>{{let e;m.then(m=>{{e=m.{function}({{...c,data:c.data[0]}})}});"
        "return()=>e?.()}"
    )


def sources() -> Mapping[str, str]:
    """The text of every script by its path within ``static/``, each after those it imports."""
    found = sorted(path for path in STATIC.rglob("*.js") if path.parent != PHONES)
    texts = {path.relative_to(STATIC).as_posix(): path.read_text("utf-8") for path in found}
    order = TopologicalSorter({name: list(_imports(name, text)) for name, text in texts.items()})
    return {name: texts[name] for name in order.static_order()}


def _imports(name: str, text: str) -> Iterator[str]:
    for found in _IMPORT.finditer(text):
        yield normpath(join(dirname(name), found["address"]))


def joined(texts: Mapping[str, str]) -> str:
    """All scripts as one module. What one exports is there for those after it, so that no import is
    left; names at the top of a file are unique among all of them."""
    return "".join(_IMPORT.sub("", text) for text in texts.values())


@cache
def _module() -> bytes:
    return joined(sources()).encode()


@cache
def _compressed() -> bytes:
    return gzip.compress(_module(), mtime=0)


@cache
def _version() -> str:
    return sha256(_module()).hexdigest()[:10]


def middleware() -> list[Middleware]:
    """What serves the scripts."""
    return [Middleware(ScriptServer)]


class ScriptServer:
    """Answers the address of the scripts. A page that was loaded before a new version was installed
    is given the new one, which its browser does not keep under the old address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = _ADDRESS.search(scope["path"]) if scope["type"] == "http" else None
        answer = _answer(found["version"], Headers(scope=scope)) if found else self.app
        await answer(scope, receive, send)


def _answer(version: str, asked: Headers) -> Response:
    told = {
        "Cache-Control": _FOR_GOOD if version == _version() else "no-cache",
        "Vary": "Accept-Encoding",
    }
    if "gzip" not in asked.get("accept-encoding", ""):
        return Response(_module(), media_type="text/javascript", headers=told)
    told["Content-Encoding"] = "gzip"
    return Response(_compressed(), media_type="text/javascript", headers=told)
