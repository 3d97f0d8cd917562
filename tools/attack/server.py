"""What an attacker sends to the server: names, origins, addresses, sizes; and a disk that hangs."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from urllib.parse import quote, urlsplit

from benchmarks.serving import serve
from provision.io.files import ROOT
from tools.attack.trial import Trial

PATIENCE = 60.0  # seconds; an answer that takes longer is a hang
MARKS = "/?#&=%.:;~,<>'\"\\\0\r\n \u200b٣é{}[]|$"


def server(requests: int) -> list[Trial]:
    """Serve London's data from a folder, and attack it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("services", "themes", "organisations"):
            shutil.copy(ROOT / "data" / f"{file}.yaml", folder)
        environment = {
            "PROVISION_SERVICES": str(folder / "services.yaml"),
            "PROVISION_RECORDS": f"sqlite:///{folder / 'records.sqlite'}",
        }
        log = folder / "server.log"
        with serve(log, environment=environment) as served:
            host = urlsplit(served.url).netloc
            found = [_refused(host), _addresses(host, requests), _pipe(host, folder)]
        text = log.read_text("utf-8", "replace")
    return [*found, Trial("Tracebacks in the server's log", 1, ("one",) * text.count("Traceback"))]


def _ask(
    host: str, path: str, method: str = "GET", headers: Mapping[str, str] | None = None
) -> tuple[int, str]:
    connection = http.client.HTTPConnection(host, timeout=PATIENCE)
    try:
        connection.putrequest(method, path, skip_host="Host" in (headers or {}))
        for key, value in (headers or {}).items():
            connection.putheader(key, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def _refused(host: str) -> Trial:
    """What is to be refused, and by which status."""
    big = {"Content-Length": "999999999"}
    cases: list[tuple[str, int, Callable[[], tuple[int, str]]]] = [
        ("a foreign name", 421, lambda: _ask(host, "/", headers={"Host": "evil.example"})),
        ("no origin", 400, lambda: _ask(host, "/", headers={"Origin": "http://["})),
        ("an address below a page", 404, lambda: _ask(host, "/coverage/extra")),
        ("no page", 404, lambda: _ask(host, "/nonsense")),
        ("a file of the system", 404, lambda: _ask(host, "/..%2f..%2fetc/passwd")),
        ("a large upload", 413, lambda: _ask(host, "/_stcore/upload_file/a/b", "PUT", big)),
    ]
    failed = [f"{what}: {got}" for what, want, act in cases if (got := act()[0]) not in (want, 400)]
    return Trial("Requests that are to be refused", len(cases), tuple(failed))


def _addresses(host: str, many: int) -> Trial:
    """Addresses by chance: none is an error of the server, and none hangs."""
    random, failed = Random(14), list[str]()  # noqa: S311 - the same trial each time
    words = [
        "coverage",
        "gaps",
        "on=",
        "session=",
        "steps=",
        "hubs=",
        "2020-04-01",
        "_stcore",
        "app",
    ]
    for _ in range(many):
        parts = random.choices([*words, *MARKS], k=random.randint(1, 30))
        path = "/" + quote("".join(parts), safe="/?&=;~,.:%" if random.random() < 0.8 else "/")
        try:
            status, _ = _ask(host, path)
        except (OSError, http.client.HTTPException) as error:
            failed.append(f"{path[:60]}: {type(error).__name__}")
            continue
        failed += [f"{path[:60]}: {status}"] * (status >= 500)
    return Trial("Addresses by chance", many, tuple(failed))


def _pipe(host: str, folder: Path) -> Trial:
    """A pipe in place of the data: said at once, health goes on, and it mends itself."""
    path, failed = folder / "services.yaml", list[str]()
    text = path.read_bytes()
    while _ask(host, "/health")[0] != 200:
        pass
    path.unlink()
    os.mkfifo(path)
    said = json.loads(_ask(host, "/health")[1])["status"]
    failed += [f"health says {said}"] * (said != "last good data")
    path.unlink()
    path.write_bytes(text)
    said = json.loads(_ask(host, "/health")[1])["status"]
    failed += [f"mended, health says {said}"] * (said != "ok")
    return Trial("A pipe in place of the data, then mended", 2, tuple(failed))
