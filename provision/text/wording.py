"""Numbers, lists, dates, money and women in words: what sentences of every topic are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from provision.coverage.need import Women
from provision.dates import SourceDate, day_words
from provision.english import listing, number
from provision.record import Record
from provision.schema.labels import LEVEL_WORDS
from provision.schema.services import (
    NOT_STATED,
    ONGOING,
    Level,
    NotStated,
    Ongoing,
    Reference,
    Region,
)


@dataclass(frozen=True)
class Sourced:
    """A sentence and the places that it rests on."""

    text: str
    refs: tuple[Reference, ...] = ()


def stated_listing(names: Sequence[str]) -> str:
    """Names in running text; no name at all means that none is stated."""
    return listing(names) if names else NOT_STATED


def money(amount: float, currency: str) -> str:
    """An amount without its pennies, in its currency.

    >>> money(90000, "GBP"), money(90000, "EUR"), money(90000, "not stated")
    ('£90,000', 'EUR 90,000', '90,000 (currency not stated)')
    """
    if currency == NOT_STATED:
        return f"{amount:,.0f} (currency not stated)"
    return f"£{amount:,.0f}" if currency == "GBP" else f"{currency} {amount:,.0f}"


def as_at(record: Record, on: date) -> str:
    """The date of a view. The record's own month is called by its name."""
    own = record.file.region.as_at
    return str(own) if on == own.last else day_words(on)


def region_words(record: Record) -> str:
    """The region's name, and which of its records this is, where it is not the first."""
    name = record.file.region.name
    return f"{name}, {record.label}" if record.label else name


def edition(record: Record) -> str:
    """Which data something is made from: the data version, and the record, where it is not the
    first of its region."""
    version = f"Data version {record.version}"
    return f"Record: {record.label}. {version}" if record.label else version


def reference_text(record: Record, ref: Reference) -> str:
    """A reference for reading: document, section, page where the source prints one, date."""
    source, section = record.section(ref)
    page = f", page {section.page}" if section.page else ""
    return f"{source.short_title}, {section.title}{page} ({source.date})"


def women_text(women: Women, region: Region) -> str:
    """A number of women with its age, and what is missing from it."""
    if women.total is None:
        return f"an unknown number of women aged {women.from_age} or over"
    lacking = (
        (
            f", not counting {number(women.missing)} {counted_areas(region, women.missing)}"
            " without a"
            " figure"
        )
        if women.missing
        else ""
    )
    return f"{women.total:,} women aged {women.from_age} or over{lacking}"


def women_range_text(women: Women, region: Region) -> str:
    """The same, up to what it would be with the areas that could belong there too."""
    if women.total is None:
        return women_text(women, region)
    lacking = women.missing + women.possible_missing
    rest = (
        f", not counting {number(lacking)} {counted_areas(region, lacking)} without a figure"
        if lacking
        else ""
    )
    return f"{women_span(women)} women aged {women.from_age} or over{rest}"


def women_span(women: Women, between: str = " to ") -> str:
    """A number of women, from the certain to the possible; in digits, for sentences and (with a
    dash ``between``) for tables."""
    if women.total is None:
        return "not stated"
    if women.possible is None or women.possible_missing:
        return f"{women.total:,} or more"
    return (
        f"{women.total:,}{between}{women.total + women.possible:,}"
        if women.possible
        else f"{women.total:,}"
    )


def counted_areas(region: Region, n: int) -> str:
    return region.area if n == 1 else region.areas


def term(start: SourceDate | NotStated, end: SourceDate | Ongoing | NotStated) -> str:
    """A contract's term in words."""
    begin = "the start is not stated" if start == NOT_STATED else f"from {start}"
    if end == ONGOING:
        return f"{begin}, ongoing"
    return f"{begin}, {'the end is not stated' if end == NOT_STATED else f'to {end}'}"


def levels_sentence(full: int, light: int, unsaid: int) -> str:
    """How many covered areas have which level of support, the fullest of each.

    Parameters
    ----------
    full, light, unsaid
        Counts of areas: wrap-around or whole-system, one-to-one alone, and level not stated.

    Examples
    --------
    >>> levels_sentence(21, 3, 0).startswith("Of those covered, 21 have wrap-around")
    True
    >>> levels_sentence(0, 0, 28)
    'The source does not state the level of support for those covered.'
    >>> levels_sentence(0, 3, 1).partition(". ")[2]
    'For one more the source does not state the level.'
    """
    if unsaid and not full and not light:
        return "The source does not state the level of support for those covered."
    said = (
        f"Of those covered, {number(full)} have {LEVEL_WORDS[Level.WRAP_AROUND]} and"
        f" {number(light)} have {LEVEL_WORDS[Level.ONE_TO_ONE]}."
    )
    more = f" For {number(unsaid)} more the source does not state the level."
    return said + more if unsaid else said
