"""Which column of a list is what: by its heading, by its cells, or by what was answered before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from provision.readers.area_lists import AreaCells
from provision.readers.draft import ColumnMatch
from provision.readers.table import CellValue, Table, non_blank, text_of
from provision.readers.written_dates import NOT_STATED, read_date
from provision.readers.written_values import read_number

IGNORE, PERSONAL, AREAS, NAME = "ignore", "personal", "areas", "name"
_SAMPLE = 60  # different values of a column that are looked at
# Headings, in small letters and single blanks, of which the first is the likeliest.
HEADINGS: dict[str, tuple[str, ...]] = {
    NAME: (
        *("service", "service name", "name of service", "name", "services", "title", "programme"),
        *("programme name", "project", "project name", "contract", "contract name", "scheme"),
    ),
    "provider": (
        *("provider", "provider name", "supplier", "delivered by", "lead provider", "organisation"),
        *("organization", "organisation name", "organization name", "agency", "lead organisation"),
        *("delivery partner", "contractor", "run by", "provided by", "charity"),
    ),
    AREAS: (
        *("areas", "area", "areas served", "areas covered", "area served", "area covered"),
        *("borough", "boroughs", "district", "districts", "local authority", "local authorities"),
        *("council", "councils", "coverage", "geography", "where", "locality", "localities"),
        *("area name", "area code", "gss code", "ons code", "place", "places", "county", "ward"),
        *("service area", "service areas", "authority", "la", "lad", "lad name", "lad code"),
    ),
    "start": ("start", "start date", "from", "starts", "contract start", "begins", "commenced"),
    "end": ("end", "end date", "until", "to", "ends", "contract end", "expires", "expiry date"),
    "period": ("contract period", "period", "dates", "contract dates", "duration", "term"),
    "commissioner": ("commissioner", "commissioners", "commissioned by", "commissioning body"),
    "funder": ("funder", "funders", "funded by", "funding source", "funding", "paid by"),
    "amount": ("amount", "value", "contract value", "annual value", "budget", "cost", "award"),
    "who": ("who", "who for", "client group", "eligibility", "target group", "for whom"),
    "age": ("age", "ages", "age range", "minimum age", "min age", "age group", "minimum_age"),
    "website": ("website", "web", "url", "link", "web site", "web address", "webpage"),
    "level": ("level", "level of support", "support level", "tier", "intensity", "support type"),
    "model": ("model", "service model", "delivery model"),
    "description": ("description", "summary", "about", "details", "service description", "what"),
    "partners": ("partners", "partner", "subcontractors", "delivery partners", "consortium"),
    "referral": ("referral", "referral routes", "how to access", "referrals", "referral route"),
    "capacity": ("capacity", "caseload", "number of places", "women a year"),
    "status": ("status", "state", "active"),
    "contracted": ("contracted", "commissioned", "is contracted", "is commissioned"),
    "women": ("women only", "women-only", "women specific", "women_specific", "gender", "sex"),
}
# What a heading may hold, for those that are none of the above; the first that fits is taken.
_HOLDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (PERSONAL, re.compile(r"\b(e ?mails?|phone|tel|telephone|mobile|address|post ?codes?)\b")),
    (PERSONAL, re.compile(r"\b(lat|lon|lng|latitude|longitude|easting|northing|contacts?)\b")),
    ("website", re.compile(r"\b(web\w*|url|link)\b")),
    ("amount", re.compile(r"£|\b(amount|budget|value|cost|price)\b")),
    ("start", re.compile(r"\b(start\w*|commence\w*|begin\w*|from)\b")),
    ("end", re.compile(r"\b(end|ends|ending|expir\w*|until|finish\w*)\b")),
    ("commissioner", re.compile(r"\bcommission\w*\b")),
    ("funder", re.compile(r"\bfund\w*\b")),
    ("age", re.compile(r"\bages?\b")),
    (IGNORE, re.compile(r"\b(ids?|identifier|ref|reference|type|category|modified|updated)\b")),
    ("provider", re.compile(r"\b(provider|supplier|organi[sz]ation|agency)\b")),
    (AREAS, re.compile(r"\b(areas?|boroughs?|districts?|councils?|authorit\w+|wards?|lad)\b")),
    (AREAS, re.compile(r"\b(lad|ltla|utla|ctyua|wd|cty)\d{2}(cd|nm)\b")),
    ("who", re.compile(r"\b(eligib\w+|client\w*|beneficiar\w+|who)\b")),
    ("description", re.compile(r"\b(descri\w+|summary)\b")),
    ("partners", re.compile(r"\b(partners?|subcontract\w+)\b")),
    ("referral", re.compile(r"\b(referrals?|application)\b")),
    ("capacity", re.compile(r"\b(capacity|caseload)\b")),
    ("women", re.compile(r"\b(women|female|gender)\b")),
    (NAME, re.compile(r"\b(service|programme|project|scheme)s?\b")),
)
GUESSED = "no other column names the service"
_SEVERAL = (AREAS, PERSONAL, IGNORE)
HEADER_WORDS = frozenset(word for words in HEADINGS.values() for word in words)


@dataclass(frozen=True)
class Columns:
    """Columns of a table by meaning: their numbers from 0, and the proposal as it is shown."""

    by_meaning: Mapping[str, tuple[int, ...]]
    proposal: tuple[ColumnMatch, ...] = field(default=())

    def one(self, meaning: str) -> int | None:
        """The column of a meaning, None where there is none."""
        return next(iter(self.by_meaning.get(meaning, ())), None)

    def all(self, meaning: str) -> tuple[int, ...]:
        """All columns of a meaning."""
        return self.by_meaning.get(meaning, ())


def plain_heading(heading: str) -> str:
    """A heading in small letters, with single blanks for all else but letters, digits and £."""
    return " ".join(re.sub(r"[^\w£]+|_", " ", heading.casefold()).split())


def match_columns(
    table: Table, cells: AreaCells, answers: Mapping[str, str], area_words: tuple[str, ...] = ()
) -> Columns:
    """What each column of a list is.

    Parameters
    ----------
    table
        The list.
    cells
        Tells whether a value names areas.
    answers
        Heading in small letters: meaning, as a person said before. They win.
    area_words
        The region's own words for one area and for several.
    """
    asked = [_by_heading(name, answers, area_words) for name in table.columns]
    by_content = [_names_areas(table, i, cells) for i in range(len(table.columns))]
    found: dict[str, list[int]] = {}
    because: dict[int, str] = {}
    order = sorted(range(len(asked)), key=lambda i: (asked[i][1], i))
    for i in order:
        meaning, rank, why = asked[i]
        if rank and by_content[i] and meaning in ("", NAME, IGNORE, PERSONAL, "description"):
            meaning, why = AREAS, "names areas"
        if not meaning or (meaning in found and meaning not in _SEVERAL):
            continue
        found.setdefault(meaning, []).append(i)
        because[i] = why
    _only_real_areas(found, by_content)
    _name_otherwise(table, found, because)
    return Columns(
        {m: tuple(sorted(c)) for m, c in found.items()}, _proposal(table, found, because, asked)
    )


def _by_heading(
    name: str, answers: Mapping[str, str], area_words: tuple[str, ...]
) -> tuple[str, int, str]:
    """What a heading says: the meaning, how far it is from saying so outright, and why."""
    if name.casefold() in answers:
        return answers[name.casefold()], 0, "answered before"
    heading = plain_heading(name)
    for meaning, words in HEADINGS.items():
        known = (*words, *(plain_heading(w) for w in area_words)) if meaning == AREAS else words
        if heading in known:
            return meaning, 1 + known.index(heading), "heading"
    held = next((meaning for meaning, form in _HOLDS if form.search(heading)), "")
    return held, 100, "part of the heading"


def _names_areas(table: Table, column: int, cells: AreaCells) -> bool:
    """Whether most of what stands in a column names areas."""
    values = _some_values(table, column)
    sure = sum(cells.is_sure(v) for v in values if len(text_of(v)) < 2_000)
    return bool(values) and sure > 0.6 * len(values)


def _some_values(table: Table, column: int) -> list[CellValue]:
    return list(islice(dict.fromkeys(non_blank(row[column] for row in table.rows)), _SAMPLE))


def _only_real_areas(found: dict[str, list[int]], by_content: list[bool]) -> None:
    """Where some columns of areas do name areas, those that do not are left out."""
    real = [i for i in found.get(AREAS, []) if by_content[i]]
    if real:
        found[AREAS] = real


def _name_otherwise(table: Table, found: dict[str, list[int]], because: dict[int, str]) -> None:
    """Without a column of names: the provider's, else the first with texts that is nothing else."""
    if NAME in found:
        return
    taken = {i for columns in found.values() for i in columns}
    texts = (
        i
        for i in range(len(table.columns))
        if i not in taken and any(_is_text(v) for v in _some_values(table, i))
    )
    column = found["provider"][0] if "provider" in found else next(texts, None)
    if column is not None:
        found[NAME] = [column]
        because[column] = GUESSED


def _is_text(value: CellValue) -> bool:
    dated = read_date(value).value not in (None, NOT_STATED)
    return isinstance(value, str) and not dated and read_number(value) is None


def _proposal(
    table: Table,
    found: Mapping[str, list[int]],
    because: Mapping[int, str],
    asked: list[tuple[str, int, str]],
) -> tuple[ColumnMatch, ...]:
    """The proposal, in the order of the columns; what was not used is to be passed over."""
    taken = {i: meaning for meaning, columns in found.items() for i in columns}
    proposal = []
    for i, name in enumerate(table.columns):
        meaning = taken.get(i, IGNORE)
        others = [j for j, (m, _, _) in enumerate(asked) if m == meaning and j != i]
        runner_up = next((table.columns[j] for j in others if taken.get(j) != meaning), "")
        why = because.get(i, "nothing that the record holds")
        proposal.append(ColumnMatch(table.sheet, name, meaning, why, runner_up))
    return tuple(proposal)
