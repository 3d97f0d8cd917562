"""Services from an Open Referral feed (HSDS 1.1, 2 and 3, and the Open Referral UK profile).

Nothing is made up: what the feed does not say is *not stated*, and said to be so.

- An entry that cannot be a service is set aside with its place and reason, and the rest comes in. A
  value that cannot be read costs that value.
- A service that names areas of the region goes under ``services`` with those areas. One that says
  it serves the whole region becomes provision beside the map, region-wide: it serves every area,
  and colours none, because no contract names one. One that does not say whom it serves becomes
  provision whose area is not stated, wherever its sites are. One that serves only other places is
  left out and counted, and so is one whose status says that it does not run.
- Contacts, telephone numbers, addresses and sites are never kept: sites can be confidential.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from provision.io.problems import InvalidData, Problem
from provision.readers.area_lists import Matcher
from provision.readers.draft import ReadingContext, ServicesDraft
from provision.readers.hsds_areas import place_area
from provision.readers.hsds_document import (
    WHOLE_FILE,
    DocumentWriter,
    PlacedService,
    source,
)
from provision.readers.hsds_entries import entries
from provision.readers.hsds_feed import Entries, page_notes
from provision.readers.hsds_input import FeedFile, FeedInput, open_feed
from provision.readers.hsds_notes import (
    area_text_notes,
    area_texts,
    claim_note,
    duplicate_notes,
    field_notes,
    not_kept_notes,
    not_stated,
    place_of,
    placement_notes,
    service_notes,
    set_aside_notes,
)
from provision.readers.hsds_service import FeedService, made_identifier, read_service
from provision.readers.unseen import without_unseen
from provision.schema.services import NOT_STATED

KIND = "Open Referral feed (HSDS)"


@dataclass
class _Services:
    """The services of a feed, each once."""

    services: list[FeedService] = field(default_factory=list)
    set_aside: list[Problem] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)
    again: list[FeedService] = field(default_factory=list)
    renamed: list[FeedService] = field(default_factory=list)


def read_hsds(path: Path, matcher: Matcher, context: ReadingContext) -> ServicesDraft:
    """The services of a feed as a services document, not yet checked by the schema.

    Parameters
    ----------
    path : Path
        A JSON or CSV file, a folder of pages or tables, a data package, or a zip of these.
    matcher : Matcher
        Of the region's areas; it knows the region's own names.
    context : ReadingContext
        The region block that the document is to have, and what areas are listed as.

    Returns
    -------
    ServicesDraft

    Raises
    ------
    InvalidData
        Where the file is no feed, cannot be read, is too large, or holds no service at all.
    """
    return draft_of(open_feed(path), matcher, context)


def draft_from_data(
    data: Any, name: str, matcher: Matcher, context: ReadingContext
) -> ServicesDraft:
    """The same from parsed JSON, called by a name. Raises InvalidData."""
    return draft_of(FeedInput(name, (FeedFile(name, name, data),)), matcher, context)


def draft_of(opened: FeedInput, matcher: Matcher, context: ReadingContext) -> ServicesDraft:
    """The same from files that were opened. Raises InvalidData."""
    found = entries(opened)
    if not found.services and found.set_aside:
        raise InvalidData(found.set_aside)
    read = _read(found)
    if not read.services and read.set_aside:
        raise InvalidData([*found.set_aside, *read.set_aside])
    placed = [_placed(s, matcher) for s in read.services if not s.is_over]
    here = [p for p in placed if not p.is_elsewhere]
    region = str(context.region.get("name", ""))
    data, paths = _document(opened.name, here, read.services, context)
    texts = area_texts(placed)
    notes = (
        *page_notes(found.pages),
        *placement_notes(placed, region),
        *set_aside_notes([*found.set_aside, *read.set_aside]),
        *found.notes,
        *duplicate_notes(read.again, read.renamed),
        *service_notes(read.services),
        *field_notes(read.left_out),
        *area_text_notes(texts),
        *([claim_note(here, context.region)] if here else []),
        *not_kept_notes(here),
    )
    places = {path: place_of(p.service.entry) for path, p in paths.items()}
    counts = not_stated(here, context.region)
    data, unseen = without_unseen(data, places.items())
    notes += tuple(unseen)
    notes += tuple(_held_open(here, counts.get("areas", 0), context))
    return ServicesDraft(
        data, opened.name, KIND, notes, area_texts=texts, not_stated=counts, places=places
    )


def _read(found: Entries) -> _Services:
    """Every entry as a service, each once: the same identifier and name is the same service."""
    read = _Services()
    seen: dict[str, set[str]] = {}
    for entry in found.services:
        service, told = read_service(entry)
        if service is None:
            read.set_aside += told
            continue
        names = seen.setdefault(service.section, set())
        if service.name.casefold() in names:
            read.again.append(service)
            continue
        if names:
            service = _renamed(service)
            read.renamed.append(service)
            if service.section in seen:
                read.again.append(service)
                continue
        seen.setdefault(service.section, set()).add(service.name.casefold())
        names.add(service.name.casefold())
        read.services.append(service)
        read.left_out += told
    return read


def _renamed(service: FeedService) -> FeedService:
    return replace(service, section=made_identifier(service.fields, service.section))


def _placed(service: FeedService, matcher: Matcher) -> PlacedService:
    found = tuple(
        place_area(
            (area.name, area.service_area, area.description),
            (area.uri, area.extent, area.id),
            matcher,
        )
        for area in service.areas
        if area.says_something
    )
    return PlacedService(service, found)


Paths = Mapping[tuple[str | int, ...], PlacedService]


def _document(
    name: str, here: list[PlacedService], all_read: list[FeedService], context: ReadingContext
) -> tuple[dict[str, Any], Paths]:
    """The document, and which service each of its entries comes from."""
    writer = DocumentWriter(context.region, _listed_as(context))
    lists: dict[str, list[dict[str, Any]]] = {"services": [], "other_provision": []}
    paths: dict[tuple[str | int, ...], PlacedService] = {}
    for placed in here:
        part, entry = writer.entry(placed)
        paths[part, len(lists[part])] = placed
        lists[part].append(entry)
    none_listed = {"heading_count": NOT_STATED, "listed": [], "ref": WHOLE_FILE}
    data = {
        "region": _region(context, all_read),
        "services": lists["services"],
        "areas_without_service": none_listed,
        "other_provision": lists["other_provision"],
        "sources": [source(name, [p.service for p in here])],
    }
    return data, paths


def _listed_as(context: ReadingContext) -> Mapping[str, str]:
    """Areas go by their official name, or by their code where another area has the same name."""
    names = list(context.codes_to_names.values())
    return {c: n if names.count(n) == 1 else c for c, n in context.codes_to_names.items()}


def _region(context: ReadingContext, services: list[FeedService]) -> dict[str, Any]:
    """The region block; it speaks from the feed's own date where the block has none and the feed
    one."""
    dates = {s.fields.assured_date for s in services if s.fields.assured_date}
    day = dates.pop() if len(dates) == 1 else NOT_STATED
    given = {k: v for k, v in context.region.items() if k != "caveat_ref"}
    dated = {k: day for k in ("as_at", "default_date") if given.get(k, NOT_STATED) == NOT_STATED}
    return {**given, **dated, "ref": WHOLE_FILE}


def _held_open(here: list[PlacedService], unplaced: int, context: ReadingContext) -> Iterator[str]:
    """What the services whose areas are not stated leave open."""
    named = {code for placed in here for code in placed.codes}
    total = len(context.codes_to_names)
    if unplaced:
        yield (
            f"To complete: the areas that {unplaced:,} service{'' if unplaced == 1 else 's'}"
            f" serve{'s' if unplaced == 1 else ''}. Until then {total - len(named):,} of"
            f" {total:,} areas that no service names stay open."
        )


def date_notes(draft: ServicesDraft) -> Iterator[str]:
    """What to say where the document has no date to speak from."""
    if draft.data["region"]["as_at"] == NOT_STATED:
        yield (
            "The feed has not one date for all; write region.as_at and region.default_date by hand."
        )


STANDARD_LACKS = (
    "The standard has no field for commissioners, contract dates, amounts, partners, capacity, or"
    " where a fact comes from. These are 'not stated'.",
    "It cannot say that an area has nothing. No area is listed as having none.",
)
"""What no feed can say, whoever made it."""
