"""``matching.yaml``: what a person decided of the files that a region was made from.

It is read again when next year's files come, so that nothing that was answered is asked again:
which columns hold codes and names, which projection, which spelling is which area, which rows are
to be passed over. It also says which files a program wrote, so that what a person completed since
is told from it and kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from provision.io.field_errors import typed
from provision.io.files import DataFiles, display, there
from provision.io.folders import MATCHING, beside_the_files
from provision.io.reading import Document, Reader, read_text, read_yaml
from provision.io.yaml_text import yaml_text
from provision.readers.outline_projection import Axes
from provision.readers.outlines import OutlineOptions, OutlinesRead
from provision.schema.services import Entry, Text

NAME = MATCHING
_HEAD = "# What was decided of the files that this region was made from. Read again for new ones.\n"


class OutlineChoices(Entry):
    """What was decided of the file of outlines; what is absent is proposed anew."""

    file: Text | None = None
    layer: Text | None = None
    code_field: str | None = Field(None, description="empty: no column holds codes")
    name_field: str | None = None
    crs: Text | None = None
    axes: Literal["ask", "keep", "swap"] = "ask"


class Matching(Entry):
    """The whole of ``matching.yaml``."""

    name: Text | None = None
    area: Text | None = None
    areas: Text | None = None
    outlines: OutlineChoices = OutlineChoices()
    columns: dict[str, Text] = Field(
        default_factory=dict, description="heading in a list of services: its meaning, or 'ignore'"
    )
    figures: dict[str, tuple[Text, ...]] = Field(
        default_factory=dict, description="file of figures: headings of the columns wanted"
    )
    name_variants: dict[str, Text] = Field(
        default_factory=dict, description="spelling in a file: official name"
    )
    unmatched: dict[str, str] = Field(
        default_factory=dict,
        description="text that matched no area: its official name or code, or 'ignore'",
    )
    ignored: tuple[Text, ...] = Field((), description="texts in columns of areas to pass over")
    written: dict[str, Text] = Field(
        default_factory=dict, description="file: SHA-256 of what a program wrote there"
    )

    def answered(self) -> Matching:
        """The same, with what a person wrote beside unmatched texts taken as decided."""
        said = {text: meant.strip() for text, meant in self.unmatched.items() if meant.strip()}
        named = {text: meant for text, meant in said.items() if meant.casefold() != "ignore"}
        passed = tuple(text for text in said if text not in named)
        return self.model_copy(
            update={
                "name_variants": {**self.name_variants, **named},
                "ignored": tuple(dict.fromkeys((*self.ignored, *passed))),
                "unmatched": {},
            }
        )

    def outline_options(self, said: OutlineOptions | None = None) -> OutlineOptions:
        """What is known of the outlines: what a person says now, else what was decided before."""
        now, before = said or OutlineOptions(), self.outlines
        return replace(
            now,
            layer=now.layer or before.layer,
            crs=now.crs or before.crs,
            axes=now.axes if now.axes is not Axes.ASK else Axes(before.axes),
            known_code_field=before.code_field,
            known_name_field=before.name_field,
        )


def choices_made(found: OutlinesRead, file: str, options: OutlineOptions) -> OutlineChoices:
    """What is to be remembered of a file of outlines that was read.

    Columns are remembered by their headings; an edition's year in them is forgiven when they are
    looked for in the next file.
    """
    none_held = options.code_field if options.code_field is not None else options.known_code_field
    return OutlineChoices(
        file=file,
        layer=options.layer,
        code_field=found.columns.code.field or ("" if none_held == "" else None),
        name_field=found.columns.name.field,
        crs=options.crs or (found.crs if found.crs_assumed else None),
        axes=options.axes.value,
    )


def matching_of(files: DataFiles, read: Reader = read_text) -> Matching:
    """What was decided of a region's files; nothing where there is no folder or no such file.

    Raises
    ------
    InvalidData
        Where the file is there and cannot be understood.
    """
    path = beside_the_files(files.folder)[1] if files.folder else None
    return read_matching(path, read) if path and there(path) else Matching()


def read_matching(path: Path, read: Reader = read_text) -> Matching:
    """A matching file. Raises InvalidData with every problem in it."""
    document = read_yaml(read(path), display(path))
    return typed(_with_defaults(document), Matching)


def _with_defaults(document: Document) -> Document:
    """An empty file says nothing, which is allowed."""
    if document.data is None:
        return Document(document.name, {}, document.lines, document.problems)
    return document


def write_matching(matching: Matching) -> str:
    """The text of a matching file."""
    data: Mapping[str, Any] = matching.model_dump(mode="json", exclude_defaults=True)
    return _HEAD + yaml_text(data)
