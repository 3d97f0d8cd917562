"""What a room can be asked on its phones, and what an answer to it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from provision.english import number
from provision.io.characters import cleaned
from provision.location.problem import candidate_sites
from provision.record import Record
from provision.workshop.answers import Answer, parse_answer
from provision.workshop.entries import Opened, Option
from provision.workshop.story import Step, question_of

POINTS = 5  # of a scale
MOST_DIGITS = 15
OPEN_TEXT = 140  # characters of an answer in words


@dataclass(frozen=True)
class Form:
    """How a question is answered: the kind, how many may be chosen, what can be chosen (id and
    name), the unit of a number, and the words at both ends of a scale."""

    answer: Answer
    most: int = 1
    options: tuple[Option, ...] = ()
    unit: str = ""
    ends: tuple[str, ...] = ()


def form_of(record: Record, step: Step) -> Form:
    """How an ask step of a story is answered.

    Parameters
    ----------
    record
        The record that the story is about.
    step
        A step of the kind ``ask``, as :func:`provision.workshop.story.step` makes it.

    Returns
    -------
    Form
        What can be answered, and how much of it.
    """
    wanted = parse_answer(step.answer)
    most, options = wanted.most, tuple[tuple[str, str], ...]()
    match wanted.answer:
        case Answer.AREAS:
            asked = question_of(record, step)
            places = [(code, record.by_code[code].name) for code in candidate_sites(record, asked)]
            most, options = asked.facilities, tuple(sorted(places, key=lambda row: row[1]))
        case Answer.THEMES:
            options = tuple((theme.id, theme.title) for theme in record.themes)
            most = min(most, len(options))
        case Answer.ORDER:
            options = tuple((str(n), name) for n, name in enumerate(wanted.options, 1))
        case Answer.SCALE:
            options = tuple((str(n), str(n)) for n in range(1, POINTS + 1))
    named = tuple(Option(id=id_, name=name) for id_, name in options)
    return Form(wanted.answer, most, named, wanted.unit, wanted.ends)


@dataclass(frozen=True)
class Given:
    """An answer that can be kept: what was chosen (ids, in the order of the answer), a number, or
    words."""

    chosen: tuple[str, ...] = ()
    number: float | None = None
    text: str = ""


def read_answer(asked: Opened, sent: Mapping[str, Sequence[str]]) -> Given:
    """What a phone's form answers.

    Parameters
    ----------
    asked
        The question as it was opened.
    sent
        The fields of the form: ``choice`` (any number of ids), ``rank-ID`` (a place in the order),
        ``number`` or ``text``.

    Returns
    -------
    Given
        The answer.

    Raises
    ------
    ValueError
        What is to be said to the person, where it is no answer.
    """
    match Answer(asked.answer):
        case Answer.AREAS | Answer.THEMES | Answer.SCALE:
            return Given(chosen=_chosen(asked, sent.get("choice", ())))
        case Answer.ORDER:
            return Given(chosen=_ordered(asked, sent))
        case Answer.NUMBER:
            return Given(number=_number(_one(sent, "number")))
        case Answer.TEXT:
            return Given(text=_words(_one(sent, "text")))


def _one(sent: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(sent.get(name, ())), "")


def _chosen(asked: Opened, sent: Sequence[str]) -> tuple[str, ...]:
    known = [option.id for option in asked.options]
    found = tuple(id_ for id_ in known if id_ in set(sent))
    if not found:
        raise ValueError("Choose at least one." if asked.most > 1 else "Choose one.")
    if len(found) > asked.most:
        raise ValueError(f"You chose {number(len(found))}. Choose at most {number(asked.most)}.")
    return found


def _ordered(asked: Opened, sent: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    places = {option.id: _one(sent, f"rank-{option.id}") for option in asked.options}
    wanted = [str(n) for n in range(1, len(places) + 1)]
    if sorted(places.values()) != wanted:
        raise ValueError("Give each option a place of its own.")
    return tuple(sorted(places, key=lambda id_: int(places[id_])))


def _number(text: str) -> float:
    plain = text.strip().replace(",", "").replace(" ", "").removesuffix("%").removeprefix("£")
    whole, _, part = plain.removeprefix("-").partition(".")
    digits = whole + part
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS and whole):
        raise ValueError("Write a number, such as 250 or 12.5.")
    found = float(plain)
    if abs(found) > 1e12:
        raise ValueError("Write a smaller number.")
    return found


def _words(text: str) -> str:
    found = " ".join(cleaned(" ".join(text.split())).split())
    if not found:
        raise ValueError("Write a few words.")
    if len(found) > OPEN_TEXT:
        raise ValueError(f"Write at most {OPEN_TEXT} characters. You wrote {len(found):,}.")
    return found
