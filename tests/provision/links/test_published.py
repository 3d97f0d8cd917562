"""Where the explorer is published: what is taken for an address, what is left aside, and where it
is then printed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from support import run

from provision.__main__ import main
from provision.links.published import ENVIRONMENT, fault, published, where
from provision.links.query import Query
from provision.paper import brief
from provision.paper.brief_docx import brief_docx
from provision.paper.captions import caption, short_caption
from provision.paper.sheets import notes
from provision.paper.view import Kind, View
from provision.paper.views import describe
from provision.record import Record

GAPS = "https://gaps.example.org"


@pytest.mark.parametrize(
    "given",
    [
        GAPS,
        f"{GAPS}/",
        f" {GAPS} ",
        "http://192.0.2.7:8501",
        "http://[::1]:8501",
        "https://example.org/a/gaps/",
    ],
)
def test_an_address_of_the_web_is_taken(given: str) -> None:
    assert (
        published({ENVIRONMENT: given}) == given.strip().rstrip("/")
        and fault({ENVIRONMENT: given}) == ""
    )
    assert (
        where("/gaps?on=2020-06-30", {ENVIRONMENT: given})
        == f"{given.strip().rstrip('/')}/gaps?on=2020-06-30"
    )


@pytest.mark.parametrize(
    "given",
    [
        "gaps.example.org",
        "javascript:alert(1)",
        "ftp://a",
        "https://",
        "https://a b",
        "https://a/?x=1",
        "https://a/#b",
        "https://me:word@a",
        "http://a:99999",
    ],
)
def test_what_is_no_address_is_left_aside_and_said(given: str) -> None:
    assert published({ENVIRONMENT: given}) == "" and ENVIRONMENT in fault({ENVIRONMENT: given})
    assert where("/gaps", {ENVIRONMENT: given}) == "/gaps, on the explorer's own server"


def test_nothing_is_made_up_and_nothing_is_said_where_none_is_given() -> None:
    assert (
        published({}) == ""
        and fault({}) == ""
        and published({ENVIRONMENT: " "}) == ""
        and fault({ENVIRONMENT: " "}) == ""
    )


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, f"{GAPS}/")


@pytest.mark.usefixtures("address")
def test_captions_and_notes_of_a_workbook_hold_the_whole_address(city: Record) -> None:
    query = Query.default(city)
    view = View(Kind.GAPS, query)
    assert f"View: {GAPS}/gaps\n" in caption(view, describe(city, view))
    assert notes(city, query, ())[-1][2] == f"{GAPS}/coverage"


def test_without_an_address_they_say_so_in_words(city: Record) -> None:
    query = Query.default(city)
    view = View(Kind.GAPS, query)
    assert "View: /gaps, on the explorer's own server\n" in caption(view, describe(city, view))
    assert notes(city, query, ())[-1][2] == "/coverage, on the explorer's own server"


def test_the_first_line_of_a_caption_is_a_short_one(city: Record) -> None:
    view = View(Kind.TILES, Query.default(city))
    said = describe(city, view)
    first, _, rest = caption(view, said).partition("\n")
    assert first == f"Short caption: {short_caption(view, said)}"
    assert (
        short_caption(view, said).startswith(
            f"{said.title}, in tiles of equal area. As at {said.as_at}. Source: "
        )
        and said.rule not in first
    )
    assert said.rule in rest and said.sentence in rest and " ".join(said.licence) in rest


@pytest.mark.usefixtures("address")
def test_a_word_file_s_links_can_be_followed(city: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brief, "picture", lambda *asked: _dot())
    data = brief_docx(city, Query.default(city))
    paper = Document(io.BytesIO(data))
    captions = [p for p in paper.paragraphs if p.text.startswith("Figure ") and p.hyperlinks]
    assert [p.hyperlinks[0].address for p in captions] == [
        f"{GAPS}/{page}" for page in ("coverage", "gaps", "gaps")
    ]
    assert all(p.text.endswith("In the explorer.") for p in captions)
    assert f"Available at: {GAPS}/coverage." in "\n".join(p.text for p in paper.paragraphs)
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None


def _dot() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (10, 10), "white").save(out, "PNG")
    return out.getvalue()


def test_a_bad_address_is_told_by_the_commands_and_does_not_stop_them(tmp_path: Path) -> None:
    found = run(
        "export-hsds", "--out", str(tmp_path / "a.json"), PROVISION_ADDRESS="gaps.example.org"
    )
    assert (
        found.returncode == 0
        and found.stderr.startswith("provision: PROVISION_ADDRESS is not an address")
        and '"url"' not in (tmp_path / "a.json").read_text()
    )


@pytest.mark.usefixtures("address")
def test_services_for_others_have_their_address_by_default(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export-hsds", "--out", str(tmp_path / "a.json")]) == 0
    assert (
        f'"url": "{GAPS}/?services=' in (tmp_path / "a.json").read_text()
        and "--url" not in capsys.readouterr().out
    )
    assert (
        main(["export-hsds", "--out", str(tmp_path / "b.json"), "--url", "https://other.example"])
        == 0
    )
    assert '"url": "https://other.example/?services=' in (tmp_path / "b.json").read_text()
