"""The desk's panels on the room's phones: how to join, words that phones sent and the room may see,
and questions of the facilitator's own."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from components.page.markup import plain
from components.present.button_feedback import attempt, told
from components.present.state import Room
from components.present.workshop_record import keep
from components.room.phones import admit, phones, room_state
from provision.english import number
from provision.record import Record
from provision.room.questions import OPEN_TEXT
from provision.workshop.answers import MOST_ORDERED, MOST_THEMES, Answer
from provision.workshop.entries import Kind as Happened
from provision.workshop.story import MOST_STEPS, TITLE_LENGTH, Kind, step

_MOST_TEXTS = 40  # that the desk offers at a time, the latest first
_HOW = {
    Answer.SCALE: "Agree or not, on a scale",
    Answer.THEMES: "Choose themes",
    Answer.ORDER: "Put options in order",
    Answer.NUMBER: "A number",
    Answer.TEXT: "One line of text",
}
_DETAILS = {
    Answer.SCALE: "Words at both ends, with | between them",
    Answer.THEMES: f"How many themes may be chosen, 1 to {MOST_THEMES}",
    Answer.ORDER: f"2 to {MOST_ORDERED} options, with | between them",
    Answer.NUMBER: "Unit, such as women",
    Answer.TEXT: f"Nothing more is needed (at most {OPEN_TEXT} characters are taken)",
}


def room_panel(own: Room, over: bool) -> None:
    """How phones join a workshop that is recorded, and what they wrote."""
    room, joining = room_state(own), phones(own)
    joined = len(room.devices)
    with st.expander("Phones in the room", key="pr_phones"):  # no count: a new name would fold it
        st.caption(
            f"{number(joined).capitalize()} {'phone has' if joined == 1 else 'phones have'} joined."
        )
        st.caption(
            "On a step that asks the room, press O: phones may answer. Press it again to close,"
            " to show phones the answers, and to clear."
        )
        if joining["warning"]:
            st.caption(plain(joining["warning"]))
        elif joining["address"]:
            st.text_input(
                "Address for phones", joining["address"], key=f"pr_room_{joining['code']}"
            )
        st.button(
            "Close the room to phones" if room.admits else "Let phones in",
            key="pr_admit",
            on_click=admit,
            args=(own, not room.admits),
            disabled=over,
        )
        _texts(own, over)


def _texts(own: Room, over: bool) -> None:
    """Words from phones: each is shown to the room once it is passed here, and can be hidden
    again."""
    room = room_state(own)
    written = [
        (id_, answer.text)
        for asked in room.rounds.values()
        for id_, answer in asked.answers.values()
        if answer.text
    ]
    if not written:
        return
    st.caption("Words from phones. The room sees a line once you show it.")
    for id_, text in written[-_MOST_TEXTS:][::-1]:
        shown = id_ in room.passed
        st.button(
            f"{'Hide' if shown else 'Show'}: {plain(text)}",
            key=f"pr_pass_{id_}",
            on_click=_pass,
            args=(own, id_, not shown),
            disabled=over,
        )
    if len(written) > _MOST_TEXTS:
        st.caption(f"The latest {number(_MOST_TEXTS)} of {len(written)}.")


def _pass(own: Room, answer: str, shown: bool) -> None:
    keep(own, Happened.PASSED, {"answer": answer, "shown": shown})


def question_panel(record: Record, own: Room) -> None:
    """A question of one's own, put into the story after the step that is looked at."""
    with st.expander("Ask the room something else, on phones"):
        kinds = [kind for kind in _HOW if record.themes or kind is not Answer.THEMES]
        kind = st.radio(
            "How phones answer", kinds, key="pr_poll_kind", format_func=_HOW.__getitem__
        )
        st.text_input("Question", key="pr_poll_question", max_chars=TITLE_LENGTH)
        st.text_input(_DETAILS[kind], key=f"pr_poll_{kind}", max_chars=400)
        st.button(
            "Add this question",
            key="pr_poll_add",
            disabled=len(own.story.steps) >= MOST_STEPS,
            on_click=_add,
            args=(record, own),
        )
        told("poll")


def _add(record: Record, own: Room) -> None:
    kind = st.session_state["pr_poll_kind"]
    details = st.session_state.get(f"pr_poll_{kind}", "").strip()
    at = st.session_state["pr_at"]

    def add() -> None:
        answer = f"{kind}: {details}" if details and kind is not Answer.TEXT else str(kind)
        new = step(
            record,
            Kind.ASK,
            "coverage",
            question=st.session_state["pr_poll_question"],
            answer=answer,
        )
        steps = own.story.steps
        own.story = replace(own.story, steps=(*steps[: at + 1], new, *steps[at + 1 :]))
        own.turn += 1
        st.session_state["pr_at"] = at + 1
        st.session_state["pr_poll_question"] = ""

    attempt("poll", add)
