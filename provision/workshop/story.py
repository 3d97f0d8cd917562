"""A story for the room: a list of steps, each a view of the app, as a file and as a link.

A step says what is shown by the address of a view (page, query string and, for a part of a page,
what follows ``#``), so that the room and the desk read one grammar (:mod:`provision.links.query`).
Three kinds:

view
    The view's map or chart fills the screen.
ask
    The room is asked what the view's question for the
best
    places asks (``best=`` of its link), and its guesses are taken down. best The exact best places
    for the question of its link, beside the guesses that were made of it.

The file is YAML::

    story: 1                  # the version of this grammar
    name: "What the evening is about"
    steps:
      - view: coverage?on=2020-04-30
        title: "What is left in April"        # else the sentence that the data gives
        note: "Wait for the laughter to end"  # for the speaker; never projected
      - ask: scenario?best=3~land
        question: "Where should the next three go?"
      - ask: coverage
        question: "How well does this describe where you work?"
        answer: "scale: Not at all | Completely"  # see provision.workshop.answers
      - best: scenario?best=3~land

The link holds the same in two fields, ``story`` (the name) and ``steps``: steps parted by commas,
the parts of one by ``~``, kind and link first: ``steps=view~coverage?on%3D2020-04-30~title:What is
left,best~scenario?best%3D3%7Eland``. Within a part, a comma, a tilde and a per cent sign are
written ``%2C``, ``%7E`` and ``%25`` (and once more as any link writes them)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Literal
from urllib.parse import unquote

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from provision.english import number
from provision.io.field_errors import Fault, typed
from provision.io.problems import nearest, shown
from provision.io.reading import read_yaml
from provision.links.address import MAX_LENGTH, read_address
from provision.links.destinations import PAGES, Topic, address_of, topic_of
from provision.links.query import Query, parse
from provision.location.problem import LocationProblem, Objective
from provision.paper.then_and_now import steps as steps_between
from provision.record import Record
from provision.scenarios.scenario import presets, tidy
from provision.text.hubs import reach_words
from provision.text.scenarios import supposed
from provision.text.wording import region_words
from provision.workshop.answers import Answer, parse_answer

VERSION = 1
MOST_STEPS = 60
NAME_LENGTH, TITLE_LENGTH, NOTE_LENGTH, ANSWER_LENGTH = 80, 160, 500, 500
WORDS = {
    "title": TITLE_LENGTH,
    "question": TITLE_LENGTH,
    "note": NOTE_LENGTH,
    "answer": ANSWER_LENGTH,
}
FIELDS = ("story", "steps", "step", "session")  # of the address of the page that presents


class Kind(StrEnum):
    """What a step is for."""

    VIEW = "view"
    ASK = "ask"
    BEST = "best"


@dataclass(frozen=True)
class Step:
    """One step. ``link`` is the address of a view, as :func:`step` writes it. ``title`` stands in
    place of the sentence that the data gives, ``question`` in place of the one that an ask step's
    question gives; ``note`` is for the speaker and never projected. ``answer`` says how an
    ask step is answered on phones; empty for places on the map."""

    kind: Kind
    link: str
    title: str = ""
    question: str = ""
    note: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Story:
    """A name and the steps in their order, at least one."""

    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class View:
    """What a step's link leads to: what it is about, and the view of that."""

    topic: Topic
    query: Query


# One step


@lru_cache(maxsize=512)
def view_of(record: Record, link: str) -> View:
    """The view behind a step's link. Raises ValueError, with what is wrong, unless all of it can be
    shown."""
    view, notes = _read(record, link)
    if notes:
        raise ValueError("; ".join(note.rstrip(".") for note in notes))
    return view


def link_of(record: Record, view: View) -> str:
    """The address of a view, without what is the default."""
    return address_of(view.topic, view.query.link(record))


def step(
    record: Record,
    kind: Kind,
    link: str,
    *,
    title: str = "",
    question: str = "",
    note: str = "",
    answer: str = "",
) -> Step:
    """A step, with its link as :func:`link_of` writes it and its words on one line. Raises
    ValueError, with what is wrong."""
    view = view_of(record, link)
    answer = tidy(answer, ANSWER_LENGTH) if kind is Kind.ASK else ""
    if kind is not Kind.VIEW and not answer and view.topic is not Topic.SCENARIO:
        raise ValueError("a question for the best places is on the page 'scenario'")
    if why := _unanswerable(record, answer, question):
        raise ValueError(why)
    return Step(
        kind,
        link_of(record, view),
        tidy(title, TITLE_LENGTH),
        tidy(question, TITLE_LENGTH),
        tidy(note, NOTE_LENGTH),
        answer,
    )


def _unanswerable(record: Record, answer: str, question: str) -> str:
    """Why a question cannot be answered so; empty where it can."""
    try:
        wanted = parse_answer(answer)
    except ValueError as error:
        return str(error)
    if answer and not question.strip():
        return "write the question to the room as 'question'"
    if wanted.answer is Answer.THEMES and not record.themes:
        return "this record has no themes to choose from"
    return ""


def question_of(record: Record, own: Step) -> LocationProblem:
    """What an ask or best step asks: so many further hubs, beside what its scenario supposes, under
    the rule of the hubs that stand there."""
    query = view_of(record, own.link).query
    supposed = query.supposed(record)
    return query.best.beside(record, supposed)


def question_sentence(asked: LocationProblem) -> str:
    """What the room is asked."""
    return (
        "Where should the next hub go?"
        if asked.facilities == 1
        else f"Where should the next {number(asked.facilities)} hubs go?"
    )


def terms_sentence(record: Record, asked: LocationProblem) -> str:
    """Under which rule a guess is measured, and by what."""
    region = record.file.region
    how = (
        reach_words(record, asked.catchment).replace("each for", "for")
        if asked.facilities == 1
        else reach_words(record, asked.catchment)
    )
    what = f"{region.areas} listed as having no contracted service that are newly reached"
    if asked.objective is Objective.WOMEN:
        what = f"women aged {region.scope_minimum_age} or over who live in {what}"
    with_ = (
        f" Supposed already: {supposed(record, asked.start(record))}."
        if not asked.start(record).changes_nothing
        else ""
    )
    return (
        f"{number(asked.facilities).capitalize()} further hub{'s' * (asked.facilities > 1)}, {how}:"
        f" an assumption. What counts: {what}.{with_}"
    )


def _read(record: Record, link: str) -> tuple[View, list[str]]:
    """A link's view with what is valid applied, and a note for everything that was not. Raises
    ValueError where the page cannot be shown."""
    asked = read_address(link)
    topic = topic_of(asked)
    if topic is None:
        mend = nearest(asked.page, PAGES, f"write one of {', '.join(PAGES)}")
        raise ValueError(f"{shown(asked.page)} is no page that can be presented: {mend}")
    found, notes = parse(asked.fields, record)
    return View(topic, found), notes


# The story that the data tells


def default_story(record: Record) -> Story:
    """What the record says, step by step: who is covered, who has nothing, what ends when, the
    themes, the hubs that a scenario of the record's own puts where the source lists none, the next
    best places, asked and shown, and what a later record of the region says. What there is no
    ground for is left out."""
    return _told(record, steps_between(record))


@lru_cache(maxsize=8)
def _told(record: Record, later: int) -> Story:
    """The story, where the region has so many steps from one record to the next."""
    topics = [Topic.COVERAGE, Topic.GAPS, Topic.LAPSES]
    topics += [Topic.THEME_MAPS] if record.themes else []
    steps = [step(record, Kind.VIEW, address_of(topic)) for topic in topics]
    planned = presets(record).get("planned-hubs")
    if planned:
        found, _ = parse({}, record)
        view = View(Topic.SCENARIO, Query(on=found.on, need=found.need, scenario=planned))
        steps.append(step(record, Kind.VIEW, link_of(record, view)))
        question = address_of(Topic.SCENARIO, "best=1~land")
        steps += [step(record, kind, question) for kind in (Kind.ASK, Kind.BEST)]
    came_next = [Topic.THEN_AND_NOW, Topic.LATEST][:later]
    steps += [step(record, Kind.VIEW, address_of(topic)) for topic in came_next]
    return Story(
        f"{region_words(record)}: who has a service, and who has not"[:NAME_LENGTH], tuple(steps)
    )


def refitted(record: Record, story: Story) -> tuple[Story, list[str]]:
    """A story under other data: the steps that they can show, and a note for every other. Without
    any, the story that the data tells."""
    steps, notes = [], []
    for n, own in enumerate(story.steps, 1):
        try:
            steps.append(
                step(
                    record,
                    own.kind,
                    own.link,
                    title=own.title,
                    question=own.question,
                    note=own.note,
                    answer=own.answer,
                )
            )
        except ValueError as error:
            notes.append(
                f"Step {n} of the story was left aside, because the data have changed: {error}."
            )
    return (replace(story, steps=tuple(steps)) if steps else default_story(record)), notes


# Files

Words = Annotated[str, StringConstraints(min_length=1)]


class _StepEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    view: Words | None = None
    ask: Words | None = None
    best: Words | None = None
    title: str = ""
    question: str = ""
    note: str = ""
    answer: str = ""

    @property
    def links(self) -> dict[Kind, str]:
        """What it says of each kind; one, where it is as it should be."""
        return {kind: link for kind in Kind if (link := getattr(self, kind.value)) is not None}


class _StoryFile(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    story: Literal[1]
    name: str = ""
    steps: tuple[_StepEntry, ...] = Field(min_length=1, max_length=MOST_STEPS, strict=False)


def read_story(text: str, name: str, record: Record) -> Story:
    """The story of a file's text. Raises InvalidData with every problem in it, by line."""
    document = read_yaml(text, name)
    faults = list(_faults(document.data, record))
    found = typed(document, _StoryFile, faults)
    return Story(
        tidy(found.name, NAME_LENGTH), tuple(_built(record, entry) for entry in found.steps)
    )


def _built(record: Record, entry: _StepEntry) -> Step:
    ((kind, link),) = entry.links.items()
    words = {name: getattr(entry, name) for name in WORDS}
    return step(record, kind, link, **words)


def _faults(data: object, record: Record) -> Iterator[Fault]:
    """What the model of single fields cannot find: links that lead nowhere, steps of no kind or of
    two, words that are too long."""
    if not isinstance(data, dict):
        return
    if data.get("story") is True:  # which Python takes for 1
        yield Fault(("story",), "is true", f"write {VERSION}")
    yield from _too_long((), data, {"name": NAME_LENGTH})
    steps = data.get("steps")
    for n, entry in enumerate(steps if isinstance(steps, list) else []):
        if not isinstance(entry, dict):
            continue
        kinds = [kind for kind in Kind if kind.value in entry]
        if len(kinds) != 1:
            yield Fault(
                ("steps", n),
                "is of no kind" if not kinds else "is of several kinds",
                f"write one of {', '.join(Kind)} with the address of a view",
            )
        for kind in kinds:
            yield from _link_fault(record, kind, entry, n)
        yield from _too_long(("steps", n), entry, WORDS)


def _link_fault(record: Record, kind: Kind, entry: Mapping[str, object], n: int) -> Iterator[Fault]:
    link = entry[kind.value]
    if link is None:  # the model takes it for a kind that is not there
        yield Fault(
            ("steps", n, kind.value),
            "is empty",
            "write the address of a view, as copied from the browser",
        )
    elif isinstance(link, str) and link:
        try:
            words = {
                name: text
                for name in ("question", "answer")
                if isinstance(text := entry.get(name), str)
            }
            step(record, kind, link, **{name: text[: WORDS[name]] for name, text in words.items()})
        except ValueError as error:
            yield Fault(
                ("steps", n, kind.value),
                f"is {shown(link)}, which cannot be shown: {error}",
                "copy the address of a view from the browser",
            )


def _too_long(
    path: tuple[str | int, ...], entry: Mapping[str, object], longest: Mapping[str, int]
) -> Iterator[Fault]:
    for field, length in longest.items():
        value = entry.get(field)
        if isinstance(value, str):
            try:
                tidy(value, length)
            except ValueError as error:
                yield Fault(
                    (*path, field),
                    f"is {shown(value)}: {error}",
                    f"write at most {length} characters that can be seen",
                )


def write_story(story: Story) -> str:
    """A story as a file that :func:`read_story` reads back the same."""
    lines = [f"story: {VERSION}", f"name: {_text(story.name)}", "steps:"]
    for own in story.steps:
        lines.append(f"  - {own.kind.value}: {_text(own.link)}")
        lines += [f"    {name}: {_text(value)}" for name, value in _words(own).items()]
    return "\n".join(lines) + "\n"


def _words(own: Step) -> dict[str, str]:
    return {name: value for name in WORDS if (value := getattr(own, name))}


def _text(value: str) -> str:
    """Text in quotes, so that YAML takes it for nothing else."""
    return json.dumps(value, ensure_ascii=False)


# Links


def params(story: Story) -> dict[str, str]:
    """The fields of a story's link. Raises ValueError where the link would be too long to be
    read."""
    found = {"story": story.name, "steps": ",".join(map(_link_step, story.steps))}
    if sum(map(len, found.values())) > MAX_LENGTH:
        raise ValueError(
            f"a link to this story would be longer than {MAX_LENGTH:,} characters: keep it as a"
            " file"
        )
    return found


def read_params(given: Mapping[str, str], record: Record) -> tuple[Story, list[str]]:
    """The story of a link's fields, with what is valid applied, and a note for everything that was
    not. Never raises. Without a step that can be shown, the story that the data tells."""
    if not given.get("steps"):
        return default_story(record), []
    if sum(map(len, given.values())) > MAX_LENGTH:
        return default_story(record), [
            f"The link's story is longer than {MAX_LENGTH:,} characters and was left aside."
        ]
    steps, notes = _read_steps(given["steps"].split(","), record)
    try:
        name = tidy(given.get("story", ""), NAME_LENGTH)
    except ValueError as error:
        name, notes = "", [*notes, f"The name of the link's story was left aside: {error}."]
    return (Story(name, tuple(steps)) if steps else default_story(record)), notes


def _read_steps(entries: Sequence[str], record: Record) -> tuple[list[Step], list[str]]:
    steps, notes = [], []
    for n, entry in enumerate(entries[:MOST_STEPS], 1):
        try:
            found, said = _step_of([unquote(part) for part in entry.split("~")], record)
        except ValueError as error:
            notes.append(f"Step {n} of the link's story was left aside: {error}.")
            continue
        steps.append(found)
        notes += [f"Step {n} of the link's story: {note}" for note in said]
    if len(entries) > MOST_STEPS:
        notes.append(f"The link's story has more than {MOST_STEPS} steps; the rest was left aside.")
    return steps, notes


def _step_of(parts: Sequence[str], record: Record) -> tuple[Step, list[str]]:
    """A step from the parts of its entry, and notes on what in its view could not be applied.
    Raises ValueError where nothing could."""
    if len(parts) < 2 or parts[0] not in set(Kind):
        raise ValueError(
            f"it does not begin with one of {', '.join(Kind)} and the address of a view"
        )
    view, notes = _read(record, parts[1])
    words: dict[str, str] = {}
    for part in parts[2:]:
        name, colon, value = part.partition(":")
        if not colon or name not in WORDS or name in words:
            raise ValueError(f"{shown(part)} is no part of a step, or the second of its kind")
        words[name] = value
    return step(record, Kind(parts[0]), link_of(record, view), **words), notes


def _link_step(own: Step) -> str:
    return "~".join(
        map(
            _quoted,
            [own.kind.value, own.link, *(f"{name}:{value}" for name, value in _words(own).items())],
        )
    )


def _quoted(text: str) -> str:
    """A text in which nothing parts entries."""
    return text.replace("%", "%25").replace(",", "%2C").replace("~", "%7E")
