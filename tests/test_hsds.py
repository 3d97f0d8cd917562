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
from provision.exchange.hsds_reading import MAX_DEPTH, MOST_SERVICES, read_hsds, write_services
from provision.exchange.losses import Loss, losses
from provision.io.files import DataFiles
from provision.io.node_paths import walk
from provision.io.problems import InvalidData, Problem
from provision.io.reading import read_json
from provision.record import Record, parse_services

HERE = Path(__file__).parent
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
    hidden = [o.model_copy(update={"site": "Hidden Lane"}) for o in farwater.engaged.organisations]
    record = replace(
        farwater, engaged=farwater.engaged.model_copy(update={"organisations": tuple(hidden)})
    )
    assert not [
        text
        for text in strings(to_hsds(record))
        if "Hidden Lane" in text or "beyond the walls" in text
    ]


# There and back


def back(record: Record) -> Record:
    found = read_hsds(json.dumps(to_hsds(record)), "f.json", record)
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


def test_none_comes_back_as_not_stated_and_never_as_covered(farwater: Record) -> None:
    then = back(farwater)
    before, after = (coverage(r, r.default_date)["status"] for r in (farwater, then))
    assert (before["Q6"], after["Q6"]) == (Status.NONE, Status.NOT_STATED)
    assert [code for code in before.index if after[code] is Status.COVERED] == [
        code for code in before.index if before[code] is Status.COVERED
    ]


# What strangers send


def service(**fields: Any) -> dict[str, Any]:
    return {
        "id": UUID,
        "name": "Their service",
        "status": "active",
        "assured_date": "2020-06-30",
        "minimum_age": 18,
    } | fields


def text(*services: Any) -> str:
    return json.dumps({"contents": list(services)})


def test_the_least_that_the_standard_allows(farwater: Record) -> None:
    found = read_hsds(
        json.dumps({"id": UUID, "name": "Their service", "status": "active"}), "f.json", farwater
    )
    (other,) = found.data["other_provision"]
    assert found.data["services"] == [] and (
        other["provider"],
        other["commissioner"],
        other["geography"],
    ) == ("not stated", "not stated", "area not stated")
    assert [p.field for p in found.to_complete] == ["as_at", "default_date"]
    assert any("no assured date" in note for note in found.notes)


def test_a_level_that_is_not_said_is_not_guessed(farwater: Record) -> None:
    found = read_hsds(
        text(service(service_areas=[{"id": UUID, "name": "Elm"}])), "f.json", farwater
    )
    assert found.data["services"][0]["level"] == "not stated"
    assert found.to_complete == ()


def test_areas_are_known_by_uri_or_name_and_others_are_named(london: Record) -> None:
    places = [
        {
            "id": UUID,
            "name": "our side of the river",
            "uri": "http://statistics.data.gov.uk/id/statistical-geography/E09000008",
        },
        {"id": UUID, "name": "kingston upon thames"},
        {"id": UUID, "name": "Atlantis"},
        {"id": UUID, "uri": "http://statistics.data.gov.uk/id/statistical-geography/W06000015"},
    ]
    found = read_hsds(text(service(service_areas=places)), "f.json", london)
    assert found.data["services"][0]["service_area"]["listed"] == [
        "Croydon",
        "Kingston upon Thames",
    ]
    assert [note for note in found.notes if note.startswith("Not placed")] == [
        "Not placed: 'Atlantis' of 'Their service' is not an area of London.",
        (
            "Not placed: 'http://statistics.data.gov.uk/id/statistical-geography/W06000015' of"
            " 'Their service' is not an area of London."
        ),
    ]


def test_the_uk_profile_s_own_words_are_understood(london: Record) -> None:
    places = [
        {"id": UUID, "name": None, "service_area": "Croydon"},
        {"id": UUID, "service_area": "All residents of MyCity"},
    ]
    terms = [
        {"id": UUID, "taxonomy_term": {"id": UUID, "name": "", "term": words, "taxonomy": "Needs"}}
        for words in ("Debt", "Housing")
    ]
    found = read_hsds(text(service(service_areas=places, attributes=terms)), "f.json", london)
    assert found.data["services"][0]["service_area"]["listed"] == ["Croydon"]
    assert (
        "Not placed: 'All residents of MyCity' of 'Their service' is not an area of London."
        in found.notes
    )
    assert any(note.startswith("Passed over: two taxonomy terms") for note in found.notes)


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed"])
def test_a_service_that_is_not_active_is_left_out_and_named(farwater: Record, status: str) -> None:
    found = read_hsds(text(service(status=status)), "f.json", farwater)
    assert found.data["services"] == found.data["other_provision"] == []
    assert any(
        note.startswith("Left out: 'Their service'") and status in note for note in found.notes
    )


def test_contacts_and_places_are_never_kept(farwater: Record) -> None:
    secret = {
        "contacts": [{"id": UUID, "name": "Ann Persona"}],
        "phones": [{"number": "0123"}],
        "email": "a@example.org",
    }
    places = {
        "service_at_locations": [
            {"id": UUID, "location": {"addresses": [{"address_1": "1 Hidden Lane"}]}}
        ]
    }
    found = read_hsds(
        text(service(**secret, **places, service_areas=[{"id": UUID, "name": "Elm"}])),
        "f.json",
        farwater,
    )
    written = write_services(found)
    assert not [word for word in ("Persona", "0123", "a@example.org", "Hidden") if word in written]
    assert any(
        note.endswith("contacts, email, phones, service_at_locations.") for note in found.notes
    )


def test_ids_are_unique_and_never_words_with_a_meaning(farwater: Record) -> None:
    ids = [f"ac148810-d857-441c-9679-408f346de14{n}" for n in "0123"]
    found = read_hsds(
        text(
            *(
                service(id=i, name=name)
                for i, name in zip(ids, ("None", "Dôme!", "dome", "救"), strict=True)
            )
        ),
        "f.json",
        farwater,
    )
    assert [o["id"] for o in found.data["other_provision"]] == [
        "none-2",
        "dome",
        "dome-2",
        "service",
    ]


def test_several_dates_are_not_made_one(farwater: Record) -> None:
    two = service(id=UUID.replace("ac1", "bd1"), assured_date="2021-01-05T10:00:00Z")
    found = read_hsds(text(service(), two), "f.json", farwater)
    assert found.data["region"]["as_at"] == "not stated"
    assert any("2020-06-30 to 2021-01-05" in note for note in found.notes)


def test_hostile_words_stay_words(farwater: Record) -> None:
    name = "x\n# end\nregion: {name: y}\u202e\u2028 &a *a !!t <script>"
    found = read_hsds(
        text(service(name=name, service_areas=[{"id": UUID, "name": "Elm"}], attributes=LEVEL)),
        "=f\n.json",
        farwater,
    )
    file = parse_services(write_services(found), "x.yaml", farwater.areas)
    assert [s.name for s in file.services] == [name]
    assert all(
        line.startswith("#") or not line
        for line in write_services(found).partition("\nregion:")[0].splitlines()
    )


LEVEL = [
    {
        "id": UUID,
        "taxonomy_term": {"id": UUID, "taxonomy": "Level of support", "code": "one-to-one"},
    }
]


def problems(given: str, record: Record) -> list[Problem]:
    with pytest.raises(InvalidData) as caught:
        read_hsds(given, "f.json", record)
    return list(caught.value.problems)


def test_everything_wrong_is_told_at_once_by_path(farwater: Record) -> None:
    wrong = service(
        id="x",
        name=" ",
        status="open",
        minimum_age="eighteen",
        assured_date="June",
        organization=[],
        service_areas="all",
        funding=[{"source": 3}],
    )
    found = {
        f"{p.entry}: {p.field}": f"{p.what}; {p.mend}"
        for p in problems(text(service(), service(), wrong), farwater)
    }
    assert found == {
        f"contents/{UUID}: id": (
            f"'{UUID}' stands twice; give every service an identifier of its own"
        ),
        "contents/x: id": (
            "'x' is not a UUID; write one, for instance ac148810-d857-441c-9679-408f346de14b"
        ),
        "contents/x: name": "is empty; write something, or 'not stated'",
        "contents/x: status": (
            "is 'open'; write one of: 'active', 'inactive', 'defunct' or 'temporarily closed'"
        ),
        "contents/x: minimum_age": "is text ('eighteen'); write a number",
        "contents/x: assured_date": "'June' is not a day; write YYYY-MM-DD",
        "contents/x: organization": "is a list; write a mapping",
        "contents/x: service_areas": "is text ('all'); write a list",
        "contents/x: funding.1.source": "is a number ('3'); write text",
    }


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ("", "is not valid JSON"),
        ("{", "is not valid JSON"),
        ("[" * 100_000, "is nested too deep"),
        ("[" * 40 + "]" * 40, f"is nested more than {MAX_DEPTH} deep"),
        ('{"contents": [' + "9" * 5_000 + "]}", "holds a number without end"),
        (json.dumps([[]] * 200_001), "holds more than 200,000 values"),
        ("null", "is empty"),
        ('{"contents": null}', "is empty"),
        ('"text"', "is text"),
        ('{"contents": {"a": 1}}', "is a mapping"),
        (json.dumps([service(name="\ud800")]), "half of a character"),
        (json.dumps([service()] * (MOST_SERVICES + 1)), "stands twice"),
        ('[{"id": NaN, "name": Infinity, "status": -Infinity}]', "is not a UUID"),
    ],
    ids=lambda value: value[:20],
)
def test_broken_files_are_refused(given: str, what: str, farwater: Record) -> None:
    found = problems(given, farwater)
    assert any(what in problem.what for problem in found), found
    assert all(problem.mend and len(str(problem)) < 600 for problem in found)


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
    assert "- Left out: 'The Orchard service'" in capsys.readouterr().out
    assert main(["validate", "--services", str(services), *city_arguments[2:]]) == 0


def test_nothing_in_use_is_written_over(
    tmp_path: Path,
    city_files: DataFiles,
    city_arguments: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = city_files.services.read_bytes()
    page = tmp_path / "f.json"
    assert main(["export-hsds", "--out", str(page), *city_arguments]) == 0
    round_about = (
        city_files.services.parent / ".." / city_files.services.parent.name / "services.yaml"
    )
    link = tmp_path / "link.yaml"
    link.symlink_to(city_files.services)
    for out in (city_files.services, round_about, link, page):
        assert main(["import-hsds", str(page), "--out", str(out), *city_arguments]) == 1
        assert "is in use; choose another name" in capsys.readouterr().err
    for out, said in (
        (tmp_path, "is a folder"),
        (tmp_path / "no" / "where.yaml", "there is no folder"),
        (Path("/dev/null/x.yaml"), "there is no folder"),
    ):
        assert main(["import-hsds", str(page), "--out", str(out), *city_arguments]) == 1
        assert said in capsys.readouterr().err
    assert city_files.services.read_bytes() == before


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
