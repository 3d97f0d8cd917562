"""A feed of Open Referral as a services file for a region, to complete by hand.

What is written is checked by the schema: what a person must complete before it can be used is
listed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from provision.exchange.hsds_regions import record_context
from provision.io.boundaries import Area
from provision.io.node_paths import walk
from provision.io.problems import InvalidData, Problem
from provision.io.reading import MAX_SERVICE_NODES, MAX_SERVICES
from provision.io.yaml_text import yaml_text
from provision.readers.draft import ServicesDraft
from provision.readers.hsds import STANDARD_LACKS, date_notes, draft_from_data
from provision.record import Record
from provision.record_files import parse_services


@dataclass(frozen=True)
class Imported:
    """A services file as plain data, and what there is to say about it.

    Parameters
    ----------
    draft : ServicesDraft
    to_complete : tuple of Problem
        What must be written by hand before the file can be used.
    """

    draft: ServicesDraft
    to_complete: tuple[Problem, ...] = ()

    @property
    def data(self) -> dict[str, Any]:
        """The services file."""
        return self.draft.data

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to say, a sentence each."""
        return (*self.draft.notes, *date_notes(self.draft), *STANDARD_LACKS)

    def report(self) -> list[str]:
        """The notes and what is to be completed, a line each."""
        return [
            *self.notes,
            *(
                f"To complete by hand: {p.entry or 'file'}: {p.field}: {p.what}; {p.mend}."
                for p in self.to_complete
            ),
        ]


def checked(draft: ServicesDraft, areas: tuple[Area, ...]) -> Imported:
    """A draft with what the schema finds to be completed.

    Parameters
    ----------
    draft : ServicesDraft
    areas : tuple of Area
        Of the region.

    Returns
    -------
    Imported
        The services file, and what is still to be completed in it.

    Raises
    ------
    InvalidData
        Where it is larger than a services file can be.
    """
    text = yaml_text(draft.data)
    if len(text.encode()) > MAX_SERVICES or sum(1 for _ in walk(draft.data)) > MAX_SERVICE_NODES:
        count = len(draft.data["services"]) + len(draft.data["other_provision"])
        what = f"holds {count:,} services, which is more than a services file takes"
        fix = "import a part of it: split the feed"
        raise InvalidData([Problem(draft.name, 0, "", "", what, fix)])
    try:
        parse_services(text, "services.yaml", areas, MAX_SERVICE_NODES)
    except InvalidData as error:
        return Imported(draft, error.problems)
    return Imported(draft)


def imported_data(data: Any, name: str, record: Record) -> Imported:
    """The services in parsed JSON, for a record's region.

    Parameters
    ----------
    data : Any
        What was parsed.
    name : str
        What problems call its file.
    record : Record
        Of the region.

    Returns
    -------
    Imported
        The services file, and what is still to be completed in it.

    Raises
    ------
    InvalidData
        Where it is no feed of services, or larger than a services file can be.
    """
    draft = draft_from_data(data, name, *record_context(record))
    return checked(draft, record.areas)


def write_services(found: Imported) -> str:
    """A services file, with the report in comments on top.

    Parameters
    ----------
    found : Imported
        What was read.

    Returns
    -------
    str
        YAML.
    """
    told = [" ".join(_shown_words(line)) for line in found.report()]
    first = "Read from an Open Referral feed. What it does not say is 'not stated'."
    comments = "".join(f"# {line}\n" for line in [first, *told])
    return f"{comments}\n{yaml_text(found.data)}"


def _shown_words(line: str) -> Iterator[str]:
    """The words of a line, with nothing in them that could end a comment or hide in it."""
    for word in line.split():
        yield "".join(
            c if unicodedata.category(c)[0] not in "CZ" else f"\\u{ord(c):04x}" for c in word
        )


def kept_name(path: Path) -> Path:
    """The name under which a file is kept when another takes its place: the first number that is
    free.

    Parameters
    ----------
    path : Path
        For instance ``services.yaml``, which becomes ``services.yaml.1``.

    Returns
    -------
    Path
        In the same folder.
    """
    number = 1
    while (other := path.with_name(f"{path.name}.{number}")).exists():
        number += 1
    return other
