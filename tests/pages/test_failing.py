"""A page that fails says so in our words, keeps what stands around it, and comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.runtime.scriptrunner import exec_code
from support.apps import opened, raw, turn, words

import app as served
from components.page.context import PageContext
from components.page.failed import page_failed
from pages import gaps


def _fail(context: PageContext) -> None:
    raise ValueError("a secret of the data at https://example.org")


@pytest.fixture
def handled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The handler that the server is started with; a page run as a script has none."""
    monkeypatch.setattr(
        exec_code, "handle_user_script_exception", lambda error, _: page_failed(error)
    )


@pytest.mark.usefixtures("themed_city", "handled")
def test_a_page_that_fails_says_so_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(gaps, "PAGE", replace(gaps.PAGE, draw=_fail))
        app = opened("gaps")
        assert "We could not draw this page" in words(app)
        assert not app.exception and not app.error
        assert "secret" not in raw(app) and "http" not in raw(app)
        assert app.get("component_instance") or app.get("bidi_component") or app.selectbox
        assert "We could not draw this page" not in words(turn(app, "coverage"))
    assert "We could not draw this page" not in words(turn(app, "gaps"))


def test_the_server_is_started_with_our_words() -> None:
    assert served.app._on_script_error is page_failed
