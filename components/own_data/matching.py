"""What was proposed on the way in, and how to change it: columns, and names that did not match."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from components.own_data import state
from components.page.markup import plain, show
from provision.readers.figure_drafts import FigureDescription
from provision.readers.list_columns import HEADINGS, IGNORE
from provision.readers.outline_projection import Axes
from provision.regions.own_data import OwnData, OwnInputs
from provision.schema.services import NOT_STATED

_NO_CODES = "(no column: make codes from names)"
_LEAVE_OUT = "Leave out"
_MOST_NAMES, _MOST_OPTIONS = 30, 2_000
_AXES = {
    Axes.ASK: "as the file has them",
    Axes.KEEP: "keep, even if they seem swapped",
    Axes.SWAP: "swap",
}


def notes_panel(data: OwnData) -> None:
    """What was read, a list for each file."""
    made = data.made
    lines = [*data.notes, *(n for said in (made.notes if made else {}).values() for n in said)]
    if lines:
        with st.expander("What we read, and how"):
            show("notes.html", title="What we read", lines=lines)


def outline_columns(data: OwnData) -> None:
    """The columns of codes and names, with the runner-up, and the projection."""
    made = data.made
    if made is None or data.inputs.outlines is None:
        return
    code, name = made.outlines.columns.code, made.outlines.columns.name
    fields = list(made.outlines.fields)
    with st.expander("Columns and projection of the outlines"), st.form("own-columns"):
        codes = [_NO_CODES, *fields]
        chosen_code = st.selectbox(
            _proposed("Column of codes", code.runner_up),
            codes,
            index=codes.index(code.field) if code.field in codes else 0,
        )
        chosen_name = st.selectbox(
            _proposed("Column of names", name.runner_up),
            fields,
            index=fields.index(name.field) if name.field in fields else None,
        )
        crs = st.text_input(
            "Projection, if the file is wrong (as in EPSG:27700)", data.inputs.options.crs or ""
        )
        axes = st.selectbox(
            "Latitude and longitude",
            list(_AXES),
            index=list(_AXES).index(data.inputs.options.axes),
            format_func=_AXES.__getitem__,
        )
        if st.form_submit_button("Use these"):
            options = replace(
                data.inputs.options,
                code_field="" if chosen_code == _NO_CODES else chosen_code,
                name_field=chosen_name,
                crs=crs.strip() or None,
                axes=axes,
            )
            state.change(lambda now: replace(now, options=options))
            st.rerun()


def _proposed(label: str, runner_up: str | None) -> str:
    return f"{label} (next best: {plain(runner_up)})" if runner_up else label


def service_columns(data: OwnData) -> None:
    """What each column of a list of services was taken for."""
    columns = data.made.columns if data.made else ()
    if not columns:
        return
    meanings = [*HEADINGS, IGNORE]
    with st.expander("Columns of the services"), st.form("own-service-columns"):
        said = {}
        for number, column in enumerate(columns):
            options = list(dict.fromkeys([column.meaning, *meanings]))
            said[column.heading] = st.selectbox(
                _proposed(plain(column.heading), column.runner_up or None),
                options,
                key=f"own-column-{state.own().round}-{number}",
                format_func=lambda m: {"name": "name of the service"}.get(m, m),
            )
        if st.form_submit_button("Use these"):
            state.change(lambda now: _with_columns(now, said))
            st.rerun()


def _with_columns(now: OwnInputs, said: dict[str, str]) -> OwnInputs:
    columns = {**now.matching.columns, **{k.casefold(): v for k, v in said.items()}}
    return replace(now, matching=now.matching.model_copy(update={"columns": columns}))


_ASKED = {
    "what": "What they count",
    "date": "When they hold",
    "source": "Title of the source",
    "publisher": "Who published it",
    "licence": "Licence",
}


def figure_words(data: OwnData) -> None:
    """What a person says of the figures; what is left empty is not stated, and printed so."""
    if not data.inputs.figures:
        return
    before = data.inputs.figure_description
    with st.expander("What these figures are, and where they come from"), st.form("own-figures"):
        st.caption("What you leave empty is not stated. It is printed with every figure.")
        said = {
            name: st.text_input(label, _blank(getattr(before, name)), max_chars=200)
            for name, label in _ASKED.items()
        }
        if st.form_submit_button("Use these words"):
            words = {name: text.strip() or NOT_STATED for name, text in said.items()}
            state.change(lambda now: replace(now, figure_description=FigureDescription(**words)))
            st.rerun()


def _blank(text: str) -> str:
    return "" if text == NOT_STATED else text


def names_to_fix(data: OwnData) -> None:
    """Names that matched no area, each beside the nearest right one."""
    unmatched = dict(list((data.made.unmatched if data.made else {}).items())[:_MOST_NAMES])
    if data.made is None or not unmatched:
        return
    names = sorted(a.name for a in data.record.areas)
    many = len(data.made.unmatched)
    word = "name does" if many == 1 else "names do"
    st.html(f"<h2>{many} {word} not match an area</h2>")
    with st.form("own-names"):
        said = {text: _name_choice(text, near, names) for text, near in unmatched.items()}
        if st.form_submit_button("Use these names", type="primary"):
            state.change(lambda now: with_names(now, said))
            st.rerun()


def _name_choice(text: str, near: str | None, names: list[str]) -> str:
    options = [_LEAVE_OUT, *(names if len(names) <= _MOST_OPTIONS else [near] if near else [])]
    chosen: Any = st.selectbox(
        f"“{plain(text)}” is",
        options,
        index=options.index(near) if near in options else None,
        placeholder="Choose an area",
        key=f"own-name-{state.own().round}-{text}",
    )
    return chosen or ""


def with_names(now: OwnInputs, said: dict[str, str]) -> OwnInputs:
    """The inputs with answers: text in a file: official name, *Leave out*, or nothing yet."""
    answers = {text: IGNORE if name == _LEAVE_OUT else name for text, name in said.items()}
    unmatched = {**now.matching.unmatched, **answers}
    return replace(
        now, matching=now.matching.model_copy(update={"unmatched": unmatched}).answered()
    )
