"""What sentences about scenarios are made of: areas, amounts and doubts in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from provision.coverage.status import Status
from provision.record import Record
from provision.text.wording import FEW, listing, number


def surely(perhaps: Sequence[str]) -> str:
    return " for certain" if perhaps else ""


def count_span(counts: Mapping[Status, int]) -> str:
    """How many areas are covered, up to how many it would be with those of which it is not
    stated."""
    sure, unsure = counts[Status.COVERED], counts[Status.NOT_STATED]
    return f"{sure} to {sure + unsure}" if unsure else str(sure)


def count_areas(record: Record, n: int) -> str:
    return f"{number(n)} {record.file.region.area if n == 1 else record.file.region.areas}"


def names_or_count(record: Record, codes: Sequence[str]) -> str:
    return (
        listing(record.by_code[c].name for c in codes)
        if len(codes) <= FEW
        else count_areas(record, len(codes))
    )


def pounds(amount: float) -> str:
    return f"−£{-amount:,.0f}" if amount < 0 else f"£{amount:,.0f}"
