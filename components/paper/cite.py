"""How to cite what a page shows. It is worked out when somebody asks for it, and again with the
view for as long as it stays open."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from components.page.context import PageContext
from components.page.scripts import component
from components.page.view import address_fields
from components.page.where import same_page
from provision.dates import parse_day
from provision.links.query import Query
from provision.record import Record

_cite = component("provision_cite", "citeView")


def cite_view(context: PageContext) -> None:
    """A button to open, on every page."""
    asked = st.session_state.get("citing")
    told = _citation(context, asked) if asked and asked["page"] == context.name else None
    _cite(key="cite", data=told, on_asked_change=partial(_ask, context.name))


def _ask(page: str) -> None:
    """Take over what the browser sends when the citation is opened (where it is, and which day it
    has there) or closed (nothing)."""
    sent = dict(st.session_state.get("cite") or {}).get("asked") or {}
    st.session_state["citing"] = (
        {"page": page, "base": str(sent.get("base", "")), "today": str(sent.get("today", ""))}
        if sent
        else None
    )


def _citation(context: PageContext, asked: dict[str, str]) -> dict[str, Any]:
    from provision.paper.citation import cite, stopped
    from provision.paper.views import Kind, chosen, describe, origins

    record, query, page = context.record, context.query, context.name
    fields = urlencode(address_fields(query, record), safe=",~:")
    base = same_page(asked["base"])
    address = f"{base}{'?' if fields else ''}{fields}" if base else ""
    try:
        today = parse_day(asked["today"])
    except ValueError:
        today = None
    own: dict[str, Any] = {"query": query, "address": address, "accessed": today}
    if page == "paper":  # which is cited as the figure that it shows
        view = chosen(record, query)
        said, rests = describe(record, view), origins(record, view)
        found = cite(
            record,
            page,
            said.title,
            said.sentence,
            dated=view.kind not in (Kind.CALENDAR, Kind.THEN_AND_NOW),
            origins=rests,
            beside=_beside(record) if view.kind is Kind.THEN_AND_NOW else (),
            **own,
        )
    else:
        said = " ".join(map(stopped, context.said))
        found = cite(
            record,
            page,
            _title(record, query, page, context.title),
            said,
            dated=context.entry.dated,
            beside=_beside(record) if page == "then_and_now" else (),
            **own,
        )
    return {
        "parts": [["Caption", found.caption], ["Link", found.link], *found.references],
        "notes": list(found.notes),
    }


def _beside(record: Record) -> list[Record]:
    """The other records of the region, which a view of all of them shows too."""
    from provision.io.problems import InvalidData
    from provision.regions.beside import beside

    try:
        return [own for own in beside(record) if own is not record]
    except InvalidData:
        return []


def _title(record: Record, query: Query, page: str, title: str) -> str:
    """A page's title, with what was chosen on it."""
    if page == "themes" and query.theme:
        return f"{title}: {record.themes_by_id[query.theme].title}"
    return (
        f"{title}: {record.by_code[query.area].name}" if page == "borough" and query.area else title
    )
