"""The shared controls, each bound to the part of the view that it is called by.

What a part is, and how the address holds it, is said by the entry of the same name in
:class:`provision.links.query.Query`; here stand the control's looks, and how the value that it
holds and the part of the view become one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from components.page import view
from components.page.markup import plain
from components.scenario import controls as scenario_controls
from components.scenario import state as scenario_state
from provision.coverage.timeline import span
from provision.dates import day_words, month_end, months
from provision.find import LONGEST
from provision.links.values import services_chosen
from provision.record import Record
from provision.themes.partners import nodes


def _same(value: Any, record: Record) -> Any:
    return value


@dataclass(frozen=True)
class Control:
    """A control. ``draw`` draws it, ``width`` columns wide among those on top of a page; a panel
    draws one without. ``show`` gives what it holds to show a part of the view, ``take`` the part
    that it says by what it holds. One of several widgets draws the others in columns ``beside``
    its own, and has a ``tell`` that tells them all (:func:`tell`)."""

    draw: Callable[[Record], None] | None
    width: float = 0
    show: Callable[[Any, Record], Any] = _same
    take: Callable[[Any, Record], Any] = _same
    beside: tuple[tuple[Callable[[Record], None], float], ...] = ()
    tell: Callable[[Record, bool], None] | None = None

    @property
    def columns(self) -> list[tuple[Callable[[Record], None], float]]:
        """What stands in the row above a page, and how wide."""
        return [(self.draw, self.width), *self.beside] if self.draw else []


def tell(record: Record, names: Sequence[str], *, settled: bool = True) -> None:
    """Tell controls what the view says, where they do not hold it.

    A control that holds it is left alone, since a press may be on its way to it. From page to page
    the browser may put up any control anew and forget what it held, so on another page all are
    told, until that is ``settled``. By Back or Forward another page may be begun and broken off,
    which takes a control's value away; one that a page does not draw loses it, too.
    """
    query, state = view.current(), st.session_state
    for name in names:
        control = CONTROLS[name]
        if control.tell:
            control.tell(record, settled)
        elif not settled or name not in state or value_of(name, record) != getattr(query, name):
            state[name] = control.show(getattr(query, name), record)


def tell_page(record: Record) -> None:
    """Tell all controls of the page that has begun what the view says."""
    own = view.visit()
    tell(record, (*own.entry.controls, *own.entry.panels), settled=own.settled)


def draw_controls(record: Record) -> None:
    """Draw the shared controls above the page that has begun."""
    names = view.visit().entry.controls
    drawn = [c for name, control in CONTROLS.items() if name in names for c in control.columns]
    if not drawn:
        return
    columns = st.container(key="controls").columns(
        [width for _, width in drawn], vertical_alignment="top", gap="small"
    )
    for column, (draw, _) in zip(columns, drawn, strict=True):
        with column:
            draw(record)


def value_of(name: str, record: Record) -> Any:
    """The part of the view that a control says by what it holds."""
    return CONTROLS[name].take(st.session_state.get(name), record)


def moved(record: Record, name: str) -> None:
    """What a control was just moved to is a part of the view at once, and not only when the page
    has been drawn: the run that this begins may be the first to draw the control, or be broken
    off."""
    view.change(**{name: value_of(name, record)})


def _bound(record: Record, name: str) -> dict[str, Any]:
    """What binds a control to the part of the view that it is called by."""
    return {"key": name, "on_change": moved, "args": (record, name)}


def _date(record: Record) -> None:
    st.select_slider("Date", _days(record), format_func=_day_label, **_bound(record, "on"))


def _days(record: Record) -> list[date]:
    """The ends of all months that the contracts span, and the day asked for, if it is another."""
    begin = [part.start for s in record.services for part in (s.contract, s.listing) if part]
    starts = [start.first for start in begin if not isinstance(start, str)]
    first, last = span(record)
    ends = {month_end(m) for m in months(min([first, *starts]), last)}
    return sorted(ends | {view.current().on})


def _day_label(day: date) -> str:
    return day_words(day)


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
        "View as",
        ["map", "tiles"],
        format_func=str.capitalize,
        required=True,
        **_bound(record, "view"),
    )


def need_control(record: Record) -> None:
    """By which measure of need areas are ranked. A page may draw it with a panel of its own,
    too."""
    weights = {i.id: i.short_label for i in record.indicators if i.use_as_weight}
    if weights:
        st.selectbox(
            "Ranked by",
            list(weights),
            format_func=weights.__getitem__,
            **_bound(record, "need"),
        )


def _area(record: Record) -> None:
    names = {
        c: record.by_code[c].name
        for c in sorted(record.by_code, key=lambda c: record.by_code[c].name)
    }
    _choice(record, "area", plain(record.file.region.area.capitalize()), names, empty="Choose one")


def _theme(record: Record) -> None:
    titles = {t.id: t.title for t in record.themes}
    _choice(record, "theme", "Theme", titles, empty="All of them")


def _partner(record: Record) -> None:
    label = "Organisation, service or theme"
    _choice(record, "partner", label, nodes(record), empty="Select here or on the diagram")


def _choice(record: Record, name: str, label: str, words: dict[str, str], *, empty: str) -> None:
    """A list to choose one thing from, or none."""
    st.selectbox(
        label,
        list(words),
        index=None,
        format_func=words.__getitem__,
        placeholder=empty,
        **_bound(record, name),
    )


def _themes(record: Record) -> None:
    words = {t.id: plain(t.title) for t in record.themes}
    st.pills(
        "Themes together",
        list(words),
        selection_mode="multi",
        format_func=words.__getitem__,
        **_bound(record, "themes"),
    )


def _stage(record: Record) -> None:
    words = {s.id: plain(s.title) for s in record.themes_file.pathway}
    st.pills(
        "Stage of the pathway",
        list(words),
        format_func=words.__getitem__,
        **_bound(record, "stage"),
    )


def _find(record: Record) -> None:
    st.text_input(
        "Look for a word or a name",
        max_chars=LONGEST,
        placeholder="A theme, a place, a service, an organisation …",
        **_bound(record, "find"),
    )


def _themes_taken(value: Any, record: Record) -> tuple[str, ...]:
    return tuple(t for t in record.themes_by_id if t in (value or ()))


# In the order in which they stand beside one another.
CONTROLS: dict[str, Control] = {
    "on": Control(_date, 2.2),
    "services": Control(
        _services,
        4.3,
        show=lambda value, record: list(value or record.services_by_id),
        take=lambda value, record: services_chosen(value or (), record),
    ),
    "theme": Control(_theme, 3.6),
    "themes": Control(_themes, 8.0, show=lambda value, record: list(value), take=_themes_taken),
    "partner": Control(_partner, 4.0),
    "stage": Control(_stage, 6.0),
    "find": Control(_find, 5.0, take=lambda value, record: (value or "").strip()),
    "view": Control(_view, 1.3, take=lambda value, record: value or "map"),
    "need": Control(need_control, 2.0),
    "area": Control(_area, 2.0),
    "size": Control(None, take=lambda value, record: value or "page"),
    "scenario": Control(
        scenario_controls.kind,
        1.6,
        beside=((scenario_controls.rule, 4.4), (scenario_controls.start, 1.7)),
        tell=scenario_state.tell,
    ),
}
