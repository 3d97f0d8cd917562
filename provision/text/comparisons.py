"""What a comparison of scenarios says, in sentences.

The verdict never weighs areas against money: it says who covers more, who covers what others do
not, and what each costs, as far as that is stated."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from provision.coverage.need import Women
from provision.coverage.status import Status
from provision.english import FEW, listing, number
from provision.scenarios.compare import LETTERS, Comparison
from provision.scenarios.costs import cost
from provision.text.cost_caution import cost_caution
from provision.text.scenario_words import count_span
from provision.text.wording import women_span


@lru_cache(maxsize=16)
def verdict(found: Comparison) -> tuple[str, ...]:
    """What the comparison says: who covers most, what the first and each other cover that the other
    does not, what is reached only remotely, what each costs, and whether they look at different
    days."""
    pairs = [_between(found, 0, b) for b in range(1, len(found.outcomes))]
    costs = [_money(found), cost_caution(found.record).text]
    said = [_most(found), *pairs, _remote(found), *costs, _days(found)]
    return tuple(s for s in said if s)


def _most(found: Comparison) -> str:
    """Who covers most for certain, with the women gained."""
    region, counts = found.record.file.region, [o.counts[Status.COVERED] for o in found.outcomes]
    spans, doubt = (
        [count_span(o.counts) for o in found.outcomes],
        bool((found.unknown & found.record.counted).any()),
    )
    best = [name for name, n in zip(found.names, counts, strict=True) if n == max(counts)]
    each = "; ".join(
        f"{name} covers {span}, gaining {_women(o.women_gained, region.people)}"
        f" and losing {women_span(o.women_lost)}"
        for name, span, o in zip(found.names, spans, found.outcomes, strict=True)
    )
    who, same = (
        ("all", "the same number of") if len(best) == len(counts) else (listing(best), "most")
    )
    lead = f"{who} cover{'s' * (len(best) == 1)} {same} {region.areas}"
    return (
        f"{f'Counting only what is certain, {lead}' if doubt else lead[0].upper() + lead[1:]}:"
        f" {each}."
    )


def _women(women: Women, people: str) -> str:
    return (
        f"{women_span(women)} {people}"
        if women.total is not None
        else f"a number of {people} that is not stated"
    )


def _between(found: Comparison, a: int, b: int) -> str:
    """What one covers that the other does not, and the other way round; and where that cannot be
    told."""
    first, second, areas = LETTERS[a], LETTERS[b], found.record.file.region.areas
    more, less, doubts = found.only(a, b), found.only(b, a), _doubts(found, a, b)
    if not more and not less:
        same = f"{first} and {second} cover the very same {areas}"
        return f"{f'As far as is stated, {same}; {doubts}' if doubts else same}."
    parts = [
        f"{who} alone covers {_places(found, codes)}"
        for who, codes in ((first, more), (second, less))
        if codes
    ]
    within = [(second, first)] if not less else [(first, second)] if not more else []
    rest = (
        [doubts]
        if doubts
        else [f"everything that {one} covers, {other} covers too" for one, other in within]
    )
    return f"Of {first} and {second}, {'; '.join([' and '.join(parts), *rest])}."


def _doubts(found: Comparison, a: int, b: int) -> str:
    """What one covers while the source does not say for the other; empty where there is nothing of
    the kind."""
    sides = (
        (LETTERS[a], LETTERS[b], found.unsure(a, b)),
        (LETTERS[b], LETTERS[a], found.unsure(b, a)),
    )
    return "; ".join(
        f"{one} covers {_places(found, codes)}, where it is not stated for {other}"
        for one, other, codes in sides
        if codes
    )


def _places(found: Comparison, codes: Sequence[str]) -> str:
    region = found.record.file.region
    if len(codes) <= FEW:
        return listing(found.record.by_code[code].name for code in codes)
    return f"{number(len(codes))} {region.areas}"


def _money(found: Comparison) -> str:
    """What each costs a year beyond the baseline, and what its sum lacks."""
    parts = []
    for name, outcome in zip(LETTERS, found.outcomes, strict=False):
        spent = cost(outcome)
        lacking = (
            f" without {listing(spent.lacking)}"
            if spent.lacking and spent.annual is not None
            else ""
        )
        stated = "is not stated" if spent.annual is None else f"£{spent.annual:,.0f}{lacking}"
        parts.append(f"{name} {stated}".replace("£-", "−£"))
    return f"Cost a year beyond the baseline: {'; '.join(parts)}."


def _days(found: Comparison) -> str:
    days = [outcome.scenario.on for outcome in found.outcomes]
    return (
        ""
        if len(set(days)) == 1
        else "They look at different days, so part of the difference is time."
    )


def _remote(found: Comparison) -> str:
    """What each reaches only remotely; empty where none does."""
    if not found.remote.any():
        return ""
    each = [
        f"{name} {_places(found, outcome.remote_only) if outcome.remote_only else 'none'}"
        for name, outcome in zip(LETTERS, found.outcomes, strict=False)
    ]
    return f"Reached only remotely, which is not counted as covered: {'; '.join(each)}."
