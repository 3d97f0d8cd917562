"""What a source does not say of a service: its end, its level, whether it is of the kind that is
counted. Worked out by hand on small records."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from support import sketch

from provision.coverage.basis import Basis, basis
from provision.coverage.status import (
    Activity,
    Count,
    Status,
    activities,
    counts,
    coverage,
    ranges,
    statuses,
)
from provision.coverage.timeline import changes, months_left, span
from provision.location.catchment import CatchmentRule, Rule
from provision.record import Record
from provision.scenarios.evaluate import evaluate
from provision.scenarios.scenario import Hub, Off, Scenario
from provision.schema.services import Level, ServicesFile

DAY = date(2020, 6, 30)
C, N, L, Q = Status.COVERED, Status.NONE, Status.LAPSED, Status.NOT_STATED


def amended(record: Record, **fields: dict[str, Any]) -> Record:
    """The record with fields of some services (by id) changed."""
    data = record.file.model_dump(mode="json", exclude_none=True)
    for service in data["services"]:
        service.update(fields.get(service["id"], {}))
    file = ServicesFile.model_validate(data)
    return Record(
        file, record.areas, record.figures, (), record.neighbours, None, "0", record.files
    )


def by_scenario(record: Record, on: date) -> list[str]:
    """The statuses of the baseline as the scenarios work them out."""
    return [s.value for s in evaluate(record, Scenario(on=on), 1).table["baseline"]]


# An end that is ongoing


@pytest.fixture(scope="module")
def open_ended() -> Record:
    return sketch(
        ["North", "South", "East"],
        {
            "stays": ("one-to-one", "2020-01", "ongoing", ["North"]),
            "ends": ("one-to-one", "2020-01", "2020-09", ["North", "South"]),
        },
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-12-31", [Q, Q, Q]),
        ("2020-06-30", [C, C, Q]),
        ("2020-10-01", [C, L, Q]),
        ("2099-12-31", [C, L, Q]),
    ],
)
def test_an_ongoing_contract_does_not_lapse(
    open_ended: Record, day: str, expected: list[Status]
) -> None:
    on = date.fromisoformat(day)
    assert statuses(open_ended, on) == expected
    assert by_scenario(open_ended, on) == [s.value for s in expected]


def test_an_ongoing_contract_ends_in_no_month(open_ended: Record) -> None:
    left = months_left(open_ended, DAY)
    assert left["North"] == np.inf and left["South"] == 3 and np.isnan(left["East"])
    assert span(open_ended) == (date(2020, 6, 1), date(2020, 12, 31))
    turned = changes(open_ended, DAY, date(2099, 12, 31))
    assert [(c.on, c.name, c.after) for c in turned] == [(date(2020, 10, 1), "South", L)]


# A level that is not stated


@pytest.fixture(scope="module")
def levels() -> Record:
    return sketch(
        ["Low", "Full", "Unsaid", "Low and unsaid", "Full and unsaid", "Nothing"],
        {
            "low": ("one-to-one", "2020-01", "2020-12", ["Low", "Low and unsaid"]),
            "full": ("wrap-around", "2020-01", "2020-12", ["Full", "Full and unsaid"]),
            "unsaid": (
                "not stated",
                "2020-01",
                "2020-12",
                ["Unsaid", "Low and unsaid", "Full and unsaid"],
            ),
        },
    )


def test_a_level_is_certain_only_where_nothing_could_be_fuller(levels: Record) -> None:
    one, full, unsaid = Level.ONE_TO_ONE, Level.WRAP_AROUND, Level.NOT_STATED
    expected = [one, full, unsaid, unsaid, full, None]
    assert list(coverage(levels, DAY)["level"]) == expected
    assert list(evaluate(levels, Scenario(on=DAY), 1).table["level"]) == expected


def test_a_hub_makes_a_level_certain_only_where_it_is_the_fullest(levels: Record) -> None:
    for level, expected in (
        (Level.ONE_TO_ONE, [Level.NOT_STATED, Level.NOT_STATED]),
        (Level.WRAP_AROUND, [Level.WRAP_AROUND, Level.WRAP_AROUND]),
    ):
        hubs = tuple(
            Hub(area, CatchmentRule(Rule.OWN), level=level) for area in ("Unsaid", "Low and unsaid")
        )
        table = evaluate(levels, Scenario(on=DAY, hubs=hubs), 1).table
        assert list(table.loc[["Unsaid", "Low and unsaid"], "level"]) == expected


# A service that is not, or not known to be, of the kind that is counted


@pytest.fixture(scope="module")
def kinds() -> Record:
    areas = {
        "sure": ["A", "B"],
        "perhaps": ["B", "C", "D"],
        "other": ["D", "E", "F"],
        "ended": ["E"],
        "lapsed": ["G"],
        "maybe-lapsed": ["G"],
    }
    terms = {"ended": "2020-03", "lapsed": "2020-03"}
    record = sketch(
        list("ABCDEFGH"),
        {
            name: ("one-to-one", "2020-01", terms.get(name, "2020-12"), named)
            for name, named in areas.items()
        },
    )
    return amended(
        record,
        perhaps={"contracted": "not stated"},
        other={"people_specific": "no"},
        **{"maybe-lapsed": {"people_specific": "not stated"}},
    )


def test_only_what_is_known_to_be_of_the_kind_counts_as_cover(kinds: Record) -> None:
    #           A  B  C  D  E  F  G  H
    expected = [C, C, Q, Q, L, Q, Q, Q]
    assert statuses(kinds, DAY) == expected
    assert by_scenario(kinds, DAY) == [s.value for s in expected]
    table = coverage(kinds, DAY)
    assert list(table["services"]) == [("sure",), ("sure",), (), (), (), (), (), ()]
    assert list(table["unsure"])[1:4] == [("perhaps",)] * 3
    assert counts(table) == {C: 2, N: 0, L: 1, Q: 5}
    # G alone could also have lapsed: what serves it has ended
    assert ranges(table)[C] == Count(2, 7) and ranges(table)[L] == Count(1, 2)


def test_what_can_be_said_of_each_kind(kinds: Record) -> None:
    before = activities(kinds, date(2019, 12, 31))
    assert before == [Activity.NOT_BEGUN] * 2 + [Activity.NOT_COUNTED] + [Activity.NOT_BEGUN] * 3
    after = dict(zip("abcdef", activities(kinds, date(2021, 1, 1)), strict=True))
    ended, unsure = Activity.ENDED, Activity.NOT_STATED
    assert list(after.values()) == [ended, unsure, Activity.NOT_COUNTED, ended, ended, unsure]


def test_no_beats_not_stated_and_not_stated_beats_yes(kinds: Record) -> None:
    said = {"yes": 0, "not stated": 1, "no": 2}
    for contracted in said:
        for specific in said:
            file = amended(kinds, sure={"contracted": contracted, "people_specific": specific}).file
            worst = max(contracted, specific, key=said.__getitem__)
            assert file.services[0].qualifies == worst


# A record without services


def test_a_record_without_services_says_nothing_but_what_it_lists() -> None:
    empty = sketch(["North", "South"], {}, none=["South"])
    assert statuses(empty, DAY) == [Q, N]
    assert list(coverage(empty, DAY)["level"]) == [None, None]
    assert by_scenario(empty, DAY) == ["not_stated", "none"]
    assert span(empty) == (date(2020, 6, 1), date(2020, 9, 30))
    hub = Hub("North", CatchmentRule(Rule.OWN))
    assert evaluate(empty, Scenario(on=DAY, hubs=(hub,)), 1).perhaps_gained == ("North",)


# A list that is not stated


def test_lists_that_are_not_stated_hold_nothing_and_are_written_so(open_ended: Record) -> None:
    unsaid = dict.fromkeys(("funding", "commissioners", "referral_routes"), "not stated")
    file = amended(open_ended, stays={**unsaid, "provider": "not stated"}).file
    service = file.services[0]
    assert (service.funding, service.commissioners, service.referral_routes) == ((), (), ())
    written = service.model_dump(mode="json")
    assert {name: written[name] for name in unsaid} == unsaid


# A service that is listed for referral, without dates of a contract


@pytest.fixture(scope="module")
def listed() -> Record:
    unsaid = ("one-to-one", "not stated", "not stated")
    record = sketch(
        ["North", "South", "East"],
        {"catalogue": (*unsaid, ["North"]), "since": (*unsaid, ["South"])},
        none=["East"],
    )
    return amended(
        record,
        catalogue={"listing": {"start": "2020-02-01", "end": "2020-12-01", "ref": "guide §1"}},
        since={"listing": {"start": "2020-06-10", "end": "not stated", "ref": "guide §1"}},
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2020-01-31", [Q, Q, Q]),
        ("2020-02-01", [C, Q, Q]),
        ("2020-06-09", [C, Q, N]),
        ("2020-06-10", [C, C, N]),
        ("2020-06-30", [C, C, N]),
        ("2020-07-01", [C, Q, N]),  # an open listing is vouched for by the record's own month
        ("2020-12-01", [C, Q, N]),
        ("2020-12-02", [Q, Q, N]),  # not lapsed: dates of listing are no dates of a contract
    ],
)
def test_within_its_listing_a_service_is_active_and_outside_nothing_is_said(
    listed: Record, day: str, expected: list[Status]
) -> None:
    on = date.fromisoformat(day)
    assert statuses(listed, on) == expected
    assert by_scenario(listed, on) == [s.value for s in expected]


def test_a_listing_is_a_basis_of_its_own(listed: Record) -> None:
    cells = basis(listed)
    assert list(cells["catalogue"]) == [Basis.LISTED, Basis.NONE, Basis.NONE]
    dated = amended(
        listed, catalogue={"contract": {"start": "2020-01", "end": "not stated", "ref": "guide §1"}}
    )
    assert list(basis(dated)["catalogue"]) == [Basis.NAMED, Basis.NONE, Basis.NONE]


def test_the_calendar_turns_with_the_listing(listed: Record) -> None:
    assert span(listed) == (date(2020, 6, 1), date(2021, 3, 31))
    turned = changes(listed, date(2020, 6, 1), date(2021, 3, 31))
    assert [(c.on.isoformat(), c.name, c.after) for c in turned] == [
        ("2020-06-10", "South", C),
        ("2020-07-01", "South", Q),
        ("2020-12-02", "North", Q),
    ]
    assert months_left(listed, DAY).isna().all()


def test_what_is_switched_off_is_off_within_its_listing(listed: Record) -> None:
    for on, left in (
        ("2020-03-01", "lapsed"),
        ("2020-06-30", "lapsed"),
        ("2020-01-31", "not_stated"),
    ):
        scenario = Scenario(on=date.fromisoformat(on), changes=(Off("catalogue"),))
        assert evaluate(listed, scenario, 1).table.loc["North", "scenario"].value == left
