"""Which files make up a region."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from provision.io.files import ROOT, DataFiles, description_of, display, version_of

LONDON = DataFiles.london()
NAMES = ("services", "boundaries", "figures", "neighbours", "water", "themes", "organisations")


def test_london_s_files_all_exist() -> None:
    assert all(path.is_file() for path in LONDON.paths())


def test_nothing_given_means_london() -> None:
    assert DataFiles.choose({}, {}) == LONDON


def test_other_services_keep_london_s_areas_and_figures_and_leave_its_themes_behind() -> None:
    expected = replace(LONDON, services=Path("mine.yaml"), themes=None, organisations=None)
    assert DataFiles.choose({"services": "mine.yaml"}, {}) == expected


def test_themes_and_organisations_are_those_beside_the_services(tmp_path: Path) -> None:
    (tmp_path / "themes.yaml").write_text("themes: []", encoding="utf-8")
    found = DataFiles.choose({"services": str(tmp_path / "services.yaml")}, {})
    assert (found.themes, found.organisations) == (tmp_path / "themes.yaml", None)


def test_other_boundaries_leave_london_s_figures_neighbours_and_water_behind() -> None:
    found = DataFiles.choose({"services": "mine.yaml", "boundaries": "mine.geojson"}, {})
    assert found == DataFiles(Path("mine.yaml"), Path("mine.geojson"))


def test_every_file_can_come_from_the_environment() -> None:
    environment = {f"PROVISION_{name.upper()}": f"{name}.x" for name in NAMES}
    paths = (Path(f"{name}.x") for name in NAMES)
    assert DataFiles.choose({}, environment) == DataFiles(*paths)


def test_what_is_given_by_name_goes_before_the_environment() -> None:
    found = DataFiles.choose({"services": "given.yaml"}, {"PROVISION_SERVICES": "environment.yaml"})
    assert found.services == Path("given.yaml")


@pytest.mark.parametrize("nothing", ["", None])
def test_an_empty_name_is_no_name(nothing: str | None) -> None:
    assert DataFiles.choose({"services": nothing}, {"PROVISION_SERVICES": ""}) == LONDON


def test_what_describes_a_file_stands_beside_it() -> None:
    assert description_of(Path("a/figures.csv")) == Path("a/figures.yaml")


def test_companions_are_among_the_paths() -> None:
    files = DataFiles(Path("s.yaml"), Path("b.geojson"), Path("f.csv"))
    assert set(files.paths()) == {
        Path("s.yaml"),
        Path("b.geojson"),
        Path("f.csv"),
        Path("b.yaml"),
        Path("f.yaml"),
    }


@pytest.fixture
def files(tmp_path: Path) -> DataFiles:
    """Two files that exist and their companions that do not."""
    for name in ("s.yaml", "b.geojson"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    return DataFiles(tmp_path / "s.yaml", tmp_path / "b.geojson")


def test_the_stamp_stays_while_nothing_changes(files: DataFiles) -> None:
    assert files.stamp() == files.stamp()


def test_the_stamp_changes_with_a_file_s_time(files: DataFiles) -> None:
    before = files.stamp()
    os.utime(files.services, ns=(1, 1))
    assert files.stamp() != before


def test_the_stamp_changes_when_a_companion_appears_and_when_a_file_goes(files: DataFiles) -> None:
    first = files.stamp()
    description_of(files.boundaries).write_text("title: x", encoding="utf-8")
    second = files.stamp()
    files.services.unlink()
    assert len({first, second, files.stamp()}) == 3


def version_now(files: DataFiles) -> str:
    return version_of({path: path.read_bytes() for path in files.paths() if path.exists()})


def test_the_version_is_twelve_hexadecimal_digits_of_the_content(files: DataFiles) -> None:
    before = version_now(files)
    assert len(before) == 12 and int(before, 16) >= 0
    os.utime(files.services, ns=(1, 1))
    assert version_now(files) == before, "the same bytes are the same version"
    files.services.write_text("other", encoding="utf-8")
    assert version_now(files) != before


def test_moving_bytes_from_one_file_to_the_next_changes_the_version(tmp_path: Path) -> None:
    def version(folder: str, first: str, second: str) -> str:
        (tmp_path / folder).mkdir()
        paths = [tmp_path / folder / name for name in ("s.yaml", "b.geojson")]
        for path, text in zip(paths, (first, second), strict=True):
            path.write_text(text, encoding="utf-8")
        return version_now(DataFiles(*paths))

    assert version("one", "ab", "c") != version("two", "a", "bc")


def test_a_path_below_the_reader_or_the_project_is_shown_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Path(display(tmp_path / "mine" / "s.yaml")) == Path("mine/s.yaml")
    assert Path(display(ROOT / "data" / "services.yaml")) == Path("data/services.yaml")
    assert Path(display(Path("as/given.yaml"))) == Path("as/given.yaml")
