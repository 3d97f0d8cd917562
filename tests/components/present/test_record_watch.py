"""A page that stands open learns that another window has written, by a link of the record alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from support.asking import ask

from components.present.record_watch import middleware
from components.present.records import store
from provision.workshop.secret_links import reading_id

ADDRESS = "/under/app/record-length"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Starlette:
    monkeypatch.setenv("PROVISION_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    return Starlette(middleware=middleware())


def length(server: Starlette, opened_by: str, phones: str = "0") -> str:
    answer = ask(server, ADDRESS, provision_record=opened_by, provision_phones=phones)
    assert answer.status == 200 and answer.headers["cache-control"] == "no-store"
    return answer.body.decode()


def test_the_length_of_a_record_is_told_to_whoever_has_a_link_of_it(server: Starlette) -> None:
    session = store().start("Workshop", "steps: []\n", "v1")
    assert [length(server, own) for own in (session, reading_id(session))] == ["0", "0"]
    store().add(session, "note", {"text": "from another window"})
    assert [length(server, own) for own in (session, reading_id(session))] == ["1", "1"]


def test_what_phones_send_counts_for_who_asks_for_it(server: Starlette) -> None:
    session = store().start("Workshop", "steps: []\n", "v1")
    store().add(session, "note", {"text": "from the desk"})
    store().add(session, "joined", {"by": "phone-001"})
    assert [length(server, session, phones) for phones in "01"] == ["1", "2"]


@pytest.mark.parametrize("opened_by", ["", "nobody", "x" * 4000, "../../etc"])
def test_nothing_is_told_without_a_link(server: Starlette, opened_by: str) -> None:
    assert length(server, opened_by) == ""


def test_other_addresses_are_not_answered(server: Starlette) -> None:
    assert ask(server, "/app/record-lengths").status == 404
