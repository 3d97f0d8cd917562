"""The trials of an attack notice what they are to notice, each in its smallest form."""

from __future__ import annotations

import signal
import subprocess
from typing import Any

import pytest

from fuzz.__main__ import STARTS
from tools.attack import fuzzing, pages, stops
from tools.attack.trial import Trial


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_stop_while_writing_loses_and_doubles_nothing(how: signal.Signals) -> None:
    found = stops.stops(how, 2)
    assert (found.tried, found.failed) == (2, ())


def test_what_was_lost_or_doubled_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [_Kept("entry 0 x"), _Kept("entry 2 x"), _Kept("entry 2 x")]
    monkeypatch.setattr(stops, "Store", lambda url: _Store(kept))
    monkeypatch.setattr(stops, "check", lambda store: [])
    assert list(stops._read("url", "session", 2)) == ["entry 1 is lost", "entry 2 is kept 2 times"]


def test_what_is_taken_that_nobody_can_see_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "UNSEEN", {"a plain word": "plain"})
    assert pages.unseen() == Trial(pages.unseen().name, 1, ("a plain word was taken",))


def test_so_many_inputs_are_shared_among_all_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is given its part, and one that ends in an error or tells nothing has failed."""

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        name, runs = command[3], int(command[command.index("--runs") + 1])
        told = f"stat::number_of_executed_units: {runs}" if name != "link" else ""
        return subprocess.CompletedProcess(command, int(name == "yaml"), "", told)

    monkeypatch.setattr(subprocess, "run", run)
    found = fuzzing.fuzzed(5, 100_000)
    each = -(-100_000 // len(STARTS))
    assert found.tried == each * (len(STARTS) - 1)
    assert found.failed == ("yaml", "link")


class _Kept:
    def __init__(self, text: str) -> None:
        self.data = self
        self.text = text


class _Store:
    def __init__(self, kept: list[_Kept]) -> None:
        self._kept = kept

    def entries(self, session: str) -> list[_Kept]:
        return self._kept

    def close(self) -> None:
        pass
