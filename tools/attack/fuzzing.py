"""Every reader of what comes from outside, fuzzed for so many seconds each, or with so many
inputs."""

from __future__ import annotations

import re
import subprocess
import sys

from fuzz.__main__ import STARTS
from provision.io.files import ROOT
from tools.attack.trial import Trial


def fuzzed(seconds: int, inputs: int = 0) -> Trial:
    """Fuzz all targets, one after the other; an input that hangs or raises ends its target. With
    ``inputs``, so many over all of them or a few more, however long they take."""
    runs_each = -(-inputs // len(STARTS))
    many, failed = 0, list[str]()
    for name in STARTS:
        bounds = ["--seconds", str(seconds), "--runs", str(runs_each)]
        command = [sys.executable, "-m", "fuzz", name, *bounds]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False
        )
        runs = re.search(r"stat::number_of_executed_units: (\d+)", done.stderr)
        many += int(runs[1]) if runs else 0
        failed += [name] * bool(done.returncode or not runs)
    return Trial("Inputs fuzzed over all readers", many, tuple(failed), f"{len(STARTS)} readers")
