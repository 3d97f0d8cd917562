"""A region as a folder: which of its files is which, what it shares with others, and as a zip file.

A folder holds what there is of the files named in :data:`FILES`. ``region.yaml`` may say that one
of them stands elsewhere, so that several records share outlines::

    files:
      boundaries: ../../geo/outlines.geojson

A zip file of a folder is unpacked once for a process. In it, ``region.yaml`` leads to no file
outside.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from provision.io.problems import InvalidData, Problem, shown

FILES: dict[str, tuple[str, ...]] = {
    "services": ("services.yaml", "services.xlsx"),
    "boundaries": (
        *("boundaries.geojson", "boundaries.json", "boundaries.topojson", "boundaries.gpkg"),
        *("boundaries.zip", "boundaries.kml", "boundaries.fgb", "boundaries.gml"),
    ),
    "figures": ("figures.csv",),
    "neighbours": ("neighbours.csv",),
    "water": ("water.geojson",),
    "themes": ("themes.yaml",),
    "organisations": ("organisations.yaml",),
}
"""The files of a folder by what they hold; of several names the first that is there counts."""

_UNPACKED: dict[Path, Path] = {}

NEEDED = ("services", "boundaries")
REGION, MATCHING = "region.yaml", "matching.yaml"
_ZIP = b"PK\x03\x04"


def files_of(folder: Path) -> dict[str, Path]:
    """The files of a region's folder.

    Parameters
    ----------
    folder
        A region's folder, or a zip file of one.

    Returns
    -------
    dict of str to Path
        By what they hold. What is wrong with the folder is found by :func:`check_folder` when
        it is loaded."""
    root = root_of(folder)
    try:
        elsewhere = _shared(root, inside=root != folder)
    except InvalidData:
        elsewhere = {}
    found = {name: _first(root, names) for name, names in FILES.items()}
    needed = {name: root / FILES[name][0] for name in NEEDED}
    return {**needed, **{n: p for n, p in found.items() if p}, **elsewhere}


def check_folder(folder: Path) -> None:
    """Refuse a region's folder that cannot be used.

    Parameters
    ----------
    folder
        A region's folder, or a zip file of one.

    Raises
    ------
    InvalidData
        Where it is not there, or says what it cannot mean."""
    from provision.io.files import display

    if not os.path.exists(folder):  # noqa: PTH110
        raise _refused(display(folder), "is not there", "give the folder of a region")
    if _is_zip(folder):
        _unpacked(folder)
    root = root_of(folder)
    if not root.is_dir():
        raise _refused(
            display(folder), "is not a folder", "give the folder of a region, or its zip"
        )
    _shared(root, inside=root != folder)
    both = [name for name in FILES["services"] if os.path.exists(root / name)]  # noqa: PTH110
    if len(both) > 1:
        raise _refused(display(folder), f"holds {' and '.join(both)}", "keep one of the two")


def beside_the_files(folder: Path) -> tuple[Path, ...]:
    """What else is read of a folder.

    Parameters
    ----------
    folder
        A region's folder, or a zip file of one.

    Returns
    -------
    tuple of Path
        What it shares, and what was decided on its files."""
    root = root_of(folder)
    return root / REGION, root / MATCHING


def root_of(folder: Path) -> Path:
    """Where the files stand.

    Parameters
    ----------
    folder
        A region's folder, or a zip file of one.

    Returns
    -------
    Path
        The folder, or that into which the zip file was unpacked."""
    try:
        return _unpacked(folder) if _is_zip(folder) else folder
    except InvalidData:
        return folder


def _is_zip(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(4) == _ZIP
    except OSError:
        return False


def _first(root: Path, names: tuple[str, ...]) -> Path | None:
    return next((p for name in names if os.path.exists(p := root / name)), None)  # noqa: PTH110


def _shared(root: Path, inside: bool) -> dict[str, Path]:
    """What ``region.yaml`` says of files elsewhere. Raises InvalidData."""
    path = root / REGION
    if not os.path.exists(path):  # noqa: PTH110
        return {}
    found = path.stat()
    return dict(_read_shared(path, found.st_mtime_ns, found.st_size, inside))


@lru_cache(maxsize=16)
def _read_shared(
    path: Path, _changed: int, _size: int, inside: bool
) -> tuple[tuple[str, Path], ...]:
    from provision.io.files import display
    from provision.io.reading import read_text, read_yaml

    name = display(path)
    document = read_yaml(read_text(path), name)
    data: Any = document.data
    files = data.get("files") if isinstance(data, dict) else None
    if files is None and isinstance(data, dict) and "records" in data:
        files = {}
    problems = list(document.problems)
    if not isinstance(files, dict):
        raise _refused(name, "does not say 'files'", f"write {', '.join(FILES)} below 'files'")
    for key, value in files.items():
        what = _fault(path.parent, key, value, inside)
        if what:
            fix = f"write one of {', '.join(FILES)}, and a path from this folder"
            problems.append(Problem(name, document.line(("files", key)), "files", key, what, fix))
    if problems:
        raise InvalidData(problems)
    return tuple((key, _plain(path.parent / str(value))) for key, value in files.items())


def _fault(root: Path, key: str, value: Any, inside: bool) -> str | None:
    if key not in FILES:
        return "is not a file of a region"
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        return f"is {shown(value)}, which is no path"
    if inside and not (root / value).resolve().is_relative_to(root.resolve()):
        return f"is {shown(value)}, which leads out of the zip file"
    return None


def _plain(path: Path) -> Path:
    """A path without ``..`` in it."""
    return Path(os.path.normpath(path))


@lru_cache(maxsize=8)
def _unpacked_once(path: Path, _changed: int, _size: int) -> Path:
    """The folder into which a zip file was unpacked, for as long as the process lives."""
    from provision.io.files import display
    from provision.io.unpacking import unpack

    scratch = Path(tempfile.mkdtemp(prefix="provision-region-"))
    atexit.register(shutil.rmtree, scratch, ignore_errors=True)
    target = scratch / path.name
    target.mkdir()
    unpack(path, display(path), target, _is_data)
    inner = list(target.iterdir())
    root = inner[0] if len(inner) == 1 and inner[0].is_dir() else target
    _UNPACKED[root] = path
    return root


def _unpacked(path: Path) -> Path:
    found = path.stat()
    return _unpacked_once(path, found.st_mtime_ns, found.st_size)


def in_zip(path: Path) -> tuple[Path, Path] | None:
    """The zip file that a path was unpacked from.

    Parameters
    ----------
    path
        The path.

    Returns
    -------
    (Path, Path) or None
        The zip file and the path in it; None for any other path."""
    for root, archive in _UNPACKED.items():
        if path.is_relative_to(root):
            return archive, path.relative_to(root)
    return None


def _is_data(path: PurePosixPath) -> bool:
    known = (".yaml", ".yml", ".geojson", ".json", ".csv", ".xlsx", ".topojson", ".gpkg", ".fgb")
    return path.suffix.casefold() in (*known, ".kml", ".gml", ".zip", ".txt", ".md")


def _refused(name: str, what: str, fix: str) -> InvalidData:
    return InvalidData([Problem(name, 0, "", "", what, fix)])
