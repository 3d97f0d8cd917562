"""A normal stop of the server leaves the records as one whole file; a page that stands open goes on
with the server that comes after."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import psutil
import pytest
from support.looking import PATIENCE, Visits, drawn

from benchmarks.serving import ROOT, Served, free_port, serve, started
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


@pytest.mark.parametrize(
    ("address", "view"),
    [("scenario?hubs=E09000003~land", "hubs=E09000003~land"), ("gaps?on=2019-06-30", "gaps on=")],
)
def test_a_page_goes_on_by_itself_with_the_next_server(
    address: str, view: str, tmp_path: Path, visit: Visits
) -> None:
    port = free_port()
    with _served(port, tmp_path / "first.log") as first:
        page = visit(f"{first.url}/{address}")
        token = page.evaluate("provisionPage.sessionToken")
        os.kill(first.pid, signal.SIGKILL)
    with _served(port, tmp_path / "second.log"):
        page.wait_for_function("before => provisionPage.sessionToken !== before", arg=token)
        drawn(page, view)


def _served(port: int, log: Path) -> AbstractContextManager[Served]:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    url = f"http://127.0.0.1:{port}"
    return started(log, command, ROOT, url, health="/_stcore/health")
