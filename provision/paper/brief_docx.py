"""The briefing as a Word document that its readers can edit: four to six pages to read and to sign,
and an annex to look things up in.

Accessible by Word's own rules: headings in order, alt text on every picture, a header row that
repeats on every table and no cell merged, nothing that floats, no empty paragraph, the title in the
properties."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from provision.coverage.status import Status, coverage
from provision.english import listing
from provision.links.published import HERE, published, where
from provision.links.query import Query
from provision.paper import brief
from provision.paper.citation import cite, stopped
from provision.paper.table import Table
from provision.paper.tables import FROM_AGE, WOMEN
from provision.paper.then_and_now import areas_then_and_now, step_compared
from provision.paper.view import Kind, outcome
from provision.paper.views import opening
from provision.paper.word import WordPaper
from provision.paper.word_table import words
from provision.record import Record
from provision.scenarios.codes import Effect
from provision.text.labels import EFFECT_WORDS
from provision.text.scenarios import outcome_sentences
from provision.text.themes import reach_heading, themes_heading

_SUMMARY, _MISSING, _ENDS = "Summary", "Who has no service", "What ends, and when"
_THEMES, _SUPPOSED, _UNKNOWN = "Themes", "What if", "What we do not know"
_ANNEX = "Annex"


def brief_docx(record: Record, query: Query, template: Path | None = None) -> bytes:
    """The briefing on a view as DOCX, in an organisation's own ``template`` if there is one. The
    same record, view and template give the same bytes."""
    paper = WordPaper(record, query, template)
    _summary(paper)
    _missing(paper)
    _ends(paper)
    if record.themes:
        _themes(paper)
    if query.scenario:
        _scenario(paper)
    if Kind.THEN_AND_NOW in paper.told:
        _then_and_now(paper)
    _unknown(paper)
    _annex(paper)
    return paper.save()


def _summary(paper: WordPaper) -> None:
    record, query = paper.record, paper.query
    parts = [_SUMMARY, _MISSING, _ENDS, *([_THEMES] if record.themes else [])]
    parts += [*([_SUPPOSED] if query.scenario else []), _UNKNOWN, _ANNEX]
    paper.heading(_SUMMARY)
    paper.bullets(brief.findings(record, query, paper.said))
    paper.text(record.file.region.caveat)
    paper.contents(parts)


def _missing(paper: WordPaper) -> None:
    record, (table,) = paper.record, paper.tables["gaps"]
    paper.heading(_MISSING)
    paper.text(paper.told[Kind.COVERAGE].sentence, with_next=True)
    paper.figure(Kind.COVERAGE)
    paper.text(paper.told[Kind.GAPS].sentence)
    status = coverage(record, paper.query.on)["status"]
    worst = tuple(row for row in table.rows if status[str(row[1])] is not Status.COVERED)
    if worst:
        areas = record.file.region.areas.capitalize()
        title = f"{areas} with no contracted service, or of which it is not stated"
        paper.table(_aged(_only(replace(table, rows=worst), 2, 3, 7, 8)), title)


def _ends(paper: WordPaper) -> None:
    paper.heading(_ENDS)
    for sentence in brief.sentences(paper.told[Kind.CALENDAR].sentence):
        paper.text(sentence)
    paper.figure(Kind.CALENDAR)


def _themes(paper: WordPaper) -> None:
    record, query = paper.record, paper.query
    paper.heading(_THEMES)
    paper.text(str(themes_heading(record, query.on)))
    paper.text(str(reach_heading(record, query.on)), with_next=True)
    paper.figure(Kind.THEMES)


def _scenario(paper: WordPaper) -> None:
    found = outcome(paper.record, paper.query.supposed(paper.record))
    paper.heading(_SUPPOSED)
    paper.text("We suppose what follows. The baseline is the record as it is.")
    paper.bullets(outcome_sentences(found))
    for view in paper.views:
        if view.kind is Kind.DIFFERENCE:
            paper.text(paper.said[view].sentence, with_next=True)
        if view.kind in (Kind.SCENARIO, Kind.DIFFERENCE):
            paper.figure(view)


def _unknown(paper: WordPaper) -> None:
    unstated = brief.not_stated(paper.record, paper.query)
    disputes = [d for d in brief.disputes(paper.tables) if "counts" in d.touches]
    paper.heading(_UNKNOWN)
    paper.text("What is not stated is never counted as none, and never as covered.")
    paper.bullets(line for line in unstated if line.startswith("Whether"))
    paper.bullets(f"{d.title}. {d.done_here}" for d in disputes)
    paper.text("The annex lists everything that is not stated, and where the sources disagree.")


def _annex(paper: WordPaper) -> None:
    paper.heading(_ANNEX, new_page=True)
    _coverage(paper)
    paper.heading("Every gap", 2)
    paper.figure(Kind.GAPS)
    if paper.record.themes:
        _every_theme(paper)
    if paper.query.scenario:
        _scenario_tables(paper)
    if Kind.THEN_AND_NOW in paper.told:
        _records_compared(paper)
    _open_questions(paper)
    _how_to_cite(paper)
    _sources(paper)


def _coverage(paper: WordPaper) -> None:
    by_area, printed, _ = paper.tables["coverage"]
    paper.heading(f"Every {paper.record.file.region.area}", 2)
    paper.table(_short(paper.record, _marked(by_area)), by_area.title)
    paper.text(printed.sentence[:1].upper() + printed.sentence[1:], with_next=True)
    paper.table(printed, printed.title)


def _every_theme(paper: WordPaper) -> None:
    overview = paper.tables["themes"][0]
    paper.heading("Every theme", 2)
    paper.table(_only(overview, 0, 1, 2, 3, 4), overview.title)


def _scenario_tables(paper: WordPaper) -> None:
    paper.heading("The scenario in figures", 2)
    by_area, figures, cost = paper.tables["scenario"][:3]
    changed = tuple(row for row in by_area.rows if row[5] != EFFECT_WORDS[Effect.UNCHANGED])
    if changed:
        areas = paper.record.file.region.areas
        paper.table(
            _without(_marked(replace(by_area, rows=changed)), 0, 2),
            f"{by_area.title}: {areas} that the scenario changes",
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


def _records_compared(paper: WordPaper) -> None:
    paper.heading("Records side by side", 2)
    for view in paper.views:
        if view.kind is Kind.THEN_AND_NOW:
            paper.text(" ".join(paper.said[view].licence))
            compared = step_compared(paper.record, view.place)
            paper.table(compared, compared.title)
    by_area = areas_then_and_now(paper.record)
    paper.table(by_area, by_area.title)


def _open_questions(paper: WordPaper) -> None:
    unstated, disputes = brief.not_stated(paper.record, paper.query), brief.disputes(paper.tables)
    if unstated:
        paper.heading("What the source does not say", 2)
        paper.bullets(unstated)
    if disputes:
        paper.heading("Where the sources disagree, and what we do", 2)
        paper.bullets(f"{d.title}. {d.done_here}" for d in disputes)


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
    paper.heading("How to cite this paper", 2)
    paper.bullets(brief.without_files(dict(found.references)["Author-date (Harvard)"]).split("\n"))
    if address:
        paper.link("The view in the explorer: ", address, address)
    else:
        paper.text(
            f"The view in the explorer, and those that captions name, are pages {HERE}, whose"
            f" address is not known here. The view: {place}"
        )


def _sources(paper: WordPaper) -> None:
    record = paper.record
    paper.heading("Sources, licences and rules", 2)
    paper.bullets(_documents(paper))
    figures = tuple(
        (i.label, i.date, brief.without_files(_stated(i.source.title, i.source.attribution)))
        for i in record.indicators
    )
    if figures:
        columns = ("Figure", "Date", "Source and attribution")
        paper.table(Table("", "", "", columns, figures, ()), "Published figures")
    origin = record.origin
    paper.text(
        f"Outlines: {origin.attribution} Licence: {origin.licence}."
        if origin
        else "The origin of the boundaries is not stated."
    )
    paper.bullets(dict.fromkeys(said.rule for said in paper.said.values()))


def _documents(paper: WordPaper) -> list[str]:
    """The documents that the tables rest on, with the pages used."""
    pages: dict[str, set[int]] = {}
    for ref in [ref for group in paper.tables.values() for table in group for ref in table.refs]:
        _, section = paper.record.section(ref)
        pages.setdefault(ref.source, set()).update([section.page] if section.page else [])
    return [
        f"{s.title}. {s.publisher}, {s.date}. Licence: {s.licence}."
        + (f" Pages {listing(map(str, sorted(pages[s.id])))}." if pages[s.id] else "")
        for s in paper.record.file.sources
        if s.id in pages
    ]


def _short(record: Record, table: Table) -> Table:
    """A table by area with all its services in one column."""
    names = [s.short_name for s in record.services]
    first = table.columns.index(names[0]) if names else len(table.columns)
    rows = []
    for row in table.rows:
        own = zip(names, row[first : first + len(names)], strict=True)
        said = [
            name if cell == "active" else f"{name} ({str(cell).removeprefix('named; ')})"
            for name, cell in own
            if cell != "not named"
        ]
        rows.append((row[1], row[3], "; ".join(said), row[-2], row[-1]))
    columns = (table.columns[1], table.columns[3], "Services", *table.columns[-2:])
    return _aged(replace(table, columns=columns, rows=tuple(rows)))


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
