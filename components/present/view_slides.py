"""Slides of views: what the screen shows of coverage, gaps, calendar, themes and a scenario."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from components.scenario.panels import outcome_of
from components.themes.grid import grid_cells
from provision.coverage.need import Gap, gaps
from provision.coverage.status import Status, counts, coverage
from provision.coverage.timeline import span, turning_days
from provision.dates import day_words, month_end, months
from provision.english import listing, number
from provision.io.figures import Indicator
from provision.links.destinations import Topic
from provision.links.query import Query
from provision.paper import view as view_paper
from provision.paper import views
from provision.paper.then_and_now import step, step_drawn, step_edition, step_when, steps
from provision.record import Record
from provision.schema.services import NOT_STATED, ONGOING, Contract
from provision.symbology.calendar import CALENDAR
from provision.symbology.coverage import SOLIDS, Drawn, MapClass, as_data, coverage_drawn
from provision.symbology.scenarios import difference_drawn, scenario_drawn
from provision.symbology.themes import theme_drawn, together_drawn
from provision.text.changes import change_sentences
from provision.text.themes import reach_heading, theme_heading
from provision.text.then_and_now import caution_sentences, sentences
from provision.text.together import every_theme_heading, together_heading
from provision.text.wording import as_at, region_words
from provision.themes.reach import named_themes
from provision.workshop.headlines import outcome_headline
from provision.workshop.story import View

Slide = dict[str, Any]
MOST_ROWS = 33  # of a list that is to be read from the back

_CAUTIONS = 4  # the weightiest, which are read from the back; the others stand at the foot
_MONTHS = 48  # columns that can be told apart from the back
_UNCHANGED_RULE = "Supposed, not recorded. Not stated in the source is never counted as none."
_MEANT = {  # what the small maps say, in whole words
    "none can be placed": (
        "None can be placed: the source names no contract in any {area} for the theme."
    ),
    "area not stated": "Area not stated: the source tells of a service and not where.",
}
_SAID = {
    Status.NONE: "× No contracted service",
    Status.LAPSED: "– Lapsed",
    Status.NOT_STATED: "? Not stated in the source",
}
_COVERED = MapClass(Status.COVERED.value, "Covered", "", SOLIDS[0])


def view_slide(record: Record, view: View) -> Slide:
    try:
        return _SLIDES[view.topic](record, view)
    except ValueError as error:
        return words_slide(f"This cannot be shown: {error}.")


def words_slide(sentence: str, lines: Sequence[str] = ()) -> Slide:
    return {"type": "words", "sentence": sentence, "lines": list(lines)}


def map_slide(
    record: Record, query: Query, drawn: Drawn, sentence: str, *, selected: str | None = None
) -> Slide:
    tiled = query.view == "tiles"
    outlines = (
        record.origin.attribution
        if record.origin
        else "The origin of the boundaries is not stated."
    )
    return {
        "type": "map",
        "sentence": sentence,
        "drawn": drawn,
        "view": query.view,
        "selected": selected,
        "foot": [] if tiled else [outlines],
    }


def _coverage(record: Record, view: View) -> Slide:
    query = view.query
    found = views.describe(record, view_paper.View(view_paper.Kind.COVERAGE, query))
    return {
        **map_slide(
            record, query, coverage_drawn(record, query), found.sentence, selected=query.area
        ),
        "under": [record.file.region.caveat],
    }


def _themes(record: Record, view: View) -> Slide:
    query = view.query
    if not query.theme:
        return _theme_maps(record, view)
    theme = record.themes_by_id[query.theme]
    caution = [theme.caution] if theme.caution else []
    return {
        **map_slide(
            record,
            query,
            theme_drawn(record, query),
            str(theme_heading(record, theme, query.on)),
            selected=query.area,
        ),
        "under": caution,
    }


def _theme_maps(record: Record, view: View) -> Slide:
    if not record.themes:
        return words_slide(f"The record of {region_words(record)} says nothing theme by theme.")
    query = view.query
    found = grid_cells(record, query)
    drawn = map_slide(record, query, found, str(reach_heading(record, query.on)))
    kinds = {badge for own in found["maps"] for badge in own["badges"]} | {
        own["said"] for own in found["maps"]
    }
    meant = [words for said, words in _MEANT.items() if any(said in kind for kind in kinds)]
    return {
        **drawn,
        "type": "grid",
        "under": (
            [" ".join(meant).format(area=record.file.region.area, areas=record.file.region.areas)]
            if meant
            else []
        ),
    }


def _intersections(record: Record, view: View) -> Slide:
    query = view.query
    themes = query.themes or tuple(named_themes(record))
    if not themes:
        return words_slide(str(every_theme_heading(record, query.on)))
    sentence = (
        str(together_heading(record, themes, query.on))
        if query.themes
        else str(every_theme_heading(record, query.on))
    )
    return map_slide(
        record, query, together_drawn(record, themes, query), sentence, selected=query.area
    )


def _scenario(record: Record, view: View) -> Slide:
    query = view.query
    if query.panel == "compare" and query.beside:
        found = views.describe(record, view_paper.View(view_paper.Kind.DIFFERENCE, query))
        return {
            **map_slide(
                record,
                query,
                difference_drawn(view_paper.comparison(record, query), 1),
                found.sentence,
            ),
            "under": [found.rule],
        }
    found = views.describe(record, view_paper.View(view_paper.Kind.SCENARIO, query))
    outcome = outcome_of(record, query.supposed(record))
    return {
        **map_slide(record, query, scenario_drawn(outcome), found.sentence),
        "short": outcome_headline(outcome),
        "under": [_UNCHANGED_RULE],
    }


def _gap_list(record: Record, query: Query) -> Slide:
    """Who has nothing, or is not known to have anything, with the chosen measure of need as a
    bar."""
    found = gaps(record, query.on, query.need)
    found = found[found["gap"].isin([Gap.NONE, Gap.LAPSED, Gap.NOT_STATED])]
    measure = record.indicators_by_id.get(query.need or "")
    most = found["need"].max() if measure else float("nan")
    rows = [
        {"name": row["name"], "kind": row["status"].value, **_need(row["need"], most, measure)}
        for row in found.to_dict("records")
    ]
    own = views.describe(record, view_paper.View(view_paper.Kind.GAPS, query))
    ranked = (
        f"By {measure.label.lower()}, {measure.date}. {measure.caution}"
        if measure
        else "By name: no figures are stated."
    )
    left = len(rows) - MOST_ROWS
    groups = [
        {"kind": kind.value, "words": _SAID[kind], "rows": of_kind}
        for kind in (Status.NONE, Status.LAPSED, Status.NOT_STATED)
        if (of_kind := [row for row in rows[:MOST_ROWS] if row["kind"] == kind.value])
    ]
    return {
        "type": "list",
        "sentence": own.sentence,
        "under": [ranked],
        "columns": [record.file.region.area.capitalize(), measure.short_label if measure else ""],
        "groups": groups,
        "more": f"and {left} more" if left > 0 else "",
        "foot": [measure.source.attribution] if measure else [],
    }


def _need(need: float, most: float, measure: Indicator | None) -> dict[str, Any]:
    """The chosen measure of one area, in words and as a share of the most."""
    import pandas as pd

    if not measure:
        return {"need": "", "share": 0.0}
    if pd.isna(need):
        return {"need": NOT_STATED, "share": 0.0}
    return {
        "need": f"{need:,.{measure.decimals}f}",
        "share": float(need / most) if most > 0 else 0.0,
    }


def _calendar(record: Record) -> Slide:
    """How many areas are covered at the end of each month, how many are not, and the contracts
    behind that."""
    first, last = span(record)
    ends = [month_end(day) for day in months(first, last)]
    ends = ends[:: len(ends) // _MONTHS + 1]
    tallies = [counts(coverage(record, day)) for day in ends]
    classes = [
        _COVERED,
        *(CALENDAR[s.value] for s in (Status.LAPSED, Status.NONE, Status.NOT_STATED)),
    ]
    used = [kind for kind in classes if any(tally[Status(kind.id)] for tally in tallies)]
    return {
        "type": "calendar",
        "sentence": _course(record, ends[0], last),
        "under": change_sentences(record, first, last),
        "classes": as_data(used),
        "months": [f"{day:%b %Y}" for day in ends],
        "counts": [[tally[Status(kind.id)] for tally in tallies] for kind in used],
        "contracts": [f"{s.short_name}: {_term(s.contract)}" for s in record.services],
        "axis": f"{record.file.region.areas.capitalize()} at the end of each month",
        "foot": [_documents(record)],
    }


def _term(contract: Contract) -> str:
    start = "start not stated" if contract.start == NOT_STATED else str(contract.start)
    if contract.end == ONGOING:
        return f"{start}, ongoing"
    end = "an end that is not stated" if contract.end == NOT_STATED else contract.end
    return f"{start} to {end}"


def _documents(record: Record) -> str:
    """What says who is covered, and until when, by title."""
    cited = [record.file.region.ref, *(s.ref for s in record.services)]
    known = {source.id: source.short_title for source in record.file.sources}
    titles = dict.fromkeys(known[ref.source] for refs in cited for ref in refs)
    return f"Source{'s' * (len(titles) > 1)}: {listing(titles)}."


def _course(record: Record, start: date, last: date) -> str:
    """How many areas are covered to begin with, and after each day on which that number changes."""
    covered = {
        day: counts(coverage(record, day))[Status.COVERED]
        for day in [start, *(d for d in turning_days(record) if start < d <= last)]
    }
    parts, before = [], None
    for day, n in covered.items():
        if n != before:
            parts.append(
                f"{number(n)} {'at' if day == start else 'from'}"
                f" {as_at(record, day) if day == start else day_words(day)}"
            )
        before = n
    areas = record.file.region.areas
    return f"Of {int(record.counted.sum())} {areas}, contracts cover {', '.join(parts)}."


def _then_and_now(record: Record, query: Query, place: int) -> Slide:
    """A step from one record of the region to the next, with what speaks against reading them as
    one."""
    found, pair = step(record, place)
    said = sentences(found, pair)
    slide = map_slide(record, query, step_drawn(record, place), said[0], selected=query.area)
    sources = [_documents(own) for own in (found.records[n] for n in pair)]
    dates = f"The two records are as at {step_when(record, place)}. {step_edition(record, place)}."
    cautions = caution_sentences(found, pair)
    under = [*said[1:], " ".join(cautions[:_CAUTIONS])]
    foot = [*cautions[_CAUTIONS:], *dict.fromkeys(sources), *slide["foot"]]
    return {**slide, "under": under, "as_at": dates, "foot": foot}


_SLIDES: dict[Topic, Callable[[Record, View], Slide]] = {
    Topic.COVERAGE: _coverage,
    Topic.AREA: _coverage,
    Topic.GAPS: lambda record, view: _gap_list(record, view.query),
    Topic.LAPSES: lambda record, view: _calendar(record),
    Topic.SCENARIO: _scenario,
    Topic.THEMES: _themes,
    Topic.THEME_MAPS: _theme_maps,
    Topic.TOGETHER: _intersections,
    Topic.THEN_AND_NOW: lambda record, view: _then_and_now(record, view.query, 1),
    Topic.LATEST: lambda record, view: _then_and_now(record, view.query, steps(record)),
}
