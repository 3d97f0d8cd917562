"""What if: hubs on, contracts off, and the best next place? The baseline stays; what is shown first
is the difference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from components.coverage.area_map import area_map, marked, send_outlines
from components.coverage.charts import months_chart
from components.coverage.panels import headline
from components.page import frame
from components.page.context import PageContext, PageEntry
from components.page.controls import need_control, tell
from components.page.direct import run_app
from components.page.view import current
from components.paper.downloads import tables_to_download
from components.paper.panels import for_paper
from components.scenario import (
    best,
    changes,
    comparing,
    contest,
    contracts,
    controls,
    costs,
    effects,
    hub_details,
    keeping,
    panels,
    state,
)
from provision.export.scenarios import figures, scenario_rows
from provision.links.query import Query
from provision.record import Record
from provision.scenarios.evaluate import Outcome
from provision.symbology.coverage import coverage_drawn
from provision.symbology.scenarios import scenario_drawn
from provision.text.scenarios import outcome_heading


def page(context: PageContext) -> None:
    """The scenario, its map and what follows. What stands above the map is drawn once; a toggle
    runs :func:`_answer` alone anew."""
    send_outlines(context.record, "map")
    _answer(context, state.outside(context.record))
    for_paper("scenario")


@st.fragment
def _answer(context: PageContext, outside: tuple[object, ...]) -> None:
    """All that a toggle may change: sentence, map, hubs, difference, the panel below, the address.
    Where it changes more than that (undo moves the date, a hub fewer leaves one rule, the view is
    being cited), the whole page runs."""
    record, query = context.record, current()
    # something was said, so this is not the first run
    cited = context.said and st.session_state.get("citing")
    if frame.leads_elsewhere(context.stamp) or state.outside(record) != outside or cited:
        st.rerun()
    state.tell_part(record)
    tell(record, ["need"])
    outcome = panels.outcome_of(record, query.supposed(record))
    heading = outcome_heading(outcome)
    sentence = str(heading)
    headline(context, heading, query.scenario.note if query.scenario else None)
    controls.told(record)
    left, right = st.container(key="sheet").columns([7, 4], gap="medium")
    with right:
        controls.hub_switches(record, query)
        panels.difference(outcome)
        contracts.contract_switches(record)
    with left:
        _maps(record, query, outcome, sentence)
        panels.whom_panel(outcome, query)
    controls.panel_choice(record)
    _PANELS[query.panel](record, query, outcome)
    frame.address(replace(context, query=query))


def _maps(record: Record, query: Query, outcome: Outcome, sentence: str) -> None:
    """The scenario, and on demand the baseline beside it, each under its name then."""
    beside = panels.shown_beside()
    maps = st.columns(2, gap="small") if beside else [st.container()]
    with maps[0]:
        drawn = {**scenario_drawn(outcome), **panels.foretold(outcome, query)}
        title = "What if" if beside else ""
        area_map(
            record,
            query,
            drawn,
            sentence,
            on_choose=lambda: _toggle(record),
            key=state.MAP,
            title=title,
            outlines=False,
        )
    if beside:
        with maps[1]:
            words = panels.baseline_sentence(outcome)
            area_map(
                record,
                query,
                coverage_drawn(record, query),
                words,
                on_choose=lambda: None,
                key="map-baseline",
                title="Baseline",
                outlines=False,
            )


def _toggle(record: Record) -> None:
    """A click on the map puts a hub there, or takes it away."""
    for area in marked(state.MAP):
        changes.toggle_hub(record, area)


def _figures(record: Record, query: Query, outcome: Outcome) -> None:
    panels.figures_card(outcome)


def _table(record: Record, query: Query, outcome: Outcome) -> None:
    effects.effect_table(outcome)
    need_control(record)
    effects.still_without(outcome)
    given = [
        ("The map", f"scenario-{query.on}", lambda: scenario_rows(outcome)),
        ("The figures", f"scenario-figures-{query.on}", lambda: figures(outcome)),
    ]
    tables_to_download(record, given, query if query.scenario else None, "scenario")


def _best(record: Record, query: Query, outcome: Outcome) -> None:
    best.best_controls(record)
    found = best.best_panel(record, query)
    if found:
        best.put_best(record, found)


def _hubs(record: Record, query: Query, outcome: Outcome) -> None:
    hub_details.hub_controls(record, query)


def _contracts(record: Record, query: Query, outcome: Outcome) -> None:
    contracts.contract_controls(record, query)


def _themes(record: Record, query: Query, outcome: Outcome) -> None:
    effects.theme_effects(outcome)


def _months(record: Record, query: Query, outcome: Outcome) -> None:
    months_chart(outcome)
    effects.month_table(outcome)


def _cost(record: Record, query: Query, outcome: Outcome) -> None:
    costs.assumption_controls(record)
    costs.cost_panel(outcome)
    costs.to_establish_panel(record)


def _compare(record: Record, query: Query, outcome: Outcome) -> None:
    comparing.compare_controls(record, query)
    comparing.compare_panel(record, query)


def _contest(record: Record, query: Query, outcome: Outcome) -> None:
    contest.contest_controls(record, query)


def _files(record: Record, query: Query, outcome: Outcome) -> None:
    keeping.file_controls(record, query)


_PANELS: dict[str, Callable[[Record, Query, Outcome], None]] = {
    "figures": _figures,
    "table": _table,
    "best": _best,
    "hubs": _hubs,
    "contracts": _contracts,
    "themes": _themes,
    "months": _months,
    "cost": _cost,
    "compare": _compare,
    "contest": _contest,
    "files": _files,
}


PAGE = PageEntry(
    "What if",
    page,
    controls=("on", "view", "scenario"),
    panels=("need",),
    shown=("best", "kind", "panel", "beside"),
    keeps_address=True,
)

if __name__ == "__main__":  # a fresh server's first visitor can arrive here on a deep link
    run_app()
