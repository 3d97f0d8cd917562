"""How often something may be done: so many at once, then so many a minute. Held in memory, for a
bounded number of names."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Limit:
    """A bucket for each name: it holds ``burst`` and fills up by ``a_minute``. Of more than
    ``names``, the one that did nothing for the longest is let go."""

    burst: float
    a_minute: float
    names: int = 10_000
    clock: Callable[[], float] = time.monotonic
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def allows(self, name: str) -> bool:
        """Whether it may be done once more; if so, it is counted."""
        now = self.clock()
        left, since = self._left.pop(name, (self.burst, now))
        left = min(self.burst, left + (now - since) * self.a_minute / 60)
        allowed = left >= 1
        self._left[name] = (left - allowed, now)
        if len(self._left) > self.names:
            self._left.popitem(last=False)
        return allowed

    def would(self, name: str) -> bool:
        """Whether it may be done once more, without counting it."""
        left, since = self._left.get(name, (self.burst, self.clock()))
        return left + (self.clock() - since) * self.a_minute / 60 >= 1
