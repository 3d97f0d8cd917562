"""The desk behind the screen: the story's steps in order, and the files and links that keep it;
beside them the record of the workshop (:mod:`components.present.record_panel`). Not projected."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from components.page.markup import plain, show
from components.page.view import visit
from components.page.where import here
from components.present import state
from components.present.button_feedback import attempt, file_name, told
from components.present.record_panel import record_panel
from components.present.slides import slide
from components.room.desk_panel import question_panel
from provision.io.problems import InvalidData
from provision.io.reading import decode
from provision.record import Record
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


def desk(record: Record, own: state.Room) -> None:
    """Everything at once: steps on the left, what keeps them and what was said on the right."""
    st.session_state.setdefault("pr_at", 0)
    st.session_state["pr_at"] = min(st.session_state["pr_at"], len(own.story.steps) - 1)
    left, right = st.columns([7, 5], gap="large")
    with left:
        _starts(own)
        _steps(record, own)
        _add(record, own)
        question_panel(record, own)
    with right:
        record_panel(record, own)
        _files(record, own)


def _starts(own: state.Room) -> None:
    with st.container(horizontal=True):
        st.button(
            "Present from the start",
            key="pr_start",
            type="primary",
            on_click=_present,
            args=(own, 0),
        )
        st.button(
            f"Present from step {st.session_state['pr_at'] + 1}",
            key="pr_from",
            on_click=_present,
            args=(own, None),
        )
        # For a second display: what is decided is noted here while the room looks there. Both write
        # the same record, once one is begun.
        there = urlencode(
            {**state.fields(own), "step": str(st.session_state["pr_at"] + 1)}, safe=",~"
        )
        st.link_button("Present in a window of its own", f"present?{there}")


def _present(own: state.Room, number: int | None) -> None:
    own.step = st.session_state["pr_at"] if number is None else number
    own.turn += 1
    own.refused = ""


# The story


def _steps(record: Record, own: state.Room) -> None:
    steps = own.story.steps
    st.radio(
        "Steps, in order",
        range(len(steps)),
        key="pr_at",
        format_func=lambda n: _label(record, steps[n], n),
    )
    at = st.session_state["pr_at"]
    with st.container(horizontal=True):
        st.button("Move up", key="pr_up", disabled=at == 0, on_click=_move, args=(own, at, at - 1))
        st.button(
            "Move down",
            key="pr_down",
            disabled=at == len(steps) - 1,
            on_click=_move,
            args=(own, at, at + 1),
        )
        st.button(
            "Remove", key="pr_remove", disabled=len(steps) == 1, on_click=_remove, args=(own, at)
        )
    _words(record, own, at)


def _label(record: Record, own: Step, n: int) -> str:
    text = " ".join(slide(record, own)["headline"].split())
    kind = "" if own.kind is Kind.VIEW else f"{_KINDS[own.kind]}: "
    return plain(f"{n + 1}. {kind}{text if len(text) <= _LABEL else f'{text[:_LABEL]}…'}")


def _words(record: Record, own: state.Room, at: int) -> None:
    """The words of one step. The boxes are new for each step, so that none shows another's
    words."""
    chosen = own.story.steps[at]
    stamp = f"{at}-{hash(chosen) % 10**8}"
    with st.form("pr_words", border=True):
        st.caption(f"Step {at + 1}: `{chosen.link.replace('`', '')[:200]}`")
        asks = chosen.kind is Kind.ASK
        st.text_input(
            "Question to the room" if asks else "Headline",
            chosen.question if asks else chosen.title,
            key=f"pr_title_{stamp}",
            max_chars=TITLE_LENGTH,
            placeholder="Empty: the sentence that the data gives",
        )
        st.text_input(
            "Note for the speaker, never projected",
            chosen.note,
            key=f"pr_note_{stamp}",
            max_chars=NOTE_LENGTH,
        )
        st.form_submit_button(
            "Keep these words", key="pr_keep_words", on_click=_rename, args=(record, own, at, stamp)
        )
        told("words")


def _rename(record: Record, own: state.Room, at: int, stamp: str) -> None:
    chosen = own.story.steps[at]
    words, note = st.session_state[f"pr_title_{stamp}"], st.session_state[f"pr_note_{stamp}"]
    own_words = {"question": words} if chosen.kind is Kind.ASK else {"title": words}
    own_words |= {"answer": chosen.answer}
    attempt(
        "words",
        lambda: _put(
            own,
            [
                *own.story.steps[:at],
                step(record, chosen.kind, chosen.link, note=note, **own_words),
                *own.story.steps[at + 1 :],
            ],
            at,
        ),
    )


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


def _add(record: Record, own: state.Room) -> None:
    """Add the view that the session was last on, or that of an address, after the step that is
    looked at."""
    page, fields = visit().last or ("coverage", {})
    came = f"{page}{'?' if fields else ''}{urlencode(fields, safe=',')}"
    with st.container(key="pr_add", border=True):
        st.radio(
            "Add a step that is to",
            list(_KINDS),
            key="pr_kind",
            format_func=_KINDS.__getitem__,
            horizontal=True,
        )
        st.text_input(
            "Address of a view; empty for the view that you came from",
            key="pr_link",
            placeholder=came,
        )
        st.button(
            "Add it after the step chosen above",
            key="pr_add_view",
            disabled=len(own.story.steps) >= MOST_STEPS,
            on_click=_insert,
            args=(record, own, came),
        )
        told("add")


def _insert(record: Record, own: state.Room, came: str) -> None:
    at, link = st.session_state["pr_at"], st.session_state["pr_link"].strip() or came

    def add() -> None:
        new = step(record, st.session_state["pr_kind"], link)
        _put(own, [*own.story.steps[: at + 1], new, *own.story.steps[at + 1 :]], at + 1)
        st.session_state["pr_link"] = ""

    attempt("add", add)


# Files and links


def _files(record: Record, own: state.Room) -> None:
    with st.container(key="pr_files", border=True):
        show("heading.html", text="Keep the story")
        st.text_input(
            "Name",
            own.story.name,
            key=f"pr_name_{hash(own.story.name) % 10**8}",
            max_chars=NAME_LENGTH,
            on_change=_name,
            args=(own,),
        )
        st.download_button(
            "Story as a file (YAML)",
            write_story(own.story),
            f"{file_name(own.story.name or 'story')}.yaml",
            "application/yaml",
            key="pr_yaml",
            on_click="ignore",
        )
        try:
            link = urlencode(params(own.story), safe=",~")
            st.text_input(
                "Link to the story, to copy",
                f"{here()}present?{link}",
                key=f"pr_share_{hash(own.story) % 10**8}",
            )
        except ValueError as error:
            show("note.html", text=f"There is no link: {error}.")
        upload = st.file_uploader(
            "Open a story file", type=["yaml", "yml"], key="pr_upload", max_upload_size=1
        )
        if upload is not None:
            st.button(
                f"Use {plain(upload.name)}",
                key="pr_use",
                on_click=_open,
                args=(record, own, upload.name, upload.getvalue()),
            )
        if problems := st.session_state.pop("pr_problems", ()):
            show(
                "problems.html",
                title="This file is not a story yet.",
                text="Nothing was changed. To mend:",
                problems=problems,
            )
        st.button(
            "Back to the story that the data tells",
            key="pr_default",
            on_click=_open_story,
            args=(own, default_story(record)),
        )


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
