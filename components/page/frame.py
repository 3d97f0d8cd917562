"""What stands around every page: styles, the address, notices, the sentence on top, the footer."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components.data import live
from components.own_data import state as own_data
from components.page import view
from components.page.context import PageContext, PageEntry
from components.page.freshness import version
from components.page.markup import plain, show
from components.page.scripts import STATIC, component
from provision.io.problems import Problem
from provision.links.destinations import PAGES
from provision.record import Record
from provision.text.headings import Heading

LANDING = "coverage"  # also at the root
_STYLES = STATIC / "provision.css"
_frame = component("provision_frame", "pageFrame")
_watch = component("provision_watch", "dataWatch")


@cache
def _styles() -> str:
    return f"<style>{_STYLES.read_text(encoding='utf-8')}</style>"


def styles() -> None:
    """The project's own styles, on top of the theme in ``.streamlit/config.toml``."""
    st.html(_styles())


def navigation(
    table: Mapping[str, PageEntry], draw: Callable[[PageEntry], None], record: Record | None
) -> StreamlitPage:
    """The page that is asked for: by the browser's address, or by a link that was followed."""

    def page(name: str, path: str, **options: Any) -> StreamlitPage:
        entry = table[name]
        title = plain(entry.title_in(record))
        return st.Page(partial(draw, entry), title=title, url_path=path, **options)

    # The landing page is at the root, and by its name too: Streamlit would call that name unknown.
    pages = {LANDING: page(LANDING, "landing", default=True)}
    pages |= {name: page(name, name) for name in table if name != LANDING}
    by_name = page(LANDING, LANDING, visibility="hidden")
    asked = st.navigation([*pages.values(), by_name], position="top")
    if (wanted := view.destination()) in pages and pages[wanted] != asked:
        st.switch_page(pages[wanted])
    return asked


def configure(title: str, record: Record | None) -> None:
    """The title and the looks of the browser's tab, in the record's own words."""
    services = record.file.region.services if record else "services"
    st.set_page_config(
        f"{title}: coverage and gaps of {services}",
        page_icon="static/icon.png",
        layout="wide",
        initial_sidebar_state="collapsed",
    )


def address(context: PageContext, own: Mapping[str, str] = MappingProxyType({})) -> None:
    """Keep the view in the browser's address, so that the address opened elsewhere shows the same;
    follow links on the page; go to the place on the page that such a link named. ``own`` are fields
    of the address that belong to the page alone."""
    record, query, page = context.record, context.query, context.name
    fields = view.address_fields(query, record)
    if page in PAGES:
        view.visit().last = (page, fields)
    data = {
        "fields": fields,
        "own": dict(own),
        "stamp": f"{record.version} {page} {query.link(record)}{urlencode(own)}",
        "anchor": view.visit().anchor,
        "session_token": session_token(),
        "paths": _paths(page),
    }
    _frame(
        key="frame",
        data=data,
        on_navigate_change=lambda: view.follow(record),
        on_back_change=lambda: view.back(record),
    )


def _paths(page: str) -> list[str]:
    """The last part of every path that leads to a page."""
    base: str = st.get_option("server.baseUrlPath")
    return (
        [f"/{page}"]
        if page != LANDING
        else ["/", f"/{page}", f"/{base.strip('/').rpartition('/')[2]}"]
    )


def session_token() -> str:
    """What tells this session from another: a browser that meets another one where it was knows
    that the server was started anew."""
    found: str = st.session_state.setdefault("session_token", secrets.token_hex(8))
    return found


def leads_elsewhere(stamp: object) -> bool:
    """Whether a part of a page cannot answer alone what was just asked: a link or Back was
    followed, which may lead to another page or bring notes, or the data files differ from the
    ``stamp``."""
    return view.visit().destination is not None or live.changed(stamp)


def notices(problems: Sequence[Problem], notes: Sequence[str]) -> None:
    """What a reader must know before reading on: the data is broken and older than it looks; the
    link was not applied whole."""
    if problems:
        title = "The data files have been changed and cannot be used as they are."
        show(
            "problems.html",
            title=title,
            text="Below is the last version that was good. To fix:",
            problems=problems,
        )
    if notes:
        show(
            "notes.html",
            title="We could not use part of this link. The rest is shown.",
            lines=notes,
        )


def unpublished(record: Record) -> None:
    """Over every page that shows somebody's own data: that it is, and the way back."""
    if record.published:
        return
    with st.container(horizontal=True, key="unpublished", vertical_alignment="center"):
        show("unpublished.html", name=record.file.region.name, kept=bool(record.upload))
        st.button("Show the published data", key="own-published", on_click=own_data.show_published)


def record_choice(record: Record) -> None:
    """Which of the region's records is shown, where it has several."""
    if not record.entries[1:] or not record.published:
        return
    labels = {own.id: own.label for own in record.entries}
    here = record.entry.id if record.entry else record.entries[0].id
    if st.session_state.get("record_id") != here or not view.visit().settled:
        st.session_state["record_id"] = here
    with st.container(key="record-choice"):
        st.selectbox(
            "Record",
            list(labels),
            key="record_id",
            format_func=labels.__getitem__,
            on_change=_record_chosen,
            args=(record,),
        )


def _record_chosen(record: Record) -> None:
    chosen: str = st.session_state["record_id"]
    view.choose_record(record, "" if chosen == record.entries[0].id else chosen)


def broken(problems: Sequence[Problem]) -> None:
    """The whole page, where there is no good data at all."""
    show("headline.html", heading=Heading("The data cannot be shown yet", ""), note=None)
    show(
        "problems.html",
        title="The data files have problems.",
        text="This page appears by itself once they are fixed:",
        problems=problems,
    )


def watch(stamp: object, record_key: str) -> None:
    """Show changed data without waiting for the next click: the browser asks for its version, and
    has the page drawn anew when it is another, or when a server that was gone is back."""
    _watch(
        key="watch",
        data={"version": version(stamp), "record": record_key},
        on_changed_change=lambda: None,
        on_reconnected_change=lambda: None,
    )


def footer(record: Record) -> None:
    """The caveat, the version of the data and the licence of the outlines, on every page."""
    attribution = (
        record.origin.attribution
        if record.origin
        else "The origin of the boundaries is not stated."
    )
    show(
        "footer.html",
        region=record.file.region,
        version=record.version,
        attribution=attribution,
        label=record.label,
    )
