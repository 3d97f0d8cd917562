"""What a component tells the server is taken once, in order, and confirmed once it is kept."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st

from components.page.messages import MOST, Message, arrived, confirmed, latest

FIRST = {"id": "a", "event": "mark", "value": "E1"}
SECOND = {"id": "b", "event": "shown", "value": 3}


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    bare: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", bare)
    return bare


def test_what_is_sent_again_with_the_next_is_taken_once(state: dict[str, Any]) -> None:
    state["map"] = {"sent": [FIRST]}
    assert arrived("map") == [Message("a", "mark", "E1")]
    state["map"] = {"sent": [FIRST, SECOND]}
    assert arrived("map") == [Message("b", "shown", 3)]
    assert arrived("map") == [] and confirmed("map") == ["a", "b"]


def test_the_first_of_two_is_not_lost_where_only_the_newer_trigger_arrives(
    state: dict[str, Any],
) -> None:
    state["map"] = {"sent": [FIRST, SECOND]}
    assert [message.id for message in arrived("map")] == ["a", "b"]


def test_components_are_told_apart(state: dict[str, Any]) -> None:
    state |= {"map": {"sent": [FIRST]}, "screen": {"sent": [FIRST]}}
    assert arrived("map") and arrived("screen") and confirmed("other") == []


def test_what_waits_to_be_kept_is_not_confirmed(state: dict[str, Any]) -> None:
    state["screen"] = {"sent": [FIRST, SECOND]}
    arrived("screen")
    assert confirmed("screen", {"a"}) == ["b"]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "text",
        {"id": "a"},
        [None],
        ["a"],
        [{"id": "", "event": "mark"}],
        [{"id": "x" * 65, "event": "mark"}],
        [{"id": 3, "event": "mark"}],
        [{"id": "a", "event": None}],
    ],
)
def test_what_no_component_sends_is_passed_over(state: dict[str, Any], sent: object) -> None:
    state["map"] = {"sent": sent}
    assert arrived("map") == [] and confirmed("map") == []


def test_messages_are_bounded_and_the_newest_count(state: dict[str, Any]) -> None:
    state["map"] = {"sent": [{**FIRST, "id": str(n)} for n in range(MOST + 5)]}
    assert len(arrived("map")) == MOST
    assert confirmed("map")[-1] == str(MOST + 4) and len(confirmed("map")) == MOST


def test_the_latest_is_told_taken_or_not(state: dict[str, Any]) -> None:
    state["map"] = {"sent": [FIRST, SECOND, {"id": 3}]}
    arrived("map")
    assert latest("map") == Message("b", "shown", 3) and latest("screen") is None
