"""The sentences about themes, word for word: Farwater on days whose counts are odd, and regions
with other words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from support import sketch
from support.theming import themed

from provision.coverage.need import Women
from provision.record import Record
from provision.schema.themes import GradeLevel, Where
from provision.text.labels import GRADE_WORDS, REACH_WORDS, TOGETHER_WORDS
from provision.text.partners import (
    partners_heading,
    pathway_heading,
    reliance_sentence,
    single_partner_sentence,
)
from provision.text.themes import (
    place_words,
    reach_heading,
    reached_names,
    theme_heading,
    theme_why,
    themes_heading,
)
from provision.text.together import (
    beside_sentences,
    chosen_titles,
    every_theme_heading,
    lacking_sentence,
    together_heading,
)
from provision.text.wording import women_range_text
from provision.themes.partners import reliances
from provision.themes.reach import ThemeCoverage
from provision.themes.together import Together

DAY = date(2020, 6, 30)
NOW = ("one-to-one", "2020-01", "2020-12")


def test_every_value_has_words() -> None:
    assert set(GRADE_WORDS) == set(GradeLevel)
    assert set(REACH_WORDS) == set(ThemeCoverage) and set(TOGETHER_WORDS) == set(Together)
    for words in (GRADE_WORDS, REACH_WORDS, TOGETHER_WORDS):
        assert len(set(words.values())) == len(words), "no two values are told alike"


def test_how_the_themes_stand(farwater: Record) -> None:
    assert str(themes_heading(farwater, DAY)) == (
        "The source describes little or no provision for 2 of 5 themes. No provision described: Women"
        " nobody speaks of. Little or none: Women in gaol."
    )


def test_a_grade_that_no_theme_has_is_not_spoken_of() -> None:
    record = themed(
        sketch(["A"], {}),
        {"x": ((), ()), "y": ((), ())},
        grades={"x": "little-or-none", "y": "little-or-none"},
    )
    assert (
        str(themes_heading(record, DAY))
        == "The source describes little or no provision for 2 of 2 themes. Little or none: X and Y."
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (
            "2020-06-30",
            (
                "Contracts reach at least one quarter for 3 of 5 themes. Date: June 2020. We"
                " cannot map provision for 2 themes."
            ),
        ),
        (
            "2021-01-01",
            (
                "Contracts reach at least one quarter for 1 of 5 themes. Date: 1 January 2021."
                " For 2 more, contracts have ended or are not known. We cannot map provision for"
                " 2 themes."
            ),
        ),
    ],
)
def test_for_how_many_themes_contracts_reach_a_quarter(
    day: str, expected: str, farwater: Record
) -> None:
    assert str(reach_heading(farwater, date.fromisoformat(day))) == expected


def test_where_every_contract_has_ended_none_is_active_for_a_theme(three: Record) -> None:
    assert (
        str(reach_heading(three, date(2021, 1, 1)))
        == "We know of no active contract for a theme in any area. Date: 1 January 2021."
    )


GAPS = {
    ("work", "2020-06-30"): (
        "Work and money: no shortage reported. Date: June 2020. Contracts with a target"
        " reach 2 of Farwater's 7 quarters. Other contracts only: 2 quarters. No"
        " contracted service: 1 quarter. Not known: Elm and Gorse. Further provision is"
        " in quarters not known."
    ),
    ("crossing", "2020-06-30"): (
        "Women who cross the river: significant unmet need likely. Date: June 2020."
        " Contracts without a target reach 1 of Farwater's 7 quarters. Other contracts"
        " only: 3 quarters. No contracted service: 1 quarter. Not known: Elm and Gorse."
    ),
    ("safety", "2022-07-01"): (
        "Safety at home: limited or insufficient provision. Date: 1 July 2022. No"
        " active contract for this theme reaches any of Farwater's 7 quarters. Contract"
        " ended: 4 quarters. No contracted service: 1 quarter. Not known: Damson and"
        " Gorse. Further provision is Farwater-wide."
    ),
    ("safety", "2019-04-14"): (
        "Safety at home: limited or insufficient provision. Date: 14 April 2019. We do"
        " not know which of Farwater's 7 quarters a contract reaches. Not known: 7"
        " quarters. Further provision is Farwater-wide."
    ),
    ("safety", "2021-03-01"): (
        "Safety at home: limited or insufficient provision. Date: 1 March 2021."
        " Contracts with a target reach 4 of Farwater's 7 quarters. No contracted"
        " service: 1 quarter. Not known: Damson and Gorse. Further provision is"
        " Farwater-wide."
    ),
    ("gaol", "2020-06-30"): (
        "Women in gaol: little or no provision. No contract is named for this theme in any quarter."
    ),
    ("silence", "2020-06-30"): (
        "Women nobody speaks of: no provision described. No contract is named for this"
        " theme in any quarter."
    ),
}


@pytest.mark.parametrize(("theme", "day"), GAPS)
def test_the_gap_of_a_theme(theme: str, day: str, farwater: Record) -> None:
    assert (
        str(theme_heading(farwater, farwater.themes_by_id[theme], date.fromisoformat(day)))
        == GAPS[theme, day]
    )


def test_provision_beside_no_contract_is_told_as_what_there_is() -> None:
    record = themed(
        sketch(["A"], {}), {"x": ((), ())}, beside={"x": ["region-wide", "area not stated"]}
    )
    assert str(theme_heading(record, record.themes_by_id["x"], DAY)) == (
        "X: no shortage reported. No contract is named for this theme in any area. The"
        " provision described is Somewhere-wide or is in areas not known."
    )


def test_where_every_area_is_reached_nothing_is_left_to_say() -> None:
    record = themed(sketch(["A", "B"], {"s": (*NOW, ["A", "B"])}), {"x": (["s"], ())})
    said = str(theme_heading(record, record.themes_by_id["x"], DAY))
    assert said == (
        "X: no shortage reported. Date: June 2020. Contracts with a target reach 2 of"
        " Somewhere's 2 areas."
    )


def test_more_than_four_open_areas_are_counted_and_not_named() -> None:
    record = themed(sketch(list("ABCDEF"), {"s": (*NOW, ["A"])}), {"x": (["s"], ())})
    assert str(theme_heading(record, record.themes_by_id["x"], DAY)).endswith(
        "reach 1 of Somewhere's 6 areas. Not known: 5 areas."
    )


def test_in_london_from_ten_on_digits(london: Record) -> None:
    said = str(theme_heading(london, london.themes_by_id["young-women"], date(2018, 10, 31)))
    assert "Contracts with a target reach 15 of London's 32 boroughs." in said
    assert "Other contracts only: 9 boroughs. No contracted service: 7 boroughs." in said
    assert "Not known: Greenwich." in said


# Several themes


def test_two_themes_together_in_london(london: Record) -> None:
    said = str(together_heading(london, ["young-women", "children"], date(2018, 10, 31)))
    assert said.startswith("10–11 of London's 32 boroughs lack a contract for either theme.")
    assert "Contract for both: 15–16. For one: 6–7. For none: 10–11, home to " in said
    assert said.endswith(" women aged 18 or over.")


TOGETHER = {
    "a": (
        "1 of Somewhere's 3 areas lacks a contract for this theme. Date: June 2020. A. Contract for"
        " it: 2. For none: 1, home to W."
    ),
    "a b": (
        "1 of Somewhere's 3 areas lacks a contract for either theme. Date: June 2020. A and B."
        " Contract for both: 1. For one: 1. For none: 1, home to W."
    ),
    "a b c": (
        "1 of Somewhere's 3 areas lacks a contract for any of 3 themes. Date: June 2020. A, B and"
        " C. Contract for all 3: 0. For some: 2. For none: 1, home to W. No contract anywhere names"
        " C."
    ),
}


@pytest.fixture
def three() -> Record:
    """Areas X, Y, Z; theme A in X and Y, theme B in X, theme C nowhere; Z has nothing."""
    record = sketch(["X", "Y", "Z"], {"s": (*NOW, ["X", "Y"]), "t": (*NOW, ["X"])}, ["Z"])
    return themed(record, {"a": (["s"], ()), "b": ((), ["t"]), "c": ((), ())})


@pytest.mark.parametrize("themes", TOGETHER)
def test_one_two_and_three_themes_together(themes: str, three: Record) -> None:
    said = str(together_heading(three, themes.split(), DAY))
    assert said == TOGETHER[themes].replace("W", "an unknown number of women aged 18 or over")


def test_contracts_that_have_ended_are_told_apart_from_none(three: Record) -> None:
    said = str(together_heading(three, ["a", "b"], date(2021, 1, 1)))
    assert "Contract ended: 2. For none: 1," in said


@pytest.mark.parametrize(
    ("women", "expected"),
    [
        (Women(18, 600, 1, 0), "600 women aged 18 or over"),
        (Women(18, 0, 0, 0), "0 women aged 18 or over"),
        (Women(15, 4600, 2, 0, 5000, 1), "4,600 to 9,600 women aged 15 or over"),
        (Women(18, 600, 1, 0, 0, 0), "600 women aged 18 or over"),
        (Women(18, None, 2, 2), "an unknown number of women aged 18 or over"),
        (
            Women(18, 600, 1, 0, None, 1, 1),
            "600 or more women aged 18 or over, not counting one area without a figure",
        ),
        (
            Women(18, 5000, 2, 1),
            "5,000 women aged 18 or over, not counting one area without a figure",
        ),
        (
            Women(18, 600, 1, 0, 5000, 2, 1),
            "600 or more women aged 18 or over, not counting one area without a figure",
        ),
        (
            Women(18, 600, 2, 1, 5000, 2, 1),
            "600 or more women aged 18 or over, not counting two areas without a figure",
        ),
    ],
)
def test_a_number_of_women_as_a_range(women: Women, expected: str, three: Record) -> None:
    assert women_range_text(women, three.file.region) == expected


@pytest.mark.parametrize(
    ("themes", "expected"),
    [
        (["work", "safety"], "Two quarters have neither a contract for “Work and money” nor for “Safety at home”: Damson and Fir."),
        (["work"], "Three quarters have no contract for “Work and money”: Cedar, Damson and Fir."),
        (["work", "safety", "crossing", "gaol"], "One quarter has no contract for any of the four themes: Fir."),
        (["work", "safety", "crossing", "gaol", "silence"], "One quarter has no contract for any of the five themes: Fir."),
    ],
)  # fmt: skip
def test_which_quarters_lack_all_of_several_themes(
    themes: list[str], expected: str, farwater: Record
) -> None:
    assert lacking_sentence(farwater, themes, DAY) == expected


def test_where_no_area_lacks_all_of_them() -> None:
    record = themed(sketch(["A"], {"s": (*NOW, ["A"])}), {"x": (["s"], ())})
    assert (
        lacking_sentence(record, ["x"], DAY)
        == "Every area has a contract for it, has lapsed, or is not stated."
    )


def test_which_boroughs_lack_a_young_women_s_target(london: Record) -> None:
    assert (
        lacking_sentence(london, ["young-women"], date(2018, 10, 31))
        == "16 boroughs have no contract for “Young women and care leavers”: Barnet, Bexley,"
        " Bromley, Croydon, Enfield, Hackney, Kingston upon Thames, Lambeth, Lewisham, Merton,"
        " Redbridge, Richmond upon Thames, Southwark, Sutton, Tower Hamlets and Wandsworth."
    )


def test_every_theme_that_any_quarter_has(farwater: Record, three: Record) -> None:
    assert (
        every_theme_heading(farwater, DAY).headline
        == "0 quarters (perhaps 2) have contracts for all 3 mapped themes"
    )
    assert (
        every_theme_heading(three, DAY).headline == "1 area has a contract for all 2 mapped themes"
    )


def test_after_the_last_contract_no_theme_has_one(farwater: Record) -> None:
    assert (
        str(every_theme_heading(farwater, date(2022, 7, 1)))
        == "We know of no active contract for a theme in any quarter. Date: 1 July 2022."
    )


def test_what_no_map_of_several_themes_can_show(farwater: Record) -> None:
    assert beside_sentences(farwater, ["work", "safety", "gaol", "silence"]) == [
        "Farwater-wide provision, counted for no quarter: Safety at home.",
        (
            "Provision whose area is not stated, so that a quarter without a contract may still"
            " have it: Work and money."
        ),
        "No contract is named for it in any quarter: Women in gaol and Women nobody speaks of.",
    ]
    assert beside_sentences(farwater, ["crossing"]) == []


def test_titles_in_running_text(farwater: Record) -> None:
    assert chosen_titles(farwater, ["work", "gaol"]) == "Work and money and Women in gaol"
    assert chosen_titles(farwater, []) == "none"


def test_the_names_of_the_quarters_reached(farwater: Record) -> None:
    assert reached_names(farwater, "safety", DAY) == ["Alder", "Birch", "Cedar"]
    assert reached_names(farwater, "gaol", DAY) == []


# Why an area has its place on a theme's map

WHY = {
    ("safety", "Q1", "2020-06-30"): (
        "As at June 2020, a contract that names Alder is named for “Safety at home”, without a"
        " target: The Lantern service (the start is not stated, to December 2020)."
    ),
    ("safety", "Q3", "2020-06-30"): (
        "As at June 2020, a contract that names Cedar carries a target for “Safety at home”: The"
        " Harvest service (from 15 April 2019, to 15 March 2021)."
    ),
    ("work", "Q2", "2021-01-01"): (
        "By 1 January 2021, every contract for “Work and money” that named Birch has ended: The"
        " Lantern service (the start is not stated, to December 2020). The source does not say what"
        " followed."
    ),
    ("work", "Q4", "2020-06-30"): (
        "Contracts name Damson, and none of them is named for “Work and money”. That does not mean"
        " that there is nothing."
    ),
    ("work", "Q6", "2020-06-30"): (
        "The source lists Fir as having no contracted service, so no contract reaches it for “Work"
        " and money”."
    ),
    (
        "work",
        "Q7",
        "2020-06-30",
    ): "As at June 2020 it is not stated whether a contract reaches Gorse for “Work and money”.",
}


@pytest.mark.parametrize(("theme", "code", "day"), WHY)
def test_why_a_quarter_has_its_place_on_the_map(
    theme: str, code: str, day: str, farwater: Record
) -> None:
    first = theme_why(farwater, farwater.themes_by_id[theme], code, date.fromisoformat(day))[0]
    assert first.text == WHY[theme, code, day]
    assert first.refs


def test_what_a_theme_has_beside_its_contracts_is_told_with_it(farwater: Record) -> None:
    assert [s.text for s in theme_why(farwater, farwater.themes_by_id["safety"], "Q6", DAY)][
        1:
    ] == ["Beside the contracts, Farwater-wide: the night line: somebody to talk to."]
    assert [s.text for s in theme_why(farwater, farwater.themes_by_id["work"], "Q6", DAY)][1:] == [
        "Beside the contracts, in areas that are not stated: outreach workers, not named: advice in"
        " the street."
    ]
    assert len(theme_why(farwater, farwater.themes_by_id["silence"], "Q6", DAY)) == 1


# Partners and the pathway


def test_who_carries_the_services(farwater: Record, london: Record) -> None:
    assert str(partners_heading(farwater)) == (
        "4 organisations lead, oversee or share the 5 contracted services. In more than"
        " one: Lantern."
    )
    assert str(partners_heading(london)) == (
        "18 organisations lead, oversee or share the 3 contracted services. In more"
        " than one: Advance, Clean Break, Hibiscus Initiatives, Housing for Women and"
        " Working Chance."
    )


def test_whom_provision_rests_on(farwater: Record) -> None:
    assert [reliance_sentence(farwater, r) for r in reliances(farwater)] == [
        "Women who cross the river: Lantern only.",
        ("Work and money: Lantern. The source mentions unnamed others."),
        ("Safety at home: Harvest Trust and Lantern. The source mentions unnamed others."),
        "Women in gaol: provider not named.",
    ]


def test_themes_that_rest_on_one(farwater: Record, city: Record) -> None:
    assert single_partner_sentence(farwater) == (
        "Only one organisation is named for 2 themes: Women who cross the river; Work"
        " and money (the source mentions unnamed others)."
    )
    assert single_partner_sentence(city) == "No theme depends on one named organisation."


def test_the_question_of_a_stage_and_what_all_stages_are_about(
    farwater: Record, london: Record
) -> None:
    assert str(pathway_heading(farwater, "street")) == "Is anybody there at night? Date: June 2020."
    assert (
        str(pathway_heading(farwater, None))
        == "What the source describes from street to gaol gate. Date: June 2020."
    )
    assert (
        pathway_heading(london, None).headline
        == "What the source describes from point of arrest to community"
    )


def test_where_something_is_to_be_had_in_the_region_s_words(farwater: Record) -> None:
    assert {where: place_words(farwater, where) for where in Where} == {
        Where.NAMED_IN_CONTRACT: "quarters named in the contracts",
        Where.REGION_WIDE: "Farwater-wide",
        Where.NAMED_SITE: "at a named site",
        Where.AREA_NOT_STATED: "area not stated",
    }


# Other words

SAY: dict[str, Callable[[Record], str]] = {
    "themes": lambda r: str(themes_heading(r, DAY)),
    "reach": lambda r: str(reach_heading(r, DAY)),
    "gap": lambda r: str(theme_heading(r, r.themes_by_id["a"], DAY)),
    "gap later": lambda r: str(theme_heading(r, r.themes_by_id["b"], date(2021, 6, 30))),
    "gap early": lambda r: str(theme_heading(r, r.themes_by_id["a"], date(2000, 1, 1))),
    "no contract": lambda r: str(theme_heading(r, r.themes_by_id["c"], DAY)),
    "together": lambda r: str(together_heading(r, ["a", "b"], DAY)),
    "lacking": lambda r: lacking_sentence(r, ["a"], DAY),
    "every": lambda r: str(every_theme_heading(r, DAY)),
    "every later": lambda r: str(every_theme_heading(r, date(2021, 6, 30))),
    "beside": lambda r: " ".join(beside_sentences(r, ["a", "b", "c"])),
    "why": lambda r: " ".join(
        s.text for t in r.themes for code in r.by_code for s in theme_why(r, t, code, DAY)
    ),
    "partners": lambda r: str(partners_heading(r)),
    "single": single_partner_sentence,
}


@pytest.mark.parametrize("name", SAY)
def test_another_region_is_spoken_of_in_its_own_words(name: str, three: Record) -> None:
    region = three.file.region.model_copy(
        update={"name": "Elsewhere", "area": "parish", "areas": "parishes"}
    )
    said = SAY[name](replace(three, file=three.file.model_copy(update={"region": region})))
    assert said and not [
        word
        for word in ("London", "borough", "Borough", "Somewhere", "quarter", "area is", "areas ")
        if word in said
    ]


def test_a_parish_is_a_parish_and_several_are_parishes(three: Record) -> None:
    region = three.file.region.model_copy(
        update={"name": "Elsewhere", "area": "parish", "areas": "parishes"}
    )
    record = replace(three, file=three.file.model_copy(update={"region": region}))
    assert lacking_sentence(record, ["a"], DAY) == "One parish has no contract for “A”: Z."
    assert lacking_sentence(record, ["b"], DAY) == "Two parishes have no contract for “B”: Y and Z."
    assert str(every_theme_heading(record, DAY)).startswith(
        "1 parish has a contract for all 2 mapped themes"
    )
