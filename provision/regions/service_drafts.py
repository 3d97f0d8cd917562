"""Several files of services as the services file of one region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from provision.io.node_paths import as_list, walk
from provision.io.problems import InvalidData, Problem
from provision.io.reading import MAX_SERVICE_NODES
from provision.readers.draft import ServicesDraft

_LISTS = ("services", "named_gaps", "outcome_targets", "other_provision", "discrepancies")
_REFERENCES = ("ref", "referral_ref", "caveat_ref")


def merged(drafts: Sequence[ServicesDraft]) -> dict[str, Any]:
    """The services of several files as one document, the first file's words first.

    Parameters
    ----------
    drafts
        What the files gave, at least one. An id or a source that two of them use gets a number in
        the later one, wherever it is named.

    Returns
    -------
    dict
        A services document as plain data, not yet checked by the schema.

    Raises
    ------
    InvalidData
        Where it is larger than a services file can be.
    """
    whole = deepcopy(drafts[0].data)
    for draft in drafts[1:]:
        more = _apart(deepcopy(draft.data), whole)
        for name in (*_LISTS, "sources"):
            if more.get(name):
                whole[name] = [*as_list(whole.get(name)), *as_list(more[name])]
        _join_without(whole, more)
    _check_size(whole, drafts)
    return whole


def _check_size(data: Mapping[str, Any], drafts: Sequence[ServicesDraft]) -> None:
    """Refuses what is too large before it is written as text and read again, which takes long."""
    if (values := sum(1 for _ in walk(data))) <= MAX_SERVICE_NODES:
        return
    services = len(as_list(data.get("services")))
    what = f"makes {services:,} service{'s' * (services != 1)} of {values:,} values, and a record"
    what += f" holds at most {MAX_SERVICE_NODES:,}"
    name = ", ".join(draft.name for draft in drafts)
    raise InvalidData([Problem(name, 0, "", "", what, "give fewer rows, or split the region")])


def _apart(more: dict[str, Any], whole: Mapping[str, Any]) -> dict[str, Any]:
    """A document whose ids are none of another's."""
    for source in as_list(more.get("sources")):
        old = source.get("id")
        source["id"] = _free(old, _ids(whole, ("sources",)))
        _lead(more, str(old), source["id"])
    taken = _ids(whole, _LISTS)
    for name in _LISTS:
        for entry in as_list(more.get(name)):
            if "id" in entry:
                entry["id"] = _free(entry["id"], taken)
                taken.add(entry["id"])
    return more


def _ids(data: Mapping[str, Any], names: Sequence[str]) -> set[str]:
    return {str(e["id"]) for name in names for e in as_list(data.get(name)) if "id" in e}


def _free(wanted: Any, taken: set[str]) -> str:
    found, number = str(wanted), 2
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    return found


def _lead(data: Any, old: str, new: str) -> None:
    """Lead every reference to one source to another."""
    for holder in _mappings(data):
        for key in _REFERENCES:
            if isinstance(holder.get(key), str):
                parts = [part.strip() for part in holder[key].split(";")]
                holder[key] = "; ".join(
                    f"{new} §{p.removeprefix(f'{old} §')}" if p.startswith(f"{old} §") else p
                    for p in parts
                )


def _mappings(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else as_list(value)
    for item in inner:
        yield from _mappings(item)


def _join_without(whole: dict[str, Any], more: Mapping[str, Any]) -> None:
    """The areas that either file says have no service, but for those that the other serves."""
    served = {
        area
        for service in as_list(whole.get("services"))
        for area in as_list((service.get("service_area") or {}).get("listed"))
    }
    without = whole.setdefault("areas_without_service", dict(more.get("areas_without_service", {})))
    listed = [
        *as_list(without.get("listed")),
        *as_list((more.get("areas_without_service") or {}).get("listed")),
    ]
    kept = [area for area in dict.fromkeys(listed) if area not in served]
    without["listed"] = kept
    if isinstance(without.get("heading_count"), int) and without["heading_count"] != len(kept):
        without["heading_count"] = "not stated"
