"""The record of a workshop on one page, at its end: what was shown, asked, guessed, revealed, decided and contested, with the links.

It says what the record says. Results of guesses are those that the room was shown; nothing is worked out again, so that a change of the
data afterwards changes no minutes (that it happened is said). A guess made after the answer was shown is marked as such.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from provision.dates import day_words
from provision.record import Record
from provision.sentences import listing, number, reference_text
from provision.workshop.entries import Asked, Contested, Decided, Draft, Ended, Guessed, Note, Revealed, Said, Session, Shown
from provision.workshop.page import Block, Grid, Heading, Items, Line, Run, Text, to_docx, to_markdown, words

T = TypeVar("T", bound=Said)


def minutes_markdown(session: Session, entries: Sequence[Draft], record: Record, address: str = "") -> str:
    """The minutes as Markdown. ``entries`` are the session's, in order, and may end with some that could not be kept yet; ``address`` is
    where the app is served: with it links can be followed, without it they are printed as they stand in the record."""
    return to_markdown(list(_blocks(session, entries, record, address)))


def minutes_docx(session: Session, entries: Sequence[Draft], record: Record, address: str = "") -> bytes:
    """The same as a Word file; byte for byte the same from the same entries."""
    return to_docx(list(_blocks(session, entries, record, address)), _title(session), session.started)


def _title(session: Session) -> str:
    return f"Record of the workshop: {session.name}" if session.name else "Record of the workshop"


def _blocks(session: Session, entries: Sequence[Draft], record: Record, address: str) -> Iterator[Block]:
    yield Heading(_title(session), 0)
    yield words(f"{_when(session, entries)} {_data(session, record)}")
    if shown := _shown(entries, address):
        yield Heading("Shown", 1)
        yield Items(shown, numbered=True)
    yield from _questions(entries, record, address)
    yield from _said("Decided", _of(entries, Decided), address, "the view")
    yield from _said("Contested", _of(entries, Contested), address, "the scenario, from which a patch of the data is made")
    yield from _said("Noted", _of(entries, Note), address, "the view")
    if not entries:
        yield words("Nothing was recorded.")
    yield Heading("Sources", 1)
    yield Text((Run(_sources(record)),), small=True)


def _said(title: str, said: Sequence[Decided | Contested | Note], address: str, leads: str) -> Iterator[Block]:
    """What the room said, with the links."""
    if said:
        yield Heading(title, 1)
        yield Items(tuple((Run(own.text), *_link(own.link, address, leads)) for own in said))


def _of(entries: Sequence[Draft], form: type[T]) -> list[T]:
    return [e.data for e in entries if isinstance(e.data, form)]


def _when(session: Session, entries: Sequence[Draft]) -> str:
    """Day and time from the beginning to the end."""
    ended = next((e.at for e in reversed(entries) if isinstance(e.data, Ended)), None)
    begun = f"{day_words(session.started.date())}, {session.started:%H:%M}"
    if ended is None:
        return f"{begun} UTC, not ended when this was written."
    return f"{begun} to {_moment(ended, session.started)} UTC."


def _moment(at: datetime, since: datetime) -> str:
    return f"{at:%H:%M}" if at.date() == since.date() else f"{day_words(at.date())}, {at:%H:%M}"


def _data(session: Session, record: Record) -> str:
    """What the data were then, and whether they have changed since."""
    region = record.file.region
    found = f"Data version {session.data_version}; {region.name}, as at {region.as_at}."
    if session.data_version != record.version:
        found += f" The data have changed since, to version {record.version}: figures are those that the room was shown."
    return found


def _shown(entries: Sequence[Draft], address: str) -> tuple[Line, ...]:
    """Every step once, in the order in which the room first saw it."""
    steps = dict.fromkeys((d.title, d.link) for d in _of(entries, Shown))
    return tuple(_linked(title, link, address) for title, link in steps)


def _linked(text: str, link: str, address: str) -> Line:
    """Text with its link: behind it where it can be followed, else after it."""
    return (Run(text, _address(link, address)),) if link and address else (Run(text), *_link(link, address, ""))


def _link(link: str, address: str, what: str) -> Line:
    """A link to follow, or as it stands in the record."""
    if not link:
        return ()
    return (Run(f"({what})", _address(link, address)),) if address else (Run(f"({link})"),)


def _address(link: str, address: str) -> str:
    return f"{address.rstrip('/')}/{link}"


# Questions, guesses and answers


def _questions(entries: Sequence[Draft], record: Record, address: str) -> Iterator[Block]:
    asked = {e.id: e.data for e in entries if isinstance(e.data, Asked)}
    homeless = [e for e in entries if isinstance(e.data, Guessed) and e.data.asked not in asked]
    if asked or homeless:
        yield Heading("Asked and guessed", 1)
    for own, question in asked.items():
        yield Heading(question.question, 2)
        if question.link:
            yield Text(_link(question.link, address, "the question as a view"))
        yield from _answers(entries, record, own)
    if homeless:
        yield Heading("Guesses whose question was not kept", 2)
        yield _table(entries, record, homeless, None)


def _answers(entries: Sequence[Draft], record: Record, asked: str) -> Iterator[Block]:
    """The guesses at one question, each with its result, and what was revealed."""
    guesses = [e for e in entries if isinstance(e.data, Guessed) and e.data.asked == asked]
    told = next((d for d in reversed(_of(entries, Revealed)) if d.asked == asked), None)
    yield _table(entries, record, guesses, told) if guesses else words("No guess was recorded.")
    if told is None:
        yield words("The answer was not revealed.")
        return
    sets = "; ".join(listing(_names(record, codes)) for codes in told.choices[:3]) + "; …" * (told.ties is None or told.ties > min(len(told.choices), 3))
    tied = "" if told.ties is None else f"; {number(told.ties)} choice{' reaches' if told.ties == 1 else 's reach'} that"
    yield words(f"{told.sentence} At best {told.gain:,}, counted in {told.measure}{tied}{f' ({sets})' if sets else ''}.")


def _table(entries: Sequence[Draft], record: Record, guesses: Sequence[Draft], told: Revealed | None) -> Grid:
    results = {r.guess: r for r in told.results} if told else {}
    place = {e.id: n for n, e in enumerate(entries)}
    revealed = min((n for n, e in enumerate(entries) if told and isinstance(e.data, Revealed) and e.data.asked == told.asked), default=len(entries))
    rows = []
    for entry in guesses:
        assert isinstance(entry.data, Guessed)
        result, late = results.get(entry.id), " (guessed after the answer was shown)" * (place[entry.id] > revealed)
        apart = [f"{n:,} {what}" for n, what in ((result.gain_not_stated, "not stated"), (result.gain_lapsed, "lapsed")) if n] if result else []
        reaches = f"{result.gain:,}{f' (and {listing(apart)})' if apart else ''}" if result else "not revealed"
        missed = "not revealed" if result is None else f"{result.missed:,}" if result.missed else "0, among the best"
        rows.append((listing(_names(record, entry.data.areas)), entry.data.reason or "not stated", f"{reaches}{late}", missed))
    says = (
        f"Each guess with its reason, what it reaches{f' (counted in {told.measure})' if told else ''}, and by how much it falls short of the best of as many."
    )
    return Grid(says, ("Guess", "Reason", "Reaches", "Short of the best by"), tuple(rows))


def _names(record: Record, codes: Sequence[str]) -> list[str]:
    """Areas by name; by code where the data do not know them any more."""
    return [record.by_code[code].name if code in record.by_code else code for code in codes]


def _sources(record: Record) -> str:
    """What the figures rest on, and whose licences bind them."""
    region, caveat = record.file.region, record.file.region.caveat
    documents = "; ".join(reference_text(record, ref) for ref in region.ref)
    licences = "; ".join(dict.fromkeys(f"{s.short_title}: {s.licence}" for s in record.file.sources if s.id in {ref.source for ref in region.ref}))
    outlines = record.origin.attribution if record.origin else "The origin of the boundaries is not stated."
    women = [i.source.attribution for i in record.indicators if i.women_from_age == region.scope_minimum_age]
    figures = f" Numbers of women: {women[0].removeprefix('Source: ').rstrip('.')}." if women else ""
    return f"{documents}. Licence: {licences}. {outlines}{figures} {caveat}"
