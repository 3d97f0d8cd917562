"""The sentences of scenarios: what is supposed, what it does, what is left, how far it can be
relied on, and which hubs would be best.

As in :mod:`provision.text.coverage`, each is written once, for caption, alt text, screen reader and
speaker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from provision.coverage.arrays import record_arrays
from provision.coverage.need import Women
from provision.coverage.status import Status, coverage
from provision.location.best_hubs import Asked, Best, Choice, Method, Objective, Shortfall
from provision.record import Record
from provision.scenarios.codes import Conclusion
from provision.scenarios.costs import Capacity, Cost, capacity, cost
from provision.scenarios.evaluate import Outcome, evaluate
from provision.scenarios.gain_loss import gain_loss
from provision.scenarios.rates import REFERRALS_A_YEAR, stated
from provision.scenarios.scenario import Change, Contested, Ends, Off, Scenario, Verdict, Withdrawn
from provision.text.coverage import FEW, as_at, headline, listing, number, women_range_text
from provision.text.hubs import (
    areas_named,
    for_one_or_more,
    reach_words,
    supposed_hubs,
    supposed_hubs_in_short,
)
from provision.text.labels import STATUS_WORDS


def supposed(record: Record, scenario: Scenario) -> str:
    """What a scenario supposes, as the part of a sentence that follows "with"."""
    parts = supposed_hubs(record, scenario)
    parts += [
        _change(record, change) for change in scenario.changes if not isinstance(change, Contested)
    ]
    contested = [change for change in scenario.changes if isinstance(change, Contested)]
    if len(contested) > FEW:
        parts.append(f"{number(len(contested))} contested entries taken as people say")
    else:
        parts += [_change(record, change) for change in contested]
    return listing(parts) if parts else "nothing changed"


def supposed_in_short(record: Record, scenario: Scenario) -> str:
    """What a scenario supposes, in few words, for a title: its name, or where its hubs stand and
    how much else is changed."""
    parts = supposed_hubs_in_short(record, scenario)
    if len(scenario.changes) == 1:
        parts.append(_change(record, scenario.changes[0]))
    elif scenario.changes:
        parts.append(f"{number(len(scenario.changes))} changes to contracts")
    return scenario.name or (listing(parts) if parts else "nothing changed")


def outcome_sentence(outcome: Outcome) -> str:
    """What a scenario does, in one sentence: covered instead of how many, gained, lost, and how
    many women."""
    record, asked, region = outcome.record, outcome.scenario, outcome.record.file.region
    if asked.changes_nothing:
        return f"Nothing is supposed. {headline(record, coverage(record, asked.on), asked.on)}"
    before, after = count_span(outcome.baseline_counts), count_span(outcome.counts)
    total = sum(outcome.counts.values())
    instead = (
        f"instead of {before}"
        if before != after
        else f"as without {'them' if len(asked.hubs) + len(asked.changes) > 1 else 'it'}"
    )
    whole = (
        f"{after} of {region.name}'s {total} {region.areas} would be covered as at"
        f" {as_at(record, asked.on)}, {instead}"
    )
    parts = [part for part in (_gained(outcome), _lost(outcome), _remotely(outcome)) if part]
    return f"With {supposed(record, asked)}, {whole}{': ' if parts else ''}{'; '.join(parts)}."


def since_sentence(outcome: Outcome) -> str:
    """On another day than the record's own: that both sides are of that day, and what is then lost
    and gained since the record's own day."""
    record, asked = outcome.record, outcome.scenario
    if asked.on == record.default_date:
        return ""
    then = evaluate(record, Scenario.default(record)).baseline.found[0]
    base = record_arrays(record)
    found = gain_loss(base, then, outcome.statuses[0])
    words = {
        "gained": found.gained,
        "perhaps gained": found.perhaps_gained,
        "lost": found.lost,
        "perhaps lost": found.perhaps_lost,
    }
    parts = [
        f"{_names(record, base.those(chosen))} {name}"
        for name, chosen in words.items()
        if chosen.any()
    ]
    both = f"Baseline and scenario are both as at {as_at(record, asked.on)}."
    return (
        f"{both} Beside the record as at {as_at(record, record.default_date)}, the scenario then"
        f" has {listing(parts) if parts else 'the same covered'}."
    )


def outcome_sentences(outcome: Outcome) -> list[str]:
    """Everything that is said of a scenario: what it does, what is left, what it rests on, other
    rules, places, cost."""
    found = [outcome_sentence(outcome), left_sentence(outcome), reliance_sentence(outcome)]
    if outcome.under:
        found.append(holds_sentence(outcome))
    if not outcome.scenario.changes_nothing:
        found += [
            places_sentence(outcome, capacity(outcome)),
            cost_sentence(outcome, cost(outcome)),
        ]
    return found


def left_sentence(outcome: Outcome) -> str:
    """What still has nothing, and apart from it what the source does not say of."""
    area, unsure = outcome.record.file.region.area, outcome.without[Status.NOT_STATED]
    parts = [
        f"{_names(outcome.record, codes)} ({STATUS_WORDS[s]})"
        for s, codes in outcome.without.items()
        if codes and s is not Status.NOT_STATED
    ]
    left = (
        f"Still not covered: {'; '.join(parts)}"
        if parts
        else (
            f"No {area} is known to be left without" if unsure else f"Every {area} would be covered"
        )
    )
    return f"{left}; not stated for {_names(outcome.record, unsure)}." if unsure else f"{left}."


def reliance_sentence(outcome: Outcome) -> str:
    """What rests on a single provider, or on a single hub, afterwards."""
    record, region = outcome.record, outcome.record.file.region
    parts = [
        f"{_count(record, len(codes))} on {name}"
        for name, codes in sorted(outcome.alone.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    if outcome.on_one_hub:
        parts.append(f"{_count(record, len(outcome.on_one_hub))} on one hub alone")
    rests = (
        f"Resting on a single provider or hub: {listing(parts)}."
        if parts
        else f"No {region.area} rests on a single provider or hub."
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
    under."""
    said = {
        Conclusion.GAINED: f"That {_these(outcome)}",
        Conclusion.LOST: (
            "That"
            f" {'these are lost and no others' if outcome.lost else f'none is lost{_surely(outcome.perhaps_lost)}'}"
        ),
        Conclusion.WITHOUT: (
            "That"
            f" {'these are left with none and no others' if outcome.without[Status.NONE] else 'none is left with none'}"
        ),
    }
    counted = sorted({len(rule.gained) for rule in outcome.under})
    between = f"{counted[0]}" if len(counted) == 1 else f"{counted[0]} to {counted[-1]}"
    under = {c: "holds under {} of {} other reach rules".format(*outcome.holds(c)) for c in said}
    parts = [
        f"{words} {under[c]}{f', which gain {between} in all' if c is Conclusion.GAINED else ''}."
        for c, words in said.items()
    ]
    return " ".join(parts)


def _these(outcome: Outcome) -> str:
    n = len(outcome.gained)
    if not n:
        return f"none gains{_surely(outcome.perhaps_gained)}"
    return "this one gains" if n == 1 else f"these {number(n)} gain"


def _surely(perhaps: Sequence[str]) -> str:
    return " for certain" if perhaps else ""


def places_sentence(outcome: Outcome, found: Capacity) -> str:
    """How many women a year contracts expect and hubs have places for, and what does not say."""
    unknown = found.contracts.lacking and not found.contracts.women
    contracts = (
        "Active contracts expect"
        f" {'a number of women a year that is not stated' if unknown else f'{found.contracts.women:,.0f} women a year'}"
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
    hubs = f"the hubs have places for {found.hubs.women:,.0f}"
    if found.hubs.lacking:
        several = len(found.hubs.lacking) > 1
        hubs = (
            "the hubs' places are not stated"
            if not found.hubs.women
            else f"{hubs}, not counting {number(len(found.hubs.lacking))} hub{'s' * several}"
        )
        hubs += ", because nobody has said how many key workers they have or what one can do"
    return f"{contracts}; {hubs}."


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
    return (
        f"{name} states {referrals.value:,.0f} referrals, which are not women"
        if referrals
        else f"{name} not stated"
    )


def cost_sentence(outcome: Outcome, found: Cost) -> str:
    """What a scenario costs beyond the baseline, a year and over the period."""
    if not found.lines:
        return "Nothing in it changes what the contracts cost."
    lacking = (
        ", without what is not stated"
        f" ({listing(f'{what[0].lower()}{what[1:]}' if what.startswith('Hub') else what for what in found.lacking)})"
    )
    lacking = lacking if found.lacking else ""
    if found.annual is None or found.period is None:
        return (
            "What it would cost cannot be told:"
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


def _spent(amount: float) -> tuple[str, str]:
    """What an amount beyond the baseline does, and how much it is."""
    return ("free", _money(-amount)) if amount < 0 else ("cost", _money(amount))


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


def best_sentence(record: Record, asked: Asked, best: Best) -> str:
    """The best next hubs in one sentence, with how many sets do as well."""
    first, region = best.choices[0], record.file.region
    how = for_one_or_more(reach_words(record, asked.reach), len(first.areas))
    if not best.gain:
        return (
            f"No further hub, {for_one_or_more(how, 1)}, would reach another {region.area} without a"
            " contracted service."
        )
    hubs = f"{number(len(first.areas))} further hub{'s' * (len(first.areas) != 1)}".capitalize()
    tied = (
        "how many choices reach as many was not counted" if best.ties is None else _tied(best.ties)
    )
    sure = (
        f"; found by a solver with a gap of {best.gap:.2%}"
        if best.method is not Method.EXHAUSTIVE
        else ""
    )
    lacking = (
        f"; {number(best.unknown)} {region.area if best.unknown == 1 else region.areas} without a"
        " figure add nothing"
        if best.unknown
        else ""
    )
    reached = f"would newly reach {_what(record, asked, best.gain)} at best"
    return (
        f"{hubs}, {how}, {reached}, for instance in {areas_named(record, first.areas)}{_apart(first)};"
        f" {tied}{sure}{lacking}."
    )


def shortfall_sentence(record: Record, asked: Asked, found: Shortfall, whose: str = "Yours") -> str:
    """Somebody's own choice beside the best: what it reaches, and how many others reach more."""
    own = (
        f"{whose} ({areas_named(record, found.own.areas)}) reaches"
        f" {_what(record, asked, found.own.gain)}{_apart(found.own)}"
    )
    if not found.missed:
        return f"{own}: no other choice of as many hubs reaches more."
    many = (
        "another choice{} reaches"
        if found.best.ties in (None, 1)
        else f"{number(found.best.ties or 0)} other choices{{}} reach"
    )
    return (
        f"{own}; {many.format('' if len(found.own.areas) == asked.hubs else ' of as many')}"
        f" {found.best.gain:,}."
    )


def _change(record: Record, change: Change) -> str:
    match change:
        case Off(service):
            return f"{record.services_by_id[service].short_name} switched off"
        case Withdrawn(provider):
            return f"{provider} withdrawn"
        case Ends(service, end):
            own = record.services_by_id[service].contract.last_day
            at = f"{'on' if end.first == end.last else 'in'} {end}"
            turn = f"taken to end {at}" if own is None else f"extended to {end}"
            if own and end.last < own:
                turn = f"ending early, {at}"
            return f"{record.services_by_id[service].short_name} {turn}"
        case Contested(area, service, verdict, since):
            said = {
                Verdict.WRONG: "never named for",
                Verdict.CLOSED: "closed in",
                Verdict.NEW: "new in",
            }[verdict]
            return (
                f"{record.services_by_id[service].short_name} {said}"
                f" {record.by_code[area].name}{f' ({since})' if since else ''}"
            )


def _gained(outcome: Outcome) -> str:
    """What is said of the areas gained: how many, their women, and which of them may have had a
    service all along."""
    record, sure, unsure = outcome.record, outcome.gained, outcome.perhaps_gained
    if not sure and not unsure:
        return "none gains" if outcome.scenario.hubs else ""
    parts = [_more(sure, record)] if sure else []
    parts += [f"{_names(record, unsure)}, which may have had a service all along"] if unsure else []
    words = f"{' and '.join(parts)}{_women(outcome, outcome.women_gained)}"
    lapsed = outcome.gained_from[Status.LAPSED]
    return f"{words}; of these, {_names(record, lapsed)} had lapsed before" if lapsed else words


def _remotely(outcome: Outcome) -> str:
    """What is said of the areas that nothing but a remote hub reaches."""
    codes = outcome.remote_only
    if not codes:
        return ""
    return (
        f"{_names(outcome.record, codes)} {'is' if len(codes) == 1 else 'are'} reached only"
        " remotely, which is not counted as covered"
    )


def _more(codes: Sequence[str], record: Record) -> str:
    which = f" ({listing(record.by_code[c].name for c in codes)})" if len(codes) <= FEW else ""
    return f"{number(len(codes))} more{which}"


def _lost(outcome: Outcome) -> str:
    record, codes, unsure = outcome.record, outcome.lost, outcome.perhaps_lost
    if not codes and not unsure:
        return "none loses its last service" if outcome.scenario.changes else ""
    which = f" ({listing(record.by_code[c].name for c in codes)})" if len(codes) <= FEW else ""
    parts = (
        [
            f"{number(len(codes))}{which} {'loses its' if len(codes) == 1 else 'lose their'} last"
            " service"
        ]
        if codes
        else []
    )
    parts += (
        [
            f"whether {_names(record, unsure)} {'keeps' if len(unsure) == 1 else 'keep'} a service"
            " is not stated"
        ]
        if unsure
        else []
    )
    return f"{' and '.join(parts)}{_women(outcome, outcome.women_lost)}"


def _women(outcome: Outcome, women: Women) -> str:
    """The women who live there, as a range where something is not stated."""
    return f", with {women_range_text(women, outcome.record.file.region)}"


def count_span(counts: Mapping[Status, int]) -> str:
    """How many areas are covered, up to how many it would be with those of which it is not
    stated."""
    sure, unsure = counts[Status.COVERED], counts[Status.NOT_STATED]
    return f"{sure} to {sure + unsure}" if unsure else str(sure)


def _what(record: Record, asked: Asked, gain: int) -> str:
    region = record.file.region
    if asked.weigh is Objective.WOMEN:
        return (
            f"{gain:,} women of {region.scope_minimum_age} and over who live where there is no"
            " contracted service"
        )
    return (
        f"{number(gain) if gain else 'no'} {region.areas if gain > 1 else region.area} without a"
        " contracted service"
    )


def _tied(ties: int) -> str:
    return (
        "no other choice reaches as many"
        if ties == 1
        else f"{number(ties)} choices in all reach as many"
    )


def _apart(choice: Choice) -> str:
    parts = [
        f"{number(n)} {words}"
        for n, words in ((choice.gain_not_stated, "not stated"), (choice.gain_lapsed, "lapsed"))
        if n
    ]
    return f" (and {listing(parts)})" if parts else ""


def _count(record: Record, n: int) -> str:
    return f"{number(n)} {record.file.region.area if n == 1 else record.file.region.areas}"


def _names(record: Record, codes: Sequence[str]) -> str:
    return (
        listing(record.by_code[c].name for c in codes)
        if len(codes) <= FEW
        else _count(record, len(codes))
    )


def _money(amount: float) -> str:
    return f"−£{-amount:,.0f}" if amount < 0 else f"£{amount:,.0f}"
