"""The page Then and now, its figure and its step, on the invented city; its answers are worked out
by hand in tests/city/later/services.yaml."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from docx import Document
from PIL import Image
from support import CITY, ROOT, answer
from support.apps import headline, opened, raw, sent, serve, words
from support.looking import EVERY_PAGE

from provision.io.files import DataFiles
from provision.links.query import Query, parse
from provision.paper import brief
from provision.paper import pack as packing
from provision.paper.brief_docx import brief_docx
from provision.paper.view import Kind, View
from provision.paper.views import chosen, describe, views
from provision.record import Record, load
from provision.regions.beside import beside
from provision.workshop.story import Kind as StepKind
from provision.workshop.story import default_story, step

TWO = DataFiles.in_folder(ROOT / "tests" / "city_records")


@pytest.fixture
def two_records(monkeypatch: pytest.MonkeyPatch, records: str) -> None:
    monkeypatch.setenv("PROVISION_DATA", str(ROOT / "tests" / "city_records"))


@pytest.fixture(scope="module")
def first() -> Record:
    return load(TWO)


def classes(drawn: dict[str, object]) -> dict[str, str]:
    found = drawn["classes"]
    assert isinstance(found, list)
    return {kind["id"]: kind["count"] for kind in found}


@pytest.mark.usefixtures("two_records")
def test_the_page_says_what_became_of_whom() -> None:
    app = opened("then_and_now")
    assert not app.exception
    assert "Fir" in headline(app) and "Elm, not known then" in headline(app)
    assert classes(sent(app, "then-map-1")) == {
        "gained": "1",
        "gained_not_stated": "1",
        "lost": "1",
        "no_longer_stated": "1",
        "covered_in_both": "2, and Harbour apart",
        "not_stated_in_either": "1",
    }
    assert "does not continue" in words(app) and "The register is narrower." in words(app)
    rows = {
        row[0]["text"]: [cell["text"] for cell in row[1:]]
        for row in sent(app, "then-table")["rows"]
    }
    assert "lapsed" not in str(rows) and "no contracted service" in rows["Fir"][0]
    assert "Lantern (Lights)" in rows["Fir"][1]
    assert "not stated" in rows["Damson"][1]


@pytest.mark.usefixtures("two_records")
def test_the_line_of_time_has_a_text_for_every_bar() -> None:
    text = raw(opened("then_and_now"))
    lanes = text.count('<span class="time-track"><b')
    assert lanes == 7  # five services of the guide, two of the register
    # each once for those who see the drawing and once for those who hear it
    assert text.count(", contract ") + text.count(", listed for referral from ") == 2 * lanes


@pytest.mark.usefixtures("two_records")
def test_the_page_is_the_same_whichever_record_is_chosen() -> None:
    one, other = opened("then_and_now"), opened("then_and_now", {"record": "register"})
    assert headline(one) == headline(other)
    assert sent(one, "then-table") == sent(other, "then-table")


@pytest.mark.usefixtures("two_records")
def test_a_chosen_area_has_its_states_with_their_sources() -> None:
    app = opened("then_and_now", {"area": "Q4"})
    assert "Damson" in words(app) and "Register, Listed services" in words(app)


def test_a_region_with_one_record_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, records: str
) -> None:
    serve(tmp_path, monkeypatch)
    app = opened("then_and_now")
    assert not app.exception and "one record" in headline(app)


def test_it_is_a_figure_of_both_records(first: Record) -> None:
    query = Query.default(first)
    assert [v.id for v in views(first, query)][-1] == "then_and_now"
    asked, notes = parse({"figure": "then_and_now"}, first)
    assert not notes
    said = describe(first, chosen(first, asked))
    assert any("Register" in line for line in said.sources)
    assert any("Guide" in line for line in said.sources)
    assert all(own.version in said.edition for own in beside(first))
    assert said.link == "/then_and_now" and len(said.rows) == 8
    assert "does not continue" in said.rule
    other = beside(first)[1]
    assert describe(other, View(Kind.THEN_AND_NOW, Query.default(other))).sentence == said.sentence


def test_a_pack_tells_what_both_records_were_made_from(
    first: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = Query.default(first)
    beside_alone = [v for v in views(first, query) if v.kind is Kind.THEN_AND_NOW]
    monkeypatch.setattr(packing, "views", lambda *_: beside_alone)
    with zipfile.ZipFile(io.BytesIO(packing.pack(first, query, "column"))) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        said = archive.read("captions/then_and_now.txt").decode()
    other = beside(first)[1]
    (own,) = manifest["beside"]
    assert (own["record"], own["data_version"]) == ("March 2023", other.version)
    assert set(own["inputs"]) == {path.name for path in other.contents}
    assert f"{first.version} (June 2020) and {other.version} (March 2023)" in said


def test_a_briefing_sets_them_side_by_side_and_says_what_cannot_be_compared(
    first: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = io.BytesIO()
    Image.new("RGB", (10, 10), "white").save(blank, "PNG")
    monkeypatch.setattr(brief, "picture", lambda *_: blank.getvalue())
    paper = Document(io.BytesIO(brief_docx(first, Query.default(first))))
    texts = [p.text for p in paper.paragraphs]
    assert "Then and now" in texts and any("None continues another" in text for text in texts)
    tables = {t.rows[0].cells[0].text: t for t in paper.tables}
    verdicts = {row.cells[0].text: row.cells[1].text for row in tables["What"].rows[1:]}
    assert set(verdicts.values()) == {"comparable", "not comparable"}
    rows = {row.cells[0].text: [c.text for c in row.cells[1:]] for row in paper.tables[-2].rows}
    assert rows["Fir"][0] == "no contracted service" and "Lantern" in rows["Fir"][1]
    assert "Harbour (not counted)" in rows and rows["Damson"][2] == "no longer stated"


def test_it_is_a_step_for_the_room(first: Record) -> None:
    from components.present.slides import slide

    assert default_story(first).steps[-1].link == "then_and_now"  # two records: one step
    for link in ("then_and_now", "then_and_now#latest"):
        drawn = slide(first, step(first, StepKind.VIEW, link))
        assert drawn["type"] == "map" and "Fir" in drawn["headline"]
        assert any("does not continue" in line for line in drawn["under"])


def test_it_is_a_command_and_a_figure_of_one(tmp_path: Path) -> None:
    folder = ("--data", str(ROOT / "tests" / "city_records"))
    assert answer("then-and-now", *folder).stdout.startswith("Fir")
    out = tmp_path / "figure.svg"
    assert answer("figure", "then_and_now", *folder, "--out", str(out)).returncode == 0
    assert "does not continue" in out.read_text(encoding="utf-8")
    alone = answer("figure", "then_and_now", "--data", str(CITY), "--out", str(out))
    assert alone.returncode == 1 and "no further record" in alone.stderr


def test_the_page_is_looked_at_like_every_other() -> None:
    assert "/then_and_now" in EVERY_PAGE.values()
