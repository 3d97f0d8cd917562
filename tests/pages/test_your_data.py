"""Your data: from files to a map, in one session, marked, and back."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from shapely.geometry import shape
from streamlit.testing.v1 import AppTest
from support.apps import opened, turn, words
from support.own_files import LIST, OUTLINES, TURNED

from components.own_data import state
from provision.regions import apart

KEYS = {"outlines": "bring-outl-0", "services": "bring-serv-0", "figures": "bring-figu-0"}
MARK = "Your data, not published"


def bring(app: AppTest, kind: str, name: str, raw: bytes) -> AppTest:
    file = (name, raw, "application/octet-stream")
    value = file if kind in ("outlines", "zip") else [file]
    return app.file_uploader(key=KEYS[kind]).set_value(value).run()


@pytest.fixture
def brought() -> AppTest:
    app = bring(opened("your_data"), "outlines", "vale.geojson", OUTLINES)
    return bring(app, "services", "list.csv", LIST)


def own(app: AppTest) -> state.Own:
    found: state.Own = app.session_state["own_data"]
    return found


def test_nothing_is_marked_before_anything_is_brought() -> None:
    app = opened("your_data")
    assert MARK not in words(app)
    assert KEYS["services"] not in {found.key for found in app.file_uploader}


def test_the_map_is_there_after_the_first_file() -> None:
    app = bring(opened("your_data"), "outlines", "vale.geojson", OUTLINES)
    assert not app.exception
    assert list(own(app).now.record.codes) == ["X01", "X02", "X03"]
    assert any(e.proto.id.endswith("-own-map") for e in app.get("bidi_component"))


def test_a_large_file_is_read_in_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page reads nothing of it itself, and shows the map as for any other."""
    monkeypatch.setattr(apart, "SECONDS", 3600)
    monkeypatch.setattr(apart, "make_own_data", None)
    app = bring(opened("your_data"), "outlines", "vale.geojson", OUTLINES + b" " * apart.LIGHT)
    assert not app.exception
    assert list(own(app).now.record.codes) == ["X01", "X02", "X03"]


def test_every_other_page_shows_it_and_says_so(brought: AppTest) -> None:
    for page in ("coverage", "gaps", "scenario", "sources", "paper", "themes"):
        app = turn(brought, page)
        assert not app.exception, page
        assert MARK in words(app), page
        assert "your-data-not-published" in words(app), page


def test_one_press_goes_back_to_the_published_record(brought: AppTest) -> None:
    app = brought.button(key="own-published").click().run()
    assert MARK not in words(app)
    app = app.button(key="own-show").click().run()
    assert MARK in words(app)


def test_a_name_is_fixed_by_choosing(brought: AppTest) -> None:
    assert "1 name does not match" in words(brought)
    (chosen,) = [s for s in brought.selectbox if s.value == "Birch"]
    (use,) = [b for b in brought.button if b.label == "Use these names"]
    assert "Birtch" in chosen.label
    app = use.click().run()
    assert own(app).now.record.service_area_matrix.tolist() == [
        [True, False],
        [False, True],
        [False, False],
    ]


def test_a_step_is_undone(brought: AppTest) -> None:
    app = brought.button(key="own-undo").click().run()
    assert not app.exception
    assert not own(app).now.record.services


def test_what_cannot_be_used_is_said_and_changes_nothing(brought: AppTest) -> None:
    before = own(brought).now
    app = bring(brought, "services", "letter.docx", b"PK\x03\x04 <script>")
    assert not app.exception
    assert own(app).now is before
    assert "problem" in words(app)
    assert "<script>" not in " ".join(block.value for block in app.html)


@pytest.mark.parametrize(("button", "west"), [("own-swap", 0.0), ("own-keep", 51.0)])
def test_latitude_and_longitude_are_swapped_or_kept_by_one_press(button: str, west: float) -> None:
    app = bring(opened("your_data"), "outlines", "vale.geojson", TURNED)
    assert own(app).now is None and "the wrong way round" in words(app)
    app = app.button(key=button).click().run()
    assert not app.exception and button not in {b.key for b in app.button}
    area = own(app).now.record.areas[0]
    assert shape(area.geometry).bounds[0] == pytest.approx(west)


def test_what_figures_are_is_asked_and_printed_as_not_stated_until_then(brought: AppTest) -> None:
    app = bring(brought, "figures", "homes.csv", b"CODE,homes\nX01,3\nX02,4\nX03,5\n")
    (indicator,) = own(app).now.record.indicators
    assert indicator.source.licence == indicator.date == "not stated"
    for label, text in {"When they hold": "2021", "Licence": "OGL <b>v3</b>"}.items():
        next(box for box in app.text_input if box.label == label).set_value(text)
    app = next(b for b in app.button if b.label == "Use these words").click().run()
    assert not app.exception
    (indicator,) = own(app).now.record.indicators
    assert (indicator.date, indicator.source.licence) == ("2021", "OGL <b>v3</b>")
    assert indicator.source.publisher == "not stated"


def test_the_outlines_columns_can_be_changed(brought: AppTest) -> None:
    (codes,) = [s for s in brought.selectbox if s.label.startswith("Column of codes")]
    assert codes.value == "CODE"


def test_two_sessions_do_not_see_each_other(brought: AppTest) -> None:
    assert MARK not in words(opened("coverage"))


def test_off_takes_no_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVISION_UPLOADS", "off")
    app = opened("your_data")
    assert not app.get("file_uploader")


def test_kept_data_opens_elsewhere_by_its_link_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PROVISION_UPLOADS", "kept")
    monkeypatch.setattr(state, "_KEEP", tmp_path)
    app = bring(opened("your_data"), "outlines", "vale.geojson", OUTLINES)
    upload = own(app).now.record.upload
    assert (tmp_path / f"{upload}.zip").is_file()
    there = opened("coverage", {"data": upload})
    assert not there.exception
    assert MARK in words(there)
    elsewhere = opened("coverage")
    assert MARK not in words(elsewhere)


def test_a_session_keeps_its_last_versions_and_those_that_somebody_opened(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PROVISION_UPLOADS", "kept")
    monkeypatch.setattr(state, "_KEEP", tmp_path)
    monkeypatch.setattr(state, "MOST_VERSIONS", 1)
    app = bring(opened("your_data"), "outlines", "vale.geojson", OUTLINES)
    first = own(app).now.record.upload
    app = bring(app, "services", "list.csv", LIST)
    second = own(app).now.record.upload
    assert {path.stem for path in tmp_path.glob("*.zip")} == {second} != {first}


@pytest.mark.parametrize("asked", ["0" * 32, "../../x", "<b>"])
def test_a_link_to_what_is_not_kept_is_told(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    monkeypatch.setenv("PROVISION_UPLOADS", "kept")
    app = opened("coverage", {"data": asked})
    assert not app.exception
    assert "The data of this link is not kept here" in words(app)


def test_the_zip_holds_the_folder(brought: AppTest) -> None:
    raw = state.packed(own(brought).now)
    names = {Path(n).name for n in zipfile.ZipFile(io.BytesIO(raw)).namelist()}
    assert {"boundaries.geojson", "services.yaml", "matching.yaml", "neighbours.csv"} <= names
