"""The audit finds what it is for: a changed figure, a lost softener, a moved claim, a copied
run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tools.audit.__main__ import main, table
from tools.audit.addresses import Missing, around, entry_around, resolve
from tools.audit.facts import (
    DATA,
    FILES,
    KEYINGS,
    LEFT_OUT,
    RECORDS,
    by_area,
    compare,
    load,
    read_facts,
)
from tools.audit.runs import HASH_BYTES, HASHES, copied, hashes, known_hashes

PIER = {"what": "boats", "value": 3, "qualifier": "up to", "note": "Expected.", "ref": "log §1"}
TREE: dict[str, Any] = {
    "region": {"name_variants": {"Q. One": "Quay One"}},
    "organisations": [{"id": "pilots", "name": "The Pilots", "variants": ["Pilots' Guild"]}],
    "services": [
        {
            "id": "pier",
            "provider": "The Pilots",
            "capacity": [PIER],
            "service_area": {"listed": ["Q. One", "Quay Two"]},
            "contract": {"end": "2020-03", "ref": "log §2"},
            "experts": ["pilots"],
            "note": "Boats may be late. People consulted say that seven are lost.",
            "ref": "log §3",
        }
    ],
}
TREE["by_area"] = by_area(TREE)


def fact(record: str, kind: str, value: str, **more: str) -> dict[str, str]:
    plain = {"id": "f", "sure": "stated", "speaker": "log", "reads": ""}
    return {**plain, "record": record, "kind": kind, "value": value, **more}


AGREES = [
    fact("services/pier/capacity/boats/value", "figure", "3", sure="up to"),
    fact("services/pier/contract/end", "date", "March 2020"),
    fact("services/pier/service_area/listed", "names", "Quay One;Quay Two"),
    fact("services/pier/experts", "names", "Pilots' Guild"),
    fact("services/pier/note", "figure", "7", speaker="participants"),
    fact("services/pier/note", "name", "late", sure="may"),
    fact("services", "count", "1"),
    fact("services/pier/provider", "name", "a guild", reads="pilots"),
    fact(LEFT_OUT, "figure", "4"),
    fact("services/pier/capacity/boats", "figure", "3", sure="expected, up to"),
    fact("services/pier/capacity/boats/value", "figure", "£3 (two by another count)"),
    fact("by_area/Quay One", "area-list", "the pier", reads="pier"),
    fact("services/pier/service_area/listed", "area-list", "Quay Two; Quay One"),
    fact("services/pier/experts", "name", "Pilots' Guild; The Crew", reads="The Pilots"),
    fact("services/pier/note", "statement", "some boats", reads="seven are lost"),
]
DIFFERS = [
    (fact("services/pier/capacity/boats/value", "figure", "4"), "another number"),
    (fact("services/pier/contract/end", "date", "April 2020"), "says another"),
    (fact("services/pier/service_area/listed", "names", "Quay One"), "also names Quay Two"),
    (fact("services/pier/service_area/listed", "names", "Quay One;Mole"), "does not name Mole"),
    (fact("services/pier/note", "name", "late", sure="often"), "loses “often”"),
    (fact("services/pier/provider", "name", "The Crew"), "does not say 'The Crew'"),
    (fact("services", "count", "2"), "has 1 entries"),
    (fact("services/pier/boats", "figure", "3"), "is not in the record"),
    (
        fact("services/pier/contract/end", "date", "March 2020", speaker="research"),
        "loses that research say so",
    ),
    (fact("services/pier/capacity/boats", "figure", "3", sure="up to; nearly"), "loses “nearly”"),
    (fact("by_area/Quay One", "area-list", "the mole", reads="mole"), "does not name mole"),
    (fact("by_area/Quay One", "area-list", "both", reads="pier;mole"), "does not name mole"),
    (fact("services/pier/experts", "name", "The Crew; The Pilots"), "does not name The Crew"),
    (fact("services/pier/note", "statement", "none", reads="none is lost"), "'none is lost'"),
]


def test_what_agrees_is_no_difference() -> None:
    assert compare(TREE, AGREES) == []


@pytest.mark.parametrize(("wrong", "fault"), DIFFERS, ids=[f for _, f in DIFFERS])
def test_what_differs_is_found(wrong: dict[str, str], fault: str) -> None:
    (found,) = compare(TREE, [wrong])
    assert fault in found.fault


def test_addresses() -> None:
    assert resolve(TREE, "services/pier/capacity/=3/what") == "boats"
    assert resolve(TREE, "services/0/capacity/~up to/value") == 3
    assert resolve(TREE, "services?id=pier") == TREE["services"]
    assert resolve(TREE, "services/0:") == TREE["services"]
    assert entry_around(TREE, "services/pier/capacity/boats/value") == PIER
    assert "Boats may be late" in around(TREE, "services/pier/capacity/boats/value")
    with pytest.raises(Missing, match="looking for mole"):
        resolve(TREE, "services/mole")


RUN = "The tide comes in at nine and goes out at noon again"  # twelve words: four runs of nine


def test_a_run_of_nine_words_is_found_whatever_its_case_and_marks(tmp_path: Path) -> None:
    known = hashes(RUN)
    assert len(known) == 4
    path = tmp_path / "services.yaml"
    path.write_text(f"# {RUN[:20]}\na: 'So: the TIDE comes in, at nine, and goes out at dusk'\n")
    assert list(copied([path], known)) == [
        ("services.yaml /a", "the tide comes in at nine and goes out")
    ]
    path.write_text(f"title: {RUN}\nb: the tide comes in at nine and then\n")
    assert list(copied([path], known)) == [], "titles are quoted, and eight words are no run"
    path.write_text(f"# {RUN}\nb: x\n")
    assert [where for where, _ in copied([path], known)] == ["services.yaml comment"]


def test_the_hashes_are_of_the_source_and_hold_no_text() -> None:
    kept = known_hashes([])
    assert len(kept) == HASHES.stat().st_size // HASH_BYTES > 30_000


@pytest.mark.parametrize("keying", KEYINGS)
@pytest.mark.parametrize("name", RECORDS)
def test_every_record_agrees_with_its_readings(name: str, keying: str) -> None:
    facts = read_facts(name, keying)
    assert facts and compare(load(RECORDS[name][0]), facts) == []
    assert all(f["reads"] for f in facts if f["record"] == LEFT_OUT), "a reason for each"
    assert len({f["id"] for f in facts}) == len(facts)


@pytest.mark.parametrize("name", RECORDS)
def test_no_record_copies_nine_words(name: str) -> None:
    files = [path for own in FILES if (path := RECORDS[name][0] / own).exists()]
    assert files and list(copied(files, known_hashes([]))) == []


def test_a_source_in_json_is_read_text_by_text(tmp_path: Path) -> None:
    source = tmp_path / "catalogue.json"
    source.write_text(f'[{{"says": "{RUN}"}}, {{"days": ["{RUN[:20]}", 7]}}]', encoding="utf-8")
    assert hashes(RUN) <= known_hashes([source])


def test_the_page_on_the_audit_has_the_counts_of_the_run() -> None:
    page = (DATA.parent / "docs" / "audit.md").read_text(encoding="utf-8")
    none = dict.fromkeys(RECORDS, 0)
    assert "\n".join(table(none)) in page, "copy the counts that `make audit` prints"


def test_the_command_says_where_it_looked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "the text of the sources is not here" in capsys.readouterr().out
