"""What a session keeps of the view while Streamlit begins pages, breaks them off and lets go of
what their controls held."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from components.page import controls, view
from components.page.context import PageEntry
from components.present import state as present_state
from components.present import workshop_record
from components.scenario import changes
from components.scenario import state as scenario_state
from provision.location.catchment import CatchmentRule, Rule
from provision.record import Record
from provision.scenarios.scenario import Hub, Off
from provision.workshop.engines import ENVIRONMENT
from provision.workshop.entries import Kind, RecordProblem

THEMES = ("themes", PageEntry("Themes", print, controls=("on", "theme", "view")))
MAPS = ("theme_maps", PageEntry("Theme maps", print, controls=("on", "view")))
FIGURES = ("paper", PageEntry("Figures", print, controls=("on", "need", "view"), panels=("size",)))
WHAT_IF = (
    "scenario",
    PageEntry("What if", print, controls=("on", "scenario"), shown=("best", "panel", "beside")),
)
END = date(2020, 6, 30)


class Asked(dict[str, str]):
    """An address that gives each of its fields once."""

    def get_all(self, name: str) -> list[str]:
        return [self[name]]


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A session's state, with an address, and records of its own."""
    own: dict[str, Any] = {}
    monkeypatch.setenv(ENVIRONMENT, f"sqlite:///{tmp_path / 'records.sqlite'}")
    monkeypatch.setattr(st, "session_state", own)
    monkeypatch.setattr(st, "query_params", Asked(on=END.isoformat(), theme="recall"))
    return own


def begin(record: Record, page: str, entry: PageEntry) -> None:
    """What happens before a page is drawn."""
    view.receive(record, page, entry)
    controls.tell_page(record)


def arrive(record: Record, *pages: tuple[str, PageEntry]) -> None:
    """One page after the other, each drawn to its end."""
    for page, entry in pages:
        begin(record, page, entry)
        view.settle()


def test_a_page_that_was_begun_and_not_drawn_takes_nothing_away(
    london: Record, state: dict[str, Any]
) -> None:
    arrive(london, THEMES)
    begin(london, *MAPS)  # broken off
    state["theme"] = None  # the browser has taken the control away
    begin(london, *THEMES)
    assert (state["theme"], state["on"]) == ("recall", END)


def test_values_that_were_let_go_of_are_told_again(london: Record, state: dict[str, Any]) -> None:
    arrive(london, THEMES)
    del state["on"], state["theme"]
    begin(london, *THEMES)
    assert (state["theme"], state["on"]) == ("recall", END)


def test_what_the_browser_has_let_go_of_without_a_press_is_told_again(
    london: Record, state: dict[str, Any]
) -> None:
    arrive(london, THEMES)
    state["theme"] = None  # the other page's run was broken off before it had begun
    begin(london, *THEMES)
    assert state["theme"] == "recall"
    state["theme"] = None
    controls.moved(london, "theme")
    begin(london, *THEMES)
    assert state["theme"] is None, "somebody has cleared it"


def test_what_a_panel_draws_is_told_again_as_well(london: Record, state: dict[str, Any]) -> None:
    arrive(london, FIGURES)
    view.change(size="slide")
    state["size"] = None  # another page was begun, never drawn, and took the control away
    begin(london, *FIGURES)
    assert state["size"] == "slide"


def test_what_is_chosen_in_another_order_is_left_alone(
    london: Record, state: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "query_params", Asked(hubs="E09000003~land,E09000011~land"))
    arrive(london, WHAT_IF)
    assert (state["sc_hubs"], state["sc_rule"]) == (["E09000003", "E09000011"], "land")
    state["sc_hubs"] = lit = ["E09000011", "E09000003"]
    begin(london, *WHAT_IF)
    assert state["sc_hubs"] is lit


@pytest.mark.parametrize(("drawn", "hubs"), [("before", ["E09000003"]), ("now", [])])
def test_pills_of_a_page_that_a_click_on_its_map_has_overtaken_change_nothing(
    london: Record, state: dict[str, Any], drawn: str, hubs: list[str]
) -> None:
    arrive(london, WHAT_IF)
    scenario_state.suppose(london, lambda s: s.with_hub(Hub("E09000003", CatchmentRule(Rule.LAND))))
    mark = {"id": "a", "event": "mark", "value": {"area": "E09000011", "drawn": drawn}}
    state |= {"maps drawn": {"map-scenario": "now"}, "map-scenario": {"sent": [mark]}}
    state["sc_hubs"] = []
    changes.set_hubs(london)
    own = view.current().scenario
    assert [hub.area for hub in (own.hubs if own else ())] == hubs


def test_a_part_that_is_drawn_anew_leaves_what_stands_above_it(
    london: Record, state: dict[str, Any]
) -> None:
    arrive(london, WHAT_IF)
    scenario_state.suppose(london, lambda s: s.with_hub(Hub("E09000003", CatchmentRule(Rule.LAND))))
    before = scenario_state.outside(london)
    scenario_state.tell_part(london)
    assert state["sc_hubs"] == ["E09000003"] and state["sc_rule"] == "own"
    scenario_state.undo(london)
    assert view.current().scenario is None and scenario_state.outside(london) != before


def test_what_cannot_be_supposed_is_said_and_changes_nothing(
    london: Record, state: dict[str, Any]
) -> None:
    arrive(london, WHAT_IF)
    scenario_state.suppose(london, lambda s: s.with_change(Off("nothing")))
    assert view.current().scenario is None
    assert "'nothing' is not the id of a service" in scenario_state.history(london).refused
    assert scenario_state.history(london).past == []


def test_every_control_is_told_its_value_on_another_page(
    london: Record, state: dict[str, Any]
) -> None:
    arrive(london, THEMES)
    state["on"] = kept = StillEqual(2020, 6, 30)
    begin(london, *THEMES)
    assert state["on"] is kept
    begin(london, *MAPS)
    assert state["on"] == END and state["on"] is not kept, (
        "the slider is on both pages, and may be a new one in the browser"
    )


def test_what_is_moved_while_a_page_is_first_drawn_stays_moved(
    london: Record, state: dict[str, Any]
) -> None:
    arrive(london, THEMES)
    begin(london, *FIGURES)  # broken off by the press
    state["size"] = "column"
    controls.moved(london, "size")
    begin(london, *FIGURES)
    assert state["size"] == "column" and view.current().size == "column"


def test_what_is_moved_on_a_page_that_stands_is_never_set(
    london: Record, state: dict[str, Any]
) -> None:
    arrive(london, THEMES)
    state["on"] = date(2019, 3, 31)  # the browser is ahead of what has been answered
    controls.moved(london, "on")
    state["on"] = untouched = StillEqual(2019, 3, 31)
    begin(london, *THEMES)
    assert state["on"] is untouched


class StillEqual(date):
    """A date that can be told from another of the same day."""


def test_back_on_any_page_keeps_the_record_of_the_workshop(
    london: Record, state: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    state["room"] = room = present_state.room(london)
    workshop_record.begin(london, room)

    def away() -> None:
        raise RecordProblem("the disk is full", "make room")

    with monkeypatch.context() as broken:
        broken.setattr(workshop_record, "store", away)
        workshop_record.keep(room, Kind.NOTE, {"text": "waits"})
    arrive(london, THEMES)
    state["frame"] = {"back": "/themes?on=2020-06-30"}
    view.back(london)
    assert view.current().theme is None and view.visit().returned is None
    found = present_state.room(london)
    assert found.session == room.session and found.waiting.of(room.session)


def test_what_waits_for_a_record_that_was_left_is_kept_also_where_nothing_is_asked_for(
    london: Record, state: dict[str, Any]
) -> None:
    room = present_state.room(london)
    view.visit().returned = {}
    found = present_state.room(london)
    assert found is not room and found.waiting is room.waiting and found.turn > room.turn


@pytest.mark.parametrize("address", ["", "step=2", "step=2&session="])
def test_back_on_the_page_that_presents_goes_to_its_step_and_keeps_the_record(
    london: Record, state: dict[str, Any], address: str
) -> None:
    room = present_state.room(london)
    workshop_record.begin(london, room)
    room.step, turn = 4, room.turn
    arrive(london, ("present", PageEntry("Present", print, own=present_state.FIELDS)))
    state["frame"] = {"back": f"/present?{address}{room.session if address.endswith('=') else ''}"}
    view.back(london)
    found = present_state.room(london)
    assert (found.session, found.step, found.story) == (
        room.session,
        1 if address else None,
        room.story,
    )
    assert found.turn > turn and present_state.room(london) is found
