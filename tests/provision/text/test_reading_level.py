"""Generated sentences can be read: measured without the names of places and services, which nobody
can shorten.

The automated readability index says which school year a text asks for, from the length of its words
and sentences: 4.71 × letters to a word + 0.5 × words to a sentence − 21.43. Policy papers are often
at 16 and over; ours stay below 8, and no sentence is endless."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from provision.coverage.need import women_by_status
from provision.coverage.status import coverage
from provision.coverage.timeline import span
from provision.record import Record
from provision.scenarios.evaluate import evaluate
from provision.scenarios.scenario import presets
from provision.text.changes import change_sentences
from provision.text.coverage import why
from provision.text.headings import coverage_heading, gap_heading
from provision.text.scenarios import outcome_sentences
from provision.text.themes import theme_heading, themes_heading

HARDEST, LONGEST = 8.0, 45  # school years on average; words in any one sentence
DAYS = (date(2018, 10, 31), date(2020, 4, 1), date(2021, 4, 30))


def plain(text: str, record: Record) -> str:
    """A text with a short word for every name and figure."""
    names = [
        *(a.name for a in record.areas),
        *(s.short_name for s in record.services),
        *(s.provider for s in record.services),
        *(t.title for t in record.themes),
    ]
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "place")
    return re.sub(r"£?\d[\d,.]*\d", "12", text)


def sentences(text: str) -> list[str]:
    """Its sentences; a semicolon ends a thought as a full stop does, and is read so."""
    return [s for s in re.split(r"(?<=[.;:])\s+", text) if s.strip(" .;:")]


def words(text: str) -> list[str]:
    return re.findall(r"[\w'’-]+", text)


def index(text: str) -> float:
    """The automated readability index of a text."""
    own = words(text)
    return 4.71 * sum(map(len, own)) / len(own) + 0.5 * len(own) / len(sentences(text)) - 21.43


def said(record: Record) -> Iterator[tuple[str, str]]:
    for on in DAYS:
        table = coverage(record, on)
        yield f"headline {on}", str(coverage_heading(record, table, on))
        yield (
            f"gaps {on}",
            str(
                gap_heading(
                    record,
                    table,
                    women_by_status(record, table, record.file.region.scope_minimum_age),
                    on,
                )
            ),
        )
        yield f"themes {on}", str(themes_heading(record, on))
        for code in record.codes[:12]:
            yield f"why {code} {on}", " ".join(s.text for s in why(record, str(code), on))
        for theme in record.themes:
            yield f"theme {theme.id} {on}", str(theme_heading(record, theme, on))
    yield "calendar", " ".join(change_sentences(record, *span(record)))
    for name, scenario in presets(record).items():
        for n, sentence in enumerate(outcome_sentences(evaluate(record, scenario))):
            yield f"scenario {name} {n}", sentence


def test_the_index_is_the_one_that_is_published() -> None:
    """Twelve words of 45 letters in one sentence: 4.71 × 3.75 + 0.5 × 12 − 21.43 = 2.23."""
    text = "The boroughs that have a hub near them are on the map"
    assert len(words(text)) == 12 and index(text) == pytest.approx(4.71 * 42 / 12 + 6 - 21.43)


def test_what_is_generated_can_be_read(london: Record) -> None:
    found = {where: plain(text, london) for where, text in said(london) if text}
    assert len(found) > 80
    every = " ".join(found.values())
    assert index(every) < HARDEST, f"{index(every):.1f}"
    endless = {
        where: s
        for where, text in found.items()
        for s in sentences(text)
        if len(words(s)) > LONGEST
    }
    assert not endless
