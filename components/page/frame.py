"""What stands around every page: styles, the address, notices, the sentence on top, the footer."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from urllib.parse import urlencode

import streamlit as st

from components.data import live
from components.page.markup import show
from components.page.scripts import STATIC, component
from components.page.view import back, follow, remember
from provision.io.problems import Problem
from provision.links.query import Query
from provision.record import Record
from provision.workshop.story import PAGES

_LANDING = "coverage"  # also at the root
_STYLES = STATIC / "provision.css"
_frame = component("provision_frame", "pageFrame")


@cache
def _styles() -> str:
    return f"<style>{_STYLES.read_text(encoding='utf-8')}</style>"


def styles() -> None:
    """The project's own styles, on top of the theme in ``.streamlit/config.toml``."""
    st.html(_styles())


def address(
    query: Query, record: Record, page: str, own: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Keep the view in the browser's address, so that the address opened elsewhere shows the same;
    follow links on the page; go to the part of the page that such a link named. ``own`` are fields
    of the address that belong to the page alone."""
    fields = remember(query, record)
    if page in PAGES:
        st.session_state["last"] = (page, fields)
    stamp = f"{record.version} {page} {query.link(record)}{urlencode(own)}"
    data = {
        "fields": fields,
        "own": dict(own),
        "stamp": stamp,
        "part": st.session_state.get("part", ""),
        "born": born(),
        "paths": _paths(page),
    }
    _frame(
        key="frame",
        data=data,
        on_go_change=lambda: follow(record),
        on_back_change=lambda: back(record),
    )


def _paths(page: str) -> list[str]:
    """The last part of every path that leads to a page."""
    base: str = st.get_option("server.baseUrlPath")
    return (
        [f"/{page}"]
        if page != _LANDING
        else ["/", f"/{page}", f"/{base.strip('/').rpartition('/')[2]}"]
    )


def born() -> str:
    """What tells this session from another: a browser that meets another one where it was knows
    that the server was started anew."""
    found: str = st.session_state.setdefault("born", secrets.token_hex(8))
    return found


def leads_elsewhere(seen: object) -> bool:
    """Whether a part of a page cannot answer alone what was just asked: a link or Back was
    followed, which may lead to another page or bring notes, or the data files differ from the stamp
    ``seen``."""
    return "go" in st.session_state or live.changed(seen)


def notices(problems: Sequence[Problem], notes: Sequence[str]) -> None:
    """What a reader must know before reading on: the data is broken and older than it looks; the
    link was not applied whole."""
    if problems:
        title = "The data files have been changed and cannot be used as they are."
        show(
            "problems.html",
            title=title,
            text="Below is the last version that was good. To mend:",
            problems=problems,
        )
    if notes:
        show(
            "notes.html",
            title="Part of this link could not be applied. The rest is shown.",
            lines=notes,
        )


def broken(problems: Sequence[Problem]) -> None:
    """The whole page, where there is no good data at all."""
    show("headline.html", sentence="The data cannot be shown yet", note=None)
    show(
        "problems.html",
        title="The data files have problems.",
        text="This page appears by itself once they are mended:",
        problems=problems,
    )


@st.fragment(run_every="5s")
def watch(seen: object) -> None:
    """Show changed data without waiting for the next click."""
    if live.changed(seen):
        st.rerun()


def footer(record: Record) -> None:
    """The caveat, the version of the data and the licence of the outlines, on every page."""
    attribution = (
        record.origin.attribution
        if record.origin
        else "The origin of the boundaries is not stated."
    )
    show("footer.html", region=record.file.region, version=record.version, attribution=attribution)
