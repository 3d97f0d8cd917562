"""Places and cost, and what they are worked out with."""

from __future__ import annotations

import streamlit as st

from components.page.markup import plain, references, show
from components.scenario import changes
from provision.record import Record
from provision.scenarios.costs import capacity, cost
from provision.scenarios.evaluate import Outcome
from provision.scenarios.rates import LABELS, called, derived, rates
from provision.schema.services import NOT_STATED
from provision.text.cost_caution import cost_caution
from provision.text.scenario_sums import cost_sentence, places_sentence

ASSUMPTION_UNITS = {"women_per_key_worker": "women", "cost_per_woman": "£", "hub_fixed_cost": "£"}


def assumption_controls(record: Record) -> None:
    """The rates, each empty for the default that the contracts give."""
    own = derived(record)
    columns = st.columns(3)
    for column, (key, name) in zip(
        columns,
        {
            "sc_women": "women_per_key_worker",
            "sc_cost": "cost_per_woman",
            "sc_fixed": "hub_fixed_cost",
        }.items(),
        strict=True,
    ):
        rate = getattr(own, name)
        default = rate.value
        with column:
            placeholder = NOT_STATED if default is None else f"default {default:,.2f}"
            unit = ASSUMPTION_UNITS[name]
            st.number_input(
                f"{plain(called(name, rate))} ({unit})",
                0.0,
                1e9,
                value=None,
                key=key,
                placeholder=placeholder,
                on_change=changes.set_assumptions,
                args=(record,),
            )
    edited = any(st.session_state[key] is not None for key in ("sc_women", "sc_cost", "sc_fixed"))
    st.button(
        "Restore the defaults",
        key="sc_defaults",
        disabled=not edited,
        on_click=changes.restore_assumptions,
        args=(record,),
    )


def cost_panel(outcome: Outcome) -> None:
    """Places and cost, with the arithmetic of every line and every rate."""
    spent, places = cost(outcome), capacity(outcome)
    own = rates(outcome.record, outcome.scenario.assumptions)
    show(
        "scenario_cost.html",
        sentences=[places_sentence(outcome, places), cost_sentence(outcome, spent)],
        caution=cost_caution(outcome.record).text,
        lines=[
            {
                "what": line.what,
                "annual": _money(line.annual),
                "period": _money(line.period),
                "arithmetic": line.arithmetic,
            }
            for line in spent.lines
        ],
        months=spent.months,
        rates=[
            {
                "label": called(name, getattr(own, name)),
                "value": (
                    NOT_STATED
                    if getattr(own, name).value is None
                    else f"{getattr(own, name).value:,.2f}"
                ),
                "arithmetic": getattr(own, name).arithmetic,
                "refs": references(outcome.record, getattr(own, name).refs),
            }
            for name in LABELS
        ],
    )


def to_establish_panel(record: Record) -> None:
    """What the source says of cost and money: what is to be established, by whom and from what;
    with the caution that holds for every cost of ours."""
    caution = cost_caution(record)
    rows = [
        {
            "title": topic.title,
            "points": [point.text for point in topic.points],
            "who": topic.who,
            "state": topic.state,
            "by": topic.by,
            "refs": references(
                record, tuple(dict.fromkeys(ref for point in topic.points for ref in point.ref))
            ),
        }
        for topic in record.themes_file.investment
    ]
    show(
        "scenario_investment.html",
        caution={"text": caution.text, "refs": references(record, caution.refs)},
        rows=rows,
    )


def _money(amount: float | None) -> str:
    return (
        NOT_STATED if amount is None else f"−£{-amount:,.0f}" if amount < 0 else f"£{amount:,.0f}"
    )
