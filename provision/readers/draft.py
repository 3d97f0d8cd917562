"""What a reader of services gives: a services document to be checked, and all there is to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from provision.io.node_paths import Path_
from provision.io.problems import Problem
from provision.io.reading import Document
from provision.readers.table import Place


@dataclass(frozen=True)
class ReadingContext:
    """What a reader must know of the region that the services are for.

    ``region`` is the plain ``region`` block of the services file to be written. ``area_names`` are
    the official names of its areas, in the order of the outlines; ``counted`` those that counts
    are over, None for all. ``columns`` are answers given before: heading in small letters: meaning,
    ``ignore`` for a column that is to be passed over. ``is_of_subject`` is whether a person says
    that a list is of the services that the record counts, for instance contracted ones for women;
    else what a list does not say of that is *not stated*.
    """

    region: Mapping[str, Any]
    area_names: tuple[str, ...]
    codes_to_names: Mapping[str, str]
    columns: Mapping[str, str] = field(default_factory=dict)
    is_of_subject: bool = True


@dataclass(frozen=True)
class ColumnMatch:
    """What a column was taken for, by what, and what else it might be."""

    sheet: str
    heading: str
    meaning: str
    because: str
    runner_up: str = ""


@dataclass(frozen=True)
class AreaText:
    """A text in a column of areas that needs a person.

    ``official`` is the name that is proposed, None where nothing is near. It is ``used`` where a
    short name belongs to that area alone; then it is only to be confirmed.
    """

    text: str
    places: tuple[Place, ...]
    reason: str
    official: str | None
    used: bool


@dataclass(frozen=True)
class ServicesDraft:
    """A services document as plain data, not yet checked by the schema.

    ``kind`` says what the file was. ``columns`` is the proposal for columns, ``area_texts`` what
    did not match or is to be confirmed. ``not_stated`` counts, field by field, the entries whose
    file does not say. ``places`` leads from a path in ``data`` to a cell. ``problems`` are faults
    that stop the use of the file; ``notes`` are everything else, a sentence each.
    """

    data: dict[str, Any]
    name: str
    kind: str
    notes: tuple[str, ...] = ()
    columns: tuple[ColumnMatch, ...] = ()
    area_texts: tuple[AreaText, ...] = ()
    not_stated: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    places: Mapping[Path_, Place] = field(default_factory=dict, repr=False)
    lines: Mapping[Path_, int] = field(default_factory=dict, repr=False)

    def document(self) -> Document:
        """The data as the schema's checks take it: every problem that they find has its place."""
        lines = {path: place.row for path, place in self.places.items()}
        words = {path: str(place) for path, place in self.places.items()}
        return Document(self.name, self.data, {**lines, **self.lines}, self.problems, words)

    def place(self, path: Path_) -> Place | None:
        """Where a path of the data stands, or its nearest ancestor that stands somewhere."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path)
