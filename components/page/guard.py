"""What the server says with every answer, and whom it answers: the headers that browsers hold a
page to, and the check of who asks.

A browser is told to load from this server alone, to let no other page frame this one and to guess
at no file's type. A request under a name that the server does not go by is refused, so that no
outside name can be made to point here (DNS rebinding); so is a socket opened by another site's
page. The server's own checks come after: XSRF tokens and the size of uploads
(``.streamlit/config.toml``)."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Collection, Mapping
from functools import cache
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

HOSTS = "PROVISION_HOSTS"  # further names that the server goes by, with commas between
_NOT_OURS = (
    f"This server does not go by that name. Whoever runs it can add the name to {HOSTS}, with"
    " commas between names.\n"
)
_NO_ORIGIN = "The request names an origin that is none.\n"
# blob: the scripts of components come over the socket. wasm: deck.gl compiles some as it loads;
# text still cannot become script.
# unsafe-inline: styles alone, which the front end writes into the page. data: its arrows and one
# font.
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self' blob: 'wasm-unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
_CSP = "Content-Security-Policy"
_POWERS = (
    "camera",
    "microphone",
    "geolocation",
    "payment",
    "usb",
    "serial",
    "midi",
    "accelerometer",
    "gyroscope",
    "magnetometer",
)


def middleware() -> list[Middleware]:
    """The guard as the server takes it, for the address that it listens on and the names that the
    environment adds."""
    named = os.environ.get(HOSTS, "").split(",")
    return [
        Middleware(
            Guard,
            hosts={
                "localhost",
                st.get_option("server.address"),
                *(name.strip().lower() for name in named),
            }
            - {"", None},
        )
    ]


class Guard:
    """Refuses whom the server does not answer; adds the headers to every other answer. ``hosts``
    are names in small letters, without ports; an address in figures needs no name and is
    answered."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = MutableHeaders(scope=message)
                own = said.get(_CSP)  # a page that states a policy is held to that
                said.update(headers())
                if own:
                    said[_CSP] = own
            await send(message)

        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif refusal := self._refusal(scope):
            await refusal(scope, receive, with_headers)
        else:
            await self.app(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        sent = Headers(scope=scope)
        host, origin = sent.get("host", ""), sent.get("origin")
        if scope["type"] == "http":
            if origin is not None and _netloc(origin) is None:
                return PlainTextResponse(_NO_ORIGIN, 400)
            return None if answered(host, self.hosts) else PlainTextResponse(_NOT_OURS, 421)
        # A client that is no browser names no origin. What follows would ask an outside machine for
        # our own address to compare with.
        same = origin is None or _netloc(origin) == host
        return None if same and answered(host, self.hosts) else WebSocketClose(1008)


def answered(host: str, hosts: Collection[str]) -> bool:
    """Whether a request's Host is one of the names, or an address in figures, with or without a
    port."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name.rstrip(".") in hosts or bool(ip_address(name))
    except ValueError:
        return False


def _netloc(origin: str) -> str | None:
    """The host and port of an origin; None where it is none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


@cache
def headers() -> Mapping[str, str]:
    """The headers of every answer."""
    policy = {**_POLICY, "script-src": " ".join([_POLICY["script-src"], *_inline_scripts()])}
    return {
        _CSP: "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{power}=()" for power in _POWERS),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def _inline_scripts() -> list[str]:
    """The scripts that Streamlit's own page holds, each named by its hash: nothing else that stands
    in a page is run."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    return [
        f"'sha256-{b64encode(sha256(script.encode('utf-8')).digest()).decode('ascii')}'"
        for script in scripts
    ]
