"""Read what stands beside a data file: where outlines come from, and descriptions in YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, Field, field_validator
from pydantic_core import PydanticCustomError

from provision.io.field_errors import Model, typed
from provision.io.files import display, there
from provision.io.reading import Reader, read_text, read_yaml
from provision.schema.services import Name, Text

_BRITISH_NATIONAL_GRID = 27700


class Origin(BaseModel):
    """Where a boundaries file comes from. Fields beyond these are kept for people to read."""

    title: Name
    origin: dict[str, str] | Text
    vintage: Text
    licence: Text
    attribution: Text
    cautions: tuple[Text, ...] = ()
    projected_crs: int | None = Field(
        None, description="EPSG code of the plane that distances are measured in, metres"
    )

    @field_validator("projected_crs")
    @classmethod
    def _known_plane(cls, value: int | None) -> int | None:
        """Only a plane in metres that PROJ knows."""
        if value is None or value == _BRITISH_NATIONAL_GRID:
            return value  # without a look into PROJ, which takes time at every start
        from pyproj import CRS
        from pyproj.exceptions import CRSError

        try:
            crs = CRS.from_epsg(value)
        except CRSError:
            crs = None
        if crs is None or not crs.is_projected or crs.axis_info[0].unit_name != "metre":
            what = "is not the EPSG code of a plane in metres; write one such as 27700 or 32631"
            raise PydanticCustomError("own", what)
        return value


class HasCode(Protocol):
    """Anything that knows an area's code and name."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


def read_described(path: Path, model: type[Model], read: Reader = read_text) -> Model:
    """A companion's YAML as its model.

    Parameters
    ----------
    path
        The file.
    model
        What it should be.
    read
        What reads a file's text, bounded in bytes.

    Returns
    -------
    Model

    Raises
    ------
    InvalidData
        With every problem in it."""
    return typed(read_yaml(read(path), display(path)), model)


_OF_A_RECORD = {"region", "services", "themes", "organisations"}


def read_origin(path: Path, read: Reader = read_text) -> Origin | None:
    """Where outlines come from, from the YAML file beside them.

    Parameters
    ----------
    path
        The file.
    read
        What reads a file's text, bounded in bytes.

    Returns
    -------
    Origin or None
        None where there is none, or where the file is of services or themes and only has the
        same name.

    Raises
    ------
    InvalidData
        With every problem in it."""
    if not there(path):
        return None
    document = read_yaml(read(path), display(path))
    if isinstance(document.data, dict) and _OF_A_RECORD & document.data.keys():
        return None
    return typed(document, Origin)
