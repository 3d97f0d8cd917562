"""What is known of a page before it is drawn, and what it is given when it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from streamlit.delta_generator import DeltaGenerator

from provision.links.query import Query
from provision.record import Record


@dataclass(frozen=True)
class PageEntry:
    """A page in the table of pages.

    ``controls`` are the shared controls drawn above it, ``panels`` those that a panel of its own
    draws; ``shown`` are further parts of the view that it shows. Its address holds all of them.
    ``own`` are fields of the address that the page reads itself. A page that ``keeps_address``
    writes it itself, in the part of the page that a toggle runs anew; one that is not ``cited``
    has a link of another kind; one that does not ``choose_record`` draws that choice itself, or
    shows all records. ``named`` gives its title in the region's own word.
    """

    title: str
    draw: Callable[[PageContext], None]
    controls: tuple[str, ...] = ()
    panels: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    keeps_address: bool = False
    cited: bool = True
    chooses_record: bool = True
    named: Callable[[Record], str] | None = None

    def title_in(self, record: Record | None) -> str:
        """What it is called."""
        return self.named(record) if self.named and record else self.title

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the view that it shows."""
        return (*self.controls, *self.panels, *self.shown)

    @property
    def dated(self) -> bool:
        """Whether the page looks at the day that the view is of."""
        return "on" in self.controls


@dataclass(frozen=True)
class PageContext:
    """What a page is given: its address and title, the record, the view, the place of the sentence
    on top, and the stamp of the data files when they were read. ``said`` is what was then written
    in that place."""

    name: str
    title: str
    entry: PageEntry
    record: Record
    query: Query
    headline: DeltaGenerator
    stamp: object
    said: list[str] = field(default_factory=list)
