"""What a scenario does theme by theme: Farwater by hand (see the heads of tests/city/services.yaml
and themes.yaml), then London.

On 30 June 2020 Lantern serves Alder and Birch, Harvest Birch and Cedar, Ferry Damson; Quay serves
the port, which is not counted."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import sketch
from support.theming import themed

from provision.links.query import read_link
from provision.record import Record
from provision.scenarios.evaluate import evaluate
from provision.scenarios.scenario import presets
from provision.scenarios.theme_effects import by_theme
from provision.themes.reach import reach, reached

THEMES = ["work", "safety", "crossing", "gaol", "silence"]
# boroughs that the two wrap-around services name, and of those the Alliance's six
LONDON_CARRIED = 21
ALLIANCE = 6


def themes_of(record: Record, link: str) -> pd.DataFrame:
    scenario, notes = read_link(link, record)
    assert not notes
    return by_theme(evaluate(record, scenario))


def test_with_nothing_supposed_every_theme_is_as_it_was(farwater: Record) -> None:
    table = themes_of(farwater, "")
    assert list(table.index) == THEMES
    assert list(table["title"]) == [
        "Work and money",
        "Safety at home",
        "Women who cross the river",
        "Women in gaol",
        "Women nobody speaks of",
    ]
    assert list(table["baseline"]) == list(table["scenario"]) == [2, 3, 1, 0, 0]
    assert {codes for name in ("gained", "lost", "by_hub") for codes in table[name]} == {()}


# A link, and for each theme that it changes: how many quarters before and after, those gained,
# those lost, those only because of a hub.
CASES: dict[str, dict[str, tuple[int, int, str, str, str]]] = {
    # Lantern leads Lantern and Ferry. Birch and Cedar keep safety by Harvest; the port's Quay is
    # not counted.
    "withdraw=Lantern": {
        "work": (2, 0, "", "Q1 Q2", ""),
        "safety": (3, 2, "", "Q1", ""),
        "crossing": (1, 0, "", "Q4", ""),
    },
    "off=lantern": {"work": (2, 0, "", "Q1 Q2", ""), "safety": (3, 2, "", "Q1", "")},
    "off=harvest": {"safety": (3, 2, "", "Q3", "")},
    "off=quay": {},
    # A hub that says nothing of themes covers its quarter, and reaches it for none.
    "hubs=Fir": {},
    "hubs=Fir~themes:work": {"work": (2, 3, "Q6", "", "Q6")},
    "hubs=Fir~themes:silence.gaol": {
        "gaol": (0, 1, "Q6", "", "Q6"),
        "silence": (0, 1, "Q6", "", "Q6"),
    },
    "hubs=Fir~land~themes:work": {"work": (2, 5, "Q5 Q6 Q7", "", "Q5 Q6 Q7")},
    # Where a contract carries the theme already, nothing is gained, and it is not the hub's alone.
    "hubs=Alder~themes:work": {},
    "hubs=Cedar~land~themes:work": {"work": (2, 4, "Q3 Q4", "", "Q3 Q4")},
    "hubs=Alder~themes:work&off=lantern": {
        "work": (2, 1, "", "Q2", "Q1"),
        "safety": (3, 2, "", "Q1", ""),
    },
    "hubs=Fir~themes:work~from:2020-07": {},
    "hubs=Fir~themes:work~to:2020-05": {},
    "hubs=Fir~themes:work,Elm~themes:gaol": {
        "work": (2, 3, "Q6", "", "Q6"),
        "gaol": (0, 1, "Q5", "", "Q5"),
    },
    # An entry that is contested takes the contract's themes with it.
    "cells=Fir~lantern~new": {"work": (2, 3, "Q6", "", ""), "safety": (3, 4, "Q6", "", "")},
    "cells=Alder~lantern~wrong": {"work": (2, 1, "", "Q1", ""), "safety": (3, 2, "", "Q1", "")},
    "ends=lantern~2020-05": {"work": (2, 0, "", "Q1 Q2", ""), "safety": (3, 2, "", "Q1", "")},
}


@pytest.mark.parametrize("link", CASES)
def test_what_each_theme_gains_and_loses(link: str, farwater: Record) -> None:
    table = themes_of(farwater, link)
    unchanged = {
        "work": (2, 2, "", "", ""),
        "safety": (3, 3, "", "", ""),
        "crossing": (1, 1, "", "", ""),
        **dict.fromkeys(["gaol", "silence"], (0, 0, "", "", "")),
    }
    found = {
        str(theme): (
            row["baseline"],
            row["scenario"],
            *(" ".join(row[name]) for name in ("gained", "lost", "by_hub")),
        )
        for theme, row in table.iterrows()
    }
    assert found == {**unchanged, **CASES[link]}


def test_the_day_decides_which_contracts_carry_a_theme(farwater: Record) -> None:
    table = themes_of(farwater, "on=2021-02-28&withdraw=Orchard")
    assert tuple(table.loc["safety", ["baseline", "scenario", "lost"]]) == (
        4,
        2,
        ("Q1", "Q5"),
    ), "Harvest in Birch and Cedar, Orchard in Alder and Elm"
    assert table.at["work", "baseline"] == 0, "Lantern ended in December"


@given(
    st.dates(
        min_value=pd.Timestamp("2019-01-01").date(), max_value=pd.Timestamp("2023-01-01").date()
    )
)
def test_the_baseline_of_a_theme_is_what_the_page_of_themes_says(
    farwater: Record, day: object
) -> None:
    table = themes_of(farwater, f"on={day}&hubs=Fir~themes:work&off=harvest")
    assert {t: table.at[t, "baseline"] for t in THEMES} == {
        t: len(reached(reach(farwater, t, day))) for t in THEMES
    }  # type: ignore[arg-type]


@given(
    st.lists(st.sampled_from(["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7"]), unique=True, max_size=4),
    st.sampled_from(["own", "land", "crossing", "touching", "km:3"]),
    st.lists(st.sampled_from(THEMES), unique=True),
)
def test_a_hub_never_takes_a_theme_away(
    farwater: Record, places: list[str], rule: str, offer: list[str]
) -> None:
    themes = f"~themes:{'.'.join(offer)}" if offer else ""
    table = themes_of(farwater, f"hubs={','.join(f'{place}~{rule}{themes}' for place in places)}")
    assert set(table["lost"]) == {()}
    assert all(
        (row["scenario"] - row["baseline"]) == len(row["gained"]) for _, row in table.iterrows()
    )
    assert {t for t in THEMES if table.at[t, "gained"]} <= set(offer)


@given(st.lists(st.sampled_from(["lantern", "harvest", "ferry", "quay", "orchard"]), unique=True))
def test_a_service_that_is_switched_off_never_adds_a_theme(
    farwater: Record, services: list[str]
) -> None:
    table = themes_of(farwater, f"off={','.join(services)}")
    assert set(table["gained"]) == set(table["by_hub"]) == {()}
    assert all(
        (row["baseline"] - row["scenario"]) == len(row["lost"]) for _, row in table.iterrows()
    )


def test_london_when_advance_withdraws(london: Record) -> None:
    table = by_theme(evaluate(london, presets(london)["withdrawal"]))
    carried = table[table["baseline"] > 0]
    assert len(table) == len(london.themes) and len(carried) == 9
    assert (
        tuple(table.loc["young-women", ["baseline", "scenario"]]) == (15, 0)
        and len(table.at["young-women", "lost"]) == 15
    )
    others = carried.drop("young-women")
    assert set(others["baseline"]) == {LONDON_CARRIED} and set(others["scenario"]) == {ALLIANCE}
    assert (
        {london.by_code[code].name for code in london.codes}
        >= {london.by_code[code].name for code in table.at["recall", "lost"]}
        == set()
    )
    assert len(set(others["lost"])) == 1 and len(others["lost"].iloc[0]) == 15


def test_a_hub_in_london_that_offers_recall(london: Record) -> None:
    table = themes_of(london, "hubs=Barnet~themes:recall")
    assert tuple(table.loc["recall"]) == (
        *("Recall", 0, 1, ("E09000003",), (), ("E09000003",), ()),
    )
    assert set(table.drop("recall")["gained"]) == {()}


def test_a_hub_for_neighbours_too_reaches_them_for_what_it_offers(london: Record) -> None:
    table = themes_of(london, "hubs=Barnet~land~themes:recall")
    names = {london.by_code[code].name for code in table.at["recall", "gained"]}
    assert names == {"Barnet", "Harrow", "Brent", "Camden", "Haringey", "Enfield"}


def test_a_record_without_themes_has_no_rows(city: Record) -> None:
    assert by_theme(evaluate(city, read_link("hubs=Fir&off=lantern", city)[0])).empty


def test_one_that_is_not_known_to_be_active_does_not_reach() -> None:
    record = themed(
        sketch(["A"], {"a": ("one-to-one", "not stated", "2021-12", ["A"])}), {"work": (["a"], [])}
    )
    assert themes_of(record, "on=2019-12-31").at["work", "baseline"] == 0
