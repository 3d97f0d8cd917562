"""A feed becomes a services file of a region: valid or with what is to be completed, never over
what a person wrote, and with nothing of strangers' words that could do harm."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from provision.__main__ import main
from provision.exchange import hsds_import
from provision.exchange.hsds import to_hsds
from provision.exchange.hsds_import import Imported, imported_data, kept_name, write_services
from provision.io.files import DataFiles
from provision.io.problems import InvalidData
from provision.record import Record, load
from provision.record_files import parse_services

UUID = "ac148810-d857-441c-9679-408f346de14b"
LEVEL = [{"taxonomy_term": {"taxonomy": "Level of support", "code": "one-to-one"}}]


def service(**fields: Any) -> dict[str, Any]:
    least = {"id": UUID, "name": "Their service", "status": "active"}
    return least | {"assured_date": "2020-06-30", "minimum_age": 18} | fields


def read(record: Record, *services: Any) -> Imported:
    return imported_data({"contents": list(services)}, "f.json", record)


# The services file


def test_the_least_that_the_standard_allows(farwater: Record) -> None:
    found = read(farwater, {"id": UUID, "name": "Their service", "status": "active"})
    (other,) = found.data["other_provision"]
    said = [other[field] for field in ("provider", "commissioner", "women_specific", "geography")]
    assert said == ["not stated", "not stated", "not stated", "area not stated"]
    assert found.data["services"] == [] and other["state"] == "running"
    assert [p.field for p in found.to_complete] == ["as_at", "default_date"]
    assert any("not one date" in note for note in found.notes)


def test_what_a_feed_says_in_full_is_a_services_file(farwater: Record) -> None:
    areas = [{"name": "Elm"}, {"name": "Alder Town"}]
    found = read(farwater, service(service_areas=areas, attributes=LEVEL))
    assert found.to_complete == ()
    (own,) = parse_services(write_services(found), "x.yaml", farwater.areas).services
    assert own.service_area.listed == ("Elm", "Alder")
    assert own.eligibility.minimum_age == 18


def test_the_words_of_the_region_are_kept_and_those_of_its_source_are_not(farwater: Record) -> None:
    region = read(farwater, service()).data["region"]
    own = farwater.file.region
    assert (region["name"], region["areas"], region["area_kind"]) == (
        own.name,
        own.areas,
        own.area_kind,
    )
    assert region["as_at"] == "2020-06-30" and region["scope"] == "not stated"
    assert region["caveat"] != own.caveat and region["ref"] == "hsds §file"


def test_several_dates_are_not_made_one(farwater: Record) -> None:
    other = service(id=UUID.replace("ac1", "bd1"), name="B", assured_date="2021-01-05T10:00:00Z")
    assert read(farwater, service(), other).data["region"]["as_at"] == "not stated"


def test_hostile_words_stay_words(farwater: Record) -> None:
    name = "x\n# end\nregion: {name: y}\u202e\u2028 &a *a !!t <script>"
    data = service(name=name, service_areas=[{"name": "Elm"}], attributes=LEVEL)
    found = imported_data([data], "=f\n.json", farwater)
    text = write_services(found)
    file = parse_services(text, "x.yaml", farwater.areas)
    seen = name.replace("\u202e", "").replace("\u2028", "")
    assert [s.name for s in file.services] == [seen]
    assert any("held what nobody can see" in line for line in found.report())
    head = text.partition("\nregion:")[0].splitlines()
    assert all(line.startswith("#") or not line for line in head)


def test_ids_are_unique_and_never_words_with_a_meaning(farwater: Record) -> None:
    feed = [service(id=n, name=name) for n, name in enumerate(("None", "Dôme!", "dome", "救"))]
    ids = [o["id"] for o in read(farwater, *feed).data["other_provision"]]
    assert ids[0].startswith("none-") and ids[1] == "dome" and ids[2].startswith("dome-")
    assert ids[3] == "service" and len(set(ids)) == 4


def test_contacts_and_places_are_never_kept(farwater: Record) -> None:
    secret = {
        "contacts": [{"name": "Ann Persona"}],
        "phones": [{"number": "0123 456 7890"}],
        "email": "a@example.org",
        "service_at_locations": [{"location": {"addresses": [{"address_1": "1 Hidden Lane"}]}}],
        "organization": {"name": "The Trust", "email": "b@example.org"},
    }
    written = write_services(read(farwater, service(**secret, service_areas=[{"name": "Elm"}])))
    assert "The Trust" in written
    assert not [w for w in ("Persona", "456", "example.org", "Hidden") if w in written]


def test_more_than_a_services_file_takes_is_refused_in_words(
    farwater: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hsds_import, "MAX_SERVICE_NODES", 500)
    feed = [service(id=n, name=f"S{n}", service_areas=[{"name": "Elm"}]) for n in range(30)]
    with pytest.raises(InvalidData, match="holds 30 services, which is more than"):
        read(farwater, *feed)


# The command


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.json"
    said = service(service_areas=[{"name": "Elm"}], attributes=LEVEL)
    path.write_text(json.dumps({"total_pages": 2, "page_number": 1, "contents": [said]}))
    return path


def test_a_region_needs_no_services_file(
    feed: Path, tmp_path: Path, city_files: DataFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "services.yaml"
    where = ["--boundaries", str(city_files.boundaries)]
    assert main(["import-hsds", str(feed), "--out", str(out), "--name", "Farwater", *where]) == 0
    assert "1 page is missing" in capsys.readouterr().out
    assert main(["validate", "--services", str(out), *where]) == 0
    assert "name: Farwater" in out.read_text(encoding="utf-8")


def test_into_a_region_s_folder_of_outlines_alone(
    feed: Path, tmp_path: Path, city_files: DataFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "far-water"
    folder.mkdir()
    (folder / "boundaries.geojson").write_bytes(city_files.boundaries.read_bytes())
    (folder / "matching.yaml").write_text("name_variants: {The Elms: Elm}\n")
    feed.write_text(feed.read_text().replace('"Elm"', '"The Elms"'))
    where = ["--data", str(folder)]
    assert main(["import-hsds", str(feed), *where]) == 0
    assert main(["validate", *where]) == 0
    file = parse_services(
        (folder / "services.yaml").read_text(encoding="utf-8"), "x", load(city_files).areas
    )
    assert file.region.name == "Far Water" and file.services[0].service_area.listed == ("Elm",)
    assert main(["import-hsds", str(feed), *where]) == 0  # nobody has changed it
    assert not (folder / "services.yaml.1").exists()
    with (folder / "services.yaml").open("a") as completed:
        completed.write("# completed\n")
    assert main(["import-hsds", str(feed), *where]) == 1
    assert "say --replace" in capsys.readouterr().err
    assert main(["import-hsds", str(feed), "--replace", *where]) == 0
    assert (folder / "services.yaml.1").read_text(encoding="utf-8").endswith("# completed\n")


@pytest.mark.parametrize(("assured", "as_at"), [("2020-06-30", "2020-06-30"), (None, "2021-03")])
def test_the_record_speaks_from_the_feed_s_date_else_from_that_of_the_outlines(
    assured: str | None, as_at: str, tmp_path: Path, city_files: DataFiles
) -> None:
    outlines = tmp_path / "boundaries.geojson"
    outlines.write_bytes(city_files.boundaries.read_bytes())
    os.utime(outlines, (day := datetime(2021, 3, 5, 12, tzinfo=UTC).timestamp(), day))
    feed = tmp_path / "feed.csv"
    feed.write_text(f"id,organization_id,name,status,assured_date\n1,,A,active,{assured or ''}\n")
    assert main(["import-hsds", str(feed), "--data", str(tmp_path)]) == 0
    assert load(DataFiles.in_folder(tmp_path)).file.region.as_at.iso == as_at


def test_what_was_completed_is_not_written_over(
    feed: Path, tmp_path: Path, city_files: DataFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "services.yaml"
    args = ["import-hsds", str(feed), "--out", str(out), "--boundaries", str(city_files.boundaries)]
    assert main(args) == 0
    out.write_text(completed := out.read_text(encoding="utf-8") + "# completed by hand\n")
    assert main(args) == 1
    assert "may hold what somebody completed" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == completed
    for number in (1, 2):
        assert main([*args, "--replace"]) == 0
        assert f"services.yaml.{number}" in capsys.readouterr().out
    assert (tmp_path / "services.yaml.1").read_text(encoding="utf-8") == completed
    assert kept_name(out).name == "services.yaml.3"


def test_nothing_in_use_is_written_over(
    tmp_path: Path, city_files: DataFiles, capsys: pytest.CaptureFixture[str], farwater: Record
) -> None:
    own = ("--services", str(city_files.services), "--boundaries", str(city_files.boundaries))
    before = {path: path.read_bytes() for path in (city_files.services, city_files.boundaries)}
    page = tmp_path / "f.json"
    page.write_text(json.dumps(to_hsds(farwater)))
    link = tmp_path / "link.yaml"
    link.symlink_to(city_files.services)
    for out in (city_files.services, link, page):
        assert main(["import-hsds", str(page), "--out", str(out), *own]) == 1
        assert "is in use; choose another name" in capsys.readouterr().err
    for out in (city_files.boundaries, page):
        assert main(["import-hsds", str(page), "--out", str(out), "--replace", *own]) == 1
    for out, said in ((tmp_path, "is a folder"), (tmp_path / "no" / "x.yaml", "no folder")):
        assert main(["import-hsds", str(page), "--out", str(out), *own]) == 1
        assert said in capsys.readouterr().err
    assert {path: path.read_bytes() for path in before} == before


def test_a_bad_feed_leaves_what_was_there(
    tmp_path: Path, city_files: DataFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    out, bad = tmp_path / "services.yaml", tmp_path / "bad.json"
    out.write_text("mine")
    bad.write_text("{")
    where = ["--boundaries", str(city_files.boundaries), "--out", str(out), "--replace"]
    assert main(["import-hsds", str(bad), *where]) == 1
    assert "is not valid JSON" in capsys.readouterr().err
    assert out.read_text() == "mine" and not kept_name(out).with_suffix(".1").exists()
