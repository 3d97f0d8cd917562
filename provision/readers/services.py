"""Services from any file that holds them, told apart by its content."""

from __future__ import annotations

import re
from pathlib import Path

from provision.io.files import display
from provision.io.reading import MAX_SERVICE_NODES, MAX_SERVICES, decode, read_yaml
from provision.readers.area_lists import Matcher
from provision.readers.draft import ReadingContext, ServicesDraft
from provision.readers.hsds import draft_of, read_hsds
from provision.readers.hsds_input import is_service_table, open_bytes
from provision.readers.kinds import FileKind, kind_of, wrong_kind
from provision.readers.list_columns import HEADER_WORDS
from provision.readers.record_workbook import YAML
from provision.readers.service_list import read_list
from provision.readers.table import MAX_BYTES, read_bytes, refused, tables_from, too_large
from provision.readers.workbook import is_workbook, read_workbook
from provision.readers.xlsx import raw_sheets, sheet_tables

WANTED = "services (a list as CSV or .xlsx, a workbook, YAML, or an Open Referral feed)"
_OUTLINES = re.compile(rb'"type"\s*:\s*"(FeatureCollection|Topology|Feature)"')


def read_services(path: Path, matcher: Matcher, context: ReadingContext) -> ServicesDraft:
    """The services in a file.

    Parameters
    ----------
    path
        A services record (YAML), the record's workbook, a list or matrix (CSV or ``.xlsx``), or an
        Open Referral feed (JSON, its tables as CSV, a zip or a folder of them).
    matcher
        Tells which area a text means: :class:`provision.regions.area_matching.AreaMatcher`.
    context
        The region, and answers given before.

    Returns
    -------
    ServicesDraft
        Its ``data`` is not yet checked by the schema.

    Raises
    ------
    InvalidData
        Where the file is of another kind, too large, or holds no service.
    """
    if path.is_dir() or path.name.casefold().endswith("datapackage.json"):
        return read_hsds(path, matcher, context)
    return services_from(read_bytes(path), display(path), matcher, context)


def services_from(
    raw: bytes, name: str, matcher: Matcher, context: ReadingContext
) -> ServicesDraft:
    """As :func:`read_services`, from a file's bytes and the name that the reader knows it by."""
    if len(raw) > MAX_BYTES:
        raise too_large(name)
    kind = kind_of(raw)
    if kind is FileKind.TEXT and is_service_table(raw):
        return draft_of(open_bytes(raw, name, "services.csv"), matcher, context)
    if kind is FileKind.TEXT and YAML.search(raw[:200_000]):
        return _record(raw, name)
    if kind is FileKind.XLSX:
        sheets = raw_sheets(raw, name)
        if is_workbook(sheets):
            return read_workbook(sheets, name)
        return read_list(sheet_tables(sheets, name, HEADER_WORDS), name, matcher, context)
    if kind is FileKind.TEXT:
        return read_list(tables_from(raw, name, HEADER_WORDS), name, matcher, context)
    if kind is FileKind.JSON and _OUTLINES.search(raw[:20_000]):
        raise refused(name, "holds outlines, not services", "give it with --boundaries")
    if kind in (FileKind.JSON, FileKind.ZIP):
        return draft_of(open_bytes(raw, name, name), matcher, context)
    raise wrong_kind(name, kind, WANTED)


def _record(raw: bytes, name: str) -> ServicesDraft:
    document = read_yaml(decode(raw, name, MAX_SERVICES), name, MAX_SERVICE_NODES)
    data = document.data if isinstance(document.data, dict) else {}
    return ServicesDraft(
        data, name, "record", problems=document.problems, lines=dict(document.lines)
    )
