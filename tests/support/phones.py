"""Phones without a browser: each keeps its cookie, and asks an ASGI app."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode

HOST = "192.168.1.20:8501"


@dataclass(frozen=True)
class Reply:
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: str

    @property
    def words(self) -> str:
        """The text of a page, on one line."""
        inner = self.body.partition("<main>")[2]
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", inner)).split())

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page's form."""
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.body))


@dataclass
class Phone:
    """One browser, at one address."""

    app: Any
    address: str = "192.168.1.50"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Reply:
        """Ask for a page."""
        return self._ask("GET", path, b"", headers or {})

    def post(self, path: str, fields: Any, headers: Mapping[str, str] | None = None) -> Reply:
        """Send a form, or the bytes of one."""
        body = fields if isinstance(fields, bytes) else urlencode(fields, doseq=True).encode()
        return self._ask("POST", path, body, {"origin": f"http://{HOST}", **(headers or {})})

    def answer(self, code: str, **fields: Any) -> Reply:
        """Fill in the form that stands on the room's page, and follow where it leads."""
        page = self.get(f"/room/{code}")
        reply = self.post(
            f"/room/{code}", {**page.hidden, **{k.replace("_", "-"): v for k, v in fields.items()}}
        )
        return self.get(f"/room/{code}") if reply.status == 303 else reply

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        given = {"host": HOST, "content-length": str(len(body)), **headers}
        if self.cookies:
            given["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        route, _, query = path.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": route,
            "raw_path": route.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(k.lower().encode(), v.encode()) for k, v in given.items()],
            "client": (self.address, 50_000),
            "server": ("192.168.1.20", 8501),
        }
        reply = asyncio.run(_answer(self.app, scope, body))
        for name, value in re.findall(r"^(\w+)=([^;]*)", reply.headers.get("set-cookie", "")):
            self.cookies[name] = value
        return reply


async def _answer(app: Any, scope: dict[str, Any], body: bytes) -> Reply:
    sent: list[dict[str, Any]] = []
    parts = [body[n : n + 4096] for n in range(0, len(body), 4096)] or [b""]

    async def receive() -> dict[str, Any]:
        if not parts:
            return {"type": "http.disconnect"}
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start = next(m for m in sent if m["type"] == "http.response.start")
    headers = {k.decode().lower(): v.decode() for k, v in start["headers"]}
    text = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    return Reply(start["status"], headers, text.decode())
