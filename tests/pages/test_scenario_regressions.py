"""What the first tests of scenarios found, and what a reader would meet if it came back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from support import sketch
from support.apps import TEXT, headline, serve, words
from support.scenario_page import BARNET, address, asked, changes, contested, page, press

from provision.links.query import Query, parse
from provision.record import Record
from provision.scenarios.scenario import Hub, Scenario, presets


def test_nothing_is_undone_that_spoke_of_other_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = serve(tmp_path, monkeypatch)
    app = press(page({"off": "quay"}), "clear")
    for name in ("services.yaml", "themes.yaml"):
        (folder / name).write_text(re.sub(r"\bquay\b", "pier", TEXT[name]), encoding="utf-8")
    app.run()
    assert app.button(key="undo").disabled and not app.exception


def test_a_provider_with_a_long_name_has_presets() -> None:
    record = sketch(["A"], {"a": ("one-to-one", "2019-01", "2021-01", ["A"])})
    long = record.services[0].model_copy(update={"provider": "P" * 90})
    record = replace(record, file=record.file.model_copy(update={"services": (long,)}))
    assert "withdrawal" in presets(record)


@pytest.mark.usefixtures("themed_city")
def test_a_contract_does_not_end_before_it_begins() -> None:
    app = page(panel="contracts")
    app.selectbox(key="sc_ends_orchard").set_value("2020-07").run()
    assert "left aside" in words(app) and changes(app) == ()


@pytest.mark.parametrize(
    ("area", "service", "verdict"),
    [("Q1", "harvest", "wrong"), ("Q1", "harvest", "closed"), ("Q1", "lantern", "new")],
)
@pytest.mark.usefixtures("themed_city")
def test_what_the_record_contradicts_cannot_be_contested(
    area: str, service: str, verdict: str
) -> None:
    app = contested(page(panel="contest"), area, service, verdict)
    assert "left aside" in words(app) and changes(app) == ()


@pytest.mark.usefixtures("themed_city")
def test_a_file_s_measure_of_need_is_taken_over() -> None:
    app = page(panel="files")
    app.file_uploader(key="sc_file").upload(
        "s.yaml", b"scenario: 1\nneed: score\nhubs: [{area: Q6}]\n", "text/yaml"
    ).run()
    press(app, "sc_load")
    assert app.session_state["query"].need == "score" and address(app).get("need") == "score"


def test_the_best_set_does_what_it_promises() -> None:
    app = page({"hubs": "E09000010~from:2021-06"}, panel="best")
    assert "would newly reach one borough" in words(app)
    press(app, "sc_use_best")
    assert "25 to 26 of London's 32 boroughs" in headline(app)


def test_a_best_set_is_one_step_to_undo() -> None:
    app = press(page({"best": "3"}, panel="best"), "sc_use_best")
    press(app, "undo")
    assert asked(app) is None


def test_a_baseline_kept_to_compare_survives_the_link(farwater: Record) -> None:
    view = replace(Query.default(farwater), beside=(Scenario.default(farwater),))
    assert parse(dict(parse_qsl(view.link(farwater))), farwater)[0] == view


def test_what_is_left_out_of_a_question_is_told(farwater: Record) -> None:
    assert parse({"best": "2~not:Fir!,Q1"}, farwater)[1]


def test_an_unknown_borough_does_not_take_the_whole_question_away(farwater: Record) -> None:
    assert parse({"best": "3~land~not:Q1.Q99"}, farwater)[0].best.facilities == 3


def test_a_misspelt_field_of_a_scenario_is_told_which_was_meant(farwater: Record) -> None:
    assert "did you mean 'hubs'?" in parse({"huds": "Fir"}, farwater)[1][0]


def test_letters_are_the_links_own_whatever_their_order(farwater: Record) -> None:
    assert [
        s.hubs[0].area for s in parse({"c": "hubs=Q2", "b": "hubs=Q1"}, farwater)[0].beside
    ] == ["Q1", "Q2"]


def test_a_link_s_b_takes_the_place_of_b(farwater: Record) -> None:
    start = replace(Query.default(farwater), beside=(Scenario(date(2020, 6, 30), (Hub("Q6"),)),))
    assert len(parse({"b": "hubs=Q6"}, farwater, start)[0].beside) == 1


def test_every_fault_of_a_scenario_to_compare_is_told(farwater: Record) -> None:
    notes = " ".join(parse({"b": "hubs=Nowhere,Fir&off=nothing"}, farwater)[1])
    assert "Nowhere' was left" in notes and "'nothing' was left" in notes


def test_undo_of_a_hub_leaves_the_day_that_was_chosen_since() -> None:
    app = page()
    app.pills(key="sc_hubs").set_value([BARNET]).run()
    app.select_slider(key="on").set_value(date(2020, 4, 30)).run()
    press(app, "undo")
    assert app.select_slider(key="on").value == date(2020, 4, 30)
