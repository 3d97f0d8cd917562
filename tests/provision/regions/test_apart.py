"""Large files are read in a process of their own, which is bounded and ends with whoever waits."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from datetime import date
from typing import Any

import pytest
from support.own_files import LIST, OUTLINES

from provision.io.problems import InvalidData
from provision.regions import apart
from provision.regions.apart import make_apart, unpack_apart
from provision.regions.input_files import InputFile
from provision.regions.own_data import OwnInputs, make_own_data

DAY = date(2026, 11, 1)
LARGE = OUTLINES + b" " * apart.LIGHT  # as JSON, spaces at the end say nothing


def inputs(outlines: bytes, services: bytes = LIST) -> OwnInputs:
    file = InputFile("list.csv", services)
    return OwnInputs("vale", DAY, outlines=InputFile("vale.geojson", outlines), services=(file,))


def refused(given: OwnInputs) -> str:
    with pytest.raises(InvalidData) as caught:
        make_apart(given)
    (problem,) = caught.value.problems
    return problem.what


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 3600)  # a busy machine is no fault


@pytest.fixture
def no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def started(*_: Any, **__: Any) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", started)


@pytest.mark.usefixtures("no_process")
def test_what_is_light_is_read_where_it_is_asked_for() -> None:
    assert list(make_apart(inputs(OUTLINES)).record.codes) == ["X01", "X02", "X03"]


def test_a_large_file_gives_the_same_from_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    here = make_own_data(inputs(LARGE))
    monkeypatch.setattr(apart, "make_own_data", None)  # whoever asks does not read it
    there = make_apart(inputs(LARGE))
    assert there.files == here.files and there.record.version == here.record.version
    assert there.made is not None and here.made is not None
    assert there.made.unmatched == here.made.unmatched and there.notes == here.notes


def test_what_is_wrong_comes_back_as_problems() -> None:
    given = inputs(b"no outlines " * apart.LIGHT)
    with pytest.raises(InvalidData) as here:
        make_own_data(given)
    with pytest.raises(InvalidData) as there:
        make_apart(given)
    assert there.value.problems == here.value.problems


def test_a_large_folder_is_unpacked_there(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, raw in make_own_data(inputs(OUTLINES)).files.items():
            archive.writestr(f"vale/{name}", raw)
        archive.writestr("vale/notes.txt", b"x" * apart.LIGHT)
    monkeypatch.setattr(apart, "begin_from_zip", None)
    assert "services.yaml" in unpack_apart(packed.getvalue(), "vale.zip", DAY).folder


WAITS = (sys.executable, "-c", "import signal; signal.pause()")


def test_what_takes_too_long_is_ended_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    told: list[int] = []

    class Kept(subprocess.Popen[bytes]):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Kept)
    monkeypatch.setattr(apart, "SECONDS", 1)
    monkeypatch.setattr(apart, "_COMMAND", WAITS)
    with pytest.raises(InvalidData, match="take more than 1 seconds"):
        make_apart(inputs(LARGE), told.append)
    assert told == [1] and started[0].poll() is not None


def test_it_ends_with_whoever_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A visitor who leaves stops the script where it tells how long it has been."""
    monkeypatch.setattr(apart, "_COMMAND", WAITS)

    def gone(_: int) -> None:
        raise InterruptedError

    for _ in range(apart.AT_ONCE + 1):
        with pytest.raises(InterruptedError):
            make_apart(inputs(LARGE), gone)


def test_no_more_memory_than_a_page_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    code = f"from provision.regions import apart; apart._bounded(); b'x' * {apart.MEMORY + 1}"
    monkeypatch.setattr(apart, "_COMMAND", (sys.executable, "-c", code))
    assert "more than 1,000 MB of memory" in refused(inputs(LARGE))


def test_more_at_once_than_the_server_takes_are_told_to_wait() -> None:
    for _ in range(apart.AT_ONCE):
        apart._turns.acquire()
    try:
        assert "large files of others are being read" in refused(inputs(LARGE))
    finally:
        for _ in range(apart.AT_ONCE):
            apart._turns.release()
