"""Which files make up a region. London's are the default; any other region can take their place.

A region is a folder (:mod:`provision.io.folders`), or files named one by one, or both: what is
named goes before what stands in the folder."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from provision.io.folders import FILES, REGION, beside_the_files, files_of, in_zip

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT_PREFIX = "PROVISION_"


@dataclass(frozen=True)
class DataFiles:
    """The inputs of a record. Only the first two are needed; what is absent is not stated.

    ``figures`` is a CSV of one row an area, described by a YAML file of the same name beside it;
    ``neighbours`` a CSV of pairs; ``water`` a GeoJSON drawn under the areas so that people find
    their bearings. A YAML file beside ``boundaries`` says where they come from. ``themes`` says
    theme by theme what is needed, provided and missing; ``organisations`` who is engaged.
    ``folder`` is the region's folder, or a zip file of it, where there is one."""

    services: Path
    boundaries: Path
    figures: Path | None = None
    neighbours: Path | None = None
    water: Path | None = None
    themes: Path | None = None
    organisations: Path | None = None
    folder: Path | None = None

    @classmethod
    def in_folder(cls, folder: Path) -> DataFiles:
        """The files of a region's folder, or of a zip file of one. Nothing need be there yet:
        what is wrong is said when the region is loaded."""
        return cls(**files_of(folder), folder=folder)

    @classmethod
    def london(cls) -> DataFiles:
        """The files that come with the project."""
        data, geo = ROOT / "data", ROOT / "geo"
        return cls(
            data / "services.yaml",
            geo / "london_boroughs.geojson",
            data / "boroughs.csv",
            data / "adjacency.csv",
            geo / "thames.geojson",
            data / "themes.yaml",
            data / "organisations.yaml",
        )

    @classmethod
    def choose(
        cls, given: Mapping[str, str | None], environment: Mapping[str, str] = os.environ
    ) -> DataFiles:
        """The files given by name; what is not given comes from the folder given as ``data``, else
        from ``PROVISION_SERVICES``, ``PROVISION_BOUNDARIES`` and so on, else from the folder that
        ``PROVISION_DATA`` names, else from London's.

        Figures, neighbours and water describe the areas of one boundaries file, so they are left
        behind where other boundaries are given. Themes and organisations speak of the services of
        one services file: they are those that stand beside it."""
        if given.get("data"):
            environment = {}  # a command's own words go before what is set for every command
        data = given.get("data") or environment.get(f"{ENVIRONMENT_PREFIX}DATA")
        paths = {
            name: Path(text)
            for name in FILES
            if (text := given.get(name) or environment.get(ENVIRONMENT_PREFIX + name.upper()))
        }
        default = cls.in_folder(Path(data)) if data else cls.london()
        if "boundaries" in paths:
            default = cls(
                default.services,
                paths["boundaries"],
                themes=default.themes,
                organisations=default.organisations,
                folder=default.folder,
            )
        if "services" in paths and paths["services"] != default.services:
            default = replace(
                default,
                themes=_beside(paths["services"], "themes"),
                organisations=_beside(paths["services"], "organisations"),
            )
        return replace(default, **paths)

    def paths(self) -> tuple[Path, ...]:
        """Every file that is read, companions included."""
        named = (
            self.services,
            self.boundaries,
            self.figures,
            self.neighbours,
            self.water,
            self.themes,
            self.organisations,
        )
        beside = (self.description(p) for p in (self.boundaries, self.figures) if p)
        folder = beside_the_files(self.folder) if self.folder else ()
        return tuple(p for p in (*named, *beside, *folder) if p)

    @property
    def has_no_services(self) -> bool:
        """Whether this is a folder without a services file: nothing is stated there yet."""
        return self.folder is not None and not there(self.services)

    def description(self, path: Path) -> Path | None:
        """The YAML file beside one of these files that describes it; None where the file that
        would is another of the region's."""
        found = description_of(path)
        others = (self.services, self.themes, self.organisations)
        return None if found in others else found

    def stamp(self) -> tuple[tuple[str, int, int, int], ...]:
        """Changes when any file changes, also in who may read it; cheap enough to ask at every
        turn. Absent files count as size -1. What names the region's further records is one of
        them."""
        return tuple(_stat(path) for path in (*self.paths(), self.services.with_name(REGION)))


def version_of(contents: Mapping[Path, bytes]) -> str:
    """The data version.

    Parameters
    ----------
    contents
        The bytes of all inputs, by their paths.

    Returns
    -------
    str
        The first 12 hexadecimal digits of a SHA-256 over names and bytes."""
    digest = hashlib.sha256()
    for path, content in contents.items():
        digest.update(os.fsencode(path.name) + f"\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]


def open_file(path: Path) -> BinaryIO:
    """A file, to be read.

    Parameters
    ----------
    path
        Where it stands.

    Returns
    -------
    BinaryIO
        The open file.

    Raises
    ------
    OSError
        Where it cannot be opened, and where it is a pipe or a device: these are waited for until
        somebody writes.
    """
    kind = path.stat().st_mode
    if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
        raise OSError(errno.EINVAL, "it is a pipe or a device, not a file", str(path))
    return path.open("rb")


def there(path: Path) -> bool:
    """Whether something stands at a path.

    Parameters
    ----------
    path
        The path.

    Returns
    -------
    bool
        What may not be looked at is not there; ``Path.exists`` would raise."""
    return os.path.exists(path)  # noqa: PTH110


def description_of(path: Path) -> Path:
    """The YAML file beside a data file that says what it holds and where it comes from.

    Parameters
    ----------
    path
        The data file.

    Returns
    -------
    Path
        ``figures.description.yaml`` where that is there, else ``figures.yaml``."""
    own = path.with_name(f"{path.stem}.description.yaml")
    return own if there(own) else path.with_suffix(".yaml")


def display(path: Path) -> str:
    """A path as messages and pages call it.

    Parameters
    ----------
    path
        The path.

    Returns
    -------
    str
        Relative to where the reader stands, if it lies below, or to the project."""
    if found := in_zip(path):
        return f"{display(found[0])}/{found[1]}"
    for base in (Path.cwd(), ROOT):
        if path.is_absolute() and path.is_relative_to(base):
            return str(path.relative_to(base))
    return str(path)


def _beside(services: Path, name: str) -> Path | None:
    """The file of a name that stands beside a services file, if it is there."""
    found = services.with_name(f"{name}.yaml")
    return found if there(found) else None


def _stat(path: Path) -> tuple[str, int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return (str(path), -1, -1, -1)
    return (str(path), found.st_mtime_ns, found.st_ctime_ns, found.st_size)
