"""Links that people have kept still open. They stand in papers, messages and bookmarks, so every
kind that was ever written is here as it was, and what it must still mean.

Found in the tests, documents and stories of the version before the fields of the address were put
in one place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from provision.dates import SourceDate
from provision.links.address import read_address
from provision.links.destinations import Topic, topic_of
from provision.links.query import Query, parse_link, read_link
from provision.location.catchment import OWN, CatchmentRule, Rule
from provision.location.problem import LocationProblem, Objective
from provision.record import Record
from provision.scenarios.scenario import Contested, Ends, Off, Verdict, Withdrawn
from provision.schema.services import Level
from provision.workshop.story import Kind, default_story, read_params, view_of

# A view: its link, the page that it names, and the parts of it that are not the default.
VIEWS: list[tuple[str, str, dict[str, Any]]] = [
    ("", "", {}),
    ("/?on=2020-06", "", {"on": date(2020, 6, 30)}),
    ("?on=2020-04-01", "", {"on": date(2020, 4, 1)}),
    ("http://localhost:8501/?on=2018-10-31", "", {}),
    ("http://127.0.0.1:9811?on=2020-04-30", "", {"on": date(2020, 4, 30)}),
    (
        "/?on=2021-06-30&services=minerva-crc,south-london-alliance&area=E09000011&view=tiles",
        "",
        {
            "on": date(2021, 6, 30),
            "services": ("minerva-crc", "south-london-alliance"),
            "area": "E09000011",
            "view": "tiles",
        },
    ),
    (
        "https://maps.example/under/coverage?on=2020-04-30&view=map",
        "coverage",
        {"on": date(2020, 4, 30)},
    ),
    ("coverage?services=minerva-wraparound", "coverage", {"services": ("minerva-wraparound",)}),
    (
        "/gaps?on=2020-04-30&need=women_15plus",
        "gaps",
        {"on": date(2020, 4, 30), "need": "women_15plus"},
    ),
    ("http://localhost:8501/gaps?need=imd2019_score", "gaps", {"need": "imd2019_score"}),
    ("gaps?on=2020-04-30#lapses-title", "gaps", {"on": date(2020, 4, 30)}),
    ("/borough?area=E09000001", "borough", {"area": "E09000001"}),
    (
        "/themes?theme=bame&view=tiles&on=2021-04-30",
        "themes",
        {"theme": "bame", "view": "tiles", "on": date(2021, 4, 30)},
    ),
    (
        "/themes?theme=young-women&on=2020-04-30&services=minerva-wraparound",
        "themes",
        {
            "theme": "young-women",
            "on": date(2020, 4, 30),
            "services": ("minerva-wraparound",),
        },
    ),
    ("/theme_maps?on=2021-03-31", "theme_maps", {"on": date(2021, 3, 31)}),
    (
        "/intersections?themes=foreign-national,young-women&view=tiles",
        "intersections",
        {"themes": ("young-women", "foreign-national"), "view": "tiles"},
    ),
    ("/partners?partner=hibiscus", "partners", {"partner": "hibiscus"}),
    ("partners?partner=theme:recall", "partners", {"partner": "theme:recall"}),
    ("/pathway?stage=arrest", "pathway", {"stage": "arrest"}),
    ("/find?find=women", "find", {"find": "women"}),
    ("find?find=%3Cscript", "find", {"find": "<script"}),
    (
        "/paper?figure=calendar&size=slide",
        "paper",
        {"figure": "calendar", "size": "slide"},
    ),
    (
        "/paper?theme=recall&figure=theme&size=column",
        "paper",
        {"theme": "recall", "figure": "theme", "size": "column"},
    ),
    ("/sources?on=2020-04-30", "sources", {"on": date(2020, 4, 30)}),
    ("/scenario?panel=months", "scenario", {"panel": "months"}),
]


@pytest.mark.parametrize(("link", "page", "parts"), VIEWS, ids=lambda value: str(value)[:40])
def test_a_kept_link_of_a_view_means_what_it_meant(
    link: str, page: str, parts: dict[str, Any], london: Record
) -> None:
    query, notes = parse_link(link, london)
    default = Query.default(london)
    found = {n: v for n, v in vars(query).items() if v != getattr(default, n)}
    order = sorted(parts.get("themes", ())), sorted(found.get("themes", ()))
    assert (notes, read_address(link).page) == ([], page)
    assert {**found, "themes": order[1]} == {**parts, "themes": order[0]}


# A scenario: its link, and how many hubs and changes it has.
SCENARIOS = [
    "hubs=E09000003~land,E09000024~land&off=minerva-crc&on=2019-06-30",
    "v=1&hubs=E09000003~land,E09000011&name=A%2C~%25",
    "v=1&on=2020-04-01&hubs=E09000003~land~themes:accommodation~from:2019-04~to:2021-03~kw:3,"
    "E09000004&off=minerva-crc&ends=south-london-alliance~2022-03&withdraw=Advance"
    "&cells=E09000010~minerva-crc~closed~2019-06&assume=women:58.33,cost:1557,fixed:20000"
    "&name=Two+hubs",
    "hubs=Barnet~crossing~one-to-one,Enfield~touching,Brent~km:7.5",
    "view=tiles&panel=months&v=1&hubs=E09000003~km:6,E09000004~km:6~from:2019-04",
]


@pytest.mark.parametrize("link", SCENARIOS)
def test_a_kept_link_of_a_scenario_is_applied_whole(link: str, london: Record) -> None:
    scenario, notes = read_link(f"http://localhost:8501/scenario?{link}", london)
    query, said = parse_link(f"/scenario?{link}", london)
    assert notes == said == []
    assert scenario.hubs and query.scenario and query.scenario.hubs == scenario.hubs


def test_a_kept_scenario_means_what_it_meant(london: Record) -> None:
    found, _ = read_link(SCENARIOS[2], london)
    first, second = found.hubs
    assert (found.on, found.name) == (date(2020, 4, 1), "Two hubs")
    assert (first.area, first.reach.rule, first.themes, first.key_workers) == (
        "E09000003",
        Rule.LAND,
        ("accommodation",),
        3,
    )
    assert (str(first.opens), str(first.closes)) == (
        str(SourceDate.parse("2019-04")),
        str(SourceDate.parse("2021-03")),
    )
    assert (second.area, second.reach, second.level) == ("E09000004", OWN, Level.WRAP_AROUND)
    assert set(found.changes) == {
        Off("minerva-crc"),
        Ends("south-london-alliance", SourceDate.parse("2022-03")),
        Withdrawn("Advance"),
        Contested("E09000010", "minerva-crc", Verdict.CLOSED, SourceDate.parse("2019-06")),
    }
    assert found.assumptions.hub_fixed_cost == 20000


def test_the_words_of_reach_rules_of_before_are_read(london: Record) -> None:
    found, _ = read_link(SCENARIOS[3], london)
    barnet, brent, enfield = found.hubs
    assert (barnet.reach.rule, barnet.level) == (Rule.CROSSING, Level.ONE_TO_ONE)
    assert brent.reach == CatchmentRule(Rule.KM, 7.5) and enfield.reach == CatchmentRule.parse(
        "touching"
    )


@pytest.mark.parametrize(
    ("link", "asked"),
    [
        ("best=2", LocationProblem(2)),
        ("best=2~boroughs", LocationProblem(2, objective=Objective.AREAS)),
        ("best=1~land", LocationProblem(1, CatchmentRule(Rule.LAND))),
        (
            "best=3~land~women~not:E09000003",
            LocationProblem(3, CatchmentRule(Rule.LAND), Objective.WOMEN, ("E09000003",)),
        ),
        ("best=5~km:7.5~women", LocationProblem(5, CatchmentRule(Rule.KM, 7.5), Objective.WOMEN)),
    ],
)
def test_a_kept_question_for_the_best_places_asks_the_same(
    link: str, asked: LocationProblem, london: Record
) -> None:
    query, notes = parse_link(f"scenario?{link}", london)
    assert (query.best, notes) == (asked, [])


def test_kept_scenarios_stand_beside_one_another(london: Record) -> None:
    link = "scenario?panel=compare&v=1&hubs=E09000003~land~kw:2&b=hubs%3DE09000004&d=v%3D1"
    query, notes = parse_link(link, london)
    assert notes == [] and query.panel == "compare"
    assert [[hub.area for hub in s.hubs] for s in query.beside] == [["E09000004"], []]


@pytest.mark.parametrize(
    ("link", "topic"),
    [
        ("", Topic.COVERAGE),
        ("coverage", Topic.COVERAGE),
        ("coverage#lapses-title", Topic.COVERAGE),
        ("gaps", Topic.GAPS),
        ("gaps#lapses-title", Topic.LAPSES),
        ("gaps#somewhere", Topic.GAPS),
        ("borough?area=E09000011", Topic.AREA),
        ("scenario?best=1~land", Topic.SCENARIO),
        ("themes?theme=recall", Topic.THEMES),
        ("theme_maps", Topic.THEME_MAPS),
        ("intersections?themes=recall,young-women", Topic.TOGETHER),
        ("sources", None),
        ("what-if", None),
    ],
)
def test_a_kept_address_leads_where_it_led(link: str, topic: Topic | None) -> None:
    assert topic_of(read_address(link)) is topic


STEPS = (
    "view~coverage?on=2020-04-30&services=minerva-crc~title:One",
    "view~gaps#lapses-title",
    "ask~scenario?best=3~land~women~not:E09000003~question:Where next?",
    "best~scenario?hubs=E09000003~crossing&best=1~land",
)


def test_a_kept_story_shows_what_it_showed(london: Record) -> None:
    def quoted(text: str) -> str:
        parts = text.split("~", 1)[1].partition("~title:")
        link, _, question = parts[0].partition("~question:")
        own = link.replace("%", "%25").replace(",", "%2C").replace("~", "%7E")
        words = f"~title:{parts[2]}" if parts[2] else ""
        return f"{text.split('~', 1)[0]}~{own}{words}" + (f"~question:{question}" * bool(question))

    given = {"story": "Ours", "steps": ",".join(map(quoted, STEPS))}
    story, notes = read_params(given, london)
    assert notes == [] and story.name == "Ours" and story.steps[0].title == "One"
    assert [own.kind for own in story.steps] == [Kind.VIEW, Kind.VIEW, Kind.ASK, Kind.BEST]
    topics = [view_of(london, own.link).topic for own in story.steps]
    assert topics == [Topic.COVERAGE, Topic.LAPSES, Topic.SCENARIO, Topic.SCENARIO]


def test_the_story_of_the_data_is_told_with_the_addresses_that_it_always_had(
    london: Record,
) -> None:
    links = [own.link for own in default_story(london).steps]
    assert links[:4] == ["coverage", "gaps", "gaps#lapses-title", "theme_maps"]
    assert links[4].startswith("scenario?v=1&hubs=E09000003,E09000004,E09000006,")
    assert links[5:7] == ["scenario?best=1~land", "scenario?best=1~land"]
    assert links[7:] == ["then_and_now", "then_and_now#latest"]
