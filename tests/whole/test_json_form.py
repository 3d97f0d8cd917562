"""Every JSON that a command writes is an object that says the number of its form. What follows a
standard of its own (HSDS, JSON Schema, GeoJSON) is left as that standard has it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from support import ROOT

from provision.__main__ import _COMMANDS, main

# What each command that knows JSON is asked here.
ASKED = {
    "coverage": (),
    "why": ("E09000011",),
    "gaps": (),
    "calendar": (),
    "themes": (),
    "intersect": ("recall", "young-women"),
    "scenario": ("--link", "hubs=E09000003~land"),
    "best-hubs": ("--hubs", "1", "--reach", "own"),
    "diff": ("data/services.yaml", "data/services.yaml"),
    "then-and-now": ("data", "data/london-2022"),
    "workshops": (),
}


def test_no_command_is_left_out() -> None:
    assert set(ASKED) == {name for name, c in _COMMANDS.items() if "json" in c.formats}


@pytest.fixture(params=ASKED)
def said(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Any:
    """What a command answers."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("PROVISION_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    assert main([request.param, *ASKED[request.param], "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_an_answer_says_the_number_of_its_form(said: Any) -> None:
    assert isinstance(said, dict) and said["format"] == 2 and next(iter(said)) == "format"


def keys(data: Any) -> set[str]:
    """The name of every member, at any depth."""
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return set(data if isinstance(data, dict) else ()).union(*map(keys, inner))


def test_no_member_is_called_after_one_region(said: Any) -> None:
    assert not [key for key in keys(said) if key.startswith(("borough", "london_"))]


def test_the_manifest_of_a_pack_says_it_too(tmp_path: Path) -> None:
    out, data = tmp_path / "pack.zip", ROOT / "tests" / "city"
    asked = ("--services", f"{data}/services.yaml", "--boundaries", f"{data}/boundaries.geojson")
    assert main(["pack", "--size", "column", "--out", str(out), *asked]) == 0
    with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as packed:
        assert json.loads(packed.read("manifest.json"))["format"] == 2
