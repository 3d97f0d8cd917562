"""Opening a file of outlines: which format it is in, by its content, and the layers that it holds.

GDAL reads many formats, and some of them lead to other files or to the network. So the format is
told here first, from the bytes, and GDAL is handed nothing but formats on the list.
"""

from __future__ import annotations

import mmap
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from provision.io.files import open_file
from provision.io.problems import InvalidData, Problem, shown
from provision.io.unpacking import unpack
from provision.readers.kinds import FileKind, kind_of

WANTED = "outlines (GeoJSON, TopoJSON, GeoPackage, zipped Shapefile, KML, FlatGeobuf, GML)"
_HEAD = 65_536
_EXPORT = "in the portal or program that has the outlines, export them as GeoJSON or GeoPackage"


class OutlineFormat(StrEnum):
    """The formats that are read; the value is what people call them."""

    GEOJSON = "GeoJSON"
    TOPOJSON = "TopoJSON"
    ESRIJSON = "Esri JSON"
    GEOPACKAGE = "GeoPackage"
    SHAPEFILE = "Shapefile"
    GEODATABASE = "file geodatabase"
    FLATGEOBUF = "FlatGeobuf"
    KML = "KML"
    GML = "GML"


_PREFIX = {
    OutlineFormat.GEOJSON: "GeoJSON:",
    OutlineFormat.TOPOJSON: "TopoJSON:",
    OutlineFormat.ESRIJSON: "ESRIJSON:",
}
_SUFFIX = {
    OutlineFormat.GEOPACKAGE: ".gpkg",
    OutlineFormat.SHAPEFILE: ".shp",
    OutlineFormat.FLATGEOBUF: ".fgb",
    OutlineFormat.KML: ".kml",
    OutlineFormat.GML: ".gml",
}
_TYPES = rb'"type"\s*:\s*"(FeatureCollection|Feature|Polygon|MultiPolygon|GeometryCollection)"'
_JSON_FORMS: tuple[tuple[OutlineFormat, re.Pattern[bytes]], ...] = (
    (OutlineFormat.TOPOJSON, re.compile(rb'"type"\s*:\s*"Topology"')),
    (OutlineFormat.ESRIJSON, re.compile(rb'"geometryType"\s*:\s*"esri|"rings"\s*:\s*\[')),
    (OutlineFormat.GEOJSON, re.compile(_TYPES + rb'|"features"\s*:\s*\[')),
)
_OTHER_JSON: tuple[tuple[re.Pattern[bytes], str, str], ...] = (
    (
        re.compile(rb'"type"\s*:\s*"(Multi)?(Point|LineString)"'),
        "holds points or lines, not areas",
        "choose the file with the areas' outlines",
    ),
    (
        re.compile(rb'^\s*\{\s*"[EWSN]\d{8}"\s*:\s*\['),
        "is a list of neighbours, not outlines",
        "give it with --neighbours, and give outlines here",
    ),
    (
        re.compile(rb'"resources"\s*:\s*\['),
        "is the description of a set of tables (a datapackage), not outlines",
        "give it with --services, and give outlines here",
    ),
    (
        re.compile(
            rb'"(service_at_locations|service_areas|organization(_id|s)?|cost_options)"\s*:'
        ),
        "is a feed of services (Open Referral), not outlines",
        "give it with --services, and give outlines here",
    ),
    (
        re.compile(rb'"error"\s*:\s*\{\s*"code"'),
        "is a portal's message that something went wrong, not outlines",
        "download the outlines again",
    ),
)
_OPEN_MEMBERS = {".shp", ".gpkg", ".fgb", ".kml", ".gml", ".geojson", ".json", ".topojson"}
_SIDE_MEMBERS = {".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".xsd", ".gfs"}
_UNSAFE_XML = re.compile(rb"<!ENTITY|<OGRVRT|<GDAL_WMS|<ogr:?VRT|<!DOCTYPE[^>]*\[", re.IGNORECASE)


@dataclass(frozen=True)
class OutlineLayer:
    """One layer that GDAL can read: ``path`` is what it is asked for; ``layer`` the name in it."""

    path: str
    layer: str
    format: OutlineFormat
    geometry: str


@contextmanager
def opened(source: Path | bytes, name: str) -> Iterator[list[OutlineLayer]]:
    """The layers of a file of outlines, for as long as the context lasts.

    Parameters
    ----------
    source
        The file, or its bytes as they were uploaded.
    name
        What the reader calls it.

    Raises
    ------
    InvalidData
        Where it is a file of another kind, which is named, or has no layer.
    """
    with tempfile.TemporaryDirectory(prefix="provision-") as scratch:
        path = _on_disk(source, name, Path(scratch))
        layers = [
            layer
            for part, form in _parts(path, name, Path(scratch))
            for layer in _layers(part, form, name)
        ]
        if not layers:
            raise refused(name, "holds no layer that can be read", _EXPORT)
        yield layers


def refused(name: str, what: str, fix: str, line: int = 0) -> InvalidData:
    """One problem of a whole file, ready to be raised."""
    return InvalidData([Problem(name, line, "", "", what, fix)])


def _on_disk(source: Path | bytes, name: str, scratch: Path) -> Path:
    if isinstance(source, bytes):
        path = scratch / "upload"
        path.write_bytes(source)
        return path
    try:
        if source.is_dir():
            return source
        with open_file(source):
            return source
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise refused(name, what, "check the path and its permissions") from None


def _parts(path: Path, name: str, scratch: Path) -> list[tuple[Path, OutlineFormat]]:
    """The files that hold layers: the file itself, or those in a zip."""
    if path.is_dir():
        if path.suffix.casefold() == ".gdb":
            return [(path, OutlineFormat.GEODATABASE)]
        raise refused(name, "is a folder, not a file of outlines", f"choose {WANTED}")
    with path.open("rb") as file:
        head = file.read(_HEAD)
        raw = head if not head.startswith(b"PK") else path.read_bytes()
    kind = kind_of(raw)
    if kind is FileKind.ZIP:
        return _in_zip(path, name, scratch)
    form = _format(path, name, head, kind)
    return [(_named(path, form, scratch), form)]


def _named(path: Path, form: OutlineFormat, scratch: Path) -> Path:
    """The file under a name that GDAL knows the format by, where it goes by names."""
    suffix = _SUFFIX.get(form, path.suffix)
    if form in _PREFIX or path.suffix.casefold() == suffix:
        return path
    link = scratch / f"{path.stem or 'outlines'}{suffix}"
    link.symlink_to(path.resolve())
    return link


def _in_zip(path: Path, name: str, scratch: Path) -> list[tuple[Path, OutlineFormat]]:
    folder = scratch / "unpacked"
    folder.mkdir()
    written = unpack(path, name, folder, _is_outline_member)
    parts = [(p, _format_of_member(p, name)) for p in written if _opens(p)]
    databases = sorted({d for p in written for d in p.parents if d.suffix.casefold() == ".gdb"})
    parts += [(d, OutlineFormat.GEODATABASE) for d in databases]
    if not parts:
        raise refused(name, f"is a zip file without {WANTED}", _EXPORT)
    return sorted(parts)


def _is_outline_member(path: PurePosixPath) -> bool:
    in_database = any(part.casefold().endswith(".gdb") for part in path.parts[:-1])
    suffix = path.suffix.casefold()
    return in_database or suffix in _OPEN_MEMBERS | _SIDE_MEMBERS


def _opens(path: Path) -> bool:
    in_database = any(d.suffix.casefold() == ".gdb" for d in path.parents)
    return not in_database and path.suffix.casefold() in _OPEN_MEMBERS


def _format_of_member(path: Path, name: str) -> OutlineFormat:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    called = f"{name}, file {shown(path.name)} in it"
    return _format(path, called, head, kind_of(head))


def _format(path: Path, name: str, head: bytes, kind: FileKind) -> OutlineFormat:
    """The format of a file by its bytes. Raises InvalidData where it is of another kind."""
    if head.startswith(b"fgb\x03"):
        return OutlineFormat.FLATGEOBUF
    if head.startswith(b"\x00\x00\x27\x0a"):
        return _shapefile(path, name)
    if kind is FileKind.SQLITE:
        return OutlineFormat.GEOPACKAGE
    if kind is FileKind.JSON:
        return _json_format(path, name)
    if kind is FileKind.XML:
        return _xml_format(path, name, head)
    if head.startswith(b"version https://git-lfs"):
        what = "is a pointer to a large file in a git repository, not the file"
        raise refused(name, what, "download the file itself")
    if kind is FileKind.TEXT:
        raise _text_refused(name, head)
    fix = _EXPORT if kind is not FileKind.EMPTY else "download or export it again"
    raise refused(name, f"is {kind}, not outlines", fix)


def _shapefile(path: Path, name: str) -> OutlineFormat:
    beside = [s for s in (".shx", ".dbf") if not path.with_suffix(s).exists()]
    if path.suffix.casefold() != ".shp" or beside:
        what = "is one part of a Shapefile (.shp); its other parts are not with it"
        raise refused(name, what, "zip the .shp, .shx, .dbf and .prj files together, and use that")
    return OutlineFormat.SHAPEFILE


def _json_format(path: Path, name: str) -> OutlineFormat:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for form, pattern in _JSON_FORMS:
            if pattern.search(content):
                return form
        for pattern, what, fix in _OTHER_JSON:
            if pattern.search(content):
                raise refused(name, what, fix)
    raise refused(name, "is a JSON file without outlines", _EXPORT)


def _xml_format(path: Path, name: str, head: bytes) -> OutlineFormat:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if _UNSAFE_XML.search(content):
            what = "holds XML that declares entities or leads to other files"
            raise refused(name, what, _EXPORT)
    if re.search(rb"<(\w+:)?kml[\s>]", head):
        return OutlineFormat.KML
    if b"opengis.net/gml" in head or re.search(rb"<(\w+:)?FeatureCollection[\s>]", head):
        return OutlineFormat.GML
    raise refused(name, "is an XML file without outlines", _EXPORT)


def _text_refused(name: str, head: bytes) -> InvalidData:
    first = head.decode("utf-8", "replace").lstrip("\ufeff").split("\n", 1)[0].strip()
    if re.match(r"^[\w-]+:(\s|$)|^#|^---", first):
        return refused(name, "is a YAML or text file, not outlines", f"choose {WANTED}")
    if any(mark in first for mark in ",;\t"):
        what = f"is a table with the columns {shown(first)}, not outlines"
        return refused(name, what, "give it with --services or --figures, and give outlines here")
    return refused(name, "is a text file, not outlines", f"choose {WANTED}")


def _layers(path: Path, form: OutlineFormat, name: str) -> list[OutlineLayer]:
    import pyogrio

    asked = f"{_PREFIX.get(form, '')}{path}"
    try:
        found: Sequence[Sequence[str | None]] = pyogrio.list_layers(asked).tolist()
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise refused(
            name, f"cannot be read as {form} ({said_of(error, asked)})", _EXPORT
        ) from None
    return [OutlineLayer(asked, str(layer), form, kind or "none") for layer, kind in found]


def said_of(error: Exception, asked: str) -> str:
    """What GDAL says is wrong, quoted, without the path that only we know the file by."""
    path = asked.partition(":")[2] or asked
    return shown(str(error).replace(asked, "the file").replace(path, "the file"))
