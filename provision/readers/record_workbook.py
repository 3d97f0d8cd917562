"""The record in its own workbook, told from everything else that a services file may be.

Every record is read through here, and hardly any is a workbook: what reads one is loaded where one
is found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provision.readers.kinds import FileKind, kind_of

if TYPE_CHECKING:
    from provision.io.reading import Document

LIST_ENDINGS = (".csv", ".tsv", ".txt")
YAML = re.compile(
    rb"^(region|services|areas_without_service|sources|other_provision)[ \t]*:([ \t\r]|$)", re.M
)


def workbook_document(raw: bytes, name: str) -> Document | None:
    """The record in its own workbook, for the schema to check; None where a file is none.

    Raises
    ------
    InvalidData
        Where the file is a list of services: that becomes a region's record first.
    """
    kind = kind_of(raw)
    if kind is FileKind.XLSX:
        from provision.readers.workbook import is_workbook, read_workbook
        from provision.readers.xlsx import raw_sheets

        sheets = raw_sheets(raw, name)
        if is_workbook(sheets):
            return read_workbook(sheets, name).document()
    elif kind is not FileKind.TEXT or YAML.search(raw) or not name.endswith(LIST_ENDINGS):
        return None
    from provision.readers.table import refused

    fix = "make a region of it: python -m provision region new FOLDER --services FILE"
    raise refused(name, "is a list of services, not the record's own workbook or YAML", fix)
