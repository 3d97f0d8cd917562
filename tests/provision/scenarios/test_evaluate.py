"""What a scenario does: Farwater by hand (see the head of tests/city/services.yaml), then what is
known of London."""

from __future__ import annotations

from datetime import date

import pytest
from support import sketch

from provision.coverage.need import Women, reliance
from provision.coverage.status import STATUSES, Status, coverage, statuses
from provision.dates import add_months, month_end
from provision.links.query import read_link
from provision.record import Record
from provision.scenarios.codes import SCENARIO_STATUSES, Conclusion, Effect, ScenarioStatus
from provision.scenarios.evaluate import Outcome, evaluate
from provision.scenarios.scenario import Scenario, presets
from provision.schema.services import Level

JUNE = "2020-06-30"
LETTERS = {
    "C": ScenarioStatus.COVERED,
    "N": ScenarioStatus.NONE,
    "L": ScenarioStatus.LAPSED,
    "-": ScenarioStatus.NOT_STATED,
    "W": ScenarioStatus.WHAT_IF,
}


def outcome(record: Record, link: str) -> Outcome:
    scenario, notes = read_link(link, record)
    assert not notes
    return evaluate(record, scenario)


# A link, and the eight quarters in order: C covered, N none, L lapsed, - not stated, W what if. On
# 30 June 2020 the record says C C C C - N - C.
CASES = {
    "": "C C C C - N - C",
    "hubs=Fir": "C C C C - W - C",
    "hubs=Elm": "C C C C W N - C",
    "hubs=Alder": "C C C C - N - C",
    "hubs=Elm~land": "C C C C W W - C",
    "hubs=Gorse~land": "C C C C - W W C",
    "hubs=Birch~touching": "C C C C - W - C",
    "hubs=Birch~crossing": "C C C C - N - C",
    "hubs=Alder~crossing": "C C C C W N - C",
    "hubs=Fir~from:2020-07": "C C C C - N - C",
    "hubs=Fir~from:2020-06": "C C C C - W - C",
    "hubs=Fir~to:2020-05": "C C C C - N - C",
    "hubs=Fir~to:2020-06-30": "C C C C - W - C",
    "hubs=Fir&on=2019-12-31": "- C C - - W - -",
    # A service that is switched off leaves its quarters lapsed, where nothing else is active; what
    # has not begun never begins.
    "off=lantern": "L C C C - N - C",
    "off=harvest": "C C L C - N - C",
    "off=lantern,harvest": "L L L C - N - C",
    "off=orchard": "C C C C - N - C",
    "off=orchard&on=2021-02-28": "L C C - L N - -",
    "off=lantern&on=2019-12-31": "- C C - - - - -",
    "off=ferry&on=2020-07-01": "C C C L - N - -",
    "withdraw=Lantern": "L C C L - N - C",
    "withdraw=Lantern&hubs=Alder": "W C C L - N - C",
    "withdraw=Quay Women": "C C C C - N - L",
    # A contract may end earlier, later, or where the source does not say.
    "ends=lantern~2020-05": "L C C C - N - C",
    "ends=lantern~2021-06&on=2021-01-31": "C C C - - N - -",
    "ends=ferry~2020-12&on=2020-12-31": "C C C C - N - -",
    "ends=ferry~2020-12&on=2021-01-01": "L C C L - N - -",
    # Cells: never named, closed, new.
    "cells=Alder~lantern~wrong": "- C C C - N - C",
    "cells=Alder~lantern~closed": "L C C C - N - C",
    "cells=Alder~lantern~closed~2020-07": "C C C C - N - C",
    "cells=Alder~lantern~closed~2020-07&on=2020-08-01": "L C C - - N - -",
    "cells=Birch~lantern~wrong": "C C C C - N - C",
    "cells=Fir~harvest~new": "C C C C - C - C",
    "cells=Gorse~harvest~new~2020-07": "C C C C - N - C",
    "cells=Gorse~harvest~new~2020-07&on=2020-07-31": "C C C - - N C -",
    "cells=Fir~harvest~new&off=harvest": "C C L C - L - C",
}


@pytest.mark.parametrize("link", CASES)
def test_what_can_be_said_of_every_quarter(link: str, city: Record) -> None:
    assert list(outcome(city, link).table["scenario"]) == [
        LETTERS[letter] for letter in CASES[link].split()
    ]


@pytest.mark.parametrize("link", CASES)
def test_the_baseline_is_the_record_whatever_is_supposed(link: str, city: Record) -> None:
    found = outcome(city, link)
    assert list(found.table["baseline"]) == statuses(city, found.scenario.on)


@pytest.mark.parametrize(
    ("link", "effects"),
    [
        (
            "withdraw=Lantern&hubs=Alder,Fir&cells=Gorse~harvest~new",
            "HELD UNCHANGED UNCHANGED LOST UNCHANGED WHAT_IF SECURED UNCHANGED",
        ),
        # Fir is listed as having none, so that a contract new there is a gain; whether Gorse had
        # one is not stated, by hub or by contract.
        (
            "cells=Fir~harvest~new,Gorse~harvest~new&hubs=Elm",
            "UNCHANGED UNCHANGED UNCHANGED UNCHANGED SECURED GAINED SECURED UNCHANGED",
        ),
        # Without Lantern nobody can say of Alder what is left, unless a hub stands there.
        (
            "cells=Alder~lantern~wrong",
            "DOUBTFUL UNCHANGED UNCHANGED UNCHANGED UNCHANGED UNCHANGED UNCHANGED UNCHANGED",
        ),
        (
            "cells=Alder~lantern~wrong&hubs=Alder",
            "HELD UNCHANGED UNCHANGED UNCHANGED UNCHANGED UNCHANGED UNCHANGED UNCHANGED",
        ),
        # Alder, lapsed with Lantern, is covered again; of Damson is not stated whether Ferry runs
        # on, and then it is off.
        (
            "on=2021-01-15&hubs=Alder&off=ferry",
            "WHAT_IF UNCHANGED UNCHANGED CHANGED UNCHANGED UNCHANGED UNCHANGED UNCHANGED",
        ),
    ],
)
def test_effects(link: str, effects: str, city: Record) -> None:
    assert list(outcome(city, link).table["effect"]) == [Effect[name] for name in effects.split()]


def test_gains_are_kept_apart_by_what_the_quarters_were(city: Record) -> None:
    found = outcome(city, "hubs=Elm~land")
    assert (
        found.gained == ("Q6",)
        and found.perhaps_gained == ("Q5",)
        and found.lost == found.perhaps_lost == ()
    )
    assert found.gained_from == {
        Status.NONE: ("Q6",),
        Status.LAPSED: (),
        Status.NOT_STATED: ("Q5",),
    }
    assert found.women_gained == Women(18, 600, 1, 0, 5000, 1), (
        "Fir's for certain; Elm may have had a service all along"
    )
    assert found.women_lost == Women(18, 0, 0, 0, 0, 0)


def test_a_figure_that_is_not_stated_is_not_nought(city: Record) -> None:
    assert outcome(city, "hubs=Gorse~land").women_gained == Women(18, 600, 1, 0, None, 1, 1)
    assert outcome(city, "hubs=Elm~land,Gorse").women_gained == Women(18, 600, 1, 0, 5000, 2, 1), (
        "Elm's 5,000, and Gorse has no figure"
    )
    assert outcome(city, "hubs=Gorse").women_gained == Women(18, 0, 0, 0, None, 1, 1)


def test_what_lapsed_is_gained_from_lapsed(city: Record) -> None:
    found = outcome(city, "hubs=Alder&on=2021-01-15")
    assert found.gained_from[Status.LAPSED] == ("Q1",) and found.women_gained.total == 1000


def test_a_contract_new_where_nothing_was_stated_is_perhaps_gained_too(city: Record) -> None:
    found = outcome(city, "cells=Fir~harvest~new,Gorse~harvest~new")
    assert (
        found.gained == ("Q6",)
        and found.perhaps_gained == ("Q7",)
        and found.only_by_hub == found.perhaps_only_by_hub == ()
    )
    assert found.women_gained == Women(18, 600, 1, 0, None, 1, 1), "Gorse has no figure"


def test_losses_with_the_women_who_lose(city: Record) -> None:
    found = outcome(city, "withdraw=Lantern")
    assert found.lost == ("Q1", "Q4") and found.women_lost == Women(18, 5000, 2, 0, 0, 0)


def test_a_loss_of_which_cannot_be_told_what_is_left(city: Record) -> None:
    found = outcome(city, "cells=Alder~lantern~wrong")
    assert (
        found.lost == ()
        and found.perhaps_lost == ("Q1",)
        and found.women_lost == Women(18, 0, 0, 0, 1000, 1)
    )
    assert found.counts == {
        Status.COVERED: 3,
        Status.NONE: 1,
        Status.LAPSED: 0,
        Status.NOT_STATED: 3,
    }


def test_what_is_lost_and_what_perhaps_is_are_apart(city: Record) -> None:
    # Damson has Ferry alone and lapses; Alder has Orchard in the future, so that nobody can say
    # that it is left with nothing.
    found = outcome(city, "cells=Alder~lantern~wrong&off=ferry")
    assert (
        found.lost == ("Q4",)
        and found.perhaps_lost == ("Q1",)
        and found.women_lost == Women(18, 4000, 1, 0, 1000, 1)
    )


def test_a_hub_where_is_not_stated_what_is_left(city: Record) -> None:
    found = outcome(city, "cells=Alder~lantern~wrong&hubs=Alder")
    assert found.only_by_hub == found.on_one_hub == () and found.perhaps_only_by_hub == ("Q1",)
    assert found.gained == found.perhaps_gained == found.lost == found.perhaps_lost == (), (
        "covered before, and covered by the hub now"
    )


def test_what_had_lapsed_is_gained_though_not_stated_what_a_contract_adds(city: Record) -> None:
    # Lantern ended in December; Ferry, said to be new in Alder, is not known to run in January. The
    # hub covers Alder, perhaps with Ferry.
    found = outcome(city, "on=2021-01-15&cells=Alder~ferry~new&hubs=Alder")
    assert (
        found.gained == ("Q1",)
        and found.perhaps_gained == found.only_by_hub == ()
        and found.perhaps_only_by_hub == ("Q1",)
    )


def test_the_port_is_never_gained_or_lost_as_a_quarter(city: Record) -> None:
    assert outcome(city, "off=quay").lost == () and outcome(
        city, "hubs=Gorse~land&on=2020-07-01"
    ).gained == ("Q6",)


def test_counts_are_those_of_coverage_with_hubs_among_the_covered(city: Record) -> None:
    found = outcome(city, "hubs=Elm~land&withdraw=Lantern")
    assert found.baseline_counts == {
        Status.COVERED: 4,
        Status.NONE: 1,
        Status.LAPSED: 0,
        Status.NOT_STATED: 2,
    }
    assert found.counts == {
        Status.COVERED: 4,
        Status.NONE: 0,
        Status.LAPSED: 2,
        Status.NOT_STATED: 1,
    }
    assert found.only_by_hub == found.on_one_hub == ("Q6",) and found.perhaps_only_by_hub == ("Q5",)
    assert found.without == {
        Status.NONE: (),
        Status.LAPSED: ("Q1", "Q4"),
        Status.NOT_STATED: ("Q7",),
    }


def test_what_still_has_nothing_by_need(city: Record) -> None:
    # By women Damson has 4,000 and Alder 1,000; by hardship Damson's is not stated; by place, 1 is
    # worst: Alder 2, Cedar 4, Birch 5.
    assert list(outcome(city, "withdraw=Lantern").still_without["name"]) == [
        "Fir",
        "Damson",
        "Alder",
        "Elm",
        "Gorse",
    ]
    assert list(outcome(city, "withdraw=Lantern&need=score").still_without["name"]) == [
        "Fir",
        "Alder",
        "Damson",
        "Elm",
        "Gorse",
    ]
    assert list(outcome(city, "off=lantern,harvest&need=place").still_without["name"]) == [
        "Fir",
        "Alder",
        "Cedar",
        "Birch",
        "Elm",
        "Gorse",
    ]


def test_two_hubs_that_reach_the_same_quarter(city: Record) -> None:
    # Fir is reached by both; Damson, left without Ferry, by its own alone; of Elm and Gorse is not
    # stated whether they need one.
    found = outcome(city, "hubs=Elm~land,Gorse~land,Damson&off=ferry")
    assert (
        found.only_by_hub == ("Q4", "Q6")
        and found.on_one_hub == ("Q4",)
        and found.perhaps_only_by_hub == ("Q5", "Q7")
    )


def test_levels(city: Record) -> None:
    assert outcome(city, "").by_level == {Level.ONE_TO_ONE: (2, 2), Level.WRAP_AROUND: (2, 2)}
    assert outcome(city, "withdraw=Lantern").by_level == {
        Level.ONE_TO_ONE: (2, 0),
        Level.WRAP_AROUND: (2, 2),
    }
    raised = outcome(city, "hubs=Alder,Fir~one-to-one")
    assert raised.by_level == {
        Level.ONE_TO_ONE: (2, 2),
        Level.WRAP_AROUND: (2, 3),
    } and raised.raised == ("Q1",)
    assert outcome(city, "hubs=Cedar~one-to-one").by_level == {
        Level.ONE_TO_ONE: (2, 2),
        Level.WRAP_AROUND: (2, 2),
    }
    assert outcome(city, "hubs=Alder~from:2021-01").raised == ()


def test_what_rests_on_one_provider_is_what_need_says_of_the_record(
    city: Record, london: Record
) -> None:
    for record, day in (
        (city, "2020-06-30"),
        (city, "2020-07-15"),
        (city, "2021-02-15"),
        (london, "2018-10-31"),
        (london, "2020-04-01"),
    ):
        on = date.fromisoformat(day)
        expected = {
            name: codes
            for name, codes in reliance(record, coverage(record, on))["alone"].items()
            if codes
        }
        assert evaluate(record, Scenario(on)).alone == expected


def test_what_rests_on_one_provider_afterwards(city: Record) -> None:
    assert outcome(city, "").alone == {"Lantern": ("Q1", "Q4"), "Harvest Trust": ("Q3",)}
    assert outcome(city, "off=lantern").alone == {"Lantern": ("Q4",), "Harvest Trust": ("Q2", "Q3")}
    assert outcome(city, "hubs=Cedar~land").alone == {"Lantern": ("Q1",)}, (
        "where a hub stands by, nothing depends on one provider"
    )


def test_the_calendar_of_a_contract_given_an_end(city: Record) -> None:
    table = outcome(city, "ends=ferry~2020-12").months_table
    assert list(table.index[[0, -1]]) == ["2020-06", "2023-05"] and len(table) == 36
    # Damson's ferry: not stated from July in the record; in the scenario covered until December,
    # then lapsed.
    assert table.loc[
        "2020-07", ["baseline_covered", "baseline_not_stated", "scenario_covered"]
    ].tolist() == [3, 3, 4]
    assert table.loc[
        "2021-01", ["baseline_covered", "baseline_lapsed", "scenario_covered", "scenario_lapsed"]
    ].tolist() == [2, 1, 2, 2]


def test_every_month_of_the_baseline_is_the_record_s(city: Record) -> None:
    found = outcome(city, "hubs=Fir~from:2020-09~to:2020-11&off=harvest")
    for n in range(36):
        assert [STATUSES[code] for code in found.baseline.found[n + 1]] == statuses(
            city, month_end(add_months(date(2020, 6, 1), n))
        )
    in_hub = [SCENARIO_STATUSES[row[5]] for row in found.statuses[1:]]
    assert [n for n, standing in enumerate(in_hub) if standing is ScenarioStatus.WHAT_IF] == [
        3,
        4,
        5,
    ], "September to November"


def test_under_other_rules(city: Record) -> None:
    found = outcome(city, "hubs=Birch~touching")
    # Birch reaches Fir over the river alone: under no other rule (8 km included) does it reach
    # anything that is not covered.
    assert [(str(rule.reach), rule.gained, rule.without) for rule in found.under] == [
        (rule, (), ("Q6",)) for rule in ("own", "land", "crossing", "km:8")
    ]
    assert (
        found.holds(Conclusion.GAINED) == (0, 4)
        and found.holds(Conclusion.WITHOUT) == (0, 4)
        and found.holds(Conclusion.LOST) == (4, 4)
    )
    assert outcome(city, "hubs=Fir").holds(Conclusion.GAINED) == (
        4,
        4,
    ), "a hub reaches its own quarter under every rule"
    assert outcome(city, "off=lantern").under == () and outcome(city, "off=lantern").holds(
        Conclusion.LOST
    ) == (0, 0)


def test_a_hub_that_is_not_open_on_the_day_is_open_under_no_rule(city: Record) -> None:
    assert {rule.gained for rule in outcome(city, "hubs=Fir~from:2021-01").under} == {()}


def test_an_area_left_open_by_one_contract_is_not_stated_when_another_goes() -> None:
    record = sketch(
        ["A"],
        {
            "sure": ("one-to-one", "2019-01", "2021-01", ["A"]),
            "open": ("one-to-one", "2019-01", "not stated", ["A"]),
        },
    )
    found = evaluate(record, read_link("off=sure&on=2020-09-30", record)[0])
    assert list(found.table["scenario"]) == [ScenarioStatus.NOT_STATED]


def test_a_scenario_for_what_the_record_does_not_have_is_refused(
    city: Record, london: Record
) -> None:
    with pytest.raises(KeyError):
        evaluate(city, presets(london)["planned-hubs"])


# London


def test_the_seven_hubs_cover_the_seven_and_leave_greenwich(london: Record) -> None:
    found = evaluate(london, presets(london)["planned-hubs"])
    seven = (
        "E09000003",
        "E09000004",
        "E09000006",
        "E09000021",
        "E09000024",
        "E09000027",
        "E09000030",
    )
    assert found.gained == found.only_by_hub == seven and found.lost == ()
    assert found.baseline_counts == {
        Status.COVERED: 24,
        Status.NONE: 7,
        Status.LAPSED: 0,
        Status.NOT_STATED: 1,
    }
    assert found.counts == {
        Status.COVERED: 31,
        Status.NONE: 0,
        Status.LAPSED: 0,
        Status.NOT_STATED: 1,
    }
    # 152,808 + 100,264 + 135,247 + 69,406 + 81,527 + 78,887 + 117,119 in data/boroughs.csv.
    assert found.women_gained == Women(18, 735_258, 7, 0, 0, 0)
    assert found.without == {Status.NONE: (), Status.LAPSED: (), Status.NOT_STATED: ("E09000011",)}
    assert [found.holds(c) for c in Conclusion] == [(4, 4)] * 3
    assert {rule.gained for rule in found.under} == {seven}, (
        "Greenwich borders on Bexley and Bromley, but may have had a service all along"
    )
    beside = outcome(london, f"hubs={','.join(f'{code}~land' for code in seven)}")
    assert beside.gained == seven and beside.perhaps_gained == ("E09000011",)


def test_advance_withdraws(london: Record) -> None:
    found = evaluate(london, presets(london)["withdrawal"])
    # CRC alone 3, WrapAround alone 1, both 14; the Alliance keeps its six.
    assert len(found.lost) == 18 and found.counts == {
        Status.COVERED: 6,
        Status.NONE: 7,
        Status.LAPSED: 18,
        Status.NOT_STATED: 1,
    }
    assert {"E09000010", "E09000012", "E09000015", "E09000026"} <= set(found.lost)
    assert found.by_level == {Level.ONE_TO_ONE: (3, 0), Level.WRAP_AROUND: (21, 6)}
    assert {name: len(codes) for name, codes in found.alone.items()} == {"Women in Prison": 6}


@pytest.mark.parametrize(
    ("preset", "covered", "lapsed"), [("after-2020-03", 21, 3), ("after-2021-03", 0, 24)]
)
def test_after_the_contracts_end(preset: str, covered: int, lapsed: int, london: Record) -> None:
    found = evaluate(london, presets(london)[preset])
    assert (
        found.counts
        == found.baseline_counts
        == {
            Status.COVERED: covered,
            Status.NONE: 7,
            Status.LAPSED: lapsed,
            Status.NOT_STATED: 1,
        }
    )
    assert found.gained == found.lost == ()


def test_the_crc_service_a_year_longer_brings_back_its_three(london: Record) -> None:
    found = outcome(london, "on=2020-04-01&ends=minerva-crc~2021-03")
    assert (
        found.gained == found.gained_from[Status.LAPSED] == ("E09000010", "E09000012", "E09000026")
    )


def test_a_conclusion_of_no_gain_holds_under_the_rules_that_gain_nothing(city: Record) -> None:
    # Birch is covered, and Fir lies across the river from it: only "touching" reaches it
    found = outcome(city, "hubs=Birch")
    assert found.gained == () and [u.gained for u in found.under].count(()) == 3
    assert found.holds(Conclusion.GAINED) == (3, 4)
    assert found.holds(Conclusion.WITHOUT) == (3, 4)
    assert found.holds(Conclusion.LOST) == (4, 4)


def test_a_hub_that_opens_later_in_the_month_gains_nothing_on_the_day_under_any_rule(
    city: Record,
) -> None:
    found = outcome(city, "on=2020-06-15&hubs=Fir~from:2020-06-20")
    assert found.gained == () and {u.gained for u in found.under} == {()}
    assert {u.without for u in found.under} == {("Q6",)}


def test_the_baseline_that_scenarios_share_cannot_be_changed(city: Record) -> None:
    assert not outcome(city, "hubs=Fir").baseline.found.flags.writeable
