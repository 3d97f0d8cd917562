"""The page that presents as a script."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from components.present import state
from support import ROOT

BARNET, KINGSTON = "E09000003", "E09000021"


def opened(**link: str) -> AppTest:
    """A new session on the page's address."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in link.items():
        app.query_params[name] = value
    app._page_hash = calc_hash("present")
    app.run()
    assert not app.exception
    return app


def room(app: AppTest) -> state.Room:
    found: state.Room = app.session_state["room"]
    return found


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def links(app: AppTest) -> list[str]:
    return [own.link for own in room(app).story.steps]
