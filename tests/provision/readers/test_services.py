"""The simplest list of services, and all the ways in which people write one."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pytest
from openpyxl import Workbook

from provision.io.checks import validate
from provision.io.problems import InvalidData
from provision.readers.draft import ReadingContext, ServicesDraft
from provision.readers.services import services_from
from provision.regions.area_matching import AreaMatcher


@dataclass(frozen=True)
class Area:
    code: str
    name: str


NAMES = ("Alder", "Birch and Cedar", "Damson", "Elm", "Fir upon Water", "Gorse, City of")
AREAS = tuple(Area(f"Q{i}", name) for i, name in enumerate(NAMES, 1))
MATCHER = AreaMatcher(AREAS, {"The Alders": "Alder"}, ["Farwater"])
CONTEXT = ReadingContext({"name": "Farwater"}, NAMES, {a.code: a.name for a in AREAS})


def read(text: str, context: ReadingContext = CONTEXT) -> ServicesDraft:
    return services_from(text.encode(), "list.csv", MATCHER, context)


def read_book(*sheets: tuple[str, list[list[object]]]) -> ServicesDraft:
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return services_from(out.getvalue(), "list.xlsx", MATCHER, CONTEXT)


def placed(draft: ServicesDraft) -> dict[str, list[str]]:
    return {s["name"]: s["service_area"]["listed"] for s in draft.data["services"]}


def others(draft: ServicesDraft) -> dict[str, str]:
    return {s["name"]: s["geography"] for s in draft.data["other_provision"]}


def meanings(draft: ServicesDraft) -> dict[str, str]:
    return {c.heading: c.meaning for c in draft.columns}


# Areas


@pytest.mark.parametrize(
    ("cell", "areas"),
    [
        ("Alder", ["Alder"]),
        ("The Alders", ["Alder"]),
        ("alder, damson; elm", ["Alder", "Damson", "Elm"]),
        ("Alder and Damson", ["Alder", "Damson"]),
        ("Alder, Damson and Birch and Cedar", ["Alder", "Damson", "Birch and Cedar"]),
        ("Birch & Cedar, Alder", ["Birch and Cedar", "Alder"]),
        ("Gorse, City of, Elm", ["Gorse, City of", "Elm"]),
        ("Elm / Damson & Alder", ["Elm", "Damson", "Alder"]),
        ("- Elm\n- Damson", ["Elm", "Damson"]),
        ("Q1; Q3", ["Alder", "Damson"]),
        ("Alder Council, Elm", ["Alder", "Elm"]),
        ("Alder, Alder", ["Alder"]),
    ],
)
def test_a_cell_of_areas(cell: str, areas: list[str]) -> None:
    draft = read(f'service,areas\nHaven,"{cell}"\n')
    assert placed(draft) == {"Haven": areas}
    assert draft.area_texts == ()


def test_one_area_a_row() -> None:
    draft = read("Area,Service\nAlder,Haven\nElm,House\nDamson,Haven\n")
    assert placed(draft) == {"Haven": ["Alder", "Damson"], "House": ["Elm"]}


def test_a_list_without_headings() -> None:
    draft = read("Alder,Haven\nElm,House\n")
    assert placed(draft) == {"Haven": ["Alder"], "House": ["Elm"]}


def test_several_services_in_a_cell() -> None:
    draft = read('Area,Services\nAlder,"Haven; House"\nElm,Haven\n')
    assert placed(draft) == {"Haven": ["Alder", "Elm"], "House": ["Alder"]}


def test_a_short_name_is_used_and_is_to_be_confirmed() -> None:
    draft = read("service,areas\nHaven,Fir\n")
    assert placed(draft) == {"Haven": ["Fir upon Water"]}
    (text,) = draft.area_texts
    assert (text.text, text.official, text.used) == ("Fir", "Fir upon Water", True)
    assert str(text.places[0]) == "line 2, column 2"


def test_what_matches_nothing_is_left_out_and_kept_with_its_place() -> None:
    draft = read('service,areas\nHaven,"Alder, Atlantis"\nHouse,Atlantis\n')
    assert placed(draft) == {"Haven": ["Alder"]}
    assert others(draft) == {"House": "area not stated"}
    (text,) = draft.area_texts
    assert (text.text, text.official, text.used) == ("Atlantis", None, False)
    assert [p.row for p in text.places] == [2, 3]


def test_a_code_that_is_not_known_does_no_harm_beside_a_name() -> None:
    draft = read("code,area,service\nE06000001,Alder,Haven\nE06000002,Elm,Haven\n")
    assert placed(draft) == {"Haven": ["Alder", "Elm"]}
    assert draft.area_texts == ()


def test_the_region_itself_is_no_area() -> None:
    assert others(read("service,areas\nHaven,Farwater\nHouse,Alder\n")) == {"Haven": "region-wide"}


def test_an_area_that_the_list_says_has_none() -> None:
    draft = read("Area,Service\nAlder,Haven\nElm,none\nDamson,\n")
    assert draft.data["areas_without_service"]["listed"] == ["Elm"]


# Matrices


def test_areas_down_and_services_across() -> None:
    draft = read("Area,Haven,House\nAlder,x,\nElm,x,yes\nDamson,no,no\nBirch and Cedar,,\n")
    assert placed(draft) == {"Haven": ["Alder", "Elm"], "House": ["Elm"]}
    assert draft.data["areas_without_service"]["listed"] == ["Damson"]


def test_services_down_and_areas_across() -> None:
    draft = read("Service,Provider,Alder,Elm\nHaven,Haven Trust,1,0\nHouse,,1,1\n")
    assert placed(draft) == {"Haven": ["Alder"], "House": ["Alder", "Elm"]}
    assert [s["provider"] for s in draft.data["services"]] == ["Haven Trust", "not stated"]


def test_a_cell_that_says_neither_yes_nor_no_serves_nobody_and_is_told() -> None:
    draft = read("Area,Haven,House\nAlder,x,x\nElm,since May,?\n")
    assert placed(draft) == {"Haven": ["Alder"], "House": ["Alder"]}
    assert sum("'since May' (line 3, column 2)" in n for n in draft.notes) == 1
    assert sum("line 3, column 3" in n for n in draft.notes) == 1


def test_a_list_in_one_sheet_and_its_matrix_in_another() -> None:
    draft = read_book(
        ("Contracts", [["Service", "Provider"], ["Haven", "Haven Trust"], ["House", "Elm CIC"]]),
        ("Where", [["Area", "Haven", "House"], ["Alder", "x", None], ["Elm", "x", "x"]]),
        ("Notes", [["Remember to ring them"]]),
    )
    assert placed(draft) == {"Haven": ["Alder", "Elm"], "House": ["Elm"]}
    assert [s["provider"] for s in draft.data["services"]] == ["Haven Trust", "Elm CIC"]


# Fields


def field(column: str, cell: str) -> dict[str, object]:
    draft = read(f'service,areas,{column}\nHaven,Alder,"{cell}"\n')
    found: dict[str, object] = draft.data["services"][0]
    return found


@pytest.mark.parametrize(
    ("cell", "end"),
    [
        ("1 July 2018", "2018-07-01"),
        ("1st Jul 18", "2018-07-01"),
        ("01/07/2018", "2018-07-01"),
        ("31/12/2018", "2018-12-31"),
        ("12/31/2018", "2018-12-31"),
        ("2018-07", "2018-07"),
        ("Jul-18", "2018-07"),
        ("July 2018", "2018-07"),
        ("43282", "2018-07-01"),
        ("2018-07-01T00:00:00", "2018-07-01"),
        ("ongoing", "ongoing"),
        ("Until further notice", "ongoing"),
        ("tbc", "not stated"),
        ("", "not stated"),
        ("2018", "not stated"),
        ("2018/19", "not stated"),
        ("spring", "not stated"),
        ("31/02/2018", "not stated"),
        ("1 July 1066", "not stated"),
    ],
)
def test_dates_as_people_write_them(cell: str, end: str) -> None:
    contract = field("end date", cell)["contract"]
    assert isinstance(contract, dict)
    assert contract["end"] == end


def test_a_column_in_which_the_month_comes_first() -> None:
    draft = read("service,areas,start\nHaven,Alder,07/31/2018\nHouse,Elm,07/01/2018\n")
    assert [s["contract"]["start"] for s in draft.data["services"]] == ["2018-07-31", "2018-07-01"]


def test_a_period_is_a_start_and_an_end() -> None:
    contract = field("contract period", "July 2018 – 31 March 2021")["contract"]
    assert isinstance(contract, dict)
    assert (contract["start"], contract["end"]) == ("2018-07", "2021-03-31")


def test_what_was_not_read_and_what_was_unsure_is_told_once_for_each_kind() -> None:
    cells = ("spring", "summer", "01/07/2018", "02/07/2018", "autumn", "winter", "soon")
    rows = "".join(f"S{i},Alder,{cell}\n" for i, cell in enumerate(cells))
    draft = read(f"service,areas,start\n{rows}")
    unread = [n for n in draft.notes if n.startswith("5 dates were not read")]
    unsure = [n for n in draft.notes if n.startswith("2 dates could")]
    assert len(unread) == len(unsure) == 1
    assert "line 2, column 3" in unread[0] and "2 more" in unread[0]


@pytest.mark.parametrize(
    ("cell", "age"),
    [("18+", 18), ("16 and over", 16), ("16-25", 16), ("18", 18), ("adults", "not stated")],
)
def test_ages(cell: str, age: object) -> None:
    eligibility = field("age", cell)["eligibility"]
    assert isinstance(eligibility, dict)
    assert eligibility["minimum_age"] == age


@pytest.mark.parametrize(
    ("cell", "amount", "currency"),
    [
        ("£1,250,000", 1250000, "GBP"),
        ("£1.2m", 1200000, "GBP"),
        ("5000", 5000, "not stated"),
        ("€300", 300, "EUR"),
        ("0", 0, "not stated"),
    ],
)
def test_money(cell: str, amount: object, currency: str) -> None:
    funding = field("contract value", cell)["funding"]
    assert isinstance(funding, list)
    assert (funding[0]["amount"], funding[0]["currency"]) == (amount, currency)


def test_an_amount_that_is_none_is_not_stated() -> None:
    assert field("contract value", "about five")["funding"] == "not stated"


def test_what_is_not_there_is_not_stated_and_counted() -> None:
    draft = read("service,areas\nHaven,Alder\nHouse,\n")
    (service,) = draft.data["services"]
    assert service["level"] == service["provider"] == "not stated"
    assert service["contract"]["start"] == service["contract"]["end"] == "not stated"
    assert service["eligibility"]["minimum_age"] == "not stated"
    assert draft.not_stated["provider"] == 2 and draft.not_stated["areas"] == 1


def test_a_draft_is_a_valid_record() -> None:
    text = (
        "service,areas,start,end,age,funder,value,level,partners,capacity,referral\n"
        "Haven,Alder,1/7/2018,ongoing,18+,Trust,£5k,1:1,A; B,30,GP\n"
        "House,Atlantis,,,,,,,,,\nHub,Farwater,,2020-03,,,,,,,\nHome,Elm,,,,,,,,,\n"
    )
    region = {
        **{"name": "Farwater", "area": "quarter", "areas": "quarters", "area_kind": "quarter"},
        **{"as_at": "2020-06", "default_date": "2020-06-30", "scope": "women", "ref": "x §1"},
        **{"scope_minimum_age": 18, "map_title": "Map", "caveat": "Caveat."},
    }
    draft = read(text, ReadingContext(region, NAMES, {}))
    file = validate(draft.document(), NAMES)
    assert [s.id for s in file.services] == ["haven", "home"]
    assert [o.geography for o in file.other_provision] == ["area not stated", "region-wide"]


def test_what_a_list_does_not_say_of_its_subject() -> None:
    text = "service,areas,women only,contracted\nHaven,Alder,yes,no\nHouse,Elm,,\n"
    said = [(s["contracted"], s["people_specific"]) for s in read(text).data["services"]]
    assert said == [("no", "yes"), ("yes", "yes")]
    unsaid = ReadingContext({}, NAMES, {}, is_of_subject=False)
    said = [(s["contracted"], s["people_specific"]) for s in read(text, unsaid).data["services"]]
    assert said == [("no", "yes"), ("not stated", "not stated")]


def test_the_first_of_two_things_said_is_used_and_told() -> None:
    draft = read("service,areas,description\nHaven,Alder,one\nHaven,Elm,two\n")
    assert placed(draft) == {"Haven": ["Alder", "Elm"]}
    assert draft.data["services"][0]["description"] == "one"
    assert any("line 3, column 3" in n for n in draft.notes)


def test_one_name_with_two_providers_is_two_services() -> None:
    draft = read("service,provider,areas\nHub,A,Alder\nHub,B,Elm\nHub,,Damson\n")
    assert [s["provider"] for s in draft.data["services"]] == ["A", "B", "not stated"]
    assert len({s["id"] for s in draft.data["services"]}) == 3


def test_a_service_that_no_longer_runs_is_left_out_unless_its_end_is_known() -> None:
    text = (
        "service,areas,status,end\nHaven,Alder,closed,\nHouse,Elm,closed,2020-03\nHub,Elm,active,\n"
    )
    assert set(placed(read(text))) == {"House", "Hub"}


def test_a_directory_without_areas_is_provision_whose_area_is_not_stated() -> None:
    draft = read("name,postcode,website\nHaven,AL1 1AA,https://haven.example\nHouse,,\n")
    assert others(draft) == {"Haven": "area not stated", "House": "area not stated"}
    assert meanings(draft) == {"name": "name", "postcode": "personal", "website": "website"}
    assert "AL1 1AA" not in str(draft.data)


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Delivered by", "provider"),
        ("Contract End Date", "end"),
        ("Commissioned by", "commissioner"),
        ("Client group", "who"),
        ("Annual value (£)", "amount"),
        ("E-mail", "personal"),
        ("Favourite colour", "ignore"),
    ],
)
def test_columns_by_their_headings(heading: str, meaning: str) -> None:
    draft = read(f"Service name,Areas covered,{heading}\nHaven,Alder,something\n")
    assert meanings(draft)[heading] == meaning


def test_columns_by_what_stands_in_them() -> None:
    draft = read("Service,Patch\nHaven,Alder\nHouse,Elm\n")
    assert meanings(draft) == {"Service": "name", "Patch": "areas"}


def test_an_answer_given_before_wins() -> None:
    answered = ReadingContext({}, NAMES, {}, columns={"lead": "provider", "org": "ignore"})
    draft = read("service,areas,org,lead\nHaven,Alder,x,Haven Trust\n", answered)
    assert draft.data["services"][0]["provider"] == "Haven Trust"


def test_each_service_knows_its_row() -> None:
    draft = read("service,areas\nHaven,Alder\nHouse,Elm\n")
    assert str(draft.place(("services", 1, "service_area", "listed", 0))) == "line 3, column 2"
    assert str(draft.place(("services", 1, "name"))) == "line 3, column 1"


# What is refused


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,area,rate,rank\nQ1,Alder,1.5,2\nQ4,Elm,2.5,1\n", "--figures"),
        ('{"type": "FeatureCollection", "features": []}', "--boundaries"),
        ("when,how\n2018-01,2019-01\n", "no column that names services"),
        ("service,areas,status\nHaven,Alder,closed\n", "no service that is running"),
    ],
)
def test_a_file_that_is_no_list(text: str, said: str) -> None:
    with pytest.raises(InvalidData, match=said):
        read(text)


def test_a_list_of_another_region_is_refused() -> None:
    rows = "".join(f"S{i},Nowhere {i} of {i}\n" for i in range(5_000))
    with pytest.raises(InvalidData, match="match no area"):
        read(f"service,areas\n{rows}")


@pytest.mark.parametrize("cell", ["=1+1", "<b>x</b>", "\u202eHaven", "H\x07aven", "x" * 30_000])
def test_hostile_cells_stay_text(cell: str) -> None:
    assert len(placed(read(f'service,areas\n"{cell}",Alder\n'))) == 1
