"""The record of a workshop on one page, at its end: what was shown, asked, guessed, revealed,
decided and contested, with the links.

It says what the record says. Results of guesses are those that the room was shown; nothing is
worked out again, so that a change of the data afterwards changes no minutes (that it happened is
said). A guess made after the answer was shown is marked as such."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from typing import TypeVar

from provision.dates import day_words
from provision.english import listing, number
from provision.links.address import MAX_LENGTH, read_address
from provision.links.destinations import Topic, topic_of
from provision.record import Record
from provision.room.minutes import phone_answers
from provision.text.wording import reference_text, region_words
from provision.workshop.entries import (
    Asked,
    Contested,
    Decided,
    Draft,
    Ended,
    Guessed,
    Note,
    Result,
    Revealed,
    Said,
    Session,
    Shown,
    is_over,
    taken_back,
)
from provision.workshop.page import (
    Block,
    Grid,
    Heading,
    Items,
    Line,
    Run,
    Text,
    to_docx,
    to_markdown,
    words,
)
from provision.workshop.reveal import apart_words

T = TypeVar("T", bound=Said)
_OF_GUESSES = (Guessed, Revealed)


def minutes_markdown(
    session: Session,
    entries: Sequence[Draft],
    record: Record,
    address: str = "",
    zone: tzinfo = UTC,
) -> str:
    """The minutes as Markdown. ``entries`` are the session's, in order, and may end with some that
    could not be kept yet; ``address`` is where the app is served: with it links can be followed,
    without it they are printed as they stand in the record. Times are of ``zone``."""
    return to_markdown(list(_blocks(session, entries, record, address, zone)))


def minutes_docx(
    session: Session,
    entries: Sequence[Draft],
    record: Record,
    address: str = "",
    zone: tzinfo = UTC,
) -> bytes:
    """The same as a Word file; byte for byte the same from the same entries."""
    return to_docx(
        list(_blocks(session, entries, record, address, zone)), _title(session), session.started
    )


def _title(session: Session) -> str:
    return f"Record of the workshop: {session.name}" if session.name else "Record of the workshop"


def _blocks(
    session: Session, entries: Sequence[Draft], record: Record, address: str, zone: tzinfo
) -> Iterator[Block]:
    yield Heading(_title(session), 0)
    yield words(f"{_when(session, entries, zone)} {_data(session, record)}")
    if shown := _shown(entries, address):
        yield Heading("Shown", 1)
        yield Items(shown, numbered=True)
    yield from _questions(entries, record, address)
    for title, form in (("Decided", Decided), ("Contested", Contested), ("Noted", Note)):
        yield from _said(title, _of(entries, form), address)
    if not entries:
        yield words("Nothing was recorded.")
    yield Heading("Sources", 1)
    yield Text((Run(_sources(record)),), small=True)


def _said(title: str, said: Sequence[Decided | Contested | Note], address: str) -> Iterator[Block]:
    """What the room said, with the links."""
    if said:
        yield Heading(title, 1)
        yield Items(
            tuple((Run(own.text), *_link(own.link, address, _leads(own.link))) for own in said)
        )


def _leads(link: str) -> str:
    """What a link leads to."""
    asked = read_address(link[:MAX_LENGTH])
    if topic_of(asked) is not Topic.SCENARIO:
        return "the view"
    return (
        "the scenario, from which a patch of the data is made"
        if "cells" in asked.fields
        else "the scenario"
    )


def _of(entries: Sequence[Draft], form: type[T]) -> list[T]:
    return [e.data for e in entries if isinstance(e.data, form)]


def _when(session: Session, entries: Sequence[Draft], zone: tzinfo) -> str:
    """Day and time from the beginning to the end."""
    ended = (
        next((e.at for e in reversed(entries) if isinstance(e.data, Ended)), None)
        if is_over(entries)
        else None
    )
    started = session.started.astimezone(zone)
    begun = f"{day_words(started.date())}, {started:%H:%M}"
    if ended is None:
        return f"{begun} ({zone}), not ended when this was written."
    return f"{begun} to {_moment(ended.astimezone(zone), started)} ({zone})."


def _moment(at: datetime, since: datetime) -> str:
    return f"{at:%H:%M}" if at.date() == since.date() else f"{day_words(at.date())}, {at:%H:%M}"


def _data(session: Session, record: Record) -> str:
    """What the data were then, and whether they have changed since."""
    region = record.file.region
    found = f"Data version {session.data_version}; {region_words(record)}, as at {region.as_at}."
    if session.data_version != record.version:
        found += (
            f" The data have changed since, to version {record.version}: figures are those that the"
            " room was shown."
        )
    return found


def _shown(entries: Sequence[Draft], address: str) -> tuple[Line, ...]:
    """Every step once, in the order in which the room first saw it."""
    steps = dict.fromkeys((d.title, d.link) for d in _of(entries, Shown))
    return tuple(_linked(title, link, address) for title, link in steps)


def _linked(text: str, link: str, address: str) -> Line:
    """Text with its link: behind it where it can be followed, else after it."""
    return (
        (Run(text, _address(link, address)),)
        if link and address
        else (Run(text), *_link(link, address, ""))
    )


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
    homeless = [
        (e, e.data) for e in entries if isinstance(e.data, Guessed) and e.data.asked not in asked
    ]
    if asked or homeless:
        yield Heading("Asked and guessed", 1)
    for own, question in asked.items():
        yield Heading(question.question, 2)
        if question.link:
            yield Text(_link(question.link, address, "the question as a view"))
        phones = list(phone_answers(entries, own))
        if not phones or own in {e.data.asked for e in entries if isinstance(e.data, _OF_GUESSES)}:
            yield from _answers(entries, record, own)
        yield from phones
    if homeless:
        yield Heading("Guesses whose question was not kept", 2)
        yield _table(entries, record, homeless, None)


def _answers(entries: Sequence[Draft], record: Record, asked: str) -> Iterator[Block]:
    """The guesses at one question, each with its result, and what was revealed."""
    guesses = [
        (e, e.data) for e in entries if isinstance(e.data, Guessed) and e.data.asked == asked
    ]
    told = next((d for d in reversed(_of(entries, Revealed)) if d.asked == asked), None)
    yield _table(entries, record, guesses, told) if guesses else words("No guess was recorded.")
    if told is None:
        yield words("The answer was not revealed.")
        return
    sets = "; ".join(listing(_names(record, codes)) for codes in told.choices[:3]) + "; …" * (
        told.ties is None or told.ties > min(len(told.choices), 3)
    )
    tied = (
        ""
        if told.ties is None
        else f"; {number(told.ties)} choice{' reaches' if told.ties == 1 else 's reach'} that"
    )
    since = _since(entries, guesses, told)
    yield words(
        f"{told.sentence} At best {told.gain:,}, counted in"
        f" {told.measure}{tied}{f' ({sets})' if sets else ''}.{since}"
    )


def _since(
    entries: Sequence[Draft], guesses: Sequence[tuple[Draft, Guessed]], told: Revealed
) -> str:
    """What the sentence that the room was told does not count: guesses that came, or were taken
    back, after it was last told."""
    counted, gone = {result.guess for result in told.results}, taken_back(entries)
    later = sum(e.id not in counted and e.id not in gone for e, _ in guesses)
    back = sum(e.id in counted and e.id in gone for e, _ in guesses)
    parts = [f"{number(later)} further guess{'es' * (later > 1)} came"] if later else []
    parts += (
        [f"{number(back)} of those told of {'was' if back == 1 else 'were'} taken back"]
        if back
        else []
    )
    return f" After that, {listing(parts)}." if parts else ""


def _table(
    entries: Sequence[Draft],
    record: Record,
    guesses: Sequence[tuple[Draft, Guessed]],
    told: Revealed | None,
) -> Grid:
    """Every choice of the room once, with how many made it, why, and what it gains. Guesses that
    were taken back are counted apart, and so are those that were made after the answer was first
    shown."""
    results = {r.guess: r for r in told.results} if told else {}
    place, gone = {e.id: n for n, e in enumerate(entries)}, taken_back(entries)
    revealed = min(
        (
            n
            for n, e in enumerate(entries)
            if told and isinstance(e.data, Revealed) and e.data.asked == told.asked
        ),
        default=len(entries),
    )
    choices: dict[tuple[str, ...], list[tuple[Draft, Guessed]]] = {}
    for entry, data in guesses:
        choices.setdefault(tuple(sorted(data.areas)), []).append((entry, data))
    rows = []
    for areas, made in choices.items():
        stand = [e for e, _ in made if e.id not in gone]
        notes = (
            (sum(place[e.id] > revealed for e in stand), "after the answer"),
            (len(made) - len(stand), "taken back"),
        )
        apart = [f"{n} {what}" for n, what in notes if n]
        reasons = (
            "; ".join(dict.fromkeys(data.reason for _, data in made if data.reason)) or "not stated"
        )
        result = next((results[e.id] for e, _ in made if e.id in results), None)
        rows.append(
            (
                listing(_names(record, areas)),
                f"{len(stand)}{f' ({listing(apart)})' if apart else ''}",
                reasons,
                *_result(result),
            )
        )
    counted = f" (counted in {told.measure})" if told else ""
    says = (
        f"Each choice, how many guesses it had, their reasons, what it reaches{counted}, and by how"
        " much it falls short of the best of as many."
    )
    return Grid(says, ("Choice", "Guesses", "Reasons", "Reaches", "Short of best"), tuple(rows))


def _result(result: Result | None) -> tuple[str, str]:
    """What a choice reaches, and by how much it falls short."""
    if result is None:
        return "not revealed", "not revealed"
    missed = f"{result.missed:,}" if result.missed else "0, among the best"
    return f"{result.gain:,}{apart_words(result.gain_not_stated, result.gain_lapsed)}", missed


def _names(record: Record, codes: Sequence[str]) -> list[str]:
    """Areas by name; by code where the data do not know them any more."""
    return [record.by_code[code].name if code in record.by_code else code for code in codes]


def _sources(record: Record) -> str:
    """What the figures rest on, and whose licences bind them."""
    region, caveat = record.file.region, record.file.region.caveat
    documents = "; ".join(reference_text(record, ref) for ref in region.ref)
    licences = "; ".join(
        dict.fromkeys(
            f"{s.short_title}: {s.licence}"
            for s in record.file.sources
            if s.id in {ref.source for ref in region.ref}
        )
    )
    outlines = (
        record.origin.attribution
        if record.origin
        else "The origin of the boundaries is not stated."
    )
    women = [
        i.source.attribution
        for i in record.indicators
        if i.women_from_age == region.scope_minimum_age
    ]
    figures = (
        f" Numbers of women: {women[0].removeprefix('Source: ').rstrip('.')}." if women else ""
    )
    return f"{documents}. Licence: {licences}. {outlines}{figures} {caveat}"
