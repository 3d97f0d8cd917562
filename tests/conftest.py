"""What several tests share: London's own record, and a small invented city whose answers can be worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from provision.files import DataFiles
from provision.record import Record, load

ROOT = Path(__file__).resolve().parent.parent
CITY = Path(__file__).parent / "city"


@pytest.fixture(scope="session")
def london() -> Record:
    """The record that comes with the project."""
    return load(DataFiles.london())
