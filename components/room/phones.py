"""The facilitator's side of the room's phones: a question is opened, closed, revealed and cleared
by one key on the stage, and the record keeps each turn."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components.page.where import here
from components.present.addresses import code
from components.present.slides import slides
from components.present.state import Room
from components.present.workshop_record import asked_here, begin, entries, keep, over
from provision.io.problems import InvalidData
from provision.record import Record
from provision.room.codes import room_code
from provision.room.network import ENVIRONMENT, room_address, room_only
from provision.room.questions import form_of
from provision.room.result import room_result
from provision.room.state import Phase, RoomState
from provision.room.tally import tallied
from provision.workshop.entries import Asked, RecordProblem
from provision.workshop.entries import Kind as Happened
from provision.workshop.story import Kind, Step, question_of

_NO_NETWORK = (
    "This machine is on no network, so phones cannot reach it. Join the room's network, or write"
    f" the address that phones can open in {ENVIRONMENT}."
)


def phones(own: Room) -> dict[str, str]:
    """What the stage shows of how to join; without a code while no record is begun."""
    address = room_address(here(), int(st.get_option("server.port")))
    if not own.session or own.reads:
        return {"code": "", "address": "", "image": "", "warning": "", "only": ""}
    letters = room_code(own.session)
    whole = f"{address}room/{letters}"
    return {
        "code": letters,
        "address": whole if address else "",
        "image": code(whole) if address else "",
        "warning": "" if address else _NO_NETWORK,
        "only": "only" if room_only() else "",  # phones reach nothing else
    }


def room_state(own: Room) -> RoomState:
    """The room as the record has it."""
    found = RoomState()
    found.take(entries(own))
    return found


def turn(record: Record, own: Room, sent: dict[str, Any]) -> None:
    """The one key: what is waiting is opened, then closed, revealed and cleared. ``from`` is the
    phase that the stage showed, so that a key that is pressed twice turns once."""
    number, phase = sent.get("step"), sent.get("from")
    if not isinstance(number, int) or not 0 <= number < len(own.story.steps):
        return
    here_ = own.story.steps[number]
    if here_.kind is not Kind.ASK:
        return
    try:
        if not own.session:
            begin(record, own)
        if own.reads or over(own):
            own.refused = "This record takes nothing more, so phones cannot answer."
            return
        question = slides(record, own.story)[number]["headline"]
        asked = asked_here(own, here_, question, entries(own))
        if asked:
            _turn(record, own, here_, asked, str(phase))
    except InvalidData as error:
        own.refused = f"Not opened: {error.problems[0].what}; {error.problems[0].mend}."
    except (ValueError, RecordProblem) as error:
        own.refused = f"Not opened: {error}."


def _turn(record: Record, own: Room, step: Step, asked: str, phase: str) -> None:
    room = room_state(own)
    now = room.round_of(asked)
    if phase != (now.phase if now else Phase.WAITING):
        return
    if not room.admits:
        keep(own, Happened.ADMITTED, {"open": True})
    match now:
        case None:
            _open(record, own, step, asked)
        case _ if now.phase is Phase.OPEN:
            keep(own, Happened.CLOSED, {"question": now.id})
        case _ if now.phase is Phase.CLOSED:
            keep(own, Happened.TALLIED, tallied(now).model_dump(mode="json"))
        case _:
            keep(own, Happened.CLEARED, {"question": now.id})


def _open(record: Record, own: Room, step: Step, asked: str) -> None:
    """Open a question for phones. What can be answered is kept with it, so that it stays the same
    question whatever happens to story and data."""
    question = next(e.data for e in entries(own) if e.id == asked)
    assert isinstance(question, Asked)
    form = form_of(record, step)
    data = {
        "asked": asked,
        "question": question.question,
        "link": step.link,
        "answer": form.answer.value,
        "most": form.most,
        "options": [option.model_dump() for option in form.options],
        "unit": form.unit,
        "ends": list(form.ends),
    }
    keep(own, Happened.OPENED, data)


def admit(own: Room, open_: bool) -> None:
    """Let phones in by the room's code, or no longer."""
    keep(own, Happened.ADMITTED, {"open": open_})


def told_the_best(record: Record, own: Room, link: str) -> None:
    """When the exact best is shown, the phones' question closes, and they are told how their choice
    stands beside it. Said once."""
    now = room_state(own).of_places(link)
    if now and now.phase is Phase.OPEN:
        keep(own, Happened.CLOSED, {"question": now.id})
        now = room_state(own).of_places(link)
    if not now or not now.answers:
        return
    step = next(s for s in own.story.steps if s.link == link and s.kind is not Kind.VIEW)
    told = tallied(now, room_result(record, question_of(record, step), now))
    if told != now.told:
        keep(own, Happened.TALLIED, told.model_dump(mode="json"))
