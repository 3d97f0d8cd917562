"""The page that presents as a script."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from components.present import state
from support import apps

BARNET, KINGSTON = "E09000003", "E09000021"


def opened(**link: str) -> AppTest:
    """A new session on the page's address."""
    app = apps.opened("present", link)
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
