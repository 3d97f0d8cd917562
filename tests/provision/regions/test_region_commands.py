"""From the files that people have to a region's folder, by the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from support.outlines import coded, table, written

from provision.__main__ import main
from provision.coverage.status import coverage
from provision.io.files import DataFiles
from provision.io.reading import read_text, read_yaml
from provision.record import Record, load
from provision.regions import service_drafts
from provision.regions.matching_file import read_matching

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a region command among files of its own: its exit code, and all that it says."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str]:
        code = main(["region", *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


@pytest.fixture
def outlines(tmp_path: Path) -> Path:
    return written(coded(4), tmp_path / "outlines.gpkg")


@pytest.fixture
def services(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(
        "Service,Areas\nLantern,Ashby; Cold\nHelpline,All of Mere\nHarbour,Brok\n",
        encoding="utf-8",
    )
    return path


def record(folder: str = "mere") -> Record:
    return load(DataFiles.in_folder(Path(folder)))


def statuses(folder: str = "mere") -> list[str]:
    found = record(folder)
    return list(coverage(found, found.default_date)["status"])


def test_outlines_alone_make_a_valid_folder(run: Run, outlines: Path) -> None:
    code, said = run("new", "mere", "--boundaries", str(outlines))
    assert code == 0
    assert statuses() == ["not_stated"] * 4
    assert "'LAD23CD'" in said and "4 districts: which services are there" in said
    region = record().file.region
    assert (region.name, region.area, region.areas) == ("Mere", "district", "districts")


def test_neighbours_are_written_from_the_outlines(run: Run, outlines: Path) -> None:
    run("new", "mere", "--boundaries", str(outlines))
    pairs = [tuple(row) for row in record().neighbours[["code_a", "code_b"]].to_numpy()]
    codes = list(record().codes)
    assert pairs == list(pairwise(codes))


def test_services_are_placed_and_what_did_not_match_is_told(
    run: Run, outlines: Path, services: Path
) -> None:
    code, said = run("new", "mere", "--boundaries", str(outlines), "--services", str(services))
    assert code == 0
    assert statuses() == ["covered", "not_stated", "covered", "not_stated"]
    assert {o.name for o in record().file.other_provision} >= {"Helpline"}
    assert "'Brok': did you mean Brook?" in said
    matching = read_matching(Path("mere/matching.yaml"))
    assert matching.name_variants == {"Cold": "Cold Hill"}
    assert matching.unmatched == {"Brok": ""}


def test_an_answer_is_taken_and_not_asked_for_again(
    run: Run, outlines: Path, services: Path
) -> None:
    words = ("new", "mere", "--boundaries", str(outlines), "--services", str(services))
    run(*words)
    path = Path("mere/matching.yaml")
    text = path.read_text(encoding="utf-8").replace("Brok: ''", "Brok: Brook")
    path.write_text(text, encoding="utf-8")
    code, said = run(*words)
    assert code == 0
    assert statuses() == ["covered", "covered", "covered", "not_stated"]
    assert "did you mean" not in said and "To confirm" not in said
    assert read_matching(path).name_variants == {"Cold": "Cold Hill", "Brok": "Brook"}


def test_next_year_s_outlines_are_read_as_last_year_s_were(run: Run, tmp_path: Path) -> None:
    columns = {"A1": ["x", "y"], "LAD23CD": ["E07000001", "E07000002"], "LAD23NM": ["Ash", "Elm"]}
    first = written(table(columns), tmp_path / "first.geojson")
    run("new", "mere", "--boundaries", str(first), "--code-field", "A1", "--name", "The Mere")
    columns = {**columns, "A1": ["x", "z"]}
    second = written(table(columns), tmp_path / "second.geojson")
    code, _ = run("new", "mere", "--boundaries", str(second))
    assert code == 0
    assert list(record().codes) == ["x", "z"]
    assert record().file.region.name == "The Mere"


def test_what_a_person_completed_is_kept(run: Run, outlines: Path, services: Path) -> None:
    words = ("new", "mere", "--boundaries", str(outlines), "--services", str(services))
    run(*words)
    path = Path("mere/services.yaml")
    completed = path.read_text(encoding="utf-8") + "# looked at by hand\n"
    path.write_text(completed, encoding="utf-8")
    code, said = run(*words)
    assert code == 1 and "--replace" in said
    assert path.read_text(encoding="utf-8") == completed
    code, said = run(*words, "--replace")
    assert code == 0 and "services.yaml.1" in said
    assert Path("mere/services.yaml.1").read_text(encoding="utf-8") == completed
    assert path.read_text(encoding="utf-8") != completed


def test_outlines_by_themselves_leave_the_services_as_they_are(
    run: Run, outlines: Path, services: Path
) -> None:
    run("new", "mere", "--boundaries", str(outlines), "--services", str(services))
    path = Path("mere/services.yaml")
    completed = path.read_text(encoding="utf-8") + "# looked at by hand\n"
    path.write_text(completed, encoding="utf-8")
    assert run("new", "mere", "--boundaries", str(outlines))[0] == 0
    assert path.read_text(encoding="utf-8") == completed


def test_what_a_person_wrote_of_the_outlines_stays(run: Run, outlines: Path) -> None:
    run("new", "mere", "--boundaries", str(outlines))
    path = Path("mere/boundaries.yaml")
    text = path.read_text(encoding="utf-8").replace("licence: not stated", "licence: CC0 1.0")
    path.write_text(text, encoding="utf-8")
    later = written(coded(3), outlines.with_name("later.gpkg"))
    assert run("new", "mere", "--boundaries", str(later))[0] == 0
    origin = record().origin
    assert origin is not None and origin.licence == "CC0 1.0"
    assert isinstance(origin.origin, dict) and origin.origin["file"] == "later.gpkg"


def test_outlines_that_the_services_do_not_fit_are_refused_whole(
    run: Run, outlines: Path, services: Path
) -> None:
    run("new", "mere", "--boundaries", str(outlines), "--services", str(services))
    before = {p.name: p.read_bytes() for p in Path("mere").iterdir()}
    fewer = written(coded(1), outlines.with_name("fewer.gpkg"))
    code, said = run("new", "mere", "--boundaries", str(fewer))
    assert code == 1 and "Cold Hill" in said and "mere/services.yaml" in said
    assert {p.name: p.read_bytes() for p in Path("mere").iterdir()} == before


def test_figures_come_with_their_description(run: Run, outlines: Path, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Area,People\nAshby,10\nBrook,20\nElsewhere,5\n", encoding="utf-8")
    code, _ = run("new", "mere", "--boundaries", str(outlines), "--figures", str(path))
    assert code == 0
    (indicator,) = record().indicators
    assert record().figures[indicator.id].tolist()[:2] == [10, 20]
    assert record().figures[indicator.id].isna().tolist() == [False, False, True, True]


def test_two_lists_make_one_record(run: Run, outlines: Path, tmp_path: Path) -> None:
    for name, area in (("one", "Ashby"), ("two", "Brook")):
        text = f"Service,Areas\nLantern,{area}\n"
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    code, _ = run("new", "mere", "--boundaries", str(outlines), "--services", "one.csv", "two.csv")
    assert code == 0
    assert [s.id for s in record().services] == ["lantern", "lantern-2"]
    assert len({str(s.ref[0].source) for s in record().services}) == 2


def test_check_says_what_is_wrong_once_a_kind(run: Run, outlines: Path) -> None:
    run("new", "mere", "--boundaries", str(outlines))
    assert run("check", "mere")[0] == 0
    path = Path("mere/boundaries.geojson")
    data = json.loads(path.read_text(encoding="utf-8"))
    for feature in data["features"]:
        feature["properties"]["kind"] = 7
    path.write_text(json.dumps(data), encoding="utf-8")
    code, said = run("check", "mere")
    assert code == 1
    assert said.count("\n") == 1 and "and 1 more" in said


def test_a_packed_folder_is_the_same_region(run: Run, outlines: Path, services: Path) -> None:
    run("new", "mere", "--boundaries", str(outlines), "--services", str(services))
    assert run("zip", "mere", "--out", "one.zip")[0] == 0
    assert run("zip", "mere", "--out", "two.zip")[0] == 0
    assert Path("one.zip").read_bytes() == Path("two.zip").read_bytes()
    packed = load(DataFiles.in_folder(Path("one.zip")))
    assert (packed.file, packed.areas) == (record().file, record().areas)
    assert packed.version == record().version


def test_a_packed_folder_holds_what_it_shared(run: Run, outlines: Path) -> None:
    run("new", "mere", "--boundaries", str(outlines))
    later = Path("later")
    later.mkdir()
    Path("mere/services.yaml").rename(later / "services.yaml")
    text = "files:\n  boundaries: ../mere/boundaries.geojson\n"
    (later / "region.yaml").write_text(text, encoding="utf-8")
    assert run("zip", "later", "--out", "later.zip")[0] == 0
    Path("mere/boundaries.geojson").unlink()
    assert len(load(DataFiles.in_folder(Path("later.zip"))).areas) == 4


def test_a_written_matching_file_reads_back(run: Run, outlines: Path, services: Path) -> None:
    run("new", "mere", "--boundaries", str(outlines), "--services", str(services))
    path = Path("mere/matching.yaml")
    assert read_matching(path).outlines.code_field == "LAD23CD"
    assert not read_yaml(read_text(path), "matching.yaml").problems


@pytest.mark.parametrize(
    ("text", "said"),
    [("colour: red\n", "colour"), ("outlines:\n  axes: round\n", "axes"), ("[", "YAML")],
)
def test_a_matching_file_that_cannot_be_understood_is_said(
    text: str, said: str, run: Run, outlines: Path
) -> None:
    run("new", "mere", "--boundaries", str(outlines))
    Path("mere/matching.yaml").write_text(text, encoding="utf-8")
    code, told = run("new", "mere", "--boundaries", str(outlines))
    assert code == 1 and said in told and "Traceback" not in told


def test_a_services_file_of_more_than_a_megabyte_is_taken(
    run: Run, outlines: Path, services: Path, tmp_path: Path
) -> None:
    given = ("--boundaries", str(outlines), "--services")
    run("new", "mere", *given, str(services))
    written_by = Path("mere", "services.yaml").read_text(encoding="utf-8")
    large = tmp_path / "large.yaml"
    large.write_text(written_by + "\n# said" * 200_000, encoding="utf-8")
    code, said = run("new", "again", *given, str(large))
    assert code == 0, said
    assert statuses("again") == statuses()
    large.write_text(written_by + "\n# said" * 800_000, encoding="utf-8")
    code, said = run("new", "third", *given, str(large))
    assert code and "is larger than 5,000,000 bytes" in said
    assert not Path("third").exists()


def test_more_services_than_a_record_holds_are_refused_before_they_are_written(
    run: Run, outlines: Path, services: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_drafts, "MAX_SERVICE_NODES", 20)
    given = ("--boundaries", str(outlines), "--services", str(services))
    code, said = run("new", "mere", *given)
    assert code and "list.csv" in said and "a record holds at most 20" in said
    assert not Path("mere").exists()
