"""One view of the record: what crosses from controls to domain, what the link holds, and what the
command line takes.

The grammar is that of a URL's query string: ``on`` (YYYY-MM-DD, or YYYY-MM for the end of a month),
``services`` (ids, parted by commas), ``need`` (an indicator's id), ``area`` (a code), ``view`` (map
or tiles), ``theme`` (an id), ``themes`` (ids, parted by commas), ``partner`` (an organisation's id,
``service:ID`` or ``theme:ID``), ``stage`` (an id), ``find`` (words), ``best`` (how many hubs, by
which weight, which areas not), ``panel`` (what is shown of a scenario), ``figure`` and ``size``
(what is drawn for paper), the fields of a scenario (:mod:`provision.links.scenario_text`), and
``b``, ``c`` and ``d``: whole links of scenarios to compare. What equals the default is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from urllib.parse import urlencode

from provision.dates import EARLIEST, LATEST, SourceDate
from provision.find import LONGEST
from provision.io.problems import nearest, shown
from provision.links.address import MAX_LENGTH, VIEW_FIELDS
from provision.links.address import read as read_address
from provision.links.scenario_text import FIELDS as SCENARIO_FIELDS
from provision.links.scenario_text import params, read_link, write_link
from provision.location.wanted import Wanted
from provision.record import Record
from provision.scenarios.plain import VERSION
from provision.scenarios.scenario import Scenario
from provision.themes.partners import nodes

View = Literal["map", "tiles"]
SizeName = Literal["column", "page", "slide"]
FIGURES = (
    "coverage",
    "tiles",
    "gaps",
    "calendar",
    "theme",
    "scenario",
    "difference",
    "difference-c",
    "difference-d",
)
SIZES: tuple[SizeName, ...] = ("column", "page", "slide")
BESIDE = ("b", "c", "d")
_ONE = Wanted()
PANELS = (
    "figures",
    "table",
    "best",
    "hubs",
    "contracts",
    "themes",
    "months",
    "cost",
    "compare",
    "contest",
    "files",
)


@dataclass(frozen=True)
class Query:
    """A view. ``services`` is empty when all are shown; ``need`` is None where the region has no
    figures. ``scenario`` is what is supposed, None for nothing; its day and measure of need are the
    view's (:meth:`supposed`). ``beside`` are scenarios to compare, with their own. ``figure`` is
    which of the view's figures is drawn for paper, in which ``size``; empty for the one that what
    is chosen suggests."""

    on: date
    services: tuple[str, ...] = ()
    need: str | None = None
    area: str | None = None
    view: View = "map"
    theme: str | None = None
    themes: tuple[str, ...] = ()
    partner: str | None = None
    stage: str | None = None
    find: str = ""
    scenario: Scenario | None = None
    beside: tuple[Scenario, ...] = ()
    best: Wanted = _ONE
    panel: str = "figures"
    figure: str = ""
    size: SizeName = "page"

    @classmethod
    def default(cls, record: Record) -> Query:
        """The view that the app opens on."""
        weights = [i.id for i in record.indicators if i.use_as_weight]
        return cls(record.default_date, need=weights[0] if weights else None)

    def supposed(self, record: Record) -> Scenario:
        """The scenario on the view's day and by its measure of need."""
        need = self.need if self.need != Query.default(record).need else None
        return replace(self.scenario or Scenario.default(record), on=self.on, need=need)

    def printed(self) -> Query:
        """The view as files for paper hold it: all of its figures, without what only the screen
        shows."""
        return replace(self, area=None, find="", partner=None, stage=None, figure="", size="page")

    def params(self, record: Record) -> dict[str, str]:
        """The query string's fields, without those that equal the default."""
        own, default = self._fields(), Query.default(record)._fields()
        view = {name: value for name, value in own.items() if value != default[name]}
        links = {
            letter: write_link(scenario, record) or f"v={VERSION}"
            for letter, scenario in zip(BESIDE, self.beside, strict=False)
        }
        return (
            view
            | (
                params(replace(self.scenario, on=record.default_date, need=None), record)
                if self.scenario
                else {}
            )
            | links
        )

    def link(self, record: Record) -> str:
        """The query string, without the question mark; empty for the default view."""
        return urlencode(self.params(record), safe=",")

    def _fields(self) -> dict[str, str]:
        return {
            "on": self.on.isoformat(),
            "services": ",".join(self.services),
            "need": self.need or "",
            "area": self.area or "",
            "view": self.view,
            "theme": self.theme or "",
            "themes": ",".join(self.themes),
            "partner": self.partner or "",
            "stage": self.stage or "",
            "find": self.find,
            "best": str(self.best),
            "panel": self.panel,
            "figure": self.figure,
            "size": self.size,
        }


def parse(
    params: Mapping[str, str], record: Record, start: Query | None = None
) -> tuple[Query, list[str]]:
    """The view that a link asks for, with what is valid applied, and a note for everything that was
    not. ``start`` is the view that it changes; without one, the default."""
    query = start or Query.default(record)
    notes: list[str] = []
    if sum(len(k) + len(v) for k, v in params.items()) > MAX_LENGTH:
        return query, [f"The link was left aside: it is longer than {MAX_LENGTH:,} characters."]
    query, said = _suppose(query, params, record)
    notes += said
    if set(BESIDE) & set(params):
        query = replace(query, beside=())
    for name, value in sorted(
        params.items(), key=lambda field: field[0] if field[0] in BESIDE else ""
    ):
        if name in SCENARIO_FIELDS:
            continue
        try:
            query = _APPLY[name](query, value, record)
        except KeyError:
            notes.append(
                f"The link's field {shown(name)} is not known:"
                f" {nearest(name, list(FIELDS), 'it was left aside')}."
            )
        except _Partly as error:
            query = error.query
            notes.append(
                f"Of the link's {_NAMES[name]} {shown(error.left)} was left aside: {error}."
            )
        except ValueError as error:
            notes.append(f"The link's {_NAMES[name]} {shown(value)} was left aside: {error}.")
    return query, notes


def parse_link(text: str, record: Record, start: Query | None = None) -> tuple[Query, list[str]]:
    """:func:`parse` for a link's text: an address, or its query string alone."""
    try:
        return parse(read_address(text).fields, record, start)
    except ValueError as error:
        return start or Query.default(record), [f"The link was left aside: {error}."]


def _suppose(query: Query, params: Mapping[str, str], record: Record) -> tuple[Query, list[str]]:
    """The view with the scenario whose fields a link has; as it was, where it has none."""
    given = {name: value for name, value in params.items() if name in SCENARIO_FIELDS}
    if not given:
        return query, []
    found, notes = read_link(given, record)
    return replace(query, scenario=None if found == Scenario.default(record) else found), notes


class _Partly(ValueError):
    """A value of which only a part could be applied: the view with that part, and what was ``left``
    aside."""

    def __init__(self, query: Query, left: str, why: str) -> None:
        super().__init__(why)
        self.query, self.left = query, left


def _on(query: Query, value: str, record: Record) -> Query:
    try:
        day = SourceDate.parse(value).last
    except ValueError:
        raise ValueError("it is not a day written YYYY-MM-DD") from None
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"it is not between {EARLIEST.year} and {LATEST.year}")
    return replace(query, on=day)


def _services(query: Query, value: str, record: Record) -> Query:
    asked = [v for v in value.split(",") if v]
    unknown = [v for v in asked if v not in record.service]
    if unknown:
        raise ValueError(f"no service has the id {shown(unknown[0])}")
    chosen = tuple(s.id for s in record.services if s.id in asked)
    return replace(query, services=() if len(chosen) == len(record.services) else chosen)


def _need(query: Query, value: str, record: Record) -> Query:
    if value not in record.indicator or not record.indicator[value].use_as_weight:
        raise ValueError("it is not a measure of need in the data")
    return replace(query, need=value)


def _area(query: Query, value: str, record: Record) -> Query:
    if value not in record.by_code:
        raise ValueError(f"no {record.file.region.area} has that code")
    return replace(query, area=value)


def _view(query: Query, value: str, record: Record) -> Query:
    if value not in ("map", "tiles"):
        raise ValueError("it is neither 'map' nor 'tiles'")
    return replace(query, view="tiles" if value == "tiles" else "map")


def _theme(query: Query, value: str, record: Record) -> Query:
    if value not in record.theme:
        raise ValueError("no theme has that id")
    return replace(query, theme=value)


def _themes(query: Query, value: str, record: Record) -> Query:
    asked = [v for v in value.split(",") if v]
    unknown = [v for v in asked if v not in record.theme]
    if unknown:
        known = replace(query, themes=tuple(t for t in record.theme if t in asked))
        raise _Partly(
            known,
            ",".join(unknown),
            "no theme has that id" if len(unknown) == 1 else "no themes have those ids",
        )
    return replace(query, themes=tuple(t for t in record.theme if t in asked))


def _partner(query: Query, value: str, record: Record) -> Query:
    if value not in nodes(record):
        raise ValueError("no organisation has that id, and no service or theme of the partnership")
    return replace(query, partner=value)


def _stage(query: Query, value: str, record: Record) -> Query:
    if value not in {s.id for s in record.annex.pathway}:
        raise ValueError("no stage of the pathway has that id")
    return replace(query, stage=value)


def _find(query: Query, value: str, record: Record) -> Query:
    if len(value) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST} characters")
    return replace(query, find=value)


def _beside(query: Query, value: str, record: Record) -> Query:
    found, notes = read_link(value, record)
    if notes:
        raise _Partly(
            replace(query, beside=(*query.beside, found)[: len(BESIDE)]),
            value,
            " ".join(notes).rstrip("."),
        )
    return replace(query, beside=(*query.beside, found)[: len(BESIDE)])


def _best(query: Query, value: str, record: Record) -> Query:
    found = Wanted.parse(value)
    unknown = [code for code in found.excluded if code not in record.by_code]
    if unknown:
        known = replace(
            found, excluded=tuple(code for code in found.excluded if code in record.by_code)
        )
        raise _Partly(
            replace(query, best=known),
            ",".join(unknown),
            f"no {record.file.region.area} has that code",
        )
    return replace(query, best=found)


def _panel(query: Query, value: str, record: Record) -> Query:
    if value not in PANELS:
        raise ValueError(f"write one of: {', '.join(PANELS)}")
    return replace(query, panel=value)


def _figure(query: Query, value: str, record: Record) -> Query:
    if value not in FIGURES:
        raise ValueError(f"write one of: {', '.join(FIGURES)}")
    return replace(query, figure=value)


def _size(query: Query, value: str, record: Record) -> Query:
    found = next((size for size in SIZES if size == value), None)
    if not found:
        raise ValueError(f"write one of: {', '.join(SIZES)}")
    return replace(query, size=found)


_APPLY: dict[str, Callable[[Query, str, Record], Query]] = {
    "on": _on,
    "services": _services,
    "need": _need,
    "area": _area,
    "view": _view,
    "theme": _theme,
    "themes": _themes,
    "partner": _partner,
    "stage": _stage,
    "find": _find,
    "best": _best,
    "panel": _panel,
    "figure": _figure,
    "size": _size,
    **dict.fromkeys(BESIDE, _beside),
}
FIELDS = (*VIEW_FIELDS, *SCENARIO_FIELDS)
_NAMES = {
    "on": "date",
    "services": "choice of services",
    "need": "measure of need",
    "area": "area",
    "view": "kind of map",
    "theme": "theme",
    "themes": "choice of themes",
    "partner": "organisation",
    "stage": "stage of the pathway",
    "find": "search",
    "best": "question for the best places",
    "panel": "panel",
    "figure": "figure",
    "size": "size",
    **dict.fromkeys(BESIDE, "scenario to compare"),
}
