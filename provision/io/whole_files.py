"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile


def write_whole(out: Path, content: bytes) -> None:
    """Write a file whole or not at all: what stood there before stays until the new one is there.

    Parameters
    ----------
    out
        Where to.
    content
        What the file is to hold.

    Raises
    ------
    LookupError
        Where it cannot be written."""
    part = None
    try:
        with NamedTemporaryFile(dir=out.parent, prefix=f".{out.name[:40]}.", delete=False) as file:
            part = Path(file.name)
            file.write(content)
        part.chmod(0o666 & ~_umask())
        part.replace(out)
    except OSError as error:
        if part:
            part.unlink(missing_ok=True)
        raise LookupError(
            f"{str(out)!r} cannot be written: {(error.strerror or str(error)).lower()}; choose"
            " another folder or name"
        ) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
