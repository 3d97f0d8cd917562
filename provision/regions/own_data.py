"""Somebody's own data: a region's folder made from the files that they give, and then edited.

What is kept is what was given and answered, never what was made of it: the same inputs make the
same folder, so that the last step can be undone by making the folder of the step before.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from provision.io.folders import FILES, MATCHING
from provision.io.problems import InvalidData, Problem, one_a_kind
from provision.io.reading import MAX_BYTES, decode, read_yaml
from provision.io.yaml_text import yaml_text
from provision.readers.figure_drafts import FigureDescription
from provision.readers.outlines import MAX_UPLOAD, OutlineOptions
from provision.record import Record
from provision.regions.folder_writing import load_folder
from provision.regions.input_files import InputFile
from provision.regions.made import RegionInputs, RegionMade, make_region
from provision.regions.matching_file import Matching, write_matching
from provision.regions.packing import packed_files
from provision.regions.service_edits import Edit, edited

UNPUBLISHED = "your-data-not-published"
CHANGES = "changes.md"  # what a version changed, for its owner to review
SERVICES, WORKBOOK = FILES["services"][:2]
_ANNEXES = ("themes.yaml", "organisations.yaml")


@dataclass(frozen=True)
class OwnInputs:
    """What a person gave and answered.

    It begins from ``outlines``, or from the ``folder`` of a region: the files by name. ``services``
    and ``figures`` (with ``figure_description``) come on top; they take the place of those of the
    folder. ``edits`` are made last, in their order. ``changes`` says in a line each what was
    changed in the folder; it goes with it as a file, for its owner to review. ``day`` is the one
    from which a record without services speaks.
    """

    name: str
    day: date
    outlines: InputFile | None = None
    folder: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    services: tuple[InputFile, ...] = ()
    figures: tuple[InputFile, ...] = ()
    figure_description: FigureDescription = field(default_factory=FigureDescription)
    options: OutlineOptions = field(default_factory=OutlineOptions)
    matching: Matching = field(default_factory=Matching)
    edits: tuple[Edit, ...] = ()
    changes: tuple[str, ...] = ()


def contents_of(inputs: OwnInputs) -> list[bytes]:
    """The contents of the files that somebody gave.

    Parameters
    ----------
    inputs
        What was given and answered.

    Returns
    -------
    list of bytes
        One for each file that is held in memory.
    """
    given = (inputs.outlines, *inputs.services, *inputs.figures)
    files = [one.content for one in given if one and isinstance(one.content, bytes)]
    return [*inputs.folder.values(), *files]


@dataclass(frozen=True)
class OwnData:
    """A region of somebody's own: the files of its folder by name, and the record that they make.

    ``made`` says what was proposed; it is None where nothing had to be read but a folder. ``notes``
    are further sentences for the person.
    """

    inputs: OwnInputs
    files: Mapping[str, bytes] = field(repr=False)
    record: Record = field(repr=False)
    made: RegionMade | None = field(default=None, repr=False)
    notes: tuple[str, ...] = ()


def begin_from_record(record: Record, day: date) -> OwnInputs:
    """The inputs that give a record as it is: its own folder.

    Parameters
    ----------
    record
        The record; its services may come from a workbook.
    day
        The day of today.
    """
    return OwnInputs(record.file.region.name, day, folder=packed_files(record))


def begin_from_zip(raw: bytes, name: str, day: date) -> OwnInputs:
    """The inputs that give the region in a zip file of its folder.

    Raises
    ------
    InvalidData
        Where it is no such file, or the region in it is not valid.
    """
    with tempfile.TemporaryDirectory(prefix="provision-") as scratch:
        path = Path(scratch) / (Path(name).name or "region.zip")
        path.write_bytes(raw)
        if _services_in(path) > MAX_BYTES:
            raise InvalidData([_too_large(name)])
        try:
            record = load_folder(path)
        except InvalidData as error:
            raise InvalidData(
                replace(p, file=p.file.replace(str(path), name)) for p in error.problems
            ) from None
        return begin_from_record(record, day)


def _services_in(path: Path) -> int:
    """How many bytes a zip file says that its services file has; 0 where it is no zip file, which
    is said when it is read."""
    try:
        with zipfile.ZipFile(path) as archive:
            own = [m for m in archive.infolist() if Path(m.filename).name == SERVICES]
            return max((m.file_size for m in own), default=0)
    except (zipfile.BadZipFile, OSError, ValueError):
        return 0


def _too_large(name: str) -> Problem:
    what = f"has services of more than {MAX_BYTES:,} bytes, which is too many for a page"
    return Problem(name, 0, "", "", what, "use the command 'region new'")


def make_own_data(inputs: OwnInputs) -> OwnData:
    """The region that the inputs make, valid as a whole.

    Raises
    ------
    InvalidData
        With every problem found, one for each kind.
    """
    try:
        return _made(inputs)
    except InvalidData as error:
        raise InvalidData(one_a_kind(error.problems)) from None


def _made(inputs: OwnInputs) -> OwnData:
    files, made = dict(inputs.folder), None
    if inputs.outlines or inputs.services or inputs.figures:
        made = make_region(_region_inputs(inputs), inputs.name, inputs.matching.answered())
        files = _together(inputs, made)
    if inputs.changes:
        files[CHANGES] = "".join(f"- {line}\n" for line in inputs.changes).encode()
    if inputs.edits:
        files = _with_edits(files, inputs.edits)
    try:
        return OwnData(inputs, files, record_of(files, inputs.name), made)
    except InvalidData:
        kept = {name: raw for name, raw in files.items() if name not in _ANNEXES}
        if len(kept) == len(files) or not inputs.services:
            raise
    note = "Themes and partners are left out: they speak of services that are not in your list."
    return OwnData(inputs, kept, record_of(kept, inputs.name), made, (note,))


def _region_inputs(inputs: OwnInputs) -> RegionInputs:
    outlines, options, words = inputs.outlines, inputs.options, dict[str, str]()
    if outlines is None:
        found = next((n for n in FILES["boundaries"] if n in inputs.folder), "")
        outlines = InputFile(found, inputs.folder.get(found, b""))
        region = _region(inputs.folder)
        words = {key: str(region[key]) for key in ("name", "area", "areas") if key in region}
    return RegionInputs(
        outlines,
        inputs.day,
        inputs.services,
        inputs.figures,
        figure_description=inputs.figure_description,
        options=options,
        most_bytes=MAX_UPLOAD,
        name=words.get("name"),
        area=words.get("area"),
        areas=words.get("areas"),
    )


def _together(inputs: OwnInputs, made: RegionMade) -> dict[str, bytes]:
    """The files that were made, over those of the folder that they do not take the place of."""
    decided = {MATCHING: write_matching(made.matching).encode()}
    if inputs.outlines:
        return {**made.files, **decided}
    files = dict(inputs.folder)
    if inputs.figures:
        files |= {n: made.files[n] for n in ("figures.csv", "figures.yaml")}
    if inputs.services:
        files.pop(WORKBOOK, None)
        files[SERVICES] = _in_region(made.files[SERVICES], _region(inputs.folder))
    return {**files, **decided}


def _in_region(raw: bytes, region: Mapping[str, Any]) -> bytes:
    """A services file that was made of a list, with what a folder says of its region."""
    data: Any = read_yaml(decode(raw, SERVICES), SERVICES).data
    if not any(s.get("id") == "list" for s in data.get("sources", ())):
        return raw  # a record of its own, as somebody wrote it
    kept = {k: v for k, v in region.items() if k != "ref" and not k.endswith("_ref")}
    return yaml_text({**data, "region": {**data["region"], **kept}}).encode()


def _region(files: Mapping[str, bytes]) -> dict[str, Any]:
    region = services_data(files).get("region")
    return region if isinstance(region, dict) else {}


def services_data(files: Mapping[str, bytes]) -> dict[str, Any]:
    """The services file of a folder as plain data, from YAML or from the record's workbook.

    Raises
    ------
    InvalidData
        Where it cannot be read.
    """
    from provision.readers.record_workbook import workbook_document

    data: Any
    if SERVICES in files:
        data = read_yaml(decode(files[SERVICES], SERVICES), SERVICES).data
    else:
        document = workbook_document(files.get(WORKBOOK, b""), WORKBOOK)
        data = document.data if document else {}
    return data if isinstance(data, dict) else {}


def _with_edits(files: Mapping[str, bytes], edits: tuple[Edit, ...]) -> dict[str, bytes]:
    changed = edited(services_data(files), edits)
    rest = {name: raw for name, raw in files.items() if name != WORKBOOK}
    return {**rest, SERVICES: yaml_text(changed).encode()}


def record_of(files: Mapping[str, bytes], name: str) -> Record:
    """The record that the files of a folder make, marked as not published.

    Parameters
    ----------
    files
        Content by name, as in a region's folder.
    name
        What the region is called where the files do not say.

    Raises
    ------
    InvalidData
        With every problem, by the names of the files.
    """
    if len(files.get(SERVICES, b"")) > MAX_BYTES:
        raise InvalidData([_too_large(SERVICES)])
    with tempfile.TemporaryDirectory(prefix="provision-") as scratch:
        folder = Path(scratch) / _plain_name(name)
        folder.mkdir()
        for file, raw in files.items():
            (folder / Path(file).name).write_bytes(raw)
        try:
            record = load_folder(folder)
        except InvalidData as error:
            raise InvalidData(_by_name(p, folder) for p in error.problems) from None
    return replace(record, version=f"{record.version}-{UNPUBLISHED}", published=False)


def _by_name(problem: Problem, folder: Path) -> Problem:
    return replace(problem, file=problem.file.replace(f"{folder}/", ""))


def _plain_name(name: str) -> str:
    kept = "".join(c if c.isalnum() else "-" for c in name)[:60].strip("-")
    return kept or "region"
