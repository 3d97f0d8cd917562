"""What phones are answered with: pages that say one thing, templates, the two files that they load;
and how much of a form is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from components.page.markup import render
from components.page.scripts import STATIC

MOST_BYTES = 8_000  # of a form
MOST_PHONES = 500
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action"
    " 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_TYPES = {"phone.js": "text/javascript", "phone.css": "text/css"}
_NOT_NOW = "We cannot reach the record now. Nothing you sent before is lost. Try again in a moment."


@dataclass(frozen=True)
class Plain:
    """A page that says one thing."""

    title: str
    text: str
    status: int


WRONG = Plain("This code is not known", "Check the code on the screen and try again.", 404)
TOO_OFTEN = Plain("Please wait a minute", "There were too many wrong codes.", 429)
FULL = Plain("The room is full", f"It holds {MOST_PHONES} phones.", 429)
FOREIGN = Plain("We did not take this answer", "Open the page again and answer there.", 403)
TOO_LONG = Plain("We did not take this answer", "It is too long.", 413)
AWAY = Plain("Please try again", _NOT_NOW, 503)


def is_ours(request: Request) -> bool:
    """Whether a form comes from our own page, as far as the browser says."""
    origin, host = request.headers.get("origin"), request.headers.get("host", "")
    if origin is not None:
        return urlsplit(origin).netloc == host
    return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


async def body_of(request: Request) -> bytes | None:
    """A form's body; None for one that is too long, of which the rest is not read."""
    found = bytearray()
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length[:12]) > MOST_BYTES:
        return None
    async for part in request.stream():
        found += part
        if len(found) > MOST_BYTES:
            return None
    return bytes(found)


def told() -> Mapping[str, str]:
    return {"Cache-Control": "no-store", "Content-Security-Policy": POLICY}


def said(page: Plain) -> Response:
    return html_page("said.html", page.status, title=page.title, text=page.text)


def html_page(template: str, status: int, **values: Any) -> Response:
    return html_text(html_of(template, **values), status)


def html_of(template: str, **values: Any) -> str:
    return render(f"room/{template}", version=_version(), **values)


def html_text(text: str, status: int = 200) -> Response:
    return Response(text, status, told(), "text/html; charset=utf-8")


@cache
def _files() -> Mapping[str, bytes]:
    found = {name: (STATIC / "room" / name).read_bytes() for name in _TYPES}
    places = "".join(f".c{n}{{grid-column:{n}}}.r{n}{{grid-row:{n}}}" for n in range(1, 61))
    return {**found, "phone.css": found["phone.css"] + places.encode()}


@cache
def _version() -> str:
    return sha256(b"".join(_files().values())).hexdigest()[:10]


def asset(request: Request) -> Response:
    name = f"phone.{request.path_params['ending']}"
    if name not in _TYPES:
        return said(WRONG)
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(_files()[name], media_type=_TYPES[name], headers=kept)
