"""What a component of the browser tells the server, each thing once.

Of two triggers of one component that wait for a busy server, Streamlit keeps the newer alone. So
the browser sends a message together with those before it that were not confirmed
(``static/shared/messages.js``), and here each is taken once, by its id."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from typing import Any, NamedTuple

import streamlit as st

MOST = 100  # messages of a component that are remembered, and that are taken at once
EVENT = "sent"  # the trigger that carries them
_TAKEN = "messages taken"


class Message(NamedTuple):
    """One message: its own id, what it is about, and what it says."""

    id: str
    event: str
    value: Any


def arrived(key: str) -> list[Message]:
    """The messages of a component that were not taken before, oldest first; they count as taken.
    What no component of ours sends is passed over."""
    taken = _taken(key)
    found = []
    for message in _sent(key):
        if message.id not in taken:
            taken.append(message.id)
            found.append(message)
    return found


def latest(key: str) -> Message | None:
    """The last message that the browser sent with what arrives now, taken or not."""
    return next(reversed(_sent(key)), None)


def confirmed(key: str, waiting: Collection[str] = ()) -> list[str]:
    """The ids of the messages that the browser need not send again, oldest first; without those
    that are ``waiting`` to be kept."""
    return [id_ for id_ in _taken(key) if id_ not in waiting]


def _sent(key: str) -> list[Message]:
    sent = dict(st.session_state.get(key) or {}).get(EVENT)
    read = map(_message, sent[-MOST:] if isinstance(sent, list) else [])
    return [message for message in read if message]


def _taken(key: str) -> deque[str]:
    known: dict[str, deque[str]] = st.session_state.setdefault(_TAKEN, {})
    return known.setdefault(key, deque(maxlen=MOST))


def _message(sent: object) -> Message | None:
    if not isinstance(sent, dict):
        return None
    id_, event = sent.get("id"), sent.get("event")
    if not isinstance(id_, str) or not isinstance(event, str) or not 0 < len(id_) <= 64:
        return None
    return Message(id_, event, sent.get("value"))
