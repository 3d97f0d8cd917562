"""A PostgreSQL server of the tests' own: brought up in a temporary folder, on a socket there and on
no network, and taken down again."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNERS = ("postgres", "nobody")  # PostgreSQL refuses to run as root; root hands it to one of these


class Server:
    """A server that can be stopped and started as a test likes. ``url`` is where its records are,
    ``folder`` where it lives."""

    def __init__(self, folder: Path, owner: str | None) -> None:
        self.folder, self._owner = folder, owner
        self.url = f"postgresql://tests@/{{database}}?host={folder}"

    def run(self, program: str, *arguments: str) -> None:
        """One of PostgreSQL's own programs, as the owner of the folder; fails with what it said."""
        done = subprocess.run(
            [binary(program), *arguments],
            user=self._owner,
            group=pwd.getpwnam(self._owner).pw_gid if self._owner else None,
            extra_groups=[] if self._owner else None,
            cwd=self.folder,
            env={
                "PATH": os.environ["PATH"],
                "LC_ALL": "C.UTF-8",
                "PGHOST": str(self.folder),
                "PGUSER": "tests",
            },
            stdin=subprocess.DEVNULL,
            stdout=(log := (self.folder / f"{program}.log").open("a+")),
            stderr=subprocess.STDOUT,
            check=False,
        )
        log.seek(0)
        said = log.read()
        log.close()
        assert done.returncode == 0, f"{program}: {said[-2000:]}"

    def start(self) -> None:
        """Start it and wait until it answers. No network: a socket in its folder."""
        settings = (
            f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c"
            " max_connections=40 -c autovacuum=off"
        )
        self.run("pg_ctl", "start", "-w", "-D", "data", "-l", "server.log", "-o", settings)

    def stop(self, mode: str = "fast") -> None:
        """Stop it: ``fast`` in good order, ``immediate`` as a loss of power would."""
        self.run("pg_ctl", "stop", "-w", "-D", "data", "-m", mode)

    def database(self, name: str) -> str:
        """The address of a database made for the purpose."""
        self.run("createdb", "-T", "template0", name)
        return self.url.format(database=name)


@contextmanager
def server() -> Iterator[Server]:
    """A fresh server."""
    owner = _owner()
    # Not pytest's own folder: that one is closed to others, and its path is longer than a socket's
    # may be.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        if owner:
            shutil.chown(folder, owner)
        own = Server(folder, owner)
        own.run(
            "initdb",
            "-D",
            "data",
            "-U",
            "tests",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
            "--no-instructions",
        )
        own.start()
        try:
            yield own
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                own.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def binary(program: str) -> str:
    """Where one of PostgreSQL's programs is: on the path, or where Debian puts it."""
    places = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda place: int(place.parent.name),
        reverse=True,
    )
    found = next(
        (p for place in places if (p := shutil.which(program, path=str(place)))), None
    ) or shutil.which(program)
    assert found, (
        f"PostgreSQL's {program} is not installed; `make unit` installs it, or: apt-get install"
        " postgresql"
    )
    return found


def _owner() -> str | None:
    """Whom root hands the server to; None for anybody else, who keeps it."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in OWNERS if name in known)
