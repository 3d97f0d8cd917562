"""What is asked of the search for the best places, as a link holds it; the rest of the question is
the scenario itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from provision.location.best_hubs import Objective
from provision.location.catchment import OWN, CatchmentRule

MOST = 5
_CODE = re.compile(r"[\w-]{1,40}")


@dataclass(frozen=True)
class Wanted:
    """How many further hubs, under which reach rule, by which weight, and which areas may have
    none.

    >>> str(Wanted(3, CatchmentRule.parse("land"), Objective.WOMEN, ("E1",)))
    '3~land~women~not:E1'
    >>> Wanted.parse("2").hubs
    2
    """

    hubs: int = 1
    reach: CatchmentRule = OWN
    weigh: Objective = Objective.BOROUGHS
    excluded: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Wanted:
        """Read ``K~RULE~WEIGHT~not:CODE.CODE``, all but the first in any order and optional. Raises
        ValueError."""
        first, *rest = text.split("~")
        if not re.fullmatch(f"[1-{MOST}]", first):
            raise ValueError(f"it does not begin with a number of hubs from 1 to {MOST}")
        reach, weigh, excluded = OWN, Objective.BOROUGHS, tuple[str, ...]()
        for part in rest:
            if part.startswith("not:"):
                excluded = tuple(sorted(set(filter(None, part.removeprefix("not:").split(".")))))
                if not all(map(_CODE.fullmatch, excluded)):
                    raise ValueError("it excludes what is no code")
            elif part in set(Objective):
                weigh = Objective(part)
            else:
                reach = CatchmentRule.parse(part)
        return cls(int(first), reach, weigh, excluded)

    def __str__(self) -> str:
        parts = (
            [str(self.hubs)]
            + [str(self.reach)] * (self.reach != OWN)
            + [self.weigh.value] * (self.weigh is not Objective.BOROUGHS)
        )
        return "~".join([*parts, *([f"not:{'.'.join(self.excluded)}"] if self.excluded else [])])
