"""What a scenario costs and how many women it has places for, with the arithmetic of every line.

A hub costs a year: key workers x women per key worker x cost per woman, and its fixed cost where
one is given. A contract that ends early or is switched off frees its money; one that is extended
goes on at its own rate (its funding over its term). Nothing is guessed: where a rate, a number of
key workers or a contract's money is not stated, the line says so and is left out of the sums, which
then name what they lack. Rates that were worked out from contracts with places hold for no remote
hub: it costs, and supports, what somebody says. What it could support is kept apart from places.

A *year* is a full year while the hub is open or the contract changed. The *period* is the months of
the outcome; a hub or a contract counts in a month if it is open or active on the month's last day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from provision.record import Record
from provision.scenarios.evaluate import Outcome
from provision.scenarios.rates import Rates, money_a_year, rates, women_a_year
from provision.scenarios.scenario import Hub
from provision.text.hubs import hub_title
from provision.text.labels import LEVEL_WORDS

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Line:
    """One line of a cost: what for, a year, over the period (None: not stated), and how both were
    worked out."""

    what: str
    annual: float | None
    period: float | None
    arithmetic: str


@dataclass(frozen=True)
class Cost:
    """The lines of a scenario with their sums; None where there are lines and none is stated.
    ``lacking`` names what the sums lack."""

    lines: tuple[Line, ...]
    annual: float | None
    period: float | None
    months: int
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Places:
    """Women a year that some contracts or hubs expect to support: the sum where stated, and what
    does not state it."""

    women: float
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Capacity:
    """Places in the baseline, in the contracts as changed, and in the hubs that have a place, on
    the day; and how many women a year the remote hubs could support, who are in none of these."""

    baseline: Places
    contracts: Places
    hubs: Places
    remote: Places

    @property
    def shortfall(self) -> float | None:
        """The places that contracts no longer give and hubs do not make good, 0 or more; None where
        something of it is not stated."""
        if set(self.contracts.lacking) != set(self.baseline.lacking) or self.hubs.lacking:
            return None
        return max(self.baseline.women - self.contracts.women - self.hubs.women, 0.0)


def cost(outcome: Outcome) -> Cost:
    """What the hubs and the changed contracts of a scenario cost beyond the baseline; what is freed
    is negative."""
    own = rates(outcome.record, outcome.scenario.assumptions)
    lines = [_hub_line(outcome, i, hub, own) for i, hub in enumerate(outcome.scenario.hubs)]
    lines += [
        line
        for column in range(len(outcome.record.services))
        if (line := _contract_line(outcome, column))
    ]
    lacking = [line.what for line in lines if line.annual is None]
    if outcome.scenario.hubs and own.hub_fixed_cost.value is None:
        lacking.append("the fixed cost of hubs")
    return Cost(
        tuple(lines),
        _sum([line.annual for line in lines]),
        _sum([line.period for line in lines]),
        len(outcome.months),
        tuple(lacking),
    )


def capacity(outcome: Outcome) -> Capacity:
    """Women a year that active contracts expect, before and after, and that open hubs have places
    for."""
    record, own = outcome.record, rates(outcome.record, outcome.scenario.assumptions)
    by_place, remote = (
        [
            (record.by_code[hub.area].name, _places(hub, own, bool(far)))
            for hub, is_open, far in zip(
                outcome.scenario.hubs, outcome.open[0], outcome.remote, strict=True
            )
            if is_open and bool(far) is wanted
        ]
        for wanted in (False, True)
    )
    after = set(
        outcome.contracts_only.contracts.service[
            outcome.contracts_only.acts.active[0]
            & outcome.contracts_only.contracts.named.any(axis=1)
        ].tolist()
    )
    before = set(np.flatnonzero(outcome.baseline.acts.active[0]).tolist())
    return Capacity(
        _of_services(record, before), _of_services(record, after), _add(by_place), _add(remote)
    )


def _of_services(record: Record, columns: set[int]) -> Places:
    return _add(
        [(record.services[c].short_name, women_a_year(record.services[c])) for c in sorted(columns)]
    )


def _add(found: list[tuple[str, float | None]]) -> Places:
    return Places(
        sum(women for _, women in found if women is not None),
        tuple(name for name, women in found if women is None),
    )


def _places(hub: Hub, own: Rates, remote: bool) -> float | None:
    """Women a year that a hub has places for, or could support remotely; None where its key workers
    or the rate are not stated."""
    each = own.women_per_key_worker.at(hub.level, remote=remote)
    return None if hub.key_workers is None or each is None else hub.key_workers * each


def _sum(found: list[float | None]) -> float | None:
    stated = [value for value in found if value is not None]
    return sum(stated) if stated or not found else None


def _hub_line(outcome: Outcome, i: int, hub: Hub, own: Rates) -> Line:
    what, remote = hub_title(outcome.record, hub), bool(outcome.remote[i])
    places, each, fixed = (
        own.women_per_key_worker.at(hub.level, remote=remote),
        own.cost_per_woman.at(hub.level, remote=remote),
        own.hub_fixed_cost.value,
    )
    if hub.key_workers is None:
        return Line(what, None, None, "the key workers are not stated")
    if places is None or each is None:
        rate = "women per key worker are" if places is None else "the cost per woman is"
        whose = "that works remotely" if remote else f"that gives {LEVEL_WORDS[hub.level]}"
        return Line(what, None, None, f"{rate} not stated for a hub {whose}")
    annual = hub.key_workers * places * each + (fixed or 0.0)
    open_months = int(outcome.open[1:, i].sum())
    keep = (
        ", without a fixed cost, which is not stated"
        if fixed is None
        else f" + £{fixed:,.0f} fixed"
    )
    factors = (
        f"{hub.key_workers} key worker{'s' * (hub.key_workers != 1)} × {places:,.2f} women ×"
        f" £{each:,.2f}"
    )
    period = f"÷ {MONTHS_A_YEAR} × {open_months} months open, of {len(outcome.months)}"
    exact = all(abs(factor - round(factor, 2)) < 1e-9 for factor in (places, each))
    rounded = "" if exact else ". Factors are rounded here, not in the sum."
    steps = f"{factors}{keep} = £{annual:,.0f} a year; {period}{rounded}"
    return Line(what, annual, annual / MONTHS_A_YEAR * open_months, steps)


def _contract_line(outcome: Outcome, column: int) -> Line | None:
    """A contract whose months or whose day differ from the baseline's; None for one that goes on as
    it was.

    Cells contested within a contract do not change its money.
    """
    before, after = (
        side.acts.active[:, column].astype(int)
        for side in (outcome.baseline, outcome.contracts_only)
    )
    doubt = [side.acts.unsure[:, column] for side in (outcome.baseline, outcome.contracts_only)]
    if (before == after).all() and (doubt[0] == doubt[1]).all():
        return None
    service, more = outcome.record.services[column], int((after - before)[1:].sum())
    what = f"{service.short_name}, {_turn(outcome, column, more)}"
    rate = money_a_year(service)
    if rate.value is None:
        return Line(what, None, None, rate.arithmetic)
    if doubt[0].any() or doubt[1].any():
        return Line(what, None, None, f"{service.short_name}: an end of its contract is not stated")
    annual = rate.value * int(np.sign(more or after[0] - before[0]))
    steps = (
        f"{rate.arithmetic}; {abs(more)} of {len(outcome.months)} months"
        f" {'fewer' if more < 0 else 'more'} than in the baseline"
    )
    return Line(what, annual, rate.value / MONTHS_A_YEAR * more, steps)


def _turn(outcome: Outcome, column: int, more: int) -> str:
    if outcome.contracts_only.contracts.off[column]:
        return "switched off"
    return "extended" if more > 0 else "ended early"
