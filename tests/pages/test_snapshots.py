"""What every page says, word for word, in one file for each page: London at its default date and
later, Farwater, and Farwater with nothing but its services and outlines. ``make snapshots`` writes
the files anew; what they then hold is reviewed like code."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from support import CITY, ROOT
from support.apps import opened
from support.snapshots import OneFileEach, page_text
from syrupy.assertion import SnapshotAssertion

from components.data import live
from provision.workshop.engines import ENVIRONMENT

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.stem != "__init__")
LATER = {
    "on": "2020-04-30",
    "services": "minerva-crc,minerva-wraparound",
    "area": "E09000011",
    "theme": "young-women",
    "themes": "recall,young-women",
    "partner": "hibiscus",
    "stage": "arrest",
    "find": "women",
    "need": "imd2019_score",
}
HUBS = {"hubs": "E09000003~land,E09000024", "off": "minerva-crc", "best": "2~land"}
REGION = (
    "services.yaml",
    "boundaries.geojson",
    "figures.csv",
    "figures.yaml",
    "neighbours.csv",
    "themes.yaml",
    "organisations.yaml",
)
CASES: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "London": ({}, ()),
    "London, later and chosen": (LATER, ()),
    "Farwater": ({}, REGION),
    "Farwater, services and outlines alone": ({}, REGION[:2]),
}


@pytest.mark.parametrize("page", PAGES)
def test_page(
    page: str, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said = []
    monkeypatch.setenv(ENVIRONMENT, f"sqlite:///{tmp_path / 'records.sqlite'}")
    for case, (link, files) in CASES.items():
        hubs = HUBS if page == "scenario" and link else {}
        with monkeypatch.context() as own:
            serve(tmp_path / case, files, own)
            app = opened(page, {**link, **hubs})
            version = live.live().record.version
        said.append(f"==== {case}\n\n{page_text(app, version, str(tmp_path / case))}\n")
    assert "\n".join(said) == snapshot(extension_class=OneFileEach)


def serve(folder: Path, files: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the app read these files of Farwater; London's own, where there are none."""
    if files:
        folder.mkdir()
        for name in files:
            shutil.copy(CITY / name, folder / name)
        monkeypatch.setenv("PROVISION_SERVICES", str(folder / "services.yaml"))
        monkeypatch.setenv("PROVISION_BOUNDARIES", str(folder / "boundaries.geojson"))
        if "figures.csv" in files:
            monkeypatch.setenv("PROVISION_FIGURES", str(folder / "figures.csv"))
            monkeypatch.setenv("PROVISION_NEIGHBOURS", str(folder / "neighbours.csv"))
