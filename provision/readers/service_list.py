"""Lists of services as people keep them: the simplest list, a matrix, several sheets.

What a list does not say is *not stated*. A service whose areas the list does not give, or that is
for the whole region, comes in as other provision: no map colours it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from provision.io.node_paths import Path_
from provision.io.problems import InvalidData, shown
from provision.readers.area_lists import AreaCells, Matcher
from provision.readers.draft import AreaText, ReadingContext, ServicesDraft
from provision.readers.list_columns import PERSONAL
from provision.readers.service_entries import (
    NOT_STATED,
    SOURCE_ID,
    Slugs,
    entry_places,
    other_data,
    service_data,
)
from provision.readers.service_rows import RowReader
from provision.readers.service_shapes import ShapedTable
from provision.readers.table import Place, Table, refused

RESERVED = frozenset(("none", "lapsed", "others", "counts", SOURCE_ID))
_WHOLE = f"{SOURCE_ID} §file"
_ASKED = {
    "areas": "areas",
    "provider": "provider",
    "commissioner": "commissioner",
    "funding": "funder and amount",
    "start": "start",
    "end": "end",
    "who": "who it is for",
    "minimum_age": "minimum age",
    "level": "level of support",
    "description": "description",
    "referral": "referral routes",
}


def read_list(
    tables: Sequence[Table], name: str, matcher: Matcher, context: ReadingContext
) -> ServicesDraft:
    """A list of services as a draft.

    Parameters
    ----------
    tables
        The tables of the file, as :func:`provision.readers.table.read_tables` gives them.
    name
        What the reader calls the file.
    matcher
        Tells which area a text means.
    context
        The region, and answers given before.

    Returns
    -------
    ServicesDraft

    Raises
    ------
    InvalidData
        Where no table names services, or far too many texts match no area.
    """
    cells = AreaCells(matcher, name)
    reader = RowReader(cells)
    shaped = [ShapedTable(t, cells, context) for t in tables if not t.hidden]
    used = [s for s in shaped if s.is_of_services(alone=len(shaped) == 1)]
    if all(s.looks_like_figures() for s in used):
        raise _no_list(name, tables, figures=any(s.looks_like_figures() for s in shaped))
    for sheet in sorted(used, key=lambda s: s.across is not None):
        sheet.read(reader)
    return _Drafted(reader, name, context, tables, used).draft()


def _no_list(name: str, tables: Sequence[Table], *, figures: bool) -> InvalidData:
    """The refusal of a file that names no service."""
    if figures:
        fix = "give it with --figures, and a list of services with --services"
        return refused(name, "holds figures for areas, not services", fix)
    headings = ", ".join(shown(c) for t in tables[:1] for c in t.columns[:8])
    fix = "give it a column of services, headed 'service', and if you can one headed 'areas'"
    return refused(name, f"has no column that names services; its columns are {headings}", fix)


class _Drafted:
    """Turns gathered entries into a draft."""

    def __init__(
        self,
        reader: RowReader,
        name: str,
        context: ReadingContext,
        tables: Sequence[Table],
        used: Sequence[ShapedTable],
    ) -> None:
        self.reader, self.name, self.context = reader, name, context
        self.tables, self.used = tables, used
        self.closed = [e for e in reader.entries if e.is_closed]
        self.open = [e for e in reader.entries if not e.is_closed]
        self.placed = [e for e in self.open if e.areas]
        self.others = [e for e in self.open if not e.areas]
        self.places: dict[Path_, Place] = {}
        self.missing = self._missing()

    def draft(self) -> ServicesDraft:
        """The draft."""
        if not self.open:
            what = "holds no service that is running" if self.closed else "holds no service"
            raise refused(self.name, what, "choose a list with at least one service")
        return ServicesDraft(
            self._data(),
            self.name,
            "list",
            tuple(self._notes()),
            tuple(c for sheet in self.used for c in sheet.proposal()),
            self.reader.cells.texts(),
            self.missing,
            places=self.places,
        )

    def _data(self) -> dict[str, Any]:
        slugs = Slugs(set(RESERVED))
        assumed = "yes" if self.context.is_of_subject else NOT_STATED
        services = [service_data(e, slugs.of(e.name), assumed) for e in self.placed]
        others = [other_data(e, slugs.of(e.name)) for e in self.others]
        for name, entries in (("services", self.placed), ("other_provision", self.others)):
            for i, entry in enumerate(entries):
                self.places |= dict(entry_places(entry, (name, i), placed=name == "services"))
        for i, place in enumerate(self.reader.without.values()):
            self.places["areas_without_service", "listed", i] = place
        return {
            "region": self._region(),
            "services": services,
            "areas_without_service": {
                "heading_count": NOT_STATED,
                "listed": list(self.reader.without),
                "ref": _WHOLE,
            },
            "other_provision": others,
            "sources": [self._source()],
        }

    def _region(self) -> dict[str, Any]:
        """The region's own block, with its references led to this list."""
        region = {k: v for k, v in self.context.region.items() if k != "caveat_ref"}
        return {**region, "ref": _WHOLE}

    def _source(self) -> dict[str, Any]:
        sections = {"file": "The whole file"}
        for entry in self.open:
            website = entry.get("website")
            more = f", {website}" if website != NOT_STATED else ""
            sections.setdefault(entry.section, f"{entry.place}: {entry.name}{more}")
        return {
            "id": SOURCE_ID,
            "title": f"List {Path(self.name).name}",
            "short_title": "List",
            **dict.fromkeys(("publisher", "date", "licence"), NOT_STATED),
            "sections": [{"id": i, "title": t} for i, t in sections.items()],
        }

    def _missing(self) -> dict[str, int]:
        """How many entries do not say each thing that a record asks for."""
        counts: Counter[str] = Counter()
        for entry in self.open:
            counts.update(f for f in _ASKED if f not in entry.single and f not in entry.several)
            if entry.areas or entry.whole_region:
                counts["areas"] -= 1
        return {f: counts[f] for f in _ASKED if counts[f] > 0}

    def _notes(self) -> Iterator[str]:
        kinds = ", ".join(dict.fromkeys(sheet.kind for sheet in self.used))
        yield (
            f"Read {_count(len(self.open), 'service')} from a {kinds}; {len(self.placed)} with"
            " areas."
        )
        for table in self.tables:
            yield from table.notes
        yield from self._sheets()
        yield from self._set_aside()
        if self.placed and self.context.is_of_subject:
            yield self._assumed()
        if self.reader.fields.dates_read:
            read = list(self.reader.fields.dates_read.items())
            some = "; ".join(f"{shown(t)} as {d}" for t, d in read[:3])
            yield f"Dates were read so: {some}{_more(len(read) - 3)}."
        twice = [n for n, count in Counter(e.name for e in self.open).items() if count > 1]
        if twice:
            some = ", ".join(map(shown, twice[:3])) + _more(len(twice) - 3)
            yield f"One name, several services, for their rows do not agree: {some}."
        if self.missing:
            said = ", ".join(f"{_ASKED[f]} ({n})" for f, n in self.missing.items())
            yield f"Not stated in the file, with the number of services: {said}."
        yield from self._areas()
        yield from self.reader.findings.lines()

    def _assumed(self) -> str:
        """What the list as a whole is taken to be of."""
        region = self.context.region
        what = region.get("subject", "contracted service")
        whom = region.get("people", "people")
        said = f"We took each service for a {what} for {whom}, unless its row says no."
        return f"{said} Columns 'contracted' and 'women only' can say so."

    def _sheets(self) -> Iterator[str]:
        """Sheets and columns that were passed over."""
        used = {sheet.table.sheet for sheet in self.used}
        rest = [t for t in self.tables if t.sheet not in used]
        for words, sheets in (
            ("hidden", [t.sheet for t in rest if t.hidden]),
            ("without a column of services", [t.sheet for t in rest if not t.hidden]),
        ):
            if sheets:
                some = ", ".join(map(shown, sheets[:3])) + _more(len(sheets) - 3)
                yield f"Passed over {_count(len(sheets), 'sheet')} {words}: {some}."
        proposal = [c for sheet in self.used for c in sheet.proposal()]
        for meaning, why in ((PERSONAL, ", since sites can be confidential"), ("ignore", "")):
            names = list(dict.fromkeys(c.heading for c in proposal if c.meaning == meaning))
            if names:
                some = ", ".join(map(shown, names[:8])) + _more(len(names) - 8)
                yield f"Passed over {_count(len(names), 'column')}{why}: {some}."

    def _set_aside(self) -> Iterator[str]:
        if self.closed:
            some = ", ".join(f"{shown(e.name)} ({e.status})" for e in self.closed[:3])
            what = f"{_count(len(self.closed), 'service')} not running, with no end stated"
            yield f"Left out {what}: {some}{_more(len(self.closed) - 3)}."
        if self.reader.remarks:
            yield f"Passed over {_count(self.reader.remarks, 'row')} with a remark."

    def _areas(self) -> Iterator[str]:
        """What was not placed, and why."""
        wide = [e for e in self.others if e.whole_region]
        if wide:
            some = ", ".join(shown(e.name) for e in wide[:3]) + _more(len(wide) - 3)
            yield f"For the whole region, so listed apart: {_count(len(wide), 'service')}: {some}."
        if self.reader.without:
            count = _count(len(self.reader.without), "area")
            yield f"The list says of {count} that no service is there."
        texts = self.reader.cells.texts()
        unknown = [t for t in texts if not t.used]
        short = [t for t in texts if t.used]
        if unknown:
            some = ", ".join(_said_area(t) for t in unknown[:3]) + _more(len(unknown) - 3)
            yield f"{_count(len(unknown), 'text')} did not match an area: {some}."
        if short:
            some = ", ".join(f"{shown(t.text)} as {t.official}" for t in short[:3])
            yield f"To confirm, taken for short names: {some}{_more(len(short) - 3)}."


def _said_area(text: AreaText) -> str:
    return f"{shown(text.text)} ({text.places[0]}) {text.reason}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _more(number: int) -> str:
    return f" and {number:,} more" if number > 0 else ""
