"""What a browser session knows of the room: the story, the step on the screen, and the record of
the workshop that follows it.

The address says which story, step and record; what was guessed and said is in the record alone
(:mod:`provision.workshop.store`), so that a server that was killed, or a lid that was closed, loses
nothing: the address opened again goes on where the room was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

import streamlit as st

from components.page.view import visit
from components.present.records import store
from provision.io.problems import InvalidData, shown
from provision.record import Record
from provision.workshop.entries import Entry, RecordProblem
from provision.workshop.outbox import Outbox
from provision.workshop.secret_links import reading_id
from provision.workshop.story import (
    FIELDS,
    Story,
    default_story,
    params,
    read_params,
    read_story,
    refitted,
)


@dataclass
class Room:
    """One browser session's place in a story. ``step`` counts from 0; None while the story is
    edited. ``turn`` is raised when the server, not the browser, has chosen the step. ``began`` is
    the story that the record began with. ``reads`` tells that the record was opened by its link for
    reading alone. ``waiting`` are entries not yet confirmed, ``noted`` is
    the id of the last note of the screen that was taken over, ``seen`` are the entries of the
    record of ``seen_of`` that have been read."""

    story: Story
    began: Story
    step: int | None = None
    session: str = ""
    reads: bool = False
    turn: int = 0
    version: str = ""
    refused: str = ""
    met: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    waiting: Outbox = field(default_factory=Outbox)
    seen: list[Entry] = field(default_factory=list)
    seen_of: str = ""
    noted: str = ""

    @property
    def opened_by(self) -> str:
        """The id that the address holds: the one that the record was opened by."""
        return reading_id(self.session) if self.reads else self.session


def room(record: Record) -> Room:
    """This session's room. An address that it has not met is read: what in it is valid is applied,
    the rest is noted."""
    asked = {name: st.query_params[name] for name in FIELDS if name in st.query_params}
    own: Room | None = st.session_state.get("room")
    if own is not None and own.version != record.version:
        own = st.session_state["room"] = _under(record, own)
    came = visit()
    if came.returned is not None:
        returned, came.returned = came.returned, None
        return _returned(record, returned, own)
    link = urlencode(asked)
    if own is None or link not in own.met:
        own = st.session_state["room"] = _read(record, asked, own)
    own.met.add(link)
    return own


def _returned(record: Record, asked: Mapping[str, str], before: Room | None) -> Room:
    """The room of an address that the browser holds: it came to it by Back, or the server was
    started anew. A record that is going on goes on."""
    asked = {"session": before.opened_by, **asked} if before and before.session else asked
    own = _read(record, asked, before if asked else None)
    if before:  # also what waits for a record that was left
        turn = max(own.turn, before.turn)
        own = replace(own, turn=turn, met=before.met, waiting=before.waiting)
    own.turn += 1
    own.met.add(urlencode(asked))
    st.session_state["room"] = own
    return own


def _under(record: Record, own: Room) -> Room:
    """The same room under data that have changed: with the steps that they can still show, and
    everything that is on its way to the record."""
    began, said = refitted(record, own.began) if own.session else (default_story(record), [])
    story, notes = (began, said) if own.story == own.began else refitted(record, own.story)
    step = None if own.step is None else min(own.step, len(story.steps) - 1)
    return replace(
        own,
        story=story,
        began=began,
        step=step,
        turn=own.turn + 1,
        version=record.version,
        notes=notes,
    )


def _read(record: Record, asked: Mapping[str, str], before: Room | None) -> Room:
    """The room of an address, within the session that has been going on, if any."""
    if before is not None and not asked:
        return before
    given, session, reads = asked.get("session", ""), "", False
    began, notes = default_story(record), list[str]()
    same = before is not None and before.opened_by == given
    if given and before is not None and same:
        session, reads, began = before.session, before.reads, before.began
    elif given:
        session, reads, began, notes = resumed(record, given)
    story, said = read_params(asked, record) if asked.get("steps") else (began, [])
    if before is not None and not asked.get("steps") and same:
        story = before.story  # the browser wrote the step before the server had written the story
    step, wrong = _step(asked.get("step"), story)
    notes = [*notes, *said, *wrong]
    found = Room(story, began, step, session, reads, version=record.version, notes=notes)
    if before is None:
        return found
    return replace(
        found,
        turn=before.turn + (story != before.story),
        met=before.met,
        waiting=before.waiting,
        seen=before.seen,
        seen_of=before.seen_of,
    )


def resumed(record: Record, given: str) -> tuple[str, bool, Story, list[str]]:
    """The session that the id of a link opens, whether for reading alone, the story that it began
    with, and notes; without a session where there is none."""
    try:
        session, reads = store().opened_by(given)
        text = store().story(session)
    except RecordProblem as error:
        return (
            "",
            False,
            default_story(record),
            [f"The record that the link names was not opened: {error}."],
        )
    try:
        return session, reads, read_story(text, "the record's story", record), []
    except InvalidData as error:
        return (
            session,
            reads,
            default_story(record),
            [
                "The story that the record began with does not fit the data any more:"
                f" {error.problems[0]}."
            ],
        )


def _step(text: str | None, story: Story) -> tuple[int | None, list[str]]:
    if not text:
        return None, []
    if not (
        text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= len(story.steps)
    ):
        return 0, [
            f"The link's step {shown(text)} was left aside: the story has {len(story.steps)}."
        ]
    return int(text) - 1, []


def fields(own: Room) -> dict[str, str]:
    """What the address holds, in the order of ``FIELDS``: the story where it is not the one that it
    began with, step and record. From now on this session knows the address for its own."""
    found: dict[str, str] = {}
    if own.story != own.began:
        try:
            found |= params(own.story)
        except ValueError as error:
            own.notes = [f"The address does not hold this story: {error}."]
    found |= {"step": str(own.step + 1)} if own.step is not None else {}
    found |= {"session": own.opened_by} if own.session else {}
    own.met.add(urlencode(found))
    return found
