"""A facilitator's machine that is killed: ``python -m tools.attack.writer URL SESSION FIRST``.

It keeps one entry after the other from number FIRST on, under ids that a browser would make, and
prints each number that was confirmed. SIGTERM ends it as it ends the app: the store is closed."""

from __future__ import annotations

import signal
import sys
from datetime import UTC, datetime
from itertools import count

from provision.workshop import engines
from provision.workshop.entries import Kind, draft
from provision.workshop.store import Store

PATIENCE = 3600  # seconds; a busy machine is no fault


def main(url: str, session: str, first: str) -> None:
    """Keep entries until told to stop."""
    engines.PATIENCE = PATIENCE
    store = Store(url)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        for n in count(int(first)):
            said = {"text": f"entry {n} {'x' * 400}"}
            store.append(session, draft(Kind.NOTE, said, datetime.now(UTC), f"{n:032d}"))
            print(n, flush=True)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
