"""Another version of the data beside the one shown: what changed, what is wrong with the file, and
nothing kept."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest
from support import SERVICES, changed
from support.apps import opened
from support.apps import page_html as words

NEWER = changed("      end: 2020-03\n", "      end: 2021-03\n")


def compared(data: bytes | None, name: str = "other.yaml", *, newer: bool = False) -> AppTest:
    app = opened("sources")
    if data is not None:
        app.file_uploader(key="version-file").upload(name, data, "text/yaml").run()
    if newer:
        app.radio(key="version-age").set_value("newer than what is shown here")
    app.button(key="version-compare").click().run()
    assert not app.exception
    return app


def test_what_changed_is_said_in_a_paragraph() -> None:
    app = compared(NEWER.encode(), newer=True)
    assert (
        "Both versions are looked at as at October 2018. No borough changes. Advance's Minerva CRC"
        " service is described differently." in words(app)
    )


def test_the_same_file_says_that_nothing_differs() -> None:
    assert "Nothing in the record differs." in words(compared(SERVICES.encode()))


def test_which_one_is_older_is_for_the_reader_to_say() -> None:
    fewer = changed(
        "heading_count: 6",
        "heading_count: 5",
        changed("Southwark, Sutton, Wandsworth]", "Southwark, Wandsworth]"),
    )
    assert "For Sutton (covered) the newer version says what the older did not" in words(
        compared(fewer.encode())
    )
    assert (
        "For Sutton the newer version does not say what the older did; that is not counted as lost."
        in words(compared(fewer.encode(), newer=True))
    )


def test_the_live_data_stays_as_it_is() -> None:
    app = compared(NEWER.encode(), newer=True)
    assert "data version" in words(app).lower()
    again = opened("sources")
    assert words(again).count("Minerva CRC service is described differently") == 0


def test_without_a_file_it_asks_for_one() -> None:
    assert "Choose a file first." in words(compared(None))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"services: [",
        b"a: &x [*x]",
        b"- 1",
        b"\x00",
        b"x" * 1_000_001,
        changed("level: one-to-one", "level: some").encode(),
    ],
    ids=["empty", "not text", "broken", "bomb", "list", "nothing visible", "large", "wrong"],
)
def test_a_file_that_cannot_be_compared_is_told_as_problems(data: bytes) -> None:
    assert "to mend before it can be compared." in words(compared(data))


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.yaml",
        "<img src=x onerror=alert(1)>.yaml",
        "a\u202eb.yaml",
        "x" * 300 + ".yaml",
    ],
)
def test_a_file_s_name_is_only_ever_shown(name: str) -> None:
    app = compared(b"services: [", name)
    assert "to mend" in words(app)
    assert not [block.value for block in app.html if "<img src=x" in block.value]
