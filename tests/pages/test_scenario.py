"""The page of scenarios as a script: it opens on its sentence, takes over a link, changes with
every control, and loses nothing to what cannot be."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support import changed
from support.apps import (
    CITY,
    PLACES,
    TEXT,
    active,
    app_text,
    headline,
    opened,
    options,
    raw,
    sent,
    serve,
    spoilt,
    turn,
    words,
)
from support.scenario_page import (
    BARNET,
    CASES,
    ENFIELD,
    GREENWICH,
    MERTON,
    address,
    asked,
    changes,
    contested,
    hubs,
    page,
    press,
)

from provision.links.query import PANELS
from provision.record import Record
from provision.scenarios.scenario import (
    Assumptions,
    Contested,
    Ends,
    Hub,
    Off,
    Scenario,
    Verdict,
    Withdrawn,
)
from provision.schema.services import Level

NOTHING = (
    "You have not changed anything yet 24 of London's 32 boroughs have a contracted women's"
    " service. Date: October 2018."
)
ANY = (
    "figures",
    "table",
    "hubs",
    "best",
    "contracts",
    "themes",
    "months",
    "cost",
    "compare",
    "contest",
    "files",
)
LINK = {
    "on": "2020-04-30",
    "v": "1",
    "hubs": f"{BARNET}~land~one-to-one~themes:recall~from:2019-04~to:2021-03~kw:3,{ENFIELD}~land",
    "off": "minerva-crc",
    "withdraw": "Women in Prison",
    "ends": "minerva-wraparound~2020-06",
    "assume": "women:58.33,cost:1557,fixed:20000",
    "name": "Two hubs",
    "note": "Said in the workshop.",
    "best": f"2~km:7.5~women~not:{GREENWICH}",
    "b": f"v=1&hubs={BARNET}",
    "panel": "hubs",
}


# Opening


def test_the_page_opens_on_its_sentence_with_nothing_supposed() -> None:
    app = opened("scenario")
    assert not app.exception and NOTHING in headline(app)
    assert 'class="notice' not in raw(app) and asked(app) is None and address(app) == {}
    assert (
        app.pills(key="sc_hubs").value == []
        and app.pills(key="sc_off").value == []
        and app.pills(key="sc_withdrawn").value == []
    )
    assert all(app.button(key=key).disabled for key in ("undo", "redo", "clear"))


def test_the_boroughs_without_a_service_and_greenwich_are_on_the_page_at_once() -> None:
    none = [
        "Barnet",
        "Bexley",
        "Bromley",
        "Kingston upon Thames",
        "Merton",
        "Richmond upon Thames",
        "Tower Hamlets",
    ]
    assert sorted(page().pills(key="sc_hubs").options) == sorted([*none, "Greenwich"])


def test_every_panel_is_a_pill_and_the_first_is_figures() -> None:
    app = opened("scenario")
    assert (
        len(app.pills(key="sc_panel").options) == len(PANELS)
        and app.pills(key="sc_panel").value == "figures"
    )


def test_a_link_restores_everything() -> None:
    app = page(LINK)
    assert "We could not use" not in words(app)
    assert "With hubs in Barnet and Enfield" in headline(app) and "30 April 2020" in headline(app)
    assert "Said in the workshop." in words(app)
    assert (
        app.pills(key="sc_hubs").value == [BARNET, ENFIELD]
        and app.segmented_control(key="sc_rule").value == "land"
    )
    assert app.pills(key="sc_off").value == ["minerva-crc"] and app.pills(
        key="sc_withdrawn"
    ).value == ["Women in Prison"]
    assert (
        app.select_slider(key="on").value == date(2020, 4, 30)
        and app.pills(key="sc_panel").value == "hubs"
    )
    found = asked(app)
    assert (
        found and found.assumptions == Assumptions(58.33, 1557, 20000) and found.name == "Two hubs"
    )
    first = found.hubs[0]
    assert (first.level, first.themes, first.key_workers) == (Level.ONE_TO_ONE, ("recall",), 3)


@pytest.mark.parametrize(
    ("panel", "held"),
    [
        (
            "hubs",
            {
                "sc_level": "one-to-one",
                "sc_opens": "2019-04",
                "sc_closes": "2021-03",
                "sc_workers": 3,
                "sc_offer": ["recall"],
                "sc_which": "all",
            },
        ),
        (
            "contracts",
            {"sc_ends_minerva-wraparound": "2020-06", "sc_ends_minerva-crc": "as stated"},
        ),
        ("cost", {"sc_women": 58.33, "sc_cost": 1557.0, "sc_fixed": 20000.0}),
        ("best", {"sc_many": 2, "sc_weigh": "women", "sc_not": [GREENWICH]}),
        ("files", {"sc_name": "Two hubs", "sc_note": "Said in the workshop."}),
    ],
)
def test_a_link_sets_the_controls_of_each_panel(panel: str, held: dict[str, object]) -> None:
    app = page({**LINK, "panel": panel})
    drawn = {
        w.key: w.value
        for kind in (
            app.pills,
            app.segmented_control,
            app.selectbox,
            app.number_input,
            app.text_input,
        )
        for w in kind
    }
    assert {key: drawn[key] for key in held} == held


@pytest.mark.parametrize("panel", [panel for panel in ANY if panel != "figures"])
def test_the_address_of_a_page_opened_from_a_link_is_that_link(panel: str) -> None:
    app = page({**LINK, "panel": panel})
    assert address(app) == {**LINK, "panel": panel}


def test_the_scenario_goes_along_to_other_pages_and_back() -> None:
    app = page(LINK)
    app.query_params.clear()
    turn(app, "sources")
    assert not app.exception and "hubs" not in address(app)
    turn(app, "scenario")
    assert address(app) == LINK and app.pills(key="sc_hubs").value == [BARNET, ENFIELD]


@pytest.mark.parametrize(
    "link",
    [
        {"hubs": "Nowhere"},
        {"hubs": "<script>alert(1)</script>"},
        {"v": "0", "hubs": BARNET},
        {"off": "nothing"},
        {"withdraw": "Nobody"},
        {"ends": "minerva-crc~never"},
        {"cells": f"{BARNET}~minerva-crc~wrong"},
        {"assume": "rent:1"},
        {"name": "x" * 81},
        {"note": "\u202eab"},
        {"best": "9"},
        {"best": "1~not:E09000099"},
        {"panel": "everything"},
        {"b": "hubs=Nowhere"},
        {"hubs": f"{BARNET}," * 900},
    ],
    ids=lambda link: "=".join(next(iter(link.items())))[:30].encode("ascii", "replace").decode(),
)
def test_what_a_link_asks_in_vain_is_said_and_the_page_is_shown(link: dict[str, str]) -> None:
    app = opened("scenario", link)
    assert (
        not app.exception
        and "We could not use" in words(app)
        and re.search("(24|25 to 26) of London's 32 boroughs", headline(app))
    )
    assert active(raw(app)) == []


# Controls


def test_a_hub_goes_on_and_off() -> None:
    app = page()
    app.pills(key="sc_hubs").set_value([BARNET]).run()
    assert asked(app) == Scenario(date(2018, 10, 31), (Hub(BARNET),))
    assert (
        "With a hub in Barnet (for its own borough alone), 25 to 26 of London's 32 boroughs"
        in headline(app)
        and "Newly covered: Barnet." in headline(app)
    )
    assert address(app) == {"v": "1", "hubs": BARNET, "panel": "hubs"}
    app.pills(key="sc_hubs").set_value([]).run()
    assert asked(app) is None and NOTHING in headline(app) and address(app) == {"panel": "hubs"}


def test_a_hub_comes_with_the_offer_of_those_that_are_there() -> None:
    app = page(hubs=f"{BARNET}~land~one-to-one~kw:4")
    app.pills(key="sc_hubs").set_value([BARNET, GREENWICH]).run()
    found = asked(app)
    assert found and {(h.area, str(h.reach), h.level, h.key_workers) for h in found.hubs} == {
        (BARNET, "land", Level.ONE_TO_ONE, 4),
        (GREENWICH, "land", Level.ONE_TO_ONE, 4),
    }


def test_a_hub_elsewhere_has_a_pill_too() -> None:
    assert "Enfield" in page(hubs=ENFIELD).pills(key="sc_hubs").options


def test_the_rule_is_that_of_all_hubs_and_of_the_next() -> None:
    app = page(hubs=f"{BARNET},{GREENWICH}")
    app.segmented_control(key="sc_rule").set_value("crossing").run()
    assert address(app)["hubs"] == f"{BARNET}~crossing,{GREENWICH}~crossing"
    assert "each for its own borough and its neighbours by land or over a crossing" in headline(app)
    press(app, "clear")
    app.pills(key="sc_hubs").set_value([BARNET]).run()
    assert address(app)["hubs"] == f"{BARNET}~crossing"


def test_where_rules_differ_none_is_lit_and_it_is_said_whose_counts() -> None:
    app = page(hubs=f"{BARNET},{GREENWICH}~land")
    assert app.segmented_control(key="sc_rule").value is None
    assert "Their rules differ" in words(
        app
    ) and "The next hub and the best places go by the first's, for its own borough alone" in words(
        app
    )
    assert address(app)["hubs"] == f"{BARNET},{GREENWICH}~land"
    app.segmented_control(key="sc_rule").set_value("land").run()
    assert address(app)[
        "hubs"
    ] == f"{BARNET}~land,{GREENWICH}~land" and "Their rules differ" not in words(app)


def test_a_hub_that_is_not_open_on_the_day_is_said_to_reach_nobody() -> None:
    assert "Not open on the day, and reaching nobody: the hub in Barnet" in words(
        page(hubs=f"{BARNET}~from:2019-04")
    )
    assert "Not open on the day" not in words(
        page({"on": "2019-04-30"}, hubs=f"{BARNET}~from:2019-04")
    )


def test_on_another_day_it_is_said_what_is_compared_and_what_has_changed_since() -> None:
    app = page({"on": "2020-04-01"})
    assert "Baseline and scenario are both as at 1 April 2020" in words(app)
    assert (
        "Beside the record as at October 2018, the scenario then has Enfield, Hackney and Redbridge"
        " lost" in words(app)
    )
    assert "Baseline and scenario are both" not in words(page())


def test_no_hub_may_stand_where_nobody_is_counted_whoever_asks() -> None:
    app = page(hubs=f"{BARNET},E09000001")
    assert "City of London is not one of the boroughs; hubs are only supposed in those" in words(
        app
    ) and hubs(app) == [BARNET]


def test_any_listed_set_can_be_put_on_the_map(london: Record) -> None:
    app = page({"best": "2~land"}, panel="best")
    [chooser] = [box for box in app.selectbox if str(box.key).startswith("sc_set")]
    assert len(chooser.options) == 6
    chooser.set_value(5).run()
    wanted = chooser.options[5].partition(": ")[2]
    press(app, "sc_use_best")
    assert " and ".join(london.by_code[code].name for code in hubs(app)) == wanted


def test_assumptions_name_their_units_and_go_back_to_the_defaults() -> None:
    app = page({"assume": "women:60"}, panel="cost")
    assert app.number_input(key="sc_cost").label.endswith("(£)") and app.number_input(
        key="sc_women"
    ).label.endswith("(women)")
    press(app, "sc_defaults")
    assert (
        app.number_input(key="sc_women").value is None
        and asked(app) is None
        and app.button(key="sc_defaults").disabled
    )


def test_kilometres_are_asked_for_only_where_they_count() -> None:
    app = page(hubs=BARNET)
    assert "sc_km" not in [s.key for s in app.select_slider]
    app.segmented_control(key="sc_rule").set_value("km").run()
    assert address(app)["hubs"] == f"{BARNET}~km:8"
    app.select_slider(key="sc_km").set_value(12.0).run()
    assert address(app)["hubs"] == f"{BARNET}~km:12" and "within 12 km" in headline(app)


def test_a_distance_of_a_link_that_is_no_whole_number_is_kept() -> None:
    app = page(hubs=f"{BARNET}~km:7.3")
    assert (
        app.select_slider(key="sc_km").value == 7.3 and address(app)["hubs"] == f"{BARNET}~km:7.3"
    )


def test_a_service_goes_off_and_on() -> None:
    app = page()
    app.pills(key="sc_off").set_value(["minerva-crc"]).run()
    assert changes(app) == (Off("minerva-crc"),)
    assert "With Minerva CRC switched off, 21 to 22 of London's 32 boroughs" in headline(
        app
    ) and "Enfield, Hackney and Redbridge" in headline(app)
    app.pills(key="sc_off").set_value([]).run()
    assert asked(app) is None and NOTHING in headline(app)


def test_a_provider_withdraws_and_returns() -> None:
    app = page()
    app.pills(key="sc_withdrawn").set_value(["Advance"]).run()
    assert changes(app) == (Withdrawn("Advance"),)
    assert "With Advance withdrawn, 6 to 7 of London's 32 boroughs" in headline(
        app
    ) and "18 boroughs would lose their last service" in headline(app)
    app.pills(key="sc_withdrawn").set_value([]).run()
    assert asked(app) is None


def test_a_contract_ends_in_a_month_and_as_stated() -> None:
    app = page({"on": "2019-06-30"}, panel="contracts")
    app.selectbox(key="sc_ends_minerva-crc").set_value("2019-03").run()
    assert [str(c.end) for c in changes(app) if isinstance(c, Ends)] == ["March 2019"] and address(
        app
    )["ends"] == "minerva-crc~2019-03"
    assert "21 to 22 of London's 32 boroughs" in headline(app)
    app.selectbox(key="sc_ends_minerva-crc").set_value("as stated").run()
    assert asked(app) is None


def test_a_contract_that_is_switched_off_has_no_other_end_and_the_other_way_round() -> None:
    app = page({"ends": "minerva-crc~2019-03"}, panel="contracts")
    app.pills(key="sc_off").set_value(["minerva-crc"]).run()
    assert (
        changes(app) == (Off("minerva-crc"),)
        and app.selectbox(key="sc_ends_minerva-crc").value == "as stated"
    )
    app.selectbox(key="sc_ends_minerva-crc").set_value("2019-03").run()
    assert app.pills(key="sc_off").value == [] and address(app)["ends"] == "minerva-crc~2019-03"


def test_details_are_those_of_all_hubs() -> None:
    app = page(hubs=f"{BARNET},{GREENWICH}")
    app.segmented_control(key="sc_level").set_value("one-to-one").run()
    app.selectbox(key="sc_opens").set_value("2018-11").run()
    app.selectbox(key="sc_closes").set_value("2020-12").run()
    app.number_input(key="sc_workers").set_value(2).run()
    app.pills(key="sc_offer").set_value(["recall", "young-women"]).run()
    details = "~one-to-one~themes:recall.young-women~from:2018-11~to:2020-12~kw:2"
    assert address(app)["hubs"] == f"{BARNET}{details},{GREENWICH}{details}"
    assert "24 to 25 of London's 32 boroughs" in headline(app), "they are not open in October 2018"


def test_details_are_those_of_the_hub_that_is_looked_at() -> None:
    app = page(hubs=f"{BARNET}~kw:1,{GREENWICH}~kw:2")
    app.selectbox(key="sc_which").set_value(GREENWICH).run()
    assert (
        app.number_input(key="sc_workers").value == 2
        and address(app)["hubs"] == f"{BARNET}~kw:1,{GREENWICH}~kw:2"
    )
    app.number_input(key="sc_workers").set_value(5).run()
    assert address(app)["hubs"] == f"{BARNET}~kw:1,{GREENWICH}~kw:5"
    app.pills(key="sc_hubs").set_value([BARNET]).run()
    assert (
        app.selectbox(key="sc_which").value == "all"
        and app.number_input(key="sc_workers").value == 1
    )


def test_without_a_hub_there_are_no_details() -> None:
    app = page()
    assert "No hub is on" in words(app) and "sc_level" not in [c.key for c in app.segmented_control]


def test_a_theme_that_a_hub_offers_is_gained() -> None:
    app = page(hubs=BARNET)
    app.pills(key="sc_offer").set_value(["recall"]).run()
    app.pills(key="sc_panel").set_value("themes").run()
    (row,) = [r for r in rows_of(app, "theme-effects") if "Recall" in json.dumps(r[0])]
    assert [cell_text(c) for c in row[1:5]] == ["0", "1", "+1", "Barnet"]


def rows_of(app: AppTest, key: str) -> list[list[object]]:
    rows: list[list[object]] = sent(app, key)["rows"]
    return rows


def cell_text(cell: object) -> str:
    return str(
        cell[0] if isinstance(cell, list) else cell.get("text") if isinstance(cell, dict) else cell
    )


def test_assumptions_change_the_cost_and_an_empty_one_is_the_default() -> None:
    app = page({"hubs": f"{BARNET}~kw:2"}, panel="cost")
    app.number_input(key="sc_fixed").set_value(12_345.0).run()
    assert address(app)["assume"] == "fixed:12345" and "12,345 fixed" in words(app)
    app.number_input(key="sc_women").set_value(40.0).run()
    assert address(app)["assume"] == "women:40,fixed:12345"
    app.number_input(key="sc_fixed").set_value(None).run()
    app.number_input(key="sc_women").set_value(None).run()
    assert "assume" not in address(app) and "12,345" not in words(app)


def test_a_name_and_a_note() -> None:
    app = page(panel="files")
    app.text_input(key="sc_name").set_value("  Two   hubs ").run()
    app.text_input(key="sc_note").set_value("From the workshop, <b>not</b> decided").run()
    assert (address(app)["name"], address(app)["note"]) == (
        "Two hubs",
        "From the workshop, <b>not</b> decided",
    )
    assert "From the workshop, <b>not</b> decided" in words(app) and NOTHING in headline(app)


def test_the_day_is_the_page_s_own() -> None:
    app = page(hubs=BARNET)
    app.select_slider(key="on").set_value(date(2020, 4, 30)).run()
    said = headline(app)
    assert "22 to 23 of London's 32 boroughs would be covered" in said
    assert "Date: 30 April 2020." in said and hubs(app) == [BARNET]


@pytest.mark.parametrize(
    ("preset", "sentence"),
    [
        ("planned-hubs", "31 to 32 of London's 32 boroughs would be covered"),
        (
            "after-2020-03",
            (
                "You have not changed anything yet 21 of London's 32 boroughs have a contracted"
                " women's service. Date: 1 April 2020."
            ),
        ),
        ("after-2021-03", "Date: 1 April 2021."),
        ("withdrawal", "With Advance withdrawn, 6 to 7 of London's 32 boroughs would be covered"),
    ],
)
def test_a_preset_is_one_click_and_one_undo(preset: str, sentence: str) -> None:
    app = page(hubs=ENFIELD)
    app.selectbox(key="sc_start").set_value(preset).run()
    assert (
        not app.exception
        and "has taken the place of what was supposed before" in words(app)
        and "Undo brings that back" in words(app)
    )
    assert sentence.casefold() in headline(app).casefold() and ENFIELD not in hubs(app)
    press(app, "undo")
    assert hubs(app) == [ENFIELD] and app.select_slider(key="on").value == date(2018, 10, 31)
    press(app, "redo")
    assert sentence.casefold() in headline(app).casefold()


def test_undo_and_redo_walk_through_what_was_done() -> None:
    app = page()
    app.pills(key="sc_hubs").set_value([BARNET]).run()
    app.pills(key="sc_off").set_value(["minerva-crc"]).run()
    app.segmented_control(key="sc_rule").set_value("land").run()
    there = address(app)
    for expected in ({"hubs": BARNET, "off": "minerva-crc"}, {"hubs": BARNET}, {}):
        press(app, "undo")
        assert {k: v for k, v in address(app).items() if k in ("hubs", "off")} == expected
    assert (
        app.button(key="undo").disabled
        and app.pills(key="sc_hubs").value == []
        and app.pills(key="sc_off").value == []
    )
    for _ in range(3):
        press(app, "redo")
    assert app.button(key="redo").disabled
    assert {k: address(app)[k] for k in ("hubs", "off")} == {k: there[k] for k in ("hubs", "off")}
    assert (
        app.pills(key="sc_off").value == ["minerva-crc"]
        and app.segmented_control(key="sc_rule").value == "land"
    )


def test_what_is_done_after_an_undo_cannot_be_redone_over() -> None:
    app = page()
    app.pills(key="sc_hubs").set_value([BARNET]).run()
    press(app, "undo")
    app.pills(key="sc_hubs").set_value([GREENWICH]).run()
    assert app.button(key="redo").disabled and hubs(app) == [GREENWICH]


def test_clear_supposes_nothing_and_can_be_undone() -> None:
    app = press(page(LINK), "clear")
    assert (
        asked(app) is None
        and "You have not changed anything yet" in headline(app)
        and app.button(key="clear").disabled
    )
    assert {"b", "best"} < set(address(app)), (
        "what is kept to compare, and the question, are not the scenario's"
    )
    press(app, "undo")
    assert address(app) == LINK


# Best places


def test_the_best_set_is_put_on_the_map() -> None:
    app = page({"best": "2~land"}, panel="best")
    assert "Two further hubs" in words(app)
    press(app, "sc_use_best")
    found = asked(app)
    assert found and len(found.hubs) == 2 and {str(h.reach) for h in found.hubs} == {"land"}
    assert (
        re.search(r"\d+ more boroughs? would be covered", headline(app))
        and len(address(app)["hubs"].split(",")) == 2
    )


def test_seven_boroughs_have_none_so_one_more_hub_for_its_own_reaches_one_in_seven_ways() -> None:
    app = page(panel="best")
    assert "would newly reach one borough" in words(
        app
    ) and "Seven choices reach as many." in words(app)
    assert "at least 7 further hubs, in 1 way" in words(app)


def test_another_question_is_another_answer() -> None:
    app = page(panel="best")
    app.segmented_control(key="sc_many").set_value(3).run()
    app.segmented_control(key="sc_weigh").set_value("women").run()
    app.pills(key="sc_not").set_value([BARNET]).run()
    assert address(app) == {"best": f"3~women~not:{BARNET}", "panel": "best"} and asked(app) is None
    assert "Three further hubs" in words(app) and "women aged 18 or over" in words(app)
    press(app, "sc_use_best")
    assert BARNET not in hubs(app) and len(hubs(app)) == 3


def test_where_no_hub_may_stand_there_is_no_best(london: Record) -> None:
    nowhere = ".".join(sorted(str(code) for code in london.codes))
    app = page({"best": f"1~not:{nowhere}"}, panel="best")
    assert "sc_use_best" not in [b.key for b in app.button]


# Comparing


def test_scenarios_are_kept_to_compare_up_to_three_and_dropped() -> None:
    app = page(panel="compare")
    for area in (BARNET, GREENWICH, MERTON):
        app.pills(key="sc_hubs").set_value([area]).run()
        press(app, "sc_keep")
    assert [s.hubs[0].area for s in app.session_state["query"].beside] == [
        BARNET,
        GREENWICH,
        MERTON,
    ]
    assert app.button(key="sc_keep").disabled and {"b", "c", "d"} < set(address(app))
    assert [[c["id"] for c in sent(app, f"map-difference-{n}")["classes"]] for n in (1, 2, 3)] == [
        # Greenwich, of which the record does not say
        ["both", "only_a", "only_b", "neither", "unknown"],
        ["both", "only_a", "unsure_a", "neither", "unknown"],  # a hub in Greenwich, and the City
        ["both", "neither", "unknown"],
    ]
    press(app, "sc_drop_1")
    assert [s.hubs[0].area for s in app.session_state["query"].beside] == [BARNET, MERTON]
    assert not app.button(key="sc_keep").disabled and "d" not in address(app)


def test_what_is_kept_keeps_its_day_and_its_name() -> None:
    app = page({"hubs": BARNET, "name": "One", "on": "2020-04-30"}, panel="compare")
    press(app, "sc_keep")
    app.select_slider(key="on").set_value(date(2018, 10, 31)).run()
    (kept,) = app.session_state["query"].beside
    assert (kept.on, kept.name) == (date(2020, 4, 30), "One") and "Drop B" in app.button(
        key="sc_drop_0"
    ).label


def test_where_two_scenarios_differ_is_drawn() -> None:
    app = page({"hubs": BARNET, "b": f"hubs={GREENWICH}"}, panel="compare")
    found = sent(app, "map-difference-1")
    assert {c["label"]: c["count"] for c in found["classes"]} == {
        "Covered in both": "24",
        "Only in A": "1",
        "In B; not stated in A": "1",
        "Covered in neither: none or lapsed": "6",
        "In neither for certain: not stated": "0, and City of London apart",
    }


# Contesting


def test_an_entry_is_contested_and_taken_back() -> None:
    app = contested(page(panel="contest"), ENFIELD, "minerva-crc", "closed")
    assert changes(app) == (
        Contested(ENFIELD, "minerva-crc", Verdict.CLOSED),
    ) and "23 to 24 of London's 32 boroughs" in headline(app)
    assert address(app)["cells"] == f"{ENFIELD}~minerva-crc~closed" and "+++" in words(app)
    assert "Enfield" in app.button(key="sc_cell_0").label
    press(app, "sc_cell_0")
    assert asked(app) is None and "sc_cell_0" not in [b.key for b in app.button]


def test_a_new_entry_covers() -> None:
    app = contested(page(panel="contest"), BARNET, "minerva-crc", "new")
    assert "25 to 26 of London's 32 boroughs" in headline(app) and hubs(app) == []


def test_what_is_contested_is_taken_into_your_data_by_one_press() -> None:
    app = contested(page(panel="contest"), BARNET, "minerva-crc", "new")
    app = press(app, "sc_take")
    assert not app.exception and "Your data, not published" in words(app)
    now = app.session_state["own_data"].now
    assert now.inputs.changes == ("Minerva CRC: Barnet is served by it.",)
    assert now.files["changes.md"] == b"- Minerva CRC: Barnet is served by it.\n"
    row = list(now.record.codes).index(BARNET)
    assert now.record.service_area_matrix[row, 0] and not now.record.listed_none[row]
    assert not app.session_state["query"].scenario, "what is in the record is supposed no more"
    app = turn(app, "your_data")
    assert "for the owner to review" in words(app) and "Barnet is served by it" in words(app)


def test_contesting_nothing_changes_nothing() -> None:
    app = press(page(panel="contest"), "sc_cell_add")
    assert asked(app) is None and app.button(key="undo").disabled


# What cannot be


def test_a_hub_that_closes_before_it_opens_is_refused_and_nothing_is_lost() -> None:
    app = page(hubs=f"{BARNET}~from:2019-06~kw:3")
    before = address(app)
    app.selectbox(key="sc_closes").set_value("2019-01").run()
    assert (
        not app.exception
        and "That was left aside." in words(app)
        and "It closes before it opens." in words(app)
    )
    assert (
        address(app) == before
        and app.selectbox(key="sc_closes").value is None
        and app.selectbox(key="sc_opens").value == "2019-06"
    )
    assert app.button(key="undo").disabled
    app.run()
    assert "left aside" not in words(app), "it is said once"


@pytest.mark.parametrize(
    ("key", "value"),
    [("sc_name", "x\u202ey"), ("sc_name", "\u200b"), ("sc_note", "a\x00b"), ("sc_note", "\u200b")],
)
def test_a_name_that_cannot_be_is_refused_and_the_old_one_stays(key: str, value: str) -> None:
    app = page({"name": "Mine", "note": "Ours"}, panel="files")
    app.text_input(key=key).set_value(value).run()
    assert not app.exception and asked(app) == Scenario(
        date(2018, 10, 31), name="Mine", note="Ours"
    )
    assert (
        app.text_input(key="sc_name").value == "Mine"
        and app.text_input(key="sc_note").value == "Ours"
    )


# Files

FILE = (
    f"scenario: 1\nname: Mine\non: 2020-04-30\nhubs:\n  - {{area: {BARNET}, reach: land}}\n"
).encode()


def test_a_scenario_is_loaded_from_a_file_when_it_is_asked_for() -> None:
    app = page({"hubs": GREENWICH}, panel="files")
    app.file_uploader(key="sc_file").upload("mine.yaml", FILE, "text/yaml").run()
    assert "This file can be loaded." in words(app) and hubs(app) == [GREENWICH]
    press(app, "sc_load")
    assert (
        hubs(app) == [BARNET]
        and "30 April 2020" in headline(app)
        and app.text_input(key="sc_name").value == "Mine"
    )
    press(app, "undo")
    assert hubs(app) == [GREENWICH] and app.select_slider(key="on").value == date(2018, 10, 31)


@pytest.mark.parametrize(
    "raw_file",
    [
        b"",
        b"\x00",
        b"\xff\xfe",
        b"- 1",
        b"scenario: 2",
        b"scenario: 1\nhubs: [{area: Nowhere}]",
        b"a: &x [*x]",
        b"scenario: 1\nname: [",
        b"%PDF-1.4",
    ],
)
def test_a_file_that_cannot_be_loaded_is_told_what_is_wrong_and_nothing_is_lost(
    raw_file: bytes,
) -> None:
    app = page({"hubs": GREENWICH}, panel="files")
    app.file_uploader(key="sc_file").upload("bad.yaml", raw_file, "text/yaml").run()
    assert not app.exception and "to mend" in words(app) and hubs(app) == [GREENWICH]
    assert "sc_load" not in [b.key for b in app.button]


# The map


def test_the_map_tells_what_is_gained_and_where_a_hub_stands() -> None:
    app = page(hubs=f"{BARNET},{ENFIELD}")
    found = sent(app, "map-scenario")
    assert found["marked"] == [BARNET, ENFIELD]
    assert {c["id"]: c["count"] for c in found["classes"]} == {
        "what_if": "1",
        "covered": "24",
        "none": "6",
        "not_stated": "1, and City of London apart",
    }
    assert found["label"].partition(". ")[2] in headline(app)


def test_the_baseline_stands_beside_on_demand_and_never_changes() -> None:
    app = page(withdraw="Advance")
    app.toggle(key="sc_beside").set_value(True).run()
    assert not app.exception
    with_it = sent(app, "map-baseline")
    press(app, "clear")
    assert (
        sent(app, "map-baseline")["classes"] == with_it["classes"]
        and "24 of 32" in with_it["label"]
    )


def test_the_zoom_and_the_choice_of_an_area_stay() -> None:
    app = page(area=ENFIELD, view="tiles")
    app.pills(key="sc_hubs").set_value([BARNET]).run()
    found = sent(app, "map-scenario")
    assert (found["selected"], found["view"]) == (ENFIELD, "tiles")


# Every panel, everywhere

drawn_everywhere = pytest.mark.parametrize("link", CASES, ids=range(len(CASES)))


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize(
    "link",
    [{}, LINK, {"hubs": BARNET}, {"withdraw": "Advance,Women in Prison", "on": "2099-12-31"}],
    ids=range(4),
)
def test_every_panel_draws_for_london(panel: str, link: dict[str, str]) -> None:
    app = page({**link, "panel": panel})
    assert "We could not use" not in words(app) and active(raw(app)) == []


@pytest.mark.parametrize("panel", ANY)
@drawn_everywhere
@pytest.mark.usefixtures("themed_city")
def test_every_panel_draws_for_farwater(panel: str, link: dict[str, str]) -> None:
    app = page({**link, "panel": panel})
    assert "We could not use" not in words(app)
    assert "London" not in app_text(app) and "borough" not in words(app).replace('"borough', "")


@pytest.mark.parametrize("panel", ANY)
@drawn_everywhere
def test_every_panel_draws_for_a_region_without_figures_themes_or_neighbours(
    panel: str, link: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROVISION_SERVICES", str(CITY / "services.yaml"))
    monkeypatch.setenv("PROVISION_BOUNDARIES", str(CITY / "boundaries.geojson"))
    app = page({**link, "panel": panel})
    assert "London" not in app_text(app) and "nan" not in words(app).casefold().split()


def test_farwater_s_sentence_of_a_hub_in_fir(themed_city: None) -> None:
    app = page(hubs="Q6")
    assert headline(app).endswith(
        "With a hub in Fir (for its own quarter alone), 5 to 7 of Farwater's 7 quarters would be"
        " covered, instead of 4 to 6. Date: June 2020. Newly covered: Fir. Living there: 600 women"
        " aged 18 or over."
    )


# Broken and changed data

BROKEN = changed("level: one-to-one", "level: sometimes", TEXT["services.yaml"])


def test_data_broken_at_the_start_is_listed_in_place_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = serve(tmp_path, monkeypatch, services=BROKEN) / "services.yaml"
    app = opened("scenario", {"hubs": "Q6", "panel": "hubs"})
    assert (
        not app.exception
        and "The data cannot be shown yet" in words(app)
        and "Traceback" not in words(app)
    )
    served.write_text(TEXT["services.yaml"], encoding="utf-8")
    app.run()
    assert "With a hub in Fir" in headline(app)


def test_data_broken_while_it_is_shown_leaves_the_scenario_on_the_last_that_was_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = serve(tmp_path, monkeypatch) / "services.yaml"
    app = page({"hubs": "Q6"})
    served.write_text(BROKEN, encoding="utf-8")
    app.run()
    assert "have been changed and cannot be used" in words(app)
    app.pills(key="sc_off").set_value(["lantern"]).run()
    assert (
        not app.exception
        and "With a hub in Fir (for its own quarter alone) and Lantern switched off"
        in html.unescape(raw(app))
    )
    served.write_text(TEXT["services.yaml"], encoding="utf-8")
    app.run()
    assert "cannot be used" not in words(app) and address(app) == {
        "v": "1",
        "hubs": "Q6",
        "off": "lantern",
        "panel": "hubs",
    }


def test_a_service_that_goes_while_it_is_off_is_said_to_be_gone_and_the_hub_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = serve(tmp_path, monkeypatch)
    app = page({"hubs": "Q6", "off": "quay"})
    for name in ("services.yaml", "themes.yaml"):
        (folder / name).write_text(re.sub(r"\bquay\b", "pier", TEXT[name]), encoding="utf-8")
    app.run()
    assert not app.exception and "We could not use part of this link" in words(app)
    assert hubs(app) == ["Q6"] and changes(app) == ()


# Hostile text

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.mark.parametrize("panel", ANY)
def test_hostile_names_in_the_data_stay_text(
    panel: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(tmp_path, monkeypatch, **{name: spoilt(name) for name in PLACES})
    for link in (
        {},
        {"hubs": "Q6~themes:work", "off": "lantern", "cells": "Q4~ferry~wrong"},
        {"ends": "ferry~2020-12", "b": "hubs=Q1", "c": "withdraw=Orchard"},
    ):
        app = page(link, panel=panel)
        assert "cannot be shown" not in words(app) and "We could not use" not in words(app)
        assert active(raw(app)) == []
        labels = [
            *(b.label for b in app.button),
            *(o for group in app.get("button_group") for o in options(group)),
        ]
        assert not [label for label in labels if re.search(r"(?<!\\)[<!\[*$]", label)]


@pytest.mark.parametrize("panel", PANELS)
def test_hostile_words_of_a_link_stay_text(panel: str) -> None:
    app = page(
        {
            "name": HOSTILE,
            "note": HOSTILE + " **b** [l](javascript:alert(3))",
            "hubs": BARNET,
            "b": f"name={HOSTILE}",
        },
        panel=panel,
    )
    assert active(raw(app)) == [] and "We could not use" not in words(app)
    assert HOSTILE in words(app), "the note is shown as it was written"
    labels = [b.label for b in app.button]
    assert not [label for label in labels if re.search(r"(?<!\\)[<!\[*$]", label)]


# Kinds of hub


def test_a_virtual_hub_is_chosen_by_its_kind_and_covers_no_place() -> None:
    app = page(panel="figures")
    app.selectbox(key="sc_kind").set_value("virtual-hub").run()
    app.pills(key="sc_hubs").set_value([BARNET]).run()
    assert address(app) == {"v": "1", "hubs": f"{BARNET}~kind:virtual-hub", "kind": "virtual-hub"}
    assert not any(control.key == "sc_rule" for control in app.segmented_control)
    text = words(app)
    assert "24 to 25 of London's 32 boroughs would be covered" in headline(app)
    assert "Reached only remotely" in text and "never counted as covered" in text
    assert "Transforming Lives" in text


def test_an_outreach_hub_visits_what_is_named_and_gives_it_up_with_its_kind() -> None:
    app = page({"hubs": f"{BARNET}~kind:outreach-hub~land"})
    app.multiselect(key="sc_visits").set_value([GREENWICH, MERTON]).run()
    (hub,) = (asked(app) or Scenario(date(2018, 10, 31))).hubs
    assert hub.visits == (GREENWICH, MERTON) and str(hub.reach) == "land"
    app.selectbox(key="sc_kind").set_value("mobile-unit").run()
    (hub,) = (asked(app) or Scenario(date(2018, 10, 31))).hubs
    assert (hub.kind, hub.visits, str(hub.reach)) == ("mobile-unit", (GREENWICH, MERTON), "own")
    app.selectbox(key="sc_kind").set_value("fixed-centre").run()
    assert address(app)["hubs"] == f"{BARNET}~land"


def test_hubs_of_several_kinds_leave_the_choice_of_one_open() -> None:
    app = page({"hubs": f"{BARNET}~kind:virtual-hub,{MERTON}~land"})
    assert app.selectbox(key="sc_kind").value == "several kinds"
    app.selectbox(key="sc_which").set_value(MERTON).run()
    app.selectbox(key="sc_own_kind").set_value("one-stop-shop").run()
    assert address(app)["hubs"] == f"{BARNET}~kind:virtual-hub,{MERTON}~kind:one-stop-shop~land"


def test_a_link_may_ask_for_the_kind_of_the_next_hub() -> None:
    app = page(panel="figures", kind="mobile-unit")
    assert app.selectbox(key="sc_kind").value == "mobile-unit"
    assert 'class="notice' in raw(page(panel="figures", kind="airship"))


def test_the_cost_panel_says_what_is_still_to_be_established() -> None:
    text = words(page(panel="cost"))
    for title in ("A mixed investment model", "Three sources of money", "Research on spending"):
        assert title in text
    assert "being commissioned" in text and "no unit cost yet" in text
