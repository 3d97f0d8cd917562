"""What a reader has to say, gathered by kind: one line for each kind, with how many and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from provision.io.problems import Problem, shown
from provision.readers.table import Place

PLACES_NAMED = 3


@dataclass
class _Kind:
    one: str
    many: str
    fix: str
    cases: list[tuple[str, Place]] = field(default_factory=list)


@dataclass
class Findings:
    """Cases of several kinds, in the order in which the kinds were first met.

    >>> found = Findings()
    >>> for row in (7, 9):
    ...     place = Place("a.csv", "", row)
    ...     found.add("1 date was not read", "{} dates were not read", place, "soon")
    >>> list(found.lines())
    ["2 dates were not read: 'soon' (line 7, line 9)."]
    """

    kinds: dict[str, _Kind] = field(default_factory=dict)

    def add(self, one: str, many: str, place: Place, case: str = "", fix: str = "") -> None:
        """Add a case.

        Parameters
        ----------
        one
            The sentence, without its full stop, for a single case.
        many
            The same for several, with ``{}`` where their number goes.
        place
            Where the case stands.
        case
            What stands there; ``""`` where only the place is to be named.
        fix
            What to do about it.
        """
        kind = self.kinds.setdefault(many, _Kind(one, many, fix))
        kind.cases.append((case, place))

    def lines(self) -> Iterator[str]:
        """A line for each kind, with what to do where that is known."""
        for kind in self.kinds.values():
            do = f" {kind.fix[:1].upper()}{kind.fix[1:]}." if kind.fix else ""
            yield f"{self._what(kind)}.{do}"

    def problems(self) -> list[Problem]:
        """A problem for each kind, at the place of its first case."""
        return [self._problem(kind) for kind in self.kinds.values()]

    def _problem(self, kind: _Kind) -> Problem:
        place = kind.cases[0][1]
        return Problem(place.file, place.row, str(place), "", self._what(kind), kind.fix)

    def _what(self, kind: _Kind) -> str:
        count = len(kind.cases)
        said = kind.one if count == 1 else kind.many.format(f"{count:,}")
        return f"{said}: {said_places(kind.cases)}"


def said_places(cases: list[tuple[str, Place]]) -> str:
    """The first three cases with their places; a text that stands more than once is named once."""
    by_case: dict[str, list[Place]] = {}
    for case, place in cases:
        by_case.setdefault(case, []).append(place)
    if set(by_case) == {""}:
        places = by_case[""]
        rest = f" and {len(places) - PLACES_NAMED:,} more" if len(places) > PLACES_NAMED else ""
        return ", ".join(map(str, places[:PLACES_NAMED])) + rest
    named = [f"{shown(c)} ({_where(p)})" for c, p in list(by_case.items())[:PLACES_NAMED]]
    rest = f" and {len(by_case) - PLACES_NAMED:,} more" if len(by_case) > PLACES_NAMED else ""
    return ", ".join(named) + rest


def _where(places: list[Place]) -> str:
    more = f" and {len(places) - 1:,} more" if len(places) > 2 else ""
    return ", ".join(map(str, places[: 1 if more else 2])) + more
