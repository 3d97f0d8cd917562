"""What a scenario does: baseline and scenario side by side on a day and month by month, and the
difference between them.

The baseline is the record on the same day, untouched. In the scenario, an area is *covered* where a
contract as changed covers it, *what if* where only a hub does, and otherwise what its contracts
leave it: *lapsed*, *none* or *not stated*. Counts "as in ``coverage``" add *what if* to *covered*;
everywhere else the two are apart. An area that nothing but a remote hub reaches is *remote*: shown
and listed as that, and by places, in counts, gains and losses, what its contracts leave it.

Gained Covered in the scenario, and none or lapsed in the baseline. An area that was not stated may
have had a service all along: it is *perhaps gained*, never counted as gained, and its women widen
the number gained and are not certain in it. Lost Covered in the baseline, and lapsed in the
scenario (never *none*). Where cannot be told what is left, the area is not stated and *perhaps
lost*. Holds under another reach rule With every hub that has a rule under that one, the areas
gained are gained again (and further ones may be); those lost, or left with none, are the same. What
is perhaps gained or lost is no conclusion.

Months run from the one that the day lies in, and are looked at on their last day. Counts are over
the counted areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from provision.coverage.arrays import RecordArrays, record_arrays
from provision.coverage.kernel import (
    ALWAYS,
    NEVER,
    StatusCode,
    Terms,
    area_statuses,
    place_statuses,
    term_states,
    with_remote,
)
from provision.coverage.levels import LEVEL_ORDER, level_of
from provision.coverage.need import Women
from provision.coverage.status import STATUSES, Status, object_frame
from provision.dates import add_months, month_end, month_key, months
from provision.io.late_frames import PlainTable
from provision.location.catchment import CatchmentRule, others
from provision.location.hub_kinds import hub_kinds
from provision.record import Record
from provision.scenarios import gain_loss as sides
from provision.scenarios.changed_contracts import changed
from provision.scenarios.codes import (
    SCENARIO_STATUSES,
    Conclusion,
    effect_of,
)
from provision.scenarios.gain_loss import GainLoss, Side
from provision.scenarios.hub_reach import hub_reach
from provision.scenarios.scenario import Scenario, need_of
from provision.schema.services import Level

if TYPE_CHECKING:
    import pandas as pd

MONTHS = 36


NOT_COVERED = (Status.NONE, Status.LAPSED, Status.NOT_STATED)


@dataclass(frozen=True)
class UnderRule:
    """The same scenario with every hub that has a rule under one: codes of the areas gained, lost,
    and left with none."""

    reach: CatchmentRule
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    without: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a scenario does. Its arrays follow the areas of the record; their days are the day
    itself, then the end of each month.

    ``baseline`` is the record, ``contracts_only`` what the contracts as changed leave. ``reach`` is
    boolean (hubs x areas), ``remote`` boolean (hubs), ``open`` boolean (days x hubs), ``reached``
    boolean (days x areas): by an open hub with a place. ``places`` and ``statuses`` are arrays of
    :class:`provision.coverage.kernel.StatusCode` (days x areas): by places alone, and with what is
    only reached remotely apart."""

    record: Record
    scenario: Scenario
    months: tuple[str, ...]
    baseline: Side
    contracts_only: Side
    reach: np.ndarray
    remote: np.ndarray
    open: np.ndarray
    reached: np.ndarray
    places: np.ndarray
    statuses: np.ndarray

    @cached_property
    def gained(self) -> tuple[str, ...]:
        """Codes of the counted areas that are covered and were none or lapsed."""
        return self._base.those(self._moved.gained)

    @cached_property
    def perhaps_gained(self) -> tuple[str, ...]:
        """Codes of the counted areas that are covered and were not stated: they may have had a
        service all along."""
        return self._base.those(self._moved.perhaps_gained)

    @cached_property
    def lost(self) -> tuple[str, ...]:
        """Codes of the counted areas that are no longer covered."""
        return self._base.those(self._moved.lost)

    @cached_property
    def perhaps_lost(self) -> tuple[str, ...]:
        """Codes of the counted areas that were covered and of which cannot be told what is left."""
        return self._base.those(self._moved.perhaps_lost)

    @cached_property
    def gained_from(self) -> dict[Status, tuple[str, ...]]:
        """The areas gained, for certain or perhaps, by what they were: none, lapsed, not stated."""
        was, gained = self.baseline.found[0], self._moved.gained | self._moved.perhaps_gained
        return {
            status: self._base.those(gained & (was == STATUSES.index(status)))
            for status in NOT_COVERED
        }

    @cached_property
    def women_gained(self) -> Women:
        """Women of the record's scope in the areas gained; those in areas perhaps gained are
        ``possible``."""
        return _women(self.record, self._moved.gained, self._moved.perhaps_gained)

    @cached_property
    def women_lost(self) -> Women:
        """Women in the areas lost; those in areas perhaps lost are ``possible``."""
        return _women(self.record, self._moved.lost, self._moved.perhaps_lost)

    @cached_property
    def without(self) -> dict[Status, tuple[str, ...]]:
        """The areas that no place covers in the scenario, by what their contracts leave them."""
        return {
            status: self._base.those(
                self._base.counted & (self.places[0] == STATUSES.index(status))
            )
            for status in NOT_COVERED
        }

    @cached_property
    def remote_only(self) -> tuple[str, ...]:
        """The counted areas that nothing but a remote hub reaches. They are in :attr:`without` or
        not covered for certain, and never gained."""
        return self._base.those(self._base.counted & (self.statuses[0] == StatusCode.REMOTE))

    @cached_property
    def only_by_hub(self) -> tuple[str, ...]:
        """The counted areas that are covered only because of a hub: their contracts leave them
        none, or have lapsed."""
        return self._base.those(
            self._by_hub & (self.contracts_only.found[0] != StatusCode.NOT_STATED)
        )

    @cached_property
    def perhaps_only_by_hub(self) -> tuple[str, ...]:
        """The counted areas with a hub of which cannot be told whether a contract covers them
        too."""
        return self._base.those(
            self._by_hub & (self.contracts_only.found[0] == StatusCode.NOT_STATED)
        )

    @cached_property
    def on_one_hub(self) -> tuple[str, ...]:
        """The areas covered only because of a hub that one hub alone reaches."""
        hubs = (self.open[0] & ~self.remote).astype(np.int64) @ self.reach
        return self._base.those(
            self._by_hub & (self.contracts_only.found[0] != StatusCode.NOT_STATED) & (hubs == 1)
        )

    @cached_property
    def alone(self) -> dict[str, tuple[str, ...]]:
        """The counted areas without a hub that rest on one provider in the scenario, by
        provider."""
        return sides.alone(self._base, self.contracts_only, self.reached[0])

    @cached_property
    def alone_before(self) -> dict[str, tuple[str, ...]]:
        """The same in the baseline."""
        return sides.alone(self._base, self.baseline, np.zeros_like(self.reached[0]))

    @cached_property
    def levels(self) -> np.ndarray:
        """The fullest level (2 x areas; baseline, scenario): 0 where not covered, else the place in
        ``LEVEL_ORDER`` plus 1, or ``LEVEL_NOT_STATED``."""
        return np.stack(
            [
                sides.levels(self.baseline),
                sides.levels(
                    self.contracts_only,
                    sides.hub_levels(self.scenario, self.open[0] & ~self.remote, self.reach),
                ),
            ]
        )

    @cached_property
    def raised(self) -> tuple[str, ...]:
        """The counted areas that were covered and have a fuller level in the scenario."""
        before, after = self.levels
        return self._base.those(self._base.counted & (before > 0) & (after > before))

    @cached_property
    def by_level(self) -> dict[Level, tuple[int, int]]:
        """Counted areas by their fullest level, in the baseline and in the scenario."""
        before, after = self.levels[:, self._base.counted]
        return {
            level: (int((before == n).sum()), int((after == n).sum()))
            for n, level in enumerate(LEVEL_ORDER, 1)
        }

    @cached_property
    def counts(self) -> dict[Status, int]:
        """Counts in the scenario as ``coverage`` gives them, by places: covered with or without
        hubs."""
        return _counts(self.places[0][self._base.counted])

    @cached_property
    def baseline_counts(self) -> dict[Status, int]:
        """Counts in the record on the same day."""
        return _counts(self.baseline.found[0][self._base.counted])

    @cached_property
    def calendar(self) -> tuple[np.ndarray, np.ndarray]:
        """Counts at the end of each month: baseline (months x 4, in the order of ``STATUSES``),
        scenario (months x 6, ``SCENARIO_STATUSES``). What is only reached remotely is counted by
        places, and once more as remote."""
        counted = self._base.counted
        after = sides.tally(self.places[1:, counted], len(SCENARIO_STATUSES))
        after[:, StatusCode.REMOTE] = (self.statuses[1:, counted] == StatusCode.REMOTE).sum(axis=1)
        return sides.tally(self.baseline.found[1:, counted], len(STATUSES)), after

    @cached_property
    def under(self) -> tuple[UnderRule, ...]:
        """The scenario under the other reach rules (:func:`provision.location.catchment.others`);
        none where no hub of it has a rule."""
        kinds = hub_kinds(self.record)
        rules = [hub.reach for hub in self.scenario.hubs if kinds[hub.kind].has_rule]
        return tuple(map(self._under, others(rules))) if rules else ()

    def holds(self, conclusion: Conclusion) -> tuple[int, int]:
        """Under how many of the other reach rules a conclusion holds, and of how many."""
        match conclusion:
            case Conclusion.GAINED:
                kept = [
                    set(self.gained) <= set(rule.gained) if self.gained else not rule.gained
                    for rule in self.under
                ]
            case Conclusion.LOST:
                kept = [self.lost == rule.lost for rule in self.under]
            case Conclusion.WITHOUT:
                kept = [self.without[Status.NONE] == rule.without for rule in self.under]
        return sum(kept), len(kept)

    @cached_property
    def table(self) -> pd.DataFrame:
        """:attr:`areas` as a data frame, indexed by code; ``counted`` comes last."""
        columns = dict(self.areas.columns)
        del columns["counted"]
        return object_frame(columns, self.record.codes).assign(counted=self.record.counted)

    @cached_property
    def areas(self) -> PlainTable:
        """Every area, by code: ``name``, ``counted``, ``baseline`` (:class:`Status`),
        ``scenario`` (:class:`ScenarioStatus`), ``effect`` (:class:`Effect`), ``level_before`` and
        ``level`` (:class:`Level` or None)."""
        pairs = [
            (int(a), int(b)) for a, b in zip(self.baseline.found[0], self.statuses[0], strict=True)
        ]
        fullest = [[level_of(int(n)) for n in row] for row in self.levels]
        columns: dict[str, Sequence[object]] = {
            "name": [a.name for a in self.record.areas],
            "baseline": [STATUSES[before] for before, _ in pairs],
            "scenario": [SCENARIO_STATUSES[after] for _, after in pairs],
            "effect": [effect_of(before, after) for before, after in pairs],
            "level_before": fullest[0],
            "level": fullest[1],
        }
        columns["counted"] = self.record.counted.tolist()
        return PlainTable(columns, list(self.record.row_of))

    @cached_property
    def still_without(self) -> pd.DataFrame:
        """The counted areas that no place covers in the scenario, none first, then lapsed, then not
        stated, each by the scenario's measure of need, most first: indexed by code, ``name``,
        ``scenario`` and ``need`` (NaN where not stated)."""
        need = need_of(self.record, self.scenario)
        found = self.table.loc[
            [code for codes in self.without.values() for code in codes], ["name", "scenario"]
        ]
        figures = self.record.figures[need].reindex(found.index) if need else float("nan")
        rising = need is not None and self.record.indicators_by_id[need].higher_means == "less need"
        order = [i for i, codes in enumerate(self.without.values()) for _ in codes]
        ranked = found.assign(need=figures, _order=order).sort_values(
            ["_order", "need", "name"], ascending=[True, rising, True]
        )
        return ranked.drop(columns="_order")

    @cached_property
    def months_table(self) -> pd.DataFrame:
        """Counts at the end of each month (index: ``YYYY-MM``): columns ``baseline_...`` and
        ``scenario_...``, what if apart. ``scenario_remote`` is of those that are not covered."""
        import pandas as pd

        before, after = self.calendar
        columns = {f"baseline_{status.value}": before[:, n] for n, status in enumerate(STATUSES)}
        columns |= {
            f"scenario_{standing.value}": after[:, n]
            for n, standing in enumerate(SCENARIO_STATUSES)
        }
        return pd.DataFrame(columns, index=pd.Index(self.months, name="month"))

    @cached_property
    def _base(self) -> RecordArrays:
        return record_arrays(self.record)

    @cached_property
    def _moved(self) -> GainLoss:
        return sides.gain_loss(self._base, self.baseline.found[0], self.places[0])

    @cached_property
    def _by_hub(self) -> np.ndarray:
        return np.asarray(self._base.counted & (self.statuses[0] == StatusCode.WHAT_IF))

    def _under(self, rule: CatchmentRule) -> UnderRule:
        """What the scenario would do on its day under another rule."""
        reach = hub_reach(self.record, self.scenario.hubs, rule)
        reached = reach[self.open[0] & ~self.remote].any(axis=0)
        after = place_statuses(self.contracts_only.found[0], reached)
        found, those = sides.gain_loss(self._base, self.baseline.found[0], after), self._base.those
        return UnderRule(
            rule,
            those(found.gained),
            those(found.lost),
            those(self._base.counted & (after == StatusCode.NONE)),
        )


def evaluate(record: Record, scenario: Scenario, length: int = MONTHS) -> Outcome:
    """What a scenario does to a record on the scenario's day, and at the end of each of ``length``
    months from that day's.

    What is asked of the outcome is worked out when it is asked, and kept. Raises KeyError or
    ValueError where the scenario names an area, service or provider that the record does not have;
    what :mod:`provision.links.scenario_link` has read names none."""
    days, names = _days(scenario.on, length)
    baseline = _baseline(record, scenario.on, length)
    left = _side(record, changed(record, scenario.changes), days) if scenario.changes else baseline
    kinds = hub_kinds(record)
    reach, open_ = hub_reach(record, scenario.hubs), _open(scenario, days)
    remote = np.array([kinds[hub.kind].remote for hub in scenario.hubs], dtype=bool)
    reached, remotely = (_reached(open_, reach, chosen) for chosen in (~remote, remote))
    places = place_statuses(left.found, reached)
    return Outcome(
        record,
        scenario,
        names,
        baseline,
        left,
        reach,
        remote,
        open_,
        reached,
        places,
        with_remote(places, remotely) if remote.any() else places,
    )


def _reached(open_: np.ndarray, reach: np.ndarray, hubs: np.ndarray) -> np.ndarray:
    """Whether an open one of some hubs (boolean, hubs) reaches each area: boolean (days x
    areas)."""
    return np.asarray(open_[:, hubs].astype(np.float32) @ reach[hubs].astype(np.float32) > 0)


@lru_cache(maxsize=512)
def _days(on: date, length: int) -> tuple[np.ndarray, tuple[str, ...]]:
    """The day and the ends of the months from its own, as ordinals; and what the months are
    called."""
    firsts = months(on, add_months(on, length - 1))
    days = np.array(
        [on.toordinal(), *(month_end(first).toordinal() for first in firsts)], dtype=np.int64
    )
    days.setflags(write=False)
    return days, tuple(map(month_key, firsts))


@lru_cache(maxsize=64)
def _baseline(record: Record, on: date, length: int) -> Side:
    """The record untouched; the same for every scenario that looks at the day."""
    return _side(record, record_arrays(record).contracts, _days(on, length)[0])


def _side(record: Record, contracts: Terms, days: np.ndarray) -> Side:
    base = record_arrays(record)
    acts = term_states(contracts, base.speaks, days)
    found = area_statuses(contracts, base.listed_none, base.speaks[0], acts, days)
    found.setflags(write=False)
    return Side(contracts, acts, found)


def _open(scenario: Scenario, days: np.ndarray) -> np.ndarray:
    """Whether each hub is open on each day: boolean (days x hubs)."""
    opens = np.array(
        [h.opens.first.toordinal() if h.opens else ALWAYS for h in scenario.hubs], dtype=np.int64
    )
    closes = np.array(
        [h.closes.last.toordinal() if h.closes else NEVER for h in scenario.hubs], dtype=np.int64
    )
    return np.asarray((days[:, None] >= opens) & (days[:, None] <= closes))


def _counts(found: np.ndarray) -> dict[Status, int]:
    tally = np.bincount(found, minlength=len(StatusCode))
    tally[StatusCode.COVERED] += tally[StatusCode.WHAT_IF]
    return {status: int(tally[STATUSES.index(status)]) for status in Status}


def _women(record: Record, sure: np.ndarray, maybe: np.ndarray) -> Women:
    """Women of the record's scope in some areas, and in others that may belong with them."""
    base = record_arrays(record)
    (total, areas, missing), (possible, further, lacking) = (
        sides.women_in_areas(base, chosen) for chosen in (sure, maybe)
    )
    return Women(
        record.file.region.scope_minimum_age, total, areas, missing, possible, further, lacking
    )
