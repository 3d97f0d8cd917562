"""What a scenario costs and has places for: rates from contracts, worked out by hand, and nothing
made up."""

from __future__ import annotations

import pytest
from support import sketch

from provision.links.query import read_link
from provision.record import Record
from provision.scenarios.costs import capacity, cost
from provision.scenarios.evaluate import Outcome, evaluate
from provision.scenarios.rates import called, derived, money_a_year, rates
from provision.scenarios.scenario import Assumptions, presets
from provision.schema.services import Level


def outcome(record: Record, link: str) -> Outcome:
    scenario, notes = read_link(link, record)
    assert not notes
    return evaluate(record, scenario)


def test_london_s_rates_come_from_the_one_contract_that_states_them(london: Record) -> None:
    found = derived(london)
    assert found.women_per_key_worker.value == 700 / 12
    assert (
        found.women_per_key_worker.arithmetic
        == "700 women a year (expected) ÷ 12 key workers = 58.33 (Minerva WrapAround). For hubs"
        " that give wrap-around or whole-system support; for others it is not stated. Minerva"
        " WrapAround also states 613 women in the first year (expected). Lower because of the"
        " staggered start."
    )
    # £2,996,940 from July 2018 to March 2021, 33 months; 700 women a year.
    assert found.cost_per_woman.value == pytest.approx(2_996_940 / 33 * 12 / 700)
    assert (
        found.cost_per_woman.arithmetic
        == "Minerva WrapAround: £2,996,940 ÷ 33 months × 12 = £1,089,796 a year, without the money"
        " of a number of councils, which is not stated; £1,089,796 ÷ 700 women a year (expected) ="
        " £1,556.85. For hubs that give wrap-around or whole-system support; for others it is not"
        " stated. The grant is an allocation. Some partners' work is added value and not paid from"
        " it; which of them is only partly stated. Which councils, and how much, is not stated."
    )
    assert called("cost_per_woman", found.cost_per_woman) == "MOPAC grant per woman"
    assert called("hub_fixed_cost", found.hub_fixed_cost) == "Fixed cost of a hub a year"
    assert found.women_per_key_worker.levels == found.cost_per_woman.levels == (Level.WRAP_AROUND,)
    assert {str(ref) for ref in (*found.women_per_key_worker.refs, *found.cost_per_woman.refs)} == {
        "annex §3.minerva-wraparound",
        "annex §3.local-authorities",
        "report §para-18",
    }
    assert found.hub_fixed_cost.value is None


def test_referrals_are_not_women(london: Record) -> None:
    """The CRC service states ten key workers and 950 referrals a year, and no women a year."""
    assert "Minerva CRC" not in derived(london).women_per_key_worker.arithmetic


def test_farwater_s_rates(city: Record) -> None:
    found = derived(city)
    assert (
        found.women_per_key_worker.value is None
        and "states both" in found.women_per_key_worker.arithmetic
    )
    # £120,000 + £30,000 from 15 April 2019 to 15 March 2021, which is 701 days; 60 women a year.
    assert found.cost_per_woman.value == pytest.approx(150_000 / 701 * 365.25 / 60)
    assert (
        found.cost_per_woman.arithmetic
        == "Harvest: (£120,000 + £30,000) ÷ 701 days × 365.25 = £78,156 a year; £78,156 ÷ 60 women"
        " a year (up to) = £1,302.60. For hubs that give wrap-around or whole-system support; for"
        " others it is not stated."
    )
    assert found.women_per_key_worker.levels == () and found.cost_per_woman.levels == (
        Level.WRAP_AROUND,
    )


def test_money_a_year(london: Record, city: Record) -> None:
    alliance, crc = (
        london.services_by_id["south-london-alliance"],
        london.services_by_id["minerva-crc"],
    )
    assert money_a_year(alliance).value == pytest.approx((1_606_170 + 335_366) / 33 * 12)
    assert (
        money_a_year(crc).value is None
        and "its funding is not stated" in money_a_year(crc).arithmetic
    )
    assert (
        money_a_year(city.services_by_id["ferry"]).arithmetic
        == "Ferry: its term is not stated in full"
    )


def test_nothing_to_derive_from_is_not_stated() -> None:
    found = derived(sketch(["A"], {}))
    assert (
        found.women_per_key_worker.value is None
        and found.cost_per_woman.value is None
        and found.hub_fixed_cost.value is None
    )


def test_an_edited_rate_says_so_and_the_default_can_be_had_again(london: Record) -> None:
    found = rates(london, Assumptions(women_per_key_worker=40))
    assert found.women_per_key_worker.value == 40 and found.women_per_key_worker.edited
    assert found.women_per_key_worker.arithmetic == "40.00 was put in by hand, in place of 58.33."
    assert found.cost_per_woman == derived(london).cost_per_woman
    assert (
        rates(london, Assumptions(hub_fixed_cost=1)).hub_fixed_cost.arithmetic
        == "1.00 was put in by hand, where the record states nothing."
    )


def test_a_hub_with_every_figure_given(london: Record) -> None:
    found = cost(
        outcome(
            london, "hubs=Barnet~kw:2~from:2019-01~to:2019-12&assume=women:50,cost:1000,fixed:30000"
        )
    )
    # 2 x 50 women x £1,000 + £30,000 a year, and one whole year of it within the 36 months from
    # October 2018.
    assert (found.annual, found.period, found.months, found.lacking) == (130_000, 130_000, 36, ())
    assert (
        found.lines[0].arithmetic
        == "2 key workers × 50.00 women × £1,000.00 + £30,000 fixed = £130,000 a year; ÷ 12 × 12"
        " months open, of 36"
    )


ONE_TO_ONE = "for a hub that gives one-to-one support only"


@pytest.mark.parametrize(
    ("assumed", "why"),
    [
        ("", f"women per key worker are not stated {ONE_TO_ONE}"),
        ("&assume=cost:1000", f"women per key worker are not stated {ONE_TO_ONE}"),
        ("&assume=women:50", f"the cost per woman is not stated {ONE_TO_ONE}"),
    ],
)
def test_rates_of_wrap_around_contracts_say_nothing_of_one_to_one_hubs(
    assumed: str, why: str, london: Record
) -> None:
    found = cost(outcome(london, f"hubs=Barnet~one-to-one~kw:2{assumed}"))
    assert (found.annual, found.period, found.lacking) == (
        None,
        None,
        ("Hub in Barnet", "the fixed cost of hubs"),
    )
    assert [(line.annual, line.arithmetic) for line in found.lines] == [(None, why)]


def test_rates_put_in_by_hand_hold_for_hubs_of_every_level(london: Record) -> None:
    one = outcome(london, "hubs=Barnet~one-to-one~kw:2,Bexley~kw:3&assume=women:50,cost:1000")
    # 2 x 50 x £1,000 and 3 x 50 x £1,000.
    assert [line.annual for line in cost(one).lines] == [100_000, 150_000] and cost(
        one
    ).lacking == ("the fixed cost of hubs",)
    assert capacity(one).hubs.women == 250 and capacity(one).hubs.lacking == ()


def test_a_sum_leaves_out_the_hub_of_another_level_and_says_so(london: Record) -> None:
    both = outcome(london, "hubs=Barnet~one-to-one~kw:2,Bexley~kw:2")
    assert cost(both).annual == pytest.approx(2 * 700 / 12 * 2_996_940 / 33 * 12 / 700)
    assert cost(both).lacking == ("Hub in Barnet", "the fixed cost of hubs")
    assert capacity(both).hubs.women == pytest.approx(2 * 700 / 12) and capacity(
        both
    ).hubs.lacking == ("Barnet",)


@pytest.mark.parametrize(
    ("assumed", "annual"),
    [("", 0), ("&assume=fixed:5000", 5000), ("&assume=women:0,cost:0,fixed:0", 0)],
)
def test_a_hub_without_key_workers_costs_what_it_costs_to_keep_open(
    assumed: str, annual: float, london: Record
) -> None:
    found = cost(outcome(london, f"hubs=Barnet~kw:0{assumed}"))
    assert found.annual == annual and found.lines[0].arithmetic.startswith("0 key workers × ")


def test_a_hub_without_a_fixed_cost_says_what_is_lacking(london: Record) -> None:
    found = cost(outcome(london, "hubs=Barnet~kw:3"))
    assert found.annual == pytest.approx(3 * 700 / 12 * 2_996_940 / 33 * 12 / 700)
    assert found.period == pytest.approx((found.annual or 0) * 3) and found.lacking == (
        "the fixed cost of hubs",
    )


def test_hubs_of_which_nobody_said_how_many_work_there(london: Record) -> None:
    found = cost(evaluate(london, presets(london)["planned-hubs"]))
    assert found.annual is None and found.period is None
    assert len(found.lacking) == 8 and {line.arithmetic for line in found.lines} == {
        "the key workers are not stated"
    }


def test_what_a_withdrawal_frees(london: Record) -> None:
    found = cost(evaluate(london, presets(london)["withdrawal"]))
    # WrapAround is paid until March 2021: 30 of the months from October 2018. The CRC service's
    # money is not stated.
    a_year = 2_996_940 / 33 * 12
    assert found.annual == pytest.approx(-a_year) and found.period == pytest.approx(
        -a_year / 12 * 30
    )
    assert found.lacking == ("Minerva CRC, switched off",)


def test_a_contract_a_year_longer_goes_on_at_its_own_rate(london: Record) -> None:
    found = cost(outcome(london, "on=2021-04-01&ends=south-london-alliance~2022-03"))
    a_year = (1_606_170 + 335_366) / 33 * 12
    assert (found.annual, found.period) == (pytest.approx(a_year), pytest.approx(a_year))
    assert found.lines[0].what == "South London Alliance, extended"


def test_a_contract_without_a_stated_end_has_no_stated_cost(city: Record) -> None:
    assert [line.annual for line in cost(outcome(city, "ends=ferry~2021-06")).lines] == [None]


def test_contested_cells_and_nothing_at_all_change_no_money(london: Record) -> None:
    for link in ("", "cells=Enfield~minerva-crc~closed"):
        found = cost(outcome(london, link))
        assert (found.lines, found.annual, found.period) == ((), 0, 0)


def test_places(london: Record) -> None:
    found = capacity(outcome(london, "withdraw=Advance&hubs=Barnet~kw:4,Bexley~kw:6"))
    assert found.baseline.women == 700 and found.baseline.lacking == (
        "Minerva CRC",
        "South London Alliance",
    )
    assert found.contracts.women == 0 and found.contracts.lacking == ("South London Alliance",)
    assert found.hubs.women == pytest.approx(10 * 700 / 12) and found.hubs.lacking == ()
    assert found.shortfall is None, (
        "the CRC service's places are not stated, so nobody knows what is missing"
    )


def test_a_shortfall_of_places(city: Record) -> None:
    none = capacity(outcome(city, "off=harvest&hubs=Cedar~kw:2&assume=women:20"))
    assert (none.baseline.women, none.contracts.women, none.hubs.women, none.shortfall) == (
        60,
        0,
        40,
        20,
    )


def test_places_of_a_hub_that_is_not_open_do_not_count(city: Record) -> None:
    found = capacity(outcome(city, "hubs=Cedar~kw:2~from:2021-01,Fir&assume=women:20"))
    assert found.hubs.women == 0 and found.hubs.lacking == ("Fir",)
