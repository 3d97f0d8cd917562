"""What the record of a workshop is made of: one entry for each thing that was shown, asked,
guessed, revealed, decided or contested.

An entry says what happened and holds the link of the view that was on the screen; it is never
changed, so a thing said twice is two entries, and a guess that is taken back is an entry more, not
one less. Nobody's name is asked for, and none is needed: a room decides, not a person."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from provision.io.characters import cleaned
from provision.io.field_errors import typed
from provision.io.reading import Document
from provision.links.address import MAX_LENGTH

NO_NAMES = "No names of people: what the room said is enough."
LONGEST_CODES = 60_000  # characters of all codes of one guess, which may be of any region
MOST_GUESSES = 200
MOST_LISTED = 20
MOST_OPTIONS = 400  # of a question that phones answer: as many as a region has areas
LINE, WORDS = 300, 1_000  # characters in a title, and in what somebody says
LINK = 3 * MAX_LENGTH + 200  # each character may take three in a link
_LINK = re.compile(r"[a-z_]{0,40}(\?[!-~]*)?(#[a-z0-9-]{0,60})?")
ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class Kind(StrEnum):
    """What happened."""

    SHOWN = "shown"
    ASKED = "asked"
    GUESSED = "guessed"
    REVEALED = "revealed"
    DECIDED = "decided"
    CONTESTED = "contested"
    NOTE = "note"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    RESUMED = "resumed"
    ADMITTED = "admitted"
    JOINED = "joined"
    OPENED = "opened"
    ANSWERED = "answered"
    CLOSED = "closed"
    TALLIED = "tallied"
    CLEARED = "cleared"
    PASSED = "passed"


def _text(longest: int, least: int = 1) -> BeforeValidator:
    """Text on one line. Characters that nobody can see (controls, turns of the direction of
    writing) are left out: they say nothing."""

    def tidy(value: Any) -> str:
        if not isinstance(value, str):
            raise PydanticCustomError("own", "is not text; write text")
        found = " ".join(cleaned(" ".join(value.split())).split())
        if len(found) > longest:
            raise PydanticCustomError(
                "own", f"is {len(found):,} characters long; write at most {longest:,}"
            )
        if len(found) < least:
            raise PydanticCustomError("own", "is empty; write something")
        return found

    return BeforeValidator(tidy)


def _link(value: str) -> str:
    if len(value) > LINK or not _LINK.fullmatch(value):
        raise PydanticCustomError(
            "own",
            "is not a link of this app; write a page and a query, for instance"
            " 'coverage?on=2020-04-01'",
        )
    return value


def _few(most: int, least: int = 0) -> AfterValidator:
    """So many items and no more."""

    def bounded(value: tuple[Any, ...]) -> tuple[Any, ...]:
        if not least <= len(value) <= most:
            raise PydanticCustomError("own", f"is a list of {len(value)}; give {least} to {most}")
        return value

    return AfterValidator(bounded)


def _codes() -> AfterValidator:
    """At least one code, and no more than an entry has room for."""

    def bounded(value: tuple[str, ...]) -> tuple[str, ...]:
        if not value:
            raise PydanticCustomError("own", "is an empty list; give at least one area")
        if sum(map(len, value)) > LONGEST_CODES:
            what = f"is a list of {len(value):,} codes; give at most {LONGEST_CODES:,} characters"
            raise PydanticCustomError("own", what)
        return value

    return AfterValidator(bounded)


Line = Annotated[str, _text(LINE)]
Words = Annotated[str, _text(WORDS)]
MaybeWords = Annotated[str, _text(WORDS, least=0)]
Link = Annotated[str, AfterValidator(_link)]
Code = Annotated[str, _text(40)]
Count = Annotated[int, Field(ge=0, le=10**9)]


def _identifier(value: str) -> str:
    if not ID.fullmatch(value):
        raise PydanticCustomError("own", "is not an id of an entry; take the id that the entry has")
    return value


Identifier = Annotated[str, AfterValidator(_identifier)]


class Part(BaseModel):
    """Base of what entries are made of: frozen, bounded, and no field that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Said(Part):
    """What an entry of one kind holds."""

    kind: ClassVar[Kind]


class Shown(Said):
    """A step was on the screen. ``sentence`` is the generated sentence that stood above it."""

    kind = Kind.SHOWN
    title: Line
    link: Link = ""
    sentence: MaybeWords = ""


class Asked(Said):
    """The room was asked. ``link`` is the view's: what is supposed, and as ``best`` how many
    further hubs, under which rule."""

    kind = Kind.ASKED
    question: Words
    link: Link = ""


class Guessed(Said):
    """Somebody in the room would put hubs in these areas (codes). ``asked`` is the id of the entry
    with the question."""

    kind = Kind.GUESSED
    asked: Identifier
    areas: Annotated[tuple[Code, ...], _codes()]
    reason: MaybeWords = Field("", description=f"Why there. {NO_NAMES}")


class Result(Part):
    """What one guess gains beside the best of as many: by what was asked for, and areas not stated
    and lapsed, apart."""

    guess: Identifier
    gain: Count
    missed: Count
    gain_not_stated: Count = 0
    gain_lapsed: Count = 0


class Revealed(Said):
    """What the room was told: the sentence, the best gain in words (``measure`` says of what), how
    many choices reach it (None where that was not counted), the first of them, and each guess's
    result."""

    kind = Kind.REVEALED
    asked: Identifier
    sentence: Words
    measure: Line
    gain: Count
    ties: Count | None = None
    choices: Annotated[tuple[tuple[Code, ...], ...], _few(MOST_LISTED)] = ()
    results: Annotated[tuple[Result, ...], _few(MOST_GUESSES)] = ()


class Decided(Said):
    """The room decided."""

    kind = Kind.DECIDED
    text: Words = Field(description=f"What was decided. {NO_NAMES}")
    link: Link = ""


class Contested(Said):
    """The room says that the record is wrong. ``link`` is the scenario with the entry contested,
    from which a patch of the data is made."""

    kind = Kind.CONTESTED
    text: Words = Field(
        description=f"What is said to be otherwise, and how one could know. {NO_NAMES}"
    )
    link: Link = ""


class Note(Said):
    """Anything else worth keeping."""

    kind = Kind.NOTE
    text: Words = Field(description=NO_NAMES)
    link: Link = ""


class Withdrawn(Said):
    """A guess is taken back: ``guess`` is the id of its entry, which stays."""

    kind = Kind.WITHDRAWN
    guess: Identifier


class Ended(Said):
    """The workshop is over, until it is gone on with."""

    kind = Kind.ENDED


class Resumed(Said):
    """It goes on after its end: nobody goes on by mistake."""

    kind = Kind.RESUMED


class Admitted(Said):
    """From now on phones may come in by the room's code, or no longer."""

    kind = Kind.ADMITTED
    open: bool = True


class Joined(Said):
    """A phone came in. ``by`` is a digest that leads back to no phone."""

    kind = Kind.JOINED
    by: Identifier


class Option(Part):
    """One thing that can be chosen or put in order."""

    id: Code
    name: Line


class Opened(Said):
    """Phones may answer a question. ``asked`` is the entry that asked it, ``answer`` the kind of
    answer (:class:`provision.room.questions.Answer`), ``most`` how many may be chosen, ``ends``
    the words at both ends of a scale."""

    kind = Kind.OPENED
    asked: Identifier
    question: Words
    link: Link = ""
    answer: Code
    most: Annotated[int, Field(ge=1, le=MOST_OPTIONS)] = 1
    options: Annotated[tuple[Option, ...], _few(MOST_OPTIONS)] = ()
    unit: MaybeWords = ""
    ends: Annotated[tuple[Line, ...], _few(2)] = ()


class Answered(Said):
    """A phone answered ``question`` (the entry that opened it). ``by`` is the same for each change
    of one phone's answer to one question, and for nothing else: the last one counts."""

    kind = Kind.ANSWERED
    question: Identifier
    by: Identifier
    chosen: Annotated[tuple[Code, ...], _few(MOST_OPTIONS)] = ()
    number: Annotated[float, Field(ge=-1e12, le=1e12, allow_inf_nan=False)] | None = None
    text: MaybeWords = ""


class Closed(Said):
    """No answer to a question is taken any more."""

    kind = Kind.CLOSED
    question: Identifier


class Counted(Part):
    """How many chose an option."""

    option: Code
    answers: Count


class Tallied(Said):
    """What the phones were told of their answers: how many there were, how many for each option,
    and a sentence."""

    kind = Kind.TALLIED
    question: Identifier
    answered: Count
    counts: Annotated[tuple[Counted, ...], _few(MOST_OPTIONS)] = ()
    sentence: MaybeWords = ""


class Cleared(Said):
    """A question is put away; its answers stay in the record and count no more."""

    kind = Kind.CLEARED
    question: Identifier


class Passed(Said):
    """An answer in words (the id of its entry) may be shown to the room, or no longer."""

    kind = Kind.PASSED
    answer: Identifier
    shown: bool = True


_FORMS = (
    *(Shown, Asked, Guessed, Revealed, Decided, Contested, Note, Withdrawn, Ended, Resumed),
    *(Admitted, Joined, Opened, Answered, Closed, Tallied, Cleared, Passed),
)
OF_PHONES = frozenset({Kind.JOINED, Kind.ANSWERED})  # which come by the hundred
FORMS: Mapping[Kind, type[Said]] = MappingProxyType({form.kind: form for form in _FORMS})


@dataclass(frozen=True)
class Draft:
    """An entry that is on its way to the record. ``id`` is made where the thing happened, so that a
    second attempt at keeping it is known for what it is; ``at`` is when it happened (UTC)."""

    id: str
    at: datetime
    data: Said

    @property
    def kind(self) -> Kind:
        """What happened."""
        return self.data.kind


@dataclass(frozen=True)
class Entry(Draft):
    """An entry of the record. ``number`` counts from 1 within its session, in the order in which
    the database took the entries, whatever anybody's clock said."""

    number: int


class RecordProblem(Exception):
    """The record could not be read or written: what happened, and how to mend it. Nothing
    half-written is left behind. ``again`` says whether the same attempt may succeed later."""

    def __init__(self, what: str, mend: str, *, again: bool = True) -> None:
        super().__init__(f"{what}; {mend}")
        self.what, self.mend, self.again = what, mend, again


@dataclass(frozen=True)
class Session:
    """A workshop. ``ended`` is when somebody said that it was over, None while nobody has or where
    it was gone on with since."""

    id: str
    name: str
    started: datetime
    data_version: str
    entries: int = 0
    ended: datetime | None = None


def draft(kind: Kind, data: Mapping[str, Any], at: datetime, own: str | None = None) -> Draft:
    """An entry to be kept, under an id of its own unless one is given. Raises InvalidData with
    everything that is wrong with it, ValueError for an id that is none or a moment without a
    zone."""
    if own is not None and not ID.fullmatch(own):
        raise ValueError("an entry's id is 8 to 64 letters, digits and hyphens")
    return Draft(own or new_id(), utc(at), read(kind, data))


def read(kind: Kind, data: Mapping[str, Any]) -> Said:
    """What an entry holds, checked. Raises InvalidData with everything that is wrong with it."""
    return typed(Document(f"entry '{kind}'", dict(data)), FORMS[kind], cleans=True)


def erased(said: Said, why: str, at: datetime) -> Said:
    """What an entry holds with its words taken out, and with when and why in their place. Links,
    areas and numbers stay, for they say nothing of a person. Raises InvalidData."""
    note = f"Erased on {utc(at):%Y-%m-%d}: {why}"
    words = ("text", "reason", "question", "title", "sentence")
    held = said.model_dump(mode="json")
    return read(said.kind, held | {name: note for name in words if held.get(name)})


def is_over(entries: Sequence[Draft]) -> bool:
    """Whether a workshop with these entries, in their order, has ended and was not gone on with."""
    return next(
        (e.kind is Kind.ENDED for e in reversed(entries) if e.kind in (Kind.ENDED, Kind.RESUMED)),
        False,
    )


def taken_back(entries: Iterable[Draft]) -> set[str]:
    """The ids of the guesses that were taken back."""
    return {e.data.guess for e in entries if isinstance(e.data, Withdrawn)}


def last_shown(entries: Sequence[Draft]) -> str:
    """The link of the step that was last on the screen; empty where none was."""
    return next((e.data.link for e in reversed(entries) if isinstance(e.data, Shown)), "")


def new_id() -> str:
    """An id, of a session or an entry, that nobody can guess and nobody else makes."""
    return secrets.token_hex(16)


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def utc(moment: datetime) -> datetime:
    """The same moment in UTC. Raises ValueError for one without a zone, which could be any."""
    if moment.tzinfo is None:
        raise ValueError("a moment has a time zone")
    return moment.astimezone(UTC)
