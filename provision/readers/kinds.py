"""What a file is, by its content and never by its name, and what to do with a wrong one."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum

from provision.io.problems import InvalidData, Problem

_HEAD = 4096  # bytes that are looked at, but for the list of a zip's members


class FileKind(StrEnum):
    """Kinds of file that we know, whether or not we read them; the value is what messages say."""

    TEXT = "text"
    JSON = "a JSON file"
    XML = "an XML file"
    HTML = "a web page (HTML)"
    ZIP = "a zip file"
    XLSX = "an Excel workbook (.xlsx)"
    XLSB = "a binary Excel workbook (.xlsb)"
    XLS = "an old Excel workbook (.xls)"
    LOCKED = "a workbook with a password, or an old Office file"
    ODS = "an OpenDocument spreadsheet (.ods)"
    NUMBERS = "an Apple Numbers file"
    DOCX = "a Word document"
    PPTX = "a PowerPoint file"
    PDF = "a PDF"
    RTF = "a rich text document"
    IMAGE = "a picture"
    SQLITE = "a database (SQLite or GeoPackage)"
    EMPTY = "an empty file"
    UNKNOWN = "a file of a kind that we do not know"


_STARTS: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF", FileKind.PDF),
    (b"{\\rtf", FileKind.RTF),
    (b"\x89PNG", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF8", FileKind.IMAGE),
    (b"SQLite format 3\0", FileKind.SQLITE),
)
_ZIP_MEMBERS: tuple[tuple[str, FileKind], ...] = (
    ("xl/workbook.xml", FileKind.XLSX),
    ("xl/workbook.bin", FileKind.XLSB),
    ("word/document.xml", FileKind.DOCX),
    ("ppt/presentation.xml", FileKind.PPTX),
    ("Index/Document.iwa", FileKind.NUMBERS),
)
_SAVE_AS_XLSX = "open it and save it as Excel workbook (.xlsx) or CSV, then use that file"
_COPY_TABLE = "copy its table into a spreadsheet and save that as .xlsx or CSV"
WHAT_TO_DO: dict[FileKind, str] = {
    FileKind.XLSB: _SAVE_AS_XLSX,
    FileKind.XLS: _SAVE_AS_XLSX,
    FileKind.LOCKED: "open it, take the password off, and save it as Excel workbook (.xlsx)",
    FileKind.ODS: _SAVE_AS_XLSX,
    FileKind.NUMBERS: "export it from Numbers as Excel (.xlsx) or CSV",
    FileKind.DOCX: _COPY_TABLE,
    FileKind.PPTX: _COPY_TABLE,
    FileKind.PDF: _COPY_TABLE,
    FileKind.RTF: _COPY_TABLE,
    FileKind.HTML: "open it in a spreadsheet program and save it as .xlsx or CSV",
    FileKind.IMAGE: "type its table into a spreadsheet and save that as .xlsx or CSV",
    FileKind.SQLITE: "export the table that you want as CSV",
    FileKind.EMPTY: "save the file again, or choose another",
}


def kind_of(raw: bytes) -> FileKind:
    """What the bytes of a file are.

    Parameters
    ----------
    raw
        The whole file. Only its first 4,096 bytes, and a zip's list of members, are looked at.

    Returns
    -------
    FileKind
        ``TEXT`` for anything that can be text and is neither JSON, XML nor HTML.
    """
    head = raw[:_HEAD]
    if not head.strip():
        return FileKind.EMPTY
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _kind_of_zip(raw)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _kind_of_ole(raw)
    known = next((kind for start, kind in _STARTS if head.startswith(start)), None)
    return known or _kind_of_text(head)


def _kind_of_zip(raw: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                media = archive.read("mimetype")
                if media.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
                    return FileKind.ODS
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return FileKind.UNKNOWN
    folded = {name.casefold().replace("\\", "/") for name in names}
    found = (kind for member, kind in _ZIP_MEMBERS if member.casefold() in folded)
    return next(found, FileKind.ZIP)


def _kind_of_ole(raw: bytes) -> FileKind:
    """Office files of before 2007, and every workbook with a password, share one form."""
    workbook = any(name.encode("utf-16-le") in raw for name in ("Workbook", "Book"))
    locked = "EncryptedPackage".encode("utf-16-le") in raw
    return FileKind.XLS if workbook and not locked else FileKind.LOCKED


def _kind_of_text(head: bytes) -> FileKind:
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_wide(head)
    if not wide and b"\0" in head:
        return FileKind.UNKNOWN
    start = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf")
    start = start.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip()
    if start.startswith((b"{", b"[")):
        return FileKind.JSON
    if start[:200].lower().startswith((b"<!doctype html", b"<html", b"<table", b"<head")):
        return FileKind.HTML
    if start.startswith(b"<"):
        return FileKind.HTML if b"<html" in start.lower() else FileKind.XML
    return FileKind.TEXT


def _looks_wide(head: bytes) -> bool:
    """Whether the bytes look like UTF-16 without its mark: every other byte is nought."""
    pairs = len(head) // 2
    return pairs > 1 and max(head[0::2].count(0), head[1::2].count(0)) > 0.4 * pairs


def wrong_kind(name: str, kind: FileKind, wanted: str) -> InvalidData:
    """The refusal of a file of the wrong kind: what it is, and what to do.

    Parameters
    ----------
    name
        What the reader calls the file.
    kind
        What the file is.
    wanted
        What was expected in its place, for instance ``"a table (CSV or .xlsx)"``.
    """
    do = WHAT_TO_DO.get(kind, f"choose {wanted}")
    return InvalidData([Problem(name, 0, "", "", f"is {kind}, not {wanted}", do)])
