"""The kinds of figure: what each shows, says and rests on. A new one is an entry of KINDS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from provision.coverage.need import women_by_status
from provision.coverage.status import coverage
from provision.coverage.timeline import eve_of, span, thinned, turning_days
from provision.export import coverage as export
from provision.export.scenarios import scenario_rows
from provision.export.themes import all_reach_rows, reach_rows
from provision.links.destinations import Topic
from provision.paper import findings, then_and_now
from provision.paper.view import NEVER_NONE, Kind, Rows, View, comparison, outcome
from provision.record import Record
from provision.scenarios.compare import LETTERS
from provision.schema.services import Reference
from provision.symbology.calendar import CALENDAR, runs
from provision.symbology.coverage import Drawn, coverage_drawn
from provision.symbology.scenarios import difference_drawn, scenario_drawn
from provision.symbology.themes import theme_drawn
from provision.text import changes
from provision.text import coverage as sentences
from provision.text.comparisons import verdict
from provision.text.headings import coverage_heading, gap_heading
from provision.text.scenarios import outcome_heading, supposed, supposed_in_short
from provision.text.themes import reach_heading, theme_heading, themes_heading


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


def _calendar_rows(record: Record) -> Rows:
    """Every stretch of time that the chart draws, and every day on which one of several services
    ends."""
    first, last = span(record)
    found = runs(record, first, last)
    rows = [
        {
            "code": row["code"],
            "name": row["name"],
            "from": row["start"].isoformat(),
            "until": eve_of(row["end"]).isoformat(),
            "shown_as": CALENDAR[row["kind"]].label,
        }
        for row in found.to_dict("records")
    ]
    for day in (d for d in turning_days(record) if first < d <= last):
        for code in thinned(record, day):
            own = {"code": code, "name": record.by_code[code].name, "from": day.isoformat()}
            rows.append({**own, "until": "", "shown_as": "One of several services has ended"})
    return rows


Words = tuple[str, str, str]


def _coverage_words(record: Record, view: View) -> Words:
    region, query = record.file.region, view.query
    table = coverage(record, query.on)
    said = (
        sentences.filtered_headline(record, table, query.on, query.services)
        if query.services
        else str(coverage_heading(record, table, query.on))
    )
    return (
        region.map_title,
        said,
        f"Covered: a contract active on the day names the {region.area}. {NEVER_NONE}",
    )


def _gaps_words(record: Record, view: View) -> Words:
    region, query = record.file.region, view.query
    table = coverage(record, query.on)
    women = women_by_status(record, table, region.scope_minimum_age)
    said = str(gap_heading(record, table, women, query.on))
    measure = record.indicators_by_id.get(query.need or "")
    ranked = f"by “{measure.label}”, {measure.date}" if measure else "by name"
    rule = (
        f"Each {region.area} counts once, under its worst kind of gap: worst first, then {ranked}."
        f" {NEVER_NONE}"
    )
    return f"Gaps: {region.areas} by their worst kind of gap", said, rule


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
    return (
        f"{theme.title}: where contracts reach",
        str(theme_heading(record, theme, view.query.on)),
        rule,
    )


def _themes_words(record: Record, view: View) -> Words:
    area = record.file.region.area
    rule = (
        f"Reached: a contract active on the day and named for the theme names the {area}."
        f" {NEVER_NONE}"
    )
    said = f"{themes_heading(record, view.query.on)} {reach_heading(record, view.query.on)}"
    return "Themes side by side: where contracts reach", said, rule


def _scenario_words(record: Record, view: View) -> Words:
    asked = view.query.supposed(record)
    rule = f"Supposed, not recorded: {supposed(record, asked)}. {NEVER_NONE}"
    return (
        f"What if: {supposed_in_short(record, asked)}",
        str(outcome_heading(outcome(record, asked))),
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
        f"{said}. {verdict(found)[view.place]}",
        f"Supposed, not recorded: {said}. {NEVER_NONE}",
    )


@dataclass(frozen=True)
class FigureKind:
    """What one kind of figure is: the page (``topic``) that has its view, the fields of a query
    that it ``shows``, its ``finding`` (what it shows, in short), its ``words`` (topic, sentence,
    rule), its ``rows``, its map (``drawn``; None for a chart, which ``chart`` describes in words
    for alt text), and what it rests on: ``refs`` in the documents and ids of published
    ``figures``."""

    topic: Topic
    shows: tuple[str, ...]
    finding: Callable[[Record, View], str]
    words: Callable[[Record, View], Words]
    rows: Callable[[Record, View], Rows]
    drawn: Callable[[Record, View], Drawn] | None = None
    chart: str = ""
    refs: Callable[[Record, View], tuple[Reference, ...]] = lambda record, view: _whole(record)
    figures: Callable[[Record, View], tuple[str, ...]] = lambda record, view: ()


def _whole(record: Record) -> tuple[Reference, ...]:
    return (*record.file.region.ref, *record.file.areas_without_service.ref)


def _theme_refs(record: Record, view: View) -> tuple[Reference, ...]:
    theme = record.themes_by_id[view.query.theme or ""]
    return (*theme.ref, *record.file.areas_without_service.ref)


def _contract_refs(record: Record, view: View) -> tuple[Reference, ...]:
    return tuple(
        ref
        for service in record.services
        for ref in (*service.contract.ref, *service.service_area.ref)
    )


def _women(record: Record, view: View) -> tuple[str, ...]:
    """The women of whom sentences speak."""
    age = record.file.region.scope_minimum_age
    return tuple(i.id for i in record.indicators if i.women_from_age == age)


def _women_and_need(record: Record, view: View) -> tuple[str, ...]:
    counted = (*_women(record, view), view.query.need)
    return tuple(i.id for i in record.indicators if i.id in counted)


_COVERAGE = FigureKind(
    Topic.COVERAGE,
    ("on", "services"),
    findings.coverage_finding,
    _coverage_words,
    lambda record, view: export.coverage_rows(record, view.query.on),
    lambda record, view: coverage_drawn(record, view.query),
)
# A new kind of figure is one entry here, and its name in Kind.
KINDS: dict[Kind, FigureKind] = {
    Kind.COVERAGE: _COVERAGE,
    Kind.TILES: _COVERAGE,
    Kind.GAPS: FigureKind(
        Topic.GAPS,
        ("on", "need"),
        findings.gaps_finding,
        _gaps_words,
        lambda record, view: export.gaps_rows(record, view.query.on, view.query.need),
        chart="Bars, one for each area with a gap",
        figures=_women_and_need,
    ),
    Kind.CALENDAR: FigureKind(
        Topic.GAPS,
        (),
        findings.calendar_finding,
        _calendar_words,
        lambda record, view: _calendar_rows(record),
        chart="A chart with a bar for each {area} over time",
        refs=_contract_refs,
    ),
    Kind.THEMES: FigureKind(
        Topic.THEMES,
        ("on",),
        findings.themes_finding,
        _themes_words,
        lambda record, view: all_reach_rows(record, view.query.on),
        chart="Small maps, one for each picture that themes share",
        refs=lambda record, view: (
            *dict.fromkeys(ref for theme in record.themes for ref in theme.ref),
        ),
    ),
    Kind.THEME: FigureKind(
        Topic.THEMES,
        ("on", "theme"),
        findings.theme_finding,
        _theme_words,
        lambda record, view: reach_rows(record, view.query.theme or "", view.query.on),
        lambda record, view: theme_drawn(record, view.query),
        refs=_theme_refs,
    ),
    Kind.SCENARIO: FigureKind(
        Topic.SCENARIO,
        ("on", "need", "scenario"),
        findings.scenario_finding,
        _scenario_words,
        lambda record, view: scenario_rows(outcome(record, view.query.supposed(record))),
        lambda record, view: scenario_drawn(outcome(record, view.query.supposed(record))),
        figures=_women,
    ),
    Kind.DIFFERENCE: FigureKind(
        Topic.SCENARIO,
        ("on", "need", "scenario", "beside"),
        findings.difference_finding,
        _difference_words,
        _difference_rows,
        lambda record, view: difference_drawn(comparison(record, view.query), view.place),
        figures=_women,
    ),
    Kind.THEN_AND_NOW: FigureKind(
        Topic.THEN_AND_NOW,
        (),
        findings.then_and_now_finding,
        lambda record, view: then_and_now.step_words(record, view.place),
        lambda record, view: then_and_now.step_rows(record, view.place),
        lambda record, view: then_and_now.step_drawn(record, view.place),
    ),
}
