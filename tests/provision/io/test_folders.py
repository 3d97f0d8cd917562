"""A region as a folder: which file is which, shared files, and a zip file of it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from support import CITY

from provision.io.files import DataFiles, display
from provision.io.problems import InvalidData
from provision.record import load

FILES = ("services", "boundaries", "figures", "neighbours", "themes", "organisations")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small invented city as a folder."""
    target = tmp_path / "city"
    target.mkdir()
    for path in CITY.iterdir():
        if path.suffix in (".yaml", ".csv", ".geojson"):
            shutil.copy(path, target)
    return target


def zip_of(folder: Path, inside: str = "") -> Path:
    path = folder.parent / "city.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, f"{inside}{file.name}")
    return path


def test_a_folder_holds_what_there_is(folder: Path) -> None:
    files = DataFiles.in_folder(folder)
    assert {name for name in FILES if getattr(files, name)} == set(FILES)
    (folder / "themes.yaml").unlink()
    assert DataFiles.in_folder(folder).themes is None


def test_a_folder_is_the_region_that_its_files_are(folder: Path) -> None:
    one_by_one = {name: getattr(DataFiles.in_folder(folder), name) for name in FILES}
    whole, parts = load(DataFiles.in_folder(folder)), load(DataFiles(**one_by_one))
    assert (whole.file, whole.areas, whole.version) == (parts.file, parts.areas, parts.version)


@pytest.mark.parametrize("inside", ["", "city/"], ids=["files", "one folder"])
def test_a_zip_file_of_a_folder_will_do(inside: str, folder: Path) -> None:
    archive = zip_of(folder, inside)
    record = load(DataFiles.choose({"data": str(archive)}, {}))
    assert record.file == load(DataFiles.in_folder(folder)).file
    assert display(record.files.services) == f"{display(archive)}/services.yaml"


def test_a_folder_goes_before_the_environment_and_a_named_file_before_the_folder() -> None:
    environment = {"PROVISION_DATA": "there", "PROVISION_SERVICES": "mine.yaml"}
    found = DataFiles.choose({}, environment)
    assert (found.services, found.boundaries) == (
        Path("mine.yaml"),
        Path("there/boundaries.geojson"),
    )
    found = DataFiles.choose({"data": "here"}, environment)
    assert found.services == Path("here/services.yaml")
    found = DataFiles.choose({"data": "here", "services": "own.yaml"}, environment)
    assert (found.services, found.boundaries) == (Path("own.yaml"), Path("here/boundaries.geojson"))


def test_two_folders_share_outlines(folder: Path, tmp_path: Path) -> None:
    later = tmp_path / "later"
    later.mkdir()
    shutil.move(folder / "services.yaml", later)
    shared = "".join(f"  {name}: ../city/{name}.{kind}\n" for name, kind in SHARED.items())
    (later / "region.yaml").write_text(f"files:\n{shared}", encoding="utf-8")
    record = load(DataFiles.in_folder(later))
    assert record.files.boundaries == folder / "boundaries.geojson"
    assert later / "region.yaml" in record.files.paths()
    assert record.indicators


SHARED = {"boundaries": "geojson", "figures": "csv", "neighbours": "csv"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("files:\n  outlines: x.geojson\n", "is not a file of a region"),
        ("files:\n  water: 7\n", "is no path"),
        ("water: x.geojson\n", "does not say 'files'"),
        ("files: [", "is not valid YAML"),
    ],
)
def test_a_region_file_that_cannot_be_meant_is_said(text: str, said: str, folder: Path) -> None:
    (folder / "region.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidData, match=said):
        load(DataFiles.in_folder(folder))


def test_a_zip_file_leads_to_no_file_outside(folder: Path) -> None:
    (folder / "region.yaml").write_text("files:\n  water: ../../x.geojson\n", encoding="utf-8")
    with pytest.raises(InvalidData, match="leads out of the zip file"):
        load(DataFiles.in_folder(zip_of(folder)))


@pytest.mark.parametrize(
    ("name", "said"), [("nowhere", "is not there"), ("a.txt", "is not a folder")]
)
def test_what_is_no_folder_is_said(name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InvalidData, match=said):
        load(DataFiles.in_folder(tmp_path / name))


def test_outlines_alone_are_a_region_of_which_nothing_is_stated(folder: Path) -> None:
    alone = folder.parent / "salter-mere"
    alone.mkdir()
    shutil.copy(folder / "boundaries.geojson", alone)
    record = load(DataFiles.in_folder(alone))
    assert (record.file.region.name, record.services) == ("Salter Mere", ())
    assert not record.listed_none.any() and not record.service_area_matrix.any()


def test_a_services_file_with_the_outlines_stem_is_not_their_description(folder: Path) -> None:
    outlines = shutil.copy(folder / "boundaries.geojson", folder / "gm.geojson")
    services = shutil.copy(folder / "services.yaml", folder / "gm.yaml")
    assert load(DataFiles(Path(services), Path(outlines))).origin is None
    other = shutil.copy(folder / "services.yaml", folder / "other.yaml")
    assert load(DataFiles(Path(other), Path(outlines))).origin is None


def test_a_description_may_say_that_it_is_one(folder: Path) -> None:
    outlines = shutil.copy(folder / "boundaries.geojson", folder / "gm.geojson")
    services = shutil.copy(folder / "services.yaml", folder / "gm.yaml")
    text = "title: Own\norigin: own\nvintage: '1'\nlicence: none\nattribution: own\n"
    (folder / "gm.description.yaml").write_text(text, encoding="utf-8")
    origin = load(DataFiles(Path(services), Path(outlines))).origin
    assert origin is not None and origin.title == "Own"
