"""Unit rates for hubs, each derived from contracts in the record, with its arithmetic; what cannot
be derived is not stated.

Women per key worker a year
    The women a year that contracts expect, divided by their key workers, over the contracts that
    state both. *Referrals a year* are not women and are left aside: one woman can be referred
    twice, and not every referral leads to support.
Cost per woman
    The money of a contract a year, divided by the women a year it expects, over the contracts that
    state both, every line of their funding that states an amount included. Where another funder's
    amount is not stated, the rate goes by the names of those that are in it. It is what was
    granted, not what was spent.
Fixed cost of a hub
    No contract in the record states one. It is never made up: it stays not stated until somebody
    gives it.

The first two hold for hubs of the levels of the contracts that they were worked out from; for a
hub of another level they are not stated until somebody gives them.

A contract's money a year is its funding divided by its term: by its months where it runs from the
first day of a month to the last of another, else by its days, at 365.25 a year. Of several
contracts, sums are divided by sums, so that a large one counts for more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from provision.dates import month_end
from provision.english import listing
from provision.record import Record
from provision.scenarios.scenario import Assumptions
from provision.schema.labels import LEVEL_WORDS
from provision.schema.services import NOT_STATED, Figure, Level, Reference, Service

# what figures of a capacity are called in the data
KEY_WORKERS, WOMEN_A_YEAR, REFERRALS_A_YEAR = "key workers", "women a year", "referrals a year"
DAYS_A_YEAR = 365.25
LABELS = {
    "women_per_key_worker": "Women per key worker a year",
    "cost_per_woman": "Cost per woman",
    "hub_fixed_cost": "Fixed cost of a hub a year",
}


@dataclass(frozen=True)
class Rate:
    """One rate: its value, None where it is not stated; its arithmetic in a sentence; where the
    figures come from; ``levels`` of the contracts that it was worked out from."""

    value: float | None
    arithmetic: str
    refs: tuple[Reference, ...] = ()
    edited: bool = False
    levels: tuple[Level, ...] = ()
    name: str = ""  # what it is called where its usual name would say too much

    def at(self, level: Level, *, remote: bool = False) -> float | None:
        """The rate for hubs of a level: what was put in by hand holds for all, what was worked out
        for the levels of its contracts, and for no hub that works remotely."""
        return self.value if self.edited or (level in self.levels and not remote) else None


@dataclass(frozen=True)
class Rates:
    """The rates that a scenario is worked out with, under the names of
    :class:`provision.scenarios.scenario.Assumptions`."""

    women_per_key_worker: Rate
    cost_per_woman: Rate
    hub_fixed_cost: Rate


def stated(service: Service, what: str) -> Figure | None:
    """A figure of a service's capacity by its name, if it is given and stated."""
    return next((f for f in service.capacity if f.what == what and f.value != NOT_STATED), None)


def women_a_year(service: Service) -> float | None:
    """The women a year that a contract expects; None where it is not stated."""
    figure = stated(service, WOMEN_A_YEAR)
    return float(figure.value) if figure else None


def years(service: Service) -> tuple[float, str] | None:
    """The length of a contract in years, and how it was counted; None where an end of it is not
    stated."""
    start, end = service.contract.start, service.contract.end
    if isinstance(start, str) or isinstance(end, str):
        return None
    if start.first.day == 1 and end.last == month_end(end.last):
        months = (end.last.year - start.first.year) * 12 + end.last.month - start.first.month + 1
        return months / 12, f"{months} months"
    days = (end.last - start.first).days + 1
    return days / DAYS_A_YEAR, f"{days} days"


def money_a_year(service: Service) -> Rate:
    """What is stated of a contract's money, a year: the amounts of its funders over its term. Not
    stated where no amount is, or its term is not; what an unstated amount leaves out is said."""
    term, refs = (
        years(service),
        tuple(dict.fromkeys(r for line in service.funding for r in line.ref)),
    )
    amounts = [line.amount for line in service.funding if line.amount != NOT_STATED]
    unsure = not amounts or {f.currency for f in service.funding} != {"GBP"}
    if term is None or unsure:
        lacking = "its funding" if unsure else "its term"
        return Rate(None, f"{service.short_name}: {lacking} is not stated in full", refs)
    total = sum(float(a) for a in amounts)
    sums = " + ".join(f"£{a:,.0f}" for a in amounts)
    whole = f"({sums})" if len(amounts) > 1 else sums
    return Rate(
        total / term[0],
        f"{service.short_name}: {whole} ÷ {term[1]} × {_year(term[1])} = £{total / term[0]:,.0f} a"
        f" year{_left_out(service)}",
        refs,
    )


def _left_out(service: Service) -> str:
    """Whose money is not in a sum, as its amount is not stated."""
    others = [line.funder for line in service.funding if line.amount == NOT_STATED]
    return f", without the money of {listing(others)}, which is not stated" if others else ""


def called(name: str, rate: Rate) -> str:
    """The label of a rate, which names the funders where others' money is not in it."""
    return rate.name or LABELS[name]


def _year(counted: str) -> str:
    return "12" if counted.endswith("months") else f"{DAYS_A_YEAR:g}"


@lru_cache(maxsize=8)
def derived(record: Record) -> Rates:
    """The default rates, as the record's contracts give them."""
    return Rates(
        _women_per_key_worker(record),
        _cost_per_woman(record),
        Rate(None, "No contract in the record states what a hub costs to keep open."),
    )


def rates(record: Record, assumptions: Assumptions) -> Rates:
    """The rates of a scenario: what was edited, and the defaults for the rest."""
    own, found = derived(record), {}
    for each in fields(Rates):
        value, default = getattr(assumptions, each.name), getattr(own, each.name)
        found[each.name] = (
            default
            if value is None
            else Rate(value, _edited(value, default), default.refs, edited=True)
        )
    return Rates(**found)


def _edited(value: float, default: Rate) -> str:
    instead = (
        "where the record states nothing"
        if default.value is None
        else f"in place of {default.value:,.2f}"
    )
    return f"{value:,.2f} was put in by hand, {instead}."


def _women_per_key_worker(record: Record) -> Rate:
    found = [
        (s, w, k)
        for s in record.services
        if (w := stated(s, WOMEN_A_YEAR)) and (k := stated(s, KEY_WORKERS)) and float(k.value)
    ]
    if not found:
        return Rate(
            None, "No contract in the record states both its key workers and its women a year."
        )
    women, workers = (
        sum(float(w.value) for _, w, _ in found),
        sum(float(k.value) for _, _, k in found),
    )
    refs = tuple(dict.fromkeys(r for _, w, k in found for r in (*w.ref, *k.ref)))
    services = [s for s, _, _ in found]
    names = ", ".join(s.short_name for s in services)
    steps = (
        f"{women:,.0f} women a year{_as_sure([w for _, w, _ in found])} ÷ {workers:,.0f} key"
        f" workers = {women / workers:,.2f}"
        f" ({names}). {_holds_for(services)}{_beside(services)}"
    )
    return Rate(women / workers, steps, refs, levels=_levels(services))


def _cost_per_woman(record: Record) -> Rate:
    found = [
        (s, w, m)
        for s in record.services
        if (w := stated(s, WOMEN_A_YEAR))
        and float(w.value)
        and (m := money_a_year(s)).value is not None
    ]
    if not found:
        return Rate(
            None, "No contract in the record states its money, its term and its women a year."
        )
    women, money = (
        sum(float(w.value) for _, w, _ in found),
        sum(m.value or 0.0 for _, _, m in found),
    )
    refs = tuple(dict.fromkeys(r for _, w, m in found for r in (*m.refs, *w.ref)))
    services = [s for s, _, _ in found]
    steps = (
        f"{'; '.join(m.arithmetic for _, _, m in found)}; £{money:,.0f} ÷ {women:,.0f} women a year"
        f"{_as_sure([w for _, w, _ in found])} = £{money / women:,.2f}."
    )
    notes = "".join(f" {line.note}" for s in services for line in s.funding if line.note)
    return Rate(
        money / women,
        f"{steps} {_holds_for(services)}{notes}",
        refs,
        levels=_levels(services),
        name=_money_name(services),
    )


def _as_sure(figures: Sequence[Figure]) -> str:
    """How sure the source is of figures, behind them: ``(expected)``; nothing where it just states
    them."""
    qualifiers = tuple(dict.fromkeys(f.qualifier for f in figures if f.qualifier))
    return f" ({listing(qualifiers)})" if qualifiers else ""


def _money_name(services: Sequence[Service]) -> str:
    """Whose money a rate is, where the amount of another funder of the same contracts is not
    stated; else nothing."""
    if not any(map(_left_out, services)):
        return ""
    lines = [line for s in services for line in s.funding if line.amount != NOT_STATED]
    kind = "grant" if all("grant" in (line.through or "") for line in lines) else "money"
    return f"{listing(dict.fromkeys(line.funder for line in lines))} {kind} per woman"


def _levels(services: Sequence[Service]) -> tuple[Level, ...]:
    """The levels that a rate from these services holds for; none that is not stated."""
    return tuple(dict.fromkeys(s.level for s in services if s.level is not Level.NOT_STATED))


def _holds_for(services: Sequence[Service]) -> str:
    """For which hubs a rate holds."""
    if not _levels(services):
        return "Their level of support is not stated, so it holds for no hub."
    return (
        f"For hubs that give {listing(LEVEL_WORDS[level] for level in _levels(services))}; for"
        " others it is not stated."
    )


def _beside(services: Sequence[Service]) -> str:
    """What the same contracts state of women beside the figure that was taken, so that nobody takes
    it for the only one."""
    found = [
        (s, f)
        for s in services
        for f in s.capacity
        if f.what.startswith("women in ") and f.value != NOT_STATED
    ]
    return "".join(
        f" {s.short_name} also states {f.value:,.0f} {f.what}{_as_sure([f])}."
        f"{f' {f.note}' if f.note else ''}"
        for s, f in found
    )
