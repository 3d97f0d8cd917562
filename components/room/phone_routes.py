"""The pages that phones open, beside the app in the same server: plain requests and forms, no
session of Streamlit's, no socket.

Whoever is in the room has the code. A phone keeps a random number in a cookie, for this room and
until the day is over; a form is taken from our own page alone, and everything it sends is
bounded."""

from __future__ import annotations

from functools import cache, lru_cache
from hmac import compare_digest
from secrets import token_hex
from typing import Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from components.data import live
from components.present.records import store
from components.room import phone_page
from components.room.book import RoomBook, book
from components.room.phone_replies import (
    AWAY,
    FOREIGN,
    FULL,
    MOST_PHONES,
    TOO_LONG,
    TOO_OFTEN,
    WRONG,
    Plain,
    asset,
    body_of,
    html_of,
    html_page,
    html_text,
    is_ours,
    said,
    told,
)
from provision.io.problems import InvalidData
from provision.record import Record
from provision.room.codes import device_of, new_device, seen_by, tidy_code
from provision.room.limits import Limit
from provision.room.questions import Given, read_answer
from provision.room.state import Phase, RoomState
from provision.workshop.entries import Kind, RecordProblem

COOKIE = "phone"
MOST_FIELDS = 100
MOST_CHANGES = 100  # of one phone's answer to one question
_KEY_HERE = token_hex(16)  # where the key of a phone's own form stands
MOST_KEPT = 8_000  # entries of a record: what it holds beyond is left for the desk


class Limits:
    """How often phones may do what costs something."""

    def __init__(self) -> None:
        self.wrong_codes = Limit(20, 12)  # of one address
        self.all_wrong_codes = Limit(300, 300, names=1)
        self.new_phones = Limit(300, 60)  # of one address: a whole room may share one
        self.answers = Limit(10, 30)  # of one phone

    def may_try(self, address: str) -> bool:
        """Whether an address may try a code that may be wrong."""
        return self.wrong_codes.allows(address) and self.all_wrong_codes.allows("")

    def may_come_in(self, address: str) -> bool:
        """Whether a right code is told from a wrong one now."""
        return self.wrong_codes.would(address) and self.all_wrong_codes.would("")


def routes(rooms: RoomBook | None = None, limits: Limits | None = None) -> list[BaseRoute]:
    """What is served to phones."""
    own = _Phones(rooms or book(), limits or Limits())
    return [
        Route("/room", lambda _: RedirectResponse("room/", 308)),
        Route("/room/", own.door),
        Route("/room/phone.{ending:str}", asset),
        Route("/room/{code:str}", own.page),
        Route("/room/{code:str}", own.answer, methods=["POST"]),
        Route("/room/{code:str}/state", own.state),
        Route("/room/{rest:path}", lambda _: said(WRONG)),
    ]


class _Phones:
    def __init__(self, rooms: RoomBook, limits: Limits) -> None:
        self.rooms, self.limits = rooms, limits

    def door(self, request: Request) -> Response:
        """Where the code is typed in, by whoever has no camera."""
        given = request.query_params.get("code", "")
        if code := tidy_code(given):
            return RedirectResponse(code, 303)
        wrong = "A code has six letters." if given else ""
        return html_page("door.html", 200, wrong=wrong)

    def page(self, request: Request) -> Response:
        """The room, as it is for this phone."""
        try:
            session = self._session(request)
            if isinstance(session, Plain):
                return said(session)
            if (code := tidy_code(request.path_params["code"])) != request.path_params["code"]:
                return RedirectResponse(code, 303)
            device = device_of(session, request.cookies.get(COOKIE, ""))
            if device is None:
                return self._new_phone(request, session)
            self._join(session, device)
            return html_text(self._html(request, session, device))
        except RecordProblem:
            return said(AWAY)

    def state(self, request: Request) -> Response:
        """A word that changes with what the page would show."""
        try:
            session = self._session(request)
            if isinstance(session, Plain):
                return JSONResponse({"stamp": ""}, session.status, told())
            if device := device_of(session, request.cookies.get(COOKIE, "")):
                self._join(session, device)
            with self.rooms.room(session) as room:
                return JSONResponse({"stamp": room.stamp}, headers=told())
        except RecordProblem:
            return JSONResponse({"stamp": ""}, 503, told())

    async def answer(self, request: Request) -> Response:
        """Take an answer."""
        if not is_ours(request):
            return said(FOREIGN)
        body = await body_of(request)
        if body is None:
            return said(TOO_LONG)
        return await run_in_threadpool(self._take, request, body)

    def _take(self, request: Request, body: bytes) -> Response:
        try:
            sent = parse_qs(body.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS)
        except ValueError:
            return said(TOO_LONG)
        try:
            session = self._session(request)
            if isinstance(session, Plain):
                return said(session)
            device = device_of(session, request.cookies.get(COOKIE, ""))
            if device is None:
                return said(FOREIGN)
            key = (sent.get("key") or [""])[0]
            if not compare_digest(key.encode(), seen_by(session, device, "form").encode()):
                return said(FOREIGN)
            return self._answered(request, session, device, sent)
        except RecordProblem:
            return said(AWAY)

    def _answered(
        self, request: Request, session: str, device: str, sent: dict[str, list[str]]
    ) -> Response:
        """Keep an answer and show it; say what is wrong with it otherwise."""
        self._join(session, device)
        question = (sent.get("question") or [""])[0]
        with self.rooms.room(session) as room:
            status, wrong = self._refusal(room, session, device, question)
            own = room.rounds.get(question)
        if not wrong and own is not None:
            try:
                given = read_answer(own.asked, sent)
                self._keep(session, device, question, given)
            except (ValueError, InvalidData) as error:
                status, wrong = 422, str(error)
        if not wrong:
            tiles = "?view=tiles" if sent.get("view") == ["tiles"] else ""
            return RedirectResponse(f"{request.path_params['code']}{tiles}#yours", 303, told())
        page = self._page(request, session, device) | {"wrong": wrong}
        page = phone_page.with_sent(page, sent) if status == 422 else page
        return html_page("phone.html", status, **page)

    def _refusal(
        self, room: RoomState, session: str, device: str, question: str
    ) -> tuple[int, str]:
        """Why no answer is taken now; empty where one is."""
        own = room.rounds.get(question)
        if not room.is_open or own is None or room.current != question:
            return 409, "This question is no longer open. We did not take your answer."
        if own.phase is not Phase.OPEN:
            return 409, "This question has closed. We did not take your last change."
        if room.last > MOST_KEPT:
            return 429, "The record of this room is full. We did not take your answer."
        by = seen_by(session, device, question)
        if own.changes[by] >= MOST_CHANGES or not self.limits.answers.allows(by):
            return 429, "You changed your answer very often. Your last answer counts."
        return 200, ""

    def _keep(self, session: str, device: str, question: str, given: Given) -> None:
        """Keep an answer, unless it is the one that counts already."""
        by = seen_by(session, device, question)
        data = {
            "question": question,
            "by": by,
            "chosen": list(given.chosen),
            "number": given.number,
            "text": given.text,
        }
        with self.rooms.room(session) as room:
            _, before = room.rounds[question].answers.get(by, ("", None))
        if before is None or before.model_dump(mode="json") != data:
            self.rooms.keep(session, Kind.ANSWERED, data)

    def _session(self, request: Request) -> str | Plain:
        """The room that a request is for. Who has been in it is not held up by others' wrong
        codes."""
        code = tidy_code(request.path_params["code"])
        session = self.rooms.find(code) if code else None
        if session and device_of(session, request.cookies.get(COOKIE, "")):
            return session
        address = request.client.host if request.client else ""
        if session is None:
            return WRONG if self.limits.may_try(address) else TOO_OFTEN
        return session if self.limits.may_come_in(address) else TOO_OFTEN

    def _new_phone(self, request: Request, session: str) -> Response:
        address = request.client.host if request.client else ""
        with self.rooms.room(session) as room:
            full = len(room.devices) >= MOST_PHONES
        if full or not self.limits.new_phones.allows(address):
            return said(FULL)
        cookie = new_device(session)
        device = device_of(session, cookie) or ""
        found = html_text(self._html(request, session, device))
        found.set_cookie(
            COOKIE,
            cookie,
            max_age=phone_page.HOURS * 3600,
            path=request.url.path,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return found

    def _join(self, session: str, device: str) -> None:
        """A phone whose cookie has come back is in the room."""
        by = seen_by(session, device, "joined")
        with self.rooms.room(session) as room:
            new = room.is_open and by not in room.devices and len(room.devices) < MOST_PHONES
        if new:
            self.rooms.keep(session, Kind.JOINED, {"by": by}, by)

    def _page(self, request: Request, session: str, device: str) -> dict[str, Any]:
        record, code = _record_of(session), request.path_params["code"]
        with self.rooms.room(session) as room:
            page = phone_page.phone_page(record, session, room, device, code)
        return page | {"tiles": request.query_params.get("view") == "tiles"}

    def _html(self, request: Request, session: str, device: str) -> str:
        """The page of one phone. While a question is open, phones with the same answer see the same
        but for the key of their form, and it is drawn once for all of them."""
        record, code = _record_of(session), request.path_params["code"]
        tiles = request.query_params.get("view") == "tiles"
        with self.rooms.room(session) as room:
            own, drawn = room.now, list[str]()
            if room.is_open and own and own.phase is Phase.OPEN:
                _, mine = own.answers.get(seen_by(session, device, own.id), ("", None))
                given = (mine.chosen, mine.number, mine.text) if mine else None
                version = record.version if record else ""
                drawn = _drawn(session, own.id, room.stamp, version, code, tiles, given)
            if not drawn:
                page = phone_page.phone_page(record, session, room, device, code)
                drawn.append(html_of("phone.html", **page | {"tiles": tiles, "key": _KEY_HERE}))
        return drawn[0].replace(_KEY_HERE, seen_by(session, device, "form"))


@lru_cache(maxsize=128)
def _drawn(*shown: object) -> list[str]:
    """Where a page is kept that many phones see."""
    return []


def _record_of(session: str) -> Record | None:
    """The record that a workshop is about: of the region's, the one that it began with; else the
    first."""
    first = live.live()
    version = _version_of(session)
    if first.record is None or first.record.version == version:
        return first.record
    for entry in first.record.entries[1:]:
        other = live.of_record(first, entry.id).record
        if other and other.version == version:
            return other
    return first.record


@cache
def _version_of(session: str) -> str:
    return store().session(session).data_version
