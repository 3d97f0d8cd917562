"""What several tests share: London's own record, and a small invented city whose answers can be
worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import postgres
import pytest
from hypothesis import settings

from provision.io.files import DataFiles
from provision.record import Record, load

ROOT = Path(__file__).resolve().parent.parent
CITY = Path(__file__).parent / "city"

# The same examples on every run, and no judgement by the clock.
settings.register_profile(
    "project", derandomize=True, deadline=None, database=None, max_examples=60
)
settings.load_profile("project")


@pytest.fixture(scope="session")
def london() -> Record:
    """The record that comes with the project."""
    return load(DataFiles.london())


@pytest.fixture(scope="session")
def city_files() -> DataFiles:
    """The files of Farwater; its services.yaml begins with a picture of it."""
    return DataFiles(
        CITY / "services.yaml",
        CITY / "boundaries.geojson",
        CITY / "figures.csv",
        CITY / "neighbours.csv",
    )


@pytest.fixture(scope="session")
def city(city_files: DataFiles) -> Record:
    """Farwater, the invented city."""
    return load(city_files)


@pytest.fixture(scope="session")
def farwater(city_files: DataFiles) -> Record:
    """The same city with what is said of it theme by theme; its themes.yaml begins with a picture
    of that."""
    return load(
        replace(city_files, themes=CITY / "themes.yaml", organisations=CITY / "organisations.yaml")
    )


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgres.Server]:
    """A PostgreSQL server, for the tests that want one."""
    with postgres.server() as own:
        yield own
