"""A normal stop of the server leaves the records as one whole file."""

from __future__ import annotations

import signal
from pathlib import Path

import psutil
import pytest
from support.looking import PATIENCE, Visits

from benchmarks.serving import serve
from provision.workshop.copies import check
from provision.workshop.engines import ENVIRONMENT
from provision.workshop.store import Store


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_normal_stop_leaves_one_whole_file(
    stop: signal.Signals, tmp_path: Path, visit: Visits
) -> None:
    file = tmp_path / "records" / "workshops.sqlite"
    with serve(tmp_path / "server.log", environment={ENVIRONMENT: f"sqlite:///{file}"}) as served:
        page = visit(f"{served.url}/present")
        page.get_by_role("button", name="Begin a record").click()
        page.get_by_label("In words, without names of people").fill("kept")
        page.get_by_role("button", name="Keep it").click()
        page.get_by_text("1 entry kept").wait_for()
        process = psutil.Process(served.pid)
        process.send_signal(stop)
        process.wait(PATIENCE)
        assert [path.name for path in file.parent.iterdir()] == [file.name]
    store = Store(f"sqlite:///{file}")
    assert check(store) == [] and [s.entries for s in store.sessions()] == [1]
    store.close()
