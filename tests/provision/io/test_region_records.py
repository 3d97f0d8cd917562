"""What a region says of its further records: read, bounded, and every fault told with its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support import CITY, ROOT, answer

from provision.io.files import DataFiles
from provision.io.problems import InvalidData
from provision.io.region_records import MOST_RECORDS, records_of
from provision.links.query import Query, parse
from provision.record import Record, load
from provision.regions.beside import beside, chosen

TWO = DataFiles.in_folder(ROOT / "tests" / "city_records")
FIRST = "{id: a, name: A, label: The first}"


def faults(folder: Path, records: str) -> list[str]:
    (folder / "region.yaml").write_text(f"records:{records}\n", encoding="utf-8")
    (folder / "other").mkdir(exist_ok=True)
    with pytest.raises(InvalidData) as refused:
        records_of(DataFiles(folder / "services.yaml", CITY / "boundaries.geojson"))
    return [f"{p.entry}: {p.field}: {p.what}" for p in refused.value.problems]


def second(fields: str) -> str:
    return f"\n  - {FIRST}\n  - {{{fields}}}"


@pytest.mark.parametrize(
    ("records", "where"),
    [
        (" some", "records: : is 'some'"),
        (" []", "records: : is '[]'"),
        ("".join(f"\n  - {{id: a{n}, name: A, label: L, folder: other}}" for n in range(7)), "is"),
        ("\n  - a", "records/1: : is 'a'"),
        ("\n  - {id: a, name: A, label: L, folder: other}", "records/1: folder"),
        (second("id: b, name: B, label: L"), "records/2: folder"),
        (second("id: b, name: B, label: L, folder: nowhere"), "records/2: folder"),
        (second("id: a, name: B, label: L, folder: other"), "records/2: id"),
        (second("id: B?, name: B, label: L, folder: other"), "records/2: id"),
        (second("id: b, label: L, folder: other"), "records/2: name: is missing"),
        (second("id: b, name: 7, label: L, folder: other"), "records/2: name: is '7'"),
        (second(f"id: b, name: B, label: {'L' * 61}, folder: other"), "records/2: label"),
        (second("id: b, name: B, label: L, folder: other, more: x"), "records/2: more"),
    ],
)
def test_what_cannot_be_meant_is_told(tmp_path: Path, records: str, where: str) -> None:
    (found,) = faults(tmp_path, records)
    assert where in found


def test_a_region_without_further_records(city_files: DataFiles, city: Record) -> None:
    assert records_of(city_files) == () and city.entry is None
    assert beside(city) == (city,)
    assert (city.key, city.label) == ("", "")


def test_the_records_of_a_region_are_loaded_each_by_itself(city: Record) -> None:
    first = load(TWO)
    assert [own.id for own in first.entries] == ["guide", "register"]
    both = beside(first)
    assert both[0] is first and both[1].services_by_id.keys() == {"lights", "lamp"}
    assert (first.key, first.label) == ("", "")
    assert (both[1].key, both[1].label) == ("register", "March 2023 (register)")
    assert beside(both[1])[1] is both[1]
    assert chosen(first, "register") is both[1] and chosen(first, "guide") is first
    with pytest.raises(LookupError, match="guide, register"):
        chosen(first, "gide")
    assert len(first.entries) <= MOST_RECORDS


def test_naming_records_does_not_change_the_version(tmp_path: Path) -> None:
    alone = load(replace(TWO, folder=None))
    assert load(TWO).version == alone.version


def test_a_link_says_which_record_it_is_of() -> None:
    first, other = beside(load(TWO))
    assert Query.default(first).link(first) == ""
    assert Query.default(other).link(other) == "record=register"
    assert parse({"record": "guide"}, first)[1] == []
    assert parse({"record": "register"}, other)[1] == []
    assert "another record" in parse({"record": "register"}, first)[1][0]
    assert "did you mean 'register'" in parse({"record": "regster"}, first)[1][0]
    assert "one record alone" in parse({"record": "x"}, load(replace(TWO, folder=None)))[1][0]


def test_commands_take_a_record_by_its_id_or_by_a_link() -> None:
    folder = ("--data", str(ROOT / "tests" / "city_records"))
    by_id = answer("coverage", *folder, "--record", "register", "--format", "csv")
    assert (
        by_id.stdout == answer("coverage", "--data", str(CITY / "later"), "--format", "csv").stdout
    )
    assert answer("coverage", *folder).stdout == answer("coverage", "--data", str(CITY)).stdout
    wrong = answer("coverage", *folder, "--record", "regster")
    assert wrong.returncode == 1 and "did you mean 'register'" in wrong.stderr
    by_link = answer("scenario", *folder, "--link", "record=register&hubs=Q3", "--format", "json")
    assert '"on": "2023-03-31"' in by_link.stdout
