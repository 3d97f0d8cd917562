"""The desk's panel on the record of the workshop: begun, gone on with, added to, ended, and given
out as a page."""

from __future__ import annotations

from datetime import UTC, tzinfo
from functools import partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from components.page.markup import plain, show
from components.page.where import here
from components.present import guesses as guesses_present
from components.present import workshop_record
from components.present.button_feedback import attempt, file_name, told
from components.present.record_watch import watch_record
from components.present.records import unsaved
from components.present.state import Room
from components.room.desk_panel import room_panel
from provision.english import listing, number
from provision.io.problems import InvalidData
from provision.record import Record
from provision.workshop.entries import LINE, OF_PHONES, WORDS, Draft, Entry
from provision.workshop.entries import Kind as Happened
from provision.workshop.secret_links import reading_id
from provision.workshop.story import NAME_LENGTH, default_story

_TAKEN = 12  # guesses that the desk offers to take back, the latest first


def record_panel(record: Record, own: Room) -> None:
    """What was kept so far, and what is to be kept; or how to begin."""
    with st.container(key="pr_record", border=True):
        show("heading.html", text="Record of the workshop")
        if own.refused:
            show("note.html", text=own.refused)
        unsaved(record, own.waiting, lambda: workshop_record.flush(own))
        if own.session:
            _running(record, own)
        else:
            _not_begun(record, own)
        told("record")
    if own.session:
        watch_record(own, phones=True)  # the screen may be another window


def _not_begun(record: Record, own: Room) -> None:
    show(
        "note.html",
        text=(
            "Nothing is kept until a record is begun, or a guess is taken down. Please no names of"
            " people."
        ),
    )
    st.text_input("Name of the workshop", own.story.name, key="pr_workshop", max_chars=NAME_LENGTH)
    st.button(
        "Begin a record",
        key="pr_begin",
        on_click=lambda: attempt(
            "record", lambda: workshop_record.begin(record, own, st.session_state["pr_workshop"])
        ),
    )
    st.caption("To go on with a record that was begun before, open its own link.")


def _zone() -> tzinfo:
    """The browser's own time zone; UTC where it does not say, or says one that is not known
    here."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _running(record: Record, own: Room) -> None:
    known, over = (
        [e for e in workshop_record.entries(own) if isinstance(e, Entry)],
        workshop_record.over(own),
    )
    if own.reads:
        show("note.html", text=workshop_record.READS)
        _leave(record, own)
    else:
        _note_controls(own, over)
        _ways_on(record, own, over)
        _links(own)
        room_panel(own, over)
    _guesses(record, own, over or own.reads)
    show(
        "record_entries.html",
        entries=[
            {
                "n": e.number,
                "at": f"{e.at.astimezone(_zone()):%H:%M}",
                "kind": e.kind.value,
                "words": _told_of(record, e),
            }
            for e in [e for e in known if e.kind not in OF_PHONES][-12:][::-1]
        ],
        total=len(known),
        zone=str(_zone()),
    )
    _minutes(record, own)


def _note_controls(own: Room, over: bool) -> None:
    """What the room said, in words, and with which step it is kept."""
    if over:
        show("note.html", text=f"{workshop_record.ENDED} Go on with it, or begin another.")
    said = workshop_record.SAID
    st.radio(
        "What the room said",
        list(said),
        key="pr_said_kind",
        format_func=said.__getitem__,
        horizontal=True,
        disabled=over,
    )
    st.text_area(
        "In words, without names of people",
        key="pr_said_text",
        max_chars=WORDS,
        height=90,
        disabled=over,
    )
    if not over:
        stage = workshop_record.on_stage(own)
        st.caption(
            plain(
                f"Kept with the step that was last on the screen: {stage}."
                if stage
                else "Kept without a link: no step was on the screen yet."
            )
        )


def _ways_on(record: Record, own: Room, over: bool) -> None:
    """Keep the words, end the workshop or go on with it, or begin another."""
    with st.container(horizontal=True):
        st.button("Keep it", key="pr_keep", on_click=_say, args=(own,), disabled=over)
        if over:
            st.button("Go on with it", key="pr_go_on", on_click=_turn, args=(own, Happened.RESUMED))
        else:
            st.button("End the workshop", key="pr_end", on_click=_turn, args=(own, Happened.ENDED))
        _leave(record, own)


def _leave(record: Record, own: Room) -> None:
    st.button(
        "Leave the record as it is, and begin another",
        key="pr_leave_record",
        on_click=_forget,
        args=(record, own),
    )


def _links(own: Room) -> None:
    """The two links of the record, to be copied. Nobody finds it without one."""
    with st.expander("Links to this record"):
        st.caption("Whoever has a link can use it. Keep the first to yourself.")
        for key, label, given in (
            ("pr_link_facilitator", "Facilitator: write, end and reopen", own.session),
            ("pr_link_reader", "Reader: read only", reading_id(own.session)),
        ):
            st.text_input(label, f"{here()}present?session={given}", key=f"{key}_{given[:8]}")


def _say(own: Room) -> None:
    text = st.session_state["pr_said_text"].strip()
    try:
        kept = workshop_record.keep(
            own,
            st.session_state["pr_said_kind"],
            {"text": text, "link": workshop_record.on_stage(own)},
        )
    except InvalidData as error:
        st.session_state["pr_said"] = (
            "record",
            f"That was not kept: {error.problems[0].what}; {error.problems[0].mend}.",
        )
        return
    if kept:
        st.session_state["pr_said_text"] = ""


def _turn(own: Room, kind: Happened) -> None:
    """End the workshop, or go on with it."""
    workshop_record.keep(own, kind, {})


def _guesses(record: Record, own: Room, over: bool) -> None:
    """What was guessed, each with a button that takes it back."""
    made = guesses_present.standing(own)
    if not made:
        return
    with st.expander(f"Guesses that stand: {len(made)}"):
        if len(made) > _TAKEN:
            st.caption(f"The last {number(_TAKEN)}; take others back on the screen.")
        for entry, data in made[-_TAKEN:][::-1]:
            where = listing(
                record.by_code[code].name if code in record.by_code else code for code in data.areas
            )
            st.button(
                f"Take back: {plain(where)}",
                key=f"pr_back_{entry.id}",
                on_click=guesses_present.take_back,
                args=(own, entry.id),
                disabled=over,
            )


def _forget(record: Record, own: Room) -> None:
    own.session, own.reads, own.began = "", False, default_story(record)


def _told_of(record: Record, entry: Draft) -> str:
    """An entry in a few words."""
    data = entry.data
    areas = ", ".join(
        record.by_code[code].name if code in record.by_code else code
        for code in getattr(data, "areas", ())
    )
    words = " ".join(
        filter(
            None,
            [areas, *(getattr(data, name, "") for name in ("title", "question", "reason", "text"))],
        )
    ) or getattr(data, "sentence", "")
    return words if len(words) <= LINE else f"{words[:LINE]}…"


def _minutes(record: Record, own: Room) -> None:
    """The record as a page of paper, written when it is asked for."""
    address = here()
    with st.container(horizontal=True):
        about = workshop_record.session(record, own)
        name = file_name(about.name, str(about.started.astimezone(_zone()).date()))
        for ending, label in (("docx", "Record (Word)"), ("md", "Record (Markdown)")):
            st.download_button(
                label,
                partial(_file, record, own, address, ending, _zone()),
                f"{name}.{ending}",
                key=f"pr_{ending}",
                on_click="ignore",
            )


def _file(record: Record, own: Room, address: str, ending: str, zone: tzinfo = UTC) -> bytes | str:
    from provision.workshop.minutes import minutes_docx, minutes_markdown

    write = minutes_docx if ending == "docx" else minutes_markdown
    return write(
        workshop_record.session(record, own), workshop_record.entries(own), record, address, zone
    )
