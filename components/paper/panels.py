"""Views for paper: a figure at a fixed size, in every format, and the pack of all of them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import streamlit as st

from components.page.controls import moved
from components.page.markup import link_to, plain, show
from components.page.view import change
from components.paper.downloads import workbook_of
from provision.export.writing import to_csv
from provision.links.published import fault
from provision.links.query import Query, SizeName
from provision.paper.captions import caption, short_caption
from provision.paper.figures import SIZES, draw, preview
from provision.paper.pack import pack, pack_name
from provision.paper.view import Kind, View
from provision.paper.views import Described, as_tiles, chosen, describe, every_view, views
from provision.record import Record

_PREVIEW_PX = {"column": 620, "page": 1100, "slide": 1280}
_TYPES = {"svg": "image/svg+xml", "pdf": "application/pdf", "png": "image/png"}
_FORMAT_WORDS = {"svg": "SVG", "pdf": "PDF", "png": "PNG, 300 dpi"}


def for_paper(figure: str, what: str = "This view") -> None:
    """A link from a page to its view as a figure: one of :data:`provision.links.query.FIGURES`."""
    words = f"{what} as a figure for a paper: SVG, PDF or PNG"
    st.html(f'<p class="for-paper">{link_to("paper", words, figure=figure)}</p>')


def figure_choice(record: Record, query: Query) -> View:
    """Which of the view's figures: the one that its link asks for, until the reader chooses
    another."""
    every = {view.id: view for view in every_view(record, query.printed())}
    wanted, state = chosen(record, query).id, st.session_state
    if state.get("paper_view") != wanted:
        state["paper_view"] = wanted
    names = {i: _name(record, view) for i, view in every.items()}
    st.selectbox(
        "Figure", list(every), key="paper_view", format_func=names.__getitem__, on_change=_take
    )
    st.segmented_control(
        "Size",
        list(SIZES),
        key="size",
        required=True,
        format_func=lambda s: SIZES[s].label,
        on_change=moved,
        args=(record, "size"),
    )
    if query.figure and not wanted.startswith(query.figure):
        show(
            "note.html",
            text=(
                f"There is no figure of a {query.figure.partition('-')[0]} here, for none is"
                " chosen. Another is shown."
            ),
        )
    return every[wanted]


def _take() -> None:
    """Make the chosen figure a part of the view, so that the address leads to it."""
    figure, _, theme = st.session_state["paper_view"].partition("theme-")
    change(figure=Kind.THEME, theme=theme) if theme else change(figure=figure)


def _name(record: Record, view: View) -> str:
    """A view as the list calls it."""
    if view.kind is Kind.THEME:
        return f"Theme: {record.themes_by_id[view.query.theme or ''].title}"
    title = describe(record, view).title
    return f"{title} (tiles)" if as_tiles(view) else title


def figure_preview(record: Record, view: View, size: SizeName, said: Described) -> None:
    """The figure as it will be, with its alt text and what it rests on."""
    width = _PREVIEW_PX[size]
    show(
        "figure.html",
        picture=_picture(record, view, size),
        said=said,
        page=said.link.removeprefix("/"),
        width=width,
    )
    if told := fault():
        show("note.html", text=f"{told}.")
    to_copy(view, said)


def to_copy(view: View, said: Described) -> None:
    """Caption, alt text and link, each with a button that copies it."""
    with st.expander("Copy caption, alt text or link", key="copy"):
        for label, text in (
            ("Caption", f"{said.finding}. {short_caption(view, said)}"),
            ("Alt text", said.alt),
            ("Link", said.address or said.link),
        ):
            st.caption(label)
            st.code(text, language=None, wrap_lines=True)


@lru_cache(maxsize=16)
def _picture(record: Record, view: View, size: SizeName) -> str:
    return b64encode(preview(record, view, size, _PREVIEW_PX[size])).decode("ascii")


def figure_files(record: Record, view: View, size: SizeName, said: Described) -> None:
    """The figure in every format, its table and its caption; each is made when its button is
    pressed."""
    stem = f"{view.id}-{view.query.on.isoformat()}-{size}-{record.version}"
    given: list[tuple[str, str, str, Callable[[], Any]]] = [
        (f"Figure ({_FORMAT_WORDS[f]})", f"{stem}.{f}", kind, partial(draw, record, view, size, f))  # type: ignore[arg-type]
        for f, kind in _TYPES.items()
    ]
    given.append(
        (
            "Its table (CSV)",
            f"{view.id}-{view.query.on.isoformat()}-{record.version}.csv",
            "text/csv",
            partial(to_csv, said.rows),
        )
    )
    given.append(
        ("Caption and alt text", f"{stem}.txt", "text/plain", partial(caption, view, said))
    )
    with st.container(horizontal=True, key="files"):
        for label, name, mime, make in given:
            st.download_button(label, make, name, mime, on_click="ignore", key=f"file-{name}")


def figure_pack(record: Record, query: Query, size: SizeName) -> None:
    """All figures in one zip, made while the reader watches and kept until the view changes."""
    with st.container(key="files-pack"):
        _pack(record, query, size)


def _pack(record: Record, query: Query, size: SizeName) -> None:
    state, every = st.session_state, views(record, query)
    made_from = (record.version, query.link(record), size)
    show("heading.html", text="All figures in one file")
    show(
        "note.html",
        text=(
            f"{len(every)} figures in this size, each as SVG, PDF and PNG with its table and"
            " caption, an index page and a manifest."
        ),
    )
    if state.get("paper_pack", (None, b""))[0] != made_from:
        state.pop("paper_pack", None)
        if not st.button("Make the pack", key="paper_make"):
            return
        state["paper_pack"] = (made_from, _packed(record, query, size))
    content = state["paper_pack"][1]
    label = f"Download the pack ({len(content) / 1_000_000:.0f} MB)"
    st.download_button(
        label,
        content,
        pack_name(record, query, size),
        "application/zip",
        on_click="ignore",
        key="paper_pack_file",
    )


def briefing(record: Record, query: Query) -> None:
    """All of it as a document, as slides and as a workbook; each is made when its button is
    pressed."""
    stem = f"{query.on.isoformat()}-{record.version}"
    with st.container(key="files-briefing"):
        show("heading.html", text="The whole briefing")
        show(
            "note.html",
            text=(
                "Four to six pages with an annex, or eight to twelve slides. Each takes about"
                " 15 seconds to make."
            ),
        )
        with st.container(horizontal=True):
            for label, name, mime, make in _BRIEFINGS:
                st.download_button(
                    label,
                    partial(make, record, query),
                    name.format(stem),
                    mime,
                    on_click="ignore",
                    key=f"briefing-{label}",
                )


def _word(record: Record, query: Query) -> bytes:
    from provision.paper.brief_docx import brief_docx

    return brief_docx(record, query)


def _slides(record: Record, query: Query) -> bytes:
    from provision.paper.brief_pptx import brief_pptx

    return brief_pptx(record, query)


_OFFICE = "application/vnd.openxmlformats-officedocument"
_BRIEFINGS: tuple[tuple[str, str, str, Callable[[Record, Query], bytes]], ...] = (
    ("Document (Word)", "briefing-{}.docx", f"{_OFFICE}.wordprocessingml.document", _word),
    ("Slides (PowerPoint)", "briefing-{}.pptx", f"{_OFFICE}.presentationml.presentation", _slides),
    ("Tables (XLSX)", "tables-{}.xlsx", f"{_OFFICE}.spreadsheetml.sheet", workbook_of),
)


def _packed(record: Record, query: Query, size: SizeName) -> bytes:
    """The pack, with its progress shown."""
    bar = st.progress(0.0, text="Drawing …")

    def tell(done: int, total: int, title: str) -> None:
        bar.progress(
            done / total,
            text=f"{done} of {total} drawn{f'. Next: {plain(title)}' if title else ''}",
        )

    try:
        return pack(record, query, size, tell)
    finally:
        bar.empty()
