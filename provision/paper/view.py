"""One view that can be put on paper: its kind, and what its scenario does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from provision.links.query import Query
from provision.record import Record
from provision.scenarios.compare import LETTERS, Comparison, compare
from provision.scenarios.evaluate import Outcome, evaluate
from provision.scenarios.scenario import Scenario

Rows = list[dict[str, Any]]
NEVER_NONE = "Not stated in the source is never counted as none."


class Kind(StrEnum):
    """The kinds of view that can be put on paper."""

    COVERAGE = "coverage"
    TILES = "tiles"
    GAPS = "gaps"
    CALENDAR = "calendar"
    THEMES = "themes"
    THEME = "theme"
    SCENARIO = "scenario"
    DIFFERENCE = "difference"
    THEN_AND_NOW = "then_and_now"


@dataclass(frozen=True)
class View:
    """One view. ``kind`` is a :class:`Kind` or its word; ``query.theme`` says which theme.
    ``place`` is which of ``query.beside`` a difference looks at, counted from 1; where there is
    none beside, the scenario is held against the record as it is. Of a region's records side by
    side, it is which step from one to the next."""

    kind: Kind
    query: Query
    place: int = 1

    def __post_init__(self) -> None:
        """Raises ValueError for a kind that there is not, and for a theme's view without a
        theme."""
        object.__setattr__(self, "kind", Kind(self.kind))
        if self.kind is Kind.THEME and not self.query.theme:
            raise ValueError("the view of a theme needs a theme")

    @property
    def id(self) -> str:
        """A name among the views of a pack, and the stem of its files: ``coverage``,
        ``theme-young-women``."""
        if self.kind is Kind.THEME:
            return f"theme-{self.query.theme}"
        if self.kind is Kind.THEN_AND_NOW:
            return self.kind.value if self.place == 1 else f"{self.kind.value}-{self.place}"
        return (
            f"difference-{LETTERS[self.place].lower()}"
            if self.kind is Kind.DIFFERENCE and self.place > 1
            else self.kind.value
        )


@lru_cache(maxsize=8)
def outcome(record: Record, scenario: Scenario) -> Outcome:
    """What a scenario does; kept for the few that words, rows and figure all ask for."""
    return evaluate(record, scenario)


@lru_cache(maxsize=4)
def comparison(record: Record, query: Query) -> Comparison:
    """The scenario of a view beside the others; beside the record as it is, where there are
    none."""
    here = query.supposed(record)
    return compare(
        record,
        [here, *(query.beside or [replace(Scenario.default(record), on=here.on, need=here.need)])],
    )
