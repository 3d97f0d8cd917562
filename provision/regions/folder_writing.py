"""Writing a region's folder: all of it or nothing, and never over what a person completed.

What a program wrote is known by its SHA-256 in ``matching.yaml``. A file that differs from it was
changed by a person: it is written over only when that is asked for, and then kept beside the new
one as ``services.yaml.1``.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from provision.io.files import DataFiles, display
from provision.io.folders import FILES, MATCHING
from provision.io.problems import InvalidData, Problem, one_a_kind
from provision.io.reading import read_text, read_yaml
from provision.io.whole_files import write_whole
from provision.io.yaml_text import yaml_text
from provision.record import Record, load
from provision.regions.matching_file import Matching, write_matching

_DESCRIPTION = "boundaries.yaml"
_COMPLETED = ("title", "licence", "attribution")


@dataclass(frozen=True)
class Written:
    """What was written: the record, the names of the files, and what was kept under which name."""

    record: Record
    files: tuple[str, ...]
    kept: Mapping[str, str]


def write_region(
    folder: Path, files: Mapping[str, bytes], matching: Matching, over: bool = False
) -> Written:
    """Write a region's folder, once it is known to be valid as a whole.

    Parameters
    ----------
    folder
        The folder, made where it is not there. Other files stay.
    files
        The content of the files to write, by name.
    matching
        What was decided, with the checksums of what was written before.
    over
        Whether files that a person changed may be written over; they are kept.

    Raises
    ------
    InvalidData
        Where it would not be valid, or a person's work would go. Then nothing is written.
    LookupError
        Where a file cannot be written.
    """
    content = {**files, **_description(folder, files, matching)}
    changed = [n for n in content if _is_completed(folder / n, content[n], matching)]
    aside = _in_the_way(folder, content)
    held = [*(n for n in changed if n != _DESCRIPTION), *aside]
    if held and not over:
        raise InvalidData(_completed(folder / name) for name in held)
    sums = {**matching.written, **{name: _sum(content[name]) for name in content}}
    decided = write_matching(matching.model_copy(update={"written": sums})).encode()
    record = _tried(folder, {**content, MATCHING: decided}, aside)
    _make(folder)
    kept = {name: _keep(folder / name) for name in (*changed, *aside)}
    for name in aside:
        (folder / name).unlink()
    for name, raw in {**content, MATCHING: decided}.items():
        if not _same(folder / name, raw):
            write_whole(folder / name, raw)
    return Written(record, tuple(content), kept)


def load_folder(folder: Path) -> Record:
    """A region's folder, or a zip file of one, as a record. Raises InvalidData, a problem a
    kind."""
    try:
        return load(DataFiles.in_folder(folder))
    except InvalidData as error:
        raise InvalidData(one_a_kind(error.problems)) from None


def _in_the_way(folder: Path, content: Mapping[str, bytes]) -> list[str]:
    """Files that say in another form what is to be written: a workbook of the services."""
    forms = [form for form in FILES["services"] if form not in content]
    return [form for form in forms if "services.yaml" in content and (folder / form).exists()]


def _sum(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _same(path: Path, raw: bytes) -> bool:
    return path.is_file() and path.read_bytes() == raw


def _is_completed(path: Path, raw: bytes, matching: Matching) -> bool:
    """Whether a file differs from what is to be written, and was not written by a program."""
    if not path.is_file() or _same(path, raw):
        return False
    return _sum(path.read_bytes()) != matching.written.get(path.name)


def _completed(path: Path) -> Problem:
    what = "is already there, and a person has changed it or made it"
    fix = f"add --replace to write over it; it is then kept as {_kept_name(path).name}"
    return Problem(display(path), 0, "", "", what, fix)


def _description(folder: Path, files: Mapping[str, bytes], matching: Matching) -> dict[str, bytes]:
    """The new description of the outlines, with what a person wrote in the one before."""
    path = folder / _DESCRIPTION
    if _DESCRIPTION not in files or not _is_completed(path, files[_DESCRIPTION], matching):
        return {}
    before: Any = read_yaml(read_text(path), display(path)).data
    after: Any = read_yaml(files[_DESCRIPTION].decode(), _DESCRIPTION).data
    kept = {k: before[k] for k in _COMPLETED if isinstance(before, dict) and k in before}
    if isinstance(before, dict) and before.get("origin") == after.get("origin"):
        return {_DESCRIPTION: path.read_bytes()}
    return {_DESCRIPTION: yaml_text({**after, **kept}).encode()}


def _tried(folder: Path, content: Mapping[str, bytes], aside: Collection[str]) -> Record:
    """The record that the folder would hold. Raises InvalidData, as of the folder itself."""
    name = folder.resolve().name or "region"
    with tempfile.TemporaryDirectory(prefix="provision-") as scratch:
        trial = Path(scratch) / name
        trial.mkdir()
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.is_file() and path.name not in (*content, *aside):
                shutil.copy2(path, trial / path.name)
        for file, raw in content.items():
            (trial / file).write_bytes(raw)
        try:
            return load_folder(trial)
        except InvalidData as error:
            said = (
                replace(p, file=p.file.replace(str(trial), display(folder))) for p in error.problems
            )
            raise InvalidData(said) from None


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise LookupError(f"{display(folder)} cannot be made: {why}; choose another") from None


def _kept_name(path: Path) -> Path:
    number = 1
    while (kept := path.with_name(f"{path.name}.{number}")).exists():
        number += 1
    return kept


def _keep(path: Path) -> str:
    kept = _kept_name(path)
    try:
        shutil.copy2(path, kept)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise LookupError(f"{display(path)} cannot be kept as {kept.name}: {why}") from None
    return kept.name
