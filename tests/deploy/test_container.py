"""The container that we give out: its steps, run in a clean folder. The image itself is built where
there is a registry to take Python's from."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import ROOT

from benchmarks.serving import Served, free_port, started

TEXT = (ROOT / "deploy" / "Containerfile").read_text("utf-8")


def _lines(word: str) -> list[str]:
    joined = re.sub(r"\\\n\s*", " ", TEXT)
    return [line.split(" ", 1)[1] for line in joined.splitlines() if line.startswith(f"{word} ")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the image holds of the project, and nothing else."""
    found = tmp_path_factory.mktemp("image") / "explorer"
    found.mkdir()
    for line in _lines("COPY"):
        *sources, target = shlex.split(line)
        for name in sources:
            source = ROOT / name
            into = found / target
            if source.is_dir():
                shutil.copytree(source, into, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, into)
    return found


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[tuple[Served, int]]:
    """The container's command with its environment, on a port of the test's own."""
    port, records = free_port(), folder.parent / "records"
    (said,) = _lines("ENV")
    environment = dict(pair.split("=", 1) for pair in shlex.split(said))
    given = {k: v.replace("/records", str(records)) for k, v in environment.items()}
    *_, last = _lines("CMD")
    command = json.loads(last)
    assert command[0] == "python" and "8501" in command
    own = [sys.executable, *(str(port) if word == "8501" else word for word in command[1:])]
    url = f"http://127.0.0.1:{port}"
    before = sorted(folder.rglob("*"))
    log = folder.parent / "server.log"
    with started(log, own, folder, url, health="/_stcore/health", environment=given) as found:
        yield found, port
    assert sorted(folder.rglob("*")) == before, "it writes nothing beside the records"


def test_it_serves_and_says_how_it_is(served: tuple[Served, int]) -> None:
    found = _health(served[0].url)
    assert found["status"] == "ok" and found["data"]["version"]
    with urllib.request.urlopen(f"{served[0].url}/gaps") as answer:
        assert answer.headers["X-Request-ID"]
    while not (lines := [one for one in _log(served[0].log) if one["path"] == "/gaps"]):
        pass  # the line is written after the answer
    assert lines[0]["status"] == 200


def _log(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text().splitlines() if line[:2] == '{"']


def _health(url: str) -> Any:
    """How the server says that it is, once the data has been read for the first time."""
    while True:
        try:
            with urllib.request.urlopen(f"{url}/health") as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            assert error.code == 503


def test_its_check_of_health_passes(served: tuple[Served, int]) -> None:
    (said,) = re.findall(r"HEALTHCHECK .*CMD (\[.*\])", TEXT)
    command = json.loads(said)
    assert "8501/health" in command[-1]
    _health(served[0].url)
    program = command[-1].replace("8501", str(served[1])).replace("timeout=8", "timeout=3600")
    exec(program, {})


def test_it_is_not_root_and_pins_what_it_installs() -> None:
    (user,) = _lines("USER")
    assert not user.startswith(("0", "root"))
    assert any("--require-hashes" in line for line in _lines("RUN"))
    assert _lines("STOPSIGNAL") == ["SIGTERM"]
