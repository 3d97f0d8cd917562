"""A feed of Open Referral as a services file for a region, to complete by hand.

What is written is checked by the schema: what a person must complete before it can be used is
listed. A services file need not be there; the words for the region then say what the outlines say.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from provision.io.boundaries import Area
from provision.io.node_paths import walk
from provision.io.problems import InvalidData, Problem
from provision.io.reading import MAX_BYTES, MAX_NODES
from provision.readers.draft import ReadingContext, ServicesDraft
from provision.readers.hsds import STANDARD_LACKS, date_notes, draft_from_data
from provision.record import Record, parse_services
from provision.regions.area_matching import AreaMatcher
from provision.schema.services import NOT_STATED

_KEPT_WORDS = (
    *("name", "area", "areas", "area_kind", "subject", "people", "owner", "scope_minimum_age"),
    "name_variants",
)


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

    Raises
    ------
    InvalidData
        Where it is larger than a services file can be.
    """
    text = dumped(draft.data)
    if len(text.encode()) > MAX_BYTES or sum(1 for _ in walk(draft.data)) > MAX_NODES:
        count = len(draft.data["services"]) + len(draft.data["other_provision"])
        what = f"holds {count:,} services, which is more than a services file takes"
        fix = "import a part of it: split the feed"
        raise InvalidData([Problem(draft.name, 0, "", "", what, fix)])
    try:
        parse_services(text, "services.yaml", areas)
    except InvalidData as error:
        return Imported(draft, error.problems)
    return Imported(draft)


def record_context(record: Record) -> tuple[AreaMatcher, ReadingContext]:
    """What a reader must know to read a feed for a record's region: the record's words for the
    region, and none of what it says of its own source. The spellings of that source are known and
    not written down again."""
    block = record.file.region.model_dump(mode="json")
    matcher, context = region_context(record.areas, block)
    words = {k: v for k, v in context.region.items() if k != "name_variants"}
    return matcher, replace(context, region=words)


def region_context(
    areas: tuple[Area, ...], block: Mapping[str, Any]
) -> tuple[AreaMatcher, ReadingContext]:
    """The same from outlines and a region block, as far as there is one.

    Parameters
    ----------
    areas : tuple of Area
    block : mapping
        The ``region`` of a services file, or as little as its ``name``.
    """
    kinds = Counter(area.kind for area in areas if area.kind)
    kind = kinds.most_common(1)[0][0] if kinds else "area"
    plain = {"area": "area", "areas": "areas", "area_kind": kind, "scope_minimum_age": 0}
    kept = {k: v for k, v in block.items() if k in _KEPT_WORDS and v is not None}
    words = {"name": NOT_STATED, **plain, **kept}
    caveat = f"The record holds what a feed lists. {_article(words['area'])} {words['area']}"
    own = {
        "as_at": NOT_STATED,
        "default_date": NOT_STATED,
        "scope": NOT_STATED,
        "map_title": "Services read from an HSDS file",
        "caveat": f"{caveat} without an entry may still have services.",
    }
    variants = words.get("name_variants") or {}
    matcher = AreaMatcher(areas, variants, [words["name"]])
    names = {area.code: area.name for area in areas}
    return matcher, ReadingContext({**words, **own}, tuple(names.values()), names)


def _article(word: Any) -> str:
    return "An" if str(word)[:1].lower() in tuple("aeiou") else "A"


def imported_data(data: Any, name: str, record: Record) -> Imported:
    """The services in parsed JSON, for a record's region. Raises InvalidData."""
    draft = draft_from_data(data, name, *record_context(record))
    return checked(draft, record.areas)


def write_services(found: Imported) -> str:
    """A services file, with the report in comments on top."""
    told = [" ".join(_shown_words(line)) for line in found.report()]
    first = "Read from an Open Referral feed. What it does not say is 'not stated'."
    comments = "".join(f"# {line}\n" for line in [first, *told])
    return f"{comments}\n{dumped(found.data)}"


def _shown_words(line: str) -> Iterator[str]:
    """The words of a line, with nothing in them that could end a comment or hide in it."""
    for word in line.split():
        yield "".join(
            c if unicodedata.category(c)[0] not in "CZ" else f"\\u{ord(c):04x}" for c in word
        )


def kept_name(path: Path) -> Path:
    """The name under which a file is kept when another takes its place: the first number that is free.

    Parameters
    ----------
    path : Path
        For instance ``services.yaml``, which becomes ``services.yaml.1``.
    """
    number = 1
    while (other := path.with_name(f"{path.name}.{number}")).exists():
        number += 1
    return other


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def dumped(data: dict[str, Any]) -> str:
    """Plain data as YAML, in the order that it has."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=130)
