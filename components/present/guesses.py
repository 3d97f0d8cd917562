"""The room's guesses: read, kept and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.present.answer_slides import with_phones
from components.present.slides import slides
from components.present.state import Room
from components.present.workshop_record import (
    ENDED,
    asked_here,
    begin,
    entries,
    guesses_of,
    keep,
    over,
)
from provision.io.problems import InvalidData
from provision.record import Record
from provision.room.result import room_choices
from provision.room.state import RoomState
from provision.workshop.entries import (
    Draft,
    Guessed,
    RecordProblem,
    taken_back,
)
from provision.workshop.entries import Kind as Happened
from provision.workshop.reveal import refused
from provision.workshop.story import Kind, question_of


def guess(record: Record, own: Room, sent: Mapping[str, Any]) -> None:
    """Take a guess down. What cannot be is said, and nothing is kept. A guess begins a record where
    none was begun."""
    own.refused = (
        f"Not taken down. {ENDED} Go on with it, or begin another, on the desk (E)."
        if over(own)
        else ""
    )
    number, areas, reason = sent.get("step"), sent.get("areas"), sent.get("reason")
    if (
        not isinstance(number, int)
        or not 0 <= number < len(own.story.steps)
        or not isinstance(areas, list)
        or not isinstance(reason, str)
    ):
        return
    here = own.story.steps[number]
    if here.kind is not Kind.ASK or here.answer or own.refused:
        return
    chosen = tuple(sorted(map(str, areas)))
    if why := refused(record, question_of(record, here), chosen):
        own.refused = f"Not taken down: {why}."
        return
    try:
        if not own.session:
            begin(record, own)
        asked = asked_here(own, here, slides(record, own.story)[number]["headline"], entries(own))
        if asked:
            keep(
                own,
                Happened.GUESSED,
                {"asked": asked, "areas": list(chosen), "reason": reason},
                str(sent.get("id", "")) or None,
            )
    except InvalidData as error:
        own.refused = f"Not taken down: {error.problems[0].what}; {error.problems[0].mend}."
    except (ValueError, RecordProblem) as error:
        own.refused = f"Not taken down: {error}."


def take_back(own: Room, guess_: str, own_id: str | None = None) -> None:
    """A guess (by the id of its entry) does not count any more; that it was made stays in the
    record. ``own_id`` is the id that the entry gets."""
    known = entries(own)
    if guess_ in {e.id for e in known if isinstance(e.data, Guessed)} - taken_back(known):
        keep(own, Happened.WITHDRAWN, {"guess": guess_}, own_id)


def standing(own: Room) -> list[tuple[Draft, Guessed]]:
    """The guesses at every question that were not taken back, in the order in which they were
    made."""
    known = entries(own)
    gone = taken_back(known)
    return [(e, e.data) for e in known if isinstance(e.data, Guessed) and e.id not in gone]


def guesses(record: Record, own: Room) -> dict[str, dict[str, Any]]:
    """The guesses at every question of the story, by the address of its step: what is said of them
    all, and of each."""
    known = entries(own)
    asked = {
        here.link: question_of(record, here)
        for here in own.story.steps
        if here.kind is not Kind.VIEW and not here.answer
    }
    room = RoomState()
    room.take(known)
    found = {}
    for link_, question in asked.items():
        made = guesses_of(record, question, known, link_)
        told = room.told_of_places(link_)
        phones = room_choices(record, question, told) if told else ()
        found[link_] = with_phones(record, question, made, phones)
    return found
