"""A region as one zip file, the same bytes for the same content, whole without what lies around
it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from provision.io.files import there
from provision.io.folders import FILES, MATCHING, beside_the_files
from provision.record import Record

_WHEN = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can say: content alone decides its bytes


def packed_files(record: Record) -> dict[str, bytes]:
    """The files of a record as a folder holds them, by name; shared files are in it as its own.

    Parameters
    ----------
    record
        The record, as it was read: what is packed is what is shown.
    """
    files, found = record.files, {}
    for name, known in FILES.items():
        path: Path | None = getattr(files, name)
        if path is None or path not in record.contents:
            continue
        called = f"{Path(known[0]).stem}{path.suffix.casefold()}"
        found[called] = record.contents[path]
        beside = files.description(path) if name in ("boundaries", "figures") else None
        if beside and beside in record.contents:
            found[f"{Path(known[0]).stem}.yaml"] = record.contents[beside]
    decided = beside_the_files(files.folder)[1] if files.folder else None
    return found | ({MATCHING: decided.read_bytes()} if decided and there(decided) else {})


def zipped(files: Mapping[str, bytes], folder: str) -> bytes:
    """Files as a zip file with one folder in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(f"{folder}/{name}", _WHEN)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, files[name])
    return out.getvalue()
