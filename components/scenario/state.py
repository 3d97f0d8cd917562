"""The scenario in the session: what its controls hold, and what each of them changes. Every change
can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from provision.dates import SourceDate
from provision.links.address import MAX_LENGTH
from provision.links.query import Query, parse
from provision.location.catchment import CatchmentRule, Rule
from provision.location.wanted import Wanted
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
    no_place,
    presets,
)
from provision.scenarios.toggle_preview import next_hub
from provision.schema.services import Level

ALL_HUBS = "all"
AS_STATED = "as stated"
MOST_PAST = 50
_KEPT = ("scenario", "beside", "best", "panel")
_CONTROLS = (
    "sc_start",
    "sc_hubs",
    "sc_rule",
    "sc_km",
    "sc_off",
    "sc_withdrawn",
    "sc_which",
    "sc_level",
    "sc_opens",
    "sc_closes",
    "sc_workers",
    "sc_offer",
)
_CONTROLS += (
    "sc_women",
    "sc_cost",
    "sc_fixed",
    "sc_name",
    "sc_note",
    "sc_many",
    "sc_weigh",
    "sc_not",
    "sc_panel",
)
Change = Callable[[Scenario], Scenario]


def names(record: Record) -> tuple[str, ...]:
    """The names of everything that the page of scenarios draws."""
    return (*_CONTROLS, *(f"sc_ends_{s.id}" for s in record.services))


def held(query: Query, record: Record) -> dict[str, Any]:
    """What the controls hold to show a view's scenario."""
    own = query.scenario or Scenario.default(record)
    reach, rules = rule_of(query), {hub.reach for hub in own.hubs}
    values: dict[str, Any] = {name: getattr(query, name) for name in _KEPT}
    values |= {
        "sc_hubs": [hub.area for hub in own.hubs],
        "sc_start": next(
            (
                key
                for key, preset in presets(record).items()
                if _same(preset, query.supposed(record))
            ),
            None,
        ),
        "sc_rule": reach.rule.value if len(rules) <= 1 else None,
        "sc_km": reach.km or 8.0,
        "sc_off": [c.service for c in own.changes if isinstance(c, Off)],
        "sc_withdrawn": [c.provider for c in own.changes if isinstance(c, Withdrawn)],
        "sc_name": own.name,
        "sc_note": own.note,
        "sc_many": query.best.hubs,
        "sc_weigh": query.best.weigh.value,
        "sc_not": list(query.best.excluded),
        "sc_panel": query.panel,
        "sc_women": own.assumptions.women_per_key_worker,
        "sc_cost": own.assumptions.cost_per_woman,
        "sc_fixed": own.assumptions.hub_fixed_cost,
        **_hub_details(own),
    }
    ends = {c.service: c.end.iso for c in own.changes if isinstance(c, Ends)}
    return values | {f"sc_ends_{s.id}": ends.get(s.id, AS_STATED) for s in record.services}


def _same(one: Scenario, other: Scenario) -> bool:
    return (one.on, one.hubs, one.changes) == (other.on, other.hubs, other.changes)


def _hub_details(own: Scenario) -> dict[str, Any]:
    """The details of the hub that is looked at; of the first, where all are."""
    which = st.session_state.get("sc_which") or ALL_HUBS
    if which not in {hub.area for hub in own.hubs}:
        which = ALL_HUBS
    hub = next((h for h in own.hubs if which in (ALL_HUBS, h.area)), None)
    return {
        "sc_which": which,
        "sc_level": (hub.level if hub else Level.WRAP_AROUND).value,
        "sc_opens": hub.opens.iso if hub and hub.opens else None,
        "sc_closes": hub.closes.iso if hub and hub.closes else None,
        "sc_workers": hub.key_workers if hub else None,
        "sc_offer": list(hub.themes) if hub else [],
    }


def rule_of(query: Query) -> CatchmentRule:
    """The reach rule in force: that of the hubs, or of the next ones where there are none."""
    return (
        query.scenario.hubs[0].reach if query.scenario and query.scenario.hubs else query.best.reach
    )


def suppose(
    record: Record, make: Change, *, on: date | None = None, need: str | None = None
) -> None:
    """Change the scenario, and the day and the measure of need with it where they are given. What
    cannot be (a hub that closes before it opens, an entry contested that is not there) is said and
    changes nothing."""
    state = st.session_state
    before: Query = state["query"]
    try:
        start = before.scenario or Scenario.default(record)
        after = _renamed(record, start, make(start))
        query = replace(
            before,
            scenario=_worth_keeping(record, after),
            on=on or before.on,
            need=need or before.need,
        )
        _must_fit(record, query)
    except ValueError as error:
        state["refused"] = str(error)
        show(record, before)
        return
    if (query.scenario, query.on) != (before.scenario, before.on):
        state.setdefault("past", []).append((before.scenario, before.on if on else None))
        del state["past"][:-MOST_PAST]
        state["future"] = []
    show(record, query)


def _renamed(record: Record, before: Scenario, after: Scenario) -> Scenario:
    """A preset that is changed is not that preset any more, and loses its name."""
    kept = after.name == before.name and after.name in {
        preset.name for preset in presets(record).values()
    }
    return replace(after, name="") if kept and after != before else after


def _worth_keeping(record: Record, scenario: Scenario) -> Scenario | None:
    bare = replace(scenario, on=record.default_date, need=None)
    return None if bare == Scenario.default(record) else bare


def _must_fit(record: Record, query: Query) -> None:
    """A view must be one that its own link gives back. Raises ValueError with what its link would
    be refused for."""
    fields = query.params(record)
    if sum(len(name) + len(value) for name, value in fields.items()) > MAX_LENGTH:
        raise ValueError(f"the link to it would be longer than {MAX_LENGTH:,} characters")
    _, notes = parse(fields, record)
    if notes:
        raise ValueError(notes[0].rstrip("."))


def show(record: Record, query: Query) -> None:
    """Make a view the session's, controls included."""
    st.session_state["query"] = query
    st.session_state.update(on=query.on, need=query.need)
    st.session_state.update(held(query, record))


def forget() -> None:
    """Nothing can be undone any more: what was supposed before spoke of other data."""
    st.session_state.update(past=[], future=[])


def step(record: Record, past: str, future: str) -> None:
    """Undo (``past``, ``future``) or redo (the other way round). The day goes back only where the
    change had moved it."""
    state = st.session_state
    if not state.get(past):
        return
    query: Query = state["query"]
    scenario, on = state[past].pop()
    state.setdefault(future, []).append((query.scenario, query.on if on else None))
    show(record, replace(query, scenario=scenario, on=on or query.on))


def begin(record: Record) -> None:
    """Take over the preset that is chosen, with its day, and say what it has taken the place of."""
    preset = st.session_state["sc_start"]
    before: Scenario | None = st.session_state["query"].scenario
    if preset is None:
        return suppose(record, lambda _: Scenario.default(record), on=record.default_date)
    take(record, presets(record)[preset])
    if before:
        st.session_state["replaced"] = presets(record)[preset].name


def take(record: Record, scenario: Scenario) -> None:
    """Take over a whole scenario, with its day and its measure of need."""
    suppose(record, lambda _: scenario, on=scenario.on, need=scenario.need)


# What single controls change


def toggle_hub(record: Record, area: str) -> None:
    """Put a hub into an area, or take it away."""
    query: Query = st.session_state["query"]
    if why := no_place(record, area):
        st.session_state["refused"] = why
        show(record, query)
        return
    suppose(
        record,
        lambda s: (
            s.without_hub(area)
            if any(h.area == area for h in s.hubs)
            else s.with_hub(next_hub(s.hubs, area, rule_of(query)))
        ),
    )


def put_hubs(record: Record, areas: Sequence[str]) -> None:
    """Put hubs that are open throughout into some areas, all at once."""
    reach = rule_of(st.session_state["query"])
    suppose(
        record,
        lambda s: replace(
            s,
            hubs=(
                *(h for h in s.hubs if h.area not in areas),
                *(Hub(area, reach) for area in areas),
            ),
        ),
    )


def set_hubs(record: Record) -> None:
    """Take over the hubs that are lit."""
    lit, query = st.session_state["sc_hubs"] or [], st.session_state["query"]

    def change(s: Scenario) -> Scenario:
        kept = tuple(h for h in s.hubs if h.area in lit)
        return replace(
            s,
            hubs=(
                *kept,
                *(
                    next_hub(s.hubs, a, rule_of(query))
                    for a in lit
                    if a not in {h.area for h in kept}
                ),
            ),
        )

    suppose(record, change)


def set_rule(record: Record) -> None:
    """Put every hub, and the next ones, under the rule that is chosen."""
    state = st.session_state
    if state["sc_rule"] is None:
        return show(record, state["query"])
    rule = Rule(state["sc_rule"])
    reach = (
        CatchmentRule(rule, state.get("sc_km") or 8.0) if rule is Rule.KM else CatchmentRule(rule)
    )
    state["query"] = replace(state["query"], best=replace(state["query"].best, reach=reach))
    suppose(record, lambda s: replace(s, hubs=tuple(replace(h, reach=reach) for h in s.hubs)))


def outside() -> tuple[Any, ...]:
    """What the controls hold that a toggle does not run anew."""
    return tuple(
        st.session_state.get(name) for name in ("on", "view", "sc_rule", "sc_km", "sc_start")
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

    def change(s: Scenario) -> Scenario:
        kept = [c for c in s.changes if not (isinstance(c, (Ends, Off)) and c.service == service)]
        return replace(
            s,
            changes=(*kept, *([] if end == AS_STATED else [Ends(service, SourceDate.parse(end))])),
        )

    suppose(record, change)


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
    which = state["sc_which"]
    suppose(
        record,
        lambda s: replace(
            s,
            hubs=tuple(replace(h, **details) if which in (ALL_HUBS, h.area) else h for h in s.hubs),
        ),
    )


def look_at_hub(record: Record) -> None:
    """Show the details of another hub."""
    show(record, st.session_state["query"])


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
    from provision.location.best_hubs import Objective

    state = st.session_state
    query: Query = state["query"]
    wanted = Wanted(
        state["sc_many"] or 1,
        query.best.reach,
        Objective(state["sc_weigh"] or Objective.BOROUGHS.value),
        tuple(sorted(state["sc_not"] or ())),
    )
    show(record, replace(query, best=wanted))


def set_panel(record: Record) -> None:
    """Show another panel."""
    show(
        record, replace(st.session_state["query"], panel=st.session_state["sc_panel"] or "figures")
    )


def keep_beside(record: Record) -> None:
    """Keep the scenario as it is now, to compare with."""
    query: Query = st.session_state["query"]
    kept = replace(query, beside=(*query.beside, query.supposed(record))[:3])
    try:
        _must_fit(record, kept)
    except ValueError as error:
        st.session_state["refused"] = str(error)
        return
    show(record, kept)


def drop_beside(record: Record, place: int) -> None:
    """Compare with one less."""
    query: Query = st.session_state["query"]
    show(record, replace(query, beside=tuple(s for i, s in enumerate(query.beside) if i != place)))


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
