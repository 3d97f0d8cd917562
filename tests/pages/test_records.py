"""A region with several records: which one is shown is the session's own choice, and the link's."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest
from support import ROOT
from support.apps import app_text, headline, opened, turn, words

PAGES = sorted(p.stem for p in (ROOT / "pages").glob("*.py") if p.stem != "__init__")
REGISTER = {"record": "register"}


@pytest.fixture(autouse=True)
def two_records(monkeypatch: pytest.MonkeyPatch, records: str) -> None:
    monkeypatch.setenv("PROVISION_DATA", str(ROOT / "tests" / "city_records"))


def shown(app: AppTest) -> str:
    key: str = app.selectbox(key="record_id").value
    return key


def address(app: AppTest) -> str:
    return app_text(app)


def test_the_first_is_shown_where_nothing_is_said() -> None:
    app = opened()
    assert not app.exception
    assert shown(app) == "guide"
    assert "Record:" not in words(app) and "June 2020" in headline(app)


def test_a_link_opens_the_record_that_it_names() -> None:
    app = opened("coverage", REGISTER)
    assert not app.exception
    assert shown(app) == "register"
    assert "March 2023" in headline(app)
    assert "Record: March 2023 (register)" in words(app)
    assert '"record": "register"' in app_text(app)


def test_an_unknown_record_is_noted() -> None:
    app = opened("coverage", {"record": "regster"})
    assert shown(app) == "guide"
    assert "did you mean 'register'" in words(app)


def test_the_choice_holds_on_every_page_and_for_this_session_alone() -> None:
    app, other = opened("coverage", {"area": "Q3", "on": "2021-02-28"}), opened()
    app.selectbox(key="record_id").select("register").run()
    assert shown(app) == "register" and app.session_state["query"].area == "Q3"
    assert "March 2023" in headline(app)  # its own date, since it speaks of another time
    assert shown(turn(app, "gaps")) == "register"
    assert shown(other.run()) == "guide"
    app.selectbox(key="record_id").select("guide").run()
    assert shown(app) == "guide" and '"record": "register"' not in app_text(app)


def test_what_the_other_record_does_not_have_is_noted() -> None:
    app = opened("scenario", {"off": "harvest", "hubs": "Q6"})
    app.selectbox(key="record_id").select("register").run()
    assert "harvest" in words(app) and "We could not use" in words(app)
    assert [hub.area for hub in app.session_state["query"].scenario.hubs] == ["Q6"]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_on_a_record_without_themes(page: str) -> None:
    app = opened(page, REGISTER)
    assert not app.exception
    if page in ("themes", "theme_maps", "intersections", "pathway"):
        assert "says nothing" in headline(app) and "not the same as none" in words(app)
    if page == "partners":
        assert "does not state anything theme by theme" in words(app)


def test_the_room_can_be_shown_another_record() -> None:
    app = opened("present", {**REGISTER, "step": "1"})
    assert not app.exception
    assert "Record: March 2023 (register)" in app_text(app)
