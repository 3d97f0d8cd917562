"""One view of the record: what crosses from controls to domain, what the link holds, and what the
command line takes.

The grammar is that of a URL's query string. Every field of it is one entry of :class:`Query`:
``on`` (YYYY-MM-DD, or YYYY-MM for the end of a month), ``services`` (ids, parted by commas),
``need`` (an indicator's id), ``area`` (a code), ``view`` (map or tiles), ``theme`` (an id),
``themes`` (ids, parted by commas), ``partner`` (an organisation's id, ``service:ID`` or
``theme:ID``), ``stage`` (an id), ``find`` (words), ``best`` (how many hubs, by which weight, which
areas not), ``kind`` (the kind of the next hub, an id), ``data`` (the hash of somebody's own data
that is kept here), ``record`` (the id of one of the region's records; the first where it is left
out), ``panel`` (what is shown of a scenario), ``figure`` and ``size`` (what is drawn for
paper), the fields of a scenario (:mod:`provision.links.scenario_link`), and ``b``, ``c`` and ``d``:
whole links of scenarios to compare. What equals the default is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Literal
from urllib.parse import urlencode

from provision.io.problems import nearest, shown
from provision.io.region_records import MOST_RECORDS
from provision.links import scenario_link, values
from provision.links.address import MAX_LENGTH, Address, read_address
from provision.links.fields import NotRead, Reading, compound, entries, field
from provision.location.hub_kinds import FIXED
from provision.location.problem import LocationProblem
from provision.record import Record
from provision.scenarios.plain import VERSION
from provision.scenarios.scenario import Scenario

View = Literal["map", "tiles"]
SizeName = Literal["column", "page", "slide"]
FIGURES = (
    *("coverage", "tiles", "gaps", "calendar", "themes", "theme"),
    *("scenario", "difference", "difference-c", "difference-d"),
    *("then_and_now", *(f"then_and_now-{n}" for n in range(2, MOST_RECORDS))),
)
SIZES: tuple[SizeName, ...] = ("column", "page", "slide")
BESIDE = ("b", "c", "d")
DATA = "data"
RECORD = "record"
PANELS = (
    *("figures", "table", "best", "hubs", "contracts", "themes"),
    *("months", "cost", "compare", "contest", "files"),
)
_ONE = LocationProblem()
_MAP_OR_TILES = values.one_of(("map", "tiles"), "it is neither 'map' nor 'tiles'")


def _read_scenario(given: Mapping[str, str], record: Record) -> Reading:
    found, notes = scenario_link.decode(given, record)
    return None if found == Scenario.default(record) else found, notes


def _write_scenario(scenario: Scenario | None, record: Record) -> dict[str, str]:
    if scenario is None:
        return {}
    return scenario_link.params(replace(scenario, on=record.default_date, need=None), record)


def _read_beside(given: Mapping[str, str], record: Record) -> Reading:
    found, notes = [], []
    for name in sorted(given):
        scenario, said = read_link(given[name], record)
        found.append(scenario)
        if said:
            why = " ".join(said).rstrip(".")
            notes.append(
                f"Of the link's scenario to compare {shown(given[name])} was left aside: {why}."
            )
    return tuple(found), notes


def _write_beside(beside: tuple[Scenario, ...], record: Record) -> dict[str, str]:
    return {
        name: scenario_link.write_link(scenario, record) or f"v={VERSION}"
        for name, scenario in zip(BESIDE, beside, strict=False)
    }


def _read_data(given: Mapping[str, str], record: Record) -> Reading:
    if given[DATA] == record.upload:
        return "", []
    why = "The data of this link is not kept here, or was let go."
    raise NotRead(f"{why} Ask for the folder, and bring it in on the page Your data.")


def _write_data(_: str, record: Record) -> dict[str, str]:
    return {DATA: record.upload} if record.upload else {}


def _read_record(given: Mapping[str, str], record: Record) -> Reading:
    asked, known = given[RECORD], [entry.id for entry in record.entries]
    if record.entry and asked == record.entry.id:
        return "", []
    if asked in known:
        raise NotRead(f"The link is of another record, {shown(asked)}; what is shown is not of it.")
    otherwise = f"use one of: {', '.join(known)}" if known else "the region has one record alone"
    mend = nearest(asked, known, otherwise)
    raise NotRead(
        f"The link's record {shown(asked)} was left aside: no record has that id; {mend}."
    )


def _write_record(_: str, record: Record) -> dict[str, str]:
    return {RECORD: record.key} if record.key else {}


@dataclass(frozen=True)
class Query:
    """A view.

    ``services`` is empty when all are shown; ``need`` is None where the region has no figures.
    ``scenario`` is what is supposed, None for nothing; its day and measure of need are the view's
    (:meth:`supposed`). ``beside`` are scenarios to compare, with their own. ``figure`` is which of
    the view's figures is drawn for paper, in which ``size``; empty for the one that what is chosen
    suggests. ``data`` and ``record`` hold nothing: which data and
    which record a link is of is the record's own to say.
    """

    on: date = field(
        "on",
        "date",
        values.read_day,
        date.isoformat,
        regional=lambda record: record.default_date,
        everywhere=True,
    )
    services: tuple[str, ...] = field(
        "services",
        "choice of services",
        values.read_services,
        ",".join,
        default=(),
        everywhere=True,
    )
    need: str | None = field(
        "need",
        "measure of need",
        values.read_need,
        default=None,
        regional=values.default_need,
        everywhere=True,
    )
    area: str | None = field(
        "area", "area", values.read_area, default=None, everywhere=True, screen_only=True
    )
    view: View = field("view", "kind of map", _MAP_OR_TILES, default="map", everywhere=True)
    theme: str | None = field("theme", "theme", values.read_theme, default=None)
    themes: tuple[str, ...] = field(
        "themes", "choice of themes", values.read_themes, ",".join, default=()
    )
    partner: str | None = field(
        "partner", "organisation", values.read_partner, default=None, screen_only=True
    )
    stage: str | None = field(
        "stage", "stage of the pathway", values.read_stage, default=None, screen_only=True
    )
    find: str = field("find", "search", values.read_words, default="", screen_only=True)
    best: LocationProblem = field(
        "best", "question for the best places", values.read_best, default=_ONE
    )
    kind: str = field("kind", "kind of hub", values.read_kind, default=FIXED)
    panel: str = field("panel", "panel", values.one_of(PANELS), default="figures")
    figure: str = field("figure", "figure", values.one_of(FIGURES), default="", screen_only=True)
    size: SizeName = field("size", "size", values.one_of(SIZES), default="page", screen_only=True)
    scenario: Scenario | None = compound(
        scenario_link.FIELDS, _read_scenario, _write_scenario, default=None
    )
    data: str = compound((DATA,), _read_data, _write_data, default="", everywhere=True)
    record: str = compound((RECORD,), _read_record, _write_record, default="", everywhere=True)
    beside: tuple[Scenario, ...] = compound(BESIDE, _read_beside, _write_beside, default=())

    @classmethod
    def default(cls, record: Record) -> Query:
        """The view that the app opens on."""
        return cls(**{name: entry.default(record) for name, entry in FIELDS.items()})

    def supposed(self, record: Record) -> Scenario:
        """The scenario on the view's day and by its measure of need."""
        need = self.need if self.need != values.default_need(record) else None
        return replace(self.scenario or Scenario.default(record), on=self.on, need=need)

    def printed(self) -> Query:
        """The view as files for paper hold it: all of its figures, without what only the screen
        shows."""
        screen: dict[str, Any] = {p.name: p.default for p in fields(self) if _screen_only(p.name)}
        return replace(self, **screen)

    def params(self, record: Record) -> dict[str, str]:
        """The query string's fields, without those that equal the default."""
        found: dict[str, str] = {}
        for name, entry in FIELDS.items():
            found |= entry.write(getattr(self, name), record)
        return found

    def link(self, record: Record) -> str:
        """The query string, without the question mark; empty for the default view."""
        return urlencode(self.params(record), safe=",")


FIELDS = entries(Query)
KEYS = tuple(key for entry in FIELDS.values() for key in entry.keys)


def _screen_only(name: str) -> bool:
    return FIELDS[name].screen_only


def parse(
    params: Mapping[str, str], record: Record, start: Query | None = None
) -> tuple[Query, list[str]]:
    """The view that a link asks for. Never raises.

    Parameters
    ----------
    params
        The fields of a query string, decoded.
    record
        The record that ids and codes are looked up in.
    start
        The view that the link changes; without one, the default.

    Returns
    -------
    query : Query
        The view, with what is valid applied.
    notes : list of str
        A sentence for everything that was not.
    """
    query = start or Query.default(record)
    if sum(len(k) + len(v) for k, v in params.items()) > MAX_LENGTH:
        return query, [f"The link was left aside: it is longer than {MAX_LENGTH:,} characters."]
    notes, changed = [], dict[str, Any]()
    for name, entry in FIELDS.items():
        given = {key: params[key] for key in entry.keys if key in params}
        if not given:
            continue
        try:
            changed[name], said = entry.read(given, record)
            notes += said
        except NotRead as error:
            notes.append(str(error))
    return replace(query, **changed), [*notes, *_unknown(params)]


def parse_link(text: str, record: Record, start: Query | None = None) -> tuple[Query, list[str]]:
    """:func:`parse` for a link's text.

    Parameters
    ----------
    text
        An address, or its query string alone.
    record, start
        As for :func:`parse`.

    Returns
    -------
    query : Query
        The view, with what is valid applied.
    notes : list of str
        A sentence for everything that was not.
    """
    try:
        asked = read_address(text)
    except ValueError as error:
        return start or Query.default(record), [f"The link was left aside: {error}."]
    found, notes = parse(asked.fields, record, start)
    return found, [*repeated_notes(asked.repeated), *notes]


def read_link(query: str | Mapping[str, str], record: Record) -> tuple[Scenario, list[str]]:
    """The scenario of a link. Never raises.

    Parameters
    ----------
    query
        A query string, with or without what stands before its question mark, or its fields. The
        fields of a view that are no business of a scenario are passed over.
    record
        The record that ids and codes are looked up in.

    Returns
    -------
    scenario : Scenario
        The scenario, with what is valid applied.
    notes : list of str
        A sentence for everything that was not.
    """
    try:
        asked = read_address(query) if isinstance(query, str) else Address("", dict(query), "")
        given = asked.fields
        if sum(len(k) + len(v) for k, v in given.items()) > MAX_LENGTH:
            raise ValueError(f"it is longer than {MAX_LENGTH:,} characters")
    except ValueError as error:
        return Scenario.default(record), [f"The link was left aside: {error}."]
    scenario, notes = scenario_link.decode(given, record)
    return scenario, [*repeated_notes(asked.repeated), *_unknown(given), *notes]


def repeated_notes(names: Iterable[str]) -> list[str]:
    """A sentence for every field that a link gives more than once.

    Parameters
    ----------
    names
        The fields.

    Returns
    -------
    list of str
        The sentences.
    """
    return [f"The link gives {shown(n)} more than once: the last was taken." for n in names]


def _unknown(params: Mapping[str, str]) -> list[str]:
    """A note for every field that no link has."""
    return [
        f"The link's field {shown(name)} is not known: {nearest(name, KEYS, 'it was left aside')}."
        for name in params
        if name not in KEYS
    ]
