"""What the reader of a feed must know of the region that the feed is brought into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from provision.io.boundaries import Area
from provision.io.files import DataFiles, display, there
from provision.io.reading import MAX_SERVICE_NODES, MAX_SERVICES, Files, read_yaml
from provision.readers.draft import ReadingContext, ServicesDraft
from provision.record import Record
from provision.regions.any_boundaries import areas_of
from provision.regions.area_matching import AreaMatcher
from provision.regions.matching_file import matching_of
from provision.regions.unstated import RegionWords, name_from, region_block, services_of_outlines
from provision.schema.services import NOT_STATED

_KEPT_WORDS = (
    *("name", "area", "areas", "area_kind", "subject", "people", "owner", "scope_minimum_age"),
    "name_variants",
)
_KINDS = {"name_variants": dict, "owner": dict, "scope_minimum_age": int}
_DATES = ("as_at", "default_date")


@dataclass(frozen=True)
class FeedRegion:
    """A region that a feed is brought into.

    Parameters
    ----------
    areas : tuple of Area
    matcher : AreaMatcher
    context : ReadingContext
        Its block has no date: a feed may have one.
    dates : mapping
        The dates that a region begins with, where it is a folder or has no services file yet.
    """

    areas: tuple[Area, ...]
    matcher: AreaMatcher
    context: ReadingContext
    dates: Mapping[str, str]

    def dated(self, draft: ServicesDraft) -> ServicesDraft:
        """A draft that speaks from the region's first date where the feed has not one for all."""
        block = draft.data["region"]
        if not self.dates or block["as_at"] != NOT_STATED:
            return draft
        day = self.dates["default_date"]
        note = (
            f"The feed has not one date for all; the record speaks from {day}, as the region began."
        )
        data = {**draft.data, "region": {**block, **self.dates}}
        return replace(draft, data=data, notes=(*draft.notes, note))


def record_context(record: Record) -> tuple[AreaMatcher, ReadingContext]:
    """What a reader must know to read a feed for a record's region: the record's words for the
    region, and none of what it says of its own source. The spellings of that source are known and
    not written down again.

    Parameters
    ----------
    record : Record
        Of the region.

    Returns
    -------
    AreaMatcher
        Finds an area by any of its names.
    ReadingContext
        The words for the region.
    """
    matcher, context = _context(record.areas, record.file.region.model_dump(mode="json"))
    words = {k: v for k, v in context.region.items() if k != "name_variants"}
    return matcher, replace(context, region=words)


def region_of(files: DataFiles, name: str | None = None) -> FeedRegion:
    """The areas of a region, with what a reader must know. A services file need not be there.

    Parameters
    ----------
    files : DataFiles
    name : str or None
        What to call the region; by default what its files call it.

    Returns
    -------
    FeedRegion
        The areas, how to find one by its name, and the words for the region.

    Raises
    ------
    InvalidData
        Where the outlines, the services file or the matching file cannot be read.
    """
    opened = Files()
    areas, _ = areas_of(files, opened)
    matching = matching_of(files, opened.text)
    said = {"name": name or matching.name, "area": matching.area, "areas": matching.areas}
    block = _block(files, opened) | {word: text for word, text in said.items() if text}
    variants = {**block.get("name_variants", {}), **matching.name_variants}
    whole = block | ({"name_variants": variants} if variants else {})
    matcher, context = _context(areas, whole)
    start = _region_in(services_of_outlines(files), "services.yaml") if files.folder else block
    dates = {date: str(start[date]) for date in _DATES if start.get(date)}
    return FeedRegion(areas, matcher, context, dates)


def _block(files: DataFiles, opened: Files) -> dict[str, Any]:
    """The region's own block, where there is a services file that is of these outlines; else the
    one that a region begins with, which has a date to speak from."""
    london = DataFiles.london()
    others = files.services == london.services and files.boundaries != london.boundaries
    if files.has_no_services:
        return _region_in(services_of_outlines(files), "services.yaml")
    if others or not there(files.services):
        name = files.boundaries.stem
        folder = files.boundaries.resolve().parent.name
        return region_block(RegionWords(name_from(folder if name == "boundaries" else name)))
    block = _region_in(opened.text(files.services, MAX_SERVICES), display(files.services))
    return {k: v for k, v in block.items() if k not in _DATES}


def _region_in(text: str, name: str) -> dict[str, Any]:
    data = read_yaml(text, name, MAX_SERVICE_NODES).data
    block = data.get("region") if isinstance(data, dict) else None
    return dict(block) if isinstance(block, dict) else {}


def _context(
    areas: tuple[Area, ...], block: Mapping[str, Any]
) -> tuple[AreaMatcher, ReadingContext]:
    kinds = Counter(area.kind for area in areas if area.kind)
    kind = kinds.most_common(1)[0][0] if kinds else "area"
    plain = {"name": "Region", "area": "area", "areas": "areas", "area_kind": kind}
    kept = {
        k: v for k, v in block.items() if k in _KEPT_WORDS and isinstance(v, _KINDS.get(k, str))
    }
    words: dict[str, Any] = {**plain, "scope_minimum_age": 18, **kept}
    if kinds and words["area_kind"] not in kinds:
        words["area_kind"] = kind
    caveat = f"The record holds what a feed lists. {_article(words['area'])} {words['area']}"
    own = {
        **dict.fromkeys(_DATES, NOT_STATED),
        "scope": NOT_STATED,
        "map_title": "Services read from an HSDS file",
        "caveat": f"{caveat} without an entry may still have services.",
    }
    matcher = AreaMatcher(areas, words.get("name_variants", {}), [words["name"]])
    names = {area.code: area.name for area in areas}
    return matcher, ReadingContext({**words, **own}, tuple(names.values()), names)


def _article(word: str) -> str:
    return "An" if word[:1].lower() in tuple("aeiou") else "A"
