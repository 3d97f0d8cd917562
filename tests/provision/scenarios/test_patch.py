"""Contested cells as a change to services.yaml: it applies, it is valid, and it says what the
scenario says."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import ROOT

from provision.coverage.status import statuses
from provision.io.files import DataFiles
from provision.links.query import read_link
from provision.record import Record, load
from provision.scenarios.evaluate import evaluate
from provision.scenarios.patch import patch, patched
from provision.scenarios.scenario import Contested, Scenario, Verdict

SERVICES = {"minerva-crc": 0, "minerva-wraparound": 1, "south-london-alliance": 2}


def contested(record: Record, cells: str) -> Scenario:
    scenario, notes = read_link({"cells": cells}, record)
    assert not notes
    return scenario


def reread(folder: Path, text: str, boundaries: Path) -> Record:
    services = folder / "services.yaml"
    services.write_text(text, encoding="utf-8")
    return load(DataFiles(services, boundaries))


def test_the_diff_applies_and_gives_the_text(
    city: Record, city_files: DataFiles, tmp_path: Path
) -> None:
    scenario = contested(city, "Alder~lantern~wrong,Fir~ferry~new,Elm~orchard~closed")
    copytree(ROOT / "tests" / "city", tmp_path / "tests" / "city")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(
        ["git", "apply", "--whitespace=error-all", "-"],
        cwd=tmp_path,
        check=True,
        input=patch(city, scenario).encode(),
    )
    assert (tmp_path / "tests" / "city" / "services.yaml").read_text(encoding="utf-8") == patched(
        city, scenario
    )


def test_lists_are_edited_in_place(city: Record) -> None:
    text = patched(city, contested(city, "Alder~lantern~wrong,Fir~ferry~new,Alder~orchard~closed"))
    assert "      listed: [Birch]\n" in text, "both spellings of Alder are gone"
    assert "listed: [Damson, Fir], ref: guide §4" in text
    assert "listed: [Elm, Harbour], ref: minutes §1" in text
    assert "areas_without_service: {heading_count: 1, listed: [], ref: guide §1}" in text
    assert "      # Alder is listed under two spellings; it is one quarter.\n" in text, (
        "comments stay"
    )


def test_only_what_is_contested_changes(london: Record) -> None:
    lines = patch(london, contested(london, "Greenwich~south-london-alliance~new")).splitlines()
    assert [line for line in lines if line.startswith("-") and not line.startswith("---")] == [
        "-      listed: [Croydon, Lambeth, Lewisham, Southwark, Sutton, Wandsworth]"
    ]
    added = [line for line in lines if line.startswith("+") and not line.startswith("+++")]
    assert (
        added[0]
        == "+      listed: [Croydon, Lambeth, Lewisham, Southwark, Sutton, Wandsworth, Greenwich]"
    )
    assert lines[:2] == ["--- a/data/services.yaml", "+++ b/data/services.yaml"]


def test_who_said_so_stands_in_the_file(london: Record, tmp_path: Path) -> None:
    text = patched(london, contested(london, "Enfield~minerva-crc~closed~2019-06"))
    record = reread(tmp_path, text, london.files.boundaries)
    found = next(d for d in record.file.discrepancies if d.id == "contested-minerva-crc-e09000010")
    assert [s.says for s in found.statements] == [
        "The source names Enfield.",
        "Enfield is no longer served by it (June 2019).",
    ]
    source, section = record.section(found.statements[1].ref[0])
    assert (
        source.title == "Entries contested in review"
        and section.title == "Enfield is no longer served by it (June 2019)."
    )


def test_a_second_proposal_stands_beside_the_first(london: Record, tmp_path: Path) -> None:
    first = reread(
        tmp_path,
        patched(london, contested(london, "Enfield~minerva-crc~wrong")),
        london.files.boundaries,
    )
    second = reread(
        tmp_path,
        patched(first, contested(first, "Enfield~minerva-crc~new")),
        london.files.boundaries,
    )
    assert {s.id for s in second.file.sources} >= {"contested", "contested-2"}
    assert statuses(second, london.default_date) == statuses(london, london.default_date)


@st.composite
def cells(draw: st.DrawFn, record: Record) -> Scenario:
    """Cells that are wrong or new: what the file can say in full."""
    chosen = draw(
        st.lists(
            st.tuples(st.sampled_from(list(record.codes)), st.sampled_from(list(SERVICES))),
            unique=True,
            min_size=1,
            max_size=8,
        )
    )
    named = [
        (a, s, bool(record.service_area_matrix[record.codes.get_loc(a), SERVICES[s]]))
        for a, s in chosen
    ]
    return Scenario(
        record.default_date,
        changes=tuple(
            Contested(a, s, Verdict.WRONG if yes else Verdict.NEW) for a, s, yes in named
        ),
    )


@given(data=st.data())
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_patched_record_says_what_the_scenario_says(
    london: Record, tmp_path: Path, data: st.DataObject
) -> None:
    scenario = data.draw(cells(london))
    record = reread(tmp_path, patched(london, scenario), london.files.boundaries)
    assert [s.value for s in statuses(record, scenario.on)] == [
        s.value for s in evaluate(london, scenario).table["scenario"]
    ]


def test_lists_with_dashes(city: Record, tmp_path: Path) -> None:
    text = (ROOT / "tests" / "city" / "services.yaml").read_text(encoding="utf-8")
    dashed = text.replace(
        "      listed: [Alder Town, The Alders, Birch]\n",
        "      listed:\n        - Alder Town  # as printed\n        - The Alders\n        -"
        " Birch\n",
    )
    record = reread(tmp_path, dashed, city.files.boundaries)
    found = patched(record, contested(record, "Alder~lantern~wrong,Cedar~lantern~new"))
    assert "      listed:\n        - Birch\n        - Cedar\n      ref: guide §2\n" in found


def test_a_file_without_discrepancies_begins_them(city: Record, tmp_path: Path) -> None:
    text = (ROOT / "tests" / "city" / "services.yaml").read_text(encoding="utf-8")
    start, end = text.index("discrepancies:"), text.index("sources:")
    bare = (text[:start] + text[end:]).replace(
        "heading_count: 2, listed: [Alder, Elm, Harbour]",
        "heading_count: 3, listed: [Alder, Elm, Harbour]",
    )
    record = reread(tmp_path, bare, city.files.boundaries)
    assert "\ndiscrepancies:\n  - id: contested-ferry-q6\n" in patched(
        record, contested(record, "Fir~ferry~new")
    )


def test_a_service_cannot_be_left_without_areas(city: Record) -> None:
    with pytest.raises(
        ValueError, match="Ferry would name no quarter; take the service out instead"
    ):
        patch(city, contested(city, "Damson~ferry~wrong"))


def test_nothing_contested_is_no_patch(city: Record) -> None:
    assert patch(city, read_link("off=ferry&hubs=Fir", city)[0]) == ""
