"""What passes at the door never makes a page, a figure or a document fail: hostile texts in every
field of every file of a region."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest
from support.apps import active, opened, raw
from support.hostile import ODD, UNSEEN, region

from provision.io.files import DataFiles
from provision.io.problems import InvalidData
from provision.links.query import Query
from provision.paper import brief
from provision.paper.brief_docx import brief_docx
from provision.paper.brief_pptx import brief_pptx
from provision.paper.figures import canvas_of, words
from provision.paper.sheets import workbook
from provision.paper.tables import tables
from provision.paper.view import Kind, View
from provision.paper.views import describe
from provision.record import Record, load
from provision.workshop.engines import ENVIRONMENT

PAGES = (
    *("coverage", "gaps", "borough", "scenario", "themes", "theme_maps", "intersections"),
    *("partners", "pathway", "find", "sources", "your_data", "paper", "present"),
)
FILES = ("services", "boundaries", "figures", "neighbours", "themes", "organisations")


@pytest.mark.parametrize("name", UNSEEN)
def test_what_nobody_can_see_is_refused_by_name_in_every_file(name: str, tmp_path: Path) -> None:
    inside = {"services.yaml", "themes.yaml", "figures.yaml", "boundaries.yaml"}
    found = _refused_in(region(tmp_path, UNSEEN[name], "Area"), UNSEEN[name])
    # Half a character is no YAML: the file after the first of the two annexes is not come to.
    assert found - {"organisations.yaml"} == inside
    assert "organisations.yaml" in found or name == "half a character"
    assert _refused_in(region(tmp_path, "Plain", UNSEEN[name]), UNSEEN[name]) == {
        "boundaries.geojson"
    }


def _refused_in(files: DataFiles, text: str) -> set[str]:
    """The files of which a problem names the character; YAML itself has no word for half of one."""
    with pytest.raises(InvalidData) as caught:
        load(files)
    named = (f"U+{ord(text.strip(' ')[0]):04X}", "invalid Unicode character")
    return {Path(p.file).name for p in caught.value.problems if any(n in p.what for n in named)}


def test_what_nobody_can_see_is_refused_in_the_cells_of_tables(tmp_path: Path) -> None:
    files = region(tmp_path, "Plain")
    assert files.neighbours is not None
    table = files.neighbours.read_text("utf-8")
    files.neighbours.write_text(table.replace("\n", "\u00ad\n", 2), "utf-8")
    with pytest.raises(InvalidData) as caught:
        load(files)
    assert "U+00AD SOFT HYPHEN" in caught.value.problems[0].what


@pytest.mark.parametrize(("field", "longest"), [("map_title", 200), ("caveat", 20_000)])
def test_no_text_is_longer_than_files_for_paper_hold(
    field: str, longest: int, tmp_path: Path
) -> None:
    files = region(tmp_path, "Plain")
    text = files.services.read_text("utf-8")
    start = text.index(f'"{field}": "') + len(f'"{field}": "')
    end = text.index('"', start)
    files.services.write_text(text[:start] + "x" * longest + text[end:], "utf-8")
    load(files)
    files.services.write_text(text[:start] + "x" * (longest + 1) + text[end:], "utf-8")
    with pytest.raises(InvalidData) as caught:
        load(files)
    assert f"{longest + 1:,}" in caught.value.problems[0].what


@pytest.mark.filterwarnings("ignore:Glyph")  # the font of figures has not every sign
@pytest.mark.parametrize("name", ODD)
def test_odd_texts_come_through_every_document(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = load(region(tmp_path, ODD[name]))
    query = Query.default(record)
    _draws(record, query)
    monkeypatch.setattr(brief, "picture", lambda *_: _dot())
    brief_docx(record, query)
    brief_pptx(record, query)
    workbook(record, query, [t for group in tables(record, query).values() for t in group])


def _draws(record: Record, query: Query) -> None:
    for kind in (Kind.COVERAGE, Kind.GAPS):
        view = View(kind, query)
        said = describe(record, view)
        canvas_of(record, view, "column", said).write("svg", words(view, said))


def _dot() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(("name", "page"), zip(ODD, cycle(PAGES)))
def test_odd_texts_come_through_a_page(
    name: str, page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _serve(tmp_path, ODD[name], monkeypatch)
    app = opened(page)
    assert not app.exception and "Other words" not in raw(app)
    assert not [tag for tag in active(raw(app)) if (page, tag) != ("paper", "img")]


@pytest.mark.parametrize("page", ["sources", "scenario"])
def test_the_words_for_areas_stay_words(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _serve(tmp_path, ODD["markup"], monkeypatch)
    app = opened(page)
    assert not app.exception and not active(raw(app))
    assert not [e.label for e in app.expander if "<" in e.label.replace("\\<", "")]


def _serve(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    files = region(folder, text)
    for name in FILES:
        monkeypatch.setenv(f"PROVISION_{name.upper()}", str(getattr(files, name)))
    monkeypatch.setenv(ENVIRONMENT, f"sqlite:///{folder / 'records.sqlite'}")


@pytest.mark.parametrize("page", ["scenario", "pathway", "present", "intersections", "borough"])
def test_no_label_holds_an_address_that_would_become_a_link(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _serve(tmp_path, ODD["autolinks"], monkeypatch)
    app = opened(page)
    found = [text.replace("\\", "") for text in _labels(app)]
    assert any("evil.example" in text for text in found)
    assert not [text for text in found if _ADDRESS.search(text)]


_ADDRESS = re.compile(r"(https?://|www\.)[-.\w]|[-.\w+]@[-\w]+\.", re.IGNORECASE)


def _labels(app: AppTest) -> Iterator[str]:
    """What Streamlit reads as Markdown on a page."""
    for node in _nodes(app._tree):
        kind = node.type
        if kind in ("caption", "markdown"):
            yield node.value
        yield from [
            text for text in (getattr(node, "label", ""), getattr(node, "help", "")) if text
        ]
        if kind in ("radio", "button_group", "select_slider"):
            yield from getattr(node, "options", ())


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _nodes(child)
