"""The screen of the room: every step sent once, turned by the browser, and what it says of it taken
over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from components.coverage.area_map import send_outlines
from components.page import messages, view
from components.page.frame import session_token
from components.page.messages import Message
from components.page.scripts import STATIC, component
from components.page.where import here
from components.present import guesses as guesses_present
from components.present import state, workshop_record
from components.present.addresses import addresses
from components.present.record_watch import watch_record
from components.present.slides import slides
from components.room import phones
from provision.links.destinations import DESTINATIONS
from provision.record import Record
from provision.workshop.story import Kind, view_of, write_story

_story = component("provision_story", "presentStory")
_screen = component("provision_screen", "presentScreen")
_KEY = "screen"


@cache
def _styles() -> str:
    return f"<style>{(STATIC / 'present.css').read_text(encoding='utf-8')}</style>"


def present(record: Record, own: state.Room) -> None:
    """The story on the whole screen, at the step where the room is."""
    st.html(_styles())
    send_outlines(record, "present")
    stamp = f"{record.version} {hashlib.sha256(write_story(own.story).encode()).hexdigest()[:16]}"
    links = addresses(own.story, here())
    waiting = own.waiting.ids
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
        "phones": phones.phones(own),
        "noted": own.noted if own.noted not in waiting else "",
        "confirmed": messages.confirmed(_KEY, waiting),
    }
    _screen(key=_KEY, data=data, on_sent_change=lambda: _arrived(record, own))
    if own.session and own.step is not None and own.story.steps[own.step].kind is not Kind.VIEW:
        watch_record(own, phones=False)  # another window may take guesses down too


def _arrived(record: Record, own: state.Room) -> None:
    """Take over what the screen tells, in the order in which it happened there. Of what cannot be
    done the first is said."""
    refused = []
    for message in messages.arrived(_KEY):
        if message.event in _HANDLERS:
            own.refused = ""
            _HANDLERS[message.event](record, own, message)
            refused.append(own.refused)
    if refused:
        own.refused = next(filter(None, refused), "")


def _guess(record: Record, own: state.Room, sent: Message) -> None:
    guesses_present.guess(record, own, _told(sent))


def _note(record: Record, own: state.Room, sent: Message) -> None:
    workshop_record.note(record, own, _told(sent))


def _told(sent: Message) -> dict[str, Any]:
    """What a message says, with its id, under which it is kept."""
    return {**sent.value, "id": sent.id} if isinstance(sent.value, dict) else {}


def _phones(record: Record, own: state.Room, sent: Message) -> None:
    phones.turn(record, own, _told(sent))


def _withdraw(record: Record, own: state.Room, sent: Message) -> None:
    guesses_present.take_back(own, str(sent.value), sent.id)


def _number(own: state.Room, sent: object) -> int:
    """The step that the browser speaks of, within the story."""
    return (
        min(max(int(sent), 0), len(own.story.steps) - 1)
        if isinstance(sent, int | float)
        else own.step or 0
    )


def _shown(record: Record, own: state.Room, sent: Message) -> None:
    own.step = _number(own, sent.value)
    workshop_record.note_shown(record, own)
    if own.session and own.step is not None and not workshop_record.closed(own):
        here_ = own.story.steps[own.step]
        if here_.kind is Kind.BEST:
            phones.told_the_best(record, own, here_.link)


def _edit(record: Record, own: state.Room, sent: Message) -> None:
    _off(own, _number(own, sent.value))


def _off(own: state.Room, number: int) -> None:
    """Off the screen, from a step that the address may have held for a moment only: it is known, so
    that it does not lead back."""
    own.step = number
    state.fields(own)
    st.session_state["pr_at"], own.step = number, None


def _leave(record: Record, own: state.Room, sent: Message) -> None:
    """To the page and the view of the step."""
    number = _number(own, sent.value)
    _off(own, number)
    seen = view_of(record, own.story.steps[number].link)
    there = DESTINATIONS[seen.topic]
    view.go_to(there.page, seen.query, there.anchor)


_HANDLERS: dict[str, Callable[[Record, state.Room, Message], None]] = {
    "shown": _shown,
    "guess": _guess,
    "withdraw": _withdraw,
    "note": _note,
    "phones": _phones,
    "edit": _edit,
    "leave": _leave,
}
