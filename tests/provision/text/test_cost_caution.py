"""The caution beside every cost."""

from __future__ import annotations

from provision.export.scenarios import figures, scenario_json
from provision.links.query import read_link
from provision.paper.scenario_tables import cost_table
from provision.record import Record
from provision.scenarios.compare import compare
from provision.scenarios.evaluate import Outcome, evaluate
from provision.text.cost_caution import cost_caution
from provision.text.scenarios import outcome_sentences


def costed(record: Record) -> Outcome:
    scenario, notes = read_link("hubs=E09000003~kw:3", record)
    assert not notes
    return evaluate(record, scenario)


def test_london_s_caution_rests_on_section_4(london: Record) -> None:
    assert list(map(str, cost_caution(london).refs)) == ["annex §4"]


def test_a_record_without_that_passage_has_a_caution_of_its_own(city: Record) -> None:
    found = cost_caution(city)
    assert found.refs == () and "states what a hub costs" in found.text


def test_it_stands_beside_every_cost(london: Record) -> None:
    outcome, said = costed(london), cost_caution(london).text
    assert scenario_json(outcome)["cost"]["caution"] == said
    assert said in outcome_sentences(outcome)
    assert said in cost_table(outcome).rows[-1]
    assert said in " ".join(compare(london, [outcome.scenario, outcome.scenario]).verdict)
    costs = [row["figure"] for row in figures(outcome) if "cost" in row["figure"]]
    assert len(costs) == 2 and all("ours" in figure for figure in costs)


def test_where_nothing_costs_nothing_is_cautioned(london: Record) -> None:
    outcome = evaluate(london, read_link("on=2018-10-31", london)[0])
    assert cost_caution(london).text not in outcome_sentences(outcome)
