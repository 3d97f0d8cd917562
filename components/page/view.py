"""The view that everybody shares: its controls, the session that keeps it and the link that
restores it, in one place.

A link is read when a session opens on it. From then on the controls hold the view, and the address
follows them: every link that the session has lately met, whether it came with it or was written by
it, is its own, and says nothing new when it comes back, late or by Back. Only a link that the
session does not know is read again. A link on a page (:func:`components.page.markup.go`) is a
change to the view: it is followed within the session, by :func:`follow`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from dataclasses import fields as parts
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.page.markup import plain
from components.scenario import controls as scenario_controls
from components.scenario import state as scenario_state
from provision.coverage.timeline import span
from provision.dates import day_words, month_end, months
from provision.find import LONGEST
from provision.links import scenario_link
from provision.links.address import Address, read_address
from provision.links.query import BESIDE, Query, parse
from provision.record import Record
from provision.schema.services import NOT_STATED
from provision.themes.partners import nodes
from provision.workshop.story import FIELDS as STORY_FIELDS

# links that a session knows again: more than can be on their way at once, and few enough that a
# long workshop does not grow
MOST_MET = 64


@dataclass(frozen=True)
class Seen:
    """What a page is given: the record, the view that the controls ask for, the place of the
    sentence on top, and the stamp of the data files when they were read; ``said`` is what was then
    written in that place."""

    record: Record
    query: Query
    headline: DeltaGenerator
    stamp: object
    said: list[str] = field(default_factory=list)


def receive(record: Record, page: str, shown: Sequence[str]) -> list[str]:
    """Take over a link that the session has not met. Returns notes on what in it could not be
    applied. ``shown`` are the controls that the page draws: the others' values are kept from being
    dropped, one that the browser may not hold is told its value (which is the one that somebody
    moved it to meanwhile: :func:`moved`), and one that it holds is never set while somebody moves
    it."""
    state = st.session_state
    # from page to page the browser may let go of any control
    known = state["known"] if state.get("page") == page else []
    state.update(page=page, shown=tuple(shown), known=known)
    query = state.get("query")
    for name, value in _held(query, record).items():
        if name not in known or name not in state or _let_go(record, query, name):
            state[name] = value
    # the page that presents reads these itself
    own = {name for name in STORY_FIELDS if name in shown}
    asked = {name: st.query_params[name] for name in st.query_params if name not in own}
    link = urlencode(sorted(asked.items()))
    if "met" not in state:
        state["met"] = {}
    elif state["data"] != record.version:
        asked = state["fields"]
        scenario_state.forget()
    elif not link or link in state["met"]:
        return list(state["notes"])
    _meet(link)
    query, notes = parse(asked, record)
    state.update(data=record.version, fields=asked, notes=notes, query=query)
    state.update(_held(query, record))
    return notes


def _let_go(record: Record, query: Query | None, name: str) -> bool:
    """Whether a control does not hold what it was last moved to: by Back or Forward another page
    was begun, never drawn, and took it away."""
    return hasattr(query, name) and _part(record, name) != getattr(query, name)


def settle() -> None:
    """The page has been drawn to its end: from now on the browser holds what its controls hold."""
    st.session_state["known"] = list(st.session_state["shown"])


def _held(query: Query | None, record: Record) -> dict[str, Any]:
    """What the controls hold to show a view; Streamlit forgets the value of a control that a page
    does not draw."""
    if query is None:
        return {}
    return {
        "on": query.on,
        "services": list(query.services or record.services_by_id),
        "need": query.need,
        "area": query.area,
        "view": query.view,
        "theme": query.theme,
        "themes": list(query.themes),
        "partner": query.partner,
        "stage": query.stage,
        "find": query.find,
        "figure": query.figure,
        "size": query.size,
        **scenario_state.held(query, record),
    }


def follow(record: Record) -> None:
    """Take over a link on a page: what it changes is applied to the view, and :func:`wanted_page`
    then tells where it leads."""
    link = _sent("go")
    _take(record, link.fields, st.session_state["query"])
    st.session_state.update(go=link.page, part=link.anchor)


def back(record: Record) -> None:
    """Take over an address on this page that the browser's Back or Forward has come to, or that it
    holds when the server was started anew: whole, for what the page's addresses hold."""
    default, query = Query.default(record), st.session_state["query"]
    own = [name for name in _on_page() if hasattr(default, name)]
    fields = dict(_sent("back").fields)
    # the page that presents, which reads these itself
    if set(STORY_FIELDS) & set(st.session_state["shown"]):
        st.session_state["returned"] = {
            name: fields.pop(name) for name in STORY_FIELDS if name in fields
        }
    _take(record, fields, replace(query, **{name: getattr(default, name) for name in own}))
    st.session_state["go"] = ""  # this page, but all of it: the address may bring notes


def _sent(event: str) -> Address:
    """The link that the page frame sent with an event."""
    try:
        return read_address(str(dict(st.session_state.get("frame") or {}).get(event) or ""))
    except ValueError:  # no link of this app is so long
        return read_address("")


def _take(record: Record, fields: Mapping[str, str], start: Query | None) -> None:
    query, notes = parse(fields, record, start)
    st.session_state.update(query=query, notes=notes)
    st.session_state.update(_held(query, record))


def visit(record: Record, page: str, query: Query, part: str = "") -> None:
    """Go to a page with a view of its own, whole, and to a part of it."""
    st.session_state.update(query=query, notes=[], go=page, part=part, **_held(query, record))


def wanted_page() -> str | None:
    """The page that a link followed just now leads to; asked once."""
    wanted: str | None = st.session_state.pop("go", None)
    return wanted


_EVERYWHERE = ("on", "services", "need", "area", "view")
# What a page's address holds beside what its controls are called, known by one of them.
_BESIDES = {
    "sc_hubs": ("scenario", "beside", "best", "panel"),
    "figure": ("theme", "scenario", "beside"),
}
# of a link, where they are not called as the part of the view
_FIELDS = {"scenario": scenario_link.FIELDS, "beside": BESIDE}


def _on_page() -> tuple[str, ...]:
    """The parts of the view that the address of the page holds."""
    shown: Sequence[str] = st.session_state["shown"]
    return (
        *_EVERYWHERE,
        *shown,
        *(part for control, parts in _BESIDES.items() if control in shown for part in parts),
    )


def remember(query: Query, record: Record) -> dict[str, str]:
    """The fields of a view's link, which from now on the session knows for its own: those that all
    pages share, and those of the page's own controls."""
    whole = query.params(record)
    own = {field for part in _on_page() for field in _FIELDS.get(part, (part,))}
    fields = {name: value for name, value in whole.items() if name in own}
    st.session_state.update(query=query, fields=whole)
    _meet(urlencode(sorted(fields.items())))
    return fields


def _meet(link: str) -> None:
    """Know a link for the session's own, and in time forget the one that was not met for the
    longest."""
    met: dict[str, None] = st.session_state["met"]
    met.pop(link, None)
    met[link] = None
    if len(met) > MOST_MET:
        del met[next(iter(met))]


def controls(record: Record, shown: Sequence[str]) -> Query:
    """Draw the shared controls that a page uses and return the whole view, with what the other
    controls hold."""
    drawn = {name: draw for name, draw in _CONTROLS.items() if name in shown}
    if not drawn:
        return current(record)
    columns = st.container(key="controls").columns(
        [_WIDTHS[name] for name in drawn], vertical_alignment="top", gap="small"
    )
    for column, draw in zip(columns, drawn.values(), strict=True):
        with column:
            draw(record)
    return current(record)


def moved(record: Record, name: str) -> None:
    """What a control was just moved to is a part of the view at once, and not only when the page
    has been drawn: the run that this begins may be the first to draw the control, or be broken
    off."""
    st.session_state["query"] = replace(st.session_state["query"], **{name: _part(record, name)})


def _date(record: Record) -> None:
    st.select_slider(
        "As at",
        _days(record),
        key="on",
        format_func=_day_label,
        on_change=moved,
        args=(record, "on"),
    )


def _services(record: Record) -> None:
    words = {i: plain(s.short_name) for i, s in record.services_by_id.items()}
    st.pills(
        "Services shown",
        list(words),
        key="services",
        selection_mode="multi",
        format_func=words.__getitem__,
        on_change=_at_least_one,
        args=(record,),
    )


def _at_least_one(record: Record) -> None:
    """Showing none would show nothing; the pills then light up again."""
    st.session_state["services"] = st.session_state["services"] or list(record.services_by_id)
    moved(record, "services")


def _view(record: Record) -> None:
    st.segmented_control(
        "Drawn as",
        ["map", "tiles"],
        key="view",
        format_func=str.capitalize,
        required=True,
        on_change=moved,
        args=(record, "view"),
    )


def need_control(record: Record) -> None:
    """By which measure of need areas are ranked. A page may draw it with a panel of its own,
    too."""
    weights = {i.id: i.short_label for i in record.indicators if i.use_as_weight}
    if weights:
        st.selectbox(
            "Ranked by",
            list(weights),
            key="need",
            format_func=weights.__getitem__,
            on_change=_take_need,
        )


def _take_need() -> None:
    change(need=st.session_state["need"])


def _area(record: Record) -> None:
    names = {
        c: record.by_code[c].name
        for c in sorted(record.by_code, key=lambda c: record.by_code[c].name)
    }
    label = plain(record.file.region.area.capitalize())
    st.selectbox(
        label,
        list(names),
        key="area",
        index=None,
        format_func=names.__getitem__,
        placeholder="Choose one",
        on_change=moved,
        args=(record, "area"),
    )


def _theme(record: Record) -> None:
    words = {t.id: t.title for t in record.themes}
    st.selectbox(
        "Theme",
        list(words),
        key="theme",
        index=None,
        format_func=words.__getitem__,
        placeholder="All of them",
        on_change=moved,
        args=(record, "theme"),
    )


def _themes(record: Record) -> None:
    words = {t.id: plain(t.title) for t in record.themes}
    st.pills(
        "Themes together",
        list(words),
        key="themes",
        selection_mode="multi",
        format_func=words.__getitem__,
        on_change=moved,
        args=(record, "themes"),
    )


def _partner(record: Record) -> None:
    words = nodes(record)
    st.selectbox(
        "Organisation, service or theme", list(words), key="partner", index=None, format_func=words.__getitem__,
        placeholder="Choose one, or in the diagram", on_change=moved, args=(record, "partner"),
    )  # fmt: skip


def _stage(record: Record) -> None:
    words = {s.id: plain(s.title) for s in record.themes_file.pathway}
    st.pills(
        "Stage of the pathway",
        list(words),
        key="stage",
        format_func=words.__getitem__,
        on_change=moved,
        args=(record, "stage"),
    )


def _find(record: Record) -> None:
    words = "A theme, a place, a service, an organisation …"
    st.text_input(
        "Look for a word or a name",
        key="find",
        max_chars=LONGEST,
        placeholder=words,
        on_change=moved,
        args=(record, "find"),
    )


_CONTROLS: dict[str, Callable[[Record], None]] = {
    "on": _date,
    "services": _services,
    "theme": _theme,
    "themes": _themes,
    "partner": _partner,
    "stage": _stage,
    "find": _find,
    "view": _view,
    "need": need_control,
    "area": _area,
    "sc_rule": scenario_controls.rule,
    "sc_start": scenario_controls.start,
}
_WIDTHS = {
    "on": 2.2,
    "services": 4.3,
    "theme": 3.6,
    "themes": 8.0,
    "partner": 4.0,
    "stage": 6.0,
    "find": 5.0,
    "view": 1.3,
    "need": 2.0,
    "area": 2.0,
}
_WIDTHS |= {"sc_rule": 5.2, "sc_start": 2.4}


def current(record: Record) -> Query:
    """The view as the controls hold it now."""
    return Query(**{part.name: _part(record, part.name) for part in parts(Query)})


def _part(record: Record, name: str) -> Any:
    """A part of the view, from what its control holds."""
    held = st.session_state.get(name)
    if name == "services":
        chosen = tuple(i for i in record.services_by_id if i in (held or []))
        return () if len(chosen) in (0, len(record.services)) else chosen
    if name == "themes":
        return tuple(t for t in record.themes_by_id if t in (held or []))
    if name == "beside":
        return tuple(held or ())
    if name == "find":
        return (held or "").strip()
    return held or {"view": "map", "size": "page"}.get(name, held)


def choose_area(key: str) -> None:
    """Take over the area that was chosen on a map; choosing it again takes the choice back."""
    change(area=st.session_state[key].get("chosen") or None)


def choose_partner(key: str) -> None:
    """Take over what was chosen in the diagram of partners; choosing it again takes the choice
    back."""
    change(partner=st.session_state[key].get("chosen") or None)


def step_theme(record: Record, order: Sequence[str]) -> None:
    """Buttons to the theme before and after, in the order given, and back to all."""
    here = list(order).index(st.session_state["theme"])
    before, after = order[here - 1], order[(here + 1) % len(order)]
    with st.container(horizontal=True, key="steps"):
        st.button(
            f"← {plain(record.themes_by_id[before].title)}",
            key="before",
            on_click=partial(change, theme=before),
        )
        st.button("All themes", key="all", on_click=partial(change, theme=None))
        st.button(
            f"{plain(record.themes_by_id[after].title)} →",
            key="after",
            on_click=partial(change, theme=after),
        )


def step_area(record: Record) -> None:
    """Buttons to the area before and after, by name, and back to all."""
    order = sorted(record.by_code, key=lambda c: record.by_code[c].name)
    here = order.index(st.session_state["area"])
    before, after = order[here - 1], order[(here + 1) % len(order)]
    with st.container(horizontal=True, key="steps"):
        st.button(
            f"← {plain(record.by_code[before].name)}",
            key="before",
            on_click=partial(change, area=before),
        )
        st.button(
            f"All {plain(record.file.region.areas)}", key="all", on_click=partial(change, area=None)
        )
        st.button(
            f"{plain(record.by_code[after].name)} →",
            key="after",
            on_click=partial(change, area=after),
        )


def change(**parts: str | None) -> None:
    """Change parts of the view, whether or not the page draws their controls."""
    st.session_state.update(parts)
    st.session_state["query"] = replace(st.session_state["query"], **parts)


def _days(record: Record) -> list[date]:
    """The ends of all months that the contracts span, and the day asked for, if it is another."""
    starts = [s.contract.start.first for s in record.services if s.contract.start != NOT_STATED]
    first, last = span(record)
    return sorted(
        {month_end(m) for m in months(min([first, *starts]), last)} | {st.session_state["on"]}
    )


def _day_label(day: date) -> str:
    return f"end of {day:%b %Y}" if day == month_end(day) else day_words(day)
