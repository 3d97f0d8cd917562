"""The desk behind the screen: the story's steps in order, the files and links that keep it, and the record of the workshop. Not projected."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, tzinfo
from functools import partial
from urllib.parse import urlencode, urljoin
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from components import present_state as state
from components.markup import plain, show
from components.present_slides import slide
from components.records import unsaved
from provision.dates import day_words
from provision.problems import InvalidData
from provision.reading import decode
from provision.record import Record
from provision.sentences import listing, number
from provision.workshop.entries import LINE, WORDS, Draft, Entry, RecordProblem, Session
from provision.workshop.entries import Kind as Happened
from provision.workshop.story import (
    MOST_STEPS,
    NAME_LENGTH,
    NOTE_LENGTH,
    TITLE_LENGTH,
    Kind,
    Step,
    Story,
    default_story,
    params,
    read_story,
    step,
    write_story,
)

_LABEL = 110  # characters of a step in the list
_KINDS = {Kind.VIEW: "Show it", Kind.ASK: "Ask the room", Kind.BEST: "Reveal the best"}
_TAKEN = 12  # guesses that the desk offers to take back, the latest first


def desk(record: Record, own: state.Room) -> None:
    """Everything at once: steps on the left, what keeps them and what was said on the right."""
    st.session_state.setdefault("pr_at", 0)
    st.session_state["pr_at"] = min(st.session_state["pr_at"], len(own.story.steps) - 1)
    left, right = st.columns([7, 5], gap="large")
    with left:
        _starts(own)
        _steps(record, own)
        _add(record, own)
    with right:
        _record(record, own)
        _files(record, own)


def _told(place: str) -> None:
    """What a press of a button could not do; said once, beside the button."""
    if st.session_state.get("pr_said", ("", ""))[0] == place:
        show("note.html", text=st.session_state.pop("pr_said")[1])


def _starts(own: state.Room) -> None:
    with st.container(horizontal=True):
        st.button("Present from the start", key="pr_start", type="primary", on_click=_present, args=(own, 0))
        st.button(f"Present from step {st.session_state['pr_at'] + 1}", key="pr_from", on_click=_present, args=(own, None))
        # For a second display: what is decided is noted here while the room looks there. Both write the same record, once one is begun.
        there = urlencode({**state.fields(own), "step": str(st.session_state["pr_at"] + 1)}, safe=",~")
        st.link_button("Present in a window of its own", f"present?{there}")


def _present(own: state.Room, number: int | None) -> None:
    own.step = st.session_state["pr_at"] if number is None else number
    own.turn += 1
    own.refused = ""


# The story


def _steps(record: Record, own: state.Room) -> None:
    steps = own.story.steps
    st.radio("Steps, in order", range(len(steps)), key="pr_at", format_func=lambda n: _label(record, steps[n], n))
    at = st.session_state["pr_at"]
    with st.container(horizontal=True):
        st.button("Move up", key="pr_up", disabled=at == 0, on_click=_move, args=(own, at, at - 1))
        st.button("Move down", key="pr_down", disabled=at == len(steps) - 1, on_click=_move, args=(own, at, at + 1))
        st.button("Remove", key="pr_remove", disabled=len(steps) == 1, on_click=_remove, args=(own, at))
    _words(record, own, at)


def _label(record: Record, own: Step, n: int) -> str:
    text = " ".join(slide(record, own)["headline"].split())
    kind = "" if own.kind is Kind.VIEW else f"{_KINDS[own.kind]}: "
    return plain(f"{n + 1}. {kind}{text if len(text) <= _LABEL else f'{text[:_LABEL]}…'}")


def _words(record: Record, own: state.Room, at: int) -> None:
    """The words of one step. The boxes are new for each step, so that none shows another's words."""
    here = own.story.steps[at]
    stamp = f"{at}-{hash(here) % 10**8}"
    with st.form("pr_words", border=True):
        st.caption(f"Step {at + 1}: `{here.link.replace('`', '')[:200]}`")
        asks = here.kind is Kind.ASK
        st.text_input(
            "Question to the room" if asks else "Headline", here.question if asks else here.title,
            key=f"pr_title_{stamp}", max_chars=TITLE_LENGTH, placeholder="Empty: the sentence that the data gives",
        )  # fmt: skip
        st.text_input("Note for the speaker, never projected", here.note, key=f"pr_note_{stamp}", max_chars=NOTE_LENGTH)
        st.form_submit_button("Keep these words", key="pr_keep_words", on_click=_rename, args=(record, own, at, stamp))
        _told("words")


def _rename(record: Record, own: state.Room, at: int, stamp: str) -> None:
    here = own.story.steps[at]
    words, note = st.session_state[f"pr_title_{stamp}"], st.session_state[f"pr_note_{stamp}"]
    own_words = {"question": words} if here.kind is Kind.ASK else {"title": words}
    _try("words", lambda: _put(own, [*own.story.steps[:at], step(record, here.kind, here.link, note=note, **own_words), *own.story.steps[at + 1 :]], at))


def _move(own: state.Room, at: int, to: int) -> None:
    steps = list(own.story.steps)
    steps.insert(to, steps.pop(at))
    _put(own, steps, to)


def _remove(own: state.Room, at: int) -> None:
    _put(own, [*own.story.steps[:at], *own.story.steps[at + 1 :]], max(at - 1, 0))


def _put(own: state.Room, steps: list[Step], at: int) -> None:
    """Make these the steps, and look at one of them."""
    own.story = replace(own.story, steps=tuple(steps))
    own.turn += 1
    st.session_state["pr_at"] = at


def _try(place: str, act: Callable[[], None]) -> None:
    try:
        act()
    except (ValueError, RecordProblem) as error:
        st.session_state["pr_said"] = (place, f"That was not done: {error}.")


def _add(record: Record, own: state.Room) -> None:
    """Add the view that the session was last on, or that of an address, after the step that is looked at."""
    page, fields = st.session_state.get("last") or ("coverage", {})
    came = f"{page}{'?' if fields else ''}{urlencode(fields, safe=',')}"
    with st.container(key="pr_add", border=True):
        st.radio("Add a step that is to", list(_KINDS), key="pr_kind", format_func=_KINDS.__getitem__, horizontal=True)
        st.text_input("Address of a view; empty for the view that you came from", key="pr_link", placeholder=came)
        st.button(
            "Add it after the step chosen above", key="pr_add_view", disabled=len(own.story.steps) >= MOST_STEPS, on_click=_insert, args=(record, own, came)
        )
        _told("add")


def _insert(record: Record, own: state.Room, came: str) -> None:
    at, link = st.session_state["pr_at"], st.session_state["pr_link"].strip() or came

    def add() -> None:
        new = step(record, st.session_state["pr_kind"], link)
        _put(own, [*own.story.steps[: at + 1], new, *own.story.steps[at + 1 :]], at + 1)
        st.session_state["pr_link"] = ""

    _try("add", add)


# Files and links


def _files(record: Record, own: state.Room) -> None:
    with st.container(key="pr_files", border=True):
        show("heading.html", text="Keep the story")
        st.text_input("Name", own.story.name, key=f"pr_name_{hash(own.story.name) % 10**8}", max_chars=NAME_LENGTH, on_change=_name, args=(own,))
        st.download_button(
            "Story as a file (YAML)",
            write_story(own.story),
            f"{_file_name(own.story.name or 'story')}.yaml",
            "application/yaml",
            key="pr_yaml",
            on_click="ignore",
        )
        try:
            link = urlencode(params(own.story), safe=",~")
            st.text_input(
                "Link to the story, to copy", urljoin(st.context.url or "http://localhost/", f"present?{link}"), key=f"pr_share_{hash(own.story) % 10**8}"
            )
        except ValueError as error:
            show("note.html", text=f"There is no link: {error}.")
        upload = st.file_uploader("Open a story file", type=["yaml", "yml"], key="pr_upload")
        if upload is not None:
            st.button(f"Use {plain(upload.name)}", key="pr_use", on_click=_open, args=(record, own, upload.name, upload.getvalue()))
        if problems := st.session_state.pop("pr_problems", ()):
            show("problems.html", title="This file is not a story yet.", text="Nothing was changed. To mend:", problems=problems)
        st.button("Back to the story that the data tells", key="pr_default", on_click=_open_story, args=(own, default_story(record)))


def _name(own: state.Room) -> None:
    name = st.session_state[f"pr_name_{hash(own.story.name) % 10**8}"]
    own.story = replace(own.story, name=" ".join(name.split())[:NAME_LENGTH])


def _open(record: Record, own: state.Room, name: str, raw: bytes) -> None:
    try:
        _open_story(own, read_story(decode(raw, name), name, record))
    except InvalidData as error:
        st.session_state["pr_problems"] = error.problems


def _open_story(own: state.Room, story: Story) -> None:
    own.story = story
    _put(own, list(story.steps), 0)


# The record of the workshop


def _record(record: Record, own: state.Room) -> None:
    with st.container(key="pr_record", border=True):
        show("heading.html", text="Record of the workshop")
        if own.refused:
            show("note.html", text=own.refused)
        unsaved(record, own.waiting, lambda: state.flush(own))
        if own.session:
            _running(record, own)
        else:
            _not_begun(record, own)
        _told("record")
    if own.session:
        state.listen(own)  # the screen may be another window


def _not_begun(record: Record, own: state.Room) -> None:
    show("note.html", text="Nothing is kept until a record is begun, or a guess is taken down. Please no names of people.")
    st.text_input("Name of the workshop", own.story.name, key="pr_workshop", max_chars=NAME_LENGTH)
    st.button("Begin a record", key="pr_begin", on_click=lambda: _try("record", lambda: state.begin(record, own, st.session_state["pr_workshop"])))
    try:
        open_ones = {s.id: s for s in state.sessions() if s.ended is None}
    except RecordProblem as error:
        show("note.html", text=f"{error}.")
        return
    if open_ones:
        words = {i: _begun(s) for i, s in open_ones.items()}
        st.selectbox("Records that were begun and not ended", list(words), key="pr_old", format_func=words.__getitem__)
        st.button("Go on with it", key="pr_resume", on_click=lambda: _try("record", lambda: _resume(record, own, st.session_state["pr_old"])))


def _begun(session: Session) -> str:
    """A record in a list, the time first: names are long, and alike."""
    at, many = session.started.astimezone(_zone()), session.entries
    return f"{day_words(at.date())}, {at:%H:%M}: {session.name} ({many} {'entry' if many == 1 else 'entries'})"


def _zone() -> tzinfo:
    """The browser's own time zone; UTC where it does not say, or says one that is not known here."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _file_name(*parts: str) -> str:
    """Words as the name of a file that every system takes."""
    return re.sub(r"[^\w]+", "-", " ".join(parts)).strip("-_").lower()[:80] or "record"


def _resume(record: Record, own: state.Room, session: str) -> None:
    found, story, notes = state.resumed(record, session)
    own.session, own.began, own.story, own.notes = found, story, story, notes
    own.turn += 1


def _running(record: Record, own: state.Room) -> None:
    known, over = [e for e in state.entries(own) if isinstance(e, Entry)], state.over(own)
    if over:
        show("note.html", text=f"{state.ENDED} Go on with it, or begin another.")
    said = state.SAID
    st.radio("What the room said", list(said), key="pr_said_kind", format_func=said.__getitem__, horizontal=True, disabled=over)
    st.text_area("In words, without names of people", key="pr_said_text", max_chars=WORDS, height=90, disabled=over)
    if not over:
        here = state.on_stage(own)
        st.caption(plain(f"Kept with the step that was last on the screen: {here}." if here else "Kept without a link: no step was on the screen yet."))
    with st.container(horizontal=True):
        st.button("Keep it", key="pr_keep", on_click=_say, args=(own,), disabled=over)
        if over:
            st.button("Go on with it", key="pr_go_on", on_click=_turn, args=(own, Happened.RESUMED))
        else:
            st.button("End the workshop", key="pr_end", on_click=_turn, args=(own, Happened.ENDED))
        st.button("Leave the record as it is, and begin another", key="pr_leave_record", on_click=_forget, args=(record, own))
    _guesses(record, own, over)
    show(
        "record_entries.html",
        entries=[{"n": e.number, "at": f"{e.at.astimezone(_zone()):%H:%M}", "kind": e.kind.value, "words": _told_of(record, e)} for e in known[-12:][::-1]],
        total=len(known),
        zone=str(_zone()),
    )
    _minutes(record, own)


def _say(own: state.Room) -> None:
    text = st.session_state["pr_said_text"].strip()
    try:
        kept = state.keep(own, st.session_state["pr_said_kind"], {"text": text, "link": state.on_stage(own)})
    except InvalidData as error:
        st.session_state["pr_said"] = ("record", f"That was not kept: {error.problems[0].what}; {error.problems[0].mend}.")
        return
    if kept:
        st.session_state["pr_said_text"] = ""


def _turn(own: state.Room, kind: Happened) -> None:
    """End the workshop, or go on with it."""
    state.keep(own, kind, {})


def _guesses(record: Record, own: state.Room, over: bool) -> None:
    """What was guessed, each with a button that takes it back."""
    made = state.standing(own)
    if not made:
        return
    with st.expander(f"Guesses that stand: {len(made)}"):
        if len(made) > _TAKEN:
            st.caption(f"The last {number(_TAKEN)}; take others back on the screen.")
        for entry, data in made[-_TAKEN:][::-1]:
            where = listing(record.by_code[code].name if code in record.by_code else code for code in data.areas)
            st.button(f"Take back: {plain(where)}", key=f"pr_back_{entry.id}", on_click=state.take_back, args=(own, entry.id), disabled=over)


def _forget(record: Record, own: state.Room) -> None:
    own.session, own.began = "", default_story(record)


def _told_of(record: Record, entry: Draft) -> str:
    """An entry in a few words."""
    data = entry.data
    areas = ", ".join(record.by_code[code].name if code in record.by_code else code for code in getattr(data, "areas", ()))
    words = " ".join(filter(None, [areas, *(getattr(data, name, "") for name in ("title", "question", "reason", "text"))])) or getattr(data, "sentence", "")
    return words if len(words) <= LINE else f"{words[:LINE]}…"


def _minutes(record: Record, own: state.Room) -> None:
    """The record as a page of paper, written when it is asked for."""
    address = urljoin(st.context.url or "http://localhost/", ".")
    with st.container(horizontal=True):
        about = state.session(record, own)
        name = _file_name(about.name, str(about.started.astimezone(_zone()).date()))
        for ending, label in (("docx", "Record (Word)"), ("md", "Record (Markdown)")):
            st.download_button(label, partial(_file, record, own, address, ending, _zone()), f"{name}.{ending}", key=f"pr_{ending}", on_click="ignore")


def _file(record: Record, own: state.Room, address: str, ending: str, zone: tzinfo = UTC) -> bytes | str:
    from provision.workshop.minutes import minutes_docx, minutes_markdown

    write = minutes_docx if ending == "docx" else minutes_markdown
    return write(state.session(record, own), state.entries(own), record, address, zone)
