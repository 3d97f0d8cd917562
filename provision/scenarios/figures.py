"""The figures of a scenario beside those of the record, once for the page, the workbook, the
command line and comparisons. A new figure is one entry here, and its words in
:data:`provision.text.labels.FIGURE_WORDS`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from provision.coverage.need import Women
from provision.coverage.status import Status
from provision.scenarios.costs import capacity, cost
from provision.scenarios.evaluate import Outcome
from provision.schema.services import Level


class Measure(StrEnum):
    """What a figure counts: areas, places for women a year, women, or pounds."""

    AREAS_OF_STATUS = "areas_of_status"
    ONLY_BY_HUB = "only_by_hub"
    REMOTE_ONLY = "remote_only"
    GAINED = "gained"
    LOST = "lost"
    AREAS_OF_LEVEL = "areas_of_level"
    ON_ONE_PROVIDER = "on_one_provider"
    ON_ONE_HUB = "on_one_hub"
    PLACES = "places"
    WOMEN_GAINED = "women_gained"
    WOMEN_LOST = "women_lost"
    COST_A_YEAR = "cost_a_year"
    COST_IN_ALL = "cost_in_all"


@dataclass(frozen=True)
class ScenarioFigure:
    """A figure of a scenario.

    ``before`` is the record's own, None where the record has none of the kind; ``after`` is what is
    certain in the scenario, None where it is not stated, and ``most`` what it could be at most.
    ``of`` tells which status or level; ``women`` holds the count of women whole; ``lacking`` names
    what states nothing; ``months`` is how long a cost runs."""

    measure: Measure
    before: float | None
    after: float | None
    most: float | None
    of: Status | Level | None = None
    women: Women | None = None
    lacking: tuple[str, ...] = ()
    months: int = 0


def scenario_figures(outcome: Outcome) -> tuple[ScenarioFigure, ...]:
    """Every figure of a scenario, in the order in which they are shown."""
    return (*_areas(outcome), *_places_and_women(outcome), *_cost(outcome))


def _areas(outcome: Outcome) -> Iterator[ScenarioFigure]:
    for status, n in outcome.baseline_counts.items():
        after = outcome.counts[status]
        yield ScenarioFigure(Measure.AREAS_OF_STATUS, n, after, after, status)
    yield _span(Measure.ONLY_BY_HUB, 0, outcome.only_by_hub, outcome.perhaps_only_by_hub)
    yield _span(Measure.REMOTE_ONLY, 0, outcome.remote_only)
    yield _span(Measure.GAINED, None, outcome.gained, outcome.perhaps_gained)
    yield _span(Measure.LOST, None, outcome.lost, outcome.perhaps_lost)
    for level, (before, after) in outcome.by_level.items():
        yield ScenarioFigure(Measure.AREAS_OF_LEVEL, before, after, after, level)
    was, now = _all_of(outcome.alone_before), _all_of(outcome.alone)
    yield ScenarioFigure(Measure.ON_ONE_PROVIDER, was, now, now)
    yield _span(Measure.ON_ONE_HUB, 0, outcome.on_one_hub)


def _places_and_women(outcome: Outcome) -> Iterator[ScenarioFigure]:
    places = capacity(outcome)
    after = places.contracts.women + places.hubs.women
    lacking = (*places.contracts.lacking, *places.hubs.lacking)
    yield ScenarioFigure(Measure.PLACES, places.baseline.women, after, after, lacking=lacking)
    for measure, women in (
        (Measure.WOMEN_GAINED, outcome.women_gained),
        (Measure.WOMEN_LOST, outcome.women_lost),
    ):
        stated = women.total is not None and women.possible is not None
        most = (women.total or 0) + (women.possible or 0) if stated else None
        yield ScenarioFigure(measure, None, women.total, most, women=women)


def _cost(outcome: Outcome) -> Iterator[ScenarioFigure]:
    spent = cost(outcome)
    for measure, amount in (
        (Measure.COST_A_YEAR, spent.annual),
        (Measure.COST_IN_ALL, spent.period),
    ):
        yield ScenarioFigure(
            measure, None, amount, amount, lacking=spent.lacking, months=spent.months
        )


def _span(
    measure: Measure, before: int | None, sure: Sequence[str], perhaps: Sequence[str] = ()
) -> ScenarioFigure:
    return ScenarioFigure(measure, before, len(sure), len(sure) + len(perhaps))


def _all_of(alone: Mapping[str, Sequence[str]]) -> int:
    return sum(map(len, alone.values()))
