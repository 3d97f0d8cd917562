"""Two records of the invented city side by side; tests/city/later/services.yaml begins with the
answers, worked out by hand."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from support import CITY, ROOT, answer, sketch

from provision.coverage.basis import Basis
from provision.coverage.comparability import Caution, Part, cautions, comparable
from provision.coverage.status import Status
from provision.coverage.then_and_now import (
    Passage,
    Silence,
    ThenAndNow,
    passage,
    silences,
    then_and_now,
)
from provision.io.files import DataFiles
from provision.record import Record, load
from provision.text.then_and_now import caution_sentences, heading, sentences

BOTH = (str(CITY), str(CITY / "later"))


@pytest.fixture(scope="module")
def found(city: Record) -> ThenAndNow:
    return then_and_now([city, load(DataFiles.in_folder(CITY / "later"))])


def test_what_became_of_every_quarter(found: ThenAndNow) -> None:
    assert {a.name: found.passage(a, 0, 1) for a in found.areas} == {
        "Alder": Passage.COVERED_IN_BOTH,
        "Birch": Passage.COVERED_IN_BOTH,
        "Cedar": Passage.LOST,
        "Damson": Passage.NO_LONGER_STATED,
        "Elm": Passage.GAINED_NOT_STATED,
        "Fir": Passage.GAINED,
        "Gorse": Passage.NOT_STATED_IN_EITHER,
        "Harbour": Passage.COVERED_IN_BOTH,
    }
    assert found.codes(Passage.COVERED_IN_BOTH, 0, 1, counted=False) == ("Q8",)


@pytest.mark.parametrize(
    ("older", "newer", "what"),
    [
        (Status.NONE, Status.COVERED, Passage.GAINED),
        (Status.LAPSED, Status.COVERED, Passage.GAINED),
        (Status.NOT_STATED, Status.COVERED, Passage.GAINED_NOT_STATED),
        (Status.COVERED, Status.NONE, Passage.LOST),
        (Status.COVERED, Status.LAPSED, Passage.LOST),
        (Status.COVERED, Status.NOT_STATED, Passage.NO_LONGER_STATED),
        (Status.NONE, Status.NOT_STATED, Passage.NO_LONGER_STATED),
        (Status.LAPSED, Status.NOT_STATED, Passage.NO_LONGER_STATED),
        (Status.NOT_STATED, Status.NONE, Passage.NOW_WITHOUT),
        (Status.NOT_STATED, Status.LAPSED, Passage.NOW_WITHOUT),
        (Status.COVERED, Status.COVERED, Passage.COVERED_IN_BOTH),
        (Status.NONE, Status.LAPSED, Passage.COVERED_IN_NEITHER),
        (Status.NOT_STATED, Status.NOT_STATED, Passage.NOT_STATED_IN_EITHER),
    ],
)
def test_every_pair_of_statuses(older: Status, newer: Status, what: Passage) -> None:
    assert passage(older, newer) is what


def test_who_served_whom(found: ThenAndNow) -> None:
    birch = next(a for a in found.areas if a.name == "Birch")
    assert [s.services for s in birch.said] == [("lantern", "harvest"), ("lamp",)]
    assert [s.providers for s in birch.said] == [("Lantern", "Harvest Trust"), ("Quay Women",)]
    assert [s.bases for s in birch.said] == [(Basis.NAMED, Basis.NAMED), (Basis.LISTED,)]
    cedar = next(a for a in found.areas if a.name == "Cedar")
    assert [r.section for r in cedar.said[1].refs] == ["2"]


def test_days_of_which_no_record_speaks(found: ThenAndNow) -> None:
    assert silences(found) == (
        Silence(date(2021, 1, 1), date(2021, 1, 31), ("Q1",)),
        Silence(date(2021, 3, 16), date(2022, 8, 31), ("Q2",)),
        Silence(date(2022, 7, 1), date(2022, 8, 31), ("Q1", "Q5")),
    )


def test_stretches_keep_what_is_not_stated(found: ThenAndNow) -> None:
    own = {s.service: (s.start, s.start_stated, s.end) for s in found.stretches}
    assert own["lantern"] == (date(2020, 6, 1), False, date(2020, 12, 31))
    assert own["ferry"] == (date(2020, 1, 1), True, None)
    assert own["lights"] == (date(2022, 9, 1), True, None)


def test_what_speaks_against_reading_them_as_one(found: ThenAndNow) -> None:
    assert set(cautions(found, 0, 1)) == set(Caution) - {Caution.NOTED}
    assert comparable(found, 0, 1) == {
        Part.AREAS: True,
        Part.NAMED: True,
        Part.DATES: False,
        Part.PEOPLE: False,
        Part.LEVEL: False,
        Part.MONEY: False,
        Part.SERVICES: False,
    }
    assert len(caution_sentences(found, (0, 1))) == len(Caution) - 1


def test_a_record_beside_itself(city: Record) -> None:
    same = then_and_now([city, city])
    assert cautions(same, 0, 1) == (Caution.NOT_A_CONTINUATION,)
    assert all(
        same.passage(a, 0, 1)
        in (Passage.COVERED_IN_BOTH, Passage.COVERED_IN_NEITHER, Passage.NOT_STATED_IN_EITHER)
        for a in same.areas
    )


def test_sentences_name_what_was_gained_apart_from_what_was_not_stated(found: ThenAndNow) -> None:
    said = str(heading(found))
    assert "Elm, not known then" in said and "Damson" not in said
    assert any("Damson" in s and "not count" in s for s in sentences(found, (0, 1)))


def test_records_of_other_areas_are_refused(city: Record) -> None:
    with pytest.raises(ValueError, match="same areas"):
        then_and_now([city, sketch(["A"], {})])
    with pytest.raises(ValueError, match="no two records"):
        then_and_now([city])


def test_diff_of_two_folders() -> None:
    said = json.loads(answer("diff", *BOTH, "--format", "json").stdout)
    lists = ("gained", "lost", "gained_not_stated", "no_longer_stated")
    assert {name: said[name] for name in lists} == {
        "gained": ["Q6"],
        "lost": ["Q3"],
        "gained_not_stated": ["Q5"],
        "no_longer_stated": ["Q4"],
    }
    assert (said["old"]["on"], said["new"]["on"]) == ("2020-06-30", "2023-03-31")
    assert answer("diff", *BOTH).returncode == 0


def test_then_and_now_on_the_command_line() -> None:
    rows = list(
        csv.DictReader(io.StringIO(answer("then-and-now", *BOTH, "--format", "csv").stdout))
    )
    fir = next(row for row in rows if row["name"] == "Fir")
    assert (fir["record_1_status"], fir["record_2_status"]) == ("no contracted service", "covered")
    assert (fir["record_2_services"], fir["record_2_leads"]) == ("Lights", "Lantern")
    said = json.loads(answer("then-and-now", *BOTH, "--format", "json").stdout)
    assert [pair["gained"] for pair in said["pairs"]] == [["Q6"]]
    assert "Fir" in answer("then-and-now", *BOTH).stdout


def test_what_cannot_be_set_side_by_side_is_refused() -> None:
    other = str(ROOT / "data")
    assert "same areas" in answer("diff", BOTH[0], other).stderr
    assert "same areas" in answer("then-and-now", BOTH[0], other).stderr
    assert answer("then-and-now", BOTH[0]).returncode == 1
