"""What a browser is told to refuse, and what the server refuses: headers, frames, names, sockets,
uploads."""

from __future__ import annotations

import http.client
import re
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect
from support.looking import PAGES, Visits, go, nav
from support.policies import about_policies, listen

from benchmarks.serving import Served, serve
from components.page.guard import HOSTS


@dataclass(frozen=True)
class Answer:
    """What a request was answered with."""

    status: int
    headers: Message
    body: bytes


def answer(
    url: str, path: str, headers: dict[str, str], method: str = "GET", body: bytes | None = None
) -> Answer:
    """The answer to a request whose headers are the ones given, Host included, where a browser
    would choose its own."""
    with closing(http.client.HTTPConnection(urlsplit(url).netloc)) as connection:
        connection.request(method, path, body, headers)
        with connection.getresponse() as found:
            return Answer(
                found.status,
                found.headers,
                b"" if found.status == http.HTTPStatus.SWITCHING_PROTOCOLS else found.read(),
            )


def knock(url: str, headers: dict[str, str]) -> int:
    """The status that a socket is answered with: 101 opens it."""
    wanted = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    return answer(url, "/_stcore/stream", wanted | headers).status


def test_the_tilted_map_and_the_calendar_keep_to_the_policy(app: str, visit: Visits) -> None:
    page = visit.context().pages[0]
    said = listen(page)
    go(page, app + PAGES["gaps"])
    expect(page.locator(".js-plotly-plot .barlayer .point").first).to_be_attached()
    page.get_by_text("Show as 3D map").click()
    expect(page.locator("#deckgl-overlay")).to_be_visible()
    assert about_policies(said) == []


def test_a_policy_that_is_broken_is_seen_here(app: str, visit: Visits) -> None:
    page = visit.context().pages[0]
    said = listen(page)
    go(page, app)
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('img'), {src:"
        " 'http://127.0.0.1:1/x.png'}))"
    )
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {textContent:"
        " 'window.injected = 1'}))"
    )
    assert page.evaluate("window.injected") is None
    page.wait_for_function("() => true")
    assert len(about_policies(said)) == 2


@pytest.mark.parametrize(
    "path", ["/app/static/map/area_map.js", "/_stcore/health", "/favicon.png", "/no/such/page"]
)
def test_headers_stand_on_every_answer(app: str, path: str) -> None:
    told = answer(app, path, {}).headers
    assert told["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in told["Content-Security-Policy"]


def test_no_other_page_frames_it(app: str, visit: Visits) -> None:
    page = visit.context().pages[0]
    other = "http://localhost:9/"
    page.route(
        other,
        lambda route: route.fulfill(
            body=f"<iframe src='{app}'></iframe>", content_type="text/html"
        ),
    )
    page.goto(other)
    assert [frame.url.partition(":")[0] for frame in page.frames] == ["http", "chrome-error"]


def test_a_name_that_is_not_ours_is_refused(app: str) -> None:
    port = urlsplit(app).port
    for host in (
        "evil.example",
        f"evil.example:{port}",
        f"localhost.evil.example:{port}",
        "",
        "127.0.0.1.evil.example",
    ):
        refused = answer(app, "/", {"Host": host})
        assert refused.status == 421
        assert HOSTS in refused.body.decode()
        assert knock(app, {"Host": host}) == 403
    for host in (
        f"localhost:{port}",
        f"LOCALHOST:{port}",
        f"127.0.0.1:{port}",
        f"[::1]:{port}",
        "192.0.2.7",
    ):
        assert answer(app, "/", {"Host": host}).status == 200


def test_names_can_be_added(served: Served, tmp_path_factory: pytest.TempPathFactory) -> None:
    with serve(
        tmp_path_factory.mktemp("named") / "server.log",
        environment={HOSTS: "gaps.example.org, Gaps2.example.org"},
    ) as named:
        assert [
            answer(named.url, "/", {"Host": host}).status
            for host in ("gaps.example.org", "gaps2.example.org:443", "example.org")
        ] == [200, 200, 421]


def test_another_sites_page_opens_no_socket(app: str) -> None:
    own = {"Host": urlsplit(app).netloc}
    assert knock(app, own | {"Origin": app}) == 101
    assert knock(app, own) == 101  # no browser leaves its origin out
    for origin in (
        "http://evil.example",
        "null",
        "http://localhost:1",
        app.replace("127.0.0.1", "evil.example"),
    ):
        assert knock(app, own | {"Origin": origin}) == 403


def test_a_file_that_is_too_large_is_refused_in_words(app: str, visit: Visits) -> None:
    page = visit(app + PAGES["sources"])
    box = page.locator(".st-key-own-file")
    box.locator("input").set_input_files(
        {"name": "large.yaml", "mimeType": "text/yaml", "buffer": b"#" * 1_100_000}
    )
    expect(box).to_contain_text("File must be 1.0MB or smaller")
    box.locator("input").set_input_files(
        {"name": "own.yaml", "mimeType": "text/yaml", "buffer": b"services: nothing"}
    )
    expect(box).to_contain_text("own.yaml")
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".notice.problem")).to_contain_text("own.yaml")


def test_an_upload_needs_the_pages_own_token(app: str, visit: Visits) -> None:
    page = visit.context().pages[0]
    with page.expect_request(lambda request: "upload_file" in request.url) as sent:
        go(page, app + PAGES["sources"])
        page.locator(".st-key-own-file").locator("input").set_input_files(
            {"name": "own.yaml", "mimeType": "text/yaml", "buffer": b"services: nothing"}
        )
    expect(page.locator(".st-key-own-file")).to_contain_text("own.yaml")
    to, token = urlsplit(sent.value.url).path, sent.value.all_headers()
    form = (
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="f.yaml"\r\n\r\n'
        + b"services: x"
        + b"\r\n--x--\r\n"
    )
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    own = kind | {"Cookie": token["cookie"], "X-Xsrftoken": token["x-xsrftoken"]}
    assert answer(app, to, own, "PUT", form).status == 204
    assert answer(app, to, kind | {"Cookie": token["cookie"]}, "PUT", form).status == 403
    assert answer(app, to, kind, "PUT", form).status == 403
    assert (
        answer(app, to, own, "PUT", form.replace(b"services: x", b"#" * 51 * 2**20)).status == 413
    )


def test_nothing_but_a_browser_drives_the_app(app: str) -> None:
    """Streamlit's interface for programs, which knows no socket and no origin, stays switched
    off."""
    assert answer(
        app, "/_stcore/agent/interact", {"Content-Type": "application/json"}, "POST", b"{}"
    ).status in (403, 404)
    with urlopen(app + "/_stcore/health") as health:
        assert health.read() == b"ok"


def test_following_a_page_keeps_to_the_policy(app: str, visit: Visits) -> None:
    page = visit.context().pages[0]
    said = listen(page)
    go(page, app)
    for name in ("Gaps", "What if", "Themes", "Partners"):
        nav(page, name).first.click()
        expect(page).to_have_title(re.compile(f"^{name}"))
    assert about_policies(said) == []
