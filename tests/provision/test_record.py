"""A region joined once: who is named where, what a name finds, and the faults of all files
together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support import changed

from provision.io.files import DataFiles, version_of
from provision.io.problems import InvalidData
from provision.io.reading import MAX_BYTES
from provision.record import Record, load
from provision.regions.own_data import record_of
from provision.schema.services import Reference


def test_who_is_named_by_whom(city: Record) -> None:
    named = {
        s.id: "".join("x" if yes else "." for yes in city.service_area_matrix[:, j])
        for j, s in enumerate(city.services)
    }
    assert named == {
        "lantern": "xx......",
        "harvest": ".xx.....",
        "ferry": "...x....",
        "quay": ".......x",
        "orchard": "x...x..x",
    }


def test_who_is_listed_without_and_who_is_counted(city: Record) -> None:
    assert list(city.listed_none) == [False] * 5 + [True, False, False]
    assert list(city.counted) == [True] * 7 + [False]


@pytest.mark.parametrize(
    "text", ["Q1", "q1", "Alder", "alder", " Alder ", "Alder Town", "The Alders", "alder town"]
)
def test_an_area_is_found_by_code_and_by_every_spelling(text: str, city: Record) -> None:
    assert city.find(text).name == "Alder"


@pytest.mark.parametrize(
    ("text", "nearest"), [("Aldr", "'Alder'"), ("GORSE!", "'Gorse'"), ("Harbor", "'Harbour'")]
)
def test_a_name_like_another_finds_a_suggestion(text: str, nearest: str, city: Record) -> None:
    with pytest.raises(LookupError) as caught:
        city.find(text)
    assert nearest in str(caught.value) and text in str(caught.value)


@pytest.mark.parametrize("text", ["", "Atlantis", "x" * 5_000])
def test_a_name_like_no_other_is_still_an_answer(text: str, city: Record) -> None:
    with pytest.raises(LookupError) as caught:
        city.find(text)
    assert "code or its official name" in str(caught.value) and len(str(caught.value)) < 300


@pytest.mark.parametrize(("age", "alder"), [(18, 1000), (15, 1100)])
def test_women_from_an_age(age: int, alder: float, city: Record) -> None:
    assert city.women(age).loc["Q1"] == alder


def test_women_from_an_age_that_nobody_counted_are_not_stated(city: Record) -> None:
    assert city.women(21).isna().all() and list(city.women(21).index) == list(city.codes)


def test_a_reference_leads_to_its_section(city: Record) -> None:
    source, section = city.section(Reference(source="guide", section="3"))
    assert (source.title, section.title, section.page) == ("Guide to Farwater", "Of the Harvest", 3)


def test_discrepancies_are_found_by_what_they_touch(city: Record) -> None:
    assert [d.id for d in city.discrepancies_touching("Harbour")] == ["orchard-two-or-three"]
    assert [d.id for d in city.discrepancies_touching("orchard.heading_count", "Harbour")] == [
        "orchard-two-or-three"
    ]
    assert city.discrepancies_touching("Alder") == ()


def test_only_services_and_boundaries_are_needed(city_files: DataFiles) -> None:
    record = load(DataFiles(city_files.services, city_files.boundaries))
    assert record.indicators == () and record.figures.empty
    assert len(record.neighbours) == 6, "worked out from the outlines"


def test_boundaries_without_a_word_on_their_origin_are_read(
    city_files: DataFiles, tmp_path: Path
) -> None:
    alone = tmp_path / "b.geojson"
    alone.write_bytes(city_files.boundaries.read_bytes())
    assert load(replace(city_files, boundaries=alone)).origin is None


def test_the_faults_of_every_file_come_together(city_files: DataFiles, tmp_path: Path) -> None:
    services, neighbours = tmp_path / "s.yaml", tmp_path / "n.csv"
    services.write_text(
        changed("amount: 90000", "amount: -9", city_files.services.read_text(encoding="utf-8")),
        encoding="utf-8",
    )
    neighbours.write_text("code_a,code_b,type\nQ1,Q9,land\n", encoding="utf-8")
    with pytest.raises(InvalidData) as caught:
        load(
            replace(
                city_files,
                services=services,
                neighbours=neighbours,
                figures=tmp_path / "missing.csv",
            )
        )
    assert {Path(p.file).stem for p in caught.value.problems} == {"s", "n", "missing"}


def test_without_boundaries_there_is_a_problem_and_no_crash(
    city_files: DataFiles, tmp_path: Path
) -> None:
    with pytest.raises(InvalidData) as caught:
        load(replace(city_files, boundaries=tmp_path / "missing.geojson"))
    assert "missing.geojson" in {Path(p.file).name for p in caught.value.problems}


def test_the_version_is_that_of_the_files(city: Record, city_files: DataFiles) -> None:
    assert city.version == version_of(
        {path: path.read_bytes() for path in city_files.paths() if path.exists()}
    )


def test_each_file_is_read_once_so_that_what_is_given_out_is_what_was_parsed(
    london: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    really = Path.open
    monkeypatch.setattr(
        Path,
        "open",
        lambda path, *given, **named: (opened.append(path), really(path, *given, **named))[1],
    )
    found = load(london.files)
    assert (
        sorted(path for path in opened if path.name != "region.yaml")  # it only names records
        == sorted(found.contents)
        == sorted(path for path in london.files.paths() if path.exists())
    )
    assert list(found.contents) == list(london.contents), "in an order that stays"


def test_a_large_services_file_is_read_by_command_and_refused_on_a_page(
    city_files: DataFiles, tmp_path: Path
) -> None:
    services = tmp_path / "services.yaml"
    large = city_files.services.read_bytes() + b"# a line that says nothing\n" * 60_000
    assert len(large) > MAX_BYTES
    services.write_bytes(large)
    assert len(load(replace(city_files, services=services)).services) == 5
    with pytest.raises(InvalidData, match="too many for a page"):
        record_of({"services.yaml": large}, "Farwater")
