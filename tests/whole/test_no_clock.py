"""No test looks at a clock, waits for a time, or bounds work by one: what must be bounded is
bounded in the code by counts, and what a page must show first is waited for as a state."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import ROOT

CLOCKS = {
    "monotonic",
    "monotonic_ns",
    "perf_counter",
    "perf_counter_ns",
    "process_time",
    "process_time_ns",
    "sleep",
    "thread_time",
    "wait_for_timeout",
}
FILES = sorted(path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__))


def clocks(text: str) -> Iterator[str]:
    """Everything in a test's code that looks at a clock, waits for a time or is given up after one.
    A limit of time may only be one of the constants called ``PATIENCE``: long enough for any
    machine, so that it ends what hangs and judges nothing."""
    for node in ast.walk(ast.parse(text)):
        name = getattr(node, "attr", None) or getattr(node, "id", None)
        if name in CLOCKS:
            yield f"{node.lineno}: {name}"
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "time.time":
            yield f"{node.lineno}: time.time"
        if isinstance(node, ast.keyword) and "timeout" in (node.arg or ""):
            yield from [f"{node.lineno}: {node.arg}"] * (ast.unparse(node.value) != "PATIENCE")
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield f"{node.lineno}: from time"
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and "import" in node.value
        ):
            yield from (f"{node.lineno}: {name} in code" for name in CLOCKS if name in node.value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT / "tests")))
def test_no_test_looks_at_a_clock(path: Path) -> None:
    assert list(clocks(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "code",
    [
        "import time\nbegun = time.perf_counter()",
        "from time import sleep",
        "page.wait_for_timeout(500)",
        "expect(found).to_be_visible(timeout=5000)",
        "run(command, timeout=120)",
        "AppTest.from_file('app.py', default_timeout=60)",
        "CODE = 'import time; time.sleep(1)'",
        "begun = time.time()",
    ],
)
def test_one_that_did_would_be_found(code: str) -> None:
    assert list(clocks(code))


def test_one_that_does_not_is_left_alone() -> None:
    assert list(clocks("expect.set_options(timeout=PATIENCE)\ntime = page.locator('time')")) == []
