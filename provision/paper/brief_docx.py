"""The briefing as a Word document that its readers can edit: real headings, captions, tables and
alt text, in the language it is written in.

Accessible by Word's own rules: headings in order, alt text on every picture, a header row that
repeats on every table and no cell merged, nothing that floats, no empty paragraph, the title in the
properties."""

from __future__ import annotations

from dataclasses import replace

from provision.links.published import HERE, published, where
from provision.links.query import Query
from provision.paper import brief
from provision.paper.citation import cite, stopped
from provision.paper.table import Table
from provision.paper.tables import FROM_AGE, WOMEN
from provision.paper.then_and_now import areas_then_and_now, step_compared
from provision.paper.view import Kind, outcome
from provision.paper.views import opening
from provision.paper.word import WordPaper, words
from provision.record import Record
from provision.scenarios.codes import Effect
from provision.text.labels import EFFECT_WORDS
from provision.text.scenarios import outcome_sentences
from provision.text.themes import gap_sentence, reach_headline, themes_headline


def brief_docx(record: Record, query: Query) -> bytes:
    """The briefing on a view as DOCX. The same record and view give the same bytes."""
    paper = WordPaper(record, query)
    _summary(paper)
    _coverage(paper)
    _gaps(paper)
    _calendar(paper)
    if record.themes:
        _themes(paper)
    if query.scenario:
        _scenario(paper)
    if Kind.THEN_AND_NOW in paper.told:
        _then_and_now(paper)
    _open_questions(paper)
    _how_to_cite(paper)
    _sources(paper)
    return paper.save()


def _summary(paper: WordPaper) -> None:
    record, query = paper.record, paper.query
    said = [paper.told[kind].sentence for kind in (Kind.COVERAGE, Kind.GAPS, Kind.CALENDAR)]
    said += (
        [themes_headline(record, query.on), reach_headline(record, query.on)]
        if record.themes
        else []
    )
    said += [paper.told[Kind.SCENARIO].sentence] if query.scenario else []
    paper.heading("In brief")
    paper.bullets(said)
    paper.text(record.file.region.caveat)


def _coverage(paper: WordPaper) -> None:
    paper.heading("Coverage")
    paper.figure(Kind.COVERAGE)
    paper.figure(Kind.TILES)
    by_area, printed, _ = paper.tables["coverage"]
    paper.table(_aged(_without(_marked(by_area), 0, 2)), by_area.title)
    paper.table(printed, printed.title, f"{printed.title}. {printed.sentence}")


def _gaps(paper: WordPaper) -> None:
    paper.heading("Gaps")
    paper.figure(Kind.GAPS)
    (table,) = paper.tables["gaps"]
    paper.table(_aged(_without(table, 1, 6)), table.title)


def _calendar(paper: WordPaper) -> None:
    paper.heading("What ends when")
    paper.figure(Kind.CALENDAR)
    table = paper.tables["coverage"][2]
    turns = [
        row
        for before, row in zip((None, *table.rows), table.rows, strict=False)
        if before is None or row[1:] != before[1:]
    ]
    paper.table(
        replace(table, rows=tuple(turns)),
        f"{table.title}; months in which nothing changes are left out",
    )


def _themes(paper: WordPaper) -> None:
    record, query = paper.record, paper.query
    paper.heading("Themes")
    paper.text(themes_headline(record, query.on))
    overview = paper.tables["themes"][0]
    paper.table(_only(overview, 0, 1, 3, 4, 5, 6, 7), overview.title)
    for view in paper.views:
        if view.kind is Kind.THEME:
            theme = record.themes_by_id[view.query.theme or ""]
            paper.heading(theme.title, 2)
            paper.text(
                f"{gap_sentence(record, theme, query.on)} {theme.grade.reason}", with_next=True
            )
            paper.figure(view)


def _scenario(paper: WordPaper) -> None:
    found = outcome(paper.record, paper.query.supposed(paper.record))
    paper.heading("What if")
    paper.text("This part is supposed, not recorded. The baseline is the record as it is.")
    paper.bullets(outcome_sentences(found))
    for view in paper.views:
        if view.kind is Kind.DIFFERENCE:
            paper.text(paper.said[view].sentence, with_next=True)
        if view.kind in (Kind.SCENARIO, Kind.DIFFERENCE):
            paper.figure(view)
    by_area, figures, cost = paper.tables["scenario"]
    changed = tuple(row for row in by_area.rows if row[5] != EFFECT_WORDS[Effect.UNCHANGED])
    if changed:
        paper.table(
            _without(_marked(replace(by_area, rows=changed)), 0, 2),
            f"{by_area.title}: {paper.record.file.region.areas} that the scenario changes",
        )
    paper.table(figures, figures.title)
    paper.table(cost, cost.title)


def _then_and_now(paper: WordPaper) -> None:
    paper.heading("Then and now")
    paper.text("Each record speaks for its own time and source. None continues another.")
    for view in paper.views:
        if view.kind is Kind.THEN_AND_NOW:
            paper.text(paper.said[view].sentence, with_next=True)
            paper.figure(view)
            paper.text(" ".join(paper.said[view].licence))
            compared = step_compared(paper.record, view.place)
            paper.table(compared, compared.title)
    by_area = areas_then_and_now(paper.record)
    paper.table(by_area, by_area.title)


def _open_questions(paper: WordPaper) -> None:
    unstated, disputes = brief.not_stated(paper.record, paper.query), brief.disputes(paper.tables)
    if unstated:
        paper.heading("What the source does not say")
        paper.text("What is not stated is never counted as none, and never as covered.")
        paper.bullets(unstated)
    if disputes:
        paper.heading("Where the source disagrees with itself")
        for dispute in disputes:
            paper.heading(dispute.title, 2)
            paper.text(brief.statements(paper.record, dispute))
            paper.text(f"Done here: {dispute.done_here} What it would change: {dispute.changes}")


def _how_to_cite(paper: WordPaper) -> None:
    record, query = paper.record, paper.query
    place = opening(record, query)
    address = where(place) if published() else ""
    found = cite(
        record,
        "coverage",
        brief.title(record),
        paper.told[Kind.COVERAGE].sentence,
        query,
        dated=True,
        address=address,
    )
    paper.heading("How to cite this paper")
    paper.text("With the address that you have it from, and the day, where those are known.")
    paper.bullets(dict(found.references)["Author-date (Harvard)"].split("\n"))
    if address:
        paper.link("The view in the explorer: ", address, address)
    else:
        paper.text(
            f"The view in the explorer, and those that captions name, are pages {HERE}, whose"
            f" address is not known here. The view: {place}"
        )


def _sources(paper: WordPaper) -> None:
    record = paper.record
    sections: dict[str, dict[str, None]] = {}
    for ref in [ref for group in paper.tables.values() for table in group for ref in table.refs]:
        _, section = record.section(ref)
        sections.setdefault(ref.source, {})[
            f"{section.title}{f' (page {section.page})' if section.page else ''}"
        ] = None
    figures = tuple(
        (
            i.label,
            i.date,
            _stated(
                i.source.title,
                i.source.publisher,
                f"Licence: {i.source.licence}",
                i.source.attribution,
            ),
        )
        for i in record.indicators
    )
    paper.heading("Sources and licences")
    used = [s for s in record.file.sources if s.id in sections]
    paper.bullets(
        f"{s.title}. {s.publisher}, {s.date}. Licence: {s.licence}. Places used:"
        f" {'; '.join(sections[s.id])}."
        for s in used
    )
    if figures:
        paper.table(
            Table("", "", "", ("Figure", "Date", "Source, licence and attribution"), figures, ()),
            "Published figures",
        )
    origin = record.origin
    paper.text(
        f"Outlines: {origin.attribution} Licence: {origin.licence}."
        if origin
        else "The origin of the boundaries is not stated."
    )
    paper.heading("Rules behind the figures", 2)
    paper.bullets(dict.fromkeys(said.rule for said in paper.said.values()))


def _stated(*parts: str) -> str:
    """Parts in one paragraph, each with its full stop."""
    return " ".join(map(stopped, parts))


def _aged(table: Table) -> Table:
    """A table whose numbers of women stand together with the age that they are counted from, so
    that nobody adds them up."""
    women, age = table.columns.index(WOMEN), table.columns.index(FROM_AGE)
    rows = [
        (*row[:women], f"{words(row[women])} ({row[age]}+)", *row[women + 1 :])
        for row in table.rows
    ]
    return _without(replace(table, rows=tuple(rows)), age)


def _without(table: Table, *columns: int) -> Table:
    return _only(table, *(n for n in range(len(table.columns)) if n not in columns))


def _only(table: Table, *columns: int) -> Table:
    return replace(
        table,
        columns=tuple(table.columns[n] for n in columns),
        rows=tuple(tuple(row[n] for n in columns) for row in table.rows),
    )


def _marked(table: Table) -> Table:
    """A table by area whose third column tells what is counted, with that said beside the name of
    what is not."""
    rows = [
        (code, name if counted == "yes" else f"{name} (not counted)", counted, *rest)
        for code, name, counted, *rest in table.rows
    ]
    return replace(table, rows=tuple(rows))
