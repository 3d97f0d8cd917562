"""What the stage asks every second while phones answer: how many are in the room and have answered,
and once a question is closed, what. Asked outside Streamlit, so that no answer of a phone draws the
stage anew. The id of the record is a secret, so it is asked for in a header, which no log holds."""

from __future__ import annotations

import re
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from components.present.records import store
from components.room.book import book
from provision.room.state import Phase, RoomState, Round
from provision.room.tally import counts, numbers, sentence
from provision.workshop.answers import Answer
from provision.workshop.entries import RecordProblem

_ADDRESS = re.compile(r"/app/room-counts$")
_RECORD, _LIVE = "provision-record", "provision-live"


def middleware() -> list[Middleware]:
    """What answers the stage."""
    return [Middleware(CountServer)]


class CountServer:
    """Answers with the counts of the room whose record a header names by the id of its link;
    without any where there is no such record, or it cannot be read now."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _ADDRESS.search(scope["path"]):
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        found = await run_in_threadpool(_counts, asked.get(_RECORD, ""), asked.get(_LIVE) == "1")
        await JSONResponse(found, headers={"Cache-Control": "no-store"})(scope, receive, send)


def _counts(opened_by: str, live: bool) -> dict[str, Any]:
    try:
        session, _ = store().opened_by(opened_by)
        with book().room(session) as room:
            return room_counts(room, live)
    except RecordProblem:
        return {}


def room_counts(room: RoomState, live: bool) -> dict[str, Any]:
    """The counts of a room: ``rounds`` in the order in which they were opened. What was answered
    is told once a question is closed, or at once where it is to be ``live``."""
    return {
        "open": room.is_open,
        "joined": len(room.devices),
        "rounds": [_round(room, own, live) for own in room.rounds.values()],
    }


def _round(room: RoomState, own: Round, live: bool) -> dict[str, Any]:
    tell = live or own.phase is not Phase.OPEN
    is_number = own.asked.answer == Answer.NUMBER
    rows = [(name, n) for _, name, n in counts(own)] if not is_number else numbers(own)
    texts = [
        answer.text for id_, answer in own.answers.values() if id_ in room.passed and answer.text
    ]
    return {
        "link": own.asked.link,
        "question": own.asked.question,
        "answer": own.asked.answer,
        "phase": own.phase.value,
        "answered": len(own.answers),
        "rows": rows if tell else [],
        "points": own.asked.answer == Answer.ORDER,
        "counts": {id_: n for id_, _, n in counts(own)} if tell else {},
        "sentence": (own.told.sentence if own.told else sentence(own)) if tell else "",
        "texts": texts if tell else [],
    }
