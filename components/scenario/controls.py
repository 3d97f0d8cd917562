"""The controls that stand beside the map: hubs on and off, of which kind and whom they reach, what
to begin with, undo. Each changes the scenario through :mod:`components.scenario.state`."""

from __future__ import annotations

import streamlit as st

from components.page.markup import plain, show
from components.scenario import changes, state
from provision.links.query import PANELS, Query
from provision.location.catchment import LEAST_KM
from provision.location.hub_kinds import hub_kinds
from provision.record import Record
from provision.scenarios.scenario import Scenario, presets

_RULES = {
    "own": "own {area}",
    "land": "+ by land",
    "crossing": "+ crossings",
    "touching": "all neighbours",
    "km": "km …",
}
_WHO = "Who can use a hub?"
_PANELS = {
    "figures": "Figures",
    "table": "As a table",
    "best": "Best next hubs",
    "hubs": "Hubs in detail",
    "contracts": "Contracts",
    "themes": "Themes",
    "months": "Months",
    "cost": "Cost",
    "compare": "Compare",
    "contest": "Contest an entry",
    "files": "Save and load",
}


def hub_switches(record: Record, query: Query) -> None:
    """Hubs on and off; undo, redo and clear; whether the baseline stands beside."""
    own = query.scenario or Scenario.default(record)
    st.pills(
        f"Hubs (or choose a {plain(record.file.region.area)} on the map)",
        hub_places(record, own),
        key="sc_hubs",
        selection_mode="multi",
        format_func=lambda code: plain(record.by_code[code].name),
        on_change=changes.set_hubs,
        args=(record,),
    )
    _steps(record, own)


def hub_places(record: Record, scenario: Scenario) -> list[str]:
    """The areas that are offered for hubs: those listed as having none, those not stated, and those
    that have a hub in the scenario."""
    unnamed = ~record.service_area_matrix.any(axis=1) & record.counted
    first = list(record.those(unnamed))
    return [*first, *(hub.area for hub in scenario.hubs if hub.area not in first)]


def kind(record: Record) -> None:
    """Of which kind hubs are: all that are on, and the next."""
    kinds = {one.id: one.name for one in hub_kinds(record).values()}
    if st.session_state["sc_kind"] == state.SEVERAL:
        kinds[state.SEVERAL] = "Several kinds"
    st.selectbox(
        "Kind of hub",
        list(kinds),
        key="sc_kind",
        format_func=kinds.__getitem__,
        on_change=changes.set_kind,
        args=(record,),
    )


def rule(record: Record) -> None:
    """Whom hubs reach: all that are on, and the next. None is lit where they differ. A kind
    without a reach rule says whom it reaches itself."""
    chosen = hub_kinds(record).get(st.session_state["sc_kind"])
    if chosen and not chosen.has_rule:
        show("hub_reach.html", label=_WHO, reach=chosen.reach, remote=chosen.remote)
        return
    area = plain(record.file.region.area)
    words = {rule: text.format(area=area) for rule, text in _RULES.items()}
    st.segmented_control(
        _WHO,
        list(words),
        key="sc_rule",
        format_func=words.__getitem__,
        required=True,
        on_change=changes.set_rule,
        args=(record,),
    )
    if st.session_state["sc_rule"] == "km":
        distances = [LEAST_KM, *(float(n) for n in range(2, 31))]
        distances = sorted({*distances, float(st.session_state["sc_km"])})
        st.select_slider(
            "Kilometres",
            distances,
            key="sc_km",
            format_func=lambda n: f"{n:g} km",
            on_change=changes.set_rule,
            args=(record,),
        )


def start(record: Record) -> None:
    """The scenarios to begin with."""
    words = {key: preset.name for key, preset in presets(record).items()}
    st.selectbox(
        "Start from an example",
        list(words),
        key="sc_start",
        index=None,
        format_func=words.__getitem__,
        placeholder="Choose one",
        on_change=state.begin,
        args=(record,),
    )


def _steps(record: Record, own: Scenario) -> None:
    session = state.history(record)
    with st.container(horizontal=True, key="steps"):
        st.button(
            "Undo",
            key="undo",
            disabled=not session.past,
            on_click=state.undo,
            args=(record,),
        )
        st.button(
            "Redo",
            key="redo",
            disabled=not session.future,
            on_click=state.redo,
            args=(record,),
        )
        st.button(
            "Clear",
            key="clear",
            disabled=own == Scenario.default(record),
            on_click=state.suppose,
            args=(record, lambda _: Scenario.default(record)),
        )
        st.toggle("Compare with now", key="sc_beside", persist_state="session")


def told(record: Record) -> None:
    """What could not be supposed, and what a preset has taken the place of; each said once."""
    own = state.history(record)
    why, replaced = own.refused, own.replaced
    own.refused = own.replaced = ""
    if replaced:
        show(
            "notes.html",
            title=f"{replaced}: this has taken the place of what was supposed before.",
            lines=["Undo brings that back."],
        )
    if why:
        show("notes.html", title="That was left aside.", lines=[f"{why[0].upper()}{why[1:]}."])


def panel_choice(record: Record) -> None:
    """Which panel is shown under the map."""
    assert set(_PANELS) == set(PANELS)
    st.pills(
        "Show",
        list(_PANELS),
        key="sc_panel",
        format_func=_PANELS.__getitem__,
        required=True,
        on_change=changes.set_panel,
        args=(record,),
    )
