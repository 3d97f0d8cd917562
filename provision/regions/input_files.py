"""The files that a person gives to make a region of: on disk, or as they were uploaded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from provision.io.files import display


@dataclass(frozen=True)
class InputFile:
    """A file that a person gives: what it is called, and its bytes or where it stands."""

    name: str
    content: bytes | Path

    @classmethod
    def at(cls, path: Path) -> InputFile:
        """A file on disk."""
        return cls(display(path), path)

    def read(self) -> bytes:
        """Its bytes, no more than a table may have. Raises InvalidData."""
        from provision.readers.table import read_bytes

        return self.content if isinstance(self.content, bytes) else read_bytes(self.content)

    def sha256(self) -> str:
        """The checksum of its bytes; blank for a folder."""
        digest = hashlib.sha256()
        if isinstance(self.content, bytes):
            digest.update(self.content)
            return digest.hexdigest()
        if not self.content.is_file():
            return ""
        with self.content.open("rb") as opened:
            while piece := opened.read(1_000_000):
                digest.update(piece)
        return digest.hexdigest()
