"""The services in the files of a feed, each with its place, whatever form the feed has.

Read are one service, one organisation with its services, a list of either, a page of a feed (of
HSDS, of Open Referral UK 1 and 3), several pages, and the tabular form. What is no service is set
aside with its place and reason. Pages are counted, so that a reader learns what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from provision.problems import Problem, shown
from provision.readers.hsds_input import FIX, FeedFile, FeedInput
from provision.readers.hsds_tables import TableSet, is_tabular, table_by_columns, table_named

MOST_ENTRIES = 20_000
_PAGE_LISTS = ("contents", "content", "items", "results", "services", "organizations", "data")
_TOTAL_PAGES = ("total_pages", "totalPages", "pages")
_PAGE_NUMBER = ("page_number", "number", "page", "currentPage")
_TOTAL_ITEMS = ("total_items", "totalElements", "total", "totalItems", "count")
_ORGANISATION_ONLY = ("legal_status", "year_incorporated", "tax_status", "tax_id")


@dataclass(frozen=True)
class Entry:
    """A service as the feed gives it.

    Parameters
    ----------
    file : str
        As messages call it.
    place : str
        Where in it: a JSON path such as ``$.contents[3]``, or ``line 5``.
    data : dict
        In the form of HSDS JSON, with the organisation inside.
    """

    file: str
    place: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Page:
    """What a page says of the feed that it is part of; None where it does not say."""

    file: str
    number: int | None
    total_pages: int | None
    total_items: int | None
    held: int


@dataclass
class Entries:
    """Everything that the files hold: services, pages, what was set aside, and what there is to say."""

    services: list[Entry] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    set_aside: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def refuse(self, file: str, place: str, what: str, fix: str) -> None:
        """Set something aside."""
        self.set_aside.append(Problem(file, 0, place, "", what, fix))


def entries(opened: FeedInput) -> Entries:
    """The services of a feed's files.

    Parameters
    ----------
    opened : FeedInput

    Returns
    -------
    Entries
        At most ``MOST_ENTRIES`` services; the rest are counted in the notes.
    """
    found = Entries(set_aside=list(opened.problems))
    for group in _groups(opened.files).values():
        packages = [f for f in group if _is_package(f)]
        tables = TableSet()
        names = {path: name for package in packages for path, name in _resources(package).items()}
        for file in group:
            if file in packages:
                _inline(file, tables, found)
            elif file.is_table:
                _add_csv(file, names, tables, found)
            else:
                _from_json(file, tables, found)
        _join(tables, packages, group[0].name, found)
    if len(found.services) > MOST_ENTRIES:
        found.notes.append(f"The feed holds {len(found.services):,} services; the first {MOST_ENTRIES:,} were read. Split the feed for the rest.")
        del found.services[MOST_ENTRIES:]
    return found


def _groups(files: tuple[FeedFile, ...]) -> dict[str, list[FeedFile]]:
    """Files by the folder that they stand in: tables of two feeds are not joined to each other."""
    groups: dict[str, list[FeedFile]] = {}
    package = any(_is_package(f) for f in files)
    for file in files:
        folder = "" if package else file.path.rpartition("/")[0]
        groups.setdefault(folder, []).append(file)
    return groups


# Tables


def _is_package(file: FeedFile) -> bool:
    resources = file.data.get("resources") if isinstance(file.data, dict) else None
    return isinstance(resources, list) and any(isinstance(r, dict) and ("path" in r or "data" in r) for r in resources)


def _resources(package: FeedFile) -> dict[str, str]:
    """The table of every path that a data package names."""
    found = {}
    for resource in package.data["resources"]:
        path, name = (resource.get("path"), resource.get("name")) if isinstance(resource, dict) else (None, None)
        table = table_named(name) if isinstance(name, str) else None
        if isinstance(path, str) and table:
            found[path.casefold()] = table
    return found


def _inline(package: FeedFile, tables: TableSet, found: Entries) -> None:
    """Rows that a data package holds itself."""
    for number, resource in enumerate(package.data["resources"]):
        rows = resource.get("data") if isinstance(resource, dict) else None
        if isinstance(rows, list) and (table := table_named(str(resource.get("name")))):
            _add(tables, table, package.name, f"$.resources[{number}].data", rows, found)


def _add_csv(file: FeedFile, names: Mapping[str, str], tables: TableSet, found: Entries) -> None:
    columns = list(file.data[0]) if file.data else []
    path = file.path.casefold()
    named = next((table for known, table in names.items() if path == known or path.endswith(f"/{known}")), None)
    table = named or table_named(file.path) or table_by_columns(columns)
    if table == "service" and not table_by_columns(columns):
        what = f"is a list of services, but not as HSDS has it; its columns are {_some(columns)}"
        found.refuse(file.name, "", what, "give it as --services, which reads any list")
        return
    if table is None:
        found.refuse(file.name, "", f"is no table of HSDS; its columns are {_some(columns)}", "name it as the standard does, for instance services.csv")
        return
    tables.add(table, [(f"{file.name}\0line {line}", row) for line, row in zip(file.lines, file.data, strict=True)])


def _add(tables: TableSet, table: str, file: str, path: str, rows: list[Any], found: Entries) -> None:
    for number, row in enumerate(rows):
        if not isinstance(row, dict):
            found.refuse(file, f"{path}[{number}]", f"is {shown(row)}, not a row with named fields", "write it as a mapping or remove it")
    tables.add(table, [(f"{file}\0{path}[{number}]", row) for number, row in enumerate(rows)])


def _join(tables: TableSet, packages: list[FeedFile], name: str, found: Entries) -> None:
    """Tables as services. A package or tables without services are refused as such."""
    held = [table for table, rows in tables.rows.items() if rows]
    if packages and not tables.rows["service"]:
        named = [str(r.get("path")) for r in packages[0].data["resources"] if isinstance(r, dict) and r.get("path")]
        what = f"describes {len(named)} tables ({_some(named)}), but no services are beside it"
        found.refuse(packages[0].name, "", what, "give the folder or zip that holds services.csv and the other tables")
    elif held and not tables.rows["service"]:
        found.refuse(name, "", f"holds the tables {_some(held)} and none of services", "add services.csv")
    for place, service in tables.services():
        file, _, where = place.partition("\0")
        found.services.append(Entry(file, where, service))
    if orphans := tables.orphans():
        found.notes.append(f"Passed over: {orphans:,} rows of service areas whose service is not in the tables.")
    if tables.rows["service"] and (missing := tables.without_organization()):
        found.notes.append(f"{missing:,} services name an organisation that is not in the tables; their provider is not stated.")


# JSON


def _from_json(file: FeedFile, tables: TableSet, found: Entries) -> None:
    data = file.data
    if isinstance(data, dict) and is_tabular(data):
        for key, rows in data.items():
            if isinstance(rows, list) and (table := table_named(key)):
                _add(tables, table, file.name, f"${_step(key)}", rows, found)
        return
    before = len(found.services)
    if isinstance(data, list):
        _listed(file, "$", data, found, {})
    elif isinstance(data, dict):
        _mapping(file, "$", data, found)
    else:
        found.refuse(file.name, "$", f"is {shown(data)}, not services", FIX)
    if len(found.services) == before and not any(p.file == file.name for p in found.set_aside) and not _says_empty(data):
        found.refuse(file.name, "$", "holds no services", FIX)


def _says_empty(data: Any) -> bool:
    return isinstance(data, dict) and any(data.get(key) == [] for key in _PAGE_LISTS)


def _mapping(file: FeedFile, path: str, data: dict[str, Any], found: Entries) -> None:
    """A page, an organisation, a service, or none of these."""
    if data.get("type") == "FeatureCollection":
        found.refuse(file.name, path, "is outlines of areas (GeoJSON), not services", "give it as --boundaries; give services as Open Referral JSON")
        return
    key = None if _is_entity(data) else next((k for k in _PAGE_LISTS if isinstance(data.get(k), (list, dict))), None)
    if key is None:
        _entity(file, path, data, found, {})
        return
    inner = data[key]
    if isinstance(inner, dict):
        _mapping(file, f"{path}.{key}", inner, found)
        return
    _listed(file, f"{path}.{key}", inner, found, {})
    page = Page(file.name, *(_count(data, keys) for keys in (_PAGE_NUMBER, _TOTAL_PAGES, _TOTAL_ITEMS)), len(inner))
    if page.total_pages is not None or page.total_items is not None:
        found.pages.append(page)


def _listed(file: FeedFile, path: str, listed: list[Any], found: Entries, organization: dict[str, Any]) -> None:
    for number, item in enumerate(listed):
        if len(found.services) > MOST_ENTRIES:
            return
        place = f"{path}[{number}]"
        if isinstance(item, dict):
            _entity(file, place, item, found, organization)
        else:
            found.refuse(file.name, place, f"is {shown(item)}, not a service", "write it as a mapping or remove it")


def _entity(file: FeedFile, path: str, data: dict[str, Any], found: Entries, organization: dict[str, Any]) -> None:
    """A service; an organisation with its services; or a service at a location, which holds one."""
    inside = data.get("services")
    if isinstance(inside, list):
        own = {k: v for k, v in data.items() if k != "services"}
        _listed(file, f"{path}.services", inside, found, own)
        if not inside:
            found.refuse(file.name, path, "is an organisation without services", "nothing, if it provides none")
        return
    if isinstance(data.get("service"), dict) and not _has_name(data):
        _entity(file, f"{path}.service", data["service"], found, organization)
        return
    if any(key in data for key in _ORGANISATION_ONLY) and "status" not in data:
        found.refuse(file.name, path, "is an organisation that lists no services", "export organisations with their services, or the services")
        return
    if not _has_name(data) and "id" not in data:
        found.refuse(file.name, path, f"is no service; its keys are {_some(list(data))}", FIX)
        return
    own = data.get("organization")
    found.services.append(Entry(file.name, path, data if isinstance(own, dict) or not organization else {**data, "organization": organization}))


def _is_entity(data: Mapping[str, Any]) -> bool:
    return _has_name(data) and ("id" in data or "status" in data)


def _has_name(data: Mapping[str, Any]) -> bool:
    return isinstance(data.get("name"), str)


def _count(data: Mapping[str, Any], keys: tuple[str, ...]) -> int | None:
    for key in keys:
        value = data.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9:
            return value
    return None


def _step(key: str) -> str:
    return f".{key}" if re.fullmatch(r"\w+", key) else f"[{shown(key)}]"


def _some(words: list[str]) -> str:
    quoted = [shown(word) for word in words[:3]]
    return ", ".join(quoted) + (f" and {len(words) - 3} more" if len(words) > 3 else "") if quoted else "none"


def page_notes(pages: list[Page]) -> Iterator[str]:
    """What is missing from a feed that comes in pages, and where a feed's own count is not what it holds.

    Parameters
    ----------
    pages : list of Page
        Those that were given; several of one feed are told together.
    """
    if not pages:
        return
    total = max((p.total_pages or 0 for p in pages), default=0)
    items = max((p.total_items or 0 for p in pages), default=0)
    held = sum(p.held for p in pages)
    numbers = sorted({p.number for p in pages if p.number is not None})
    given = len(numbers) or len(pages)
    if total > given:
        missing = total - given
        entries_missing = f", with {items - held:,} of {items:,} entries" if items > held else ""
        which = f"Page {numbers[0]} of {total:,} was read" if given == 1 and numbers else f"{given:,} of {total:,} pages were read"
        yield f"{which}: {missing:,} {'page is' if missing == 1 else 'pages are'} missing{entries_missing}. Put all pages in one folder or zip and import that."
    elif items > held:
        yield f"The feed says that it has {items:,} entries and gives {held:,}: {items - held:,} are missing."
    elif items and held > items and len(numbers) in (0, len(pages)):
        yield f"The feed says that it has {items:,} entries and gives {held:,}. All were read."
