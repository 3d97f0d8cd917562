"""The pages that phones open, asked as a phone asks them, over the invented city: from joining to
the answer, and what is not taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from support import apps
from support.phones import Phone

from components.page import guard, no_page
from components.room import phone_routes, room_only
from components.room.book import RoomBook
from components.room.phone_routes import Limits
from provision.room.codes import room_code
from provision.workshop.entries import Answered, Kind
from provision.workshop.store import Store


@dataclass
class Desk:
    """The facilitator's side of one room."""

    store: Store
    book: RoomBook
    app: Any
    session: str

    @property
    def code(self) -> str:
        return room_code(self.session)

    def keep(self, kind: Kind, **data: Any) -> str:
        return self.book.keep(self.session, kind, data).id

    def open(self, answer: str = "text", **more: Any) -> str:
        question = more.pop("question", "Where next?")
        asked = self.keep(Kind.ASKED, question=question, link=more.get("link", ""))
        return self.keep(Kind.OPENED, asked=asked, question=question, answer=answer, **more)

    def phone(self, address: str = "192.168.1.50") -> Phone:
        found = Phone(self.app, address)
        found.get(f"/room/{self.code}")
        return found

    def answers(self) -> list[Answered]:
        found = self.store.entries(self.session)
        return [entry.data for entry in found if isinstance(entry.data, Answered)]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    apps.serve(tmp_path, monkeypatch)
    url = f"sqlite:///{tmp_path / 'records.sqlite'}"
    monkeypatch.setenv("PROVISION_RECORDS", url)
    store = Store(url)
    book = RoomBook(lambda: store)
    monkeypatch.setattr(phone_routes, "_version_of", lambda _: "")
    app = Starlette(routes=phone_routes.routes(book, Limits()), middleware=guard.middleware())
    session = store.start("An evening", "", "v")
    own = Desk(store, book, app, session)
    own.keep(Kind.ADMITTED, open=True)
    yield own
    store.close()


def option(*ids: str) -> list[dict[str, str]]:
    return [{"id": id_, "name": f"Option {id_}"} for id_ in ids]


CHOICE = {"answer": "areas", "most": 2, "link": "scenario?best=2~land"}


def test_a_phone_waits_answers_changes_and_is_told(desk: Desk) -> None:
    phone = desk.phone()
    assert "Waiting for a question" in phone.get(f"/room/{desk.code}").words
    question = desk.open(**CHOICE, options=option("A", "B", "C"))
    open_ = phone.get(f"/room/{desk.code}")
    assert "Open: please answer" in open_.words and "<form" in open_.body
    assert (
        "We have your answer: Option A and Option C."
        in phone.answer(desk.code, choice=["A", "C"]).words
    )
    assert (
        "Option B" in phone.answer(desk.code, choice=["B"]).words.partition("your answer:")[2][:20]
    )
    assert [answer.chosen for answer in desk.answers()] == [("A", "C"), ("B",)]
    assert len({answer.by for answer in desk.answers()}) == 1
    desk.keep(Kind.CLOSED, question=question)
    closed = phone.get(f"/room/{desk.code}")
    assert "Closed: wait for the answer" in closed.words and "<form" not in closed.body
    desk.keep(
        Kind.TALLIED,
        question=question,
        answered=1,
        counts=[{"option": "B", "answers": 1}],
        sentence="One phone answered.",
    )
    told = phone.get(f"/room/{desk.code}")
    assert "One phone answered." in told.words and "Option B 1" in told.words


def test_a_line_of_text_has_no_answer_to_wait_for(desk: Desk) -> None:
    question = desk.open()
    phone = desk.phone()
    desk.keep(Kind.CLOSED, question=question)
    assert "Closed: look at the screen" in phone.get(f"/room/{desk.code}").words


def test_places_say_who_has_no_service_and_tiles_stay_tiles(desk: Desk) -> None:
    places = [{"id": "Q6", "name": "Fir"}, {"id": "Q2", "name": "Birch"}]
    desk.open(answer="areas", link="scenario?best=1~land", options=places)
    phone = desk.phone()
    page = phone.get(f"/room/{desk.code}")
    assert "×, No contracted service" in page.words.replace(" ,", ",")
    assert page.body.count('class="aloud"') == 1, "Birch has one"
    assert 'id="as-list" checked' in page.body and len(page.body) < 40_000
    sent = {**page.hidden, "choice": "Q6", "view": "tiles"}
    went = phone.post(f"/room/{desk.code}", sent).headers["location"]
    assert went == f"{desk.code}?view=tiles#yours"
    after = phone.get(f"/room/{desk.code}?view=tiles").body
    assert 'id="as-tiles" checked' in after and f'href="{desk.code}?view=tiles"' in after
    refused = phone.post(f"/room/{desk.code}", {**page.hidden, "choice": "no", "view": "tiles"})
    assert refused.status == 422 and 'id="as-tiles" checked' in refused.body


def test_a_phone_without_a_script_looks_again_where_nothing_is_filled_in(desk: Desk) -> None:
    phone, again = desk.phone(), '<noscript><meta http-equiv="refresh"'
    assert again in phone.get(f"/room/{desk.code}").body
    question = desk.open()
    asked = phone.get(f"/room/{desk.code}")
    assert again not in asked.body and "Look again when the screen" in asked.words
    desk.keep(Kind.CLOSED, question=question)
    assert again in phone.get(f"/room/{desk.code}").body
    desk.keep(Kind.ENDED)
    assert again not in phone.get(f"/room/{desk.code}").body


def test_a_phone_is_in_the_room_once_its_cookie_comes_back(desk: Desk) -> None:
    def many() -> int:
        with desk.book.room(desk.session) as room:
            return len(room.devices)

    phone = desk.phone()
    assert many() == 0
    phone.get(f"/room/{desk.code}/state")
    Phone(desk.app).get(f"/room/{desk.code}/state")
    assert many() == 1


def test_two_phones_are_two_answers_and_joined(desk: Desk) -> None:
    desk.open(**CHOICE, options=option("A", "B"))
    for phone, choice in ((desk.phone(), "A"), (desk.phone(), "B")):
        phone.answer(desk.code, choice=[choice])
    with desk.book.room(desk.session) as room:
        assert len(room.devices) == 2
        assert [answer.chosen for answer in room.now.given] == [("A",), ("B",)]


def test_phones_with_the_same_answer_see_the_same_but_for_the_key_of_their_form(
    desk: Desk,
) -> None:
    desk.open(**CHOICE, options=option("a", "b"))
    one, other = desk.phone(), desk.phone("192.168.1.51")
    pages = [phone.get(f"/room/{desk.code}") for phone in (one, other)]
    keys = [page.hidden["key"] for page in pages]
    assert keys[0] != keys[1]
    bodies = {page.body.replace(key, "") for page, key in zip(pages, keys, strict=True)}
    assert len(bodies) == 1


def test_the_same_answer_again_is_not_kept_twice(desk: Desk) -> None:
    desk.open(**CHOICE, options=option("A", "B"))
    phone = desk.phone()
    phone.answer(desk.code, choice=["A"])
    phone.answer(desk.code, choice=["A"])
    assert len(desk.answers()) == 1


@pytest.mark.parametrize(
    ("answer", "sent", "kept"),
    [
        ({"answer": "themes", "most": 1, "options": option("x", "y")}, {"choice": "y"}, "Option y"),
        ({"answer": "number", "unit": "women"}, {"number": "1,250"}, "1,250 women"),
        ({"answer": "text"}, {"text": "  A night   line "}, "A night line"),
        (
            {"answer": "order", "most": 2, "options": option("1", "2")},
            {"rank_1": "2", "rank_2": "1"},
            "1. Option 2, 2. Option 1",
        ),
        (
            {"answer": "scale", "options": option("1", "2"), "ends": ["Not", "Much"]},
            {"choice": "2"},
            "Option 2",
        ),
    ],
    ids=["themes", "number", "text", "order", "scale"],
)
def test_every_kind_of_question_is_answered_by_its_form(
    desk: Desk, answer: dict[str, Any], sent: dict[str, str], kept: str
) -> None:
    desk.open(**answer)
    assert f"We have your answer: {kept}." in desk.phone().answer(desk.code, **sent).words


@pytest.mark.parametrize(
    ("answer", "sent"),
    [
        ({**CHOICE, "options": option("A", "B", "C")}, {"choice": ["A", "B", "C"]}),
        ({**CHOICE, "options": option("A")}, {"choice": ["Z"]}),
        ({**CHOICE, "options": option("A")}, {}),
        ({"answer": "number"}, {"number": "many"}),
        ({"answer": "number"}, {"number": "1e400"}),
        ({"answer": "number"}, {"number": "٣"}),
        ({"answer": "text"}, {"text": "x" * 141}),
        ({"answer": "text"}, {"text": "\u200b"}),
        (
            {"answer": "order", "most": 2, "options": option("1", "2")},
            {"rank_1": "1", "rank_2": "1"},
        ),
    ],
)
def test_what_is_no_answer_is_said_and_not_kept(
    desk: Desk, answer: dict[str, Any], sent: dict[str, Any]
) -> None:
    desk.open(**answer)
    reply = desk.phone().answer(desk.code, **sent)
    assert reply.status == 422
    assert 'role="alert"' in reply.body and desk.answers() == []


def test_a_late_answer_is_refused_and_the_one_before_stands(desk: Desk) -> None:
    question = desk.open(**CHOICE, options=option("A", "B"))
    phone = desk.phone()
    phone.answer(desk.code, choice=["A"])
    form = phone.get(f"/room/{desk.code}").hidden
    desk.keep(Kind.CLOSED, question=question)
    late = phone.post(f"/room/{desk.code}", {**form, "choice": "B"})
    assert late.status == 409
    assert "We have your answer: Option A." in late.words
    assert [answer.chosen for answer in desk.answers()] == [("A",)]


def test_a_closed_room_says_so_and_takes_nothing(desk: Desk) -> None:
    desk.open()
    phone = desk.phone()
    form = phone.get(f"/room/{desk.code}").hidden
    desk.keep(Kind.ENDED)
    assert "The room is closed" in phone.get(f"/room/{desk.code}").words
    assert phone.post(f"/room/{desk.code}", {**form, "text": "late"}).status == 409
    assert desk.answers() == []


def test_a_wrong_code_is_said_and_cannot_be_tried_for_long(desk: Desk) -> None:
    guesser = Phone(desk.app, "192.168.1.66")
    found = [
        guesser.get(f"/room/{'BCDFGH'[:5]}{letter}").status for letter in "BCDFGHJKLMNPQRSTVWXZ"
    ]
    assert found == [404] * 20
    assert guesser.get("/room/ZZZZZZ").status == 429
    # A right one is not told from a wrong one any more; others come in all the same.
    assert guesser.get(f"/room/{desk.code}").status == 429
    assert desk.phone("192.168.1.67").get(f"/room/{desk.code}").status == 200


def test_ten_thousand_answers_of_one_phone_are_bounded(desk: Desk) -> None:
    desk.open(answer="number")
    phone = desk.phone()
    form = phone.get(f"/room/{desk.code}").hidden
    found = {phone.post(f"/room/{desk.code}", {**form, "number": str(n)}).status for n in range(40)}
    assert found == {303, 429}
    assert 10 <= len(desk.answers()) < 40


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"origin": "null"}],
)
def test_a_form_of_another_site_is_refused(desk: Desk, headers: dict[str, str]) -> None:
    desk.open()
    phone = desk.phone()
    form = phone.get(f"/room/{desk.code}").hidden
    assert phone.post(f"/room/{desk.code}", {**form, "text": "x"}, headers).status == 403
    assert desk.answers() == []


def test_a_form_needs_the_key_of_its_own_phone(desk: Desk) -> None:
    desk.open()
    phone, other = desk.phone(), desk.phone()
    form = other.get(f"/room/{desk.code}").hidden
    assert phone.post(f"/room/{desk.code}", {**form, "text": "x"}).status == 403
    without = Phone(desk.app)
    assert without.post(f"/room/{desk.code}", {**form, "text": "x"}).status == 403
    forged = Phone(desk.app, cookies={"phone": f"{'0' * 32}.{'0' * 32}"})
    assert forged.post(f"/room/{desk.code}", {**form, "text": "x"}).status == 403
    assert desk.answers() == []


@pytest.mark.parametrize("headers", [{}, {"content-length": "12"}, {"content-length": "x"}])
def test_a_body_that_is_too_long_is_not_read(desk: Desk, headers: dict[str, str]) -> None:
    desk.open()
    phone = desk.phone()
    assert phone.post(f"/room/{desk.code}", b"text=" + b"x" * 50_000, headers).status == 413
    assert desk.answers() == []


@pytest.mark.parametrize("text", [apps.EVIL, '"><script>alert(1)</script>', "{{ 7 * 7 }} <b>'"])
def test_hostile_text_stays_text(desk: Desk, text: str) -> None:
    desk.open(
        answer="order",
        most=2,
        options=[{"id": "1", "name": text[:300]}, *option("2")],
        question=text[:900],
    )
    page = desk.phone().get(f"/room/{desk.code}")
    assert page.status == 200 and text not in page.body
    assert "<script>" not in page.body.replace('<script src="phone.js', "")


def test_words_are_shown_to_the_room_once_the_facilitator_passes_them(desk: Desk) -> None:
    question = desk.open()
    phone = desk.phone()
    phone.answer(desk.code, text="More light")
    desk.phone().answer(desk.code, text="A bad word")
    first = next(e for e in desk.store.entries(desk.session) if e.kind is Kind.ANSWERED)
    desk.keep(Kind.PASSED, answer=first.id, shown=True)
    desk.keep(Kind.TALLIED, question=question, answered=2, sentence="Two phones answered.")
    words = desk.phone().get(f"/room/{desk.code}").words
    assert "More light" in words and "A bad word" not in words


def test_the_page_says_what_it_keeps_and_its_policy_allows_its_own_form_alone(desk: Desk) -> None:
    page = Phone(desk.app).get(f"/room/{desk.code}")
    assert "No name, no account." in page.words
    policy = page.headers["content-security-policy"]
    assert "form-action 'self'" in policy and "unsafe-inline" not in policy
    cookie = page.headers["set-cookie"].lower()
    assert (
        "httponly" in cookie
        and "samesite=lax" in cookie
        and f"path=/room/{desk.code.lower()}" in cookie
    )
    assert page.headers["x-frame-options"] == "DENY"
    assert " style=" not in page.body


def test_the_code_is_typed_in_as_people_write_it(desk: Desk) -> None:
    phone = Phone(desk.app)
    assert "Code on the screen" in phone.get("/room/").words
    typed = phone.get(f"/room/?code={desk.code[:3].lower()}+{desk.code[3:]}")
    assert (typed.status, typed.headers["location"]) == (303, desk.code)
    assert "six letters" in phone.get("/room/?code=1").words


def test_what_is_no_address_of_the_room_is_said(desk: Desk) -> None:
    phone = Phone(desk.app)
    for path in ("/room/x/y", "/room/phone.txt", f"/room/{desk.code}/state/x", "/room/.."):
        assert phone.get(path).status == 404, path


def test_the_app_lets_the_room_answer_for_itself(desk: Desk) -> None:
    phone = Phone(no_page.NoPage(desk.app, ["coverage"]))
    assert phone.get(f"/room/{desk.code}").status == 200


def test_other_devices_reach_the_room_alone(desk: Desk) -> None:
    shut = room_only.RoomOnly(desk.app)
    phone = Phone(shut)
    assert phone.get(f"/room/{desk.code}").status == 200
    for path in ("/", "/present", "/roomy", "/app/room-counts", "/_stcore/health"):
        assert phone.get(path).status == 403, path
    assert Phone(shut, "127.0.0.1").get("/present").status == 404  # which this app lacks


def test_the_stamp_changes_with_the_room_and_not_with_an_answer(desk: Desk) -> None:
    phone = desk.phone()

    def stamp() -> str:
        return phone.get(f"/room/{desk.code}/state").body

    waiting = stamp()
    question = desk.open()
    opened = stamp()
    phone.answer(desk.code, text="x")
    assert waiting != opened == stamp()
    desk.keep(Kind.CLOSED, question=question)
    assert stamp() != opened


def test_a_record_that_cannot_be_reached_is_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk.open()
    phone = desk.phone()
    form = phone.get(f"/room/{desk.code}").hidden
    (tmp_path / "records.sqlite").rename(tmp_path / "elsewhere")
    assert phone.post(f"/room/{desk.code}", {**form, "text": "x"}).status == 503
    (tmp_path / "elsewhere").rename(tmp_path / "records.sqlite")
    assert phone.post(f"/room/{desk.code}", {**form, "text": "x"}).status == 303
    assert [answer.text for answer in desk.answers()] == ["x"]
