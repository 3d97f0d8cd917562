"""The services in the files of a feed, each with its place, whatever form the feed has.

Read are one service, one organisation with its services, a list of either, a page of a feed (of
HSDS, of Open Referral UK 1 and 3), several pages, and the tabular form. What is no service is set
aside with its place and reason. Pages are counted, so that a reader learns what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from provision.io.problems import shown
from provision.readers.hsds_feed import Entries, Entry, some_of
from provision.readers.hsds_input import FeedFile, FeedInput
from provision.readers.hsds_json import MOST_ENTRIES, services_in_json
from provision.readers.hsds_tables import TableSet, is_tabular, table_by_columns, table_named


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
            elif isinstance(file.data, dict) and is_tabular(file.data):
                _add_tabular(file, tables, found)
            else:
                services_in_json(file, found)
        _join(tables, packages, group[0].name, found)
    if len(found.services) > MOST_ENTRIES:
        found.notes.append(
            f"The feed holds {len(found.services):,} services; the first {MOST_ENTRIES:,} were"
            " read. Split the feed for the rest."
        )
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
    return isinstance(resources, list) and any(
        isinstance(r, dict) and ("path" in r or "data" in r) for r in resources
    )


def _resources(package: FeedFile) -> dict[str, str]:
    """The table of every path that a data package names."""
    found = {}
    for resource in package.data["resources"]:
        path, name = (
            (resource.get("path"), resource.get("name"))
            if isinstance(resource, dict)
            else (None, None)
        )
        table = table_named(name) if isinstance(name, str) else None
        if isinstance(path, str) and table:
            found[path.casefold()] = table
    return found


def _inline(package: FeedFile, tables: TableSet, found: Entries) -> None:
    """Rows that a data package holds itself."""
    for number, resource in enumerate(package.data["resources"]):
        rows = resource.get("data") if isinstance(resource, dict) else None
        if isinstance(rows, list) and (table := table_named(str(resource.get("name")))):
            _add(tables, table, (package.name, f"$.resources[{number}].data"), rows, found)


def _add_csv(file: FeedFile, names: Mapping[str, str], tables: TableSet, found: Entries) -> None:
    columns = list(file.columns)
    path = file.path.casefold()
    named = next(
        (table for known, table in names.items() if path == known or path.endswith(f"/{known}")),
        None,
    )
    table = named or table_named(file.path) or table_by_columns(columns)
    if table == "service" and not table_by_columns(columns):
        what = f"is a list of services, but not as HSDS has it; its columns are {some_of(columns)}"
        found.refuse(file.name, "", what, "give it as --services, which reads any list")
        return
    if table is None:
        found.refuse(
            file.name,
            "",
            f"is no table of HSDS; its columns are {some_of(columns)}",
            "name it as the standard does, for instance services.csv",
        )
        return
    tables.add(
        table,
        [
            (f"{file.name}\0line {line}", row)
            for line, row in zip(file.lines, file.data, strict=True)
        ],
    )


def _add_tabular(file: FeedFile, tables: TableSet, found: Entries) -> None:
    """Lists by table in one JSON."""
    for key, rows in file.data.items():
        if isinstance(rows, list) and (table := table_named(key)):
            _add(tables, table, (file.name, f"${_step(key)}"), rows, found)


def _add(
    tables: TableSet, table: str, at: tuple[str, str], rows: list[Any], found: Entries
) -> None:
    """Rows of a table that stands in JSON; ``at`` is the file and the path of the list."""
    file, path = at
    for number, row in enumerate(rows):
        if not isinstance(row, dict):
            found.refuse(
                file,
                f"{path}[{number}]",
                f"is {shown(row)}, not a row with named fields",
                "write it as a mapping or remove it",
            )
    tables.add(table, [(f"{file}\0{path}[{number}]", row) for number, row in enumerate(rows)])


def _join(tables: TableSet, packages: list[FeedFile], name: str, found: Entries) -> None:
    """Tables as services. A package or tables without services are refused as such."""
    held = [table for table, rows in tables.rows.items() if rows]
    if packages and not tables.rows["service"]:
        named = [
            str(r.get("path"))
            for r in packages[0].data["resources"]
            if isinstance(r, dict) and r.get("path")
        ]
        what = f"describes {len(named)} tables ({some_of(named)}), but no services are beside it"
        found.refuse(
            packages[0].name,
            "",
            what,
            "give the folder or zip that holds services.csv and the other tables",
        )
    elif held and not tables.rows["service"]:
        found.refuse(
            name, "", f"holds the tables {some_of(held)} and none of services", "add services.csv"
        )
    for place, service in tables.services():
        file, _, where = place.partition("\0")
        found.services.append(Entry(file, where, service))
    if orphans := tables.orphans():
        found.notes.append(f"Service areas of services that are not in the tables: {orphans:,}.")
    if missing := tables.without_organization():
        what = (
            "service has its organisation" if missing == 1 else "services have their organisation"
        )
        found.notes.append(f"Provider not stated: {missing:,} {what} in no table.")


def _step(key: str) -> str:
    return f".{key}" if re.fullmatch(r"\w+", key) else f"[{shown(key)}]"
