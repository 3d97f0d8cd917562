"""Another region entirely: the ten districts of Greater Manchester, with their real names and
codes, invented square outlines and invented services, and no figures at all. Nothing of London may
show.

    Wigan  Bolton  Bury  Rochdale  Oldham
       Salford  Trafford  Manchester  Stockport  Tameside
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date

import pytest

from provision.__main__ import main
from provision.coverage.need import women_by_status
from provision.coverage.status import coverage
from provision.coverage.timeline import span
from provision.geo.outlines import outlines
from provision.io.files import DataFiles
from provision.links.query import Query
from provision.record import Record, load
from provision.text.headings import coverage_heading

CODES = {
    **{
        "E08000001": "Bolton",
        "E08000002": "Bury",
        "E08000003": "Manchester",
        "E08000004": "Oldham",
        "E08000005": "Rochdale",
    },
    **{
        "E08000006": "Salford",
        "E08000007": "Stockport",
        "E08000008": "Tameside",
        "E08000009": "Trafford",
        "E08000010": "Wigan",
    },
}
NORTH = ("Wigan", "Bolton", "Bury", "Rochdale", "Oldham")
SOUTH = ("Salford", "Trafford", "Manchester", "Stockport", "Tameside")
NEIGHBOURS = {
    *{("Bolton", "Wigan"), ("Bolton", "Bury"), ("Bury", "Rochdale"), ("Oldham", "Rochdale")},
    *{
        ("Salford", "Trafford"),
        ("Manchester", "Trafford"),
        ("Manchester", "Stockport"),
        ("Stockport", "Tameside"),
    },
    *{
        ("Salford", "Wigan"),
        ("Bolton", "Salford"),
        ("Bolton", "Trafford"),
        ("Bury", "Trafford"),
        ("Bury", "Manchester"),
    },
    *{
        ("Manchester", "Rochdale"),
        ("Rochdale", "Stockport"),
        ("Oldham", "Stockport"),
        ("Oldham", "Tameside"),
    },
}
SERVICES = """
region: {name: Greater Manchester, area: district, areas: districts, area_kind: district, as_at: 2023-06, default_date: 2023-06-30,
  scope: invented, scope_minimum_age: 18, map_title: Invented, caveat: All of this is invented., ref: made-up §1}
services:
  - {id: invented-one, name: Invented service one, short_name: Invented one, level: one-to-one, model: invented, description: Invented.,
     provider: Nobody, commissioners: [Nobody], funding: [{funder: Nobody, amount: not stated, ref: made-up §1}],
     contract: {start: 2022-01, end: 2023-12, ref: made-up §1},
     eligibility: {who: women, minimum_age: 18, minimum_age_basis: invented, ref: made-up §1}, referral_routes: [herself], referral_ref: made-up §1,
     service_area: {heading_count: 3, listed: [Bolton, Bury, Manchester], ref: made-up §1}, confidence: {level: low, reason: invented}, ref: made-up §1}
  - {id: invented-two, name: Invented service two, short_name: Invented two, level: wrap-around, model: invented, description: Invented.,
     provider: Somebody, commissioners: [Nobody], funding: [{funder: Nobody, amount: not stated, ref: made-up §1}],
     contract: {start: 2022-04-01, end: 2024-03-31, ref: made-up §1},
     eligibility: {who: women, minimum_age: 18, minimum_age_basis: invented, ref: made-up §1}, referral_routes: [herself], referral_ref: made-up §1,
     service_area: {heading_count: 2, listed: [Manchester, Salford], ref: made-up §1}, confidence: {level: low, reason: invented}, ref: made-up §1}
areas_without_service: {heading_count: 3, listed: [Wigan, Tameside, Trafford], ref: made-up §1}
sources:
  - {id: made-up, title: Nothing, short_title: Nothing, publisher: nobody, date: "2023", licence: none, sections: [{id: "1", title: All of it}]}
"""


def feature(code: str, name: str) -> dict[str, object]:
    row, half = (NORTH, 0) if name in NORTH else (SOUTH, 1)
    west, south = (-52 + 2 * row.index(name) + half) / 20, 53.5 - half / 10
    ring = [
        (west, south),
        (west + 0.1, south),
        (west + 0.1, south + 0.1),
        (west, south + 0.1),
        (west, south),
    ]
    corners = [[round(x, 2), round(y, 2)] for x, y in ring]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name},
        "geometry": {"type": "Polygon", "coordinates": [corners]},
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> DataFiles:
    folder = tmp_path_factory.mktemp("region")
    services, boundaries = folder / "services.yaml", folder / "districts.geojson"
    services.write_text(SERVICES, encoding="utf-8")
    boundaries.write_text(
        json.dumps(
            {"type": "FeatureCollection", "features": [feature(*item) for item in CODES.items()]}
        ),
        encoding="utf-8",
    )
    return DataFiles(services, boundaries)


@pytest.fixture(scope="module")
def record(files: DataFiles) -> Record:
    return load(files)


@pytest.fixture
def said(files: DataFiles, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What the command line prints about this region."""

    def say(command: str, *more: str) -> str:
        assert (
            main(
                [
                    command,
                    "--services",
                    str(files.services),
                    "--boundaries",
                    str(files.boundaries),
                    *more,
                ]
            )
            == 0
        )
        return capsys.readouterr().out

    return say


def test_every_district_counts(record: Record) -> None:
    assert {area.code: area.name for area in record.areas} == CODES
    assert record.counted.all()


def test_counts_and_statuses(said: Callable[..., str]) -> None:
    found = json.loads(said("coverage", "--format", "json"))
    assert (found["on"], found["other_areas"]) == ("2023-06-30", [])
    assert found["counts"] == {"covered": 4, "none": 3, "lapsed": 0, "not_stated": 3}
    assert {row["name"]: row["status"] for row in found["areas"]} == {
        **dict.fromkeys(["Bolton", "Bury", "Manchester", "Salford"], "covered"),
        **dict.fromkeys(["Wigan", "Tameside", "Trafford"], "none"),
        **dict.fromkeys(["Oldham", "Rochdale", "Stockport"], "not_stated"),
    }


def test_the_headline_uses_the_region_s_own_words(record: Record) -> None:
    said = str(coverage_heading(record, coverage(record, record.default_date), record.default_date))
    assert (
        said == "4 of Greater Manchester's 10 districts have a contracted service. Date: June"
        " 2023. No contracted service: Tameside, Trafford and Wigan. Not known: Oldham, Rochdale"
        " and Stockport."
    )


def test_areas_in_a_flat_file_are_called_districts(said: Callable[..., str]) -> None:
    rows = list(csv.DictReader(io.StringIO(said("coverage", "--format", "csv"))))
    assert len(rows) == 10 and {row["counted_as"] for row in rows} == {"district"}


def test_why(said: Callable[..., str]) -> None:
    first, second = said("why", "Salford").splitlines()
    assert first == "Salford is covered as at June 2023, with wrap-around or whole-system support."
    assert second.startswith("Invented service two names Salford in its contract and is active")
    assert "lists Wigan as having no contracted service" in said("why", "E08000010")


def test_the_calendar(said: Callable[..., str]) -> None:
    found = json.loads(said("calendar", "--format", "json"))
    assert [(c["on"], c["name"], c["after"]) for c in found["changes"]] == [
        ("2024-01-01", "Bolton", "lapsed"),
        ("2024-01-01", "Bury", "lapsed"),
        ("2024-04-01", "Manchester", "lapsed"),
        ("2024-04-01", "Salford", "lapsed"),
    ]
    assert (found["from"], found["to"]) == ("2023-06-01", "2024-06-30")


def test_gaps_without_figures_say_not_stated_and_never_nought(said: Callable[..., str]) -> None:
    found = json.loads(said("gaps", "--format", "json"))
    assert [row["name"] for row in found["gaps"]] == [
        *(
            "Tameside",
            "Trafford",
            "Wigan",
            "Oldham",
            "Rochdale",
            "Stockport",
            "Bolton",
            "Bury",
            "Manchester",
            "Salford",
        ),
    ]
    assert found["need"] is None
    assert {row["women"] for row in found["gaps"]} == {""} and {
        row["need_value"] for row in found["gaps"]
    } == {""}
    assert found["women"]["by_status"]["none"] == {
        "women": None,
        "areas": 3,
        "areas_without_figure": 3,
    }


def test_women_are_not_stated(record: Record) -> None:
    found = women_by_status(record, coverage(record, record.default_date), 18)
    assert {status.value: women.total for status, women in found.items() if women.areas} == {
        "covered": None,
        "none": None,
        "not_stated": None,
    }


def test_neighbours_are_worked_out_from_the_outlines(record: Record) -> None:
    pairs = zip(record.neighbours["code_a"], record.neighbours["code_b"], strict=True)
    assert {tuple(sorted((CODES[a], CODES[b]))) for a, b in pairs} == NEIGHBOURS


def test_there_is_a_drawing_and_a_default_view(record: Record) -> None:
    drawn = outlines(record)
    assert len({area.tile for area in drawn.areas.values()}) == 10 and drawn.water == ""
    assert Query.default(record) == Query(date(2023, 6, 30))


OUTPUTS: list[tuple[str, ...]] = [("validate",)]
OUTPUTS += [
    (command, "--format", form)
    for command in ("coverage", "gaps", "calendar")
    for form in ("table", "json", "csv")
]
OUTPUTS += [
    ("why", name, "--on", day)
    for name in ("Wigan", "Oldham", "Bury")
    for day in ("2023-06-30", "2022-01-01", "2024-05-01")
]


@pytest.mark.parametrize("command", OUTPUTS, ids=" ".join)
def test_nothing_of_london_shows(command: tuple[str, ...], said: Callable[..., str]) -> None:
    text = said(*command)
    assert text.strip()
    assert not [word for word in ("London", "borough", "Borough", "E09", "Thames") if word in text]


def test_an_unknown_name_is_answered_with_a_district(
    files: DataFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(
            [
                "why",
                "Boltom",
                "--services",
                str(files.services),
                "--boundaries",
                str(files.boundaries),
            ]
        )
        == 1
    )
    assert "did you mean 'Bolton'?" in capsys.readouterr().err


def test_the_span_is_the_region_s_own(record: Record) -> None:
    assert span(record) == (date(2023, 6, 1), date(2024, 6, 30))


def test_london_s_services_do_not_fit_other_boundaries(
    files: DataFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", "--boundaries", str(files.boundaries)]) == 1
    assert "'Havering' is not an area in the boundaries file" in capsys.readouterr().out


def test_files_are_read_from_where_they_are_said_to_be(
    files: DataFiles, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PROVISION_SERVICES", str(files.services))
    monkeypatch.setenv("PROVISION_BOUNDARIES", str(files.boundaries))
    assert main(["validate"]) == 0
    assert "10 areas (10 districts); no problems" in capsys.readouterr().out
