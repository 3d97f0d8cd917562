"""The scenario in the session: what its controls hold, and how it is changed. Every change can be
undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import streamlit as st

from components.page.view import change, current
from provision.links.address import MAX_LENGTH
from provision.links.query import Query
from provision.location.catchment import CatchmentRule
from provision.location.hub_kinds import FIXED, hub_kinds
from provision.record import Record
from provision.scenarios.hub_reach import of_kind, rule_in_force
from provision.scenarios.plain import check
from provision.scenarios.scenario import (
    Ends,
    Hub,
    Off,
    Scenario,
    Withdrawn,
    presets,
)
from provision.schema.services import Level

MAP = "map-scenario"  # the key of the map that hubs are put on
ALL_HUBS = "all"
AS_STATED = "as stated"
SEVERAL = "several kinds"
MOST_PAST = 50
Change = Callable[[Scenario], Scenario]


@dataclass
class History:
    """What can be undone and done again: scenarios, each with its day where that was moved with it.

    ``version`` is that of the data that they speak of. ``refused`` is why the last change was not
    made, ``replaced`` the preset that has taken the place of another scenario; each is said once.
    """

    version: str
    past: list[tuple[Scenario | None, date | None]] = field(default_factory=list)
    future: list[tuple[Scenario | None, date | None]] = field(default_factory=list)
    refused: str = ""
    replaced: str = ""


def history(record: Record) -> History:
    """This session's; of other data nothing can be undone."""
    own: History | None = st.session_state.get("history")
    if own is None or own.version != record.version:
        own = st.session_state["history"] = History(record.version)
    return own


def tell(record: Record, settled: bool = True) -> None:
    """Tell all controls what the view says of its scenario, where they do not hold it."""
    _tell({**rule_and_start(current(), record), **held(current(), record)}, settled)


def tell_part(record: Record) -> None:
    """The same for the part of the page that a toggle draws anew, without what stands above."""
    _tell(held(current(), record), True)


def _tell(values: dict[str, Any], settled: bool) -> None:
    state = st.session_state
    for name, value in values.items():
        if not settled or name not in state or not _alike(state[name], value):
            state[name] = value


def _alike(one: Any, other: Any) -> bool:
    """Whether a control holds a value; several things may be chosen in any order."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(one) == sorted(other)
    return bool(one == other)


def held(query: Query, record: Record) -> dict[str, Any]:
    """What the controls on the page hold to show a view's scenario."""
    own = query.scenario or Scenario.default(record)
    ends = {c.service: c.end.iso for c in own.changes if isinstance(c, Ends)}
    return {
        "sc_hubs": [hub.area for hub in own.hubs],
        "sc_off": [c.service for c in own.changes if isinstance(c, Off)],
        "sc_withdrawn": [c.provider for c in own.changes if isinstance(c, Withdrawn)],
        "sc_name": own.name,
        "sc_note": own.note,
        "sc_many": query.best.facilities,
        "sc_weigh": query.best.objective.value,
        "sc_not": list(query.best.excluded),
        "sc_panel": query.panel,
        "sc_women": own.assumptions.women_per_key_worker,
        "sc_cost": own.assumptions.cost_per_woman,
        "sc_fixed": own.assumptions.hub_fixed_cost,
        **_hub_details(own),
        **{f"sc_ends_{s.id}": ends.get(s.id, AS_STATED) for s in record.services},
    }


def rule_and_start(query: Query, record: Record) -> dict[str, Any]:
    """What those controls hold that stand above the page, where a toggle does not draw them
    anew."""
    reach, own = rule_of(query, record), query.supposed(record)
    start = next((key for key, preset in presets(record).items() if _same(preset, own)), None)
    named = hub_kinds(record)
    rules = {hub.reach for hub in own.hubs if named[hub.kind].has_rule}
    kinds = {hub.kind for hub in own.hubs} or {query.kind}
    return {
        "sc_start": start,
        "sc_kind": min(kinds) if len(kinds) == 1 else SEVERAL,
        "sc_rule": reach.rule.value if len(rules) <= 1 else None,
        "sc_km": reach.km or 8.0,
    }


def outside(record: Record) -> tuple[Any, ...]:
    """What the controls above the page hold to show the view."""
    query = current()
    return (query.on, query.view, *rule_and_start(query, record).values())


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
        "sc_own_kind": hub.kind if hub else FIXED,
        "sc_visits": list(hub.visits) if hub else [],
        "sc_level": (hub.level if hub else Level.WRAP_AROUND).value,
        "sc_opens": hub.opens.iso if hub and hub.opens else None,
        "sc_closes": hub.closes.iso if hub and hub.closes else None,
        "sc_workers": hub.key_workers if hub else None,
        "sc_offer": list(hub.themes) if hub else [],
    }


def rule_of(query: Query, record: Record) -> CatchmentRule:
    """The reach rule in force: that of the hubs, or of the next ones where none has one."""
    hubs = query.scenario.hubs if query.scenario else ()
    return rule_in_force(record, hubs, query.best.catchment)


def first_hub(query: Query, record: Record) -> Hub:
    """What a hub is like that is put where none is yet, whatever its area."""
    bare = Hub(record.areas[0].code, query.best.catchment)
    return of_kind(record, bare, query.kind, query.best.catchment)


def suppose(
    record: Record, make: Change, *, on: date | None = None, need: str | None = None
) -> None:
    """Change the scenario, and the day and the measure of need with it where they are given. What
    cannot be (a hub that closes before it opens, an entry contested that is not there) is said and
    changes nothing."""
    before, own = current(), history(record)
    try:
        start = before.scenario or Scenario.default(record)
        after = _renamed(record, start, make(start))
        kept = _worth_keeping(record, after)
        if kept:
            check(kept, record)
        query = replace(before, scenario=kept, on=on or before.on, need=need or before.need)
        fit_a_link(record, query)
    except ValueError as error:
        own.refused = str(error)
        return
    if (query.scenario, query.on) != (before.scenario, before.on):
        own.past.append((before.scenario, before.on if on else None))
        del own.past[:-MOST_PAST]
        own.future.clear()
    change(scenario=query.scenario, on=query.on, need=query.need)


def _renamed(record: Record, before: Scenario, after: Scenario) -> Scenario:
    """A preset that is changed is not that preset any more, and loses its name."""
    kept = after.name == before.name and after.name in {
        preset.name for preset in presets(record).values()
    }
    return replace(after, name="") if kept and after != before else after


def _worth_keeping(record: Record, scenario: Scenario) -> Scenario | None:
    bare = replace(scenario, on=record.default_date, need=None)
    return None if bare == Scenario.default(record) else bare


def fit_a_link(record: Record, query: Query) -> None:
    """Make sure that a link can hold a view. Raises ValueError where it cannot."""
    fields = query.params(record)
    if sum(len(name) + len(value) for name, value in fields.items()) > MAX_LENGTH:
        raise ValueError(f"the link to it would be longer than {MAX_LENGTH:,} characters")


def undo(record: Record) -> None:
    """Take the last change back. The day goes back only where the change had moved it."""
    own = history(record)
    _step(own.past, own.future)


def redo(record: Record) -> None:
    """Make the change again that was taken back."""
    own = history(record)
    _step(own.future, own.past)


def _step(
    source: list[tuple[Scenario | None, date | None]],
    target: list[tuple[Scenario | None, date | None]],
) -> None:
    if not source:
        return
    query = current()
    scenario, on = source.pop()
    target.append((query.scenario, query.on if on else None))
    change(scenario=scenario, on=on or query.on)


def begin(record: Record) -> None:
    """Take over the preset that is chosen, with its day, and say what it has taken the place of."""
    preset = st.session_state["sc_start"]
    before = current().scenario
    if preset is None:
        return suppose(record, lambda _: Scenario.default(record), on=record.default_date)
    take(record, presets(record)[preset])
    if before:
        history(record).replaced = presets(record)[preset].name


def take(record: Record, scenario: Scenario) -> None:
    """Take over a whole scenario, with its day and its measure of need."""
    suppose(record, lambda _: scenario, on=scenario.on, need=scenario.need)
