"""The files that a record is read from, one by one; :func:`provision.record.load` joins them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from provision.io import reading
from provision.io.boundaries import Area
from provision.io.checks import validate
from provision.io.figures import Indicator, read_figures
from provision.io.files import DataFiles, display
from provision.io.late_frames import PlainTable
from provision.io.problems import InvalidData, Problem
from provision.regions.contiguity import contiguous
from provision.regions.unstated import services_of_outlines
from provision.schema.services import ServicesFile

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")


def figures_of(
    files: DataFiles, areas: tuple[Area, ...], read: reading.Reader
) -> tuple[PlainTable, tuple[Indicator, ...]]:
    """The figures of the areas; a table without columns where the region has none."""
    if files.figures and areas:
        return read_figures(files.figures, areas, read)
    return PlainTable({}, [area.code for area in areas]), ()


def contiguous_of(areas: tuple[Area, ...]) -> pd.DataFrame:
    """The neighbours where no file names them: areas whose outlines touch."""
    return contiguous([area.code for area in areas], [area.geometry for area in areas])


def services_of(files: DataFiles, areas: tuple[Area, ...], opened: reading.Files) -> ServicesFile:
    """The services file: YAML, or the record's workbook; one in which nothing is stated where a
    region's folder has none. Raises InvalidData."""
    from provision.readers.record_workbook import workbook_document

    path = files.services
    if files.has_no_services:
        opened.contents[path] = services_of_outlines(files, [area.kind for area in areas]).encode()
    document = workbook_document(opened.raw(path), display(path))
    if document is None:
        text = opened.text(path, reading.MAX_SERVICES)
        return parse_services(text, display(path), areas, reading.MAX_SERVICE_NODES)
    return validate(document, [area.name for area in areas], {area.kind for area in areas})


def parse_services(
    text: str, name: str, areas: tuple[Area, ...], most: int = reading.MAX_NODES
) -> ServicesFile:
    """A services file of at most ``most`` values as typed entries, checked against the areas.
    Raises InvalidData."""
    document = reading.read_yaml(text, name, most)
    return validate(document, [area.name for area in areas], {area.kind for area in areas})


def gather(problems: list[Problem], read: Callable[[], T]) -> T | None:
    """What ``read`` returns, or None with its problems added to the list."""
    try:
        return read()
    except InvalidData as error:
        problems += error.problems
        return None
