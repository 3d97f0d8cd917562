"""What a view shows, told apart from how it is drawn: title, sentence, alt text, rows, sources,
licence, link.

Figure, pack, document and slides all say what :func:`describe` says; the sentence and the rows are
the app's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from provision.coverage.need import women_by_status
from provision.coverage.status import coverage
from provision.coverage.timeline import span
from provision.dates import day_words
from provision.export import coverage as export
from provision.export.scenarios import scenario_rows
from provision.export.themes import reach_rows
from provision.links.destinations import Topic, address_of
from provision.links.published import HERE, published
from provision.links.query import Query
from provision.paper import then_and_now
from provision.record import Record
from provision.scenarios.compare import LETTERS, Comparison, compare
from provision.scenarios.evaluate import Outcome, evaluate
from provision.scenarios.scenario import Scenario
from provision.schema.services import Reference
from provision.symbology.coverage import Drawn, coverage_drawn
from provision.symbology.scenarios import difference_drawn, scenario_drawn
from provision.symbology.themes import theme_drawn
from provision.text import changes, wording
from provision.text import coverage as sentences
from provision.text.scenarios import outcome_sentence, supposed, supposed_in_short
from provision.text.themes import gap_sentence
from provision.text.wording import edition

Rows = list[dict[str, Any]]
NEVER_NONE = "Not stated in the source is never counted as none."


class Kind(StrEnum):
    """The kinds of view that can be put on paper."""

    COVERAGE = "coverage"
    TILES = "tiles"
    GAPS = "gaps"
    CALENDAR = "calendar"
    THEME = "theme"
    SCENARIO = "scenario"
    DIFFERENCE = "difference"
    THEN_AND_NOW = "then_and_now"


@dataclass(frozen=True)
class View:
    """One view. ``kind`` is a :class:`Kind` or its word; ``query.theme`` says which theme.
    ``place`` is which of ``query.beside`` a difference looks at, counted from 1; where there is
    none beside, the scenario is held against the record as it is. Of a region's records side by
    side, it is which step from one to the next."""

    kind: Kind
    query: Query
    place: int = 1

    def __post_init__(self) -> None:
        """Raises ValueError for a kind that there is not, and for a theme's view without a
        theme."""
        object.__setattr__(self, "kind", Kind(self.kind))
        if self.kind is Kind.THEME and not self.query.theme:
            raise ValueError("the view of a theme needs a theme")

    @property
    def id(self) -> str:
        """A name among the views of a pack, and the stem of its files: ``coverage``,
        ``theme-young-women``."""
        if self.kind is Kind.THEME:
            return f"theme-{self.query.theme}"
        if self.kind is Kind.THEN_AND_NOW:
            return self.kind.value if self.place == 1 else f"{self.kind.value}-{self.place}"
        return (
            f"difference-{LETTERS[self.place].lower()}"
            if self.kind is Kind.DIFFERENCE and self.place > 1
            else self.kind.value
        )


@dataclass(frozen=True)
class Described:
    """A view in words. ``rows`` are those of the app's own CSV; ``link`` is its place on the app's
    own server, from the slash on; ``address`` is where that is published, empty where that is not
    known; ``licence`` holds for all that the figure draws and counts; ``edition`` is the data that it
    is made from, in words."""

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

    @property
    def where(self) -> str:
        """Where the view is: an address that can be followed, or in words."""
        return self.address or f"{self.link}, {HERE}"

    @property
    def source(self) -> str:
        """The sources in one sentence."""
        return f"Source: {'; '.join(self.sources) or 'not stated'}."


def views(record: Record, query: Query) -> list[View]:
    """What a pack holds: coverage as a map and as tiles, gaps, calendar, every theme, and the
    scenario, if one is supposed, with its difference from each that stands beside it."""
    found = [View(kind, query) for kind in (Kind.COVERAGE, Kind.TILES, Kind.GAPS, Kind.CALENDAR)]
    found += [View(Kind.THEME, replace(query, theme=theme.id)) for theme in record.themes]
    if query.scenario:
        found.append(View(Kind.SCENARIO, query))
        found += [
            View(Kind.DIFFERENCE, query, place) for place in range(1, max(len(query.beside), 1) + 1)
        ]
    return found


def every_view(record: Record, query: Query) -> list[View]:
    """What can be drawn: what a pack of the record holds, and its region's records side by side."""
    beside = [
        View(Kind.THEN_AND_NOW, query, place) for place in range(1, then_and_now.steps(record) + 1)
    ]
    return [*views(record, query), *beside]


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
    title, sentence, rule = _WORDS[view.kind](record, view)
    both = view.kind is Kind.THEN_AND_NOW
    title = f"{record.label}: {title}" if record.label and not both else title
    refs, women = origins(record, view)
    rests = then_and_now.step_records(record, view.place) if both else [(record, refs)]
    link, base = address(record, view), published()
    return Described(
        title,
        sentence,
        _alt(record, view, title, sentence),
        _ROWS[view.kind](record, view),
        tuple(text for own, places in rests for text in _sources(own, places, women)),
        when(record, view),
        rule,
        _unique(text for own, places in rests for text in _licence(own, view, places, women)),
        record.version,
        link,
        f"{base}{link}" if base else "",
        then_and_now.step_edition(record, view.place) if both else edition(record),
    )


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def drawn(record: Record, view: View) -> Drawn | None:
    """The classes of a view's map and the class of every area; None for a view that is no map."""
    draw = _DRAWN.get(view.kind)
    return draw(record, view) if draw else None


def as_tiles(view: View) -> bool:
    """Whether a view's map is drawn in tiles of equal area."""
    return view.kind is Kind.TILES or (
        view.kind is not Kind.COVERAGE and view.query.view == "tiles"
    )


def address(record: Record, view: View) -> str:
    """The address of a view on the app's own server, with nothing in its link that the view does
    not show."""
    own: dict[str, Any] = {name: getattr(view.query, name) for name in _SHOWN[view.kind]}
    own |= {"view": "tiles"} if as_tiles(view) else {}
    own |= {"panel": "compare"} if view.kind is Kind.DIFFERENCE else {}
    link = replace(Query.default(record), **own).link(record)
    return f"/{address_of(_TOPICS[view.kind], link)}"


def when(record: Record, view: View) -> str:
    """The date of a view, or the stretch of time that it spans."""
    if view.kind is Kind.THEN_AND_NOW:
        return then_and_now.step_when(record, view.place)
    if view.kind is Kind.CALENDAR:
        return " to ".join(map(day_words, span(record)))
    return wording.as_at(record, view.query.on)


@lru_cache(maxsize=8)
def outcome(record: Record, scenario: Scenario) -> Outcome:
    """What a scenario does; kept for the few that words, rows and figure all ask for."""
    return evaluate(record, scenario)


@lru_cache(maxsize=4)
def comparison(record: Record, query: Query) -> Comparison:
    """The scenario of a view beside the others; beside the record as it is, where there are
    none."""
    here = query.supposed(record)
    return compare(
        record,
        [here, *(query.beside or [replace(Scenario.default(record), on=here.on, need=here.need)])],
    )


def _difference_rows(record: Record, view: View) -> Rows:
    """Every area, and which of two scenarios covers it."""
    found = comparison(record, view.query).difference(0, view.place)
    names = {str(code): record.by_code[str(code)].name for code in found.index}
    counted = dict(zip(names, record.counted.tolist(), strict=True))
    return [
        {
            "code": code,
            "name": names[code],
            "covered_in": found[code].value,
            "counted": "yes" if counted[code] else "no",
        }
        for code in names
    ]


_TOPICS = {
    Kind.COVERAGE: Topic.COVERAGE,
    Kind.TILES: Topic.COVERAGE,
    Kind.GAPS: Topic.GAPS,
    Kind.CALENDAR: Topic.GAPS,
    Kind.THEME: Topic.THEMES,
    Kind.SCENARIO: Topic.SCENARIO,
    Kind.DIFFERENCE: Topic.SCENARIO,
    Kind.THEN_AND_NOW: Topic.THEN_AND_NOW,
}
# The fields of a query that each kind of view shows.
_SHOWN: dict[Kind, tuple[str, ...]] = {
    Kind.COVERAGE: ("on", "services"),
    Kind.TILES: ("on", "services"),
    Kind.GAPS: ("on", "need"),
    Kind.CALENDAR: (),
    Kind.THEME: ("on", "theme"),
    Kind.SCENARIO: ("on", "need", "scenario"),
    Kind.DIFFERENCE: ("on", "need", "scenario", "beside"),
    Kind.THEN_AND_NOW: (),
}
_DRAWN: dict[Kind, Callable[[Record, View], Drawn]] = {
    Kind.COVERAGE: lambda record, view: coverage_drawn(record, view.query),
    Kind.TILES: lambda record, view: coverage_drawn(record, view.query),
    Kind.THEME: lambda record, view: theme_drawn(record, view.query),
    Kind.SCENARIO: lambda record, view: scenario_drawn(
        outcome(record, view.query.supposed(record))
    ),
    Kind.DIFFERENCE: lambda record, view: difference_drawn(
        comparison(record, view.query), view.place
    ),
    Kind.THEN_AND_NOW: lambda record, view: then_and_now.step_drawn(record, view.place),
}
_ROWS: dict[Kind, Callable[[Record, View], Rows]] = {
    Kind.COVERAGE: lambda record, view: export.coverage_rows(record, view.query.on),
    Kind.TILES: lambda record, view: export.coverage_rows(record, view.query.on),
    Kind.GAPS: lambda record, view: export.gaps_rows(record, view.query.on, view.query.need),
    Kind.CALENDAR: lambda record, view: export.calendar_rows(record),
    Kind.THEME: lambda record, view: reach_rows(record, view.query.theme or "", view.query.on),
    Kind.SCENARIO: lambda record, view: scenario_rows(outcome(record, view.query.supposed(record))),
    Kind.DIFFERENCE: _difference_rows,
    Kind.THEN_AND_NOW: lambda record, view: then_and_now.step_rows(record, view.place),
}


Words = tuple[str, str, str]


def _coverage_words(record: Record, view: View) -> Words:
    region, query = record.file.region, view.query
    table = coverage(record, query.on)
    said = (
        sentences.filtered_headline(record, table, query.on, query.services)
        if query.services
        else sentences.headline(record, table, query.on)
    )
    return (
        region.map_title,
        said,
        f"Covered: a contract active on the day names the {region.area}. {NEVER_NONE}",
    )


def _gaps_words(record: Record, view: View) -> Words:
    region, query = record.file.region, view.query
    table = coverage(record, query.on)
    said = sentences.gap_headline(
        record, table, women_by_status(record, table, region.scope_minimum_age), query.on
    )
    measure = record.indicators_by_id.get(query.need or "")
    ranked = f"by “{measure.label}”, {measure.date}" if measure else "by name"
    rule = (
        f"Each {region.area} counts once, under its worst kind of gap: worst first, then {ranked}."
        f" {NEVER_NONE}"
    )
    return f"Gaps: {region.areas} with nothing, lapsed, not stated or thin", said, rule


def _calendar_words(record: Record, view: View) -> Words:
    said = " ".join(changes.change_sentences(record, *span(record)))
    rule = "A contract dated to the month runs from its first day to its last."
    return (
        f"Contract calendar: every {record.file.region.area} by month",
        said,
        f"{rule} {NEVER_NONE}",
    )


def _theme_words(record: Record, view: View) -> Words:
    theme, area = record.themes_by_id[view.query.theme or ""], record.file.region.area
    rule = (
        f"Reached: a contract active on the day and named for the theme names the {area}."
        f" {NEVER_NONE}"
    )
    return f"{theme.title}: where contracts reach", gap_sentence(record, theme, view.query.on), rule


def _scenario_words(record: Record, view: View) -> Words:
    asked = view.query.supposed(record)
    rule = f"Supposed, not recorded: {supposed(record, asked)}. {NEVER_NONE}"
    return (
        f"What if: {supposed_in_short(record, asked)}",
        outcome_sentence(outcome(record, asked)),
        rule,
    )


def _difference_words(record: Record, view: View) -> Words:
    found = comparison(record, view.query)
    sides = {LETTERS[place]: found.outcomes[place].scenario for place in (0, view.place)}
    differ = " and ".join(
        f"{letter} ({supposed_in_short(record, asked)})" for letter, asked in sides.items()
    )
    said = "; ".join(
        f"{letter} supposes {supposed(record, asked)}" for letter, asked in sides.items()
    )
    return (
        f"What if: where {differ} differ",
        f"{said}. {found.verdict[view.place]}",
        f"Supposed, not recorded: {said}. {NEVER_NONE}",
    )


_WORDS: dict[Kind, Callable[[Record, View], Words]] = {
    Kind.COVERAGE: _coverage_words,
    Kind.TILES: _coverage_words,
    Kind.GAPS: _gaps_words,
    Kind.CALENDAR: _calendar_words,
    Kind.THEME: _theme_words,
    Kind.SCENARIO: _scenario_words,
    Kind.DIFFERENCE: _difference_words,
    Kind.THEN_AND_NOW: lambda record, view: then_and_now.step_words(record, view.place),
}


def _alt(record: Record, view: View, title: str, sentence: str) -> str:
    """What the figure is, what it shows, and how many areas each class of a map has."""
    region = record.file.region
    shown = drawn(record, view)
    if shown is None:
        form = (
            "Bars, one for each area with a gap"
            if view.kind is Kind.GAPS
            else f"A chart with a bar for each {region.area} over time"
        )
        return f"{form}. {title}. {sentence}"
    form = (
        f"Tiles of equal area, one for each {region.area}"
        if as_tiles(view)
        else f"A map of {region.name} by {region.area}"
    )
    classes = "; ".join(f"{c['label']}: {c['count']}" for c in shown["classes"])
    return f"{form}. {title}. {sentence} Classes, with how many {region.areas} each has: {classes}."


def origins(record: Record, view: View) -> tuple[tuple[Reference, ...], tuple[str, ...]]:
    """What a view rests on: places in the documents, and ids of published figures."""
    file = record.file
    whole = (*file.region.ref, *file.areas_without_service.ref)
    if view.kind is Kind.THEME:
        return (
            *record.themes_by_id[view.query.theme or ""].ref,
            *file.areas_without_service.ref,
        ), ()
    if view.kind is Kind.CALENDAR:
        return (
            tuple(
                r
                for service in record.services
                for r in (*service.contract.ref, *service.service_area.ref)
            ),
            (),
        )
    # the women of whom sentences speak
    counted = [i.id for i in record.indicators if i.women_from_age == file.region.scope_minimum_age]
    if view.kind is Kind.GAPS:
        return whole, tuple(i.id for i in record.indicators if i.id in (*counted, view.query.need))
    if view.kind in (Kind.SCENARIO, Kind.DIFFERENCE):
        return whole, tuple(counted)
    return whole, ()


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
        f"{s.short_title}, {s.date}: {', '.join(by_source[s.id])}"
        for s in record.file.sources
        if s.id in by_source
    ]
    published = [
        f"{record.indicators_by_id[i].short_label}: {record.indicators_by_id[i].source.publisher},"
        f" {record.indicators_by_id[i].date}"
        for i in figures
    ]
    return (*documents, *published)


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
        f"{wording.listing(titles)}: licence {licence}" for licence, titles in documents.items()
    ]
    return tuple(dict.fromkeys(text if text.endswith(".") else f"{text}." for text in found))
