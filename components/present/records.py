"""Where the records of workshops are kept; and what one lacks while its database is away: said
calmly, sent again at a press, and there to be downloaded."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import streamlit as st

from components.page.markup import show
from provision.english import number
from provision.record import Record
from provision.workshop.entries import Session
from provision.workshop.outbox import Outbox

if TYPE_CHECKING:
    from provision.workshop.store import Store


_opened: list[Store] = []


@lru_cache(maxsize=4)
def _store(url: str) -> Store:
    """One store for each address, shared by all sessions."""
    from provision.workshop.store import Store

    found = Store(url)
    _opened.append(found)
    return found


@asynccontextmanager
async def closed_at_the_end(_app: object) -> AsyncIterator[None]:
    """Around the life of the server: at a normal stop the records are left as one whole file."""
    yield
    while _opened:
        _opened.pop().close()


def store() -> Store:
    """Where records are kept. Raises RecordProblem."""
    # SQLAlchemy loads with the first record, not at start
    from provision.workshop.engines import default_url

    return _store(default_url())


def unsaved(record: Record, box: Outbox, again: Callable[[], None]) -> None:
    """Nothing where everything is in the record; else how much is not, why, a button that tries
    ``again``, and all of it as a file."""
    lacking = [*(said for _, said, _ in box.refused), *(said for _, said in box.waiting)]
    if not lacking:
        return
    many = len(lacking)
    are, wait = ("entry is", "It waits") if many == 1 else ("entries are", "They wait")
    parts = [
        f"{number(many).capitalize()} {are} not in the record. {wait} on the server, for"
        " as long as it runs. Save again, or download."
    ]
    parts += (
        [f"Of these, {number(len(box.refused))} cannot be kept there: {box.refused[-1][2]}."]
        if box.refused
        else []
    )
    show("note.html", text=" ".join(parts))
    with st.container(horizontal=True):
        if box.waiting:
            st.button("Save again", key="rec_again", on_click=again)
        st.download_button(
            "Download what is not saved",
            partial(_file, record, box),
            "not-saved.md",
            key="rec_file",
            on_click="ignore",
        )


def _file(record: Record, box: Outbox) -> str:
    """What is lacking, as minutes of its own."""
    from provision.workshop.minutes import minutes_markdown

    lacking = sorted(
        (*(said for _, said, _ in box.refused), *(said for _, said in box.waiting)),
        key=lambda said: said.at,
    )
    return minutes_markdown(
        Session("", "what is not in the record yet", lacking[0].at, record.version), lacking, record
    )
