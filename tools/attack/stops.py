"""Killed and stopped while it writes: nothing confirmed is lost, and nothing is kept twice."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from provision.workshop.copies import check
from provision.workshop.store import Store
from tools.attack.trial import Trial

AGAIN = 3  # entries that are sent again after each stop, as a browser that heard no answer does
MOST_EACH = 12


def stops(how: signal.Signals, times: int) -> Trial:
    """Stop a process that writes so often, each time after a few entries; read what is there."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "workshops.sqlite"
        url = f"sqlite:///{file}"
        store = Store(url)
        session = store.start("Attack", "s", "v")
        store.close()
        confirmed, failed = -1, list[str]()
        for n, enough in enumerate(_lengths(times)):
            confirmed = _until(url, session, max(confirmed + 1 - AGAIN, 0), enough, how)
            if how == signal.SIGTERM and [p.name for p in file.parent.iterdir()] != [file.name]:
                failed.append(f"stop {n + 1} left more than one file")
        failed += _read(url, session, confirmed)
    return Trial(f"{how.name} while writing", times, tuple(failed), f"{confirmed + 1:,} entries")


def _lengths(times: int) -> Iterator[int]:
    random = Random(14)  # noqa: S311 - the same trial each time
    return (random.randint(1, MOST_EACH) for _ in range(times))


def _until(url: str, session: str, first: int, enough: int, how: signal.Signals) -> int:
    """Run the writer until it has confirmed so many entries more; the last number confirmed."""
    command = [sys.executable, "-m", "tools.attack.writer", url, session, str(first)]
    last = first - 1
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            last = int(line)
            if last >= first + AGAIN + enough:
                process.send_signal(how)
                break
        for line in process.stdout:
            last = int(line) if line.endswith("\n") else last
    return last


def _read(url: str, session: str, confirmed: int) -> Iterator[str]:
    store = Store(url)
    yield from check(store)
    found = [getattr(e.data, "text", "").split(" ")[1] for e in store.entries(session)]
    store.close()
    yield from (f"entry {n} is lost" for n in range(confirmed + 1) if str(n) not in set(found))
    yield from (f"entry {n} is kept {many} times" for n, many in Counter(found).items() if many > 1)
