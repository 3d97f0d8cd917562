"""Regions that people brought and kept, as zip files by the hash of their content.

Nobody finds one without its hash, and nothing here is ever taken for what is published. The store
is bounded in number, in bytes and in age: what was not opened for the longest goes first.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from provision.io.whole_files import write_whole

ENVIRONMENT = "PROVISION_UPLOADS"
MOST_FILES, MOST_BYTES = 200, 1_000_000_000
MOST_SECONDS = 180 * 24 * 3600
_HASH = re.compile(r"[0-9a-f]{32}")


class Uploads(StrEnum):
    """Whether people may bring data of their own, and where it is kept."""

    OFF = "off"
    SESSION = "session"
    KEPT = "kept"


def uploads_of(environment: Mapping[str, str] = os.environ) -> Uploads:
    """What ``PROVISION_UPLOADS`` says; what it cannot mean is *session*, which keeps nothing."""
    said = environment.get(ENVIRONMENT, "").strip().casefold()
    return Uploads(said) if said in list(Uploads) else Uploads.SESSION


def is_hash(text: str) -> bool:
    """Whether a text is of the form of a hash: nothing else is ever looked up."""
    return _HASH.fullmatch(text) is not None


@dataclass(frozen=True)
class UploadStore:
    """The uploads in one folder, which is made when the first is kept.

    ``clock`` tells the time in seconds since the epoch.
    """

    folder: Path
    clock: Callable[[], float]
    most_files: int = MOST_FILES
    most_bytes: int = MOST_BYTES
    most_seconds: int = MOST_SECONDS

    def keep(self, raw: bytes) -> str:
        """Keep a zip file and return its hash: the same for the same bytes.

        Parameters
        ----------
        raw
            The zip file of a region's folder, known to be valid.

        Raises
        ------
        LookupError
            Where it is too large, or the folder cannot be written.
        """
        if len(raw) > self.most_bytes:
            raise LookupError("the data is too large to be kept; download it as a folder")
        found = hashlib.sha256(raw).hexdigest()[:32]
        path = self._path(found)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(path, raw)
            self._touch(path)
            self._tidy(path)
        except OSError as error:
            why = (error.strerror or "it cannot be written").lower()
            raise LookupError(f"the data was not kept: {why}") from None
        return found

    def opened(self, text: str) -> float:
        """When a zip file was last kept or opened; 0 where it is not here."""
        try:
            return self._path(text).stat().st_mtime if is_hash(text) else 0.0
        except OSError:
            return 0.0

    def let_go(self, text: str, since: float) -> None:
        """Let go of a zip file that nobody has kept or opened since a time of :meth:`opened`."""
        if is_hash(text) and 0 < self.opened(text) <= since:
            self._path(text).unlink(missing_ok=True)

    def get(self, text: str) -> bytes | None:
        """The zip file with a hash; None where there is none, or the text is no hash."""
        if not is_hash(text):
            return None
        path = self._path(text)
        try:
            if self._is_old(path):
                path.unlink()
                return None
            raw = path.read_bytes()
            self._touch(path)
        except OSError:
            return None
        return raw if hashlib.sha256(raw).hexdigest()[:32] == text else None

    def _path(self, found: str) -> Path:
        return self.folder / f"{found}.zip"

    def _touch(self, path: Path) -> None:
        os.utime(path, (self.clock(), self.clock()))

    def _is_old(self, path: Path) -> bool:
        return path.stat().st_mtime < self.clock() - self.most_seconds

    def _tidy(self, newest: Path) -> None:
        """Let go of what is too old, and of the oldest where there is too much."""
        paths = [p for p in self.folder.glob("*.zip") if is_hash(p.stem) and p != newest]
        paths.sort(key=lambda p: p.stat().st_mtime, reverse=True)
        files, size = 1, newest.stat().st_size
        for path in paths:
            more = size + path.stat().st_size
            if files >= self.most_files or more > self.most_bytes or self._is_old(path):
                path.unlink()
            else:
                files, size = files + 1, more
