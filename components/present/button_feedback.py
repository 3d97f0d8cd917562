"""What the buttons of the desk have in common: what a press could not do is said beside them, and
files get names that every system takes."""

from __future__ import annotations

import re
from collections.abc import Callable

import streamlit as st

from components.page.markup import show
from provision.workshop.entries import RecordProblem


def attempt(place: str, act: Callable[[], None]) -> None:
    """Do what a button asks for; why it cannot be done is kept for :func:`told`."""
    try:
        act()
    except (ValueError, RecordProblem) as error:
        st.session_state["pr_said"] = (place, f"That was not done: {error}.")


def told(place: str) -> None:
    """What a press of a button could not do; said once, beside the button."""
    if st.session_state.get("pr_said", ("", ""))[0] == place:
        show("note.html", text=st.session_state.pop("pr_said")[1])


def file_name(*parts: str) -> str:
    """Words as the name of a file that every system takes."""
    return re.sub(r"[^\w]+", "-", " ".join(parts)).strip("-_").lower()[:80] or "record"
