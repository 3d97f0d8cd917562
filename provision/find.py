"""Find anything in the record by its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from provision.findable import Kind, Passage, Thing, things
from provision.record import Record

LONGEST = 100  # characters of a question that are looked at
MOST = 40  # things found
_ALIKE = 79  # how alike two words must be, of 100, to stand for one another
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Found:
    """Something found, with the passages that hold what was looked for; none where its title does.
    ``near`` tells that only words like those asked for were found."""

    thing: Thing
    passages: tuple[Passage, ...]
    near: bool = False


def find(record: Record, text: str) -> list[Found]:
    """What holds every word of a text, things named so first. Where nothing does, what is named
    with words much like them.

    Parameters
    ----------
    record : Record
        Where to look.
    text : str
        What a person asks for; the first :data:`LONGEST` characters count.

    Returns
    -------
    list of Found
        At most :data:`MOST`; empty for a text without words.
    """
    words = _words(text[:LONGEST])
    if not words:
        return []
    found = [f for thing in things(record) if (f := _match(thing, words))]
    found.sort(
        key=lambda f: (
            _title_rank(f.thing, words),
            list(Kind).index(f.thing.kind),
            f.thing.titles[0].casefold(),
        )
    )
    return found[:MOST] or _alike(record, words)


def _words(text: str) -> list[str]:
    return [w.casefold() for w in _WORD.findall(text)]


def _match(thing: Thing, words: list[str]) -> Found | None:
    """A thing holds a word where one of its own words begins with it. Every word must stand in a
    title or in a passage; the passages that hold all that its titles do not go before those that
    hold some of it."""
    if any(_holds(title, words) for title in thing.titles):
        return Found(thing, tuple(p for p in thing.passages if _holds(p.text, words)))
    left = [w for w in words if not any(_holds(title, [w]) for title in thing.titles)]
    said = {p: f"{p.label} {p.text}" for p in thing.passages}
    if not all(any(_holds(text, [w]) for text in said.values()) for w in left):
        return None
    whole = tuple(p for p, text in said.items() if _holds(text, left))
    return Found(
        thing, whole or tuple(p for p, text in said.items() if any(_holds(text, [w]) for w in left))
    )


def _holds(text: str, words: list[str]) -> bool:
    own = _words(text)
    return all(any(o.startswith(w) for o in own) for w in words)


def _title_rank(thing: Thing, words: list[str]) -> int:
    """0 where a title is what was asked for, 1 where it holds every word, 2 where only what is said
    of the thing does."""
    if any(_words(t) == words for t in thing.titles):
        return 0
    return 1 if any(_holds(t, words) for t in thing.titles) else 2


def _alike(record: Record, words: list[str]) -> list[Found]:
    from rapidfuzz import fuzz

    def rate(thing: Thing) -> float:
        """How alike the least alike of the words asked for is to one of the title's."""
        own = [o for title in thing.titles for o in _words(title)]
        return min(max((fuzz.ratio(w, o) for o in own), default=0.0) for w in words)

    rated = [(rate(thing), thing) for thing in things(record)]
    best = sorted((r for r in rated if r[0] >= _ALIKE), key=lambda r: (-r[0], r[1].titles[0]))
    return [Found(thing, (), near=True) for _, thing in best[:10]]
