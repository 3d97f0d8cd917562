"""What several tests share: London's own record, and a small invented city whose answers can be
worked out by hand."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from streamlit.components.v2 import manifest_scanner
from support import CITY, postgres

from provision.io.files import DataFiles
from provision.record import Record, load
from provision.workshop import engines
from provision.workshop.engines import ENVIRONMENT

# A busy machine is no disk that does not answer; servers that tests start are told so, too.
os.environ["PROVISION_DATA_SECONDS"] = "3600"

# The same examples on every run, and no judgement by the clock.
settings.register_profile(
    "project", derandomize=True, deadline=None, database=None, max_examples=60
)
# For `make mutants`: a mutant is dead at the first example that fails; the smallest is not needed.
settings.register_profile(
    "mutants",
    settings.get_profile("project"),
    max_examples=20,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "project"))


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


@pytest.fixture(scope="session", autouse=True)
def found_once() -> Iterator[None]:
    """Streamlit reads what every installed package says of itself, looking for components, each
    time that a page is run as a script; once is enough. What stands in memory before the first test
    stays to the end, and is not looked through for garbage after every page."""
    gc.collect()
    gc.freeze()
    with pytest.MonkeyPatch.context() as monkeypatch:
        scan = cache(manifest_scanner.scan_component_manifests)
        monkeypatch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture(scope="session", autouse=True)
def patience() -> Iterator[None]:
    """A record that others write to is waited for, however busy the machine."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(engines, "PATIENCE", 3600)
        yield


@pytest.fixture
def themed_city(monkeypatch: pytest.MonkeyPatch) -> None:
    """Farwater whole, as what the app serves."""
    files = {
        "SERVICES": "services.yaml",
        "BOUNDARIES": "boundaries.geojson",
        "FIGURES": "figures.csv",
        "NEIGHBOURS": "neighbours.csv",
        "THEMES": "themes.yaml",
        "ORGANISATIONS": "organisations.yaml",
    }
    for name, file in files.items():
        monkeypatch.setenv(f"PROVISION_{name}", str(CITY / file))


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A place for records that is this test's own."""
    url = f"sqlite:///{tmp_path / 'records.sqlite'}"
    monkeypatch.setenv(ENVIRONMENT, url)
    return url
