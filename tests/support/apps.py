"""Pages as scripts: open one on an address, and read what it shows."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from support import CITY, ROOT, changed

PATIENCE = 3600  # seconds; a busy machine is no fault, and a page that never ends is seen to hang
TEXT = {
    name: (CITY / name).read_text(encoding="utf-8")
    for name in ("services.yaml", "themes.yaml", "organisations.yaml")
}


def opened(page: str = "coverage", link: Mapping[str, str] | None = None) -> AppTest:
    """A new session on a page's address."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    for name, value in (link or {}).items():
        app.query_params[name] = value
    return turn(app, page)


def turn(app: AppTest, page: str) -> AppTest:
    """Go to a page as its address does: ``switch_page`` only knows pages that are files."""
    app._page_hash = calc_hash("" if page == "coverage" else page)
    return app.run()


def page_html(app: AppTest) -> str:
    """All text that the page has from templates."""
    return html.unescape(" ".join(block.value for block in app.html))


def raw(app: AppTest) -> str:
    """All HTML that the page has from templates, without the project's own styles."""
    return " ".join(block.value for block in app.html if not block.value.startswith("<style>"))


def words(app: AppTest) -> str:
    return html.unescape(re.sub(r"<[^>]*>", " ", raw(app)))


def headline(app: AppTest) -> str:
    """The headline and the lines below it."""
    whole = raw(app).partition('<div class="headline">')[2].partition("</div>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", whole)).split())


def sent(app: AppTest, key: str) -> Any:
    """What a component is given to draw."""
    (found,) = [e.proto for e in app.get("bidi_component") if e.proto.id.endswith(f"-{key}")]
    (data,) = json.loads(found.json)
    return data


def serve(folder: Path, monkeypatch: pytest.MonkeyPatch, **texts: str) -> Path:
    """Farwater's files, with some of them changed, as the ones the app serves."""
    for name, text in {**TEXT, **{f"{stem}.yaml": text for stem, text in texts.items()}}.items():
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("PROVISION_SERVICES", str(folder / "services.yaml"))
    monkeypatch.setenv("PROVISION_BOUNDARIES", str(CITY / "boundaries.geojson"))
    return folder


EVIL = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> ![p](https://x.example/p.png)"
    " [l](javascript:alert(3)) **b** :red[r] $x$ \\u202e"
)


PLACES = {
    "themes": ["Work and money", "Earning a living", "women without work", "Nobody pays for the tram to an interview.", "help with finding work", "a count",
               "A target is to be agreed.", "Agree on the target.", "Nobody counts who left her quarter.", "Many women must leave their quarter to be safe.",
               "Street", "Is anybody there at night?", "The night line, by telephone alone.", "no visits", "Nobody meets women at the station.",
               "Light in the streets", "The south bank is dark.", "A lamp at every corner.", "A target that is none", "It is shown as to be agreed."],
    "organisations": ["The Job Shop", "Lends a light and a key worker.", "Birch"],
    "services": ["The Ferry service", "Quay Women", "women find work"],
}  # fmt: skip


class _Tags(HTMLParser):
    """The elements of HTML, as a browser would build them, with what could run or load in them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "img", "iframe", "object", "style") or any(
            name.startswith("on") or name == "src" for name, _ in attrs
        ):
            self.found.append(tag)
        self.found += [
            value
            for name, value in attrs
            if name in ("href", "data-go") and value and ":" in value.partition("?")[0]
        ]


def active(text: str) -> list[str]:
    tags = _Tags()
    tags.feed(text)
    return tags.found


def spoilt(name: str) -> str:
    text = TEXT[f"{name}.yaml"]
    for place in PLACES[name]:
        text = changed(
            place, json.dumps(EVIL.replace("\\u202e", "") + place, ensure_ascii=False), text
        )
    return text


def options(group: Any) -> list[str]:
    return [option.content for option in group.proto.options]


def app_text(app: AppTest) -> str:
    """Everything that the page is given, controls and components included."""
    return (
        raw(app)
        + " ".join(e.proto.json for e in app.get("bidi_component"))
        + " ".join(o for s in app.selectbox for o in s.options)
    )
