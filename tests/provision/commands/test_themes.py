"""``python -m provision themes`` and ``intersect``: their forms are fixed. Rows for files are here
too; the commands print some of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from support import ROOT, changed, run
from support.theming import changed_theme

from provision.__main__ import main
from provision.export.theme_passages import theme_passages
from provision.export.themes import all_reach_rows, reach_rows, theme_matrix_rows
from provision.export.together import intersect_rows
from provision.export.writing import to_csv
from provision.record import Record
from provision.themes.reach import overview

CITY = ROOT / "tests" / "city"
FARWATER = (
    "--services",
    str(CITY / "services.yaml"),
    "--boundaries",
    str(CITY / "boundaries.geojson"),
)
KEYS = [
    "id",
    "title",
    "grade",
    "reference",
    "areas_with_target",
    "areas",
    "region_wide",
    "area_not_stated",
]
DAY = date(2020, 6, 30)
Say = Callable[..., str]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """What a command prints that ends well and quietly."""

    def said(*arguments: str) -> str:
        assert main(list(arguments)) == 0
        found = capsys.readouterr()
        assert found.err == ""
        return found.out

    return said


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_themes_as_json_has_exactly_its_form(say: Say, london: Record) -> None:
    found = json.loads(say("themes", "--format", "json"))["themes"]
    assert len(found) == len(london.themes) and all(list(row) == KEYS for row in found)
    assert next(row for row in found if row["id"] == "bame") == {
        **{
            "id": "bame",
            "title": "Black, Asian, minority ethnic and minority faith women",
            "grade": "none-described",
            "reference": "annex §5.bame",
        },
        **{
            "areas_with_target": 0,
            "areas": [],
            "region_wide": False,
            "area_not_stated": False,
        },
    }


# By hand: boroughs with a target, boroughs reached, London-wide provision, provision whose area is
# not stated.
COUNTED = {
    "accommodation": (21, 21, False, True),
    "bame": (0, 0, False, False),
    "children": (21, 21, False, False),
    "domestic-abuse": (21, 21, False, True),
    "drugs": (21, 21, True, False),
    "employment": (21, 21, False, False),
    "gangs": (0, 0, False, True),
    "foreign-national": (0, 21, False, False),
    "lgbt": (0, 0, False, False),
    "mental-health": (21, 21, True, False),
    "poverty": (21, 21, False, False),
    "prostitution": (0, 0, False, True),
    "recall": (0, 0, False, False),
    "trafficked": (0, 0, False, True),
    "young-women": (15, 15, False, True),
}


def test_what_every_theme_reaches_in_london(say: Say) -> None:
    found = json.loads(say("themes", "--format", "json"))["themes"]
    assert {
        r["id"]: (
            r["areas_with_target"],
            len(r["areas"]),
            r["region_wide"],
            r["area_not_stated"],
        )
        for r in found
        if r["id"] in COUNTED
    } == COUNTED


def test_themes_of_farwater_as_json(say: Say) -> None:
    found = json.loads(say("themes", "--format", "json", *FARWATER))["themes"]
    assert [(r["id"], r["areas_with_target"], r["areas"]) for r in found] == [
        ("silence", 0, []),
        ("gaol", 0, []),
        ("crossing", 0, ["Q4"]),
        ("safety", 2, ["Q1", "Q2", "Q3"]),
        ("work", 2, ["Q1", "Q2"]),
    ]
    assert [(r["region_wide"], r["area_not_stated"]) for r in found] == [
        (False, False),
        (False, False),
        (False, False),
        (True, False),
        (False, True),
    ]
    assert found[2]["reference"] == "guide §4"


def test_themes_on_another_day(say: Say) -> None:
    found = json.loads(say("themes", "--format", "json", "--on", "2021-03-16", *FARWATER))["themes"]
    assert {r["id"]: (r["areas_with_target"], r["areas"]) for r in found} == {
        **{"silence": (0, []), "gaol": (0, []), "crossing": (0, []), "work": (0, [])},
        "safety": (2, ["Q1", "Q5"]),
    }


def test_themes_as_csv_has_the_same_columns(say: Say, london: Record) -> None:
    rows = rows_of(say("themes", "--format", "csv"))
    assert len(rows) == len(london.themes) and list(rows[0]) == KEYS
    own = {row["id"]: row for row in rows}
    assert (own["drugs"]["region_wide"], own["drugs"]["area_not_stated"]) == ("true", "false")
    assert (
        len(own["young-women"]["areas"].split())
        == 15
        == int(own["young-women"]["areas_with_target"])
    )


def test_themes_as_a_table_begins_with_the_sentence(say: Say, london: Record) -> None:
    lines = say("themes").splitlines()
    assert "describes little or no provision for" in lines[0]
    assert lines[2].split() == KEYS
    order = list(overview(london, london.default_date).index)
    assert [line.split()[0] for line in lines[3:]] == order


# Intersections

INTERSECT = [
    "format",
    *(
        "on",
        "themes",
        "counts",
        "ranges",
        "all",
        "some",
        "lapsed",
        "none",
        "not_stated",
        "women_from_age",
        "women",
        "sentence",
        "lacking",
        "every_theme",
    ),
]


def test_intersect_as_json_has_exactly_its_form(say: Say) -> None:
    found = json.loads(
        say(
            "intersect",
            "work",
            "safety",
            "--format",
            "json",
            *FARWATER,
            "--figures",
            str(CITY / "figures.csv"),
        )
    )
    assert list(found) == INTERSECT
    assert (found["on"], found["themes"], found["women_from_age"]) == (
        "2020-06-30",
        ["work", "safety"],
        18,
    )
    assert found["counts"] == {"all": 2, "some": 1, "lapsed": 0, "none": 2, "not_stated": 2}
    assert found["ranges"] == {
        "all": [2, 4],
        "some": [1, 3],
        "lapsed": [0, 0],
        "none": [2, 4],
        "not_stated": [2, 2],
    }
    assert {kind: found[kind] for kind in found["counts"]} == {
        **{"all": ["Q1", "Q2"], "some": ["Q3"], "lapsed": []},
        **{"none": ["Q4", "Q6"], "not_stated": ["Q5", "Q7"]},
    }
    assert found["women"] == {
        "all": 3000,
        "some": 3000,
        "lapsed": 0,
        "none": 4600,
        "not_stated": 5000,
    }
    assert found["sentence"].startswith(
        "2–4 of Farwater's 7 quarters lack a contract for either theme. Date: June 2020. Work and"
        " money and Safety at home. Contract for both: 2–4. For one: 1–3."
    )
    assert (
        found["lacking"]
        == "Two quarters have neither a contract for “Work and money” nor for “Safety at home”:"
        " Damson and Fir."
    )
    assert found["every_theme"].startswith(
        "0 quarters (perhaps 2) have contracts for all 3 mapped themes"
    )


def test_intersect_on_another_day(say: Say) -> None:
    found = json.loads(
        say("intersect", "work", "safety", "--format", "json", "--on", "2021-01-01", *FARWATER)
    )
    assert found["on"] == "2021-01-01"
    assert found["counts"] == {"all": 0, "some": 2, "lapsed": 1, "none": 1, "not_stated": 3}


def test_intersect_in_london(say: Say) -> None:
    found = json.loads(say("intersect", "young-women", "children", "--format", "json"))
    assert found["counts"] == {"all": 15, "some": 6, "lapsed": 0, "none": 10, "not_stated": 1}
    assert found["ranges"] == {
        "all": [15, 16],
        "some": [6, 7],
        "lapsed": [0, 0],
        "none": [10, 11],
        "not_stated": [1, 1],
    }
    assert found["not_stated"] == ["E09000011"]
    assert sum(found["counts"].values()) == 32


def test_intersect_as_csv_has_a_row_for_every_quarter_and_a_column_for_every_theme(
    say: Say,
) -> None:
    rows = rows_of(say("intersect", "safety", "crossing", "--format", "csv", *FARWATER))
    assert list(rows[0]) == [
        "code",
        "name",
        "together",
        "in_words",
        "theme_safety",
        "theme_crossing",
        "women_18_and_over",
        "counted_as",
        "on",
    ]
    assert [
        (
            row["name"],
            row["together"],
            row["theme_safety"],
            row["theme_crossing"],
            row["counted_as"],
        )
        for row in rows
    ] == [
        ("Alder", "some", "provision", "not_named", "quarter"),
        ("Birch", "some", "target", "not_named", "quarter"),
        ("Cedar", "some", "target", "not_named", "quarter"),
        ("Damson", "some", "not_named", "provision", "quarter"),
        ("Elm", "not_stated", "not_stated", "not_stated", "quarter"),
        ("Fir", "none", "none", "none", "quarter"),
        ("Gorse", "not_stated", "not_stated", "not_stated", "quarter"),
        ("Harbour", "not_stated", "not_stated", "provision", "other"),
    ]


def test_intersect_as_a_table_begins_with_its_sentences(say: Say) -> None:
    lines = say("intersect", "young-women", "recall").splitlines()
    assert lines[0].startswith(
        "16–17 of London's 32 boroughs lack a contract for either theme. Date: October 2018."
    )
    assert lines[1].startswith(
        "16 boroughs have neither a contract for “Young women and care leavers” nor for “Recall”:"
        " Barnet, Bexley,"
    )
    assert "No contract is named for it in any borough: Recall." in lines
    assert (
        "15 boroughs (perhaps 16) have contracts for all 9 mapped themes. Date: October 2018."
        in lines
    )
    table = lines[lines.index("") + 1 :]
    assert table[0].split() == [
        "code",
        "name",
        "together",
        "in_words",
        "theme_young-women",
        "theme_recall",
        "women_18_and_over",
        "counted_as",
        "on",
    ]
    assert len(table) == 1 + 33


@pytest.mark.parametrize(
    "text", ["work", "Work and money", "WORK AND MONEY", " work ", "earning a living"]
)
def test_a_theme_goes_by_its_id_its_title_or_another_name(text: str, say: Say) -> None:
    assert json.loads(say("intersect", text, "--format", "json", *FARWATER))["themes"] == ["work"]


def test_a_theme_asked_for_twice_by_one_name_counts_once(say: Say) -> None:
    assert json.loads(say("intersect", "work", "work", "--format", "json", *FARWATER))[
        "themes"
    ] == ["work"]


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("yuong-women", "did you mean 'young-women'?"),
        ("Recal", "did you mean 'Recall'?"),
        ("xyzzy", "use one of: accommodation, bame, children"),
        ("", "use one of: accommodation"),
        ("\x1b[31mred", "use one of: accommodation"),
    ],
)
def test_an_unknown_theme_ends_with_1_and_the_nearest(
    text: str, mend: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["intersect", "recall", text]) == 1
    found = capsys.readouterr()
    assert found.out == "" and found.err.count("\n") == 1
    assert "is not a theme in the data; " in found.err and mend in found.err
    assert all(c.isprintable() for c in found.err.rstrip("\n"))


def test_no_theme_at_all_ends_with_2() -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["intersect"])


@pytest.mark.parametrize("command", [("themes",), ("intersect", "recall")], ids=" ".join)
@pytest.mark.parametrize("day", ["2018-02-30", "20181031", "yesterday"])
def test_what_is_no_day_ends_with_2(command: tuple[str, ...], day: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([*command, "--on", day])


def test_in_a_process_of_its_own_it_ends_well_and_quietly() -> None:
    themes, unknown = run("themes", "--format", "json"), run("intersect", "recal")
    assert (themes.returncode, themes.stderr) == (0, "") and json.loads(themes.stdout)[
        "format"
    ] == 2
    assert (unknown.returncode, unknown.stdout) == (
        1,
        "",
    ) and "did you mean 'Recall'?" in unknown.stderr


def test_files_can_be_named_and_come_from_the_environment(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_name = say(
        "themes",
        *FARWATER,
        "--themes",
        str(CITY / "themes.yaml"),
        "--organisations",
        str(CITY / "organisations.yaml"),
    )
    for name, path in (
        ("SERVICES", "services.yaml"),
        ("BOUNDARIES", "boundaries.geojson"),
        ("THEMES", "themes.yaml"),
    ):
        monkeypatch.setenv(f"PROVISION_{name}", str(CITY / path))
    assert say("themes") == by_name == say("themes", *FARWATER)


# A region without themes


@pytest.fixture
def bare(tmp_path: Path) -> tuple[str, ...]:
    """Farwater's services where no themes stand beside them."""
    (tmp_path / "services.yaml").write_text(
        (CITY / "services.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    return ("--services", str(tmp_path / "services.yaml"), FARWATER[2], FARWATER[3])


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_region_without_themes_is_answered(form: str, bare: tuple[str, ...], say: Say) -> None:
    said = say("themes", "--format", form, *bare)
    assert (
        json.loads(said) == {"format": 2, "themes": []} if form == "json" else "London" not in said
    )


def test_a_region_without_themes_has_none_to_meet(
    bare: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["intersect", "work", *bare]) == 1
    assert "'work' is not a theme in the data; the record has no themes" in capsys.readouterr().err


# Rows for files


def test_the_matrix_as_rows(farwater: Record) -> None:
    row = next(r for r in theme_matrix_rows(farwater, DAY) if r["id"] == "safety")
    sentence = row.pop("sentence")
    assert sentence.startswith("Safety at home: ")
    assert row == {
        **{
            "id": "safety",
            "title": "Safety at home",
            "grade": "limited-or-insufficient",
            "grade_words": "limited or insufficient",
        },
        **{
            "reason": "The guide calls it too little.",
            "reference": "guide §3",
            "figures_of_need": 0,
            "statements_of_need": 1,
            "targets": "safer",
        },
        **{
            "areas_with_target": 2,
            "areas_with_provision_without_target": 1,
            "areas_not_stated": 2,
        },
        **{
            "region_wide": "true",
            "area_not_stated": "false",
            "feedback": 0,
            "data_gaps": 1,
            "next_steps": 0,
            "on": "2020-06-30",
        },
    }


def test_all_that_is_said_of_a_theme_as_rows(farwater: Record) -> None:
    rows = theme_passages(farwater, "work")
    assert [row["kind"] for row in rows] == [
        "grade",
        "need",
        "need",
        "provision",
        "provision",
        "target",
        "feedback",
        "next step",
        "expert partner",
    ]
    by_kind = {row["kind"]: row for row in rows}
    assert (by_kind["target"]["value"], by_kind["target"]["services"]) == ("not stated", "lantern")
    assert (rows[1]["value"], rows[1]["unit"], rows[1]["cited"]) == (12, "%", "a count")
    assert by_kind["expert partner"]["text"] == "The Job Shop"
    assert by_kind["feedback"]["tags"] == "employment, money and benefits"
    assert len({tuple(row) for row in rows}) == 1, "every row has the same columns"
    assert all(row["reference"] for row in rows)


def test_a_download_keeps_how_sure_a_figure_and_a_target_are(london: Record) -> None:
    """18 of the 40 figures say *over*, *nearly*, *can be* ...; no target is set without more."""
    rows = [row for theme in london.themes for row in theme_passages(london, theme.id)]
    sure = [row["qualifier"] for row in rows if row["kind"] == "need" and row["value"] != ""]
    assert (len(sure), sum(map(bool, sure))) == (40, 18)
    assert {row["state"] for row in rows if row["kind"] == "target"} == {
        "to be confirmed",
        "to be agreed",
    }


def test_a_theme_by_quarter_as_rows(farwater: Record) -> None:
    rows = reach_rows(farwater, "safety", DAY)
    assert [
        (r["name"], r["reach"], r["theme_also_described"], r["services"], r["counted_as"])
        for r in rows
    ] == [
        ("Alder", "provision", "region-wide", "lantern", "quarter"),
        ("Birch", "target", "region-wide", "lantern harvest", "quarter"),
        ("Cedar", "target", "region-wide", "harvest", "quarter"),
        ("Damson", "not_named", "region-wide", "", "quarter"),
        ("Elm", "not_stated", "region-wide", "", "quarter"),
        ("Fir", "none", "region-wide", "", "quarter"),
        ("Gorse", "not_stated", "region-wide", "", "quarter"),
        ("Harbour", "not_stated", "region-wide", "", "other"),
    ]
    assert {r["on"] for r in rows} == {"2020-06-30"} and {r["theme"] for r in rows} == {"safety"}


def test_no_row_says_why_of_itself_what_is_the_theme_s(london: Record) -> None:
    """The source lists Barnet as having no contracted service; that young women have provision of
    unstated place is not why."""
    every = {
        (row["theme"], row["name"]): row for row in all_reach_rows(london, london.default_date)
    }
    barnet = every["young-women", "Barnet"]
    assert (
        barnet["reach"] == "none"
        and "basis" not in barnet
        and barnet["theme_also_described"] == "area not stated"
    )
    for theme in london.themes_by_id:
        assert (
            len({row["theme_also_described"] for (own, _), row in every.items() if own == theme})
            == 1
        )


def test_every_theme_by_quarter_as_rows(farwater: Record) -> None:
    rows = all_reach_rows(farwater, DAY)
    assert len(rows) == 5 * 8 and len({(r["theme"], r["code"]) for r in rows}) == 40


def test_a_quarter_without_a_figure_has_no_women_and_not_nought(farwater: Record) -> None:
    women = {
        row["name"]: row["women_18_and_over"] for row in intersect_rows(farwater, ["work"], DAY)
    }
    assert (women["Gorse"], women["Fir"]) == ("", 600)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "|", "%"])
def test_no_cell_of_a_file_is_a_formula(start: str, farwater: Record) -> None:
    record = changed_theme(
        farwater,
        "work",
        title=f"{start}1+1",
        grade={"level": "little-or-none", "reason": f"{start}A1", "ref": "guide §1"},
    )
    for rows in (
        theme_matrix_rows(record, DAY),
        theme_passages(record, "work"),
        intersect_rows(record, ["work"], DAY),
    ):
        cells = [cell for row in rows_of(to_csv(rows)) for cell in row.values()]
        assert not [cell for cell in cells if cell.strip()[:1] == start]


NASTY = '"red \\e[31m, turned \\u202E, ring \\a, next line \\x85"'


@pytest.mark.parametrize("command", [("themes",), ("intersect", "work", "gaol")], ids=" ".join)
def test_no_answer_obeys_a_control_character(
    command: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("services.yaml", "organisations.yaml", "themes.yaml"):
        text = (CITY / name).read_text(encoding="utf-8")
        spoilt = (
            changed("title: Work and money", f"title: {NASTY}", text)
            if name == "themes.yaml"
            else text
        )
        (tmp_path / name).write_text(spoilt, encoding="utf-8")
    services = str(tmp_path / "services.yaml")
    assert main([*command, "--services", services, *FARWATER[2:]]) == 1, "refused at the door"
    said = "".join(capsys.readouterr())
    assert said and not [c for c in said if not c.isprintable() and c != "\n"]
