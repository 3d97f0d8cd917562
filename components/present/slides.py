"""What each step of a story puts on the screen, as plain data: worked out for the whole story at
once, so that the browser can turn to the next step without asking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin, urlsplit

import pandas as pd

from components.scenario.panels import outcome_of
from components.themes.panels import grid_cells
from provision.coverage.need import Gap, gaps
from provision.coverage.status import Status, counts, coverage
from provision.coverage.timeline import span, turning_days
from provision.dates import day_words, month_end, months
from provision.links.destinations import Topic
from provision.links.query import Query
from provision.location.best_hubs import (
    Asked,
    Best,
    Shortfall,
    best_hubs,
    candidate_sites,
    with_hubs,
)
from provision.paper import views
from provision.record import Record
from provision.schema.services import NOT_STATED, ONGOING, Contract
from provision.symbology.calendar import CALENDAR
from provision.symbology.coverage import SOLIDS, Drawn, MapClass, as_data, coverage_drawn
from provision.symbology.scenarios import difference_drawn, scenario_drawn
from provision.symbology.themes import theme_drawn, together_drawn
from provision.text.coverage import as_at, change_sentences, edition, listing, number, region_words
from provision.text.headlines import best_headline, outcome_headline
from provision.text.scenarios import best_sentence, outcome_sentence, shortfall_sentence
from provision.text.themes import (
    every_theme_sentence,
    gap_sentence,
    reach_headline,
    together_headline,
)
from provision.themes.reach import named_themes
from provision.workshop.reveal import (
    Guess,
    Reveal,
    Tally,
    measure,
    most_guessed,
    result_words,
    reveal,
    reveal_sentence,
    room_sentence,
    tallied,
)
from provision.workshop.story import (
    Kind,
    Step,
    Story,
    View,
    question_of,
    question_sentence,
    terms_sentence,
    view_of,
)

Slide = dict[str, Any]
MOST_ROWS = 33  # of a list that is to be read from the back
LISTED = 12  # sets that are as good as the best, by name
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


@lru_cache(maxsize=16)
def slides(record: Record, story: Story) -> tuple[Slide, ...]:
    """Every step as it is drawn, in order. Not to be changed: they are kept."""
    return tuple(slide(record, own) for own in story.steps)


@lru_cache(maxsize=256)
def slide(record: Record, own: Step) -> Slide:
    """One step: ``type`` (how it is drawn), ``headline``, ``under`` (what stands below it),
    ``foot``, ``link``, and what its type needs."""
    view = view_of(record, own.link)
    drawn = (
        _ask(record, own)
        if own.kind is Kind.ASK
        else _best(record, own)
        if own.kind is Kind.BEST
        else _view(record, view)
    )
    sentence = drawn.pop("sentence")
    short = drawn.pop("short", "")
    title = (own.question if own.kind is Kind.ASK else own.title) or short
    under = [sentence, *drawn.pop("under", [])] if title else drawn.pop("under", [])
    foot = [
        f"As at {as_at(record, view.query.on)}. {edition(record)}.",
        *drawn.pop("foot", []),
    ]
    return {
        "kind": own.kind.value,
        "link": own.link,
        "headline": title or sentence,
        "sentence": sentence,
        "under": under,
        "foot": foot,
        **drawn,
    }


def _view(record: Record, view: View) -> Slide:
    try:
        return _SLIDES[view.topic](record, view)
    except ValueError as error:
        return _words(f"This cannot be shown: {error}.")


def _words(sentence: str, lines: Sequence[str] = ()) -> Slide:
    return {"type": "words", "sentence": sentence, "lines": list(lines)}


def _map(
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
    found = views.describe(record, views.View(views.Kind.COVERAGE, query))
    return {
        **_map(record, query, coverage_drawn(record, query), found.sentence, selected=query.area),
        "under": [record.file.region.caveat],
    }


def _themes(record: Record, view: View) -> Slide:
    query = view.query
    if not query.theme:
        return _theme_maps(record, view)
    theme = record.themes_by_id[query.theme]
    caution = [theme.caution] if theme.caution else []
    return {
        **_map(
            record,
            query,
            theme_drawn(record, query),
            gap_sentence(record, theme, query.on),
            selected=query.area,
        ),
        "under": caution,
    }


def _theme_maps(record: Record, view: View) -> Slide:
    if not record.themes:
        return _words(f"The record of {region_words(record)} says nothing theme by theme.")
    query = view.query
    found = grid_cells(record, query)
    drawn = _map(record, query, found, reach_headline(record, query.on))
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
        return _words(every_theme_sentence(record, query.on))
    sentence = (
        together_headline(record, themes, query.on)
        if query.themes
        else every_theme_sentence(record, query.on)
    )
    return _map(record, query, together_drawn(record, themes, query), sentence, selected=query.area)


def _scenario(record: Record, view: View) -> Slide:
    query = view.query
    if query.panel == "compare" and query.beside:
        found = views.describe(record, views.View(views.Kind.DIFFERENCE, query))
        return {
            **_map(
                record, query, difference_drawn(views.comparison(record, query), 1), found.sentence
            ),
            "under": [found.rule],
        }
    found = views.describe(record, views.View(views.Kind.SCENARIO, query))
    outcome = outcome_of(record, query.supposed(record))
    return {
        **_map(record, query, scenario_drawn(outcome), found.sentence),
        "short": outcome_headline(outcome),
        "under": [_UNCHANGED_RULE],
    }


# Lists and calendars


def _gap_list(record: Record, query: Query) -> Slide:
    """Who has nothing, or is not known to have anything, with the chosen measure of need as a
    bar."""
    found = gaps(record, query.on, query.need)
    found = found[found["gap"].isin([Gap.NONE, Gap.LAPSED, Gap.NOT_STATED])]
    measure = record.indicators_by_id.get(query.need or "")
    most = found["need"].max() if measure else float("nan")
    rows = [
        {
            "name": row["name"],
            "kind": row["status"].value,
            "need": (
                ""
                if not measure
                else (
                    "not stated" if pd.isna(row["need"]) else f"{row['need']:,.{measure.decimals}f}"
                )
            ),
            "share": (
                float(row["need"] / most) if measure and pd.notna(row["need"]) and most > 0 else 0.0
            ),
        }
        for row in found.to_dict("records")
    ]
    own = views.describe(record, views.View(views.Kind.GAPS, query))
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


_SLIDES: dict[Topic, Callable[[Record, View], Slide]] = {
    Topic.COVERAGE: _coverage,
    Topic.AREA: _coverage,
    Topic.GAPS: lambda record, view: _gap_list(record, view.query),
    Topic.LAPSES: lambda record, view: _calendar(record),
    Topic.SCENARIO: _scenario,
    Topic.THEMES: _themes,
    Topic.THEME_MAPS: _theme_maps,
    Topic.TOGETHER: _intersections,
}


# The room is asked, and answered


def _ask(record: Record, own: Step) -> Slide:
    asked = question_of(record, own)
    query = view_of(record, own.link).query
    drawn = (
        coverage_drawn(record, query)
        if asked.start.changes_nothing
        else scenario_drawn(outcome_of(record, asked.start))
    )
    return {
        **_map(record, query, drawn, question_sentence(asked)),
        "type": "ask",
        "under": [terms_sentence(record, asked)],
        "places": list(candidate_sites(record, asked)),
        "hubs": asked.hubs,
        "area": record.file.region.area,
    }


def _best(record: Record, own: Step) -> Slide:
    asked = question_of(record, own)
    found = best_of(record, asked)
    if isinstance(found, str):
        return _words(f"That cannot be asked: {found}.")
    query = view_of(record, own.link).query
    first = found.choices[0]
    return {
        **_map(
            record,
            query,
            scenario_drawn(outcome_of(record, with_hubs(asked, first))),
            best_sentence(record, asked, found),
        ),
        "short": best_headline(record, asked, found),
        "type": "best",
        "best": f"{_which(found)}: {names(record, first.areas)}",
        "ties": ties(record, found),
        "tied": "The best" if found.ties == 1 else "Equally good",
        "counted": f"Reached, in {measure(record, asked)}",
    }


@lru_cache(maxsize=64)
def best_of(record: Record, asked: Asked) -> Best | str:
    """The exact best for a question; why there is none, where it cannot be asked."""
    try:
        return best_hubs(record, asked)
    except ValueError as error:
        return str(error)


def _which(best: Best) -> str:
    """Which of the best the map shows."""
    return (
        "One of the best"
        if best.ties is None
        else "Best"
        if best.ties == 1
        else f"Best (1 of {best.ties:,})"
    )


def ties(record: Record, best: Best) -> list[str]:
    """The sets that are equally good, by name; what is not listed is counted."""
    if best.ties is None:
        return ["How many other choices are equally good was not counted."]
    listed = [names(record, choice.areas) for choice in best.choices[:LISTED]]
    return [
        *listed,
        *([f"and {best.ties - len(listed):,} more"] if best.ties > len(listed) else []),
    ]


def names(record: Record, areas: Sequence[str]) -> str:
    """Areas by name, in running text."""
    return listing(record.by_code[code].name for code in areas)


@lru_cache(maxsize=64)
def revealed(record: Record, asked: Asked, made: tuple[Guess, ...]) -> Reveal:
    """The guesses beside the exact best. Raises ValueError for a guess that cannot be."""
    return reveal(record, asked, made)


@lru_cache(maxsize=64)
def answers(record: Record, asked: Asked, made: tuple[Guess, ...]) -> dict[str, Any]:
    """What is said of the guesses: ``guesses`` as they were made, ``counts`` of them by area
    (code), ``choices`` (each once, with its map), ``rows`` of choices with the same result, the
    best first, and which choice is compared ``first``. Not to be changed: it is kept."""
    if not made:
        return {
            "said": "",
            "whole": "",
            "guesses": [],
            "counts": {},
            "choices": [],
            "rows": [],
            "first": -1,
        }
    found = revealed(record, asked, made)
    choices = tallied(found)
    most = most_guessed(choices)
    last = max(choices, key=lambda own: own.numbers[-1])
    rows: dict[str, list[int]] = {}
    for n in sorted(
        range(len(choices)),
        key=lambda n: (choices[n].answer.missed, -choices[n].answer.choice.gain),
    ):
        rows.setdefault(result_words(choices[n].answer), []).append(n)
    return {
        "said": room_sentence(found),
        "whole": reveal_sentence(record, found),
        "guesses": [
            {"id": own.id, "names": names(record, own.areas), "reason": own.reason} for own in made
        ],
        "counts": dict(Counter(code for own in made for code in own.areas)),
        "choices": [_choice(record, asked, own, own is most, len(made)) for own in choices],
        "rows": [{"words": words, "choices": numbers} for words, numbers in rows.items()],
        "first": choices.index(most or last),
    }


def _choice(record: Record, asked: Asked, own: Tally, most: bool, all_: int) -> dict[str, Any]:
    """One choice of the room: how it is named in a list and above its map, why, and the map."""
    answer, many = own.answer, len(own.numbers)
    outcome = outcome_of(record, with_hubs(asked, answer.choice))
    where = names(record, answer.guess.areas)
    which = f"Guess{'es' * (many > 1)} {listing(map(str, own.numbers))}"
    return {
        "names": where + (f", {number(many)} guesses" if many > 1 else ""),
        "caption": (
            f"{'The only guess' if all_ == 1 else f'Most guessed, {many} of {all_}' if most else which}:"
            f" {where}"
        ),
        "reasons": "; ".join(own.reasons),
        "said": shortfall_sentence(
            record, asked, Shortfall(answer.choice, answer.best), "This choice"
        ),
        "sentence": outcome_sentence(outcome),
        "drawn": scenario_drawn(outcome),
    }


# Codes to point a telephone at


@lru_cache(maxsize=256)
def code(address: str) -> str:
    """A QR code as an image in an address of its own, made here; empty where the address is too
    long for one."""
    import segno

    try:
        return segno.make(address, micro=False, error="m").svg_data_uri(border=4)
    except segno.DataOverflowError:
        return ""


def addresses(story: Story, here: str) -> list[Mapping[str, str]]:
    """For each step the address of its view under the address of the explorer, its code, and
    whether others can reach it."""
    return [_addressed(urljoin(here, own.link)) for own in story.steps]


def _addressed(address: str) -> Mapping[str, str]:
    host = urlsplit(address).hostname or ""
    alone = host in ("localhost", "::1") or host.startswith("127.")
    warning = (
        "Only this computer can open this address: serve the app to others, then open it here by"
        " this computer's name."
        if alone
        else ""
    )
    image = code(address)
    return {
        "address": address,
        "code": image,
        "warning": warning or ("" if image else "The address is too long for a code."),
    }


def dated(record: Record, step: Step) -> str:
    """The date of a step's view in words, for lists of steps."""
    return day_words(view_of(record, step.link).query.on)
