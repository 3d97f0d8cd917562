"""What a view shows, told apart from how it is drawn: title, sentence, alt text, rows, sources,
licence, link.

Figure, pack, document and slides all say what :func:`describe` says; the sentence and the rows are
the app's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from provision import english
from provision.coverage.timeline import span
from provision.dates import day_words
from provision.links.destinations import Topic, address_of
from provision.links.published import HERE, published
from provision.links.query import Query
from provision.paper import then_and_now
from provision.paper.kinds import KINDS
from provision.paper.view import Kind, Rows, View
from provision.record import Record
from provision.schema.services import Reference
from provision.symbology.coverage import Drawn
from provision.text import wording
from provision.text.wording import edition


@dataclass(frozen=True)
class Described:
    """A view in words. ``rows`` are those of the app's own CSV; ``link`` is its place on the app's
    own server, from the slash on; ``address`` is where that is published, empty where that is not
    known; ``licence`` holds for all that the figure draws and counts; ``edition`` is the data that
    it is made from, in words; ``finding`` is what it shows, in a short sentence, and ``title`` its
    topic."""

    title: str
    sentence: str
    alt: str
    rows: Rows
    sources: tuple[str, ...]
    as_at: str
    rule: str
    licence: tuple[str, ...]
    version: str
    link: str
    address: str = ""
    edition: str = ""
    finding: str = ""

    @property
    def where(self) -> str:
        """Where the view is: an address that can be followed, or in words."""
        return self.address or f"{self.link}, {HERE}"

    @property
    def source(self) -> str:
        """The sources in one sentence."""
        return f"Source: {'; '.join(self.sources) or 'not stated'}."


def not_shown(record: Record, view: View) -> list[str]:
    """What a view was asked for and its kind of figure does not show.

    Parameters
    ----------
    record
        The record that is drawn.
    view
        The view, with what was asked for.

    Returns
    -------
    list of str
        A sentence for each; empty where all of it is shown.
    """
    shows, query = KINDS[view.kind].shows, view.query
    notes = []
    if query.scenario and "scenario" not in shows:
        notes.append(
            "This figure shows the record alone, without what is supposed: no hub and no other"
            " change is in it. 'figure scenario' shows these."
        )
    if query.on != Query.default(record).on and "on" not in shows:
        notes.append("This figure shows no single day: the date that was given changes nothing.")
    return notes


def views(record: Record, query: Query) -> list[View]:
    """What a pack holds: coverage as a map and as tiles, gaps, calendar, themes side by side and
    one map for each picture that they share, and the scenario, if one is supposed, with its
    difference from each that stands beside it, and the region's records side by side."""
    found = [View(kind, query) for kind in (Kind.COVERAGE, Kind.TILES, Kind.GAPS, Kind.CALENDAR)]
    if record.themes:
        found.append(View(Kind.THEMES, query))
        found += [
            View(Kind.THEME, replace(query, theme=theme)) for theme in _pictured(record, query)
        ]
    if query.scenario:
        found.append(View(Kind.SCENARIO, query))
        found += [
            View(Kind.DIFFERENCE, query, place) for place in range(1, max(len(query.beside), 1) + 1)
        ]
    later = then_and_now.steps(record)
    return [*found, *(View(Kind.THEN_AND_NOW, query, place) for place in range(1, later + 1))]


def _pictured(record: Record, query: Query) -> list[str]:
    """One theme for each picture that themes share."""
    from provision.paper.theme_panels import panels

    return [panel.themes[0] for panel in panels(record, query)]


def every_view(record: Record, query: Query) -> list[View]:
    """What can be drawn: what a pack of the record holds, and the map of every theme."""
    found = views(record, query)
    shown = {view.id for view in found}
    themes = [View(Kind.THEME, replace(query, theme=theme.id)) for theme in record.themes]
    return [*found, *(view for view in themes if view.id not in shown)]


def chosen(record: Record, query: Query) -> View:
    """The one of a view's figures that its link asks for; where it names none, its scenario, or its
    theme, or coverage as it is drawn."""
    every = {view.id: view for view in every_view(record, query.printed())}
    theme, themes = f"{Kind.THEME}-{query.theme}", [i for i in every if i.startswith(Kind.THEME)]
    if query.figure == Kind.THEME and themes:
        return every[theme if theme in every else themes[0]]
    if query.figure in every:
        return every[query.figure]
    if query.scenario:
        return every[Kind.SCENARIO]
    return every[
        theme if theme in every else Kind.TILES if query.view == "tiles" else Kind.COVERAGE
    ]


def opening(record: Record, query: Query) -> str:
    """Where the explorer shows the view that a file of all figures was made from."""
    topic = Topic.SCENARIO if query.scenario else Topic.COVERAGE
    return f"/{address_of(topic, query.link(record))}"


def describe(record: Record, view: View) -> Described:
    """Everything that is printed with a view, or beside it."""
    title, sentence, rule = KINDS[view.kind].words(record, view)
    both = view.kind is Kind.THEN_AND_NOW
    title = f"{record.label}: {title}" if record.label and not both else title
    finding = KINDS[view.kind].finding(record, view)
    refs, women = origins(record, view)
    rests = then_and_now.step_records(record, view.place) if both else [(record, refs)]
    link, base = address(record, view), published()
    return Described(
        title,
        sentence,
        _alt(record, view, title, sentence),
        KINDS[view.kind].rows(record, view),
        tuple(text for own, places in rests for text in _sources(own, places, women)),
        when(record, view),
        rule,
        _unique(text for own, places in rests for text in _licence(own, view, places, women)),
        record.version,
        link,
        f"{base}{link}" if base else "",
        then_and_now.step_edition(record, view.place) if both else edition(record),
        finding,
    )


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def drawn(record: Record, view: View) -> Drawn | None:
    """The classes of a view's map and the class of every area; None for a view that is no map."""
    draw = KINDS[view.kind].drawn
    return draw(record, view) if draw else None


def as_tiles(view: View) -> bool:
    """Whether a view's map is drawn in tiles of equal area."""
    if view.kind is Kind.THEMES:
        return False
    return view.kind is Kind.TILES or (
        view.kind is not Kind.COVERAGE and view.query.view == "tiles"
    )


def address(record: Record, view: View) -> str:
    """The address of a view on the app's own server, with nothing in its link that the view does
    not show."""
    own: dict[str, Any] = {name: getattr(view.query, name) for name in KINDS[view.kind].shows}
    own |= {"view": "tiles"} if as_tiles(view) else {}
    own |= {"panel": "compare"} if view.kind is Kind.DIFFERENCE else {}
    link = replace(Query.default(record), **own).link(record)
    return f"/{address_of(KINDS[view.kind].topic, link)}"


def when(record: Record, view: View) -> str:
    """The date of a view, or the stretch of time that it spans."""
    if view.kind is Kind.THEN_AND_NOW:
        return then_and_now.step_when(record, view.place)
    if view.kind is Kind.CALENDAR:
        return " to ".join(map(day_words, span(record)))
    return wording.as_at(record, view.query.on)


def _alt(record: Record, view: View, title: str, sentence: str) -> str:
    """What the figure is, what it shows, and how many areas each class of a map has."""
    region = record.file.region
    shown = drawn(record, view)
    if shown is None:
        form = KINDS[view.kind].chart.format(area=region.area)
        return f"{form}. {title}. {sentence}"
    form = (
        f"Tiles of equal area, one for each {region.area}"
        if as_tiles(view)
        else f"A map of {region.name} by {region.area}"
    )
    classes = "; ".join(_class_words(record, shown, n) for n in range(len(shown["classes"])))
    return f"{form}. {title}. {sentence} Classes, with how many {region.areas} each has: {classes}."


_NAMED = 10  # areas of a class: so many are named in alt text


def _class_words(record: Record, shown: Drawn, n: int) -> str:
    """A class with how many areas it has, and their names while they are few."""
    kind = shown["classes"][n]
    own = [
        area.name
        for area, (m, _), counted in zip(record.areas, shown["areas"], record.counted, strict=True)
        if m == n and counted
    ]
    names = f" ({english.listing(own)})" if 0 < len(own) <= _NAMED else ""
    return f"{kind['label']}: {kind['count']}{names}"


def origins(record: Record, view: View) -> tuple[tuple[Reference, ...], tuple[str, ...]]:
    """What a view rests on: places in the documents, and ids of published figures."""
    kind = KINDS[view.kind]
    return kind.refs(record, view), kind.figures(record, view)


def _sources(record: Record, refs: Iterable[Reference], figures: Iterable[str]) -> tuple[str, ...]:
    """Documents with the sections used and their date, then published figures with theirs; one line
    each."""
    by_source: dict[str, dict[str, None]] = {}
    for ref in refs:
        _, section = record.section(ref)
        title = (
            section.title.partition(":")[0]
            if section.title.startswith("Figure ")
            else section.title
        )
        by_source.setdefault(ref.source, {})[
            f"{title} (page {section.page})" if section.page else title
        ] = None
    documents = [
        f"{s.short_title}, {s.date}: {', '.join(_shortened(by_source[s.id]))}"
        for s in record.file.sources
        if s.id in by_source
    ]
    published = [
        f"{record.indicators_by_id[i].short_label}: {record.indicators_by_id[i].source.publisher},"
        f" {record.indicators_by_id[i].date}"
        for i in figures
    ]
    return (*documents, *published)


def _shortened(sections: Iterable[str]) -> list[str]:
    """Sections, with the chapter of several that follow each other said once."""
    found: list[str] = []
    last = ""
    for section in sections:
        chapter, colon, rest = section.partition(": ")
        found.append(rest if colon and chapter == last else section)
        last = chapter if colon else ""
    return found


def _licence(
    record: Record, view: View, refs: Iterable[Reference], figures: Iterable[str]
) -> tuple[str, ...]:
    """Attributions of what is drawn and counted, and the licence of the documents."""
    outlines = (
        record.origin.attribution
        if record.origin
        else "The origin of the boundaries is not stated."
    )
    found = [outlines] if drawn(record, view) is not None and not as_tiles(view) else []
    found += [record.indicators_by_id[i].source.attribution for i in figures]
    used = {ref.source for ref in refs}
    documents: dict[str, list[str]] = {}
    for source in record.file.sources:
        if source.id in used:
            documents.setdefault(source.licence, []).append(source.short_title)
    found += [
        f"{english.listing(titles)}: licence {licence}" for licence, titles in documents.items()
    ]
    return tuple(dict.fromkeys(text if text.endswith(".") else f"{text}." for text in found))
