"""Data files that go while people look at them: the last good record stays, what is wrong is said
of the right file, and putting it back is enough."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import streamlit as st
from support import ROOT, SOME_DAY
from support.apps import opened

from components.data import live
from components.data.answers import Answers, NoAnswer
from components.paper.downloads import data_files
from provision.io.files import DataFiles, display
from provision.io.problems import InvalidData
from provision.links.query import Query
from provision.paper import pack as packing
from provision.paper.pack import pack
from provision.paper.views import views
from provision.record import Record, load
from provision.regions import kept_records
from provision.regions.kept_records import RecordCache
from provision.scenarios.patch import patched
from provision.scenarios.scenario import Scenario

CITY = ROOT / "tests" / "city"
WATER = (
    '{"type": "FeatureCollection", "features": [{"properties": {"name": "River"}, "geometry":'
    ' {"type": "Polygon", "coordinates": []}}]}'
)
READ = [
    "services.yaml",
    "boundaries.geojson",
    "boundaries.yaml",
    "figures.csv",
    "figures.yaml",
    "neighbours.csv",
    "themes.yaml",
    "organisations.yaml",
]
READ += ["water.geojson"]


@pytest.fixture
def region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with all of Farwater's files and a river, which the environment names."""
    folder = tmp_path / "region"
    shutil.copytree(CITY, folder)
    (folder / "water.geojson").write_text(WATER, encoding="utf-8")
    for name in (
        "services.yaml",
        "boundaries.geojson",
        "figures.csv",
        "neighbours.csv",
        "water.geojson",
    ):
        monkeypatch.setenv(f"PROVISION_{name.partition('.')[0].upper()}", str(folder / name))
    return folder


def deleted(path: Path) -> None:
    path.unlink()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def half_written(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def a_picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))


def a_ring_of_links(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


FAULTS: dict[Callable[[Path], None], str] = {
    **{
        deleted: "is no longer there",
        a_ring_of_links: "is no longer there",
        a_folder: "cannot be read (Is a directory)",
        a_pipe: "cannot be read (it is a pipe or a device, not a file)",
    },
    **{emptied: "", half_written: "", a_picture: "is not UTF-8 text"},
}

# Outlines are read from files of many kinds, so a file of another kind is named.
OF_OUTLINES = {("boundaries.geojson", a_picture): "is a picture, not outlines"}


def put_back(path: Path, content: bytes) -> None:
    """Saved as most editors do: a new file, renamed over what is there."""
    if path.is_dir():
        path.rmdir()
    new = path.with_suffix(".new")
    new.write_bytes(content)
    new.replace(path)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("name", READ)
def test_the_last_good_record_stays_until_the_file_is_back(
    name: str, fault: Callable[[Path], None], region: Path
) -> None:
    path = region / name
    content = path.read_bytes()
    good = live.live()
    assert good.record is not None and good.problems == ()
    fault(path)
    now = live.live()
    assert now.record is good.record
    assert display(path) in {p.file for p in now.problems}, now.problems
    assert all(p.what and p.mend for p in now.problems)
    said = OF_OUTLINES.get((name, fault), FAULTS[fault])
    assert said in now.problems[0].what
    put_back(path, content)
    back = live.live()
    assert (
        back.problems == ()
        and back.record is not None
        and back.record.version == good.record.version
    )


def test_one_that_may_not_be_read_comes_back_with_its_rights(
    region: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rights change neither the size of a file nor when it was written."""
    path = region / "services.yaml"
    good, opened = live.live(), Path.open

    def refuse(self: Path, *given: Any, **named: Any) -> Any:
        if self == path:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *given, **named)

    with monkeypatch.context() as rights:
        rights.setattr(Path, "open", refuse)
        path.chmod(0)
        now = live.live()
        assert now.record is good.record
        assert [str(p) for p in now.problems] == [
            f"{display(path)}:0: file: cannot be read (Permission denied); check the path and its"
            " permissions"
        ]
    path.chmod(0o644)
    assert live.live().problems == ()


def test_a_place_that_cannot_be_looked_at_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"/{'long' * 100}/services.yaml"
    monkeypatch.setenv("PROVISION_SERVICES", path)
    now = live.live()
    assert now.record is None and [p.file for p in now.problems] == [path]


@pytest.mark.parametrize(
    "name", [n for n in READ if n not in ("boundaries.yaml", "themes.yaml", "organisations.yaml")]
)
def test_what_is_missing_at_the_start_is_named_and_read_when_it_comes(
    name: str, region: Path
) -> None:
    path = region / name
    content = path.read_bytes()
    path.unlink()
    now = live.live()
    assert now.record is None
    assert [(p.file, p.what) for p in now.problems] == [
        (display(path), "cannot be read (No such file or directory)")
    ]
    put_back(path, content)
    assert live.live().record is not None


def test_what_a_region_can_do_without_may_come_later(region: Path) -> None:
    kept = {
        name: (region / name).read_bytes()
        for name in ("themes.yaml", "organisations.yaml", "boundaries.yaml")
    }
    for name in kept:
        (region / name).unlink()
    first = live.live().record
    assert first is not None and not first.themes and first.origin is None
    for name, content in kept.items():
        put_back(region / name, content)
    now = live.live()
    assert now.problems == () and now.record is not None and now.record.themes and now.record.origin


def test_what_is_given_out_is_what_was_read(region: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every file gone: the files as downloads, the pack with its hashes, a proposal for the
    services file."""
    record = live.live().record
    assert record is not None
    whole = views(record, Query.default(record))
    monkeypatch.setattr(packing, "views", lambda *_: [v for v in whole if v.id == "gaps"])
    before = pack(record, Query.default(record), "column")
    services = (region / "services.yaml").read_text(encoding="utf-8")
    shutil.rmtree(region)
    given: dict[str, Callable[[], str | bytes]] = {}
    monkeypatch.setattr(
        st, "download_button", lambda label, make, *_, **__: given.__setitem__(label, make)
    )
    data_files(record, Query.default(record))
    assert len(given) >= 17 and all(make() for make in given.values())
    assert given["Services (YAML)"]() == services.encode()
    assert patched(record, Scenario(SOME_DAY)) == services
    assert pack(record, Query.default(record), "column") == before


@pytest.mark.parametrize("fault", [deleted, half_written], ids=lambda fault: fault.__name__)
def test_the_page_says_it_above_the_last_good_data(
    fault: Callable[[Path], None], region: Path
) -> None:
    app = opened()
    fault(region / "themes.yaml")
    app.run()
    assert not app.exception
    text = "".join(str(element.proto) for element in app.get("html"))
    assert "The data files have been changed and cannot be used as they are." in text
    assert display(region / "themes.yaml") in text and "Farwater" in text
    put_back(region / "themes.yaml", (CITY / "themes.yaml").read_bytes())
    assert "cannot be used as they are" not in "".join(
        str(element.proto) for element in app.run().get("html")
    )


def test_a_table_without_a_header_is_empty_and_not_without_neighbours(
    tmp_path: Path, city_files: DataFiles
) -> None:
    empty = tmp_path / "neighbours.csv"
    empty.touch()
    files = DataFiles(city_files.services, city_files.boundaries, city_files.figures, empty)
    with pytest.raises(
        InvalidData,
        match=r"neighbours\.csv:1: file: is empty; write at least the names of the columns",
    ):
        load(files)


def test_contents_are_what_the_version_is_of(farwater: Record) -> None:
    assert set(farwater.contents) == {path for path in farwater.files.paths() if path.exists()}
    assert farwater.contents[farwater.files.services] == (CITY / "services.yaml").read_bytes()


def test_records_of_several_regions_are_held_and_the_oldest_is_let_go(region: Path) -> None:
    files = DataFiles.choose({})
    others = [replace(files, services=_copy(files.services, name)) for name in ("b", "c")]
    cache = live.AnsweredRecords(RecordCache(2), Answers(3600))
    first, second = cache.live(files).record, cache.live(others[0]).record
    assert first is not None and second is not None
    assert cache.live(files).record is first and cache.live(others[0]).record is second
    assert cache.live(others[1]).record is not None
    assert cache.live(others[0]).record is second, "it was asked for after the first"
    again = cache.live(files).record
    assert again is not None and again is not first and again.version == first.version


def _copy(path: Path, name: str) -> Path:
    found = path.with_name(f"{name}.yaml")
    found.write_bytes(path.read_bytes())
    return found


def test_a_share_that_hangs_holds_up_nobody_and_the_page_mends_itself(
    region: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk answers when the test lets it; no answer is waited for longer than a moment."""
    answers, go_on = Answers(3600), Event()
    cache = live.AnsweredRecords(RecordCache(2), answers)
    good = cache.live()
    assert good.record is not None and cache.silent_for is None
    loaded = kept_records.load

    def hangs(files: DataFiles) -> Record:
        go_on.wait()
        return loaded(files)

    monkeypatch.setattr(kept_records, "load", hangs)
    (region / "figures.csv").touch()
    answers.seconds = 0.01
    first, second = cache.live(), cache.live()
    assert first.record is good.record and second.record is good.record
    assert "have not answered" in first.problems[0].what and first.stamp != good.stamp
    assert cache.silent_for is not None
    answers.seconds = 3600
    go_on.set()
    while cache.silent_for is not None:
        pass
    back = cache.live()
    assert back.problems == () and back.record is not None and back.stamp != first.stamp


def test_a_disk_that_never_answers_is_asked_again_from_time_to_time() -> None:
    now, go_on = [0.0], Event()
    answers = Answers(0.01, lambda: now[0])
    with pytest.raises(NoAnswer) as caught:
        answers.of(go_on.wait)
    assert caught.value.waited
    answers.seconds = 3600
    with pytest.raises(NoAnswer) as caught:
        answers.of(lambda: "not asked")
    assert not caught.value.waited
    now[0] = 7200.0
    assert answers.of(lambda: "asked") == "asked"
    assert answers.silent_for is not None
    go_on.set()


def test_what_the_disk_answers_with_an_error_is_raised() -> None:
    def away() -> None:
        raise TimeoutError("the share is away")

    with pytest.raises(TimeoutError, match="away"):
        Answers(3600).of(away)
