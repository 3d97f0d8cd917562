"""The systemd unit that we give out, as systemd itself reads it."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT

UNIT = ROOT / "deploy" / "explorer.service"
needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd is not installed"
)


def _analysed(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *command], capture_output=True, text=True, check=False
    )


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit, with the program of this machine."""
    text = UNIT.read_text("utf-8")
    assert "/opt/explorer/.venv/bin/python " in text
    found = tmp_path / UNIT.name
    found.write_text(text.replace("/opt/explorer/.venv/bin/python", sys.executable), "utf-8")
    return found


@needs_systemd
def test_systemd_finds_nothing_wrong(unit: Path) -> None:
    found = _analysed("verify", str(unit))
    assert found.returncode == 0 and "explorer.service" not in found.stderr, found.stderr


@needs_systemd
def test_it_may_do_little(unit: Path) -> None:
    found = _analysed("security", "--offline=yes", "--threshold=20", str(unit))
    assert found.returncode == 0, found.stdout[-2000:]


def test_it_is_not_root_and_writes_its_records_alone() -> None:
    service = _service()
    assert service["DynamicUser"] == "yes" and service["ProtectSystem"] == "strict"
    assert service["StateDirectory"] == "explorer" and "ReadWritePaths" not in service
    assert "sqlite:////var/lib/explorer/" in UNIT.read_text("utf-8")
    assert service["Type"] == "notify" and int(service["WatchdogSec"]) > 0


def _service() -> dict[str, str]:
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(UNIT, "utf-8")
    return dict(parser["Service"])
