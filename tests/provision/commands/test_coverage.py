"""``python -m provision``: its forms are fixed, because people and other programs rely on them.
Every command runs in a process of its own."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from support import ROOT, answer, changed, run

from provision.__main__ import main

pytestmark = pytest.mark.xdist_group("commands")  # made once for all of its tests

CITY = ("--services", "tests/city/services.yaml", "--boundaries", "tests/city/boundaries.geojson")
COMMANDS: dict[str, tuple[str, ...]] = {
    "validate": ("validate",),
    "coverage": ("coverage",),
    "coverage json": ("coverage", "--format", "json"),
    "coverage csv": ("coverage", "--format", "csv"),
    "coverage later": ("coverage", "--format", "json", "--on", "2020-04-01"),
    "coverage of the city": ("coverage", "--format", "json", *CITY),
    "coverage, files first": (*CITY, "coverage", "--format", "json"),
    "why code": ("why", "E09000011"),
    "why name": ("why", "Greenwich"),
    "why unknown": ("why", "Grenwich"),
    "calendar": ("calendar",),
    "calendar json": ("calendar", "--format", "json"),
    "gaps json": ("gaps", "--format", "json"),
    "schema": ("schema",),
    "no such day": ("coverage", "--on", "2018-02-30"),
    "day without hyphens": ("coverage", "--on", "20181031"),
    "no command": (),
    "no such file": ("coverage", "--services", "nowhere.yaml"),
}


@pytest.fixture(scope="module")
def said() -> Mapping[str, CompletedProcess[str]]:
    """What every command says, all run once."""
    return {name: answer(*words) for name, words in COMMANDS.items()}


Said = Mapping[str, CompletedProcess[str]]
GOOD = [name for name in COMMANDS if not name.startswith(("no ", "why unknown", "day without"))]


@pytest.mark.parametrize("name", GOOD)
def test_a_good_command_ends_well_and_quietly(name: str, said: Said) -> None:
    assert (said[name].returncode, said[name].stderr) == (0, "")


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in GOOD])
def test_a_bad_command_never_ends_in_a_traceback(name: str, said: Said) -> None:
    assert "Traceback" not in said[name].stderr and said[name].stderr.strip()
    assert said[name].stdout == ""


def test_validate_is_one_line_of_counts(said: Said) -> None:
    line = said["validate"].stdout
    assert line.count("\n") == 1
    assert (
        "3 services" in line
        and "26 other provision" in line
        and "33 areas (32 boroughs)" in line
        and "no problems" in line
    )


def test_coverage_as_json_has_exactly_its_form(said: Said) -> None:
    found = json.loads(said["coverage json"].stdout)
    assert list(found) == ["format", "on", "counts", "areas", "other_areas"]
    assert found["on"] == "2018-10-31"
    assert found["counts"] == {"covered": 24, "none": 7, "lapsed": 0, "not_stated": 1}
    assert len(found["areas"]) == 32 and len(found["other_areas"]) == 1
    assert all(
        list(row) == ["code", "name", "status", "level", "services"]
        for row in [*found["areas"], *found["other_areas"]]
    )
    assert found["other_areas"][0] == {
        "code": "E09000001",
        "name": "City of London",
        "status": "not_stated",
        "level": None,
        "services": [],
    }
    assert found["areas"][9] == {
        "code": "E09000011",
        "name": "Greenwich",
        "status": "not_stated",
        "level": None,
        "services": [],
    }


def test_coverage_on_another_day(said: Said) -> None:
    found = json.loads(said["coverage later"].stdout)
    assert found["on"] == "2020-04-01"
    assert found["counts"] == {"covered": 21, "none": 7, "lapsed": 3, "not_stated": 1}


def test_coverage_as_csv_has_a_row_for_every_area(said: Said) -> None:
    rows = list(csv.DictReader(io.StringIO(said["coverage csv"].stdout)))
    assert list(rows[0]) == ["code", "name", "status", "level", "services", "counted_as", "on"]
    assert len(rows) == 33 and [row["counted_as"] for row in rows].count("borough") == 32
    assert rows[0]["services"] == "minerva-crc minerva-wraparound"


def test_coverage_as_a_table_begins_with_the_sentence(said: Said) -> None:
    lines = said["coverage"].stdout.splitlines()
    assert lines[0].startswith(
        "24 of London's 32 boroughs have a contracted women's service. Date: October 2018."
    )
    assert lines[2].split() == ["code", "name", "status", "level", "services", "counted_as", "on"]
    assert len(lines) == 3 + 33


def test_why_by_code_and_by_name_is_the_same(said: Said) -> None:
    assert said["why code"].stdout == said["why name"].stdout
    assert (
        "not stated" in said["why code"].stdout and "[annex §figure-2]" in said["why code"].stdout
    )


def test_why_knows_the_source_s_own_spellings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "Kingston on Thames"]) == 0
    assert capsys.readouterr().out.startswith("Kingston upon Thames has no contracted service")


def test_why_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "Greenwich", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["on"], found["code"]) == ("2018-10-31", "E09000011")
    assert all(set(sentence) == {"text", "reference"} for sentence in found["sentences"])


def test_an_unknown_area_is_named_with_the_nearest(said: Said) -> None:
    found = said["why unknown"]
    assert found.returncode == 1 and found.stderr.count("\n") == 1
    assert "'Grenwich'" in found.stderr and "did you mean 'Greenwich'?" in found.stderr


@pytest.mark.parametrize("name", ["no such day", "day without hyphens", "no command"])
def test_wrong_arguments_end_with_2(name: str, said: Said) -> None:
    assert said[name].returncode == 2


def test_a_bad_day_is_told_how_to_be_written(said: Said) -> None:
    assert "'2018-02-30' is not a day; write YYYY-MM-DD" in said["no such day"].stderr


def test_the_calendar_changes_in_two_months(said: Said) -> None:
    found = json.loads(said["calendar json"].stdout)
    assert (found["from"], found["to"]) == ("2018-10-01", "2021-06-30")
    assert [c["name"] for c in found["changes"] if c["month"] == "2020-04"] == [
        "Enfield",
        "Hackney",
        "Redbridge",
    ]
    assert len([c for c in found["changes"] if c["month"] == "2021-04"]) == 21
    assert {c["month"] for c in found["changes"]} == {"2020-04", "2021-04"}
    assert {(c["before"], c["after"]) for c in found["changes"]} == {("covered", "lapsed")}
    assert len(found["months"]) == 33


def test_the_calendar_as_a_table_begins_with_sentences(said: Said) -> None:
    text = said["calendar"].stdout
    assert text.startswith(
        "After 31 March 2020, three boroughs (Enfield, Hackney and Redbridge) go from covered to"
        " lapsed"
    )
    assert len(re.findall(r"^2021-04 ", text, re.MULTILINE)) == 21


def test_gaps_begin_with_the_borough_without_service_where_most_women_live(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["gaps"]) == 0
    assert capsys.readouterr().out.splitlines()[1].split()[:3] == ["E09000003", "Barnet", "none"]


def test_gaps_as_json_count_women_by_status(said: Said) -> None:
    found = json.loads(said["gaps json"].stdout)
    assert {"on", "need", "women", "gaps"} <= set(found)
    assert found["women"]["from_age"] == 18
    assert found["women"]["by_status"]["none"] == {
        "women": 735_258,
        "areas": 7,
        "areas_without_figure": 0,
    }
    assert found["women"]["by_status"]["not_stated"] == {
        "women": 108_136,
        "areas": 1,
        "areas_without_figure": 0,
    }


def test_gaps_by_an_unknown_measure_name_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gaps", "--need", "hunger"]) == 1
    said = capsys.readouterr().err
    assert "'hunger' is not a measure of need" in said and "women_18plus" in said


def test_the_schema_is_the_one_in_the_data(said: Said) -> None:
    assert said["schema"].stdout == (ROOT / "data" / "services.schema.json").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("name", ["coverage of the city", "coverage, files first"])
def test_other_files_by_name(name: str, said: Said) -> None:
    assert json.loads(said[name].stdout)["counts"] == {
        "covered": 4,
        "none": 1,
        "lapsed": 0,
        "not_stated": 2,
    }


def test_other_files_from_the_environment(said: Said) -> None:
    found = run(
        "coverage", "--format", "json", PROVISION_SERVICES=CITY[1], PROVISION_BOUNDARIES=CITY[3]
    )
    assert found.stdout == said["coverage of the city"].stdout


def test_a_missing_file_is_a_problem_like_any_other(said: Said) -> None:
    assert said["no such file"].returncode == 1
    assert said["no such file"].stderr.startswith(
        "nowhere.yaml:0: file: cannot be read (No such file or directory); "
    )


def test_validate_lists_every_problem_and_ends_with_1(tmp_path: Path) -> None:
    text = changed(
        "    overseer: Lam", "    overser: Lam", changed("[Croydon, Lambeth", "[Croydn, Lambeth")
    )
    text = changed("amount: 1606170", "amount: -1", text)
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    found = run("validate", "--services", str(path))
    lines = found.stdout.splitlines()
    assert (found.returncode, found.stderr, len(lines)) == (1, "", 3)
    assert all(
        re.fullmatch(
            rf"{re.escape(str(path))}:\d+: services/south-london-alliance: [\w.]+: .+; .+", line
        )
        for line in lines
    )
    assert [line.split(": ")[2] for line in lines] == [
        "overser",
        "funding.1.amount",
        "service_area.listed.1",
    ]


@pytest.mark.parametrize("command", ["coverage", "schema"])
def test_a_reader_who_leaves_early_sees_no_traceback(command: str) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    with subprocess.Popen(
        [sys.executable, "-m", "provision", command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_terminal_without_unicode_is_answered_all_the_same() -> None:
    found = run("why", "Greenwich", PYTHONIOENCODING="ascii")
    assert found.returncode == 0 and "Traceback" not in found.stderr


NASTY = '"red \\e[31m, turned \\u202E, ring \\a, next line \\x85"'


TABLES = [("coverage", "--on", "2020-04-01"), ("why", "Croydon"), ("calendar",), ("gaps",)]


@pytest.mark.parametrize("command", TABLES, ids=lambda words: words[0])
def test_no_answer_obeys_a_control_character(
    command: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = changed(
        "name: London\n",
        f"name: {NASTY}\n",
        changed("name: South London Alliance", f"name: {NASTY}"),
    )
    path = tmp_path / "mine.yaml"
    path.write_text(
        changed("provider: Women in Prison", f"provider: {NASTY}", text), encoding="utf-8"
    )
    assert main([*command, "--services", str(path)]) == 1, "refused at the door"
    said = "".join(capsys.readouterr())
    assert "U+001B" in said and not [c for c in said if not c.isprintable() and c != "\n"]
