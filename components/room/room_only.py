"""Other devices reach the pages of the room alone, where whoever runs the server says so; this
machine reaches everything."""

from __future__ import annotations

import re

from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from provision.room.network import ROOM_ONLY, is_this_machine, room_only

_ROOM = re.compile(r"/room(/|$)")
_SHUT = (
    "On this server, other devices open the room's pages alone: the address on the screen, with"
    f" /room/. Whoever runs it can open the rest ({ROOM_ONLY}=off).\n"
)


def middleware() -> list[Middleware]:
    """What turns other devices away; nothing where they are let in."""
    return [Middleware(RoomOnly)] if room_only() else []


class RoomOnly:
    """Turns away other devices from everything but the room."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or _is_for(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await PlainTextResponse(_SHUT, 403)(scope, receive, send)
        else:
            await WebSocketClose(1008)(scope, receive, send)


def _is_for(scope: Scope) -> bool:
    host = (scope.get("client") or ("",))[0]
    own = is_this_machine(host)
    return own or (scope["type"] == "http" and bool(_ROOM.match(scope["path"])))
