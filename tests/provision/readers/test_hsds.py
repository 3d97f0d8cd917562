"""Feeds of Open Referral in all their forms: every service comes in once, is placed where it says
and nowhere else, and what cannot be read is set aside with its place."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provision.io.problems import InvalidData
from provision.readers.draft import ReadingContext, ServicesDraft
from provision.readers.hsds import KIND, draft_from_data, read_hsds
from provision.readers.hsds_areas import Serves, codes_in, place_area
from provision.readers.hsds_feed import Page, page_notes
from provision.readers.hsds_input import MAX_DEPTH
from provision.readers.services import read_services
from provision.regions.area_matching import AreaMatcher

AREAS = {
    "E08000003": "Manchester",
    "E08000009": "Trafford",
    "E09000013": "Hammersmith and Fulham",
    "E09000021": "Kingston upon Thames",
}
MATCHER = AreaMatcher(
    [SimpleNamespace(code=code, name=name) for code, name in AREAS.items()], {}, ["Mersey Vale"]
)
CONTEXT = ReadingContext(
    {"name": "Mersey Vale", "people": "women"}, tuple(AREAS.values()), dict(AREAS)
)
UUID = "ac148810-d857-441c-9679-408f346de14b"


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def a_service(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"id": uuid(number), "name": f"Service {number}", "status": "active"} | more


def in_area(*names: str) -> dict[str, Any]:
    return {"service_areas": [{"id": UUID, "name": name} for name in names]}


def read(data: Any) -> ServicesDraft:
    return draft_from_data(data, "feed.json", MATCHER, CONTEXT)


def names(draft: ServicesDraft) -> list[str]:
    """Of every service, whichever list it went to."""
    return [s["name"] for part in ("services", "other_provision") for s in draft.data[part]]


def said(draft: ServicesDraft, *words: str) -> list[str]:
    return [note for note in draft.notes if all(word in note for word in words)]


def refused(data: Any) -> str:
    with pytest.raises(InvalidData) as caught:
        read(data)
    return str(caught.value)


# The forms of a feed

ORGANISATION = {"id": uuid(90), "name": "The Trust"}
FORMS: dict[str, Any] = {
    "one service": a_service(),
    "a list": [a_service()],
    "an organisation": {**ORGANISATION, "legal_status": "charity", "services": [a_service()]},
    "organisations": {"contents": [{**ORGANISATION, "services": [a_service()]}]},
    "a page of 3": {"total_pages": 1, "contents": [a_service()]},
    "a page of UK 1": {"totalPages": 1, "number": 1, "content": [a_service()]},
    "a wrapped list": {"data": {"services": [a_service()]}},
    "services at locations": [{"id": UUID, "service": a_service(), "location": {}}],
    "tabular JSON": {"services.csv": [a_service()], "organizations.csv": []},
    "a package that holds its rows": {
        "resources": [{"name": "service", "data": [a_service()]}, {"path": "phones.csv"}]
    },
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_gives_its_service(form: str) -> None:
    assert names(read(FORMS[form])) == ["Service 1"]


@pytest.mark.parametrize("form", ["an organisation", "organisations"])
def test_services_inside_an_organisation_are_its_own(form: str) -> None:
    assert read(FORMS[form]).data["other_provision"][0]["provider"] == "The Trust"


TABLES = {
    "organizations.csv": [{"id": "o1", "name": "The Trust"}],
    "services.csv": [
        {"id": "s1", "organization_id": "o1", "name": "One", "status": "active"},
        {"id": "s2", "organization_id": "gone", "name": "Two", "status": "active"},
    ],
    "service_areas.csv": [
        {"id": "a1", "service_id": "s1", "service_area": "Trafford Council"},
        {"id": "a2", "service_id": "nobody", "service_area": "Manchester"},
    ],
    "eligibility.csv": [{"id": "e1", "service_id": "s1", "eligibility": "Adults of the town"}],
    "funding.csv": [
        {"id": "f1", "service_id": "s1", "organization_id": "", "source": "The lottery"},
        {"id": "f2", "service_id": "", "organization_id": "o1", "source": "A legacy"},
    ],
    "taxonomy.csv": [{"id": "t1", "name": "Women's services", "vocabulary": "Local"}],
    "services_taxonomy.csv": [{"id": "l1", "service_id": "s1", "taxonomy_id": "t1"}],
    "phones.csv": [{"id": "p1", "service_id": "s1", "number": "0161 496 0000"}],
}


def as_csv(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write_package(folder: Path) -> Path:
    folder.mkdir()
    for name, rows in TABLES.items():
        (folder / name).write_text(as_csv(rows), encoding="utf-8")
    resources = [{"name": name.removesuffix(".csv"), "path": name} for name in TABLES]
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}))
    return folder


def zipped(folder: Path) -> Path:
    out = folder.with_suffix(".zip")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, f"export/{file.name}")
    return out


@pytest.mark.parametrize("how", ["folder", "zip", "description"])
def test_a_data_package_is_joined(how: str, tmp_path: Path) -> None:
    folder = write_package(tmp_path / "package")
    path = {"folder": folder, "zip": zipped(folder), "description": folder / "datapackage.json"}
    draft = read_hsds(path[how], MATCHER, CONTEXT)
    (one,), (two,) = draft.data["services"], draft.data["other_provision"]
    assert (one["name"], one["provider"]) == ("One", "The Trust")
    assert one["service_area"]["listed"] == ["Trafford"]
    assert [f["funder"] for f in one["funding"]] == ["The lottery"]
    assert one["eligibility"]["who"] == "Adults of the town"
    assert (two["name"], two["provider"]) == ("Two", "not stated")
    assert said(draft, "Service areas of services that are not in the tables: 1")
    assert "496" not in json.dumps(draft.data)


def test_tables_alone_in_json_are_the_same_as_files(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "package")
    files, one = read_hsds(folder, MATCHER, CONTEXT), read(TABLES)
    assert files.data["services"] == one.data["services"]


def test_a_description_without_its_tables_says_what_is_missing(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "package")
    (folder / "services.csv").unlink()
    for path in (folder, folder / "datapackage.json"):
        with pytest.raises(InvalidData, match="no services are beside it"):
            read_hsds(path, MATCHER, CONTEXT)


def test_a_table_of_services_alone(tmp_path: Path) -> None:
    path = tmp_path / "portal-2024-services.csv"
    path.write_text(as_csv(TABLES["services.csv"]), encoding="utf-8")
    draft = read_hsds(path, MATCHER, CONTEXT)
    assert names(draft) == ["One", "Two"]
    assert str(draft.place(("other_provision", 1))) == "line 3"


@pytest.mark.parametrize("outside", ["../secret.csv", "/etc/passwd", "https://x.example/a.csv"])
def test_a_package_reads_nothing_outside_its_folder(outside: str, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text(as_csv(TABLES["services.csv"]), encoding="utf-8")
    folder = tmp_path / "package"
    folder.mkdir()
    described = {"resources": [{"name": "service", "path": outside}]}
    (folder / "datapackage.json").write_text(json.dumps(described))
    with pytest.raises(InvalidData, match="no services are beside it"):
        read_hsds(folder / "datapackage.json", MATCHER, CONTEXT)


# Pages


def a_page(number: int, *services: Any, of: int = 3, items: int = 5) -> dict[str, Any]:
    counts = {"total_items": items, "total_pages": of, "page_number": number}
    return {**counts, "contents": list(services)}


def test_a_page_of_many_says_what_is_missing() -> None:
    draft = read(a_page(1, a_service(1), a_service(2)))
    assert draft.notes[0].startswith("Page 1 of 3 was read: 2 pages are missing, with 3 of 5")


def test_all_pages_of_a_folder_are_one_feed(tmp_path: Path) -> None:
    for number in (1, 2, 10):
        page = a_page(number, a_service(number), items=3)
        (tmp_path / f"page-{number}.json").write_text(json.dumps(page))
    draft = read_hsds(tmp_path, MATCHER, CONTEXT)
    assert names(draft) == ["Service 1", "Service 2", "Service 10"]
    assert not said(draft, "missing")


def test_one_broken_page_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "1.json").write_text(json.dumps(a_page(1, a_service(1), of=2, items=2)))
    (tmp_path / "2.json").write_text('{"contents": [')
    draft = read_hsds(tmp_path, MATCHER, CONTEXT)
    assert names(draft) == ["Service 1"]
    assert said(draft, "1 entry was set aside", "is not valid JSON")
    assert said(draft, "1 page is missing")


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ([], []),
        ([Page("a", 1, 1, 2, 2)], []),
        ([Page("a", 1, 1, 31, 128)], ["has 31 entries and gives 128"]),
        ([Page("a", 1, 1, 31, 30)], ["has 31 entries and gives 30: 1 are missing"]),
        ([Page("a", 0, 2, 4, 2), Page("b", 1, 2, 4, 2)], []),
        ([Page("a", 2, 4, None, 2), Page("b", 3, 4, None, 2)], ["2 of 4 pages were read"]),
    ],
)
def test_what_pages_say_of_their_feed(pages: list[Page], words: list[str]) -> None:
    notes = list(page_notes(pages))
    assert len(notes) == len(words) and all(w in n for w, n in zip(words, notes, strict=True))


# Bad entries


def test_one_bad_entry_is_set_aside_and_the_rest_comes_in() -> None:
    bad = ["text", {"id": uuid(3), "name": " ", "status": "active"}, {"colour": "red"}, None]
    draft = read({"contents": [a_service(1), *bad, a_service(2)]})
    assert names(draft) == ["Service 1", "Service 2"]
    places = [f"$.contents[{number}]" for number in (1, 2, 3, 4)]
    assert all(said(draft, "set aside", place) for place in places)


def test_a_bad_value_costs_that_value_alone() -> None:
    wrong = {
        **{"minimum_age": "eighteen", "assured_date": "June", "organization": ["The Trust"]},
        "service_areas": [{"name": "Trafford"}, 7],
    }
    draft = read([a_service(1, **wrong)])
    (service,) = draft.data["services"]
    assert service["service_area"]["listed"] == ["Trafford"]
    assert service["eligibility"]["minimum_age"] == service["provider"] == "not stated"
    for name in ("minimum_age", "assured_date", "organization", "service_areas"):
        assert said(draft, f"1 value of {name} cannot be read", f"$[0].{name}")


def test_a_fault_of_many_entries_is_one_line() -> None:
    draft = read([a_service(n, minimum_age="adult") for n in range(200)])
    (line,) = said(draft, "200 values of minimum_age", "'adult'")
    assert "$[0].minimum_age" in line and "$[3].minimum_age" not in line


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("text", "not services"),
        (7, "not services"),
        ({"type": "FeatureCollection", "features": []}, "outlines of areas"),
        ({"openapi": "3.0.0", "paths": {}}, "its keys are 'openapi', 'paths'"),
        ({"id": UUID, "name": "The Trust", "legal_status": "charity"}, "lists no services"),
        ({"organizations.csv": [], "phones.csv": []}, "its keys are"),
        ([{"name": ""}], "give the service a name"),
        ([{"name": "\ud800"}], "half of a character"),
    ],
)
def test_what_is_no_feed_is_refused_for_what_it_is(data: Any, words: str) -> None:
    assert words in refused(data)


# Identifiers


def sections(draft: ServicesDraft) -> list[str]:
    return [s["id"] for s in draft.data["sources"][0]["sections"][1:]]


def test_identifiers_that_are_none_are_made_and_stay() -> None:
    odd = [("a b", "One"), ("", "Two"), (None, "Three"), ("file", "Four"), ("x;y", "Five")]
    feed = [a_service(1, id=identifier, name=name) for identifier, name in odd]
    first, again = read(feed), read(feed[::-1])
    assert sections(first) == sections(again)[::-1]
    assert len(set(sections(first))) == 5
    assert said(first, "5 services have no identifier that can be used")


def test_usable_identifiers_are_kept() -> None:
    ids = [12345, "ABC-1", UUID.upper()]
    feed = [a_service(n, id=identifier) for n, identifier in enumerate(ids)]
    assert sections(read(feed)) == ["12345", "ABC-1", UUID]


def test_a_service_that_is_told_again_counts_once() -> None:
    again = [a_service(1), a_service(1, description="More."), a_service(1)]
    draft = read(again)
    assert names(draft) == ["Service 1"]
    assert said(draft, "2 entries repeat a service")


def test_two_services_with_one_identifier_are_both_kept() -> None:
    draft = read([a_service(1), a_service(1, name="Another")])
    assert names(draft) == ["Service 1", "Another"] and len(set(sections(draft))) == 2
    assert said(draft, "1 service has the identifier of another", "'Another'")


def test_services_of_one_name_have_ids_that_do_not_hang_on_their_order() -> None:
    one, two, three = (a_service(n, name="Talk") for n in (1, 2, 3))
    first = [o["id"] for o in read([one, two, three]).data["other_provision"]]
    other = [o["id"] for o in read([one, three, two]).data["other_provision"]]
    assert first[0] == "talk" and len(set(first)) == 3 and set(first) == set(other)


# Where a service serves


@pytest.mark.parametrize(
    "address",
    [
        "http://statistics.data.gov.uk/id/statistical-geography/E08000009",
        "https://statistics.data.gov.uk/doc/statistical-geography/E08000009.json",
        "http://statistics.data.gov.uk/atlas/resource?uri=http%3A%2F%2Fx%2Fid%2FE08000009",
        "http://opendatacommunities.org/id/geography/administration/md/E08000009",
        "http://opendatacommunities.org/id/metropolitan-district-council/trafford",
        "https://mapit.mysociety.org/code/gss/E08000009",
        "https://findthatpostcode.uk/areas/E08000009.html",
        "E08000009",
        "gss:e08000009",
    ],
)
def test_addresses_of_areas_that_are_in_use(address: str) -> None:
    assert place_area([], [address], MATCHER).codes == ("E08000009",)


@pytest.mark.parametrize(
    "words",
    [
        "Trafford",
        "trafford council",
        "Trafford Metropolitan Borough Council",
        "The service is available to all residents of Trafford. Ring first",
        "People living in Trafford",
    ],
)
def test_names_of_an_area(words: str) -> None:
    assert place_area([words], [], MATCHER).codes == ("E08000009",)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("City of Manchester and Trafford", ("E08000003", "E08000009")),
        ("Hammersmith and Fulham, Trafford", ("E09000013", "E08000009")),
        ("Hammersmith and Fulham", ("E09000013",)),
        ("Trafford; Atlantis", ()),
    ],
)
def test_several_names_in_one_text_are_all_sure_or_none(words: str, codes: tuple[str, ...]) -> None:
    assert place_area([words], [], MATCHER).codes == codes


@pytest.mark.parametrize(
    "words", ["Mersey Vale", "the whole of Mersey Vale", "All residents of the Mersey Vale area"]
)
def test_the_region_s_own_name_is_region_wide(words: str) -> None:
    draft = read([a_service(1, **in_area(words))])
    (other,) = draft.data["other_provision"]
    assert draft.data["services"] == [] and other["geography"] == "region-wide"
    assert said(draft, "colours no area")


def test_a_short_name_is_proposed_and_not_taken() -> None:
    draft = read([a_service(1, **in_area("Kingston")), a_service(2, **in_area("Kingston"))])
    assert draft.data["services"] == []
    (text,) = draft.area_texts
    assert (text.text, text.official, text.used) == ("Kingston", "Kingston upon Thames", False)
    assert list(map(str, text.places)) == ["$[0]", "$[1]"]


def test_a_code_goes_before_words_and_the_difference_is_told() -> None:
    place = {"name": "Manchester", "uri": "http://x.example/E08000009"}
    draft = read([a_service(1, service_areas=[place])])
    assert draft.data["services"][0]["service_area"]["listed"] == ["Trafford"]
    assert said(draft, "different areas", "'Service 1'")


def test_a_service_of_other_places_alone_is_left_out_and_told() -> None:
    elsewhere = {"name": "Cardiff", "uri": "http://x.example/W06000015"}
    assert place_area(["Cardiff"], [elsewhere["uri"]], MATCHER).serves is Serves.ELSEWHERE
    here = {"name": "Trafford"}
    feed = [a_service(1, service_areas=[elsewhere]), a_service(2, service_areas=[elsewhere, here])]
    draft = read(feed)
    assert names(draft) == ["Service 2"]
    assert said(draft, "serving other places only: 1 service", "'Service 1'")


def test_where_a_service_is_does_not_say_whom_it_serves() -> None:
    sites = {"service_at_locations": [{"location": {"addresses": [{"city": "Trafford"}]}}]}
    draft = read([a_service(1, **sites)])
    (other,) = draft.data["other_provision"]
    assert other["geography"] == "area not stated" and draft.not_stated["areas"] == 1
    assert said(draft, "Sites without areas: 1 service")
    assert "Trafford" not in json.dumps(draft.data["other_provision"])


# What it says of itself


@pytest.mark.parametrize(
    ("more", "women"),
    [
        ({}, "not stated"),
        (
            {"minimum_age": 12, "eligibility_description": "All people aged 12 and over"},
            "not stated",
        ),
        ({"eligibility_description": "Women aged 18 and over"}, "yes"),
        ({"eligibility_description": "sentenced women whose needs are practical"}, "yes"),
        ({"eligibility_description": "Women and men"}, "no"),
        ({"eligibility_description": "Anyone, including women"}, "not stated"),
        ({"eligibility_description": "Women-only sessions on Mondays; men welcome"}, "not stated"),
        ({"eligibilitys": [{"eligibility": "women"}]}, "yes"),
        ({"attributes": [{"taxonomy_term": {"name": "Women only"}}]}, "yes"),
        ({"attributes": [{"taxonomy_term": {"term": "Women's services"}}]}, "yes"),
        ({"attributes": [{"taxonomy_term": {"name": "Women"}}]}, "not stated"),
        ({"service_taxonomys": [{"taxonomy": {"name": "All genders"}}]}, "no"),
    ],
)
def test_for_women_only_where_it_says_so(more: dict[str, Any], women: str) -> None:
    assert read([a_service(1, **more)]).data["other_provision"][0]["women_specific"] == women


CLAIMS = [
    ({}, ("not stated", "not stated")),
    ({"minimum_age": 12, "eligibility_description": "All genders"}, ("not stated", "no")),
    ({"attributes": [{"taxonomy_term": {"name": "Commissioned service"}}]}, ("yes", "not stated")),
    ({"description": "Commissioned by the council."}, ("not stated", "not stated")),
    ({"eligibility_description": "Women"}, ("not stated", "yes")),
]


@pytest.mark.parametrize(("more", "claims"), CLAIMS)
def test_contracted_and_for_whom_only_where_it_says_so(
    more: dict[str, Any], claims: tuple[str, str]
) -> None:
    (service,) = read([a_service(1, **more, **in_area("Trafford"))]).data["services"]
    assert (service["contracted"], service["people_specific"]) == claims


def test_where_the_region_s_people_are_people_every_service_is_for_them() -> None:
    context = ReadingContext({"name": "Mersey Vale"}, CONTEXT.area_names, AREAS)
    feed = [a_service(1, **in_area("Trafford"))]
    (service,) = draft_from_data(feed, "f.json", MATCHER, context).data["services"]
    assert (service["contracted"], service["people_specific"]) == ("not stated", "yes")


def test_one_line_counts_what_services_say_of_themselves() -> None:
    draft = read([a_service(1), a_service(2, eligibility_description="Women"), a_service(3)])
    (line,) = said(draft, "Contracted:")
    assert "0 of 3 services" in line and "For women alone: 1 of 3" in line
    assert draft.not_stated["people_specific"] == 2 and draft.not_stated["contracted"] == 3


def test_what_is_not_kept_is_one_line_for_each_kind_with_its_count() -> None:
    more = {"schedules": [{}], "fees": "5 pounds", "phones": [{"number": "0161 496 0000"}]}
    draft = read([a_service(1, **more), a_service(2, schedules=[{}]), a_service(3, email=" ")])
    assert len(said(draft, "Not kept: opening times (2 services)")) == 1
    assert len(said(draft, "Not kept: fees (1 service)")) == 1
    assert len(said(draft, "telephone numbers", "(1 service)", "on purpose")) == 1


def test_telephone_numbers_and_addresses_in_words_are_left_out() -> None:
    words = "Ring 0161 496 0000 or (0161) 4960001, +44 161 496 0002 or write to a.b@example.org."
    kept = " Open 2026-01-31, 10.30 to 16.00, for 100 people."
    draft = read(
        [a_service(1, description=words + kept, application_process=words, **in_area("Trafford"))]
    )
    written = json.dumps(draft.data)
    assert "496" not in written and "example.org" not in written and kept in written


@pytest.mark.parametrize("status", ["inactive", "Defunct", "temporarily closed"])
def test_a_service_that_does_not_run_is_left_out_and_named(status: str) -> None:
    draft = read([a_service(1, status=status), a_service(2)])
    assert names(draft) == ["Service 2"]
    assert said(draft, "1 service is left out", "'Service 1'")


def test_an_unknown_status_is_not_taken_for_running() -> None:
    draft = read([a_service(1, status="open"), a_service(2, status=None)])
    assert [o["state"] for o in draft.data["other_provision"]] == ["not stated", "not stated"]
    assert said(draft, "2 services do not say whether they run")


# Bounds


def test_a_zip_that_grows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", b" " * 60_000_000)
    assert path.stat().st_size < 100_000
    with pytest.raises(InvalidData, match="larger than 50,000,000 bytes unpacked"):
        read_hsds(path, MATCHER, CONTEXT)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 40 + "]" * 40, f"nested more than {MAX_DEPTH} deep"),
        ("[" * 100_000, "nested too deep"),
        ("[" + "[]," * 3_000_001 + "0]", "holds more than"),
        ("", "empty file"),
        ("<html><body>Not found</body></html>", "HTML"),
        ("%PDF-1.7", "PDF"),
        ('{"a":', "is not valid JSON"),
    ],
    ids=["deep", "deeper", "many", "empty", "page", "pdf", "cut"],
)
def test_what_is_too_much_or_another_kind_is_refused(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    path.write_text(text)
    with pytest.raises(InvalidData, match=words):
        read_hsds(path, MATCHER, CONTEXT)


def test_an_empty_page_is_no_fault() -> None:
    draft = read(a_page(1, of=1, items=0))
    assert names(draft) == []


# Anything at all

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "name", "status", "services", "contents", "service_areas", "uri"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_anything_is_read_or_refused_in_words(data: Any) -> None:
    try:
        draft = read(data)
    except InvalidData as error:
        assert all(str(problem) for problem in error.problems)
    else:
        assert all(names(draft)) and all(note.endswith(".") for note in draft.notes)


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from([*AREAS.values(), "Atlantis"]))))
def test_every_service_comes_in_once_in_any_order(given_: list[tuple[int, str]]) -> None:
    """With distinct identifiers nothing is lost, and an area is listed only where it was named."""
    feed = [a_service(n, **in_area(name)) for n, name in dict(given_).items()]
    draft = read({"contents": feed})
    assert sorted(names(draft)) == sorted(s["name"] for s in feed)
    listed = {s["name"]: s["service_area"]["listed"] for s in draft.data["services"]}
    wanted = {s["name"]: [s["service_areas"][0]["name"]] for s in feed}
    assert listed == {k: v for k, v in wanted.items() if v != ["Atlantis"]}


@given(st.text(max_size=40))
def test_codes_are_found_whole_or_not_at_all(text: str) -> None:
    assert all(len(code) == 9 and code == code.upper() for code in codes_in(text))


# Whatever file holds services


def test_a_feed_is_known_among_other_files_of_services(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "package")
    feed = tmp_path / "feed.json"
    feed.write_text(json.dumps([a_service()]))
    for path in (
        folder,
        zipped(folder),
        folder / "datapackage.json",
        folder / "services.csv",
        feed,
    ):
        assert read_services(path, MATCHER, CONTEXT).kind == KIND


def test_a_list_of_services_is_not_taken_for_a_table_of_the_standard(tmp_path: Path) -> None:
    path = tmp_path / "services.csv"
    path.write_text("id,name,areas,status\n1,Talk,Trafford,active\n")
    draft = read_services(path, MATCHER, CONTEXT)
    assert draft.kind != KIND and names(draft) == ["Talk"]
    with pytest.raises(InvalidData, match="give it as --services"):
        read_hsds(tmp_path / "services.csv", MATCHER, CONTEXT)
