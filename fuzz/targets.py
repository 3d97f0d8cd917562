"""What is fuzzed: for every way in, a function of bytes that may refuse them with our own errors
and must do nothing else.

A way in is where text that somebody else wrote first meets our code: a file, an upload, a link.
What a target lets through must also survive its first use (written out and read back, or asked a
question), so that a value that is read and cannot be shown is found too."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from xlsxwriter import Workbook

from provision.coverage.status import coverage
from provision.exchange.hsds_import import Imported, checked, write_services
from provision.exchange.hsds_regions import record_context
from provision.exchange.workbook import WorkbookArea, write_workbook
from provision.io.boundaries import read_boundaries
from provision.io.checks import validate
from provision.io.figures import read_figures
from provision.io.files import DataFiles
from provision.io.node_paths import walk
from provision.io.problems import InvalidData
from provision.io.reading import decode, read_yaml
from provision.links.query import parse_link, read_link
from provision.links.scenario_file import read_scenario, write_yaml
from provision.links.scenario_link import write_link
from provision.readers.figure_drafts import write_figures
from provision.readers.figures import figures_from
from provision.readers.hsds import draft_of
from provision.readers.hsds_input import open_bytes
from provision.readers.outlines import MAX_UPLOAD, read_outlines
from provision.readers.record_workbook import workbook_document
from provision.readers.services import services_from
from provision.record import Record, load
from provision.record_files import parse_services
from provision.regions.area_matching import AreaMatcher
from provision.regions.outline_files import geojson
from provision.schema.services import ServicesFile
from provision.schema.workbook_cells import fits, to_cell
from provision.text.headings import coverage_heading
from provision.workshop.story import read_story, write_story

CITY = Path(__file__).resolve().parent.parent / "tests" / "city"
Target = Callable[[bytes], None]


@cache
def city() -> Record:
    """The small invented city of the tests."""
    files = {name: CITY / f"{name}.yaml" for name in ("services", "themes", "organisations")}
    return load(
        DataFiles(
            **files,
            boundaries=CITY / "boundaries.geojson",
            figures=CITY / "figures.csv",
            neighbours=CITY / "neighbours.csv",
        )
    )


def yaml_file(data: bytes) -> None:
    """The small YAML: what is read, or a refusal."""
    document = read_yaml(decode(data, "x.yaml"), "x.yaml")
    assert all(str(problem) for problem in document.problems)


def services(data: bytes) -> None:
    """A services file, as pasted, uploaded or edited; a good one answers who is covered."""
    record = city()
    found = parse_services(decode(data, "x.yaml"), "x.yaml", record.areas)
    other = replace(record, file=found)
    table = coverage(other, other.default_date)
    assert str(coverage_heading(other, table, other.default_date)).encode()


def link(data: bytes) -> None:
    """The address of a view. It never refuses: it leaves aside, says so, and what is left makes a
    link that is read without a word."""
    query, notes = parse_link(data.decode("utf-8", "replace"), city())
    assert all(note.encode() for note in notes)
    again, said = parse_link(query.link(city()), city())
    assert (again, said) == (query, []), (query.link(city()), said)


def scenario_link(data: bytes) -> None:
    """The link of a scenario, as it is pasted."""
    scenario, _ = read_link(data.decode("utf-8", "replace"), city())
    again, said = read_link(write_link(scenario, city()), city())
    assert (again, said) == (scenario, []), (write_link(scenario, city()), said)


def scenario_file(data: bytes) -> None:
    """A scenario, as it is uploaded."""
    scenario = read_scenario(decode(data, "x.yaml"), "x.yaml", city())
    assert read_scenario(write_yaml(scenario, city()), "x.yaml", city()) == scenario


def boundaries(data: bytes) -> None:
    """The outlines of a region."""
    with tempfile.NamedTemporaryFile(suffix=".geojson") as file:
        Path(file.name).write_bytes(data)
        areas = read_boundaries(Path(file.name))
    assert all(area.name.encode() and area.code.encode() for area in areas)


def story(data: bytes) -> None:
    """A story for the room, as it is uploaded."""
    found = read_story(decode(data, "x.yaml"), "x.yaml", city())
    assert read_story(write_story(found), "x.yaml", city()) == found


def hsds(data: bytes) -> None:
    """A feed of services; what is made of it is a services file that says what it lacks, and
    nothing else."""
    record = city()
    opened = open_bytes(data, "x.json", "x.json")
    found = checked(draft_of(opened, *record_context(record)), record.areas)
    _is_a_services_file(found)


def hsds_table(data: bytes) -> None:
    """The same from a table of services alone."""
    record = city()
    opened = open_bytes(data, "services.csv", "services.csv")
    found = checked(draft_of(opened, *record_context(record)), record.areas)
    _is_a_services_file(found)


def _is_a_services_file(found: Imported) -> None:
    written = write_services(found)
    try:
        parse_services(written, "x.yaml", city().areas)
    except InvalidData as error:
        assert error.problems and len(error.problems) == len(found.to_complete), error
    else:
        assert not found.to_complete


def outlines(data: bytes) -> None:
    """A file of outlines in any format, as it is uploaded; what is read makes a region's file."""
    found = read_outlines(data, "x", most_bytes=MAX_UPLOAD)
    assert found.areas.index.is_unique and found.areas.geometry.is_valid.all()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "boundaries.geojson"
        path.write_bytes(geojson(found, "area"))
        assert [a.code for a in read_boundaries(path)] == list(found.areas.index)


def area_text(data: bytes) -> None:
    """A text in a column of areas."""
    record = city()
    found = AreaMatcher(record.areas, {}, [record.file.region.name]).match(
        data.decode("utf-8", "replace")
    )
    assert found.reason.encode() and (found.code is None or found.code in record.by_code)


def service_list(data: bytes) -> None:
    """A list of services as text: what is made of it is a draft, which is a record or is told what
    it lacks."""
    _is_a_draft(data, "x.csv")


def xlsx(data: bytes) -> None:
    """The bytes of a workbook."""
    _is_a_draft(data, "x.xlsx")


def sheets(data: bytes) -> None:
    """The cells of a workbook, given as JSON: a list, or the record's own."""
    plain = read_yaml(decode(data, "x.json"), "x.json").data
    if isinstance(plain, dict):
        _is_a_draft(_workbook_of(plain), "x.xlsx")


def figures(data: bytes) -> None:
    """Figures from any table; what is made of them is what a region's folder holds."""
    record = city()
    draft = figures_from(data, "x.csv", record_context(record)[0])
    assert all(note.encode() for note in draft.notes)
    text, description = write_figures([draft], [(a.code, a.name) for a in record.areas])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "figures.csv"
        path.write_text(text, encoding="utf-8")
        path.with_suffix(".yaml").write_text(json.dumps(description), encoding="utf-8")
        read_figures(path, record.areas)


def _is_a_draft(data: bytes, name: str) -> None:
    record = city()
    draft = services_from(data, name, *record_context(record))
    assert all(note.encode() for note in draft.notes)
    try:
        file = validate(
            draft.document(), [a.name for a in record.areas], {a.kind for a in record.areas}
        )
    except InvalidData as error:
        assert all(str(problem).encode() for problem in error.problems)
        return
    areas = [WorkbookArea(a.code, a.name) for a in record.areas]
    if not all(fits(text) for text in _texts(file.model_dump(mode="json"))):
        return
    document = workbook_document(write_workbook(file, areas), "x.xlsx")
    assert document is not None
    assert ServicesFile.model_validate(document.data) == file


def _texts(value: object) -> Iterator[str]:
    return (inner for _, inner in walk(value) if isinstance(inner, str))


def _workbook_of(plain: dict[str, object]) -> bytes:
    """Sheets of plain cells as a workbook; what a cell cannot hold is its words."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(out, options)
    for number, rows in enumerate(plain.values()):
        title = list(plain)[number] if _is_title(list(plain)[number]) else f"Sheet {number}"
        page = book.add_worksheet(title if title.casefold() not in book.sheetnames else None)
        for i, row in enumerate(rows if isinstance(rows, list) else ()):
            for j, cell in enumerate(row if isinstance(row, list) else ()):
                if isinstance(cell, (int, float)) and not isinstance(cell, bool):
                    page.write_number(i, j, cell)
                elif cell is not None:
                    page.write_string(i, j, to_cell(str(cell)[:1_000]))
    if not plain:
        book.add_worksheet()
    book.close()
    return out.getvalue()


def _is_title(text: str) -> bool:
    """Whether Excel takes a text for the name of a sheet."""
    return 0 < len(text) < 31 and text.replace(" ", "").isalnum()


TARGETS: dict[str, Target] = {
    "yaml": yaml_file,
    "services": services,
    "link": link,
    "scenario-link": scenario_link,
    "scenario-file": scenario_file,
    "boundaries": boundaries,
    "outlines": outlines,
    "area-text": area_text,
    "story": story,
    "hsds": hsds,
    "hsds-table": hsds_table,
    "list": service_list,
    "xlsx": xlsx,
    "sheets": sheets,
    "figures": figures,
}


def survives(name: str, data: bytes) -> None:
    """Give a target some bytes. Refusals are ours; everything else gets through to the caller."""
    try:
        TARGETS[name](data)
    except InvalidData as error:
        assert error.problems and all(str(problem).encode() for problem in error.problems)
