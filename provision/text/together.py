"""Sentences about what several themes have in common."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from provision.coverage.status import Count
from provision.english import listing, number
from provision.record import Record
from provision.schema.themes import Where
from provision.text.headings import Heading
from provision.text.themes import nothing_reached
from provision.text.wording import as_at, women_range_text
from provision.themes.reach import carriers, lines_with, placed
from provision.themes.together import (
    Together,
    intersection,
    together,
    together_counts,
    women_together,
)


def chosen_titles(record: Record, themes: Sequence[str]) -> str:
    """The titles of some themes in running text."""
    return listing(record.themes_by_id[t].title for t in themes)


def together_heading(record: Record, themes: Sequence[str], on: date) -> Heading:
    """In how many areas contracts cover all, some or none of several themes, as ranges, with the
    women where there is none."""
    table, region = intersection(record, themes, on), record.file.region
    counts, women = together_counts(table), women_together(record, table)
    total = sum(len(codes) for codes in together(table).values())
    what = {1: "this theme", 2: "either theme"}.get(len(themes), f"any of {len(themes)} themes")
    none = counts[Together.NONE]
    lack = "lacks" if none == Count(1, 1) else "lack"
    headline = f"{none} of {region.name}'s {total} {region.areas} {lack} a contract for {what}"
    parts = [f"Date: {as_at(record, on)}. {chosen_titles(record, themes)}."]
    every = {1: "it", 2: "both"}.get(len(themes), f"all {len(themes)}")
    parts.append(f"Contract for {every}: {counts[Together.ALL]}.")
    if len(themes) > 1:
        parts.append(f"{'For one' if len(themes) == 2 else 'For some'}: {counts[Together.SOME]}.")
    if counts[Together.LAPSED].high:
        parts.append(f"Contract ended: {counts[Together.LAPSED]}.")
    home = women_range_text(women[Together.NONE], region)
    parts.append(f"For none: {none}, home to {home}.")
    unnamed = [t for t in themes if not carriers(record, record.themes_by_id[t]).ids]
    if unnamed:
        parts.append(f"No contract anywhere names {chosen_titles(record, unnamed)}.")
    return Heading(headline, " ".join(parts))


def every_theme_heading(record: Record, on: date) -> Heading:
    """In how many areas there is a contract for every theme that any area has a contract for."""
    every, region = placed(record, on), record.file.region
    if not every:
        return Heading(nothing_reached(record, on), f"Date: {as_at(record, on)}.")
    count = together_counts(intersection(record, every, on))[Together.ALL]
    who = f"{count.low} {region.area if count.low == 1 else region.areas}"
    perhaps = f" (perhaps {count.high})" if count.high > count.low else ""
    have = "has a contract" if count == Count(1, 1) else "have contracts"
    which = "the one mapped theme" if len(every) == 1 else f"all {len(every)} mapped themes"
    return Heading(f"{who}{perhaps} {have} for {which}", f"Date: {as_at(record, on)}.")


def beside_sentences(record: Record, themes: Sequence[str]) -> list[str]:
    """What is not on the map of several themes: provision without an area of its own, and themes
    that no contract is named for."""
    region = record.file.region
    groups = {
        f"{region.name}-wide provision, counted for no {region.area}": [
            t for t in themes if lines_with(record.themes_by_id[t], Where.REGION_WIDE)
        ],
        (
            f"Provision whose area is not stated, so that a {region.area} without a contract may"
            " still"
            " have it"
        ): [t for t in themes if lines_with(record.themes_by_id[t], Where.AREA_NOT_STATED)],
        f"No contract is named for it in any {region.area}": [
            t for t in themes if not carriers(record, record.themes_by_id[t]).ids
        ],
    }
    return [f"{what}: {chosen_titles(record, found)}." for what, found in groups.items() if found]


def lacking_sentence(record: Record, themes: Sequence[str], on: date) -> str:
    """Which areas have a contract for none of several themes."""
    table, region = intersection(record, themes, on), record.file.region
    names = [record.by_code[c].name for c in together(table)[Together.NONE]]
    titles = [f"“{record.themes_by_id[t].title}”" for t in themes]
    of = {1: titles[0], 2: " nor for ".join(titles)}.get(
        len(themes), f"any of the {number(len(themes))} themes"
    )
    if not names and not any(
        codes for kind, codes in together(table).items() if kind is not Together.NOT_STATED
    ):
        return (
            f"The source does not say which {region.areas} lack a contract for"
            f" {'it' if len(themes) == 1 else 'them'} as at {as_at(record, on)}."
        )
    if not names:
        return (
            f"Every {region.area} has a contract for"
            f" {'it' if len(themes) == 1 else 'at least one of them'}, has lapsed, or is not"
            " stated."
        )
    who = (
        f"one {region.area} has" if len(names) == 1 else f"{number(len(names))} {region.areas} have"
    )
    return (
        f"{who[0].upper()}{who[1:]} {'neither a' if len(themes) == 2 else 'no'} contract for"
        f" {of}{': ' + listing(names) if names else ''}."
    )
