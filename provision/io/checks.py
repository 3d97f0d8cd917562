"""Find everything that is wrong with a services file, at once.

The schema finds what is wrong with a field by itself. The checks here find what is wrong between
fields. They read the plain data, not the validated model, so that one wrong type does not hide a
misspelt borough."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from provision.dates import SourceDate
from provision.io.field_errors import Fault, typed
from provision.io.node_paths import Path_, as_list, at, items, walk
from provision.io.problems import nearest, shown
from provision.io.reading import Document
from provision.schema.services import NOT_STATED, ServicesFile

MOST_FAULTS = 1_000  # of one kind; whoever has mended so many checks again
RESERVED_IDS = ("none", "lapsed", "others", "counts")
_REFERENCE_FIELDS = ("ref", "referral_ref", "caveat_ref")
_LISTS_WITH_IDS = (
    "services",
    "other_provision",
    "outcome_targets",
    "hub_models",
    "discrepancies",
    "sources",
)


def validate(
    document: Document, area_names: Sequence[str], kinds: Collection[str | None] = (None,)
) -> ServicesFile:
    """The services file as typed entries.

    Parameters
    ----------
    document
        The file as plain data.
    area_names
        The official names in the boundaries file. A name in the services file must be one of
        them, or a variant recorded in ``region.name_variants``.
    kinds
        The kinds of area in that file; None stands for an area without one.

    Returns
    -------
    ServicesFile

    Raises
    ------
    InvalidData
        With every problem in it."""
    faults: list[Fault] = []
    if isinstance(document.data, dict):
        for check in _CHECKS:
            faults += islice(check(document.data, area_names), MOST_FAULTS)
        faults += _kind_counted(document.data, kinds)
    return typed(document, ServicesFile, faults)


# What must hold between fields


def _kind_counted(data: dict[str, Any], kinds: Collection[str | None]) -> Iterator[Fault]:
    """Counts must be over something: areas of the region's kind, or areas without a kind."""
    wanted = at(data, ("region", "area_kind"))
    if isinstance(wanted, str) and not {None, wanted} & set(kinds):
        yield Fault(
            ("region", "area_kind"),
            f"{shown(wanted)} is the kind of no area in the boundaries file",
            f"write one of: {', '.join(sorted(map(str, kinds)))}",
        )


Check = Callable[[dict[str, Any], Sequence[str]], Iterator[Fault]]


def _unique_ids(data: dict[str, Any], _: Sequence[str]) -> Iterator[Fault]:
    """An id names one thing in the whole file, because links, discrepancies and filters use it
    alone."""
    seen: dict[str, str] = {}
    for name in _LISTS_WITH_IDS:
        for i, item in items(data, name):
            identifier = item.get("id")
            if not isinstance(identifier, str):
                continue
            if identifier in RESERVED_IDS:
                yield Fault(
                    (name, i, "id"),
                    f"{shown(identifier)} has a meaning of its own",
                    "give the entry another id",
                )
            if identifier in seen:
                yield Fault(
                    (name, i, "id"),
                    f"{shown(identifier)} is already the id of an entry in {seen[identifier]}",
                    "give it an id of its own",
                )
            seen.setdefault(identifier, name)


def _dates_in_order(data: dict[str, Any], _: Sequence[str]) -> Iterator[Fault]:
    for name in ("services", "other_provision"):
        for i, item in items(data, name):
            contract = item.get("contract")
            if not isinstance(contract, dict):
                continue
            start, end = _date(contract.get("start")), _date(contract.get("end"))
            if start and end and end.last < start.first:
                yield Fault(
                    (name, i, "contract", "end"),
                    f"{end} is before the start, {start}",
                    "swap the two dates or correct one",
                )


def _known_areas(data: dict[str, Any], area_names: Sequence[str]) -> Iterator[Fault]:
    variants = _variants(data)
    for spelling, official in variants.items():
        if official not in area_names:
            yield _unknown_area(("region", "name_variants", spelling), official, area_names)
    for path, name in _area_mentions(data):
        if variants.get(name, name) not in area_names:
            yield _unknown_area(path, name, [*area_names, *(v for v in variants if v != name)])


def _unknown_area(path: Path_, name: str, known: Sequence[str]) -> Fault:
    otherwise = (
        "Use a name from the boundaries file, or record the spelling under region.name_variants"
    )
    return Fault(
        path,
        f"{shown(name)} is not an area in the boundaries file",
        nearest(name, known, otherwise),
    )


def _listed_once(data: dict[str, Any], _: Sequence[str]) -> Iterator[Fault]:
    """The same spelling twice in one list, or an area both served and listed as having nothing."""
    variants = _variants(data)
    served: dict[str, str] = {}
    for path, listed in _area_lists(data):
        seen: set[str] = set()
        for j, name in enumerate(listed):
            if isinstance(name, str) and name in seen:
                yield Fault(
                    (*path, "listed", j), f"{shown(name)} is listed twice", "remove one of the two"
                )
            if isinstance(name, str):
                seen.add(name)
            if isinstance(name, str) and _counted_service(data, path):
                served.setdefault(variants.get(name, name), str(at(data, (*path[:2], "id"))))
    for path, listed in _area_lists(data):
        for j, name in enumerate(listed):
            official = variants.get(name, name) if isinstance(name, str) else None
            if path[0] == "areas_without_service" and official in served:
                what = (
                    f"{shown(name)} is listed as having no service and is named in"
                    f" {shown(served[official])}"
                )
                yield Fault((*path, "listed", j), what, "correct one of the two lists")


def _counted_service(data: dict[str, Any], path: Path_) -> bool:
    """Whether a path lies in a service that is, or may be, of the kind that the record counts."""
    kinds = [at(data, (*path[:2], kind)) for kind in ("contracted", "people_specific")]
    return path[0] == "services" and "no" not in kinds


def _heading_counts(data: dict[str, Any], _: Sequence[str]) -> Iterator[Fault]:
    """A heading's count differs from its list only where a discrepancy records it."""
    variants = _variants(data)
    recorded = {
        t
        for _, d in items(data, "discrepancies")
        for t in as_list(d.get("touches"))
        if isinstance(t, str)
    }
    for path, listed in _area_lists(data):
        block = at(data, path)
        claimed = block.get("heading_count")
        owner = at(data, path[:2]).get("id") if path[0] == "services" else path[0]
        held = len({variants.get(n, n) for n in listed if isinstance(n, str)})
        if (
            isinstance(claimed, int)
            and claimed != held
            and f"{owner}.heading_count" not in recorded
        ):
            mend = (
                "correct the list or the count, or record a discrepancy that touches"
                f" {shown(f'{owner}.heading_count')}"
            )
            yield Fault((*path, "heading_count"), f"is {claimed}, but the list names {held}", mend)


def _known_references(data: dict[str, Any], _: Sequence[str]) -> Iterator[Fault]:
    outline = {
        (source["id"], section["id"])
        for _, source in items(data, "sources")
        for section in as_list(source.get("sections"))
        if isinstance(source.get("id"), str)
        and isinstance(section, dict)
        and isinstance(section.get("id"), str)
    }
    return unknown_references(data, outline)


def unknown_references(data: Any, outline: Collection[tuple[str, str]]) -> Iterator[Fault]:
    """References, anywhere in plain data, to a place that no source has.

    Parameters
    ----------
    data
        Plain data of any shape.
    outline
        Pairs of source and section that there are.

    Yields
    ------
    Fault
        One a reference."""
    sources = {source for source, _ in outline}
    for path, value in walk(data):
        if not path or path[-1] not in _REFERENCE_FIELDS or not isinstance(value, str):
            continue
        for part in value.split(";"):
            source, mark, section = part.strip().partition(" §")
            if mark and source not in sources:
                yield Fault(
                    path,
                    f"refers to an unknown source {shown(source)}",
                    nearest(source, sorted(sources), "Add it under 'sources'"),
                )
            elif mark and (source, section) not in outline:
                known = sorted(x for s, x in outline if s == source)
                yield Fault(
                    path,
                    f"refers to an unknown section {shown(section)} of {source}",
                    nearest(section, known, "Add it to that source's sections"),
                )


def _known_services(data: dict[str, Any], _: Sequence[str]) -> Iterator[Fault]:
    known = sorted(s["id"] for _, s in items(data, "services") if isinstance(s.get("id"), str))
    for i, target in items(data, "outcome_targets"):
        for j, name in enumerate(as_list(target.get("services"))):
            if isinstance(name, str) and name not in known:
                mend = nearest(name, known, "Use the id of an entry under 'services'")
                yield Fault(
                    ("outcome_targets", i, "services", j),
                    f"{shown(name)} is not the id of a service",
                    mend,
                )


def _known_touches(data: dict[str, Any], area_names: Sequence[str]) -> Iterator[Fault]:
    """A discrepancy bears on something that is there."""
    ids = [
        i["id"]
        for name in _LISTS_WITH_IDS
        for _, i in items(data, name)
        if isinstance(i.get("id"), str)
    ]
    headings = [f"{i}.heading_count" for i in (*ids, "areas_without_service")]
    known = [*area_names, *ids, "counts"]
    for i, discrepancy in items(data, "discrepancies"):
        for j, thing in enumerate(as_list(discrepancy.get("touches"))):
            if isinstance(thing, str) and thing not in known and thing not in headings:
                mend = nearest(
                    thing,
                    known,
                    "Write an area's official name, an id, 'counts', or 'service-id.heading_count'",
                )
                yield Fault(
                    ("discrepancies", i, "touches", j),
                    f"{shown(thing)} is nothing in this file",
                    mend,
                )


def _sites_named(data: dict[str, Any], _: Sequence[str]) -> Iterator[Fault]:
    for i, item in items(data, "other_provision"):
        if (item.get("geography") == "named site") != (item.get("site") is not None):
            yield Fault(
                ("other_provision", i, "site"),
                "does not go with the geography",
                "give a site for 'named site', and only then",
            )


_CHECKS: tuple[Check, ...] = (
    _unique_ids,
    _dates_in_order,
    _known_areas,
    _listed_once,
    _heading_counts,
    _known_references,
    _known_services,
    _known_touches,
    _sites_named,
)


# Reading plain data that may have any shape


def _date(value: Any) -> SourceDate | None:
    try:
        return SourceDate.parse(value) if isinstance(value, str) and value != NOT_STATED else None
    except ValueError:
        return None


def _variants(data: Mapping[str, Any]) -> dict[str, str]:
    found = at(data, ("region", "name_variants"))
    return {k: v for k, v in found.items() if isinstance(v, str)} if isinstance(found, dict) else {}


def _area_lists(data: dict[str, Any]) -> Iterator[tuple[Path_, list[Any]]]:
    """Every block with a ``listed`` list: where it is, and the list."""
    blocks: list[Path_] = [("services", i, "service_area") for i, _ in items(data, "services")]
    for path in (*blocks, ("areas_without_service",)):
        block = at(data, path)
        if isinstance(block, dict) and isinstance(block.get("listed"), list):
            yield path, block["listed"]


def _area_mentions(data: dict[str, Any]) -> Iterator[tuple[Path_, str]]:
    """Every place where the name of an area stands."""
    for path, listed in _area_lists(data):
        yield from (
            ((*path, "listed", j), name) for j, name in enumerate(listed) if isinstance(name, str)
        )
    for i, gap in items(data, "named_gaps"):
        yield from (
            (("named_gaps", i, "areas", j), name)
            for j, name in enumerate(as_list(gap.get("areas")))
            if isinstance(name, str)
        )
