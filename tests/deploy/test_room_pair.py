"""A room that two processes hold on one PostgreSQL behind nginx: phones come by either, one process
is killed, and every answer is there once."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from support.postgres import Server

from benchmarks.pair import proxied
from benchmarks.serving import Served, serve
from provision.room.codes import room_code
from provision.workshop.entries import Answered, Kind
from provision.workshop.store import Store

PATIENCE = 3600  # seconds; a busy machine is no fault
LOOKS = 100_000  # a bound, so that what never comes ends the test
PHONES = 8
pytestmark = [
    pytest.mark.xdist_group("postgresql"),
    pytest.mark.skipif(
        not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()),
        reason="nginx is installed by `make soak` alone",
    ),
]


@dataclass
class Phone:
    """A phone at one address, which keeps its cookies."""

    host: str
    room: str
    cookies: dict[str, str]

    def ask(self, method: str = "GET", body: str = "", host: str = "") -> str:
        with closing(http.client.HTTPConnection(host or self.host, timeout=PATIENCE)) as line:
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            headers = {"Cookie": cookie, "Origin": f"http://{host or self.host}"}
            line.request(method, self.room, body or None, headers)
            reply = line.getresponse()
            text = reply.read().decode()
            for given in reply.headers.get_all("Set-Cookie") or ():
                name, _, value = given.partition(";")[0].partition("=")
                self.cookies[name] = value
        return text

    def send(self, words: str, host: str = "") -> None:
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.ask()))
        self.ask("POST", urlencode({**fields, "text": words}), host)


@pytest.fixture(scope="module")
def room(
    postgresql: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, list[Served], Store, str]]:
    folder = tmp_path_factory.mktemp("pair")
    folder.chmod(0o755)
    records = postgresql.database("room_pair")
    with ExitStack() as stack:
        served = [
            stack.enter_context(
                serve(folder / f"app-{n}.log", environment={"PROVISION_RECORDS": records})
            )
            for n in (1, 2)
        ]
        hosts = [urlsplit(one.url).netloc for one in served]
        url = stack.enter_context(proxied(folder, hosts))
        store = stack.enter_context(closing(Store(records)))
        session = store.start("Evening", "", "v")
        store.add(session, Kind.ADMITTED, {"open": True})
        asked = store.add(session, Kind.ASKED, {"question": "Well?"}).id
        store.add(session, Kind.OPENED, {"asked": asked, "question": "Well?", "answer": "text"})
        yield urlsplit(url).netloc, served, store, session


def test_phones_answer_by_either_process_and_go_on_when_one_is_killed(
    room: tuple[str, list[Served], Store, str],
) -> None:
    host, served, store, session = room
    address = f"/room/{room_code(session)}"
    phones = [Phone(host, address, {}) for _ in range(PHONES)]
    for number, phone in enumerate(phones):
        phone.ask()
        phone.send(f"answer {number}")
    assert len({phone.cookies["process"] for phone in phones}) == PHONES
    for number, phone in enumerate(phones):  # each is known to both processes
        for one in served:
            _seen(phone, f"answer {number}", urlsplit(one.url).netloc)
    os.kill(served[0].pid, signal.SIGKILL)
    for number, phone in enumerate(phones):
        phone.send(f"changed {number}")
        _seen(phone, f"changed {number}", host)
    answers = [e.data for e in store.entries(session) if isinstance(e.data, Answered)]
    assert sorted(answer.text for answer in answers) == sorted(
        [f"answer {n}" for n in range(PHONES)] + [f"changed {n}" for n in range(PHONES)]
    )
    assert len({answer.by for answer in answers}) == PHONES


def _seen(phone: Phone, words: str, host: str) -> None:
    """Ask until the phone's page says what it has answered."""
    assert any(words in phone.ask(host=host) for _ in range(LOOKS)), words
