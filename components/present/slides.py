"""What each step of a story puts on the screen, as plain data: worked out for the whole story at
once, so that the browser can turn to the next step without asking."""

from __future__ import annotations

from functools import lru_cache

from components.present.answer_slides import ask_slide, best_slide
from components.present.view_slides import Slide, view_slide
from provision.dates import day_words
from provision.record import Record
from provision.text.wording import as_at, edition
from provision.workshop.story import (
    Kind,
    Step,
    Story,
    view_of,
)


@lru_cache(maxsize=16)
def slides(record: Record, story: Story) -> tuple[Slide, ...]:
    """Every step as it is drawn, in order. Not to be changed: they are kept."""
    return tuple(slide(record, own) for own in story.steps)


@lru_cache(maxsize=256)
def slide(record: Record, own: Step) -> Slide:
    """One step: ``type`` (how it is drawn), ``headline``, ``under`` (what stands below it),
    ``foot``, ``link``, and what its type needs."""
    view = view_of(record, own.link)
    drawn = (
        ask_slide(record, own)
        if own.kind is Kind.ASK
        else best_slide(record, own)
        if own.kind is Kind.BEST
        else view_slide(record, view)
    )
    sentence = drawn.pop("sentence")
    short = drawn.pop("short", "")
    title = (own.question if own.kind is Kind.ASK else own.title) or short
    said = [sentence] if title and title != sentence else []
    under = [*said, *drawn.pop("under", [])]
    when = f"As at {as_at(record, view.query.on)}. {edition(record)}."
    foot = [drawn.pop("as_at", when), *drawn.pop("foot", [])]
    return {
        "kind": own.kind.value,
        "link": own.link,
        "headline": title or sentence,
        "sentence": sentence,
        "under": under,
        "foot": foot,
        **drawn,
    }


def dated(record: Record, step: Step) -> str:
    """The date of a step's view in words, for lists of steps."""
    return day_words(view_of(record, step.link).query.on)
