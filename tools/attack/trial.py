"""What a trial found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Trial:
    """``tried`` is how often, ``failed`` what did not hold, one text each, ``note`` a measure."""

    name: str
    tried: int
    failed: tuple[str, ...] = ()
    note: str = ""
