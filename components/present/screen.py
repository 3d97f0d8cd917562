"""The screen of the room: every step sent once, turned by the browser, and what it says of it taken
over."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

import streamlit as st

from components.coverage.area_map import send_outlines
from components.page import view
from components.page.frame import session_token
from components.page.scripts import STATIC, component
from components.page.where import here
from components.present import guesses as guesses_present
from components.present import state, workshop_record
from components.present.addresses import addresses
from components.present.slides import slides
from provision.links.destinations import DESTINATIONS
from provision.record import Record
from provision.workshop.story import Kind, view_of, write_story

_story = component("provision_story", "presentStory")
_screen = component("provision_screen", "presentScreen")


@cache
def _styles() -> str:
    return f"<style>{(STATIC / 'present.css').read_text(encoding='utf-8')}</style>"


def present(record: Record, own: state.Room) -> None:
    """The story on the whole screen, at the step where the room is."""
    st.html(_styles())
    send_outlines(record, "present")
    stamp = f"{record.version} {hashlib.sha256(write_story(own.story).encode()).hexdigest()[:16]}"
    links = addresses(own.story, here())
    _story(key="story", data={"stamp": stamp, "slides": slides(record, own.story), "links": links})
    data = {
        "stamp": stamp,
        "outlines": record.version,
        "step": own.step,
        "turn": own.turn,
        "session": own.opened_by,
        "session_token": session_token(),
        "guesses": guesses_present.guesses(record, own),
        "refused": own.refused,
        "over": workshop_record.closed(own),
        "said": {kind.value: words for kind, words in workshop_record.SAID.items()},
        "noted": own.noted,
    }
    _screen(
        key="screen",
        data=data,
        on_shown_change=lambda: _shown(record, own),
        on_guess_change=lambda: guesses_present.guess(record, own, _sent("guess") or {}),
        on_withdraw_change=lambda: guesses_present.take_back(own, str(_sent("withdraw"))),
        on_note_change=lambda: workshop_record.note(record, own, _sent("note") or {}),
        on_edit_change=lambda: _edit(own),
        on_leave_change=lambda: _leave(record, own),
    )
    if own.session and own.step is not None and own.story.steps[own.step].kind is not Kind.VIEW:
        workshop_record.listen(own)  # another window may take guesses down too


def _sent(event: str) -> Any:
    """What the screen sent with an event."""
    return dict(st.session_state.get("screen") or {}).get(event)


def _number(own: state.Room, sent: object) -> int:
    """The step that the browser speaks of, within the story."""
    return (
        min(max(int(sent), 0), len(own.story.steps) - 1)
        if isinstance(sent, int | float)
        else own.step or 0
    )


def _shown(record: Record, own: state.Room) -> None:
    own.step, own.refused = _number(own, _sent("shown")), ""
    workshop_record.note_shown(record, own)


def _edit(own: state.Room) -> None:
    _off(own, _number(own, _sent("edit")))


def _off(own: state.Room, number: int) -> None:
    """Off the screen, from a step that the address may have held for a moment only: it is known, so
    that it does not lead back."""
    own.step = number
    state.fields(own)
    st.session_state["pr_at"], own.step = number, None


def _leave(record: Record, own: state.Room) -> None:
    """To the page and the view of the step."""
    number = _number(own, _sent("leave"))
    _off(own, number)
    seen = view_of(record, own.story.steps[number].link)
    there = DESTINATIONS[seen.topic]
    view.go_to(there.page, seen.query, there.anchor)
