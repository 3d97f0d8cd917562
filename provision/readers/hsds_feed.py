"""What is found in a feed: its services with their places, its pages, and what was set aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from provision.io.problems import Problem, shown
from provision.readers.table import Place

_TOTAL_PAGES = ("total_pages", "totalPages", "pages")
_PAGE_NUMBER = ("page_number", "number", "page", "currentPage")
_TOTAL_ITEMS = ("total_items", "totalElements", "total", "totalItems", "count")


@dataclass(frozen=True)
class Entry:
    """A service as the feed gives it.

    Parameters
    ----------
    file : str
        As messages call it.
    place : str
        Where in it: a JSON path such as ``$.contents[3]``, or ``line 5``.
    data : dict
        In the form of HSDS JSON, with the organisation inside.
    """

    file: str
    place: str
    data: dict[str, Any]


@dataclass(frozen=True, order=True)
class FeedPlace(Place):
    """The place of an entry; ``path`` is a JSON path, or the line of a table."""

    path: str = ""

    def __str__(self) -> str:
        return self.path or super().__str__()


@dataclass(frozen=True)
class Page:
    """What a page says of the feed that it is part of; None where it does not say."""

    file: str
    number: int | None
    total_pages: int | None
    total_items: int | None
    held: int


@dataclass
class Entries:
    """Everything that the files hold: services, pages, what was set aside, and what there is to
    say."""

    services: list[Entry] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    set_aside: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(self, file: str, place: str, what: str, fix: str) -> None:
        """Set something aside."""
        self.set_aside.append(Problem(file, 0, place, "", what, fix))


def page_of(file: str, data: Mapping[str, Any], held: int) -> Page | None:
    """What a page says of its feed; None where it says neither how many pages nor how many entries.

    Parameters
    ----------
    file : str
    data : mapping
        The page.
    held : int
        How many entries it lists.
    """
    number, pages, items = (
        _count(data, keys) for keys in (_PAGE_NUMBER, _TOTAL_PAGES, _TOTAL_ITEMS)
    )
    return None if pages is None and items is None else Page(file, number, pages, items, held)


def _count(data: Mapping[str, Any], keys: tuple[str, ...]) -> int | None:
    for key in keys:
        value = data.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9:
            return value
    return None


def page_notes(pages: list[Page]) -> Iterator[str]:
    """What is missing from a feed that comes in pages, and where a feed's own count is not what it
    holds.

    Parameters
    ----------
    pages : list of Page
        Those that were given; several of one feed are told together.
    """
    if not pages:
        return
    total = max((p.total_pages or 0 for p in pages), default=0)
    items = max((p.total_items or 0 for p in pages), default=0)
    held = sum(p.held for p in pages)
    numbers = sorted({p.number for p in pages if p.number is not None})
    given = len(numbers) or len(pages)
    if total > given:
        missing = total - given
        entries_missing = f", with {items - held:,} of {items:,} entries" if items > held else ""
        which = (
            f"Page {numbers[0]} of {total:,} was read"
            if given == 1 and numbers
            else f"{given:,} of {total:,} pages were read"
        )
        yield (
            f"{which}: {missing:,} {'page is' if missing == 1 else 'pages are'}"
            f" missing{entries_missing}. Put all pages in one folder or zip and import that."
        )
    elif items > held:
        yield (
            f"The feed says that it has {items:,} entries and gives {held:,}: {items - held:,}"
            " are missing."
        )
    elif items and held > items and len(numbers) in (0, len(pages)):
        yield (
            f"The feed says that it has {items:,} entries and gives {held:,}. We read all of them."
        )


def some_of(words: list[str]) -> str:
    """The first three words, quoted, and how many more."""
    quoted = [shown(word) for word in words[:3]]
    return (
        ", ".join(quoted) + (f" and {len(words) - 3} more" if len(words) > 3 else "")
        if quoted
        else "none"
    )
