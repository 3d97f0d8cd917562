"""The example in examples/: an invented island, shown by the same code on every page, with nothing
of the region that comes with the project."""

from __future__ import annotations

import csv
import html
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block
from support import ROOT
from support.apps import opened

from provision.__main__ import main
from provision.coverage.status import Status, coverage
from provision.exchange.diff import AreaChange, difference
from provision.io.files import DataFiles
from provision.record import Record, load
from provision.regions.contiguity import contiguous

HERE = ROOT / "examples" / "saltmere"
FILES = DataFiles(
    HERE / "services.yaml",
    HERE / "boundaries.geojson",
    HERE / "figures.csv",
    HERE / "neighbours.csv",
    HERE / "water.geojson",
    HERE / "themes.yaml",
    HERE / "organisations.yaml",
)
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.stem != "__init__")
ELSEWHERE = re.compile(r"London|\bborough|\bBorough|E09|Thames|Greenwich|Blueprint|MOPAC")
# What is called so in addresses and file names, which are the same for every region.
ADDRESSES = re.compile(
    r"borough\?|\"borough\"|page:"
    r" \"borough\"|/borough\b|data-go=\"borough|href=\"borough|boroughs\.(csv|yaml|json)"
)


@pytest.fixture(scope="module")
def island() -> Record:
    return load(FILES)


@pytest.fixture(scope="module")
def before() -> Record:
    return load(
        replace(FILES, services=HERE / "services-2024.yaml", themes=None, organisations=None)
    )


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("services", "boundaries", "figures", "neighbours", "water"):
        monkeypatch.setenv(f"PROVISION_{name.upper()}", str(getattr(FILES, name)))


def test_who_is_covered(island: Record) -> None:
    table = coverage(island, island.default_date)
    assert {row["name"]: row["status"] for _, row in table.iterrows()} == {
        **dict.fromkeys(
            (
                "Aldermouth",
                "Brinmoor",
                "Eastwold",
                "Farrowdene",
                "Gullstone",
                "Hallowsand",
                "Ivelsea",
                "The Free Port",
            ),
            Status.COVERED,
        ),
        **dict.fromkeys(("Corran Fell", "Kestermere"), Status.NONE),
        "Dunnick": Status.NOT_STATED,
    }
    assert [
        a.name for a, counted in zip(island.areas, island.counted, strict=True) if not counted
    ] == ["The Free Port"]


def test_what_changed_in_two_years(before: Record, island: Record) -> None:
    found = difference(before, island)
    assert {change: [a.name for a in found.of(change)] for change in AreaChange} == {
        AreaChange.GAINED: ["Eastwold", "Farrowdene"],
        AreaChange.LOST: ["Corran Fell", "Kestermere"],
        AreaChange.NO_LONGER_STATED: ["Dunnick"],
        AreaChange.NOW_STATED: [],
        AreaChange.CHANGED: ["Gullstone", "Ivelsea"],
    }


def test_the_neighbours_by_land_are_those_whose_outlines_touch(island: Record) -> None:
    found = contiguous([a.code for a in island.areas], [a.geometry for a in island.areas])
    by_land = [
        row
        for row in csv.DictReader(
            (HERE / "neighbours.csv").read_text(encoding="utf-8").splitlines()
        )
        if row["type"] == "land"
    ]
    assert {(row["code_a"], row["code_b"]) for row in by_land} == set(
        zip(found["code_a"], found["code_b"], strict=True)
    )


def test_the_outlines_are_those_that_the_script_draws(tmp_path: Path) -> None:
    copy = tmp_path / "draw_saltmere.py"
    copy.write_text(
        (ROOT / "examples" / "draw_saltmere.py").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / "saltmere").mkdir()
    subprocess.run([sys.executable, str(copy)], check=True)
    for name in ("boundaries.geojson", "water.geojson"):
        assert json.loads((tmp_path / "saltmere" / name).read_text(encoding="utf-8")) == json.loads(
            (HERE / name).read_text(encoding="utf-8")
        )


def test_everything_is_called_invented(island: Record, before: Record) -> None:
    for record in (island, before):
        assert "Invented" in record.file.region.name and "invented" in record.file.region.caveat
        assert all("invented" in s.name and "(invented)" in s.short_name for s in record.services)
        assert all("nvented" in s.title for s in record.file.sources)
    assert all("nvented" in i.source.title and "Invented" in i.caution for i in island.indicators)
    assert island.origin and "invented" in island.origin.attribution


def everything(app: AppTest) -> str:
    """All that a page sends to the browser, styles left out."""

    def protos(block: Block) -> Iterator[str]:
        for child in block.children.values():
            if isinstance(child, Block):
                yield str(child.proto)
                yield from protos(child)
            else:
                yield str(child.proto)

    sent = html.unescape(" ".join(protos(app._tree)))
    return re.sub(
        r"<style>.*?</style>|[A-Za-z0-9+/=]{120,}|stamp\W+[0-9a-f]{12} borough",
        "",
        sent,
        flags=re.DOTALL,
    )


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "link",
    [{}, {"area": "SM07", "theme": "home", "themes": "home,work", "on": "2026-10-31"}],
    ids=["opened", "chosen"],
)
def test_every_page_shows_it(page: str, link: dict[str, str]) -> None:
    app = opened(page, link)
    assert not app.exception
    text = everything(app)
    assert "invented" in text.lower()
    assert not [
        text[max(0, m.start() - 60) : m.end() + 30]
        for m in ELSEWHERE.finditer(ADDRESSES.sub("", text))
    ]


def test_the_menu_is_in_the_region_s_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    titles: list[str] = []
    navigation = st.navigation

    def seen(pages: list[st.Page], **options: object) -> object:
        titles.extend(page.title for page in pages)
        return navigation(pages, **options)

    monkeypatch.setattr(st, "navigation", seen)
    assert not opened("coverage").exception
    assert "District" in titles and "Borough" not in titles


@pytest.mark.parametrize(
    "command",
    [
        "validate",
        "coverage",
        "gaps",
        "calendar",
        "themes",
        "why Dunnick",
        "best-hubs --hubs 2 --reach crossing --weigh women",
    ],
)
def test_the_command_line_speaks_of_nothing_else(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command.split()) == 0
    assert not ELSEWHERE.search(capsys.readouterr().out)


def test_the_readme_says_it_as_it_is() -> None:
    text = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    for name in ("services", "boundaries", "figures", "neighbours", "water"):
        assert f"PROVISION_{name.upper()}=examples/saltmere/{getattr(FILES, name).name}" in text
    assert all(path.exists() for path in FILES.paths())
