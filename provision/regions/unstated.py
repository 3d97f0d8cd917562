"""A record of which nothing is stated yet but its outlines: what a new region begins with.

It is a valid services file without a service. No area in it is *none*: all are *not stated*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from provision.io.files import DataFiles
from provision.io.yaml_text import yaml_text

NOT_STATED = "not stated"
SOURCE_ID = "outlines"
SOURCE_REF = f"{SOURCE_ID} §file"


@dataclass(frozen=True)
class RegionWords:
    """What a region and its areas are called, and since when the record speaks.

    ``area`` and ``areas`` are the words for one and for several; ``kind`` the kind of area that is
    counted, where it is called otherwise; ``as_at`` is the day from which
    the record speaks; ``variants`` are further spellings of area names: spelling to official name.
    """

    name: str
    area: str = "area"
    areas: str = "areas"
    as_at: date = date(2000, 1, 1)
    variants: Mapping[str, str] = field(default_factory=dict)
    kind: str | None = None


def region_block(words: RegionWords, ref: str = SOURCE_REF) -> dict[str, Any]:
    """The ``region`` of a services file in which only the words are known.

    Parameters
    ----------
    words
        What the region is called.
    ref
        The place in a source that it rests on.
    """
    block: dict[str, Any] = {
        "name": words.name,
        "area": words.area,
        "areas": words.areas,
        "area_kind": words.kind or words.area,
        "as_at": words.as_at.strftime("%Y-%m"),
        "default_date": words.as_at.isoformat(),
        "scope": NOT_STATED,
        "scope_minimum_age": 0,
        "map_title": f"Services in {words.name}",
        "caveat": (
            "The record is not complete. Where it names no service, there may still be one."
        ),
        "ref": ref,
    }
    return block | ({"name_variants": dict(words.variants)} if words.variants else {})


def unstated_services(words: RegionWords, title: str) -> dict[str, Any]:
    """A services file without a service, as plain data.

    Parameters
    ----------
    words
        What the region is called.
    title
        What the file of outlines is called: it is the only source so far.
    """
    source = {
        "id": SOURCE_ID,
        "title": title,
        "short_title": "Outlines",
        **dict.fromkeys(("publisher", "date", "licence"), NOT_STATED),
        "sections": [{"id": "file", "title": "The whole file"}],
    }
    return {
        "region": region_block(words),
        "services": [],
        "areas_without_service": {"heading_count": NOT_STATED, "listed": [], "ref": SOURCE_REF},
        "sources": [source],
    }


def services_of_outlines(files: DataFiles, kinds: Sequence[str | None] = ()) -> str:
    """The text of a services file for a folder that has none.

    The region is called by its folder, and the record speaks from the day of the outlines' file.

    Parameters
    ----------
    files
        The folder's files.
    kinds
        The kind of each area; the most frequent is counted.
    """
    often = Counter(kind for kind in kinds if kind).most_common(1)
    folder = files.folder or files.boundaries.parent
    try:
        day = datetime.fromtimestamp(files.boundaries.stat().st_mtime, UTC).date()
    except OSError:
        day = RegionWords.as_at
    words = RegionWords(
        name_from(folder.stem or folder.resolve().stem),
        as_at=day,
        kind=often[0][0] if often else None,
    )
    return yaml_text(unstated_services(words, files.boundaries.name))


def name_from(stem: str) -> str:
    """What to call a region by the name of its folder or file.

    >>> name_from("greater-manchester_2024")
    'Greater Manchester 2024'
    """
    words = stem.replace("_", " ").replace("-", " ").split()
    return " ".join(w[:1].upper() + w[1:] for w in words) or "Region"
