"""Which area a text means: sure, to be confirmed, suggested, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from provision.regions.area_matching import AreaMatcher, MatchedBy


@dataclass(frozen=True)
class Named:
    code: str
    name: str


LONDON = AreaMatcher(
    [
        Named("E09000001", "City of London"),
        Named("E09000002", "Barking and Dagenham"),
        Named("E09000003", "Barnet"),
        Named("E09000007", "Camden"),
        Named("E09000013", "Hammersmith and Fulham"),
        Named("E09000019", "Islington"),
        Named("E09000020", "Kensington and Chelsea"),
        Named("E09000021", "Kingston upon Thames"),
        Named("E09000027", "Richmond upon Thames"),
        Named("E09000033", "Westminster"),
    ],
    {"LBHF": "Hammersmith and Fulham", "Inner West": "E09000033"},
    ["London"],
)
BRITAIN = AreaMatcher(
    [
        Named("W06000001", "Isle of Anglesey"),
        Named("W06000015", "Cardiff"),
        Named("W06000014", "Vale of Glamorgan"),
        Named("E06000010", "Kingston upon Hull, City of"),
        Named("E06000023", "Bristol, City of"),
        Named("E06000024", "North Somerset"),
        Named("E06000047", "County Durham"),
        Named("E06000057", "Northumberland"),
        Named("E07000195", "Newcastle-under-Lyme"),
        Named("E08000013", "St. Helens"),
        Named("E08000021", "Newcastle upon Tyne"),
        Named("E09000021", "Kingston upon Thames"),
        Named("01001", "Autauga"),
    ]
)

SURE = [
    (LONDON, "E09000007", "E09000007", MatchedBy.CODE),
    (LONDON, " e09000007 ", "E09000007", MatchedBy.CODE),
    (LONDON, "Camden", "E09000007", MatchedBy.OFFICIAL),
    (LONDON, "LBHF", "E09000013", MatchedBy.VARIANT),
    (LONDON, "lbhf", "E09000013", MatchedBy.VARIANT),
    (LONDON, "Inner West", "E09000033", MatchedBy.VARIANT),
    (LONDON, "London Borough of Camden", "E09000007", MatchedBy.NORMALISED),
    (LONDON, "LB Camden", "E09000007", MatchedBy.NORMALISED),
    (LONDON, "Camden Council", "E09000007", MatchedBy.NORMALISED),
    (LONDON, "Camden (London Boro)", "E09000007", MatchedBy.NORMALISED),
    (LONDON, "HAMMERSMITH & FULHAM", "E09000013", MatchedBy.NORMALISED),
    (LONDON, "Royal Borough of Kensington & Chelsea", "E09000020", MatchedBy.NORMALISED),
    (LONDON, "Richmond-on-Thames", "E09000027", MatchedBy.NORMALISED),
    (LONDON, "Westminster City Council", "E09000033", MatchedBy.NORMALISED),
    (LONDON, "City of Westminster", "E09000033", MatchedBy.NORMALISED),
    (LONDON, "City of London Corporation", "E09000001", MatchedBy.NORMALISED),
    (BRITAIN, "Isle of Anglesey - Ynys Môn", "W06000001", MatchedBy.NORMALISED),
    (BRITAIN, "Cardiff / Caerdydd", "W06000015", MatchedBy.NORMALISED),
    (BRITAIN, "The Vale of Glamorgan", "W06000014", MatchedBy.NORMALISED),
    (BRITAIN, "City and County of Cardiff", "W06000015", MatchedBy.NORMALISED),
    (BRITAIN, "Bristol", "E06000023", MatchedBy.NORMALISED),
    (BRITAIN, "City of Bristol (B)", "E06000023", MatchedBy.NORMALISED),
    (BRITAIN, "Durham County Council", "E06000047", MatchedBy.NORMALISED),
    (BRITAIN, "Saint Helens", "E08000013", MatchedBy.NORMALISED),
    (BRITAIN, "St Helens MBC", "E08000013", MatchedBy.NORMALISED),
    (BRITAIN, "1001", "01001", MatchedBy.NORMALISED),
]


@pytest.mark.parametrize(("matcher", "text", "code", "how"), SURE)
def test_sure(matcher: AreaMatcher, text: str, code: str, how: MatchedBy) -> None:
    found = matcher.match(text)
    assert (found.code, found.how, found.is_sure) == (code, how, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kingston", "E09000021"),
        ("Barking", "E09000002"),
        ("Richmond", "E09000027"),
        ("Chelsea", "E09000020"),
    ],
)
def test_a_short_name_is_to_be_confirmed(text: str, code: str) -> None:
    found = LONDON.match(text)
    assert (found.code, found.how, found.is_sure) == (code, MatchedBy.SHORT, False)


@pytest.mark.parametrize("text", ["Kingston", "Newcastle"])
def test_a_short_name_of_two_areas_is_neither(text: str) -> None:
    found = BRITAIN.match(text)
    assert (found.code, found.suggestion) == (None, None)
    assert " or " in found.reason


@pytest.mark.parametrize(
    "text",
    [
        *("London", "Greater London", "All of London", "Across London", "London-wide"),
        *("all boroughs", "All London boroughs", "region-wide", "pan-London"),
    ],
)
def test_the_region_s_own_name_is_all_of_it(text: str) -> None:
    found = LONDON.match(text)
    assert (found.code, found.how) == (None, MatchedBy.REGION_WIDE)


def test_an_area_that_is_called_as_its_region_is_the_area() -> None:
    matcher = AreaMatcher([Named("A", "Salter"), Named("B", "Mere")], region_names=["Salter"])
    assert matcher.match("Salter").code == "A"


@pytest.mark.parametrize(
    ("text", "name"), [("Islingtom", "Islington"), ("Barnett", "Barnet"), ("Camdem", "Camden")]
)
def test_a_slip_of_the_pen_is_suggested(text: str, name: str) -> None:
    found = LONDON.match(text)
    assert (found.code, found.how, found.suggestion) == (None, MatchedBy.NONE, name)


@pytest.mark.parametrize("text", ["", "North", "City", "Hull University", "Leeds", "x" * 500])
def test_nothing_is_guessed(text: str) -> None:
    found = LONDON.match(text)
    assert (found.code, found.how, found.suggestion) == (None, MatchedBy.NONE, None)
    assert found.reason


def test_another_direction_is_another_place() -> None:
    assert BRITAIN.match("South Somerset").suggestion is None


def test_nothing_is_suggested_where_two_names_are_near() -> None:
    matcher = AreaMatcher([Named("A", "Bolton"), Named("B", "Boston")])
    assert matcher.match("Bowton").suggestion is None


def test_a_name_of_several_areas_asks_for_the_code() -> None:
    matcher = AreaMatcher([Named("A1", "Newton"), Named("B2", "Newton"), Named("C3", "Elm")])
    found = matcher.match("Newton")
    assert (found.code, found.suggestion) == (None, None)
    assert "A1" in found.reason and "B2" in found.reason
    assert matcher.match("B2").code == "B2"


@pytest.mark.parametrize(
    ("matcher", "code", "said"),
    [
        (LONDON, "W06000015", "E09"),
        (LONDON, "E09000099", "another edition"),
        (LONDON, "00AA", "before 2011"),
        (BRITAIN, "E06000048", "E06000057"),
    ],
)
def test_a_code_is_explained_and_never_guessed(matcher: AreaMatcher, code: str, said: str) -> None:
    found = matcher.match(code)
    assert (found.code, found.suggestion) == (None, None)
    assert said in found.reason
