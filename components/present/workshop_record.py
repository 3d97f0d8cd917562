"""What happens in a workshop, as the room goes on: kept in its record, and read from there.

What cannot be written now waits in the room (:class:`components.present.state.Room`), and is sent
again with what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from components.present.answer_slides import revealed
from components.present.records import store
from components.present.slides import slides
from components.present.state import Room
from provision.io.problems import InvalidData
from provision.location.problem import LocationProblem
from provision.record import Record
from provision.workshop.entries import (
    LINE,
    MOST_GUESSES,
    WORDS,
    Asked,
    Draft,
    Guessed,
    RecordProblem,
    Revealed,
    Session,
    Shown,
    draft,
    is_over,
    last_shown,
    now,
    taken_back,
)
from provision.workshop.entries import Kind as Happened
from provision.workshop.reveal import Guess, refused
from provision.workshop.reveal import revealed as as_kept
from provision.workshop.story import Kind, Step, question_of, write_story

SAID = {Happened.DECIDED: "Decided", Happened.CONTESTED: "Contested", Happened.NOTE: "Note"}
ENDED = "This workshop has ended: nothing more goes into its record."
READS = "This link only reads the record. Use the facilitator's link to add to it."


def begin(record: Record, own: Room, name: str = "") -> None:
    """Begin a record of what happens from now on. Raises RecordProblem."""
    own.session = store().start(
        name.strip() or own.story.name or "Workshop", write_story(own.story), record.version
    )
    own.reads, own.began = False, own.story


def keep(
    own: Room, kind: Happened, data: Mapping[str, Any], own_id: str | None = None
) -> Draft | None:
    """Add to the record, and with it what could not be kept before. What cannot be written now
    waits, and is sent again with the next. None where there is no record, or where it has ended,
    which is said. Raises InvalidData for what no record holds."""
    if not own.session:
        return None
    if own.reads:
        own.refused = READS
        return None
    if kind is not Happened.RESUMED and over(own):
        own.refused = ENDED
        return None
    said = draft(kind, data, now(), own_id)
    own.waiting.put(own.session, said)
    flush(own)
    return said


def flush(own: Room) -> None:
    """Send what waits."""
    own.refused = ""
    try:
        own.waiting.send(store())
    except RecordProblem as error:
        own.refused = (
            f"Not in the record yet: {error}. It waits on the server and in this tab, and is sent"
            " again with what comes next. Keep this tab open."
        )


def over(own: Room) -> bool:
    """Whether the workshop has ended, here or in another window."""
    return is_over(entries(own))


def closed(own: Room) -> str:
    """Why nothing can be added to the record from here; empty where it can, or none was begun."""
    if not own.session:
        return ""
    return READS if own.reads else ENDED if over(own) else ""


def entries(own: Room) -> list[Draft]:
    """What has happened so far: what the record holds (as far as it was read, where it cannot be
    read now, which is said) and what waits."""
    if not own.session:
        return []
    if own.seen_of != own.session:
        own.seen, own.seen_of = [], own.session
    try:
        if own.seen and store().latest(own.session) < len(own.seen):
            own.seen = []  # an older copy stands there now
        own.seen += store().entries(own.session, len(own.seen))
    except RecordProblem as error:
        own.refused = f"{error}."
    return [*own.seen, *own.waiting.of(own.session)]


def session(record: Record, own: Room) -> Session:
    """What the record says of itself; where it cannot be read now, what is known of it here."""
    try:
        return store().session(own.session)
    except RecordProblem:
        known = entries(own)
        return Session(
            own.session,
            own.began.name or "Workshop",
            known[0].at if known else now(),
            record.version,
        )


def link(own: Step) -> str:
    """A step's address as the record keeps it, without the part of a page."""
    return own.link.partition("#")[0]


def _short(words: str, longest: int) -> str:
    """Words within the bounds of an entry."""
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def note_shown(record: Record, own: Room) -> None:
    """The step on the screen goes into the record, unless it stood there already; a question is
    asked, and an answer is revealed."""
    if own.step is None or not own.session or closed(own):
        return
    here, slide = own.story.steps[own.step], slides(record, own.story)[own.step]
    known = entries(own)
    told = Shown(
        title=_short(slide["headline"], LINE),
        link=link(here),
        sentence=_short(slide["sentence"], WORDS),
    )
    if told != next((e.data for e in reversed(known) if isinstance(e.data, Shown)), None):
        keep(own, Happened.SHOWN, told.model_dump())
    if here.kind is Kind.ASK:
        asked_here(own, here, slide["headline"], known)
    elif here.kind is Kind.BEST:
        _reveal(record, own, here, known)


def asked_here(own: Room, here: Step, question: str, known: Sequence[Draft]) -> str | None:
    """The id of the entry with a step's question, which is asked once; None where it could not be
    kept."""
    said = _short(question, LINE)
    entry = question_at(known, here.link, said if here.answer else None) or keep(
        own, Happened.ASKED, {"question": said, "link": here.link}
    )
    return entry.id if entry else None


def note(record: Record, own: Room, sent: Mapping[str, Any]) -> None:
    """Take down what was decided, contested or noted while a step was on the screen. It begins a
    record where none was begun."""
    own.refused = ""
    kind, number, text, id_ = (
        sent.get("kind"),
        sent.get("step"),
        sent.get("text"),
        str(sent.get("id", "")),
    )
    if (
        kind not in list(SAID)
        or not isinstance(number, int)
        or not 0 <= number < len(own.story.steps)
        or not isinstance(text, str)
    ):
        return
    try:
        if not own.session:
            begin(record, own)
        if keep(
            own, Happened(kind), {"text": text, "link": link(own.story.steps[number])}, id_ or None
        ):
            own.noted = id_
    except InvalidData as error:
        own.refused = f"That was not kept: {error.problems[0].what}; {error.problems[0].mend}."
    except (ValueError, RecordProblem) as error:
        own.refused = f"That was not kept: {error}."


def on_stage(own: Room) -> str:
    """The link of the step that was last on the stage, in whichever window; empty where none was
    since the record was begun."""
    return last_shown(entries(own))


def _reveal(record: Record, own: Room, here: Step, known: Sequence[Draft]) -> None:
    """The answer to a question that was asked goes into the record with every guess's result, once
    for the guesses that there are."""
    entry = question_at(known, here.link)
    if entry is None:
        return
    question = question_of(record, here)
    try:
        found = revealed(record, question, guesses_of(record, question, known, here.link))
    except ValueError:
        return
    told = as_kept(record, found, entry.id)
    if not any(isinstance(e.data, Revealed) and e.data == told for e in known):
        keep(own, Happened.REVEALED, told.model_dump(mode="json"))


def question_at(known: Sequence[Draft], link_: str, words: str | None = None) -> Draft | None:
    """The entry that asked the question of a step's address; in these ``words``, where the question
    is not the address's own."""
    asked = [(e, e.data) for e in known if isinstance(e.data, Asked) and e.data.link == link_]
    return next((e for e, data in asked if words in (None, data.question)), None)


def guesses_of(
    record: Record, question: LocationProblem, known: Sequence[Draft], link_: str
) -> tuple[Guess, ...]:
    """The guesses at a question, in the order in which they were made; none that was taken back, or
    does not fit the data any more."""
    entry, gone = question_at(known, link_), taken_back(known)
    made = [e for e in known if entry and e.id not in gone]
    found = [
        Guess(e.data.areas, e.data.reason, e.id)
        for e in made
        if entry and isinstance(e.data, Guessed) and e.data.asked == entry.id
    ]
    return tuple(guess for guess in found if not refused(record, question, guess.areas))[
        :MOST_GUESSES
    ]
