"""What single controls change of the scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from components.coverage.area_map import marked_before_answer
from components.own_data import state as own_data
from components.page.view import change, current
from components.scenario.state import (
    ALL_HUBS,
    AS_STATED,
    MAP,
    SEVERAL,
    first_hub,
    fit_a_link,
    history,
    rule_of,
    suppose,
)
from provision.dates import SourceDate
from provision.links.query import BESIDE
from provision.location.catchment import CatchmentRule, Rule
from provision.location.hub_kinds import FIXED, hub_kinds
from provision.location.problem import LocationProblem
from provision.record import Record
from provision.scenarios.hub_reach import of_kind
from provision.scenarios.patch import contested_line, patched
from provision.scenarios.scenario import (
    Assumptions,
    Contested,
    Ends,
    Hub,
    Off,
    Scenario,
    Verdict,
    Withdrawn,
    no_place,
)
from provision.scenarios.toggle_preview import next_hub
from provision.schema.services import Level


def toggle_hub(record: Record, area: str) -> None:
    """Put a hub into an area, or take it away."""
    query = current()
    if why := no_place(record, area):
        history(record).refused = why
        return
    suppose(
        record,
        lambda s: (
            s.without_hub(area)
            if any(h.area == area for h in s.hubs)
            else s.with_hub(next_hub(s.hubs, area, first_hub(query, record)))
        ),
    )


def put_hubs(record: Record, areas: Sequence[str]) -> None:
    """Put hubs that are open throughout into some areas, all at once: of the kind that is chosen,
    or fixed ones where the search could not be asked for it."""
    query = current()
    reach, kind = rule_of(query, record), query.kind
    kind = kind if hub_kinds(record)[kind].has_rule else FIXED
    suppose(
        record,
        lambda s: replace(
            s,
            hubs=(
                *(h for h in s.hubs if h.area not in areas),
                *(Hub(area, reach, kind=kind) for area in areas),
            ),
        ),
    )


def set_hubs(record: Record) -> None:
    """Take over the hubs that are lit; not those of a page that a click on the map overtook."""
    if marked_before_answer(MAP):
        return
    lit, query = st.session_state["sc_hubs"] or [], current()

    def changed(s: Scenario) -> Scenario:
        kept = tuple(h for h in s.hubs if h.area in lit)
        return replace(
            s,
            hubs=(
                *kept,
                *(
                    next_hub(s.hubs, a, first_hub(query, record))
                    for a in lit
                    if a not in {h.area for h in kept}
                ),
            ),
        )

    suppose(record, changed)


def set_rule(record: Record) -> None:
    """Put every hub, and the next ones, under the rule that is chosen."""
    state = st.session_state
    if state["sc_rule"] is None:
        return
    rule = Rule(state["sc_rule"])
    reach = (
        CatchmentRule(rule, state.get("sc_km") or 8.0) if rule is Rule.KM else CatchmentRule(rule)
    )
    change(best=replace(current().best, catchment=reach))
    kinds = hub_kinds(record)
    suppose(
        record,
        lambda s: replace(
            s,
            hubs=tuple(replace(h, reach=reach) if kinds[h.kind].has_rule else h for h in s.hubs),
        ),
    )


def set_kind(record: Record) -> None:
    """Make every hub, and the next ones, of the kind that is chosen."""
    kind, query = st.session_state["sc_kind"], current()
    if kind == SEVERAL:
        return
    reach = rule_of(query, record)
    change(kind=kind, best=replace(query.best, catchment=reach))
    suppose(
        record,
        lambda s: replace(s, hubs=tuple(of_kind(record, h, kind, reach) for h in s.hubs)),
    )


def set_off(record: Record) -> None:
    """Switch off the services that are lit."""
    lit = st.session_state["sc_off"] or []
    suppose(record, lambda s: _with(s, (Off,), [Off(i) for i in lit], set(lit)))


def set_withdrawn(record: Record) -> None:
    """Take the providers that are lit away from everything."""
    lit = st.session_state["sc_withdrawn"] or []
    suppose(
        record, lambda s: _with(s, (Withdrawn,), [Withdrawn(provider) for provider in lit], set())
    )


def set_end(record: Record, service: str) -> None:
    """End a contract in the month that is chosen."""
    end = st.session_state[f"sc_ends_{service}"]

    def changed(s: Scenario) -> Scenario:
        kept = [c for c in s.changes if not (isinstance(c, (Ends, Off)) and c.service == service)]
        return replace(
            s,
            changes=(*kept, *([] if end == AS_STATED else [Ends(service, SourceDate.parse(end))])),
        )

    suppose(record, changed)


def _with(
    scenario: Scenario, kinds: tuple[type, ...], new: list[Any], services: set[str]
) -> Scenario:
    """A scenario with changes of a kind in place of all that it had; a service that is switched off
    has no other end."""
    kept = [
        c
        for c in scenario.changes
        if not isinstance(c, kinds) and not (isinstance(c, Ends) and c.service in services)
    ]
    return replace(scenario, changes=(*kept, *new))


def set_details(record: Record) -> None:
    """Give the chosen hub, or all, the level, months, key workers and themes that the controls
    hold."""
    state = st.session_state
    details = {
        "level": Level(state["sc_level"] or Level.WRAP_AROUND.value),
        "opens": SourceDate.parse(state["sc_opens"]) if state["sc_opens"] else None,
        "closes": SourceDate.parse(state["sc_closes"]) if state["sc_closes"] else None,
        "key_workers": state["sc_workers"],
        "themes": tuple(state["sc_offer"] or ()),
    }
    which, kind, reach = state["sc_which"], state["sc_own_kind"], rule_of(current(), record)
    visits = tuple(state.get("sc_visits") or ())

    def detailed(hub: Hub) -> Hub:
        if which not in (ALL_HUBS, hub.area):
            return hub
        changed = replace(hub, **details, visits=visits)
        return of_kind(record, changed, kind or hub.kind, reach)

    suppose(record, lambda s: replace(s, hubs=tuple(map(detailed, s.hubs))))


def set_assumptions(record: Record) -> None:
    """Take over the assumptions that the controls hold; an empty one is the default."""
    state = st.session_state
    suppose(
        record,
        lambda s: replace(
            s, assumptions=Assumptions(state["sc_women"], state["sc_cost"], state["sc_fixed"])
        ),
    )


def restore_assumptions(record: Record) -> None:
    """Go back to the rates that the contracts give."""
    suppose(record, lambda s: replace(s, assumptions=Assumptions()))


def set_words(record: Record) -> None:
    """Take over name and note."""
    state = st.session_state
    suppose(record, lambda s: replace(s, name=state["sc_name"] or "", note=state["sc_note"] or ""))


def set_wanted(record: Record) -> None:
    """Ask another question of the search for the best places."""
    from provision.location.problem import Objective

    state = st.session_state
    wanted = LocationProblem(
        state["sc_many"] or 1,
        current().best.catchment,
        Objective(state["sc_weigh"] or Objective.AREAS.value),
        tuple(sorted(state["sc_not"] or ())),
    )
    change(best=wanted)


def set_panel(record: Record) -> None:
    """Show another panel."""
    change(panel=st.session_state["sc_panel"] or "figures")


def keep_beside(record: Record) -> None:
    """Keep the scenario as it is now, to compare with."""
    query = current()
    kept = (*query.beside, query.supposed(record))[: len(BESIDE)]
    try:
        fit_a_link(record, replace(query, beside=kept))
    except ValueError as error:
        history(record).refused = str(error)
        return
    change(beside=kept)


def drop_beside(record: Record, place: int) -> None:
    """Compare with one less."""
    change(beside=tuple(s for i, s in enumerate(current().beside) if i != place))


def contest(record: Record) -> None:
    """Say that an entry is wrong, closed or new."""
    state = st.session_state
    area, service, verdict = (
        state.get("sc_cell_area"),
        state.get("sc_cell_service"),
        state.get("sc_cell_verdict"),
    )
    if area and service and verdict:
        suppose(record, lambda s: s.with_change(Contested(area, service, Verdict(verdict))))


def uncontest(record: Record, change: Contested) -> None:
    """Take such a saying back."""
    suppose(record, lambda s: s.without_change(change))


def take_over(record: Record) -> None:
    """Take the contested entries into *Your data*, as a new version with a line for each."""
    scenario = current().supposed(record)
    said = [own for own in scenario.changes if isinstance(own, Contested)]
    try:
        text = patched(record, scenario)
    except ValueError as error:
        history(record).refused = str(error)
        return
    if own_data.take_over(
        record, text.encode(), tuple(contested_line(record, own) for own in said)
    ):
        for own in said:
            uncontest(record, own)
