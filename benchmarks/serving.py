"""Start a Streamlit page the way people do, and the browser that looks at it. The browser tests use
it too."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = [
    *(
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ),
    # a closed network: only this machine can be reached
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
TURN = 0.05  # seconds between two questions to a server that is starting


@dataclass(frozen=True)
class Served:
    """A running page: its address, the file that its server's words go to, and the number of its
    process."""

    url: str
    log: Path
    pid: int


@contextmanager
def serve(
    log: Path, script: Path = ROOT / "app.py", environment: Mapping[str, str] | None = None
) -> Iterator[Served]:
    """Serve a page on a free port for as long as the block runs, with the settings beside it.

    ``log`` is the file for what the server prints.
    """
    command = [sys.executable, "-m", "streamlit", "run", script.name, "--server.port"]
    with running(log, command, script.parent, "/_stcore/health", environment) as served:
        yield served


@contextmanager
def running(
    log: Path,
    command: Sequence[str],
    folder: Path,
    health: str,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Served]:
    """Run a command that takes a free port as its last argument, from the time that its page
    ``health`` answers."""
    port = free_port()
    with started(
        log,
        [*command, str(port)],
        folder,
        f"http://127.0.0.1:{port}",
        health=health,
        environment=environment,
    ) as served:
        yield served


@contextmanager
def started(
    log: Path,
    command: Sequence[str],
    folder: Path,
    url: str,
    *,
    health: str,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Served]:
    """Run a command that serves ``url``, from the time that its page ``health`` answers."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        _until_healthy(process, f"{url}{health}", log)
        yield Served(url, log, process.pid)
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_healthy(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    while True:
        try:
            with urllib.request.urlopen(address):
                return
        except OSError:
            _still_running(process, log)


def _still_running(process: subprocess.Popen[bytes], log: Path) -> None:
    try:
        process.wait(TURN)
    except subprocess.TimeoutExpired:
        return
    raise RuntimeError(
        f"the server ended with {process.returncode}:\n{log.read_text(encoding='utf-8')}"
    )


def browse(playwright: Playwright) -> Browser:
    """Debian's own Chromium, without anything that speaks to the outside by itself."""
    found = shutil.which("chromium")
    if found is None:
        raise FileNotFoundError("chromium is not installed (make test installs it)")
    return playwright.chromium.launch(executable_path=found, args=CHROMIUM)
