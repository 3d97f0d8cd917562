"""Services from any file that holds them, told apart by its content."""

from __future__ import annotations

import re
from pathlib import Path

from provision.io.files import display
from provision.io.reading import decode, read_yaml
from provision.readers.area_lists import Matcher
from provision.readers.draft import ReadingContext, ServicesDraft
from provision.readers.kinds import FileKind, kind_of, wrong_kind
from provision.readers.list_columns import HEADER_WORDS
from provision.readers.service_list import read_list
from provision.readers.table import MAX_BYTES, read_bytes, refused, tables_from, too_large

WANTED = "services (a list as CSV or .xlsx, a workbook, YAML, or an Open Referral feed)"
_YAML = re.compile(
    rb"^(region|services|areas_without_service|sources|other_provision)[ \t]*:([ \t\r]|$)", re.M
)
_OUTLINES = re.compile(rb'"type"\s*:\s*"(FeatureCollection|Topology|Feature)"')


def read_services(path: Path, matcher: Matcher, context: ReadingContext) -> ServicesDraft:
    """The services in a file.

    Parameters
    ----------
    path
        A services record (YAML), the record's workbook, a list or matrix (CSV or ``.xlsx``).
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
    return services_from(read_bytes(path), display(path), matcher, context)


def services_from(
    raw: bytes, name: str, matcher: Matcher, context: ReadingContext
) -> ServicesDraft:
    """As :func:`read_services`, from a file's bytes and the name that the reader knows it by."""
    if len(raw) > MAX_BYTES:
        raise too_large(name)
    kind = kind_of(raw)
    if kind is FileKind.TEXT and _YAML.search(raw[:200_000]):
        return _record(raw, name)
    if kind in (FileKind.TEXT, FileKind.XLSX):
        return read_list(tables_from(raw, name, HEADER_WORDS), name, matcher, context)
    if kind is FileKind.JSON and _OUTLINES.search(raw[:20_000]):
        raise refused(name, "holds outlines, not services", "give it with --boundaries")
    raise wrong_kind(name, kind, WANTED)


def _record(raw: bytes, name: str) -> ServicesDraft:
    document = read_yaml(decode(raw, name), name)
    data = document.data if isinstance(document.data, dict) else {}
    return ServicesDraft(
        data, name, "record", problems=document.problems, lines=dict(document.lines)
    )
