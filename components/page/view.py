"""The view that everybody shares: one :class:`Query` in the session. What controls hold and what
the address says are derived from it.

A link is read when a session opens on it. From then on the session's view is the truth: a control
that is moved changes it at once, and before a page is drawn every control of it that does not hold
what the view says is told so (:mod:`components.page.controls`). The address follows the view. Every
link that the session has lately met, whether it came with it or was written by it, is its own, and
says nothing new when it comes back, late or by Back; only a link that the session does not know is
read again. A link on a page (:func:`components.page.markup.link_to`) is a change of the view: it is
followed within the session, by :func:`follow`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from components.data import live
from components.page.context import PageEntry
from provision.links.address import Address, read_address
from provision.links.query import DATA, FIELDS, RECORD, Query, parse, repeated_notes
from provision.record import Record

# links that a session knows again: more than can be on their way at once, and few enough that a
# long workshop does not grow
MOST_LINKS = 64


_RECORD = "record_key"  # in the session
_NOWHERE = PageEntry("", lambda context: None)


@dataclass
class Visit:
    """What a session knows of the page that it is on, beside the view.

    ``settled`` once the page has been drawn to its end: then the browser holds what its controls
    hold. ``record`` is the one that the view was read under; ``notes`` say what of the last link
    could not be applied. ``links`` are the session's own. ``destination`` is the page that a link
    followed just now leads to, and ``anchor`` the place on it. ``returned`` are the fields that
    Back has brought to a page that reads them itself, ``last`` the page and the fields of the view
    that were written into the address.
    """

    page: str = ""
    entry: PageEntry = _NOWHERE
    settled: bool = False
    record: Record | None = None
    notes: list[str] = field(default_factory=list)
    links: dict[str, None] = field(default_factory=dict)
    destination: str | None = None
    anchor: str = ""
    returned: dict[str, str] | None = None
    last: tuple[str, dict[str, str]] | None = None


def visit() -> Visit:
    """This session's."""
    found: Visit = st.session_state.setdefault("visit", Visit())
    return found


def current() -> Query:
    """The view, as it is now."""
    found: Query = st.session_state["query"]
    return found


def record_key(entry: PageEntry) -> str:
    """The id of the record that this session shows; ``""`` for the first. A link that the session
    has not met says which, by naming it or not."""
    asked = _asked(entry)
    link = _link(asked)
    if link and link not in visit().links:
        st.session_state[_RECORD] = asked.get(RECORD, "")
    return str(st.session_state.get(_RECORD, ""))


def choose_record(record: Record, key: str) -> None:
    """Show another record of the region from now on, on its own date: it speaks of another time.
    The rest of the view stays, as far as the record has what is chosen in it."""
    dropped = (DATA, RECORD, "on")
    kept = {k: v for k, v in current().params(record).items() if k not in dropped}
    other = _turn(record, key)
    st.session_state["query"], visit().notes = parse(kept, other)


def _turn(record: Record, key: str) -> Record:
    """The record of an id, which this session shows from now on."""
    st.session_state[_RECORD] = key
    other = live.of_record(live.live(), key).record or record
    visit().record = other
    return other


def _asked(entry: PageEntry) -> dict[str, str]:
    """The fields of the browser's address that are the view's."""
    return {name: st.query_params[name] for name in st.query_params if name not in entry.own}


def receive(record: Record, page: str, entry: PageEntry) -> list[str]:
    """Begin a page, and take over a link that the session has not met.

    Returns
    -------
    list of str
        What in the link could not be applied.
    """
    own = visit()
    own.settled = own.settled and own.page == page
    own.page, own.entry = page, entry
    asked = _asked(entry)
    link = _link(asked)
    met = own.record is not None and (not link or link in own.links)
    if met and own.record and own.record.version != record.version:
        asked = current().params(own.record)
        asked = {k: v for k, v in asked.items() if k not in (DATA, RECORD)}
    elif met:
        return list(own.notes)
    _know(link)
    own.record = record
    st.session_state["query"], notes = parse(asked, record)
    own.notes = [*repeated_notes(_repeated()), *notes]
    return list(own.notes)


def _repeated() -> list[str]:
    """The fields that the browser's address gives more than once."""
    return [name for name in st.query_params if len(st.query_params.get_all(name)) > 1]


def settle() -> None:
    """The page has been drawn to its end: from now on the browser holds what its controls hold."""
    visit().settled = True


def change(**parts: Any) -> None:
    """Change parts of the view, whether or not the page draws their controls."""
    st.session_state["query"] = replace(current(), **parts)


def follow(record: Record) -> None:
    """Take over a link on a page: what it changes is applied to the view, and :func:`destination`
    then tells where it leads."""
    link = _sent("navigate")
    _apply(record, link.fields, None, link.fields.get(RECORD, record.key))
    visit().destination, visit().anchor = link.page, link.anchor


def back(record: Record) -> None:
    """Take over an address on this page that the browser's Back or Forward has come to, or that it
    holds when the server was started anew: whole, for what the page's addresses hold."""
    own, default = visit(), Query.default(record)
    fields = dict(_sent("back").fields)
    if own.entry.own:
        own.returned = {name: fields.pop(name) for name in own.entry.own if name in fields}
    bare = {name: getattr(default, name) for name in _in_address(own.entry)}
    _apply(record, fields, replace(current(), **bare), fields.get(RECORD, ""))
    own.destination = ""  # this page, but all of it: the address may bring notes


def go_to(page: str, query: Query, anchor: str = "") -> None:
    """Go to a page with a view of its own, whole, and to a place on it."""
    own = visit()
    st.session_state["query"], own.notes = query, []
    own.destination, own.anchor = page, anchor


def destination() -> str | None:
    """The page that a link followed just now leads to; asked once."""
    wanted, visit().destination = visit().destination, None
    return wanted


def _apply(record: Record, fields: Mapping[str, str], start: Query | None, key: str) -> None:
    """Take over the fields of a link, which is of the record of an id."""
    asked = {name: value for name, value in fields.items() if name != DATA}
    start = start or current()
    if record.entry and key != record.key and key in ("", *(own.id for own in record.entries)):
        other = _turn(record, key)
        if other.key != record.key:
            record, start = other, Query.default(other)
    st.session_state["query"], visit().notes = parse(asked, record, start)


def _sent(event: str) -> Address:
    """The link that the page frame sent with an event."""
    try:
        return read_address(str(dict(st.session_state.get("frame") or {}).get(event) or ""))
    except ValueError:  # no link of this app is so long
        return read_address("")


def address_fields(query: Query, record: Record) -> dict[str, str]:
    """The fields of the page's address, which from now on the session knows for its own: those that
    all pages share, and those of what the page shows."""
    own = visit()
    shown = {key for name in _in_address(own.entry) for key in FIELDS[name].keys}
    fields = {key: value for key, value in query.params(record).items() if key in shown}
    _know(_link(fields))
    return fields


def _in_address(entry: PageEntry) -> list[str]:
    """The parts of the view that the address of a page holds."""
    return [name for name, part in FIELDS.items() if part.everywhere or name in entry.parts]


def _link(fields: Mapping[str, str]) -> str:
    return urlencode(sorted(fields.items()))


def _know(link: str) -> None:
    """Know a link for the session's own, and in time forget the one that was not met for the
    longest."""
    links = visit().links
    links.pop(link, None)
    links[link] = None
    if len(links) > MOST_LINKS:
        del links[next(iter(links))]
