"""Which areas contracts reach for a theme: Farwater, worked out by hand (see the heads of
tests/city/services.yaml and themes.yaml), and London."""

from __future__ import annotations

from datetime import date

import pytest
from support import sketch
from support.theming import themed

from provision.coverage.basis import Basis
from provision.coverage.status import Count
from provision.record import Record
from provision.schema.themes import GradeLevel, Where
from provision.themes.reach import (
    Carriers,
    ThemeCoverage,
    carriers,
    lines_with,
    overview,
    placed,
    reach,
    reach_counts,
    reached,
    women_reached,
)
from provision.themes.together import (
    Together,
    could_be_together,
    intersection,
    together,
    together_counts,
    women_together,
)

DAY = date(2020, 6, 30)
LONDON_DAY = date(2018, 10, 31)
LETTER = {
    "T": ThemeCoverage.TARGET,
    "P": ThemeCoverage.PROVISION,
    "L": ThemeCoverage.LAPSED,
    "O": ThemeCoverage.NOT_NAMED,
    "N": ThemeCoverage.NONE,
    "-": ThemeCoverage.NOT_STATED,
}

# T a target, P named without a target, L lapsed (its contracts or all there were), O other
# contracts alone, N none, - not stated.
REACHES = {
    #                         Alder Birch Cedar Damson Elm Fir Gorse Harbour
    ("safety", "2019-04-14"): "-     -     -     -     -   -   -     -",
    ("safety", "2019-04-15"): "-     T     T     -     -   -   -     -",
    ("safety", "2020-06-30"): "P     T     T     O     -   N   -     -",
    ("safety", "2021-01-01"): "L     T     T     -     -   N   -     -",
    ("safety", "2021-02-01"): "T     T     T     -     T   N   -     T",
    ("safety", "2021-03-16"): "T     L     L     -     T   N   -     T",
    ("safety", "2022-07-01"): "L     L     L     -     L   N   -     L",
    ("work", "2019-04-15"): "  -     -     O     -     -   -   -     -",
    ("work", "2020-05-31"): "  -     -     O     O     -   -   -     -",
    ("work", "2020-06-01"): "  T     T     O     O     -   N   -     O",
    ("work", "2020-12-31"): "  T     T     O     -     -   N   -     -",
    ("work", "2021-01-01"): "  L     L     O     -     -   N   -     -",
    ("work", "2021-02-01"): "  L     L     O     -     O   N   -     O",
    ("work", "2021-03-16"): "  L     L     L     -     O   N   -     O",
    ("crossing", "2019-04-15"): "-   O     O     -     -   -   -     -",
    ("crossing", "2019-12-31"): "-   O     O     -     -   -   -     -",
    ("crossing", "2020-01-01"): "-   O     O     P     -   -   -     -",
    ("crossing", "2020-06-30"): "O   O     O     P     -   N   -     P",
    ("crossing", "2020-07-01"): "O   O     O     -     -   N   -     -",
    ("crossing", "2021-02-01"): "O   O     O     -     O   N   -     -",
    ("gaol", "2020-06-30"): "    O   O     O     O     -   N   -     O",
    ("silence", "2020-06-30"): " O   O     O     O     -   N   -     O",
    ("silence", "2022-07-01"): " L   L     L     -     L   N   -     -",
}


@pytest.mark.parametrize(("theme", "day"), REACHES)
def test_reach_of_every_quarter(theme: str, day: str, farwater: Record) -> None:
    found = reach(farwater, theme, date.fromisoformat(day))
    assert list(found["reach"]) == [LETTER[letter] for letter in REACHES[theme, day].split()]


def test_everything_about_every_quarter_on_one_day(farwater: Record) -> None:
    table = reach(farwater, "safety", date(2021, 3, 1))
    assert list(table.index) == ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8"]
    assert list(table["name"]) == [
        "Alder",
        "Birch",
        "Cedar",
        "Damson",
        "Elm",
        "Fir",
        "Gorse",
        "Harbour",
    ]
    assert list(table["counted"]) == [True] * 7 + [False]
    assert list(table["services"]) == [
        ("orchard",),
        ("harvest",),
        ("harvest",),
        (),
        ("orchard",),
        (),
        (),
        ("orchard",),
    ]
    assert list(table["ended"]) == [("lantern",), ("lantern",), (), (), (), (), (), ()]
    assert {type(kind) for kind in table["reach"]} == {ThemeCoverage} and {
        type(b) for b in table["basis"]
    } == {Basis}


def test_services_that_do_not_carry_the_theme_are_left_out(farwater: Record) -> None:
    table = reach(farwater, "work", DAY)
    assert list(table["services"]) == [("lantern",), ("lantern",), (), (), (), (), (), ()]


def test_what_a_caller_does_to_a_table_stays_his_own(farwater: Record) -> None:
    table = reach(farwater, "work", DAY)
    table["reach"] = ThemeCoverage.NONE
    assert reach(farwater, "work", DAY).at["Q1", "reach"] is ThemeCoverage.TARGET


def test_an_unknown_theme_has_no_reach(farwater: Record) -> None:
    with pytest.raises(KeyError):
        reach(farwater, "nothing", DAY)


NAMED, WIDE, NOWHERE, NO = Basis.NAMED, Basis.REGION_WIDE, Basis.AREA_NOT_STATED, Basis.NONE
BASES = {
    "safety": [NAMED, NAMED, NAMED, WIDE, WIDE, WIDE, WIDE, WIDE],
    "work": [NAMED, NAMED, NOWHERE, NOWHERE, NOWHERE, NOWHERE, NOWHERE, NOWHERE],
    "crossing": [NO, NO, NO, NAMED, NO, NO, NO, NAMED],
    "gaol": [NO] * 8,
    "silence": [NO] * 8,
}


@pytest.mark.parametrize("theme", BASES)
def test_the_firmest_basis_in_every_quarter(theme: str, farwater: Record) -> None:
    assert list(reach(farwater, theme, DAY)["basis"]) == BASES[theme]


def test_region_wide_is_firmer_than_an_area_not_stated() -> None:
    record = themed(
        sketch(["A"], {}, ["A"]), {"x": ((), ())}, beside={"x": ["area not stated", "region-wide"]}
    )
    assert reach(record, "x", DAY).at["A", "basis"] is WIDE


def test_a_contract_that_has_ended_is_no_basis(farwater: Record) -> None:
    assert list(reach(farwater, "work", date(2021, 1, 1))["basis"]) == [NOWHERE] * 8


@pytest.mark.parametrize(
    ("theme", "expected"),
    [
        ("safety", Carriers(("harvest", "orchard"), ("lantern",))),
        ("work", Carriers(("lantern",), ())),
        ("crossing", Carriers((), ("ferry", "quay"))),
        ("gaol", Carriers((), ())),
        ("silence", Carriers((), ())),
    ],
)
def test_carriers_of_every_theme(theme: str, expected: Carriers, farwater: Record) -> None:
    assert carriers(farwater, farwater.themes_by_id[theme]) == expected


def test_carriers_come_in_the_order_of_the_services_targets_first(farwater: Record) -> None:
    assert carriers(farwater, farwater.themes_by_id["safety"]).ids == (
        "harvest",
        "orchard",
        "lantern",
    )


def test_lines_by_where_they_are_to_be_had(farwater: Record) -> None:
    found = {
        where: [line.who for line in lines_with(farwater.themes_by_id["safety"], where)]
        for where in Where
    }
    assert found == {
        Where.NAMED_IN_CONTRACT: ["Harvest and Orchard", "Lantern"],
        Where.REGION_WIDE: ["the night line"],
        Where.NAMED_SITE: [],
        Where.AREA_NOT_STATED: [],
    }


@pytest.mark.parametrize("geography", ["region-wide", "named site", "area not stated"])
def test_provision_without_an_area_of_its_own_reaches_none(geography: str) -> None:
    record = themed(
        sketch(["A"], {"x": ("one-to-one", "2020-01", "2020-12", ["A"])}),
        {"t": ((), ())},
        beside={"t": [geography]},
    )
    assert reach(record, "t", DAY).at["A", "reach"] is ThemeCoverage.NOT_NAMED


# One area A, one theme; contracts as (start, end, whether it carries the theme).
OLD, NOW, NEW, OPEN = (
    ("2019-01", "2020-05"),
    ("2020-01", "2020-12"),
    ("2020-09", "2021-06"),
    ("2019-01", "not stated"),
)
COMBINED = {
    "its contract is active": ([(*NOW, True)], ThemeCoverage.TARGET),
    "its contract has ended": ([(*OLD, True)], ThemeCoverage.LAPSED),
    "its contract has ended, another is active": (
        [(*OLD, True), (*NOW, False)],
        ThemeCoverage.LAPSED,
    ),
    "its contract has ended, one like it is active": (
        [(*OLD, True), (*NOW, True)],
        ThemeCoverage.TARGET,
    ),
    "its contract has ended, one like it lies ahead": (
        [(*OLD, True), (*NEW, True)],
        ThemeCoverage.LAPSED,
    ),
    "its contract lies ahead": ([(*NEW, True)], ThemeCoverage.NOT_STATED),
    "its contract lies ahead, another is active": (
        [(*NEW, True), (*NOW, False)],
        ThemeCoverage.NOT_STATED,
    ),
    "another is active": ([(*NOW, False)], ThemeCoverage.NOT_NAMED),
    "another has ended": ([(*OLD, False)], ThemeCoverage.LAPSED),
    "another lies ahead": ([(*NEW, False)], ThemeCoverage.NOT_STATED),
    "nothing is known": ([], ThemeCoverage.NOT_STATED),
}


@pytest.mark.parametrize("case", COMBINED)
def test_reach_where(case: str) -> None:
    terms, expected = COMBINED[case]
    services = {
        f"s{i}": ("one-to-one", start, end, ["A"]) for i, (start, end, _) in enumerate(terms)
    }
    record = themed(
        sketch(["A"], services), {"t": ([f"s{i}" for i, (*_, own) in enumerate(terms) if own], ())}
    )
    assert reach(record, "t", DAY).at["A", "reach"] is expected


@pytest.mark.parametrize(
    ("own", "expected"), [(True, ThemeCoverage.NOT_STATED), (False, ThemeCoverage.NOT_STATED)]
)
def test_an_end_that_is_not_stated_leaves_later_days_open(
    own: bool, expected: ThemeCoverage
) -> None:
    record = themed(
        sketch(["A"], {"s": ("one-to-one", *OPEN, ["A"])}), {"t": (["s"] if own else (), ())}
    )
    assert reach(record, "t", date(2020, 7, 1)).at["A", "reach"] is expected


def test_listed_as_having_none_is_not_said_of_days_before_the_record() -> None:
    record = themed(sketch(["A"], {}, ["A"]), {"t": ((), ())})
    found = [
        reach(record, "t", day).at["A", "reach"]
        for day in (date(2020, 5, 31), date(2020, 6, 1), date(2030, 1, 1))
    ]
    assert found == [ThemeCoverage.NOT_STATED, ThemeCoverage.NONE, ThemeCoverage.NONE]


@pytest.mark.parametrize(
    ("day", "expected"), [("2020-06-30", ["A", "B"]), ("2020-10-01", ["B"]), ("2021-04-01", [])]
)
def test_a_target_of_two_services_reaches_where_one_of_them_still_runs(
    day: str, expected: list[str]
) -> None:
    services = {
        "x": ("one-to-one", "2020-01", "2020-09", ["A"]),
        "y": ("one-to-one", "2020-01", "2021-03", ["B"]),
    }
    table = reach(
        themed(sketch(["A", "B"], services), {"t": (["x", "y"], ())}), "t", date.fromisoformat(day)
    )
    assert reached(table, ThemeCoverage.TARGET) == expected
    assert reached(table, ThemeCoverage.LAPSED) == [a for a in "AB" if a not in expected]


def test_counts_leave_the_port_out_and_hold_every_kind(farwater: Record) -> None:
    assert reach_counts(reach(farwater, "crossing", DAY)) == {
        **{ThemeCoverage.TARGET: 0, ThemeCoverage.PROVISION: 1, ThemeCoverage.LAPSED: 0},
        **{ThemeCoverage.NOT_NAMED: 3, ThemeCoverage.NONE: 1, ThemeCoverage.NOT_STATED: 2},
    }


def test_reached_is_by_target_or_by_name_unless_a_kind_is_asked_for(farwater: Record) -> None:
    table = reach(farwater, "safety", DAY)
    assert reached(table) == ["Q1", "Q2", "Q3"]
    assert reached(table, ThemeCoverage.PROVISION) == ["Q1"]
    assert reached(table, ThemeCoverage.NOT_STATED) == ["Q5", "Q7"]
    assert reached(reach(farwater, "crossing", DAY)) == ["Q4"], (
        "Harbour is reached too and is not counted"
    )


def test_women_by_what_contracts_say_of_where_they_live(farwater: Record) -> None:
    found = women_reached(farwater, reach(farwater, "safety", DAY))
    assert {kind: women.total for kind, women in found.items()} == {
        **{ThemeCoverage.TARGET: 5000, ThemeCoverage.PROVISION: 1000, ThemeCoverage.LAPSED: 0},
        **{ThemeCoverage.NOT_NAMED: 4000, ThemeCoverage.NONE: 600, ThemeCoverage.NOT_STATED: 5000},
    }
    assert (found[ThemeCoverage.NOT_STATED].areas, found[ThemeCoverage.NOT_STATED].missing) == (
        2,
        1,
    ), "Gorse has no figure"
    assert {women.from_age for women in found.values()} == {18}


# Overview


def test_everything_the_overview_holds_of_a_theme(farwater: Record) -> None:
    row = overview(farwater, DAY).loc["work"].to_dict()
    assert row == {
        **{
            "title": "Work and money",
            "grade": GradeLevel.TARGET_OR_PROVISION,
            "figures": 1,
            "statements": 1,
            "targets": ("work",),
        },
        **{
            "with_target": ("Q1", "Q2"),
            "with_provision": (),
            "reached": ("Q1", "Q2"),
            "open": 2,
            "lapsed": 0,
            "carried": True,
        },
        **{
            "region_wide": False,
            "area_not_stated": True,
            "data_gaps": 0,
            "next_steps": 1,
            "feedback": 1,
        },
    }


def test_a_theme_with_a_target_here_and_a_name_there_has_both_apart(farwater: Record) -> None:
    row = overview(farwater, DAY).loc["safety"]
    assert (row["with_target"], row["with_provision"], row["reached"]) == (
        ("Q2", "Q3"),
        ("Q1",),
        ("Q1", "Q2", "Q3"),
    )
    assert row["region_wide"] and not row["area_not_stated"]


def test_the_worst_grade_comes_first(farwater: Record) -> None:
    assert list(overview(farwater, DAY).index) == ["silence", "gaol", "crossing", "safety", "work"]


def test_of_one_grade_the_theme_that_reaches_fewest_comes_first_and_ties_stay_in_the_order_of_the_file() -> (
    None
):
    services = {
        "one": ("one-to-one", "2020-01", "2020-12", ["A"]),
        "two": ("one-to-one", "2020-01", "2020-12", ["A", "B"]),
    }
    themes = {"wide": (["two"], ()), "zero": ((), ()), "narrow": ((), ["one"]), "nought": ((), ())}
    record = themed(sketch(["A", "B"], services), themes)
    assert list(overview(record, DAY).index) == ["zero", "nought", "narrow", "wide"]


def test_a_grade_goes_before_a_reach() -> None:
    record = themed(
        sketch(["A"], {"s": ("one-to-one", "2020-01", "2020-12", ["A"])}),
        {"good": ((), ()), "bad": (["s"], ())},
        grades={"bad": "little-or-none"},
    )
    assert list(overview(record, DAY).index) == ["bad", "good"]


def test_a_record_without_themes_has_an_empty_overview(city: Record) -> None:
    assert len(overview(city, DAY)) == 0 and placed(city, DAY) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-04-14", []),
        ("2019-04-15", ["safety"]),
        ("2020-06-30", ["work", "safety", "crossing"]),
        ("2021-01-01", ["safety"]),
        ("2022-07-01", []),
    ],
)
def test_themes_that_reach_any_quarter(day: str, expected: list[str], farwater: Record) -> None:
    assert placed(farwater, date.fromisoformat(day)) == expected


# Intersection

ALL, SOME, NONE, OPEN_ = Together.ALL, Together.SOME, Together.NONE, Together.NOT_STATED
LAPSED = Together.LAPSED
TOGETHER_LETTER = {"A": ALL, "S": SOME, "L": LAPSED, "N": NONE, "-": OPEN_}
MEETINGS = {
    # A all, S some, L lapsed, N none, - not stated Alder Birch Cedar Damson Elm Fir Gorse Harbour
    ("safety work", "2020-06-30"): "                A     A     S     N     -   N   -     -",
    ("work safety", "2020-06-30"): "                A     A     S     N     -   N   -     -",
    ("safety work", "2021-01-01"): "                L     S     S     -     -   N   -     -",
    ("safety work", "2019-04-15"): "                -     -     S     -     -   -   -     -",
    ("work crossing", "2019-04-15"): "              -     -     N     -     -   -   -     -",
    ("work crossing", "2020-06-30"): "              S     S     N     S     -   N   -     S",
    ("work safety crossing", "2020-06-30"): "       S     S     S     S     -   N   -     -",
    ("work", "2020-06-30"): "                       A     A     N     N     -   N   -     N",
    ("gaol silence", "2020-06-30"): "               N     N     N     N     -   N   -     N",
    ("safety crossing", "2021-02-01"): "            S     S     S     -     S   N   -     -",
    ("work gaol", "2021-02-01"): "                  L     L     N     -     N   N   -     N",
    ("safety silence", "2022-07-01"): "             L     L     L     -     L   N   -     -",
}


@pytest.mark.parametrize(("themes", "day"), MEETINGS)
def test_how_themes_meet_in_every_quarter(themes: str, day: str, farwater: Record) -> None:
    found = intersection(farwater, themes.split(), date.fromisoformat(day))
    assert list(found["together"]) == [
        TOGETHER_LETTER[letter] for letter in MEETINGS[themes, day].split()
    ]


def test_what_a_quarter_has_lacks_and_leaves_open(farwater: Record) -> None:
    table = intersection(farwater, ["work", "safety", "crossing"], DAY)
    rows = zip(table["have"], table["lack"], table["open"], strict=True)
    assert list(rows) == [
        (("work", "safety"), ("crossing",), ()),  # Alder
        (("work", "safety"), ("crossing",), ()),  # Birch
        (("safety",), ("work", "crossing"), ()),  # Cedar
        (("crossing",), ("work", "safety"), ()),  # Damson
        ((), (), ("work", "safety", "crossing")),  # Elm
        ((), ("work", "safety", "crossing"), ()),  # Fir
        ((), (), ("work", "safety", "crossing")),  # Gorse
        (("crossing",), ("work",), ("safety",)),  # Harbour
    ]


def test_together_leaves_the_port_out(farwater: Record) -> None:
    found = together(intersection(farwater, ["work", "safety"], DAY))
    assert found == {
        ALL: ["Q1", "Q2"],
        SOME: ["Q3"],
        LAPSED: [],
        NONE: ["Q4", "Q6"],
        OPEN_: ["Q5", "Q7"],
    }


def test_an_open_quarter_could_have_all_some_or_none(farwater: Record) -> None:
    counts = together_counts(intersection(farwater, ["work", "safety"], DAY))
    assert counts == {
        ALL: Count(2, 4),
        SOME: Count(1, 3),
        LAPSED: Count(0, 0),
        NONE: Count(2, 4),
        OPEN_: Count(2, 2),
    }


def test_one_theme_cannot_be_had_in_part(farwater: Record) -> None:
    counts = together_counts(intersection(farwater, ["work"], DAY))
    assert counts == {
        ALL: Count(2, 4),
        SOME: Count(0, 0),
        LAPSED: Count(0, 0),
        NONE: Count(3, 5),
        OPEN_: Count(2, 2),
    }


def test_what_an_open_quarter_has_already_it_cannot_have_none_of(farwater: Record) -> None:
    table = intersection(farwater, ["safety", "work"], date(2019, 4, 15))
    assert "Q2" not in could_be_together(table)[NONE], "Birch has safety"
    assert together_counts(table) == {
        ALL: Count(0, 6),
        SOME: Count(1, 7),
        LAPSED: Count(0, 0),
        NONE: Count(0, 5),
        OPEN_: Count(6, 6),
    }


def test_what_an_open_quarter_lacks_already_it_cannot_have_all_of(farwater: Record) -> None:
    table = intersection(farwater, ["work", "crossing"], date(2019, 4, 15))
    assert "Q2" not in could_be_together(table)[ALL], "Birch has contracts, and none for crossing"
    assert together_counts(table) == {
        ALL: Count(0, 5),
        SOME: Count(0, 6),
        LAPSED: Count(0, 0),
        NONE: Count(1, 7),
        OPEN_: Count(6, 6),
    }


def test_women_where_themes_meet(farwater: Record) -> None:
    found = women_together(farwater, intersection(farwater, ["work", "safety"], DAY))
    assert {kind: (w.total, w.areas) for kind, w in found.items() if w.areas} == {
        ALL: (3000, 2),
        SOME: (3000, 1),
        NONE: (4600, 2),
        OPEN_: (5000, 2),
    }
    assert {kind: w.possible for kind, w in found.items() if w.possible_areas} == {
        ALL: 5000,
        SOME: 5000,
        NONE: 5000,
    }


def test_an_unknown_theme_meets_nothing(farwater: Record) -> None:
    with pytest.raises(KeyError):
        intersection(farwater, ["work", "nothing"], DAY)


# London, worked out by hand from the lists in its contracts

WRAPAROUND = [
    *(
        "Barking and Dagenham",
        "Brent",
        "Camden",
        "Ealing",
        "Hammersmith and Fulham",
        "Hounslow",
        "Haringey",
        "Harrow",
        "Havering",
        "Hillingdon",
    ),
    *("Islington", "Kensington and Chelsea", "Newham", "Waltham Forest", "Westminster"),
]
ALLIANCE = ["Croydon", "Lambeth", "Lewisham", "Southwark", "Sutton", "Wandsworth"]
WITHOUT = [
    "Barnet",
    "Bexley",
    "Bromley",
    "Kingston upon Thames",
    "Merton",
    "Richmond upon Thames",
    "Tower Hamlets",
]
CRC_ONLY = ["Enfield", "Hackney", "Redbridge"]
BY_TARGET = [
    "accommodation",
    "children",
    "domestic-abuse",
    "drugs",
    "employment",
    "mental-health",
    "poverty",
]
NOWHERE_AT_ALL = ["bame", "gangs", "lgbt", "prostitution", "recall", "trafficked"]
THE_NINE = ["young-women", "foreign-national", *BY_TARGET]


def names(record: Record, codes: list[str]) -> list[str]:
    return sorted(record.by_code[code].name for code in codes)


@pytest.mark.parametrize("theme", BY_TARGET)
def test_seven_themes_reach_21_boroughs_by_target(theme: str, london: Record) -> None:
    table = reach(london, theme, LONDON_DAY)
    assert names(london, reached(table, ThemeCoverage.TARGET)) == sorted(WRAPAROUND + ALLIANCE)
    assert names(london, reached(table, ThemeCoverage.NOT_NAMED)) == CRC_ONLY
    assert names(london, reached(table, ThemeCoverage.NONE)) == WITHOUT
    assert names(london, reached(table, ThemeCoverage.NOT_STATED)) == ["Greenwich"]
    assert not reached(table, ThemeCoverage.PROVISION, ThemeCoverage.LAPSED)


def test_young_women_have_a_target_in_the_15_of_one_service(london: Record) -> None:
    table = reach(london, "young-women", LONDON_DAY)
    assert (
        names(london, reached(table))
        == names(london, reached(table, ThemeCoverage.TARGET))
        == sorted(WRAPAROUND)
    )


def test_16_boroughs_lack_a_young_women_s_target_and_for_greenwich_nobody_says(
    london: Record,
) -> None:
    table = reach(london, "young-women", LONDON_DAY)
    assert names(london, reached(table, ThemeCoverage.NOT_NAMED, ThemeCoverage.NONE)) == sorted(
        WITHOUT + CRC_ONLY + ALLIANCE
    )


def test_foreign_national_women_are_reached_in_21_boroughs_without_a_target(london: Record) -> None:
    table = reach(london, "foreign-national", LONDON_DAY)
    assert names(london, reached(table, ThemeCoverage.PROVISION)) == sorted(WRAPAROUND + ALLIANCE)
    assert not reached(table, ThemeCoverage.TARGET)


@pytest.mark.parametrize("theme", NOWHERE_AT_ALL)
def test_six_themes_reach_no_borough_that_can_be_placed(theme: str, london: Record) -> None:
    assert reach_counts(reach(london, theme, LONDON_DAY)) == {
        **{ThemeCoverage.TARGET: 0, ThemeCoverage.PROVISION: 0, ThemeCoverage.LAPSED: 0},
        **{ThemeCoverage.NOT_NAMED: 24, ThemeCoverage.NONE: 7, ThemeCoverage.NOT_STATED: 1},
    }


def test_nine_themes_can_be_placed(london: Record) -> None:
    assert sorted(placed(london, LONDON_DAY)) == sorted(THE_NINE)
    assert len(overview(london, LONDON_DAY)) == len(london.themes)


def test_15_boroughs_have_all_nine(london: Record) -> None:
    table = intersection(london, THE_NINE, LONDON_DAY)
    found = {kind: names(london, codes) for kind, codes in together(table).items()}
    assert found == {
        ALL: sorted(WRAPAROUND),
        SOME: ALLIANCE,
        LAPSED: [],
        NONE: sorted(WITHOUT + CRC_ONLY),
        OPEN_: ["Greenwich"],
    }
    assert together_counts(table) == {
        ALL: Count(15, 16),
        SOME: Count(6, 7),
        LAPSED: Count(0, 0),
        NONE: Count(10, 11),
        OPEN_: Count(1, 1),
    }
    assert {
        lack for name, lack in zip(table["name"], table["lack"], strict=True) if name in ALLIANCE
    } == {("young-women",)}


def test_the_city_of_london_is_not_stated_and_not_counted(london: Record) -> None:
    for theme in london.themes_by_id:
        row = reach(london, theme, LONDON_DAY).loc["E09000001"]
        assert row["reach"] is ThemeCoverage.NOT_STATED and not row["counted"]


def test_after_the_last_contract_every_theme_has_lapsed_where_there_was_one(london: Record) -> None:
    assert placed(london, date(2021, 4, 1)) == []
    counts = reach_counts(reach(london, "young-women", date(2021, 4, 1)))
    assert (
        counts[ThemeCoverage.LAPSED],
        counts[ThemeCoverage.NONE],
        counts[ThemeCoverage.NOT_STATED],
    ) == (24, 7, 1)


def test_where_every_contract_for_several_themes_has_ended_is_not_none(london: Record) -> None:
    found = together(intersection(london, THE_NINE, date(2021, 4, 1)))
    assert names(london, found[LAPSED]) == sorted(WRAPAROUND + ALLIANCE + CRC_ONLY)
    assert names(london, found[NONE]) == WITHOUT
    assert names(london, found[OPEN_]) == ["Greenwich"] and not found[ALL] and not found[SOME]


def test_the_worst_of_london_s_themes_come_first(london: Record) -> None:
    order = [
        *("bame", "recall", "lgbt", "gangs", "prostitution", "trafficked", "foreign-national"),
        *("young-women", "domestic-abuse", "accommodation", "children", "drugs", "employment"),
        *("mental-health", "poverty"),
    ]
    found = overview(london, LONDON_DAY).index
    assert [theme for theme in found if theme in order] == order
