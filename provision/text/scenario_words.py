"""What sentences about scenarios are made of: areas, amounts and doubts in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from provision.coverage.status import Status
from provision.english import FEW, listing, number
from provision.record import Record
from provision.scenarios.figures import ScenarioFigure
from provision.schema.labels import LEVEL_WORDS
from provision.schema.services import Region
from provision.text.labels import FIGURE_WORDS, STATUS_WORDS


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


def figure_label(figure: ScenarioFigure, region: Region) -> str:
    """What a figure of a scenario is called."""
    of = figure.of
    words = STATUS_WORDS[of] if isinstance(of, Status) else LEVEL_WORDS[of] if of else ""
    return FIGURE_WORDS[figure.measure].format(areas=region.areas, of=words, months=figure.months)
