"""The room's phones: states, tallies, codes and limits, worked out by hand on small rooms and on
Farwater."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from support.graphs import ask

from provision.record import Record
from provision.room.codes import (
    LENGTH,
    LETTERS,
    device_of,
    new_device,
    room_code,
    seen_by,
    session_of,
    tidy_code,
)
from provision.room.limits import Limit
from provision.room.minutes import phone_answers
from provision.room.network import is_this_machine, room_address, room_only
from provision.room.phone_map import WIDTH, phone_map
from provision.room.questions import form_of, read_answer
from provision.room.result import room_choices, room_result
from provision.room.state import Phase, RoomState, Round
from provision.room.tally import counts, numbers, sentence, sets, tallied
from provision.workshop.answers import parse_answer
from provision.workshop.entries import Draft, Kind, Opened, draft
from provision.workshop.page import Grid, Items
from provision.workshop.story import Kind as StepKind
from provision.workshop.story import step

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
ASKED, OPENED = "asked-01", "opened-1"
A, B, C = "phone-aa", "phone-bb", "phone-cc"


def opening(
    answer: str = "areas", options: str = "", **more: Any
) -> tuple[str, dict[str, Any], str]:
    named = [{"id": id_, "name": f"Option {id_}"} for id_ in options.split()]
    data = {"asked": ASKED, "question": "Where?", "answer": answer, "options": named, **more}
    return "opened", data, OPENED


def answered(by: str, *chosen: str, **more: Any) -> tuple[str, dict[str, Any], str]:
    id_ = f"{by}-{'-'.join(chosen) or 'more'}"
    return "answered", {"question": OPENED, "by": by, "chosen": chosen, **more}, id_


def happened(*said: tuple[Any, ...]) -> list[Draft]:
    rows = [(*row, f"entry-{n:03d}")[:3] for n, row in enumerate(said)]
    return [draft(Kind(kind), data, NOON, id_) for kind, data, id_ in rows]


def room(*said: tuple[Any, ...]) -> RoomState:
    found = RoomState()
    found.take(happened(*said))
    return found


def round_of(*said: tuple[Any, ...]) -> Round:
    found = room(*said).now
    assert found
    return found


OF = {"question": OPENED}


def test_a_question_is_waiting_open_closed_revealed_and_cleared() -> None:
    turns = [
        ("admitted", {"open": True}),
        opening(options="x y"),
        ("closed", OF),
        ("tallied", {**OF, "answered": 0}),
        ("cleared", OF),
    ]
    phases = [room(*turns[:n]).phase for n in range(1, 6)]
    assert phases == [Phase.WAITING, Phase.OPEN, Phase.CLOSED, Phase.REVEALED, Phase.WAITING]
    assert len({room(*turns[:n]).stamp for n in range(6)}) == 5  # cleared waits as before


def test_the_last_answer_of_a_phone_counts_and_none_after_the_close() -> None:
    found = round_of(
        opening(options="x y"),
        answered(A, "x"),
        answered(B, "x"),
        answered(A, "y"),
        ("closed", OF),
        answered(B, "y"),
    )
    assert counts(found) == [("x", "Option x", 1), ("y", "Option y", 1)]
    assert found.changes == {A: 2, B: 1}


def test_another_question_closes_the_one_before() -> None:
    found = room(opening(options="x"), ("opened", opening(answer="text")[1], "opened-2"))
    assert (found.rounds[OPENED].phase, found.current) == (Phase.CLOSED, "opened-2")


def test_an_ended_workshop_lets_nobody_in_until_it_goes_on() -> None:
    assert room(("admitted", {"open": True})).is_open
    assert not room(("admitted", {"open": True}), ("ended", {})).is_open
    assert room(("admitted", {"open": True}), ("ended", {}), ("resumed", {})).is_open
    assert not room(("admitted", {"open": True}), ("admitted", {"open": False})).is_open


def test_how_split_the_room_was() -> None:
    found = round_of(
        opening(options="x y z", most=2),
        answered(A, "x", "y"),
        answered(B, "y", "x"),
        answered(C, "z"),
    )
    assert sets(found) == [(("x", "y"), 2), (("z",), 1)]
    assert sentence(found) == (
        "Three phones answered. There were two different choices. The most frequent was Option x"
        " and Option y (2 of 3)."
    )
    told = tallied(found)
    assert (told.answered, [(c.option, c.answers) for c in told.counts]) == (
        3,
        [("x", 2), ("y", 2), ("z", 1)],
    )


def test_an_order_counts_what_stands_below() -> None:
    found = round_of(
        opening("order", "1 2 3", most=3), answered(A, "1", "2", "3"), answered(B, "1", "3", "2")
    )
    assert [(id_, n) for id_, _, n in counts(found)] == [("1", 4), ("2", 1), ("3", 1)]


def test_numbers_have_a_middle_and_ranges_where_there_are_many() -> None:
    few = round_of(
        opening("number", unit="women"),
        *(answered(by, number=n) for by, n in ((A, 3), (B, 10), (C, 11))),
    )
    assert "The middle answer is 10 women; answers run from 3 to 11." in sentence(few)
    assert numbers(few) == [("3", 1), ("10", 1), ("11", 1)]
    many = round_of(opening("number"), *(answered(f"phone-{n:02d}", number=n) for n in range(25)))
    assert [n for _, n in numbers(many)] == [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3]


def test_a_scale_tells_every_point() -> None:
    found = round_of(
        opening("scale", "1 2 3 4 5", ends=["Not", "Much"]), answered(A, "5"), answered(B, "2")
    )
    assert [n for _, _, n in counts(found)] == [0, 1, 0, 0, 1]
    assert "The middle answer is 3.5" in sentence(found)


def test_the_rooms_choice_beside_the_best_of_farwater(city: Record) -> None:
    # Fir (Q6) alone has none: a hub in Elm (Q5), Fir or Gorse (Q7) reaches it by land.
    asked = ask(city, 1, "land")
    options = "Q1 Q5 Q6 Q7"
    found = round_of(
        opening(options=options), answered(A, "Q1"), answered(B, "Q1"), answered(C, "Q6")
    )
    (choice,) = room_choices(city, asked, found)
    assert (choice.made, choice.answered, choice.answer.missed) == (2, 3, 1)
    assert "Option Q1 reaches 0; the best reaches 1." in room_result(city, asked, found)
    tied = round_of(opening(options=options), answered(A, "Q1"), answered(B, "Q6"))
    assert [c.answer.missed for c in room_choices(city, asked, tied)] == [1, 0]


def test_places_to_choose_are_those_where_a_hub_may_stand(city: Record) -> None:
    form = form_of(city, step(city, StepKind.ASK, "scenario?best=2~land"))
    assert (form.answer, form.most) == ("areas", 2)
    assert [option.name for option in form.options] == [
        *("Alder", "Birch", "Cedar", "Damson", "Elm", "Fir", "Gorse"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "song",
        "areas",
        "themes: 10",
        "themes: x",
        "order: one",
        "order: a | a",
        "scale: one",
        "order: a |" + "b" * 81,
    ],
)
def test_what_no_phone_could_answer_is_refused(city: Record, text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        step(city, StepKind.ASK, "coverage", question="Well?", answer=text)


def test_a_question_of_ones_own_is_written_out(city: Record) -> None:
    with pytest.raises(ValueError, match="question"):
        step(city, StepKind.ASK, "coverage", answer="text")
    own = step(city, StepKind.ASK, "coverage", question="Well?", answer="scale: Not | Much")
    assert parse_answer(own.answer).ends == ("Not", "Much")


@pytest.mark.parametrize(
    ("text", "value"), [("1,250", 1250), (" -2.5 ", -2.5), ("40%", 40), ("£3", 3)]
)
def test_numbers_are_read_as_people_write_them(text: str, value: float) -> None:
    asked = Opened(asked=ASKED, question="How many?", answer="number")
    assert read_answer(asked, {"number": [text]}).number == value


def test_minutes_hold_counts_and_the_words_that_were_shown() -> None:
    counted = happened(opening(options="x"), answered(A, "x"))
    (_, grid) = phone_answers(counted, ASKED)
    assert isinstance(grid, Grid) and grid.rows == (("Option x", "1"),)
    first = answered(A, text="More light")
    written = happened(
        opening("text"),
        first,
        answered(B, text="A bad word"),
        ("passed", {"answer": first[2]}),
        ("cleared", OF),
    )
    _, items, left = phone_answers(written, ASKED)
    assert isinstance(items, Items) and [line[0].text for line in items.lines] == ["More light"]
    assert "A bad word" not in str(left)
    assert list(phone_answers(counted, "another-1")) == []


def test_a_code_says_nothing_of_its_session() -> None:
    session = "0" * 32
    code = room_code(session)
    assert len(code) == LENGTH and set(code) <= set(LETTERS)
    assert session_of(code, ["1" * 32, session]) == session
    assert session_of(code, ["1" * 32]) is None
    assert tidy_code(f" {code[:3].lower()}-{code[3:]}") == code
    assert tidy_code("ABCDEF") == tidy_code("") == ""


def test_a_phone_is_known_to_its_own_room_alone() -> None:
    cookie = new_device("one-room-1")
    device = device_of("one-room-1", cookie)
    assert device and device_of("one-room-2", cookie) is None
    assert device_of("one-room-1", cookie[:-1] + ("0" if cookie[-1] != "0" else "1")) is None
    seen = {seen_by("one-room-1", device, what) for what in ("question-1", "question-2")}
    assert len(seen) == 2 and not any(device in digest for digest in seen)


def test_a_limit_fills_up_again() -> None:
    now = [0.0]
    limit = Limit(2, 60, names=1, clock=lambda: now[0])
    assert [limit.allows("a") for _ in range(3)] == [True, True, False]
    assert not limit.would("a")
    now[0] = 1.0
    assert limit.would("a") and limit.allows("a") and not limit.allows("a")
    limit.allows("b")
    assert limit.allows("a")  # let go, and new


def test_the_map_of_london_is_small(london: Record) -> None:
    found = phone_map(london)
    assert set(found.paths) == {area.code for area in london.areas}
    assert sum(map(len, found.paths.values())) <= 16_000
    assert all(0 < x < WIDTH and 0 < y < found.height for x, y in found.at.values())
    assert len(set(found.tiles.values())) == len(london.areas)


@pytest.mark.parametrize(
    ("here", "said", "found"),
    [
        ("http://10.0.0.7:8501/", {}, "http://10.0.0.7:8501/"),
        (
            "http://localhost:8501/",
            {"PROVISION_ROOM_ADDRESS": "http://room.example/"},
            "http://room.example/",
        ),
        (
            "http://localhost:8501/",
            {"PROVISION_ADDRESS": "https://gaps.example"},
            "https://gaps.example/",
        ),
    ],
)
def test_where_phones_go(here: str, said: dict[str, str], found: str) -> None:
    assert room_address(here, 8501, said) == found


def test_which_addresses_are_this_machine() -> None:
    own = ["127.0.0.1", "::1", "::ffff:127.0.0.1", "127.8.0.1"]
    others = ["192.168.1.5", "::ffff:10.0.0.1", "", "localhost.evil"]
    assert all(map(is_this_machine, own)) and not any(map(is_this_machine, others))
    assert room_only({"PROVISION_ROOM_ONLY": "on"}) and not room_only(
        {"PROVISION_ROOM_ONLY": "off"}
    )
