"""What two records of the same areas say side by side, in sentences, and what speaks against
reading them as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from provision.coverage.basis import Basis
from provision.coverage.comparability import (
    Caution,
    Part,
    bases,
    cautions,
    comparable,
    states_level,
    states_money,
)
from provision.coverage.status import Status
from provision.coverage.then_and_now import Passage, Silence, Stretch, ThenAndNow, silences
from provision.dates import day_words
from provision.english import FEW, listing
from provision.record import Record
from provision.text.headings import Heading
from provision.text.labels import BASIS_WORDS, PART_WORDS, PASSAGE_WORDS
from provision.text.wording import reference_text

Pair = tuple[int, int]
_NONE = (Status.NONE, Status.LAPSED)


def record_name(record: Record) -> str:
    """What a record is called: its name among those of its region, or the month it speaks for."""
    return record.entry.name if record.entry else str(record.file.region.as_at)


def heading(found: ThenAndNow, pair: Pair = (0, 1)) -> Heading:
    """What became of the areas that had none, and of those of which nothing was known.

    Parameters
    ----------
    found, pair
        The records side by side, and the places of the older one and the newer.
    """
    older, newer = (record_name(found.records[n]) for n in pair)
    region = found.records[pair[0]].file.region
    without = [a for a in found.areas if a.counted and a.said[pair[0]].status in _NONE]
    gained = found.codes(Passage.GAINED, *pair)
    unsaid = found.codes(Passage.GAINED_NOT_STATED, *pair)
    if not gained and not unsaid:
        no = f"No {region.area} with none in {older} is named in {newer}"
        return Heading(no if without else _still(found, pair), "")
    who, is_named = _which(found, unsaid), f"{_verb(len(unsaid), 'is', 'are')} named in {newer}"
    if not gained:
        return Heading(f"{_upper(who)} {is_named}", f"Not known in {older}.")
    line = f"{_upper(who)}, not known then, {is_named} too." if unsaid else ""
    if len(gained) == len(without) == 1:
        return Heading(f"{_names(found, gained)}, with none in {older}, is named in {newer}", line)
    n, whole = len(gained), len(without)
    who = f"All {n}" if n == whole else f"{n} of {whole}"
    return Heading(f"{who} {region.areas} with none in {older} are named in {newer}", line)


def _still(found: ThenAndNow, pair: Pair) -> str:
    """What became of the areas that the older record names, where it lists none as having none."""
    older, newer = (record_name(found.records[n]) for n in pair)
    covered = [a for a in found.areas if a.counted and a.said[pair[0]].status is Status.COVERED]
    both, areas = found.codes(Passage.COVERED_IN_BOTH, *pair), found.records[0].file.region.areas
    verb = _verb(len(both), "is", "are")
    return f"{len(both)} of the {len(covered)} {areas} named in {older} {verb} named in {newer}"


def sentences(found: ThenAndNow, pair: Pair) -> list[str]:
    """What became of all areas from one record to another.

    Parameters
    ----------
    found, pair
        As for :func:`heading`.

    Returns
    -------
    list of str
        Sentences, the headline first. What became *not stated* is never called lost, and what was
        *not stated* never called gained.
    """
    older, newer = (record_name(found.records[n]) for n in pair)
    lost, unsaid, both, now, never = (
        found.codes(what, *pair)
        for what in (
            Passage.LOST,
            Passage.NO_LONGER_STATED,
            Passage.COVERED_IN_BOTH,
            Passage.NOW_WITHOUT,
            Passage.NOT_STATED_IN_EITHER,
        )
    )
    first = heading(found, pair)
    said = [str(first), *_gained(found, pair)]
    if lost:
        said.append(f"Named in {older} and without a service in {newer}: {_names(found, lost)}.")
    if unsaid:
        said.append(
            f"{_upper(newer)} does not say for {_names(found, unsaid)}. We do not count that as"
            " lost."
        )
    if now:
        said.append(
            f"Not stated in {older} and without a service in {newer}: {_names(found, now)}."
        )
    if both and first.headline != _still(found, pair):
        said.append(f"{_upper(_which(found, both))} {_verb(len(both), 'is', 'are')} named in both.")
    if never:
        said.append(f"Not stated in either: {_names(found, never)}.")
    return [*said, *_beside(found, pair)]


def _gained(found: ThenAndNow, pair: Pair) -> list[str]:
    gained = found.codes(Passage.GAINED, *pair)
    return [f"They are {_names(found, gained)}."] if len(gained) > 1 else []


def _beside(found: ThenAndNow, pair: Pair) -> list[str]:
    """The areas that are not counted, each with what became of it."""
    region = found.records[0].file.region
    others = [
        f"{a.name} ({PASSAGE_WORDS[found.passage(a, *pair)]})"
        for a in found.areas
        if not a.counted and found.passage(a, *pair) is not Passage.NOT_STATED_IN_EITHER
    ]
    return [f"Not counted among the {region.areas}: {listing(others)}."] if others else []


def caution_sentences(found: ThenAndNow, pair: Pair) -> list[str]:
    """Why what two records say is not one story, in sentences; ``found`` and ``pair`` as for
    :func:`headline`."""
    return [_CAUTIONS[caution](found, pair) for caution in cautions(found, *pair)]


def _another_source(found: ThenAndNow, pair: Pair) -> str:
    older, newer = (f"{record_name(r)} is from {_documents(r)}" for r in _both(found, pair))
    return f"Another source: {older}; {newer}."


def _other_people(found: ThenAndNow, pair: Pair) -> str:
    older, newer = _both(found, pair)
    region, other = older.file.region, newer.file.region
    return (
        f"Other {region.people}: {record_name(older)} is about {region.scope}."
        f" {_upper(record_name(newer))} is about {other.scope}."
    )


def _note(found: ThenAndNow, pair: Pair) -> str:
    entry = found.records[pair[1]].entry
    return f"{_upper(entry.name)}: {entry.note}" if entry else ""


def _dates_of_listing(found: ThenAndNow, pair: Pair) -> str:
    name = record_name(found.records[pair[1]])
    return f"The dates of {name} are dates of listing for referral, not dates of contracts."


def _another_date(found: ThenAndNow, pair: Pair) -> str:
    older, newer = (
        f"{record_name(found.records[n])} as at {day_words(found.days[n])}" for n in pair
    )
    return f"Each on its own date: {older}, {newer}."


def _not_a_continuation(found: ThenAndNow, pair: Pair) -> str:
    older, newer = (record_name(record) for record in _both(found, pair))
    return (
        f"{_upper(newer)} does not continue {older}: whether services, money, partners or model are"
        " the same is not stated."
    )


_CAUTIONS: dict[Caution, Callable[[ThenAndNow, Pair], str]] = {
    Caution.ANOTHER_SOURCE: _another_source,
    Caution.OTHER_PEOPLE: _other_people,
    Caution.NOTED: _note,
    Caution.DATES_OF_LISTING: _dates_of_listing,
    Caution.ANOTHER_DATE: _another_date,
    Caution.NOT_A_CONTINUATION: _not_a_continuation,
}


def comparison_rows(found: ThenAndNow, pair: Pair) -> list[tuple[str, str, str]]:
    """What of two records can be compared: what it is, *comparable* or *not comparable*, and
    why."""
    return [
        (PART_WORDS[part], "comparable" if yes else "not comparable", _why(found, pair, part, yes))
        for part, yes in comparable(found, *pair).items()
    ]


_ALIKE = {
    Part.AREAS: "Both use the same outlines and codes.",
    Part.NAMED: "Both list {areas} by name.",
    Part.DATES: "Both have dates of one kind: {bases}.",
    Part.PEOPLE: "Both are about {scope}.",
    Part.LEVEL: "Both state it.",
    Part.MONEY: "Both state it.",
    Part.SERVICES: "Some are in both.",
}
_UNLIKE = {
    Part.DATES: "{older} has dates of one kind ({bases}), {newer} of another ({others}).",
    Part.PEOPLE: "{older} is about {scope}; {newer} about {other_scope}.",
    Part.LEVEL: "Not stated in {silent_on_level}.",
    Part.MONEY: "Not stated in {silent_on_money}.",
    Part.SERVICES: "Neither record says that one of its services is one of the other's.",
}


def _why(found: ThenAndNow, pair: Pair, part: Part, yes: bool) -> str:
    older, newer = _both(found, pair)
    return (_ALIKE if yes else _UNLIKE)[part].format(
        areas=older.file.region.areas,
        older=record_name(older),
        newer=record_name(newer),
        scope=older.file.region.scope,
        other_scope=newer.file.region.scope,
        bases=_bases(older),
        others=_bases(newer),
        silent_on_level=_silent(found, pair, states_level),
        silent_on_money=_silent(found, pair, states_money),
    )


def _silent(found: ThenAndNow, pair: Pair, states: Callable[[Record], bool]) -> str:
    """The records of two that do not state something."""
    return listing(record_name(r) for r in _both(found, pair) if not states(r))


def _bases(record: Record) -> str:
    return listing(BASIS_WORDS[basis] for basis in Basis if basis in bases(record))


def stretch_sentence(found: ThenAndNow, stretch: Stretch) -> str:
    """One service's stretch of time: who says so, from when to when, and what kind of dates these
    are."""
    record = found.records[stretch.record]
    service = record.services_by_id[stretch.service]
    start = day_words(stretch.start)
    begins = f"from {start}" if stretch.start_stated else f"on {start} (start not stated)"
    ends = "ongoing" if stretch.ongoing else "with no end stated"
    ends = f"to {day_words(stretch.end)}" if stretch.end else ends
    kind = "listed for referral" if stretch.basis is Basis.LISTED else "contract"
    return f"{record_name(record)}: {service.short_name}, {kind} {begins}, {ends}."


def silence_sentences(found: ThenAndNow) -> list[str]:
    """The days between two stretches of which no record speaks, and for which areas."""
    return [_silence(found, silence) for silence in silences(found)]


def _silence(found: ThenAndNow, silence: Silence) -> str:
    days = f"{day_words(silence.first)} to {day_words(silence.last)}"
    return f"No record has a date for {_names(found, silence.codes)} from {days}."


def area_cell(found: ThenAndNow, code: str, place: int) -> tuple[str, str]:
    """What one record says of an area, for a table: whom it names and on what basis, and where it
    says so."""
    record = found.records[place]
    said = next(area for area in found.areas if area.code == code).said[place]
    words = [
        f"{provider} ({record.services_by_id[service].short_name}), {BASIS_WORDS[basis]}"
        for service, provider, basis in zip(said.services, said.providers, said.bases, strict=True)
    ]
    refs = "; ".join(dict.fromkeys(reference_text(record, ref) for ref in said.refs))
    return "; ".join(words), refs


def _documents(record: Record) -> str:
    cited = {ref.source for s in record.services for ref in s.service_area.ref}
    titles = [s.short_title for s in record.file.sources if s.id in cited]
    return listing(titles) if titles else "a source that is not stated"


def _both(found: ThenAndNow, pair: Pair) -> tuple[Record, Record]:
    return found.records[pair[0]], found.records[pair[1]]


def _names(found: ThenAndNow, codes: Sequence[str]) -> str:
    return listing(found.records[0].by_code[code].name for code in codes)


def _which(found: ThenAndNow, codes: Sequence[str]) -> str:
    """The areas by name while they are few, else how many they are."""
    few = len(codes) <= FEW
    return _names(found, codes) if few else f"{len(codes)} {found.records[0].file.region.areas}"


def _verb(many: int, one: str, more: str) -> str:
    return one if many == 1 else more


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
