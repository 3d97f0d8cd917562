"""Stories: what the data tells by itself, files and links that give back what was written, and
everything that is wrong with either."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import sketch

from provision.io.characters import cleaned
from provision.io.problems import InvalidData
from provision.links.destinations import Topic, address_of
from provision.location.catchment import Rule
from provision.location.problem import Objective
from provision.record import Record
from provision.workshop.story import (
    MOST_STEPS,
    Kind,
    Step,
    Story,
    default_story,
    params,
    question_of,
    question_sentence,
    read_params,
    read_story,
    refitted,
    step,
    terms_sentence,
    view_of,
    write_story,
)

LAPSES = address_of(Topic.LAPSES)


def pages(story: Story) -> list[tuple[str, str]]:
    return [(own.kind.value, own.link.partition("?")[0]) for own in story.steps]


def test_the_story_that_london_tells(london: Record) -> None:
    story = default_story(london)
    shown = ["coverage", "gaps", LAPSES, "theme_maps", "scenario"]
    assert pages(story) == [
        *(("view", page) for page in shown),
        ("ask", "scenario"),
        ("best", "scenario"),
        ("view", "then_and_now"),
        ("view", "then_and_now#latest"),
    ]
    planned = view_of(london, story.steps[4].link).query.scenario
    assert planned is not None
    names = {london.by_code[hub.area].name for hub in planned.hubs}
    assert names == {
        "Barnet",
        "Bexley",
        "Bromley",
        "Kingston upon Thames",
        "Merton",
        "Richmond upon Thames",
        "Tower Hamlets",
    }
    assert story.steps[5].link == story.steps[6].link


def test_what_a_record_gives_no_ground_for_is_left_out() -> None:
    bare = sketch(
        ["East", "West"], {"help": ("wrap-around", "2019-01", "2021-01", ["East", "West"])}
    )
    assert pages(default_story(bare)) == [
        ("view", "coverage"),
        ("view", "gaps"),
        ("view", LAPSES),
    ]


def test_a_question_is_read_from_the_link_of_its_step(london: Record) -> None:
    asked = question_of(london, step(london, Kind.ASK, "scenario?best=3~land~women~not:E09000003"))
    assert (asked.facilities, asked.catchment.rule, asked.objective, asked.excluded) == (
        3,
        Rule.LAND,
        Objective.WOMEN,
        ("E09000003",),
    )
    assert asked.start(london).changes_nothing
    assert question_sentence(asked) == "Where should the next three hubs go?"
    said = terms_sentence(london, asked)
    assert (
        "an assumption" in said
        and "women aged 18 or over" in said
        and "no contracted service" in said
    )


def test_further_hubs_come_under_the_rule_of_those_that_stand(london: Record) -> None:
    own = step(london, Kind.ASK, "scenario?hubs=E09000003~crossing&best=1~land")
    assert question_of(london, own).catchment.rule is Rule.CROSSING
    assert "Supposed already: a hub in Barnet" in terms_sentence(london, question_of(london, own))


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("coverage", "coverage"),
        ("/", "coverage"),
        ("", "coverage"),
        ("http://localhost:8501/gaps?need=imd2019_score", "gaps?need=imd2019_score"),
        (
            "https://example.org/under/a/path/coverage?on=2020-04-30&view=map",
            "coverage?on=2020-04-30",
        ),
        (LAPSES, LAPSES),
        ("gaps#anything", "gaps"),
        ("coverage#lapses-title", "coverage"),
    ],
)
def test_an_address_copied_from_the_browser_is_a_step(
    london: Record, pasted: str, kept: str
) -> None:
    assert step(london, Kind.VIEW, pasted).link == kept


@pytest.mark.parametrize(
    ("kind", "link", "why"),
    [
        (Kind.VIEW, "find?find=women", "no page that can be presented"),
        (Kind.VIEW, "coverages", "did you mean 'coverage'"),
        (Kind.VIEW, "coverage?on=yesterday", "not a day"),
        (Kind.VIEW, "coverage?colour=red", "not known"),
        (Kind.ASK, "coverage", "on the page 'scenario'"),
        (Kind.BEST, "gaps", "on the page 'scenario'"),
        (Kind.VIEW, "coverage?find=" + "x" * 30_000, "longer than"),
    ],
)
def test_a_link_of_which_not_all_can_be_shown_is_no_step(
    london: Record, kind: Kind, link: str, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        step(london, kind, link)


def test_words_too_long_or_unseen_are_refused(london: Record) -> None:
    with pytest.raises(ValueError, match="longer than 160"):
        step(london, Kind.VIEW, "coverage", title="x" * 161)
    with pytest.raises(ValueError, match="RIGHT-TO-LEFT OVERRIDE"):
        step(london, Kind.VIEW, "coverage", note="a\u202eb")


FILE = """story: 1
name: "One evening"
steps:
  - view: coverage?on=2020-04-30
    title: "What is left in April"
  - ask: scenario?best=2~land
    question: "Where, then?"
    note: "Let them talk"
  - best: scenario?best=2~land
"""


def test_a_file_is_read_as_it_is_written_by_hand(london: Record) -> None:
    story = read_story(FILE, "story.yaml", london)
    assert story.name == "One evening"
    assert story.steps == (
        Step(Kind.VIEW, "coverage?on=2020-04-30", "What is left in April"),
        Step(Kind.ASK, "scenario?best=2~land", "", "Where, then?", "Let them talk"),
        Step(Kind.BEST, "scenario?best=2~land"),
    )


def test_everything_that_is_wrong_with_a_file_is_said_at_once(london: Record) -> None:
    text = (
        "story: 2\nname: 3\nsteps:\n  - view: nope\n  - {ask: coverage}\n  - {title: x}\n  - {view:"
        " coverage, best: scenario, colour: red}\n  - 4\n"
    )
    with pytest.raises(InvalidData) as found:
        read_story(text, "story.yaml", london)
    problems = [(p.line, p.entry, p.field) for p in found.value.problems]
    assert problems == [
        (1, "story", ""),
        (2, "name", ""),
        (4, "steps/1", "view"),
        (5, "steps/2", "ask"),
        (6, "steps/3", ""),
        (7, "steps/4", ""),
        (7, "steps/4", "colour"),
        (8, "steps/5", ""),
    ]
    assert all(p.file == "story.yaml" and p.what and p.mend for p in found.value.problems)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- 1",
        "story: 1",
        "story: 1\nsteps: []",
        "story: 1\nsteps: {view: coverage}",
        "story: true\nsteps:\n  - view: coverage",
        "a: &x [*x]",
    ],
)
def test_what_is_no_story_is_refused(london: Record, text: str) -> None:
    with pytest.raises(InvalidData):
        read_story(text, "story.yaml", london)


def test_a_file_of_too_many_steps_is_refused(london: Record) -> None:
    with pytest.raises(InvalidData):
        read_story(
            "story: 1\nsteps:\n" + "  - view: coverage\n" * (MOST_STEPS + 1), "story.yaml", london
        )


def test_a_link_applies_what_is_valid_and_notes_the_rest(london: Record) -> None:
    steps = "view~find,view~coverage?on=yesterday&services=minerva-crc,ask~coverage,what,view~gaps~title:One~title:Two,best~scenario?best=2"
    story, notes = read_params({"story": "Ours", "steps": steps}, london)
    assert story == Story(
        "Ours",
        (Step(Kind.VIEW, "coverage?services=minerva-crc"), Step(Kind.BEST, "scenario?best=2")),
    )
    assert [note.partition(" of the link")[0] for note in notes] == [
        "Step 1",
        "Step 2",
        "Step 3",
        "Step 4",
        "Step 5",
    ]


def test_a_link_without_a_step_that_can_be_shown_is_the_story_of_the_data(london: Record) -> None:
    assert read_params({}, london) == (default_story(london), [])
    story, notes = read_params({"steps": "zzz"}, london)
    assert story == default_story(london) and len(notes) == 1
    story, notes = read_params({"steps": "view~coverage," * 1000}, london)
    assert story == default_story(london) and "longer" in notes[0]


def test_a_story_too_long_for_a_link_is_kept_as_a_file(london: Record) -> None:
    story = Story("Long", (step(london, Kind.VIEW, "coverage", note="x" * 500),) * 20)
    with pytest.raises(ValueError, match="keep it as a file"):
        params(story)
    assert read_story(write_story(story), "story.yaml", london) == story


def test_other_data_keep_the_steps_that_they_can_show(london: Record, city: Record) -> None:
    story = Story(
        "Ours",
        (
            step(london, Kind.VIEW, "coverage", title="First"),
            step(london, Kind.VIEW, "coverage?services=minerva-crc"),
        ),
    )
    found, notes = refitted(city, story)
    assert found == Story("Ours", (Step(Kind.VIEW, "coverage", "First"),))
    assert len(notes) == 1 and notes[0].startswith(
        "Step 2 of the story was left aside, because the data have changed"
    )
    assert refitted(city, Story("Ours", story.steps[1:]))[0] == default_story(city)
    assert refitted(london, story) == (story, [])


words = st.text(max_size=60).map(lambda text: " ".join(cleaned(" ".join(text.split())).split()))
links = st.sampled_from(
    [
        "coverage",
        "gaps#lapses-title",
        "themes?theme=recall",
        "scenario?v=1&hubs=E09000003~land,E09000011&name=A%2C~%25",
        "coverage?services=minerva-crc",
    ]
)
asked = st.sampled_from(["scenario", "scenario?best=5~km:7.5~women"])


@given(st.data())
def test_files_and_links_give_back_what_was_written(london: Record, data: st.DataObject) -> None:
    steps = []
    for kind in data.draw(st.lists(st.sampled_from(Kind), min_size=1, max_size=6)):
        link = data.draw(links if kind is Kind.VIEW else asked)
        steps.append(
            step(
                london,
                kind,
                link,
                title=data.draw(words),
                question=data.draw(words),
                note=data.draw(words),
            )
        )
    story = Story(data.draw(words), tuple(steps))
    assert read_story(write_story(story), "story.yaml", london) == story
    try:
        assert read_params(params(story), london) == (story, [])
    except ValueError:
        assert sum(len(str(own)) for own in steps) > 1_000


@given(st.text(max_size=200), st.text(max_size=80))
def test_no_link_is_too_strange(london: Record, steps: str, name: str) -> None:
    story, _ = read_params({"steps": steps, "story": name}, london)
    assert story.steps
