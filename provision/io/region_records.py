"""Which records a region has, where it has several: ``records`` in its ``region.yaml``.

::

    records:
      - {id: "2018", name: October 2018, label: October 2018 (Blueprint)}
      - {id: "2021", name: "2021", label: 2021 (listed for referral), folder: london-2021}

The first is the region's own, and stands in its folder; every other one has a folder of its own,
with a path from there. ``name`` is what sentences call a record, ``label`` what a choice shows,
``note`` what is to be known before it is set beside another.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from provision.io.files import DataFiles, display, there
from provision.io.folders import REGION, in_zip, root_of
from provision.io.problems import InvalidData, Problem, shown
from provision.io.reading import Document, read_text, read_yaml

MOST_RECORDS = 6
_LONGEST = {"name": 40, "label": 60, "note": 200}
_KEYS = ("id", *_LONGEST, "folder")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,23}")


@dataclass(frozen=True)
class RecordEntry:
    """One of a region's records: its id in links, its names, and its files."""

    id: str
    name: str
    label: str
    note: str
    files: DataFiles


def records_of(files: DataFiles) -> tuple[RecordEntry, ...]:
    """The records that a region names, oldest first.

    Parameters
    ----------
    files
        The region's own files.

    Returns
    -------
    tuple of RecordEntry
        The region's own first; empty where it names none.

    Raises
    ------
    InvalidData
        With every problem in what it says of them.
    """
    path = region_file(files)
    if not there(path):
        return ()
    document = read_yaml(read_text(path), display(path))
    data: Any = document.data
    said = data.get("records") if isinstance(data, dict) else None
    if said is None:
        return ()
    problems = [*document.problems, *_problems(document, said, path.parent)]
    if problems:
        raise InvalidData(problems)
    return tuple(_entry(files, path.parent, own) for own in said)


def region_file(files: DataFiles) -> Path:
    """Where the region says which records it has.

    Parameters
    ----------
    files
        The region's files.

    Returns
    -------
    Path
        In its folder, or beside its services file; it need not be there."""
    return (root_of(files.folder) if files.folder else files.services.parent) / REGION


def _entry(files: DataFiles, root: Path, own: dict[str, str]) -> RecordEntry:
    folder = own.get("folder")
    found = DataFiles.in_folder(_plain(root, folder)) if folder else files
    return RecordEntry(own["id"], own["name"], own["label"], own.get("note", ""), found)


def _problems(document: Document, said: Any, root: Path) -> Iterator[Problem]:
    def problem(n: int, key: str, what: str, fix: str) -> Problem:
        entry = f"records/{n + 1}" if n >= 0 else "records"
        line = document.line(("records", n, key) if n >= 0 else ("records",))
        return Problem(document.name, line, entry, key, what, fix)

    if not isinstance(said, list) or not 1 <= len(said) <= MOST_RECORDS:
        fix = f"write a list of 1 to {MOST_RECORDS} records"
        yield problem(-1, "", f"is {shown(said)}", fix)
        return
    ids: list[object] = []
    for n, own in enumerate(said):
        if not isinstance(own, dict):
            yield problem(n, "", f"is {shown(own)}", f"write {', '.join(_KEYS)}")
            continue
        for key, what, fix in (*_field_faults(own), *_folder_faults(own, root, first=n == 0)):
            yield problem(n, key, what, fix)
        if own.get("id") in ids:
            yield problem(n, "id", f"is {shown(own['id'])}, as of another", "give each its own")
        ids.append(own.get("id"))


def _field_faults(own: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for key in own:
        if key not in _KEYS:
            yield key, "is not known", f"write {', '.join(_KEYS)}"
    if not (isinstance(own.get("id"), str) and _ID.fullmatch(own["id"])):
        fix = 'write up to 24 small letters, digits and hyphens, in quotes, as in "2021"'
        yield "id", f"is {shown(own.get('id', ''))}", fix
    for key, longest in _LONGEST.items():
        text = own.get(key, "" if key == "note" else None)
        if not isinstance(text, str) or len(text) > longest or not (text.strip() or key == "note"):
            fix = f"write text of at most {longest} characters, in quotes where it is a number"
            yield key, f"is {shown(text)}" if text is not None else "is missing", fix


def _folder_faults(
    own: dict[str, Any], root: Path, *, first: bool
) -> Iterator[tuple[str, str, str]]:
    folder = own.get("folder")
    if first:
        if folder is not None:
            yield "folder", f"is {shown(folder)}", "leave it out: the first record stands here"
        return
    if not isinstance(folder, str) or not folder.strip() or "\0" in folder:
        yield "folder", f"is {shown(folder or '')}", "write the path of the record's folder"
    elif in_zip(root) and not (root / folder).resolve().is_relative_to(root.resolve()):
        yield "folder", f"is {shown(folder)}, which leads out of the zip file", "keep it inside"
    elif not _plain(root, folder).is_dir():
        yield "folder", f"is {shown(folder)}, which is no folder", "check the path from here"


def _plain(root: Path, folder: str) -> Path:
    """A path without ``..`` in it."""
    return Path(os.path.normpath(root / folder))
