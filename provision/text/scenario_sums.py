"""Sentences about a scenario's places, cost and months, and how far it holds."""

from __future__ import annotations

from provision.coverage.status import Status
from provision.english import listing, number
from provision.record import Record
from provision.scenarios.codes import Conclusion
from provision.scenarios.costs import Capacity, Cost
from provision.scenarios.evaluate import Outcome
from provision.scenarios.rates import REFERRALS_A_YEAR, stated
from provision.scenarios.scenario import Withdrawn
from provision.text.hubs import hub_title
from provision.text.scenario_words import count_areas, pounds, surely


def reliance_sentence(outcome: Outcome) -> str:
    """What rests on a single provider, or on a single hub, afterwards."""
    record, region = outcome.record, outcome.record.file.region
    parts = [
        f"{count_areas(record, len(codes))} on {name}"
        for name, codes in sorted(outcome.alone.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    if outcome.on_one_hub:
        parts.append(f"{count_areas(record, len(outcome.on_one_hub))} on one hub alone")
    rests = (
        f"Depends on one provider or hub: {listing(parts)}."
        if parts
        else f"No {region.area} depends on one provider or hub."
    )
    return " ".join([rests, *_elsewhere(outcome)])


def _elsewhere(outcome: Outcome) -> list[str]:
    """Where a provider that is withdrawn is also a partner in a contract that somebody else leads:
    the contract goes on without it."""
    gone, active = (
        [c.provider for c in outcome.scenario.changes if isinstance(c, Withdrawn)],
        outcome.contracts_only.acts.active[0],
    )
    ids = {int(place) for place in outcome.contracts_only.contracts.service[active]}
    goes_on = [s for place, s in enumerate(outcome.record.services) if place in ids]
    found = [
        (
            name,
            [
                s.short_name
                for s in goes_on
                if any(name == role.organisation for role in s.partners)
            ],
        )
        for name in gone
    ]
    return [
        f"{name} is also a partner in {listing(services)}, which is taken to go on without it."
        for name, services in found
        if services
    ]


def holds_sentence(outcome: Outcome) -> str:
    """Whether the conclusions survive another reach rule, each with how many rules it holds
    under: one line, to be read aloud."""
    lost, left = outcome.lost, outcome.without[Status.NONE]
    none_lost = f"none{surely(outcome.perhaps_lost)}"
    said = {
        Conclusion.GAINED: f"also add {_these(outcome)}",
        Conclusion.LOST: f"lose {'the same' if lost else none_lost}",
        Conclusion.WITHOUT: f"leave {'the same' if left else 'none'} without",
    }
    held = {c: outcome.holds(c) for c in said}
    counted = sorted({len(rule.gained) for rule in outcome.under})
    between = f"{counted[0]}" if len(counted) == 1 else f"{counted[0]} to {counted[-1]}"
    first = held[Conclusion.GAINED]
    rest = ["{} of {} {}".format(*held[c], said[c]) for c in (Conclusion.LOST, Conclusion.WITHOUT)]
    return (
        f"{first[0]} of {first[1]} other distance rules {said[Conclusion.GAINED]}; in all they add"
        f" {between}. {' and '.join(rest)}."
    )


def _these(outcome: Outcome) -> str:
    n = len(outcome.gained)
    if not n:
        return f"none{surely(outcome.perhaps_gained)}"
    return "this one" if n == 1 else f"these {n}"


def places_sentence(outcome: Outcome, found: Capacity) -> str:
    """How many women a year contracts expect and hubs have places for, and what does not say."""
    unknown = found.contracts.lacking and not found.contracts.women
    contracts = (
        "Active contracts expect"
        f" {'a number of women' if unknown else f'{found.contracts.women:,.0f} women'} a year"
        f"{' that is not stated' if unknown else ''}"
    )
    if found.contracts.women != found.baseline.women:
        contracts += f"{',' if unknown else ''} instead of {found.baseline.women:,.0f}"
    if found.contracts.lacking:
        contracts += (
            f" ({'; '.join(_lacking(outcome.record, name) for name in found.contracts.lacking)})"
        )
    if found.shortfall:
        contracts += (
            f", and {found.shortfall:,.0f} places fewer remain than in the baseline, hubs"
            " counted in"
        )
    contracts += _remote_places(outcome, found)
    if not (outcome.open[0] & ~outcome.remote).any():
        return f"{contracts}."
    hubs = f"The hubs have places for {found.hubs.women:,.0f}"
    if found.hubs.lacking:
        several = len(found.hubs.lacking) > 1
        hubs = (
            "Places at the hubs are not known"
            if not found.hubs.women
            else f"{hubs}, not counting {number(len(found.hubs.lacking))} hub{'s' * several}"
        )
        hubs += ". Enter their key workers, and what one can do, to see them"
    return f"{contracts}. {hubs}."


def _remote_places(outcome: Outcome, found: Capacity) -> str:
    """How many women a year remote hubs have time for, apart from all places."""
    if not (outcome.open[0] & outcome.remote).any():
        return ""
    if found.remote.lacking:
        return "; how many women remote hubs could support is not stated"
    return f"; remote hubs could support {found.remote.women:,.0f}, which are no places"


def _lacking(record: Record, name: str) -> str:
    """What a contract says that does not state how many women it expects: referrals are not women,
    so they are named and not added."""
    service = next(s for s in record.services if s.short_name == name)
    referrals = stated(service, REFERRALS_A_YEAR)
    if not referrals:
        return f"{name} not stated"
    sure = f" ({referrals.qualifier})" if referrals.qualifier else ""
    return f"{name} states {referrals.value:,.0f} referrals{sure}, which are not women"


def cost_sentence(outcome: Outcome, found: Cost) -> str:
    """What a scenario costs beyond the baseline, a year and over the period."""
    if not found.lines:
        return "Nothing in it changes what the contracts cost."
    lacking = (
        ", without what is not stated"
        f" ({listing(_as_noun(outcome, what) for what in found.lacking)})"
    )
    lacking = lacking if found.lacking else ""
    if found.annual is None or found.period is None:
        return (
            "We cannot work out the cost yet:"
            f" {'; '.join(dict.fromkeys(line.arithmetic for line in found.lines))}."
        )
    year, whole = _spent(found.annual), _spent(found.period)
    if year[0] == whole[0] or not found.annual or not found.period:
        verb = whole[0] if found.period else year[0]
        return (
            f"Beside the baseline it would {verb} {year[1]} a year and {whole[1]} over"
            f" {found.months} months{lacking}."
        )
    return (
        f"Beside the baseline it would {year[0]} {year[1]} a year as at the day, but {whole[0]}"
        f" {whole[1]} over {found.months} months{lacking}."
    )


def _as_noun(outcome: Outcome, what: str) -> str:
    """What a line of a cost is for, within a sentence: a hub begins small."""
    hubs = {hub_title(outcome.record, hub) for hub in outcome.scenario.hubs}
    return f"{what[0].lower()}{what[1:]}" if what in hubs else what


def _spent(amount: float) -> tuple[str, str]:
    """What an amount beyond the baseline does, and how much it is."""
    return ("free", pounds(-amount)) if amount < 0 else ("cost", pounds(amount))


def months_sentence(outcome: Outcome) -> str:
    """How many areas are covered in the first and in the last month, in the baseline and in the
    scenario, hubs counted in."""
    found, region = outcome.months_table, outcome.record.file.region
    after = found["scenario_covered"] + found["scenario_what_if"]
    ends = [
        f"{region.areas} covered at the end of {found.index[n]}: baseline"
        f" {found['baseline_covered'].iloc[n]}, scenario {after.iloc[n]}"
        for n in (0, -1)
    ]
    return f"{'; '.join(ends)}."
