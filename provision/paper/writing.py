"""What every file for paper needs: text that its format can hold, and bytes that depend on nothing
but the inputs."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime, time

from provision.io.characters import cleaned
from provision.record import Record

AUTHOR = "Coverage and gaps explorer"
_LONGEST_PROPERTY = 255  # characters in a property of an Office file
_UNSAID = ("docProps/thumbnail.jpeg",)  # of the writers' own templates
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can hold


def clean(text: str) -> str:
    """Text without what XML cannot hold or a reader cannot see, also where it was made here.

    >>> clean("a\\x00b\\u202ec\\nd")
    'abc\\nd'
    """
    return cleaned(text)


def as_property(text: str) -> str:
    """Text as a property of an Office file, which has no more than 255 characters."""
    found = clean(text)
    return found if len(found) <= _LONGEST_PROPERTY else f"{found[: _LONGEST_PROPERTY - 1]}…"


def dated(record: Record) -> datetime:
    """The date in a file's properties: the day that the record speaks for. Never the clock's, so
    that a file made again is the same."""
    return datetime.combine(record.file.region.as_at.last, time())


def stable_zip(data: bytes) -> bytes:
    """An Office file with the same parts, none of them dated: its writers stamp each with the time
    of day."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in given.namelist():
            if name not in _UNSAID:
                content = _plain(name, given.read(name))
                kept.writestr(zipfile.ZipInfo(name, _EARLIEST), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


_APPLICATION = re.compile(rb"<Application>[^<]*</Application>")
_THUMBNAIL = re.compile(rb"<Relationship [^>]*thumbnail[^>]*/>")


def _plain(name: str, content: bytes) -> bytes:
    """A part without the program and the thumbnail of a writer's own template."""
    if name == "docProps/app.xml":
        return _APPLICATION.sub(b"<Application>" + AUTHOR.encode() + b"</Application>", content)
    return _THUMBNAIL.sub(b"", content) if name == "_rels/.rels" else content
