"""Zip files from outside: bounded, and unpacked without leaving their folder."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO

from provision.io.problems import InvalidData, Problem, shown

MAX_UNPACKED = 400_000_000
MAX_MEMBERS = 2_000
_CHUNK = 1_000_000
_BREAKS = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)


def unpack(
    file: Path | IO[bytes],
    name: str,
    folder: Path,
    wanted: Callable[[PurePosixPath], bool],
    most: int = MAX_UNPACKED,
) -> list[Path]:
    """Unpack the wanted members of a zip file into a folder.

    Parameters
    ----------
    file
        The zip file, as a path or open for reading.
    name
        What the reader calls it.
    folder
        Where to; it must exist. Members keep their folders below it.
    wanted
        Says of a member's path whether to unpack it.
    most
        How many bytes the wanted members may come to, counted while they are written.

    Returns
    -------
    list of Path

    Raises
    ------
    InvalidData
        Where it is no zip file, is locked, leads out of its folder, or unpacks too large.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            _check(members, name, most)
            chosen = [(m, p) for m in members if (p := _inside(m, name)) and wanted(p)]
            return _write(archive, chosen, name, folder, most)
    except _BREAKS as error:
        what = f"cannot be unpacked ({shown(str(error))})"
        raise _refused(name, what, "make the zip file again") from None


def _check(members: list[zipfile.ZipInfo], name: str, most: int) -> None:
    if len(members) > MAX_MEMBERS:
        what = f"holds {len(members):,} files; {MAX_MEMBERS:,} is the most that we unpack"
        raise _refused(name, what, "keep the files that are needed")
    if sum(m.file_size for m in members) > most:
        raise _too_large(name, most)
    if any(m.flag_bits & 1 for m in members):
        raise _refused(name, "is locked with a password", "make it without a password")


def _inside(member: zipfile.ZipInfo, name: str) -> PurePosixPath | None:
    """The member's path; None for what systems add for themselves."""
    path = PurePosixPath(member.filename.replace("\\", "/"))
    link = (member.external_attr >> 28) == 0xA
    if path.is_absolute() or ".." in path.parts or ":" in member.filename or link:
        what = f"holds a file whose path leads elsewhere: {shown(member.filename)}"
        raise _refused(name, what, "make the zip file again from one folder")
    hidden = path.parts[0] == "__MACOSX" or path.name.startswith(".")
    return None if hidden else path


def _write(
    archive: zipfile.ZipFile,
    chosen: list[tuple[zipfile.ZipInfo, PurePosixPath]],
    name: str,
    folder: Path,
    most: int,
) -> list[Path]:
    written: list[Path] = []
    left = most
    for member, path in chosen:
        target = folder.joinpath(*path.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as source, target.open("wb") as out:
            while piece := source.read(_CHUNK):
                left -= len(piece)
                if left < 0:
                    raise _too_large(name, most)
                out.write(piece)
        written.append(target)
    return written


def _too_large(name: str, most: int) -> InvalidData:
    what = f"would unpack to more than {most // 1_000_000} MB"
    return _refused(name, what, "keep the files that are needed")


def _refused(name: str, what: str, fix: str) -> InvalidData:
    return InvalidData([Problem(name, 0, "", "", what, fix)])
