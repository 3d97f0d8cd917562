"""What was worked out of records that are gone is let go of, so that edits for hours do not grow
memory.

Results are kept by record in bounded caches of the modules that work them out. A cache bounds how
many it keeps, not of how many records: after hundreds of edits it would hold hundreds of these."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import lru_cache
from itertools import count
from typing import Any

RENEWALS = 8  # new records after which the results of all are let go of
_OURS = ("provision.", "components.", "pages.")
_SMALL = {"str", "int", "float", "bool", "Path", "date", "None"}
_Cached = type(lru_cache(lambda: None))
_renewals = count(1)


def renewed() -> None:
    """A record was made anew. From time to time, all results are worked out afresh."""
    if next(_renewals) % RENEWALS == 0:
        forget()


def forget() -> None:
    """Let go of all that was worked out of records."""
    for cached in _by_record():
        cached.cache_clear()


def _by_record() -> Iterator[Any]:
    """The caches of our modules whose keys hold more than words and numbers."""
    for name, module in list(sys.modules.items()):
        if name.startswith(_OURS):
            for own in list(vars(module).values()):
                if isinstance(own, _Cached) and _holds_more(own):
                    yield own


def _holds_more(cached: Any) -> bool:
    held = {kind for name, kind in cached.__annotations__.items() if name != "return"}
    return bool(held - _SMALL)
