"""Files that commands write: whole or not at all, and refused before the work is done rather than
after."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from provision.io.files import display
from provision.io.whole_files import write_whole

__all__ = ["suffix_of", "writable", "write_whole"]


def suffix_of(out: Path, known: tuple[str, ...]) -> str:
    """What kind of file is asked for. Raises LookupError where the name does not say."""
    found = out.suffix.removeprefix(".").lower()
    if found not in known:
        raise LookupError(
            f"{str(out)!r} does not say which kind of file; let it end in"
            f" {' or '.join(f'.{k}' for k in known)}"
        )
    return found


def writable(out: Path, used: Collection[Path] = ()) -> None:
    """Raises LookupError where a file could not be written, or would lie over one that is in
    use."""
    if not out.parent.is_dir():
        raise LookupError(
            f"{str(out)!r} cannot be written: there is no folder {str(out.parent)!r}; make it first"
        )
    if out.is_dir():
        raise LookupError(f"{str(out)!r} is a folder; give the name of a file")
    if out.resolve() in {path.resolve() for path in used}:
        raise LookupError(f"{display(out)} is in use; choose another name for --out")
