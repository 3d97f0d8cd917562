"""The nginx configuration that we give out, in front of a server of the test's own on loopback."""

from __future__ import annotations

import http.client
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from benchmarks.pair import proxied

PATIENCE = 3600  # seconds; a busy machine is no fault
SECRET = "0123456789abcdef0123456789abcdef"
pytestmark = pytest.mark.skipif(
    not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()),
    reason="nginx is installed by `make soak` alone",
)


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    behind = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    address = f"127.0.0.1:{behind.server_port}"
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    with proxied(folder, [address, address]) as url:
        yield urlsplit(url).netloc, folder
    behind.shutdown()
    behind.server_close()


def _ask(host: str, method: str, path: str, body: bytes = b"", **headers: str) -> int:
    connection = http.client.HTTPConnection(host, timeout=PATIENCE)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_what_is_logged_holds_no_secret(proxy: tuple[str, Path]) -> None:
    host, folder = proxy
    paths = (
        f"/present?session={SECRET}",
        f"/media/{SECRET}.docx",
        f"/_stcore/upload_file/{SECRET}/x",
    )
    for path in paths:
        assert _ask(host, "GET", path, Referer=f"http://{host}/present?session={SECRET}") == 200
    _ask(host, "GET", f"/_stcore/metrics?{SECRET}")
    lines = (folder / "explorer.log").read_text("utf-8")
    assert "GET /present 200" in lines and "GET /media/ 200" in lines
    assert SECRET not in lines
    assert all(SECRET not in path.read_text("utf-8") for path in folder.glob("*.log"))


def test_uploads_are_bounded_and_metrics_are_not_given_out(proxy: tuple[str, Path]) -> None:
    host, _ = proxy
    body = b"x" * 3_000_000
    assert _ask(host, "PUT", "/_stcore/upload_file/a/b", body) == 200
    assert _ask(host, "GET", "/_stcore/metrics") == 404
    assert _ask(host, "GET", "/gaps") == 200


def test_who_asks_too_often_is_refused(proxy: tuple[str, Path], tmp_path: Path) -> None:
    """The bound that we give out, at one request a minute after three at once."""
    behind = urlsplit(f"http://{proxy[0]}").netloc
    fewer = {"rate=100r/s": "rate=1r/m", "burst=400": "burst=2"}
    tmp_path.chmod(0o755)
    with proxied(tmp_path, [behind, behind], bounds=fewer) as url:
        host = urlsplit(url).netloc
        answers = [_ask(host, "GET", "/gaps") for _ in range(20)]
    assert {200, 503} >= set(answers) and 503 in answers
