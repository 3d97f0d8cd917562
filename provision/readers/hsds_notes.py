"""What there is to say of a feed that was read: a line for each kind, with how many and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from provision.io.problems import Problem, shown
from provision.readers.draft import AreaText
from provision.readers.findings import Findings
from provision.readers.hsds_areas import Serves
from provision.readers.hsds_claims import claims
from provision.readers.hsds_document import PlacedService, provider_of
from provision.readers.hsds_feed import Entry, FeedPlace
from provision.readers.hsds_service import NOT_KEPT, FeedService
from provision.readers.table import Place
from provision.schema.services import NOT_STATED

_ON_PURPOSE = list(NOT_KEPT)[:2]


def place_of(entry: Entry) -> Place:
    """Where an entry stands, as findings name it."""
    return FeedPlace(entry.file, "", 0, 0, entry.place)


def set_aside_notes(problems: Sequence[Problem]) -> Iterator[str]:
    """A line for each reason for which entries or files were set aside."""
    found = Findings()
    for problem in problems:
        words = f"was set aside, because it {problem.what}"
        place = FeedPlace(problem.file, "", problem.line, 0, problem.entry or problem.file)
        one, many = f"1 entry {words}", f"{{}} entries were set aside, because each {problem.what}"
        found.add(one, many.replace("each is", "it is"), place, fix=problem.mend)
    yield from found.lines()


def field_notes(problems: Sequence[Problem]) -> Iterator[str]:
    """A line for each field of which values were left out because they cannot be read."""
    found = Findings()
    for problem in problems:
        name = problem.field.partition("[")[0].partition(".")[0]
        place = FeedPlace(problem.file, "", 0, 0, f"{problem.entry}.{problem.field}")
        one = f"1 value of {name} cannot be read and was left out"
        many = f"{{}} values of {name} cannot be read and were left out"
        found.add(one, many, place, problem.what.strip("'"), problem.mend)
    yield from found.lines()


def service_notes(services: Sequence[FeedService]) -> Iterator[str]:
    """Services that are left out or whose status is not known, and identifiers that were made."""
    found = Findings()
    for service in services:
        place = place_of(service.entry)
        if service.is_over:
            one = "1 service is left out, because its status says that it does not run"
            many = "{} services are left out, because their status says that they do not run"
            found.add(one, many, place, service.name)
        elif not service.is_active:
            one = "1 service does not say whether it runs"
            many = "{} services do not say whether they run"
            found.add(one, many, place, service.name, "check them before the record is used")
        if service.identifier_made:
            one = "1 service has no identifier that can be used, and was given one"
            many = "{} services have no identifier that can be used, and were given one"
            found.add(one, many, place, service.name)
    yield from found.lines()


def duplicate_notes(again: Sequence[FeedService], renamed: Sequence[FeedService]) -> Iterator[str]:
    """Entries that repeat a service, and services that share an identifier."""
    found = Findings()
    for service in again:
        one = "1 entry repeats a service that came before it; the first was read"
        many = "{} entries repeat a service that came before them; the first of each was read"
        found.add(one, many, place_of(service.entry), service.name)
    for service in renamed:
        one = "1 service has the identifier of another, and was given one of its own"
        many = "{} services have the identifier of another, and were given their own"
        found.add(one, many, place_of(service.entry), service.name)
    yield from found.lines()


def placement_notes(placed: Sequence[PlacedService], region: str) -> Iterator[str]:
    """Where the services serve, as far as they say."""
    elsewhere = [p for p in placed if p.is_elsewhere]
    here = [p for p in placed if not p.is_elsewhere]
    named = [p for p in here if p.codes]
    wide = [p for p in here if p.is_region_wide and not p.codes]
    rest = [p for p in here if not p.codes and not p.is_region_wide]
    yield f"{_services(len(here))} read: {_counts(len(named), len(wide), len(rest), region)}."
    if elsewhere:
        names = _some(p.service.name for p in elsewhere)
        yield f"Left out, serving other places only: {_services(len(elsewhere))} ({names})."
    if wide:
        yield "What serves the whole region is listed beside the map and colours no area."
    if both := [p for p in named if p.is_region_wide]:
        names = _some(p.service.name for p in both)
        yield f"Named areas were taken, and the whole region beside them was not: {names}."
    located = [p for p in rest if _ON_PURPOSE[1] in p.service.not_kept]
    if located:
        yield (
            f"Sites without areas: {_services(len(located))}. Where a service is does not say"
            " which areas it serves, so these are not stated."
        )
    if differ := [p for p in named if any(a.differs for a in p.areas)]:
        names = _some(p.service.name for p in differ)
        yield f"Code and name are those of different areas, and the code was taken: {names}."


def area_texts(placed: Sequence[PlacedService]) -> tuple[AreaText, ...]:
    """The texts for areas that a person is to look at, each once, with the places it stands in."""
    found: dict[str, tuple[list[Place], str, str | None]] = {}
    for one in placed:
        for area in one.areas:
            if area.serves is Serves.UNPLACED and not one.is_elsewhere:
                known = found.setdefault(area.said, ([], area.reason, area.suggestion))
                known[0].append(place_of(one.service.entry))
    return tuple(
        AreaText(text, tuple(places), reason, suggestion, used=False)
        for text, (places, reason, suggestion) in found.items()
    )


def area_text_notes(texts: Sequence[AreaText]) -> Iterator[str]:
    """A line for each reason for which a text was not placed."""
    found = Findings()
    for text in texts:
        for place in text.places:
            reason = text.reason.partition(";")[0] if text.official else text.reason
            one = f"1 service area was not placed, because it {reason}"
            many = f"{{}} service areas were not placed, because each {reason}"
            fix = f"if it is {shown(text.official)}, write that name" if text.official else ""
            found.add(one, many, place, text.text, fix)
    yield from found.lines()


def claim_note(placed: Sequence[PlacedService], region: Mapping[str, Any]) -> str:
    """One line that counts what services say of being contracted and for the region's people."""
    said = [claims(p.service, region) for p in placed]
    contracted = Counter(c["contracted"] for c in said)
    alone = Counter(c["people_specific"] for c in said)
    people = region.get("people", "people")
    whom = "" if people == "people" else f" For {people} alone: {_so(alone, len(said))}."
    return (
        f"Contracted: {_so(contracted, len(said))}.{whom} What a service does not say is"
        " 'not stated', and makes no area covered."
    )


def _so(answers: Mapping[Any, int], total: int) -> str:
    denied = f", {answers['no']:,} that they are not" if answers["no"] else ""
    return f"{answers['yes']:,} of {_services(total)} say so{denied}"


def not_kept_notes(placed: Sequence[PlacedService]) -> Iterator[str]:
    """A line for each kind of thing that the record has no place for, with how many services have
    it."""
    counts = Counter(kind for p in placed for kind in p.service.not_kept)
    for kind in NOT_KEPT:
        if counts[kind]:
            why = "left out on purpose: sites can be confidential" if kind in _ON_PURPOSE else ""
            yield f"Not kept: {kind} ({_services(counts[kind])}){f', {why}' if why else ''}."
    terms = {term.words for p in placed for term in p.service.terms if term.words}
    if terms:
        yield f"Not kept: {len(terms):,} taxonomy terms; themes are written in a file of their own."
    beside = [p for p in placed if not p.codes and _says_more(p.service)]
    if beside:
        yield (
            "Not kept: ages, eligibility, funders and referral routes of"
            f" {_services(len(beside))} that name no area. Complete the areas first."
        )


def not_stated(placed: Sequence[PlacedService], region: Mapping[str, Any]) -> Mapping[str, int]:
    """How many services do not say, field by field."""
    named = [p for p in placed if p.codes]
    said = [claims(p.service, region) for p in placed]
    counts = {
        "areas": sum(not p.codes and not p.is_region_wide for p in placed),
        "provider": sum(provider_of(p.service) == NOT_STATED for p in placed),
        "contracted": sum(c["contracted"] == NOT_STATED for c in said),
        "people_specific": sum(c["people_specific"] == NOT_STATED for c in said),
        "contract.start": len(named),
        "contract.end": len(named),
        "commissioners": len(placed),
        "eligibility.minimum_age": sum(p.service.minimum_age is None for p in named),
        "eligibility.who": sum(not p.service.who for p in named),
    }
    return {name: count for name, count in counts.items() if count}


def _says_more(service: FeedService) -> bool:
    said = service.fields
    return bool(
        service.who or service.minimum_age is not None or said.funding or said.application_process
    )


def _counts(named: int, wide: int, rest: int, region: str) -> str:
    parts = (
        (named, f"{named:,} {_verb(named, 'names', 'name')} areas of {region}"),
        (wide, f"{wide:,} {_verb(wide, 'serves', 'serve')} all of {region}"),
        (rest, f"{rest:,} {_verb(rest, 'does not say which', 'do not say which')} areas"),
    )
    return ", ".join(words for count, words in parts if count) or "none"


def _verb(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def _services(count: int) -> str:
    return f"{count:,} service{'' if count == 1 else 's'}"


def _some(names: Iterable[str]) -> str:
    listed = list(dict.fromkeys(names))
    rest = f" and {len(listed) - 3:,} more" if len(listed) > 3 else ""
    return ", ".join(map(shown, listed[:3])) + rest
