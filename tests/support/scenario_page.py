"""The page of scenarios as a script: open it, press what is on it, read what is supposed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from streamlit.testing.v1 import AppTest

from provision.scenarios.scenario import (
    Scenario,
)
from support.apps import (
    opened,
    sent,
)

BARNET, ENFIELD, GREENWICH, MERTON = "E09000003", "E09000010", "E09000011", "E09000024"


def page(link: Mapping[str, str] | None = None, panel: str = "hubs", **more: str) -> AppTest:
    app = opened("scenario", {"panel": panel, **(link or {}), **more})
    assert not app.exception
    return app


def asked(app: AppTest) -> Scenario | None:
    """What is supposed."""
    assert not app.exception
    found: Scenario | None = app.session_state["query"].scenario
    return found


def hubs(app: AppTest) -> list[str]:
    return [hub.area for hub in (asked(app) or Scenario(date(2018, 10, 31))).hubs]


def changes(app: AppTest) -> tuple[object, ...]:
    found = asked(app)
    return found.changes if found else ()


def address(app: AppTest) -> dict[str, str]:
    """The fields that the page puts into the browser's address."""
    found: dict[str, str] = sent(app, "frame")["fields"]
    return found


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def contested(app: AppTest, area: str, service: str, verdict: str) -> AppTest:
    app.selectbox(key="sc_cell_area").set_value(area)
    app.selectbox(key="sc_cell_service").set_value(service)
    app.segmented_control(key="sc_cell_verdict").set_value(verdict)
    return press(app, "sc_cell_add")


CASES = [
    {},
    {"hubs": "Q6~land,Q5~land", "best": "2~women"},
    {"hubs": "Q6~km:3~themes:work~from:2020-07~to:2020-08~kw:0,Q7", "on": "1990-01-31"},
    {"off": "ferry,orchard", "withdraw": "Lantern", "on": "2099-12-31"},
    {
        "cells": "Q6~harvest~new,Q1~lantern~wrong",
        "ends": "harvest~2020-05",
        "assume": "women:0,cost:0,fixed:0",
    },
    {
        "b": "hubs=Q1",
        "c": "off=lantern&on=2022-01-01",
        "d": "",
        "best": "5~not:Q1.Q2.Q3.Q4.Q5.Q6.Q7",
    },
]
