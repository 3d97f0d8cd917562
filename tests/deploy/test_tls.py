"""The TLS that we give out, with a certificate of the test's own, on loopback."""

from __future__ import annotations

import http.client
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from support import ROOT

from benchmarks.pair import proxied
from benchmarks.serving import free_port

PATIENCE = 3600  # seconds; a busy machine is no fault
pytestmark = pytest.mark.skipif(
    not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()) or not shutil.which("openssl"),
    reason="nginx is installed by `make soak` alone",
)


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        said = f"{self.headers['X-Forwarded-Proto']} {self.headers['X-Request-ID']}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate for localhost and its key."""
    found = tmp_path_factory.mktemp("tls")
    found.chmod(0o755)
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    command += ["-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(found / "privkey.pem"), "-out", str(found / "fullchain.pem")]
    subprocess.run([*command, *names, *files], check=True, capture_output=True)
    return found


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    """nginx with what stands in ``tls.conf``, on a port of the test's own."""
    behind = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    address, found = f"127.0.0.1:{behind.server_port}", free_port()
    given = (ROOT / "deploy" / "tls.conf").read_text("utf-8")
    for ours, here in (("443 ssl", f"127.0.0.1:{found} ssl"), ("/etc/ssl/explorer", str(folder))):
        assert ours in given
        given = given.replace(ours, here)
    with proxied(folder, [address, address], f"\n{given}\n"):
        yield found
    behind.shutdown()
    behind.server_close()


def _ask(
    port: int, folder: Path, path: str, most: ssl.TLSVersion | None = None
) -> tuple[int, str, list[tuple[str, str]]]:
    context = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))
    if most:
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = most
    connection = http.client.HTTPSConnection("localhost", port, timeout=PATIENCE, context=context)
    connection.request("GET", path)
    answer = connection.getresponse()
    found = answer.status, answer.read().decode(), answer.getheaders()
    connection.close()
    return found


def test_under_tls_browsers_are_held_to_it_and_cookies_are_secure(port: int, folder: Path) -> None:
    status, said, headers = _ask(port, folder, "/gaps")
    named = dict(headers)
    assert status == 200 and named["Strict-Transport-Security"] == "max-age=31536000"
    assert "; Secure" in named["Set-Cookie"] and "HttpOnly" in named["Set-Cookie"]
    scheme, request = said.split()
    assert scheme == "https" and len(request) == 32
    while request not in (folder / "explorer.log").read_text("utf-8"):
        pass  # nginx writes its line after the answer


def test_health_and_metrics_are_for_whoever_runs_it(port: int, folder: Path) -> None:
    assert [_ask(port, folder, path)[0] for path in ("/health", "/_stcore/metrics")] == [404, 404]


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_old_versions_of_tls_are_refused(port: int, folder: Path) -> None:
    with pytest.raises((ssl.SSLError, ConnectionError)):
        _ask(port, folder, "/gaps", ssl.TLSVersion.TLSv1_1)
