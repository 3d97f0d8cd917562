"""The services in JSON of a feed: one service, one organisation with its services, a list of
either, or a page, in any version's names. What is no service is set aside with its place and
reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from provision.io.problems import shown
from provision.readers.hsds_feed import Entries, Entry, page_of, some_of
from provision.readers.hsds_input import FIX, FeedFile

MOST_ENTRIES = 20_000
_PAGE_LISTS = ("contents", "content", "items", "results", "services", "organizations", "data")
_ORGANISATION_ONLY = ("legal_status", "year_incorporated", "tax_status", "tax_id")


def services_in_json(file: FeedFile, found: Entries) -> None:
    """Add the services of a JSON file; what is none of them is set aside.

    Parameters
    ----------
    file : FeedFile
        Not in the tabular form.
    found : Entries
        Is added to.
    """
    data = file.data
    before = len(found.services)
    if isinstance(data, list):
        _listed(file, "$", data, found, {})
    elif isinstance(data, dict):
        _mapping(file, "$", data, found)
    else:
        found.refuse(file.name, "$", f"is {shown(data)}, not services", FIX)
    if (
        len(found.services) == before
        and not any(p.file == file.name for p in found.set_aside)
        and not _says_empty(data)
    ):
        found.refuse(file.name, "$", "holds no services", FIX)


def _says_empty(data: Any) -> bool:
    return isinstance(data, dict) and any(data.get(key) == [] for key in _PAGE_LISTS)


def _mapping(file: FeedFile, path: str, data: dict[str, Any], found: Entries) -> None:
    """A page, an organisation, a service, or none of these."""
    if data.get("type") == "FeatureCollection":
        found.refuse(
            file.name,
            path,
            "is outlines of areas (GeoJSON), not services",
            "give it as --boundaries; give services as Open Referral JSON",
        )
        return
    key = (
        None
        if _is_entity(data)
        else next((k for k in _PAGE_LISTS if isinstance(data.get(k), (list, dict))), None)
    )
    if key is None:
        _entity(file, path, data, found, {})
        return
    inner = data[key]
    if isinstance(inner, dict):
        _mapping(file, f"{path}.{key}", inner, found)
        return
    _listed(file, f"{path}.{key}", inner, found, {})
    if page := page_of(file.name, data, len(inner)):
        found.pages.append(page)


def _listed(
    file: FeedFile, path: str, listed: list[Any], found: Entries, organization: dict[str, Any]
) -> None:
    for number, item in enumerate(listed):
        if len(found.services) > MOST_ENTRIES:
            return
        place = f"{path}[{number}]"
        if isinstance(item, dict):
            _entity(file, place, item, found, organization)
        else:
            found.refuse(
                file.name,
                place,
                f"is {shown(item)}, not a service",
                "write it as a mapping or remove it",
            )


def _entity(
    file: FeedFile, path: str, data: dict[str, Any], found: Entries, organization: dict[str, Any]
) -> None:
    """A service; an organisation with its services; or a service at a location, which holds one."""
    inside = data.get("services")
    if isinstance(inside, list):
        own = {k: v for k, v in data.items() if k != "services"}
        _listed(file, f"{path}.services", inside, found, own)
        if not inside:
            found.refuse(
                file.name,
                path,
                "is an organisation without services",
                "nothing, if it provides none",
            )
        return
    if isinstance(data.get("service"), dict) and not _has_name(data):
        _entity(file, f"{path}.service", data["service"], found, organization)
        return
    if any(key in data for key in _ORGANISATION_ONLY) and "status" not in data:
        found.refuse(
            file.name,
            path,
            "is an organisation that lists no services",
            "export organisations with their services, or the services",
        )
        return
    if not _has_name(data) and "id" not in data:
        found.refuse(file.name, path, f"is no service; its keys are {some_of(list(data))}", FIX)
        return
    runs = data.get("organization")
    found.services.append(
        Entry(
            file.name,
            path,
            data
            if isinstance(runs, dict) or not organization
            else {**data, "organization": organization},
        )
    )


def _is_entity(data: Mapping[str, Any]) -> bool:
    return _has_name(data) and ("id" in data or "status" in data)


def _has_name(data: Mapping[str, Any]) -> bool:
    return isinstance(data.get("name"), str)
