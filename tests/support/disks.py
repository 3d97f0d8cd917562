"""Disks that are full."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

Url = str


@contextmanager
def small_files(folder: Path) -> Iterator[Url]:
    """The system refuses to let any file grow further."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
    try:
        yield f"sqlite:///{folder / 'records.sqlite'}"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
