"""Open Referral: what goes out is valid, what comes back is equal or is named as lost, and what
strangers send is refused in plain words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from support import ROOT, changed

from provision.__main__ import main
from provision.coverage.status import Status, coverage
from provision.exchange.diff import difference
from provision.exchange.hsds import to_hsds
from provision.exchange.hsds_import import imported_data, write_services
from provision.exchange.losses import Loss, losses
from provision.io.files import DataFiles
from provision.io.node_paths import walk
from provision.io.problems import InvalidData
from provision.io.reading import read_json
from provision.record import Record
from provision.record_files import parse_services

HERE = ROOT / "tests"
SCHEMA = json.loads((HERE / "hsds" / "schema.json").read_text(encoding="utf-8"))
CITY = (HERE / "city" / "services.yaml").read_text(encoding="utf-8")
UUID = "ac148810-d857-441c-9679-408f346de14b"


def invalid(page: Any) -> list[str]:
    found = Draft202012Validator(SCHEMA, format_checker=FormatChecker()).iter_errors(page)
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in found]


def strings(value: Any) -> Iterator[str]:
    return (inner for _, inner in walk(value) if isinstance(inner, str))


# Out


@pytest.mark.parametrize("which", ["london", "farwater"])
def test_the_export_is_valid(which: str, request: pytest.FixtureRequest) -> None:
    assert invalid(to_hsds(request.getfixturevalue(which))) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("contents", 0, "status"), "not stated"),
        (("contents", 0, "id"), "lantern"),
        (("contents", 0, "minimum_age"), "18"),
        (("contents", 0, "commissioners"), []),
        (("contents", 0, "contacts"), [{"id": UUID}]),
        (("contents", 0, "service_areas", 0, "id"), None),
        (("contents", 0, "attributes", 0, "taxonomy_term", "name"), 1),
    ],
)
def test_the_schema_can_fail(farwater: Record, path: tuple[Any, ...], value: Any) -> None:
    page = to_hsds(farwater)
    place: Any = page
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert len(invalid(page)) == 1


def test_the_schema_is_the_one_described() -> None:
    digest = hashlib.sha256((HERE / "hsds" / "schema.json").read_bytes()).hexdigest()
    assert digest in (HERE / "hsds" / "README.md").read_text(encoding="utf-8")


def test_what_the_uk_profile_asks_for_beyond_that(farwater: Record) -> None:
    """The UK profile requires a url of every service. None is made up; with --url it is where the
    view of that service is."""
    assert all("url" not in service for service in to_hsds(farwater)["contents"])
    page = to_hsds(farwater, "https://explorer.example.org/")
    assert page["contents"][0]["url"] == "https://explorer.example.org/?services=lantern"
    assert invalid(page) == []


def test_a_service_of_the_city(farwater: Record) -> None:
    lantern = to_hsds(farwater)["contents"][0]
    assert {k: v for k, v in lantern.items() if isinstance(v, (str, int)) and "id" not in k} == {
        "name": "The Lantern service",
        "alternate_name": "Lantern",
        "description": "Invented.",
        "status": "active",
        "application_process": "herself",
        "eligibility_description": "women",
        "minimum_age": 18,
        "assured_date": "2020-06-30",
    }
    assert lantern["organization"]["description"] == "Lends a light and a key worker."
    # two spellings, one quarter
    assert [a["name"] for a in lantern["service_areas"]] == ["Alder", "Birch"]
    assert [f["source"] for f in lantern["funding"]] == ["Farwater Council"]
    terms = [
        (t["taxonomy_term"]["taxonomy"], t["taxonomy_term"]["code"]) for t in lantern["attributes"]
    ]
    assert terms == [
        ("Level of support", "one-to-one"),
        ("Themes of Farwater", "work"),
        ("Themes of Farwater", "safety"),
    ]


def test_status_is_that_of_the_record_s_own_date(farwater: Record) -> None:
    assert {s["alternate_name"]: s["status"] for s in to_hsds(farwater)["contents"]} == {
        **dict.fromkeys(("Lantern", "Harvest", "Ferry", "Quay"), "active"),
        "Orchard": "inactive",
    }
    over = replace(
        farwater,
        file=parse_services(
            changed("start: 2020-01, end: not stated", "start: 2020-01, end: 2020-05", CITY),
            "x.yaml",
            farwater.areas,
        ),
    )
    assert to_hsds(over)["contents"][2]["status"] == "defunct"


def test_gss_codes_become_addresses_of_geographies_and_invented_codes_do_not(
    london: Record, farwater: Record
) -> None:
    uris = {a["name"]: a["uri"] for s in to_hsds(london)["contents"] for a in s["service_areas"]}
    assert (
        uris["Croydon"] == "http://statistics.data.gov.uk/id/statistical-geography/E09000008"
        and len(uris) == 24
    )
    assert all("uri" not in a for s in to_hsds(farwater)["contents"] for a in s["service_areas"])


def test_identifiers_are_the_same_every_time_and_never_shared(
    london: Record, farwater: Record
) -> None:
    again = to_hsds(london)
    assert json.dumps(to_hsds(london)) == json.dumps(again)
    ids = [s["id"] for s in again["contents"]] + [
        a["id"]
        for s in again["contents"]
        for a in (*s["service_areas"], *s["attributes"], *s["funding"])
    ]
    assert len(set(ids)) == len(ids)
    assert not {s["id"] for s in again["contents"]} & {
        s["id"] for s in to_hsds(farwater)["contents"]
    }
    # what others have stored stays right
    assert again["contents"][0]["id"] == "d24ab8c3-3541-508c-a909-413e260c85d5"


def test_sites_are_not_told(farwater: Record) -> None:
    """Where an organisation sits, and where provision at a site is, stays here."""
    hidden = [
        o.model_copy(update={"site": "Hidden Lane"})
        for o in farwater.organisations_file.organisations
    ]
    record = replace(
        farwater,
        organisations_file=farwater.organisations_file.model_copy(
            update={"organisations": tuple(hidden)}
        ),
    )
    assert not [
        text
        for text in strings(to_hsds(record))
        if "Hidden Lane" in text or "beyond the walls" in text
    ]


# There and back


def back(record: Record) -> Record:
    found = imported_data(json.loads(json.dumps(to_hsds(record))), "f.json", record)
    assert found.to_complete == ()
    return replace(
        record, file=parse_services(write_services(found), "services.yaml", record.areas)
    )


@pytest.mark.parametrize("which", ["london", "farwater"])
def test_what_is_lost_is_exactly_what_is_named(which: str, request: pytest.FixtureRequest) -> None:
    record: Record = request.getfixturevalue(which)
    lost = {(loss.part, loss.field) for loss in losses(record)}
    found = [f for f in difference(record, back(record)).fields if f.entry != "hsds"]
    assert {(f.part, f.field.partition(".")[0]) for f in found} == {
        (part, field.partition(".")[0]) for part, field in lost
    }


def test_what_survives(farwater: Record) -> None:
    then = {s.id: s for s in back(farwater).services}
    assert list(then) == ["lantern", "harvest", "ferry", "quay"]  # orchard has not begun
    for service in farwater.services[:4]:
        same = then[service.id]
        for field in ("name", "short_name", "level", "description", "provider", "referral_routes"):
            assert getattr(same, field) == getattr(service, field)
        assert (same.eligibility.who, same.eligibility.minimum_age) == (
            service.eligibility.who,
            service.eligibility.minimum_age,
        )
        assert [f.funder for f in same.funding] == [f.funder for f in service.funding]
        assert same.service_area.listed == tuple(
            dict.fromkeys(map(farwater.official, service.service_area.listed))
        )


def test_what_the_city_loses_by_hand(farwater: Record) -> None:
    found = {(loss.part, loss.field): loss.times for loss in losses(farwater)}
    assert found["services", ""] == 1  # orchard
    assert found["services", "contract.start"] == 2  # harvest, ferry
    assert found["services", "contract.end"] == 2  # lantern, harvest
    assert found["services", "funding.amount"] == 3  # harvest twice, ferry's nought
    assert found["services", "service_area.heading_count"] == 3  # lantern, harvest, quay
    assert found["services", "service_area.listed"] == 3  # two spellings gone, one name come
    assert found["areas_without_service", "listed"] == 1  # Fir
    assert found["outcome_targets", ""] == 2 and found["other_provision", ""] == 3
    assert ("services", "overseer") not in found  # the city has none to lose
    assert ("services", "name") not in found and ("services", "id") not in found


def test_a_name_that_does_not_make_our_id_is_told(farwater: Record) -> None:
    other = replace(
        farwater,
        file=parse_services(
            changed("short_name: Quay", "short_name: The Quay", CITY), "x.yaml", farwater.areas
        ),
    )
    (loss,) = [loss for loss in losses(other) if loss.field == "id"]
    assert loss == Loss("services", "id", 1, loss.why) and "UUIDs" in loss.why


@pytest.mark.parametrize("field", ["contracted", "people_specific"])
@pytest.mark.parametrize("answer", ["no", "not stated"])
def test_what_does_not_count_comes_back_as_such(field: str, answer: str, farwater: Record) -> None:
    first = farwater.services[0].model_copy(update={field: answer})
    services = (first, *farwater.services[1:])
    other = replace(farwater, file=farwater.file.model_copy(update={"services": services}))
    assert invalid(to_hsds(other)) == []
    then = {s.id: getattr(s, field) for s in back(other).services}
    assert then == {"lantern": answer, "harvest": "yes", "ferry": "yes", "quay": "yes"}


def test_none_comes_back_as_not_stated_and_never_as_covered(farwater: Record) -> None:
    then = back(farwater)
    before, after = (coverage(r, r.default_date)["status"] for r in (farwater, then))
    assert (before["Q6"], after["Q6"]) == (Status.NONE, Status.NOT_STATED)
    assert [code for code in before.index if after[code] is Status.COVERED] == [
        code for code in before.index if before[code] is Status.COVERED
    ]


def test_json_says_the_line() -> None:
    with pytest.raises(InvalidData) as caught:
        read_json('{"a": 1,\n "b": }', "f.json", "mend it")
    assert str(caught.value) == "f.json:2: file: is not valid JSON: Expecting value; mend it"


# The command line


@pytest.fixture
def city_arguments(city_files: DataFiles) -> tuple[str, ...]:
    return ("--services", str(city_files.services), "--boundaries", str(city_files.boundaries))


def test_out_and_in_on_the_command_line(
    tmp_path: Path, city_arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    page, services = tmp_path / "f.json", tmp_path / "services.yaml"
    assert main(["export-hsds", "--out", str(page), *city_arguments]) == 0
    said = capsys.readouterr().out
    assert (
        said.startswith("5 services written to")
        and "- services commissioners: the standard knows who funds, not who commissions." in said
    )
    assert "- services url: asked for by the UK profile" in said
    assert invalid(json.loads(page.read_text(encoding="utf-8"))) == []
    assert main(["import-hsds", str(page), "--out", str(services), *city_arguments]) == 0
    assert (
        "1 service is left out, because its status says that it does not run: 'The Orchard service'"
        in capsys.readouterr().out
    )
    assert main(["validate", "--services", str(services), *city_arguments[2:]]) == 0


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a b", "x", "https://x/?a=<b>", "https://x\n"]
)
def test_an_address_that_is_none_is_refused(
    url: str, tmp_path: Path, city_arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["export-hsds", "--out", str(tmp_path / "f.json"), "--url", url, *city_arguments])
    assert "is no address of the web" in capsys.readouterr().err


def test_london_s_file_is_the_same_again(tmp_path: Path) -> None:
    assert (ROOT / "data" / "services.yaml").exists()
    for name in ("a.json", "b.json"):
        assert main(["export-hsds", "--out", str(tmp_path / name)]) == 0
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
