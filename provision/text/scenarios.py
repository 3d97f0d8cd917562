"""The sentences of scenarios: what is supposed, what it does, what is left, how far it can be
relied on, and which hubs would be best.

As in :mod:`provision.text.coverage`, each is written once, for caption, alt text, screen reader and
speaker."""

from __future__ import annotations

from provision.coverage.arrays import record_arrays
from provision.coverage.need import Women
from provision.coverage.status import Status, coverage_table
from provision.english import FEW, listing, number
from provision.record import Record
from provision.scenarios.costs import capacity, cost
from provision.scenarios.evaluate import Outcome, evaluate
from provision.scenarios.gain_loss import gain_loss
from provision.scenarios.scenario import Change, Contested, Ends, Off, Scenario, Verdict, Withdrawn
from provision.text.cost_caution import cost_caution
from provision.text.headings import Heading, coverage_heading
from provision.text.hubs import (
    supposed_hubs,
    supposed_hubs_in_short,
)
from provision.text.labels import STATUS_WORDS
from provision.text.scenario_sums import (
    cost_sentence,
    holds_sentence,
    places_sentence,
    reliance_sentence,
)
from provision.text.scenario_words import count_span, names_or_count
from provision.text.wording import as_at, counted_areas, women_range_text


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


def outcome_heading(outcome: Outcome) -> Heading:
    """What a scenario does: the difference first, and below it covered instead of how many, gained,
    lost, and how many women."""
    record, asked, region = outcome.record, outcome.scenario, outcome.record.file.region
    if asked.changes_nothing:
        now = coverage_heading(record, coverage_table(record, asked.on), asked.on)
        return Heading("You have not changed anything yet", str(now))
    before, after = count_span(outcome.baseline_counts), count_span(outcome.counts)
    total = sum(outcome.counts.values())
    instead = f"instead of {before}" if before != after else "as now"
    parts = [
        f"With {supposed(record, asked)}, {after} of {region.name}'s {total} {region.areas} would"
        f" be covered, {instead}.",
        f"Date: {as_at(record, asked.on)}.",
        *(part for part in (_gained(outcome), _lost(outcome), _remotely(outcome)) if part),
    ]
    return Heading(_difference_headline(outcome), " ".join(parts))


def _difference_headline(outcome: Outcome) -> str:
    """How many areas would gain and lose, in a dozen words."""
    region, asked = outcome.record.file.region, outcome.scenario
    gained, lost = len(outcome.gained), len(outcome.lost)
    more = f"{gained} more {counted_areas(region, gained)} would be covered"
    if gained and lost:
        return f"{more}; {lost} would lose {_their(lost)} last service"
    if gained:
        return more
    if lost:
        return f"{lost} {counted_areas(region, lost)} would lose {_their(lost)} last service"
    for codes, what in (
        (outcome.perhaps_gained, "would gain, if {it} had no service already"),
        (outcome.perhaps_lost, "may lose {its} last service"),
        (outcome.remote_only, "would be reached only remotely"),
    ):
        if n := len(codes):
            words = what.format(it="it" if n == 1 else "they", its=_their(n))
            return f"{n} {counted_areas(region, n)} {words}"
    who = ("This hub adds" if len(asked.hubs) == 1 else "These hubs add") if asked.hubs else ""
    if asked.changes or not who:
        who = "This change adds" if len(asked.changes) + len(asked.hubs) == 1 else "They add"
    return f"{who} no {region.areas}"


def _their(n: int) -> str:
    return "its" if n == 1 else "their"


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
        f"{names_or_count(record, base.those(chosen))} {name}"
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
    found = [str(outcome_heading(outcome)), left_sentence(outcome), reliance_sentence(outcome)]
    if outcome.under:
        found.append(holds_sentence(outcome))
    if not outcome.scenario.changes_nothing:
        spent = cost(outcome)
        found += [
            places_sentence(outcome, capacity(outcome)),
            cost_sentence(outcome, spent),
            *([cost_caution(outcome.record).text] if spent.lines else []),
        ]
    return found


def left_sentence(outcome: Outcome) -> str:
    """What still has nothing, and apart from it what the source does not say of."""
    area, unsure = outcome.record.file.region.area, outcome.without[Status.NOT_STATED]
    parts = [
        f"{names_or_count(outcome.record, codes)} ({STATUS_WORDS[s]})"
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
    return f"{left}. Not known: {names_or_count(outcome.record, unsure)}." if unsure else f"{left}."


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
        return ""
    parts = [f"Newly covered: {names_or_count(record, sure)}."] if sure else []
    if unsure:
        parts.append(f"Newly covered, if without a service now: {names_or_count(record, unsure)}.")
    parts.append(_women(outcome, outcome.women_gained))
    if lapsed := outcome.gained_from[Status.LAPSED]:
        parts.append(f"Contract ended there before: {names_or_count(record, lapsed)}.")
    return " ".join(parts)


def _remotely(outcome: Outcome) -> str:
    """What is said of the areas that nothing but a remote hub reaches."""
    codes = outcome.remote_only
    if not codes:
        return ""
    return (
        f"Reached only remotely, not counted as covered: {names_or_count(outcome.record, codes)}."
    )


def _lost(outcome: Outcome) -> str:
    record, codes, unsure = outcome.record, outcome.lost, outcome.perhaps_lost
    if not codes and not unsure:
        return "No last service is lost." if outcome.scenario.changes else ""
    parts = [f"Last service lost: {names_or_count(record, codes)}."] if codes else []
    if unsure:
        parts.append(f"Not known if still covered: {names_or_count(record, unsure)}.")
    return " ".join([*parts, _women(outcome, outcome.women_lost)])


def _women(outcome: Outcome, women: Women) -> str:
    """The women who live there, as a range where something is not known."""
    return f"Living there: {women_range_text(women, outcome.record.file.region)}."
