"""``python -m provision scenario`` and ``best-hubs``: their forms are fixed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import support

from provision.__main__ import main
from provision.links.scenario_file import write_yaml
from provision.links.scenario_link import write_link
from provision.record import Record
from provision.scenarios.scenario import presets

SEVEN = ["E09000003", "E09000004", "E09000006", "E09000021", "E09000024", "E09000027", "E09000030"]
HUBS = f"hubs={','.join(SEVEN)}"
CITY = (
    "--services",
    "tests/city/services.yaml",
    "--boundaries",
    "tests/city/boundaries.geojson",
    "--figures",
    "tests/city/figures.csv",
)


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main([*words, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_scenario_as_json_has_its_form(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "scenario", "--link", HUBS)
    assert list(found)[:9] == [
        "format",
        "on",
        "baseline",
        "scenario",
        "gained",
        "lost",
        "women_gained",
        "women_lost",
        "cost",
    ]
    assert found["baseline"] == {"covered": 24, "none": 7, "lapsed": 0, "not_stated": 1}
    assert found["scenario"] == {"covered": 31, "none": 0, "lapsed": 0, "not_stated": 1}
    assert found["gained"] == SEVEN and found["lost"] == []
    assert (found["women_gained"], found["women_lost"], found["on"]) == (735_258, 0, "2018-10-31")
    assert (
        found["cost"]["annual"] is None
        and len(found["cost"]["lines"]) == 7
        and found["cost"]["currency"] == "GBP"
    )
    assert found["holds"] == {name: {"under": 4, "of": 4} for name in ("gained", "lost", "without")}
    assert len(found["months"]) == 36 and found["months"][0]["scenario_what_if"] == 7
    assert found["notes"] == []


def test_a_day_in_place_of_the_scenario_s_own(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "scenario", "--link", f"{HUBS}&on=2019-01-01", "--on", "2020-04-01")
    assert found["on"] == "2020-04-01"
    assert found["baseline"] == {"covered": 21, "none": 7, "lapsed": 3, "not_stated": 1}
    assert found["scenario"] == {"covered": 28, "none": 0, "lapsed": 3, "not_stated": 1}


def test_gains_that_were_not_stated_are_in_a_list_of_their_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = answer(capsys, "scenario", "--link", "hubs=Greenwich,Barnet&withdraw=Women in Prison")
    assert found["gained"] == ["E09000003"] and found["gained_not_stated"] == ["E09000011"]
    assert found["gained_from"] == {
        "none": ["E09000003"],
        "lapsed": [],
        "not_stated": ["E09000011"],
    }
    assert found["women_gained"] == 152_808 and found["women_gained_range"] == [
        152_808,
        152_808 + 108_136,
    ]
    # Lambeth, Sutton and Wandsworth have the Alliance alone.
    assert (
        found["lost"] == ["E09000022", "E09000029", "E09000032"]
        and found["women_lost"] == 131_253 + 81_518 + 138_559
    )
    assert found["women_lost_range"] == [found["women_lost"]] * 2 and found["lost_not_stated"] == []
    assert found["only_by_hub"] == ["E09000003"] and found["only_by_hub_not_stated"] == [
        "E09000011"
    ]


def test_losses_of_which_is_not_stated_what_is_left_are_in_a_list_of_their_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = answer(
        capsys,
        "scenario",
        "--link",
        "cells=Alder~lantern~wrong&off=ferry&hubs=Gorse",
        *CITY,
        "--neighbours",
        "tests/city/neighbours.csv",
    )
    assert found["baseline"] == {"covered": 4, "none": 1, "lapsed": 0, "not_stated": 2}
    # Damson lapses without Ferry; of Alder, where Orchard is still to come, is not stated what is
    # left; Gorse has no figure.
    assert found["scenario"] == {"covered": 3, "none": 1, "lapsed": 1, "not_stated": 2}
    assert (
        found["lost"],
        found["lost_not_stated"],
        found["women_lost"],
        found["women_lost_range"],
    ) == (["Q4"], ["Q1"], 4000, [4000, 5000])
    assert (
        found["gained"],
        found["gained_not_stated"],
        found["women_gained"],
        found["women_gained_range"],
    ) == ([], ["Q7"], 0, [0, None])


@pytest.mark.parametrize("preset", ["planned-hubs", "after-2020-03", "withdrawal"])
def test_a_file_and_a_link_say_the_same(
    preset: str, london: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text(write_yaml(presets(london)[preset], london), encoding="utf-8")
    from_file = answer(capsys, "scenario", "--file", str(file))
    assert from_file == answer(
        capsys, "scenario", "--link", write_link(presets(london)[preset], london)
    )
    assert from_file["link"] == write_link(presets(london)[preset], london)


def test_what_a_link_could_not_apply_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(answer(capsys, "scenario", "--link", f"{HUBS},Nowhere")["notes"]) == 1
    assert main(["scenario", "--link", f"{HUBS},Nowhere"]) == 0
    assert capsys.readouterr().out.startswith("The link's hub 'Nowhere' was left aside:")


def test_every_problem_of_a_file_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(
        "scenario: 1\nhubs:\n  - {area: Nowhere}\n  - {area: Barnet, reach: far}\n",
        encoding="utf-8",
    )
    assert main(["scenario", "--file", str(file)]) == 1
    said = capsys.readouterr()
    assert (
        said.out == ""
        and len(said.err.splitlines()) == 2
        and "bad.yaml:4: hubs/2: reach: is 'far'" in said.err
    )


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scenario", "--file", "nowhere.yaml"]) == 1
    assert "nowhere.yaml:0: file: cannot be read" in capsys.readouterr().err


def test_a_scenario_as_a_table_begins_with_its_sentence() -> None:
    lines = support.answer("scenario", "--link", HUBS).stdout.splitlines()
    assert "With hubs in Barnet, Bexley" in lines[0]
    assert any(line.split() == ["figure", "baseline", "scenario"] for line in lines)


def test_best_hubs_as_json_has_its_form(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "best-hubs", "--hubs", "1", "--reach", "land")
    assert list(found)[:8] == [
        "format",
        "gain",
        "ties",
        "sets",
        "method",
        "gap",
        "gain_not_stated",
        "gain_lapsed",
    ]
    assert (found["gain"], found["ties"], found["sets"], found["method"], found["gap"]) == (
        3,
        2,
        [["E09000021"], ["E09000032"]],
        "exhaustive",
        0,
    )
    assert (found["gain_not_stated"], found["gain_lapsed"]) == (0, 0)


def test_best_hubs_beside_fixed_ones_and_without_excluded_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = (
        "best-hubs",
        "--hubs",
        "2",
        "--reach",
        "own",
        "--weigh",
        "women",
        "--fixed",
        "E09000003",
        "Bromley",
        "--exclude",
        "E09000030",
    )
    found = answer(capsys, *words)
    # Barnet and Bromley stay, Tower Hamlets is out: Bexley (100,264) and Merton (81,527) come next.
    assert (found["gain"], found["sets"]) == (181_791, [["E09000004", "E09000024"]])
    assert found["fixed"] == ["E09000003", "E09000006"] and found["excluded"] == ["E09000030"]


@pytest.mark.parametrize("words", [(), ("--weigh", "areas"), ("--weigh", "boroughs")])
def test_areas_are_counted_by_whatever_a_region_calls_them(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, "best-hubs", "--hubs", "1", "--reach", "land", *words)
    assert found["weigh"] == "areas"


def test_ties_beyond_the_limit_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "best-hubs", "--hubs", "3", "--reach", "own", "--limit", "4")
    assert found["ties"] == 35 and found["sets"] == [
        ["E09000003", "E09000004", code]
        for code in ("E09000006", "E09000021", "E09000024", "E09000027")
    ]


def test_best_hubs_of_another_city(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(
        capsys,
        "best-hubs",
        "--hubs",
        "1",
        "--reach",
        "km:12",
        *CITY,
        "--neighbours",
        "tests/city/neighbours.csv",
    )
    # Fir alone has none. Elm, Fir and Gorse lie within 12 km of it; Elm and Gorse are not stated.
    assert (found["gain"], found["sets"]) == (1, [["Q5"], ["Q6"], ["Q7"]])
    assert [also["gain_not_stated"] for also in found["also"]] == [1, 2, 1]


def test_hubs_of_any_kind_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("E09000003:virtual", "Bexley:outreach-hub~visits:E09000006.Merton~kw:3", "Greenwich")
    found = answer(capsys, "scenario", "--hub", *words)
    kinds = {hub["area"]: hub["kind"] for hub in found["hubs"]}
    assert kinds == {
        "E09000003": "virtual-hub",
        "E09000004": "outreach-hub",
        "E09000011": "fixed-centre",
    }
    assert found["gained"] == ["E09000004", "E09000006", "E09000024"]
    assert found["remote_only"] == ["E09000003", "E09000021", "E09000027", "E09000030"]
    assert found == answer(capsys, "scenario", "--link", found["link"])


def test_what_stays_is_of_any_kind_and_remote_support_is_no_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ask = ("best-hubs", "--hubs", "1", "--reach", "own", "--fixed")
    assert answer(capsys, *ask, "Greenwich:virtual")["ties"] == 7
    assert answer(capsys, *ask, "Greenwich:mobile~visits:Barnet.Bexley")["ties"] == 5


@pytest.mark.parametrize(
    ("words", "code", "what"),
    [
        (("best-hubs", "--hubs", "1", "--reach", "far"), 2, "no reach rule"),
        (("best-hubs", "--hubs", "1", "--reach", "km:900"), 2, "from 1 to 100 km"),
        (("best-hubs", "--hubs", "one", "--reach", "own"), 2, "invalid int"),
        (("best-hubs", "--hubs", "1", "--reach", "own", "--limit", "0"), 2, "1 to 10,000"),
        (("best-hubs", "--hubs", "0", "--reach", "own"), 1, "1 to 32 hubs"),
        (("best-hubs", "--hubs", "1", "--reach", "own", "--fixed", "Nowhere"), 1, "is not an area"),
        (
            ("best-hubs", "--hubs", "1", "--reach", "own", "--fixed", "Barnet", "Barnet"),
            1,
            "one hub an area",
        ),
        (("scenario", "--hub", "E09000003:airship"), 1, "is not a kind of hub"),
        (("scenario", "--hub", "Nowhere:virtual"), 1, "is not an area"),
        (("scenario", "--hub", "Barnet:virtual~land"), 1, "has no reach rule"),
        (("scenario",), 2, "one of the arguments"),
        (("scenario", "--link", "a", "--file", "b"), 2, "not allowed with"),
    ],
)
def test_what_cannot_be_answered(
    words: tuple[str, ...], code: int, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        found = main(words)
    except SystemExit as stop:
        found = int(stop.code or 0)
    said = capsys.readouterr()
    assert found == code and what in said.err and "Traceback" not in said.err
