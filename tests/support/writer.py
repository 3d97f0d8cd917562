"""A facilitator's machine, for the tests that kill it: keeps one entry after the other, and prints
the id of each that was confirmed.

``python tests/support/writer.py URL SESSION NAME [HOW_MANY]``; without a number, until it is
killed."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from provision.workshop import engines
from provision.workshop.store import Store

engines.PATIENCE = 3600  # a busy machine is no fault


def main(url: str, session: str, name: str, how_many: str = "") -> None:
    """Keep entries."""
    store = Store(url)
    for n in range(int(how_many)) if how_many else count():
        entry = store.add(session, "note", {"text": f"{name} {n} {'x' * 900}"})
        print(entry.id, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
